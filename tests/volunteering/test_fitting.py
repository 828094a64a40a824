"""Assignments that fit, as a volunteer sees them; one that lasts, from "I am interested" on."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.errors import Outdated, Refused
from bot.events import tables as events
from bot.events.domain import Place
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.people.domain import Person, Role, StaffOnly
from bot.storage.transaction import Tx
from bot.volunteering import chat, staff_chat, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Kind, State
from bot.volunteering.domain.enrolling import VERSIONS
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.domain.placing import DecidedAlready, NoPlaceLeft, NotApproved, NotForYou
from bot.volunteering.service import fitting, indexing
from tests.support import volunteering_makers as makers
from tests.support.event_makers import FIRST_ID, posted, somebody, texts
from tests.support.people_makers import GROUP, a_colleague, a_person, a_sender, tapped
from tests.support.shift_makers import a_volunteering_desk
from tests.support.volunteering_makers import ALWAYS, GENT, KORTRIJK, LEUVEN, NOW, free_on

SATURDAY = NOW + timedelta(days=8)


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_volunteering_desk(catalogs)


@pytest.fixture
def answers(desk: VolunteeringDesk) -> Routes:
    return routes.combine(chat.combined(desk), staff_chat.combined(desk))


async def a_volunteer(tx: Tx, number: int = 1, **file: Any) -> tuple[Person, int]:
    """Somebody with Telegram who is approved."""
    person = await a_person(tx, FIRST_ID + number, name="Amina", language="en")
    mine = await makers.a_volunteer(tx, person=person.id, **file)
    agreed = [
        {"volunteer_id": mine, "document": one, "version": version, "at": NOW, "via": "self"}
        for one, version in VERSIONS.items()
    ]
    await tx.execute(insert(tables.consents), agreed)
    return person, mine


async def taps(
    answers: Routes, tx: Tx, person: Person, data: str, *, group: bool = False, at: datetime = NOW
) -> tuple[str, list[str]]:
    """What is shown after a tap: the text without marks, and the buttons' actions."""
    tap = tapped(data, sender=a_sender(person.telegram_id), at=at, group=GROUP if group else None)
    known = answers.staff_actions if group else answers.actions
    return shown(await known[tap.action](tx, person, tap))


def shown(replies: list[Message]) -> tuple[str, list[str]]:
    """The last message with words."""
    one = replies[-1]
    assert isinstance(one, Edit | Outgoing)
    return bidi.strip_marks(one.text), [b.action or "" for row in one.buttons for b in row]


@pytest.mark.parametrize("data", ["vfit:0", "vshifts:0"])
async def test_numbers_on_buttons_begin_where_the_reader_begins(
    tx: Tx, answers: Routes, data: str
) -> None:
    amina, _ = await a_volunteer(tx)
    assignment = await makers.an_assignment(tx, await makers.an_organisation(tx), "Music festival")
    await makers.a_shift(tx, assignment, SATURDAY)
    dari = replace(amina, language="fa_AF")
    tap = tapped(data, sender=a_sender(amina.telegram_id), at=NOW)

    one = (await answers.actions[tap.action](tx, dari, tap))[-1]

    assert isinstance(one, Edit | Outgoing)
    label = one.buttons[0][0].label
    assert bidi.strip_marks(label) == "1. Music festival"
    assert label.startswith(bidi.RLM)


async def test_best_comes_first_with_its_reasons(tx: Tx, answers: Routes) -> None:
    amina, _ = await a_volunteer(
        tx, sectors=["festivals"], availability=free_on((5, 0), (5, 1)), languages={"en": 2}
    )
    host = await makers.an_organisation(tx)
    far = await makers.an_assignment(tx, host, "Harvest", at=LEUVEN, sector="nature")
    near = await makers.an_assignment(tx, host, "Music festival")
    dutch = await makers.an_assignment(tx, host, "Reading", languages={"nl": 2})
    later = await makers.a_shift(tx, near, SATURDAY + timedelta(days=1))
    first = await makers.a_shift(tx, near, SATURDAY)
    away = await makers.a_shift(tx, far, SATURDAY, at=LEUVEN)
    await makers.a_shift(tx, dutch, SATURDAY)

    text, buttons = await taps(answers, tx, amina, "vfit:0")

    assert buttons == [f"vshift:{first}", f"vshift:{away}", "vhome"]
    assert f"vshift:{later}" not in buttons
    assert "1. Music festival" in text
    assert "Saturday 28 November, 10:00" in text
    assert "Gent · De Centrale" in text
    assert "Dutch not needed · when you are free · you like this: Music festivals" in text
    assert "Reading" not in text


