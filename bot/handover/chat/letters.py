"""The person sets the last day on their letter: a calendar, or the date as they write it."""

from datetime import date
from functools import partial

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing, Toast
from bot.dialog import prompts
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.handover import domain
from bot.handover.chat.muted import unless_muted, unless_muted_says
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import cases
from bot.handover.service import deadlines as service
from bot.handover.wording import deadlines as wording
from bot.language import formats, reading_dates
from bot.people.domain import Person
from bot.storage.transaction import Tx

PROMPT = "letter_day"


def routes(desk: HandoverDesk) -> Routes:
    """The button of a legal question, the calendar, and the date that is written instead."""
    screens = {
        "letter": unless_muted(show),
        "letter_day": preview,
        "letter_yes": unless_muted(keep),
        "letter_name": name_weekday,
    }
    hears = unless_muted_says(hear, _is_date)
    return Routes(actions=bound(desk, screens), prompts={PROMPT: partial(hears, desk)})


async def show(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The calendar; it stands below, and turns its pages in place."""
    case_id, _colon, page = tap.argument.partition(":")
    case = await _own(tx, person, case_id)
    today = formats.day_of(tap.at)
    first = _page(page, today) if page else (case.deadline or today).replace(day=1)
    text, buttons = wording.ask(desk.catalogs.words(person.language), case, first, today=today)
    await _listen(tx, case, tap)
    if page:
        return [Edit(text=text, buttons=buttons)]
    return [Outgoing(text=text, buttons=buttons, person_id=person.id)]


async def hear(
    desk: HandoverDesk, tx: Tx, person: Person, incoming: Incoming, ref: str
) -> list[Message] | None:
    """The date in words or figures. What holds no figure is no answer, and goes its usual way."""
    if not isinstance(incoming, Said) or not _is_date(incoming):
        return None
    case = await _own(tx, person, ref)
    _, today = desk.catalogs.words(person.language), formats.day_of(incoming.at)
    day = reading_dates.read(desk.catalogs, incoming.text, today=today)
    if day is None or day < today:
        await _listen(tx, case, incoming)
        again = wording.ask_again(_, is_past=day is not None)
        text, buttons = wording.ask(_, case, today.replace(day=1), today=today)
        return [Outgoing(text=f"{again}\n\n{text}", buttons=buttons, person_id=person.id)]
    text, buttons = wording.preview(_, case, day)
    return [Outgoing(text=text, buttons=buttons, person_id=person.id)]


def _is_date(incoming: Incoming) -> bool:
    return isinstance(incoming, Said) and any(char.isdecimal() for char in incoming.text)


async def preview(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A day of the calendar: is it this one?"""
    case_id, _colon, day = tap.argument.partition(":")
    case = await _own(tx, person, case_id)
    text, buttons = wording.preview(desk.catalogs.words(person.language), case, _day(day))
    return [Edit(text=text, buttons=buttons)]


async def keep(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Yes, that is the day."""
    case_id, _colon, written = tap.argument.partition(":")
    day = _day(written)
    id_ = number_in(case_id)
    case = await service.set_own(desk, tx, person, id_, day, now=tap.at)
    text, buttons = wording.kept(desk.catalogs.words(person.language), case, day)
    return [Edit(text=text, buttons=buttons)]


async def name_weekday(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The head of a column, or an empty place in it."""
    number = number_in(tap.argument)
    if number > 6:
        raise Outdated
    _ = desk.catalogs.words(person.language)
    return [Toast(text=formats.weekday_name(_, number))]


async def _own(tx: Tx, person: Person, case_id: str) -> Case:
    """Raises NotYourQuestion, Outdated."""
    case = await cases.own(tx, person.id, number_in(case_id))
    if not case.is_open:
        raise Outdated
    return case


async def _listen(tx: Tx, case: Case, incoming: Incoming) -> None:
    until = incoming.at + domain.ASKED_FOR
    await prompts.ask(tx, incoming.chat_id, PROMPT, str(case.id), until=until)


def _page(written: str, today: date) -> date:
    first = _day(f"{written}-01")
    months = (first.year - today.year) * 12 + first.month - today.month
    if not 0 <= months <= domain.PAGES:
        raise Outdated
    return first


def _day(written: str) -> date:
    """A day from a button. Raises Outdated for anything that no button of ours holds."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Outdated from None
