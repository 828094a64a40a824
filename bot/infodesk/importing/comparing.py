"""Facts are the same in every language: an answer beside the one it is compared with."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel import Locale

from bot.errors import Misconfigured
from bot.infodesk.domain import Answer, Library
from bot.infodesk.importing import figures
from bot.infodesk.wording import markup
from bot.language import profile

YARDSTICK = "en"  # the language with which the others are compared, where it has the topic

_ADDRESS = re.compile(r'href="([^"]+)"')
_FORMS = ("format", "stand-alone")  # of the month, as it changes in a date

Months = Mapping[str, Mapping[str, int]]  # language -> name of a month -> its number


def differences(answer: Answer, library: Library, months: Months) -> Iterator[tuple[str, str]]:
    """What differs from English: (key of the front matter, message)."""
    other = library.answers.get(YARDSTICK, {}).get(answer.slug)
    if other is None or answer.language == YARDSTICK:
        return
    for what, mine, theirs in (
        ("numbers", numbers(answer), numbers(other)),
        ("months of dates", _months(answer, months), _months(other, months)),
        ("links", links(answer), links(other)),
        ("sources", _sources(answer), _sources(other)),
    ):
        if missing := theirs - mine:
            yield "short", f"{what} of {other.language} are missing here: {_listed(missing)}"
        if extra := mine - theirs:
            yield "short", f"{what} that {other.language} does not have: {_listed(extra)}"
    if (answer.is_held, answer.is_sensitive) != (other.is_held, other.is_sensitive):
        yield "title", f"hold and sensitive are not as in {other.language}"
    for key in ("as_of", "volatile"):
        if getattr(answer, key) != getattr(other, key):
            yield key, f"{key} is not as in {other.language}: {getattr(other, key)}"
    yield from _lines_to_say(answer, other)


def numbers(answer: Answer) -> set[str]:
    """The numbers a reader sees below the title."""
    danger = " ".join(answer.danger.numbers) if answer.danger else ""
    return figures.of(f"{_text(answer)}\n{danger}")


def links(answer: Answer) -> set[str]:
    """Where the text leads."""
    return set(_ADDRESS.findall(markup.to_html(answer.body)))


def _lines_to_say(answer: Answer, other: Answer) -> Iterator[tuple[str, str]]:
    """The numbers to call are the same in the same order, and so is what is said in Dutch."""
    mine, theirs = answer.danger, other.danger
    if (mine and mine.numbers) != (theirs and theirs.numbers):
        called = _listed(theirs.numbers) if theirs else "none"
        yield "danger", f"danger: numbers are not as in {other.language}: {called}"
    if (mine and mine.say) != (theirs and theirs.say):
        yield "danger", f"danger: say is not the Dutch sentence of {other.language}"
    if (answer.desk and answer.desk.nl) != (other.desk and other.desk.nl):
        yield "desk", f"desk: nl is not the Dutch line of {other.language}"


def _text(answer: Answer) -> str:
    short = markup.visible(markup.line_to_html(answer.short))
    return f"{short}\n{markup.visible(markup.to_html(answer.body))}"


def _sources(answer: Answer) -> set[str]:
    return {f"{source.url} ({source.as_of or 'undated'})" for source in answer.sources}


def month_names(folder: Path, languages: Iterable[str]) -> Months:
    """How months are called in each language under `locales/` whose profile can be read."""
    return {code: _names_of_months(folder / code) for code in languages}


def _months(answer: Answer, months: Months) -> set[str]:
    """The months that stand beside a number, as the calendar counts them."""
    known = months.get(answer.language)
    if not known:
        return set()
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    beside = rf"\d[\w.]* +({names})\b|\b({names}),? +\d"
    return {str(known[name]) for pair in re.findall(beside, _text(answer)) for name in pair if name}


def _names_of_months(home: Path) -> dict[str, int]:
    try:
        described = profile.read(home)
    except Misconfigured:
        return {}
    own = {
        name: number
        for number, month in enumerate(profile.MONTHS, 1)
        if (name := described.months.get(month))
    }
    wide = [Locale.parse(described.babel_locale).months[form]["wide"] for form in _FORMS]
    known = {**{name: number for names in wide for number, name in names.items()}, **own}
    return {**known, **{name.capitalize(): number for name, number in known.items()}}


def _listed(items: set[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(items) if isinstance(items, set) else items)
