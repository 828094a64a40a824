"""The staff group's inboxes: a topic a language, cards of who waits, and the pinned list.

The database is the truth and the group its mirror: what was deleted there is posted again.
"""

import dataclasses
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, select, update

from bot.delivery import outbox
from bot.delivery.messages import Buttons, Delete, Edit, MakeTopic, Message, Outgoing
from bot.delivery.outcomes import Receipt
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Inbox, Piece, State, Summary
from bot.handover.service import cases, planning
from bot.handover.tables import a_piece, an_inbox, case_messages, inboxes
from bot.handover.tables import cases as rows
from bot.handover.wording import card as wording
from bot.language import formats
from bot.people.service import recognition
from bot.schedule import due
from bot.storage.transaction import Tx

LIST_KIND = "handover.list"
CARD_RECEIPT = "handover.card"
INBOX_RECEIPT = "handover.inbox_made"
_PAUSE = timedelta(seconds=15)  # between two edits of a card
_NAMED = 3  # of the person's earlier questions
_TOO_SOON = timedelta(minutes=1)  # a topic that vanishes this fast cannot be made here


async def of(tx: Tx, name: str) -> Inbox:
    """An inbox by its name, made or not."""
    row = await tx.one(select(inboxes).where(inboxes.c.name == name))
    return Inbox(name) if row is None else an_inbox(row)


async def every(tx: Tx) -> list[Inbox]:
    """All that were ever needed."""
    return [an_inbox(row) for row in await tx.all(select(inboxes).order_by(inboxes.c.name))]


async def look(
    tx: Tx, case: Case, *, claimant: str = "", now: datetime | None = None
) -> tuple[Summary, Inbox, list[Piece]]:
    """In one look: what a card says, the inbox it belongs to, and the person's messages."""
    wanted = (
        select(case_messages, inboxes, _count_earlier(case).label("earlier"))
        .select_from(case_messages.outerjoin(inboxes, inboxes.c.name == case.inbox))
        .where(
            case_messages.c.case_id == case.id,
            case_messages.c.direction == "in",
            case_messages.c.is_unsorted.is_(False),
        )
        .order_by(case_messages.c.id)
    )
    found = await tx.all(wanted)
    said = [a_piece(row) for row in found]
    earlier = found[0]["earlier"] if found else 0
    summary = Summary(
        case,
        text="\n".join(piece.text for piece in said if piece.text),
        media=tuple(piece.media for piece in said if piece.media),
        earlier=earlier,
        lately=await _lately(tx, case) if earlier else (),
        claimant=claimant,
        today=None if now is None else formats.day_of(now),
    )
    if case.handed_to is not None:
        to = await recognition.find_person(tx, case.handed_to)
        summary = dataclasses.replace(summary, handed_to=to)
    is_made = found and found[0]["name"] is not None
    return summary, an_inbox(found[0]) if is_made else Inbox(case.inbox), said


async def _lately(tx: Tx, case: Case) -> tuple[tuple[int, str], ...]:
    """The person's newest earlier questions, with a link to where they still stand."""
    wanted = (
        select(rows.c.id, rows.c.number)
        .where(*_earlier(case))
        .order_by(rows.c.id.desc())
        .limit(_NAMED)
    )
    found = await tx.all(wanted)
    names = [domain.slot(row["id"], what) for row in found for what in ("topic", "card")]
    places = await outbox.places(tx, names)
    lately = []
    for row in found:
        here = (places.get(domain.slot(row["id"], what)) for what in ("topic", "card"))
        place = next((one for one in here if one is not None), None)
        lately.append((row["number"], domain.link_to(place.chat_id, place.id) if place else ""))
    return tuple(lately)


def _count_earlier(case: Case) -> Any:
    return select(func.count()).select_from(rows).where(*_earlier(case)).scalar_subquery()


def _earlier(case: Case) -> list[ColumnElement[bool]]:
    """What was asked under 18 is named to the trained colleagues only."""
    mine = [rows.c.person_id == case.person_id, rows.c.number.is_not(None), rows.c.id < case.id]
    if domain.is_for_the_trained(case):
        return mine
    is_open_to_all = rows.c.needs.is_(None) | (rows.c.needs != domain.MINORS)
    return [*mine, rows.c.desk != domain.MINORS, is_open_to_all]


