"""Direction inside answers: Latin names, numbers and addresses in right-to-left lines.

Catalogue messages are taken care of by `bot.language.template`; answers are whole texts, so their
Latin stretches are found here and isolated, and each line is made to start on the right side.
"""

import re
from functools import lru_cache

from bot.language import bidi

_TAGS = re.compile(r"(<[^<>]*>)")
_WORD = r"[A-Za-z\u00c0-\u024f0-9@#%€+][\w@#%€+]*(?:[.,:/’'&_–-]+[\w@#%€+]+)*"
_LATIN = _WORD.replace(r"\w", r"A-Za-z\u00c0-\u024f0-9_")
_BRACKET = rf"\({_LATIN}(?: {_LATIN})*\)"
_PIECE = re.compile(_LATIN)
_RUN = re.compile(rf"{_LATIN}(?:(?: |, | – ){_LATIN}| ?{_BRACKET})*")
_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NUMBERED = re.compile(rf"{_NUMBER.pattern} ?(?=\()")
_CALLED = re.compile(r"\+?\d[\d \u00a0]*")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-z]+);")


@lru_cache(maxsize=1024)
def settled(text: str, is_rtl: bool) -> str:
    """An HTML text whose every line reads in the right order."""
    if not is_rtl:
        return text
    lines = bidi.line_starts_right(text, is_rtl=True).split("\n")
    return "\n".join(_line(line) for line in lines)


def _line(line: str) -> str:
    """A Latin line stays as it is, but one in a list keeps the list's side, as a number does."""
    if bidi.has_rtl(line):
        return _isolated(line)
    if _CALLED.fullmatch(line):
        return number(line, is_rtl=True)
    return bidi.RLM + _isolated(line) if line.startswith("• ") else line


def plain(text: str, is_rtl: bool) -> str:
    """The same for a label, which holds no tags."""
    if not is_rtl or not bidi.has_rtl(text):
        return text
    return _RUN.sub(_wall, bidi.line_starts_right(text, is_rtl=True))


def number(text: str, is_rtl: bool) -> str:
    """A telephone number on a line of its own: below the line it belongs to, not across from it."""
    return bidi.RLM + bidi.isolate_ltr(text) if is_rtl else text


def _isolated(line: str) -> str:
    return "".join(
        piece if piece.startswith("<") else _stretches(piece) for piece in _TAGS.split(line)
    )


def _stretches(piece: str) -> str:
    """Entities such as &amp; are no Latin words."""
    parts = _ENTITY.split(piece)
    entities = [*_ENTITY.findall(piece), ""]
    return "".join(
        _RUN.sub(_wall, part) + entity for part, entity in zip(parts, entities, strict=True)
    )


def _wall(run: re.Match[str]) -> str:
    is_isolated = run.string[: run.start()].endswith((bidi.LRI, bidi.RLI, bidi.FSI))
    if is_isolated or _NUMBER.fullmatch(run.group()):  # a bare number keeps its order by itself
        return run.group()
    if _LETTER.search(run.group()):
        # «26 (bijlage 26)»: the number belongs to the sentence, what is in brackets comes after it
        numbered = _NUMBERED.match(run.group())
        start = numbered.end() if numbered else 0
        return run.group()[:start] + bidi.isolate_ltr(run.group()[start:])
    return _PIECE.sub(_wall_figures, run.group())


def _wall_figures(piece: re.Match[str]) -> str:
    """Figures beside each other follow the sentence: «17:00 (2022)» begins on the right."""
    is_number = _NUMBER.fullmatch(piece.group())
    return piece.group() if is_number else bidi.isolate_ltr(piece.group())
