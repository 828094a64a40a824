"""A volunteer of 16 or 17 begins when a guardian has said yes, and not by their own word."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.messages import File, Outgoing
from bot.language.catalog import Catalogs
from bot.people.domain import Role
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.service import enrolling, volunteers
from tests.support import volunteering_makers as make
from tests.support.signup_makers import Volunteering, a_desk, a_phone
from tests.support.volunteering_makers import NOW

AMINA, MOTHER, KAREN = 5_000_000_001, 5_000_000_002, 5_000_000_011
DAY = timedelta(days=1)


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_desk(catalogs)


@pytest.fixture
async def amina(tx: Tx, desk: VolunteeringDesk) -> Volunteering:
    """Sixteen; wrote her mother's name and agreed herself."""
    phone = await a_phone(tx, desk)
    await phone.signs_up()
    await phone.agrees("16_17")
    return phone


async def _missing(tx: Tx, phone: Volunteering) -> list[str]:
    one = await volunteers.of_person(tx, phone.person.id)
    assert one is not None
    return await enrolling.missing(tx, one)


async def _link(phone: Volunteering) -> str:
    """The code in the message that is sent on."""
    sent, picture, *_toast = await phone.press("vguardian")
    assert isinstance(sent, Outgoing)
    assert isinstance(picture, File)
    return sent.text.partition("vguard_")[2].split()[0].strip("\u2069")


async def test_written_name_is_no_yes(tx: Tx, amina: Volunteering) -> None:
    assert "One more step" in amina.text
    assert await _missing(tx, amina) == ["guardian"]
    await amina.press("vagree")
    assert "One more step" in amina.text


@pytest.mark.parametrize("language", ["nl", "fa_AF"])
async def test_guardian_says_yes_in_their_own_language(
    tx: Tx, desk: VolunteeringDesk, amina: Volunteering, language: str
) -> None:
    code = await _link(amina)
    mother = await a_phone(tx, desk, "Laila", number=MOTHER, language=language)

    await mother.say(f"/start vguard_{code}")
    words = desk.catalogs.words(language)
    assert words("✅ Thank you. We have noted your yes.") != "✅ Thank you. We have noted your yes."
    await mother.tap(words.label("✅ Yes, I agree"))

    assert await _missing(tx, amina) == []
    assert any("Your guardian agrees" in text for text in await amina.news())
    kept = await tx.all(select(tables.consents).where(tables.consents.c.via == "guardian"))
    assert len(kept) == 1


async def test_guardian_may_change_their_mind(
    tx: Tx, desk: VolunteeringDesk, amina: Volunteering
) -> None:
    karen = await a_phone(tx, desk, "Karen", number=KAREN, role=Role.COORDINATOR)
    code = await _link(amina)
    mother = await a_phone(tx, desk, "Laila", number=MOTHER)
    await mother.say(f"/start vguard_{code}")
    await mother.tap("Yes, I agree")
    await mother.press(f"vgyes:{code}")
    assert await _missing(tx, amina) == []

    mother.later(days=20)
    await mother.tap("I change my mind")

    assert await _missing(tx, amina) == ["guardian"]
    assert any("does not agree" in text for text in await amina.news())
    assert any("guardian of Amina does not agree" in text for text in await karen.news())


async def test_nobody_under_eighteen_says_yes_for_themself(
    tx: Tx, desk: VolunteeringDesk, amina: Volunteering
) -> None:
    code = await _link(amina)
    friend = await a_phone(tx, desk, "Zohra", number=MOTHER)
    await make.a_volunteer(tx, person=friend.person.id, age_group="16_17")

    for phone in (amina, friend):
        await phone.say(f"/start vguard_{code}")
        assert "for your father, mother or guardian" in phone.text
        await phone.press(f"vgyes:{code}")
        assert "for your father, mother or guardian" in phone.refused
    assert await _missing(tx, amina) == ["guardian"]


@pytest.mark.parametrize("forged", ["", "x" * 32, "²"])
async def test_forged_and_old_links_say_that_they_are_over(
    tx: Tx, desk: VolunteeringDesk, amina: Volunteering, forged: str
) -> None:
    old = await _link(amina)
    await _link(amina)  # a new one ends the older
    mother = await a_phone(tx, desk, "Laila", number=MOTHER)
    for code in (forged, old):
        await mother.press(f"vgyes:{code}")
        assert "no longer works" in mother.refused
    late = await _link(amina)
    mother.later(days=15)
    await mother.press(f"vgyes:{late}")
    assert "no longer works" in mother.refused


async def test_guardians_link_takes_over_no_file(
    tx: Tx, desk: VolunteeringDesk, amina: Volunteering
) -> None:
    code = await _link(amina)
    mother = await a_phone(tx, desk, "Laila", number=MOTHER)
    await mother.say(f"/start vlink_{code}")
    assert "no longer works" in mother.text


@pytest.mark.parametrize(("how", "said"), [("phone", "by phone"), ("in_person", "in person")])
async def test_coordinator_notes_how_the_guardian_said_yes(
    tx: Tx, desk: VolunteeringDesk, amina: Volunteering, how: str, said: str
) -> None:
    karen = await a_phone(tx, desk, "Karen", number=KAREN, role=Role.COORDINATOR)
    (file,) = await tx.all(select(tables.volunteers))
    await karen.press(f"vcvol:{file['id']}")
    assert "Guardian: Maryam, has not said yes yet" in karen.text

    await karen.press(f"vcguard:{file['id']}:{how}")

    assert f"Guardian: yes, {said}, " in karen.text
    assert await _missing(tx, amina) == []
    await karen.press(f"vcguard:{file['id']}:{how}")
    assert karen.refused


async def test_only_coordinators_of_the_office_note_it(
    tx: Tx, desk: VolunteeringDesk, amina: Volunteering
) -> None:
    karen = await a_phone(tx, desk, "Karen", number=KAREN, role=Role.COORDINATOR)
    lien = await a_phone(tx, desk, "Lien", number=KAREN + 1, role=Role.COORDINATOR)
    row = {"office": "gent", "person_id": lien.person.id}
    await tx.execute(tx.insert(tables.office_coordinators).values(row))
    (file,) = await tx.all(select(tables.volunteers))
    for phone in (karen, amina):
        await phone.press(f"vcguard:{file['id']}:phone")
        assert phone.refused
    for forged in ("self", "guardian", ""):
        await lien.press(f"vcguard:{file['id']}:{forged}")
        assert lien.refused
    assert await _missing(tx, amina) == ["guardian"]


async def test_no_shift_before_the_guardians_yes(
    tx: Tx, desk: VolunteeringDesk, amina: Volunteering
) -> None:
    await tx.execute(tables.volunteers.update().values(state=State.ACTIVE))
    festival = await make.an_assignment(tx, await make.an_organisation(tx))
    shift = await make.a_shift(tx, festival, NOW + 8 * DAY)
    await amina.press(f"vtake:{shift}")
    await amina.tap("Read and agree")
    assert "One more step" in amina.text


async def test_adult_asks_no_guardian(tx: Tx, desk: VolunteeringDesk) -> None:
    phone = await a_phone(tx, desk)
    await phone.signs_up()
    await phone.agrees()
    await phone.press("vguardian")
    assert phone.refused
