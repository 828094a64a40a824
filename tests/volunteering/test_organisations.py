"""Coordinators plan in their own chat; contact persons see their shifts and tap who came."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.dialog import routes
from bot.events import tables as events
from bot.events.domain import Place
from bot.events.domain.repeating import rule
from bot.events.service import places
from bot.language.catalog import Catalogs
from bot.people.domain import Person, PersonId, Role
from bot.storage.transaction import Tx
from bot.volunteering import chat, jobs, privacy, staff_chat, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.organisations import CRITERIA
from bot.volunteering.service import attendance, contacts, hours, organisations, planning
from tests.support import organisation_makers as orgs
from tests.support import volunteering_makers as making
from tests.support.dialog_makers import Phone
from tests.support.organisation_makers import FRIENDLY
from tests.support.volunteering_makers import NOW

KAREN, ELS, STRANGER = 6_000_000_001, 5_000_000_009, 5_000_000_010
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CODE = re.compile(r"start=(vorg_\S+)")


@pytest.fixture
def desk() -> VolunteeringDesk:
    return orgs.a_desk()


def _phone(tx: Tx, catalogs: Catalogs, desk: VolunteeringDesk, person: Any) -> Phone:
    further = routes.combine(chat.combined(desk), staff_chat.combined(desk))
    return Phone(tx, catalogs, (), person=person, at=NOW, further=further)


@pytest.fixture
async def karen(tx: Tx, catalogs: Catalogs, desk: VolunteeringDesk) -> Phone:
    """A coordinator who reads English."""
    colleague = await orgs.a_colleague(tx, KAREN)
    person = Person(colleague.id, KAREN, "Karen", "en", Role.COORDINATOR)
    return _phone(tx, catalogs, desk, person)


async def _somebody(
    tx: Tx, catalogs: Catalogs, desk: VolunteeringDesk, telegram_id: int, name: str
) -> Phone:
    id_ = await making.a_person(tx, telegram_id, name=name)
    return _phone(tx, catalogs, desk, Person(PersonId(id_), telegram_id, name, "en", None))


def _text(phone: Phone) -> str:
    assert phone.screen is not None
    return phone.screen.text


async def _finishes(phone: Phone) -> None:
    await phone.tap("✅ Yes, that is right")


async def _a_friendly_organisation(karen: Phone) -> None:
    await karen.say("/organisations")
    await karen.tap("➕ New organisation")
    await karen.say("De <Centrale>")
    await karen.tap("🎨 Arts and culture")
    await karen.say("гент")
    await _finishes(karen)
    for criterion in range(len(CRITERIA)):
        await karen.press(f"vccrit:1:{CRITERIA[criterion]}:1")


async def _an_assignment(karen: Phone) -> None:
    await karen.press("vcasnew:1")
    await karen.tap("Dutch")
    await karen.say("Bar")
    await karen.say("Drank schenken")
    await karen.tap("📅 Once or now and then")
    await karen.tap("A little")
    await karen.tap("English")
    await karen.tap("Done")
    await karen.tap("Enough to talk")
    await karen.tap("🍲 Cooking")
    await karen.tap("Done")
    await karen.tap("From 18 years")
    await karen.tap("40 hours: Dutch is spoken")
    await karen.tap("Done")
    await karen.tap("Skip")
    await karen.tap("Skip")
    await _finishes(karen)


async def test_a_coordinator_plans_from_the_organisation_to_the_shift(tx: Tx, karen: Phone) -> None:
    await _a_friendly_organisation(karen)
    row = (await tx.all(select(tables.organisations)))[0]
    assert (row["name"], row["office"], row["postcode"]) == ("De <Centrale>", "gent", "9000")
    assert row["criteria"] == list(CRITERIA)

    await _an_assignment(karen)
    assert "&lt;Centrale&gt;" in _text(karen)
    offer = (await tx.all(select(tables.assignments)))[0]
    assert offer["languages"] == {"nl": 1, "en": 2}
    assert (offer["least_age"], offer["talents"]) == (18, ["cooking"])
    assert (offer["counts_as_dutch"], offer["counts_as_social"]) == (True, False)
    await karen.tap("🟢 Open it")
    assert await tx.scalar(select(tables.assignments.c.state)) == "open"

    await karen.tap("➕ Shift")
    await karen.say("24/12/2026 18:30")
    await karen.say("2,5")
    await karen.tap("4")
    await karen.tap("2")
    await karen.tap("✅ Yes")
    await karen.say("Kouter 1, Gent")
    await _finishes(karen)
    event = (await tx.all(select(events.events)))[0]
    assert event["starts_at"] == datetime(2026, 12, 24, 17, 30, tzinfo=UTC)
    assert event["ends_at"] - event["starts_at"] == timedelta(hours=2.5)
    assert (event["capacity"], event["minimum"], event["place"]) == (4, 2, "Kouter 1, Gent")
    assert event["titles"] == {"nl": "Bar"}
    assert "Kouter 1" in _text(karen)


async def test_an_assignment_cannot_open_before_all_criteria_are_ticked(
    tx: Tx, karen: Phone
) -> None:
    await _a_friendly_organisation(karen)
    await _an_assignment(karen)
    await karen.press("vccrit:1:mixed:0")

    await karen.press("vcasst:1:open")

    assert "does not meet all criteria" in karen.refused
    assert await tx.scalar(select(tables.assignments.c.state)) == "draft"


async def test_taking_a_tick_away_takes_open_assignments_from_the_list(
    tx: Tx, karen: Phone
) -> None:
    await _a_friendly_organisation(karen)
    await _an_assignment(karen)
    await karen.press("vcasst:1:open")

    await karen.press("vccrit:1:growth:0")

    assert karen.refused == "1 open assignment is a draft again."
    assert await tx.scalar(select(tables.assignments.c.state)) == "draft"


async def test_a_series_leaves_holidays_out(tx: Tx, karen: Phone) -> None:
    await _a_friendly_organisation(karen)
    await _an_assignment(karen)
    await karen.press("vcser:1")
    await karen.say("4/12/2026 9:00")  # Fridays; 25 December and 1 January are holidays
    await karen.tap("3 hours")
    await karen.tap("Every week")
    await karen.say("8/1/2027")
    await karen.tap("❌ No")
    await karen.tap("4")
    await karen.tap("0")
    await karen.tap("❌ No")
    await karen.tap("Skip")

    replies = await karen.tap("✅ Yes, that is right")

    assert "✅ 4 shifts are planned." in replies[0].text  # type: ignore[union-attr]
    found = await tx.all(select(events.events.c.starts_wall, events.events.c.has_waitlist))
    days = ["2026-12-04", "2026-12-11", "2026-12-18", "2027-01-08"]
    assert [row["starts_wall"] for row in found] == [f"{day}T09:00" for day in days]
    assert not any(row["has_waitlist"] for row in found)
    assert await tx.scalar(select(func.count()).select_from(tables.shifts)) == 4


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        ("weekly", "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"),
        ("fortnight", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("monthly", "FREQ=MONTHLY;BYDAY=2TU"),
    ],
)
def test_a_rhythm_is_that_of_the_first_day(rhythm: str, said: str) -> None:
    assert rule(rhythm, datetime(2026, 12, 8, 9, tzinfo=UTC)) == said


async def _a_shift(tx: Tx, *, begins: datetime = NOW + DAY, **further: Any) -> int:
    owner = await making.an_organisation(tx, **FRIENDLY)
    offer = await making.an_assignment(tx, owner, "Bar", texts={"en": "Help"})
    return await making.a_shift(tx, offer, begins, **further)


async def test_a_shift_is_changed_from_its_summary_and_called_off(tx: Tx, karen: Phone) -> None:
    event = await _a_shift(tx)
    await karen.press(f"vcshch:{event}")
    await karen.tap("✏️ Change something")
    await karen.tap("Places")
    await karen.say("7")
    await _finishes(karen)
    assert await tx.scalar(select(events.events.c.capacity)) == 7

    await karen.tap("🚫 Call off")
    assert await tx.scalar(select(events.events.c.cancelled_at)) is None
    await karen.tap("🚫 Yes, call it off")

    assert await tx.scalar(select(events.events.c.cancelled_at)) is not None
    await karen.press(f"vcshoff:{event}:yes")
    assert "cancelled" in karen.refused


async def test_words_of_another_language_reach_the_shifts_that_are_to_come(
    tx: Tx, karen: Phone, desk: VolunteeringDesk
) -> None:
    event = await _a_shift(tx)
    await karen.press("vcastr:1")
    await karen.tap("Ukrainian")
    assert "Bar" in _text(karen)
    await karen.say("Бар")
    await karen.say("Допомога в барі")
    await _finishes(karen)

    await jobs.due_kinds(desk)[planning.RETITLE_KIND](tx, "1", now=NOW)

    found = await planning.get(tx, event)
    assert found.event.draft.titles == {"en": "Bar", "uk": "Бар"}
    assert found.event.before is None  # nobody is rung for that
    assert found.assignment.title("uk") == "Бар"
    assert found.assignment.text("ps") == ("Help", "en")


@pytest.mark.parametrize("role", [None, Role.TRAINEE, Role.STAFF])
async def test_only_coordinators_get_in_whatever_button_they_forge(
    tx: Tx, catalogs: Catalogs, desk: VolunteeringDesk, role: Role | None
) -> None:
    event = await _a_shift(tx)
    await _a_contact(tx)
    colleague = await orgs.a_colleague(tx, STRANGER, role)
    person = Person(colleague.id, STRANGER, "Noor", "en", role)
    phone = _phone(tx, catalogs, desk, person)
    before = [dict(row) for row in await tx.all(select(tables.assignments))]

    for data in (
        *("vcorgs:0", "vcorg:1", "vcorgnew", "vcorgon:1:0", "vccrit:1", "vccrit:1:mixed:0"),
        *("vccnew:1", "vccon:1", "vccgone:1:yes", "vclink:1", "vcas:1", "vcasnew:1", "vcastr:1"),
        *("vcasst:1:closed", "vcasflag:1:dutch:1", f"vcsh:{event}", "vcshnew:1", "vcser:1"),
        *(f"vcshch:{event}", f"vcshoff:{event}:yes", f"vcshlink:{event}", f"vatt:{event}:0"),
        *(f"vattick:{event}:0:1:1", f"vatime:{event}:0:1:30", f"vatok:{event}:0", "vorgsh"),
    ):
        await phone.press(data)
        assert phone.refused, data
    await phone.say("/organisations")
    assert "Only colleagues" in _text(phone)
    assert [dict(row) for row in await tx.all(select(tables.assignments))] == before


async def test_other_coordinators_look_after_their_own_office(
    tx: Tx, karen: Phone, catalogs: Catalogs, desk: VolunteeringDesk
) -> None:
    event = await _a_shift(tx)
    await making.an_organisation(tx, "Elders", at=making.LEUVEN)
    other = await orgs.a_colleague(tx, STRANGER)
    own = {"office": "gent", "person_id": other.id}
    await tx.execute(tx.insert(tables.office_coordinators).values(own))
    await _a_contact(tx)

    for data in (
        *("vccrit:1:mixed:0", "vcasst:1:closed", f"vcshoff:{event}:yes", "vclink:1"),
        *("vcorg:1", "vccrit:1", "vccon:1", "vccgone:1", "vcas:1", f"vcsh:{event}"),
    ):
        await karen.press(data)
        assert karen.refused, data
    await karen.say("/organisations")

    assert karen.screen is not None
    assert karen.buttons[0].label.startswith("⚠️ Elders")
    assert len(karen.screen.buttons) == 3


@pytest.mark.parametrize(
    "data",
    ["vcorg:x", "vcorg:999", "vcorgs:-1", "vccrit:1:smiles:1", "vcasst:1:gone", "vcasflag:1:x:1",
     "vcasflag:1:dutch:2", "vcsh:999", "vatt:1", "vattick:1:0:-1:1", "vccon:99"],
)  # fmt: skip
async def test_a_forged_button_changes_nothing(tx: Tx, karen: Phone, data: str) -> None:
    await _a_shift(tx)

    await karen.press(data)

    assert karen.refused


# Contact persons


async def _a_contact(tx: Tx) -> int:
    values = {"organisation_id": 1, "name": "Els", "phone": "09", "created_at": NOW}
    made = tx.insert(tables.organisation_contacts).values(values)
    return int(await tx.scalar(made.returning(tables.organisation_contacts.c.id)))


async def _els(tx: Tx, karen: Phone, els: Phone) -> None:
    """The coordinator gives a link, the contact person opens it."""
    contact = await _a_contact(tx)
    await karen.press(f"vclink:{contact}")
    found = CODE.search(_text(karen))
    assert found is not None, _text(karen)
    await els.say(f"/start {found[1]}")


async def test_a_contact_person_taps_who_came_and_for_how_long(
    tx: Tx, karen: Phone, catalogs: Catalogs, desk: VolunteeringDesk
) -> None:
    event = await _a_shift(tx)
    amina, olena = await making.a_volunteer(tx), await making.a_volunteer(tx, name="Olena")
    for one in (amina, olena):
        await making.a_place(tx, event, one)
    els = await _somebody(tx, catalogs, desk, ELS, "Els")
    await _els(tx, karen, els)
    await els.press(f"vatt:{event}:0")
    assert "<b>Who comes</b>" in _text(els)
    await els.press(f"vattick:{event}:0:{amina}:1")
    assert els.refused

    els.at = NOW + DAY + 3 * HOUR
    await els.press(f"vatt:{event}:0")
    await els.tap("▫️ Amina")
    await els.tap("➖ 30 min")
    said = await els.tap("✔️ Confirm: 1 of 2 came")

    assert any("Thank you, it is saved." in getattr(one, "text", "") for one in said)
    assert "How was the cooperation?" in _text(els)
    states = {one.participant: one.state for one in await places.on_the_list(tx, event)}
    assert states == {amina: Place.ATTENDED, olena: Place.ABSENT}
    rows = await tx.all(select(tables.hours))
    assert [(row["volunteer_id"], row["minutes"], row["state"], row["approved_via"])
            for row in rows] == [(amina, 150, hours.APPROVED, "contact")]  # fmt: skip
    await els.press(f"vatok:{event}:0")
    assert "saved already" in els.refused


async def test_a_coordinator_taps_who_came_and_goes_back_to_the_shift(tx: Tx, karen: Phone) -> None:
    event = await _a_shift(tx)
    amina = await making.a_volunteer(tx)
    await making.a_place(tx, event, amina)
    karen.at = NOW + DAY + HOUR

    await karen.press(f"vcsh:{event}")
    await karen.tap("☑️ Who came?")
    await karen.tap("▫️ Amina")
    await karen.tap("⬅️ Back")

    assert "✅ Amina" in _text(karen)
    marked = await tx.scalar(select(events.registrations.c.marked_by))
    assert marked == attendance.BY_COORDINATOR


async def test_a_link_makes_exactly_one_contact_person(
    tx: Tx, karen: Phone, catalogs: Catalogs, desk: VolunteeringDesk
) -> None:
    await _a_shift(tx)
    contact = await _a_contact(tx)
    els = await _somebody(tx, catalogs, desk, ELS, "Els")
    second = await _somebody(tx, catalogs, desk, STRANGER, "Stranger")
    await karen.press(f"vclink:{contact}")
    old = CODE.search(_text(karen))
    await karen.press(f"vclink:{contact}")
    code = CODE.search(_text(karen))
    assert old is not None
    assert code is not None

    await second.say(f"/start {old[1]}")
    assert "no longer works" in _text(second)
    await els.say(f"/start {code[1]}")
    assert "no longer works" not in _text(els)
    await second.say(f"/start {code[1]}")
    assert "no longer works" in _text(second)
    assert (await contacts.get(tx, contact)).person_id == els.person.id


async def test_an_old_link_no_longer_works(
    tx: Tx, karen: Phone, catalogs: Catalogs, desk: VolunteeringDesk
) -> None:
    await _a_shift(tx)
    contact = await _a_contact(tx)
    await karen.press(f"vclink:{contact}")
    code = CODE.search(_text(karen))
    assert code is not None
    els = await _somebody(tx, catalogs, desk, ELS, "Els")
    els.at = NOW + timedelta(days=15)

    await els.say(f"/start {code[1]}")

    assert "no longer works" in _text(els)


async def test_a_contact_person_sees_no_shift_of_another_organisation(
    tx: Tx, karen: Phone, catalogs: Catalogs, desk: VolunteeringDesk
) -> None:
    await _a_shift(tx)
    owner = await making.an_organisation(tx, "Elders")
    other = await making.a_shift(tx, await making.an_assignment(tx, owner), NOW + DAY)
    els = await _somebody(tx, catalogs, desk, ELS, "Els")
    await _els(tx, karen, els)

    await els.press(f"vatt:{other}:0")
    assert els.refused
    await els.press("vcorg:1")
    assert els.refused


async def test_a_contact_person_who_was_removed_sees_nothing_any_more(
    tx: Tx, karen: Phone, catalogs: Catalogs, desk: VolunteeringDesk
) -> None:
    event = await _a_shift(tx)
    els = await _somebody(tx, catalogs, desk, ELS, "Els")
    await _els(tx, karen, els)
    await karen.press("vccgone:1:yes")

    await els.press(f"vatt:{event}:0")

    assert els.refused
    row = (await tx.all(select(tables.organisation_contacts)))[0]
    assert (row["name"], row["phone"], row["mail"], row["person_id"]) == ("—", None, None, None)


async def test_when_a_shift_is_over_its_contact_person_is_asked_once(
    tx: Tx, karen: Phone, catalogs: Catalogs, desk: VolunteeringDesk
) -> None:
    event = await _a_shift(tx, begins=NOW + DAY)
    await making.a_place(tx, event, await making.a_volunteer(tx))
    els = await _somebody(tx, catalogs, desk, ELS, "Els")
    await _els(tx, karen, els)
    asks = jobs.due_kinds(desk)[planning.ATTENDANCE_KIND]
    over = NOW + DAY + 3 * HOUR

    await asks(tx, str(event), now=over - HOUR)
    assert await tx.raw("SELECT count(*) FROM outbox") == [(0,)]
    for _ in range(2):
        await asks(tx, str(event), now=over)

    [(chat_id, body)] = await tx.raw("SELECT chat_id, body FROM outbox")
    assert chat_id == ELS
    assert "The shift is over. Who came?" in str(body)
    await asks(tx, "999", now=over)


async def test_nobody_is_asked_at_night_or_about_what_is_known(
    tx: Tx, karen: Phone, catalogs: Catalogs, desk: VolunteeringDesk
) -> None:
    late = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)  # 20:30 in Brussels, for three hours
    event = await _a_shift(tx, begins=late)
    amina = await making.a_volunteer(tx)
    await making.a_place(tx, event, amina)
    els = await _somebody(tx, catalogs, desk, ELS, "Els")
    await _els(tx, karen, els)
    asks = jobs.due_kinds(desk)[planning.ATTENDANCE_KIND]

    await asks(tx, str(event), now=late + 3 * HOUR)
    assert await tx.raw("SELECT count(*) FROM outbox") == [(0,)]
    planned = await tx.raw("SELECT due_at FROM due WHERE kind = 'volunteering.attendance'")
    assert len(planned) == 1
    await attendance.confirm(tx, event, {amina: 180}, edition=0, via="link", now=late + 4 * HOUR)
    await asks(tx, str(event), now=late + 12 * HOUR)
    assert await tx.raw("SELECT count(*) FROM outbox") == [(0,)]


async def test_a_contact_person_is_forgotten_as_a_whole(
    tx: Tx, karen: Phone, catalogs: Catalogs, desk: VolunteeringDesk
) -> None:
    await _a_shift(tx)
    els = await _somebody(tx, catalogs, desk, ELS, "Els")
    await _els(tx, karen, els)
    told = await privacy.export_person(tx, els.person.id)
    assert "link_hash" not in str(told)
    assert "Els" in str(told)

    await privacy.forget_person(tx, els.person.id, now=NOW)

    assert await tx.all(select(tables.organisation_contacts)) == []


@pytest.mark.parametrize("way", ["removed", "forgotten"])
async def test_name_and_number_of_a_contact_person_leave_the_shifts_too(
    tx: Tx, karen: Phone, catalogs: Catalogs, desk: VolunteeringDesk, way: str
) -> None:
    event = await _a_shift(tx, contact="Els, 09")
    other = await making.a_shift(tx, 1, NOW + 3 * DAY, contact="Jan, 08")
    els = await _somebody(tx, catalogs, desk, ELS, "Els")
    await _els(tx, karen, els)
    own = tables.shifts.c.event_id == event
    await tx.execute(update(tables.shifts).where(own).values(contact_id=1))

    if way == "removed":
        await karen.press("vccgone:1:yes")
    else:
        await privacy.forget_person(tx, els.person.id, now=NOW)

    told = {
        row["id"]: row["contact"]
        for row in await tx.all(select(events.events.c.id, events.events.c.contact))
    }
    assert told == {event: "", other: "Jan, 08"}


async def test_an_organisation_that_stopped_offers_nothing(tx: Tx, karen: Phone) -> None:
    await _a_friendly_organisation(karen)
    await _an_assignment(karen)
    await karen.press("vcasst:1:open")
    await karen.press("vcorgon:1:0")

    await karen.press("vcasst:1:open")

    assert karen.refused
    assert not (await organisations.get(tx, 1)).is_active


async def test_two_organisations_of_one_name_are_refused(tx: Tx, karen: Phone) -> None:
    await _a_friendly_organisation(karen)
    await karen.press("vcorgnew")
    await karen.say("DE  <centrale>")
    await karen.tap("🎨 Arts and culture")
    await karen.say("xyzzy")
    assert "I do not know the town xyzzy." in _text(karen)
    await karen.say("9000")

    await _finishes(karen)

    assert "already" in karen.refused
    assert await tx.scalar(select(func.count()).select_from(tables.organisations)) == 1


async def test_a_new_link_to_the_page_is_given_to_the_coordinator_only(
    tx: Tx, karen: Phone
) -> None:
    event = await _a_shift(tx)

    await karen.press(f"vcshlink:{event}")
    first = _text(karen)
    await karen.tap("🔁 New link, old one ends")

    assert "https://pages.example.org/shift/" in first
    assert _text(karen) != first
    await tx.execute(update(tables.shifts).values(link_version=1))
