"""How long anybody waits, on any day of the year: steps in open hours, each once. Pure."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.duty.desk import Timetable
from bot.duty.domain import BRUSSELS, INFODESK, Closure, Hours, Roster, is_holiday
from bot.handover.domain import Case, State, waiting
from bot.handover.domain.waiting import AT_ANY_HOUR, Patience, Planned, Step
from bot.handover.service.planning import DeskHours
from bot.people.domain import PersonId
from tests.handover.test_domain import CASE
from tests.support.duty_makers import AFTERNOON, MORNING, OFFICE, a_duty, a_roster, at

PATIENCE = Patience()
PEOPLE = st.integers(1, 4)
# Around both nights of changing clocks, Easter, 1 May, Christmas; and any other day of two years.
MOMENTS = st.one_of(
    st.sampled_from([date(2026, 3, 28), date(2026, 10, 24), date(2026, 4, 3), date(2026, 12, 24)]),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
).flatmap(
    lambda day: st.integers(0, 3 * 24 * 60 * 60 - 1).map(
        lambda second: datetime.combine(day, time(), UTC) + timedelta(seconds=second)
    )
)
DUTIES = st.builds(
    a_duty,
    PEOPLE,
    st.just("fa_AF"),
    st.integers(0, 6),
    st.sampled_from(["09:00-12:00", "13:30-17:00", "11:00-16:00", "00:00-03:00", "18:00-23:30"]),
)
CLOSED = st.lists(st.dates(date(2026, 3, 1), date(2026, 12, 31)), max_size=4)
TIMETABLES = st.builds(
    lambda duties, closed: Timetable(
        Hours({"en": OFFICE}, frozenset(closed)),
        replace(a_roster(*duties), closures=tuple(Closure(day) for day in closed)),
    ),
    st.lists(DUTIES, min_size=0, max_size=8),
    CLOSED,
)


def _hours(timetable: Timetable) -> DeskHours:
    return DeskHours(timetable, INFODESK, "fa_AF")


def _case(state: State, begun: datetime, *, is_urgent: bool = False) -> Case:
    return replace(
        CASE,
        state=state,
        claimed_by=None if state is State.NEW else PersonId(20),
        is_urgent=is_urgent,
        alarm_at=begun if is_urgent else None,
        opened_at=begun,
        touched_at=begun,
        turn_at=begun,
    )


def _after(case: Case, step: Step, now: datetime) -> Case:
    """The question when the step was taken."""
    match step:
        case Step.ALARM:
            given = case.alarms + 1
            return replace(case, alarms=given, alarm_at=PATIENCE.next_alarm(given, now))
        case Step.PING:
            return replace(case, pinged=max(case.pinged, 1))
        case Step.COORDINATORS:
            return replace(case, pinged=2)
        case Step.ASK:
            return replace(case, warned_at=now)
        case Step.RELEASE:
            return replace(case, state=State.RELEASED, turn_at=now, pinged=0, claimed_by=None)
        case _tell:
            return replace(case, told_later_at=now)


def _lived(case: Case, hours: DeskHours, now: datetime) -> list[Planned]:
    """Everything that happens when nobody does anything; whoever looks comes at the moment."""
    happened: list[Planned] = []
    for _ in range(40):
        coming = waiting.planned(case, hours, PATIENCE, now=now)
        if not coming:
            return happened
        now = max(now, min(one.at for one in coming))
        for step in sorted(waiting.due(case, hours, PATIENCE, now=now)):
            happened.append(Planned(step, now))
            case = _after(case, step, now)
    raise AssertionError(f"it does not come to an end: {happened}")


def _is_open(timetable: Timetable, moment: datetime) -> bool:
    return timetable.open_time_later(INFODESK, "fa_AF", moment, timedelta()) == moment


@settings(deadline=None, max_examples=60)
@given(timetable=TIMETABLES, begun=MOMENTS, is_urgent=st.booleans())
def test_each_step_is_taken_once_and_in_open_hours(
    timetable: Timetable, begun: datetime, is_urgent: bool
) -> None:
    happened = _lived(_case(State.NEW, begun, is_urgent=is_urgent), _hours(timetable), begun)

    counted = Counter(step for step, _ in happened)
    assert counted[Step.ALARM] == (3 if is_urgent else 0)
    assert counted[Step.COORDINATORS] == counted[Step.TELL] == 1
    assert counted[Step.PING] <= 1
    for step, moment in happened:
        if step not in AT_ANY_HOUR:
            assert _is_open(timetable, moment)
            day = moment.astimezone(BRUSSELS).date()
            assert not is_holiday(day)
            assert day not in timetable.hours.closures


@settings(deadline=None, max_examples=60)
@given(timetable=TIMETABLES, begun=MOMENTS)
def test_a_silent_claimant_is_asked_once_before_it_goes_back(
    timetable: Timetable, begun: datetime
) -> None:
    happened = _lived(_case(State.CLAIMED, begun), _hours(timetable), begun)

    steps = [step for step, _ in happened if step is not Step.TELL]
    assert steps[:2] == [Step.ASK, Step.RELEASE]
    assert Counter(steps).most_common(1)[0][1] == 1
    asked, released = (moment for step, moment in happened if step in (Step.ASK, Step.RELEASE))
    assert _is_open(timetable, asked)
    assert released - asked >= PATIENCE.release


@settings(deadline=None, max_examples=60)
@given(
    timetable=TIMETABLES,
    begun=MOMENTS,
    state=st.sampled_from([State.WAITING, State.ANSWERED, State.CLOSED, State.DROPPED]),
)
def test_waiting_for_the_person_calls_nobody(
    timetable: Timetable, begun: datetime, state: State
) -> None:
    case = _case(state, begun, is_urgent=True)

    assert waiting.planned(case, _hours(timetable), PATIENCE, now=begun) == []


@settings(deadline=None, max_examples=60)
@given(timetable=TIMETABLES, begun=MOMENTS, later=st.timedeltas(timedelta(), timedelta(days=9)))
def test_nobody_is_told_at_night_unless_they_have_just_written(
    timetable: Timetable, begun: datetime, later: timedelta
) -> None:
    for state in (State.NEW, State.CLAIMED):
        case = replace(_case(state, begun), touched_at=begun + later)
        told = [moment for step, moment in _lived(case, _hours(timetable), begun) if step == "tell"]

        assert len(told) == 1
        is_awake = timedelta() <= told[0] - case.touched_at <= waiting.JUST_NOW
        assert is_awake or 8 <= told[0].astimezone(BRUSSELS).hour < 21


@settings(deadline=None, max_examples=60)
@given(timetable=TIMETABLES, begun=MOMENTS)
def test_alarms_come_by_the_clock_on_the_wall(timetable: Timetable, begun: datetime) -> None:
    happened = _lived(_case(State.NEW, begun, is_urgent=True), _hours(timetable), begun)

    alarms = [moment for step, moment in happened if step is Step.ALARM]
    assert [one - begun for one in alarms] == [timedelta(minutes=n) for n in (0, 15, 30)]
    assert [later - one for one, later in pairwise(alarms)] == [timedelta(minutes=15)] * 2


@settings(deadline=None, max_examples=60)
@given(
    timetable=TIMETABLES, begun=MOMENTS, down=st.timedeltas(timedelta(days=3), timedelta(days=20))
)
def test_what_was_missed_while_the_bot_was_down_is_one_call(
    timetable: Timetable, begun: datetime, down: timedelta
) -> None:
    happened = _lived(_case(State.NEW, begun), _hours(timetable), begun + down)

    calls = {moment for step, moment in happened if step in (Step.PING, Step.COORDINATORS)}
    late = timetable.working_day(INFODESK, "fa_AF", begun) <= begun + down
    assert len(calls) == 1 or not late


@pytest.mark.parametrize(
    ("begun", "pinged", "told"),
    [
        (at("2026-10-23", "16:00"), at("2026-10-26", "10:00"), at("2026-10-26", "12:30")),
        (at("2026-03-27", "16:00"), at("2026-03-30", "10:00"), at("2026-03-30", "12:30")),
        (at("2026-04-30", "16:30"), at("2026-05-04", "10:30"), at("2026-05-04", "12:30")),
        (at("2026-03-04", "10:00"), at("2026-03-04", "12:00"), at("2026-03-04", "12:30")),
        (at("2026-03-04", "12:20"), at("2026-03-04", "15:20"), at("2026-03-04", "17:00")),
    ],
    ids=["into winter time", "into summer time", "over 1 May", "in a morning", "before noon"],
)
def test_two_opening_hours_on_the_clock_of_brussels(
    begun: datetime, pinged: datetime, told: datetime
) -> None:
    week = dict.fromkeys(range(5), (MORNING, AFTERNOON))
    hours = _hours(Timetable(Hours({"fa_AF": week}), Roster()))

    steps = dict(_lived(_case(State.NEW, begun), hours, begun))

    assert steps[Step.PING] == pinged
    assert steps[Step.TELL] == told


def test_a_language_without_hours_waits_by_office_hours() -> None:
    begun = at("2026-11-20", "16:50")
    steps = dict(_lived(_case(State.NEW, begun), _hours(Timetable()), begun))

    assert steps[Step.PING] == at("2026-11-23", "10:50")
