"""One tap to sign up, alone or with others; what they count; and who may not."""

import pytest

from bot.events import privacy
from bot.events.domain import TALK, Place
from bot.events.service import calendar_files, places, planning, waitlist
from bot.language.catalog import Catalogs
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.event_makers import (
    DAY,
    FIRST_ID,
    HOUR,
    NOW,
    an_event,
    passes,
    posted,
    somebody,
    states,
    taken,
    texts,
)
from tests.support.guest_makers import Guests, a_desk, a_workshop, actions


@pytest.fixture
def guests(tx: Tx, catalogs: Catalogs) -> Guests:
    return Guests(tx, catalogs)


async def test_one_tap_is_a_place_and_says_what_comes(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx)
    amina = await guests.one()

    await amina.say(f"/start event_{event}")
    await amina.tap("✋ Sign up")

    assert "You are signed up." in amina.text
    assert actions(amina, "epass") == [f"epass:{event}"]
    assert await taken(tx, event) == (1, 1)


async def test_companions_count_and_second_tap_changes_nothing(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx, capacity=5)
    amina = await guests.one()
    await amina.press(f"ebring:{event}")
    assert "Only me" not in [one.label for one in amina.buttons]

    await amina.tap("2")
    await amina.press(f"esign:{event}:2")

    assert "With 2 other people" in amina.text
    assert await taken(tx, event) == (3, 3)
    await amina.tap("Who comes with me")
    assert "✓ 2" in [one.label for one in amina.buttons]
    await amina.tap("Only me")
    assert await taken(tx, event) == (1, 1)


async def test_more_companions_than_places_are_refused_and_own_place_stays(
    tx: Tx, guests: Guests
) -> None:
    event = await a_workshop(tx, capacity=2)
    amina, olena = await guests.one(1), await guests.one(2, name="Olena")
    await amina.press(f"esign:{event}:2")
    assert "There are only 2 places in all." in amina.refused
    await amina.press(f"esign:{event}:0")
    await olena.press(f"esign:{event}:0")

    await amina.press(f"esign:{event}:1")

    assert "There is no place for more people." in amina.refused
    assert await taken(tx, event) == (2, 2)


async def test_who_waits_comes_before_more_companions_of_others(tx: Tx, guests: Guests) -> None:
    """One place is free, and Olena waits for two: it is not for Amina's friend."""
    event = await a_workshop(tx, capacity=3)
    amina, olena = await guests.one(1), await guests.one(2, name="Olena")
    await amina.press(f"esign:{event}:1")
    await olena.press(f"esign:{event}:1")
    assert "You are on the waitlist, number 1." in olena.text

    await amina.press(f"esign:{event}:2")

    assert "There is no place for more people." in amina.refused


async def test_group_on_the_waitlist_is_offered_places_for_all_of_them(
    tx: Tx, guests: Guests, catalogs: Catalogs
) -> None:
    event = await a_workshop(tx, capacity=2)
    amina, olena = await guests.one(1), await guests.one(2, name="Olena")
    await amina.press(f"esign:{event}:1")
    await olena.press(f"esign:{event}:1")
    await olena.press(f"ebring:{event}")
    await amina.press(f"egive:{event}")
    assert await taken(tx, event) == (0, 0)

    await waitlist.fill(guests.desk, tx, event, now=NOW)
    await olena.press(f"eyes:{event}")

    assert "The place is yours." in olena.text
    assert await taken(tx, event) == (2, 2)


async def test_first_tap_in_the_last_hours_keeps_the_companions(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx, capacity=2, starts_at=NOW + 2 * DAY)
    amina, olena = await guests.one(1), await guests.one(2, name="Olena")
    await amina.press(f"esign:{event}:1")
    await olena.press(f"esign:{event}:1")
    await amina.press(f"egive:{event}")
    olena.at = NOW + 2 * DAY - 3 * HOUR

    await olena.press(f"ejoin:{event}")

    assert await taken(tx, event) == (2, 2)


@pytest.mark.parametrize("count", ["6", "99", "-1", "x", ""])
async def test_made_up_number_of_companions_is_refused(tx: Tx, guests: Guests, count: str) -> None:
    event = await a_workshop(tx, capacity=None)
    amina = await guests.one()

    await amina.press(f"esign:{event}:{count}")

    assert amina.refused
    assert await taken(tx, event) == (0, 0)


