"""A second coordinator reads and decides: the card in the group, the rest in the own chat."""

from functools import partial

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.service import approving, drafting
from bot.broadcast.staff_chat import screens
from bot.broadcast.wording import drafts as wording
from bot.broadcast.wording import progress
from bot.delivery import outbox
from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Message, Outgoing, Toast, in_reading_order
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Handler, Routes, Shows, bound
from bot.errors import number_in
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: BroadcastDesk) -> Routes:
    """Ask, yes, no; the way from the card in the group."""
    actions: dict[str, Shows[BroadcastDesk]] = {"bcask": ask, "bcyes": approve, "bcno": refuse}
    staff: dict[str, Handler] = {"bglook": partial(look, desk)}
    return Routes(actions=bound(desk, actions), staff_actions=staff, forms=(refusal_form(desk),))


async def ask(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🙋 below a draft."""
    found = await approving.ask(desk, tx, person, number_in(tap.argument), now=tap.at)
    return [await screens.shown(desk, tx, person, found, tap)]


async def approve(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✅ to exactly what was shown."""
    id_, _colon, sign = tap.argument.partition(":")
    found = await approving.approve(desk, tx, person, number_in(id_), sign, now=tap.at)
    return [await screens.shown(desk, tx, person, found, tap)]


async def refuse(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """❌ The author hears why."""
    found = await approving.require_judge(tx, person, number_in(tap.argument))
    return await forms.begin(tx, person, tap, refusal_form(desk), ref=str(found.id))


async def look(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """👀 on the card: it is read in the own chat, where others do not read along."""
    found = await drafting.look(tx, person, number_in(tap.argument))
    _ = desk.words(person)
    if person.language is None:
        return [Toast(text=progress.no_own_chat(desk.staff_words), is_alert=True)]
    text, buttons = await screens.one(desk, tx, person, found, tap)
    post = Outgoing(to=person.telegram_id, lane="reply", text=text, buttons=buttons)
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))
    return [Toast(text=progress.look_there(desk.staff_words))]


def refusal_form(desk: BroadcastDesk) -> Form:
    """Why not."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        id_ = number_in(str(answers["ref"]))
        await approving.refuse(desk, tx, person, id_, str(answers["why"]), now=incoming.at)
        return [Outgoing(text=wording.not_sent(desk.words(person)))]

    steps = (forms.text("why", wording.WHY, longest=500, shortest=3),)
    return Form("bcno", 1, wording.REFUSE_TITLE, steps, finish, has_summary=False)
