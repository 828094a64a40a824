"""The first days, screen by screen, and which paper is this."""

from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Button, Message
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import Outdated
from bot.infodesk.chat.posting import posted, titles
from bot.infodesk.desk import InfoDesk
from bot.infodesk.directory.leaflets import Guide, Sheet, Text
from bot.infodesk.wording import leaflets, places
from bot.infodesk.wording.screens import Screen
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: InfoDesk) -> Routes:
    """Buttons, and /start first_days or /start paper_annex-26 from a link."""
    actions: dict[str, Shows[InfoDesk]] = {
        "first_days": show_first_days,
        "papers": show_papers,
        "paper": show_paper,
    }
    starts: dict[str, Shows[InfoDesk]] = {"first": open_first_days, "paper": open_paper}
    return Routes(starts=bound(desk, starts), actions=bound(desk, actions))


async def show_first_days(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A screen of the first days; the first one when none is named."""
    return [posted(_first_days(desk, person, tap.argument), tap)]


async def open_first_days(desk: InfoDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/start first_days, from a link or a QR code."""
    return [posted(_first_days(desk, person, ""), said)]


async def show_papers(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The list of papers."""
    return [posted(_papers(desk, person), tap)]


async def show_paper(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What a paper means and what to do with it."""
    if (sheet := desk.papers.sheet(tap.argument)) is None:
        raise Outdated
    return [posted(_paper(desk, person, sheet), tap)]


async def open_paper(desk: InfoDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/start paper_annex-26; an old link opens the list."""
    sheet = desk.papers.sheet(said.link[1])
    screen = _paper(desk, person, sheet) if sheet else _papers(desk, person)
    return [posted(screen, said)]


def is_untold(desk: InfoDesk, said: str) -> bool:
    """Do the (folded) words name a paper that is known by name only?"""
    sheet = desk.papers.named_in(said)
    return sheet is not None and desk.papers.text(sheet.id, None) is None


def with_paper(desk: InfoDesk, person: Person, said: str, screen: Screen) -> Screen:
    """The screen, with a button to the guide when the (folded) words name a paper."""
    sheet = desk.papers.named_in(said)
    if sheet is None:
        return screen
    row = (leaflets.paper_button(desk.words(person), sheet),)
    return screen._replace(buttons=(*screen.buttons, row))


def ways_in(desk: InfoDesk, person: Person) -> tuple[Button, ...]:
    """Buttons for the menu of themes; what is not there is not offered."""
    _ = desk.words(person)
    days = [leaflets.first_days_button(_, first) for first in desk.first_days.told()[:1]]
    papers = [leaflets.guide_button(_)] if desk.papers.told() else []
    towns = [places.places_button(_)] if desk.directory.places else []
    return (*days, *towns, *papers)


def _first_days(desk: InfoDesk, person: Person, id_: str) -> Screen:
    told = desk.first_days.told()
    sheet = next((sheet for sheet in told if sheet.id == id_), told[0] if told else None)
    if sheet is None:
        raise Outdated
    text = _text(desk.first_days, sheet, person)
    voice = desk.own_voice(person, text.language)
    return leaflets.first_days(
        voice, desk.first_days, sheet, text, titles(desk, person, sheet.topics)
    )


def _papers(desk: InfoDesk, person: Person) -> Screen:
    names = []
    for sheet in desk.papers.told():
        text = _text(desk.papers, sheet, person)
        names.append((sheet, leaflets.label(desk.own_voice(person, text.language), text)))
    return leaflets.papers(desk.words(person), desk.papers, names)


def _paper(desk: InfoDesk, person: Person, sheet: Sheet) -> Screen:
    text = desk.papers.text(sheet.id, person.language)
    if text is None:
        return leaflets.unknown_paper(desk.words(person))
    voice = desk.own_voice(person, text.language)
    return leaflets.paper(voice, sheet, text, titles(desk, person, sheet.topics))


def _text(guide: Guide, sheet: Sheet, person: Person) -> Text:
    text = guide.text(sheet.id, person.language)
    assert text is not None, "told() lists only what has a text"
    return text
