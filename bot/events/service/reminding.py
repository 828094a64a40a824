"""Reminders of a place: each once, never at night, never for nothing, and those that people want.

A place has one reminder planned. Its handler judges again: is there still a place, is it still
then, does the person want this one? One that comes late (nobody ran the bot) is sent while no later
one has come, and says so; what became of it is written down either way.
"""

from collections.abc import Collection
from datetime import UTC, datetime

from bot.delivery import outbox
from bot.delivery.outcomes import Receipt
from bot.events import domain
from bot.events.desk import EventsDesk
from bot.events.domain import Event, Place, Registration
from bot.events.service import listing, news, participants, planned, team_rows
from bot.events.wording import reminders as wording
from bot.events.wording import team_news as team_wording
from bot.people.domain import Person
from bot.schedule import reminders, timing
from bot.schedule.reminders import Fate, Reminder
from bot.storage.transaction import Tx

RECEIPT = "events.reminded"
_AGAIN = "again-"  # the chosen moment follows


async def remind(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """`ref`: the number of the place, and which reminder."""
    number, _, name = ref.partition(":")
    found = await _standing(tx, int(number))
    if found is None:
        return
    event, place = found
    person = await participants.person_of(tx, place.participant)
    wanted = wanted_by(person, event.kind)
    verdict = reminders.judge(event.starts_at, name, wanted, now=now)
    if verdict.waits is not None:
        await planned.remind_at(tx, place, name, at=verdict.waits)
        return
    for one, fate in verdict.fates:
        await _note(tx, event, place, one, fate, now=now)
    if verdict.sends is not None:
        await _send(
            desk, tx, event, place, verdict.sends, person=person, is_late=verdict.is_late, now=now
        )
    await planned.reminder(tx, event, place, now=now)


async def remind_again(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Somebody tapped "Later". `ref`: the number of the place, and the moment they chose."""
    number, _, seconds = ref.partition(":")
    found = await _standing(tx, int(number))
    if found is None:
        return
    event, place = found
    one = Reminder(f"{_AGAIN}{seconds}", datetime.fromtimestamp(int(seconds), UTC))
    person = await participants.person_of(tx, place.participant)
    if event.has_begun(now):
        await _note(tx, event, place, one, Fate.OVER, now=now)
    elif not timing.is_quiet(now):
        is_late = now - one.at > reminders.LATE
        await _send(desk, tx, event, place, one, person=person, is_late=is_late, now=now)
    elif (morning := timing.morning_after(now)) < event.starts_at:
        await planned.again(tx, place, one.at, at=morning)
    else:
        await _note(tx, event, place, one, Fate.NIGHT, now=now)


async def hear(tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """The post could not send it before the night (or before the next one): it is judged again, as
    if it had not been due yet. Who blocked the bot did not get it."""
    if receipt.state in ("sent", "uncertain"):
        return
    number, name, starts_at = receipt.ref.split(":")
    key = _key(int(number), name, int(starts_at))
    found = await _standing(tx, int(number))
    if receipt.state != "expired":
        fate = Fate.AWAY if receipt.state == "unreachable" else Fate.REFUSED
        await reminders.change(tx, key, fate)
    elif found is None:
        await reminders.change(tx, key, Fate.OVER)
    elif await reminders.unsay(tx, key):
        await outbox.take_back(tx, [key])
        await _once_more(tx, found[1], name, at=timing.considerate(now))


async def _once_more(tx: Tx, place: Registration, name: str, *, at: datetime) -> None:
    if name.startswith(_AGAIN):
        chosen = datetime.fromtimestamp(int(name.removeprefix(_AGAIN)), UTC)
        await planned.again(tx, place, chosen, at=at)
    else:
        await planned.remind_at(tx, place, name, at=at)


def wanted_by(person: Person | None, kind: str) -> Collection[str]:
    """Which reminders somebody gets of an event of this kind."""
    if person is None or person.reminders is None:
        return domain.reminders(kind)
    return person.reminders


async def _standing(tx: Tx, number: int) -> tuple[Event, Registration] | None:
    """The place and its event; None where nobody has to be reminded any more."""
    found = await listing.place(tx, number)
    if found is None or found[1].state is not Place.PLACED or found[0].cancelled_at is not None:
        return None
    event, place = found
    return event.for_place(place), place


async def _send(
    desk: EventsDesk,
    tx: Tx,
    event: Event,
    place: Registration,
    one: Reminder,
    *,
    person: Person | None,
    is_late: bool,
    now: datetime,
) -> None:
    if person is None:
        await _note(tx, event, place, one, Fate.AWAY, now=now)
        return
    fate = Fate.LATE if is_late else Fate.SENT
    if not await _note(tx, event, place, one, fate, now=now):
        return
    starts = int(event.starts_at.timestamp())
    has_later = bool(timing.later(now, event.starts_at))
    team = await team_rows.name_of(tx, place.team)
    await news.post(
        desk,
        tx,
        person,
        lambda _: team_wording.with_team(
            _,
            wording.reminder(_, event, place, is_late=is_late, has_later=has_later, now=now),
            team,
        ),
        at=now,
        expires_at=reminders.useful_until(event.starts_at, now=now),
        lane="reminder",
        key=_key(place.id, one.name, starts),
        receipt=RECEIPT,
        ref=f"{place.id}:{one.name}:{starts}",
    )


async def _note(
    tx: Tx, event: Event, place: Registration, one: Reminder, fate: Fate, *, now: datetime
) -> bool:
    key = _key(place.id, one.name, int(event.starts_at.timestamp()))
    return await reminders.note(tx, key, event.kind, fate, due_at=one.at, now=now)


def _key(place: int, name: str, starts: int) -> str:
    return f"remind:{place}:{name}:{starts}"
