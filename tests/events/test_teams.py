"""Teams for the walk: made, joined by invitation, led, left, dissolved; and start slots."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.errors import Outdated, Refused
from bot.events import privacy, tables
from bot.events.domain import ParticipantId, Place, Registration
from bot.events.domain import refusals as refused
from bot.events.domain import teams as domain
from bot.events.service import (
    calendar_files,
    leading,
    leaving,
    listing,
    merging,
    places,
    planning,
    registering,
    rows,
    slots,
    team_lists,
    team_rows,
    teams,
    walkers,
)
from bot.language.catalog import Catalogs
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.event_makers import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    a_desk,
    an_event,
    by_name,
    passes,
    posted,
    somebody,
    taken,
    texts,
)
from tests.support.walk_makers import STARTS, a_team, a_walk, counted, joins, room, with_slots


async def _mine(tx: Tx, event: int, who: ParticipantId) -> Registration:
    found = await listing.of(tx, event, who)
    assert found is not None
    return found


async def test_ten_friends_join_by_the_link_of_their_captain(tx: Tx) -> None:
    walk = await a_walk(tx)
    captain, *friends = await by_name(tx, 10)
    made = await a_team(tx, captain, walk, size=10)

    for one in await joins(tx, made, friends):
        assert one.place.state is Place.PLACED
        assert one.is_new

    team = await team_rows.find(tx, made.team.id)
    assert team is not None
    assert (team.seats, team.free) == (10, 0)
    members = await team_lists.members(tx, team)
    assert [one.is_captain for one in members] == [True, *[False] * 9]
    assert await taken(tx, walk) == (10, 10)


async def test_second_tap_on_the_link_changes_nothing(tx: Tx) -> None:
    walk = await a_walk(tx)
    captain, friend = await by_name(tx, 2)
    made = await a_team(tx, captain, walk)

    first, second = await joins(tx, made, [friend, friend])

    assert first.is_new
    assert not second.is_new
    assert await taken(tx, walk) == (2, 2)
    assert not (await joins(tx, made, [captain]))[0].is_new, "nor the captain's own"


async def test_eleventh_finds_a_team_of_ten_complete_until_it_grows(tx: Tx) -> None:
    walk = await a_walk(tx)
    captain, *friends, last = await by_name(tx, 11)
    made = await a_team(tx, captain, walk)
    await joins(tx, made, friends)

    with pytest.raises(domain.TeamFull):
        await joins(tx, made, [last])
    await leading.resize(tx, captain, made.team.id, 11, now=NOW)
    await joins(tx, made, [last])

    with pytest.raises(domain.TooSmall):
        await leading.resize(tx, captain, made.team.id, 10, now=NOW)


async def test_full_walk_lets_members_wait_with_their_team(tx: Tx) -> None:
    walk = await a_walk(tx, capacity=2)
    captain, second, third = await by_name(tx, 3)
    made = await a_team(tx, captain, walk)

    await joins(tx, made, [second, third])

    assert (await _mine(tx, walk, third)).state is Place.WAITING
    assert (await _mine(tx, walk, third)).team == made.team.id
    await places.give_back(tx, second, walk, now=NOW)
    assert (await _mine(tx, walk, second)).team is None


async def test_offered_place_comes_with_the_team(database: Database, catalogs: Catalogs) -> None:
    async with database.writing() as tx:
        walk = await a_walk(tx, capacity=2)
        _person, captain = await somebody(tx, 1)
        _person, second = await somebody(tx, 2, name="Omar")
        _person, third = await somebody(tx, 3, name="Lena")
        [slot, *_others] = await with_slots(tx, walk)
        made = await a_team(tx, captain, walk, slot=slot.slot.id)
        await joins(tx, made, [second, third])
        await leading.remove(tx, captain, made.team.id, (await _mine(tx, walk, second)).id, now=NOW)
        await places.give_back(tx, second, walk, now=NOW)
    await passes(database, a_desk(catalogs), NOW + MINUTE)

    async with database.writing() as tx:
        await places.accept_offer(tx, third, walk, now=NOW + HOUR)
        mine = await _mine(tx, walk, third)
    assert (mine.state, mine.team, mine.own_start) == (Place.PLACED, made.team.id, STARTS)


async def test_renewed_link_is_the_only_one_that_counts(tx: Tx) -> None:
    walk = await a_walk(tx)
    captain, friend = await by_name(tx, 2)
    made = await a_team(tx, captain, walk)

    team = await leading.renew(tx, captain, made.team.id, now=NOW)

    with pytest.raises(domain.TeamGone):
        await joins(tx, made, [friend])
    assert team.token
    assert team.token != made.team.token
    await teams.join(tx, friend, team.token, now=NOW)


async def test_nobody_is_in_two_teams_of_one_walk(tx: Tx) -> None:
    walk = await a_walk(tx)
    first, second, friend = await by_name(tx, 3)
    one, other = await a_team(tx, first, walk), await a_team(tx, second, walk, name="Reigers")
    await joins(tx, one, [friend])

    with pytest.raises(domain.InTeam) as refusal:
        await joins(tx, other, [friend])
    assert refusal.value.values["name"] == "De Kikkers"
    with pytest.raises(domain.InTeam):
        await a_team(tx, first, walk)
    await teams.leave(tx, friend, walk, now=NOW)
    await joins(tx, other, [friend])


async def test_only_the_captain_leads(tx: Tx) -> None:
    walk = await a_walk(tx)
    captain, friend, stranger = await by_name(tx, 3)
    made = await a_team(tx, captain, walk)
    await joins(tx, made, [friend])
    place = (await _mine(tx, walk, friend)).id
    [slot, *_others] = await with_slots(tx, walk)

    for who in (friend, stranger):
        for attempt in (
            leading.rename(tx, who, made.team.id, "Ons", now=NOW),
            leading.resize(tx, who, made.team.id, 20, now=NOW),
            leading.renew(tx, who, made.team.id, now=NOW),
            leading.remove(tx, who, made.team.id, place, now=NOW),
            leading.hand_over(tx, who, made.team.id, place, now=NOW),
            leading.choose_slot(tx, who, made.team.id, slot.slot.id, now=NOW),
            leading.dissolve(tx, who, made.team.id, now=NOW),
        ):
            with pytest.raises(domain.NotCaptain):
                await attempt


async def test_captain_takes_out_only_their_own_members(tx: Tx) -> None:
    walk = await a_walk(tx)
    first, second, friend = await by_name(tx, 3)
    one, other = await a_team(tx, first, walk), await a_team(tx, second, walk)
    await joins(tx, other, [friend])

    for whom in (friend, first):
        place = (await _mine(tx, walk, whom)).id
        with pytest.raises(Outdated):
            await leading.remove(tx, first, one.team.id, place, now=NOW)
    assert (await _mine(tx, walk, friend)).team == other.team.id


async def test_captaincy_passes_to_who_is_in_the_team_longest(tx: Tx) -> None:
    walk = await a_walk(tx)
    captain, first, second = await by_name(tx, 3)
    made = await a_team(tx, captain, walk)
    await joins(tx, made, [first, second], now=NOW + MINUTE)

    await places.give_back(tx, captain, walk, now=NOW + HOUR)
    team = await team_rows.find(tx, made.team.id)
    assert team is not None
    assert team.captain == first

    await teams.leave(tx, first, walk, now=NOW + HOUR)
    team = await team_rows.find(tx, made.team.id)
    assert team is not None
    assert team.captain == second
    await teams.leave(tx, second, walk, now=NOW + HOUR)
    assert await team_rows.find(tx, made.team.id) is None, "nobody is left"


async def test_captaincy_passes_on_when_the_captain_is_erased(tx: Tx) -> None:
    walk = await a_walk(tx)
    person, captain = await somebody(tx, 1)
    [listed] = await by_name(tx, 1)
    _other, friend = await somebody(tx, 2, name="Omar")
    made = await a_team(tx, captain, walk)
    await joins(tx, made, [listed, friend])

    await privacy.forget_person(tx, person.id, now=NOW + HOUR)

    team = await team_rows.find(tx, made.team.id)
    assert team is not None
    assert team.captain == friend, "who has Telegram can lead"


async def test_captaincy_passes_on_during_the_walk_too(tx: Tx) -> None:
    walk = await a_walk(tx)
    person, captain = await somebody(tx, 1)
    _other, friend = await somebody(tx, 2, name="Omar")
    made = await a_team(tx, captain, walk)
    await joins(tx, made, [friend])

    await privacy.forget_person(tx, person.id, now=STARTS + MINUTE)

    team = await team_rows.find(tx, made.team.id)
    assert team is not None
    assert team.captain == friend


async def test_dissolved_team_leaves_everybody_their_place_and_time(tx: Tx) -> None:
    walk = await a_walk(tx)
    captain, friend = await by_name(tx, 2)
    [_first, slot, *_others] = await with_slots(tx, walk)
    made = await a_team(tx, captain, walk, slot=slot.slot.id)
    await joins(tx, made, [friend])

    await leading.dissolve(tx, captain, made.team.id, now=NOW)

    for who in (captain, friend):
        mine = await _mine(tx, walk, who)
        assert (mine.state, mine.team, mine.slot) == (Place.PLACED, None, slot.slot.id)
        assert mine.own_start == slot.slot.starts_at
    assert (await room(tx, slot)).walkers == 2
    with pytest.raises(domain.TeamGone):
        await joins(tx, made, [friend])


async def test_slot_keeps_room_for_the_whole_team(tx: Tx) -> None:
    walk = await a_walk(tx)
    first, second, alone = await by_name(tx, 3)
    [slot, other, *_others] = await with_slots(tx, walk, walkers=15)
    await a_team(tx, first, walk, size=10, slot=slot.slot.id)

    with pytest.raises(domain.SlotFull):
        await a_team(tx, second, walk, size=6, slot=slot.slot.id)
    made = await a_team(tx, second, walk, size=5, slot=slot.slot.id)
    await teams.walk_alone(tx, alone, walk, now=NOW)
    with pytest.raises(domain.SlotFull):
        await teams.choose_own_slot(tx, alone, walk, slot.slot.id, now=NOW)
    with pytest.raises(domain.SlotFull):
        await leading.resize(tx, second, made.team.id, 6, now=NOW)
    await leading.choose_slot(tx, second, made.team.id, other.slot.id, now=NOW)
    mine = await teams.choose_own_slot(tx, alone, walk, slot.slot.id, now=NOW)

    assert mine.own_start == STARTS
    assert await counted(tx, walk) == {slot.slot.id: 11, other.slot.id: 5}
    assert (await room(tx, slot)).walkers == 11


async def test_slot_takes_so_many_teams_and_no_more(tx: Tx) -> None:
    walk = await a_walk(tx)
    first, second, alone = await by_name(tx, 3)
    [slot, *_others] = await with_slots(tx, walk, walkers=None, most_teams=1)
    await a_team(tx, first, walk, slot=slot.slot.id)

    with pytest.raises(domain.SlotFull):
        await a_team(tx, second, walk, slot=slot.slot.id)
    await teams.walk_alone(tx, alone, walk, now=NOW)
    await teams.choose_own_slot(tx, alone, walk, slot.slot.id, now=NOW)


async def test_slot_of_another_walk_cannot_be_chosen(tx: Tx) -> None:
    walk, other = await a_walk(tx), await a_walk(tx)
    [captain] = await by_name(tx, 1)
    [slot, *_others] = await with_slots(tx, other)

    with pytest.raises(Outdated):
        await a_team(tx, captain, walk, slot=slot.slot.id)


async def test_slots_lie_within_the_walk_and_go_only_when_empty(tx: Tx) -> None:
    walk = await a_walk(tx)
    [captain] = await by_name(tx, 1)
    [slot, empty, *_others] = await with_slots(tx, walk)
    await a_team(tx, captain, walk, slot=slot.slot.id)

    for at in (STARTS - MINUTE, STARTS + 4 * HOUR):
        with pytest.raises(domain.OutsideEvent):
            await slots.plan(tx, walk, [at], now=NOW)
        with pytest.raises(domain.OutsideEvent):
            await slots.move(tx, slot.slot.id, at, now=NOW)
    with pytest.raises(domain.SlotUsed):
        await slots.remove(tx, slot.slot.id, now=NOW)
    with pytest.raises(domain.SlotTooSmall):
        await slots.set_room(tx, slot.slot.id, walkers=9, most_teams=None, now=NOW)
    with pytest.raises(domain.SlotThere):
        await slots.move(tx, slot.slot.id, empty.slot.starts_at, now=NOW)
    await slots.remove(tx, empty.slot.id, now=NOW)
    assert len(await with_slots(tx, walk)) == 3, "what is there stays"


async def test_moved_walk_takes_its_slots_with_it_on_the_wall(tx: Tx) -> None:
    walk = await a_walk(tx, starts_at=NOW + 100 * DAY)  # 28 February, ten o'clock
    [captain] = await by_name(tx, 1)
    event = await listing.get(tx, walk)
    moments = [event.starts_at, event.starts_at + 10 * MINUTE]
    [_first, slot] = await slots.plan(tx, walk, moments, now=NOW)
    await a_team(tx, captain, walk, slot=slot.slot.id)

    later = replace(
        event.draft,
        starts_at=event.starts_at + 30 * DAY - HOUR,  # 30 March, ten o'clock in summer time
        ends_at=event.ends_at + 30 * DAY - HOUR,
    )
    await planning.change(tx, walk, later, now=NOW)

    moved = later.starts_at + 10 * MINUTE
    assert (await room(tx, slot)).slot.starts_at == moved
    assert (await _mine(tx, walk, captain)).own_start == moved


async def test_moved_slot_is_told_once_with_both_times(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        walk = await a_walk(tx)
        [slot, *_others] = await with_slots(tx, walk)
        person, captain = await somebody(tx, 1)
        made = await a_team(tx, captain, walk, slot=slot.slot.id)
        friend, omar = await somebody(tx, 2, name="Omar", language="nl")
        await joins(tx, made, [omar])
        for minutes in (45, 35):
            await slots.move(tx, slot.slot.id, STARTS + minutes * MINUTE, now=NOW)

    await passes(database, a_desk(catalogs), NOW + 3 * MINUTE)

    async with database.reading() as tx:
        [told] = texts(await posted(tx, person.telegram_id))
        [other] = texts(await posted(tx, friend.telegram_id))
    assert "New start time: 09:35" in told
    assert "Before it was 09:00." in told
    assert "De Kikkers" in told
    assert "09:35" in other


async def test_slot_that_is_moved_back_in_time_is_no_news(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        walk = await a_walk(tx)
        [slot, *_others] = await with_slots(tx, walk)
        person, captain = await somebody(tx, 1)
        await a_team(tx, captain, walk, slot=slot.slot.id)
        for minutes in (45, 0):
            await slots.move(tx, slot.slot.id, STARTS + minutes * MINUTE, now=NOW)

    await passes(database, a_desk(catalogs), NOW + 3 * MINUTE)

    async with database.reading() as tx:
        assert await posted(tx, person.telegram_id) == []


async def test_reminder_comes_before_they_set_off_and_names_the_team(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        walk = await a_walk(tx)
        found = await with_slots(tx, walk, count=13)
        person, captain = await somebody(tx, 1)
        await a_team(tx, captain, walk, slot=found[12].slot.id)  # eleven o'clock

    await passes(database, a_desk(catalogs), STARTS + 2 * HOUR - 2 * HOUR - MINUTE)
    async with database.reading() as tx:
        before = len(await posted(tx, person.telegram_id))
    await passes(database, a_desk(catalogs), STARTS + 2 * HOUR - 2 * HOUR)

    async with database.reading() as tx:
        told = texts(await posted(tx, person.telegram_id))
    assert len(told) == before + 1
    assert "11:00–13:00" in told[-1]
    assert "De Kikkers" in told[-1]


async def test_captain_hears_once_who_has_joined(database: Database, catalogs: Catalogs) -> None:
    async with database.writing() as tx:
        walk = await a_walk(tx)
        person, captain = await somebody(tx, 1)
        made = await a_team(tx, captain, walk)
        friends = [await somebody(tx, 2, name="Omar"), await somebody(tx, 3, name="Lena")]
        await joins(tx, made, [one for _person, one in friends])

    await passes(database, a_desk(catalogs), NOW + 11 * MINUTE)

    async with database.reading() as tx:
        [told] = texts(await posted(tx, person.telegram_id))
    assert "Omar and Lena" in told
    assert "3 of 10" in told


async def test_who_is_taken_out_or_left_without_team_hears_it(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        walk = await a_walk(tx)
        _person, captain = await somebody(tx, 1)
        omar, second = await somebody(tx, 2, name="Omar")
        lena, third = await somebody(tx, 3, name="Lena")
        made = await a_team(tx, captain, walk)
        await joins(tx, made, [second, third])
        place = await _mine(tx, walk, second)
        await leading.remove(tx, captain, made.team.id, place.id, now=NOW)
        await leading.dissolve(tx, captain, made.team.id, now=NOW)

    await passes(database, a_desk(catalogs), NOW + MINUTE)

    async with database.reading() as tx:
        [out] = texts(await posted(tx, omar.telegram_id))
        [over] = texts(await posted(tx, lena.telegram_id))
    assert "not in team De Kikkers" in out
    assert "does not exist" in over


async def test_walkers_of_a_list_are_names_until_a_month_after(tx: Tx) -> None:
    walk = await a_walk(tx)
    [slot, *_others] = await with_slots(tx, walk)
    team = await teams.create_listed(tx, walk, "Fabriek", size=3, slot_id=slot.slot.id, now=NOW)
    held = [
        await walkers.add_walker(tx, walk, name, team_id=team.id, now=NOW)
        for name in ("Jan", "Piet", "Els")
    ]
    with pytest.raises(domain.TeamFull):
        async with tx.savepoint():
            await walkers.add_walker(tx, walk, "Een te veel", team_id=team.id, now=NOW)
    assert all(walkers.is_placed(one) and one.place.own_start == STARTS for one in held)
    found = await team_lists.of_walk(tx, await listing.get(tx, walk))
    assert [[one.name for one in roll.members] for roll in found.rolls] == [["Jan", "Piet", "Els"]]
    assert (found.walkers, found.came) == (3, 0)

    await leaving.forget_old(tx, now=STARTS + 30 * DAY)
    assert (await team_lists.members(tx, team))[0].name == "Jan"
    await leaving.forget_old(tx, now=STARTS + 31 * DAY)

    assert [one.name for one in await team_lists.members(tx, team)] == ["—"] * 3
    assert [row["name"] for row in await tx.all(select(tables.teams.c.name))] == [""]


async def test_name_of_somebody_enrolled_by_a_colleague_stays(tx: Tx) -> None:
    await a_walk(tx)
    await by_name(tx, 1)

    await leaving.forget_old(tx, now=STARTS + 100 * DAY)

    assert await tx.scalar(select(tables.participants.c.name)) == "Person 0"


async def test_copy_of_ones_data_names_the_team(tx: Tx) -> None:
    walk = await a_walk(tx)
    person, captain = await somebody(tx, 1)
    await a_team(tx, captain, walk)

    copy: Any = await privacy.export_person(tx, person.id)

    [place] = copy["registrations"]
    assert (place["team"], place["leads_team"]) == ("De Kikkers", True)


async def test_wish_for_a_team_is_known_until_there_is_one(tx: Tx) -> None:
    walk = await a_walk(tx)
    captain, seeker = await by_name(tx, 2)
    made = await a_team(tx, captain, walk)
    await teams.walk_alone(tx, seeker, walk, wants_team=True, now=NOW)
    assert len(await team_lists.seekers(tx, walk)) == 1

    await joins(tx, made, [seeker])

    assert await team_lists.seekers(tx, walk) == []
    assert await taken(tx, walk) == (2, 2)


async def test_teams_are_for_walks_that_are_ahead(tx: Tx) -> None:
    [captain, friend] = await by_name(tx, 2)
    with pytest.raises(Outdated):
        await a_team(tx, captain, await an_event(tx))
    walk = await a_walk(tx)
    made = await a_team(tx, captain, walk)
    with pytest.raises(refused.Over):
        await joins(tx, made, [friend], now=STARTS)
    await planning.cancel(tx, walk, now=NOW)
    for attempt in (
        joins(tx, made, [friend]),
        leading.rename(tx, captain, made.team.id, "Ons", now=NOW),
    ):
        with pytest.raises(refused.Cancelled):
            await attempt


async def test_place_is_given_back_until_they_set_off_themselves(tx: Tx) -> None:
    walk = await a_walk(tx)
    found = await with_slots(tx, walk, count=7)
    early, late = await by_name(tx, 2)
    await a_team(tx, early, walk, slot=found[0].slot.id)
    await a_team(tx, late, walk, slot=found[6].slot.id)

    with pytest.raises(refused.Over):
        await places.give_back(tx, early, walk, now=STARTS + MINUTE)
    await places.give_back(tx, late, walk, now=STARTS + MINUTE)


async def test_calendar_file_says_when_the_team_sets_off(tx: Tx, catalogs: Catalogs) -> None:
    walk = await a_walk(tx)
    [_first, slot, *_others] = await with_slots(tx, walk)
    [captain] = await by_name(tx, 1)
    made = await a_team(tx, captain, walk, slot=slot.slot.id)
    desk = a_desk(catalogs)

    own = await calendar_files.made(desk, tx, f"{walk}:en:{made.place.id}")

    assert b"DTSTART:20261128T081000Z" in own
    assert b"DTSTART:20261128T080000Z" in await calendar_files.made(desk, tx, f"{walk}:en")


async def test_team_follows_who_turns_out_to_be_one_person(tx: Tx) -> None:
    walk = await a_walk(tx)
    captain, friend, file = await by_name(tx, 3)
    made = await a_team(tx, captain, walk)
    await joins(tx, made, [friend])

    await merging.merge(tx, file, captain, now=NOW)

    team = await team_rows.find(tx, made.team.id)
    assert team is not None
    assert team.captain == file
    assert (await _mine(tx, walk, file)).team == team.id


async def test_who_comes_along_fits_the_team_and_the_start_time_too(tx: Tx) -> None:
    walk = await a_walk(tx)
    [slot, *_others] = await with_slots(tx, walk, walkers=4)
    captain, alone = await by_name(tx, 2)
    await a_team(tx, captain, walk, size=2, slot=slot.slot.id)
    await teams.walk_alone(tx, alone, walk, now=NOW)
    await teams.choose_own_slot(tx, alone, walk, slot.slot.id, now=NOW)

    with pytest.raises(domain.TeamFull):
        await registering.bring(tx, captain, walk, 2, now=NOW)
    with pytest.raises(domain.SlotFull):
        await registering.bring(tx, alone, walk, 2, now=NOW)
    await registering.bring(tx, alone, walk, 1, now=NOW)
    assert (await room(tx, slot)).walkers == 4


async def test_two_join_the_last_place_of_a_team_at_once(database: Database) -> None:
    replica = Database(database.url.render_as_string(hide_password=False))
    for _round in range(5):
        async with database.writing() as tx:
            walk = await a_walk(tx)
            captain, *friends = await by_name(tx, 3)
            made = await a_team(tx, captain, walk, size=2)

        ends = await asyncio.gather(
            _joins(database, friends[0], made.team.token),
            _joins(replica, friends[1], made.team.token),
            return_exceptions=True,
        )

        assert sorted(type(one).__name__ for one in ends) == ["Joined", "TeamFull"]
    await replica.close()


async def test_joining_meets_the_end_of_the_team(database: Database) -> None:
    """Either they are in no team, or told that there is none; the place is never lost."""
    replica = Database(database.url.render_as_string(hide_password=False))
    for _round in range(5):
        async with database.writing() as tx:
            walk = await a_walk(tx)
            captain, friend = await by_name(tx, 2)
            made = await a_team(tx, captain, walk)

        async def ends(captain: ParticipantId = captain, team: int = made.team.id) -> object:
            async with replica.writing() as tx:
                return await leading.dissolve(tx, captain, team, now=NOW)

        joined, _ended = await asyncio.gather(
            _joins(database, friend, made.team.token), ends(), return_exceptions=True
        )

        async with database.reading() as tx:
            mine = await rows.of(tx, walk, friend)
            assert (mine is None) == isinstance(joined, Refused)
            assert mine is None or mine.team is None
    await replica.close()


async def _joins(database: Database, who: ParticipantId, token: str | None) -> object:
    async with database.writing() as tx:
        return await teams.join(tx, who, token or "", now=NOW)


async def test_joining_costs_few_statements(tx: Tx) -> None:
    walk = await a_walk(tx)
    captain, friend = await by_name(tx, 2)
    made = await a_team(tx, captain, walk)

    before = tx.statements
    await joins(tx, made, [friend])

    assert tx.statements - before <= 8
