"""To who did not come: kind, and without a reproach."""

from typing import Final

from bot.delivery.messages import Button, Outgoing
from bot.events.domain import Event
from bot.events.wording import screens
from bot.language import formats
from bot.language.catalog import N_label, Words

# What it was, in one tap.
REASONS: Final = (
    ("ill", N_label("I was ill")),
    ("transport", N_label("I could not get there")),
    ("work", N_label("Work, school or family")),
    ("other", N_label("Something else")),
)


def missed(_: Words, event: Event) -> Outgoing:
    """Is everything all right?"""
    text = _(
        "We missed you on {day} ({title}). That can happen. Is everything all right?\n\n"
        "If you like, tell us in one tap what it was.",
        day=formats.day_words(_, event.starts_at),
        title=screens.title(_, event),
    )
    buttons = (
        *((Button(_.label(label), action=f"emiss:{event.id}:{why}"),) for why, label in REASONS),
        (Button(_.label("I was there!"), action=f"emiss:{event.id}:there"),),
    )
    return Outgoing(text=text, buttons=buttons)


def thanks(_: Words, *, was_there: bool) -> str:
    """What comes of it."""
    if was_there:
        return _("Thank you. A colleague looks into it and puts it right.")
    return _("Thank you for telling us. We would be glad to see you again.")
