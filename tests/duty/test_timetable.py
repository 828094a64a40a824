"""The timetable: whose blocks count, and how opening hours go by over nights and holidays."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.duty.desk import Timetable
from bot.duty.domain import (
    BRUSSELS,
    INFODESK,
    LEGAL,
    Block,
    Closure,
    Duty,
    Hours,
    Roster,
    is_holiday,
)
from tests.support.duty_makers import HOURS, JAN, KAREN, NOOR, a_duty, a_roster, at

PASHTO = a_roster(
    a_duty(KAREN, "ps", 4),
    a_duty(JAN, "ps", 4, "11:00-16:00"),
    a_duty(NOOR, "ps", 0, "13:00-16:00", desk=LEGAL),
)
TIMETABLE = Timetable(HOURS, PASHTO)


def test_the_roster_counts_before_the_organisations_hours() -> None:
    assert TIMETABLE.expects("ps", at("2026-03-04", "10:00")) == at("2026-03-06", "09:00")
    assert TIMETABLE.expects("nl", at("2026-03-04", "10:00")) == at("2026-03-04", "10:00")


def test_a_desk_without_blocks_has_the_hours_of_the_info_desk() -> None:
    now = at("2026-03-04", "10:00")

    assert TIMETABLE.expects("ps", now, LEGAL) == at("2026-03-09", "13:00")
    assert TIMETABLE.expects("ps", now, "minors") == at("2026-03-06", "09:00")
    assert TIMETABLE.expects("nl", now, "minors") == now


def test_who_is_on_duty_is_named_from_opening_until_closing() -> None:
    def on_duty(clock: str) -> tuple[int, ...]:
        return TIMETABLE.on_duty(INFODESK, "ps", at("2026-03-06", clock))

    assert on_duty("08:59") == ()
    assert on_duty("09:00") == (KAREN,)
    assert on_duty("11:30") == (KAREN, JAN)
    assert on_duty("12:00") == (JAN,)
    assert on_duty("16:00") == ()
    assert TIMETABLE.on_duty(LEGAL, "nl", at("2026-03-06", "11:30")) == ()


def test_the_first_running_block_that_ends_is_told() -> None:
    ends = TIMETABLE.block_ends(INFODESK, "ps", at("2026-03-06", "11:30"))

    assert ends == at("2026-03-06", "12:00")
    assert TIMETABLE.block_ends(INFODESK, "ps", ends) == at("2026-03-06", "16:00")
    assert TIMETABLE.block_ends(INFODESK, "ps", at("2026-03-06", "16:00")) is None
    assert TIMETABLE.block_ends(INFODESK, "nl", at("2026-03-06", "10:00")) == at(
        "2026-03-06", "12:30"
    )


def test_a_day_lists_every_block_in_order_of_time() -> None:
    day = [(one.language, one.person_id) for one in TIMETABLE.blocks_on(date(2026, 3, 6))]

    assert day == [("ps", KAREN), ("nl", None), ("ps", JAN), ("nl", None)]
    assert TIMETABLE.blocks_on(date(2026, 5, 1)) == ()


def test_a_pashto_question_on_friday_evening_names_the_day_after_the_holiday() -> None:
    roster = a_roster(*(a_duty(KAREN, "ps", day) for day in (0, 2, 4)))  # Monday, Wednesday, Friday
    timetable = Timetable(HOURS, roster)

    # 6 April 2026 is Easter Monday; 1 May is a Friday.
    assert timetable.expects("ps", at("2026-04-03", "18:00")) == at("2026-04-08", "09:00")
    assert timetable.expects("ps", at("2026-05-01", "10:00")) == at("2026-05-04", "09:00")


def test_a_closure_closes_only_what_it_names() -> None:
    friday = date(2026, 3, 6)
    now = at("2026-03-06", "10:00")

    def closed_by(closure: Closure) -> list[bool]:
        timetable = TIMETABLE.over(replace(PASHTO, closures=(closure,)))
        asked = (("ps", INFODESK), ("nl", INFODESK), ("ps", "minors"))
        return [timetable.expects(code, now, desk) != now for code, desk in asked]

    assert closed_by(Closure(friday)) == [True, True, True]
    assert closed_by(Closure(friday, language="ps")) == [True, False, True]
    assert closed_by(Closure(friday, desk=INFODESK, language="nl")) == [False, True, False]
    assert closed_by(Closure(friday, desk=LEGAL)) == [False, False, False]
    assert closed_by(Closure(friday, desk="minors")) == [False, False, True]


def test_two_hours_of_opening_go_on_after_the_night_and_the_holiday() -> None:
    def later(day: str, clock: str, hours: float) -> datetime:
        return TIMETABLE.open_time_later(INFODESK, "nl", at(day, clock), timedelta(hours=hours))

    assert later("2026-03-04", "09:30", 2) == at("2026-03-04", "11:30")
    assert later("2026-03-04", "11:30", 2) == at("2026-03-04", "14:30")
    assert later("2026-03-04", "16:00", 2) == at("2026-03-06", "10:00")
    assert later("2026-04-30", "16:30", 2) == at("2026-05-04", "10:30")
    assert later("2026-03-04", "11:30", 1) == at("2026-03-04", "13:30")  # nobody is in at 12:30


def test_a_working_day_later_is_the_same_time_of_the_next_open_day() -> None:
    def later(day: str, clock: str) -> datetime:
        return TIMETABLE.working_day(INFODESK, "nl", at(day, clock))

    assert later("2026-03-03", "10:00") == at("2026-03-04", "10:00")
    assert later("2026-03-04", "10:00") == at("2026-03-06", "10:00")
    assert later("2026-03-06", "18:00") == at("2026-03-10", "09:00")
    assert later("2026-03-03", "12:45") == at("2026-03-04", "13:30")
    assert TIMETABLE.working_day(INFODESK, "ps", at("2026-03-06", "12:30")) == at(
        "2026-03-13", "12:30"
    )


def test_a_language_without_hours_is_counted_with_those_of_all() -> None:
    start = at("2026-03-06", "16:00")

    assert TIMETABLE.open_time_later(INFODESK, "uk", start, timedelta(hours=2)) == at(
        "2026-03-09", "10:00"
    )
    assert Timetable().open_time_later(INFODESK, "uk", start, timedelta(hours=2)) == at(
        "2026-03-09", "10:00"
    )
    assert Timetable().working_day(INFODESK, "uk", start) == at("2026-03-09", "16:00")
    assert Timetable().expects("uk", start) is None


@pytest.mark.parametrize(
    ("day", "hours", "length"),
    [
        ("2026-03-29", "01:00-04:00", 2),
        ("2026-03-29", "02:00-03:00", 0),
        ("2026-10-25", "01:00-04:00", 4),
    ],
    ids=["summer time begins", "the hour that is skipped", "summer time ends"],
)
def test_a_night_of_changing_clocks_is_as_long_as_it_is(day: str, hours: str, length: int) -> None:
    timetable = Timetable(Hours(), a_roster(a_duty(KAREN, "uk", 6, hours)))

    shifts = timetable.shifts(INFODESK, "uk", date.fromisoformat(day))

    assert sum((one.closes - one.opens for one in shifts), timedelta()) == timedelta(hours=length)


def test_next_week_is_named_where_today_is_over() -> None:
    shift = TIMETABLE.next_shift(INFODESK, "ps", at("2026-03-06", "12:00"))

    assert shift is not None
    assert (shift.person_id, shift.opens) == (KAREN, at("2026-03-13", "09:00"))


# -- for every roster and every moment ------------------------------------------------------------

MINUTES = st.integers(0, 24 * 60 - 1)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 550 * 24 * 60).map(lambda n: FIRST + timedelta(minutes=n))
NIGHTS = st.sampled_from([date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 25)])
NEAR_NIGHTS = st.builds(
    lambda day, n: datetime.combine(day, time(), UTC) + timedelta(minutes=n),
    NIGHTS,
    st.integers(-3000, 3000),
)
STARTS = st.one_of(MOMENTS, NEAR_NIGHTS)
DELTAS = st.integers(0, 60 * 60).map(lambda n: timedelta(minutes=n))


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Any blocks at all, also at night, and some closed days."""

    def duty() -> Duty:
        opens, closes = sorted(draw(st.lists(MINUTES, min_size=2, max_size=2, unique=True)))
        block = Block(_time(opens), _time(closes))
        return Duty(INFODESK, "ps", draw(st.integers(0, 6)), block, draw(st.integers(1, 3)))

    duties = tuple(duty() for _ in range(draw(st.integers(1, 6))))
    days = draw(st.lists(st.integers(0, 500), max_size=10))
    closures = tuple(Closure(FIRST.date() + timedelta(days=n)) for n in days)
    return Roster(duties=duties, closures=closures, version=1)


