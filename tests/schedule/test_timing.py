"""Nothing rings at night, and hours on the wall stay when the clock is changed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.language.formats import BRUSSELS
from bot.schedule import timing


def at(text: str) -> datetime:
    """A wall clock in Brussels."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS).astimezone(UTC)


def wall(moment: datetime) -> str:
    """What the clock on the wall says then."""
    return moment.astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("now", "rings"),
    [
        ("2026-11-20T08:00", "2026-11-20T08:00"),
        ("2026-11-20T20:59", "2026-11-20T20:59"),
        ("2026-11-20T21:00", "2026-11-21T08:00"),
        ("2026-11-20T03:10", "2026-11-20T08:00"),
        ("2026-03-28T22:00", "2026-03-29T08:00"),
        ("2026-10-25T02:30", "2026-10-25T08:00"),
    ],
    ids=["morning", "evening", "night", "small hours", "spring", "autumn"],
)
def test_news_of_the_night_rings_in_the_morning(now: str, rings: str) -> None:
    assert wall(timing.considerate(at(now))) == rings


def test_what_happens_in_the_night_may_ring_then() -> None:
    now = at("2026-11-20T23:00")

    assert timing.considerate(now, happens_at=at("2026-11-21T06:00")) == now
    assert timing.considerate(now, happens_at=at("2026-11-21T09:00")) != now
    near = timing.considerate(now, happens_at=at("2026-11-21T09:00"), reach=timedelta(hours=2))
    assert near == now


@pytest.mark.parametrize(
    ("starts", "before", "rings"),
    [
        ("2026-11-24T14:00", {"days": 3}, "2026-11-21T14:00"),
        ("2026-11-24T14:00", {"hours": 2}, "2026-11-24T12:00"),
        ("2026-11-24T09:00", {"hours": 2}, "2026-11-23T20:00"),
        ("2026-11-24T07:00", {"hours": 2}, "2026-11-23T20:00"),
        ("2026-11-24T22:30", {"days": 1}, "2026-11-23T20:00"),
        ("2026-11-24T23:00", {"hours": 2}, "2026-11-24T20:00"),
        ("2026-11-24T22:59", {"hours": 2}, "2026-11-24T20:59"),
        ("2026-03-29T09:00", {"days": 1}, "2026-03-28T09:00"),
        ("2026-10-25T09:00", {"days": 1}, "2026-10-24T09:00"),
        ("2026-03-29T02:30", {"days": 1}, "2026-03-27T20:00"),
        ("2026-10-25T02:30", {"days": 1}, "2026-10-23T20:00"),
        ("2026-10-25T02:30", {"hours": 2}, "2026-10-24T20:00"),
        ("2026-03-29T02:30", {"hours": 2}, "2026-03-28T20:00"),
        ("2026-03-29T09:00", {"hours": 2}, "2026-03-28T20:00"),
        ("2026-10-25T09:00", {"hours": 2}, "2026-10-24T20:00"),
        ("2026-04-01T02:30", {"days": 3}, "2026-03-28T20:00"),
    ],
)
def test_reminder_of_the_night_comes_the_evening_before(
    starts: str, before: dict[str, int], rings: str
) -> None:
    assert wall(timing.reminds_at(at(starts), timedelta(**before))) == rings


def test_hours_to_answer_are_hours_of_the_day() -> None:
    evening = at("2026-11-20T19:00")

    assert wall(timing.after_waking(evening, timedelta(hours=1))) == "2026-11-20T20:00"
    assert wall(timing.after_waking(evening, timedelta(hours=6))) == "2026-11-21T12:00"
    assert wall(timing.after_waking(evening, timedelta(hours=24))) == "2026-11-22T17:00"
