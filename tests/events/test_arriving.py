"""At the door: codes that are scanned or said, the list, and who may tick it."""

from typing import Any

import pytest

from bot.delivery.messages import File, Outgoing
from bot.events.domain import Place
from bot.events.service import arriving, places, planning, waitlist
from bot.language.catalog import Catalogs
from bot.people.domain import Role
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.event_makers import (
    DAY,
    HOUR,
    NOW,
    by_name,
    passes,
    posted,
    somebody,
    states,
    texts,
)
from tests.support.guest_makers import Guests, a_desk, a_workshop, actions
from tests.support.people_makers import GROUP

STARTS = NOW + 10 * DAY


@pytest.fixture
def guests(tx: Tx, catalogs: Catalogs) -> Guests:
    return Guests(tx, catalogs)


async def _code(phone: Any, event: int) -> str:
    """What the phone shows at the door."""
    replies = await phone.press(f"epass:{event}")
    [file] = [one for one in replies if isinstance(one, File)]
    return file.made.id


async def test_code_is_scanned_once_and_ticks_the_person(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx, capacity=5)
    amina = await guests.one()
    await amina.press(f"esign:{event}:2")
    code = await _code(amina, event)
    assert await _code(amina, event) == code
    els = await guests.one(5, name="Els", role=Role.STAFF, at=STARTS)

    await els.say(f"/start checkin_{code}")

    assert "<b>Amina</b> is in." in els.text
    assert "With 2 other people" in els.text
    assert list((await states(tx, event)).values()) == [Place.ATTENDED]
    await els.say(f"/start checkin_{code}")
    assert "was in already" in els.text
    await els.tap("↩️ Not in")
    assert list((await states(tx, event)).values()) == [Place.PLACED]


async def test_picture_of_the_code_leads_to_the_bot(tx: Tx, guests: Guests) -> None:
    picture = await arriving.picture(guests.desk, tx, "ABCDEFGH")

    assert picture.startswith(b"\x89PNG")
    assert guests.desk.start_link("checkin_ABCDEFGH") == (
        "https://t.me/wegwijzerbot?start=checkin_ABCDEFGH"
    )


async def test_stranger_who_scans_a_code_ticks_nobody(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx)
    amina = await guests.one(1)
    await amina.press(f"esign:{event}:0")
    code = await _code(amina, event)
    olena = await guests.one(2, name="Olena", at=STARTS)
    trainee = await guests.one(3, name="Tom", role=Role.TRAINEE, at=STARTS)
    amina.at = STARTS

    for phone in (olena, trainee):
        replies = await phone.say(f"/start checkin_{code}")
        assert "Only colleagues of the team" in str(getattr(replies[0], "text", ""))
    await amina.say(f"/start checkin_{code}")

    assert "This is your own code." in amina.text
    assert list((await states(tx, event)).values()) == [Place.PLACED]


FORGED = (
    *("ecdoor:{e}:0", "ecin:{e}:{p}:0", "ecout:{e}:{p}:0", "ecend:{e}:ask", "ecend:{e}:yes"),
    *("eccode:{e}", "ecsaid:{e}"),
)


@pytest.mark.parametrize("name", FORGED)
async def test_forged_button_of_the_door_opens_nothing(tx: Tx, guests: Guests, name: str) -> None:
    event = await a_workshop(tx)
    person, mine = await somebody(tx, 1)
    await places.take(tx, mine, event, now=NOW)
    olena = await guests.one(2, name="Olena", at=STARTS + HOUR)

    await olena.press(name.format(e=event, p=mine))

    assert "Only colleagues of the team" in olena.refused
    assert person.first_name not in str(olena.screen)
    assert list((await states(tx, event)).values()) == [Place.PLACED]


async def test_code_that_is_said_counts_and_the_next_may_follow(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx)
    amina, olena = await guests.one(1), await guests.one(2, name="Olena")
    codes = []
    for phone in (amina, olena):
        await phone.press(f"esign:{event}:0")
        codes.append(await _code(phone, event))
    els = await guests.one(5, name="Els", role=Role.STAFF, at=STARTS)
    await els.press(f"ecdoor:{event}:0")
    await els.tap("Write a code")

    await els.say(f"{codes[0][:4].lower()} {codes[0][4:]}")
    await els.say(f"{codes[1][:4]}-{codes[1][4:]}")

    assert set((await states(tx, event)).values()) == {Place.ATTENDED}
    await els.say("is Olena here?")
    assert els.text == "a question"


@pytest.mark.parametrize("code", ["", "AAAAAAAA", "x", "1 OR 1=1", "ABCDEFGHJ"])
async def test_code_that_nobody_has_is_refused(tx: Tx, guests: Guests, code: str) -> None:
    els = await guests.one(5, name="Els", role=Role.STAFF, at=STARTS)

    replies = await els.say(f"/start checkin_{code}")

    assert replies
    assert "is in" not in str(replies)