def _is_open(roster: Roster, moment: datetime) -> bool:
    """Told by the wall clock alone, minute by minute, in another way than the code counts."""
    local = moment.astimezone(BRUSSELS)
    if is_holiday(local.date()) or any(one.day == local.date() for one in roster.closures):
        return False
    return any(
        duty.weekday == local.weekday()
        and _passed(local, duty.block.opens)
        and not _passed(local, duty.block.closes)
        for duty in roster.duties
    )


def _passed(local: datetime, clock: time) -> bool:
    mark = datetime.combine(local.date(), clock, BRUSSELS).astimezone(UTC)
    return local.astimezone(UTC) >= mark


@settings(deadline=None)  # a busy machine is no fault
@given(rosters(), STARTS, DELTAS)
def test_what_is_later_by_opening_hours_never_lands_in_closed_time(
    roster: Roster, start: datetime, delta: timedelta
) -> None:
    timetable = Timetable(Hours(), roster)
    opens = timetable.expects("ps", start)
    if opens is None:
        return

    landed = timetable.open_time_later(INFODESK, "ps", start, delta)

    assert landed >= start + delta or delta == timedelta()
    assert _is_open(roster, landed)
    assert _is_open(roster, timetable.working_day(INFODESK, "ps", start))
    assert _is_open(roster, opens)


@settings(deadline=None)  # a busy machine is no fault
@given(rosters(), STARTS, DELTAS, DELTAS, DELTAS)
def test_later_questions_and_longer_waits_never_come_earlier(
    roster: Roster, start: datetime, delta: timedelta, more: timedelta, after: timedelta
) -> None:
    timetable = Timetable(Hours(), roster)

    def later(begin: datetime, wait: timedelta) -> datetime:
        return timetable.open_time_later(INFODESK, "ps", begin, wait)

    assert later(start, delta) <= later(start, delta + more)
    assert later(start, delta) <= later(start + after, delta)
    assert timetable.working_day(INFODESK, "ps", start) <= timetable.working_day(
        INFODESK, "ps", start + after
    )


@settings(deadline=None)  # a busy machine is no fault
@given(rosters(), STARTS, st.integers(0, 300))
def test_opening_hours_go_by_minute_for_minute(
    roster: Roster, start: datetime, minutes: int
) -> None:
    timetable = Timetable(Hours(), roster)
    if timetable.expects("ps", start) is None:
        return

    landed = timetable.open_time_later(INFODESK, "ps", start, timedelta(minutes=minutes))

    if landed - start < timedelta(days=4):
        steps = int((landed - start) / timedelta(minutes=1))
        was_open = [_is_open(roster, start + timedelta(minutes=n)) for n in range(steps)]
        assert sum(was_open) == minutes
