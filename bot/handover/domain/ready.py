"""Words that were ready before a colleague needed them: what a canned answer may hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.errors import N_, NotAllowed, Outdated, Refused
from bot.handover.domain.cases import ANSWERS

CANNED_LIMIT: Final = 1000  # characters of a text, its placeholders not yet filled in
CANNED_AT_MOST: Final = 40

# What a canned answer may name between braces; the number and the name are known when it is sent.
PLACEHOLDERS: Final = (
    "name",
    "number",
    "organisation",
    "phone",
    "mail",
    "hours",
    "complaint_address",
)

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,23}")
_PLACE = re.compile(r"\{([^{}]*)\}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What is to be said for a colleague.

    text    as the person reads it, plain; what is kept of it
    moves   the transition when it has arrived; empty: it is neither answer nor question
    showed  the title of a topic of the info desk, noted on the question
    """

    text: str
    moves: str = ANSWERS
    showed: str | None = None


@dataclass(frozen=True, slots=True)
class Canned:
    """An answer that is ready, in as many languages as it has."""

    name: str
    texts: Mapping[str, str]  # language -> text with its placeholders
    is_shipped: bool = False  # came with the bot; staff may have changed it


class CoordinatorsChangeThem(NotAllowed):
    """Canned answers are everybody's; few may change them."""

    sentence = N_("Only coordinators can change ready answers.")


class NoSuchCanned(Refused):
    """A name that no canned answer has."""

    sentence = N_("There is no ready answer “{name}”. /canned lists them.")


class CannedExists(Refused):
    """A name that is taken."""

    sentence = N_("There is a ready answer “{name}” already. /canned edit {name} changes it.")


class TooManyCanned(Refused):
    """Nobody finds anything in a list without end."""

    sentence = N_("There are {n} ready answers; that is the most. Remove one first.")


class BadName(Refused):
    """A name that cannot stand behind a command and in a button."""

    sentence = N_("A name has 2 to 24 small letters, figures and hyphens, for instance: bring-id")


class NoSuchLanguage(Refused):
    """A language the bot does not speak."""

    sentence = N_("The bot has no language “{language}”. It has: {languages}")


class UnknownPlaceholder(Refused):
    """Something between braces that nobody fills in."""

    sentence = N_("{place} is not known. You may use: {known}")


class LooseBrace(Refused):
    """A brace without its partner."""

    sentence = N_("A brace stands alone. Write for instance {example}")


class HasMarkup(Refused):
    """HTML, which the person would read as it is written."""

    sentence = N_("Write plain text: {tag} would be shown as it stands.")


class TooLong(Refused):
    """More than anybody reads on a phone."""

    sentence = N_("This text has {count} characters; {limit} is the most.")


class NothingToFill(Refused):
    """The organisation has not told what a placeholder stands for."""

    sentence = N_("{place} is not filled in: your operator writes it in organisation.toml.")


class NotInTheirLanguage(Refused):
    """Nothing goes out in a language the person did not choose without a word about it."""

    sentence = N_("“{name}” has no text in {language}. It has: {languages}")


class NotClaimed(Refused):
    """Nobody speaks in a question that waits."""

    sentence = N_("Claim this question first.")


class QuestionIsOver(Outdated):
    """Closed, set aside or erased."""

    sentence = N_("This question is closed. /reopen opens it again.")


class SentAlready(Outdated):
    """The second tap on Send."""

    sentence = N_("This was sent already.")


def check_name(name: str) -> None:
    """Raises BadName."""
    if not _NAME.fullmatch(name):
        raise BadName


def check_text(text: str) -> None:
    """Raises what is wrong with a text that a coordinator wrote."""
    if len(text) > CANNED_LIMIT:
        raise TooLong(count=len(text), limit=CANNED_LIMIT)
    if found := _TAG.search(text):
        raise HasMarkup(tag=found.group())
    for place in _PLACE.findall(text):
        if place not in PLACEHOLDERS:
            known = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            raise UnknownPlaceholder(place=f"{{{place}}}", known=known)
    if re.search(r"[{}]", _PLACE.sub("", text)):
        raise LooseBrace(example="{number}")


def places_in(text: str) -> frozenset[str]:
    """What is to be filled in."""
    return frozenset(_PLACE.findall(text))
