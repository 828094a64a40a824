"""A second colleague's yes, to exactly what is sent."""

from collections.abc import Callable
from datetime import datetime

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import (
    Broadcast,
    ChangedSince,
    NobodyMeant,
    NotByYourself,
    Stage,
    TooLate,
)
from bot.broadcast.service import audience, drafting, progress, rows, sending
from bot.broadcast.wording import drafts as drafts_wording
from bot.broadcast.wording import progress as wording
from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.language.catalog import Words
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.schedule import timing
from bot.storage.transaction import Tx


async def ask(desk: BroadcastDesk, tx: Tx, person: Person, id_: int, *, now: datetime) -> Broadcast:
    """Ask the other coordinators. Raises StaffOnly, TooLate, NobodyMeant."""
    require(person, Role.COORDINATOR)
    one = await rows.locked(tx, id_)
    if one.stage is not Stage.DRAFT:
        raise TooLate
    reach = await audience.count(tx, one.draft, now=now)
    if not reach.people:
        raise NobodyMeant
    author = one.author or person.id  # who asks for what the bot wrote stands for it
    values = {"stage": Stage.ASKED, "changed_at": now, "author_id": author}
    asked = await rows.write(tx, id_, values)
    await progress.ask(desk, tx, asked, reach.people, person.first_name)
    await drafting.note(tx, person, "asked", id_, now=now)
    return asked


async def approve(
    desk: BroadcastDesk, tx: Tx, person: Person, id_: int, sign: str, *, now: datetime
) -> Broadcast:
    """Yes to what was shown: it begins. Raises StaffOnly, NotByYourself, TooLate, ChangedSince."""
    one = await _judged(tx, person, id_)
    if one.draft.sign != sign:
        raise ChangedSince
    yes = {"approved_by": person.id, "approved_sign": sign, "changed_at": now}
    approved = await rows.write(tx, id_, yes)
    await drafting.note(tx, person, "approved", id_, now=now)
    text = wording.approved(desk.staff_words, one, person.first_name)
    await progress.close_card(desk, tx, one, text)
    begun = await sending.begin(desk, tx, approved, now=now)
    await _tell_author(
        desk,
        tx,
        one,
        lambda _: wording.said_yes(_, one, person.first_name, is_night=timing.is_quiet(now)),
    )
    return begun


async def refuse(
    desk: BroadcastDesk, tx: Tx, person: Person, id_: int, why: str, *, now: datetime
) -> Broadcast:
    """No: it is a draft again, and its author reads why. Raises as `approve`."""
    one = await _judged(tx, person, id_)
    values = {"stage": Stage.DRAFT, "approved_by": None, "approved_sign": None, "changed_at": now}
    back = await rows.write(tx, id_, values)
    await drafting.note(tx, person, "refused", id_, now=now)
    await progress.close_card(desk, tx, one, wording.withdrawn(desk.staff_words, one))
    await _tell_author(desk, tx, one, lambda _: drafts_wording.refused(_, person.first_name, why))
    return back


async def withdraw(desk: BroadcastDesk, tx: Tx, one: Broadcast) -> None:
    """Its author changed it or took it back: the card says so."""
    if one.stage is Stage.ASKED:
        await progress.close_card(desk, tx, one, wording.withdrawn(desk.staff_words, one))


async def require_judge(tx: Tx, person: Person, id_: int) -> Broadcast:
    """Somebody who may say yes or no to what waits. Raises StaffOnly, NotByYourself, TooLate."""
    return await _judged(tx, person, id_)


async def _judged(tx: Tx, person: Person, id_: int) -> Broadcast:
    require(person, Role.COORDINATOR)
    one = await rows.locked(tx, id_)
    if one.stage is not Stage.ASKED:
        raise TooLate
    if one.author == person.id:
        raise NotByYourself
    return one


async def _tell_author(
    desk: BroadcastDesk, tx: Tx, one: Broadcast, words: Callable[[Words], str]
) -> None:
    author = None if one.author is None else await people.find_person(tx, one.author)
    if author is not None and author.language is not None:
        text = words(desk.words(author))
        post = Outgoing(to=author.telegram_id, lane="notice", text=text, person_id=author.id)
        await outbox.put(tx, post)
