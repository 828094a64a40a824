"""Two files that are one person: found, shown side by side, put together, nothing lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.events import tables as events
from bot.events.domain import ParticipantId, Place
from bot.language.catalog import Catalogs
from bot.people.domain import Role
from bot.storage.columns import metadata
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.service import doubles, keeping, linking, merging
from tests.support import volunteering_makers as make
from tests.support.signup_makers import Volunteering, a_desk, a_phone
from tests.support.volunteering_makers import KORTRIJK, NOW

AMINA, KAREN, LIEN = 5_000_000_001, 5_000_000_011, 5_000_000_012
DAY = timedelta(days=1)


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_desk(catalogs)


async def _coordinator(
    tx: Tx, desk: VolunteeringDesk, number: int = KAREN, office: str = ""
) -> Volunteering:
    phone = await a_phone(tx, desk, "Karen", number=number, role=Role.COORDINATOR)
    if office:
        row = {"office": office, "person_id": phone.person.id}
        await tx.execute(tx.insert(tables.office_coordinators).values(row))
    return phone


async def _two(tx: Tx, **gone: Any) -> tuple[int, int]:
    """Amina with Telegram, signed up today; Amina by name, enrolled a month ago."""
    person = await make.a_person(tx, AMINA)
    keep = await make.a_volunteer(
        tx, person=person, state=State.ENROLLED, decided_at=None, age_group=None
    )
    older: dict[str, Any] = {
        "now": NOW - 30 * DAY,
        "phone": "+32470123456",
        "motivation": "To learn Dutch",
    }
    other = await make.a_volunteer(tx, **(older | gone))
    return keep, other


async def _noted(tx: Tx, one: int, other: int) -> int:
    await doubles.note(tx, one, other, "name", now=NOW)
    return int(await tx.scalar(select(tables.doubles.c.id)))


async def _merged(phone: Volunteering, one: int, other: int) -> str:
    number = await _noted(phone.tx, one, other)
    await phone.press(f"vcdouble:{number}")
    await phone.tap("One person")
    return phone.text


async def _rows(tx: Tx, table: Any, **where: Any) -> list[Any]:
    wanted = select(table).where(*(table.c[name] == value for name, value in where.items()))
    return list(await tx.all(wanted))


async def test_signing_up_after_a_coordinator_did_is_found(tx: Tx, desk: VolunteeringDesk) -> None:
    await make.a_volunteer(tx, name="AMINA Rahimi")
    await make.a_volunteer(tx, name="Olena")
    await make.a_volunteer(tx, name="Amina", at=KORTRIJK)
    phone, karen = await a_phone(tx, desk), await _coordinator(tx, desk)
    await phone.signs_up()

    await karen.press("vcwork")
    await karen.tap("Perhaps one person (1)")
    await karen.tap("Amina")

    assert "Is this one person?" in karen.text
    assert "has Telegram" in karen.text
    assert "no Telegram" in karen.text


async def test_two_numbers_are_two_people(tx: Tx, desk: VolunteeringDesk) -> None:
    await make.a_volunteer(tx, phone="+32470111111")
    new = await make.a_volunteer(tx, phone="+32470222222")
    await doubles.look_for(tx, new, now=NOW)
    assert await tx.scalar(select(func.count()).select_from(tables.doubles)) == 0


async def test_same_number_in_another_town_is_found(tx: Tx, desk: VolunteeringDesk) -> None:
    await make.a_volunteer(tx, phone="+32470111111", at=KORTRIJK)
    new = await make.a_volunteer(tx, phone="+32470111111")
    await doubles.look_for(tx, new, now=NOW)
    assert [row["reason"] for row in await _rows(tx, tables.doubles)] == ["phone"]


async def test_file_that_stays_has_what_both_had(tx: Tx, desk: VolunteeringDesk) -> None:
    keep, gone = await _two(tx)
    for table, values in (
        (tables.notes, {"text": "Calls in the evening", "at": NOW}),
        (tables.consents, {"document": "conduct", "version": "1", "at": NOW, "via": "coordinator"}),
        (tables.follow_ups, {"due_on": date(2026, 12, 1), "what": "call"}),
    ):
        await tx.execute(tx.insert(table).values(volunteer_id=gone, **values))

    said = await _merged(await _coordinator(tx, desk), keep, gone)

    assert "The two files are one now." in said
    (file,) = await _rows(tx, tables.volunteers)
    assert (file["id"], file["state"]) == (keep, State.ACTIVE)
    assert file["enrolled_at"] == NOW - 30 * DAY
    assert (file["motivation"], file["age_group"]) == ("To learn Dutch", "adult")
    for table in (tables.notes, tables.consents, tables.follow_ups):
        assert [row["volunteer_id"] for row in await _rows(tx, table)] == [keep]
    assert [row["id"] for row in await _rows(tx, events.participants)] == [keep]


async def test_person_hears_that_the_files_are_one(tx: Tx, desk: VolunteeringDesk) -> None:
    keep, gone = await _two(tx)
    await _merged(await _coordinator(tx, desk), keep, gone)
    phone = await a_phone(tx, desk)
    assert any("put them together" in text for text in await phone.news())


async def test_place_that_both_had_is_free_for_somebody_else(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    keep, gone = await _two(tx)
    festival = await make.an_assignment(tx, await make.an_organisation(tx))
    both = await make.a_shift(tx, festival, NOW + 8 * DAY)
    other = await make.a_shift(tx, festival, NOW + 8 * DAY)
    await make.a_place(tx, both, keep)
    await make.a_place(tx, both, gone)
    await make.a_place(tx, other, gone)

    said = await _merged(await _coordinator(tx, desk), keep, gone)

    assert "There twice, and now once: Music festival" in said
    assert "At the same time: Music festival and Music festival" in said
    places = await _rows(tx, events.registrations)
    assert sorted((one["event_id"], one["participant_id"]) for one in places) == [
        (both, keep),
        (other, keep),
    ]
    taken = {row["id"]: row["taken"] for row in await _rows(tx, events.events)}
    assert taken == {both: 1, other: 1}


async def test_having_been_there_counts_more_than_having_missed_it(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    keep, gone = await _two(tx)
    festival = await make.an_assignment(tx, await make.an_organisation(tx))
    shift = await make.a_shift(tx, festival, NOW - 2 * DAY)
    await make.a_place(tx, shift, keep, Place.ABSENT)
    await make.a_place(tx, shift, gone, Place.ATTENDED)

    await _merged(await _coordinator(tx, desk), keep, gone)

    (place,) = await _rows(tx, events.registrations)
    assert (place["participant_id"], place["state"]) == (keep, Place.ATTENDED)
    assert (await _rows(tx, events.events))[0]["taken"] == 1


@pytest.mark.parametrize("approved", ["keep", "gone"])
async def test_hours_that_were_approved_stay(tx: Tx, desk: VolunteeringDesk, approved: str) -> None:
    keep, gone = await _two(tx)
    festival = await make.an_assignment(tx, await make.an_organisation(tx))
    for who, name in ((keep, "keep"), (gone, "gone")):
        is_approved = name == approved
        line = {
            "volunteer_id": who,
            "assignment_id": festival,
            "worked_on": date(2026, 11, 16),
            "minutes": 180 if is_approved else 60,
            "state": "approved" if is_approved else "derived",
            "created_at": NOW,
            "changed_at": NOW,
        }
        await tx.execute(tx.insert(tables.hours).values(line))

    said = await _merged(await _coordinator(tx, desk), keep, gone)

    assert "1 line of hours was there twice." in said
    (line,) = await _rows(tx, tables.hours)
    assert (line["volunteer_id"], line["minutes"]) == (keep, 180)


async def test_trajectory_that_is_further_stays_with_its_first_day(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    keep, gone = await _two(tx)
    for who, status, days in ((keep, "registered", 1), (gone, "active", 20)):
        path = {"volunteer_id": who, "status": status, "started_at": NOW - days * DAY}
        await tx.execute(tx.insert(tables.trajectories).values(**path, changed_at=NOW))

    said = await _merged(await _coordinator(tx, desk), keep, gone)

    assert "the one that is further stays" in said
    (path,) = await _rows(tx, tables.trajectories)
    assert (path["volunteer_id"], path["status"]) == (keep, "active")
    assert path["started_at"] == NOW - 20 * DAY


async def test_what_may_be_there_once_does_not_stop_it(tx: Tx, desk: VolunteeringDesk) -> None:
    keep, gone = await _two(tx)
    for who, answered in ((keep, None), (gone, NOW)):
        asked = {"volunteer_id": who, "about": "survey", "ref": "1", "asked_at": NOW}
        await tx.execute(
            tx.insert(tables.evaluation_requests).values(**asked, answered_at=answered)
        )

    await _merged(await _coordinator(tx, desk), keep, gone)

    (asked,) = await _rows(tx, tables.evaluation_requests)
    assert (asked["volunteer_id"], asked["answered_at"]) == (keep, NOW)


async def test_every_table_that_names_a_volunteer_is_moved() -> None:
    named = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.c
        if {key.target_fullname for key in column.foreign_keys}
        & {"volunteers.id", "participants.id"}
    }
    moved = {(table.name, column.name) for table, column in merging.owned()}
    by_events = {("registrations", "participant_id"), ("teams", "captain_id")}
    assert named - moved - by_events == {("volunteers", "id")}


async def test_two_different_people_are_not_asked_about_again(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    keep, gone = await _two(tx)
    karen = await _coordinator(tx, desk)
    number = await _noted(tx, keep, gone)
    await karen.press(f"vcdouble:{number}")
    await karen.tap("Two different people")
    assert "Nobody is on this list." in karen.text

    await doubles.note(tx, gone, keep, "name", now=NOW)
    await karen.press("vcwork")
    assert not [one for one in karen.buttons if "Perhaps" in one.label]
    await karen.press(f"vcmerge:{number}")
    assert "decided on these two files already" in karen.refused
    assert len(await _rows(tx, tables.volunteers)) == 2


async def test_forgotten_person_is_no_longer_one_of_two(tx: Tx, desk: VolunteeringDesk) -> None:
    keep, gone = await _two(tx)
    await _noted(tx, keep, gone)
    await keeping.strip(tx, ParticipantId(gone), now=NOW)
    assert await _rows(tx, tables.doubles) == []


async def test_second_tap_puts_nothing_together_twice(tx: Tx, desk: VolunteeringDesk) -> None:
    keep, gone = await _two(tx)
    karen = await _coordinator(tx, desk)
    number = await _noted(tx, keep, gone)
    await karen.press(f"vcmerge:{number}")
    await karen.press(f"vcmerge:{number}")
    assert "decided on these two files already" in karen.refused
    assert len(await _rows(tx, tables.volunteers)) == 1


async def test_two_own_accounts_are_never_put_together(tx: Tx, desk: VolunteeringDesk) -> None:
    one = await make.a_volunteer(tx, person=await make.a_person(tx, AMINA))
    other = await make.a_volunteer(tx, person=await make.a_person(tx, AMINA + 1))
    karen = await _coordinator(tx, desk)
    await karen.press(f"vcmerge:{await _noted(tx, one, other)}")
    assert "own Telegram" in karen.refused
    assert len(await _rows(tx, tables.volunteers)) == 2


async def test_only_coordinators_of_both_offices_see_it(tx: Tx, desk: VolunteeringDesk) -> None:
    keep, gone = await _two(tx, at=KORTRIJK)
    number = await _noted(tx, keep, gone)
    karen = await _coordinator(tx, desk, KAREN, "gent")
    await _coordinator(tx, desk, LIEN, "kortrijk")
    amina = await a_phone(tx, desk)

    for phone in (karen, amina):
        for action in ("vcdouble", "vcmerge", "vcpart"):
            await phone.press(f"{action}:{number}")
            assert phone.refused
    await karen.press("vcwork")
    assert not [one for one in karen.buttons if "Perhaps" in one.label]
    assert len(await _rows(tx, tables.volunteers)) == 2


async def test_own_file_and_somebody_elses_link_wait_for_the_coordinator(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    gone = await make.a_volunteer(tx, name="Mrs Rahimi", at=make.GENT)
    karen = await _coordinator(tx, desk)
    await karen.press(f"vcqr:{gone}")
    amina = await a_phone(tx, desk)
    await make.a_volunteer(tx, person=amina.person.id)
    code = await _code(karen)

    await amina.say(f"/start vlink_{code}")
    assert "Your coordinator puts both together" in amina.text
    await amina.say(f"/start vlink_{code}")
    assert "no longer works" in amina.text

    await karen.press("vcdoubles")
    await karen.tap("Amina")
    assert "opened the link of the other file" in karen.text
    await karen.tap("One person")
    assert len(await _rows(tx, tables.volunteers)) == 1


async def _code(karen: Volunteering) -> str:
    (gone,) = [
        row["id"] for row in await _rows(karen.tx, tables.volunteers) if row["source"] != "telegram"
    ]
    return await linking.make(karen.tx, karen.person, gone, now=NOW)  # type: ignore[arg-type]
