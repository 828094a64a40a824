"""Questions of people under 18: only for named, trained colleagues, in a group of their own."""

from datetime import datetime
from typing import Any

from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Draft, State
from bot.handover.service import (
    cases,
    checking,
    drafting,
    inbox,
    leaving,
    proposing,
    rating,
    referring,
)
from bot.handover.tables import cases as rows
from bot.handover.wording import minors as wording
from bot.people.domain import Person, Role, is_at_least, require
from bot.people.service import recognition
from bot.schedule import due
from bot.storage.transaction import Tx

YOUNG_KIND = "handover.young"
_MENTIONED = 5


async def toggle(desk: HandoverDesk, tx: Tx, person: Person, *, now: datetime) -> Draft:
    """The person says that they are under 18, or not after all. Raises Outdated without a draft.

    Where no group was made for it the coordinators hear it when the person sends, or leaves it so.
    """
    draft = await drafting.current(tx, person)
    if draft is None:
        raise Outdated
    is_young = draft.case.desk != domain.MINORS
    case = (
        await cases.note(tx, draft.case.id, **_facts(desk, draft.case, is_young=is_young))
        or draft.case
    )
    if is_young and desk.group_of(case) is None:
        await due.plan(
            tx, key=_key(case), kind=YOUNG_KIND, ref=str(case.id), at=now + domain.DRAFT_SILENCE
        )
    else:
        await due.cancel(tx, _key(case))
    return Draft(case, draft.pieces)


def _key(case: Case) -> str:
    return f"young:{case.id}"


async def tell_of_unsent(desk: HandoverDesk, tx: Tx, person: Person) -> None:
    """The person pressed Send where nobody may read it."""
    draft = await drafting.current(tx, person)
    if draft is not None:
        await _tell_coordinators(desk, tx, draft.case)


async def tell_if_left(desk: HandoverDesk, tx: Tx, case_id: int) -> None:
    """The person neither took it back nor sent it: they read that nobody is there for it."""
    found = await cases.find_all(tx, rows.c.id == case_id, rows.c.state == State.DRAFT)
    for case in found:
        if case.desk == domain.MINORS and desk.group_of(case) is None:
            await _tell_coordinators(desk, tx, case)


def _facts(desk: HandoverDesk, case: Case, *, is_young: bool) -> dict[str, Any]:
    if is_young:
        return {"desk": domain.MINORS, "needs": domain.MINORS}
    return {"desk": desk.desk_for(case), "needs": None}


async def _tell_coordinators(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    """Once, and nothing of what was written."""
    await due.cancel(tx, _key(case))
    if desk.group is None:
        return
    team = [one.person for one in await recognition.staff_members(tx)]
    called = [one for one in team if is_at_least(one.role, Role.COORDINATOR)][:_MENTIONED]
    asked_in = desk.catalogs.words(case.language)
    post = Outgoing(
        to=desk.group,
        lane="notice",
        key=_key(case),
        text=wording.told(desk.staff_words, asked_in, called),
    )
    await outbox.put(tx, post)


async def mark(desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime) -> Case:
    """A colleague sees that somebody is under 18: the question goes to the trained colleagues, and
    what stands of it in this group is deleted.

    Raises NoGroupForMinors, NotForTrainees, Outdated.
    """
    require(person)
    before = await cases.hold(tx, case_id)
    group = desk.group_for(domain.MINORS, before.language)
    if group is None:
        raise domain.NoGroupForMinors
    if before.desk == domain.MINORS:
        raise Outdated
    facts = cases.back_in_queue() | _facts(desk, before, is_young=True)
    facts["rounds_before"] = rows.c.topic_round
    case = await cases.move(tx, "protect", case_id, actor=person, now=now, **facts)
    await checking.keep_in(desk, tx, before)
    if (old := desk.group_of(before)) is not None and old != group:
        await leaving.leave(tx, before, old)
        await leaving.erase(tx, before)
        await proposing.forget_case(tx, before)
        await rating.keep_in(desk, tx, before)
        await rating.erase(tx, before)
        await referring.forget_at_desk(tx, before)
    await inbox.post_card(desk, tx, case, now=now)
    await inbox.plan_list(desk, tx, await inbox.of(tx, before.inbox), now=now)
    return case
