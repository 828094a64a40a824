"""Organisations and their contact persons: coordinators, in their own chat."""

from typing import Any

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing, Toast
from bot.dialog import forms
from bot.dialog.forms import Answers, Asking, Form, Step
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import N_, Outdated, number_in
from bot.language import formats
from bot.language.catalog import Words
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.organisations import Contact, Organisation
from bot.volunteering.service import assignments, contacts, organisations, whereabouts
from bot.volunteering.wording import names
from bot.volunteering.wording import organisations as wording
from bot.volunteering.wording.organisations import Screen

_SECTORS = tuple(names.SECTORS.items())


def routes(desk: VolunteeringDesk) -> Routes:
    """/organisations and what is behind it."""
    new, person = organisation_form(desk), contact_form(desk)

    async def begin_new(desk: VolunteeringDesk, tx: Tx, who: Person, tap: Tapped) -> list[Message]:
        require(who, Role.COORDINATOR)
        return await forms.begin(tx, who, tap, new)

    async def begin_contact(
        desk: VolunteeringDesk, tx: Tx, who: Person, tap: Tapped
    ) -> list[Message]:
        require(who, Role.COORDINATOR)
        found = await organisations.get(tx, number_in(tap.argument))
        return await forms.begin(tx, who, tap, person, ref=str(found.id))

    taps: dict[str, Shows[VolunteeringDesk]] = {
        "vcorgs": show_list,
        "vcorg": show_one,
        "vcorgnew": begin_new,
        "vcorgon": switch_active,
        "vccrit": switch_criterion,
        "vccnew": begin_contact,
        "vccon": show_contact,
        "vccgone": remove_contact,
        "vclink": make_link,
    }
    return Routes(
        commands=bound(desk, {"organisations": show_list}),
        staff_commands=bound(desk, {"organisations": point_to_private}),
        actions=bound(desk, taps),
        forms=(new, person),
    )


async def point_to_private(
    desk: VolunteeringDesk, tx: Tx, person: Person, said: Said
) -> list[Message]:
    """In the group nobody plans: it would be long, and everybody would read along."""
    require(person, Role.COORDINATOR)
    _ = desk.catalogs.words(desk.staff_language)
    return [Outgoing(text=_("Write /organisations in your own chat with me."))]


async def show_list(
    desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Said | Tapped
) -> list[Message]:
    """A page of organisations of one's offices."""
    page = number_in(incoming.argument) if isinstance(incoming, Tapped) and incoming.argument else 0
    found = await organisations.listed(tx, person, page=page)
    _ = words(desk, person)
    return [posted(wording.listed(_, found.organisations, page, has_more=found.has_more), incoming)]


async def show_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One organisation."""
    found = await organisations.seen(tx, person, number_in(tap.argument))
    return [posted(await screen(desk, tx, person, found), tap)]


async def switch_active(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """It stops, or takes part again."""
    id_, wanted = parts(tap, 2)
    found = await organisations.set_active(
        tx, person, number_in(id_), is_active=is_on(wanted), now=tap.at
    )
    return [posted(await screen(desk, tx, person, found), tap)]


async def switch_criterion(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """The list of criteria, or a tick more or less."""
    _, given = words(desk, person), tap.argument.split(":")
    if len(given) == 1:
        found = await organisations.seen(tx, person, number_in(given[0]))
        return [posted(wording.criteria(_, found), tap)]
    id_, criterion, wanted = parts(tap, 3)
    found, waiting = await organisations.set_criterion(
        tx, person, number_in(id_), criterion, is_met=is_on(wanted), now=tap.at
    )
    done: list[Message] = [posted(wording.criteria(_, found), tap)]
    if waiting:
        done.append(Toast(text=wording.withdrawn(_, waiting), is_alert=True))
    return done


async def show_contact(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """A contact person."""
    found = await contacts.seen(tx, person, number_in(tap.argument))
    return [posted(wording.contact(words(desk, person), found), tap)]


async def remove_contact(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Asks once more, then erases."""
    require(person, Role.COORDINATOR)
    id_, _colon, sure = tap.argument.partition(":")
    if sure != "yes":
        found = await contacts.seen(tx, person, number_in(id_))
        return [posted(wording.may_remove(words(desk, person), found), tap)]
    owner = await contacts.remove(tx, person, number_in(id_), now=tap.at)
    return [posted(await screen(desk, tx, person, await organisations.get(tx, owner)), tap)]


