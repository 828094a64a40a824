"""Events from a file: every line that is wrong is named, nothing is half brought in, and the same
file twice changes nothing."""

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from bot.errors import Refused
from bot.events import tables
from bot.events.desk import EventsDesk
from bot.events.domain import Audience, Kind, Role
from bot.events.domain.files import EventFile
from bot.events.importing import reading, template
from bot.events.importing.vocabulary import vocabulary
from bot.events.service import bulk, listing, places
from bot.events.wording import bulk as wording
from bot.events.wording import files as columns
from bot.language import formats
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.service import whereabouts
from tests.support import organisation_makers as orgs
from tests.support.event_makers import NOW, somebody
from tests.support.people_makers import a_person

HEADS = ["kind", "title", "date", "start", "end", "town", "office", "places"]
TOUR = ["tour", "De Krook", date(2026, 12, 4), "14:00", "16:00", "Gent", "gent", 12]


def a_desk(**changes: Any) -> EventsDesk:
    """Events of the example organisation, which knows its towns and offices."""
    own = orgs.a_desk()
    facts: dict[str, Any] = {
        "catalogs": own.catalogs,
        "organisation": "Example & Co",
        "staff_language": "nl",
        "town_of": partial(whereabouts.town_of, own),
        "offices": {key: one.name for key, one in own.offices.items()},
        **changes,
    }
    return EventsDesk(**facts)


DESK = a_desk()


