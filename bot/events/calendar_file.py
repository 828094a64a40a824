"""One event as a calendar file (RFC 5545): phones put it into the calendar, and change or strike it
by its UID and SEQUENCE."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from bot.events.domain import Event

_FOLDED = 75  # octets of a line (RFC 5545, 3.1)


def calendar(event: Event, language: str | None, *, organisation: str) -> bytes:
    """The file; of a cancelled event, one that strikes it."""
    method = "CANCEL" if event.cancelled_at is not None else "PUBLISH"
    return _file([_entry(event, language)], method, organisation)


def feed(events: Iterable[Event], *, organisation: str) -> bytes:
    """Many events in one file, each in the language in which it was written."""
    return _file([_entry(one, None) for one in events], "PUBLISH", organisation)


def _file(entries: Iterable[Sequence[str]], method: str, organisation: str) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(organisation)}//Wegwijzer//EN",
        f"METHOD:{method}",
        *(line for entry in entries for line in entry),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _entry(event: Event, language: str | None) -> list[str]:
    """One VEVENT; without a language as it was written, and named so."""
    is_off = event.cancelled_at is not None
    draft = event.draft
    place = ", ".join(part for part in (draft.place, draft.town) if part)
    said = "" if language else f";LANGUAGE={_tag(draft.titles)}"
    fields = {
        "UID": f"event-{event.id}@wegwijzer",
        "DTSTAMP": _moment(event.changed_at or event.created_at),
        "SEQUENCE": str(event.sequence),
        "STATUS": "CANCELLED" if is_off else "CONFIRMED",
        "DTSTART": _moment(event.starts_at),
        "DTEND": _moment(event.ends_at),
        f"SUMMARY{said}": _text(_said(draft.titles, event.title(language), language)),
        f"DESCRIPTION{said}": _text(_said(draft.texts, event.text(language), language)),
        "LOCATION": _text(place),
        "CONTACT": _text(draft.contact),
        "CATEGORIES": event.kind.upper(),
    }
    if draft.latitude is not None and draft.longitude is not None:
        fields["GEO"] = f"{draft.latitude:.6f};{draft.longitude:.6f}"
    written = (f"{name}:{value}" for name, value in fields.items() if value)
    return ["BEGIN:VEVENT", *written, "END:VEVENT"]


def _said(texts: Mapping[str, str], found: str, language: str | None) -> str:
    return found if language else next(iter(texts.values()), "")


def _tag(titles: Mapping[str, str]) -> str:
    """The language of RFC 5646 in which it was written."""
    return next(iter(titles), "nl").replace("_", "-")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return "\\n".join(value.splitlines())


def _folded(line: str) -> str:
    """Lines of at most 75 octets; no letter is cut in two."""
    folded, width = [], 0
    for char in line:
        size = len(char.encode())
        if width + size > _FOLDED:
            folded.append("\r\n ")
            width = 1
        folded.append(char)
        width += size
    return "".join(folded)
