"""An answer that may become a topic of the knowledge base: a draft that names nobody."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bot.errors import N_, Outdated, Refused
from bot.handover.domain.cases import CaseId, Piece

GAP: Final = "[…]"  # where something was taken out
KEPT: Final = timedelta(days=365)  # after a coordinator's ✓
TEXT_LIMIT: Final = 1500  # of the question and of the answer: both fit in one message
PARTS: Final = ("question", "answer")
NAME, NUMBER, MAIL, LINK = KINDS = ("name", "number", "mail", "link")

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:t\.me|telegram\.me|wa\.me|m\.me|facebook\.com|fb\.com|"
    r"instagram\.com|tiktok\.com|vk\.com|x\.com|twitter\.com|linkedin\.com/in)/\S+"
    r"|tg://\S+|(?<![\w@])@\w{3,}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\w)\+?\d(?:[\s().\-/]{0,2}\d){5,}(?!\w)")


class NothingToPropose(Refused):
    """A talk without an answer in words."""

    sentence = N_("There is no answer in words here that could become a topic.")


class NotOfMinors(Refused):
    """What somebody under 18 asked stays where it is."""

    sentence = N_("A question of somebody under 18 does not become a topic.")


class NoSuchDraft(Outdated):
    """It was checked, put aside, or its question is gone."""

    sentence = N_("This draft is not there any more.")


@dataclass(frozen=True, slots=True)
class Clean:
    """A text without what could name somebody, and what was taken out."""

    text: str
    taken: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """A draft that waits for a coordinator."""

    id: int
    case_id: CaseId | None
    language: str
    category: str | None
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft with a coordinator's ✓, for the review sheet of the knowledge base."""

    language: str
    category: str
    question: str
    answer: str
    checked_on: str


def without_names(text: str, names: Collection[str]) -> Clean:
    """Take out mails, links to persons, long numbers, and the names that are known."""
    taken: Counter[str] = Counter()
    for kind, pattern in ((MAIL, _MAIL), (LINK, _PROFILE), (NUMBER, _NUMBER)):
        text, count = pattern.subn(GAP, text)
        taken[kind] += count
    for part in sorted(_parts(names), key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)", re.IGNORECASE)
        text, count = pattern.subn(GAP, text)
        taken[NAME] += count
    return Clean(text.strip()[:TEXT_LIMIT], +taken)


def _parts(names: Iterable[str]) -> set[str]:
    parts = {part for name in names for part in (name, *name.split())}
    return {part for part in parts if len(part) > 1 and any(char.isalpha() for char in part)}


def asked(said: Sequence[Piece], phrases: Collection[str] = ()) -> str:
    """The question: what the person said before the first answer. `phrases` are none: what the
    person says to "Which town do you live in?" belongs to the question."""
    first = next((at for at, one in enumerate(said) if _is_answer(one, phrases)), len(said))
    return _text(one for one in said[:first] if one.direction == "in")


def answered(said: Sequence[Piece], phrases: Collection[str] = ()) -> str:
    """The last answer: what a colleague said without a word of the person in between, without the
    phrases among it, which only ask, thank or bridge the time."""
    run: list[Piece] = []
    last: list[Piece] = []
    for one in said:
        if one.direction == "in":
            run = []
        elif one.text and _is_answer(one, phrases):
            run.append(one)
            last = run
    return _text(last)


def _is_answer(one: Piece, phrases: Collection[str]) -> bool:
    return one.direction == "out" and one.state == "sent" and one.text not in phrases


def _text(said: Iterable[Piece]) -> str:
    return "\n".join(one.text for one in said if one.text)