def xlsx(*rows: list[Any], **sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in (sheets or {"events": list(rows)}).items():
        sheet = book.create_sheet(name)
        for row in lines:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def ics(*entries: str, method: str = "PUBLISH") -> bytes:
    """A calendar of these VEVENTs, each given as its own lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", f"METHOD:{method}"]
    for one in entries:
        lines += ["BEGIN:VEVENT", *(line.strip() for line in one.strip().splitlines())]
        lines += ["END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(content: bytes, *, kind: Kind | None = None, now: datetime = NOW) -> EventFile:
    return reading.read(content, vocabulary(DESK, today=formats.day_of(now), kind=kind))


def why(found: Any, language: str = "en") -> list[tuple[int, str]]:
    words = DESK.catalogs.words(language)
    return [
        (one.at.number, words.plain(one.why.sentence, **one.why.values)) for one in found.faults
    ]


async def bring(
    tx: Tx,
    content: bytes,
    *,
    person: Person | None = None,
    office: str | None = "gent",
    kind: Kind | None = Kind.TOUR,
    now: datetime = NOW,
    desk: EventsDesk = DESK,
) -> bulk.Outcome:
    order = bulk.Order(file=read(content, kind=kind, now=now), person=person, office=office)
    return await bulk.bring_in(desk, tx, order, now=now)


async def stored(tx: Tx) -> list[dict[str, Any]]:
    table = tables.events
    return [dict(row) for row in await tx.all(select(table).order_by(table.c.starts_at))]


def how(done: bulk.Outcome) -> list[str]:
    return [one.how for one in done.changes]


async def test_a_sheet_of_events_comes_in(tx: Tx) -> None:
    heads = [
        *HEADS, "title_en", "description", "online link", "languages", "interpreter",
        "children", "audience", "regions", "audience languages", "access", "waitlist",
    ]  # fmt: skip
    row = [
        *TOUR, "The library", "Boeken", "https://meet.example/x", "nl, Dari", "yes", "no",
        "newcomers; volunteers", "Gent", "uk", "Geen trap", "no",
    ]  # fmt: skip

    done = await bring(tx, xlsx(heads, row))

    assert (how(done), list(done.faults)) == (["new"], [])
    event = await listing.get(tx, (await stored(tx))[0]["id"])
    draft = event.draft
    assert draft.titles == {"nl": "De Krook", "en": "The library"}
    assert (draft.kind, draft.texts, draft.town) == ("tour", {"nl": "Boeken"}, "Gent")
    assert draft.starts_at == datetime(2026, 12, 4, 13, 0, tzinfo=UTC)
    assert (draft.capacity, draft.has_waitlist, draft.office) == (12, False, "gent")
    assert (draft.languages, draft.has_interpreter, draft.for_children) == (
        ("nl", "fa_AF"), True, False,
    )  # fmt: skip
    assert draft.audience == Audience((Role.NEWCOMER, Role.VOLUNTEER), ("gent",), ("uk",))
    assert draft.latitude is not None


async def test_the_same_sheet_twice_changes_nothing(tx: Tx) -> None:
    await bring(tx, xlsx(HEADS, TOUR))
    before = await stored(tx)

    again = await bring(tx, xlsx(HEADS, TOUR))

    assert (how(again), list(again.faults)) == ([], [])
    assert await stored(tx) == before


async def test_a_preview_says_what_happens_and_writes_nothing(tx: Tx) -> None:
    order = bulk.Order(file=read(xlsx(HEADS, TOUR)), office="gent")

    shown = await bulk.preview(DESK, tx, order, now=NOW)

    assert await stored(tx) == []
    assert list((await bring(tx, xlsx(HEADS, TOUR))).changes) == list(shown.changes)


async def test_one_wrong_line_keeps_the_whole_file_out(tx: Tx) -> None:
    file = xlsx(HEADS, TOUR, ["circus", *TOUR[1:]], [*TOUR[:5], "Xyzzy", "gent", 3])

    done = await bring(tx, file)

    assert await stored(tx) == []
    assert [number for number, _ in why(done)] == [3, 4]
    assert "“circus” is no kind. Possible are: orientation, workshop" in why(done)[0][1]
    assert "Xyzzy" in why(done)[1][1]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([HEADS, [TOUR[0], "", *TOUR[2:]]], "“title” is empty."),
        ([HEADS, [*TOUR[:2], "soon", *TOUR[3:]]], "“soon” in “date” cannot be read."),
        ([HEADS, [*TOUR[:3], "25:00", *TOUR[4:]]], "“25:00” in “start” cannot be read."),
        ([HEADS, [*TOUR[:7], "many"]], "“many” in “places” cannot be read."),
        ([HEADS, [*TOUR[:6], "atlantis", 3]], "“atlantis” is no office."),
        ([HEADS, TOUR, TOUR], "The same stands in line 2 already."),
        ([HEADS, [*TOUR[:2], date(2026, 11, 2), *TOUR[3:]]], "would begin in the past"),
        ([HEADS[:4], TOUR[:4]], "The column “end” is missing."),
        ([[*HEADS, "shoe size"], TOUR], "There is no column “shoe_size”."),
        ([[*HEADS, "Titel"], TOUR], "Two columns mean “title”."),
        ([["fruit", "colour"], ["pear", "green"]], "must hold these headings"),
        ([HEADS], "This file holds no lines."),
        (
            [HEADS, [*TOUR[:2], date(2027, 3, 28), "02:30", *TOUR[4:]]],
            "02:30 does not exist on 28/03/2027",
        ),
        ([[*HEADS, "repeats"], [*TOUR, "FREQ=SOMETIMES"]], "I do not understand how often"),
        ([[*HEADS, "repeats"], [*TOUR, "FREQ=DAILY"]], "repeats more than 200 times"),
        ([[*HEADS, "repeats"], [*TOUR, "now and then"]], "“now and then” is no repeats."),
    ],
)
async def test_each_fault_is_told_so_that_it_can_be_mended(
    tx: Tx, rows: list[list[Any]], told: str
) -> None:
    done = await bring(tx, xlsx(*rows))

    assert any(told in text for _, text in why(done)), why(done)
    assert await stored(tx) == []


@pytest.mark.parametrize("language", ["nl", "en", "uk", "fa_AF", "ps"])
async def test_headings_words_and_dates_are_read_in_each_language(tx: Tx, language: str) -> None:
    _ = DESK.catalogs.words(language)
    heads = [columns.heading(_, one) for one in ("kind", "title", "date", "start", "end", "office")]
    day = formats.date_words(_, date(2027, 4, 12))
    kind = template.known(DESK, _)["kind"].split(", ")[2]

    done = await bring(tx, xlsx(heads, [kind, "X", day, "9:00", "10:30", "Gent"]))

    assert not done.faults, why(done)
    row = (await stored(tx))[0]
    assert (row["kind"], row["starts_wall"]) == ("visit", "2027-04-12T09:00")


@pytest.mark.parametrize("language", ["nl", "en", "uk", "fa_AF", "ps"])
async def test_the_empty_file_can_be_brought_in_as_it_is(tx: Tx, language: str) -> None:
    made = template.workbook(DESK, language)

    done = await bring(tx, made)

    assert not done.faults, why(done)
    assert how(done) == ["new"]
    book = load_workbook(io.BytesIO(made))
    is_rtl = DESK.catalogs.words(language).is_rtl
    assert [bool(one.sheet_view.rightToLeft) for one in book.worksheets] == [is_rtl, is_rtl]


async def test_a_dutch_csv_as_excel_in_belgium_writes_it(tx: Tx) -> None:
    text = "soort;titel;datum;begin;einde;kantoor\r\nbezoek;Café Kafé;11/12/2026;9u30;12u;Gent\r\n"

    done = await bring(tx, text.encode("cp1252"), office=None)

    assert not done.faults, why(done)
    row = (await stored(tx))[0]
    assert (row["titles"], row["starts_wall"]) == ({"nl": "Café Kafé"}, "2026-12-11T09:30")


async def test_who_has_a_place_hears_what_a_file_changes(tx: Tx) -> None:
    await bring(tx, xlsx(HEADS, TOUR))
    event_id = (await stored(tx))[0]["id"]
    _, participant = await somebody(tx)
    await places.take(tx, participant, event_id, now=NOW)
    keyed = xlsx(
        [*HEADS, "key"], [*TOUR[:3], "15:00", "17:00", *TOUR[5:], f"event-{event_id}@wegwijzer"]
    )

    done = await bring(tx, keyed)

    assert [(one.how, one.fields) for one in done.changes] == [
        ("changed", ("starts_at", "ends_at"))
    ]
    row = (await stored(tx))[0]
    assert row["before"]["starts_at"].startswith("2026-12-04T13:00")
    assert row["sequence"] == 1


async def test_fewer_places_than_people_are_refused(tx: Tx) -> None:
    await bring(tx, xlsx(HEADS, TOUR))
    event_id = (await stored(tx))[0]["id"]
    for number in range(2):
        _, participant = await somebody(tx, number)
        await places.take(tx, participant, event_id, now=NOW)

    done = await bring(tx, xlsx(HEADS, [*TOUR[:7], 1]))

    assert "2 places are taken already" in why(done)[0][1]


async def test_a_line_that_is_cancelled_calls_the_event_off(tx: Tx) -> None:
    await bring(tx, xlsx(HEADS, TOUR))
    off = xlsx([*HEADS, "state"], [*TOUR, "geannuleerd"])

    assert how(await bring(tx, off)) == ["cancelled"]
    assert (await stored(tx))[0]["cancelled_at"] is not None
    assert (how(again := await bring(tx, off)), len(again.faults)) == ([], 0)


async def test_a_series_keeps_its_hour_when_the_clock_changes(tx: Tx) -> None:
    row = ["workshop", "Naaien", date(2027, 3, 16), "09:00", "11:00", "Gent", "gent", 8]
    heads = [*HEADS, "repeats", "until"]

    done = await bring(tx, xlsx(heads, [*row, "elke week", date(2027, 4, 6)]))

    assert how(done) == ["new"] * 4, why(done)
    rows = await stored(tx)
    assert [one["starts_wall"][5:] for one in rows] == [
        "03-16T09:00", "03-23T09:00", "03-30T09:00", "04-06T09:00",
    ]  # fmt: skip
    assert len({one["series_id"] for one in rows}) == 1
    assert rows[0]["series_id"] is not None


async def test_an_hour_that_comes_twice_is_the_first(tx: Tx) -> None:
    await bring(tx, xlsx(HEADS, [*TOUR[:2], date(2027, 10, 31), "02:30", "05:00", *TOUR[5:]]))

    assert (await stored(tx))[0]["starts_at"] == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


# -- calendars ---------------------------------------------------------------------------------

WEEKLY = """
UID:abc@partner
SEQUENCE:1
SUMMARY:Praattafel
DTSTART;TZID=Europe/Brussels:20261201T190000
DTEND;TZID=Europe/Brussels:20261201T210000
RRULE:FREQ=WEEKLY;UNTIL=20261222T200000Z
EXDATE;TZID=Europe/Brussels:20261215T190000
LOCATION:De Krook\\, Miriam Makebaplein 1\\, 9000 Gent
CATEGORIES:workshop
"""


async def test_a_calendar_comes_in_with_its_series_and_without_its_exceptions(tx: Tx) -> None:
    done = await bring(tx, ics(WEEKLY), kind=None)

    assert (how(done), why(done)) == (["new"] * 3, [])
    rows = await stored(tx)
    assert [one["starts_wall"] for one in rows] == [
        "2026-12-01T19:00", "2026-12-08T19:00", "2026-12-22T19:00",
    ]  # fmt: skip
    assert {one["kind"] for one in rows} == {"workshop"}
    assert {(one["place"], one["town"]) for one in rows} == {
        ("De Krook, Miriam Makebaplein 1", "Gent")
    }
    assert len({one["series_id"] for one in rows}) == 1


async def test_the_same_calendar_twice_doubles_nothing(tx: Tx) -> None:
    await bring(tx, ics(WEEKLY))
    before = await stored(tx)

    assert how(await bring(tx, ics(WEEKLY))) == []
    assert await stored(tx) == before


async def test_a_new_exception_cancels_that_day_only(tx: Tx) -> None:
    await bring(tx, ics(WEEKLY))
    newer = WEEKLY.replace("SEQUENCE:1", "SEQUENCE:2").replace(
        "20261215T190000", "20261215T190000,20261208T190000"
    )

    done = await bring(tx, ics(newer))

    assert [(one.how, one.starts_at.day) for one in done.changes] == [("cancelled", 8)]


async def test_an_older_calendar_changes_nothing(tx: Tx) -> None:
    newer = WEEKLY.replace("SEQUENCE:1", "SEQUENCE:3")
    await bring(tx, ics(newer))
    before = await stored(tx)

    done = await bring(tx, ics(WEEKLY.replace("T190000", "T180000")))

    assert (how(done), len(done.skipped), list(done.faults)) == ([], 3, [])
    assert await stored(tx) == before


async def test_a_day_that_moves_is_changed_and_not_doubled(tx: Tx) -> None:
    await bring(tx, ics(WEEKLY))
    moved = """
    UID:abc@partner
    SEQUENCE:2
    RECURRENCE-ID;TZID=Europe/Brussels:20261208T190000
    SUMMARY:Praattafel
    DTSTART;TZID=Europe/Brussels:20261209T200000
    DTEND;TZID=Europe/Brussels:20261209T220000
    LOCATION:De Krook\\, Miriam Makebaplein 1\\, 9000 Gent
    CATEGORIES:workshop
    """

    done = await bring(tx, ics(WEEKLY, moved))

    assert how(done) == ["changed"]
    assert [one["starts_wall"] for one in await stored(tx)] == [
        "2026-12-01T19:00", "2026-12-09T20:00", "2026-12-22T19:00",
    ]  # fmt: skip


async def test_a_calendar_that_cancels_calls_off_what_is_known(tx: Tx) -> None:
    one = """
    UID:one
    SUMMARY:Bezoek
    DTSTART:20261201T130000Z
    DURATION:PT2H
    """
    await bring(tx, ics(one))

    done = await bring(tx, ics(one, method="CANCEL"))

    assert how(done) == ["cancelled"]


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ("DTSTART;TZID=America/New_York:20261201T090000", "2026-12-01T15:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20261201T090000", "2026-12-01T09:00"),
        ("DTSTART:20261201T090000Z", "2026-12-01T10:00"),
        ("DTSTART:20261201T090000", "2026-12-01T09:00"),
        ("DTSTART;TZID=Europe/Brussels:20270328T023000", "2027-03-28T03:30"),
    ],
)
async def test_hours_of_other_zones_become_those_of_brussels(
    tx: Tx, starts: str, expected: str
) -> None:
    done = await bring(tx, ics(f"UID:z\n{starts}\nDURATION:PT1H\nSUMMARY:X"))

    assert not done.faults, why(done)
    assert (await stored(tx))[0]["starts_wall"] == expected


async def test_a_weekly_series_of_another_zone_follows_that_zone(tx: Tx) -> None:
    entry = """
    UID:ny
    SUMMARY:Call
    DTSTART;TZID=America/New_York:20270309T120000
    DURATION:PT1H
    RRULE:FREQ=WEEKLY;COUNT=4
    """

    await bring(tx, ics(entry))

    walls = [one["starts_wall"][5:] for one in await stored(tx)]
    assert walls == ["03-09T18:00", "03-16T17:00", "03-23T17:00", "03-30T18:00"]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("UID:a\nDTSTART;VALUE=DATE:20261201\nSUMMARY:X", "This lasts the whole day."),
        ("UID:a\nDTSTART:2026\nSUMMARY:X", "in “DTSTART” cannot be read."),
        ("UID:a\nSUMMARY:X", "“DTSTART” is empty."),
        ("UID:a\nDTSTART:20261201T090000Z\nSUMMARY:X", "“DTEND” is empty."),
        ("UID:a\nDTSTART:20261201T090000Z\nDURATION:PT1H", "“SUMMARY” is empty."),
        (
            "UID:a\nDTSTART:20261201T090000Z\nDURATION:PT1H\nSUMMARY:X\nRDATE:20261202T090000Z",
            "“RDATE” cannot be brought in",
        ),
        (
            "UID:a\nDTSTART:20261201T090000Z\nDTEND:20261201T080000Z\nSUMMARY:X",
            "The end must be after the beginning.",
        ),
    ],
)
async def test_what_a_calendar_says_wrong_is_told_with_its_line(
    tx: Tx, entry: str, told: str
) -> None:
    done = await bring(tx, ics(entry))

    assert why(done)[0][0] == 5
    assert told in why(done)[0][1]


async def test_a_calendar_without_kinds_asks_for_one(tx: Tx) -> None:
    done = await bring(tx, ics(WEEKLY.replace("CATEGORIES:workshop", "CATEGORIES:Blue")), kind=None)

    assert "What kind of event is this?" in why(done)[0][1]


async def test_what_is_over_in_a_calendar_is_left_out(tx: Tx) -> None:
    old = "UID:old\nDTSTART:20250101T090000Z\nDURATION:PT1H\nSUMMARY:X"
    coming = "UID:new\nDTSTART:20261205T090000Z\nDURATION:PT1H\nSUMMARY:Y"

    done = await bring(tx, ics(old, coming))

    assert (how(done), len(done.skipped), list(done.faults)) == (["new"], 1, [])


# -- who may -----------------------------------------------------------------------------------


async def test_a_newcomer_brings_nothing_in(tx: Tx) -> None:
    person = await a_person(tx, 7_000_001, name="Amina", language="en")

    done = await bring(tx, xlsx(HEADS, TOUR), person=person)

    assert len(done.faults) == 1
    assert await stored(tx) == []


async def test_an_event_of_another_office_stays_as_it_is(tx: Tx) -> None:
    await bring(tx, xlsx(HEADS, TOUR))

    async def only_antwerp(tx: Tx, person: Person, office: str) -> None:
        if office != "antwerpen":
            raise Refused

    person = await a_person(tx, 7_000_001, name="Karen", language="nl")
    desk = a_desk(require_office=only_antwerp)
    event_id = (await stored(tx))[0]["id"]
    stolen = [*TOUR[:6], "antwerpen", 3, f"event-{event_id}@wegwijzer"]

    done = await bring(tx, xlsx([*HEADS, "key"], stolen), person=person, office=None, desk=desk)

    assert len(done.faults) == 1
    assert (await stored(tx))[0]["office"] == "gent"


async def test_a_shift_cannot_be_changed_by_a_file_of_events(tx: Tx) -> None:
    from tests.support.event_makers import an_event  # noqa: PLC0415

    event_id = await an_event(tx)

    done = await bring(tx, xlsx([*HEADS, "key"], [*TOUR, f"event-{event_id}@wegwijzer"]))

    assert len(done.faults) == 1


# -- files that are none -----------------------------------------------------------------------


def _bomb() -> bytes:
    packed = io.BytesIO(xlsx(HEADS, TOUR))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", b"\0" * 30_000_000)
    return packed.getvalue()


def _broken() -> bytes:
    whole = xlsx(HEADS, TOUR)
    return whole[: len(whole) // 2]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This file holds no lines."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "This is no workbook"),
        (b"PK\x03\x04 nothing", "This is no workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "has a password or is an old .xls"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nnothing", "This is no workbook"),
        (_broken(), "This is no workbook"),
        (_bomb(), "This is no workbook"),
    ],
    ids=["empty", "picture", "zip", "locked", "calendar", "half", "bomb"],
)
def test_a_file_that_cannot_be_read_is_refused_politely(content: bytes, told: str) -> None:
    assert told in why(read(content))[0][1]


def test_twenty_thousand_lines_are_refused_at_once() -> None:
    assert "more than 500 lines" in why(read(xlsx(HEADS, *[TOUR] * 20_000)))[0][1]


def test_merged_cells_are_named_as_empty() -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (HEADS, TOUR, TOUR):
        page.append(row)
    page.merge_cells("B2:B3")
    written = io.BytesIO()
    book.save(written)

    assert why(read(written.getvalue())) == [(3, "“title” is empty.")]


def test_cells_that_are_dates_and_hours_are_read_as_such() -> None:
    row = [*TOUR[:2], datetime(2026, 12, 4), time(14), time(16, 30), *TOUR[5:]]  # noqa: DTZ001

    line = read(xlsx(HEADS, row)).lines[0]

    assert line.ends_at - line.starts_at == timedelta(hours=2, minutes=30)


async def test_the_preview_is_told_in_words(tx: Tx) -> None:
    order = bulk.Order(file=read(xlsx(HEADS, TOUR)), office="gent")
    shown = await bulk.preview(DESK, tx, order, now=NOW)

    told = wording.done(DESK.catalogs.words("en"), shown.changes[0])

    assert told == "➕ events, line 2: De Krook, Friday 4 December 2026, 14:00"
    assert await tx.scalar(select(func.count()).select_from(tables.events)) == 0
