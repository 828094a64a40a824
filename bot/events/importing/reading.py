"""A file of events, from XLSX, CSV or ICS; every line that is wrong is named with its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar

from bot.errors import Refused
from bot.events.domain import Audience
from bot.events.domain.files import (
    MOST_LINES,
    At,
    EventFile,
    EventLine,
    EventVocabulary,
    Fault,
    InThePast,
    NoEvents,
    NoFile,
    NothingInIt,
    TooManyLines,
    UnknownSheet,
    fingerprint,
)
from bot.events.importing import calendars, cells, walls
from bot.events.importing.sheets import Layout, Misfit, sheets
from bot.events.wording.files import NEEDED, split
from bot.language.formats import BRUSSELS

Row = Mapping[str, str]
Said = TypeVar("Said", bound=str)
_EVENTS: Final = "events"
_LONGEST: Final = {"place": 200, "contact": 120, "access": 200, "online_link": 300}
TITLE_LENGTH: Final = 120
TEXT_LENGTH: Final = 2000


def read(content: bytes, words: EventVocabulary) -> EventFile:
    """The whole file; what is wrong is in `faults`, line by line."""
    try:
        if calendars.is_calendar(content):
            found = calendars.read(content, words)
        else:
            found = _sheets(content, words)
    except NoFile:
        return EventFile(faults=(Fault(At("", 1), NoEvents()),))
    except Misfit as misfit:
        return EventFile(faults=(Fault(misfit.at, misfit.why),))
    except Refused as refusal:
        return EventFile(faults=(Fault(At("", 1), refusal),))
    if len(found.lines) > MOST_LINES:
        return EventFile(faults=(Fault(found.lines[MOST_LINES].at, TooManyLines()),))
    if not found.lines and not found.faults and not found.forgives_past:
        return EventFile(faults=(Fault(At("", 1), NothingInIt()),))
    return found


def _sheets(content: bytes, words: EventVocabulary) -> EventFile:
    layout = Layout(
        columns={_EVENTS: words.headings},
        needed={_EVENTS: NEEDED},
        none=UnknownSheet(columns=", ".join(NEEDED)),
        ignored=words.ignored,
    )
    lines: list[EventLine] = []
    faults: list[Fault] = []
    for sheet in sheets(content, layout):
        for at, row in sheet.lines:
            try:
                lines.extend(_Reads(words, at, row).lines())
            except Refused as refusal:
                faults.append(Fault(at, refusal))
    return EventFile(tuple(lines), tuple(faults))


@dataclass(frozen=True, slots=True)
class _Reads:
    """One line of a sheet."""

    words: EventVocabulary
    at: At
    row: Row

    def lines(self) -> Iterator[EventLine]:
        """The event, or each of those that a rule makes. Raises Refused."""
        row, words = self.row, self.words
        kind = cells.one_of(row, "kind", words.kinds)
        day = cells.day(row, "date", words.read_day)
        starts_at, ends_at = self._moments(day)
        titles, texts = self._by_language("title"), self._by_language("description")
        line = EventLine(
            at=self.at,
            title=cells.needed(row, "title")[:TITLE_LENGTH],
            starts_at=starts_at,
            ends_at=ends_at,
            titles={code: text[:TITLE_LENGTH] for code, text in titles.items()},
            texts={code: text[:TEXT_LENGTH] for code, text in texts.items()},
            facts={"kind": str(kind), **self._facts()},
            is_cancelled=self._is_cancelled(),
        )
        line = replace(line, uid=row.get("key", "")[:200] or fingerprint(line))
        rule = self._rule()
        return self._repeated(line, rule) if rule else iter((line,))

    def _moments(self, day: date) -> tuple[datetime, datetime]:
        starts, ends = cells.clock(self.row, "start"), cells.clock(self.row, "end")
        last = day if ends > starts else day + timedelta(days=1)
        if self.row.get("end_date"):
            last = cells.day(self.row, "end_date", self.words.read_day)
        return walls.moment(day, starts), walls.moment(last, ends)

    def _by_language(self, column: str) -> dict[str, str]:
        """What it is called in each language of the file, the one it was written in first."""
        written_in = self.words.written_in
        if self.row.get("written_in"):
            written_in = cells.one_of(self.row, "written_in", self.words.languages)
        found = {written_in: self.row[column]} if column in self.row else {}
        for name, text in self.row.items():
            base, code = split(name)
            if base == column and code and (code != written_in or text):
                found[code] = text
        return found

    def _facts(self) -> dict[str, object]:
        row = self.row
        facts: dict[str, Any] = {
            column: row[column][:most] for column, most in _LONGEST.items() if column in row
        }
        if row.get("town"):
            facts["town"] = row["town"][:80]
        if "places" in row:
            facts["capacity"] = self._number("places", least=1)
        if row.get("minimum"):
            facts["minimum"] = self._number("minimum", least=0)
        if row.get("office"):
            facts["office"] = cells.one_of(row, "office", self.words.offices)
        if "languages" in row:
            facts["languages"] = self._several("languages", self.words.languages)
        facts |= self._ticks()
        audience = self._audience()
        return facts | ({"audience": audience} if audience is not None else {})

    def _number(self, column: str, *, least: int) -> int | None:
        filled = self.row.get(column)
        return cells.number(self.row, column, least=least, most=9999) if filled else None

    def _ticks(self) -> dict[str, bool]:
        """An empty tick is a no; of a waitlist nothing is said then."""
        flags = {"interpreter": "has_interpreter", "children": "for_children"}
        ticks = {
            fact: bool(self.row[column]) and cells.yes_no(self.row, column)
            for column, fact in flags.items()
            if column in self.row
        }
        if self.row.get("waitlist"):
            ticks["has_waitlist"] = cells.yes_no(self.row, "waitlist")
        return ticks

    def _audience(self) -> Audience | None:
        if not any(one in self.row for one in ("audience", "regions", "audience_languages")):
            return None
        return Audience(
            roles=self._several("audience", self.words.roles),
            offices=self._several("regions", self.words.offices),
            languages=self._several("audience_languages", self.words.languages),
        )

    def _several(self, column: str, known: Mapping[str, Said]) -> tuple[Said, ...]:
        return cells.several_of(self.row, column, known)

    def _is_cancelled(self) -> bool:
        said = self.row.get("state", "")
        if not said:
            return False
        known = dict.fromkeys(self.words.cancelled, "cancelled")
        return bool(cells.one_of(self.row, "state", known))

    def _rule(self) -> str:
        said = self.row.get("repeats", "")
        if "FREQ=" in said.upper():
            return said.strip().upper().removeprefix("RRULE:")
        return cells.one_of(self.row, "repeats", self.words.rules) if said else ""

    def _repeated(self, line: EventLine, rule: str) -> Iterator[EventLine]:
        until = None
        if self.row.get("until"):
            until = cells.day(self.row, "until", self.words.read_day)
        first = line.starts_at.astimezone(BRUSSELS).replace(tzinfo=None)
        length = line.ends_at - line.starts_at
        days = walls.repeated(rule, first, today=self.words.today, until=until)
        if not days:
            raise InThePast
        for wall in days:
            starts_at = walls.zoned(wall, BRUSSELS)
            yield replace(
                line,
                starts_at=starts_at,
                ends_at=starts_at + length,
                uid=f"{line.uid}#{wall:%Y-%m-%d}",
                series=line.uid,
                rule=rule,
            )
