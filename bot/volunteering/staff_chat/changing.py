"""Other facts of what is there already: an assignment, an organisation, a contact person. Each is
a dialog that begins at its summary, with what is known filled in."""

from datetime import date
from typing import Any

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Message
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Step
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import number_in
from bot.language import formats
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Kind
from bot.volunteering.domain.assignments import FLAGS, TEXT_LENGTH, TITLE_LENGTH, Assignment
from bot.volunteering.service import (
    assignments,
    changing,
    contacts,
    organisations,
    planning,
    whereabouts,
)
from bot.volunteering.staff_chat import assignments as screens
from bot.volunteering.staff_chat import organisations as owners
from bot.volunteering.staff_chat.organisations import posted, words
from bot.volunteering.wording import changing as wording
from bot.volunteering.wording import names
from bot.volunteering.wording import organisations as organisation_wording

_NONE = "0"
_SECTORS = tuple(names.SECTORS.items())


def routes(desk: VolunteeringDesk) -> Routes:
    """✏️ on three screens."""
    offer, owner, contact = assignment_form(desk), organisation_form(desk), contact_form(desk)

    async def begin_offer(
        desk: VolunteeringDesk, tx: Tx, who: Person, tap: Tapped
    ) -> list[Message]:
        found = await assignments.seen(tx, who, number_in(tap.argument))
        said = answers_of(desk, found, await assignments.availability(tx, found.id))
        return await forms.begin(
            tx, who, tap, offer, ref=f"{found.id}", answers={**said, "was": said, "of": found.id}
        )

    async def begin_owner(
        desk: VolunteeringDesk, tx: Tx, who: Person, tap: Tapped
    ) -> list[Message]:
        found = await organisations.seen(tx, who, number_in(tap.argument))
        said = {"name": found.name, "sector": found.sector, "town": found.postcode}
        answers = {**said, "was": found.postcode}
        return await forms.begin(tx, who, tap, owner, ref=f"{found.id}", answers=answers)

    async def begin_contact(
        desk: VolunteeringDesk, tx: Tx, who: Person, tap: Tapped
    ) -> list[Message]:
        found = await contacts.seen(tx, who, number_in(tap.argument))
        said = {"name": found.name, "phone": found.phone or None, "mail": found.mail or None}
        return await forms.begin(tx, who, tap, contact, ref=f"{found.id}", answers=said)

    taps: dict[str, Shows[VolunteeringDesk]] = {
        "vcasch": begin_offer,
        "vcorgch": begin_owner,
        "vccch": begin_contact,
    }
    return Routes(actions=bound(desk, taps), forms=(offer, owner, contact))


# An assignment


