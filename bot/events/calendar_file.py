"""One event as a calendar file (RFC 5545): phones put it into the calendar, and change or strike it
by its UID and SEQUENCE."""

from datetime import UTC, datetime

from bot.events.domain import Event

_FOLDED = 75  # octets of a line (RFC 5545, 3.1)


def calendar(event: Event, language: str | None, *, organisation: str) -> bytes:
    """The file; of a cancelled event, one that strikes it."""
    is_off = event.cancelled_at is not None
    place = ", ".join(part for part in (event.draft.place, event.draft.town) if part)
    fields = {
        "UID": f"event-{event.id}@wegwijzer",
        "DTSTAMP": _moment(event.changed_at or event.created_at),
        "SEQUENCE": str(event.sequence),
        "STATUS": "CANCELLED" if is_off else "CONFIRMED",
        "DTSTART": _moment(event.starts_at),
        "DTEND": _moment(event.ends_at),
        "SUMMARY": _text(event.title(language)),
        "DESCRIPTION": _text(event.text(language)),
        "LOCATION": _text(place),
        "CONTACT": _text(event.draft.contact),
    }
    if event.draft.latitude is not None and event.draft.longitude is not None:
        fields["GEO"] = f"{event.draft.latitude:.6f};{event.draft.longitude:.6f}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(organisation)}//Wegwijzer//EN",
        f"METHOD:{'CANCEL' if is_off else 'PUBLISH'}",
        "BEGIN:VEVENT",
        *(f"{name}:{value}" for name, value in fields.items() if value),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


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
