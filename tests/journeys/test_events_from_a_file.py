"""A coordinator sends a file of events to the bot: shown first, brought in with one tap."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from tests.support.journeys import Story, left_and_right, on_both_databases
from tests.support.phone import Phone
from tests.support.wegwijzer import Clock, catalogs

pytestmark = pytest.mark.journey

MONDAY = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)  # 10:00 in Brussels
HEADS = ["kind", "title", "date", "start", "end", "town", "office", "places"]
TOUR = ["tour", "De Krook", "2027-05-04", "14:00", "16:00", "Gent", "gent", 12]
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//partner//EN
BEGIN:VEVENT
UID:talk@partner
SUMMARY:Praattafel
DTSTART;TZID=Europe/Brussels:20270504T190000
DTEND;TZID=Europe/Brussels:20270504T210000
RRULE:FREQ=WEEKLY;COUNT=3
LOCATION:De Krook\\, Gent
END:VEVENT
END:VCALENDAR
"""


def _xlsx(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


async def _coordinator(told: Story, language: str) -> Phone:
    await told.desk["Karen"].says("hello")
    karen = await told.known("Karen")
    await karen.waits()
    await told.desk.becomes("Karen", "coordinator")
    await karen.starts()
    await karen.chooses_language(language)
    return karen


async def _sends(karen: Phone, content: bytes, name: str) -> None:
    await karen.shares("document", content, filename=name)
    await karen.sees(karen.text("📄 I am reading your file. One moment, please."))


@left_and_right
@on_both_databases
async def test_a_file_is_shown_first_and_brought_in_once(
    told: Story, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    karen = await _coordinator(told, language)

    await _sends(karen, _xlsx(HEADS, ["circus", *TOUR[1:]]), "fout.xlsx")
    await karen.sees("circus")
    await _sends(karen, _xlsx(HEADS, TOUR), "events.xlsx")
    await karen.sees("De Krook")
    await karen.taps(karen.text("✅ Bring it in"))
    await karen.sees(karen.text("✅ <b>Brought in.</b>"))
    await _sends(karen, _xlsx(HEADS, TOUR), "events.xlsx")
    await karen.sees(karen.text("Everything in this file is known already."))


@left_and_right
@on_both_databases
async def test_a_calendar_is_asked_for_what_it_does_not_say(
    told: Story, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    karen = await _coordinator(told, language)

    await _sends(karen, CALENDAR.encode(), "agenda.ics")
    await karen.sees(karen.text("What kind of events are in this file?"))
    await karen.taps(catalogs().words(language).label("Workshop"))
    await karen.sees(karen.text("Which office plans these events?"))
    await karen.taps("Gent")
    await karen.sees("Praattafel")
    await karen.taps(karen.text("✖️ Leave it"))
    await karen.sees(karen.text("✖️ Nothing was brought in."))


@on_both_databases
async def test_a_file_of_somebody_else_goes_the_usual_way(told: Story) -> None:
    amina = await told.phone()

    await amina.shares("document", _xlsx(HEADS, TOUR), filename="events.xlsx")
    await amina.waits()

    assert not amina.said("I am reading")
