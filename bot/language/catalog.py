"""Catalogues: what the bot says, in the words of each language.

`Catalogs` holds all languages; `Words` is one language's voice, handed to wording functions as `_`.
"""

import gettext
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

from babel import Locale, numbers

from bot import errors
from bot.language import bidi, compiled, detection, profile
from bot.language.compiled import Key, Texts
from bot.language.template import Template

FALLBACK: Final = "en"

Made = dict[Key | tuple[str, int], Template]
PluralRule = Callable[[int], int]


def N_label(msgid: str) -> str:
    """Mark a message that will stand on a button, for the checks on its length."""
    return msgid


class Words:
    """One language's voice: texts are ready for HTML, labels are plain."""

    def __init__(self, described: profile.Profile, texts: Texts, rule: PluralRule) -> None:
        self.profile: Final = described
        self.code: Final = described.code
        self.name: Final = described.name
        self.english_name: Final = described.english_name
        self.is_rtl: Final = described.is_rtl
        self.telegram_code: Final = described.telegram_code
        self.missing: Final[Counter[str]] = Counter()
        self._texts = texts
        self._rule = rule
        self._html: Made = {}
        self._plain: Made = {}

    def __repr__(self) -> str:
        return f"Words({self.code!r})"

    @cached_property
    def locale(self) -> Locale:
        """Babel's knowledge of the language, for dates and numbers."""
        return Locale.parse(self.profile.babel_locale)

    def __call__(self, msgid: str, /, **values: object) -> str:
        """A text for a message: values are escaped, and isolated where direction asks for it."""
        return self._say(self._html, (None, msgid), values)

    def label(self, msgid: str, /, **values: object) -> str:
        """Plain text for a button: nothing is escaped, and the checks keep it short."""
        return self._say(self._plain, (None, msgid), values)

    def plain(self, msgid: str, /, **values: object) -> str:
        """Plain text of any length: a toast, a command's description, a topic's name."""
        return self._say(self._plain, (None, msgid), values)

    def ctx(self, context: str, msgid: str, /, **values: object) -> str:
        """A text whose English is used for two things that other languages tell apart."""
        return self._say(self._html, (context, msgid), values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """A text with a counted noun; `{n}` is the number."""
        return self._count(self._html, (one, many), n, values)

    def label_plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """A counted noun on a button."""
        return self._count(self._plain, (one, many), n, values)

    def plain_plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """A counted noun as plain text of any length."""
        return self._count(self._plain, (one, many), n, values)

    def written(self, msgid: str) -> str | None:
        """The translation as it stands in the file, with its placeholders; None: there is none."""
        found = self._texts.get((None, msgid))
        if found is None:
            return msgid if self.code == FALLBACK else None  # messages are written in English
        return found[0]

    def filled(self, text: str, /, **values: object) -> str:
        """Plain text that staff wrote in this language, filled in as a text of the catalogue is.

        Raises KeyError for a placeholder without a value.
        """
        return Template(text, is_markup=False, is_rtl=self.is_rtl).render(values)

    def _say(self, made: Made, key: Key, values: dict[str, object]) -> str:
        template = made.get(key)
        if template is None:
            template = made[key] = self._make(made, self._text(key))
        try:
            return template.render(self._in_figures(values))
        except KeyError:
            return self._make(made, key[1]).render(values)

    def _count(self, made: Made, forms: tuple[str, str], n: int, values: dict[str, object]) -> str:
        translated = self._texts.get((None, forms[0]))
        if translated is None:
            self.missing[forms[0]] += 1
            translated, index = forms, int(n != 1)
        else:
            index = min(self._rule(abs(n)), len(translated) - 1)
        template = made.get((forms[0], index))
        if template is None:
            template = made[forms[0], index] = self._make(made, translated[index])
        return template.render(self._in_figures({"n": n, **values}))

    def _in_figures(self, values: dict[str, object]) -> dict[str, object]:
        """Write a part of a number as the language does: "26,5" in Dutch."""
        if not any(isinstance(value, float) for value in values.values()):
            return values
        return {name: self._figure(value) for name, value in values.items()}

    def _figure(self, value: object) -> object:
        if not isinstance(value, float):
            return value
        return numbers.format_decimal(value, locale=self.locale, numbering_system="latn")

    def _make(self, made: Made, text: str) -> Template:
        return Template(text, is_markup=made is self._html, is_rtl=self.is_rtl)

    def _text(self, key: Key) -> str:
        found = self._texts.get(key)
        if found is not None:
            return found[0]
        self.missing[key[1]] += 1
        return key[1]


class Catalogs:
    """Every language that has a folder."""

    def __init__(self, voices: list[Words]) -> None:
        if not voices:
            raise errors.Misconfigured("There is no language: no folder holds a language.toml.")
        self._voices: Final = {words.code: words for words in voices}
        self.codes: Final = tuple(self._voices)
        self._fallback: Final = self._voices.get(FALLBACK, voices[0])
        self._tags: Final = _tags(voices)

    @classmethod
    def load(cls, folder: Path) -> "Catalogs":
        """Read the languages under `locales/`."""
        return cls([_voice(folder, described) for described in profile.read_all(folder)])

    def __iter__(self) -> Iterator[Words]:
        return iter(self._voices.values())

    def words(self, code: str | None) -> Words:
        """The voice of a language; English when it is not known (yet)."""
        return self._voices.get(code or "", self._fallback)

    def code_for(self, tag: str | None) -> str | None:
        """Our code for a tag of Telegram or BCP 47: 'fa', 'prs' and 'fa-AF' are one to us."""
        parts = (tag or "").casefold().replace("_", "-").split("-")
        shorter = ("-".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((self._tags[name] for name in shorter if name in self._tags), None)

    def guess(self, text: str) -> str | None:
        """The likeliest language of a text, to steer search; never to choose a language."""
        return detection.guess(text, (words.profile for words in self))

    def msgids_saying(self, label: str) -> set[str]:
        """The messages that read like this in any language: a keyboard outlives a change of it."""
        return set(self._labels.get(_spoken(label), ()))

    @cached_property
    def _labels(self) -> dict[str, set[str]]:
        labels: dict[str, set[str]] = {}
        for words in self._voices.values():
            for (_, msgid), forms in words._texts.items():
                for text in {msgid, *forms}:
                    if len(text) <= _LONGEST_LABEL and "{" not in text:
                        labels.setdefault(_spoken(text), set()).add(msgid)
        return labels


_LONGEST_LABEL = 64
_UNSPOKEN = re.compile(r"[\W_]+")


def _spoken(label: str) -> str:
    """Fold what neither eye nor finger tells apart: signs, emoji, marks, two keyboards."""
    folded = unicodedata.normalize("NFC", bidi.strip_marks(label)).casefold()
    folded = folded.replace("\u200c", "").replace("ي", "ی").replace("ى", "ی").replace("ك", "ک")
    return _UNSPOKEN.sub(" ", folded).strip() or folded.strip()


def _tags(voices: list[Words]) -> dict[str, str]:
    tags: dict[str, str] = {}
    for words in voices:
        for tag in (words.code, words.telegram_code, *words.profile.accepts):
            tags.setdefault(tag.casefold().replace("_", "-"), words.code)
    return tags


def _voice(folder: Path, described: profile.Profile) -> Words:
    path = folder / described.code / "LC_MESSAGES" / "bot.po"
    if not path.exists():
        return Words(described, {}, lambda n: int(n != 1))
    texts, plural = compiled.read(path, described.babel_locale)
    return Words(described, texts, gettext.c2py(plural))
