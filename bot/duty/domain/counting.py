"""How opening hours go by: the next open moment, and what is later by opening hours only.

`Spans` says when it is open on a day, in order and without overlap. Every answer lies in open time:
at the last moment of a block nobody is in any more, so that moment means the next opening.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from bot.duty.domain.hours import BRUSSELS, Span

Spans = Callable[[date], tuple[Span, ...]]

LOOK_AHEAD = 60  # days; nothing is promised beyond
_FURTHEST = 400  # days; counting ends there


def next_open(spans: Spans, start: datetime, *, days: int = LOOK_AHEAD) -> datetime | None:
    """`start` when it is open then, else the next opening; None when there is none for so long."""
    span = next(_from(spans, start, days), None)
    return None if span is None else span.opens


def later(spans: Spans, start: datetime, delta: timedelta) -> datetime:
    """The open moment at which `delta` of open time has gone by since `start`.

    Nothing may wait for ever: where it is never open the clock on the wall counts, and what takes
    longer than a year of few open minutes comes at the next opening after it.
    """
    left = delta
    for span in _from(spans, start, _FURTHEST):
        if left < span.closes - span.opens:
            return span.opens + left
        left -= span.closes - span.opens
    end = start + timedelta(days=_FURTHEST)
    return start + delta if left == delta else next_open(spans, end, days=_FURTHEST) or end


def between(spans: Spans, start: datetime, end: datetime) -> timedelta:
    """How much open time there is from `start` to `end`."""
    total = timedelta()
    for span in _from(spans, start, max(0, (end - start).days) + 2):
        if span.opens >= end:
            break
        total += min(span.closes, end) - span.opens
    return total


def working_day(spans: Spans, start: datetime) -> datetime:
    """The same time of the next day that is open; a time outside the hours counts from the next
    opening."""
    opens = next_open(spans, start, days=_FURTHEST)
    if opens is None:
        return start + timedelta(days=1)
    local = opens.astimezone(BRUSSELS)
    next_day = next(_from(spans, _midnight(local.date() + timedelta(days=1)), _FURTHEST), None)
    if next_day is None:
        return start + timedelta(days=1)
    wanted = datetime.combine(next_day.opens.astimezone(BRUSSELS).date(), local.time(), BRUSSELS)
    return next_open(spans, max(wanted, next_day.opens), days=_FURTHEST) or next_day.opens


def _from(spans: Spans, start: datetime, days: int) -> Iterator[Span]:
    """What is open from `start` on, for so many days."""
    first = start.astimezone(BRUSSELS).date()
    for ahead in range(days):
        for span in spans(first + timedelta(days=ahead)):
            if start < span.closes:
                yield Span(max(start, span.opens), span.closes)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BRUSSELS)
