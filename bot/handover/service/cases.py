"""Cases as rows: finding them, moving them from state to state, with a note in the audit log."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, literal, null, or_, select, update
from sqlalchemy import case as either

from bot.delivery import outbox
from bot.delivery.incoming import Incoming
from bot.errors import Outdated
from bot.handover import domain
from bot.handover.domain import Case, CaseId, Inbox, Party, State, Transition
from bot.handover.tables import a_case, case_messages, cases
from bot.people.domain import Person, PersonId, require
from bot.people.service import audit, recognition
from bot.storage.prepared import Prepared
from bot.storage.transaction import Row, Tx

MINE_AT_MOST = 20


async def find(tx: Tx, case_id: int) -> Case:
    """Raises NoSuchQuestion."""
    return _found(await tx.one(select(cases).where(cases.c.id == case_id)))


async def hold(tx: Tx, case_id: int) -> Case:
    """The same, for whoever decides by what it says: nobody changes it before we are through.

    On PostgreSQL turns of several chats and the receipts of the sender run at the same time.
    """
    return _found(await tx.one(_held(select(cases).where(cases.c.id == case_id))))


async def hold_of(tx: Tx, piece_id: int) -> Case:
    """The same for the case of a message."""
    owner = select(case_messages.c.case_id).where(case_messages.c.id == piece_id)
    wanted = select(cases).where(cases.c.id == owner.scalar_subquery())
    return _found(await tx.one(_held(wanted)))


def _held(statement: Select[Any]) -> Select[Any]:
    return statement.with_for_update(key_share=True)  # new messages may still refer to it


def _found(row: Row | None) -> Case:
    if row is None:
        raise domain.NoSuchQuestion
    return a_case(row)


def waiting_in(inbox: Inbox) -> tuple[ColumnElement[bool], ...]:
    """The questions that wait in an inbox."""
    return (
        cases.c.desk == inbox.desk,
        cases.c.language == inbox.language,
        cases.c.state.in_(domain.QUEUED),
    )


async def find_all(tx: Tx, *conditions: ColumnElement[bool]) -> list[Case]:
    """Every case that fits, in the order in which they were begun."""
    return await found(tx, finding(*conditions))


def finding(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The statement of `find_all`, to be built once where it runs for every message."""
    return select(cases).where(*conditions).order_by(cases.c.id)


