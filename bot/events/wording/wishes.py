"""Fewer or more reminders: which ones, and "later"."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.events.domain import Event, Registration
from bot.events.wording import screens
from bot.language import formats
from bot.language.catalog import N_label, Words

Screen = tuple[str, Buttons]
Thing = tuple[str, Button | None]

_NAMES: Final[Mapping[str, str]] = {
    "days": N_label("3 days before"),
    "day": N_label("1 day before"),
    "hours": N_label("2 hours before"),
}
_LATER: Final[Mapping[str, str]] = {
    "hour": N_label("In 1 hour ({time})"),
    "evening": N_label("This evening ({time})"),
    "morning": N_label("Tomorrow morning ({time})"),
}


def thing(_: Words) -> Thing:
    """A button of "My things"."""
    return "", button(_)


def button(_: Words) -> Button:
    """Leads to the choice, also from below a reminder."""
    return Button(_.label("🔔 Reminders"), action="erem")


def choice(_: Words, has: Collection[str]) -> Screen:
    """Each reminder, ticked or not; a tap changes it."""
    text = _(
        "🔔 <b>Reminders</b>\n\nBefore something that you signed up for, I write to you. Tap to"
        " choose when. You always hear it when something changes."
    )
    rows = [
        (
            Button(
                f"{'✅' if name in has else '▫️'} {_.label(label)}",
                action=f"erem:{name}:{int(name not in has)}",
            ),
        )
        for name, label in _NAMES.items()
    ]
    last = (
        Button(_.label("🔕 No reminders"), action="erem:none")
        if has
        else Button(_.label("🔔 The usual reminders"), action="erem:usual")
    )
    return text, (*rows, (last,))


def ask_when(_: Words, event: Event, moments: Mapping[str, datetime]) -> Screen:
    """When, then?"""
    parts = [_("⏰ <b>When shall I remind you again?</b>"), screens.card(_, event)]
    rows = [
        (
            Button(
                _.label(_LATER[name], time=formats.time_words(_, at)),
                action=f"elater:{event.id}:{name}",
            ),
        )
        for name, at in moments.items()
    ]
    back = Button(_.label("⬅️ Back"), action=f"elater:{event.id}:back")
    return "\n\n".join(parts), (*rows, (back,))


def again(_: Words, event: Event, place: Registration, at: datetime) -> Screen:
    """So it will be."""
    parts = [
        _("⏰ All right. I remind you again: {moment}.", moment=formats.soon(_, at)),
        screens.card(_, event),
    ]
    is_sure = place.confirmed_at is not None
    buttons = screens.cannot(_, event) if is_sure else screens.come_or_not(_, event)
    return "\n\n".join(parts), buttons
