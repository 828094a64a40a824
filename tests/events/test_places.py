"""Places and the waitlist: who has what, and what is refused."""

import pytest

from bot.events.domain import Place
from bot.events.domain import refusals as refused
from bot.events.service import listing, marking, places
from bot.storage.transaction import Tx
from tests.support.event_makers import DAY, HOUR, NOW, an_event, by_name, states, taken


async def test_third_person_waits_where_two_places_are(tx: Tx) -> None:
    event = await an_event(tx)
    people = await by_name(tx, 4)

    got = [await places.take(tx, one, event, now=NOW) for one in people]

    assert got == [Place.PLACED, Place.PLACED, Place.WAITING, Place.WAITING]
    mine = [await listing.of(tx, event, one) for one in people]
    assert [await listing.position(tx, one) for one in mine if one] == [0, 0, 1, 2]
    assert await taken(tx, event) == (2, 2)


async def test_nobody_is_twice_on_one_list(tx: Tx) -> None:
    event = await an_event(tx, capacity=1)
    first, second = await by_name(tx, 2)
    await places.take(tx, first, event, now=NOW)
    await places.take(tx, second, event, now=NOW)

    for one in (first, second):
        with pytest.raises(refused.AlreadyThere):
            await places.take(tx, one, event, now=NOW)


async def test_companions_take_places_of_their_own(tx: Tx) -> None:
    event = await an_event(tx, capacity=3)
    first, second, third = await by_name(tx, 3)

    assert await places.take(tx, first, event, now=NOW, companions=1) is Place.PLACED
    assert await places.take(tx, second, event, now=NOW, companions=1) is Place.WAITING
    assert await places.take(tx, third, event, now=NOW) is Place.WAITING, "others wait already"
    assert await taken(tx, event) == (2, 2)


async def test_conflict_with_an_own_shift_names_it(tx: Tx) -> None:
    [person] = await by_name(tx, 1)
    morning = await an_event(tx, titles={"en": "Breakfast"})
    noon = await an_event(tx, starts_at=NOW + 10 * DAY + 3 * HOUR)
    await places.take(tx, person, morning, now=NOW)

    with pytest.raises(refused.Conflict) as refusal:
        await places.take(tx, person, noon, now=NOW)

    assert refusal.value.event.title("en") == "Breakfast"


async def test_shifts_one_after_the_other_are_no_conflict(tx: Tx) -> None:
    [person] = await by_name(tx, 1)
    morning = await an_event(tx)
    noon = await an_event(tx, starts_at=NOW + 10 * DAY + 4 * HOUR)
    await places.take(tx, person, morning, now=NOW)

    assert await places.take(tx, person, noon, now=NOW) is Place.PLACED


async def test_free_place_is_kept_for_who_waits(tx: Tx) -> None:
    event = await an_event(tx, capacity=1)
    first, second, third = await by_name(tx, 3)
    await places.take(tx, first, event, now=NOW)
    await places.take(tx, second, event, now=NOW)

    await places.give_back(tx, first, event, now=NOW)

    assert await places.take(tx, third, event, now=NOW) is Place.WAITING


async def test_first_tap_wins_in_the_last_hours(tx: Tx) -> None:
    event = await an_event(tx, capacity=1)
    first, second, third = await by_name(tx, 3)
    for one in (first, second, third):
        await places.take(tx, one, event, now=NOW)
    late = NOW + 10 * DAY - 11 * HOUR
    await places.give_back(tx, first, event, now=late)

    assert await places.take(tx, third, event, now=late) is Place.PLACED
    with pytest.raises(refused.Taken):
        await places.take(tx, second, event, now=late)

    assert await states(tx, event) == {
        first: Place.GIVEN_BACK,
        second: Place.WAITING,
        third: Place.PLACED,
    }


async def test_no_place_after_it_began_or_was_full(tx: Tx) -> None:
    first, second = await by_name(tx, 2)
    begun = await an_event(tx, starts_at=NOW)
    full = await an_event(tx, capacity=1, has_waitlist=False)
    await places.take(tx, first, full, now=NOW)

    with pytest.raises(refused.Over):
        await places.take(tx, first, begun, now=NOW)
    with pytest.raises(refused.Full):
        await places.take(tx, second, full, now=NOW)


async def test_who_gave_back_may_come_again_at_the_end(tx: Tx) -> None:
    event = await an_event(tx, capacity=1)
    first, second = await by_name(tx, 2)
    await places.take(tx, first, event, now=NOW)
    await places.take(tx, second, event, now=NOW)
    await places.give_back(tx, first, event, now=NOW)

    assert await places.take(tx, first, event, now=NOW + HOUR) is Place.WAITING

    mine = await listing.of(tx, event, first)
    assert mine is not None
    assert await listing.position(tx, mine) == 2


async def test_no_is_remembered_and_not_asked_again(tx: Tx) -> None:
    event = await an_event(tx)
    first, second, third = await by_name(tx, 3)
    await places.decline(tx, first, event, now=NOW)

    assert await places.ask(tx, [first, second, third], event, now=NOW) == [second, third]
    await places.decline(tx, second, event, now=NOW)
    assert await places.ask(tx, [first, second, third], event, now=NOW) == []

    assert await places.take(tx, third, event, now=NOW) is Place.PLACED


async def test_who_came_may_be_corrected(tx: Tx) -> None:
    event = await an_event(tx)
    first, second = await by_name(tx, 2)
    await places.take(tx, first, event, now=NOW)
    after = NOW + 10 * DAY + 5 * HOUR

    with pytest.raises(refused.TooEarly):
        await marking.mark(tx, first, event, came=True, via="link", now=NOW)
    await marking.mark(tx, first, event, came=False, via="link", now=after)
    await marking.mark(tx, first, event, came=True, via="link", now=after)
    with pytest.raises(refused.NoPlace):
        await marking.mark(tx, second, event, came=True, via="link", now=after)

    assert await states(tx, event) == {first: Place.ATTENDED}
    assert await taken(tx, event) == (1, 1)


async def test_place_cannot_be_given_back_once_it_began(tx: Tx) -> None:
    event = await an_event(tx)
    [person] = await by_name(tx, 1)
    await places.take(tx, person, event, now=NOW)

    with pytest.raises(refused.Over):
        await places.give_back(tx, person, event, now=NOW + 10 * DAY)
    with pytest.raises(refused.NoPlace):
        await places.confirm(tx, 0, event, now=NOW)  # type: ignore[arg-type]


async def test_list_names_everybody_in_order(tx: Tx) -> None:
    event = await an_event(tx)
    people = await by_name(tx, 3)
    for one in people:
        await places.take(tx, one, event, now=NOW)
    await places.confirm(tx, people[0], event, now=NOW)

    told = await places.on_the_list(tx, event)

    assert [(one.name, one.state, one.is_confirmed) for one in told] == [
        ("Person 0", Place.PLACED, True),
        ("Person 1", Place.PLACED, False),
        ("Person 2", Place.WAITING, False),
    ]
