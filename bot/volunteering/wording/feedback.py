"""How was the cooperation? What organisations are asked, and what coordinators hear of it."""

from collections.abc import Mapping
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import bidi, formats
from bot.language.catalog import Words
from bot.volunteering.domain import evaluations as domain
from bot.volunteering.domain.evaluations import Request
from bot.volunteering.wording import names

Screen = tuple[str, Buttons]

TITLE: Final = N_("How was the cooperation?")
MOOD: Final = N_("How did it go, all in all?")
COMMENT: Final = N_(
    "Do you want to tell the coordinator something? Only they read it. Please write no names."
)
PROMISE: Final = N_(
    "Three short questions about working together, not about persons. Numbers are shown only when"
    " at least five have answered."
)
QUESTIONS: Final[Mapping[str, str]] = {
    "contact": N_("Did the volunteers and your team get to know each other?"),
    "growth": N_("Can a volunteer go on with you: other tasks, a training, a job?"),
    "again": N_("Do you want to work with our volunteers again?"),
}


def ask(_: Words, found: Request) -> Screen:
    """To a contact person, with the button that begins."""
    what = bidi.contained(found.assignment.title(_.code))
    if found.about == domain.SHIFT:
        text = _("🙂 <b>How was the cooperation?</b>")
    else:
        text = _("🙂 <b>{title} has ended. How was the cooperation?</b>", title=what)
    promise = _(PROMISE)
    button = Button(_.label("🙂 Answer"), action=f"vorgeval:{found.id}")
    return f"{text}\n\n{promise}", ((button,),)


def pass_on(_: Words, found: Request, link: str) -> Screen:
    """To a coordinator, when nobody of the organisation has Telegram."""
    text = _(
        "🏁 <b>{title}</b> at {organisation} has ended. Nobody there has Telegram.",
        title=bidi.contained(found.assignment.title(_.code)),
        organisation=bidi.contained(found.assignment.organisation),
    )
    how = _("Ask them by phone how the cooperation was, and fill it in here.")
    if link:
        how = _(
            "Send them this page with three short questions. It works until {day}:\n\n{link}",
            day=formats.day_words(_, found.until),
            link=link,
        )
    button = Button(_.label("📞 Fill in for them"), action=f"vorgeval:{found.id}")
    return f"{text}\n\n{how}", ((button,),)


def told(_: Words, found: Request, words: str) -> Screen:
    """To a coordinator: what an organisation wrote."""
    head = _(
        "🏢 <b>{organisation}</b> about the cooperation ({title}):",
        organisation=bidi.contained(found.assignment.organisation),
        title=bidi.contained(found.assignment.title(_.code)),
    )
    return f"{head}\n\n<blockquote>{names.shown(words)}</blockquote>", ()


def thanks(_: Words) -> str:
    """Done."""
    return _("💚 Thank you! This helps us.")
