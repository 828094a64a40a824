"""The pinned list of an inbox: who waits there, oldest first."""

from datetime import datetime

from bot.delivery import outbox
from bot.delivery.messages import Edit, Outgoing, Pin
from bot.delivery.outcomes import Receipt
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Inbox
from bot.handover.service import cases, inbox
from bot.handover.wording import card as wording
from bot.storage.transaction import Tx

LIST_RECEIPT = "handover.listed"


async def show(desk: HandoverDesk, tx: Tx, name: str, *, now: datetime) -> None:
    """Write the pinned list of an inbox anew: an edit where it stands, else a pinned message."""
    home = await inbox.of(tx, name)
    if desk.group_at(home) is None:
        return
    found = await cases.find_all(tx, *cases.waiting_in(home))
    if not found and home.listed_at is None:
        return
    waiting = domain.oldest_first(found)[: domain.LISTED]
    asked_in = desk.catalogs.words(home.language)
    text = wording.listing(desk.staff_words, waiting, asked_in, total=len(found), now=now)
    if home.listed_at is None:
        await _post(desk, tx, home, text, now=now)
    else:
        await outbox.put(tx, _edit(desk, home, text))
    await inbox.keep(tx, name, listed_at=now)


def _edit(desk: HandoverDesk, home: Inbox, text: str) -> Edit:
    return Edit(
        to=desk.group_at(home),
        lane="update",
        slot=home.slot("list"),
        text=text,
        or_send=False,
        receipt=LIST_RECEIPT,
        ref=f"{home.name}:{home.generation}",
    )


async def _post(desk: HandoverDesk, tx: Tx, home: Inbox, text: str, *, now: datetime) -> None:
    home, posts = await inbox.topic_for(desk, tx, home, now=now)
    post = Outgoing(
        to=desk.group_at(home),
        lane="update",
        in_topic=home.slot("topic") if home.made_at else None,
        slot=home.slot("list"),
        text=text,
        is_silent=True,
        receipt=LIST_RECEIPT,
        ref=f"{home.name}:{home.generation}",
    )
    pin = Pin(to=desk.group_at(home), lane="update", slot=home.slot("list"))
    await outbox.put(tx, *posts, post, pin)


async def sent(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """The list was deleted by hand, or its topic was."""
    if receipt.state != "refused" or receipt.kind not in ("gone", "topic_gone"):
        return
    name, generation = receipt.ref.split(":")
    home = await inbox.of(tx, name)
    await outbox.forget_slots(tx, home.slot("list"))
    await inbox.keep(tx, name, listed_at=None)
    is_own_topic = home.has_topics and home.generation == int(generation)
    if receipt.kind == "topic_gone" and is_own_topic:
        await inbox.remake(desk, tx, home, now=now)
    else:
        await inbox.plan_list(desk, tx, await inbox.of(tx, name), now=now)
