"""The evening before a shift: who comes, to its contact person or to the coordinators; and calls to
who has no Telegram."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.delivery import outbox
from bot.delivery.messages import Buttons, Outgoing, in_reading_order
from bot.events.domain import Event, Place, Taken
from bot.events.service import places
from bot.people import service as people
from bot.people.domain import Person, Role, is_at_least
from bot.schedule import timing
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.readiness import Item
from bot.volunteering.service import offices, preparing
from bot.volunteering.wording import readiness as ready
from bot.volunteering.wording import shifts as wording


async def send_list(desk: VolunteeringDesk, tx: Tx, event: Event, *, now: datetime) -> None:
    """To the contact person; to the coordinators where there is none in Telegram, where somebody
    has to be called or to show an extract, or where too few people come. Only coordinators read
    what is open before a first shift."""
    told = [one for one in await places.on_the_list(tx, event.id) if one.state is Place.PLACED]
    contact = await _contact(tx, event)
    readers = [contact] if contact is not None else []
    must_call = any(one.person_id is None for one in told)
    found = await preparing.lacking(tx, event, among=tuple(Item), now=now)
    must_see = any(Item.EXTRACT in one.items for one in found)
    if contact is None or must_call or must_see or len(told) < event.draft.minimum:
        known = {one.id for one in readers}
        readers += [one for one in await _coordinators(tx, event) if one.id not in known]
    at = timing.considerate(now, happens_at=event.starts_at)
    for person in readers:
        _ = desk.catalogs.words(person.language)
        is_coordinator = is_at_least(person.role, Role.COORDINATOR)
        more, buttons = ready.in_the_evening(_, found if is_coordinator else ())
        post = Outgoing(
            to=person.telegram_id,
            buttons=buttons,
            lane="notice",
            key=f"evening:{event.id}:{int(event.starts_at.timestamp())}:{person.id}",
            text="\n\n".join(filter(None, (wording.evening_list(_, event, told), more))),
            hold_until=at,
            expires_at=event.ends_at,
            person_id=person.id,
        )
        await outbox.put(tx, post)


async def call(desk: VolunteeringDesk, tx: Tx, event: Event, taken: Taken, what: str) -> None:
    """Somebody without Telegram is concerned: a card for the team, who calls."""
    _ = desk.catalogs.words(desk.staff_language)
    text, buttons = wording.call_card(_, event, taken, what)
    await tell_team(desk, tx, event, text, buttons)


async def tell_team(
    desk: VolunteeringDesk,
    tx: Tx,
    event: Event,
    text: str,
    buttons: Buttons = (),
    *,
    key: str | None = None,
) -> None:
    """Into the team's group; where there is none, to each coordinator of the office."""
    _ = desk.catalogs.words(desk.staff_language)
    chats = [desk.group] if desk.group is not None else []
    chats = chats or [one.telegram_id for one in await _coordinators(tx, event)]
    for chat in chats:
        own_key = None if key is None else f"{key}:{chat}"
        post = Outgoing(to=chat, lane="notice", key=own_key, text=text, buttons=buttons)
        await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def _coordinators(tx: Tx, event: Event) -> Sequence[Person]:
    return await offices.coordinators(tx, event.draft.office or "")


async def _contact(tx: Tx, event: Event) -> Person | None:
    """The contact person of a shift, as far as they have Telegram."""
    shifts, assignments = tables.shifts, tables.assignments
    contacts = tables.organisation_contacts
    which = func.coalesce(shifts.c.contact_id, assignments.c.contact_id)
    person_id = await tx.scalar(
        select(contacts.c.person_id)
        .select_from(shifts)
        .join(assignments, assignments.c.id == shifts.c.assignment_id)
        .join(contacts, contacts.c.id == which)
        .where(shifts.c.event_id == event.id, contacts.c.is_active)
    )
    if person_id is None:
        return None
    return (await people.reachable(tx, [person_id])).get(person_id)
