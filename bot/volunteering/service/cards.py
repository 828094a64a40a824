"""The card of a sign-up in the team's group: short, and true as long as it stands there."""

from sqlalchemy import select

from bot.delivery import outbox
from bot.delivery.messages import Edit, Outgoing, in_reading_order
from bot.events import tables as events_tables
from bot.events.domain import TALK, Place
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.enrolling import Volunteer
from bot.volunteering.service import offices, volunteers
from bot.volunteering.wording import approving as wording
from bot.volunteering.wording.approving import Sheet


async def post(desk: VolunteeringDesk, tx: Tx, one: Volunteer) -> None:
    """Somebody waits for a coordinator: into the group, else to each coordinator of the office."""
    _ = desk.catalogs.words(desk.staff_language)
    text, buttons = wording.card(_, await sheet(desk, tx, one))
    if desk.group is not None:
        posts = [Outgoing(to=desk.group, text=text, buttons=buttons, slot=slot(one.id))]
    else:
        team = await offices.coordinators(tx, one.office)
        posts = [Outgoing(to=person.telegram_id, text=text, buttons=buttons) for person in team]
    await outbox.put(tx, *in_reading_order(posts, is_rtl=_.is_rtl))


async def update(desk: VolunteeringDesk, tx: Tx, volunteer_id: int) -> None:
    """The card in the group, as the file stands now."""
    one = await volunteers.get(tx, volunteer_id)
    if one is None or desk.group is None or one.file["source"] != "telegram":
        return
    _ = desk.catalogs.words(desk.staff_language)
    text, buttons = wording.card(_, await sheet(desk, tx, one))
    edit = Edit(to=desk.group, slot=slot(one.id), text=text, buttons=buttons, or_send=False)
    await outbox.put(tx, *in_reading_order([edit], is_rtl=_.is_rtl))


async def withdraw(desk: VolunteeringDesk, tx: Tx, one: Volunteer) -> None:
    """The file is gone; so is what the card says."""
    if desk.group is not None:
        text = wording.withdrawn(desk.catalogs.words(desk.staff_language))
        edit = Edit(to=desk.group, slot=slot(one.id), text=text, or_send=False)
        await outbox.put(tx, edit)


async def sheet(desk: VolunteeringDesk, tx: Tx, one: Volunteer) -> Sheet:
    """What a card says of somebody."""
    office = desk.offices.get(one.office)
    return Sheet(
        volunteer=one,
        name=await volunteers.called(tx, one),
        office=office.name if office else "",
        talk_at=await _talk_at(tx, one),
    )


async def _talk_at(tx: Tx, one: Volunteer) -> object:
    events, places = events_tables.events, events_tables.registrations
    return await tx.scalar(
        select(events.c.starts_at)
        .join(places, places.c.event_id == events.c.id)
        .where(events.c.kind == TALK, events.c.cancelled_at.is_(None))
        .where(places.c.participant_id == one.id, places.c.state == Place.PLACED)
        .order_by(events.c.starts_at.desc())
        .limit(1)
    )


def slot(volunteer_id: int) -> str:
    """The name under which the card is found again."""
    return f"volunteer:{volunteer_id}:card"
