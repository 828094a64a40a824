"""When somebody has to look at an inbox again: one row for each, at the earliest moment at which
anything is due there. Whoever looks (`escalating`) judges anew, so nothing need be taken back.

Within a turn it is planned before what else concerns the inbox: who looks holds this row first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.duty.desk import Timetable
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Inbox, waiting
from bot.schedule import due
from bot.storage.transaction import Tx

LOOK_KIND = "handover.look"
_BLOCKS = 20  # of one desk and language, one after the other without a pause


@dataclass(frozen=True, slots=True)
class DeskHours:
    """The opening hours of one desk and language, as the timetable has them now."""

    timetable: Timetable
    desk: str
    language: str

    def later(self, start: datetime, delta: timedelta) -> datetime:
        """When so much open time has gone by."""
        return self.timetable.open_time_later(self.desk, self.language, start, delta)

    def working_days(self, start: datetime, days: int) -> datetime:
        """The same time so many open days later."""
        for _ in range(days):
            start = self.timetable.working_day(self.desk, self.language, start)
        return start

    def closes(self, moment: datetime) -> datetime | None:
        """When nobody is in any more; None where no hours are written down."""
        end = self.timetable.block_ends(self.desk, self.language, moment)
        for _ in range(_BLOCKS):
            further = end and self.timetable.block_ends(self.desk, self.language, end)
            if further is None:
                break
            end = further
        return end

    def next_boundary(self, now: datetime) -> datetime | None:
        """When the next duty block begins or ends."""
        shift = self.timetable.next_shift(self.desk, self.language, now)
        ends = self.timetable.block_ends(self.desk, self.language, now)
        found = [] if shift is None else [shift.opens]
        return min([*found, *([] if ends is None else [ends])], default=None)


def hours_of(desk: HandoverDesk, inbox: Inbox) -> DeskHours:
    """The hours that count in an inbox."""
    return DeskHours(desk.timetable, inbox.desk, inbox.language)


async def plan(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> None:
    """A question has just begun to wait, or somebody took it: look when its next step is due."""
    inbox = Inbox(case.inbox)
    at = next_look(desk, inbox, [case], now=now)
    if at is not None:
        await put(tx, inbox, at=at, since=now)


def next_look(
    desk: HandoverDesk, inbox: Inbox, found: Iterable[Case], *, now: datetime
) -> datetime | None:
    """The earliest moment at which anything is due for these; None when nothing ever is."""
    hours, open_ones = hours_of(desk, inbox), [case for case in found if case.is_open]
    if not open_ones:
        return None
    steps = (waiting.planned(case, hours, desk.patience, now=now) for case in open_ones)
    moments = [one.at for of_case in steps for one in of_case]
    boundary = hours.next_boundary(now)
    return min([*moments, *([boundary] if boundary else [])], default=None)


async def put(tx: Tx, inbox: Inbox, *, at: datetime, since: datetime) -> None:
    """Look at that moment, or earlier if that was planned; `since`: until when it was looked at."""
    ref = f"{inbox.name}@{int(since.timestamp())}"
    await due.plan_at_latest(tx, [due.Planned(inbox.slot("look"), LOOK_KIND, ref, at)])


def inbox_in(ref: str) -> tuple[str, datetime]:
    """The name of the inbox, and until when it was looked at."""
    name, _, since = ref.partition("@")
    return name, datetime.fromtimestamp(int(since), UTC)
