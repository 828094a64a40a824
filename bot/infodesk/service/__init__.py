"""What can be done at the info desk; upper floors say `infodesk.service.already(…)`."""

from bot.infodesk.service.asking import (
    already,
    asked,
    begin_anew,
    calmed,
    forget_old,
    guess,
    judged,
    last_words,
    saw,
)
from bot.infodesk.service.counting import forget_counts, missed, rated, unanswered_since
from bot.infodesk.service.hiding import hide
from bot.infodesk.service.publishing import (
    cancel,
    edited,
    forget_previews,
    overrides,
    preview,
    publish,
    standing,
    take_back,
)
from bot.infodesk.service.shelving import news, put

__all__ = [
    "already",
    "asked",
    "begin_anew",
    "calmed",
    "cancel",
    "edited",
    "forget_counts",
    "forget_old",
    "forget_previews",
    "guess",
    "hide",
    "judged",
    "last_words",
    "missed",
    "news",
    "overrides",
    "preview",
    "publish",
    "put",
    "rated",
    "saw",
    "standing",
    "take_back",
    "unanswered_since",
]
