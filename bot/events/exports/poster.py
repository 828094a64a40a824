"""An event on a sheet of A4 for a wall: what, when, where, in each of its languages, and a code
that leads to signing up."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.events.letter.sheet import Sheet


class Words(NamedTuple):
    """What stands on it in one language."""

    code: str
    is_rtl: bool
    title: str
    lines: Sequence[str]
    scan: str


def poster(
    said: Iterable[tuple[str, bool, str, Sequence[str], str]],
    link: str,
    *,
    organisation: str,
    at: datetime,
) -> bytes:
    """The PDF; `said` are `Words`, and the first language is the largest."""
    words = [Words(*one) for one in said]
    first, *others = words
    sheet = Sheet(title=first.title, author=organisation, at=at)
    _say(sheet, first, size=30)
    sheet.rule()
    for one in others:
        _say(sheet, one, size=17)
        sheet.rule()
    sheet.turn(first.code, is_rtl=first.is_rtl)
    sheet.code(link, [one.scan for one in words if not one.is_rtl] or [first.scan], side=80)
    for one in words:
        if one.is_rtl:
            sheet.turn(one.code, is_rtl=True)
            sheet.text(one.scan, size=13)
    sheet.turn("nl", is_rtl=False)
    sheet.text(link, is_grey=True)
    sheet.text(organisation, size=13, is_bold=True)
    return sheet.done()


def _say(sheet: Sheet, words: Words, *, size: float) -> None:
    sheet.turn(words.code, is_rtl=words.is_rtl)
    sheet.text(words.title, size=size, is_bold=True, after=3)
    for line in words.lines:
        sheet.text(line, size=size * 0.55, after=1.5)