async def test_nothing_that_was_answered_full_or_in_the_way_is_shown(
    tx: Tx, answers: Routes
) -> None:
    amina, mine = await a_volunteer(tx)
    host = await makers.an_organisation(tx)

    async def a_shift(title: str, **further: Any) -> int:
        return await makers.a_shift(
            tx, await makers.an_assignment(tx, host, title), SATURDAY, **further
        )

    taken = await a_shift("Taken")
    await makers.a_place(tx, taken, mine)
    await a_shift("At the same time")
    declined = await a_shift("Declined")
    await makers.a_place(tx, declined, mine, Place.DECLINED)
    free: dict[str, Any] = {"starts_at": SATURDAY + timedelta(days=1)}
    full = await makers.a_shift(
        tx, await makers.an_assignment(tx, host, "Full"), **free, capacity=0, has_waitlist=False
    )
    waits = await makers.a_shift(
        tx, await makers.an_assignment(tx, host, "Waitlist"), **free, capacity=0
    )
    room = await makers.a_shift(tx, await makers.an_assignment(tx, host, "Room"), **free)

    text, buttons = await taps(answers, tx, amina, "vfit:0")

    assert buttons == [f"vshift:{room}", f"vshift:{waits}", "vhome"]
    assert f"vshift:{full}" not in buttons
    assert "Full: you can wait." in text


async def test_what_changed_since_the_index_was_read_is_not_shown(
    tx: Tx, answers: Routes, desk: VolunteeringDesk
) -> None:
    amina, _ = await a_volunteer(tx)
    host = await makers.an_organisation(tx)
    assignments = [await makers.an_assignment(tx, host, title) for title in "ABC"]
    shifts = [await makers.a_shift(tx, one, SATURDAY) for one in assignments]
    await indexing.refresh(desk.index, tx, now=NOW)

    table = events.events
    await tx.execute(update(table).where(table.c.id == shifts[0]).values(cancelled_at=NOW))
    closed = tables.assignments.c.id == assignments[1]
    await tx.execute(update(tables.assignments).where(closed).values(state="closed"))

    _, buttons = await taps(answers, tx, amina, "vfit:0")
    assert buttons == [f"vshift:{shifts[2]}", "vhome"]


async def test_own_profile_counts_as_it_is_now(
    tx: Tx, answers: Routes, desk: VolunteeringDesk
) -> None:
    amina, mine = await a_volunteer(tx, languages={"nl": 1})
    host = await makers.an_organisation(tx)
    assignment = await makers.an_assignment(tx, host, "Reading", languages={"nl": 3})
    shift = await makers.a_shift(tx, assignment, SATURDAY)
    assert (await taps(answers, tx, amina, "vfit:0"))[1] == ["ask", "vhome"]

    own = tables.volunteers.c.id == mine
    await tx.execute(update(tables.volunteers).where(own).values(languages={"nl": 3}))

    text, buttons = await taps(answers, tx, amina, "vfit:0")
    assert buttons == [f"vshift:{shift}", "vhome"]
    assert "you speak Dutch" in text


async def test_more_than_a_page_is_turned_there_and_back(tx: Tx, answers: Routes) -> None:
    amina, _ = await a_volunteer(tx)
    host = await makers.an_organisation(tx)
    for number in range(12):
        assignment = await makers.an_assignment(tx, host, f"Job {number}")
        await makers.a_shift(tx, assignment, SATURDAY)

    _, first = await taps(answers, tx, amina, "vfit:0")
    text, last = await taps(answers, tx, amina, "vfit:2")
    _, beyond = await taps(answers, tx, amina, "vfit:77")

    assert (first[-2:], len(first)) == (["vfit:1", "vhome"], 7)
    assert last[-2:] == ["vfit:1", "vhome"]
    assert "11. Job 10" in text
    assert beyond == last


@pytest.mark.parametrize("state", [State.ENROLLED, State.PAUSED, State.LEFT])
async def test_who_is_not_approved_is_told_so(tx: Tx, answers: Routes, state: State) -> None:
    amina, _ = await a_volunteer(tx, state=state)
    stranger, _ = await somebody(tx, 2)

    for person in (amina, stranger):
        with pytest.raises(NotApproved):
            await taps(answers, tx, person, "vfit:0")


