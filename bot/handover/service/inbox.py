"""The staff group's inboxes: a topic a language, cards of who waits, and the pinned list.

The database is the truth and the group its mirror: what was deleted there is posted again.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from bot.delivery import outbox
from bot.delivery.messages import Delete, Edit, MakeTopic, Message, Outgoing, Pin
from bot.delivery.outcomes import Receipt
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Inbox, State, Summary
from bot.handover.service import cases
from bot.handover.tables import an_inbox, case_messages, inboxes, inserting
from bot.handover.tables import cases as rows
from bot.handover.wording import card as wording
from bot.schedule import due
from bot.storage.transaction import Tx

LIST_KIND = "handover.list"
CARD_RECEIPT = "handover.card"
LIST_RECEIPT = "handover.listed"
INBOX_RECEIPT = "handover.inbox_made"
_TOO_SOON = timedelta(minutes=1)  # a topic that vanishes this fast cannot be made here


async def of(tx: Tx, language: str) -> Inbox:
    """The inbox of a language, made or not."""
    row = await tx.one(select(inboxes).where(inboxes.c.language == language))
    return Inbox(language) if row is None else an_inbox(row)


async def summarise(tx: Tx, case: Case, *, claimant: str = "") -> Summary:
    """What a card says: the person's words and how often they asked before."""
    wanted = (
        select(
            case_messages.c.text,
            case_messages.c.media,
            _count_earlier(case).label("earlier"),
        )
        .where(case_messages.c.case_id == case.id, case_messages.c.direction == "in")
        .order_by(case_messages.c.id)
    )
    found = await tx.all(wanted)
    return Summary(
        case,
        text="\n".join(row["text"] for row in found if row["text"]),
        media=tuple(row["media"] for row in found if row["media"]),
        earlier=found[0]["earlier"] if found else 0,
        claimant=claimant,
    )


def _count_earlier(case: Case) -> Any:
    return (
        select(func.count())
        .select_from(rows)
        .where(rows.c.person_id == case.person_id, rows.c.number.is_not(None), rows.c.id < case.id)
        .scalar_subquery()
    )


async def post_card(
    desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime, replaces: bool = False
) -> None:
    """Put a waiting question on a new card; `replaces` takes its older card away."""
    if desk.group is None:
        return
    inbox = await of(tx, case.language)
    topic, posts = await _topic(desk, tx, inbox, desk.group, now=now)
    if replaces and case.cards_made:
        posts.append(Delete(to=desk.group, lane="notice", slot=case.slot("card")))
    text, buttons = await _card(desk, tx, case)
    posts.append(
        Outgoing(
            to=desk.group,
            lane="notice",
            in_topic=topic,
            slot=case.slot("card"),
            key=f"card:{case.id}:{case.cards_made}",
            text=text,
            buttons=buttons,
            receipt=CARD_RECEIPT,
            ref=f"{case.id}:{inbox.generation}",
            person_id=case.person_id,
        )
    )
    await outbox.put(tx, *posts)
    await cases.note(tx, case.id, cards_made=case.cards_made + 1)
    await plan_list(desk, tx, inbox, now=now)


async def _card(desk: HandoverDesk, tx: Tx, case: Case) -> tuple[str, Any]:
    summary = await summarise(tx, case)
    asked_in = desk.catalogs.words(case.language)
    return wording.card(desk.staff_words, summary, asked_in, desk.category_for_staff(case))


async def _topic(
    desk: HandoverDesk, tx: Tx, inbox: Inbox, group: int, *, now: datetime
) -> tuple[str | None, list[Message]]:
    """The topic a card goes to, and what must be posted first so that it exists."""
    if not (desk.is_forum_ok and inbox.has_topics):
        return None, []
    if inbox.made_at is not None:
        return inbox.slot("topic"), []
    generation = inbox.generation + 1
    await _keep(tx, inbox.language, generation=generation, made_at=now)
    asked_in = desk.catalogs.words(inbox.language)
    make = MakeTopic(
        to=group,
        lane="notice",
        slot=inbox.slot("topic"),
        key=f"{inbox.slot('topic')}:{generation}",
        name=wording.inbox_title(asked_in),
        receipt=INBOX_RECEIPT,
        ref=f"{inbox.language}:{generation}",
    )
    return inbox.slot("topic"), [make]


async def _keep(tx: Tx, language: str, **values: Any) -> None:
    statement = inserting(tx, inboxes).values(language=language, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["language"], set_=values))


