"""A walk for its organisers: start times, teams, who looks for one, who is here, the list."""

import io
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import pytest
from sqlalchemy import insert, select

from bot.delivery.messages import File
from bot.dialog.routes import combine
from bot.events import chat, staff_chat
from bot.events.desk import EventsDesk
from bot.events.domain import EventId, ParticipantId, Place
from bot.events.service import listing, team_lists, team_rows, teams, walkers
from bot.language.catalog import Catalogs
from bot.people import tables as people
from bot.people.domain import Person, Role
from bot.people.tables import audit
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.dialog_makers import Phone
from tests.support.event_makers import (
    HOUR,
    MINUTE,
    NOW,
    a_desk,
    by_name,
    passes,
    posted,
    somebody,
    texts,
)
from tests.support.walk_makers import STARTS, a_team, a_walk, joins, with_slots


@dataclass
class Office:
    """Colleagues with the bot on their phones, and one walk."""

    tx: Tx
    catalogs: Catalogs
    desk: EventsDesk
    walk: EventId
    count: int = 50
    _phones: dict[str, Phone] = field(default_factory=dict)

    async def phone(self, role: Role | None = Role.COORDINATOR) -> Phone:
        """A colleague with this role, or somebody who has none."""
        self.count += 1
        person, _who = await somebody(self.tx, self.count, name="Karen")
        if role is not None:
            values = {
                "person_id": person.id,
                "role": role,
                "via": "invitation",
                "granted_at": NOW,
                "languages": [],
                "in_groups": [],
            }
            await self.tx.execute(insert(people.staff).values(values))
        known = Person(person.id, person.telegram_id, "Karen", "en", role)
        further = combine(chat.combined(self.desk), staff_chat.combined(self.desk))
        return Phone(self.tx, self.catalogs, person=known, at=NOW, further=further)  # type: ignore[arg-type]

    async def state(self, who: ParticipantId) -> Place | None:
        """What somebody has."""
        found = await listing.of(self.tx, self.walk, who)
        return None if found is None else found.state


@pytest.fixture
async def office(tx: Tx, catalogs: Catalogs) -> Office:
    """A walk of Ghent without start times."""
    return Office(tx, catalogs, a_desk(catalogs), await a_walk(tx, office="gent"))


async def test_coordinator_plans_start_times_in_a_dialog(office: Office) -> None:
    karen = await office.phone()
    await karen.press(f"et:{office.walk}")
    await karen.tap("Walk and teams")
    await karen.tap("Start times: 0")
    await karen.tap("➕ Start times")

    for answer in ("28/11/2026 9:00", "28/11/2026 11:00", "10", "20", "2"):
        await karen.say(answer)
    await karen.tap("Yes, that is right")

    rooms = await team_rows.rooms(office.tx, office.walk)
    assert len(rooms) == 13
    assert {(one.slot.walkers, one.slot.most_teams) for one in rooms} == {(20, 2)}
    assert rooms[0].slot.starts_at == STARTS
    assert "09:00 · 0 of 20" in [one.label for one in karen.buttons]


async def test_start_times_outside_the_walk_are_refused_and_the_dialog_stays(
    office: Office,
) -> None:
    karen = await office.phone()
    await karen.press(f"ectnew:{office.walk}")

    for answer in ("28/11/2026 8:00", "28/11/2026 11:00", "10", "20", "2"):
        await karen.say(answer)
    await karen.tap("Yes, that is right")

    assert await team_rows.rooms(office.tx, office.walk) == []
    assert "Start times lie between" in karen.text + karen.refused


