"""Referral to the legal helpdesk: with consent, to an open session or a place at a time."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.delivery import outbox
from bot.delivery.messages import Delete, Location, Message, Outgoing, in_reading_order
from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Party, Session
from bot.handover.service import cases, closing, handing, inbox, sessions, topics, visiting
from bot.handover.tables import cases as rows
from bot.handover.tables import legal_visits
from bot.handover.wording import referring as wording
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


async def ask(desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime) -> Case:
    """The claimant proposes it: the person is asked. Raises NotTheClaimant, QuestionIsOver."""
    require(person)
    case = await cases.hold(tx, case_id)
    if not case.is_with_a_colleague:
        raise domain.QuestionIsOver
    if Party.CLAIMANT not in domain.parties(case, person):
        raise domain.NotTheClaimant
    asked = await cases.person_of(tx, case)
    if asked is None:
        raise Outdated
    _ = desk.catalogs.words(asked.language)
    has_own = desk.group_for(domain.LEGAL, case.language) != desk.group_of(case)
    is_shared = not has_own or domain.is_for_the_trained(case)
    text, buttons = wording.ask(_, case, desk.organisation, has_own_group=not is_shared)
    post: Message = Outgoing(
        to=asked.telegram_id,
        slot=case.slot("refer"),
        text=text,
        buttons=buttons,
        person_id=asked.id,
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))
    await cases.record(tx, "refer_asked", case.id, actor=person, now=now)
    return case


async def agree(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime
) -> tuple[Case, list[Session]]:
    """Yes: the next sessions with a place, those in the person's language first. Where none is
    planned the question goes to the legal desk. Raises Outdated, TooLateToReopen."""
    case = await _own(tx, person, case_id)
    found = await _offers(tx, person, now=now)
    if await tx.scalar(select(rows.c.referred_at).where(rows.c.id == case.id)) is None:
        await cases.note(tx, case.id, referred_at=now)
        await cases.record(tx, "refer_agreed", case.id, actor=person, now=now)
        text = wording.agreed(desk.staff_words, has_sessions=bool(found))
        await topics.say(desk, tx, case, text)
    if not found and case.visit_at is None:
        case = await _to_the_desk(desk, tx, person, case, now=now)
    return case, found


async def _to_the_desk(
    desk: HandoverDesk, tx: Tx, person: Person, case: Case, *, now: datetime
) -> Case:
    """Somebody of the legal desk takes it and writes; what was asked under 18 stays where it is."""
    if domain.is_for_the_trained(case):
        return case
    if case.state is domain.State.CLOSED:
        case = await closing.reopen(desk, tx, person, case, now=now)
    if case.desk == domain.LEGAL:
        return case
    note = wording.passed_to_desk(desk.staff_words)
    return await handing.pass_on(desk, tx, case, domain.LEGAL, note=note, now=now)


async def _offers(tx: Tx, person: Person, *, now: datetime) -> list[Session]:
    found = await sessions.upcoming(tx, now=now, limit=50)
    open_ones = [one for one in found if not one.is_full]
    is_other = [bool(one.languages) and person.language not in one.languages for one in open_ones]
    order = sorted(range(len(open_ones)), key=lambda n: is_other[n])[: domain.OFFERED]
    return [open_ones[n] for n in order]


async def refuse(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime
) -> Case:
    """No: nothing is passed on."""
    case = await _own(tx, person, case_id)
    await _give_up(desk, tx, case)
    case = await cases.note(tx, case.id, referred_at=None, visit_at=None) or case
    await cases.record(tx, "refer_refused", case.id, actor=person, now=now)
    await topics.say(desk, tx, case, wording.refused(desk.staff_words))
    return case


async def choose(
    desk: HandoverDesk,
    tx: Tx,
    person: Person,
    case_id: int,
    session_id: int,
    *,
    place: int | None,
    now: datetime,
) -> tuple[Case, Session]:
    """The person comes to this one; an earlier choice is given back. `place`: of one with times.

    Raises SessionFull, SessionOver, Outdated without consent.
    """
    case = await _own(tx, person, case_id)
    if await tx.scalar(select(rows.c.referred_at).where(rows.c.id == case.id)) is None:
        raise Outdated
    session = await sessions.find(tx, session_id)
    if session.starts_at <= now:
        raise domain.SessionOver
    await _give_up(desk, tx, case)
    taken = await _take(tx, case, await sessions.find(tx, session_id), place)
    moment = session.moment(taken)
    case = await cases.note(tx, case.id, visit_at=moment) or case
    await cases.record(tx, "visit", case.id, actor=person, now=now, session=session_id)
    await visiting.remind_of(tx, case, moment, now=now)
    await _tell(desk, tx, case, session, now=now)
    return case, session


async def _take(tx: Tx, case: Case, session: Session, wanted: int | None) -> int | None:
    """A place that nobody else has: two who want the last one, exactly one gets it."""
    candidates: tuple[int | None, ...] = (None,)
    if session.total is not None:
        candidates = session.free
        if session.minutes is not None and wanted is not None:
            at = session.moment(wanted)
            candidates = tuple(one for one in session.free if session.moment(one) == at)
    for place in candidates:
        statement = tx.insert(legal_visits).values(
            session_id=session.id, case_id=case.id, place=place
        )
        made = await tx.one(statement.on_conflict_do_nothing().returning(legal_visits.c.id))
        if made is not None:
            return place
    raise domain.SessionFull


async def give_back(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime
) -> Case:
    """The person cannot come: the place is free again."""
    case = await _own(tx, person, case_id)
    await _give_up(desk, tx, case)
    case = await cases.note(tx, case.id, visit_at=None) or case
    await cases.record(tx, "visit_off", case.id, actor=person, now=now)
    await topics.say(desk, tx, case, wording.given_back(desk.staff_words))
    return case


async def _give_up(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    await tx.execute(delete(legal_visits).where(legal_visits.c.case_id == case.id))
    await visiting.no_reminder(tx, case)
    await forget_at_desk(tx, case)


async def forget_at_desk(tx: Tx, case: Case) -> None:
    """What the legal desk's group was told goes."""
    await outbox.cancel(tx, f"visit:{case.id}:{case.visit_at}")
    place = await outbox.slot(tx, case.slot("visit"))
    if place is not None:
        gone = Delete(to=place.chat_id, lane="update", message_ids=(place.id,))
        await outbox.put(tx, gone)
        await outbox.forget_slots(tx, case.slot("visit"))


