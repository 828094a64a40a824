"""What changed, what is off, and who was missed: to whom it concerns, in words of their own."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.errors import Outdated
from bot.events import calendar_file, jobs, privacy
from bot.events.domain import SHIFT, Draft, Event, EventId, Place, Taken, repeating
from bot.events.domain import refusals as refused
from bot.events.service import listing, marking, missing, places, planning
from bot.language.catalog import Catalogs
from bot.language.formats import BRUSSELS
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.event_makers import (
    A_DRAFT,
    DAY,
    FIRST_ID,
    HOUR,
    MINUTE,
    NOW,
    a_desk,
    an_event,
    by_name,
    passes,
    posted,
    somebody,
    texts,
)


async def _change(database: Database, event: EventId, now: datetime = NOW, **new: object) -> None:
    async with database.writing() as tx:
        draft = (await listing.get(tx, event)).draft
        await planning.change(tx, event, replace(draft, **new), now=now)  # type: ignore[arg-type]


async def _said(database: Database, number: int) -> list[str]:
    async with database.reading() as tx:
        return texts(await posted(tx, FIRST_ID + number))


async def test_change_reaches_who_has_a_place_with_what_changed(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        _, placed = await somebody(tx, 1)
        _, waits = await somebody(tx, 2, language="nl")
        _, gone = await somebody(tx, 3)
        for one in (placed, waits, gone):
            await places.take(tx, one, event, now=NOW)
        await places.confirm(tx, placed, event, now=NOW)
        await places.give_back(tx, gone, event, now=NOW)

    await _change(database, event, starts_at=NOW + 10 * DAY + HOUR, place="Bijloke")
    await passes(database, a_desk(catalogs), NOW + 5 * MINUTE)

    [told] = await _said(database, 1)
    assert "11:00" in told.partition("Before it was")[0]
    assert "10:00" in told.partition("Before it was")[2]
    assert "Vooruit" in told.partition("Before it was")[2]
    assert "Karen" not in told.partition("Before it was")[2], "only what changed"
    assert "Er is iets veranderd" in (await _said(database, 2))[0]
    assert await _said(database, 3) == []
    async with database.reading() as tx:
        mine = await listing.of(tx, event, placed)
    assert mine is not None
    assert mine.confirmed_at is None, "yes to ten o'clock is no yes to eleven"


async def test_two_changes_at_once_are_told_once_and_undone_ones_never(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        event = await an_event(tx)
        _, mine = await somebody(tx, 1)
        await places.take(tx, mine, event, now=NOW)

    await _change(database, event, place="Bijloke")
    await _change(database, event, contact="Joris")
    await passes(database, a_desk(catalogs), NOW + 5 * MINUTE)
    assert len(await _said(database, 1)) == 1

    await _change(database, event, place="Elsewhere")
    await _change(database, event, place="Bijloke")
    await passes(database, a_desk(catalogs), NOW + HOUR)
    assert len(await _said(database, 1)) == 1


async def test_new_description_rings_nobody(database: Database, catalogs: Catalogs) -> None:
    async with database.writing() as tx:
        event = await an_event(tx)
        _, mine = await somebody(tx, 1)
        await places.take(tx, mine, event, now=NOW)

    await _change(database, event, texts={"nl": "anders"}, capacity=5)
    await passes(database, a_desk(catalogs), NOW + HOUR)

    assert await _said(database, 1) == []


async def test_change_into_another_own_shift_says_so(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        event = await an_event(tx)
        other = await an_event(tx, starts_at=NOW + 12 * DAY, titles={"en": "Garden"})
        _, mine = await somebody(tx, 1)
        await places.take(tx, mine, event, now=NOW)
        await places.take(tx, mine, other, now=NOW)

    starts = NOW + 12 * DAY + HOUR
    await _change(database, event, starts_at=starts, ends_at=starts + HOUR)
    await passes(database, a_desk(catalogs), NOW + 5 * MINUTE)

    assert "you also have: Garden" in (await _said(database, 1))[0]


async def test_cancelled_shift_is_told_to_all_and_frees_them(
    database: Database, catalogs: Catalogs
) -> None:
    calls: list[tuple[str, str]] = []

    async def call(tx: Tx, event: Event, taken: Taken, what: str) -> None:
        calls.append((taken.name, what))

    async with database.writing() as tx:
        event, other = await an_event(tx, capacity=2), await an_event(tx)
        _, placed = await somebody(tx, 1)
        [unknown] = await by_name(tx, 1)
        _, waits = await somebody(tx, 2)
        for one in (placed, unknown, waits):
            await places.take(tx, one, event, now=NOW)
        await planning.cancel(tx, event, now=NOW)

    await passes(database, a_desk(catalogs, calls={SHIFT: call}), NOW)

    assert "You do not have to come." in (await _said(database, 1))[0]
    assert "You do not have to come." not in (await _said(database, 2))[0]
    assert calls == [("Person 0", "cancelled")]
    async with database.writing() as tx:
        assert await places.take(tx, placed, other, now=NOW) is Place.PLACED
        for again in (planning.cancel(tx, event, now=NOW), places.take(tx, waits, event, now=NOW)):
            with pytest.raises(refused.Cancelled):
                await again


async def test_cancelled_at_night_rings_when_it_is_early_in_the_morning(
    database: Database, catalogs: Catalogs
) -> None:
    night = NOW + 9 * DAY + 13 * HOUR  # 23:00 the evening before
    async with database.writing() as tx:
        event = await an_event(tx, starts_at=NOW + 10 * DAY - HOUR)  # nine in the morning
        later = await an_event(tx, starts_at=NOW + 10 * DAY + 4 * HOUR)
        _, mine = await somebody(tx, 1)
        for one in (event, later):
            await places.take(tx, mine, one, now=NOW)
            await planning.cancel(tx, one, now=night)

    await passes(database, a_desk(catalogs), night)

    async with database.reading() as tx:
        rows = await tx.raw("SELECT due_at FROM outbox WHERE lane = 1 ORDER BY id")
    assert [one for (one,) in rows] == [night.timestamp(), (night + 9 * HOUR).timestamp()]


async def test_there_cannot_be_fewer_places_than_people(database: Database) -> None:
    async with database.writing() as tx:
        event = await an_event(tx)
        for one in await by_name(tx, 2):
            await places.take(tx, one, event, now=NOW)
        draft = (await listing.get(tx, event)).draft

        with pytest.raises(refused.TooFewPlaces):
            await planning.change(tx, event, replace(draft, capacity=1), now=NOW)
        with pytest.raises(refused.EndsBeforeItBegins):
            await planning.change(tx, event, replace(draft, ends_at=draft.starts_at), now=NOW)


async def test_who_was_missed_is_asked_kindly_and_once(
    database: Database, catalogs: Catalogs
) -> None:
    calls: list[str] = []

    async def call(tx: Tx, event: Event, taken: Taken, what: str) -> None:
        calls.append(f"{taken.name} {what}")

    desk = a_desk(catalogs, calls={SHIFT: call})
    over = NOW + 10 * DAY + 5 * HOUR
    async with database.writing() as tx:
        event = await an_event(tx, capacity=3)
        people = [(await somebody(tx, n))[1] for n in range(3)]
        for one in people:
            await places.take(tx, one, event, now=NOW)
        for one in people:
            await marking.mark(tx, one, event, came=False, via="link", now=over)
        await marking.mark(tx, people[2], event, came=True, via="link", now=over + MINUTE)

    await passes(database, desk, over + 20 * HOUR)

    missed = [one for one in await _said(database, 0) if "We missed you" in one]
    assert len(missed) == 1
    assert [one for one in await _said(database, 2) if "We missed you" in one] == []
    async with database.writing() as tx:
        await missing.answer(desk, tx, people[0], event, "ill", now=over + DAY)
        await missing.answer(desk, tx, people[1], event, "there", now=over + DAY)
        with pytest.raises(refused.NoPlace):
            await missing.answer(desk, tx, people[2], event, "ill", now=over + DAY)
        mine = await listing.of(tx, event, people[0])
    assert mine is not None
    assert (mine.reason, mine.is_excused) == ("ill", True)
    assert calls == ["Amina there"]


async def test_series_keeps_the_hour_on_the_wall_and_leaves_holidays_out(tx: Tx) -> None:
    start = datetime(2026, 3, 17, 9, 0, tzinfo=BRUSSELS).astimezone(UTC)
    draft = replace(A_DRAFT, starts_at=start, ends_at=start + 3 * HOUR)

    made = await planning.make_series(
        tx, "FREQ=WEEKLY;BYDAY=TU,MO", draft, now=NOW, until=date(2026, 4, 7)
    )

    found = [(await listing.get(tx, one)).starts_at.astimezone(BRUSSELS) for one in made]
    assert [one.strftime("%d/%m %H:%M") for one in found] == [
        *("17/03 09:00", "23/03 09:00", "24/03 09:00", "30/03 09:00", "31/03 09:00"),
        "07/04 09:00",  # 6 April 2026 is Easter Monday; summer time began on 29 March
    ]


@pytest.mark.parametrize("rule", ["every tuesday", "FREQ=WEEKLY;BYDAY=XX", "", "FREQ=SOMETIMES"])
async def test_rule_that_nobody_understands_is_refused(tx: Tx, rule: str) -> None:
    with pytest.raises(repeating.BadRule):
        await planning.make_series(tx, rule, A_DRAFT, now=NOW, until=date(2027, 1, 1))


async def test_series_without_end_is_refused(tx: Tx) -> None:
    with pytest.raises(repeating.TooMany):
        await planning.make_series(tx, "FREQ=HOURLY", A_DRAFT, now=NOW, until=date(2030, 1, 1))


async def test_calendar_file_is_changed_and_struck_by_its_number(tx: Tx) -> None:
    event = await an_event(tx, titles={"en": "Soup, bread; and tea"}, texts={"en": "й" * 80})
    first = calendar_file.calendar(await listing.get(tx, event), "en", organisation="Desk").decode()
    changed = await planning.change(
        tx, event, replace((await listing.get(tx, event)).draft, place="Bijloke"), now=NOW
    )
    off = await planning.cancel(tx, event, now=NOW + HOUR)

    lines = first.split("\r\n")
    assert "DTSTART:20261130T090000Z" in lines
    assert "SUMMARY:Soup\\, bread\\; and tea" in lines
    assert max(len(line.encode()) for line in lines) <= 75
    assert "DESCRIPTION:" + "й" * 80 in first.replace("\r\n ", "")
    assert "SEQUENCE:1" in calendar_file.calendar(changed, "nl", organisation="").decode()
    struck = calendar_file.calendar(off, "nl", organisation="").decode()
    assert all(one in struck for one in ("STATUS:CANCELLED", "METHOD:CANCEL", "SEQUENCE:2"))


async def test_who_is_forgotten_leaves_no_empty_chair(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        person, mine = await somebody(tx, 1)
        _, waits = await somebody(tx, 2)
        await places.take(tx, mine, event, now=NOW)
        await places.take(tx, waits, event, now=NOW)
        await privacy.forget_person(tx, person.id, now=NOW)

    await passes(database, a_desk(catalogs), NOW)

    async with database.reading() as tx:
        told = await places.on_the_list(tx, event)
    assert [(one.name, one.state) for one in told] == [
        ("—", Place.GIVEN_BACK),
        ("Amina", Place.OFFERED),
    ]


async def test_places_of_two_years_ago_are_deleted(tx: Tx) -> None:
    event = await an_event(tx)
    [one] = await by_name(tx, 1)
    await places.take(tx, one, event, now=NOW)

    await jobs.nightly()["events.retention"](tx, now=NOW + 700 * DAY)
    assert len(await places.on_the_list(tx, event)) == 1
    await jobs.nightly()["events.retention"](tx, now=NOW + 741 * DAY)
    assert await places.on_the_list(tx, event) == []


async def test_event_that_is_gone_is_said_politely(tx: Tx) -> None:
    [one] = await by_name(tx, 1)
    with pytest.raises(Outdated):
        await places.take(tx, one, 4711, now=NOW)
    with pytest.raises(Outdated):
        await planning.cancel(tx, 4711, now=NOW)
    with pytest.raises(refused.EndsBeforeItBegins):
        await planning.create(tx, Draft(kind=SHIFT, titles={}, starts_at=NOW, ends_at=NOW), now=NOW)
