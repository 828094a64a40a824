"""A volunteer asks their coordinator: the subjects, and what the team reads."""

from collections.abc import Sequence
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.events.domain import Event
from bot.events.wording import screens
from bot.language import bidi, formats
from bot.language.catalog import N_label, Words
from bot.volunteering.domain.questions import EXPENSES, HOURS, INSURANCE, LETTER, OTHER

Screen = tuple[str, Buttons]

_SUBJECTS: Final = {
    EXPENSES: N_label("💶 Expenses"),
    INSURANCE: N_label("🛡 Insurance"),
    HOURS: N_label("🎯 My 40 hours"),
    LETTER: N_label("📄 A letter"),
    OTHER: N_label("💬 Something else"),
}


def button(_: Words, argument: str = "") -> Button:
    """The way to the coordinator; "e12" is about shift 12, "p3" about a lasting place."""
    label = _.label("❓ Ask my coordinator")
    return Button(label, action=f"vask:{argument}" if argument else "vask")


def subjects(_: Words, known: Sequence[str]) -> Screen:
    """What is it about? Subjects with a reviewed answer first, then a person."""
    rows = [(Button(_.label(_SUBJECTS[one]), action=f"vask:{one}"),) for one in (*known, OTHER)]
    back = (Button(_.label("⬅️ Back"), action="vhome"),)
    return _("❓ <b>Ask my coordinator</b>\n\nWhat is it about?"), (*rows, back)


def subject(_: Words, key: str) -> str:
    """The subject without the sign before it; "" for none."""
    return _.label(_SUBJECTS[key]).partition(" ")[2] if key in _SUBJECTS and key != OTHER else ""


def shift(_: Words, event: Event) -> str:
    """A shift in one line: what and when."""
    when = formats.day_and_time(_, event.starts_at)
    return f"{screens.title(_, event)[:80]}, {when}"


def about(_: Words, office: str, what: str) -> str:
    """ "Volunteer, office Gent · Music festival, 28 November 10:00", plain."""
    who = _.plain("Volunteer, office {office}", office=office) if office else _.plain("Volunteer")
    return " · ".join(bidi.strip_marks(part) for part in (who, what) if part)
