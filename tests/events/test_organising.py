"""Coordinators plan events, change them, close them and call them off, for their own offices."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from bot.errors import Outdated
from bot.events import tables
from bot.events.domain import Audience, Draft, Event, EventId, Kind, Place, Role, Why, repeating
from bot.events.domain import refusals as refused
from bot.events.service import listing, organising, places, planning
from bot.events.service.organising import Changes, Repeats
from bot.events.wording import names
from bot.language.formats import BRUSSELS, on_the_wall
from bot.people.domain import Role as StaffRole
from bot.people.domain import StaffOnly
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import tables as volunteering
from bot.volunteering.domain.organisations import NotYourOffice
from tests.support import planning_makers as making
from tests.support.event_makers import (
    A_DRAFT,
    DAY,
    FIRST_ID,
    HOUR,
    MINUTE,
    NOW,
    an_event,
    by_name,
    passes,
    posted,
    somebody,
    texts,
)
from tests.support.people_makers import GROUP
from tests.support.planning_makers import a_coordinator, a_phone, plans

DESK = making.a_desk()
WORDS = DESK.catalogs.words("en")
# Clocks on the wall have no zone.
WALLS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31))  # noqa: DTZ001


async def _all(tx: Tx) -> list[Event]:
    found = await tx.all(select(tables.events.c.id).order_by(tables.events.c.starts_at))
    return [await listing.get(tx, row["id"]) for row in found]


async def _an_event(tx: Tx, **changes: Any) -> EventId:
    return await an_event(tx, **{"kind": Kind.WORKSHOP, "office": "gent", **changes})


async def _is_others(tx: Tx, office: str) -> None:
    """Somebody else looks after it."""
    other = await a_coordinator(tx, 9)
    table = volunteering.office_coordinators
    await tx.execute(insert(table).values(office=office, person_id=other.id))


async def test_event_is_planned_by_dialog_as_it_was_said(tx: Tx) -> None:
    phone = a_phone(tx, DESK, await a_coordinator(tx))

    await plans(phone)
    assert "Samen koken" in phone.text
    assert "16:00" in phone.text
    await phone.tap("Plan it")

    [event] = await _all(tx)
    draft = event.draft
    assert draft.kind == Kind.WORKSHOP
    assert draft.titles == {"en": "Samen koken"}
    assert draft.starts_at == datetime(2026, 12, 7, 13, tzinfo=UTC)
    assert draft.ends_at == datetime(2026, 12, 7, 15, tzinfo=UTC)
    assert (draft.town, draft.place) == ("Gent", "De Centrale, Kraankindersstraat 2")
    assert draft.latitude == pytest.approx(51.05, abs=0.05)
    assert (draft.capacity, draft.has_waitlist, draft.office) == (12, True, "gent")
    assert (draft.languages, draft.for_children) == (("nl",), True)
    assert (draft.has_interpreter, draft.access) == (False, "Lift, toilet beneden")
    assert draft.audience == Audience()
    assert event.is_open
    assert "👥 0/12" in phone.text


async def test_series_says_its_days_and_leaves_public_holidays_out(tx: Tx) -> None:
    phone = a_phone(tx, DESK, await a_coordinator(tx))

    await plans(phone, rhythm="Every week", until="7/1/2027")
    assert "5 times" in phone.text
    await phone.tap("Change something")
    await phone.tap("Begins")
    await phone.say("11/12/2026 14:00")  # Fridays: Christmas and New Year are in it
    assert "2 times" in phone.text
    assert "Left out, a public holiday" in phone.text
    await phone.tap("Plan it")

    days = [one.starts_at.astimezone(BRUSSELS).date() for one in await _all(tx)]
    assert days == [date(2026, 12, 11), date(2026, 12, 18)]
    assert "1 more follows" in phone.text


async def test_some_people_only_and_a_link_for_who_joins_online(tx: Tx) -> None:
    phone = a_phone(tx, DESK, await a_coordinator(tx))
    await plans(phone)

    await phone.tap("Change something")
    await phone.tap("How")
    await phone.tap("Online")
    await phone.say("http://example.org")
    assert "That is no link." in phone.text
    await phone.say("https://meet.example.org/koken")
    await phone.tap("Change something")
    await phone.tap("For")
    await phone.tap("Only some people")
    await phone.tap("Volunteers")
    await phone.tap(making.DONE)
    await phone.tap("Kortrijk")
    await phone.tap(making.DONE)
    await phone.tap("Ukrainian")
    await phone.tap(making.DONE)
    await phone.tap("Plan it")

    [event] = await _all(tx)
    assert event.draft.online_link == "https://meet.example.org/koken"
    assert (event.draft.place, event.draft.town, event.draft.latitude) == ("", "", None)
    assert event.draft.audience == Audience((Role.VOLUNTEER,), ("kortrijk",), ("uk",))


async def test_event_that_opens_later_takes_nobody_until_then(tx: Tx) -> None:
    phone = a_phone(tx, DESK, await a_coordinator(tx))
    await plans(phone)
    await phone.tap("Change something")
    await phone.tap("Registration at once")
    await phone.tap("No")
    await phone.tap("Plan it")
    [event] = await _all(tx)
    _, amina = await somebody(tx)

    with pytest.raises(refused.Closed):
        await places.take(tx, amina, event.id, now=NOW)
    await phone.tap("Open registration")
    assert await places.take(tx, amina, event.id, now=NOW) is Place.PLACED
    await phone.tap("Close registration")
    with pytest.raises(refused.Closed):
        await places.take(tx, (await by_name(tx, 1))[0], event.id, now=NOW)


async def test_end_is_tapped_or_typed_and_never_before_the_beginning(tx: Tx) -> None:
    phone = a_phone(tx, DESK, await a_coordinator(tx))
    await phone.press("ecnew")
    await phone.tap("Visit")
    await phone.say("Museum")
    await phone.say("24/12/2026 18:30")

    assert next(one.label for one in phone.buttons).startswith("19:30")
    await phone.say("17:00")
    assert "The end must be after the beginning." in phone.text
    await phone.say("soon")
    assert "Please tap a time" in phone.text
    await phone.say("02:00")  # the night after
    await phone.tap("Back")
    assert any("Friday 25 December" in one.label for one in phone.buttons)


async def test_change_reaches_who_registered_and_moves_what_follows(database: Database) -> None:
    async with database.writing() as writing:
        karen = await a_coordinator(writing)
        draft = replaced(capacity=None)
        made = await organising.create(
            DESK, writing, karen, draft, repeats=Repeats("weekly", date(2027, 1, 31)), now=NOW
        )
        _, amina = await somebody(writing, 1)
        await places.take(writing, amina, made[2], now=NOW)
        before = [await listing.get(writing, one) for one in made]
        count = await organising.change(
            DESK,
            writing,
            karen,
            made[1],
            Changes({"place": "Bijloke"}, by=timedelta(days=1, hours=2)),
            with_following=True,
            now=NOW,
        )
        after = [await listing.get(writing, one) for one in made]

    assert count == len(made) - 1
    assert after[0] == before[0]
    moved = [one.starts_at - old.starts_at for old, one in zip(before, after, strict=True)]
    assert set(moved[1:]) == {timedelta(days=1, hours=2)}
    assert {one.draft.place for one in after[1:]} == {"Bijloke"}
    await passes(database, DESK, NOW + 5 * MINUTE)
    async with database.reading() as reading:
        [told] = texts(await posted(reading, FIRST_ID + 1))
    assert "Bijloke" in told.partition("Before it was")[0]


def replaced(**changes: Any) -> Draft:
    """A workshop of the office in Ghent."""
    return replace(A_DRAFT, **{"kind": Kind.WORKSHOP, "office": "gent", **changes})


async def test_change_by_dialog_writes_only_what_was_changed(tx: Tx) -> None:
    event = await _an_event(tx, titles={"nl": "Koken", "en": "Cooking"}, town="Gent")
    phone = a_phone(tx, DESK, await a_coordinator(tx))
    await phone.press(f"ecch:{event}")
    assert "Cooking" in phone.text
    own = await listing.get(tx, event)
    await planning.change(tx, event, replace(own.draft, contact="Joris"), now=NOW)  # meanwhile

    await phone.tap("Change something")
    await phone.tap("Title")
    await phone.say("Cooking together")
    await phone.tap("Save")

    changed = await listing.get(tx, event)
    assert changed.draft.titles == {"nl": "Koken", "en": "Cooking together"}
    assert changed.draft.contact == "Joris"
    assert changed.starts_at == own.starts_at


async def test_called_off_with_a_reason_in_everybodys_language(database: Database) -> None:
    async with database.writing() as writing:
        event = await _an_event(writing)
        _, amina = await somebody(writing, 1, language="nl")
        await places.take(writing, amina, event, now=NOW)
        phone = a_phone(writing, DESK, await a_coordinator(writing))
        await phone.press(f"ecoff:{event}")
        await phone.tap("The weather")
        await phone.say("De storm is te sterk.")
        assert "1 person is registered" in phone.text
        await phone.tap("Yes, call it off")
        assert "Cancelled" in phone.text
        with pytest.raises(refused.Cancelled):
            await organising.cancel(
                DESK, writing, await a_coordinator(writing, 1), event, why="", now=NOW
            )

    await passes(database, DESK, NOW)
    async with database.reading() as reading:
        [told] = texts(await posted(reading, FIRST_ID + 1))
    assert "Door het weer." in told
    assert "De storm is te sterk." in told


async def test_whole_rest_of_a_series_is_called_off_at_once(tx: Tx) -> None:
    karen = await a_coordinator(tx)
    made = await organising.create(
        DESK, tx, karen, replaced(), repeats=Repeats("weekly", date(2027, 1, 31)), now=NOW
    )
    phone = a_phone(tx, DESK, karen)

    await phone.press(f"ecoff:{made[2]}")
    await phone.tap("This one and")
    await phone.tap("Too few people")
    await phone.tap(making.SKIP)
    await phone.tap("Yes, call it off")

    stands = [(await listing.get(tx, one)).cancelled_at is None for one in made]
    assert stands == [True, True, *[False] * (len(made) - 2)]


async def test_translation_reaches_all_of_a_series_that_say_the_same(tx: Tx) -> None:
    karen = await a_coordinator(tx)
    draft = replaced(titles={"nl": "Koken"}, texts={"nl": "Samen."})
    made = await organising.create(
        DESK, tx, karen, draft, repeats=Repeats("weekly", date(2026, 12, 31)), now=NOW
    )
    other = Changes({"titles": {"nl": "Bakken"}})
    await organising.change(DESK, tx, karen, made[1], other, now=NOW)
    phone = a_phone(tx, DESK, karen)

    await phone.press(f"eclang:{made[0]}")
    await phone.tap("Ukrainian")
    assert "Koken" in phone.text
    await phone.say("Готуємо")
    await phone.say("Разом.")
    await phone.tap("Yes, that is right")

    said = [(await listing.get(tx, one)).title("uk") for one in made]
    assert said == ["Готуємо", "Bakken", *["Готуємо"] * (len(made) - 2)]


async def test_list_shows_who_comes_with_whom_and_in_which_language(tx: Tx) -> None:
    event = await _an_event(tx, capacity=3)
    _, amina = await somebody(tx, 1, name="Amina <3", language="fa_AF")
    _, olena = await somebody(tx, 2, name="Olena", language="uk")
    [fatima] = await by_name(tx, 1)
    await places.take(tx, amina, event, companions=1, now=NOW)
    await places.take(tx, fatima, event, now=NOW)
    await places.take(tx, olena, event, now=NOW)
    phone = a_phone(tx, DESK, await a_coordinator(tx))

    await phone.press(f"ecev:{event}")
    assert "👥 3/3 · waiting: 1" in phone.text
    await phone.tap("Who comes")

    assert "3 people in all." in phone.text
    assert "Amina &lt;3 +1 · Dari" in phone.text
    assert "Person 0 · 📞 cannot be written to" in phone.text
    assert "⏳ Olena · Ukrainian" in phone.text


async def test_past_and_coming_events_are_listed_page_by_page(tx: Tx) -> None:
    for day in range(10):
        await _an_event(tx, titles={"en": f"Visit {day}"}, starts_at=NOW + (day + 1) * DAY)
    await _an_event(tx, titles={"en": "Long ago"}, starts_at=NOW - DAY)
    await an_event(tx)  # a shift has screens of its own
    phone = a_phone(tx, DESK, await a_coordinator(tx))

    await phone.press("ecdesk:0")
    assert "Visit 0" in phone.text
    assert "Visit 8" not in phone.text
    await phone.tap("More")
    assert "Visit 9" in phone.text
    await phone.tap("Past events")
    assert "Long ago" in phone.text


async def test_picture_is_kept_by_its_name_and_can_be_taken_away(tx: Tx) -> None:
    phone = a_phone(tx, DESK, await a_coordinator(tx))
    await plans(phone)
    await phone.tap("Change something")
    await phone.tap("Picture")
    await phone.say("no photo")
    assert "Please send one photo" in phone.text
    await phone.send("photo", file_id="AgACAgQ")
    await phone.tap("Plan it")
    [event] = await _all(tx)
    assert event.draft.picture == "AgACAgQ"

    await phone.tap("Change")
    await phone.tap("Change something")
    await phone.tap("Picture")
    await phone.tap(making.SKIP)
    await phone.tap("Save")
    assert (await listing.get(tx, event.id)).draft.picture == ""


async def test_new_link_is_told_to_who_has_a_place_only(database: Database) -> None:
    async with database.writing() as tx:
        event = await _an_event(tx, capacity=1, online_link="https://example.org/old")
        _, placed = await somebody(tx, 1)
        _, waits = await somebody(tx, 2)
        await places.take(tx, placed, event, now=NOW)
        await places.take(tx, waits, event, now=NOW)
        link = Changes({"online_link": "https://example.org/new"})
        await organising.change(DESK, tx, await a_coordinator(tx), event, link, now=NOW)

    await passes(database, DESK, NOW + 5 * MINUTE)

    async with database.reading() as tx:
        [told] = texts(await posted(tx, FIRST_ID + 1))
        assert texts(await posted(tx, FIRST_ID + 2)) == []
    assert "example.org/old" in told.partition("Before it was")[2]


async def test_team_hears_who_has_no_telegram_and_must_be_called(database: Database) -> None:
    desk = making.a_desk(staff_groups={"infodesk": GROUP})
    async with database.writing() as tx:
        event = await _an_event(tx, capacity=None)
        for one in await by_name(tx, 41):
            await places.take(tx, one, event, now=NOW)
        karen = await a_coordinator(tx)
        await organising.change(DESK, tx, karen, event, Changes({"place": "Bijloke"}), now=NOW)

    await passes(database, desk, NOW + 5 * MINUTE)

    async with database.reading() as tx:
        [told] = texts(await posted(tx, GROUP))
    assert "Bijloke" in told
    assert "Person 0" in told
    assert "Person 40" not in told
    assert "1" in told.splitlines()[-1]


@pytest.mark.parametrize("role", [None, StaffRole.TRAINEE, StaffRole.STAFF])
async def test_only_coordinators_see_and_change_events(tx: Tx, role: StaffRole | None) -> None:
    event = await _an_event(tx)
    phone = a_phone(tx, DESK, await a_coordinator(tx, role=role))

    for action in ("ecdesk:0", "ecold:0", "ecnew"):
        await phone.press(action)
        assert phone.refused == WORDS.plain(StaffOnly.sentence)
    for action in ("ecev", "ecwho", "ecch", "eclang", "ecoff"):
        await phone.press(f"{action}:{event}")
        assert phone.refused == WORDS.plain(StaffOnly.sentence)
    await phone.press(f"ecopen:{event}:0")
    assert (await listing.get(tx, event)).is_open


async def test_event_of_another_office_is_theirs_alone(tx: Tx) -> None:
    event = await _an_event(tx)
    karen = await a_coordinator(tx)
    admin = await a_coordinator(tx, 1, StaffRole.ADMIN)
    phone = a_phone(tx, DESK, karen)
    await phone.press(f"ecch:{event}")  # begun while it was hers
    await _is_others(tx, "gent")

    await phone.tap("Save")
    assert phone.refused == WORDS.plain(NotYourOffice.sentence)
    for refuses in (
        organising.get(DESK, tx, karen, event),
        organising.cancel(DESK, tx, karen, event, why="", now=NOW),
        organising.set_open(DESK, tx, karen, event, is_open=False, now=NOW),
        organising.change(DESK, tx, karen, event, Changes({}), now=NOW),
        organising.create(DESK, tx, karen, replaced(), now=NOW),
    ):
        with pytest.raises(NotYourOffice):
            await refuses
    await phone.press("ecdesk:0")
    assert "There is none here yet." in phone.text
    assert (await organising.get(DESK, tx, admin, event)).id == event


async def test_shift_cannot_be_changed_by_this_door(tx: Tx) -> None:
    shift = await an_event(tx)

    with pytest.raises(Outdated):
        await organising.cancel(DESK, tx, await a_coordinator(tx), shift, why="", now=NOW)


@pytest.mark.parametrize(
    "data", ["ecev:", "ecev:x", "ecev:999", "ecopen:1", "ecwho:1:x", "ecch:-1"]
)
async def test_forged_buttons_change_nothing(tx: Tx, data: str) -> None:
    phone = a_phone(tx, DESK, await a_coordinator(tx))

    await phone.press(data)

    assert phone.refused == WORDS.plain(Outdated.sentence)


async def test_what_is_over_is_not_changed_and_fewer_places_than_people_are_not(tx: Tx) -> None:
    karen = await a_coordinator(tx)
    old = await _an_event(tx, starts_at=NOW - DAY)
    event = await _an_event(tx)
    for one in await by_name(tx, 2):
        await places.take(tx, one, event, now=NOW)

    with pytest.raises(refused.Over):
        await organising.change(DESK, tx, karen, old, Changes({"place": "x"}), now=NOW)
    with pytest.raises(refused.TooFewPlaces):
        await organising.change(DESK, tx, karen, event, Changes({"capacity": 1}), now=NOW)
    past = replaced(starts_at=NOW - DAY, ends_at=NOW - HOUR)
    with pytest.raises(refused.Over):
        await organising.create(DESK, tx, karen, past, now=NOW)
    repeats = Repeats("weekly", date(2026, 11, 21))
    with pytest.raises(refused.EndsBeforeItBegins):
        await organising.create(DESK, tx, karen, replaced(), repeats=repeats, now=NOW)


# Clocks that are changed


@pytest.mark.parametrize(
    ("said", "starts_at"),
    [
        ("29/3/2026 02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # does not exist: 03:30
        ("25/10/2026 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # twice: the first
        ("29/3/2026 09:00", datetime(2026, 3, 29, 7, tzinfo=UTC)),
        ("25/10/2026 09:00", datetime(2026, 10, 25, 8, tzinfo=UTC)),
    ],
)
async def test_nights_when_the_clock_is_changed_follow_one_rule(
    tx: Tx, said: str, starts_at: datetime
) -> None:
    phone = a_phone(tx, DESK, await a_coordinator(tx))
    phone.at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    await plans(phone)
    await phone.tap("Change something")
    await phone.tap("Begins")
    await phone.say(said)
    if any("Yes, that is right" in one.label for one in phone.buttons):
        await phone.tap("Yes, that is right")  # it leaps over that hour: is 03:30 meant?
    await phone.tap("Plan it")

    [event] = await _all(tx)
    assert event.starts_at == starts_at


async def test_series_keeps_its_hours_on_the_wall_when_the_clock_is_changed(tx: Tx) -> None:
    first = datetime(2027, 3, 14, 9, tzinfo=BRUSSELS).astimezone(UTC)
    draft = replaced(starts_at=first, ends_at=first + 2 * HOUR)

    made = await planning.make_series(
        tx, "FREQ=WEEKLY", draft, now=NOW, until=date(2027, 4, 11), skips_holidays=False
    )

    walls = [(await listing.get(tx, one)).starts_at.astimezone(BRUSSELS) for one in made]
    assert {one.strftime("%H:%M") for one in walls} == {"09:00"}
    assert len({one.utcoffset() for one in walls}) == 2


@given(
    rhythm=st.sampled_from(list(repeating.Rhythm)),
    first=WALLS,
    days=st.integers(0, 400),
    skips=st.booleans(),
)
def test_every_series_keeps_weekday_hour_and_order(
    rhythm: repeating.Rhythm, first: datetime, days: int, skips: bool
) -> None:
    first = first.replace(second=0, microsecond=0)
    until = first.date() + timedelta(days=days)

    found = repeating.dates(repeating.rule(rhythm, first), first, until, skips_holidays=skips)

    assert list(found.walls) == sorted(set(found.walls))
    assert all(one.time() == first.time() for one in found.walls)
    assert {one.weekday() for one in found.walls} <= {first.weekday()}
    assert all(first.date() <= one.date() <= until for one in found.walls)
    assert first in found.walls or first.date() in found.holidays
    assert not found.holidays or skips
    if rhythm is repeating.Rhythm.MONTHLY:
        months = {(one.year, one.month) for one in (*found.walls, *found.holidays)}
        assert len(months) == len(found.walls) + len(found.holidays)
    else:
        weeks = 1 if rhythm is repeating.Rhythm.WEEKLY else 2
        assert len(found.walls) + len(found.holidays) == days // (7 * weeks) + 1


@given(
    wall=WALLS,
    by=st.integers(-400, 400),
)
def test_moving_there_and_back_is_where_it_was(wall: datetime, by: int) -> None:
    starts = planning.moment(wall.replace(second=0, microsecond=0))
    draft = replaced(starts_at=starts, ends_at=starts + HOUR)
    there = planning.moved(draft, timedelta(days=by))

    assert on_the_wall(there.starts_at) - on_the_wall(draft.starts_at) in (
        timedelta(days=by),
        timedelta(days=by, hours=1),  # moved forward out of an hour that does not exist
    )
    assert there.ends_at > there.starts_at or on_the_wall(there.starts_at).hour in (1, 2, 3)


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_is_said_in_every_language(why: Why) -> None:
    event = Event(id=EventId(1), draft=A_DRAFT, created_at=NOW, off_why=why, off_words="a < b")

    for code in DESK.catalogs.codes:
        said = names.because(DESK.catalogs.words(code), event)
        assert "a &lt; b" in said
        assert (why is Why.OTHER) == said.startswith("<i>")
