"""Rosters and moments, for tests."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from bot.duty.domain import BRUSSELS, INFODESK, Block, Duty, Hours, Roster

MORNING, AFTERNOON = Block(time(9), time(12, 30)), Block(time(13, 30), time(17))
OFFICE = dict.fromkeys(range(5), (MORNING, AFTERNOON))
HOURS = Hours({"nl": OFFICE, "ps": {1: (MORNING,)}}, frozenset({date(2026, 3, 5)}))
KAREN, JAN, NOOR = 12, 15, 18


def at(day: str, clock: str) -> datetime:
    """A moment of the Brussels wall clock."""
    return datetime.fromisoformat(f"{day}T{clock}:00").replace(tzinfo=BRUSSELS).astimezone(UTC)


def a_block(hours: str) -> Block:
    """From "09:00-12:30"."""
    return Block.read(hours)


def a_duty(
    who: int, language: str, weekday: int, hours: str = "09:00-12:00", *, desk: str = INFODESK
) -> Duty:
    """One weekly block."""
    return Duty(desk, language, weekday, a_block(hours), who)


def a_roster(*duties: Duty, staff: Iterable[int] = ()) -> Roster:
    """A roster of these blocks."""
    team = frozenset((*staff, *(one.person_id for one in duties)))
    return Roster(duties=duties, version=1, staff=team)
