"""How desks, hours and days are called."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.duty.domain import BRUSSELS, INFODESK, LEGAL, MINORS, VOLUNTEERING, Block
from bot.language import formats
from bot.language.catalog import N_label, Words

_DESKS: Final[Mapping[str, str]] = {
    INFODESK: N_label("Info desk"),
    LEGAL: N_label("Legal helpdesk"),
    VOLUNTEERING: N_label("Volunteering"),
    MINORS: N_label("Minors"),
}


def desk(_: Words, name: str) -> str:
    """A desk's name, plain."""
    return _.plain(_DESKS[name])


def hours(block: Block) -> str:
    """09:00–12:30"""
    return f"{block.opens:%H:%M}–{block.closes:%H:%M}"


def clock(moment: datetime) -> str:
    """09:00 in Brussels."""
    return f"{moment.astimezone(BRUSSELS):%H:%M}"


def coming(_: Words, moment: datetime, *, now: datetime) -> str:
    """When it is, as one says it: today 13:30 · tomorrow 09:00 · Monday 23 November, 09:00."""
    ahead = (formats.day_of(moment) - formats.day_of(now)).days
    if ahead == 0:
        return _.plain("today {time}", time=clock(moment))
    if ahead == 1:
        return _.plain("tomorrow {time}", time=clock(moment))
    return formats.soon(_, moment)


def block(_: Words, block: Block, weekdays: Sequence[int]) -> str:
    """Monday 09:00–12:30, plain; several days in one: Monday – Friday 09:00–12:30."""
    first, last = min(weekdays), max(weekdays)
    days = [formats.weekday_name(_, day) for day in sorted(weekdays)]
    told = days[0] if len(days) == 1 else formats.listing(_, days)
    if len(days) > 2 and last - first == len(days) - 1:
        told = _.plain("{first} – {last}", first=days[0], last=days[-1])
    return _.plain("{day} {hours}", day=told, hours=hours(block))