async def test_coordinator_moves_fills_and_removes_a_start_time(office: Office) -> None:
    [slot, *_others] = await with_slots(office.tx, office.walk, count=2)
    karen = await office.phone()
    await karen.press(f"ectslot:{slot.slot.id}")

    await karen.tap("10 minutes earlier")
    assert "Start times lie between" in karen.refused
    await karen.tap("10 minutes later")
    assert "There is a start time at that moment" in karen.refused
    await karen.tap("Change the room")
    for answer in ("50", "3"):
        await karen.say(answer)
    await karen.tap("Yes, that is right")
    assert "of 50" in karen.text
    await karen.tap("Remove")

    assert len(await team_rows.rooms(office.tx, office.walk)) == 1


async def test_whole_team_is_checked_in_and_a_slip_taken_back(office: Office) -> None:
    captain, friend, late = await by_name(office.tx, 3)
    made = await a_team(office.tx, captain, office.walk)
    await joins(office.tx, made, [friend, late])
    door = await office.phone(Role.STAFF)
    door.at = STARTS - 30 * MINUTE
    await door.press(f"ect:{office.walk}")
    assert "still to come: 3" in door.text

    await door.tap("Teams: 1")
    await door.tap("De Kikkers")
    await door.tap("All are here")
    assert "3 here" in door.text
    await door.tap("Person 2")

    assert "2 here" in door.text
    assert await office.state(captain) is Place.ATTENDED
    assert await office.state(late) is Place.PLACED


async def test_nobody_is_here_before_the_day(office: Office) -> None:
    [captain] = await by_name(office.tx, 1)
    made = await a_team(office.tx, captain, office.walk)
    door = await office.phone(Role.STAFF)

    await door.press(f"ectall:{made.team.id}")

    assert door.refused == "This has not begun yet."
    assert await office.state(captain) is Place.PLACED


async def test_staff_check_in_but_only_coordinators_plan(office: Office) -> None:
    [slot, *_others] = await with_slots(office.tx, office.walk)
    [captain, seeker] = await by_name(office.tx, 2)
    made = await a_team(office.tx, captain, office.walk)
    await teams.walk_alone(office.tx, seeker, office.walk, wants_team=True, now=NOW)
    [one] = await team_lists.seekers(office.tx, office.walk)
    planning = (
        f"ectslots:{office.walk}",
        f"ectslot:{slot.slot.id}",
        f"ectnew:{office.walk}",
        f"ectmove:{slot.slot.id}:1",
        f"ectroom:{slot.slot.id}",
        f"ectgone:{slot.slot.id}",
        f"ectseek:{office.walk}",
        f"ectput:{one.registration.id}:{made.team.id}",
        f"ectset:{made.team.id}",
        f"ectsize:{made.team.id}",
        f"ectadd:{made.team.id}",
        f"ecttime:{made.team.id}:{slot.slot.id}",
        f"ectend:{made.team.id}:yes",
    )
    looking = (
        f"ect:{office.walk}",
        f"ectteams:{office.walk}:0",
        f"ectteam:{made.team.id}",
        f"ectall:{made.team.id}",
        f"ectin:{made.team.id}:{made.place.id}",
        f"ectfile:{office.walk}:xlsx",
    )
    staff, nobody = await office.phone(Role.STAFF), await office.phone(None)

    for action in planning:
        await staff.press(action)
        assert staff.refused, action
    for action in (*planning, *looking):
        await nobody.press(action)
        assert nobody.refused, action
    assert await team_rows.find(office.tx, made.team.id) == made.team
    assert len(await team_rows.rooms(office.tx, office.walk)) == 3


