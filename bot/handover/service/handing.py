"""Handing a question over: to one colleague, to whoever speaks a language, to another desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Choice, Choices, HandedOver, Receiver
from bot.handover.service import cases, checking, headers, inbox, leaving, topics
from bot.handover.tables import cases as rows
from bot.handover.wording import handing as wording
from bot.people.domain import Colleague, Person, require
from bot.people.service import recognition
from bot.storage.transaction import Tx


async def choices(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime
) -> Choices:
    """Who may get it: on duty now, then those who speak the language, then the others."""
    require(person)
    case = await cases.find(tx, case_id)
    _check(case, person)
    on_duty = desk.timetable.on_duty(case.desk, case.language, now)
    team = await recognition.staff_members(tx)
    return Choices(
        case,
        _in_order(case, team, on_duty)[: domain.HANDED_TO_AT_MOST],
        _desks(desk, case),
        tuple(code for code in desk.catalogs.codes if code != case.language),
    )


def _check(case: Case, person: Person) -> None:
    step = domain.TRANSITIONS["hand_over"]
    if case.state not in step.sources:
        raise domain.NotOpen
    if not {*step.by} & domain.parties(case, person):
        raise domain.NotTheClaimant


def _in_order(case: Case, team: Sequence[Colleague], on_duty: Sequence[int]) -> tuple[Choice, ...]:
    found = [
        Choice(one.person, one.person.id in on_duty, case.language in one.languages)
        for one in team
        if one.person.id != case.claimed_by and domain.may_claim(case, one.person)
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_on_duty, not one.speaks)))


def _desks(desk: HandoverDesk, case: Case) -> tuple[str, ...]:
    return tuple(
        name
        for name in domain.HANDED_BETWEEN
        if domain.MINORS != case.desk != name and desk.group_for(name, case.language) is not None
    )


async def hand_over(
    desk: HandoverDesk,
    tx: Tx,
    person: Person,
    case_id: int,
    to: Receiver,
    *,
    now: datetime,
    note: str = "",
    is_said: bool = False,
) -> HandedOver:
    """Back in the queue, meant for somebody, on a new card. The claimant, or a coordinator.

    `is_said`: its topic says so already. Raises CannotTakeIt, NotTheClaimant, Outdated.
    """
    require(person)
    before = await cases.hold(tx, case_id)
    _check(before, person)
    name = await _name(tx, before, to)
    done = HandedOver(await _move(desk, tx, before, to, actor=person, note=note, now=now), to, name)
    if not is_said:
        text = wording.handed_over(desk.staff_words, person.first_name, done, desk.catalogs)
        await topics.say(desk, tx, before, text)
    await _show(desk, tx, before, done.case, now=now)
    return done


async def pass_on(
    desk: HandoverDesk, tx: Tx, before: Case, where: str, *, note: str, now: datetime
) -> Case:
    """The bot itself gives an open question to a desk, because the person has agreed to it. The
    caller holds the question and has told its topic why."""
    to = Receiver(desk=where)
    case = await _move(desk, tx, before, to, actor=None, note=note, now=now)
    await _show(desk, tx, before, case, now=now)
    return case


async def _move(
    desk: HandoverDesk,
    tx: Tx,
    before: Case,
    to: Receiver,
    *,
    actor: Person | None,
    note: str,
    now: datetime,
) -> Case:
    facts = _facts(desk, before, to) | {"note": domain.shortened(note, domain.HAND_NOTE_LIMIT)}
    case = await cases.move(
        tx, "hand_over", before.id, actor=actor, now=now, detail={"to": to.token}, **facts
    )
    await checking.keep_in(desk, tx, before)
    return case


async def _show(desk: HandoverDesk, tx: Tx, before: Case, case: Case, *, now: datetime) -> None:
    """A card where it waits now; in another group it left the first one."""
    if (group := desk.group_of(before)) is not None and group != desk.group_of(case):
        await headers.end(desk, tx, before, now=now)
        await leaving.leave(tx, before, group)
    await headers.follow(desk, tx, case, now=now)
    await inbox.post_card(desk, tx, case, now=now)
    if before.is_queued and before.inbox != case.inbox:
        await inbox.plan_list(desk, tx, await inbox.of(tx, before.inbox), now=now)


async def meant(tx: Tx, person: Person, case_id: int, to: Receiver) -> HandedOver:
    """What would be done, for the last look before it is. Raises as `hand_over` does."""
    require(person)
    case = await cases.find(tx, case_id)
    _check(case, person)
    return HandedOver(case, to, await _name(tx, case, to))


async def _name(tx: Tx, case: Case, to: Receiver) -> str:
    """The colleague's, who must be able to take it."""
    if to.person_id is None:
        return ""
    meant = await recognition.find_person(tx, to.person_id)
    if meant is None or meant.role is None or not domain.may_claim(case, meant):
        raise domain.CannotTakeIt(name="—" if meant is None else meant.first_name)
    return meant.first_name


def _facts(desk: HandoverDesk, case: Case, to: Receiver) -> dict[str, Any]:
    """What changes on the row. Raises Outdated for a desk or a language that has no place."""
    if to.language is not None and to.language not in desk.catalogs.codes:
        raise Outdated
    if to.desk is not None and case.desk == domain.MINORS:
        raise Outdated  # it stays with those who were named for it
    where = to.desk or case.desk
    language = to.language or case.language
    group = desk.group_for(where, language)
    if group is None and desk.group_of(case) is not None:
        raise Outdated
    facts: dict[str, Any] = {"handed_to": to.person_id, "desk": where, "language": language}
    if group != desk.group_of(case):
        facts["rounds_before"] = rows.c.topic_round
    return {**cases.back_in_queue(), **facts}
