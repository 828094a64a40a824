"""`wegwijzer report` as whoever accounts for the subsidy types it."""

import asyncio
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot import clock
from bot.app import cli, organisation, settings, using
from bot.errors import Misconfigured
from bot.storage.transaction import Tx
from tests.support.report_makers import AFTER, YEAR, a_year
from tests.support.volunteering_makers import NOW


@pytest.fixture
def home(folder: Path) -> Path:
    """A database with a year in it, and the day of that year on which it was made."""

    async def fill(tx: Tx) -> None:
        await a_year(40).write(tx)

    asyncio.run(using.writing(settings.read(), fill))
    clock.moves_to(NOW)
    return folder


def test_year_is_told_as_csv_where_no_file_is_named(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    assert cli.main(["report", str(YEAR)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "year,office,project,kind,figure,value"
    assert any(line.startswith(f"{YEAR},gent,(all),(all),enrolled,") for line in lines)


def test_files_of_one_office_are_written_with_small_counts_hidden(home: Path) -> None:
    book, table = home / "f.xlsx", home / "f.csv"
    files = ["--xlsx", str(book), "--csv", str(table)]

    assert cli.main(["report", str(YEAR), "--office", "gent", "--suppress", *files]) == 0

    assert load_workbook(book)["Kerncijfers"]["A8"].value == "Gent"
    assert ",*\n" in table.read_text("utf-8-sig")


def test_files_of_one_project_hold_no_other(home: Path) -> None:
    table = home / "f.csv"

    assert cli.main(["report", str(YEAR), "--project", "4you", "--csv", str(table)]) == 0

    projects = {line.split(",")[2] for line in table.read_text("utf-8-sig").splitlines()[1:]}
    assert projects == {"4you"}


def test_year_is_closed_once_and_only_when_it_is_over(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["report", "close", str(YEAR)]) == 1
    assert f"{YEAR} is not over yet." in capsys.readouterr().err

    clock.moves_to(AFTER)
    for said in ("is closed: its counts stay as they are", "was closed before"):
        assert cli.main(["report", "close", str(YEAR)]) == 0
        assert f"{YEAR} {said}." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["2026", "--office", "ghent"], "There is no office 'ghent'; there are gent, "),
        (["2026", "--project", "5you"], "There is no project '5you'; there are "),
        (["soon"], "Write a year, such as 2026."),
        (["2027"], "Write a year, such as 2026."),
        (["close"], "Write a year, such as 2026."),
    ],
)
def test_what_is_wrong_is_said(
    home: Path, capsys: pytest.CaptureFixture[str], typed: list[str], told: str
) -> None:
    assert cli.main(["report", *typed]) == 1

    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("enrolled = true", "targets.enrolled must be a number"),
        ("days = { target = 4 }", "targets.days must be a number"),
        ("share_satisfied = 101", "targets.share_satisfied must be a percentage"),
        ("share_satisfied = 0", "targets.share_satisfied must be a percentage"),
        ("barrier_stress_03 = 4", "targets.barrier_stress_03 must be { name ="),
        ("tours = 20", "targets.tours must be { name ="),
        ('tours = { name = "Tours", target = 5, reached = { "26" = 4 } }', "targets.tours must be"),
        ('tours = { name = " ", target = 5 }', "targets.tours must be"),
    ],
)
def test_target_that_cannot_be_read_is_named(tmp_path: Path, lines: str, told: str) -> None:
    file = tmp_path / "organisation.toml"
    file.write_text(f"[targets]\n{lines}\n", "utf-8")

    with pytest.raises(Misconfigured, match=told):
        organisation.read(file)
