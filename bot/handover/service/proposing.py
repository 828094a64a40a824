"""Good answers become topics: a draft without names, a coordinator's ✓, the review sheet."""

from collections import Counter
from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.delivery import outbox
from bot.delivery.messages import Delete, Edit, Message, Outgoing
from bot.errors import Outdated
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, is_for_the_trained
from bot.handover.domain.drafts import (
    KEPT,
    PARTS,
    NoSuchDraft,
    NothingToPropose,
    NotOfMinors,
    Proposal,
    TopicDraft,
    answered,
    asked,
    without_names,
)
from bot.handover.service import cases, closing, pieces
from bot.handover.tables import topic_drafts as rows
from bot.handover.wording import phrases
from bot.handover.wording import proposing as wording
from bot.language import formats
from bot.people.domain import Person, Role, require
from bot.people.service import audit, recognition
from bot.storage.transaction import Row, Tx

DRAFT = "draft"
CHECKED = "checked"
_SLOT = "topic_draft"


async def close(desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime) -> Case:
    """Close a question and make a draft of it, for a coordinator to read. Whoever may close it may.

    Raises NothingToPropose, NotOfMinors; then nothing is closed either.
    """
    require(person)
    case = await closing.close(desk, tx, person, case_id, now=now)
    if is_for_the_trained(case):
        raise NotOfMinors
    said = await pieces.of(tx, case.id, direction=None)
    names = await _names(tx, case)
    ready = {words.plain(one.text) for words in desk.catalogs for one in phrases.every()}
    question = without_names(asked(said, ready), names)
    answer = without_names(answered(said, ready), names)
    if not answer.text:
        raise NothingToPropose
    draft = await _write(tx, case, question.text, answer.text)
    await cases.record(tx, "propose", case.id, actor=person, now=now)
    group = desk.group_of(case)
    if group is not None:
        text, buttons = _screen(desk, draft, question.taken + answer.taken)
        post = Outgoing(to=group, lane="notice", slot=case.slot(_SLOT), text=text, buttons=buttons)
        await outbox.put(tx, post)
    return case


async def _names(tx: Tx, case: Case) -> set[str]:
    """First names of who asked and of everybody in the team."""
    person = await cases.person_of(tx, case)
    team = await recognition.staff_members(tx)
    known = [one.person.first_name for one in team]
    return {*known, *([person.first_name] if person else [])}


async def _write(tx: Tx, case: Case, question: str, answer: str) -> TopicDraft:
    """A question that was closed twice has one draft, the newer one."""
    texts = {"question": question, "answer": answer, "category": case.category}
    statement = tx.insert(rows).values(
        case_id=case.id, language=case.language, state=DRAFT, **texts
    )
    made = statement.on_conflict_do_update(index_elements=["case_id"], set_=texts)
    row = await tx.one(made.returning(rows))
    assert row is not None, "just written"
    return _a_draft(row)


async def change(
    desk: HandoverDesk, tx: Tx, person: Person, case: Case, *, part: str, text: str
) -> Message:
    """A coordinator writes the question or the answer anew; the draft follows where it stands."""
    require(person, Role.COORDINATOR)
    if part not in PARTS:
        raise Outdated
    clean = without_names(text, await _names(tx, case))
    if not clean.text:
        raise NothingToPropose
    changed = (
        update(rows)
        .where(rows.c.case_id == case.id, rows.c.state == DRAFT)
        .values(**{part: clean.text})
        .returning(rows)
    )
    row = await tx.one(changed)
    if row is None:
        raise NoSuchDraft
    shown, buttons = _screen(desk, _a_draft(row), clean.taken)
    return Edit(to=desk.group_of(case), slot=case.slot(_SLOT), text=shown, buttons=buttons)


async def draft_to_change(tx: Tx, person: Person, draft_id: int) -> tuple[TopicDraft, Case]:
    """A draft that a coordinator wants to change, and its question. Raises NoSuchDraft."""
    draft = await _open(tx, person, draft_id)
    return draft, await cases.find(tx, draft.case_id or 0)


async def check(tx: Tx, person: Person, draft_id: int, *, now: datetime) -> TopicDraft:
    """A coordinator's ✓: it goes to the review sheet, and nothing leads back to the question."""
    draft = await _open(tx, person, draft_id)
    done = (
        update(rows)
        .where(rows.c.id == draft.id, rows.c.state == DRAFT)
        .values(state=CHECKED, checked_by=person.id, checked_on=formats.day_of(now), case_id=None)
    )
    await tx.execute(done)
    subject = f"topic_draft:{draft.id}"  # no line of the log may lead back to the question
    await audit.record(tx, at=now, actor=person.id, action="topic.check", subject=subject)
    return draft


async def put_aside(tx: Tx, person: Person, draft_id: int) -> None:
    """Not now: nothing of it is kept."""
    draft = await _open(tx, person, draft_id)
    await tx.execute(delete(rows).where(rows.c.id == draft.id))


async def checked(tx: Tx) -> list[Proposal]:
    """What stands on the review sheet, the oldest first."""
    wanted = select(rows).where(rows.c.state == CHECKED).order_by(rows.c.checked_on, rows.c.id)
    return [
        Proposal(
            language=row["language"],
            category=row["category"] or "",
            question=row["question"],
            answer=row["answer"],
            checked_on=row["checked_on"].isoformat(),
        )
        for row in await tx.all(wanted)
    ]


async def count_checked(tx: Tx) -> int:
    """How many stand there."""
    found = select(func.count()).select_from(rows).where(rows.c.state == CHECKED)
    return int(await tx.scalar(found))


async def forget_case(tx: Tx, case: Case) -> None:
    """The question goes: so does a draft of it that nobody has checked, also in the group."""
    gone = delete(rows).where(rows.c.case_id == case.id).returning(rows.c.id)
    if not (await tx.execute(gone)).all():
        return
    place = await outbox.slot(tx, case.slot(_SLOT))
    if place is not None:
        await outbox.put(tx, Delete(to=place.chat_id, lane="update", message_ids=(place.id,)))


async def forget_old(tx: Tx, *, now: datetime) -> None:
    """A year after its ✓ a draft is in the knowledge base, or never will be."""
    old = rows.c.checked_on < (now - KEPT).date()
    await tx.execute(delete(rows).where(old))


async def _open(tx: Tx, person: Person, draft_id: int) -> TopicDraft:
    require(person, Role.COORDINATOR)
    wanted = select(rows).where(rows.c.id == draft_id, rows.c.state == DRAFT).with_for_update()
    row = await tx.one(wanted)
    if row is None or row["case_id"] is None:
        raise NoSuchDraft
    return _a_draft(row)


def _screen(desk: HandoverDesk, draft: TopicDraft, taken: Counter[str]) -> wording.Shown:
    category = desk.category_title(desk.staff_language, draft.category or "")
    asked_in = desk.catalogs.words(draft.language)
    return wording.draft(desk.staff_words, draft, asked_in, category, taken)


def _a_draft(row: Row) -> TopicDraft:
    return TopicDraft(**{name: row[name] for name in TopicDraft.__slots__})
