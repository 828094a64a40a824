"""From a screen to a message."""

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.infodesk.desk import InfoDesk
from bot.infodesk.domain import Answer
from bot.infodesk.wording.screens import Screen, Voice
from bot.people.domain import Person


def posted(screen: Screen, incoming: Incoming) -> Message:
    """Browsing changes the message on the screen; a new question gets a new one."""
    if isinstance(incoming, Tapped):
        return Edit(text=screen.text, buttons=screen.buttons)
    return Outgoing(text=screen.text, buttons=screen.buttons, is_silent=screen.is_quiet)


def titles(desk: InfoDesk, person: Person, slugs: tuple[str, ...]) -> list[tuple[Answer, Voice]]:
    """The topics that have an answer, each with the voice to name it."""
    found = (desk.library.answer(slug, person.language) for slug in slugs)
    return [(answer, desk.voice(person, answer)) for answer in found if answer]
