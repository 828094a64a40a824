"""How desks, hours and days are called."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.duty.domain import BRUSSELS, INFODESK, LEGAL, MINORS, VOLUNTEERING, Block, Duty
from bot.language import formats
from bot.language.catalog import Catalogs, N_label, Words

_DESKS: Final[Mapping[str, str]] = {
    INFODESK: N_label("Info desk"),
    LEGAL: N_label("Legal helpdesk"),
    VOLUNTEERING: N_label("Volunteering"),
    MINORS: N_label("Minors"),
}


def desk(_: Words, name: str) -> str:
    """A desk's name, plain."""
    return _.plain(_DESKS[name])


def language(catalogs: Catalogs, code: str) -> str:
    """A language's own name; a code that is not installed as it is."""
    return catalogs.words(code).name if code in catalogs.codes else code


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


def block(_: Words, duty: Duty) -> str:
    """Monday 09:00–12:30, plain."""
    return _.plain(
        "{day} {hours}", day=formats.weekday_name(_, duty.weekday), hours=hours(duty.block)
    )
