"""What is there already is changed: facts of an assignment, an organisation, a contact person; and
an assignment that closes ends what is ahead."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.events import tables as events
from bot.events.domain import Place
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Kind
from bot.volunteering.service import planning, shutting
from tests.support import volunteering_makers as making
from tests.support.dialog_makers import Phone
from tests.support.event_makers import posted, texts
from tests.support.pair_makers import (
    AMINA,
    LIEN,
    a_desk,
    a_lasting_one,
    a_person,
    becomes_due,
    phone_of,
    states,
)
from tests.support.volunteering_makers import NOW
from tests.volunteering.test_guiding import a_coordinator

DAY = timedelta(days=1)


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_desk(catalogs)


@pytest.fixture
async def karen(tx: Tx, desk: VolunteeringDesk) -> Phone:
    return phone_of(tx, desk, await a_coordinator(tx))


async def an_offer(tx: Tx, **further: Any) -> int:
    """Bar, of De Centrale, with everything said."""
    values: dict[str, Any] = {
        "texts": {"en": "Pouring drinks"},
        "titles": {"en": "Bar", "nl": "Toog"},
        "languages": {"nl": 1, "tr": 2},
        "talents": ["cooking"],
        "counts_as_dutch": True,
        "place": "Kraankindersstraat 2",
    }
    return await making.an_assignment(tx, await making.an_organisation(tx), **(values | further))


async def offer(tx: Tx) -> Row:
    """The one assignment."""
    row = await tx.one(select(tables.assignments))
    assert row is not None
    return row


async def edits(phone: Phone, step: str) -> None:
    """An answer of the summary is to be another."""
    await phone.press([one for one in phone.shown if one.startswith("form_change")][-1])
    edit = [one for one in phone.shown if one.startswith("form_edit") and one.endswith(step)]
    await phone.press(edit[-1])


async def agrees(phone: Phone) -> None:
    """The summary is right."""
    await phone.press([one for one in phone.shown if one.startswith("form_ok")][-1])


async def test_dialog_begins_at_the_summary_and_writes_only_what_changed(
    tx: Tx, karen: Phone
) -> None:
    await an_offer(tx)
    before = dict(await offer(tx))

    await karen.press("vcasch:1")
    assert "Pouring drinks" in karen.text
    assert "Shifts that exist keep their own time and place" in karen.text
    await edits(karen, "speaks_en")
    await karen.tap("Well")
    await edits(karen, "age")
    await karen.tap("From 18 years")
    table = tables.assignments
    await tx.execute(update(table).values(place="Dok Noord 7"))  # a colleague, meanwhile
    await agrees(karen)

    after = dict(await offer(tx))
    assert after["languages"] == {"nl": 1, "en": 3, "tr": 2}  # nobody was asked about Turkish
    assert (after["least_age"], after["place"]) == (18, "Dok Noord 7")
    same = before.keys() - {"languages", "least_age", "place", "changed_at", "touched_at"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


async def test_every_fact_can_be_another(tx: Tx, karen: Phone) -> None:
    await an_offer(tx)
    await tx.execute(insert(tables.organisation_contacts).values(
        organisation_id=1, name="Els", created_at=NOW))  # fmt: skip

    await karen.press("vcasch:1")
    await edits(karen, "title")
    await karen.say("The bar")
    await edits(karen, "kind")
    await karen.tap("Regularly")
    await edits(karen, "wanted")
    await karen.say("4")
    await edits(karen, "until")
    await karen.say("1/6/2027")
    await edits(karen, "flags")
    await karen.tap("40 hours: among people")
    await karen.tap("Done")
    await edits(karen, "town")
    await karen.say("Leuven")
    await edits(karen, "place")
    await karen.tap("Skip")
    await edits(karen, "contact")
    await karen.tap("Els")
    await agrees(karen)

    row = await offer(tx)
    assert row["titles"] == {"en": "The bar", "nl": "Toog"}
    assert (row["kind"], row["wanted"], f"{row['ends_on']}") == ("structural", 4, "2027-06-01")
    assert (row["counts_as_dutch"], row["counts_as_social"]) == (True, True)
    assert (row["town"], row["postcode"], row["place"], row["contact_id"]) == (
        "Leuven",
        "3000",
        "",
        1,
    )
    assert row["latitude"] == pytest.approx(50.88, abs=0.05)


async def test_kind_stays_where_hours_are_counted_by_it(tx: Tx, karen: Phone) -> None:
    await an_offer(tx)
    mine = await making.a_volunteer(tx)
    line = {"volunteer_id": mine, "assignment_id": 1, "worked_on": NOW.date(), "minutes": 60}
    line |= {"state": "approved", "created_at": NOW, "changed_at": NOW}
    await tx.execute(insert(tables.hours).values(line))

    await karen.press("vcasch:1")
    await edits(karen, "kind")
    await karen.tap("Buddy")
    await agrees(karen)

    assert "counted by its kind" in karen.refused
    assert (await offer(tx))["kind"] == Kind.OCCASIONAL


async def test_shifts_to_come_take_over_words_and_contact_only(tx: Tx, karen: Phone) -> None:
    await an_offer(tx)
    await tx.execute(insert(tables.organisation_contacts).values(
        organisation_id=1, name="Els", phone="09 111", created_at=NOW))  # fmt: skip
    await tx.execute(update(tables.assignments).values(contact_id=1))
    shift = await making.a_shift(tx, 1, NOW + 3 * DAY, contact="Els, 09 111")

    await karen.press("vccch:1")
    await edits(karen, "phone")
    await karen.say("09 222")
    await agrees(karen)
    await karen.press("vcasch:1")
    await edits(karen, "title")
    await karen.say("The bar")
    await edits(karen, "town")
    await karen.say("Leuven")
    await agrees(karen)
    for one in await tx.all(select(events.events.c.id)):
        assert one["id"] == shift
    await planning.retitle(tx, 1, now=NOW)

    row = await tx.one(select(events.events))
    assert row is not None
    assert (row["titles"]["en"], row["contact"]) == ("The bar", "Els, 09 222")
    assert row["town"] == "Gent"


async def test_organisation_has_another_name_and_town(tx: Tx, karen: Phone) -> None:
    await an_offer(tx)
    await making.an_organisation(tx, "Elders")

    await karen.press("vcorgch:1")
    await edits(karen, "name")
    await karen.say("elders")
    await agrees(karen)
    assert "already" in karen.refused
    await karen.press("vcorgch:1")
    await edits(karen, "name")
    await karen.say("De Nieuwe Centrale")
    await edits(karen, "town")
    await karen.say("8500")
    await agrees(karen)

    row = await tx.one(select(tables.organisations).where(tables.organisations.c.id == 1))
    assert row is not None
    assert (row["name"], row["town"], row["office"]) == ("De Nieuwe Centrale", "Kortrijk", "gent")
    assert (await offer(tx))["town"] == "Gent"


async def test_closing_asks_then_calls_off_and_tells(
    tx: Tx, karen: Phone, desk: VolunteeringDesk
) -> None:
    buddy = await a_lasting_one(tx, kind=Kind.STRUCTURAL)
    amina = await a_person(tx, AMINA, "Amina")
    mine = await making.a_volunteer(tx, person=amina.id)
    over = await making.a_shift(tx, buddy, NOW - 2 * DAY)
    ahead = [await making.a_shift(tx, buddy, NOW + day * DAY) for day in range(1, 25)]
    await making.a_place(tx, ahead[3], mine, Place.PLACED)
    phone = phone_of(tx, desk, amina)
    await phone.press(f"vlastask:{buddy}")

    await karen.press(f"vcasst:{buddy}:closed")
    text = bidi.strip_marks(karen.text)
    assert "24 shifts are called off; 1 place is given up" in text
    assert "1 regular place ends" in text
    assert await tx.scalar(select(tables.assignments.c.state)) == "open"
    await karen.tap("Yes, close it")
    while await becomes_due(tx, desk, shutting.KIND):
        pass

    rows = await tx.all(select(events.events).where(events.events.c.cancelled_at.is_(None)))
    assert [row["id"] for row in rows] == [over]
    assert await states(tx) == ["ended"]
    assert "does not work out this time" in texts(await posted(tx, AMINA))[-1]
    assert await tx.scalar(select(tables.assignments.c.state)) == "closed"


async def test_reopened_meanwhile_nothing_is_called_off(
    tx: Tx, karen: Phone, desk: VolunteeringDesk
) -> None:
    number = await an_offer(tx)
    await making.a_shift(tx, number, NOW + DAY)
    await karen.press(f"vcasshut:{number}")
    await tx.execute(update(tables.assignments).values(state="open"))

    assert await becomes_due(tx, desk, shutting.KIND) == 1

    assert await tx.scalar(select(events.events.c.cancelled_at)) is None


async def test_other_offices_change_nothing(tx: Tx, desk: VolunteeringDesk) -> None:
    await an_offer(tx)
    await tx.execute(insert(tables.organisation_contacts).values(
        organisation_id=1, name="Els", created_at=NOW))  # fmt: skip
    await a_coordinator(tx, LIEN, office="gent")
    other = phone_of(tx, desk, await a_coordinator(tx))
    stranger = phone_of(tx, desk, await a_person(tx, AMINA, "Amina"))

    for phone in (other, stranger):
        for data in ("vcasch:1", "vcorgch:1", "vccch:1", "vcasshut:1", "vcasst:1:closed"):
            await phone.press(data)
            assert phone.refused, data
    assert (await offer(tx))["state"] == "open"
