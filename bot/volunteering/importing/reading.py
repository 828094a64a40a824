"""From cells to lines with a meaning; every line that is wrong is named with its reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from bot.errors import Refused
from bot.events.domain.files import At, Fault
from bot.events.importing import cells
from bot.events.importing.sheets import Layout, Misfit, sheets
from bot.people.domain.team import folded
from bot.volunteering.domain import LEVELS, SECTORS, TALENTS, Kind
from bot.volunteering.domain.assignments import TEXT_LENGTH, TITLE_LENGTH, YOUNGEST, fitted
from bot.volunteering.domain.files import (
    ASSIGNMENTS,
    COLUMNS,
    NEEDED,
    ORGANISATIONS,
    AssignmentLine,
    Book,
    OrganisationLine,
    ShiftLine,
    UnknownSheet,
    Vocabulary,
)
from bot.volunteering.domain.organisations import CRITERIA

Row = Mapping[str, str]
LineT = TypeVar("LineT", OrganisationLine, AssignmentLine, ShiftLine)
_LAYOUT: Final = Layout(columns=COLUMNS, needed=NEEDED, none=UnknownSheet(), most=5000)


@dataclass
class _Found:
    organisations: list[OrganisationLine] = field(default_factory=list)
    assignments: list[AssignmentLine] = field(default_factory=list)
    shifts: list[ShiftLine] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def take(self, at: At, row: Row, read: Callable[[At, Row], LineT], into: list[LineT]) -> None:
        try:
            into.append(read(at, row))
        except Refused as refusal:
            self.faults.append(Fault(at, refusal))


def read(content: bytes, words: Vocabulary) -> Book:
    """The whole file; what is wrong is in `faults`, line by line."""
    found = _Found()
    try:
        for sheet in sheets(content, _LAYOUT):
            for at, row in sheet.lines:
                if sheet.kind == ORGANISATIONS:
                    found.take(at, row, _Reads(words).organisation, found.organisations)
                elif sheet.kind == ASSIGNMENTS:
                    found.take(at, row, _Reads(words).assignment, found.assignments)
                else:
                    found.take(at, row, _Reads(words).shift, found.shifts)
    except Misfit as misfit:
        found.faults.append(Fault(misfit.at, misfit.why))
    except Refused as refusal:
        found.faults.append(Fault(At("", 1), refusal))
    return Book(
        tuple(found.organisations),
        tuple(found.assignments),
        tuple(found.shifts),
        tuple(found.faults),
    )


@dataclass(frozen=True, slots=True)
class _Reads:
    words: Vocabulary

    def organisation(self, at: At, row: Row) -> OrganisationLine:
        ticked = row.get("criteria")
        line = OrganisationLine(
            at=at,
            name=cells.needed(row, "name")[:120],
            sector=cells.one_of(row, "sector", {one: one for one in SECTORS}),
            town=cells.needed(row, "town"),
            criteria=None if ticked is None else _criteria(row),
            contact=row.get("contact", "")[:80],
            phone=row.get("phone", "")[:32],
            mail=row.get("mail", "")[:120],
        )
        if not row.get("office"):
            return line
        return replace(line, office=cells.one_of(row, "office", self.words.offices))

    def assignment(self, at: At, row: Row) -> AssignmentLine:
        language = self.words.written_in
        if row.get("written_in"):
            language = cells.one_of(row, "written_in", self.words.languages)
        return AssignmentLine(
            at=at,
            organisation=cells.needed(row, "organisation"),
            title=fitted(cells.needed(row, "title"), TITLE_LENGTH),
            text=fitted(cells.needed(row, "description"), TEXT_LENGTH),
            kind=cells.one_of(row, "kind", {str(one): str(one) for one in Kind}),
            written_in=language,
            town=row.get("town", ""),
            contact=row.get("contact", ""),
            is_open=cells.yes_no(row, "open") if row.get("open") else None,
            facts=self._facts(row),
        )

    def _facts(self, row: Row) -> dict[str, object]:
        facts: dict[str, Any] = {}
        flags = {
            "licence": "needs_licence",
            "record_extract": "needs_record_extract",
            "dutch": "counts_as_dutch",
            "social": "counts_as_social",
        }
        facts |= {column: cells.yes_no(row, one) for one, column in flags.items() if row.get(one)}
        if row.get("project"):
            facts["project"] = cells.one_of(row, "project", self.words.projects)
        if row.get("place"):
            facts["place"] = row["place"][:200]
        if row.get("languages"):
            facts["languages"] = cells.levels(row, "languages", self.words.languages, LEVELS)
        if row.get("talents"):
            facts["talents"] = cells.several(row, "talents", TALENTS)
        if row.get("least_age"):
            facts["least_age"] = cells.number(row, "least_age", least=YOUNGEST, most=99)
        if row.get("wanted"):
            facts["wanted"] = cells.number(row, "wanted", least=1, most=999)
        return facts

    def shift(self, at: At, row: Row) -> ShiftLine:
        return ShiftLine(
            at=at,
            organisation=cells.needed(row, "organisation"),
            assignment=cells.needed(row, "assignment"),
            day=cells.day(row, "date", self.words.read_day),
            starts=cells.clock(row, "start"),
            ends=cells.clock(row, "end"),
            places=cells.number(row, "places", least=1, most=9999) if row.get("places") else None,
            minimum=cells.number(row, "minimum", least=0, most=9999) if row.get("minimum") else 0,
            has_waitlist=not row.get("waitlist") or cells.yes_no(row, "waitlist"),
            place=row.get("place", "")[:200],
            contact=row.get("contact", ""),
        )


def _criteria(row: Row) -> tuple[str, ...]:
    """All of them by "all" or "alle"; else those that are named."""
    if folded(row["criteria"]) in ("all", "alle", "yes", "ja"):
        return CRITERIA
    return cells.several(row, "criteria", CRITERIA)
