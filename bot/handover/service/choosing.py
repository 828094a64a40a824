"""Somebody with several talks says which one they write about; or nobody says so in time."""

from datetime import datetime
from typing import NamedTuple

from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Piece, State, Unsorted
from bot.handover.service import cases, inbox, pieces, relaying, taking_back, topics, unsorted
from bot.handover.tables import cases as rows
from bot.handover.wording import choosing as wording
from bot.handover.wording import topic
from bot.people.domain import Person
from bot.storage.transaction import Tx


class Placed(NamedTuple):
    """The question in which it is now, and the first message of what was moved."""

    case: Case
    piece_id: int


async def choose(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime
) -> Placed | Unsorted:
    """All that waits is about this question, and so is what comes next.

    One that was closed meanwhile is opened again, as by a reply; one that is gone is asked for
    anew, among those that are left. Raises Outdated, NotYourQuestion.
    """
    mine = await relaying.held(tx, person, now=now)
    found = await unsorted.of_person(tx, person.id)
    case = next((one for one in _takers(mine) if one.id == case_id), None)
    if case is None:
        await cases.own(tx, person.id, case_id)
    if not found:
        raise Outdated
    if case is None:
        live = await relaying.talks_of(tx, person, mine, now=now)
        holder = await cases.find(tx, found[0].case_id)
        return Unsorted(holder, is_first=True, among=await unsorted.talks(tx, live))
    return await _place(desk, tx, person, case, found, now=now)


def _takers(mine: list[Case]) -> list[Case]:
    return [case for case in mine if case.state is not State.DRAFT]


async def _place(
    desk: HandoverDesk, tx: Tx, person: Person, case: Case, found: list[Piece], *, now: datetime
) -> Placed:
    case = await relaying.bring(desk, tx, person, case, found, now=now)
    await unsorted.remember(tx, person.id, case.id, now=now)
    await cases.record(tx, "choose", case.id, actor=person, now=now)
    return Placed(case, found[0].id)


async def take_out(tx: Tx, person: Person, *, now: datetime) -> str:
    """It is about none of them: a new question. Returns its text. Raises Outdated."""
    await relaying.held(tx, person, now=now)
    found = await unsorted.of_person(tx, person.id)
    if not found:
        raise Outdated
    await unsorted.drop(tx, found)
    return "\n".join(one.text for one in found if one.text)


async def change(
    desk: HandoverDesk, tx: Tx, person: Person, piece_id: int, *, now: datetime
) -> Placed | Unsorted:
    """This message, and what came after it, was about another question: with one other it goes
    there; among several the person is asked, once for all that waits. Raises Outdated."""
    mine = await relaying.held(tx, person, now=now)
    piece = await pieces.find(tx, piece_id)
    case = next((one for one in mine if piece is not None and one.id == piece.case_id), None)
    if piece is None or case is None or not case.is_open or _is_no_word(piece, person):
        raise Outdated
    live = await relaying.talks_of(tx, person, mine, now=now)
    others = [one for one in live if one.id != case.id]
    if not others:
        raise Outdated
    found = [one for one in await pieces.of(tx, case.id) if one.id >= piece_id]
    await _leave(desk, tx, case, found, now=now)
    await cases.note(tx, case.id, chosen_until=None)
    if len(others) == 1:
        return await _place(desk, tx, person, others[0], found, now=now)
    return await _wait(tx, person, case, found, live, now=now)


async def _wait(
    tx: Tx, person: Person, case: Case, found: list[Piece], live: list[Case], *, now: datetime
) -> Unsorted:
    """For the choice; what waits already is asked about with it, anew and among all."""
    ids = {one.id for one in found}
    earlier = [one for one in await unsorted.of_person(tx, person.id) if one.id not in ids]
    if not earlier:
        await unsorted.wait(tx, case, now=now)
        others = [one for one in live if one.id != case.id]
        return Unsorted(case, is_first=True, among=await unsorted.talks(tx, others))
    holder = await cases.find(tx, earlier[0].case_id)
    await unsorted.hide_screen(tx, person, earlier)
    await unsorted.join(tx, found, holder)
    await unsorted.wait_anew(tx, holder, now=now)
    return Unsorted(holder, is_first=True, among=await unsorted.talks(tx, live))


def _is_no_word(piece: Piece, person: Person) -> bool:
    return piece.direction != "in" or piece.author_id != person.id or piece.is_unsorted


async def _leave(
    desk: HandoverDesk, tx: Tx, case: Case, found: list[Piece], *, now: datetime
) -> None:
    """Nothing of it stays with the colleagues of this question."""
    if not await taking_back.taken_back(tx, case, found):
        await topics.say(desk, tx, case, topic.moved_away(desk.staff_words))
    await unsorted.take_back(tx, found)
    await taking_back.as_before(desk, tx, case, now=now)
    if case.is_queued:
        await inbox.show_text(desk, tx, case, is_taken_back=True)


async def sort_out(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Nobody chose in time: it goes to the newest talk, and the person hears which one that is."""
    holder = next(iter(await cases.find_all(tx, rows.c.id == int(ref))), None)
    person = None if holder is None else await cases.person_of(tx, holder)
    if person is None:
        return
    mine = await relaying.held(tx, person, now=now)
    found = await unsorted.of_person(tx, person.id)
    if not found:
        return
    case = await _likeliest(tx, person, mine, now=now)
    _ = desk.catalogs.words(person.language)
    await unsorted.hide_screen(tx, person, found)
    if case is None:  # all of them were set aside: only a new question is left
        text, buttons = wording.which(_, desk.category_title, ())
        slot = domain.slot(found[0].case_id, "which")
    else:
        case = await relaying.bring(desk, tx, person, case, found, now=now)
        text, buttons = wording.placed(_, case, found[0].id)
        slot = case.slot("heard")
    told = Outgoing(
        to=person.telegram_id, slot=slot, text=text, buttons=buttons, person_id=person.id
    )
    await outbox.put(tx, told)


async def _likeliest(tx: Tx, person: Person, mine: list[Case], *, now: datetime) -> Case | None:
    """The one they chose for what came later, the newest talk, else the newest question."""
    live = await relaying.talks_of(tx, person, mine, now=now)
    takers = _takers(mine)
    open_ = [case for case in takers if case.is_open]
    among = live or open_ or takers
    return unsorted.chosen(live, now) or (unsorted.newest(among) if among else None)