@pytest.mark.parametrize("argument", ["", "x", "-1", "1" * 30, "1:2"])
async def test_forged_buttons_are_outdated(tx: Tx, answers: Routes, argument: str) -> None:
    amina, _ = await a_volunteer(tx)

    for action in ("vlast", "vlastask"):
        with pytest.raises(Outdated):
            await taps(answers, tx, amina, f"{action}:{argument}")


async def test_looking_takes_ten_statements(tx: Tx, answers: Routes) -> None:
    amina, _ = await a_volunteer(tx)
    host = await makers.an_organisation(tx)
    await makers.a_shift(tx, await makers.an_assignment(tx, host), SATURDAY)
    await taps(answers, tx, amina, "vfit:0")

    before = tx.statements
    await taps(answers, tx, amina, "vfit:0")

    assert tx.statements - before <= 9  # and one for who speaks


# -- an assignment that lasts ------------------------------------------------------------------


async def a_lasting_one(tx: Tx, **further: Any) -> int:
    """A buddy for somebody in Kortrijk."""
    host = await makers.an_organisation(tx, f"Host {further.get('wanted', 1)}")
    values: dict[str, Any] = {
        "kind": Kind.BUDDY,
        "texts": {"en": "Coffee once a week."},
        "availability": ALWAYS,
    }
    return await makers.an_assignment(tx, host, "Buddy", at=KORTRIJK, **(values | further))


async def a_coordinator(tx: Tx, number: int = 31) -> Person:
    """A colleague who may decide."""
    return replace(await a_colleague(tx, number), role=Role.COORDINATOR)


async def test_interest_reaches_the_team_and_the_yes_the_volunteer(tx: Tx, answers: Routes) -> None:
    amina, mine = await a_volunteer(tx, wishes=[Kind.BUDDY], motivation="Secret", at=GENT)
    karen = await a_coordinator(tx)
    assignment = await a_lasting_one(tx)

    text, buttons = await taps(answers, tx, amina, "vfit:0")
    assert buttons == [f"vlast:{assignment}", "vhome"]
    assert "🤝 Buddy" in text
    text, buttons = await taps(answers, tx, amina, f"vlast:{assignment}")
    assert "Coffee once a week." in text
    assert buttons == [f"vlastask:{assignment}", "vfit:0"]
    text, _ = await taps(answers, tx, amina, f"vlastask:{assignment}")
    assert "Your coordinator knows that you are interested" in text

    [card] = texts(await posted(tx, GROUP))
    assert "Secret" not in card
    assert "(Gent)" in card
    placement = await tx.scalar(select(tables.placements.c.id))
    text, buttons = await taps(answers, tx, karen, f"vcplace:{placement}:yes", group=True)
    assert "Buddy" in text
    assert buttons == []
    told, before = texts(await posted(tx, amina.telegram_id))
    assert "Before your first shift" in before
    assert "looks for somebody who fits you" in told
    row = await tx.one(select(tables.placements))
    assert row is not None
    assert (row["state"], row["volunteer_id"]) == ("accepted", mine)
    assert row["since"] is None  # begins when the other side has said yes
    assert (await taps(answers, tx, amina, "vfit:0"))[1] == ["ask", "vhome"]
    text, _ = await taps(answers, tx, amina, f"vlast:{assignment}")
    assert "Your coordinator said yes" in text


async def test_double_tap_asks_once(tx: Tx, answers: Routes) -> None:
    amina, _ = await a_volunteer(tx)
    assignment = await a_lasting_one(tx)
    await taps(answers, tx, amina, f"vlastask:{assignment}")

    with pytest.raises(NotForYou):
        await taps(answers, tx, amina, f"vlastask:{assignment}")

    assert len(await posted(tx, GROUP)) == 1


async def test_two_coordinators_decide_once_and_the_no_is_kind(tx: Tx, answers: Routes) -> None:
    amina, _ = await a_volunteer(tx)
    assignment = await a_lasting_one(tx)
    await taps(answers, tx, amina, f"vlastask:{assignment}")
    placement = await tx.scalar(select(tables.placements.c.id))
    karen, jan = await a_coordinator(tx, 31), await a_coordinator(tx, 32)

    text, buttons = await taps(answers, tx, karen, "vcplaces")
    assert buttons == [f"vcdecide:{placement}:yes", f"vcdecide:{placement}:no", "vcdesk"]
    text, _ = await taps(answers, tx, karen, f"vcdecide:{placement}:no")
    assert "Nobody waits" in text
    with pytest.raises(DecidedAlready):
        await taps(answers, tx, jan, f"vcplace:{placement}:yes", group=True)

    [told] = texts(await posted(tx, amina.telegram_id))
    assert "it does not work out this time" in told
    with pytest.raises(NotForYou):
        await taps(answers, tx, amina, f"vlastask:{assignment}")


