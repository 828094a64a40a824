"""Who is on duty and when a desk is open. Pure.

hours     blocks of a day, the organisation's own opening hours, holidays
roster    weekly blocks of colleagues, closures
counting  how opening hours go by
"""

from bot.duty.domain.counting import Spans, between, later, next_open, working_day
from bot.duty.domain.hours import (
    BRUSSELS,
    DAYS,
    OFFICE,
    Block,
    Hours,
    Span,
    Week,
    is_holiday,
    merged,
)
from bot.duty.domain.roster import (
    DESKS,
    INFODESK,
    LEGAL,
    MINORS,
    VOLUNTEERING,
    Closure,
    Duty,
    Roster,
    Shift,
)

__all__ = [
    "BRUSSELS",
    "DAYS",
    "DESKS",
    "INFODESK",
    "LEGAL",
    "MINORS",
    "OFFICE",
    "VOLUNTEERING",
    "Block",
    "Closure",
    "Duty",
    "Hours",
    "Roster",
    "Shift",
    "Span",
    "Spans",
    "Week",
    "between",
    "is_holiday",
    "later",
    "merged",
    "next_open",
    "working_day",
]
