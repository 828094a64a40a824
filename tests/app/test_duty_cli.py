"""`wegwijzer duty …` as an operator types it, and what the doctor says of the roster."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.app import cli, doctor, organisation, settings, using
from bot.app.settings import ROOT
from bot.people import tables
from bot.storage.transaction import Tx
from tests.support import people_makers as making

FILE = """desk,language,weekday,opens,closes,colleague
infodesk,ps,mon,09:00,12:00,Karen
legal,nl,fri,13:30,17:00,Jan
"""
KAREN, JAN = 6_000_000_001, 6_000_000_002


@pytest.fixture
def home(folder: Path) -> Path:
    """A folder with the demonstration's settings, and a team of two."""
    asyncio.run(using.writing(settings.read(), _team))
    return folder


async def _team(tx: Tx) -> None:
    for who, name in ((KAREN, "Karen"), (JAN, "Jan")):
        person = await making.a_colleague(tx, who)
        own = tables.people.c.id == person.id
        await tx.execute(update(tables.people).where(own).values(first_name=name))


async def _log(tx: Tx) -> list[str]:
    rows = await tx.all(select(tables.audit.c.action).order_by(tables.audit.c.id))
    return [row["action"] for row in rows if row["action"].startswith("duty.")]


def _file(home: Path, text: str) -> str:
    file = home / "roster.csv"
    file.write_text(text, encoding="utf-8-sig")
    return str(file)


def _exported(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert cli.main(["duty", "export"]) == 0
    return capsys.readouterr().out


def test_an_imported_file_comes_out_as_it_went_in(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["duty", "import", _file(home, FILE), "--yes"]) == 0

    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "+ infodesk,ps,mon,09:00,12:00,Karen",
        "+ legal,nl,fri,13:30,17:00,Jan",
    ]
    assert _exported(capsys) == FILE
    assert asyncio.run(using.reading(settings.read(), _log)) == ["duty.added", "duty.added"]

    assert cli.main(["duty", "import", _file(home, FILE)]) == 0
    assert "says the same already" in capsys.readouterr().err


def test_the_difference_is_shown_and_not_written(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["duty", "import", _file(home, FILE), "--yes"])
    capsys.readouterr()

    other = FILE.replace("fri,13:30", "thu,13:30")
    assert cli.main(["duty", "import", _file(home, other), "--dry-run"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "- legal,nl,fri,13:30,17:00,Jan",
        "+ legal,nl,thu,13:30,17:00,Jan",
    ]
    assert _exported(capsys) == FILE


def test_nothing_is_imported_when_one_line_is_wrong(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = FILE + "legal,nl,fri,9,12,Piet\nkitchen,nl,fri,9,12,Jan\n"

    assert cli.main(["duty", "import", _file(home, wrong), "--yes"]) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert "line 4: Nobody in the team is called “Piet”" in told.err
    assert "line 5: desk: “kitchen” is none of" in told.err
    assert _exported(capsys) == FILE.splitlines()[0] + "\n"


def test_the_doctor_names_languages_that_nobody_reads(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    example = (ROOT / organisation.EXAMPLE).read_text("utf-8")
    begun = example.index("[hours.uk]"), example.index("[hours.fa_AF]")
    (home / "example.toml").write_text(example[: begun[0]] + example[begun[1] :], "utf-8")
    monkeypatch.setattr(organisation, "EXAMPLE", str(home / "example.toml"))

    asyncio.run(doctor.examine(settings.read, asks_telegram=False))
    assert "MEND  roster: 0 blocks: nobody reads Ukrainian" in capsys.readouterr().out

    file = _file(home, FILE.replace("infodesk,ps", "infodesk,uk"))
    cli.main(["duty", "import", file, "--yes"])
    asyncio.run(doctor.examine(settings.read, asks_telegram=False))
    assert "ok    roster: 2 blocks" in capsys.readouterr().out
