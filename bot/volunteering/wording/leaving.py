"""Pause and stop, as volunteers read it; and the thank-you of the year."""

from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language.catalog import Words
from bot.volunteering.wording import guiding

Screen = tuple[str, Buttons]

TITLE = N_("👋 Stop volunteering")
WHY = N_("Why do you stop? It helps us to do better.")
TALK = N_("Would you like to talk about it with your coordinator?")
REASONS: Final = guiding.REASONS


def choice(_: Words, *, is_paused: bool) -> Screen:
    """A pause, or to stop?"""
    text = _(
        "In a pause you get no new shifts. Shifts you already have stay.\n\nIf you stop, your"
        " shifts become free for others. You can always come back."
    )
    pause = Button(_.label("⏸ Pause"), action="vpause")
    back = Button(_.label("▶️ I am back"), action="vback")
    return text, (
        (back if is_paused else pause,),
        (Button(_.label("👋 Stop volunteering"), action="vleave"),),
        (Button(_.label("⬅️ Back"), action="vhome"),),
    )


def left(_: Words, *, wants_talk: bool) -> Screen:
    """The last word."""
    lines = [_("Thank you for everything you did. You can always come back.")]
    if wants_talk:
        lines.append(_("Your coordinator will get in touch with you."))
    return "\n\n".join(lines), ((Button(_.label("🤝 Volunteer"), action="vhome"),),)


def card(_: Words, name: str, office: str, *, wants_talk: bool) -> str:
    """For the team's group: a volunteer has stopped. Why stands in the file only."""
    lines = [_("👋 {name} ({office}) stops volunteering.", name=name, office=office or "—")]
    if wants_talk:
        lines.append(_("Would like to talk about it: see the worklist."))
    return "\n".join(lines)
