"""A place is free: offered to the next in line, or to whoever taps first; and what comes of it."""

from datetime import datetime

from bot.delivery.messages import Button, Buttons, Outgoing
from bot.events.domain import Event
from bot.events.wording import screens
from bot.language import formats
from bot.language.catalog import Words


def offer(_: Words, event: Event, until: datetime, *, now: datetime) -> Outgoing:
    """To the next in line, until then."""
    is_today = formats.day_of(until) == formats.day_of(now)
    end = formats.time_words(_, until) if is_today else formats.soon(_, until)
    parts = [
        _("🎉 <b>A place is free, and you are next.</b>"),
        screens.card(_, event),
        _("Please answer before {end}. After that it goes to the next person.", end=end),
    ]
    return Outgoing(text="\n\n".join(parts), buttons=_yes_or_no(_, event))


def first_tap(_: Words, event: Event, *, now: datetime) -> Outgoing:
    """To all who wait: it begins soon."""
    parts = [
        _("⚡ <b>A place is free. Who taps first has it.</b>"),
        screens.card(_, event),
    ]
    return Outgoing(text="\n\n".join(parts), buttons=_yes_or_no(_, event))


def lapsed(_: Words, event: Event) -> Outgoing:
    """The offer is over."""
    text = _(
        "The free place at {title} went to the next person, because your answer did not come in"
        " time. You can wait again, at the end of the list.",
        title=screens.title(_, event),
    )
    return Outgoing(text=text, buttons=again(_, event))


def accepted(_: Words, event: Event) -> tuple[str, Buttons]:
    """The place is theirs."""
    card = screens.card(_, event, with_link=True)
    parts = [_("✅ <b>The place is yours.</b> Thank you!"), card]
    buttons = (*screens.on_the_way(_, event), *screens.cannot(_, event))
    return "\n\n".join(parts), buttons


def waiting(_: Words, event: Event, position: int) -> tuple[str, Buttons]:
    """On the waitlist, at which position."""
    parts = [
        _("⏳ <b>You are on the waitlist, number {position}.</b>", position=position),
        screens.card(_, event, with_contact=False),
        _("We write to you as soon as a place is free for you."),
    ]
    row = (Button(_.label("Leave the waitlist"), action=f"egive:{event.id}"),)
    return "\n\n".join(parts), (row,)


def declined(_: Words, event: Event) -> tuple[str, Buttons]:
    """No, thank you."""
    text = _(
        "Thank you for your answer. We do not ask you again for {title}.",
        title=screens.title(_, event),
    )
    return text, again(_, event)


def conflict(_: Words, event: Event, other: Event) -> str:
    """Why it cannot be: something else at that time."""
    parts = [
        _("You cannot be in two places at once. At that time you have:"),
        screens.card(_, other, with_contact=False),
        _("Give that back first, if you would rather come to {title}.", title=_title(_, event)),
    ]
    return "\n\n".join(parts)


def conflict_buttons(_: Words, other: Event) -> Buttons:
    """Give the other one back."""
    return screens.cannot(_, other)


def again(_: Words, event: Event) -> Buttons:
    """For who changed their mind."""
    return ((Button(_.label("I would like to come"), action=f"ejoin:{event.id}"),),)


def _title(_: Words, event: Event) -> str:
    return screens.title(_, event)


def _yes_or_no(_: Words, event: Event) -> Buttons:
    return (
        (Button(_.label("✅ Yes, I take it"), action=f"eyes:{event.id}"),),
        (Button(_.label("No, thank you"), action=f"eno:{event.id}"),),
    )
