"""Category, urgency and needs of a question: guessed when it is sent, put right by colleagues."""

from datetime import datetime
from typing import Any

from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Party
from bot.handover.service import cases, headers, inbox, planning
from bot.people.domain import Person, require
from bot.people.service import recognition
from bot.storage.transaction import Tx


async def guessed(desk: HandoverDesk, tx: Tx, draft: Case, text: str) -> dict[str, Any]:
    """What the words of a question tell of it, as columns of its row; what is known stays."""
    topic = desk.guess_topic(text, draft.language) if text else None
    facts: dict[str, Any] = {}
    if topic is not None and draft.category is None:
        facts["category"] = topic.partition("/")[0]
    needed = domain.needs_of(topic)
    if (
        needed is not None
        and draft.needs is None
        and await can_be_met(desk, tx, draft.language, needed)
    ):
        facts["needs"] = needed
    return facts


async def can_be_met(desk: HandoverDesk, tx: Tx, language: str, needed: str) -> bool:
    """Is anybody of the team trained for it, in a group that may read it? Otherwise everybody may
    answer: nobody waits for ever for a training that no colleague has."""
    if needed == domain.MINORS and desk.group_for(domain.MINORS, language) is None:
        return False  # a guess; who says themself that they are under 18 is refused kindly
    return any(needed in one.person.skills for one in await recognition.staff_members(tx))


async def look(tx: Tx, person: Person, case_id: int) -> Case:
    """The question, for a colleague who wants to tag it."""
    require(person)
    case = await cases.find(tx, case_id)
    if not case.is_open:
        raise domain.NotOpen
    return case


async def categorise(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, category: str, *, now: datetime
) -> Case:
    """Another category; the same once more takes it off. Raises Outdated for an unknown one."""
    if category not in desk.categories:
        raise Outdated
    case = await _held(tx, person, case_id)
    chosen = None if case.category == category else category
    return await _changed(desk, tx, person, case, now=now, category=chosen)


async def set_urgency(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, is_urgent: bool, now: datetime
) -> Case:
    """Urgent, or not after all."""
    case = await _held(tx, person, case_id)
    return await _changed(desk, tx, person, case, now=now, is_urgent=is_urgent)


async def set_needs(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, skill: str, *, now: datetime
) -> Case:
    """Who must be trained for what; the same once more takes it off.

    Raises NotForTrainees, NotYoursToTakeOff, StaysWithTheTrained.
    """
    if not domain.is_skill(skill):
        raise Outdated
    case = await _held(tx, person, case_id)
    qualities = domain.kinds(person)
    if Party.STAFF not in qualities:
        raise domain.NotForTrainees
    if domain.is_for_the_trained(case):
        raise domain.StaysWithTheTrained
    is_trusted = Party.COORDINATOR in qualities or case.needs in person.skills
    if case.needs is not None and not is_trusted:
        raise domain.NotYoursToTakeOff
    chosen = None if case.needs == skill else skill
    return await _changed(desk, tx, person, case, now=now, needs=chosen)


async def _held(tx: Tx, person: Person, case_id: int) -> Case:
    require(person)
    case = await cases.hold(tx, case_id)
    if not case.is_open:
        raise domain.NotOpen
    return case


async def _changed(
    desk: HandoverDesk, tx: Tx, person: Person, before: Case, *, now: datetime, **facts: Any
) -> Case:
    """Write it down; card and header follow. The title of the topic stays until it is closed."""
    became_urgent = facts.get("is_urgent", False) and not before.is_urgent
    alarm: dict[str, Any] = {"alarm_at": now, "alarms": 0} if became_urgent else {}
    case = await cases.note(tx, before.id, **facts, **alarm) or before
    await cases.record(tx, "tag", case.id, actor=person, now=now, **facts)
    if became_urgent:
        await planning.plan(desk, tx, case, now=now)
    if case.is_queued:
        news = case.is_urgent != before.is_urgent
        await inbox.show_text(desk, tx, case, became_urgent=news)
    await headers.show(desk, tx, case, now=now)
    return case
