"""More than a team can read at once: everything is kept, in order, and reaches it joined."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, select, update

from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Draft, Full, NothingWritten, State
from bot.handover.service import cases, drafting, inbox, topics
from bot.handover.tables import case_messages
from bot.handover.tables import cases as rows
from bot.people.domain import Person
from bot.schedule import due
from bot.storage.prepared import Prepared
from bot.storage.transaction import Tx

FLOOD_KIND = "handover.flood"

# Each message of a person into a talk asks it.
_SAID = case_messages.c
_COUNTED: Any = (
    select(
        func.count().filter(_SAID.at > bindparam("since")).label("lately"),
        func.count().filter(_SAID.is_relayed.is_(False)).label("waiting"),
    )
    .select_from(case_messages)
    .where(
        _SAID.case_id == bindparam("case_id"),
        _SAID.direction == "in",
        _SAID.is_unsorted.is_(False),
    )
)
_LATELY = Prepared(_COUNTED)


class Haste(NamedTuple):
    """How much a person writes. A flood, after the tenth message in a minute, goes to the team
    joined; `is_waiting`: something has not been brought yet, and nothing may overtake it."""

    is_flood: bool
    is_waiting: bool


CALM = Haste(is_flood=False, is_waiting=False)


async def haste(tx: Tx, case: Case, *, now: datetime) -> Haste:
    """How much the person wrote lately in this talk."""
    values = {"case_id": case.id, "since": now - domain.FLOOD_WITHIN}
    found = await tx.one(_LATELY, values)
    assert found is not None, "a count is one row"
    return Haste(found["lately"] >= domain.FLOOD, found["waiting"] > 0)


async def bring_later(tx: Tx, case: Case, *, now: datetime) -> None:
    """What waits goes to the team together."""
    await due.plan_unless_planned(
        tx,
        key=f"flood:{case.id}",
        kind=FLOOD_KIND,
        ref=str(case.id),
        at=now + domain.BROUGHT_AFTER,
    )


async def bring(desk: HandoverDesk, tx: Tx, case_id: int, *, now: datetime) -> None:
    """Now: a hundred messages are one call. Of a question that is gone, nothing."""
    case = next(iter(await cases.found(tx, cases.holding(rows.c.id == case_id))), None)
    if case is not None:
        await topics.bring_waiting(desk, tx, case, now=now)


async def full(tx: Tx, person: Person) -> Full | None:
    """The person's open questions, when there are so many that none may be added. Whoever names
    danger is never kept waiting by it, and what somebody under 18 wrote goes with none of those."""
    states = (State.DRAFT, *domain.OPEN)
    found = await cases.find_all(tx, rows.c.person_id == person.id, rows.c.state.in_(states))
    open_ = [case for case in found if case.is_open]
    drafts = [case for case in found if not case.is_open]
    is_free = any(case.is_urgent or domain.is_for_the_trained(case) for case in drafts)
    return None if is_free or len(open_) < domain.OPEN_AT_MOST else Full(open_)


async def add_to(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime
) -> Case:
    """What was written for a new question goes with an open one. Raises Outdated, NotYourQuestion,
    NothingWritten."""
    draft = await drafting.current(tx, person)
    case = await cases.own(tx, person.id, case_id)
    if draft is None or not case.is_open:
        raise Outdated
    if domain.is_for_the_trained(draft.case) and not domain.is_for_the_trained(case):
        raise Outdated
    if not draft.pieces:
        raise NothingWritten
    await _move_pieces(tx, draft, case)
    await drafting.discard(tx, draft.case)
    became_urgent = draft.case.is_urgent and not case.is_urgent
    facts: dict[str, Any] = {"touched_at": now, **domain.urgency(is_danger=draft.case.is_urgent)}
    if case.is_with_a_colleague:
        facts["live_until"] = now + domain.TALK
    case = await cases.note(tx, case.id, **facts) or case
    if case.state in domain.THEIRS:
        case = await cases.move(tx, "write", case.id, actor=person, now=now)
    await cases.record(tx, "add", case.id, actor=person, now=now)
    await topics.bring_waiting(desk, tx, case, now=now)
    if case.is_queued:
        await inbox.show_text(desk, tx, case, became_urgent=became_urgent)
    return case


async def _move_pieces(tx: Tx, draft: Draft, case: Case) -> None:
    """A message that stands in both already stays where it is."""
    there = select(_SAID.message_id).where(_SAID.case_id == case.id, _SAID.direction == "in")
    mine = _SAID.case_id == draft.case.id
    await tx.execute(delete(case_messages).where(mine, _SAID.message_id.in_(there)))
    await tx.execute(update(case_messages).where(mine).values(case_id=case.id, is_relayed=False))
