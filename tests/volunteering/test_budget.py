"""What volunteers and contact persons do often has ten statements: as long as a shift is full of
people, a screen must not become slow."""

from datetime import datetime
from typing import Any

import pytest

from bot.dialog import routes
from bot.events import chat as events_chat
from bot.events.domain import EventId, Place
from bot.events.service import listing, places, waitlist
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from bot.volunteering import chat
from tests.support import event_makers, shift_makers
from tests.support.dialog_makers import Phone
from tests.support.event_makers import DAY, HOUR, NOW, states
from tests.support.people_makers import a_person

STATEMENTS = 9  # and one for who speaks
ONCE_A_SHIFT = 21  # the whole list is saved: places, hours, trajectories, and a question
OVER = NOW + 10 * DAY + 5 * HOUR
ELS = 9_000_000_001


def _phone(tx: Tx, catalogs: Catalogs, person: Any) -> Phone:
    desk = shift_makers.a_volunteering_desk(catalogs)
    answers = routes.combine(
        events_chat.combined(event_makers.a_desk(catalogs)), chat.combined(desk)
    )
    return Phone(tx, catalogs, further=answers, person=person, at=NOW)


async def _spent(phone: Phone, data: str) -> int:
    before = phone.tx.statements
    await phone.press(data)
    assert not phone.refused, data
    savepoint = 0 if phone.tx.is_sqlite else 2  # there it travels with the next statement
    return phone.tx.statements - before - savepoint


@pytest.fixture
async def els(tx: Tx, catalogs: Catalogs) -> Phone:
    """The contact person of the first organisation."""
    person = await a_person(tx, ELS, name="Els")
    await shift_makers.a_contact(tx, await shift_makers.an_organisation(tx), person)
    return _phone(tx, catalogs, person)


async def _a_full_shift(tx: Tx, *, people: int, starts_at: datetime) -> EventId:
    event = await shift_makers.a_shift(tx, organisation=1, capacity=people, starts_at=starts_at)
    for number in range(people):
        _, mine = await shift_makers.a_volunteer(tx, 100 * people + number)
        await places.take(tx, mine, event, now=NOW)
    return event


async def test_volunteer_spends_ten_statements_on_a_shift(tx: Tx, catalogs: Catalogs) -> None:
    host = await shift_makers.an_organisation(tx)
    free = await shift_makers.a_shift(tx, organisation=host, starts_at=NOW + 9 * DAY)
    amina, mine = await shift_makers.a_volunteer(tx)
    phone = _phone(tx, catalogs, amina)
    _, other = await shift_makers.a_volunteer(tx, 2)
    full = await shift_makers.a_shift(tx, organisation=host, capacity=1)
    await places.take(tx, other, full, now=NOW)

    spent = {
        data: await _spent(phone, data)
        for data in (
            *("vshifts:0", f"vshift:{free}", f"vtake:{free}", f"ecome:{free}", f"ecannot:{free}"),
            *(f"vtake:{full}", "vmine", f"vshift:{full}", f"egive:{free}", f"ejoin:{free}"),
        )
    }

    assert {data: many for data, many in spent.items() if many > STATEMENTS} == {}
    found = await states(tx, full)
    assert (found[mine], (await states(tx, free))[mine]) == (Place.WAITING, Place.PLACED)


async def test_volunteer_spends_ten_statements_on_an_offer(tx: Tx, catalogs: Catalogs) -> None:
    event = await shift_makers.a_shift(tx, capacity=1)
    _, first = await shift_makers.a_volunteer(tx, 2)
    amina, mine = await shift_makers.a_volunteer(tx)
    for one in (first, mine):
        await places.take(tx, one, event, now=NOW)
    await places.give_back(tx, first, event, now=NOW)
    await waitlist.fill(event_makers.a_desk(catalogs), tx, event, now=NOW)
    assert (await states(tx, event))[mine] is Place.OFFERED

    assert await _spent(_phone(tx, catalogs, amina), f"eyes:{event}") <= STATEMENTS
    assert (await states(tx, event))[mine] is Place.PLACED


async def test_list_of_own_shifts_costs_the_same_however_long_it_is(
    tx: Tx, catalogs: Catalogs
) -> None:
    amina, mine = await shift_makers.a_volunteer(tx)
    _, other = await shift_makers.a_volunteer(tx, 2)
    host = await shift_makers.an_organisation(tx)
    phone, spent = _phone(tx, catalogs, amina), []
    for number in range(4):
        event = await shift_makers.a_shift(
            tx, organisation=host, capacity=1, starts_at=NOW + (number + 2) * DAY
        )
        await places.take(tx, other, event, now=NOW)
        await places.take(tx, mine, event, now=NOW)
        spent.append(await _spent(phone, "vmine"))

    assert len(set(spent)) == 1
    assert await _spent(phone, "vshifts:0") <= STATEMENTS


async def test_ticking_costs_the_same_however_long_the_list_is(tx: Tx, els: Phone) -> None:
    els.at, spent = OVER, []
    for people in (3, 12):
        event = await _a_full_shift(tx, people=people, starts_at=NOW + 10 * DAY - people * 5 * HOUR)
        first, second, *_ = [one.participant for one in await listing.on_the_list(tx, event)]
        costs = [
            await _spent(els, data)
            for data in (
                *(
                    f"vatt:{event}:0",
                    f"vattick:{event}:0:{first}:1",
                    f"vattick:{event}:0:{second}:1",
                ),
                *(f"vattick:{event}:0:{second}:0", f"vatime:{event}:0:{first}:90"),
            )
        ]
        assert max(costs) <= STATEMENTS, costs
        whole = await _spent(els, f"vatok:{event}:0")
        assert whole <= ONCE_A_SHIFT
        spent.append((*costs, whole))
        found = await states(tx, event)
        assert [found[first], found[second]] == [Place.ATTENDED, Place.ABSENT]

    assert spent[0] == spent[1]