async def make_link(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A one-time link to Telegram."""
    code = await contacts.invite(tx, person, number_in(tap.argument), now=tap.at)
    found = await contacts.get(tx, number_in(tap.argument))
    address = desk.start_link(f"vorg_{code}")
    return [posted(wording.link(words(desk, person), found, address), tap)]


# Dialogs


def organisation_form(desk: VolunteeringDesk) -> Form:
    """➕ New organisation."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        town = whereabouts.town_of(desk, answers["town"])
        made = await organisations.add(
            tx,
            person,
            name=answers["name"],
            sector=answers["sector"],
            office=whereabouts.nearest_office(desk, town),
            town=town,
            now=incoming.at,
        )
        return [posted(wording.criteria(words(desk, person), made), incoming)]

    steps = (
        forms.text("name", N_("What is the organisation called?"), longest=120, label=N_("Name")),
        forms.choice("sector", N_("In which sector does it work?"), _SECTORS, label=N_("Sector")),
        town_step(desk),
    )
    return Form("vorg", 1, N_("New organisation"), steps, finish)


def town_step(desk: VolunteeringDesk) -> Step:
    """Where something is, kept as a postcode."""

    async def read_town(asking: Asking, text: str) -> str:
        return whereabouts.town_of(desk, text).postcode

    def say_town(_: Words, postcode: str) -> str:
        town = desk.towns.at(postcode)
        return f"{postcode} {town.name}" if town else postcode

    question = N_("Where is it? Write the town or the postcode.")
    return forms.custom("town", question, read=read_town, say=say_town, label=N_("Town"))


def contact_form(desk: VolunteeringDesk) -> Form:
    """➕ Contact person."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        made: Contact = await contacts.add(
            tx,
            person,
            number_in(answers["ref"]),
            name=answers["name"],
            phone=formats.read_digits(answers["phone"] or ""),
            mail=answers["mail"] or "",
            now=incoming.at,
        )
        return [posted(wording.contact(words(desk, person), made), incoming)]

    return Form("vorgcontact", 1, N_("Contact person"), contact_steps(), finish)


def contact_steps() -> tuple[Step, ...]:
    """Whom to call, and how."""
    return (
        forms.text("name", N_("What is the contact person called?"), longest=80, label=N_("Name")),
        forms.text(
            "phone",
            N_("Their telephone number? Volunteers see it before a shift."),
            longest=32,
            skippable=True,
            label=N_("Telephone"),
        ),
        forms.text(
            "mail", N_("Their mail address?"), longest=120, skippable=True, label=N_("Mail")
        ),
    )


# What the screens of coordinators share.


def words(desk: VolunteeringDesk, person: Person) -> Words:
    """The coordinator's own language."""
    return desk.catalogs.words(person.language)


def posted(screen: Screen, incoming: Any) -> Message:
    """Into the message that was tapped, else a new one."""
    if isinstance(incoming, Tapped):
        return Edit(text=screen.text, buttons=screen.buttons)
    return Outgoing(text=screen.text, buttons=screen.buttons)


def parts(tap: Tapped, count: int) -> list[str]:
    """What a button carries. Raises Outdated."""
    found = tap.argument.split(":")
    if len(found) != count:
        raise Outdated
    return found


def is_on(text: str) -> bool:
    """1 or 0. Raises Outdated."""
    if text not in ("0", "1"):
        raise Outdated
    return text == "1"


async def screen(desk: VolunteeringDesk, tx: Tx, person: Person, found: Organisation) -> Screen:
    """An organisation as its coordinator sees it."""
    theirs = await contacts.of_organisation(tx, found.id)
    offers = await assignments.of_organisation(tx, found.id)
    return wording.organisation(words(desk, person), found, theirs, offers[:20], desk.offices)
