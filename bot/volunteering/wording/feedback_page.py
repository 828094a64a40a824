"""The web page on which an organisation says how the cooperation was, as plain text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Catalogs, Words
from bot.volunteering.domain.evaluations import Request
from bot.volunteering.wording import feedback
from bot.volunteering.wording.evaluations import SMILES
from bot.volunteering.wording.pages import Other, frame

_SMILE_NAMES: Final = {
    "4": N_("Very good"),
    "3": N_("Good"),
    "2": N_("So-so"),
    "1": N_("Not good"),
}


class Choice(NamedTuple):
    """One answer: what is sent, what is seen, what is read aloud."""

    value: str
    label: str
    spoken: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers."""

    name: str
    text: str
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that the template places. No questions: nothing can be filled in."""

    lang: str
    direction: str
    others: Sequence[Other]
    title: str
    lines: Sequence[str] = ()
    alarm: str = ""
    questions: Sequence[Question] = ()
    comment_label: str = ""
    comment: str = ""
    button: str = ""
    footer: Sequence[str] = field(default_factory=tuple)


def page(
    _: Words,
    catalogs: Catalogs,
    found: Request,
    *,
    alarm: str = "",
    typed: Mapping[str, str] | None = None,
) -> Page:
    """The three questions. typed: what was filled in, when it is shown again."""
    given = typed or {}
    return Page(
        **frame(_, catalogs),
        title=_.plain(feedback.TITLE),
        lines=_about(_, found),
        alarm=alarm,
        questions=[_mood(_, given), *(_yes_no(_, one, given) for one in found.questions)],
        comment_label=_.plain(feedback.COMMENT),
        comment=given.get("comment", ""),
        button=_.plain("📨 Send"),
        footer=[
            _.plain(feedback.PROMISE),
            _.plain("This page works until {day}.", day=formats.date_words(_, found.until)),
        ],
    )


def thanks(_: Words, catalogs: Catalogs, found: Request) -> Page:
    """It is answered."""
    said = _.plain("Thank you! Your answers are saved.")
    return Page(**frame(_, catalogs), title=said, lines=_about(_, found))


def closed(_: Words, catalogs: Catalogs, *, is_over: bool) -> Page:
    """A link that leads nowhere (any more)."""
    over = _.plain("This question is from long ago. Thank you all the same!")
    unknown = _.plain("This link does not work. Perhaps a part of it is missing.")
    title = _.plain("This page cannot be shown")
    return Page(**frame(_, catalogs), title=title, lines=[over if is_over else unknown])


def _about(_: Words, found: Request) -> list[str]:
    one = found.assignment
    lines = [one.organisation, one.title(_.code)]
    return [*lines, formats.date_words(_, found.event.starts_at)] if found.event else lines


def _mood(_: Words, given: Mapping[str, str]) -> Question:
    choices = [
        Choice(value, smile, _.plain(_SMILE_NAMES[value]), given.get("mood") == value)
        for value, smile in SMILES
    ]
    return Question("mood", _.plain(feedback.MOOD), choices)


def _yes_no(_: Words, name: str, given: Mapping[str, str]) -> Question:
    both = (("1", _.plain("✅ Yes")), ("0", _.plain("❌ No")))
    choices = [Choice(value, label, label, given.get(name) == value) for value, label in both]
    return Question(name, _.plain(feedback.QUESTIONS[name]), choices)
