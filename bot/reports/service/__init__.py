"""The figures of a year: counted from rows, or as they were when it was closed."""

from bot.reports.service.years import can_close, close, look, look_for, require_may_close
from bot.volunteering.service.closing import closed_at, open_hours

__all__ = [
    "can_close",
    "close",
    "closed_at",
    "look",
    "look_for",
    "open_hours",
    "require_may_close",
]
