"""The coordinator's day: the worklist, a volunteer's file, notes, reminders, pause and stop."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.delivery.messages import Outgoing
from bot.events.domain import Place
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people.domain import Person, Role, StaffOnly
from bot.schedule import due
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import jobs, staff_chat, tables
from bot.volunteering.domain import State
from bot.volunteering.domain import guiding as domain
from bot.volunteering.domain.guiding import NotActive, Pile
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.service import guiding, worklist
from bot.volunteering.service.mornings import plan
from tests.support import volunteering_makers as making
from tests.support.dialog_makers import Phone
from tests.support.event_makers import posted, states
from tests.support.organisation_makers import a_colleague
from tests.support.shift_makers import a_volunteering_desk
from tests.support.volunteering_makers import GENT, KORTRIJK, NOW

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
KAREN, LIEN = 5_000_000_011, 5_000_000_012


async def a_coordinator(
    tx: Tx, telegram_id: int = KAREN, *, language: str = "en", office: str = ""
) -> Person:
    """A colleague who guides volunteers; of one office, or of all that have nobody."""
    found = await a_colleague(tx, telegram_id)
    if office:
        row = {"office": office, "person_id": found.id}
        await tx.execute(insert(tables.office_coordinators).values(row))
    return (await people.choose_language(tx, found, language, now=NOW))[0]


async def worked(tx: Tx, volunteer: int, at: datetime = NOW - 2 * DAY) -> None:
    """Somebody was at a shift."""
    owner = await making.an_organisation(tx, f"Club {volunteer} {at}")
    shift = await making.a_shift(tx, await making.an_assignment(tx, owner), at)
    await making.a_place(tx, shift, volunteer, Place.ATTENDED)


async def piles(tx: Tx, person: Person) -> dict[str, list[str]]:
    """The names on each list, as they stand."""
    return {
        pile: [one.name for one in (await _listed(tx, person, pile)).cards] for pile in domain.TO_DO
    }


async def _listed(tx: Tx, person: Person, pile: Pile, page: int = 0) -> domain.Listed:
    return await worklist.listed(tx, person, pile, page=page, now=NOW)


@pytest.mark.parametrize(
    ("today", "before"),
    [
        ("2026-11-20", "2026-11-16T23:00"),  # Friday: Tuesday, Wednesday and Thursday are over
        ("2026-11-23", "2026-11-17T23:00"),  # Monday: the weekend does not count
        ("2026-11-12", "2026-11-05T23:00"),  # Armistice Day neither
    ],
)
def test_three_working_days(today: str, before: str) -> None:
    now = datetime.fromisoformat(f"{today}T09:00+00:00")

    assert domain.unanswered_before(now).isoformat()[:16] == before


async def test_each_waits_on_their_own_list(tx: Tx) -> None:
    karen = await a_coordinator(tx)
    await making.a_volunteer(tx, name="Late", state="enrolled", enrolled_at=NOW - 5 * DAY)
    await making.a_volunteer(tx, name="New", state="enrolled", enrolled_at=NOW - DAY)
    await making.a_volunteer(tx, name="Free")
    await worked(tx, await making.a_volunteer(tx, name="First"))
    await worked(tx, await making.a_volunteer(tx, name="Called", first_shift_called_at=NOW))
    plan_ = await making.a_volunteer(tx, name="Plan", first_shift_called_at=NOW)
    await worked(tx, plan_)
    old = await making.a_volunteer(tx, name="Old", state="paused")
    older = {"document": "conduct", "version": "0", "at": NOW, "via": "self"}
    await tx.execute(insert(tables.consents).values(volunteer_id=old, **older))
    await guiding.remind(tx, karen, plan_, NOW.date(), "call", now=NOW)
    await guiding.remind(tx, karen, plan_, NOW.date() + DAY, "later", now=NOW)

    assert await piles(tx, karen) == {
        Pile.SIGN_UPS: ["Late"],
        Pile.FOLLOW_UPS: ["Plan"],
        Pile.FIRST: ["First"],
        Pile.UNPLACED: ["Free"],
        Pile.OLD: ["Old"],
    }
    counts = await worklist.counts(tx, karen, now=NOW)
    assert counts == dict.fromkeys(domain.TO_DO, 1)


async def test_offices_of_others_stay_theirs(tx: Tx) -> None:
    karen = await a_coordinator(tx, office="gent")
    lien = await a_coordinator(tx, LIEN, office="kortrijk")
    gent = await making.a_volunteer(tx, name="Gent", at=GENT)
    await making.a_volunteer(tx, name="Kortrijk", at=KORTRIJK)

    assert (await piles(tx, karen))[Pile.UNPLACED] == ["Gent"]
    assert (await piles(tx, lien))[Pile.UNPLACED] == ["Kortrijk"]
    assert [one.name for one in await worklist.named(tx, lien, "e")] == []
    for refused in (
        guiding.file(tx, lien, gent, now=NOW),
        guiding.note(tx, lien, gent, "x", now=NOW),
        guiding.remind(tx, lien, gent, NOW.date(), "", now=NOW),
        guiding.called(tx, lien, gent, now=NOW),
        guiding.pause(tx, lien, gent, now=NOW),
        guiding.stop(tx, lien, gent, "work", now=NOW),
    ):
        with pytest.raises(NotYourOffice):
            await refused


async def test_only_coordinators(tx: Tx) -> None:
    lien = await a_colleague(tx, LIEN, Role.STAFF)
    volunteer = await making.a_volunteer(tx)
    for refused in (
        worklist.counts(tx, lien, now=NOW),
        worklist.listed(tx, lien, Pile.ALL, page=0, now=NOW),
        worklist.named(tx, lien, "am"),
        guiding.file(tx, lien, volunteer, now=NOW),
        guiding.tick_off(tx, lien, 1, now=NOW),
    ):
        with pytest.raises(StaffOnly):
            await refused


async def test_long_list_is_turned(tx: Tx) -> None:
    karen = await a_coordinator(tx)
    for number in range(domain.PAGE + 1):
        await making.a_volunteer(tx, name=f"V{number}", enrolled_at=NOW - number * DAY)

    first = await _listed(tx, karen, Pile.UNPLACED)
    last = await _listed(tx, karen, Pile.UNPLACED, page=1)

    assert (len(first.cards), first.has_more, first.cards[0].name) == (8, True, "V8")
    assert ([one.name for one in last.cards], last.has_more) == (["V0"], False)


async def test_stopping_gives_places_back_once(tx: Tx) -> None:
    karen = await a_coordinator(tx)
    amina = await making.a_volunteer(tx)
    owner = await making.an_organisation(tx)
    shift = await making.a_shift(tx, await making.an_assignment(tx, owner), NOW + 3 * DAY)
    await making.a_place(tx, shift, amina)
    await guiding.remind(tx, karen, amina, NOW.date(), "", now=NOW)

    await guiding.stop(tx, karen, amina, "work", now=NOW)

    assert await states(tx, shift) == {amina: Place.GIVEN_BACK}
    row = await guiding.theirs(tx, karen, amina)
    assert (row["state"], row["left_reason"], row["left_at"]) == ("left", "work", NOW)
    assert not any((await worklist.counts(tx, karen, now=NOW)).values())
    with pytest.raises(NotActive):
        await guiding.stop(tx, karen, amina, "work", now=NOW)


async def test_pause_and_back(tx: Tx) -> None:
    karen = await a_coordinator(tx)
    amina = await making.a_volunteer(tx)

    await guiding.pause(tx, karen, amina, now=NOW)
    with pytest.raises(NotActive):
        await guiding.pause(tx, karen, amina, now=NOW)
    assert (await guiding.file(tx, karen, amina, now=NOW)).state == "paused"
    await guiding.resume(tx, karen, amina, now=NOW)

    assert (await guiding.file(tx, karen, amina, now=NOW)).state == "active"


async def test_reminder_of_another_coordinator_is_not_mine(tx: Tx) -> None:
    karen, lien = await a_coordinator(tx), await a_coordinator(tx, LIEN)
    amina = await making.a_volunteer(tx)
    await guiding.remind(tx, karen, amina, NOW.date(), "call", now=NOW)

    assert (await piles(tx, karen))[Pile.FOLLOW_UPS] == ["Amina"]
    assert (await piles(tx, lien))[Pile.FOLLOW_UPS] == []


def _phone(tx: Tx, catalogs: Catalogs, karen: Person) -> Phone:
    shown: Any = staff_chat.combined(a_volunteering_desk(catalogs, offices=making.OFFICES))
    phone = Phone(tx, catalogs, (), person=karen, at=NOW)  # type: ignore[arg-type]
    phone.further = shown
    return phone


@pytest.mark.parametrize("language", ["nl", "fa_AF"])
async def test_a_morning_with_a_volunteer(tx: Tx, catalogs: Catalogs, language: str) -> None:
    karen = await a_coordinator(tx, language=language)
    _ = catalogs.words(language)
    amina = await making.a_volunteer(tx, name="Amina", enrolled_at=NOW - 9 * DAY)
    await worked(tx, amina)
    phone = _phone(tx, catalogs, karen)

    await phone.press("vcwork")
    await phone.tap(_.label("📞 Call after first shift ({n})", n=1))
    await phone.tap("Amina")
    assert "Amina" in phone.text
    await phone.tap(_.label("✔️ I have called"))
    await phone.tap(_.label("📝 Note"))
    await phone.say("Liked the kitchen")
    assert "Liked the kitchen" in phone.text
    await phone.tap(_.label("⏰ Remind me"))
    await phone.tap(_.label("In three weeks"))
    await phone.say("Ask about the bike")
    assert "Ask about the bike" in phone.text

    rows = await tx.all(select(tables.follow_ups))
    assert [row["due_on"] for row in rows] == [NOW.date() + 21 * DAY]
    phone.later(days=21)
    await phone.press("vcwork")
    await phone.tap(_.label("⏰ Today ({n})", n=1))
    await phone.tap("Amina")
    await phone.tap("Ask about the bike")
    assert "Ask about the bike" not in phone.text
    assert (await worklist.counts(tx, karen, now=phone.at))[Pile.FOLLOW_UPS] == 0


async def test_file_of_who_waits_leads_to_the_answer(tx: Tx, catalogs: Catalogs) -> None:
    karen = await a_coordinator(tx)
    waits = await making.a_volunteer(tx, name="Amina", state=State.ENROLLED)
    phone = _phone(tx, catalogs, karen)

    await phone.press("vcwork")
    await phone.tap("All volunteers")
    await phone.tap("Amina")

    assert f"vcfile:{waits}" in [one.action for one in phone.buttons]


async def test_stopping_and_finding_by_dialog(tx: Tx, catalogs: Catalogs) -> None:
    karen = await a_coordinator(tx)
    await making.a_volunteer(tx, name="Amina")
    phone = _phone(tx, catalogs, karen)

    await phone.press("vcwork")
    await phone.tap("Find a volunteer")
    await phone.say("amin")
    await phone.tap("Amina")
    await phone.tap("Stops")
    await phone.tap("Moved away")
    await phone.tap("Yes, that is right")

    assert "Moved away" in phone.text
    assert not [one for one in phone.buttons if "Pause" in one.label]


@pytest.mark.parametrize("action", ["vcpile:nothing:0", "vcpile:all:x", "vcvol:٣", "vcvol:99"])
async def test_forged_buttons_lead_nowhere(tx: Tx, catalogs: Catalogs, action: str) -> None:
    phone = _phone(tx, catalogs, await a_coordinator(tx))

    await phone.press(action)

    assert phone.refused


async def _mornings(database: Database, catalogs: Catalogs, now: datetime) -> list[Outgoing]:
    desk = a_volunteering_desk(catalogs)
    await due.run(database, jobs.due_kinds(desk), now=now)
    async with database.reading() as tx:
        return [one for one in await posted(tx) if isinstance(one, Outgoing)]


async def test_morning_tells_each_coordinator_once(database: Database, catalogs: Catalogs) -> None:
    night = NOW - 7 * HOUR
    async with database.writing() as tx:
        await a_coordinator(tx, office="gent")
        await a_coordinator(tx, LIEN, office="kortrijk")
        await making.a_volunteer(tx, at=GENT)
        await plan(tx, now=night)
        await plan(tx, now=night)

    assert await _mornings(database, catalogs, night + 4 * HOUR) == []
    told = await _mornings(database, catalogs, NOW)
    assert [one.to for one in told] == [KAREN]
    assert "Not placed yet (1)" in told[0].text
    assert await _mornings(database, catalogs, NOW + HOUR) == told


async def test_no_morning_on_days_off(database: Database, catalogs: Catalogs) -> None:
    for day in (DAY, 2 * DAY, -9 * DAY):  # the weekend, and Armistice Day
        async with database.writing() as tx:
            await plan(tx, now=NOW + day - 7 * HOUR)

    async with database.reading() as tx:
        assert await due.late(tx, now=NOW + 30 * DAY) == 0
