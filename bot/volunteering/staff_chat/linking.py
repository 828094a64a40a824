"""A person without Telegram: enrolled by a coordinator, who gives a QR code now or later."""

from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, File, Made, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.infodesk.directory.towns import Town
from bot.people.desk import Maker
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import enrolling as domain
from bot.volunteering.domain.enrolling import SignUp
from bot.volunteering.service import answering, enrolling, linking, volunteers, whereabouts
from bot.volunteering.wording import enrolling as enrolling_wording
from bot.volunteering.wording import linking as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The list, the dialog, the code."""
    actions = {"vcwithout": show_without, "vcenrol": ask, "vcqr": send_code}
    return Routes(actions=bound(desk, actions), forms=(enrol_form(desk),))


def makers(desk: VolunteeringDesk) -> dict[str, Maker]:
    """Files that are made when they are sent."""
    return {linking.KIND: partial(linking.picture, desk)}


def enrol_form(desk: VolunteeringDesk) -> Form:
    """What is needed to count and to call somebody."""
    return Form(
        name="vcenrol",
        version=1,
        title=wording.TITLE,
        finish=partial(enrol, desk),
        steps=(
            forms.custom("name", wording.NAME, read=answering.read_name, label=wording.L_NAME),
            forms.custom(
                "town",
                wording.TOWN,
                read=partial(answering.read_town, desk),
                say=enrolling_wording.town,
                label=wording.L_TOWN,
            ),
            forms.choices(
                "languages",
                wording.LANGUAGES,
                answering.named_languages,
                least=1,
                label=wording.L_LANGUAGES,
            ),
            forms.custom(
                "phone",
                wording.PHONE,
                read=answering.read_phone,
                say=answering.say_phone,
                skippable=True,
                label=wording.L_PHONE,
            ),
            forms.choice("age", wording.AGE, enrolling_wording.AGES[:2], label=wording.L_AGE),
            forms.yes_no("signed", wording.SIGNED, label=wording.L_SIGNED),
        ),
    )


async def show_without(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Who has no Telegram yet, of this coordinator's offices."""
    found = [(one.id, one.name) for one in await volunteers.without_telegram(tx, person)]
    text, buttons = wording.without(desk.catalogs.words(person.language), found)
    return [Edit(text=text, buttons=buttons)]


async def ask(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The first question."""
    require(person, Role.COORDINATOR)
    return await forms.begin(tx, person, tap, enrol_form(desk))


async def enrol(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """Counted from now on. Nobody is enrolled without the signed papers."""
    require(person, Role.COORDINATOR)
    _ = desk.catalogs.words(person.language)
    if not answers["signed"]:
        return [Outgoing(text=wording.not_signed(_))]
    town = Town(**answers["town"])
    said = SignUp(
        name=answers["name"],
        town=town.name,
        postcode=town.postcode,
        latitude=town.latitude,
        longitude=town.longitude,
        office=whereabouts.nearest_office(desk, town),
        languages=dict.fromkeys(answers["languages"], domain.SPEAKS),
        phone=answers["phone"],
        source="coordinator",
        age_group=answers["age"],
    )
    one = await enrolling.enrol_by_name(desk, tx, person, said, now=incoming.at)
    text, buttons = wording.enrolled(_, one.name, one.id)
    return [Outgoing(text=text, buttons=buttons)]


async def send_code(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A code to be scanned, made anew each time."""
    code = await linking.make(tx, person, number_in(tap.argument), now=tap.at)
    made = Made(linking.KIND, code)
    caption = wording.code(desk.catalogs.words(person.language))
    return [File(made=made, name="qr.png", caption=caption)]
