"""The checks on answers before they are published: lengths, links between topics, same facts.

`make lint` and `wegwijzer answers check` call `problems(folder, knowledge=…)`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.infodesk.domain import Answer, Library
from bot.infodesk.importing import comparing, facts, front_matter, phrasing
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.importing.reading import read_leniently
from bot.infodesk.wording import markup

SHORT_LIMIT = 200
WHOLE_LIMIT = 900  # visible characters of the short text and the rest together

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
PLACEHOLDERS = frozenset({"org_name", "org_phone", "org_mail", "org_hours"})


def problems(folder: Path, knowledge: Path | None = None, *, phrasings: int = 0) -> list[str]:
    """What is wrong with the answers under `locales/`, one line each; empty when all is well.

    With a folder of sourced facts (`knowledge/facts/`), also what no sure fact says; `phrasings`:
    so many each topic must have in each language.
    """
    library, faults = read_leniently(folder)
    months = comparing.month_names(folder, library.languages)
    for known in library.answers.values():
        for answer in known.values():
            faults += _located(path_of(folder, answer), faults_of(answer, library, months))
    faults += phrasing.faults(folder, library, phrasings)
    if knowledge is not None:
        faults += _beyond_the_facts(folder, library, knowledge)
    return [str(fault) for fault in sorted(faults)]


def path_of(folder: Path, answer: Answer) -> Path:
    """Where an answer's file is."""
    return folder / answer.language / "answers" / f"{answer.slug}.md"


def faults_of(
    answer: Answer, library: Library, months: comparing.Months
) -> Iterator[tuple[str, str]]:
    """What is wrong with one answer among the others: (key of the front matter, message)."""
    yield from _length_faults(answer)
    yield from _content_faults(answer, library)
    yield from comparing.differences(answer, library, months)


def own_faults(answer: Answer, library: Library) -> list[str]:
    """What is wrong with one answer, whatever the other languages say."""
    found = (*_length_faults(answer), *_content_faults(answer, library))
    return [message for _, message in found]


def _located(path: Path, found: Iterator[tuple[str, str]]) -> Iterator[Fault]:
    source = path.read_text(encoding="utf-8")
    for key, message in found:
        yield Fault(path, front_matter.line_of(source, key), message)


def _beyond_the_facts(folder: Path, library: Library, knowledge: Path) -> Iterator[Fault]:
    """English is held against the facts, the others against English, or else against the facts."""
    known, faults = facts.read(knowledge, library.topics)
    yield from faults
    english = library.answers.get(comparing.YARDSTICK, {})
    for language, answers in library.answers.items():
        for slug, answer in answers.items():
            if language == comparing.YARDSTICK or slug not in english:
                path = path_of(folder, answer)
                yield from _located(path, facts.claims_faults(answer, known))
                yield from _located(path, facts.passing_faults(answer, known))


def _length_faults(answer: Answer) -> Iterator[tuple[str, str]]:
    short = _length(markup.line_to_html(answer.short))
    whole = short + _length(markup.to_html(answer.body))
    if short > SHORT_LIMIT:
        yield "short", f"short has {short} characters: at most {SHORT_LIMIT}"
    if whole > WHOLE_LIMIT:
        yield "short", f"short and the rest have {whole} characters: at most {WHOLE_LIMIT}"


def _length(html: str) -> int:
    """How much there is to read; an empty line is no reading."""
    return len(" ".join(markup.visible(html).split()))


def _content_faults(answer: Answer, library: Library) -> Iterator[tuple[str, str]]:
    if not answer.sources:
        yield "title", "sources are missing: name at least one"
    dates = [source.as_of for source in answer.sources if source.as_of]
    if answer.as_of and any(_is_before(one, answer.as_of) for one in dates):
        yield "as_of", f"as_of {answer.as_of} is younger than the oldest source: {min(dates)}"
    for slug in answer.related:
        if slug not in library.topics or library.answer(slug, answer.language) is None:
            yield "related", f"related: there is no answer {slug!r}"
    for name in _PLACEHOLDER.findall(answer.title + answer.short + answer.body):
        if name not in PLACEHOLDERS:
            yield "title", f"{{{name}}} is unknown; known are {', '.join(sorted(PLACEHOLDERS))}"
    if answer.danger and not answer.danger.say:
        yield "danger", "danger: say (the Dutch sentence for the operator) is missing"


def _is_before(one: str, other: str) -> bool:
    """As far as both dates go: 2024 is not before 2024-06."""
    both = min(len(one), len(other))
    return one[:both] < other[:both]
