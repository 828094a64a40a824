"""How was it? And what many said."""

from collections.abc import Mapping
from typing import Protocol

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import bidi
from bot.language.catalog import Catalogs, Words
from bot.volunteering.domain import Office
from bot.volunteering.domain import evaluations as domain
from bot.volunteering.domain.evaluations import Result

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


class Shown(Protocol):
    """What was answered (`service.evaluations.Results`)."""

    @property
    def by_about(self) -> Mapping[str, Result]: ...
    @property
    def by_office(self) -> Mapping[str, Result]: ...
    @property
    def by_language(self) -> Mapping[str, Result]: ...
    @property
    def comments(self) -> list[str]: ...


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


def results(_: Words, found: Shown, offices: Mapping[str, Office], catalogs: Catalogs) -> Screen:
    """What many said; nothing that would tell who."""
    parts = [_("🙂 <b>How it was</b>")]
    for key, one in found.by_about.items():
        rest = _("All together") if len(found.by_about) == 1 else _("Others")
        head = _(ABOUT[key]) if key else rest
        parts.append(_block(_, head, one))
    own = {words.code: words.name for words in catalogs}
    named = {key: office.name for key, office in offices.items()}
    parts += _apart(_, found.by_office, named)
    parts += _apart(_, found.by_language, own)
    if found.comments:
        told = [_("• {comment}", comment=one) for one in found.comments]
        parts.append(_("In their words:") + "\n" + "\n".join(told))
    if len(parts) == 1:
        parts.append(_("Answers are shown when at least five people have answered."))
    return "\n\n".join(parts), ((Button(_.label("⬅️ Back"), action="vcdesk"),),)


def _apart(_: Words, found: Mapping[str, Result], names: Mapping[str, str]) -> list[str]:
    return [
        _block(_, _("{name}", name=names.get(key) or _.plain("Others")), one)
        for key, one in sorted(found.items())
    ]


def _block(_: Words, head: str, one: Result) -> str:
    figures = _(
        "It was good: {mood}% · welcome: {welcome}% · learned something: {learned}% · met people:"
        " {met}%",
        mood=one.smiles["mood"],
        welcome=one.smiles["welcome"],
        learned=one.yes["learned"],
        met=one.yes["met"],
    )
    count = _.plural("{n} answer", "{n} answers", one.count)
    return f"<b>{head}</b> ({count})\n{figures}"
