"""📣 Signals: tag a question with a theme for policy work, and look at the figures."""

from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Delete, Edit, File, Made, Message, Outgoing
from bot.dialog.routes import Handler, Routes, Shows, bound
from bot.errors import number_in
from bot.handover.desk import HandoverDesk
from bot.handover.domain.signals import NoSuchMonth, month_named
from bot.handover.service import answering
from bot.handover.service import signals as service
from bot.handover.wording import signals as wording
from bot.language import formats
from bot.people.desk import Maker
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

CSV = "signals"  # the kind of file that `makers` makes


def routes(desk: HandoverDesk) -> Routes:
    """Tagging in the topic; figures also in a colleague's own chat."""
    screens: dict[str, Shows[HandoverDesk]] = {"signals": show_months}
    figures: dict[str, Handler] = bound(desk, screens)
    here: dict[str, Shows[HandoverDesk]] = {"signal": begin_here}
    taps: dict[str, Shows[HandoverDesk]] = {
        "signal": begin,
        "signal_theme": toggle,
        "signal_done": done,
    }
    return Routes(
        commands=figures,
        staff_commands={**figures, **bound(desk, here)},
        staff_actions=bound(desk, taps),
    )


def makers() -> dict[str, Maker]:
    """The file of a month, made when it is sent."""
    return {CSV: _made}


async def _made(tx: Tx, month: str) -> bytes:
    return (await service.as_csv(tx, month)).encode()


async def begin_here(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/signal in the topic of a question"""
    require(person)
    found = await answering.located(tx, said)
    case, themes = await service.of_case(tx, person, found.id)
    text, buttons = wording.menu(desk.staff_words, case, themes)
    return [Outgoing(text=text, buttons=buttons)]


async def begin(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """📣 in the menu of a question: that message becomes the list of themes."""
    case, themes = await service.of_case(tx, person, number_in(tap.argument))
    text, buttons = wording.menu(desk.words_for(person, tap), case, themes)
    return [Edit(text=text, buttons=buttons)]


async def toggle(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A theme: on, or off again."""
    number, _, theme = tap.argument.partition(":")
    case_id = number_in(number)
    case, themes = await service.toggle(tx, person, case_id, theme, now=tap.at)
    text, buttons = wording.menu(desk.words_for(person, tap), case, themes)
    return [Edit(text=text, buttons=buttons)]


async def done(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Done: the menu goes."""
    require(person)
    return [Delete(message_ids=(tap.message_id or 0,))]


async def show_months(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/signals, /signals csv 2026-11"""
    require(person)
    words = formats.read_digits(said.argument).casefold().split()
    if words:
        return [_file(words)]
    months = await service.lately(tx, person, now=said.at)
    return [Outgoing(text=wording.months(desk.words_for(person, said), desk.catalogs, months))]


def _file(words: list[str]) -> Message:
    month = words[-1]
    month_named(month)
    if words[:-1] not in ([], ["csv"]):
        raise NoSuchMonth
    return File(made=Made(CSV, month), name=f"signals-{month}.csv")
