"""Fewer or more reminders, for everything or for later: below each reminder, and in My things."""

from datetime import datetime

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.events.desk import EventsDesk
from bot.events.domain import Event, Place, Registration
from bot.events.domain import refusals as refused
from bot.events.service import listing, planned
from bot.events.wording import reminders, wishes
from bot.events.wording.wishes import Thing
from bot.people import service as people
from bot.people.desk import Things
from bot.people.domain import Person
from bot.schedule import timing
from bot.schedule.reminders import BEFORE
from bot.storage.transaction import Tx

_USUAL, _NONE, _BACK = "usual", "none", "back"


def routes(desk: EventsDesk) -> Routes:
    """Buttons of reminders."""
    return Routes(actions=bound(desk, {"erem": choose, "elater": later}))


def things(desk: EventsDesk) -> Things:
    """A button of "My things"."""

    async def found(tx: Tx, person: Person, now: datetime) -> list[Thing]:
        return [wishes.thing(desk.catalogs.words(person.language))]

    return found


async def choose(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🔔 Which reminders somebody wants; a tap on one of them changes it."""
    if tap.argument:
        person = await people.choose_reminders(tx, person, _chosen(person, tap.argument))
    text, buttons = wishes.choice(desk.catalogs.words(person.language), _has(person))
    if not tap.argument:
        return [Outgoing(text=text, buttons=buttons)]
    return [Edit(text=text, buttons=buttons)]


async def later(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """⏰ Not now: when, then? Only what is before it begins."""
    number, _colon, name = tap.argument.partition(":")
    event, place = await _mine(tx, person, number_in(number), tap.at)
    moments = timing.later(tap.at, event.starts_at)
    _ = desk.catalogs.words(person.language)
    if name == _BACK or not moments:
        said = reminders.reminder(_, event, place, has_later=bool(moments), now=tap.at)
        return [Edit(text=said.text, buttons=said.buttons)]
    if not name:
        text, buttons = wishes.ask_when(_, event, moments)
        return [Edit(text=text, buttons=buttons)]
    if name not in moments:
        raise Outdated
    await planned.again(tx, place, moments[name], at=moments[name])
    text, buttons = wishes.again(_, event, place, moments[name])
    return [Edit(text=text, buttons=buttons)]


async def _mine(tx: Tx, person: Person, event_id: int, now: datetime) -> tuple[Event, Registration]:
    event, _who, place = await listing.seen_by(tx, person.id, event_id)
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if place is None or place.state is not Place.PLACED:
        raise refused.NoPlace
    event = event.for_place(place)
    if event.has_begun(now):
        raise refused.Over
    return event.for_place(place), place


def _has(person: Person) -> list[str]:
    """What they get now, in order; who chose nothing gets the usual ones."""
    chosen = tuple(BEFORE) if person.reminders is None else person.reminders
    return [name for name in BEFORE if name in chosen]


def _chosen(person: Person, wish: str) -> list[str] | None:
    """What they get from now on. Raises Outdated for what no button says."""
    if wish in (_USUAL, _NONE):
        return None if wish == _USUAL else []
    name, _colon, is_on = wish.partition(":")
    if name not in BEFORE or is_on not in ("0", "1"):
        raise Outdated
    has = set(_has(person)) - {name}
    return [one for one in BEFORE if one in has or (one == name and is_on == "1")]
