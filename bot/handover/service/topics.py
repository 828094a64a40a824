"""The topic of one question: opened on claim, with its header and the person's messages.

Where topics are not possible the same is said in replies to the card.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.delivery import outbox
from bot.delivery.messages import ChangeTopic, Copy, MakeTopic, Message, Outgoing
from bot.delivery.outcomes import Receipt
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Inbox, Piece, Summary
from bot.handover.service import cases, inbox, pieces
from bot.handover.wording import card, topic
from bot.storage.transaction import Tx

TOPIC_RECEIPT = "handover.topic_made"
INSIDE_RECEIPT = "handover.in_topic"
_COPIES = 100  # Bot API, copyMessages


async def open_for(desk: HandoverDesk, tx: Tx, case: Case, *, name: str, now: datetime) -> Case:
    """Somebody has claimed it: make the topic, or tell the one it already has."""
    if desk.group is None:
        return case
    if not case.topics_made:
        home = await inbox.of(tx, case.language)
        return await _make(desk, tx, case, home, name=name)
    await say(desk, tx, case, topic.taken_over(desk.staff_words, name))
    await _copy(desk, tx, case, await pieces.unrelayed(tx, case.id))
    return case


async def _make(
    desk: HandoverDesk, tx: Tx, case: Case, home: Inbox, *, name: str, is_again: bool = False
) -> Case:
    assert desk.group is not None, "asked before"
    made = case.topics_made + 1
    has_topic = desk.is_forum_ok and home.has_topics and made <= domain.TOPICS_PER_CASE
    changed = await cases.note(tx, case.id, topics_made=made, has_topic=has_topic)
    assert changed is not None, "just read"
    summary = await inbox.summarise(tx, changed, claimant=name)
    posts = [_make_topic(desk, changed)] if has_topic else []
    await outbox.put(tx, *posts, _header(desk, summary))
    waiting = await pieces.unrelayed(tx, case.id)
    if not is_again and _is_all_in_header(summary):
        await pieces.mark_relayed(tx, [piece.id for piece in waiting])
    else:
        await _copy(desk, tx, changed, waiting)
    return changed


def _make_topic(desk: HandoverDesk, case: Case) -> Message:
    asked_in = desk.catalogs.words(case.language)
    return MakeTopic(
        to=desk.group,
        slot=case.slot("topic"),
        key=f"{case.slot('topic')}:{case.topics_made}",
        name=card.topic_title(case, asked_in, desk.category_for_staff(case)),
        receipt=TOPIC_RECEIPT,
        ref=_ref(case),
    )


def _header(desk: HandoverDesk, summary: Summary) -> Message:
    case = summary.case
    text, buttons = topic.header(
        desk.staff_words,
        summary,
        desk.catalogs.words(case.language),
        desk.category_for_staff(case),
        hold=desk.hold,
    )
    return Outgoing(
        to=desk.group,
        slot=case.slot("header"),
        text=text,
        buttons=buttons,
        receipt=INSIDE_RECEIPT,
        ref=_ref(case),
        person_id=case.person_id,
        **_where(case),
    )


def _is_all_in_header(summary: Summary) -> bool:
    """Short and only text: copying it too would cost a message of the group's twenty a minute."""
    return not summary.media and len(summary.text) <= domain.CARD_TEXT


def _where(case: Case) -> dict[str, Any]:
    """In the topic, or under the card where there are no topics."""
    if case.has_topic:
        return {"in_topic": case.slot("topic")}
    return {"reply_to": case.slot("card")}


def _ref(case: Case, found: Sequence[Piece] = ()) -> str:
    """ "42:1:77,78": case, how often its topic was made, the messages it is about."""
    return f"{case.id}:{case.topics_made}:{','.join(str(piece.id) for piece in found)}"


async def _copy(desk: HandoverDesk, tx: Tx, case: Case, found: Sequence[Piece]) -> None:
    """Copy what the person sent, in one call; albums stay albums."""
    if not found:
        return
    await outbox.put(tx, *(_copies(desk, case, found)))
    await pieces.mark_relayed(tx, [piece.id for piece in found])


def _copies(desk: HandoverDesk, case: Case, found: Sequence[Piece]) -> list[Message]:
    posts: list[Message] = []
    batch: list[Piece] = []
    for piece in [*found, None]:
        size = sum(len(one.message_ids) for one in batch)
        if batch and (piece is None or size + len(piece.message_ids) > _COPIES):
            posts.append(copy_of(desk, case, batch))
            batch = []
        if piece is not None:
            batch.append(piece)
    return posts


