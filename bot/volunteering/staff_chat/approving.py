"""Sign-ups: the card in the group, the list in a coordinator's own chat, the decision."""

from datetime import timedelta

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Buttons, Copy, Edit, Message, Toast
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated
from bot.language import formats
from bot.language.catalog import Words
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.enrolling import Volunteer
from bot.volunteering.service import approving, cards, volunteers
from bot.volunteering.wording import approving as wording
from bot.volunteering.wording import home, profile

_DAY = timedelta(days=1)


def routes(desk: VolunteeringDesk) -> Routes:
    """Decisions work in the group and alone; whole files only alone."""
    decisions = {
        "vcyes": approve,
        "vctalk": ask_to_talk,
        "vcno": ask_why,
        "vcwhy": refuse,
        "vccard": show_card,
    }
    alone = {"vcdesk": show_desk, "vcwait": show_waiting, "vcfile": show_file}
    return Routes(staff_actions=bound(desk, decisions), actions=bound(desk, alone))


async def show_desk(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The coordinators' desk."""
    waiting = await volunteers.waiting(tx, person)
    text, buttons = home.desk(desk.catalogs.words(person.language), len(waiting))
    return [Edit(text=text, buttons=buttons)]


async def show_waiting(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Who waits, the oldest first."""
    found = await volunteers.waiting(tx, person)
    days = [(formats.day_of(tap.at) - formats.day_of(one.enrolled_at)) // _DAY for one in found]
    listed = [(one, one.name, ago) for one, ago in zip(found, days, strict=True)]
    text, buttons = wording.waiting(desk.catalogs.words(person.language), listed)
    return [Edit(text=text, buttons=buttons)]


async def show_file(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One sign-up in full, in the coordinator's own chat."""
    one = await approving.waiting_one(tx, person, number_in(tap.argument))
    sheet = await cards.sheet(desk, tx, one)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.file(_, sheet, profile.told(_, one.file))
    voice = one.file["motivation_voice"]
    spoken = await _voice(tx, one, voice) if voice is not None else []
    return [Edit(text=text, buttons=buttons), *spoken]


async def show_card(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Back from the reasons."""
    one = await approving.waiting_one(tx, person, number_in(tap.argument))
    return [await _card(desk, tx, person, tap, one)]


async def approve(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Yes."""
    await approving.approve(desk, tx, person, number_in(tap.argument), now=tap.at)
    return await _decided(desk, tx, person, tap)


async def ask_to_talk(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """First a talk."""
    one = await approving.ask_to_talk(desk, tx, person, number_in(tap.argument), now=tap.at)
    _ = _words(desk, person, tap)
    return [Toast(text=wording.asked_to_talk(_, one.name))]


async def ask_why(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """No: why?"""
    one = await approving.waiting_one(tx, person, number_in(tap.argument))
    _ = _words(desk, person, tap)
    text, buttons = wording.reasons(_, await cards.sheet(desk, tx, one))
    return [Edit(text=text, buttons=buttons)]


async def refuse(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """No, for this reason."""
    number, _colon, reason = tap.argument.partition(":")
    await approving.refuse(desk, tx, person, number_in(number), reason=reason, now=tap.at)
    return await _decided(desk, tx, person, tap)


async def _voice(tx: Tx, one: Volunteer, message_id: int) -> list[Message]:
    """Why they want to volunteer, in their own voice."""
    asked = None if one.person_id is None else await people.find_person(tx, one.person_id)
    return [] if asked is None else [Copy(from_chat=asked.telegram_id, message_ids=(message_id,))]


def number_in(argument: str) -> int:
    """The number in a button. Raises Outdated for what is none."""
    if not argument.isascii() or not argument.isdecimal() or len(argument) > 15:
        raise Outdated
    return int(argument)


async def _decided(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """In the group the card tells it, which the service keeps true; alone the list goes on."""
    return await show_waiting(desk, tx, person, tap) if tap.is_private else []


async def _card(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped, one: Volunteer
) -> Message:
    _ = _words(desk, person, tap)
    sheet = await cards.sheet(desk, tx, one)
    text, buttons = wording.file(_, sheet) if tap.is_private else wording.card(_, sheet)
    return _screen(text, buttons)


def _screen(text: str, buttons: Buttons) -> Message:
    return Edit(text=text, buttons=buttons)


def _words(desk: VolunteeringDesk, person: Person, tap: Tapped) -> Words:
    """In the group its language, alone the person's."""
    return desk.catalogs.words(person.language if tap.is_private else desk.staff_language)
