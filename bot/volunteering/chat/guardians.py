"""A guardian says yes: the link, and what they tap; in the guardian's own language."""

from functools import partial

from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Edit, File, Made, Message, Outgoing
from bot.dialog.routes import Routes, Shows, bound
from bot.people.desk import Maker
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import guardians, volunteers
from bot.volunteering.wording import guardians as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The young person's button, the link, the answers."""
    actions: dict[str, Shows[VolunteeringDesk]] = {
        "vguardian": send_link,
        "vgyes": partial(answer, is_yes=True),
        "vgno": partial(answer, is_yes=False),
    }
    return Routes(
        starts=bound(desk, {guardians.START: show_question}), actions=bound(desk, actions)
    )


def makers(desk: VolunteeringDesk) -> dict[str, Maker]:
    """Files that are made when they are sent."""
    return {guardians.KIND: partial(guardians.picture, desk)}


async def send_link(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Something to send on, and the same as a QR code."""
    one, code = await guardians.make(tx, person, now=tap.at)
    _ = desk.catalogs.words(person.language)
    name = await volunteers.called(tx, one)
    return [
        Outgoing(text=wording.to_forward(_, name, guardians.link(desk, code))),
        File(made=Made(guardians.KIND, code), name="qr.png", caption=wording.how_to_send(_)),
    ]


async def show_question(
    desk: VolunteeringDesk, tx: Tx, person: Person, said: Said
) -> list[Message]:
    """The guardian opened the link."""
    code = said.link[1]
    one = await guardians.look(tx, person, code, now=said.at)
    _, name = desk.catalogs.words(person.language), await volunteers.called(tx, one)
    text, buttons = wording.question(_, name, desk.organisation, code)
    return [Outgoing(text=text, buttons=buttons)]


async def answer(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped, *, is_yes: bool
) -> list[Message]:
    """Yes, no, or another mind."""
    await guardians.answer(desk, tx, person, tap.argument, is_yes=is_yes, now=tap.at)
    text, buttons = wording.thanks(
        desk.catalogs.words(person.language), tap.argument, is_yes=is_yes
    )
    return [Edit(text=text, buttons=buttons)]