async def erase(tx: Tx, case: Case) -> None:
    """The question goes: so does its place, and what was passed on."""
    await tx.execute(delete(legal_visits).where(legal_visits.c.case_id == case.id))
    await visiting.no_reminder(tx, case)
    await forget_at_desk(tx, case)


async def _tell(desk: HandoverDesk, tx: Tx, case: Case, session: Session, *, now: datetime) -> None:
    """The claimant, and the colleagues of the legal desk, who get what the person agreed to."""
    await topics.say(desk, tx, case, wording.comes(desk.staff_words, case, session))
    group = desk.group_for(domain.LEGAL, case.language)
    if group is None or group == desk.group_of(case) or domain.is_for_the_trained(case):
        return
    summary, _home, _said = await inbox.look(tx, case, now=now)
    asked_in = desk.catalogs.words(case.language)
    text = wording.passed_on(desk.staff_words, summary, asked_in, session)
    post = Outgoing(
        to=group,
        lane="notice",
        slot=case.slot("visit"),
        key=f"visit:{case.id}:{case.visit_at}",
        text=text,
        person_id=case.person_id,
    )
    await outbox.put(tx, post)


def pin(session: Session) -> Message:
    """Where it is, on the map."""
    return Location(latitude=session.site.latitude, longitude=session.site.longitude)


async def call_off(
    desk: HandoverDesk, tx: Tx, person: Person, session_id: int, *, now: datetime
) -> int:
    """It does not take place: who would have come is told, and may choose another. How many."""
    session = await sessions.switch_off(tx, person, session_id, now=now)
    visits = await tx.all(select(legal_visits).where(legal_visits.c.session_id == session_id))
    for row in visits:
        case = await cases.hold(tx, row["case_id"])
        asked = await cases.person_of(tx, case)
        await _give_up(desk, tx, case)
        await cases.note(tx, case.id, visit_at=None)
        if asked is None:
            continue
        _ = desk.catalogs.words(asked.language)
        text, buttons = wording.called_off(_, case, session)
        post = Outgoing(
            to=asked.telegram_id, lane="notice", text=text, buttons=buttons, person_id=asked.id
        )
        await outbox.put(tx, post)
    return len(visits)


async def _own(tx: Tx, person: Person, case_id: int) -> Case:
    case = await cases.own(tx, person.id, case_id)
    if not case.is_open and case.state is not domain.State.CLOSED:  # a visit may still be ahead
        raise Outdated
    return case
