"""How it was: asked once of who was there, kept without a name, shown from five on."""

from dataclasses import replace

from bot.delivery.messages import Outgoing
from bot.events import jobs
from bot.events.domain import EventId
from bot.events.service import listing, marking, places, planning
from bot.language.catalog import Catalogs
from bot.people.domain import Role
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.event_makers import DAY, FIRST_ID, HOUR, NOW, passes, posted, somebody
from tests.support.guest_makers import Guests, a_desk, a_workshop, actions

STARTS = NOW + 10 * DAY
ENDS = STARTS + 4 * HOUR


async def _asked(database: Database, number: int) -> int:
    """How often somebody was asked how it was."""
    async with database.reading() as tx:
        found = [one for one in await posted(tx, FIRST_ID + number) if isinstance(one, Outgoing)]
    return sum("erate:" in str(one.buttons) for one in found)


async def _an_event_with(database: Database, *who: int, **changes: object) -> EventId:
    async with database.writing() as tx:
        event = await a_workshop(tx, capacity=None, **changes)
        for number in who:
            _, mine = await somebody(tx, number)
            await places.take(tx, mine, event, now=NOW)
    return event


async def test_who_was_there_is_asked_once_an_hour_after(
    database: Database, catalogs: Catalogs
) -> None:
    event = await _an_event_with(database, 1, 2)
    async with database.writing() as tx:
        _, came = await somebody(tx, 1)
        await marking.mark(tx, came, event, came=True, via="list", now=STARTS)
    desk = a_desk(catalogs)

    await passes(database, desk, ENDS + HOUR / 2)
    assert await _asked(database, 1) == 0
    for hours in (1, 2, 30):
        await passes(database, desk, ENDS + hours * HOUR)

    assert (await _asked(database, 1), await _asked(database, 2)) == (1, 0)


async def test_where_nobody_kept_a_list_everybody_with_a_place_is_asked(
    database: Database, catalogs: Catalogs
) -> None:
    event = await _an_event_with(database, 1, 2, 3)
    async with database.writing() as tx:
        _, gone = await somebody(tx, 3)
        await places.give_back(tx, gone, event, now=NOW)

    await passes(database, a_desk(catalogs), ENDS + HOUR)

    assert [await _asked(database, number) for number in (1, 2, 3)] == [1, 1, 0]


async def test_more_than_a_hundred_are_asked_each_once(
    database: Database, catalogs: Catalogs
) -> None:
    await _an_event_with(database, *range(1, 131))

    await passes(database, a_desk(catalogs), ENDS + HOUR)

    assert {await _asked(database, number) for number in (1, 99, 100, 101, 130)} == {1}


async def test_nobody_is_asked_of_what_was_cancelled_or_moved(
    database: Database, catalogs: Catalogs
) -> None:
    off = await _an_event_with(database, 1)
    moved = await _an_event_with(database, 2)
    async with database.writing() as tx:
        await planning.cancel(tx, off, now=NOW)
        draft = (await listing.get(tx, moved)).draft
        later = replace(draft, starts_at=STARTS + 7 * DAY, ends_at=ENDS + 7 * DAY)
        await planning.change(tx, moved, later, now=NOW)
    desk = a_desk(catalogs)

    await passes(database, desk, ENDS + HOUR)
    assert [await _asked(database, number) for number in (1, 2)] == [0, 0]
    await passes(database, desk, ENDS + 7 * DAY + HOUR)
    assert [await _asked(database, number) for number in (1, 2)] == [0, 1]


async def test_late_evening_is_asked_about_in_the_morning(
    database: Database, catalogs: Catalogs
) -> None:
    await _an_event_with(database, 1, starts_at=STARTS + 9 * HOUR, ends_at=STARTS + 12 * HOUR)

    await passes(database, a_desk(catalogs), STARTS + 14 * HOUR)
    assert await _asked(database, 1) == 0
    await passes(database, a_desk(catalogs), STARTS + 22 * HOUR)

    assert await _asked(database, 1) == 1


