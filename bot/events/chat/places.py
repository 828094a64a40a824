"""What people tap below news of an event: yes, no, I come, I cannot come, where is it."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, File, Location, Made, Message
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.events import domain
from bot.events.desk import EventsDesk
from bot.events.domain import Event, ParticipantId, Place
from bot.events.domain import refusals as refused
from bot.events.service import calendar_files, listing, marking, missing, participants, places
from bot.events.wording import missing as missing_wording
from bot.events.wording import offers, reminders
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: EventsDesk) -> Routes:
    """Buttons that work as long as the event is ahead, however old the message is."""
    screens = {
        "eyes": accept,
        "eno": decline,
        "ejoin": join,
        "ecome": confirm,
        "ecannot": ask_to_give_back,
        "egive": give_back,
        "emap": show_map,
        "eics": send_calendar_file,
        "emiss": tell_why,
        "ewhy": tell_why_given_back,
    }
    return Routes(actions=bound(desk, screens))


async def accept(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Yes to an offer, or the first tap."""
    return await _claim(desk, tx, person, tap, is_offer=True)


async def join(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A place, or one on the waitlist, for who had given it back or was too late. Who was never on
    the list comes in by another door, which asks more."""
    return await _claim(desk, tx, person, tap, is_offer=False)


async def decline(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """No, thank you."""
    mine, event = await _mine(tx, person, tap)
    await places.decline(tx, mine, event.id, now=tap.at)
    text, buttons = offers.declined(desk.catalogs.words(person.language), event)
    return [Edit(text=text, buttons=buttons)]


async def confirm(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Yes, I come."""
    mine, event = await _mine(tx, person, tap)
    await places.confirm(tx, mine, event.id, now=tap.at)
    text, buttons = reminders.confirmed(desk.catalogs.words(person.language), event)
    return [Edit(text=text, buttons=buttons)]


async def ask_to_give_back(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """I cannot come: are they sure?"""
    event, _mine, place = await listing.seen_by(tx, person.id, number_in(tap.argument))
    if place is None or place.state not in (Place.PLACED, Place.OFFERED):
        raise refused.NoPlace
    event = event.for_place(place)
    if event.has_begun(tap.at):
        raise refused.Over
    text, buttons = reminders.ask_to_give_back(desk.catalogs.words(person.language), event)
    return [Edit(text=text, buttons=buttons)]


async def give_back(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The place is somebody else's."""
    mine, event = await _mine(tx, person, tap)
    await places.give_back(tx, mine, event.id, now=tap.at)
    text, buttons = reminders.given_back(desk.catalogs.words(person.language), event)
    return [Edit(text=text, buttons=buttons)]


async def show_map(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A pin on the map."""
    event = await listing.get(tx, number_in(tap.argument))
    if event.draft.latitude is None or event.draft.longitude is None:
        raise Outdated
    return [Location(latitude=event.draft.latitude, longitude=event.draft.longitude)]


async def send_calendar_file(
    desk: EventsDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """A file that the phone's calendar understands."""
    event, _mine, place = await listing.seen_by(tx, person.id, number_in(tap.argument))
    own = "" if place is None or place.own_start is None else f":{place.id}"
    made = Made(calendar_files.KIND, f"{event.id}:{person.language or ''}{own}")
    return [File(made=made, name="wegwijzer.ics")]


async def tell_why(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Why somebody did not come, or that they did."""
    number, _, reason = tap.argument.partition(":")
    if reason not in domain.REASONS:
        raise Outdated
    mine = await _participant(tx, person)
    await missing.answer(desk, tx, mine, number_in(number), reason, now=tap.at)
    words = desk.catalogs.words(person.language)
    return [Edit(text=missing_wording.thanks(words, was_there=reason == missing.THERE))]


async def tell_why_given_back(
    desk: EventsDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Why a place was given back: one tap, for who likes to."""
    number, _, reason = tap.argument.partition(":")
    if reason not in domain.REASONS or reason == missing.THERE:
        raise Outdated
    mine = await _participant(tx, person)
    event = await listing.get(tx, number_in(number))
    await marking.explain(tx, mine, event.id, reason, now=tap.at)
    text, buttons = reminders.explained(desk.catalogs.words(person.language), event)
    return [Edit(text=text, buttons=buttons)]


async def _claim(
    desk: EventsDesk, tx: Tx, person: Person, tap: Tapped, *, is_offer: bool
) -> list[Message]:
    """What somebody has now: the place, or their position on the waitlist."""
    mine, event = await _mine(tx, person, tap)
    try:
        held = await places.claim_again(tx, mine, event.id, now=tap.at, is_offer=is_offer)
    except refused.Conflict as conflict:
        return [_conflict(desk, person, event, conflict.event)]
    _ = desk.catalogs.words(person.language)
    if held.place.state is Place.WAITING:
        text, buttons = offers.waiting(_, event, await listing.position(tx, held.place))
    else:
        text, buttons = offers.accepted(_, event)
    return [Edit(text=text, buttons=buttons)]


def _conflict(desk: EventsDesk, person: Person, event: Event, other: Event) -> Edit:
    _ = desk.catalogs.words(person.language)
    buttons = (*offers.conflict_buttons(_, other), *offers.again(_, event))
    return Edit(text=offers.conflict(_, event, other), buttons=buttons)


async def _mine(tx: Tx, person: Person, tap: Tapped) -> tuple[ParticipantId, Event]:
    """Only who is known has anything; a strange number in a button gives nothing."""
    event, mine, place = await listing.seen_by(tx, person.id, number_in(tap.argument))
    if mine is None:
        raise refused.NoPlace
    return mine, event if place is None else event.for_place(place)


async def _participant(tx: Tx, person: Person) -> ParticipantId:
    """Only who is known has anything; a strange number in a button gives nothing."""
    known = await participants.known(tx, person.id)
    if known is None:
        raise refused.NoPlace
    return known
