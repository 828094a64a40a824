"""Signing up in four taps; then age and what is agreed to; then choosing a talk."""

from functools import partial
from typing import Any

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Asking, Form, Pairs
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated
from bot.infodesk.directory.towns import Town
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.chat import home
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import enrolling as domain
from bot.volunteering.domain.enrolling import SignUp
from bot.volunteering.service import answering, enrolling, linking, talks, volunteers, whereabouts
from bot.volunteering.wording import enrolling as wording
from bot.volunteering.wording import guardians as guardian_wording
from bot.volunteering.wording import linking as linking_wording
from bot.volunteering.wording import merging as merging_wording
from bot.volunteering.wording import talks as talks_wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The two dialogs and the choice of a moment."""
    actions = {"vsignup": sign_up, "vagree": ask_to_agree, "vtalk": show_moments, "vslot": choose}
    return Routes(
        starts=bound(desk, {linking.START: take_over}),
        actions=bound(desk, actions),
        forms=(sign_up_form(desk), agree_form(desk)),
    )


def sign_up_form(desk: VolunteeringDesk) -> Form:
    """Name, town, languages, "we talk"."""
    return Form(
        name="vsignup",
        version=1,
        title=wording.TITLE,
        has_summary=False,
        finish=partial(finish_sign_up, desk),
        steps=(
            forms.custom(
                "name", wording.NAME, read=answering.read_name, ask=own_name, pick=pick_name
            ),
            town_step(desk),
            languages_step(),
            forms.choice("talk", wording.TALK, partial(ways_to_talk, desk)),
            forms.custom(
                "phone",
                wording.PHONE,
                read=answering.read_phone,
                say=answering.say_phone,
                when=lambda answers: answers["talk"] == domain.CALL,
            ),
        ),
    )


def agree_form(desk: VolunteeringDesk) -> Form:
    """Age, guardian and consents: what is missing of them (`ask`)."""

    def is_open(name: str) -> Any:
        return lambda answers: name in answers["ask"] and answers["age"] != domain.CHILD

    return Form(
        name="vagree",
        version=1,
        title=wording.AGREE_TITLE,
        has_summary=False,
        finish=partial(finish_agreeing, desk),
        steps=(
            forms.choice("age", wording.AGE, wording.AGES, when=lambda one: "age" in one["ask"]),
            forms.text(
                "guardian",
                wording.GUARDIAN,
                shortest=2,
                longest=80,
                when=lambda answers: answers["age"] == domain.YOUNG,
            ),
            *(
                forms.choice(name, text, wording.I_AGREE, when=is_open(name))
                for name, text in (
                    (domain.PRIVACY, wording.PRIVACY),
                    (domain.CONDUCT, wording.CONDUCT),
                    (domain.AGREEMENT, wording.AGREEMENT),
                )
            ),
        ),
    )


def town_step(desk: VolunteeringDesk) -> forms.Step:
    """A town by name in any script, or by postcode."""
    return forms.custom(
        "town", wording.TOWN, read=partial(answering.read_town, desk), say=wording.town
    )


def languages_step() -> forms.Step:
    """What somebody speaks."""
    return forms.choices("languages", wording.LANGUAGES, answering.named_languages, least=1)


async def own_name(asking: Asking) -> tuple[str, Pairs]:
    """The name in Telegram stands on a button."""
    name = asking.person.first_name
    return "", [] if name == "—" else [("own", name)]


async def pick_name(asking: Asking, value: str) -> str:
    """The name in Telegram."""
    return await answering.read_name(asking, asking.person.first_name)


async def ways_to_talk(desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers) -> Pairs:
    """Free moments at the nearest office, a call, or neither."""
    _ = desk.catalogs.words(person.language)
    office = whereabouts.nearest_office(desk, Town(**answers["town"]))
    moments = await talks.free_labels(tx, office, _, now=answers["now"])
    return [*moments, *wording.talk_labels(_)]


def signed_up(desk: VolunteeringDesk, answers: Answers) -> SignUp:
    """What was answered, with the office that follows from the town."""
    town = Town(**answers["town"])
    return SignUp(
        name=answers["name"],
        town=town.name,
        postcode=town.postcode,
        latitude=town.latitude,
        longitude=town.longitude,
        office=whereabouts.nearest_office(desk, town),
        languages=dict.fromkeys(answers["languages"], domain.SPEAKS),
        phone=answers["phone"],
    )


async def take_over(desk: VolunteeringDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """A coordinator's QR code was scanned: the file is theirs, or waits beside their own."""
    if await linking.opens_second(tx, person, said.link[1], now=said.at):
        text, buttons = merging_wording.waits(desk.catalogs.words(person.language))
        return [Outgoing(text=text, buttons=buttons)]
    one = await linking.take_over(tx, person, said.link[1], now=said.at)
    text, buttons = linking_wording.linked(desk.catalogs.words(person.language), one.name)
    return [Outgoing(text=text, buttons=buttons)]


async def sign_up(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The first tap; who is signed up already sees where they stand."""
    if await home.is_signed_up(tx, person):
        return await home.show(desk, tx, person, tap)
    return await forms.begin(tx, person, tap, sign_up_form(desk))


async def finish_sign_up(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """Signed up; then what has to be known before the first shift."""
    if await home.is_signed_up(tx, person):
        return await home.show(desk, tx, person, incoming)
    one = await enrolling.enrol(
        desk,
        tx,
        person,
        talks.with_talk(signed_up(desk, answers), answers["talk"]),
        now=incoming.at,
    )
    _ = desk.catalogs.words(person.language)
    office = desk.offices.get(one.office)
    said = Outgoing(text=wording.thanks(_, one.name, office.name if office else ""))
    return [said, *await ask_to_agree(desk, tx, person, incoming)]


async def ask_to_agree(
    desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """Age and consents, as far as they are missing."""
    one = await volunteers.of_person(tx, person.id)
    if one is None:
        raise domain.NotSignedUp
    missing = await enrolling.missing(tx, one)
    if not missing:
        return await home.show(desk, tx, person, incoming)
    if missing == [domain.GUARDIAN]:
        text, buttons = guardian_wording.ask(desk.catalogs.words(person.language))
        return [home.screen(incoming, text, buttons)]
    ref = "+".join(missing)
    return await forms.begin(
        tx, person, incoming, agree_form(desk), answers={"ask": missing}, ref=ref
    )


async def finish_agreeing(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """Whoever is too young is told so kindly, and leaves nothing."""
    one = await volunteers.of_person(tx, person.id)
    if one is None:
        raise domain.NotSignedUp
    await enrolling.settle(desk, tx, one, answers, now=incoming.at)
    _ = desk.catalogs.words(person.language)
    if answers["age"] == domain.YOUNG:
        text, buttons = guardian_wording.ask(_)
    else:
        is_child = answers["age"] == domain.CHILD
        text, buttons = wording.too_young(_) if is_child else wording.settled(_)
    return [Outgoing(text=text, buttons=buttons)]


async def show_moments(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """When shall we talk?"""
    found = await talks.moments(tx, person, now=tap.at)
    text, buttons = talks_wording.moments(desk.catalogs.words(person.language), found)
    return [Edit(text=text, buttons=buttons)]


async def choose(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """This moment."""
    if not tap.argument.isdecimal() or len(tap.argument) > 15:
        raise Outdated
    event = await talks.choose(desk, tx, person, int(tap.argument), now=tap.at)
    text, buttons = talks_wording.chosen(desk.catalogs.words(person.language), event)
    return [Edit(text=text, buttons=buttons)]
