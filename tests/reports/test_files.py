"""The files that readers get: opened again, and looked at cell by cell."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot.reports import exports, service
from bot.reports.domain import FIGURES, SHARE, Cell, Report, Target, of_month
from bot.reports.wording import figures
from bot.storage.transaction import Tx
from tests.support.report_makers import YEAR, a_desk, a_year
from tests.support.volunteering_makers import NOW

DESK = a_desk()
WORDS = DESK.catalogs.words("nl")


async def _report(
    tx: Tx, *, hides: bool = False, office: str | None = None, project: str | None = None
) -> Report:
    await a_year(150).write(tx)
    return await service.look(DESK, tx, YEAR, now=NOW, hides=hides, office=office, project=project)


def _opened(report: Report, language: str = "nl") -> Workbook:
    content = exports.workbook(report, DESK.catalogs.words(language), "Welkom")
    return load_workbook(io.BytesIO(content))


def _table(book: Workbook, sheet: str, top: int = 5) -> dict[Any, dict[Any, Any]]:
    """Rows by their first cell."""
    heads, *rows = book[sheet].iter_rows(min_row=top, values_only=True)
    return {row[0]: dict(zip(heads, row, strict=True)) for row in rows}


async def test_workbook_has_the_table_its_charts_and_definitions(tx: Tx) -> None:
    report = await _report(tx)

    book = _opened(report)

    table = _table(book, "Kerncijfers")
    assert list(table) == [*(one.name for one in DESK.offices.values()), "Niet ingevuld", "Totaal"]
    assert table["Gent"]["Nieuw ingeschreven"] == report.count(Cell("gent"), "enrolled") > 0
    assert table["Totaal"]["Vrijwilligersuren"] == round(report.count(Cell(), "minutes") / 60, 1)
    share = report.count(Cell(kind="structural"), "volunteered") / report.count(
        Cell(), "volunteered"
    )
    assert table["Totaal"]["Aandeel structureel"] == pytest.approx(share, abs=0.0001)
    meanings = {row[0]: row[1] for row in book["Definities"].iter_rows(values_only=True)}
    names = {figures.name(WORDS, key) for key in (*(one.key for one in FIGURES), *SHARE)}
    assert names <= meanings.keys()
    assert all(len(str(meanings[name])) > 20 for name in names)
    charts: list[Any] = book["Grafieken"]._charts  # type: ignore[attr-defined]
    assert len(charts) == 5
    drawn = charts[0].series[0]
    assert drawn.val.numRef.f == "'Kerncijfers'!$B$6:$B$13"
    assert drawn.cat.numRef.f == "'Kerncijfers'!$A$6:$A$13"


async def test_each_sheet_tells_the_same_totals(tx: Tx) -> None:
    book = _opened(await _report(tx))

    for name in ("Mensen die vrijwilligerswerk deden", "Vrijwilligersdagen", "Organisaties"):
        totals = {
            _table(book, sheet)["Totaal"][name] for sheet in ("Kerncijfers", "Projecten", "Soorten")
        }
        assert len(totals) == 1
    heads = next(book["Kantoren en projecten"].iter_rows(min_row=5, values_only=True))
    assert heads[:2] == ("Kantoor", "Project")


async def test_policy_plan_tells_what_is_still_to_do(tx: Tx) -> None:
    report = await _report(tx)

    plan = _table(_opened(report), "Beleidsplan")

    reached = report.count(Cell(), "enrolled")
    line = plan["Nieuw ingeschreven"]
    assert (line["Doel"], line["Bereikt"], line["Nog te doen"]) == (100, reached, 0)
    typed = plan["Leermomenten"]
    assert (typed["Doel"], typed["Bereikt"], typed["Nog te doen"]) == (15, "niet ingevuld", None)


def test_what_is_typed_in_counts_for_its_year_only() -> None:
    target = Target("tours", 20, "Rondleidingen", {2026: 8, 2025: 31})
    plans = [
        _table(_opened(_empty(year, target)), "Beleidsplan")["Rondleidingen"]
        for year in (2026, 2025)
    ]

    assert [(one["Bereikt"], one["Nog te doen"]) for one in plans] == [(8, 12), (31, 0)]


async def test_hidden_counts_stand_nowhere_in_the_files(tx: Tx) -> None:
    report = await _report(tx, hides=True)

    book = _opened(report)

    small = list(book["Alle cijfers"].iter_rows(min_row=2, values_only=True))
    counted = [row[4] for row in small]
    assert "*" in counted
    assert not any(isinstance(one, int) and 0 < one < 5 for one in counted)
    assert "*" in [row[5] for row in _csv(report)]
    assert "minder dan vijf" in str(book["Kerncijfers"]["A4"].value)
    for sheet in ("Kerncijfers", "Projecten", "Soorten"):
        for row in _table(book, sheet, 6).values():
            people = [row[name] for name in row if name and "aandeel" not in name.casefold()]
            assert not any(isinstance(one, int) and 0 < one < 5 for one in people)


async def test_csv_tells_each_count_with_its_keys(tx: Tx) -> None:
    report = await _report(tx)

    rows = _csv(report)

    assert rows[0] == ["year", "office", "project", "kind", "figure", "value"]
    whole = str(report.count(Cell(), "volunteered"))
    assert [str(YEAR), "(all)", "(all)", "(all)", "volunteered", whole] in rows
    assert {row[1] for row in rows[1:]} == {"(all)", *DESK.offices, "(none)"}
    assert {row[3] for row in rows[1:]} > {"(all)", "occasional", "structural"}


async def test_one_office_sees_its_own_rows_only(tx: Tx) -> None:
    report = await _report(tx, office="leuven")

    book = _opened(report)

    assert list(_table(book, "Kerncijfers", 6)) == ["Leuven"]
    assert book["Kerncijfers"]["A2"].value == "Alleen: Leuven"
    total = _table(book, "Projecten", 6)["Totaal"]
    assert total["Nieuw ingeschreven"] == report.count(Cell("leuven"), "enrolled")
    assert {row[1] for row in _csv(report)[1:]} == {"leuven"}


async def test_one_project_of_one_office_stands_alone(tx: Tx) -> None:
    report = await _report(tx, office="gent", project="4you")

    book, own = _opened(report), Cell("gent", "4you")

    assert book["Kerncijfers"]["A2"].value == "Alleen: Gent · 4YOU"
    [only] = _table(book, "Kerncijfers", 6).values()
    assert only["Nieuw ingeschreven"] == report.count(own, "enrolled") > 0
    days = _table(book, "Soorten", 6)["Totaal"]["Vrijwilligersdagen"]
    assert days == report.count(own, "days") > 0
    assert "Wat mensen tegenhoudt" not in book.sheetnames  # counted by office only
    assert {tuple(row[1:3]) for row in _csv(report)[1:]} == {("gent", "4you")}


async def test_barriers_stand_by_month_and_are_drawn(tx: Tx) -> None:
    report = await _report(tx)

    book = _opened(report)

    table = _table(book, "Wat mensen tegenhoudt")
    months = [table[name]["Houdt tegen: stress"] for name in ("januari", "december")]
    assert months == [report.count(Cell(), of_month("barrier_stress", month)) for month in (1, 12)]
    whole = table[str(YEAR)]
    assert whole["Houdt tegen: stress"] == sum(
        report.count(Cell(), of_month("barrier_stress", month)) for month in range(1, 13)
    )
    parts = [count for name, count in whole.items() if str(name).startswith("Houdt tegen")]
    assert whole["Wat mensen tegenhoudt: alles"] == sum(parts) > 0
    [chart] = book["Wat mensen tegenhoudt"]._charts  # type: ignore[attr-defined]
    assert len(chart.series) == 5
    assert chart.series[0].cat.numRef.f == "'Wat mensen tegenhoudt'!$A$6:$A$17"


async def test_shares_of_answers_are_told_from_five_on(tx: Tx) -> None:
    report = await _report(tx)

    table = _table(_opened(report), "Kerncijfers")

    assert report.count(Cell(), "evaluations") >= 5
    satisfied = report.count(Cell(), "evaluations_satisfied") / report.count(Cell(), "evaluations")
    assert table["Totaal"]["Aandeel tevreden"] == pytest.approx(satisfied, abs=0.0001)
    assert report.count(Cell("aalst"), "evaluations") == 0
    assert table["Aalst"]["Aandeel tevreden"] is None
    told = {(row[1], row[4]) for row in _csv(report) if row[4].endswith("_satisfied")}
    for cell in report.counts:
        key = cell.office or "(all)"
        if cell.project or cell.kind or report.count(cell, "feedback") >= 5:
            continue
        assert (key, "feedback_satisfied") not in told


def test_plan_tells_a_share_in_percent_or_that_too_few_answered() -> None:
    target = Target("share_satisfied", 80)
    said = {"evaluations": 8, "evaluations_satisfied": 6}
    many = replace(_empty(2026, target), counts={Cell(): said})
    few = replace(_empty(2026, target), counts={Cell(): {"evaluations": 4}})

    lines = [_table(_opened(one), "Beleidsplan")["Aandeel tevreden"] for one in (many, few)]

    assert [(one["Doel"], one["Bereikt"], one["Nog te doen"]) for one in lines] == [
        (0.8, 0.75, 0.05),
        (0.8, "minder dan vijf antwoorden", None),
    ]


@pytest.mark.parametrize("language", ["en", "uk", "fa_AF", "ps"])
def test_workbook_runs_as_the_language_does(language: str) -> None:
    words = DESK.catalogs.words(language)
    book = _opened(_empty(2026, Target("enrolled", 5)), language)

    assert all(one.sheet_view.rightToLeft == words.is_rtl for one in book.worksheets)
    assert not words.missing


def _empty(year: int, target: Target) -> Report:
    return Report(
        year=year,
        counts={Cell(): {}},
        at=NOW,
        offices=DESK.offices,
        projects=DESK.projects,
        targets=(target,),
    )


def _csv(report: Report) -> list[list[str]]:
    content = exports.csv(report, WORDS, "Welkom").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))