async def test_smiley_counts_at_once_and_a_line_may_follow(tx: Tx, catalogs: Catalogs) -> None:
    guests = Guests(tx, catalogs)
    event = await a_workshop(tx)
    amina = await guests.one()
    await amina.press(f"esign:{event}:0")
    await amina.press(f"erate:{event}:3")
    assert "not begun yet" in amina.refused
    amina.at, amina.refused = ENDS + HOUR, ""

    await amina.press(f"erate:{event}:3")
    assert await guests.ratings() == [(3, None)]
    await amina.press(f"erate:{event}:1")
    assert "You have answered this already." in amina.refused
    await amina.press("erateno")  # the tap took the question away
    await amina.say("too late")
    assert await guests.ratings() == [(3, None)]


async def test_line_is_kept_once_and_without_a_name(tx: Tx, catalogs: Catalogs) -> None:
    guests = Guests(tx, catalogs)
    event = await a_workshop(tx)
    amina = await guests.one()
    await amina.press(f"esign:{event}:0")
    amina.at = ENDS + HOUR
    await amina.press(f"erate:{event}:2")

    await amina.say("More tea,\nplease " + "e" * 400)
    await amina.say("and this is a question")

    [(smile, line)] = await guests.ratings()
    assert (smile, len(line or "")) == (2, 300)
    assert (line or "").startswith("More tea, please")
    columns = await tx.raw("SELECT * FROM event_ratings")
    assert len(columns[0]) == 4  # id, event, smile, line: nobody


async def test_who_was_not_there_or_comes_late_says_nothing(tx: Tx, catalogs: Catalogs) -> None:
    guests = Guests(tx, catalogs)
    event = await a_workshop(tx)
    amina, olena = await guests.one(1), await guests.one(2, name="Olena")
    await amina.press(f"esign:{event}:0")
    olena.at, amina.at = ENDS + HOUR, ENDS + 61 * DAY

    await olena.press(f"erate:{event}:3")
    await amina.press(f"erate:{event}:3")
    for data in (f"erate:{event}:4", f"erate:{event}:", "erate:x:1"):
        await olena.press(data)

    assert olena.refused
    assert "This was long ago." in amina.refused
    assert await guests.ratings() == []


async def test_answers_are_shown_from_five_on_to_coordinators(tx: Tx, catalogs: Catalogs) -> None:
    guests = Guests(tx, catalogs)
    event = await a_workshop(tx, capacity=None)
    els = await guests.one(20, name="Els", role=Role.COORDINATOR, at=ENDS + HOUR)
    staff = await guests.one(21, name="Tom", role=Role.STAFF, at=ENDS + HOUR)
    for number in range(5):
        phone = await guests.one(number)
        await phone.press(f"esign:{event}:0")
        phone.at = ENDS + HOUR
        await els.press(f"ecsaid:{event}")
        assert "Answers are shown when at least 5 people" in els.text
        await phone.press(f"erate:{event}:{3 if number else 1}")
    await phone.say("More tea")

    await els.press(f"ecdoor:{event}:0")
    await els.tap("How it was")

    assert "😀 4" in els.text
    assert "🙁 1" in els.text
    assert "More tea" in els.text
    await staff.press(f"ecsaid:{event}")
    assert staff.refused
    assert actions(els, "ecdoor") == []


async def test_answers_of_long_ago_are_deleted(tx: Tx, catalogs: Catalogs) -> None:
    guests = Guests(tx, catalogs)
    event = await a_workshop(tx)
    amina = await guests.one()
    await amina.press(f"esign:{event}:0")
    amina.at = ENDS + HOUR
    await amina.press(f"erate:{event}:3")

    await jobs.nightly()["events.ratings"](tx, now=ENDS + 700 * DAY)
    assert len(await guests.ratings()) == 1
    await jobs.nightly()["events.ratings"](tx, now=ENDS + 731 * DAY)

    assert await guests.ratings() == []
