"""The topic of one question: opened on claim, with its header and the person's messages.

Where topics are not possible the same is said in replies to the card.
"""

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from bot.delivery import outbox
from bot.delivery.messages import (
    Buttons,
    ChangeTopic,
    Copy,
    Delete,
    MakeTopic,
    Message,
    Outgoing,
)
from bot.delivery.outcomes import Receipt
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Inbox, Piece, Summary
from bot.handover.service import cases, headers, inbox, leaving, pieces, planning, retelling
from bot.handover.wording import card, topic
from bot.people.domain import Person
from bot.people.service import recognition
from bot.storage.transaction import Tx

TOPIC_RECEIPT = "handover.topic_made"
INSIDE_RECEIPT = headers.INSIDE_RECEIPT
Change = Literal["rename", "close", "reopen"]
_COPIES = 100  # Bot API, copyMessages


async def open_for(
    desk: HandoverDesk, tx: Tx, case: Case, *, claimant: Person, now: datetime
) -> Case:
    """Somebody has claimed it: make the topic, or tell the one it already has; shrink the card."""
    await planning.plan(desk, tx, case, now=now)
    group = desk.group_of(case)
    if group is None:
        return case
    name = claimant.first_name
    summary, home, said_before = await inbox.look(tx, case, claimant=name, now=now)
    summary = await headers.with_help(desk, tx, summary, claimant, now=now)
    if case.rounds_here == 1:
        case, posts = await _begin(desk, tx, summary, home)
    else:
        asked_in = desk.catalogs.words(case.language)
        posts = said(desk, case, topic.taken_over(desk.staff_words, summary, asked_in))
        posts.append(headers.edit(desk, group, summary))
    waiting = [piece for piece in said_before if not piece.is_relayed]
    if case.rounds_here > 1 or not _is_all_in_header(summary):
        posts += _copies(desk, case, waiting)
    posts += inbox.state_posts(desk, case, name=name)
    await outbox.put(tx, *posts)
    await pieces.mark_relayed(tx, [piece.id for piece in waiting])
    await inbox.plan_list(desk, tx, home, now=now)
    return case


async def _begin(
    desk: HandoverDesk, tx: Tx, summary: Summary, home: Inbox
) -> tuple[Case, list[Message]]:
    """A topic with its header, or a header under the card."""
    case = summary.case
    can_have = desk.is_forum_ok and home.has_topics and case.rounds_here <= domain.TOPIC_ROUNDS
    if case.has_topic != can_have:
        case = await cases.note(tx, case.id, has_topic=can_have) or case
    header = headers.post(desk, dataclasses.replace(summary, case=case))
    return case, [_make_topic(desk, case), header] if case.has_topic else [header]


def _make_topic(desk: HandoverDesk, case: Case) -> Message:
    asked_in = desk.catalogs.words(case.language)
    return MakeTopic(
        to=desk.group_of(case),
        slot=case.slot("topic"),
        key=leaving.topic_key(case),
        name=card.topic_title(desk.staff_words, case, asked_in, desk.category_for_staff(case)),
        receipt=TOPIC_RECEIPT,
        ref=headers.ref(case),
    )


def _is_all_in_header(summary: Summary) -> bool:
    """Short and only text: copying it too would cost a message of the group's twenty a minute."""
    return not summary.media and len(summary.text) <= domain.CARD_TEXT


def _copies(desk: HandoverDesk, case: Case, found: Sequence[Piece]) -> list[Message]:
    """Copy what the person sent, few calls for many; albums stay albums."""
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
    where = headers.where(case)
    if reply_to is not None:
        where["reply_to"] = reply_to
    return Copy(
        to=desk.group_of(case),
        from_chat=found[0].chat_id,
        message_ids=tuple(sorted(id_ for piece in found for id_ in piece.message_ids)),
        key=leaving.relay_key(case, found[0].id),
        receipt=INSIDE_RECEIPT,
        ref=headers.ref(case, found),
        person_id=case.person_id,
        **where,
    )


