"""`wegwijzer answers …` as an editor types it."""

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from bot.app import cli, settings, using
from bot.app.settings import ROOT
from bot.handover.service import proposing
from bot.handover.tables import topic_drafts
from bot.infodesk import importing, service, tables
from bot.infodesk.importing import front_matter
from bot.infodesk.wording import sheet
from bot.storage.transaction import Tx


async def _missed(tx: Tx) -> None:
    for day, language in ((1, "uk"), (2, "uk"), (3, "nl")):
        await service.missed(tx, "zoo", language, on=date(2026, 11, day))


def test_status_is_a_table_or_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["answers", "status"]) == 0
    assert "! health/emergency" in capsys.readouterr().out

    assert cli.main(["answers", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["topics"]["health/emergency"]["is_urgent"]


def test_gaps_are_read_from_the_configured_database(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(using.writing(settings.read(), _missed))

    assert cli.main(["answers", "gaps"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split() == ["2", "2026-11-02", "uk", "zoo"]
    assert second.split() == ["1", "2026-11-03", "nl", "zoo"]

    assert cli.main(["answers", "gaps", "--language", "uk", "--since", "2026-11-02", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "language": "uk",
        "text": "zoo",
        "times": 1,
        "last": "2026-11-02",
    }


def test_gaps_make_no_database(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["answers", "gaps"]) == 2

    assert "There is no database" in capsys.readouterr().err
    assert not (folder / "data" / "demo.sqlite").exists()


async def _publish(tx: Tx) -> None:
    for language in ("nl", "xx"):
        await tx.execute(
            insert(tables.answer_overrides).values(
                slug="housing/find",
                language=language,
                title='Een "huis"',
                short="Kort.",
                body="Rest.",
                baseline="other",
                at=datetime(2026, 11, 20, tzinfo=UTC),
            )
        )


def test_published_texts_are_listed_and_become_files_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(using.writing(settings.read(), _publish))

    assert cli.main(["answers", "overrides"]) == 0
    first, second = sorted(capsys.readouterr().out.splitlines())
    assert first.endswith("nl     housing/find  the file changed since")
    assert second.endswith("xx     housing/find  the bot no longer has this answer")

    assert cli.main(["answers", "export", "--overrides", "out"]) == 0
    written = folder / "out" / "nl" / "answers" / "housing" / "find.md"
    found = front_matter.answer(written, "nl", "housing/find")
    assert not isinstance(found, front_matter.Fault)
    file = importing.read(ROOT / "locales").answers["nl"]["housing/find"]
    assert (found.title, found.short, found.body) == ('Een "huis"', "Kort.", "Rest.")
    assert (found.sources, found.phrasings) == (file.sources, file.phrasings)
    assert "no file any more" in capsys.readouterr().err


def test_export_needs_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["answers", "export"]) == 2
    assert "Name the file" in capsys.readouterr().err


def test_workbook_goes_out_and_comes_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["answers", "export", "a.xlsx", "--language", "ps"]) == 0
    assert cli.main(["answers", "import", "a.xlsx"]) == 0
    assert "Nothing was changed" in capsys.readouterr().err
    assert cli.main(["answers", "export", "a.html", "--review", "xx"]) == 2
    assert "There is no language 'xx'" in capsys.readouterr().err
    assert cli.main(["answers", "export", "a.html", "--review", "ps"]) == 0
    assert 'dir="rtl"' in (folder / "a.html").read_text("utf-8")


async def _propose(tx: Tx) -> None:
    for state, question in (
        (proposing.CHECKED, "May I swim?"),
        (proposing.DRAFT, "Where is Sara?"),
    ):
        row = {"language": "uk", "category": "life", "question": question, "answer": "Yes."}
        checked_on = date(2026, 11, 20) if state == proposing.CHECKED else None
        await tx.execute(insert(topic_drafts).values(state=state, checked_on=checked_on, **row))


def test_proposed_topics_are_counted_and_stand_in_the_workbook(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(using.writing(settings.read(), _propose))

    assert cli.main(["answers", "gaps"]) == 0
    assert "Topics that colleagues proposed: 1 " in capsys.readouterr().err
    assert cli.main(["answers", "export", "a.xlsx"]) == 0

    page = load_workbook(folder / "a.xlsx")[sheet.PROPOSED]
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 1
    assert {"uk", "life", "May I swim?", "Yes.", "2026-11-20"} <= set(rows[0])
    assert asyncio.run(using.reading(settings.read(), proposing.count_checked)) == 1


def test_workbook_is_written_before_the_bot_ever_ran(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["answers", "export", "a.xlsx", "--language", "nl"]) == 0

    assert "Without the proposed topics: There is no database" in capsys.readouterr().err
    assert sheet.PROPOSED not in load_workbook(folder / "a.xlsx").sheetnames
    assert not (folder / "data" / "demo.sqlite").exists()
