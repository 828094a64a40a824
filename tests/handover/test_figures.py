"""Figures are exact: compared with what a hand counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.duty.desk import Timetable
from bot.duty.domain import Block, Hours
from bot.handover.domain.figures import median, ninetieth
from bot.handover.service import figures
from bot.handover.tables import cases, contacts, ratings
from tests.support.handover_makers import GROUP, JORIS, Office

# Saturday 21 November 2026, 12:00 in Brussels. The week began on Monday 16.
NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
MORNINGS = Hours({"uk": dict.fromkeys(range(5), (Block(time(9), time(12)),))})


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 by the clock of Brussels."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


async def _question(office: Office, number: int, opened: datetime, **more: Any) -> None:
    facts = {
        "number": number,
        "language": "en",
        "kind": "question",
        "state": "new",
        "shown": [],
        "told_inside": [],
        "opened_at": opened,
        "touched_at": opened,
        **more,
    }
    await office.tx.execute(insert(cases).values(**facts))


@pytest.fixture
async def known(office: Office) -> Office:
    """Seven questions, three contacts, three smileys, and what must not be counted."""
    office.now = NOON
    fri9, fri11 = _at(20, 9), _at(20, 11)
    await _question(office, 1, _at(21, 9), state="answered", answered_at=_at(21, 9, 30))
    await _question(office, 2, _at(21, 10))
    await _question(office, 3, fri9, state="closed", answered_at=fri11, closed_at=_at(21, 10))
    await _question(office, 4, _at(20, 11), language="uk", state="claimed", answered_at=_at(21, 11))
    await _question(office, 5, _at(16, 0 + 1), language="uk", state="released")
    await _question(office, 6, _at(15, 23, 30), state="closed", closed_at=_at(15, 23, 59))
    await _question(office, 7, _at(21, 11), state="dropped", closed_at=_at(21, 11))
    rows = [("2026-11-21", "door", "uk", 40), ("2026-11-21", "door", "uk", 1)]
    rows += [("2026-11-16", "phone", "other", 2), ("2026-11-15", "mail", "en", 9)]
    for day, channel, language, people in rows:
        values = {"channel": channel, "language": language, "category": "work", "people": people}
        on = date.fromisoformat(day)
        await office.tx.execute(insert(contacts).values(day=on, for_whom="self", **values))
    await office.tx.execute(insert(contacts).values(people=500, for_whom="self"))  # not finished
    for rated, score, number in ((21, 3, 2), (16, 1, 1), (15, 2, 5)):
        on = date(2026, 11, rated)
        values = {"on": on, "language": "en", "category": "", "score": score, "count": number}
        await office.tx.execute(insert(ratings).values(values))
    return office


async def test_today_and_this_week_are_counted_exactly(known: Office) -> None:
    joris = await known.colleague(JORIS)

    today, week, waiting = await figures.overview(known.desk, known.tx, joris, now=NOON)

    assert (today.opened, today.answered, today.closed) == (
        {"en": 2},
        {"en": 1, "uk": 1},
        {"en": 1},
    )
    assert (week.opened, week.answered, week.closed) == (
        {"en": 3, "uk": 2},
        {"en": 2, "uk": 1},
        {"en": 1},
    )
    assert waiting == {"en": 1, "uk": 1}
    assert sorted(one.by_clock for one in week.waits) == [
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=24),
    ]
    assert [(one.contacts, one.people) for one in today.met] == [(2, 41)]
    assert sum(one.people for one in week.met) == 43
    assert (today.ratings, week.ratings) == ({3: 2}, {3: 2, 1: 1})


async def test_waiting_in_opening_hours_leaves_out_what_is_closed(known: Office) -> None:
    known.desk = _with_hours(known)
    joris = await known.colleague(JORIS)

    _, week, _ = await figures.overview(known.desk, known.tx, joris, now=NOON)

    # Ukrainian: asked on Friday at 11, open until 12, closed on Saturday.
    assert [one.in_hours for one in week.waits_in("uk")] == [timedelta(hours=1)]
    assert [one.by_clock for one in week.waits_in("uk")] == [timedelta(hours=24)]


def _with_hours(office: Office) -> Any:
    return replace(office.desk, timetable=Timetable(MORNINGS))


async def test_stats_say_it_in_words(known: Office) -> None:
    known.desk = _with_hours(known)
    await known.says(JORIS, "/stats", group=True)

    assert known.last_text(GROUP).splitlines() == [
        "<b>Today</b>",
        "Questions: 2 new · 2 answered · 1 closed",
        "⏱ Half within 12 h 15 min, nine of ten within 24 h 00 min",
        "🕘 In opening hours: half within 30 min, nine of ten within 1 h 00 min",
        "Outside the chat: 2 contacts, 41 people (🚪 2)",
        "😊 2",
        "",
        "<b>This week</b>",
        "Questions: 5 new · 3 answered · 1 closed",
        "⏱ Half within 2 h 00 min, nine of ten within 24 h 00 min",
        "🕘 In opening hours: half within 1 h 00 min, nine of ten within 2 h 00 min",
        "Outside the chat: 3 contacts, 43 people (📞 1 🚪 2)",
        "😊 2 · 🙁 1",
        "• English: 3 new, 2 answered, ⏱ 1 h 15 min / 2 h 00 min",
        "• Ukrainian: 2 new, 1 answered, ⏱ 24 h 00 min / 24 h 00 min, 2 contacts",
        "• 🌍 Other language: 0 new, 0 answered, 1 contact",
        "",
        "<b>2 questions wait</b>: English 1 · Ukrainian 1",
        "",
        "Half and nine of ten: so many people had their first answer within this time. First by the"
        " clock, then only while that language was open.",
    ]


async def test_answer_in_the_chat_is_counted_by_the_same_figures(office: Office) -> None:
    await office.answered()
    joris = await office.colleague(JORIS)

    today, _, waiting = await figures.overview(office.desk, office.tx, joris, now=office.now)

    assert (today.opened, today.answered, waiting) == ({"en": 1}, {"en": 1}, {})
    (wait,) = today.waits
    assert round(wait.by_clock.total_seconds()) == 10


async def test_erased_question_stays_in_the_figures(office: Office) -> None:
    case = await office.answered()
    await office.tx.execute(
        update(cases).where(cases.c.id == case.id).values(state="deleted", closed_at=office.now)
    )
    joris = await office.colleague(JORIS)

    today, _, _ = await figures.overview(office.desk, office.tx, joris, now=office.now)

    assert (today.opened, today.closed) == ({"en": 1}, {})


def test_median_and_ninetieth_percentile_as_by_hand() -> None:
    minutes = [timedelta(minutes=n) for n in (7, 1, 5, 3, 9, 2, 8, 4, 10, 6)]

    assert median(minutes) == timedelta(minutes=5, seconds=30)
    assert ninetieth(minutes) == timedelta(minutes=9)
    assert median(minutes[:1]) == ninetieth(minutes[:1]) == timedelta(minutes=7)
