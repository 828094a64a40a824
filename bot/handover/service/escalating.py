"""Nobody waits unseen: what happens by itself while a question waits, an inbox at a time.

One row of the schedule for each inbox says when to look; a look takes every step that is due
(`domain.waiting`), for several questions in one message, and plans the next. A question that
somebody acts on at this moment is left alone.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from sqlalchemy import ColumnElement

from bot.delivery import outbox
from bot.delivery.messages import Message, Outgoing, in_reading_order
from bot.delivery.outcomes import Receipt
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Inbox, Own, waiting
from bot.handover.domain.waiting import Step
from bot.handover.service import (
    cases,
    checking,
    ending,
    headers,
    inbox,
    morning,
    pieces,
    planning,
    topics,
)
from bot.handover.service.scene import CALL_LASTS, Scene
from bot.handover.tables import cases as rows
from bot.handover.wording import card
from bot.handover.wording import escalation as wording
from bot.people import service as people
from bot.people.domain import Colleague, Person, Role, is_at_least
from bot.storage.transaction import Tx

ON_DUTY, COORDINATORS = 1, 2  # how far up it was told that a question waits
_AGAIN = timedelta(seconds=10)  # somebody acted on it just now


async def look(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Take every step that is due in one inbox, and plan the next look."""
    name, since = planning.inbox_in(ref)
    home = await inbox.of(tx, name)
    found = await cases.find_all(tx, *_open_in(home))
    if not found:
        return
    team = {int(one.person.id): one for one in await people.staff_members(tx)}
    scene = Scene(desk, home, planning.hours_of(desk, home), team, since, now)
    held = await _held(tx, scene, found)
    for case in held:
        await _act(tx, scene, case, _due(scene, case))
    await ending.tell(tx, scene, found)
    await _call(tx, scene, held, await _at_begin_of_block(tx, scene, found))
    now_open = await cases.find_all(tx, *_open_in(home))
    at = planning.next_look(desk, home, now_open, now=now)
    if at is not None:
        await planning.put(tx, home, at=at if at > now else now + _AGAIN, since=now)


async def look_everywhere(desk: HandoverDesk, tx: Tx, *, now: datetime) -> None:
    """The nightly look: whatever became of a row, or of the roster, no inbox is left out."""
    found = await cases.find_all(tx, rows.c.state.in_(domain.OPEN))
    for name in sorted({case.inbox for case in found}):
        await planning.put(tx, Inbox(name), at=now, since=now)


def _open_in(home: Inbox) -> tuple[ColumnElement[bool], ...]:
    is_here = (rows.c.desk == home.desk, rows.c.language == home.language)
    return (*is_here, rows.c.state.in_(domain.OPEN))


def _due(scene: Scene, case: Case) -> frozenset[Step]:
    return waiting.due(case, scene.hours, scene.desk.patience, now=scene.now)


async def _held(tx: Tx, scene: Scene, found: Iterable[Case]) -> list[Case]:
    """The questions of which a step is due, held; a claimant who spoke meanwhile is not silent."""
    ids = [case.id for case in found if _due(scene, case)]
    if not ids:
        return []
    held = await cases.found(tx, cases.free(rows.c.id.in_(ids), *_open_in(scene.inbox)))
    ours = [case.id for case in held if case.state in domain.OURS]
    spoken = await pieces.last_words(tx, ours) if ours else {}
    for index, case in enumerate(held):
        said = spoken.get(case.id)
        if said is not None and said > waiting.since(case):
            held[index] = await cases.note(tx, case.id, turn_at=said, alarm_at=None) or case
    return held


async def _act(tx: Tx, scene: Scene, case: Case, steps: frozenset[Step]) -> None:
    """What concerns this question alone."""
    if Step.TELL in steps:
        await _tell(tx, scene, case)
    if Step.ASK in steps:
        await cases.note(tx, case.id, warned_at=scene.now)
        await outbox.put(tx, *_question(scene, case))
    if Step.RELEASE in steps:
        await _release(tx, scene, case)


async def _tell(tx: Tx, scene: Scene, case: Case) -> None:
    """The person, once: it takes longer, and when to expect somebody now."""
    await cases.note(tx, case.id, told_later_at=scene.now)
    asked = await cases.person_of(tx, case)
    if asked is None:
        return
    _ = scene.desk.catalogs.words(asked.language)
    text, buttons = wording.takes_longer(_, _own(scene.desk, case, now=scene.now), now=scene.now)
    told = Outgoing(
        to=asked.telegram_id,
        lane="reminder",
        slot=case.slot("later"),
        text=text,
        buttons=buttons,
        person_id=asked.id,
    )
    await outbox.put(tx, told)


def _own(desk: HandoverDesk, case: Case, *, now: datetime) -> Own:
    return Own(case, desk.expected(case, now))


def _question(scene: Scene, case: Case) -> list[Message]:
    """In the topic: are you on it?"""
    claimant = scene.team.get(case.claimed_by or 0)
    if claimant is None:
        return []
    _ = scene.desk.staff_words
    text, buttons = wording.are_you_on_it(_, case, claimant.person)
    return [
        msgspec.structs.replace(post, buttons=buttons)
        for post in topics.said(scene.desk, case, text)
        if isinstance(post, Outgoing)
    ]


async def _release(tx: Tx, scene: Scene, case: Case) -> None:
    back = cases.back_in_queue()
    freed = await cases.move(tx, "release", case.id, actor=None, now=scene.now, **back)
    await checking.keep_in(scene.desk, tx, freed)
    name = await cases.name_of(tx, case.claimed_by)
    await topics.say(scene.desk, tx, freed, wording.released(scene.desk.staff_words, name))
    await headers.follow(scene.desk, tx, freed, now=scene.now)
    await inbox.post_card(scene.desk, tx, freed, now=scene.now)


