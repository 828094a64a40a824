"""Reminders of a session of the legal helpdesk: where, when, what to bring; by the same rules as
those of events."""

from datetime import datetime

from sqlalchemy import select

from bot.delivery import outbox
from bot.delivery.messages import Message, Outgoing, in_reading_order
from bot.errors import Outdated
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Session
from bot.handover.service import cases, sessions
from bot.handover.tables import cases as rows
from bot.handover.tables import legal_visits
from bot.handover.wording import referring as wording
from bot.people.domain import Person
from bot.schedule import due, reminders
from bot.schedule.reminders import DAY, HOURS, Fate, Reminder
from bot.storage.transaction import Tx

KIND = "handover.visit"
_USUAL = (DAY, HOURS)  # unless somebody chose others
_OF_LEGAL = "legal"


async def remind_of(tx: Tx, case: Case, moment: datetime, *, now: datetime) -> None:
    """Have the person reminded of what begins then; the earlier plan goes."""
    found = reminders.following(moment, after=now)
    if found is None:
        await no_reminder(tx, case)
        return
    await _plan(tx, case, found.name, at=found.at)


async def no_reminder(tx: Tx, case: Case) -> None:
    """The place was given back, or the question is gone."""
    await due.cancel(tx, _planned(case))


async def remind(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """The session is near, unless it was given back or erased. `ref`: the number of the question,
    and which reminder."""
    number, _colon, name = ref.partition(":")
    case = next(iter(await cases.find_all(tx, rows.c.id == int(number))), None)
    visit = await _visit(tx, int(number))
    if case is None or visit is None:
        return
    session, place = visit
    moment = session.moment(place)
    asked = await cases.person_of(tx, case)
    chosen = None if asked is None else asked.reminders
    verdict = reminders.judge(moment, name, _USUAL if chosen is None else chosen, now=now)
    if verdict.waits is not None:
        await _plan(tx, case, name, at=verdict.waits)
        return
    for one, fate in verdict.fates:
        await _note(tx, case, moment, one, fate, now=now)
    if verdict.sends is not None:
        fate = Fate.LATE if verdict.is_late else Fate.SENT
        noted = Fate.AWAY if asked is None else fate
        is_new = await _note(tx, case, moment, verdict.sends, noted, now=now)
        if asked is not None and is_new:
            await _send(desk, tx, case, asked, session, moment=moment, fate=fate, now=now)
    await remind_of(tx, case, moment, now=now)


async def _send(
    desk: HandoverDesk,
    tx: Tx,
    case: Case,
    asked: Person,
    session: Session,
    *,
    moment: datetime,
    fate: Fate,
    now: datetime,
) -> None:
    _ = desk.catalogs.words(asked.language)
    text, buttons = wording.reminder(_, case, session, moment, is_late=fate is Fate.LATE)
    post: Message = Outgoing(
        to=asked.telegram_id,
        lane="reminder",
        text=text,
        buttons=buttons,
        expires_at=reminders.useful_until(moment, now=now),
        person_id=asked.id,
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def _note(
    tx: Tx, case: Case, moment: datetime, one: Reminder, fate: Fate, *, now: datetime
) -> bool:
    key = f"visit:{case.id}:{one.name}:{int(moment.timestamp())}"
    return await reminders.note(tx, key, _OF_LEGAL, fate, due_at=one.at, now=now)


async def _plan(tx: Tx, case: Case, name: str, *, at: datetime) -> None:
    await due.plan(tx, key=_planned(case), kind=KIND, ref=f"{case.id}:{name}", at=at)


def _planned(case: Case) -> str:
    return f"visit:{case.id}:remind"


async def _visit(tx: Tx, case_id: int) -> tuple[Session, int | None] | None:
    row = await tx.one(select(legal_visits).where(legal_visits.c.case_id == case_id))
    if row is None:
        return None
    try:
        return await sessions.find(tx, row["session_id"]), row["place"]
    except Outdated:
        return None
