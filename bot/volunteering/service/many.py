"""Volunteers as SELECTs, and what each gave: for messages to many."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Select, func, select

from bot.events import tables as events_tables
from bot.language import formats
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain import State
from bot.volunteering.domain.hours import REFUSED

YEAR: Final = timedelta(days=365)
_VOLUNTEERS: Final = (State.ENROLLED, State.ACTIVE, State.PAUSED)

_file, _who = tables.volunteers, events_tables.participants


class Given(NamedTuple):
    """What somebody gave in the past year: minutes, in how many shifts."""

    minutes: int
    shifts: int


def volunteers() -> Select[tuple[int]]:
    """Person ids of who has a file and has not stopped. Narrow it with `of_offices`, `of_towns`."""
    return (
        select(_who.c.person_id)
        .join(_file, _file.c.id == _who.c.id)
        .where(_who.c.person_id.is_not(None), _file.c.state.in_(_VOLUNTEERS))
        .where(_file.c.stripped_at.is_(None))
    )


def in_region(offices: Collection[str], postcodes: Collection[str]) -> Select[tuple[int]]:
    """Those of one of these offices, or who live at one of these postcodes."""
    is_there = _file.c.office.in_(set(offices)) | _file.c.postcode.in_(set(postcodes))
    return volunteers().where(is_there)


def coordinators(offices: Collection[str]) -> Select[tuple[int]]:
    """Person ids of the colleagues who look after one of these offices."""
    table = tables.office_coordinators.c
    return select(table.person_id).where(table.office.in_(set(offices)))


def workers(now: datetime) -> Select[tuple[int]]:
    """Person ids of volunteers who gave hours in the past year and do not mind being thanked."""
    worked = _file.c.id.in_(_worked(now).with_only_columns(_hours.volunteer_id))
    return volunteers().where(worked, _file.c.no_thanks_at.is_(None))


async def given(tx: Tx, people: Collection[int], *, now: datetime) -> dict[int, Given]:
    """What each of these people gave in the past year; nobody who gave nothing."""
    minutes = func.sum(_hours.minutes).label("minutes")
    rows = await tx.all(
        _worked(now)
        .join(_who, _who.c.id == _hours.volunteer_id)
        .where(_who.c.person_id.in_(set(people)))
        .group_by(_who.c.person_id)
        .having(minutes > 0)
        .with_only_columns(_who.c.person_id, minutes, func.count(_hours.event_id).label("shifts"))
    )
    return {row["person_id"]: Given(row["minutes"], row["shifts"]) for row in rows}


_hours = tables.hours.c


def _worked(now: datetime) -> Select[tuple[int]]:
    since = formats.day_of(now) - YEAR
    return select(_hours.volunteer_id).where(
        _hours.worked_on > since, _hours.state != REFUSED, _hours.minutes > 0
    )