def said(
    desk: HandoverDesk,
    case: Case,
    text: str,
    *,
    reply_to: str | int | None = None,
    buttons: Buttons = (),
) -> list[Message]:
    """A word to the colleagues of a question, where its talk is; nothing where there is none."""
    if desk.group_of(case) is None or not case.has_place:
        return []
    where = headers.where(case)
    if reply_to is not None:
        where["reply_to"] = reply_to
    post = Outgoing(
        to=desk.group_of(case),
        text=text,
        buttons=buttons,
        receipt=INSIDE_RECEIPT,
        ref=headers.ref(case),
        person_id=case.person_id,
        **where,
    )
    return [post]


async def say(
    desk: HandoverDesk, tx: Tx, case: Case, text: str, *, reply_to: str | int | None = None
) -> None:
    """The same, posted."""
    await outbox.put(tx, *said(desk, case, text, reply_to=reply_to))


def shut_posts(desk: HandoverDesk, case: Case) -> list[Message]:
    """Close the topic and say so in its name."""
    return _changes(desk, case, "rename", "close")


def reopen_posts(desk: HandoverDesk, case: Case) -> list[Message]:
    """Open the topic again; one that is gone is made anew (its receipt tells)."""
    return _changes(desk, case, "reopen", "rename")


def _changes(desk: HandoverDesk, case: Case, *changes: Change) -> list[Message]:
    if desk.group_of(case) is None or not case.has_place or not case.has_topic:
        return []
    asked_in = desk.catalogs.words(case.language)
    title = card.topic_title(desk.staff_words, case, asked_in, desk.category_for_staff(case))
    return [
        ChangeTopic(
            to=desk.group_of(case),
            in_topic=case.slot("topic"),
            change=change,
            name=title if change == "rename" else None,
            receipt=INSIDE_RECEIPT,
            ref=headers.ref(case),
        )
        for change in changes
    ]


