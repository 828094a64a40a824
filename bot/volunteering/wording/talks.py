"""Intake talks: moments to choose from, and what is planned."""

from collections.abc import Sequence

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.events.domain import Event
from bot.language import formats
from bot.language.catalog import N_label, Words

Screen = tuple[str, Buttons]

OFFER = N_("🗓 Moments for talks")
OFFICE = N_("At which office?")
FIRST = N_("From when? Write the day and the time of the first talk.")
COUNT = N_("How many talks of half an hour, one after the other?")
WHERE, FROM, MANY = N_label("Office"), N_label("First talk"), N_label("Talks")


def title(_: Words) -> str:
    """What the event is called."""
    return _.plain("A talk about volunteering")


def moments(_: Words, found: Sequence[Event]) -> Screen:
    """What is free."""
    if not found:
        text = _("There is no free moment now. Your coordinator will write to you here.")
        return text, ((Button(_.label("🤝 Volunteer"), action="vhome"),),)
    rows = tuple(
        (Button(formats.soon(_, one.starts_at), action=f"vslot:{one.id}"),) for one in found
    )
    return _("<b>When shall we talk?</b> It takes half an hour."), rows


def moment(_: Words, event: Event) -> str:
    """A free moment on a button."""
    return f"🗓 {formats.soon(_, event.starts_at)}"


def chosen(_: Words, event: Event) -> Screen:
    """It is fixed; reminders come by themselves."""
    lines = [
        _("✅ We talk on {moment}.", moment=formats.soon(_, event.starts_at)),
        place(_, event),
        _("I will remind you."),
    ]
    buttons = (
        (Button(_.label("🗺 Where is it?"), action=f"emap:{event.id}"),)
        if event.draft.latitude is not None
        else ()
    )
    other = (Button(_.label("🗓 Another moment"), action="vtalk"),)
    return "\n".join(line for line in lines if line), tuple(row for row in (buttons, other) if row)


def place(_: Words, event: Event) -> str:
    """Where, as far as it is known."""
    where = ", ".join(part for part in (event.draft.place, event.draft.town) if part)
    return _("📍 {place}", place=where) if where else ""


def planned(_: Words, found: Sequence[tuple[Event, str]]) -> Screen:
    """The coordinator's talks."""
    lines = [
        _("• {moment}: {name}", moment=formats.soon(_, event.starts_at), name=name)
        for event, name in found[:30]
    ]
    text = "\n".join([_("<b>Talks</b>"), *(lines or [_("No talk is planned.")])])
    offer = (Button(_.label("➕ Offer moments"), action="vcoffer"),)
    return text, (offer, (Button(_.label("⬅️ Back"), action="vcdesk"),))


def offered(_: Words, count: int) -> str:
    """They can be chosen now."""
    return _.plural("✅ {n} moment can be chosen now.", "✅ {n} moments can be chosen now.", count)
