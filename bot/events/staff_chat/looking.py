"""The coordinators' list of events, one of them, who comes, and whether people may register."""

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Message
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import Outdated, number_in
from bot.events.desk import EventsDesk
from bot.events.service import organising
from bot.events.staff_chat import screens
from bot.events.wording import plans
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: EventsDesk) -> Routes:
    """Buttons in a coordinator's own chat."""
    taps: dict[str, Shows[EventsDesk]] = {
        "ecdesk": show_coming,
        "ecold": show_past,
        "ecev": show_one,
        "ecwho": show_guests,
        "ecopen": set_open,
    }
    return Routes(actions=bound(desk, taps))


async def show_coming(
    desk: EventsDesk, tx: Tx, person: Person, incoming: Said | Tapped
) -> list[Message]:
    """What is planned, the soonest first."""
    return [await _listed(desk, tx, person, incoming, is_past=False)]


async def show_past(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What was, the latest first."""
    return [await _listed(desk, tx, person, tap, is_past=True)]


async def show_one(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One event."""
    event = await organising.get(desk, tx, person, number_in(tap.argument))
    return [screens.posted(await screens.one(desk, tx, person, event, tap), tap)]


async def show_guests(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """👥 Who comes."""
    id_, _colon, page = tap.argument.partition(":")
    event, people, reads = await organising.guests(desk, tx, person, number_in(id_))
    shown = plans.guests(
        desk.words(person),
        event,
        people,
        reads,
        page=number_in(page or "0"),
        house=screens.house(desk),
    )
    return [screens.posted(shown, tap)]


async def set_open(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🔒 Nobody registers any more; 🔓 they do."""
    id_, _colon, wanted = tap.argument.partition(":")
    if wanted not in ("0", "1"):
        raise Outdated
    event = await organising.set_open(
        desk, tx, person, number_in(id_), is_open=wanted == "1", now=tap.at
    )
    return [screens.posted(await screens.one(desk, tx, person, event, tap), tap)]


async def _listed(
    desk: EventsDesk, tx: Tx, person: Person, incoming: Incoming, *, is_past: bool
) -> Message:
    argument = incoming.argument if isinstance(incoming, Tapped) else ""
    page = number_in(argument or "0")
    found = await organising.listed(desk, tx, person, is_past=is_past, page=page, now=incoming.at)
    shown = plans.listed(
        desk.words(person), found.events, is_past=is_past, page=page, has_more=found.has_more
    )
    return screens.posted(shown, incoming)
