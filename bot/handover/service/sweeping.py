"""Cards of closed questions go: those of one minute together, in one call of the group's twenty."""

from datetime import UTC, datetime, timedelta

from bot.delivery import outbox
from bot.delivery.messages import DELETED_AT_ONCE, Delete
from bot.delivery.outcomes import Receipt
from bot.delivery.slots import Slot
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, State
from bot.handover.service import cases, inbox
from bot.handover.tables import cases as rows
from bot.schedule import due
from bot.storage.transaction import Tx

SWEEP_KIND = "handover.sweep"
SWEPT_RECEIPT = "handover.swept"
GATHERED = timedelta(minutes=1)


async def put_away(desk: HandoverDesk, tx: Tx, case: Case, *, name: str, now: datetime) -> None:
    """A question is closed, by a colleague of that name: its card goes within a minute.

    Where there are no topics the talk hangs on the card, so that stays, as a line.
    """
    group = desk.group_of(case)
    if group is None or not case.cards_made:
        return
    if case.topic_round and not case.has_topic:
        await outbox.put(tx, *inbox.state_posts(desk, case, name=name))
        return
    if await outbox.cancel(tx, inbox.card_key(case, case.cards_made)):
        return  # it has never come
    ref = f"{group}:{int(now.timestamp())}"
    at = now + GATHERED
    await due.plan_unless_planned(tx, key=f"sweep:{group}", kind=SWEEP_KIND, ref=ref, at=at)


async def is_line(tx: Tx, case: Case, *, now: datetime) -> bool:
    """Does the card of this closed question say that it is closed? Else it still says who has it,
    or is gone."""
    if case.has_topic and case.closed_at is not None and now - case.closed_at < GATHERED:
        return False
    return await outbox.slot(tx, case.slot("card")) is not None


async def sweep(desk: HandoverDesk, tx: Tx, ref: str) -> None:
    """Take away the cards of what was closed since the sweep was planned, and still is."""
    group, since = (int(part) for part in ref.split(":"))
    closed = await cases.find_all(
        tx,
        rows.c.state == State.CLOSED,
        rows.c.closed_at >= datetime.fromtimestamp(since, UTC),
        rows.c.cards_made > 0,
    )
    is_without_topic = {one.slot("card") for one in closed if one.topic_round and not one.has_topic}
    places = await outbox.places(tx, [case.slot("card") for case in closed])
    cards = [one for one in places.values() if one.chat_id == group]
    cards = sorted((one for one in cards if one.name not in is_without_topic), key=_by_message)
    for card in cards:
        await outbox.drop_edits(tx, group, card.name)
    for start in range(0, len(cards), DELETED_AT_ONCE):  # each call with the receipt of its cards
        await outbox.put(tx, _delete(group, cards[start : start + DELETED_AT_ONCE]))
    await outbox.forget_places(tx, cards)


def _by_message(card: Slot) -> int:
    return card.id


def _delete(group: int, cards: list[Slot]) -> Delete:
    """Its ref tells, should Telegram refuse, which message was whose card: "12=5001,13=5007"."""
    ref = ",".join(f"{card.name.split(':')[1]}={card.id}" for card in cards)
    ids = tuple(card.id for card in cards)
    return Delete(to=group, lane="update", message_ids=ids, receipt=SWEPT_RECEIPT, ref=ref)


async def swept(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """Without the right to delete, old cards stay: each shrinks to a line that says closed."""
    if receipt.state != "refused":
        return
    for pair in receipt.ref.split(","):
        case_id, card = (int(part) for part in pair.split("="))
        case = await cases.hold(tx, case_id)
        if case.state is State.CLOSED:
            await outbox.fill_slot(tx, case.slot("card"), receipt.chat_id, card)
            name = await cases.name_of(tx, case.claimed_by)
            await outbox.put(tx, *inbox.state_posts(desk, case, name=name))
