"""A question leaves its staff group for another one: its topic there says so and closes.

The old topic is kept under a name of its own, so that it goes with the question.
"""

from bot.delivery import outbox
from bot.delivery.messages import ChangeTopic, Delete, Message
from bot.delivery.outcomes import Receipt
from bot.handover.domain import Case
from bot.handover.service import pieces
from bot.storage.transaction import Tx


def topic_key(case: Case) -> str:
    """The outbox key under which its topic waits to be made."""
    return f"{case.slot('topic')}:{case.topic_round}"


def relay_key(case: Case, piece_id: int) -> str:
    """The outbox key under which a message of the person waits for its topic."""
    return f"relay:{piece_id}:{case.topic_round}"


async def leave(tx: Tx, before: Case, group: int) -> None:
    """Close its topic in `group` and forget what stands there; the next claim begins anew."""
    if not before.has_place:
        return
    said = await pieces.of(tx, before.id)
    for piece in said:
        await outbox.cancel(tx, relay_key(before, piece.id))
    await outbox.cancel(tx, topic_key(before))
    place = await outbox.slot(tx, before.slot("topic"))
    posts: list[Message] = []
    if place is not None:
        posts.append(ChangeTopic(to=group, in_topic=place.id, change="close"))
        await outbox.rename_slot(tx, place.name, _left(before))
    elif not before.has_topic:
        posts += await _talk_gone(tx, before, group)
    await outbox.put(tx, *posts)
    await outbox.forget_slots(tx, before.slot("header"))
    await pieces.forget_copies(tx, before.id, group)
    await pieces.mark_relayed(tx, [piece.id for piece in said], is_relayed=False)


def _left(case: Case) -> str:
    return case.slot(f"left:{case.topic_round}")


async def _talk_gone(tx: Tx, case: Case, group: int) -> list[Message]:
    """Without topics: the header and the copies under the card are taken away."""
    header = await outbox.slot(tx, case.slot("header"))
    ids = [] if header is None else [header.id]
    ids += await pieces.group_copies(tx, case.id, group)
    return [Delete(to=group, lane="update", message_ids=tuple(ids))] if ids else []


async def topic_came_late(tx: Tx, case: Case, receipt: Receipt) -> None:
    """It was made while the question left its group: nobody needs it."""
    change = ChangeTopic(to=receipt.chat_id, in_topic=receipt.ids[0], change="delete")
    await outbox.put(tx, change)
    place = await outbox.slot(tx, case.slot("topic"))
    if place is not None and (place.chat_id, place.id) == (receipt.chat_id, receipt.ids[0]):
        await outbox.forget_slots(tx, place.name)


async def erase(tx: Tx, case: Case) -> None:
    """Its topics in groups that it left go too."""
    for place in await outbox.slots_of(tx, case.slot("left:")):
        change = ChangeTopic(to=place.chat_id, lane="update", in_topic=place.id, change="delete")
        await outbox.put(tx, change)
