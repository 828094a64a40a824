"""How texts are written, language by language: letters, digits, direction, words to avoid.

The rules of a language are data in its folder (`language.toml`, `avoid.yaml`); what holds for
every right-to-left language is here. Catalogues and answers obey the same rules.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from bot import errors
from bot.language import bidi, profile
from bot.language.template import PLACEHOLDER

LOCALES: Final = Path(__file__).resolve().parents[2] / "locales"
_VALUE = "\ufffc"  # stands where a placeholder was: neither letter nor digit

_UNREAD = re.compile(r"</?[a-z][^<>]*>|\]\([^)\s]*\)|https?://\S+|[\w.+-]+@[\w-]+\.[\w.]+")
_EASTERN_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
_TWO_SCRIPTS = re.compile(r"\w*(?:[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z])\w*")
_SPLIT_NUMBER = re.compile(r"\d+[ \u00a0\u202f]\d+")
_WESTERN_SIGN = re.compile("[\u0620-\u06d5\ufffc][*_ ]*([?,;])")
_RTL_SIGNS = {"?": "؟", ",": "،", ";": "؛"}
_EMOJI = re.compile("\u2139\ufe0f?|[\U0001f100-\U0001f2ff]")  # letters to Unicode, signs to us
_EMBEDDING = re.compile("[\u202a-\u202e]")


class Avoided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word that gives a text away, and what we write instead."""

    bad: str
    use: str
    why: str
    whole: bool = False
    only_labels: bool = False
    unless: tuple[str, ...] = ()


class Rules:
    """Everything that a text in one language is held to."""

    def __init__(self, described: profile.Profile, avoided: tuple[Avoided, ...]) -> None:
        self.is_rtl: Final = described.is_rtl
        self._forbidden = [(_forbidden(rule), rule.why) for rule in described.forbidden]
        self._avoided = [(_avoided(rule), rule) for rule in avoided]

    def faults(
        self, text: str, *, is_label: bool = False, allowed: Collection[str] = ()
    ) -> list[tuple[int, str]]:
        """Return (line, what is wrong) for one text; `allowed` are exceptions with a reason."""
        found = []
        for line, paragraph in enumerate(text.split("\n"), start=1):
            read = PLACEHOLDER.sub(_VALUE, _UNREAD.sub(" ", paragraph))
            found += [(line, fault) for fault in self._letter_faults(read)]
            found += [(line, fault) for fault in _direction_faults(paragraph)]
            if self.is_rtl:
                found += [(line, fault) for fault in _rtl_faults(read)]
            found += [(line, fault) for fault in self._word_faults(read, is_label, allowed)]
        return found

    def _letter_faults(self, text: str) -> Iterator[str]:
        for pattern, why in self._forbidden:
            if found := pattern.search(text):
                yield f"{found.group()!r}: {why}"
        if found := _EASTERN_DIGIT.search(text):
            yield f"{found.group()!r}: digits are 0-9 in every language"
        if found := _TWO_SCRIPTS.search(text):
            yield f"{found.group()!r}: Latin and Cyrillic letters in one word"

    def _word_faults(self, text: str, is_label: bool, allowed: Collection[str]) -> Iterator[str]:
        for pattern, rule in self._avoided:
            if rule.bad in allowed or (rule.only_labels and not is_label):
                continue
            if pattern.search(text):
                yield f"avoid {rule.bad!r}, write {rule.use!r}: {rule.why}"


def text_problems(
    code: str, text: str, *, folder: Path = LOCALES, allowed: Collection[str] = ()
) -> list[tuple[int, str]]:
    """Return (line, what is wrong) for any text in a language, such as an answer."""
    return rules(folder / code).faults(text, allowed=allowed)


@lru_cache(maxsize=64)
def rules(folder: Path) -> Rules:
    """The rules of the language in this folder."""
    path = folder / "avoid.yaml"
    if not path.exists():
        return Rules(profile.read(folder), ())
    try:
        avoided = msgspec.yaml.decode(path.read_bytes(), type=tuple[Avoided, ...])
    except msgspec.MsgspecError as error:
        raise errors.Misconfigured(f"{path}: {error}") from error
    return Rules(profile.read(folder), avoided)


def _direction_faults(paragraph: str) -> Iterator[str]:
    if not bidi.is_balanced(paragraph):
        yield "an isolate is not closed in its paragraph"
    if _EMBEDDING.search(paragraph):
        yield "direction is steered with isolates, not with embeddings or overrides"


def _rtl_faults(text: str) -> Iterator[str]:
    words = _EMOJI.sub("", text)
    if bidi.has_rtl(words) and not words.startswith(bidi.RLM) and bidi.first_strong(words) == "L":
        yield "the paragraph starts with a Latin letter: put a word before it"
    if found := _SPLIT_NUMBER.search(text):
        yield f"{found.group()!r}: groups of digits with a space between change places"
    if found := _WESTERN_SIGN.search(text):
        yield f"{found.group(1)!r}: write {_RTL_SIGNS[found.group(1)]!r}"


def _forbidden(rule: profile.Forbidden) -> re.Pattern[str]:
    return re.compile(rule.pattern or f"[{re.escape(rule.letters)}]", re.IGNORECASE)


def _avoided(rule: Avoided) -> re.Pattern[str]:
    """A plain string, not inside the words that are right (`unless`)."""
    bad = re.escape(rule.bad)
    if rule.whole:
        bad = rf"(?<!\w){bad}(?!\w)"
    return re.compile(
        "".join(_not_within(rule.bad, right) for right in rule.unless) + bad, re.IGNORECASE
    )


def _not_within(bad: str, right: str) -> str:
    before, _, after = right.partition(bad)
    start = f"(?<!{re.escape(before)})" if before else ""
    return f"(?!{re.escape(bad + after)})" if not before else start
