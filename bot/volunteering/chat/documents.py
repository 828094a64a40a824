"""Documents for volunteers: listed, and sent in their language."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, File, Made, Message
from bot.dialog.routes import Routes, bound
from bot.people.desk import Maker
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import documents as service
from bot.volunteering.wording import documents as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The list, and one of it."""
    return Routes(actions=bound(desk, {"vdocs": show, "vdoc": send}))


def makers() -> dict[str, Maker]:
    """Who makes the files."""
    return {service.FILE_KIND: service.file}


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What there is."""
    found = await service.of_reader(tx, person)
    text, buttons = wording.screen(desk.catalogs.words(person.language), found)
    return [Edit(text=text, buttons=buttons)]


async def send(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The file, as it is now."""
    one = await service.chosen(tx, person, tap.argument)
    caption = wording.caption(desk.catalogs.words(person.language), desk.catalogs, one)
    made = Made(service.FILE_KIND, str(one.id))
    return [File(made=made, name=one.file_name, caption=caption)]