async def show_text(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    """The person added to or changed a waiting question: its card follows."""
    if desk.group is None or not case.cards_made:
        return
    text, buttons = await _card(desk, tx, case)
    await outbox.put(tx, _edit(desk.group, case, text, buttons))


async def show_state(desk: HandoverDesk, tx: Tx, case: Case, *, name: str, now: datetime) -> None:
    """Shrink a card to one line that says who has it, and refresh the list."""
    if desk.group is None or not case.cards_made:
        return
    asked_in = desk.catalogs.words(case.language)
    category = desk.category_for_staff(case)
    text, buttons = wording.line(desk.staff_words, case, asked_in, category, name=name)
    await outbox.put(tx, _edit(desk.group, case, text, buttons))
    await plan_list(desk, tx, await of(tx, case.language), now=now)


def _edit(group: int, case: Case, text: str, buttons: Any) -> Edit:
    return Edit(
        to=group,
        lane="notice",
        slot=case.slot("card"),
        text=text,
        buttons=buttons,
        or_send=False,
        person_id=case.person_id,
    )


async def plan_list(desk: HandoverDesk, tx: Tx, inbox: Inbox, *, now: datetime) -> None:
    """Have the pinned list refreshed, at most once in fifteen seconds."""
    if desk.group is None:
        return
    at = now if inbox.listed_at is None else max(now, inbox.listed_at + domain.LIST_PAUSE)
    await due.plan_unless_planned(
        tx, key=inbox.slot("list"), kind=LIST_KIND, ref=inbox.language, at=at
    )


async def show_list(desk: HandoverDesk, tx: Tx, language: str, *, now: datetime) -> None:
    """Write the pinned list of an inbox anew: an edit where it stands, else a pinned message."""
    if desk.group is None:
        return
    inbox = await of(tx, language)
    found = await cases.find_all(tx, rows.c.language == language, rows.c.state == State.NEW)
    waiting = domain.oldest_first(found)[: domain.LISTED]
    asked_in = desk.catalogs.words(language)
    text = wording.listing(desk.staff_words, waiting, asked_in, total=len(found), now=now)
    ref = f"{language}:{inbox.generation}"
    if inbox.listed_at is not None:
        edit = Edit(
            to=desk.group,
            lane="notice",
            slot=inbox.slot("list"),
            text=text,
            or_send=False,
            receipt=LIST_RECEIPT,
            ref=ref,
        )
        await outbox.put(tx, edit)
    elif waiting:
        await _post_list(desk, tx, inbox, text, now=now)
    else:
        return
    await _keep(tx, language, listed_at=now)


async def _post_list(desk: HandoverDesk, tx: Tx, inbox: Inbox, text: str, *, now: datetime) -> None:
    assert desk.group is not None, "asked before"
    topic, posts = await _topic(desk, tx, inbox, desk.group, now=now)
    post = Outgoing(
        to=desk.group,
        lane="notice",
        in_topic=topic,
        slot=inbox.slot("list"),
        text=text,
        is_silent=True,
        receipt=LIST_RECEIPT,
        ref=f"{inbox.language}:{inbox.generation}",
    )
    pin = Pin(to=desk.group, lane="notice", slot=inbox.slot("list"))
    await outbox.put(tx, *posts, post, pin)


async def topic_made(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """An inbox topic could not be made: no forum, or no right. Cards go without one."""
    if receipt.state == "refused":
        language = receipt.ref.split(":")[0]
        await _keep(tx, language, has_topics=False, listed_at=None)


async def card_sent(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """A card that found no topic is posted again, in a new topic or without one."""
    if receipt.state != "refused" or receipt.kind != "topic_gone":
        return
    case_id, generation = (int(part) for part in receipt.ref.split(":"))
    case = await cases.find(tx, case_id)
    inbox = await of(tx, case.language)
    if inbox.has_topics and inbox.generation == generation:
        await remake(desk, tx, inbox, now=now)
    elif case.state is State.NEW:
        await post_card(desk, tx, case, now=now)


async def list_sent(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """The list was deleted by hand, or its topic was."""
    if receipt.state != "refused" or receipt.kind not in ("gone", "topic_gone"):
        return
    language, generation = receipt.ref.split(":")
    inbox = await of(tx, language)
    await outbox.forget_slots(tx, inbox.slot("list"))
    await _keep(tx, language, listed_at=None)
    is_own_topic = inbox.has_topics and inbox.generation == int(generation)
    if receipt.kind == "topic_gone" and is_own_topic:
        await remake(desk, tx, inbox, now=now)
    else:
        await plan_list(desk, tx, await of(tx, language), now=now)


async def remake(desk: HandoverDesk, tx: Tx, inbox: Inbox, *, now: datetime) -> None:
    """The topic of an inbox was deleted by hand: make it once more, with all who wait."""
    is_hopeless = inbox.made_at is not None and now - inbox.made_at < _TOO_SOON
    await outbox.forget_slots(tx, f"inbox:{inbox.language}:")
    await _keep(tx, inbox.language, made_at=None, listed_at=None, has_topics=not is_hopeless)
    found = await cases.find_all(tx, rows.c.language == inbox.language, rows.c.state == State.NEW)
    for case in domain.oldest_first(found):
        await outbox.forget_slots(tx, case.slot("card"))
        await post_card(desk, tx, case, now=now)


async def topics_allowed(tx: Tx) -> None:
    """The bot has got the right to make topics: use it from the next card on."""
    await tx.execute(
        update(inboxes)
        .where(inboxes.c.has_topics.is_(False))
        .values(has_topics=True, made_at=None, listed_at=None)
    )


async def mirror(desk: HandoverDesk, tx: Tx, *, now: datetime) -> None:
    """Questions that wait without a card get one (a group was configured later)."""
    if desk.group is None:
        return
    for case in await cases.find_all(tx, rows.c.state == State.NEW, rows.c.cards_made == 0):
        await post_card(desk, tx, case, now=now)


async def delete_card(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    """Nothing of the question may stay on its card."""
    place = await outbox.slot(tx, case.slot("card"))
    if place is None:
        return
    asked_in = desk.catalogs.words(case.language)
    text, buttons = wording.line(desk.staff_words, case, asked_in, "", name="")
    edit = Edit(
        to=place.chat_id,
        lane="notice",
        message_id=place.id,
        text=text,
        buttons=buttons,
        or_send=False,
    )
    await outbox.put(tx, edit)