async def made(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """A topic could not be made: this question, and the next ones, go by replies to the card."""
    case_id, generation, _ = receipt.ref.split(":")
    case = await cases.hold(tx, int(case_id))
    if receipt.state == "sent" and case.state is domain.State.DELETED:
        change = ChangeTopic(to=receipt.chat_id, in_topic=receipt.ids[0], change="delete")
        await outbox.put(tx, change)
    elif receipt.state == "sent" and int(generation) <= case.rounds_before:
        await leaving.topic_came_late(tx, case, receipt)
    if receipt.state == "refused" and case.topic_round == int(generation):
        await inbox.topic_made(desk, tx, Receipt(case.inbox, "refused", 0), now=now)
        await _again(desk, tx, case)


async def arrived(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """Something reached the topic, or found it gone, or could not reach it."""
    case_id, generation, listed = receipt.ref.split(":")
    case = await cases.hold(tx, int(case_id))
    about = [int(id_) for id_ in listed.split(",") if id_]
    if receipt.state == "sent":
        await _landed(tx, case, receipt, about)
    elif receipt.state != "uncertain" and receipt.kind != "gone":  # the person took it away
        await pieces.mark_relayed(tx, about, is_relayed=False, of_case=case.id)
    if receipt.state != "refused" or receipt.kind not in ("topic_gone", "topic_closed"):
        return
    if case.state not in domain.WITH_A_COLLEAGUE or case.topic_round != int(generation):
        return
    if receipt.kind == "topic_gone":
        await _again(desk, tx, case)
    elif case.rounds_here <= domain.TOPIC_ROUNDS:
        await _open_once_more(desk, tx, case, about)


async def _landed(tx: Tx, case: Case, receipt: Receipt, about: list[int]) -> None:
    """Something stands in the group. What was erased or taken back while it was in the air goes."""
    unwanted = receipt.ids
    if case.state is not domain.State.DELETED:
        unwanted = await _remember(tx, case, receipt, about) if about else ()
    if unwanted:
        await outbox.put(tx, Delete(to=receipt.chat_id, message_ids=unwanted))


async def _open_once_more(desk: HandoverDesk, tx: Tx, case: Case, about: Sequence[int]) -> None:
    """Somebody closed the topic by hand: open it and repeat what did not get in."""
    case = await _next_round(tx, case)
    found = await _still_of(tx, case, about)
    await pieces.mark_relayed(tx, [piece.id for piece in found])
    await outbox.put(tx, *reopen_posts(desk, case), *_copies(desk, case, found))


async def catch_up(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    """The group can be written to again: what the person said meanwhile, or the whole talk where
    its header never came."""
    if await outbox.is_coming(tx, case.slot("header")):
        return
    waiting = await pieces.unrelayed(tx, case.id)
    if await outbox.slot(tx, case.slot("header")) is None:
        await _again(desk, tx, case)
    elif waiting:
        case = await _next_round(tx, case)
        await pieces.mark_relayed(tx, [piece.id for piece in waiting])
        await outbox.put(tx, *_copies(desk, case, waiting))


async def bring_waiting(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> None:
    """What the person said and no colleague has yet goes into the topic, in few calls."""
    if desk.group_of(case) is None or not case.has_place:
        return
    waiting = await pieces.unrelayed(tx, case.id)
    if not waiting:
        return
    await pieces.mark_relayed(tx, [piece.id for piece in waiting])
    # Under a key of their own: one of them may have been tried before, and failed.
    moment = f"{case.slot('joined')}:{waiting[0].id}:{now.timestamp():.0f}"
    posts = [
        msgspec.structs.replace(post, key=f"{moment}:{number}")
        for number, post in enumerate(_copies(desk, case, waiting))
    ]
    await outbox.put(tx, *posts)


async def _next_round(tx: Tx, case: Case) -> Case:
    """From here on, news of what was posted before no longer counts."""
    return await cases.note(tx, case.id, topic_round=case.topic_round + 1) or case


async def _again(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    """Make the topic once more: everything in it went with it, so everything is copied again."""
    if desk.group_of(case) is None:
        return
    for piece in await pieces.of(tx, case.id):
        await outbox.cancel(tx, leaving.relay_key(case, piece.id))
    await outbox.forget_slots(tx, case.slot("topic"))
    case = await _next_round(tx, case)
    name = await cases.name_of(tx, case.claimed_by)
    summary, home, everything = await inbox.look(tx, case, claimant=name)
    claimant = await recognition.find_person(tx, case.claimed_by or 0)
    summary = await headers.with_help(desk, tx, summary, claimant, now=None)
    case, posts = await _begin(desk, tx, summary, home)
    await pieces.mark_relayed(tx, [piece.id for piece in everything])
    posts += _copies(desk, case, everything)
    if case.has_topic and (answers := await retelling.answers(desk, tx, case)):
        posts += said(desk, case, answers)
    await outbox.put(tx, *posts)


async def _still_of(tx: Tx, case: Case, about: Sequence[int]) -> list[Piece]:
    """Those that were neither taken out of the talk meanwhile nor moved to another one."""
    found = [piece for id_ in about if (piece := await pieces.find(tx, id_)) is not None]
    return [piece for piece in found if piece.case_id == case.id and not piece.is_unsorted]


async def _remember(tx: Tx, case: Case, receipt: Receipt, about: list[int]) -> tuple[int, ...]:
    """Pair each message with the id of its copy; unknown pairs are left out.

    Returns copies of messages that were taken out of the talk meanwhile: always the newest ones.
    """
    found = await _still_of(tx, case, about)
    sources = sorted((id_, piece.id) for piece in found for id_ in piece.message_ids)
    copies, unwanted = receipt.ids[: len(sources)], receipt.ids[len(sources) :]
    is_whole = len(found) == len(about)
    if len(copies) == len(sources) and not (is_whole and unwanted):
        pairs = [(piece_id, copy) for (_, piece_id), copy in zip(sources, copies, strict=True)]
        await pieces.remember_copies(tx, receipt.chat_id, pairs)
    return () if is_whole else unwanted
