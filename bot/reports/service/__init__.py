"""The figures of a year: counted from rows, or as they were when it was closed."""

from bot.reports.service.years import close, look, look_for

__all__ = ["close", "look", "look_for"]
