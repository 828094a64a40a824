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
    _ask_how_it_was(year)
    return year


def _ask_how_it_was(year: Year) -> None:
    """Volunteers and organisations are asked, some answer; barriers are counted."""
    for number, one in enumerate(year.of(tables.volunteers)[::2]):
        year.of(tables.evaluation_requests).append(_a_request(number, one))
    for number, one in enumerate(year.of(tables.assignments)[::4]):
        year.of(tables.organisation_requests).append(
            _a_request(number, one, whose="assignment_id", about="end")
        )
    for number in range(60):
        office = ("gent", "leuven", None)[number % 3]
        project = "4you" if office else None
        said = {"mood": 1 + number % 4, "welcome": 3, "learned": number % 2, "met": 1}
        _an_answer(year, number, said, about="survey", office=office, project=project)
    for number, one in enumerate(year.of(tables.assignments)[::5]):
        said = {"mood": 4 - number % 4, "again": int(number % 3 > 0), "growth": 1}
        where = {"office": one["office"], "project": one["project"]}
        _an_answer(year, 60 + number, said, about="organisation", assignment_id=one["id"], **where)
    for number, (month, office) in enumerate(product(range(1, 13), ("gent", "aalst"))):
        for barrier in ("language", "stress", "mobility", "unknown", "obligation"):
            year.of(tables.barriers).append(
                {
                    "month": f"{YEAR - (number == 5)}-{month:02}",
                    "office": office,
                    "barrier": barrier,
                    "count": (number * len(barrier)) % 11,
                }
            )


def _a_request(number: int, of: Row, *, whose: str = "volunteer_id", about: str = "x") -> Row:
    year = YEAR - 1 if number % 9 == 0 else YEAR
    asked_at = datetime(year, 1 + number % 12, 28, 9, tzinfo=UTC)
    answered_at = None if number % 3 == 0 else asked_at + timedelta(days=20)
    moments = {"asked_at": asked_at, "answered_at": answered_at}
    return {"id": number + 1, whose: of["id"], "about": about, "ref": "", **moments}


def _an_answer(year: Year, number: int, said: Row, **about: Any) -> None:
    whole = {"office": None, "project": None, "assignment_id": None, **about}
    on = date(YEAR - (number % 10 == 9), 1 + number % 12, 1)
    year.of(tables.evaluations).append(
        {"id": number + 1, "answers": said, "answered_on": on, **whole}
    )


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
    sums: dict[tuple[Cell, str], int] = defaultdict(int)
    for cell, figure, thing in _files(year):
        things[cell, figure].add(thing)
    for cell, line in _lines(year):
        for figure, thing in _done(year, line):
            things[cell, figure].add(thing)
        sums[cell, "minutes"] += line["minutes"]
        sums[cell, "minutes_approved"] += line["minutes"] * (line["state"] == "approved")
    for cell, figure, count in _kept_away(year):
        sums[cell, figure] += count
    found: Counted = defaultdict(dict)
    for (cell, figure), several in things.items():
        found[cell][figure] = len(several)
    for (cell, figure), length in sums.items():
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
    yield from _asked(year, files)
    yield from _said(year)


def _papers(year: Year, files: dict[int, Row]) -> Iterator[tuple[Cell, str, Hashable]]:
    names = {"letter": "letters", "certificate": "certificates", "proof": "proofs"}
    for letter in year.of(tables.letters):
        if letter["state"] == "approved":
            for cell in _cells(letter["office"], files[letter["volunteer_id"]]["project"]):
                yield cell, names[letter["kind"]], letter["number"]


def _asked(year: Year, files: dict[int, Row]) -> Iterator[tuple[Cell, str, Hashable]]:
    """Who was asked how it was, and who answered."""
    assignments = {one["id"]: one for one in year.of(tables.assignments)}
    for one in year.of(tables.evaluation_requests):
        file = files[one["volunteer_id"]]
        for cell in _cells(file["office"], file["project"]) if _is_then(one) else ():
            yield from ((cell, name, one["id"]) for name in _steps("asked", "asked_answered", one))
    for one in year.of(tables.organisation_requests):
        for cell in _of_assignment(assignments[one["assignment_id"]]) if _is_then(one) else ():
            names = _steps("feedback_asked", "feedback_answered", one)
            yield from ((cell, name, one["id"]) for name in names)


def _is_then(request: Row) -> bool:
    return bool(request["asked_at"].year == YEAR)


def _steps(asked: str, answered: str, request: Row) -> list[str]:
    return [asked, answered] if request["answered_at"] else [asked]


def _of_assignment(one: Row) -> Iterator[Cell]:
    return _cells(one["office"], one["project"], one["kind"])


def _said(year: Year) -> Iterator[tuple[Cell, str, Hashable]]:
    """What volunteers and organisations answered."""
    assignments = {one["id"]: one for one in year.of(tables.assignments)}
    for one in year.of(tables.evaluations):
        if one["answered_on"].year != YEAR:
            continue
        said, is_good = one["answers"], one["answers"]["mood"] in (3, 4)
        if one["about"] == "organisation":
            named = {"feedback": True, "feedback_satisfied": is_good}
            named["feedback_again"] = said["again"] == 1
            cells = _of_assignment(assignments[one["assignment_id"]])
        else:
            named = {"evaluations": True, "evaluations_satisfied": is_good}
            named |= {f"evaluations_{key}": said[key] == 1 for key in ("learned", "met")}
            cells = _cells(one["office"], one["project"])
        for cell in cells:
            yield from ((cell, name, one["id"]) for name, is_so in named.items() if is_so)


def _kept_away(year: Year) -> Iterator[tuple[Cell, str, int]]:
    """Barriers, added up by hand."""
    for one in year.of(tables.barriers):
        of, month = one["month"].split("-")
        if int(of) != YEAR:
            continue
        for cell, key in product(
            (Cell(), Cell(one["office"])), ("barriers", f"barrier_{one['barrier']}")
        ):
            yield from ((cell, name, one["count"]) for name in (key, f"{key}_{month}"))


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
