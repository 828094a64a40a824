"""Volunteers look at shifts, take them and give them back; who may not, hears why."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.delivery.messages import Edit, File, Location, Message, Outgoing
from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.errors import Outdated, Refused
from bot.events import chat as events_chat
from bot.events.domain import Place
from bot.events.domain import refusals as refused
from bot.events.service import marking, places
from bot.language.catalog import Catalogs
from bot.people.domain import Person, Role, StaffOnly
from bot.storage.transaction import Tx
from bot.volunteering import chat, staff_chat
from bot.volunteering.chat import shifts as shifts_chat
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import taking
from bot.volunteering.service import calling
from bot.volunteering.tables import consents
from tests.support.event_makers import DAY, HOUR, MINUTE, NOW, a_desk, an_event, somebody, states
from tests.support.people_makers import GROUP, a_colleague, a_sender, tapped
from tests.support.shift_makers import (
    a_shift,
    a_volunteer,
    a_volunteering_desk,
    an_organisation,
    without_telegram,
)


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_volunteering_desk(catalogs)


@pytest.fixture
def answers(catalogs: Catalogs, desk: VolunteeringDesk) -> Routes:
    return routes.combine(
        events_chat.combined(a_desk(catalogs)), chat.combined(desk), staff_chat.combined(desk)
    )


async def _tap(
    answers: Routes, tx: Tx, person: Person, data: str, at: object = NOW
) -> list[Message]:
    tap = tapped(data, sender=a_sender(person.telegram_id), at=at)  # type: ignore[arg-type]
    return await answers.actions[tap.action](tx, person, tap)


def _screen(replies: list[Message]) -> tuple[str, list[str]]:
    [one] = replies
    assert isinstance(one, Edit | Outgoing)
    return one.text, [button.action or "" for row in one.buttons for button in row]


async def test_shift_is_chosen_taken_confirmed_and_given_back(tx: Tx, answers: Routes) -> None:
    event = await a_shift(tx)
    amina, mine = await a_volunteer(tx)

    text, buttons = _screen(await _tap(answers, tx, amina, "vshifts:0"))
    assert "Laying tables" in text
    assert "2 places are free." in text
    assert buttons == [f"vshift:{event}", "vmine", "vhome"]
    text, buttons = _screen(await _tap(answers, tx, amina, f"vshift:{event}"))
    assert "Vooruit" in text
    assert "Samen koken en dekken" in text
    assert "Karen" not in text, "the contact's number is for who comes"
    assert buttons == [f"vtake:{event}", f"vask:e{event}", "vshifts:0"]
    text, buttons = _screen(await _tap(answers, tx, amina, f"vtake:{event}"))
    assert "The place is yours." in text
    assert "Karen" in text
    assert buttons == [f"emap:{event}", f"eics:{event}", f"ecannot:{event}", "vmine"]
    text, _ = _screen(await _tap(answers, tx, amina, f"ecome:{event}"))
    assert "Good, see you then!" in text
    text, _ = _screen(await _tap(answers, tx, amina, "vmine"))
    assert "You come." in text
    text, buttons = _screen(await _tap(answers, tx, amina, f"ecannot:{event}"))
    assert buttons == [f"egive:{event}", f"ecome:{event}"]
    await _tap(answers, tx, amina, f"egive:{event}")
    assert await states(tx, event) == {mine: Place.GIVEN_BACK}
    text, _ = _screen(await _tap(answers, tx, amina, "vmine"))
    assert "You have no shifts at the moment." in text


async def test_map_and_calendar_come_as_messages_of_their_own(
    tx: Tx, answers: Routes, catalogs: Catalogs
) -> None:
    event = await a_shift(tx)
    amina, _ = await a_volunteer(tx)

    [pin] = await _tap(answers, tx, amina, f"emap:{event}")
    [file] = await _tap(answers, tx, amina, f"eics:{event}")

    assert isinstance(pin, Location)
    assert (round(pin.latitude, 2), round(pin.longitude, 2)) == (51.05, 3.73)
    assert isinstance(file, File)
    made = await events_chat.makers(a_desk(catalogs))["event_ics"](tx, file.made.id)
    assert isinstance(made, bytes)
    assert b"SUMMARY:Laying tables" in made


async def test_full_shift_puts_on_the_waitlist_with_the_position(tx: Tx, answers: Routes) -> None:
    event = await a_shift(tx, capacity=1)
    for number in (1, 2, 3):
        person, _ = await a_volunteer(tx, number)
        text, _ = _screen(await _tap(answers, tx, person, f"vtake:{event}"))

    assert "You are on the waitlist, number 2." in text
    text, buttons = _screen(await _tap(answers, tx, person, f"vshift:{event}"))
    assert "You wait, number 2." in text
    assert buttons == [f"egive:{event}", f"vask:e{event}", "vmine"]


async def test_conflict_shows_the_other_shift_and_how_to_give_it_back(
    tx: Tx, answers: Routes
) -> None:
    host = await an_organisation(tx)
    event = await a_shift(tx, organisation=host)
    other = await a_shift(
        tx, organisation=host, titles={"en": "Garden"}, starts_at=NOW + 10 * DAY + HOUR
    )
    amina, mine = await a_volunteer(tx)
    await places.take(tx, mine, other, now=NOW)

    text, buttons = _screen(await _tap(answers, tx, amina, f"vtake:{event}"))

    assert "At that time you have" in text
    assert "Garden" in text
    assert buttons == [f"ecannot:{other}", "vmine"]
    assert await states(tx, event) == {}


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        ("enrolled", taking.NotApproved),
        ("refused", taking.NotApproved),
        ("paused", taking.Paused),
        ("left", taking.Paused),
    ],
)
async def test_who_is_not_approved_takes_nothing(
    tx: Tx, answers: Routes, state: str, refusal: type[Refused]
) -> None:
    event = await a_shift(tx)
    amina, _ = await a_volunteer(tx, state=state)

    with pytest.raises(refusal):
        await _tap(answers, tx, amina, f"vtake:{event}")


async def test_strangers_take_nothing_by_any_button(tx: Tx, answers: Routes) -> None:
    event = await a_shift(tx)
    stranger, _ = await somebody(tx, 9)

    with pytest.raises(taking.NotAVolunteer):
        await _tap(answers, tx, stranger, f"vtake:{event}")
    for action in ("eyes", "ejoin", "ecome", "ecannot", "egive"):
        with pytest.raises(refused.NoPlace):
            await _tap(answers, tx, stranger, f"{action}:{event}")
    assert await states(tx, event) == {}


async def test_who_is_too_young_hears_from_which_age(tx: Tx, answers: Routes) -> None:
    event = await a_shift(tx, least_age=18)
    amina, _ = await a_volunteer(tx, age_group="16_17")
    olena, _ = await a_volunteer(tx, 2, age_group="adult")

    with pytest.raises(taking.TooYoung) as refusal:
        await _tap(answers, tx, amina, f"vtake:{event}")
    assert refusal.value.values == {"age": 18}
    await _tap(answers, tx, olena, f"vtake:{event}")


async def test_rules_that_changed_are_agreed_to_before_the_next_shift(
    tx: Tx, answers: Routes
) -> None:
    event = await a_shift(tx)
    amina, mine = await a_volunteer(tx)
    own = consents.c.volunteer_id == mine
    await tx.execute(update(consents).where(own).values(version="0"))

    _, buttons = _screen(await _tap(answers, tx, amina, f"vtake:{event}"))

    assert buttons == ["vagree", "vshifts:0"]
    assert await states(tx, event) == {}


async def test_button_of_a_talk_or_of_nothing_takes_no_shift(tx: Tx, answers: Routes) -> None:
    talk = await an_event(tx, kind="talk")
    amina, _ = await a_volunteer(tx)

    for argument in (str(talk), "4711", "", "x", "-1", "9" * 30, "٣"):
        with pytest.raises(Outdated):
            await _tap(answers, tx, amina, f"vtake:{argument}")


async def test_what_one_said_no_to_is_not_shown_again(tx: Tx, answers: Routes) -> None:
    event = await a_shift(tx)
    amina, mine = await a_volunteer(tx)
    await places.ask(tx, [mine], event, now=NOW)
    text, _ = _screen(await _tap(answers, tx, amina, "vmine"))
    assert "You are asked for this" in text

    await _tap(answers, tx, amina, f"eno:{event}")

    text, _ = _screen(await _tap(answers, tx, amina, "vshifts:0"))
    assert "There are no shifts to take right now." in text


async def test_shifts_come_in_pages_by_date(tx: Tx, answers: Routes) -> None:
    host = await an_organisation(tx)
    events = [
        await a_shift(tx, organisation=host, starts_at=NOW + (20 - n) * DAY) for n in range(8)
    ]
    amina, _ = await a_volunteer(tx)

    _, first = _screen(await _tap(answers, tx, amina, "vshifts:0"))
    _, second = _screen(await _tap(answers, tx, amina, "vshifts:1"))

    in_order = [f"vshift:{one}" for one in reversed(events)]
    assert first == [*in_order[:6], "vshifts:1", "vmine", "vhome"]
    assert second == [*in_order[6:], "vshifts:0", "vmine", "vhome"]


async def test_buttons_work_days_later_and_not_after_the_end(tx: Tx, answers: Routes) -> None:
    event = await a_shift(tx)
    amina, mine = await a_volunteer(tx)
    await places.take(tx, mine, event, now=NOW)

    await _tap(answers, tx, amina, f"ecome:{event}", at=NOW + 9 * DAY)
    with pytest.raises(refused.Over):
        await _tap(answers, tx, amina, f"egive:{event}", at=NOW + 10 * DAY)
    with pytest.raises(refused.Over):
        await _tap(answers, tx, amina, f"ecome:{event}", at=NOW + 11 * DAY)


async def test_coordinator_enters_what_was_said_on_the_telephone(tx: Tx, answers: Routes) -> None:
    event = await a_shift(tx, capacity=1)
    _, first = await a_volunteer(tx)
    fatima = await without_telegram(tx)
    await places.take(tx, first, event, now=NOW)
    await places.take(tx, fatima, event, now=NOW)
    late = NOW + 10 * DAY - HOUR
    await places.give_back(tx, first, event, now=late)
    joris = await a_colleague(tx, 77)
    tap = tapped(f"vccall:{event}:{fatima}:yes", sender=a_sender(77), group=GROUP, at=late)

    with pytest.raises(StaffOnly):
        await answers.staff_actions["vccall"](tx, joris, tap)
    karen = _as_coordinator(joris)
    [done] = await answers.staff_actions["vccall"](tx, karen, tap)

    assert isinstance(done, Edit)
    assert "Fatima" in done.text
    assert (await states(tx, event))[fatima] is Place.PLACED
    after = NOW + 10 * DAY + 5 * HOUR
    await marking.mark(tx, fatima, event, came=False, via="link", now=after)
    await calling.answered(tx, karen, event, fatima, "came", now=after + MINUTE)
    assert (await states(tx, event))[fatima] is Place.ATTENDED


def _as_coordinator(person: Person) -> Person:
    return replace(person, role=Role.COORDINATOR)


async def test_own_shifts_stand_under_my_things(tx: Tx, desk: VolunteeringDesk) -> None:
    event = await a_shift(tx)
    amina, mine = await a_volunteer(tx)
    await places.take(tx, mine, event, now=NOW)

    [(line, button)] = await shifts_chat.my_things(desk)(tx, amina, NOW)

    assert "Laying tables" in line
    assert button is not None
    assert button.action == "vmine"