def holding(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The same; what it finds is held as by `hold`."""
    return _held(finding(*conditions))


def free(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The same, without those that somebody else holds at this moment."""
    return finding(*conditions).with_for_update(key_share=True, skip_locked=True)


async def found(
    tx: Tx, statement: Select[Any] | Prepared, values: Mapping[str, Any] | None = None
) -> list[Case]:
    """Every case that a statement made by `finding` finds."""
    return [a_case(row) for row in await tx.all(statement, values)]


async def own(tx: Tx, person_id: int, case_id: int) -> Case:
    """A case of this person, held. Raises NotYourQuestion for anybody else's."""
    case = await hold(tx, case_id)
    if case.person_id != person_id:
        raise domain.NotYourQuestion
    return case


async def mine(tx: Tx, person_id: int, *, now: datetime) -> list[Case]:
    """What the person may want to look at: open questions and those closed lately."""
    since = now - domain.REOPENED_WITHIN
    wanted = (
        select(cases)
        .where(
            cases.c.person_id == person_id,
            or_(cases.c.state.in_(domain.OPEN), cases.c.closed_at >= since),
        )
        .order_by(cases.c.id.desc())
        .limit(MINE_AT_MOST)
    )
    return [a_case(row) for row in await tx.all(wanted)]


async def numbered(tx: Tx, number: int) -> Case:
    """By the number that people read. Raises NoSuchQuestion."""
    return _found(await tx.one(select(cases).where(cases.c.number == number)))


async def at_slot(tx: Tx, chat_id: int, id_: int | None) -> Case | None:
    """The case whose topic, card or other message stands there."""
    name = None if id_ is None else await outbox.slot_at(tx, chat_id, id_, "case:")
    if name is None or domain.what_of_slot(name) == "which":  # that one asks about several
        return None
    row = await tx.one(select(cases).where(cases.c.id == domain.case_of_slot(name)))
    return None if row is None else a_case(row)


async def rating_words(tx: Tx, case_id: int) -> str:
    """Why the person was glad, or not."""
    return str(await tx.scalar(select(cases.c.rating_words).where(cases.c.id == case_id)) or "")


async def is_in_topic(tx: Tx, case_id: int, incoming: Incoming) -> bool:
    """Did this come from the case's own topic?"""
    place = await outbox.slot(tx, domain.slot(case_id, "topic"))
    where = incoming.chat_id, incoming.thread_id
    return place is not None and (place.chat_id, place.id) == where


async def create(tx: Tx, **values: Any) -> Case:
    """Write a new case down."""
    made = await tx.one(insert(cases).values(told_inside=[], **values).returning(cases))
    assert made is not None, "just written"
    return a_case(made)


async def note(tx: Tx, case_id: int, **values: Any) -> Case | None:
    """Change facts that are no state."""
    row = await tx.one(update(cases).where(cases.c.id == case_id).values(**values).returning(cases))
    return None if row is None else a_case(row)


async def move(
    tx: Tx,
    name: str,
    case_id: int,
    *,
    actor: Person | None,
    now: datetime,
    detail: Mapping[str, object] | None = None,
    **values: Any,
) -> Case:
    """Take a case to its next state, once: the condition is part of the one UPDATE.

    `actor` None is the bot itself. Raises what `refusal_for` finds when the case may not move.
    """
    step = domain.TRANSITIONS[name]
    if step.target in domain.OVER:
        values["phone"] = None  # it was for one call about an open question
    moved = (
        update(cases)
        .where(cases.c.id == case_id, cases.c.state.in_(step.sources), _allowed(step, actor))
        .values(**_begins(step.target, now) | values, state=step.target)
        .returning(cases)
    )
    row = await tx.one(moved)
    if row is None:
        raise await refusal_for(tx, step, case_id, actor)
    await record(tx, name, case_id, actor=actor, now=now, **(detail or {}))
    return a_case(row)


def _begins(state: State, now: datetime) -> dict[str, Any]:
    """From now on it is somebody else's turn: how long they wait is counted anew."""
    if state not in domain.QUEUED:
        return {"turn_at": now, "alarm_at": None}
    at_once = either((cases.c.is_urgent, literal(now, cases.c.alarm_at.type)), else_=null())
    return {"turn_at": now, "alarm_at": at_once, "alarms": 0, "pinged": 0}


def back_in_queue() -> dict[str, Any]:
    """What changes with every way back into the queue: nobody has it, and a new card counts.

    A talk that was live stays so: who was just asked "Which town?" answers that question.
    """
    return {
        "claimed_by": None,
        "handed_to": None,
        "note": "",
        "told_inside": [],
        "cards_made": cases.c.cards_made + 1,
    }


async def record(
    tx: Tx, name: str, case_id: int, *, actor: Person | None, now: datetime, **detail: object
) -> None:
    """Note an action in the audit log: ids only."""
    await audit.record(
        tx,
        at=now,
        actor=None if actor is None else actor.id,
        action=f"case.{name}",
        subject=f"case:{case_id}",
        detail=detail,
    )


def _allowed(step: Transition, actor: Person | None) -> ColumnElement[bool]:
    """The part of the condition that says who: on the server's own rows only."""
    if actor is None:
        return literal(Party.BOT in step.by)
    if domain.kinds(actor) & {*step.by}:
        return _has_learnt(actor) if step is domain.TRANSITIONS["claim"] else literal(True)
    ways: list[ColumnElement[bool]] = []
    if Party.PERSON in step.by:
        ways.append(cases.c.person_id == actor.id)
    if Party.CLAIMANT in step.by and Party.TEAM in domain.kinds(actor):
        ways.append(cases.c.claimed_by == actor.id)
    return or_(*ways) if ways else literal(False)


def _has_learnt(actor: Person) -> ColumnElement[bool]:
    """Some questions are for those only who were trained for them."""
    return or_(cases.c.needs.is_(None), cases.c.needs.in_(sorted(actor.skills)))


async def refusal_for(tx: Tx, step: Transition, case_id: int, actor: Person | None) -> Exception:
    """Why a case did not move, in words for whoever tried."""
    case = await find(tx, case_id)
    if actor is None:
        return Outdated()
    if actor.id != case.person_id:
        if not {Party.TEAM, Party.STAFF, Party.CLAIMANT} & {*step.by}:
            return domain.NotYourQuestion()
        require(actor)
        if Party.STAFF in step.by and Party.STAFF not in domain.kinds(actor):
            return domain.NotForTrainees()
    if case.state in step.sources:
        is_claim = step is domain.TRANSITIONS["claim"]
        return domain.NeedsSkill() if is_claim else domain.NotTheClaimant()
    if case.claimed_by and case.state in domain.WITH_A_COLLEAGUE:
        return domain.AlreadyTaken(name=await name_of(tx, case.claimed_by))
    return Outdated()


async def is_with_us(tx: Tx, person_id: int | None) -> bool:
    """Is this still a colleague who may have questions?"""
    person = None if person_id is None else await recognition.find_person(tx, person_id)
    return person is not None and person.role is not None


async def name_of(tx: Tx, person_id: int | None) -> str:
    """A colleague's first name; a dash when they are gone."""
    if person_id is None:
        return "—"
    names = await recognition.staff_names(tx, [person_id])
    return names.get(PersonId(person_id), "—")


async def names_of(tx: Tx, found: Sequence[Case]) -> dict[PersonId, str]:
    """First names of everybody who has claimed one of these."""
    ids = {case.claimed_by for case in found if case.claimed_by is not None}
    return await recognition.staff_names(tx, ids) if ids else {}


async def person_of(tx: Tx, case: Case) -> Person | None:
    """Who asked; None when they were forgotten."""
    return None if case.person_id is None else await recognition.find_person(tx, case.person_id)


async def claimant_of(tx: Tx, case: Case) -> Person | None:
    """Who has it, while they are with the team."""
    found = case.claimed_by and await recognition.find_person(tx, case.claimed_by)
    return found if found and found.role is not None else None


def ids(found: Sequence[Case]) -> list[CaseId]:
    """Just the ids."""
    return [case.id for case in found]