def assignment_form(desk: VolunteeringDesk) -> Form:
    """Everything that a coordinator may say of an assignment."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        found = await assignments.seen(tx, person, number_in(answers["ref"]))
        was, said = answers["was"], {name: answers[name] for name in answers["was"]}
        before, after = columns_of(desk, found, was), columns_of(desk, found, said)
        changed = {
            name: value
            for name, value in after.items()
            if name not in before or value != before[name]
        }
        if said["town"] != was["town"]:
            town = whereabouts.town_of(desk, said["town"])
            changed |= organisations.placed(town)
        is_said_anew = (said["title"], said["text"]) != (was["title"], was["text"])
        found = await changing.change(
            tx,
            person,
            found.id,
            changed,
            words=(said["title"], said["text"]) if is_said_anew else None,
            now=incoming.at,
        )
        return [posted(await screens.screen(desk, tx, person, found, incoming), incoming)]

    steps = (*_words(), *_kind(), *_needs(desk), *_where(desk))
    return Form("vcasch", 1, wording.TITLE, steps, finish, further=wording.shifts_stay)


def _words() -> tuple[Step, ...]:
    return (
        forms.text("title", wording.NAME, longest=TITLE_LENGTH, label=wording.L_TITLE),
        forms.text("text", wording.TEXT, longest=TEXT_LENGTH, label=wording.L_TEXT),
    )


def _kind() -> tuple[Step, ...]:
    def lasts(answers: Answers) -> bool:
        return bool(answers["kind"] != Kind.OCCASIONAL)

    kinds = tuple((str(one), label) for one, label in names.KINDS.items())
    return (
        forms.choice("kind", wording.KIND, kinds, label=wording.L_KIND),
        forms.number(
            "wanted",
            wording.WANTED,
            least=1,
            most=999,
            quick=(1, 2, 3, 5),
            when=lasts,
            label=wording.L_WANTED,
        ),
        forms.grid("when", wording.WHEN, when=lasts, label=wording.L_WHEN),
        forms.day("until", wording.UNTIL, skippable=True, label=wording.L_UNTIL),
    )


def _needs(desk: VolunteeringDesk) -> tuple[Step, ...]:
    return (
        *(_language(desk, one.code) for one in desk.catalogs),
        forms.choices(
            "talents", wording.TALENTS, tuple(names.TALENTS.items()), label=wording.L_TALENTS
        ),
        forms.choice("age", wording.AGE, screens.AGES, label=wording.L_AGE),
        forms.choices("flags", wording.FLAGS, tuple(names.FLAGS.items()), label=wording.L_FLAGS),
    )


def _language(desk: VolunteeringDesk, code: str) -> Step:
    def asks(_: Words, answers: Answers) -> str:
        return wording.language(_, desk.catalogs.words(code))

    return forms.choice(f"speaks_{code.lower()}", asks, screens.DUTCH)


def _where(desk: VolunteeringDesk) -> tuple[Step, ...]:
    return (
        owners.town_step(desk),
        forms.text("place", wording.PLACE, longest=200, skippable=True, label=wording.L_PLACE),
        forms.choice(
            "contact", wording.CONTACT, _contacts, skippable=True, label=wording.L_CONTACT
        ),
    )


async def _contacts(tx: Tx, person: Person, answers: Answers) -> forms.Pairs:
    found = await assignments.get(tx, int(answers["of"]))
    theirs = await contacts.of_organisation(tx, found.organisation_id)
    return tuple((str(one.id), one.name) for one in theirs)


def answers_of(desk: VolunteeringDesk, found: Assignment, availability: int) -> dict[str, Any]:
    """What is known of an assignment, as answers."""
    spoken = {
        f"speaks_{one.code.lower()}": str(found.languages.get(one.code, _NONE))
        for one in desk.catalogs
    }
    return {
        "title": found.titles.get(found.written_in, found.title(None)),
        "text": found.texts.get(found.written_in, found.text(None)[0]),
        "kind": str(found.kind),
        "wanted": found.wanted,
        "when": availability,
        "until": None if found.ends_on is None else found.ends_on.isoformat(),
        **spoken,
        "talents": list(found.talents),
        "age": str(found.least_age),
        "flags": [flag for flag, column in FLAGS.items() if getattr(found, column)],
        "town": found.postcode,
        "place": found.place or None,
        "contact": None if found.contact_id is None else str(found.contact_id),
    }


def columns_of(desk: VolunteeringDesk, found: Assignment, said: Answers) -> dict[str, Any]:
    """The columns that follow from answers; languages that nobody was asked about stay."""
    asked = {one.code: said[f"speaks_{one.code.lower()}"] for one in desk.catalogs}
    others = {code: level for code, level in found.languages.items() if code not in asked}
    spoken = {code: int(level) for code, level in asked.items() if level not in (None, _NONE)}
    until, contact = said["until"], said["contact"]
    lasting = {"wanted": said["wanted"] or 1, "availability": said["when"] or 0}
    return {
        **(lasting if said["kind"] != Kind.OCCASIONAL else {}),
        "kind": said["kind"],
        "ends_on": None if until is None else date.fromisoformat(until),
        "languages": {**others, **spoken},
        "talents": said["talents"],
        "least_age": int(said["age"]),
        "place": said["place"] or "",
        "contact_id": None if contact is None else number_in(contact),
        **assignments.flagged(said["flags"]),
    }


# An organisation and its contact persons


def organisation_form(desk: VolunteeringDesk) -> Form:
    """Its name, sector and town."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        is_moved = answers["town"] != answers["was"]
        found = await organisations.change(
            tx,
            person,
            number_in(answers["ref"]),
            name=answers["name"],
            sector=answers["sector"],
            town=whereabouts.town_of(desk, answers["town"]) if is_moved else None,
            now=incoming.at,
        )
        return [posted(await owners.screen(desk, tx, person, found), incoming)]

    steps = (
        forms.text("name", wording.OWNER, longest=120, label=wording.L_NAME),
        forms.choice("sector", wording.SECTOR, _SECTORS, label=wording.L_SECTOR),
        owners.town_step(desk),
    )
    return Form("vcorgch", 1, wording.OWNER_TITLE, steps, finish, further=wording.offers_stay)


def contact_form(desk: VolunteeringDesk) -> Form:
    """Name, number and mail."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        found = await contacts.change(
            tx,
            person,
            number_in(answers["ref"]),
            name=answers["name"],
            phone=formats.read_digits(answers["phone"] or ""),
            mail=answers["mail"] or "",
            now=incoming.at,
        )
        for one in await contacts.assignments_of(tx, found.id):
            await planning.plan_retitle(tx, one, now=incoming.at)
        return [posted(organisation_wording.contact(words(desk, person), found), incoming)]

    return Form("vccch", 1, wording.CONTACT_TITLE, owners.contact_steps(), finish)
