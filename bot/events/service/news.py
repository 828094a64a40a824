"""Posts to people about an event: in their own language, in the morning rather than at night."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from bot.delivery import outbox
from bot.delivery.messages import Lane, Outgoing, in_reading_order
from bot.events.desk import EventsDesk
from bot.events.domain import Event, Kind, Registration, Taken
from bot.events.service import participants
from bot.events.wording import calling
from bot.events.wording import calls as wording
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.schedule import timing
from bot.storage.transaction import Tx

Says = Callable[[Words], Outgoing]

NEAR = timedelta(hours=2)  # so near that a journey for nothing is worse than a bell at night


async def post(
    desk: EventsDesk,
    tx: Tx,
    person: Person,
    says: Says,
    *,
    at: datetime,
    expires_at: datetime | None = None,
    lane: Lane = "notice",
    key: str | None = None,
    receipt: str | None = None,
    ref: str | None = None,
) -> None:
    """Post what `says` makes in the person's words, not before `at`."""
    _ = desk.catalogs.words(person.language)
    said = msgspec.structs.replace(
        says(_),
        to=person.telegram_id,
        lane=lane,
        key=key,
        hold_until=at,
        expires_at=expires_at,
        receipt=receipt,
        ref=ref,
        person_id=person.id,
    )
    await outbox.put(tx, *in_reading_order([said], is_rtl=_.is_rtl))


async def call(
    desk: EventsDesk, tx: Tx, event: Event, place: Registration, what: str, *, name: str
) -> None:
    """Have a colleague call somebody who has no Telegram."""
    taken = Taken(registration=place, name=name, person_id=None)
    calls = desk.calls.get(event.kind)
    if calls is not None:
        await calls(tx, event, taken, what)
    elif event.kind in tuple(Kind):
        await _tell_team(desk, tx, event, taken, what)


async def _tell_team(desk: EventsDesk, tx: Tx, event: Event, taken: Taken, what: str) -> None:
    """A card in the group, with buttons for what they say."""
    group = desk.staff_groups.get("volunteering", desk.staff_groups.get("infodesk"))
    if group is None:
        return
    _ = desk.catalogs.words(desk.staff_language)
    text, buttons = wording.card(_, event, taken, what)
    post = Outgoing(to=group, lane="notice", text=text, buttons=buttons)
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def have_called(
    desk: EventsDesk,
    tx: Tx,
    event: Event,
    places: Sequence[Registration],
    what: str,
    *,
    at: datetime,
) -> None:
    """The same of many at once, who cannot be written to: where nobody above calls people of this
    kind of event one by one, the team's group hears all their names in one message."""
    known = await participants.names_of(tx, [one.participant for one in places]) if places else {}
    if event.kind in desk.calls:
        for one in places:
            await call(desk, tx, event, one, what, name=known.get(one.participant, "—"))
        return
    names = [known[one.participant] for one in places if one.participant in known]
    group = desk.staff_groups.get("volunteering") or desk.staff_groups.get("infodesk")
    if not names or group is None:
        return
    _ = desk.catalogs.words(desk.staff_language)
    said = Outgoing(
        to=group, lane="notice", hold_until=at, text=calling.please(_, event, names, what)
    )
    await outbox.put(tx, *in_reading_order([said], is_rtl=_.is_rtl))


def rings_at(now: datetime, *moments: datetime) -> datetime:
    """When news of something that happens then may ring."""
    return timing.considerate(now, happens_at=min(moments), reach=NEAR)