async def test_shift_and_talk_are_not_taken_through_this_door(tx: Tx, guests: Guests) -> None:
    amina = await guests.one()
    for event in (await an_event(tx), await an_event(tx, kind=TALK)):
        for data in (f"esign:{event}:0", f"eone:{event}:0:a:", f"ebring:{event}", f"epass:{event}"):
            amina.refused = ""
            await amina.press(data)
            assert amina.refused, data
        assert await states(tx, event) == {}


async def test_cancelled_begun_and_closed_events_take_nobody(tx: Tx, guests: Guests) -> None:
    off, begun = await a_workshop(tx), await a_workshop(tx, starts_at=NOW - HOUR)
    await planning.cancel(tx, off, now=NOW)
    amina = await guests.one()

    for event, why in ((off, "cancelled"), (begun, "begun")):
        await amina.press(f"esign:{event}:0")
        assert why in amina.refused
        assert await states(tx, event) == {}


async def test_something_else_at_that_time_is_shown_with_the_way_out(
    tx: Tx, guests: Guests
) -> None:
    event, other = await a_workshop(tx), await a_workshop(tx, titles={"en": "Museum"})
    amina = await guests.one()
    await amina.press(f"esign:{other}:0")

    await amina.press(f"esign:{event}:0")

    assert "You cannot be in two places at once." in amina.text
    assert actions(amina, "ecannot") == [f"ecannot:{other}"]


async def test_erased_person_gives_the_places_back_and_opens_no_door(
    tx: Tx, guests: Guests
) -> None:
    event = await a_workshop(tx)
    amina = await guests.one()
    await amina.press(f"esign:{event}:1")
    await amina.press(f"epass:{event}")
    copy = await privacy.export_person(tx, amina.person.id)
    assert [row["companions"] for row in copy["registrations"]] == [1]  # type: ignore[attr-defined]
    assert [bool(row["code"]) for row in copy["registrations"]] == [True]  # type: ignore[attr-defined]

    await privacy.forget_person(tx, amina.person.id, now=NOW)

    assert await taken(tx, event) == (0, 0)
    assert await privacy.export_person(tx, amina.person.id) == {}
    found = await tx.raw("SELECT COUNT(*) FROM registrations WHERE code IS NOT NULL")
    assert found[0][0] == 0


async def test_cancellation_reaches_who_signed_up_and_its_calendar_file_strikes_it(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        event = await a_workshop(tx)
        _, mine = await somebody(tx, 1)
        await places.take(tx, mine, event, now=NOW)
        await planning.cancel(tx, event, now=NOW)
    await passes(database, a_desk(catalogs), NOW)

    async with database.reading() as tx:
        said = texts(await posted(tx, FIRST_ID + 1))
        file = await calendar_files.made(a_desk(catalogs), tx, f"{event}:en")
    assert ["This does not take place" in one for one in said] == [True]
    assert b"STATUS:CANCELLED" in file
    assert b"SEQUENCE:1" in file


async def test_nothing_that_people_do_often_has_more_than_ten_statements(
    tx: Tx, guests: Guests
) -> None:
    event = await a_workshop(tx)
    full = await a_workshop(tx, capacity=1, starts_at=NOW + 12 * DAY)
    for number in range(12):
        await a_workshop(tx, starts_at=NOW + (20 + number) * DAY)
    _, other = await somebody(tx, 9)
    await places.take(tx, other, full, now=NOW)
    amina = await guests.one()
    spent = {}

    for data in (
        *("elist:0:a:", "elist:1:m:9000", f"eone:{event}:0:a:", f"ebring:{event}"),
        *(f"esign:{event}:1", f"esign:{full}:0", f"esign:{event}:0", "emine", f"epass:{event}"),
    ):
        before = tx.statements
        await amina.press(data)
        assert not amina.refused, data
        spent[data] = tx.statements - before - (0 if tx.is_sqlite else 2)

    assert {data: many for data, many in spent.items() if many > 9} == {}
    assert (await states(tx, event)).popitem()[1] is Place.PLACED
