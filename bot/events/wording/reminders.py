"""Reminders, and what people answer to them."""

from datetime import datetime
from typing import Final

from bot.delivery.messages import Button, Buttons, Outgoing
from bot.events.domain import Event, Registration
from bot.events.wording import screens, wishes
from bot.language import formats
from bot.language.catalog import N_label, Words

# Why a place is given back: for who likes to say it.
REASONS: Final = (
    ("ill", N_label("I am ill")),
    ("transport", N_label("I cannot get there")),
    ("work", N_label("Work, school or family")),
    ("other", N_label("Something else")),
)


def reminder(
    _: Words,
    event: Event,
    place: Registration,
    *,
    is_late: bool = False,
    has_later: bool = False,
    now: datetime,
) -> Outgoing:
    """When and where, and the question whether they come, unless they said so. `has_later`: there
    is time to be reminded once more."""
    card = screens.card(_, event, with_link=True)
    if more := screens.with_you(_, place):
        card += f"\n{more}"
    parts = [_head(_, event, now), card]
    if is_late:
        parts.append(_("Sorry, this reminder comes late."))
    if place.confirmed_at is None:
        parts.append(_("Are you coming?"))
        buttons = screens.come_or_not(_, event)
    else:
        buttons = screens.cannot(_, event)
    below = (*_fewer_or_more(_, event, has_later=has_later), *screens.on_the_way(_, event))
    return Outgoing(text="\n\n".join(parts), buttons=(*buttons, *below))


def _fewer_or_more(_: Words, event: Event, *, has_later: bool) -> Buttons:
    later = (Button(_.label("⏰ Later"), action=f"elater:{event.id}"),) if has_later else ()
    return ((*later, wishes.button(_)),)


def confirmed(_: Words, event: Event) -> tuple[str, Buttons]:
    """Yes, I come."""
    card = screens.card(_, event, with_link=True)
    parts = [_("👍 <b>Good, see you then!</b>"), card]
    return "\n\n".join(parts), (*screens.on_the_way(_, event), *screens.cannot(_, event))


def ask_to_give_back(_: Words, event: Event) -> tuple[str, Buttons]:
    """Sure?"""
    parts = [
        _("<b>Give your place back?</b> Somebody else can then have it."),
        screens.card(_, event, with_contact=False),
    ]
    buttons = (
        (Button(_.label("Yes, give it back"), action=f"egive:{event.id}"),),
        (Button(_.label("No, I come"), action=f"ecome:{event.id}"),),
    )
    return "\n\n".join(parts), buttons


def given_back(_: Words, event: Event) -> tuple[str, Buttons]:
    """Somebody else may come."""
    text = _(
        "Thank you for telling us. You are no longer on the list of {title}.",
        title=screens.title(_, event),
    )
    why = _("If you like, tell us in one tap what it was.")
    return f"{text}\n\n{why}", (
        *((Button(_.label(label), action=f"ewhy:{event.id}:{why}"),) for why, label in REASONS),
        (Button(_.label("I would like to come"), action=f"ejoin:{event.id}"),),
    )


def explained(_: Words, event: Event) -> tuple[str, Buttons]:
    """They said why."""
    text = _("Thank you for telling us. We would be glad to see you again.")
    return text, ((Button(_.label("I would like to come"), action=f"ejoin:{event.id}"),),)


def _head(_: Words, event: Event, now: datetime) -> str:
    days = (formats.day_of(event.starts_at) - formats.day_of(now)).days
    if days == 0:
        return _("🔔 <b>Today</b>")
    if days == 1:
        return _("🔔 <b>Tomorrow</b>")
    return _.plural("🔔 <b>In {n} day</b>", "🔔 <b>In {n} days</b>", days)
