"""Colleagues look through the queue, and find a question again by its number or its words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from bot.delivery import outbox
from bot.delivery.slots import Slot
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, CaseId, State
from bot.handover.domain.queueing import (
    FOUND,
    READ_AT_MOST,
    Hit,
    Page,
    Step,
    Story,
    Wish,
    around,
    folded,
    holds_all,
    page,
)
from bot.handover.service import cases, inbox
from bot.handover.tables import a_case, case_messages
from bot.handover.tables import cases as rows
from bot.people.domain import Person, PersonId, require
from bot.people.service import audit, recognition
from bot.storage.transaction import Tx

Names = Mapping[PersonId, str]
Places = Mapping[str, Slot]
_AT_ONCE = 1000


async def queue(
    desk: HandoverDesk, tx: Tx, person: Person, wish: Wish, *, chat_id: int, now: datetime
) -> tuple[Page, Names, Places]:
    """A page of what is open, the names of who has it, and where it stands in the group."""
    require(person)
    found = await cases.find_all(tx, rows.c.state.in_(domain.OPEN))
    may_see = [case for case in found if _may_see(desk, person, case, chat_id)]
    seen = page(may_see, wish, person, now=now)
    return seen, await names_of(tx, seen.cases), await places_of(tx, seen.cases)


async def names_of(tx: Tx, found: Sequence[Case]) -> Names:
    """First names of who has these questions, and for whom they wait."""
    ids = {one for case in found for one in (case.claimed_by, case.handed_to) if one is not None}
    return await recognition.staff_names(tx, ids) if ids else {}


async def places_of(tx: Tx, found: Sequence[Case]) -> Places:
    """Where the topics and the cards of these questions stand."""
    slots = (case.slot(what) for case in found for what in ("topic", "card"))
    return await outbox.places(tx, slots)


async def find(desk: HandoverDesk, tx: Tx, person: Person, said: str, *, chat_id: int) -> list[Hit]:
    """Questions in which all these words were said, the newest first; of what is still kept."""
    require(person)
    words = folded(said).split()
    texts: dict[CaseId, list[str]] = {}
    found: dict[CaseId, Case] = {}
    async for row in _newest_messages(tx):
        case = found.setdefault(row["case_id"], a_case(row))
        texts.setdefault(case.id, []).append(row["text"])
    hits = [
        Hit(found[id_], around(_with_a_word(parts, words), words))
        for id_, parts in texts.items()
        if _may_see(desk, person, found[id_], chat_id) and holds_all("\n".join(parts), words)
    ]
    return hits[:FOUND]


def _with_a_word(texts: Sequence[str], words: Sequence[str]) -> str:
    return next((one for one in texts if words and words[0] in folded(one)), texts[0])


async def _newest_messages(tx: Tx) -> Any:
    """Every message with words that is kept, of the newest question first, in parts."""
    said = case_messages.c
    last = None
    for _ in range(READ_AT_MOST // _AT_ONCE):
        wanted = (
            select(said.case_id, said.text, said.id.label("message"), rows)
            .join(rows, rows.c.id == said.case_id)
            .where(
                said.text != "",
                said.is_unsorted.is_(False),
                rows.c.number.is_not(None),
                _before(last),
            )
            .order_by(said.id.desc())
            .limit(_AT_ONCE)
        )
        found = await tx.all(wanted)
        for row in found:
            yield row
        if len(found) < _AT_ONCE:
            return
        last = found[-1]["message"]


def _before(message: int | None) -> ColumnElement[bool]:
    said = case_messages.c.id
    return said.is_not(None) if message is None else said < message


async def story(desk: HandoverDesk, tx: Tx, person: Person, number: int, *, chat_id: int) -> Story:
    """One question by its number: where it is, and how it came there. Raises NoSuchQuestion."""
    require(person)
    case = next(iter(await cases.find_all(tx, rows.c.number == number)), None)
    if case is None or not _may_see(desk, person, case, chat_id):
        raise domain.NoSuchQuestion
    claimant = await cases.name_of(tx, case.claimed_by) if case.claimed_by else ""
    summary, _, _ = await inbox.look(tx, case, claimant=claimant)
    log = await audit.of_subject(tx, f"case:{case.id}")
    actors = {one["actor"] for one in log if one["actor"] not in (None, case.person_id)}
    names = await recognition.staff_names(tx, actors) if actors else {}
    steps = [
        Step(one["action"].removeprefix("case."), one["at"], names.get(one["actor"])) for one in log
    ]
    return Story(summary, tuple(steps))


def _may_see(desk: HandoverDesk, person: Person, case: Case, chat_id: int) -> bool:
    """All of the team see all questions, except those of somebody under 18."""
    if case.state is State.DRAFT:
        return False
    if not domain.is_for_the_trained(case) or desk.group_of(case) == chat_id:
        return True
    return chat_id == person.telegram_id and domain.MINORS in person.skills
