"""Where the library stands: what is there, how old, signed by whom, what to look at again."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from bot.infodesk.domain import Answer, Library, is_past

LEGEND = (
    "- none  + answer  F facts checked  L language checked  H on hold  R recording  ! look again"
)


class State(NamedTuple):
    """One topic in one language, for `wegwijzer answers status`."""

    slug: str
    language: str
    is_urgent: bool
    is_there: bool = False
    as_of: str = ""
    volatile: str = ""
    is_due: bool = False  # the day after which it must be looked at again is over
    facts_checked: str = ""
    language_checked: str = ""
    is_held: bool = False
    has_recording: bool = False


def states(library: Library, today: date) -> list[State]:
    """Every topic in every language, the urgent ones first."""
    topics = sorted(library.topics.values(), key=lambda topic: not topic.is_urgent)
    return [
        _state(State(topic.slug, language, topic.is_urgent), answers.get(topic.slug), today)
        for topic in topics
        for language, answers in library.answers.items()
    ]


def due(library: Library, today: date) -> dict[str, str]:
    """Topics whose day is over in some language: slug -> the earliest such day."""
    days: dict[str, str] = {}
    for state in states(library, today):
        if state.is_due:
            days[state.slug] = min(state.volatile, days.get(state.slug, state.volatile))
    return days


def as_data(found: list[State]) -> dict[str, object]:
    """The whole state, for `--json`."""
    topics: dict[str, dict[str, object]] = {}
    for state in found:
        topic = topics.setdefault(state.slug, {"is_urgent": state.is_urgent, "languages": {}})
        languages = topic["languages"]
        assert isinstance(languages, dict)
        languages[state.language] = {
            name: value
            for name, value in state._asdict().items()
            if name not in ("slug", "language", "is_urgent")
        }
    return {
        "topics": topics,
        "languages": {code: _sums(found, code) for code in _languages(found)},
    }


def as_table(found: list[State]) -> Iterator[str]:
    """The same for people: a line per topic, a column per language, sums below."""
    languages = _languages(found)
    yield _row("", [*languages, "as of", "look again"])
    rows: dict[str, list[State]] = {}
    for state in found:
        rows.setdefault(state.slug, []).append(state)
    for slug, known in rows.items():
        ages = sorted(state.as_of for state in known if state.as_of)
        days = sorted(state.volatile for state in known if state.volatile)
        cells = [*map(_cell, known), ages[0] if ages else "", days[0] if days else ""]
        yield _row(f"{'! ' if known[0].is_urgent else '  '}{slug}", cells)
    yield ""
    sums = [_sums(found, code) for code in languages]
    for name in sums[0] if sums else ():
        yield _row(f"  {name.replace('_', ' ')}", [str(one[name]) for one in sums])
    yield f"  of {len(rows)} topics; ! before a name: urgent."
    yield f"  {LEGEND}"


def _state(empty: State, answer: Answer | None, today: date) -> State:
    if answer is None:
        return empty
    return empty._replace(
        is_there=True,
        as_of=answer.as_of or "",
        volatile=answer.volatile or "",
        is_due=is_past(answer.volatile, today),
        facts_checked=answer.facts_checked or "",
        language_checked=answer.language_checked or "",
        is_held=answer.is_held,
        has_recording=answer.recording is not None,
    )


def _cell(state: State) -> str:
    if not state.is_there:
        return "-"
    marks: dict[str, object] = {
        "F": state.facts_checked,
        "L": state.language_checked,
        "H": state.is_held,
        "R": state.has_recording,
        "!": state.is_due,
    }
    return "+" + "".join(mark for mark, is_set in marks.items() if is_set)


_COUNTED: dict[str, Callable[[State], object]] = {
    "answers": lambda state: state.is_there,
    "facts_checked": lambda state: state.facts_checked,
    "language_checked": lambda state: state.language_checked,
    "on_hold": lambda state: state.is_held,
    "recordings": lambda state: state.has_recording,
    "look_again": lambda state: state.is_due,
    "urgent_missing": lambda state: state.is_urgent and not state.is_there,
}


def _sums(found: list[State], language: str) -> dict[str, object]:
    own = [state for state in found if state.language == language]
    counts = {name: sum(bool(is_so(one)) for one in own) for name, is_so in _COUNTED.items()}
    return {**counts, "oldest": min((one.as_of for one in own if one.as_of), default="")}


def _languages(found: list[State]) -> list[str]:
    return list(dict.fromkeys(state.language for state in found))


def _row(name: str, cells: list[str]) -> str:
    return f"{name:32}" + "".join(f"{cell:<12}" for cell in cells).rstrip()
