"""A calendar file (RFC 5545) as lines: series followed for a year, exceptions left out or moved."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from icalendar import Calendar
from icalendar.prop import vBroken

from bot.errors import Refused
from bot.events.domain.files import (
    MOST_LINES,
    At,
    Empty,
    EventFile,
    EventLine,
    EventVocabulary,
    Fault,
    NoFile,
    NoKind,
    NoPart,
    NotRead,
    TooManyLines,
    WholeDay,
    fingerprint,
)
from bot.events.importing import walls
from bot.language.formats import BRUSSELS
from bot.people.domain.team import folded

_UNSAID: Final = ("EXRULE", "RDATE")  # what we would get wrong rather than right
_LINKS: Final = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")


def is_calendar(content: bytes) -> bool:
    """Does it begin as one?"""
    return content[:200].lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR")


def read(content: bytes, words: EventVocabulary) -> EventFile:
    """Every event. Raises NoFile, TooManyLines."""
    if content.upper().count(b"BEGIN:VEVENT") > MOST_LINES:
        raise TooManyLines
    try:
        whole = Calendar.from_ical(content.removeprefix(b"\xef\xbb\xbf"), multiple=True)
        if not whole:
            raise NoFile
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise NoFile from None
    entries = [(one, calendar) for calendar in whole for one in calendar.walk("VEVENT")]
    known = _Calendar(words)
    for number, (entry, calendar) in zip(_numbers(content), entries, strict=False):
        known.take(_Entry(words, At("", number), entry, is_off=_is_off(entry, calendar)))
    return known.file()


def _numbers(content: bytes) -> Iterator[int]:
    """The lines on which events begin."""
    for number, line in enumerate(content.splitlines(), 1):
        if line.strip().upper() == b"BEGIN:VEVENT":
            yield number


def _is_off(entry: Any, calendar: Any) -> bool:
    said = (entry.get("STATUS"), calendar.get("METHOD"))
    return any(str(one).upper() in ("CANCELLED", "CANCEL") for one in said)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One VEVENT. What it says is read when asked for; that may raise Refused."""

    words: EventVocabulary
    at: At
    raw: Any
    is_off: bool

    def text(self, name: str) -> str:
        """A property as plain text, the first where there are several."""
        found = self._first(name)
        return "" if found is None else str(found).replace("\r\n", "\n").strip()

    def moment(self, name: str) -> datetime | None:
        """A moment with the zone that the file names; Brussels where it names none."""
        found = self._first(name)
        if found is None:
            return None
        at = None if isinstance(found, vBroken) else getattr(found, "dt", None)
        if isinstance(at, datetime):
            return at if at.tzinfo is not None else at.replace(tzinfo=BRUSSELS)
        if isinstance(at, date):
            raise WholeDay
        raise NotRead(value=str(found)[:40], column=name, example="20270315T140000")

    def _first(self, name: str) -> Any:
        found = self.raw.get(name)
        return found[0] if isinstance(found, list) and found else found

    def moments(self) -> tuple[datetime, datetime]:
        """From and to."""
        starts_at, ends_at = self.moment("DTSTART"), self.moment("DTEND")
        if starts_at is None:
            raise Empty(column="DTSTART")
        if ends_at is None:
            lasts = getattr(self._first("DURATION"), "dt", None)
            if not isinstance(lasts, timedelta):
                raise Empty(column="DTEND")
            ends_at = _in_utc(starts_at) + lasts
        return starts_at, ends_at

    def line(self) -> EventLine:
        """As one event, whatever repeats. Raises Refused."""
        for name in _UNSAID:
            if self._first(name) is not None:
                raise NoPart(column=name)
        starts_at, ends_at = self.moments()
        title = self.text("SUMMARY")[:120]
        if not title and not self.is_off:
            raise Empty(column="SUMMARY")
        text = self.text("DESCRIPTION")[:2000]
        line = EventLine(
            at=self.at,
            title=title,
            starts_at=_in_utc(starts_at),
            ends_at=_in_utc(ends_at),
            titles={self._language("SUMMARY"): title} if title else {},
            texts={self._language("DESCRIPTION"): text} if text else {},
            facts=self._facts(),
            sequence=self._sequence(),
            is_cancelled=self.is_off,
        )
        return replace(line, uid=self.text("UID")[:200] or fingerprint(line))

    def _sequence(self) -> int:
        said = self.text("SEQUENCE")
        return int(said) if said.isdecimal() and len(said) < 9 else 0

    def _language(self, name: str) -> str:
        tag = str(getattr(self._first(name), "params", {}).get("LANGUAGE", ""))
        known = self.words.languages
        code = known.get(folded(tag)) or known.get(folded(tag.partition("-")[0]))
        return code or self.words.written_in

    def _facts(self) -> dict[str, object]:
        facts: dict[str, Any] = {"kind": str(self._kind())}
        place = self.text("LOCATION")
        if place.startswith(("http://", "https://")):
            facts["online_link"] = place[:300]
        elif place:
            facts["place"] = place[:200]
        link = next((one for one in map(self.text, _LINKS) if one.startswith("http")), "")
        if link:
            facts["online_link"] = link[:300]
        if contact := self.text("CONTACT"):
            facts["contact"] = contact[:120]
        if geo := self._geo():
            facts |= {"latitude": geo[0], "longitude": geo[1]}
        return facts

    def _geo(self) -> tuple[float, float] | None:
        found = self._first("GEO")
        if isinstance(found, vBroken) or not hasattr(found, "latitude"):
            return None
        return float(found.latitude), float(found.longitude)

    def _kind(self) -> str:
        found = self.raw.get("CATEGORIES")
        every = found if isinstance(found, list) else [found]
        said = [str(cat) for one in every for cat in getattr(one, "cats", ())]
        known = (self.words.kinds.get(folded(one)) for one in said)
        kind = next((one for one in known if one is not None), self.words.kind)
        if kind is None:
            raise NoKind(known=", ".join(dict.fromkeys(self.words.kinds.values())))
        return kind