class Listed(NamedTuple):
    """Who waited already when a block began. is_told: the message of the morning says so."""

    cases: list[Case]
    is_told: bool = False


async def _at_begin_of_block(tx: Tx, scene: Scene, found: Iterable[Case]) -> Listed:
    """The blocks that began, that nobody has looked at yet, and that go on."""
    begun = [one.opens for one in scene.shifts() if one.is_on(scene.now)]
    last = max((opens for opens in begun if scene.since < opens), default=None)
    if last is None:
        return Listed([])
    listed = [case for case in found if case.is_queued and waiting.since(case) <= last]
    return Listed(listed, await morning.calls(scene.desk, tx, scene.inbox, last))


async def _call(tx: Tx, scene: Scene, held: list[Case], listed: Listed) -> None:
    """Alarms by themselves; the digest and every other call in one message."""
    alarmed = [case for case in held if Step.ALARM in _due(scene, case)]
    late = [case for case in held if Step.COORDINATORS in _due(scene, case)]
    pinged = [case for case in held if Step.PING in _due(scene, case) and case not in late]
    for case in alarmed:
        given = case.alarms + 1
        again = scene.desk.patience.next_alarm(given, scene.now)
        await cases.note(tx, case.id, alarms=given, alarm_at=again)
    for case in (*late, *pinged):
        level = COORDINATORS if case in late else ON_DUTY
        await cases.note(tx, case.id, pinged=level)
    if alarmed:
        await outbox.put(tx, *_alarms(scene, alarmed))
    texts = [*_digest(scene, listed)]
    if pinged and not listed.cases:
        texts.append(_said(scene, wording.nobody_yet, pinged, _who_may(scene, pinged)))
    if late:
        texts.append(_said(scene, wording.too_long, late, _coordinators(scene)))
    if texts:
        await outbox.put(tx, *scene.posts("\n\n".join(texts)))


def _digest(scene: Scene, listed: Listed) -> list[str]:
    if not listed.cases or listed.is_told:
        return []
    return [_said(scene, wording.block_begins, listed.cases, scene.on_duty())]


def _said(scene: Scene, say: wording.Call, found: list[Case], called: list[Colleague]) -> str:
    _, asked_in = scene.desk.staff_words, scene.desk.catalogs.words(scene.inbox.language)
    shown = card.listing(
        _,
        domain.oldest_first(found)[: domain.LISTED],
        asked_in,
        total=len(found),
        now=scene.now,
    )
    return say(_, [one.person for one in called]) + "\n" + shown


def _who_may(scene: Scene, found: list[Case]) -> list[Colleague]:
    """Who is on duty and has learnt what these need; and for whom they were meant."""
    meant = {case.handed_to for case in found}
    able = [one for one in scene.on_duty() if _may_any(found, one.person)]
    others = [one for one in scene.team.values() if one.person.id in meant and one not in able]
    return [*(able or scene.on_duty()), *others]


def _may_any(found: list[Case], person: Person) -> bool:
    return any(domain.may_claim(case, person) for case in found)


def _coordinators(scene: Scene) -> list[Colleague]:
    return [one for one in scene.team.values() if is_at_least(one.person.role, Role.COORDINATOR)]


def _alarms(scene: Scene, found: list[Case]) -> list[Message]:
    """Who is on duty, else who has said yes to this; these in their own chats too: a group may be
    muted. Of a question that somebody has, that colleague as well."""
    on_duty = scene.on_duty()
    on_call = [one for one in scene.team.values() if one.is_on_call]
    called = on_duty or [one for one in on_call if _may_any(found, one.person)]
    claimants = {case.claimed_by for case in found}
    others = [one for one in scene.team.values() if one.person.id in claimants]
    named = [*called, *(one for one in others if one not in called)]
    posts = scene.posts(_said(scene, wording.alarm, found, named), lane="urgent")
    if on_duty:
        return posts
    return [*posts, *(post for one in called for post in _own_alarm(scene, found, one))]


def _own_alarm(scene: Scene, found: list[Case], called: Colleague) -> list[Message]:
    if not called.has_own_chat:
        return []
    _ = scene.desk.catalogs.words(called.person.language)
    mine = [case for case in found if domain.may_claim(case, called.person)]
    asked_in = scene.desk.catalogs.words(scene.inbox.language)
    text, buttons = wording.own_alarm(_, mine, asked_in, now=scene.now)
    post = Outgoing(
        to=called.person.telegram_id,
        lane="urgent",
        text=text,
        buttons=buttons,
        expires_at=scene.now + CALL_LASTS,
    )
    return in_reading_order([post], is_rtl=_.is_rtl)


async def called(desk: HandoverDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """The topic of the inbox is gone: it is made again, with everybody who waits."""
    if receipt.state != "refused" or receipt.kind != "topic_gone":
        return
    name, _, generation = receipt.ref.partition(":")
    home = await inbox.of(tx, name)
    if home.has_topics and home.generation == int(generation):
        await inbox.remake(desk, tx, home, now=now)


async def became_urgent(
    desk: HandoverDesk, tx: Tx, case: Case, person: Person, *, now: datetime
) -> None:
    """Danger was named while it waited, or in a talk: alarm somebody now (`alarm_at` says so), and
    tell the person when nobody reads it at this hour."""
    await planning.plan(desk, tx, case, now=now)
    own = _own(desk, case, now=now)
    if own.expected_at is not None and own.expected_at <= now:
        return
    text = wording.nobody_now(desk.catalogs.words(person.language), own, now=now)
    told = Outgoing(to=person.telegram_id, lane="notice", text=text, person_id=person.id)
    await outbox.put(tx, told)  # after the numbers to call
