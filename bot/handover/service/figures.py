"""The figures of a period, counted from rows: today, this week, and for the morning."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, or_, select

from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import State
from bot.handover.domain.contacts import Channel
from bot.handover.domain.figures import Figures, Life, Met, Wait, counted
from bot.handover.tables import cases, contacts, ratings
from bot.language.formats import BRUSSELS, day_of
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

Belongs = Callable[[str, str], bool]  # is a question of this desk and language meant?


async def overview(
    desk: HandoverDesk, tx: Tx, person: Person, *, now: datetime
) -> tuple[Figures, Figures, dict[str, int]]:
    """Today, this week from Monday on, and how many wait now by language."""
    require(person)
    today = day_of(now)
    monday = today - timedelta(days=today.weekday())
    after = today + timedelta(days=1)
    week = await of_days(desk, tx, monday, after)
    day = await of_days(desk, tx, today, after) if monday != today else week
    return day, week, await waiting_now(tx)


async def of_days(
    desk: HandoverDesk,
    tx: Tx,
    first: date,
    after: date,
    *,
    belongs: Belongs = lambda desk, language: True,
    is_whole: bool = True,
) -> Figures:
    """From the first day up to another, which is no longer in it; days as in Brussels.

    `belongs`: of which questions; contacts outside the chat and smileys are counted for the whole
    team only (`is_whole`).
    """
    start, end = _midnight(first), _midnight(after)
    lives = [one for one in await _lives(tx, start, end) if belongs(one.desk, one.language)]
    waits = [(one, _wait(desk, one, one.answered_at)) for one in lives if one.answered_at]
    happened = counted(lives, waits, start, end)
    if not is_whole:
        return happened
    return replace(
        happened,
        met=await _met(tx, first, after),
        ratings=await _ratings(tx, first, after),
    )


async def waiting_now(tx: Tx) -> dict[str, int]:
    """How many questions wait for a colleague, by language."""
    language = cases.c.language
    wanted = (
        select(language, func.count().label("waiting"))
        .where(cases.c.state.in_(domain.QUEUED))
        .group_by(language)
        .order_by(func.count().desc(), language)
    )
    return {row["language"]: row["waiting"] for row in await tx.all(wanted)}


async def _lives(tx: Tx, start: datetime, end: datetime) -> list[Life]:
    """Every question to which something happened in that time."""
    moments = (cases.c.opened_at, cases.c.answered_at, cases.c.closed_at)
    columns = (cases.c.desk, cases.c.language, cases.c.state, *moments)
    is_in = or_(*((moment >= start) & (moment < end) for moment in moments))
    wanted = select(*columns).where(cases.c.opened_at.is_not(None), is_in)
    return [Life(**{**row, "state": State(row["state"])}) for row in await tx.all(wanted)]


def _wait(desk: HandoverDesk, life: Life, answered_at: datetime) -> Wait:
    opened_at = life.opened_at
    hours = desk.timetable.open_time_between(life.desk, life.language, opened_at, answered_at)
    return Wait(life.language, answered_at - opened_at, hours)


async def _met(tx: Tx, first: date, after: date) -> tuple[Met, ...]:
    day, channel, language = contacts.c.day, contacts.c.channel, contacts.c.language
    number, people = func.count().label("contacts"), func.sum(contacts.c.people).label("people")
    wanted = (
        select(day, channel, language, number, people)
        .where(day >= first, day < after)
        .group_by(day, channel, language)
        .order_by(day, channel, language)
    )
    return tuple(
        Met(row["day"], Channel(row["channel"]), row["language"], row["contacts"], row["people"])
        for row in await tx.all(wanted)
    )


async def _ratings(tx: Tx, first: date, after: date) -> dict[int, int]:
    number = func.sum(ratings.c.count).label("number")
    wanted = (
        select(ratings.c.score, number)
        .where(ratings.c.on >= first, ratings.c.on < after)
        .group_by(ratings.c.score)
    )
    return {row["score"]: int(row["number"]) for row in await tx.all(wanted)}


def _midnight(day: date) -> datetime:
    """The beginning of a day in Brussels."""
    return datetime.combine(day, time(), BRUSSELS).astimezone(UTC)
