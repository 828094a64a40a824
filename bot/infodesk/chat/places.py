"""Looking for a place: by kind, by topic, near a town."""

from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Message
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import Outdated
from bot.infodesk.chat.posting import posted, titles
from bot.infodesk.desk import InfoDesk
from bot.infodesk.directory import towns
from bot.infodesk.directory.places import Place
from bot.infodesk.directory.towns import Town
from bot.infodesk.domain import Decision, Found
from bot.infodesk.wording import places
from bot.infodesk.wording.screens import Screen
from bot.people.domain import Person
from bot.storage.transaction import Tx

_TOPICS = 4  # titles below a place


def routes(desk: InfoDesk) -> Routes:
    """Buttons, and /start place_<id> or /start near_9000 from a link."""
    actions: dict[str, Shows[InfoDesk]] = {
        "places": show_places,
        "places_of": show_places_of,
        "place": show_place,
        "near": show_near,
        "near_kinds": show_kinds_near,
    }
    starts: dict[str, Shows[InfoDesk]] = {"place": open_place, "near": open_near}
    return Routes(starts=bound(desk, starts), actions=bound(desk, actions))


async def show_places(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The kinds, or the places of one; the only place of one is shown at once."""
    _, known = desk.words(person), desk.directory
    kind = next((kind for kind in known.filled_kinds() if kind.id == tap.argument), None)
    if kind is None:
        return [posted(places.kinds(_, known), tap)]
    return [posted(places.of_kind(_, known, kind), tap)]


async def show_places_of(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Where to go with the question of an answer."""
    answer = desk.library.answer(tap.argument, person.language)
    found = desk.directory.of_topic(tap.argument)
    if answer is None or not found:
        raise Outdated
    return [posted(places.of_topic(desk.voice(person, answer), answer, found), tap)]


async def show_place(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One place; reached from a town it leads back there."""
    id_, _, postcode = tap.argument.partition(":")
    return [posted(_place(desk, person, _known(desk, id_), postcode), tap)]


async def open_place(desk: InfoDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """A place from a link; an old link opens the kinds."""
    found = desk.directory.place(said.link[1])
    if found is None:
        return [posted(places.kinds(desk.words(person), desk.directory), said)]
    return [posted(_place(desk, person, found), said)]


async def show_near(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What is near a town, of all kinds or of one."""
    postcode, _, kind = tap.argument.partition(":")
    if (town := desk.towns.at(postcode)) is None:
        raise Outdated
    return [posted(_near(desk, person, town, kind), tap)]


async def show_kinds_near(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What to look for near a town."""
    if (town := desk.towns.at(tap.argument)) is None:
        raise Outdated
    return [posted(places.kinds_near(desk.words(person), desk.directory, town), tap)]


async def open_near(desk: InfoDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """What is near a town, from a link."""
    return [posted(_asked_near(desk, person, said.link[1]), said)]


def town_screen(desk: InfoDesk, person: Person, said: str, found: Found) -> Screen | None:
    """What is near, for (folded) words that are a town or a postcode and nothing else; else None.

    `found` is what the search made of them: a town with a wrong letter comes after an answer.
    """
    if not desk.directory.places or found.decision in (Decision.EMERGENCY, Decision.GREETING):
        return None
    if (town := desk.towns.named(said)) is not None:
        return _near(desk, person, town)
    if found.decision is Decision.SURE:
        return None
    if (town := desk.towns.meant(said)) is not None:
        return _near(desk, person, town)
    is_left = found.decision is Decision.NONE and towns.is_postcode(said)
    return _asked_near(desk, person, said) if is_left else None


def _asked_near(desk: InfoDesk, person: Person, postcode: str) -> Screen:
    town = desk.towns.at(postcode)
    if town is None:
        return places.unknown_postcode(desk.words(person), postcode[:12])
    return _near(desk, person, town)


def _near(desk: InfoDesk, person: Person, town: Town, kind: str = "") -> Screen:
    asked = desk.directory.of_kind(kind) if kind else desk.directory.of_all_kinds()
    found = towns.nearest(asked, town, desk.towns)
    if not kind:
        found = towns.of_many_kinds(towns.one_of_each(found))
    return places.near(desk.words(person), desk.directory, town, found, kind)


def _place(desk: InfoDesk, person: Person, shown: Place, postcode: str = "") -> Screen:
    topics = titles(desk, person, shown.topics)[:_TOPICS]
    voice = desk.own_voice(person)
    return places.place(voice, desk.directory, shown, topics, postcode)


def _known(desk: InfoDesk, id_: str) -> Place:
    found = desk.directory.place(id_)
    if found is None:
        raise Outdated
    return found