async def test_list_is_ticked_by_taps_and_closed_with_a_question(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx, capacity=5)
    amina = await guests.one(1)
    await amina.press(f"esign:{event}:1")
    [by_hand] = await by_name(tx, 1)
    await places.take(tx, by_hand, event, now=NOW)
    els = await guests.one(5, name="Els", role=Role.STAFF, at=STARTS - HOUR / 2)
    await els.press(f"ecdoor:{event}:0")
    assert "0 of 3 people are in." in els.text
    assert actions(els, "ecend") == []

    await els.tap("▫️ Amina + 1")
    assert "2 of 3 people are in." in els.text
    els.at = STARTS + HOUR
    await els.press(f"ecdoor:{event}:0")
    await els.tap("🔒 Close the list")
    assert "1 person is not ticked" in els.text
    await els.tap("✅ Yes, close it")

    assert "1 person did not come" in els.text
    assert (await states(tx, event))[by_hand] is Place.ABSENT
    await els.tap("List at the door")
    await els.tap("✖️ Person 0")  # came late after all
    assert (await states(tx, event))[by_hand] is Place.ATTENDED


async def test_door_is_shut_before_and_after_it_was_cancelled(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx)
    amina = await guests.one(1)
    await amina.press(f"esign:{event}:0")
    code = await _code(amina, event)
    els = await guests.one(5, name="Els", role=Role.STAFF)

    replies = await els.say(f"/start checkin_{code}")
    assert "not begun yet" in str(getattr(replies[0], "text", ""))
    await planning.cancel(tx, event, now=NOW)
    els.at = STARTS
    replies = await els.say(f"/start checkin_{code}")
    assert "cancelled" in str(getattr(replies[0], "text", ""))
    await amina.press(f"epass:{event}")
    assert "cancelled" in amina.refused


async def test_who_gave_the_place_back_has_no_code_any_more(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx)
    amina = await guests.one(1)
    await amina.press(f"esign:{event}:0")
    code = await _code(amina, event)
    await amina.press(f"egive:{event}")
    els = await guests.one(5, name="Els", role=Role.STAFF, at=STARTS)

    await amina.press(f"epass:{event}")
    replies = await els.say(f"/start checkin_{code}")

    assert amina.refused
    assert "This person has no place here" in str(getattr(replies[0], "text", ""))


async def test_long_list_has_pages_and_stays_where_it_was(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx, capacity=None)
    for one in await by_name(tx, 25):
        await places.take(tx, one, event, now=NOW)
    els = await guests.one(5, name="Els", role=Role.STAFF, at=STARTS)
    await els.press(f"ecdoor:{event}:0")
    assert len(actions(els, "ecin")) == 20
    await els.tap("More ›")

    await els.press(actions(els, "ecin")[0])

    assert len(actions(els, "ecin")) == 4
    assert len(actions(els, "ecout")) == 1


async def test_team_hears_once_that_people_without_telegram_must_be_called(
    database: Database, catalogs: Catalogs
) -> None:
    desk = a_desk(catalogs, staff_groups={"infodesk": GROUP})
    async with database.writing() as tx:
        event = await a_workshop(tx, capacity=5)
        for one in await by_name(tx, 3):
            await places.take(tx, one, event, now=NOW)
        await planning.cancel(tx, event, now=NOW)

    await passes(database, desk, NOW)

    async with database.reading() as tx:
        said = texts(await posted(tx, GROUP))
    assert len(said) == 1
    assert ["Person 0" in said[0], "Person 2" in said[0]] == [True, True]


async def test_who_says_i_was_there_reaches_the_team_which_puts_it_right(
    tx: Tx, catalogs: Catalogs
) -> None:
    guests = Guests(tx, catalogs, a_desk(catalogs, staff_groups={"infodesk": GROUP}))
    event = await a_workshop(tx)
    amina = await guests.one(1)
    await amina.press(f"esign:{event}:0")
    karen = await guests.one(5, name="Karen", role=Role.COORDINATOR, at=STARTS + HOUR)
    await karen.press(f"ecend:{event}:yes")
    amina.at = STARTS + 5 * HOUR
    await amina.press(f"emiss:{event}:there")
    [card] = await posted(tx, GROUP)
    assert isinstance(card, Outgoing)
    assert "Amina" in card.text
    action = card.buttons[0][0].action or ""

    await amina.press(action)
    assert "Only colleagues of the team" in amina.refused
    await karen.press(action)

    assert "Amina" in karen.text
    assert list((await states(tx, event)).values()) == [Place.ATTENDED]


async def test_who_was_called_about_an_offer_comes_or_does_not(tx: Tx, catalogs: Catalogs) -> None:
    guests = Guests(tx, catalogs, a_desk(catalogs, staff_groups={"infodesk": GROUP}))
    event = await a_workshop(tx, capacity=1)
    first, second = await by_name(tx, 2)
    await places.take(tx, first, event, now=NOW)
    await places.take(tx, second, event, now=NOW)
    await places.give_back(tx, first, event, now=NOW)
    await waitlist.fill(guests.desk, tx, event, now=NOW)
    [card] = await posted(tx, GROUP)
    assert isinstance(card, Outgoing)
    karen = await guests.one(5, name="Karen", role=Role.COORDINATOR)

    for data in (f"eccall:{event}:{second}:maybe", f"eccall:{event}", "eccall:x:y:yes"):
        await karen.press(data)
        assert karen.refused, data
    await karen.press(card.buttons[0][0].action or "")

    assert (await states(tx, event))[second] is Place.PLACED