class _Calendar:
    """Series and single events, and the exceptions of series, until all are read."""

    def __init__(self, words: EventVocabulary) -> None:
        self._words = words
        self._lines: list[EventLine] = []
        self._moved: list[tuple[_Entry, EventLine]] = []
        self._faults: list[Fault] = []

    def take(self, entry: _Entry) -> None:
        """One entry; what is wrong with it is kept."""
        try:
            if entry.raw.get("RECURRENCE-ID") is not None:
                self._moved.append((entry, entry.line()))
            elif entry.raw.get("RRULE") is not None:
                self._lines.extend(_series(entry, self._words.today))
            else:
                self._lines.append(entry.line())
        except Refused as refusal:
            self._faults.append(Fault(entry.at, refusal))

    def file(self) -> EventFile:
        """All of it; an occurrence that was moved takes the place of the one it was."""
        found = {line.uid: line for line in self._lines}
        for entry, line in self._moved:
            try:
                self._put(found, entry, line)
            except Refused as refusal:
                self._faults.append(Fault(entry.at, refusal))
        return EventFile(tuple(found.values()), tuple(self._faults), forgives_past=True)

    def _put(self, found: dict[str, EventLine], entry: _Entry, line: EventLine) -> None:
        was = entry.moment("RECURRENCE-ID")
        params = entry.raw["RECURRENCE-ID"].params
        if was is None or "RANGE" in params:
            raise NoPart(column="RECURRENCE-ID")
        uid = f"{line.uid}#{_wall(was, was.tzinfo):%Y-%m-%d}"
        usual = found.get(uid)
        found[uid] = replace(
            line,
            uid=uid,
            series=line.uid,
            rule="" if usual is None else usual.rule,
        )


def _series(entry: _Entry, today: date) -> Iterator[EventLine]:
    line = entry.line()
    starts_at, ends_at = entry.moments()
    rules = entry.raw["RRULE"]
    if isinstance(rules, list | vBroken):
        raise NoPart(column="RRULE")
    rule = rules.to_ical().decode()
    zone = starts_at.tzinfo
    left_out = set(_left_out(entry, zone))
    for wall in walls.repeated(rule, _wall(starts_at, zone), zone=zone, today=today):
        if wall in left_out or wall.date() in left_out:
            continue
        begins = walls.zoned(wall, zone)
        yield replace(
            line,
            starts_at=begins,
            ends_at=begins + (_in_utc(ends_at) - _in_utc(starts_at)),
            uid=f"{line.uid}#{wall:%Y-%m-%d}",
            series=line.uid,
            rule=rule[:200],
        )


def _left_out(entry: _Entry, zone: Any) -> Iterator[datetime | date]:
    found = entry.raw.get("EXDATE")
    for several in found if isinstance(found, list) else [found]:
        for one in getattr(several, "dts", ()):
            yield _wall(one.dt, zone) if isinstance(one.dt, datetime) else one.dt


def _wall(at: datetime, zone: Any) -> datetime:
    return (at.astimezone(zone) if at.tzinfo is not None else at).replace(tzinfo=None)


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
