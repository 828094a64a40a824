"""The person says which of their questions a message is about."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Delete, Edit, Message, Outgoing, React, Toast
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Unsorted
from bot.handover.service import choosing as service
from bot.handover.service import muting, pieces
from bot.handover.wording import choosing as wording
from bot.handover.wording import limits, newcomer
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx

SEEN = "👀"


def routes(desk: HandoverDesk) -> Routes:
    """The buttons of the screen, and "Another question" below the confirmation."""
    screens = {"which": choose, "which_new": ask_anew, "which_other": change}
    return Routes(actions=bound(desk, screens))


def asked(
    desk: HandoverDesk, _: Words, person: Person, kept: Unsorted, message: pieces.Message
) -> list[Message]:
    """The screen, once; what comes before the choice is marked as seen and joins it."""
    if not kept.is_first:
        return [React(message_id=message.message_id or 0, emoji=SEEN)]
    return [_screen(desk, _, person, kept)]


def _screen(desk: HandoverDesk, _: Words, person: Person, kept: Unsorted) -> Message:
    text, buttons = wording.which(_, desk.category_title, kept.among)
    slot = kept.holder.slot("which")
    return Outgoing(slot=slot, text=text, buttons=buttons, person_id=person.id)


async def choose(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """This one."""
    _ = desk.catalogs.words(person.language)
    mute = await muting.current(tx, person.id, now=tap.at)
    if mute is not None:
        return [Outgoing(text=limits.muted(_, mute))]
    done = await service.choose(desk, tx, person, number_in(tap.argument), now=tap.at)
    if isinstance(done, Unsorted):
        text, buttons = wording.which(_, desk.category_title, done.among)
        changed = Toast(text=_.plain(Outdated.sentence), is_alert=True)
        return [Edit(text=text, buttons=buttons), changed]
    text, buttons = wording.placed(_, done.case, done.piece_id)
    return [Edit(text=text, buttons=buttons)]


async def ask_anew(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """None of them: answer it as a new question."""
    text = await service.take_out(tx, person, now=tap.at)
    taken = Edit(text=newcomer.nothing_anew(desk.catalogs.words(person.language)))
    return [taken, *(await desk.answers_anew(tx, person, text, tap) if text else [])]


async def change(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Another one: at once where there is only one other."""
    _ = desk.catalogs.words(person.language)
    mute = await muting.current(tx, person.id, now=tap.at)
    if mute is not None:
        return [Outgoing(text=limits.muted(_, mute))]
    done = await service.change(desk, tx, person, number_in(tap.argument), now=tap.at)
    if isinstance(done, Unsorted):
        gone = Delete(message_ids=(tap.message_id or 0,))
        return [gone, _screen(desk, _, person, done)]
    text, buttons = wording.placed(_, done.case, done.piece_id)
    return [Edit(text=text, buttons=buttons)]
