"""Taking a question, giving it back, and putting aside what is none."""

from datetime import datetime

from bot.delivery import outbox
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import cases, checking, headers, inbox, topics
from bot.handover.tables import cases as rows
from bot.handover.wording import topic
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


async def claim(desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime) -> Case:
    """Exactly one colleague gets it; the others hear who has it (AlreadyTaken)."""
    require(person)
    case = await cases.move(
        tx,
        "claim",
        case_id,
        actor=person,
        now=now,
        claimed_by=person.id,
        claimed_at=now,
        handed_to=None,
        warned_at=None,
        topic_round=rows.c.topic_round + 1,
        told_inside=[],
    )
    return await topics.open_for(desk, tx, case, claimant=person, now=now)


async def release(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime
) -> Case:
    """Back in the queue, on a new card. The claimant, or a coordinator."""
    require(person)
    case = await cases.move(tx, "release", case_id, actor=person, now=now, **cases.back_in_queue())
    await checking.keep_in(desk, tx, case)
    await topics.say(desk, tx, case, topic.released(desk.staff_words, person.first_name))
    await headers.follow(desk, tx, case, now=now)
    await inbox.post_card(desk, tx, case, now=now)
    return case


async def drop(desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime) -> Case:
    """Spam or a duplicate: it gets no topic, and one that it has from before is closed."""
    require(person)
    case = await cases.move(tx, "drop", case_id, actor=person, now=now, closed_at=now)
    shown = inbox.state_posts(desk, case, name=person.first_name)
    await outbox.put(tx, *shown, *topics.shut_posts(desk, case))
    await headers.follow(desk, tx, case, now=now)
    await inbox.plan_list(desk, tx, await inbox.of(tx, case.inbox), now=now)
    return case


async def restore(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime
) -> Case:
    """It was a question after all."""
    require(person)
    back = cases.back_in_queue()
    case = await cases.move(tx, "restore", case_id, actor=person, now=now, closed_at=None, **back)
    await outbox.put(tx, *topics.reopen_posts(desk, case))
    await headers.follow(desk, tx, case, now=now)
    await inbox.post_card(desk, tx, case, now=now)
    return case
