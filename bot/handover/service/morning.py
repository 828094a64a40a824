"""What a team reads first in the morning: who waits since when, and what happened yesterday."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.duty.domain import BRUSSELS, Shift, is_holiday
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Inbox
from bot.handover.service import cases, figures
from bot.handover.tables import cases as rows
from bot.handover.wording import morning as wording
from bot.language.formats import day_of
from bot.people.domain import Person
from bot.people.service import recognition
from bot.schedule import due
from bot.storage.transaction import Tx

MORNING_KIND = "handover.morning"
_USUAL = time(8, 30)  # where nobody has written down when the team is in
_LOOK_BACK = 7  # days; so far back at most lies the last day on which somebody was in
_CALLED = 20  # colleagues whom one message names
_READ_BY = timedelta(hours=12)
_A_MORNING = timedelta(hours=4)  # a bot that was down wishes nobody a good morning in the afternoon


async def plan(desk: HandoverDesk, tx: Tx, *, now: datetime) -> None:
    """At night: have the morning told at the first opening of the day; not on a closed day."""
    day = day_of(now)
    at = _opens(desk, day)
    if at is not None:
        await due.plan_unless_planned(tx, key=_planned(day), kind=MORNING_KIND, ref=str(day), at=at)


def _opens(desk: HandoverDesk, day: date) -> datetime | None:
    """When the first desk opens that day; None when all are closed."""
    opens = [one.opens for one in desk.timetable.blocks_on(day)]
    if opens or _has_hours(desk):
        return min(opens, default=None)
    if day.weekday() >= 5 or is_holiday(day):
        return None
    return datetime.combine(day, _USUAL, BRUSSELS).astimezone(UTC)


def _has_hours(desk: HandoverDesk) -> bool:
    """Is anything written down of when the team is in?"""
    return bool(desk.timetable.hours.weeks or desk.timetable.roster.duties)


async def tell(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """One message in each group, of what is its own; none where there is nothing to tell, and none
    when the morning is over or the day has become a closed one."""
    opens = _opens(desk, date.fromisoformat(ref))
    if opens is None or now - opens > _A_MORNING:
        return
    waiting = await cases.find_all(tx, rows.c.state.in_(domain.QUEUED))
    for group in dict.fromkeys(desk.staff_groups.values()):
        mine = [case for case in waiting if desk.group_of(case) == group]
        await _tell_group(desk, tx, group, mine, now=now)


async def calls(desk: HandoverDesk, tx: Tx, home: Inbox, opens: datetime) -> bool:
    """Does the message of this morning call whose block begins then in an inbox? It was posted, or
    will be as soon as its row is looked at; then nobody need say the same in the inbox."""
    day, group = day_of(opens), desk.group_at(home)
    if group is None or _opens(desk, day) != opens:
        return False
    return await due.is_planned(tx, _planned(day)) or await outbox.is_known(tx, _key(group, day))


def _planned(day: date) -> str:
    return f"morning:{day}"


def _key(group: int, day: date) -> str:
    return f"morning:{group}:{day}"


async def _tell_group(
    desk: HandoverDesk, tx: Tx, group: int, waiting: Sequence[Case], *, now: datetime
) -> None:
    today = day_of(now)
    first = _last_open_day(desk, today)
    happened = await figures.of_days(
        desk,
        tx,
        first,
        today,
        belongs=lambda name, language: desk.group_for(name, language) == group,
        is_whole=group == desk.group,
    )
    if not waiting and happened.is_empty:
        return
    text = wording.digest(
        desk.staff_words,
        desk.catalogs,
        domain.oldest_first(waiting),
        happened,
        called=await _beginning(desk, tx, waiting, now=now),
        since=first,
        now=now,
    )
    post = Outgoing(
        to=group,
        lane="notice",
        key=_key(group, today),
        text=text,
        expires_at=now + _READ_BY,
    )
    await outbox.put(tx, post)


async def _beginning(
    desk: HandoverDesk, tx: Tx, waiting: Sequence[Case], *, now: datetime
) -> list[Person]:
    """Whose block begins with the day, where somebody waits for them."""
    opens = _opens(desk, day_of(now))
    places = {(case.desk, case.language) for case in waiting}

    def begins(one: Shift) -> bool:
        return one.opens == opens and one.is_on(now) and (one.desk, one.language) in places

    shifts = filter(begins, desk.timetable.blocks_on(day_of(now)))
    ids = dict.fromkeys(one.person_id for one in shifts if one.person_id is not None)
    found = [await recognition.find_person(tx, id_) for id_ in [*ids][:_CALLED]]
    return [one for one in found if one is not None and one.role is not None]


def _last_open_day(desk: HandoverDesk, today: date) -> date:
    """Yesterday; after closed days, the last day on which somebody was in."""
    for back in range(1, _LOOK_BACK + 1):
        day = today - timedelta(days=back)
        if _opens(desk, day) is not None:
            return day
    return today - timedelta(days=1)
