"""A question being written: opened, added to, sent or thrown away."""

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Already, Asked, Case, Draft, Own, Piece, State, ToCoordinators
from bot.handover.service import cases, inbox, pieces, tagging
from bot.handover.tables import a_case, case_numbers
from bot.handover.tables import cases as rows
from bot.handover.wording import newcomer
from bot.people.domain import Person
from bot.people.service import recognition
from bot.schedule import due
from bot.storage.transaction import Tx

SILENT_KIND = "handover.draft_silent"


async def current(tx: Tx, person: Person) -> Draft | None:
    """What the person is writing now, and has not sent."""
    case = await _open_draft(tx, person.id)
    return None if case is None else Draft(case, tuple(await pieces.of(tx, case.id)))


async def begin(
    desk: HandoverDesk,
    tx: Tx,
    person: Person,
    *,
    slug: str = "",
    kind: str = domain.QUESTION,
    to: ToCoordinators | None = None,
    now: datetime,
) -> Draft:
    """Open a draft with what was asked before; an open one goes on as it is.

    to  the coordinators of a volunteer: what was asked before is not for them. An open draft
        without a word in it becomes theirs; another one stays what it is (`is_other`)
    """
    draft = await current(tx, person)
    if draft is not None:
        return await _turned(desk, tx, draft, to)
    is_plain = kind == domain.QUESTION and to is None
    already = await desk.already(tx, person.id) if is_plain else Already()
    language = person.language or desk.staff_language
    case = await cases.create(
        tx,
        person_id=person.id,
        language=language,
        kind=kind,
        category=slug.partition("/")[0] or already.category,
        needs=await _needed(desk, tx, language, slug or already.topic),
        is_urgent=already.is_urgent,
        state=State.DRAFT,
        shown=_shown(desk, already, slug),
        no_help=list(already.no_help),
        touched_at=now,
    )
    if to is not None:
        case = await _addressed(desk, tx, case, to)
    await pieces.write_asked(tx, case, already.asked, chat_id=person.telegram_id, at=now)
    if already.asked:
        await _remind_later(tx, case, now=now)
    return Draft(case, tuple(_as_pieces(case, already.asked, person, now)), is_new=True)


async def _turned(desk: HandoverDesk, tx: Tx, draft: Draft, to: ToCoordinators | None) -> Draft:
    """An empty draft is for whom the person wants now."""
    case = draft.case
    is_same = case.office is None if to is None else to.is_of(case)
    if is_same or case.kind != domain.QUESTION or case.desk == domain.MINORS:
        return draft
    if draft.pieces:
        return dataclasses.replace(draft, is_other=True)
    return Draft(await _addressed(desk, tx, case, to))


async def _addressed(desk: HandoverDesk, tx: Tx, case: Case, to: ToCoordinators | None) -> Case:
    office = None if to is None else to.office
    meant = dataclasses.replace(case, office=office)
    facts: dict[str, Any] = {
        "office": office,
        "about": None if to is None else to.about[: domain.ABOUT_LIMIT],
        "desk": desk.desk_for(meant),
        "category": None if to is None else domain.VOLUNTEERING,
    }
    return await cases.note(tx, case.id, **facts) or case


async def _needed(desk: HandoverDesk, tx: Tx, language: str, topic: str | None) -> str | None:
    needed = domain.needs_of(topic)
    if needed is None or not await tagging.can_be_met(desk, tx, language, needed):
        return None
    return needed


def _shown(desk: HandoverDesk, already: Already, slug: str) -> list[str]:
    """Titles, as the team reads them. The slug comes from a button: one that is no topic says
    nothing."""
    title = desk.topic_title(slug, desk.staff_language) if slug else ""
    return list(already.shown) or ([title] if title not in ("", slug) else [])


def _as_pieces(case: Case, asked: tuple[Asked, ...], person: Person, now: datetime) -> list[Piece]:
    return [
        Piece(
            id=domain.PieceId(0),
            case_id=case.id,
            direction="in",
            author_id=person.id,
            chat_id=person.telegram_id,
            message_ids=(one.message_id,),
            media=one.media,
            text=one.text,
            state="received",
            at=now,
        )
        for one in asked
    ]


async def add(
    tx: Tx, case: Case, person: Person, message: pieces.Message, *, is_danger: bool = False
) -> Draft:
    """One more message for the draft; danger that was named once stays named."""
    await pieces.write(tx, case, message, direction="in", author_id=person.id, state="received")
    if not case.is_reminded:
        await _remind_later(tx, case, now=message.at)
    await cases.note(tx, case.id, touched_at=message.at, **domain.urgency(is_danger=is_danger))
    return Draft(case, tuple(await pieces.of(tx, case.id)))


