"""One message made ready: parsed once, filled in about a microsecond.

The template is trusted markup, the values are not: they are escaped (unless they are `Markup`)
and kept from changing the direction of the text around them.
"""

import html
import re
from collections.abc import Callable, Mapping

from markupsafe import Markup

from bot.language import bidi

PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_COMMAND = re.compile(r"(?<![\w/<])/[a-z][a-z_]*\b")
_SIGNED = re.compile(r"(?<!\w)#\{[a-z_][a-z0-9_]*\}")
_CODE = re.compile(r"<code>(\{[a-z_][a-z0-9_]*\})</code>")
_LINK = re.compile(r"https?://\S+")

Fill = Callable[[object], str]
Piece = tuple[str, Fill] | str


class Template:
    """A message cut into fixed pieces and places for values."""

    __slots__ = ("_pieces", "_plain")

    def __init__(self, text: str, *, is_markup: bool, is_rtl: bool) -> None:
        pieces = _cut(_started_right(text) if is_rtl else text, is_markup, is_rtl)
        self._pieces = pieces
        fixed = [piece for piece in pieces if isinstance(piece, str)]
        self._plain = "".join(fixed) if len(fixed) == len(pieces) else None

    def render(self, values: Mapping[str, object]) -> str:
        """Fill in the values; a name that is not handed over is a KeyError."""
        if self._plain is not None:
            return self._plain
        return "".join(
            [p if isinstance(p, str) else p[1](values[p[0]]) for p in self._pieces],
        )


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the values that a message asks for."""
    return frozenset(PLACEHOLDER.findall(text))


def _started_right(text: str) -> str:
    return "\n".join(bidi.RLM + line if _needs_mark(line) else line for line in text.split("\n"))


def _needs_mark(line: str) -> bool:
    """A paragraph that begins with a value gets the mark too: the value may be Latin."""
    place = PLACEHOLDER.search(line)
    if bidi.first_strong(line[: place.start()] if place else line) == "R":
        return False
    return place is not None or bidi.has_rtl(line)


def _cut(text: str, is_markup: bool, is_rtl: bool) -> list[Piece]:
    if is_rtl:
        text = _walled(text, is_markup)
    pieces: list[Piece] = []
    end = 0
    for place in PLACEHOLDER.finditer(text):
        before = text[: place.start()]
        pieces.append(text[end : place.start()])
        pieces.append((place.group(1), _fill(before, is_markup, is_rtl)))
        end = place.end()
    pieces.append(text[end:])
    return [piece for piece in pieces if piece != ""]


def _walled(text: str, is_markup: bool) -> str:
    """Isolate what is read from left to right as one: a command, a number with its sign, code."""
    for stretch in (_COMMAND, _SIGNED):
        text = stretch.sub(lambda found: bidi.isolate_ltr(found.group()), text)
    return _CODE.sub(rf"{bidi.FSI}<code>\1</code>{bidi.PDI}", text) if is_markup else text


def _fill(before: str, is_markup: bool, is_rtl: bool) -> Fill:
    if before.endswith(bidi.LRI + "#"):  # isolated already, together with its sign
        return _html_ltr if is_markup else _plain_ltr
    if not is_markup:
        return _plain_rtl if is_rtl else _plain_ltr
    if before.rfind("<") > before.rfind(">"):
        return _attribute
    if before.endswith("<code>"):
        return _code
    return _html_rtl if is_rtl else _html_ltr


def _attribute(value: object) -> str:
    return html.escape(bidi.strip_marks(str(value)))


def _code(value: object) -> str:
    """Text in <code> is copied by a tap: no invisible characters inside."""
    if isinstance(value, Markup):
        return str(value)
    return html.escape(bidi.strip_marks(str(value)), quote=False)


def _html_rtl(value: object) -> str:
    if isinstance(value, Markup):
        return str(value) if "\n" in value else _isolated(str(value))
    return _each_line(html.escape(bidi.contained(str(value)), quote=False), value)


def _html_ltr(value: object) -> str:
    if isinstance(value, Markup):
        return str(value)
    return _protected(html.escape(bidi.contained(str(value)), quote=False))


def _plain_rtl(value: object) -> str:
    return _each_line(bidi.contained(str(value)), value)


def _plain_ltr(value: object) -> str:
    return _protected(bidi.contained(str(value)))


def _each_line(text: str, value: object) -> str:
    """A newcomer's own words may run over several paragraphs: each is isolated by itself."""
    if not isinstance(value, str):
        return bidi.isolate_ltr(text)
    if "\n" not in text:
        return _isolated(text)
    first, *others = text.split("\n")
    return "\n".join([_isolated(first), *(bidi.RLM + _isolated(o) if o else o for o in others)])


def _isolated(text: str) -> str:
    """A link stays bare: an invisible neighbour could be taken for a part of the address."""
    if not text or _LINK.fullmatch(text):
        return text
    return bidi.isolate(text) if bidi.has_rtl(text) else bidi.isolate_ltr(text)


def _protected(text: str) -> str:
    """In left-to-right text only right-to-left values need a wall around them."""
    return bidi.isolate(text) if bidi.has_rtl(text) and "\n" not in text else text