async def post_card(
    desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime, is_lost: bool = False
) -> None:
    """Put a waiting question on a card; its older card is taken away, unless that one is lost.

    The step that brought it into the queue has counted this card in `cards_made`.
    """
    await planning.plan(desk, tx, case, now=now)
    if desk.group_of(case) is None:
        return
    summary, inbox, _said = await look(tx, case, now=now)
    inbox, posts = await topic_for(desk, tx, inbox, now=now)
    if case.cards_made > 1 and not is_lost:
        posts += await _old_card_gone(tx, case)
    posts.append(_card_post(desk, summary, inbox))
    await outbox.put(tx, *posts)
    await plan_list(desk, tx, inbox, now=now)


async def _old_card_gone(tx: Tx, case: Case) -> list[Message]:
    """By its message, not by its slot: where it never came, the slot waits for the new card."""
    if await outbox.cancel(tx, card_key(case, case.cards_made - 1)):
        return []
    place = await outbox.slot(tx, case.slot("card"))
    if place is None:
        return []
    return [Delete(to=place.chat_id, lane="update", message_ids=(place.id,))]


def card_key(case: Case, number: int) -> str:
    """The outbox key of its first, second … card."""
    return f"card:{case.id}:{number}"


async def post_card_again(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> None:
    """The card is gone from the group, or was never there: post another."""
    await outbox.cancel(tx, card_key(case, case.cards_made))  # one that still waits
    await outbox.forget_slots(tx, case.slot("card"))
    counted = await cases.note(tx, case.id, cards_made=rows.c.cards_made + 1)
    if counted is not None:
        await post_card(desk, tx, counted, now=now, is_lost=True)


def _card_post(desk: HandoverDesk, summary: Summary, inbox: Inbox) -> Message:
    case = summary.case
    text, buttons = _card(desk, summary)
    return Outgoing(
        to=desk.group_of(case),
        lane="urgent" if case.is_urgent else "notice",
        in_topic=inbox.slot("topic") if inbox.made_at else None,
        slot=case.slot("card"),
        key=card_key(case, case.cards_made),
        text=text,
        buttons=buttons,
        receipt=CARD_RECEIPT,
        ref=f"{case.id}:{inbox.generation}",
        person_id=case.person_id,
    )


def _card(desk: HandoverDesk, summary: Summary) -> tuple[str, Buttons]:
    case = summary.case
    asked_in = desk.catalogs.words(case.language)
    return wording.card(desk.staff_words, summary, asked_in, desk.category_for_staff(case))


async def topic_for(
    desk: HandoverDesk, tx: Tx, inbox: Inbox, *, now: datetime
) -> tuple[Inbox, list[Message]]:
    """The inbox with its topic (`made_at` None: without), and what must be posted to have it."""
    if not (desk.is_forum_ok and inbox.has_topics):
        return dataclasses.replace(inbox, made_at=None), []
    if inbox.made_at is not None:
        return inbox, []
    made = dataclasses.replace(inbox, generation=inbox.generation + 1, made_at=now)
    await keep(tx, inbox.name, generation=made.generation, made_at=now)
    make = MakeTopic(
        to=desk.group_at(made),
        lane="notice",
        slot=made.slot("topic"),
        key=f"{made.slot('topic')}:{made.generation}",
        name=wording.inbox_title(desk.staff_words, made.desk, desk.catalogs.words(made.language)),
        receipt=INBOX_RECEIPT,
        ref=f"{made.name}:{made.generation}",
    )
    return made, [make]


async def keep(tx: Tx, name: str, **values: Any) -> None:
    """Write facts of an inbox down."""
    statement = tx.insert(inboxes).values(name=name, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))


async def show_text(
    desk: HandoverDesk,
    tx: Tx,
    case: Case,
    *,
    became_urgent: bool = False,
    is_taken_back: bool = False,
    now: datetime | None = None,
) -> None:
    """The person added to or changed a waiting question: its card follows, with what it says when
    it has not left yet; and the list, where it tells what is urgent. What somebody took back goes
    from the card at once, without the pause between two edits."""
    group = desk.group_of(case)
    if group is None or not case.cards_made:
        return
    now = now or case.touched_at
    summary, inbox, _said = await look(tx, case, now=now)
    inbox, posts = await topic_for(desk, tx, inbox, now=now)
    card = _card_post(desk, summary, inbox)
    if not await outbox.replace(tx, card_key(case, case.cards_made), card):
        text, buttons = _card(desk, summary)
        edit = _edit(group, case, text, buttons)
        if is_taken_back:
            await outbox.drop_edits(tx, group, case.slot("card"))
            edit = msgspec.structs.replace(edit, lane="reply", pause=None)
        posts.append(edit)
    await outbox.put(tx, *posts)
    if became_urgent:
        await plan_list(desk, tx, inbox, now=now)


