"""A year of volunteering, and its key figures in plain Python: another way to the same table."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from bot.app import organisation, reporting
from bot.app.settings import LOCALES, ROOT
from bot.language.catalog import Catalogs
from bot.reports.desk import ReportsDesk
from bot.reports.domain import Cell
from bot.volunteering import tables
from tests.support.volunteering_makers import NOW
from tests.support.volunteering_year import Year

YEAR = NOW.year
AFTER = datetime(YEAR + 1, 1, 4, 9, tzinfo=UTC)
_OUTSIDE = {"Merelbeke", "Deinze", "Eeklo", "Roeselare", "Waregem", "Torhout", "Veurne", "Tienen"}
_OUTSIDE |= {"Aarschot", "Ninove"}

Row = dict[str, Any]
Counted = dict[Cell, dict[str, int]]


def a_desk() -> ReportsDesk:
    """With the offices, projects and targets of the example file."""
    example = ROOT / organisation.EXAMPLE
    return reporting.desk(organisation.read(Path(example)), Catalogs.load(LOCALES))


def a_year(volunteers: int = 862, seed: int = 5) -> Year:
    """A year with letters, evaluations, refused hours, and some who came the year before."""
    year = Year(
        seed=seed, volunteers=volunteers, organisations=min(250, volunteers), assignments=volunteers
    )
    for one in year.of(tables.volunteers):
        if one["id"] % 7 == 0:
            one["enrolled_at"] -= timedelta(days=366)
        one["project"] = None if one["id"] % 11 == 0 else one["project"]
        one["state"] = "refused" if one["id"] % 41 == 0 else one["state"]
    for one in year.of(tables.hours):
        one["state"] = "refused" if one["id"] % 13 == 0 else one["state"]
    for number, one in enumerate(year.of(tables.volunteers)[::3]):
        year.of(tables.letters).append(_a_letter(number, one))
    for number in range(60):
        office = ("gent", "leuven", None)[number % 3]
        year.of(tables.evaluations).append(
            {
                "id": number + 1,
                "about": "survey",
                "office": office,
                "project": "4you" if office else None,
                "answers": {},
                "answered_on": date(YEAR, 3, 1 + number % 28),
            }
        )
    return year


def _a_letter(number: int, whose: Row) -> Row:
    return {
        "number": f"B-{number}",
        "code_hash": f"{number:064}",
        "volunteer_id": whose["id"],
        "kind": ("letter", "certificate", "proof")[number % 3],
        "state": "asked" if number % 10 == 0 else "approved",
        "office": whose["office"],
        "language": "nl",
        "facts": {},
        "asked_at": whose["enrolled_at"],
        "approved_at": None if number % 10 == 0 else datetime(YEAR, 6, 1, tzinfo=UTC),
    }


def by_hand(year: Year) -> Counted:
    """Every figure of the year, one thing after the other."""
    things: dict[tuple[Cell, str], set[Hashable]] = defaultdict(set)
    minutes: dict[tuple[Cell, str], int] = defaultdict(int)
    for cell, figure, thing in _files(year):
        things[cell, figure].add(thing)
    for cell, line in _lines(year):
        for figure, thing in _done(year, line):
            things[cell, figure].add(thing)
        minutes[cell, "minutes"] += line["minutes"]
        minutes[cell, "minutes_approved"] += line["minutes"] * (line["state"] == "approved")
    found: Counted = defaultdict(dict)
    for (cell, figure), several in things.items():
        found[cell][figure] = len(several)
    for (cell, figure), length in minutes.items():
        found[cell][figure] = length
    return found


def without_zeros(counts: Any) -> Counted:
    """As two ways of counting are compared: what is not there is nothing."""
    kept = {cell: {key: one for key, one in row.items() if one} for cell, row in counts.items()}
    return {cell: row for cell, row in kept.items() if row}


def _cells(*sides: str | None) -> Iterator[Cell]:
    for picked in product(*(("", side if side is not None else "?") for side in sides)):
        yield Cell(*picked)


def _files(year: Year) -> Iterator[tuple[Cell, str, Hashable]]:
    files = {one["id"]: one for one in year.of(tables.volunteers)}
    worked = {one["volunteer_id"] for one in _counting(year)}
    for one in files.values():
        for cell in _cells(one["office"], one["project"]):
            yield from ((cell, figure, one["id"]) for figure in _of_file(one, worked))
    for path in year.of(tables.trajectories):
        whose = files[path["volunteer_id"]]
        for cell in _cells(whose["office"], whose["project"]):
            yield from ((cell, figure, path["id"]) for figure in _of_path(path))
    yield from _papers(year, files)


def _papers(year: Year, files: dict[int, Row]) -> Iterator[tuple[Cell, str, Hashable]]:
    names = {"letter": "letters", "certificate": "certificates", "proof": "proofs"}
    for letter in year.of(tables.letters):
        if letter["state"] == "approved":
            for cell in _cells(letter["office"], files[letter["volunteer_id"]]["project"]):
                yield cell, names[letter["kind"]], letter["number"]
    for answer in year.of(tables.evaluations):
        for cell in _cells(answer["office"], answer["project"]):
            yield cell, "evaluations", answer["id"]


def _of_path(path: Row) -> Iterator[str]:
    yield from ("trajectories", f"trajectories_{path['status']}")
    if path["started_at"].year == YEAR:
        yield "trajectories_new"


def _of_file(file: Row, worked: set[int]) -> Iterator[str]:
    if file["state"] == "active":
        yield "active"
    if file["enrolled_at"].year != YEAR or file["state"] == "refused":
        return
    yield "enrolled"
    if file["id"] in worked:
        yield "enrolled_volunteered"
    if file["town"] in _OUTSIDE:
        yield "enrolled_outside"


def _counting(year: Year) -> Iterator[Row]:
    for one in year.of(tables.hours):
        if one["state"] != "refused" and one["worked_on"].year == YEAR:
            yield one


def _lines(year: Year) -> Iterator[tuple[Cell, Row]]:
    assignments = {one["id"]: one for one in year.of(tables.assignments)}
    for line in _counting(year):
        where = assignments[line["assignment_id"]]
        for cell in _cells(where["office"], where["project"], where["kind"]):
            yield cell, line


def _done(year: Year, line: Row) -> Iterator[tuple[str, Hashable]]:
    who, assignment = line["volunteer_id"], line["assignment_id"]
    whose = year.of(tables.assignments)[assignment - year.first]["organisation_id"]
    file = year.of(tables.volunteers)[who - year.first]
    yield from (("volunteered", who), ("organisations", whose), ("assignments", assignment))
    yield "days", (who, line["worked_on"])
    if file["enrolled_at"].year == YEAR:
        yield "volunteered_new", who
    if file["state"] == "active":
        yield "volunteered_active", who
