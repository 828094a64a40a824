"""An event as people see it everywhere: what, when, where, whom to ask; and what can be tapped."""

from datetime import datetime
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.events.domain import Event, Kind, Registration
from bot.language import bidi, formats
from bot.language.catalog import Words

_LISTED: Final = tuple(Kind)


def title(_: Words, event: Event) -> str:
    """In the reader's language, or as it was written."""
    return event.title(_.code)


def when(_: Words, starts_at: datetime, ends_at: datetime) -> str:
    """Saturday 21 November, 10:00–14:00."""
    begins = formats.soon(_, starts_at)
    is_same_day = formats.day_of(starts_at) == formats.day_of(ends_at)
    ends = formats.time_words(_, ends_at) if is_same_day else formats.soon(_, ends_at)
    return _("📅 {begins}–{ends}", begins=begins, ends=ends)


def where(_: Words, place: str, town: str) -> str:
    """The address on one line; "" where none is known."""
    parts = [part for part in (place, town if town not in place else "") if part]
    return _("📍 {place}", place=", ".join(parts)) if parts else ""


def card(_: Words, event: Event, *, with_contact: bool = True, with_link: bool = False) -> str:
    """The event in a few lines. `with_link`: the way in online, for who has a place only."""
    draft = event.draft
    lines = [
        _("<b>{title}</b>", title=title(_, event)),
        when(_, event.starts_at, event.ends_at),
        where(_, draft.place, draft.town),
    ]
    if draft.online_link and with_link:
        lines.append(_("💻 Online: {link}", link=bidi.isolate_ltr(draft.online_link)))
    elif draft.online_link:
        lines.append(_("💻 Online. Who has a place gets the link."))
    if with_contact and draft.contact:
        lines.append(_("👤 {contact}", contact=draft.contact))
    return "\n".join(line for line in lines if line)


def with_you(_: Words, place: Registration) -> str:
    """Who comes along; "" where nobody does."""
    if not place.companions:
        return ""
    return _.plural("👥 With {n} other person", "👥 With {n} other people", place.companions)


def on_the_way(_: Words, event: Event) -> Buttons:
    """The code for the door, the map and the calendar file."""
    row = []
    if event.draft.latitude is not None and event.draft.longitude is not None:
        row.append(Button(_.label("🗺 Map"), action=f"emap:{event.id}"))
    row.append(Button(_.label("📆 To my calendar"), action=f"eics:{event.id}"))
    if event.kind not in _LISTED:
        return (tuple(row),)
    return ((Button(_.label("🎟 My code for the door"), action=f"epass:{event.id}"),), tuple(row))


def come_or_not(_: Words, event: Event) -> Buttons:
    """Yes or no; works also days later."""
    return (
        (Button(_.label("✅ Yes, I come"), action=f"ecome:{event.id}"),),
        (Button(_.label("✖️ I cannot come"), action=f"ecannot:{event.id}"),),
    )


def cannot(_: Words, event: Event) -> Buttons:
    """For who said yes already."""
    return ((Button(_.label("✖️ I cannot come"), action=f"ecannot:{event.id}"),),)