def state_posts(desk: HandoverDesk, case: Case, *, name: str) -> list[Message]:
    """Shrink a card to one line that says who has it."""
    group = desk.group_of(case)
    if group is None or not case.cards_made:
        return []
    asked_in = desk.catalogs.words(case.language)
    category = desk.category_for_staff(case)
    text, buttons = wording.line(desk.staff_words, case, asked_in, category, name=name)
    return [_edit(group, case, text, buttons)]


def _edit(group: int, case: Case, text: str, buttons: Buttons) -> Edit:
    return Edit(
        to=group,
        lane="urgent" if case.is_urgent and case.is_queued else "update",
        pause=_PAUSE,
        slot=case.slot("card"),
        text=text,
        buttons=buttons,
        or_send=False,
        person_id=case.person_id,
    )


async def plan_list(desk: HandoverDesk, tx: Tx, inbox: Inbox, *, now: datetime) -> None:
    """Have the pinned list refreshed, at most once in fifteen seconds."""
    if desk.group_at(inbox) is None:
        return
    at = now if inbox.listed_at is None else max(now, inbox.listed_at + domain.LIST_PAUSE)
    await due.plan_unless_planned(tx, key=inbox.slot("list"), kind=LIST_KIND, ref=inbox.name, at=at)


async def topic_made(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """An inbox topic could not be made: no forum, or no right. Cards go without one."""
    if receipt.state == "refused":
        name = receipt.ref.split(":")[0]
        await keep(tx, name, has_topics=False, listed_at=None)


async def card_sent(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """A card that found no topic is posted again, in a new topic or without one.

    One that was in the air while the person erased the question must not stay.
    """
    case_id, generation = (int(part) for part in receipt.ref.split(":"))
    case = await cases.hold(tx, case_id)
    if receipt.state == "sent" and case.state is State.DELETED:
        await outbox.put(tx, Delete(to=receipt.chat_id, message_ids=receipt.ids))
    if receipt.state != "refused" or receipt.kind != "topic_gone":
        return
    inbox = await of(tx, case.inbox)
    if inbox.has_topics and inbox.generation == generation:
        await remake(desk, tx, inbox, now=now)
    elif case.is_queued:
        await post_card_again(desk, tx, case, now=now)


async def remake(desk: HandoverDesk, tx: Tx, inbox: Inbox, *, now: datetime) -> None:
    """The topic of an inbox was deleted by hand: make it once more, with all who wait."""
    is_hopeless = inbox.made_at is not None and now - inbox.made_at < _TOO_SOON
    await outbox.forget_slots(tx, inbox.slot(""))
    await keep(tx, inbox.name, made_at=None, listed_at=None, has_topics=not is_hopeless)
    found = await cases.find_all(tx, *cases.waiting_in(inbox))
    for case in domain.oldest_first(found):
        await post_card_again(desk, tx, case, now=now)


async def topics_allowed(tx: Tx) -> None:
    """The bot has got the right to make topics: use it from the next card on."""
    await tx.execute(
        update(inboxes)
        .where(inboxes.c.has_topics.is_(False))
        .values(has_topics=True, made_at=None, listed_at=None)
    )


async def catch_up(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> None:
    """A waiting question of which no card came to the group gets one."""
    card = case.slot("card")
    if await outbox.slot(tx, card) is None and not await outbox.is_coming(tx, card):
        await post_card_again(desk, tx, case, now=now)


async def delete_card(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    """Nothing of the question may stay on its card."""
    place = await outbox.slot(tx, case.slot("card"))
    if place is None:
        return
    asked_in = desk.catalogs.words(case.language)
    text, buttons = wording.line(desk.staff_words, case, asked_in, "", name="")
    edit = Edit(
        to=place.chat_id,
        lane="update",
        message_id=place.id,
        text=text,
        buttons=buttons,
        or_send=False,
    )
    await outbox.put(tx, edit)
