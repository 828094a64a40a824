"""Tells the team how a message to many goes: one message in the group that keeps changing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import Broadcast, Fate
from bot.broadcast.service import rows
from bot.broadcast.wording import progress as wording
from bot.delivery import outbox
from bot.delivery.messages import Edit, Outgoing, in_reading_order
from bot.people import service as people
from bot.storage.transaction import Tx

PAUSE: Final = timedelta(seconds=15)  # between two changes: a group takes twenty calls a minute


def slot(id_: int) -> str:
    """The name under which the message in the group is found again."""
    return f"broadcast:{id_}:progress"


def card_slot(id_: int, sign: str) -> str:
    """The same for the card that asks for a second yes."""
    return f"broadcast:{id_}:{sign}:card"


async def begin(desk: BroadcastDesk, tx: Tx, one: Broadcast, *, now: datetime) -> None:
    """It starts: a new message in the group."""
    if desk.group is None:
        return
    _ = desk.staff_words
    counts = await rows.fates(tx, one.id)
    text, buttons = wording.going(_, one, counts, now=now, in_group=True)
    post = Outgoing(to=desk.group, lane="notice", text=text, buttons=buttons, slot=slot(one.id))
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def show(
    desk: BroadcastDesk, tx: Tx, one: Broadcast, counts: Mapping[Fate, int], *, now: datetime
) -> None:
    """How far it is now; at most every fifteen seconds, a newer state takes the waiting one's
    place."""
    if desk.group is None:
        return
    _ = desk.staff_words
    text, buttons = wording.going(_, one, counts, now=now, in_group=True)
    edit = Edit(
        to=desk.group, lane="update", text=text, buttons=buttons, slot=slot(one.id), pause=PAUSE
    )
    await outbox.put(tx, *in_reading_order([edit], is_rtl=_.is_rtl))


async def ended(desk: BroadcastDesk, tx: Tx, one: Broadcast, counts: Mapping[Fate, int]) -> None:
    """It is over: who wrote it hears how it went."""
    author = None if one.author is None else await people.find_person(tx, one.author)
    if author is None or author.language is None:
        return
    _ = desk.words(author)
    text, buttons = wording.ended(_, one, counts)
    post = Outgoing(to=author.telegram_id, lane="notice", text=text, buttons=buttons)
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def ask(desk: BroadcastDesk, tx: Tx, one: Broadcast, n: int, author: str) -> None:
    """The card that asks for a second colleague's yes."""
    if desk.group is None:
        return
    _ = desk.staff_words
    text, buttons = wording.to_approve(_, one, n, author)
    where = card_slot(one.id, one.draft.sign)
    post = Outgoing(to=desk.group, lane="notice", text=text, buttons=buttons, slot=where)
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def propose(
    desk: BroadcastDesk, tx: Tx, one: Broadcast, n: int, *, key: str, at: datetime
) -> None:
    """The card about a draft that the bot wrote; once for each key."""
    if desk.group is None:
        return
    _ = desk.staff_words
    text, buttons = wording.proposed(_, one, n)
    post = Outgoing(
        to=desk.group, lane="notice", key=key, hold_until=at, text=text, buttons=buttons
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def close_card(desk: BroadcastDesk, tx: Tx, one: Broadcast, text: str) -> None:
    """The card becomes a line."""
    if desk.group is not None:
        where = card_slot(one.id, one.draft.sign)
        await outbox.put(tx, Edit(to=desk.group, slot=where, text=text, or_send=False))
