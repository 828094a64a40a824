"""The checks on everything that people read: catalogues, the calls in the code, answers.

A fault that a check finds is a fault that a newcomer would have read.
"""

import gettext
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import PoFileError, read_po

from bot.language import bidi, cells, extraction, markup, profile, spelling, template
from bot.language.spelling import text_problems

__all__ = ["LABEL_CELLS", "Problem", "code_problems", "problems", "text_problems"]

LABEL_CELLS = 30
_VALUE_CELLS = "00"  # what a value on a button takes at least
_BACK_AND_ON = ("⬅️", "➡️")
_ALLOW = re.compile(r"allow:\s*(.+?)\s*(?:-|–|$)")

Key = tuple[str | None, str]


class Problem(NamedTuple):
    """Something wrong, and where to mend it."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def problems(folder: Path, messages: Iterable[extraction.Message]) -> list[Problem]:
    """Check the catalogue of every language against the messages of the code."""
    wanted = {(message.context, message.msgid): message for message in messages}
    found: list[Problem] = []
    for described in profile.read_all(folder):
        path = folder / described.code / "LC_MESSAGES" / "bot.po"
        found += _catalogue_problems(path, described, wanted)
    return sorted(found)


def code_problems(package: Path) -> list[Problem]:
    """Check the calls in the code: whole sentences, and every value that they ask for."""
    return [
        Problem(path, line, fault)
        for path in sorted(package.rglob("*.py"))
        for line, fault in _code_faults(path.read_bytes())
    ]


def _catalogue_problems(
    path: Path, described: profile.Profile, wanted: dict[Key, extraction.Message]
) -> Iterator[Problem]:
    if not path.exists():
        if wanted:
            yield Problem(path, 1, "there is no catalogue: run `python -m bot.language update`")
        return
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=described.babel_locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        yield Problem(path, 1, f"cannot be read: {error}")
        return
    entries = {(entry.context, _msgid(entry)): entry for entry in catalogue if entry.id}
    for key in wanted.keys() - entries.keys():
        yield Problem(path, 1, f"missing: {key[1]!r}")
    for key, entry in entries.items():
        for fault in _faults(key, entry, catalogue, wanted, spelling.rules(path.parents[1])):
            yield Problem(path, entry.lineno or 1, fault)
    if described.is_rtl:
        yield from _arrow_problems(path, entries.values())


def _faults(
    key: Key,
    entry: Entry,
    catalogue: Catalog,
    wanted: dict[Key, extraction.Message],
    rules: spelling.Rules,
) -> Iterator[str]:
    message = wanted.get(key)
    if message is None:
        yield f"nobody says {key[1]!r} any more: run `python -m bot.language update`"
        return
    if entry.fuzzy:
        yield f"fuzzy: {key[1]!r}"
    forms = _forms(entry)
    expected = catalogue.num_plurals if message.plural else 1
    if not all(forms) or len(forms) != expected:
        kind = "a plural form is missing" if message.plural and any(forms) else "missing"
        yield f"{kind}: {key[1]!r}"
        return
    yield from _placeholder_faults(message, forms, catalogue)
    for form in forms:
        yield from _markup_faults(message, form)
        yield from _reading_faults(message, form, rules, _exceptions(entry))


def _placeholder_faults(
    message: extraction.Message, forms: tuple[str, ...], catalogue: Catalog
) -> Iterator[str]:
    names = template.placeholders(message.msgid + (message.plural or ""))
    for index, form in enumerate(forms):
        given = template.placeholders(form)
        optional = {"n"} if message.plural and _is_only_one(index, catalogue) else set()
        for name in sorted(given - names):
            yield f"unknown placeholder {{{name}}} in {form!r}"
        for name in sorted(names - given - optional):
            yield f"placeholder {{{name}}} is missing in {form!r}"
        if re.search(r"[{}]", template.PLACEHOLDER.sub("", form)):
            yield f"a stray brace in {form!r}"


def _is_only_one(index: int, catalogue: Catalog) -> bool:
    """Is this form said of the number 1 alone, so that it may leave the number out?"""
    rule = gettext.c2py(catalogue.plural_expr)
    return [n for n in range(200) if rule(n) == index] == [1]


def _markup_faults(message: extraction.Message, form: str) -> Iterator[str]:
    if message.is_label:
        if markup.tags(form):
            yield f"a button shows markup as it is: {form!r}"
        return
    for fault in markup.faults(form):
        yield f"{fault} in {form!r}"
    english = [message.msgid] if message.plural is None else [message.msgid, message.plural]
    if all(markup.tags(form) != markup.tags(text) for text in english):
        yield f"not the markup of the English: {form!r}"


def _arrow_problems(path: Path, entries: Iterable[Entry]) -> Iterator[Problem]:
    """Where lines run from the right, what leads back points to the right."""
    for entry in entries:
        said = _msgid(entry)
        for sign, other in (_BACK_AND_ON, _BACK_AND_ON[::-1]):
            if sign in said and other not in said and any(sign in form for form in _forms(entry)):
                fault = f"{sign} points the wrong way here, write {other}: {said!r}"
                yield Problem(path, entry.lineno or 1, fault)


def _reading_faults(
    message: extraction.Message, form: str, rules: spelling.Rules, allowed: set[str]
) -> Iterator[str]:
    if bidi.has_marks(form):
        yield f"an invisible mark: the program puts them in by itself: {form!a}"
    if message.is_label and _width(form) > LABEL_CELLS:
        yield f"too long for a button ({_width(form)} > {LABEL_CELLS}): {form!r}"
    for _line, fault in rules.faults(form, is_label=message.is_label, allowed=allowed):
        yield f"{fault} in {form!r}"


def _code_faults(source: bytes) -> Iterator[tuple[int, str]]:
    for call in extraction.calls(source):
        for fault in _call_faults(call):
            yield call.line, fault
    for line in extraction.unheard(source):
        yield line, "a message is said by `_` itself, or no catalogue will hold it"


def _call_faults(call: extraction.Call) -> Iterator[str]:
    if call.is_glued:
        yield "a message is one whole sentence with {placeholders}, not glued together"
    if call.keyword in extraction.MARKS or call.has_more_values:
        return
    for texts in call.texts:
        sentences = texts[1:] if call.keyword == "ctx" else texts
        names = template.placeholders(" ".join(sentences))
        given = call.values | ({"n"} if call.keyword.endswith("plural") else set())
        for name in sorted(names - given):
            yield f"{{{name}}} is not handed over"
        for name in sorted(call.values - names):
            yield f"{name}= is handed over, but the message does not say it"


def _exceptions(entry: Entry) -> set[str]:
    """Words that a translator allowed in writing: `# allow: مترجم - a written translator`."""
    found = (_ALLOW.match(comment) for comment in entry.user_comments)
    return {match.group(1) for match in found if match}


def _forms(entry: Entry) -> tuple[str, ...]:
    said = entry.string
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def _msgid(entry: Entry) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def _width(label: str) -> int:
    return cells.width(template.PLACEHOLDER.sub(_VALUE_CELLS, label))
