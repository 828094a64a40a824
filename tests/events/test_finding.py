"""The list of events: who sees which, by date, near a town; and one event in full."""

from datetime import date

import pytest

from bot.delivery.messages import Outgoing
from bot.events import chat
from bot.events.domain import Audience, Guest, Kind, Role
from bot.events.domain.finding import Period, Search, read
from bot.events.service import places, planning
from bot.language.catalog import Catalogs
from bot.people.domain import Person
from bot.people.domain import Role as StaffRole
from bot.storage.transaction import Tx
from tests.support.event_makers import DAY, HOUR, NOW, an_event, somebody
from tests.support.guest_makers import LEUVEN, Guests, a_desk, a_workshop, actions

# A Friday.
TODAY = date(2026, 11, 20)


@pytest.fixture
def guests(tx: Tx, catalogs: Catalogs) -> Guests:
    return Guests(tx, catalogs)


async def test_list_shows_eight_events_a_page_by_date(tx: Tx, guests: Guests) -> None:
    made = [await a_workshop(tx, starts_at=NOW + (20 - n) * DAY) for n in range(10)]
    amina = await guests.one()

    await amina.say("/events")

    shown = [one.split(":")[1] for one in actions(amina, "eone")]
    assert shown == [str(one) for one in reversed(made)][:8]
    await amina.tap("Later ›")
    assert [one.split(":")[1] for one in actions(amina, "eone")] == [str(made[1]), str(made[0])]
    await amina.tap("‹ Earlier")
    assert len(actions(amina, "eone")) == 8


async def test_shifts_cancelled_closed_and_begun_events_are_no_part_of_it(
    tx: Tx, guests: Guests
) -> None:
    await an_event(tx)  # a shift
    off = await a_workshop(tx)
    await planning.cancel(tx, off, now=NOW)
    await a_workshop(tx, starts_at=NOW - HOUR)
    amina = await guests.one()

    await amina.say("/events")

    assert actions(amina, "eone") == []
    assert "There are no events right now." in amina.text


async def test_audience_of_role_region_and_language_narrows_the_list(
    tx: Tx, catalogs: Catalogs
) -> None:
    async def guest(tx: Tx, person: Person) -> Guest:
        known = {"Vera": Guest((Role.VOLUNTEER,), "gent"), "Leo": Guest((Role.VOLUNTEER,), "aalst")}
        return known.get(person.first_name, Guest((Role.NEWCOMER,)))

    guests = Guests(tx, catalogs, a_desk(catalogs, guest=guest))
    everybody = await a_workshop(tx)
    thanks = await a_workshop(tx, audience=Audience(roles=(Role.VOLUNTEER,)))
    near = await a_workshop(tx, audience=Audience(offices=("gent",)))
    dutch = await a_workshop(tx, audience=Audience(languages=("nl",)))
    seen = {}
    for number, (name, language) in enumerate((("Vera", "en"), ("Leo", "nl"), ("Amina", "en"))):
        phone = await guests.one(number + 1, name=name, language=language)
        await phone.say("/events")
        seen[name] = {int(one.split(":")[1]) for one in actions(phone, "eone")}

    assert seen == {
        "Vera": {everybody, thanks, near},
        "Leo": {everybody, thanks, dutch},
        "Amina": {everybody, near},  # nobody knows where she lives
    }


async def test_link_to_an_event_of_others_is_refused(tx: Tx, guests: Guests) -> None:
    thanks = await a_workshop(tx, audience=Audience(roles=(Role.VOLUNTEER,)))
    amina = await guests.one()

    replies = await amina.say(f"/start event_{thanks}")
    await amina.press(f"esign:{thanks}:0")

    assert "This is for other people" in str(getattr(replies[0], "text", ""))
    assert "This is for other people" in amina.refused


async def test_periods_begin_on_monday_and_end_with_the_month(tx: Tx, guests: Guests) -> None:
    this_week = await a_workshop(tx, starts_at=NOW + 2 * DAY)  # Sunday
    next_week = await a_workshop(tx, starts_at=NOW + 3 * DAY)
    later = await a_workshop(tx, starts_at=NOW + 12 * DAY)  # 2 December
    amina = await guests.one()
    await amina.say("/events")
    found = {}

    for label in ("This week", "Next week", "This month", "All days"):
        await amina.tap(label)
        found[label] = [int(one.split(":")[1]) for one in actions(amina, "eone")]

    assert found == {
        "This week": [this_week],
        "Next week": [next_week],
        "This month": [this_week, next_week],
        "All days": [this_week, next_week, later],
    }


async def test_town_that_is_written_leaves_what_is_near_and_what_is_online(
    tx: Tx, guests: Guests
) -> None:
    ghent = await a_workshop(tx)
    by_name = await a_workshop(tx, town="Leuven", latitude=None, longitude=None)
    online = await a_workshop(
        tx, place="", town="", online_link="https://x.example", latitude=None, longitude=None
    )
    amina = await guests.one()
    await amina.say("/events")
    await amina.tap("Town or day")

    await amina.say("leuven")

    assert f"near {LEUVEN.name}" in amina.text
    assert {int(one.split(":")[1]) for one in actions(amina, "eone")} == {by_name, online}
    await amina.tap("All places")
    assert {int(one.split(":")[1]) for one in actions(amina, "eone")} == {ghent, by_name, online}