def copy_of(
    desk: HandoverDesk, case: Case, found: Sequence[Piece], *, reply_to: str | int | None = None
) -> Message:
    """One Copy of the person's messages into the topic."""
    where = _where(case)
    if reply_to is not None:
        where["reply_to"] = reply_to
    return Copy(
        to=desk.group,
        from_chat=found[0].chat_id,
        message_ids=tuple(sorted(id_ for piece in found for id_ in piece.message_ids)),
        key=relay_key(case, found[0].id),
        receipt=INSIDE_RECEIPT,
        ref=_ref(case, found),
        person_id=case.person_id,
        **where,
    )


def relay_key(case: Case, piece_id: int) -> str:
    """The outbox key under which a message of the person waits for its topic."""
    return f"relay:{piece_id}:{case.topics_made}"


async def say(
    desk: HandoverDesk, tx: Tx, case: Case, text: str, *, reply_to: str | int | None = None
) -> None:
    """Tell the colleagues of a question something, where its talk is."""
    if desk.group is None or not case.topics_made:
        return
    where = _where(case)
    if reply_to is not None:
        where["reply_to"] = reply_to
    post = Outgoing(
        to=desk.group,
        text=text,
        receipt=INSIDE_RECEIPT,
        ref=_ref(case),
        person_id=case.person_id,
        **where,
    )
    await outbox.put(tx, post)


async def shut(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    """Close the topic and say so in its name."""
    await _change(desk, tx, case, "rename", "close")


async def reopen(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    """Open the topic again; one that is gone is made anew (its receipt tells)."""
    await _change(desk, tx, case, "reopen", "rename")


async def _change(desk: HandoverDesk, tx: Tx, case: Case, *changes: Any) -> None:
    if desk.group is None or not case.topics_made or not case.has_topic:
        return
    asked_in = desk.catalogs.words(case.language)
    title = card.topic_title(case, asked_in, desk.category_for_staff(case))
    posts = [
        ChangeTopic(
            to=desk.group,
            in_topic=case.slot("topic"),
            change=change,
            name=title if change == "rename" else None,
            receipt=INSIDE_RECEIPT,
            ref=_ref(case),
        )
        for change in changes
    ]
    await outbox.put(tx, *posts)


async def made(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """A topic could not be made: this question, and the next ones, go by replies to the card."""
    if receipt.state != "refused":
        return
    case_id, generation, _ = receipt.ref.split(":")
    case = await cases.find(tx, int(case_id))
    if case.topics_made == int(generation):
        await inbox.topic_made(desk, tx, Receipt(case.language, "refused", 0), now=now)
        await _again(desk, tx, case)


async def arrived(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """Something reached the topic, or found it gone."""
    case_id, generation, about = receipt.ref.split(":")
    if receipt.state == "sent" and about:
        await _remember(tx, receipt, [int(id_) for id_ in about.split(",")])
    if receipt.state != "refused" or receipt.kind not in ("topic_gone", "topic_closed"):
        return
    case = await cases.find(tx, int(case_id))
    if case.state not in domain.WITH_A_COLLEAGUE or case.topics_made != int(generation):
        return
    if receipt.kind == "topic_gone":
        await _again(desk, tx, case)
    elif case.topics_made <= domain.TOPICS_PER_CASE:
        await _open_once_more(desk, tx, case, about)


async def _open_once_more(desk: HandoverDesk, tx: Tx, case: Case, about: str) -> None:
    """Somebody closed the topic by hand: open it and repeat what did not get in."""
    changed = await cases.note(tx, case.id, topics_made=case.topics_made + 1)
    assert changed is not None, "just read"
    await reopen(desk, tx, changed)
    found = [await pieces.find(tx, int(id_)) for id_ in about.split(",") if id_]
    await _copy(desk, tx, changed, [piece for piece in found if piece is not None])


async def _again(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    """Make the topic once more: everything in it went with it, so everything is copied again."""
    if desk.group is None:
        return
    everything = await pieces.of(tx, case.id)
    for piece in everything:
        await outbox.cancel(tx, relay_key(case, piece.id))
    await pieces.mark_relayed(tx, [piece.id for piece in everything], is_relayed=False)
    await outbox.forget_slots(tx, case.slot("topic"))
    home = await inbox.of(tx, case.language)
    name = await cases.name_of(tx, case.claimed_by)
    await _make(desk, tx, case, home, name=name, is_again=True)


async def _remember(tx: Tx, receipt: Receipt, about: list[int]) -> None:
    """Pair each message with the id of its copy; unknown pairs are left out."""
    found = [piece for id_ in about if (piece := await pieces.find(tx, id_)) is not None]
    sources = sorted((id_, piece.id) for piece in found for id_ in piece.message_ids)
    if len(sources) == len(receipt.ids):
        pairs = [(piece_id, copy) for (_, piece_id), copy in zip(sources, receipt.ids, strict=True)]
        await pieces.remember_copies(tx, receipt.chat_id, pairs)
