"""A coordinator's phone on which events are planned, without a network."""

from functools import partial
from typing import Any

from bot.dialog.routes import Routes
from bot.events import staff_chat
from bot.events.desk import EventsDesk
from bot.people.domain import Person, Role
from bot.storage.transaction import Tx
from bot.volunteering.service import offices, whereabouts
from tests.support import event_makers, organisation_makers
from tests.support.dialog_makers import Phone
from tests.support.event_makers import NOW

KAREN = 7_100_000_001
SKIP, DONE = "Skip this", "Done, go on"


def a_desk(**changes: Any) -> EventsDesk:
    """The offices of the example, the shipped towns and words."""
    house = organisation_makers.a_desk()
    facts = {
        "require_office": offices.require_office,
        "not_theirs": offices.others,
        "town_of": partial(whereabouts.town_of, house),
        "offices": {key: one.name for key, one in house.offices.items()},
        **changes,
    }
    return event_makers.a_desk(house.catalogs, **facts)


async def a_coordinator(
    tx: Tx, number: int = 0, role: Role | None = Role.COORDINATOR, *, language: str = "en"
) -> Person:
    """Somebody with a role, as the server's rows say."""
    found = await organisation_makers.a_colleague(tx, KAREN + number, role)
    return Person(found.id, found.telegram_id, "Karen", language, role)


def a_phone(tx: Tx, desk: EventsDesk, person: Person, **further: Any) -> Phone:
    """Their own chat with the bot, where all screens of coordinators answer."""
    routes: Routes = staff_chat.combined(desk)
    return Phone(tx, desk.catalogs, person=person, further=routes, at=NOW, **further)  # type: ignore[arg-type]


async def plans(phone: Phone, *, rhythm: str = "Just once", until: str = "") -> None:
    """A cooking workshop on 7 December in Ghent, up to its summary."""
    await phone.press("ecnew")
    await phone.tap("Workshop")
    await phone.say("Samen koken")
    await phone.say("7/12/2026 14:00")
    await phone.tap("16:00")
    await phone.tap(rhythm)
    if until:
        await phone.say(until)
        await phone.tap("No")
    await phone.tap("At a place")
    await phone.say("Gent")
    await phone.say("De Centrale, Kraankindersstraat 2")
    await phone.tap("Gent")
    await phone.say("12")
    await phone.tap("Yes")
    await phone.say("We koken en eten samen.")
    await phone.tap("Dutch")
    await phone.tap(DONE)
    await phone.tap("Children")
    await phone.tap(DONE)
    await phone.say("Lift, toilet beneden")
    await phone.tap(SKIP)  # no picture
    await phone.say("Karen, 0470 00 00 00")
    await phone.tap("Everybody")
    await phone.tap("Yes")
