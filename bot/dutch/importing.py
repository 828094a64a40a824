"""The phrases from their files: one for what is Dutch, one in each language for what it means."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from bot.dutch.domain import Course, Phrase, Theme
from bot.errors import Misconfigured
from bot.language import profile
from bot.language.checking import Problem

FILE: Final = "dutch.yaml"
RECORDINGS: Final = "dutch"
TEXT_LENGTH: Final = 60
MEANING_LENGTH: Final = 90
AT_LEAST: Final = 3  # else there is nothing to choose from in the exercise

Value = TypeVar("Value")

_KEY = re.compile(r"[a-z0-9-]{1,24}")


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    theme: Theme
    text: str
    word: str
    others: tuple[str, str]


def read(knowledge: Path, locales: Path) -> Course:
    """All phrases. Raises Misconfigured that says what to mend; what a language does not say (yet)
    is shown in another."""
    course, found = _read(knowledge, locales)
    if found:
        listed = "\n".join(f"- {problem}" for problem in found)
        raise Misconfigured(f"The Dutch phrases cannot be read:\n{listed}")
    return course


def problems(knowledge: Path, locales: Path) -> list[Problem]:
    """What a reader would stumble over; `wegwijzer answers check` says it."""
    course, found = _read(knowledge, locales)
    path = knowledge / FILE
    for code, told in course.meanings.items():
        home = _home(locales, code)
        found += [_problem(home, *fault) for fault in _meaning_faults(course, told)]
    for key in sorted(course.recordings.keys() - {phrase.key for phrase in course.phrases}):
        found.append(_problem(path, key, f"there is no phrase for the recording {key}.ogg"))
    return sorted(found)


def _read(knowledge: Path, locales: Path) -> tuple[Course, list[Problem]]:
    found: list[Problem] = []
    rows = _decoded(knowledge / FILE, tuple[_Row, ...], found) or ()
    found += [_problem(knowledge / FILE, *fault) for fault in _faults(rows)]
    meanings: dict[str, Mapping[str, str]] = {}
    for described in profile.read_all(locales):
        home = _home(locales, described.code)
        meanings[described.code] = {}
        if home.exists():  # a new language begins without
            meanings[described.code] = _decoded(home, dict[str, str], found) or {}
    clips = sorted((knowledge / RECORDINGS).glob("*.ogg"))
    phrases = tuple(Phrase(one.key, one.theme, one.text, one.word, one.others) for one in rows)
    return Course(phrases, meanings, {clip.stem: str(clip) for clip in clips}), found


def _faults(rows: Iterable[_Row]) -> Iterator[tuple[str, str]]:
    """Key and what is wrong, of the Dutch file."""
    rows = tuple(rows)
    if len(rows) < AT_LEAST:
        yield "", f"there are at least {AT_LEAST} phrases"
    for key, times in Counter(row.key for row in rows).items():
        if times > 1:
            yield key, f"{key} stands here twice"
    for row in rows:
        for fault in _row_faults(row):
            yield row.key, f"{row.key}: {fault}"


def _row_faults(row: _Row) -> Iterator[str]:
    if not _KEY.fullmatch(row.key):
        yield "a key has at most 24 of a-z, 0-9 and -"
    if len(row.text) > TEXT_LENGTH:
        yield f"the text is longer than {TEXT_LENGTH} characters"
    if len(re.findall(rf"(?<!\w){re.escape(row.word)}(?!\w)", row.text)) != 1:
        yield f"the word {row.word!r} has to stand once in the text"
    if len({word.casefold() for word in (row.word, *row.others)}) < 3:
        yield "two of the three words are the same"


def _meaning_faults(course: Course, told: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Key and what is wrong, of one language."""
    for phrase in course.phrases:
        meaning = told.get(phrase.key, "").strip()
        if not meaning:
            yield phrase.key, f"{phrase.key}: the meaning is missing"
        elif len(meaning) > MEANING_LENGTH:
            yield phrase.key, f"{phrase.key}: longer than {MEANING_LENGTH} characters"
        elif meaning == phrase.text:
            yield phrase.key, f"{phrase.key}: the meaning only repeats the phrase"
    for key in told.keys() - {phrase.key for phrase in course.phrases}:
        yield key, f"{key}: there is no such phrase"
    for meaning, times in Counter(told.values()).items():
        if times > 1:
            yield "", f"two phrases mean the same: {meaning!r}"


def _decoded(path: Path, type_: type[Value], found: list[Problem]) -> Value | None:
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=type_)
    except OSError:
        found.append(Problem(path, 1, "the file is missing"))
    except msgspec.MsgspecError as error:
        found.append(Problem(path, 1, " ".join(str(error).split())))
    return None


def _home(locales: Path, code: str) -> Path:
    return locales / code / "answers" / FILE


def _problem(path: Path, key: str, message: str) -> Problem:
    """With the line on which the key stands first."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    place = re.compile(rf"(- key: )?{re.escape(key)}(:|$)")
    line = next((at for at, one in enumerate(lines, start=1) if key and place.match(one)), 1)
    return Problem(path, line, message)