async def test_seeker_comes_into_a_team_and_hears_of_it(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        office = Office(tx, catalogs, a_desk(catalogs), await a_walk(tx))
        [slot, *_others] = await with_slots(tx, office.walk)
        [captain] = await by_name(tx, 1)
        await a_team(tx, captain, office.walk, slot=slot.slot.id)
        omar, seeker = await somebody(tx, 1, name="Omar")
        await teams.walk_alone(tx, seeker, office.walk, wants_team=True, now=NOW)
        karen = await office.phone()
        await karen.press(f"ect:{office.walk}")
        await karen.tap("Look for a team: 1")
        await karen.tap("Omar")
        await karen.tap("De Kikkers")
        assert "2 of 10" in karen.text
    await passes(database, a_desk(catalogs), NOW + MINUTE)

    async with database.reading() as tx:
        [told] = texts(await posted(tx, omar.telegram_id))
        mine = await listing.of(tx, office.walk, seeker)
    assert "We found a team for you: De Kikkers" in told
    assert mine is not None
    assert mine.own_start == STARTS


async def test_coordinator_changes_a_team_and_adds_somebody_without_telegram(
    office: Office,
) -> None:
    await with_slots(office.tx, office.walk)
    [captain] = await by_name(office.tx, 1)
    made = await a_team(office.tx, captain, office.walk, size=2)
    karen = await office.phone()
    await karen.press(f"ectset:{made.team.id}")

    await karen.tap("A walker without Telegram")
    await karen.say("Jan")
    await karen.tap("Yes, that is right")
    assert "2 of 2" in karen.text
    await karen.press(f"ectsize:{made.team.id}")
    await karen.say("6")
    await karen.tap("Yes, that is right")
    assert "2 of 6" in karen.text
    await karen.press(f"ecttime:{made.team.id}")
    await karen.tap("09:20")
    assert "Sets off at 09:20" in karen.text
    await karen.press(f"ectend:{made.team.id}")
    await karen.tap("Yes, dissolve it")

    assert "There is no team yet." in karen.text
    actions = {row["action"] for row in await office.tx.all(select(audit.c.action))}
    assert {"team.enlisted", "team.size", "team.slot", "team.dissolved"} <= actions


async def test_list_is_sorted_by_start_time_with_room_to_tick(office: Office) -> None:
    [early, late, *_others] = await with_slots(office.tx, office.walk)
    first, second, friend, alone = await by_name(office.tx, 4)
    await a_team(office.tx, first, office.walk, name="=Reigers", slot=late.slot.id)
    made = await a_team(office.tx, second, office.walk, slot=early.slot.id)
    await joins(office.tx, made, [friend])
    await teams.walk_alone(office.tx, alone, office.walk, now=NOW)

    found = [await _file(office, form) for form in ("xlsx", "csv")]

    page = openpyxl.load_workbook(io.BytesIO(found[0])).worksheets[0]
    lines = [[cell.value or "" for cell in row][:4] for row in page.iter_rows(min_row=5)]
    assert lines == [
        ["Start time", "Team", "Captain", "Name"],
        ["09:00", "De Kikkers", "Person 1", "Person 1"],
        ["09:00", "De Kikkers", "Person 1", "Person 2"],
        ["09:10", "=Reigers", "Person 0", "Person 0"],
        ["", "", "", "Person 3"],
    ]
    assert page.cell(row=8, column=2).data_type == "s", "no formula"
    assert "'=Reigers" in found[1].decode("utf-8-sig")


async def _file(office: Office, form: str) -> bytes:
    karen = await office.phone()
    replies = await karen.press(f"ectfile:{office.walk}:{form}")
    [file] = [one for one in replies if isinstance(one, File)]
    drawn: Any = await staff_chat.makers(office.desk)[file.made.kind](office.tx, file.made.id)
    content: bytes = drawn.draw()
    return content


async def test_counts_say_how_many_are_still_to_come(office: Office) -> None:
    captain, *friends = await by_name(office.tx, 4)
    made = await a_team(office.tx, captain, office.walk)
    await joins(office.tx, made, friends)
    await walkers.add_walker(office.tx, office.walk, "Jan", companions=2, now=NOW)
    door = await office.phone(Role.STAFF)
    door.at = STARTS + HOUR

    await door.press(f"ectin:{made.team.id}:{made.place.id}")
    await door.press(f"ect:{office.walk}")

    assert "Walkers: 7" in door.text
    assert "Here: 1 · still to come: 6" in door.text
