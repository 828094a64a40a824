"""How was it? And what many said."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import bidi
from bot.language.catalog import Catalogs, N_label, Words
from bot.volunteering.domain import Kind, Office, Project
from bot.volunteering.domain import evaluations as domain
from bot.volunteering.domain.evaluations import Result
from bot.volunteering.wording import names

Screen = tuple[str, Buttons]

TITLE = N_("How was it?")
MOOD = N_("How was it for you?")
WELCOME = N_("Did you feel welcome?")
LEARNED = N_("Did you learn something new?")
MET = N_("Did you meet new people?")
COMMENT = N_("Do you want to tell us something? Write a sentence, without names.")
SMILES = (("4", "😀"), ("3", "🙂"), ("2", "😐"), ("1", "🙁"))

ABOUT: Mapping[str, str] = {
    domain.FIRST_SHIFT: N_("After the first shift"),
    domain.ASSIGNMENT: N_("At the end of an assignment"),
    domain.SURVEY: N_("Survey"),
}


SIDES: Mapping[str, str] = {
    "about": N_label("When asked"),
    "office": N_label("Office"),
    "project": N_label("Project"),
    "organisation": N_label("Organisation"),
    "kind": N_label("Kind"),
    "language": N_label("Language"),
}
_SAID: Mapping[str, str] = {
    "mood": N_("It was good: {n}%"),
    "welcome": N_("welcome: {n}%"),
    "learned": N_("learned something: {n}%"),
    "met": N_("met people: {n}%"),
    "contact": N_("got to know each other: {n}%"),
    "growth": N_("can go on there: {n}%"),
    "again": N_("want to go on together: {n}%"),
}


class Shown(Protocol):
    """What was answered (`service.evaluations.Results`)."""

    @property
    def whose(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def whole(self) -> Result | None: ...
    @property
    def parts(self) -> Mapping[str, Result]: ...
    @property
    def names(self) -> Mapping[str, str]: ...
    @property
    def comments(self) -> Sequence[str]: ...


def ask(_: Words, about: str, request: int, organisation: str = "") -> Screen:
    """The question whether there is time for some questions. organisation: where it ended."""
    if about == domain.FIRST_SHIFT:
        text = _("🌱 Your first shift is done. Thank you! How was it?")
    elif about == domain.ASSIGNMENT:
        text = _(
            "🌱 Your volunteer work at {organisation} has ended. Thank you! How was it?",
            organisation=bidi.contained(organisation),
        )
    else:
        text = _("🌱 You have been a volunteer for some time. Thank you! How is it for you?")
    promise = _("Five short questions. Your answers are kept without your name.")
    button = Button(_.label("🙂 Answer"), action=f"veval:{request}")
    return f"{text}\n\n{promise}", ((button,),)


def thanks(_: Words) -> str:
    """Done."""
    return _("💚 Thank you! This helps us.")


def results(
    _: Words,
    found: Shown,
    *,
    offices: Mapping[str, Office],
    projects: Mapping[str, Project],
    catalogs: Catalogs,
) -> Screen:
    """What many said; nothing that would tell who."""
    is_own = found.whose == domain.VOLUNTEERS
    head = (
        _("🙂 <b>How it was: volunteers</b>")
        if is_own
        else _("🏢 <b>How it was: organisations</b>")
    )
    parts = [head]
    if found.whole is None:
        parts.append(_("Answers are shown when at least five people have answered."))
        return "\n\n".join(parts), (_turn(_, found), _back(_))
    parts.append(_block(_, _("All together"), found.whole))
    named = _names(_, found, offices, projects, catalogs)
    for key, one in sorted(found.parts.items()):
        title = _("{name}", name=bidi.contained(named[key])) if key in named else _("Others")
        parts.append(_block(_, title, one))
    if not found.parts:
        parts.append(_("Not enough answers to tell it apart by: {side}", side=_side(_, found.side)))
    if found.comments:
        told = [_("• {comment}", comment=one) for one in found.comments]
        parts.append(_("In their words:") + "\n" + "\n".join(told))
    return "\n\n".join(parts), (*_sides(_, found), _turn(_, found), _back(_))


def _names(
    _: Words,
    found: Shown,
    offices: Mapping[str, Office],
    projects: Mapping[str, Project],
    catalogs: Catalogs,
) -> Mapping[str, str]:
    """What the parts are called, by key."""
    known: Mapping[str, Mapping[str, str]] = {
        "about": {key: _.plain(name) for key, name in ABOUT.items()},
        "office": {key: one.name for key, one in offices.items()},
        "project": {key: one.name for key, one in projects.items()},
        "organisation": found.names,
        "kind": {str(kind): names.kind(_, kind) for kind in Kind},
        "language": {one.code: one.name for one in catalogs},
    }
    return known[found.side]


def _sides(_: Words, found: Shown) -> Buttons:
    """By what else it can be told apart, two in a row."""
    buttons = [
        Button(
            label=f"{'✓ ' if side == found.side else ''}{_side(_, side)}",
            action=f"vcresults:{found.whose}:{side}",
        )
        for side in domain.SIDES[found.whose]
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _turn(_: Words, found: Shown) -> tuple[Button, ...]:
    """To the others' answers."""
    if found.whose == domain.VOLUNTEERS:
        return (Button(_.label("🏢 What organisations say"), action="vcresults:o"),)
    return (Button(_.label("🙂 What volunteers say"), action="vcresults:v"),)


def _back(_: Words) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), action="vcdesk"),)


def _side(_: Words, side: str) -> str:
    return _.label(SIDES[side])


def _block(_: Words, head: str, one: Result) -> str:
    said = {**one.smiles, **one.yes}
    figures = " · ".join(_(text, n=said[key]) for key, text in _SAID.items() if key in said)
    count = _.plural("{n} answer", "{n} answers", one.count)
    return f"<b>{head}</b> ({count})\n{figures}"
