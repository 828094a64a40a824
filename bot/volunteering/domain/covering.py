"""Whom to ask for a place that nobody waits for: how many at once, and when the next ones. Pure."""

from datetime import datetime, timedelta
from typing import Final

from bot.events.domain import Event

# (at least so long until it begins, so many asked for each place, so many waking hours to wait)
_PACES: Final = (
    (timedelta(days=3), 3, timedelta(hours=12)),
    (timedelta(days=1), 4, timedelta(hours=3)),
    (timedelta(hours=12), 6, timedelta(hours=1)),
)
_LAST: Final = (10, timedelta(minutes=30))  # hours before: many at once, the first tap wins

# Nobody is asked for more shifts than this in a day, however well they fit.
AT_MOST_A_DAY: Final = 2


def missing(event: Event) -> int:
    """How many people have to be found: up to the minimum, or to all places where none is set."""
    wanted = event.draft.minimum or event.draft.capacity or 0
    return max(0, wanted - event.taken)


def asked_at_once(event: Event, now: datetime) -> int:
    """How many people are asked now."""
    return missing(event) * _pace(event, now)[0]


def pause(event: Event, now: datetime) -> timedelta:
    """How many waking hours they have before others are asked too."""
    return _pace(event, now)[1]


def _pace(event: Event, now: datetime) -> tuple[int, timedelta]:
    left = event.starts_at - now
    found = ((many, wait) for at_least, many, wait in _PACES if left >= at_least)
    return next(found, _LAST)
