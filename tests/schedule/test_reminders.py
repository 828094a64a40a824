"""Which reminder is sent when its time has come, and what becomes of the others."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.language.formats import BRUSSELS
from bot.schedule import reminders, timing
from bot.schedule.reminders import BEFORE, DAY, DAYS, HOURS, Fate, Reminder
from bot.storage.engine import Database

ALL = tuple(BEFORE)
LENGTH = timedelta(hours=2)


def at(text: str) -> datetime:
    """A wall clock in Brussels."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS).astimezone(UTC)


STARTS = at("2026-11-24T14:00")
MOMENTS = dict(reminders.all_of(STARTS))


def _wall(moment: datetime) -> str:
    return moment.astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")


def test_reminder_in_time_is_sent_alone() -> None:
    verdict = reminders.judge(STARTS, DAY, ALL, now=MOMENTS[DAY])

    assert verdict == reminders.Verdict(sends=Reminder(DAY, MOMENTS[DAY]))


@pytest.mark.parametrize("hours", [1, 2, 20])
def test_reminder_an_hour_late_says_so(hours: int) -> None:
    verdict = reminders.judge(STARTS, DAYS, ALL, now=MOMENTS[DAYS] + hours * timedelta(hours=1))

    assert verdict.is_late == (hours > 1)


def test_only_the_last_of_those_that_were_missed_is_sent() -> None:
    verdict = reminders.judge(STARTS, DAYS, ALL, now=MOMENTS[HOURS])

    assert verdict.sends == Reminder(HOURS, MOMENTS[HOURS])
    assert [(one.name, fate) for one, fate in verdict.fates] == [
        (DAYS, Fate.OVERTAKEN),
        (DAY, Fate.OVERTAKEN),
    ]


def test_what_has_begun_is_not_reminded_but_written_down() -> None:
    verdict = reminders.judge(STARTS, DAY, ALL, now=STARTS)

    assert verdict.sends is None
    assert [(one.name, fate) for one, fate in verdict.fates] == [
        (DAY, Fate.OVERTAKEN),
        (HOURS, Fate.OVER),
    ]


def test_late_one_waits_for_the_morning_or_is_dropped() -> None:
    night = at("2026-11-23T23:30")
    assert reminders.judge(STARTS, DAY, ALL, now=night).waits == at("2026-11-24T08:00")

    early = at("2026-11-24T06:30")
    verdict = reminders.judge(early, HOURS, ALL, now=night)
    assert (verdict.sends, verdict.waits) == (None, None)
    assert [fate for _, fate in verdict.fates] == [Fate.NIGHT]


def test_reminder_that_nobody_wants_is_nothing() -> None:
    assert reminders.judge(STARTS, DAY, (HOURS,), now=MOMENTS[DAY]) == reminders.Verdict()
    assert reminders.judge(STARTS, DAY, (), now=STARTS) == reminders.Verdict()


def test_one_that_came_before_is_not_counted_again() -> None:
    verdict = reminders.judge(STARTS, HOURS, ALL, now=MOMENTS[HOURS])

    assert verdict.fates == ()


def test_useful_until_the_next_one_and_not_into_the_night() -> None:
    noon = at("2026-11-24T12:00")
    assert reminders.useful_until(STARTS, now=noon) == STARTS
    assert reminders.useful_until(STARTS, now=at("2026-11-23T14:00")) == at("2026-11-23T21:00")
    starts = at("2026-11-24T20:30")
    assert reminders.useful_until(starts, now=at("2026-11-24T08:30")) == at("2026-11-24T18:30")


@pytest.mark.parametrize(
    ("starts", "walls"),
    [
        ("2026-03-29T02:30", ["2026-03-25T20:00", "2026-03-27T20:00", "2026-03-28T20:00"]),
        ("2026-10-25T02:30", ["2026-10-21T20:00", "2026-10-23T20:00", "2026-10-24T20:00"]),
        ("2026-03-29T09:00", ["2026-03-26T09:00", "2026-03-28T09:00", "2026-03-28T20:00"]),
        ("2026-10-25T14:00", ["2026-10-22T14:00", "2026-10-24T14:00", "2026-10-25T12:00"]),
        ("2026-03-30T14:00", ["2026-03-27T14:00", "2026-03-29T14:00", "2026-03-30T12:00"]),
    ],
)
def test_clock_change_moves_no_reminder_on_the_wall(starts: str, walls: list[str]) -> None:
    assert [_wall(one.at) for one in reminders.all_of(at(starts))] == walls


@pytest.mark.parametrize(
    ("now", "starts", "names"),
    [
        ("2026-11-23T14:00", "2026-11-24T14:00", ["hour", "evening", "morning"]),
        ("2026-11-23T18:45", "2026-11-24T14:00", ["hour", "morning"]),
        ("2026-11-23T20:30", "2026-11-24T14:00", ["morning"]),
        ("2026-11-23T14:00", "2026-11-23T19:10", ["hour"]),
        ("2026-11-24T12:00", "2026-11-24T13:20", []),
        ("2026-11-24T03:00", "2026-11-24T20:00", ["evening"]),
    ],
)
def test_later_is_before_it_begins_and_not_at_night(
    now: str, starts: str, names: list[str]
) -> None:
    assert list(timing.later(at(now), at(starts))) == names


async def test_fate_is_written_down_once_and_counted(database: Database) -> None:
    now = MOMENTS[DAY]
    async with database.writing() as tx:
        for fate in (Fate.SENT, Fate.LATE):
            is_new = await reminders.note(tx, "remind:1:day", "walk", fate, due_at=now, now=now)
            assert is_new == (fate is Fate.SENT)
        await reminders.note(tx, "remind:2:day", "walk", Fate.AWAY, due_at=now, now=now)

    async with database.reading() as tx:
        counted = await reminders.fates(tx, since=now - LENGTH)
    assert counted == {"walk": {Fate.SENT: 1, Fate.AWAY: 1}}


async def test_fates_are_forgotten_after_two_months(database: Database) -> None:
    now = MOMENTS[DAY]
    async with database.writing() as tx:
        await reminders.note(tx, "remind:1:day", "walk", Fate.SENT, due_at=now, now=now)
        await reminders.forget_old(tx, now=now + timedelta(days=59))
        assert await reminders.fates(tx, since=now)
        await reminders.forget_old(tx, now=now + timedelta(days=61))
        assert not await reminders.fates(tx, since=now)