async def test_no_more_are_approved_than_are_wanted(tx: Tx, answers: Routes) -> None:
    assignment, karen = await a_lasting_one(tx, wanted=2), await a_coordinator(tx)
    people = [(await a_volunteer(tx, number))[0] for number in (1, 2, 3)]
    for person in people[:2]:
        await taps(answers, tx, person, f"vlastask:{assignment}")
    assert (await taps(answers, tx, people[2], "vfit:0"))[1] == ["ask", "vhome"]
    text, buttons = await taps(answers, tx, people[2], f"vlast:{assignment}")
    assert "There is no place left here" in text
    assert buttons == ["vfit:0"]

    one = tables.assignments.c.id == assignment
    await tx.execute(update(tables.assignments).where(one).values(wanted=1))
    first, second = [row["id"] for row in await tx.all(select(tables.placements.c.id))]
    await taps(answers, tx, karen, f"vcplace:{first}:yes", group=True)
    with pytest.raises(NoPlaceLeft):
        await taps(answers, tx, karen, f"vcplace:{second}:yes", group=True)


async def test_only_coordinators_of_the_office_decide(tx: Tx, answers: Routes) -> None:
    amina, _ = await a_volunteer(tx)
    assignment = await a_lasting_one(tx)
    await taps(answers, tx, amina, f"vlastask:{assignment}")
    placement = await tx.scalar(select(tables.placements.c.id))
    karen, jan = await a_coordinator(tx, 31), await a_coordinator(tx, 32)
    table = tables.office_coordinators
    await tx.execute(table.insert().values(office="kortrijk", person_id=jan.id))

    for person in (amina, replace(karen, role=Role.STAFF)):
        with pytest.raises(StaffOnly):
            await taps(answers, tx, person, f"vcplace:{placement}:yes", group=True)
        with pytest.raises(StaffOnly):
            await taps(answers, tx, person, "vcplaces")
    with pytest.raises(NotYourOffice):
        await taps(answers, tx, karen, f"vcplace:{placement}:yes", group=True)
    assert (await taps(answers, tx, karen, "vcplaces"))[1] == ["vcdesk"]
    await taps(answers, tx, jan, f"vcplace:{placement}:yes", group=True)


@pytest.mark.parametrize("argument", ["", "1", "1:maybe", "x:yes", "1:yes:no", "9" * 30 + ":yes"])
async def test_forged_decisions_are_refused(tx: Tx, answers: Routes, argument: str) -> None:
    karen = await a_coordinator(tx)

    with pytest.raises(Refused):
        await taps(answers, tx, karen, f"vcplace:{argument}", group=True)


async def test_who_was_forgotten_can_no_longer_be_approved(tx: Tx, answers: Routes) -> None:
    amina, mine = await a_volunteer(tx)
    assignment = await a_lasting_one(tx)
    await taps(answers, tx, amina, f"vlastask:{assignment}")
    placement = await tx.scalar(select(tables.placements.c.id))
    own = tables.volunteers.c.id == mine
    await tx.execute(update(tables.volunteers).where(own).values(state=State.LEFT))

    with pytest.raises(Outdated):
        await taps(answers, tx, await a_coordinator(tx), f"vcplace:{placement}:yes", group=True)


async def test_best_volunteers_of_a_shift_leave_out_whoever_is_taken_up(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    host = await makers.an_organisation(tx)
    shift = await makers.a_shift(tx, await makers.an_assignment(tx, host), SATURDAY)
    other = await makers.a_shift(tx, await makers.an_assignment(tx, host), SATURDAY)
    names = ["Near", "Far", "Busy", "Asked", "Declined", "Gone"]
    who = {
        name: await makers.a_volunteer(tx, name=name, at=KORTRIJK if name == "Far" else GENT)
        for name in names
    }
    await makers.a_place(tx, other, who["Busy"])
    await makers.a_place(tx, shift, who["Asked"], Place.ASKED)
    await makers.a_place(tx, shift, who["Declined"], Place.DECLINED)
    await indexing.refresh(desk.index, tx, now=NOW)
    gone = tables.volunteers.c.id == who["Gone"]
    await tx.execute(update(tables.volunteers).where(gone).values(state=State.PAUSED))

    found = await fitting.candidates(desk, tx, shift, now=NOW)

    assert [one.name for one in found] == ["Near", "Far"]
    assert not any(one.has_telegram for one in found)
