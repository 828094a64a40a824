"""The header of a question: the first message of its topic, with what can be done with it now.

Where topics are not possible it stands as a reply to the card.
"""

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from bot.delivery import outbox
from bot.delivery.messages import Buttons, Edit, Message, Outgoing
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Piece, Summary
from bot.handover.service import cases, helping, inbox
from bot.handover.wording import topic
from bot.people.domain import Person
from bot.storage.transaction import Tx

INSIDE_RECEIPT = "handover.in_topic"


def where(case: Case) -> dict[str, Any]:
    """In the topic, or under the card where there are no topics."""
    if case.has_topic:
        return {"in_topic": case.slot("topic")}
    return {"reply_to": case.slot("card")}


def ref(case: Case, found: Sequence[Piece] = ()) -> str:
    """ "42:1:77,78": case, how often its topic was made, the messages it is about."""
    return f"{case.id}:{case.topic_round}:{','.join(str(piece.id) for piece in found)}"


def post(desk: HandoverDesk, summary: Summary) -> Message:
    """The header as it is posted when somebody claims."""
    case = summary.case
    text, buttons = _says(desk, summary)
    return Outgoing(
        to=desk.group_of(case),
        slot=case.slot("header"),
        text=text,
        buttons=buttons,
        receipt=INSIDE_RECEIPT,
        ref=ref(case),
        person_id=case.person_id,
        **where(case),
    )


def edit(desk: HandoverDesk, group: int, summary: Summary) -> Edit:
    """The same where it stands; at most once in fifteen seconds."""
    text, buttons = _says(desk, summary)
    return Edit(
        to=group,
        lane="update",
        pause=domain.CARD_PAUSE,
        slot=summary.case.slot("header"),
        text=text,
        buttons=buttons,
        or_send=False,
        person_id=summary.case.person_id,
    )


def _says(desk: HandoverDesk, summary: Summary) -> tuple[str, Buttons]:
    asked_in = desk.catalogs.words(summary.case.language)
    category = desk.category_for_staff(summary.case)
    further = desk.further_case_buttons(desk.staff_words, summary.case)
    return topic.header(
        desk.staff_words, summary, asked_in, category, hold=desk.hold, further=further
    )


async def show(
    desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime, shows_more: bool | None = None
) -> None:
    """What the header says of the question has changed; nothing where it never stood.

    `shows_more`: somebody asked for the rarer buttons, or is done with them, and waits for that.
    """
    header = await outbox.slot(tx, case.slot("header"))
    if header is None or desk.group_of(case) is None:
        return
    claimant = await cases.claimant_of(tx, case)
    name = "" if claimant is None else claimant.first_name
    summary, _home, _said = await inbox.look(tx, case, claimant=name, now=now)
    summary = await with_help(desk, tx, summary, claimant, now=now)
    changed = edit(desk, header.chat_id, dataclasses.replace(summary, shows_more=bool(shows_more)))
    if shows_more is not None:
        changed = msgspec.structs.replace(changed, lane="reply", pause=None)
    await outbox.put(tx, changed)


async def follow(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> None:
    """Nobody has the question any more: its header says so, and offers what is left to do.

    When it is over that takes a place of the group's twenty only while there are some to spare, as
    marks do; it is not given up, since nobody could open the question again from a closed topic.
    """
    group = desk.group_of(case)
    if group is None or not case.has_place:
        return
    summary, _home, _said = await inbox.look(tx, case, now=now)
    changed = edit(desk, group, summary)
    if not case.is_open:
        changed = msgspec.structs.replace(changed, lane="mark", pause=None)
    await outbox.put(tx, changed)


async def end(desk: HandoverDesk, tx: Tx, before: Case, *, now: datetime) -> None:
    """The question leaves this group: what stands of it here offers nothing any more."""
    header = await outbox.slot(tx, before.slot("header"))
    if header is None:
        return
    summary, _home, _said = await inbox.look(tx, before, now=now)
    text, _buttons = _says(desk, summary)
    bare = Edit(to=header.chat_id, lane="update", message_id=header.id, text=text, or_send=False)
    await outbox.drop_edits(tx, header.chat_id, header.name)
    await outbox.put(tx, bare)


async def with_help(
    desk: HandoverDesk, tx: Tx, summary: Summary, claimant: Person | None, *, now: datetime | None
) -> Summary:
    """What the claimant cannot do alone: speak the language, or send without a mentor."""
    speakers = await helping.speakers(desk, tx, summary.case, claimant, now=now)
    is_checked = claimant is not None and domain.Party.STAFF not in domain.kinds(claimant)
    return dataclasses.replace(summary, speakers=speakers, is_checked=is_checked)
