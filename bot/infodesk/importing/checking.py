"""The checks on answers before they are published: lengths, links between topics, same facts.

`make lint` and `wegwijzer answers check` call `problems(folder)`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.infodesk.domain import Answer, Library
from bot.infodesk.importing import front_matter
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.importing.reading import read_leniently
from bot.infodesk.wording import markup

SHORT_LIMIT = 200
WHOLE_LIMIT = 900  # visible characters of the short text and the rest together
_YARDSTICK = "en"  # the language with which the others are compared, where it has the topic

_NUMBER = re.compile(r"\+?\d+(?:[.,:]\d+|[\u00a0\u202f]\d{3}(?!\d))*")
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:[.,\u00a0\u202f]\d{3}(?!\d))+")
_ADDRESS = re.compile(r'href="([^"]+)"')
_LIST_MARK = re.compile(r"^ *\d+\. ", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
PLACEHOLDERS = frozenset({"org_name", "org_phone", "org_mail", "org_hours"})


def problems(folder: Path) -> list[str]:
    """What is wrong with the answers under `locales/`, one line each; empty when all is well."""
    library, faults = read_leniently(folder)
    for known in library.answers.values():
        for answer in known.values():
            path = folder / answer.language / "answers" / f"{answer.slug}.md"
            faults += _faults(answer, library, path)
    return [str(fault) for fault in sorted(faults)]


def _faults(answer: Answer, library: Library, path: Path) -> Iterator[Fault]:
    source = path.read_text(encoding="utf-8")
    for key, message in (
        *_length_faults(answer),
        *_content_faults(answer, library),
        *_differences(answer, library),
    ):
        yield Fault(path, front_matter.line_of(source, key), message)


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
    for slug in answer.related:
        if slug not in library.topics or library.answer(slug, answer.language) is None:
            yield "related", f"related: there is no answer {slug!r}"
    for name in _PLACEHOLDER.findall(answer.title + answer.short + answer.body):
        if name not in PLACEHOLDERS:
            yield "title", f"{{{name}}} is unknown; known are {', '.join(sorted(PLACEHOLDERS))}"
    if answer.danger and not answer.danger.say:
        yield "danger", "danger: say (the Dutch sentence for the operator) is missing"


def _differences(answer: Answer, library: Library) -> Iterator[tuple[str, str]]:
    """Facts are the same in every language; English is compared with."""
    other = library.answers.get(_YARDSTICK, {}).get(answer.slug)
    if other is None or other is answer:
        return
    for what, mine, theirs in (
        ("numbers", _numbers(answer), _numbers(other)),
        ("links", _links(answer), _links(other)),
        ("sources", _sources(answer), _sources(other)),
    ):
        if missing := theirs - mine:
            yield "short", f"{what} of {other.language} are missing here: {_listed(missing)}"
        if extra := mine - theirs:
            yield "short", f"{what} that {other.language} does not have: {_listed(extra)}"
    if (answer.is_held, answer.is_sensitive) != (other.is_held, other.is_sensitive):
        yield "title", f"hold and sensitive are not as in {other.language}"


def _listed(items: set[str]) -> str:
    return ", ".join(sorted(items))


def _numbers(answer: Answer) -> set[str]:
    danger = " ".join(answer.danger.numbers) if answer.danger else ""
    body = _LIST_MARK.sub("", markup.visible(markup.to_html(answer.body)))
    text = f"{markup.visible(markup.line_to_html(answer.short))} {body} {danger}"
    return {_plainly(number) for number in _NUMBER.findall(text)}


def _plainly(number: str) -> str:
    """9:00, 9.00 and 9 are one hour; 67,53 and 67.53 one amount, and so is 1 314,20 with 1,314.20.

    Thousands stand apart by a point, a comma, a no-break space or nothing, as each language has it.
    """
    number = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found.group()), number)
    whole = re.sub(r"[.:]00$", "", number.replace(",", "."))
    return re.sub(r"^0(\d)(?=[.:]|$)", r"\1", whole).replace(":", ".")


def _links(answer: Answer) -> set[str]:
    return set(_ADDRESS.findall(markup.to_html(answer.body)))


def _sources(answer: Answer) -> set[str]:
    return {source.url for source in answer.sources}
