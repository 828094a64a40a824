"""Organisations, assignments and shifts from a file: every line that is wrong is named, nothing is
half brought in, and the same file twice changes nothing."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from bot.app.schema import everything
from bot.app.volunteering_cli import _vocabulary
from bot.events import tables as events
from bot.people import tables as people
from bot.schedule import tables as schedule
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain.files import Book
from bot.volunteering.domain.organisations import CRITERIA
from bot.volunteering.importing import reading
from bot.volunteering.service import bulk
from tests.support import organisation_makers as orgs
from tests.support.volunteering_makers import NOW

DESK = orgs.a_desk()
OWNERS = ["name", "sector", "town", "criteria", "contact", "phone"]
OFFERS = ["organisation", "title", "description", "kind", "languages", "talents", "dutch", "open"]
TIMES = ["organisation", "assignment", "date", "start", "end", "places"]
CENTRALE = ["De Centrale", "culture", "Gent", "all", "Els", "09 123 45 67"]
BAR = ["De Centrale", "Bar", "Drank schenken", "occasional", "nl 1", "cooking", "yes", "yes"]
FRIDAY = ["De Centrale", "Bar", date(2026, 12, 4), "18:00", "01:00", 4]


def _xlsx(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


WHOLE = _xlsx(a=[OWNERS, CENTRALE], b=[OFFERS, BAR], c=[TIMES, FRIDAY])


def _read(content: bytes) -> Book:
    return reading.read(content, _vocabulary(DESK))


def _why(book_or_outcome: Any) -> list[tuple[int, str]]:
    english = DESK.catalogs.words("en")
    return [
        (one.at.number, english.plain(one.why.sentence, **one.why.values))
        for one in book_or_outcome.faults
    ]


async def _bring(tx: Tx, content: bytes) -> bulk.Outcome:
    return await bulk.bring_in(DESK, tx, _read(content), now=NOW)


async def _everything(tx: Tx) -> dict[str, list[dict[str, Any]]]:
    return {
        table.name: [dict(row) for row in await tx.all(select(table))]
        for table in everything().sorted_tables
    }


async def test_a_whole_workbook_comes_in(tx: Tx) -> None:
    done = await _bring(tx, WHOLE)

    assert [(one.what, one.how) for one in done.changes] == [
        ("organisations", "new"),
        ("assignments", "new"),
        ("shifts", "new"),
    ]
    owner = (await tx.all(select(tables.organisations)))[0]
    assert (owner["office"], owner["postcode"], owner["criteria"]) == (
        "gent",
        "9000",
        list(CRITERIA),
    )
    offer = (await tx.all(select(tables.assignments)))[0]
    assert (offer["state"], offer["titles"], offer["languages"]) == (
        "open",
        {"nl": "Bar"},
        {"nl": 1},
    )
    assert (offer["counts_as_dutch"], offer["counts_as_social"]) == (True, False)
    shift = (await tx.all(select(events.events)))[0]
    assert shift["starts_at"] == datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
    assert shift["ends_at"] == datetime(2026, 12, 5, 0, 0, tzinfo=UTC)
    assert (shift["capacity"], shift["starts_wall"]) == (4, "2026-12-04T18:00")
    kinds = [row["kind"] for row in await tx.all(select(schedule.due.c.kind))]
    assert "volunteering.attendance" in kinds


async def test_the_same_file_twice_changes_nothing(tx: Tx) -> None:
    await _bring(tx, WHOLE)
    before = await _everything(tx)

    again = await _bring(tx, WHOLE)

    assert (list(again.changes), list(again.faults)) == ([], [])
    assert await _everything(tx) == before


async def test_a_preview_writes_nothing_and_says_what_happens(tx: Tx) -> None:
    before = await _everything(tx)

    shown = await bulk.preview(DESK, tx, _read(WHOLE), now=NOW)

    assert await _everything(tx) == before
    assert list((await _bring(tx, WHOLE)).changes) == list(shown.changes)


async def test_one_line_that_is_wrong_keeps_the_whole_file_out(tx: Tx) -> None:
    before = await _everything(tx)
    file = _xlsx(
        a=[OWNERS, CENTRALE, ["Elders", "circus", "Gent"]],
        b=[OFFERS, BAR],
        c=[TIMES, FRIDAY, ["Nergens", "Bar", "4/12/2026", "9:00", "10:00", 4]],
    )

    done = await _bring(tx, file)

    assert await _everything(tx) == before
    assert [number for number, _ in _why(done)] == [3, 3]
    assert "“circus” is no sector. Possible are: culture, festivals" in _why(done)[0][1]
    assert "There is no organisation “Nergens”" in _why(done)[1][1]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([OWNERS, ["", "culture", "Gent"]], "“name” is empty."),
        ([OWNERS, ["A", "culture", "Xyzzy"]], "I do not know the town Xyzzy."),
        ([OWNERS, ["A", "culture", "Gent", "smiles"]], "“smiles” is no criteria."),
        ([OWNERS, CENTRALE, CENTRALE], "The same stands in line 2 already."),
        ([["name", "sector"], ["A", "culture"]], "The column “town” is missing."),
        ([[*OWNERS, "shoe size"], CENTRALE], "There is no column “shoe_size”."),
        ([["fruit", "colour"], ["pear", "green"]], "These columns are neither organisations"),
        ([OFFERS, BAR], "There is no organisation “De Centrale”"),
        ([OFFERS, [*BAR[:3], "seldom"]], "“seldom” is no kind. Possible are: occasional"),
        ([OFFERS, [*BAR[:4], "nl 4"]], "“nl 4” in “languages” cannot be read."),
        ([OFFERS, [*BAR[:6], "perhaps"]], "“perhaps” in “dutch” cannot be read."),
        ([TIMES, [*FRIDAY[:2], "soon", "9:00", "10:00"]], "“soon” in “date” cannot be read."),
        ([TIMES, [*FRIDAY[:3], "25:00", "10:00"]], "“25:00” in “start” cannot be read."),
        ([TIMES, [*FRIDAY[:5], "many"]], "“many” in “places” cannot be read."),
    ],
)
async def test_each_fault_is_told_so_that_it_can_be_mended(
    tx: Tx, rows: list[list[Any]], told: str
) -> None:
    faults = _why(await _bring(tx, _xlsx(sheet=rows)))

    assert any(told in why for _, why in faults), faults


async def test_an_assignment_does_not_open_without_all_criteria(tx: Tx) -> None:
    less = ["De Centrale", "culture", "Gent", "briefing, guidance", "Els", ""]

    done = await _bring(tx, _xlsx(a=[OWNERS, less], b=[OFFERS, BAR]))

    assert "does not meet all criteria" in _why(done)[0][1]
    assert await tx.scalar(select(func.count()).select_from(tables.organisations)) == 0


async def test_criteria_taken_away_by_a_file_close_what_was_open(tx: Tx) -> None:
    await _bring(tx, WHOLE)

    await _bring(tx, _xlsx(a=[OWNERS, [*CENTRALE[:3], "briefing", *CENTRALE[4:]]]))

    assert await tx.scalar(select(tables.assignments.c.state)) == "draft"


async def test_a_new_shift_in_the_past_is_refused_and_a_known_one_is_not(tx: Tx) -> None:
    await _bring(tx, WHOLE)
    late = datetime(2027, 1, 1, tzinfo=UTC)

    again = await bulk.bring_in(DESK, tx, _read(WHOLE), now=late)
    other = _xlsx(c=[TIMES, [*FRIDAY[:2], date(2026, 12, 11), *FRIDAY[3:]]])
    new = await bulk.bring_in(DESK, tx, _read(other), now=late)

    assert (list(again.changes), list(again.faults)) == ([], [])
    assert "in the past" in _why(new)[0][1]


async def test_a_changed_line_changes_its_row_only(tx: Tx) -> None:
    await _bring(tx, WHOLE)
    file = _xlsx(
        a=[OWNERS, [*CENTRALE[:5], "0470 00 00 00"]],
        c=[TIMES, [*FRIDAY[:4], "23:00", 6]],
    )

    done = await _bring(tx, file)

    assert [(one.what, one.how) for one in done.changes] == [
        ("organisations", "changed"),
        ("shifts", "changed"),
    ]
    assert await tx.scalar(select(tables.organisation_contacts.c.phone)) == "0470 00 00 00"
    assert await tx.scalar(select(events.events.c.capacity)) == 6
    assert await tx.scalar(select(func.count()).select_from(events.events)) == 1


async def test_a_dutch_csv_as_excel_in_belgium_writes_it(tx: Tx) -> None:
    await _bring(tx, WHOLE)
    text = (
        "organisatie;opdracht;datum;van;tot;plaatsen\r\nde centrale;BAR;11/12/2026;9u30;12u;3\r\n"
    )

    done = await _bring(tx, text.encode("cp1252"))

    assert not done.faults, _why(done)
    starts = await tx.scalar(select(func.max(events.events.c.starts_at)))
    assert starts == datetime(2026, 12, 11, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"\x89PNG\r\n\x00\x00", b"\xff\x00"]
)
async def test_what_is_no_file_of_ours_is_said_and_brings_nothing(tx: Tx, content: bytes) -> None:
    done = await _bring(tx, content)

    assert not done.changes
    assert (content == b"") == (not done.faults)


async def test_the_audit_log_keeps_counts_and_no_names(tx: Tx) -> None:
    await _bring(tx, WHOLE)

    rows = await tx.all(select(people.audit.c.action, people.audit.c.detail))

    assert [(row["action"], row["detail"]) for row in rows] == [
        ("volunteering.imported", {"organisations": 1, "assignments": 1, "shifts": 1})
    ]
