"""The further profile: filled in by dialog, seen as a file."""

from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Routes, bound
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.chat import home
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.enrolling import NotSignedUp, Volunteer
from bot.volunteering.service import profile, volunteers
from bot.volunteering.wording import profile as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The file and the dialog."""
    actions = {"vfile": show_file, "vprofile": fill_in}
    return Routes(actions=bound(desk, actions), forms=(profile_form(desk),))


def profile_form(desk: VolunteeringDesk) -> Form:
    """Everything may be left out, and is said to the coordinator then."""

    def in_trajectory(answers: Answers) -> bool:
        return answers["trajectory"] is True

    return Form(
        name="vprofile",
        version=1,
        title=wording.TITLE,
        finish=partial(save, desk),
        steps=(
            forms.choice("dutch", wording.DUTCH, wording.LEVELS, skippable=True),
            forms.choices("sectors", wording.SECTORS_ASKED, wording.SECTORS, skippable=True),
            forms.choices("wishes", wording.WISHES, wording.KINDS, skippable=True),
            forms.grid("days", wording.DAYS, skippable=True),
            forms.choices("talents", wording.TALENTS_ASKED, wording.TALENTS, skippable=True),
            forms.voice_or_text("motivation", wording.MOTIVATION, skippable=True),
            forms.choice("mobility", wording.MOBILITY, wording.WAYS, skippable=True),
            forms.number(
                "far", wording.FAR, least=1, most=300, quick=(5, 10, 25, 50), skippable=True
            ),
            forms.yes_no("licence", wording.LICENCE, skippable=True),
            forms.yes_no("children", wording.CHILDREN, skippable=True),
            forms.yes_no(
                "trajectory",
                wording.TRAJECTORY,
                skippable=True,
                when=lambda answers: not answers["is_registered"],
            ),
            forms.text(
                "referrer", wording.REFERRER, longest=120, skippable=True, when=in_trajectory
            ),
            forms.yes_no("report", wording.REPORT, when=lambda answers: bool(answers["referrer"])),
        ),
    )


async def show_file(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One's own file."""
    one = await _own(tx, person)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.file(_, one, await volunteers.called(tx, one))
    return [home.screen(tap, text, buttons)]


async def fill_in(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What is known is not asked again, and can be changed at the end."""
    one = await _own(tx, person)
    known = {
        **profile.answers(one),
        "is_registered": await profile.has_trajectory(tx, one),
    }
    return await forms.begin(tx, person, tap, profile_form(desk), answers=known)


async def save(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """Into the file."""
    await profile.save(tx, await _own(tx, person), answers, now=incoming.at)
    text, buttons = wording.saved(desk.catalogs.words(person.language))
    return [Outgoing(text=text, buttons=buttons)]


async def _own(tx: Tx, person: Person) -> Volunteer:
    one = await volunteers.of_person(tx, person.id)
    if one is None:
        raise NotSignedUp
    return one
