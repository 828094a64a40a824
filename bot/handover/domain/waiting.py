"""How long anybody waits: which step is due when, counted in the opening hours of that desk and
language. The row says which steps were taken, so each is taken once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.duty.domain import BRUSSELS
from bot.handover.domain.cases import Case
from bot.handover.domain.states import OURS

JUST_NOW = timedelta(minutes=15)  # who wrote so lately is awake
LATE = timedelta(hours=1)  # the end of a block is not told later than that


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """After how long something happens. Hours are opening hours, minutes those of the clock.

    ping         who is on duty hears of a question that nobody claimed
    coordinator  the coordinators do, in working days
    urgent       how long after the first alarm the next ones come
    silent       a claimant who says nothing is asked, in working days
    release      after so much more silence the question goes back into the queue
    tell         the person hears that it takes longer, at the end of the opening in which this
                 time is over
    quiet        from when to when people are not written to
    """

    ping: timedelta = timedelta(hours=2)
    coordinator: int = 1
    urgent: tuple[timedelta, ...] = (timedelta(minutes=15), timedelta(minutes=30))
    silent: int = 1
    release: timedelta = timedelta(hours=4)
    tell: timedelta = timedelta(hours=2)
    quiet: tuple[time, time] = (time(21), time(8))

    @property
    def alarms(self) -> int:
        """How many alarms there are for one urgent question."""
        return 1 + len(self.urgent)

    def next_alarm(self, given: int, now: datetime) -> datetime | None:
        """When the next one comes after so many; None after the last."""
        if given > len(self.urgent):
            return None
        before = self.urgent[given - 2] if given > 1 else timedelta()
        return now + self.urgent[given - 1] - before


class OpenHours(Protocol):
    """How the opening hours of one desk and language go by; every moment it gives lies in them."""

    def later(self, start: datetime, delta: timedelta) -> datetime:
        """When so much open time has gone by."""

    def working_days(self, start: datetime, days: int) -> datetime:
        """The same time so many open days later."""

    def closes(self, moment: datetime) -> datetime | None:
        """When the opening around that moment ends; None: it is not known."""


class Step(StrEnum):
    """What happens by itself while somebody waits."""

    ALARM = "alarm"  # urgent: whoever can be reached at this hour
    PING = "ping"  # who is on duty
    COORDINATORS = "coordinators"
    ASK = "ask"  # the silent claimant
    RELEASE = "release"  # from a claimant who stays silent
    TELL = "tell"  # the person: it takes longer


AT_ANY_HOUR = (Step.ALARM, Step.TELL)


class Planned(NamedTuple):
    """A step and its moment."""

    step: Step
    at: datetime


def planned(case: Case, hours: OpenHours, patience: Patience, *, now: datetime) -> list[Planned]:
    """Every step that is still to come if nobody does anything, as seen from now.

    What should have happened while it was closed, or while the bot was down, comes at the next
    opening; what people are told keeps to the quiet hours.
    """
    opens = hours.later(now, timedelta())
    found = []
    for step, at in _steps(case, hours, patience):
        if step is Step.TELL:
            found.append(Planned(step, _calm(case, patience, max(at, now), now=now)))
        else:
            is_over = at <= now and step not in AT_ANY_HOUR
            found.append(Planned(step, opens if is_over else at))
    return found


def due(case: Case, hours: OpenHours, patience: Patience, *, now: datetime) -> frozenset[Step]:
    """The steps to take now. Those of the same minute belong together, if it is open."""
    is_open = hours.later(now, timedelta()) <= now
    return frozenset(
        step
        for step, at in planned(case, hours, patience, now=now)
        if at <= now or (is_open and step not in AT_ANY_HOUR and _minute(at) <= now)
    )


def since(case: Case) -> datetime:
    """From when it counts: since when it waits, or is its colleague's turn."""
    return case.turn_at or case.opened_at or case.touched_at


def _steps(case: Case, hours: OpenHours, patience: Patience) -> Iterator[Planned]:
    if case.is_queued:
        yield from _in_queue(case, hours, patience)
    elif case.state in OURS:
        yield from _with_colleague(case, hours, patience)
    else:
        return
    if case.alarm_at is not None:
        yield Planned(Step.ALARM, case.alarm_at)
    waits = case.is_queued or case.answered_at is None
    if waits and case.person_id is not None and case.told_later_at is None:
        begun = since(case) if case.answered_at or not case.opened_at else case.opened_at
        over = hours.later(begun, patience.tell)
        yield Planned(Step.TELL, hours.closes(over) or over)


def _in_queue(case: Case, hours: OpenHours, patience: Patience) -> Iterator[Planned]:
    if case.pinged < 1:
        yield Planned(Step.PING, hours.later(since(case), patience.ping))
    if case.pinged < 2:  # 1: on duty, 2: coordinators
        yield Planned(Step.COORDINATORS, hours.working_days(since(case), patience.coordinator))


def _with_colleague(case: Case, hours: OpenHours, patience: Patience) -> Iterator[Planned]:
    if case.warned_at is None or case.warned_at < since(case):
        yield Planned(Step.ASK, hours.working_days(since(case), patience.silent))
    else:
        yield Planned(Step.RELEASE, hours.later(case.warned_at, patience.release))


def _calm(case: Case, patience: Patience, at: datetime, *, now: datetime) -> datetime:
    """Not in the quiet hours, unless the person has just written."""
    begins, ends = patience.quiet
    local = at.astimezone(BRUSSELS)
    over_midnight = begins > ends
    late = local.time() >= begins
    is_quiet = late or local.time() < ends if over_midnight else begins <= local.time() < ends
    is_awake = at <= now and now - case.touched_at <= JUST_NOW
    if not is_quiet or is_awake:
        return at
    day = local.date() + timedelta(days=1 if over_midnight and late else 0)
    return datetime.combine(day, ends, BRUSSELS).astimezone(at.tzinfo)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