async def _remind_later(tx: Tx, case: Case, *, now: datetime) -> None:
    await due.plan(
        tx,
        key=f"draft:{case.id}",
        kind=SILENT_KIND,
        ref=str(case.id),
        at=now + domain.DRAFT_SILENCE,
    )


async def send(desk: HandoverDesk, tx: Tx, person: Person, *, now: datetime) -> Own:
    """Give the draft a number and put it in the queue.

    Raises NothingWritten, NobodyForMinors, Outdated.
    """
    draft, written = await _sendable(tx, person.id)
    if draft.desk == domain.MINORS and desk.group_of(draft) is None:
        raise domain.NobodyForMinors
    said = "\n".join(piece.text for piece in written if piece.text)
    guessed = await tagging.guessed(desk, tx, draft, said)
    number = await _next_number(tx)
    facts: dict[str, Any] = {
        "handed_to": await _first(desk, tx, draft, now=now),
        "number": number,
        "opened_at": now,
        "touched_at": now,
        "cards_made": 1,
        **guessed,
    }
    case = await cases.move(tx, "send", draft.id, actor=person, now=now, **facts)
    await inbox.post_card(desk, tx, case, now=now)
    return Own(case, desk.expected(case, now), len(written))


async def _first(desk: HandoverDesk, tx: Tx, draft: Case, *, now: datetime) -> int | None:
    """Whose phone rings for a volunteer's question: a coordinator of the office who is on duty, one
    after the other. Everybody may claim it all the same."""
    if draft.office is None or domain.is_for_the_trained(draft):
        return None
    places = desk.timetable.on_duty(draft.desk, draft.language, now)
    on_duty = dict.fromkeys((*places, *desk.timetable.on_duty_at(draft.desk, now)))
    found = await desk.first_of(tx, draft.office, tuple(on_duty))
    return found[draft.id % len(found)] if found else None


async def _sendable(tx: Tx, person_id: int) -> tuple[Case, list[Piece]]:
    """The person's draft, if there is something in it, and what."""
    draft = await _open_draft(tx, person_id)
    if draft is None:
        raise Outdated
    written = await pieces.of(tx, draft.id)
    if not written:
        raise domain.NothingWritten
    return draft, written


async def _next_number(tx: Tx) -> int:
    """One row, one lock: numbers follow each other whoever sends at the same moment."""
    statement = (
        tx.insert(case_numbers)
        .values(id=1, last=1)
        .on_conflict_do_update(index_elements=["id"], set_={"last": case_numbers.c.last + 1})
        .returning(case_numbers.c.last)
    )
    return int(await tx.scalar(statement))


async def cancel(tx: Tx, person: Person) -> None:
    """Throw the draft away. Raises Outdated where there is none."""
    case = await _open_draft(tx, person.id)
    if case is None:
        raise Outdated
    await discard(tx, case)


async def discard(tx: Tx, case: Case) -> None:
    """Nothing of a draft is kept, it was never sent."""
    for what in ("draft", "young"):
        await due.cancel(tx, f"{what}:{case.id}")
    await outbox.forget_slots(tx, f"case:{case.id}:")
    await tx.execute(delete(rows).where(rows.c.id == case.id, rows.c.state == State.DRAFT))


async def remind(desk: HandoverDesk, tx: Tx, case_id: int, *, now: datetime) -> None:
    """Five minutes of silence: say once that nothing was sent yet."""
    case = next(iter(await cases.find_all(tx, rows.c.id == case_id)), None)
    if case is None or case.state is not State.DRAFT or case.is_reminded:
        return
    if case.desk == domain.MINORS and desk.group_of(case) is None:  # nobody would get it
        return
    person = await recognition.find_person(tx, case.person_id or 0)
    if person is None:
        return
    await cases.note(tx, case.id, is_reminded=True)
    text, buttons = newcomer.silent(desk.catalogs.words(person.language), case)
    await outbox.put(
        tx,
        Outgoing(
            to=person.telegram_id,
            lane="reminder",
            text=text,
            buttons=buttons,
            expires_at=now + domain.DRAFT_KEPT,
        ),
    )


async def discard_old(tx: Tx, *, now: datetime) -> int:
    """Drafts nobody touched for a day go. Returns how many."""
    old = await cases.find_all(
        tx, rows.c.state == State.DRAFT, rows.c.touched_at < now - domain.DRAFT_KEPT
    )
    for case in old:
        await discard(tx, case)
    return len(old)


async def _open_draft(tx: Tx, person_id: int) -> Case | None:
    row = await tx.one(
        select(rows).where(rows.c.person_id == person_id, rows.c.state == State.DRAFT)
    )
    return None if row is None else a_case(row)
