"""What can be done at the info desk; upper floors say `infodesk.service.already(…)`."""

from bot.infodesk.service.asking import (
    already,
    asked,
    begin_anew,
    calmed,
    forget_old,
    last_words,
    saw,
)
from bot.infodesk.service.counting import forget_counts, missed, rated, unanswered_since
from bot.infodesk.service.hiding import hide

__all__ = [
    "already",
    "asked",
    "begin_anew",
    "calmed",
    "forget_counts",
    "forget_old",
    "hide",
    "last_words",
    "missed",
    "rated",
    "saw",
    "unanswered_since",
]