async def test_day_that_is_written_shows_it_and_later_days(tx: Tx, guests: Guests) -> None:
    await a_workshop(tx, starts_at=NOW + 2 * DAY)
    later = await a_workshop(tx, starts_at=NOW + 12 * DAY)
    amina = await guests.one()
    await amina.say("/events")
    await amina.tap("Town or day")
    await amina.say("somewhere in the clouds")
    assert "I do not know the town or the day" in amina.text

    await amina.say("2 December")

    assert "From Wednesday 2 December on" in amina.text
    assert [int(one.split(":")[1]) for one in actions(amina, "eone")] == [later]


async def test_one_event_says_all_there_is_and_leads_back(tx: Tx, guests: Guests) -> None:
    await a_workshop(
        tx,
        languages=("nl", "fa_AF"),
        has_interpreter=True,
        for_children=True,
        access="No stairs, a toilet for wheelchairs",
        online_link="https://meet.example/secret",
    )
    amina = await guests.one()
    await amina.say("/events")
    await amina.tap("This month")
    await amina.tap("Mending bicycles")

    for words in (
        "Mending bicycles",
        "Monday 30 November, 10:00",
        "Vooruit",
        "Dutch and Dari",
        "With an interpreter",
        "Children are welcome",
        "No stairs",
        "2 places are free",
        "your first name",
    ):
        assert words in amina.text, words
    assert "secret" not in amina.text
    assert "Karen" not in amina.text
    await amina.tap("Back to the list")
    assert "This month" in amina.text


async def test_online_link_is_only_for_who_has_a_place(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx, capacity=1, online_link="https://meet.example/secret")
    amina, olena = await guests.one(1), await guests.one(2, name="Olena")

    await amina.press(f"esign:{event}:0")
    await olena.press(f"esign:{event}:0")

    assert "secret" in amina.text
    assert "secret" not in olena.text
    await amina.press(f"eone:{event}:own")
    await olena.press(f"eone:{event}:own")
    assert ("secret" in amina.text, "secret" in olena.text) == (True, False)


async def test_link_opens_the_event_and_a_dead_link_the_list(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx)
    shift = await an_event(tx)
    amina = await guests.one()

    await amina.say(f"/start event_{event}")
    assert actions(amina, "esign") == [f"esign:{event}:0"]
    for dead in ("event_999999", "event_abc", "event_", f"event_{shift}"):
        await amina.say(f"/start {dead}")
        assert "I cannot find this event" in amina.text
        assert actions(amina, "elist") == ["elist:0:a:"]


async def test_cancelled_event_says_so_instead_of_a_button(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx)
    await planning.cancel(tx, event, now=NOW)
    amina = await guests.one()

    await amina.say(f"/start event_{event}")

    assert "This does not take place" in amina.text
    assert actions(amina, "esign") == []


async def test_my_events_show_places_and_positions_also_under_my_things(
    tx: Tx, guests: Guests
) -> None:
    event, full = await a_workshop(tx), await a_workshop(tx, capacity=1, starts_at=NOW + 12 * DAY)
    _, other = await somebody(tx, 9)
    await places.take(tx, other, full, now=NOW)
    amina = await guests.one()
    await amina.press(f"esign:{event}:1")
    await amina.press(f"esign:{full}:0")

    await amina.press("emine")

    assert "You have a place. · 👥 With 1 other person" in amina.text
    assert "You wait, number 1." in amina.text
    things = chat.my_things(guests.desk)
    lines = await things[0](tx, amina.owner, NOW)
    assert ["number 1" in line for line, _ in lines] == [False, True]
    assert [button and button.action for _, button in lines] == ["emine", None]


@pytest.mark.parametrize("sign", ["x:", "a:12", "a:abcd", "20261399:", "2026:", "w:9000:1", ""])
def test_button_that_was_made_up_is_no_search(sign: str) -> None:
    assert read(sign) is None


@pytest.mark.parametrize(
    "search",
    [
        Search(),
        Search(period=Period.NEXT_WEEK, postcode="9000"),
        Search(since=date(2026, 12, 3), postcode="1000"),
    ],
)
def test_search_of_a_button_is_read_as_it_was_written(search: Search) -> None:
    assert read(search.sign) == search
    assert search.in_period(Period.WEEK).days(TODAY) == (None, date(2026, 11, 23))


async def test_colleague_sees_what_is_for_staff(tx: Tx, guests: Guests) -> None:
    event = await a_workshop(tx, audience=Audience(roles=(Role.STAFF,)))
    els, amina = await guests.one(1, role=StaffRole.STAFF), await guests.one(2)

    await els.say("/events")
    await amina.say("/events")

    assert [int(one.split(":")[1]) for one in actions(els, "eone")] == [event]
    assert actions(amina, "eone") == []


async def test_picture_is_sent_by_a_button_where_there_is_one(tx: Tx, guests: Guests) -> None:
    event, plain = await a_workshop(tx, picture="file-1"), await a_workshop(tx)
    amina = await guests.one()
    await amina.say(f"/start event_{event}")

    await amina.tap("🖼 Picture")

    assert isinstance(amina.screen, Outgoing)
    assert amina.screen.picture == "file-1"
    await amina.say(f"/start event_{plain}")
    assert actions(amina, "epic") == []
    await amina.press(f"epic:{plain}")
    assert amina.refused


async def test_walk_is_joined_with_a_team_or_alone(tx: Tx, guests: Guests) -> None:
    walk = await a_workshop(tx, kind=Kind.WALK, capacity=None)
    amina = await guests.one()

    await amina.say(f"/start event_{walk}")
    assert actions(amina, "etnew") == [f"etnew:{walk}"]
    await amina.tap("🚶 Walk alone")
    await amina.press(f"eone:{walk}:own")

    assert actions(amina, "et") == [f"et:{walk}"]
    assert actions(amina, "ebring") == []
