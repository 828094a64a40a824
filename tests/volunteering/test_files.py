"""The further profile, and the file of somebody without Telegram who gets it later."""

import pytest
from sqlalchemy import select

from bot.delivery.messages import Copy, File
from bot.events.service import listing, participants
from bot.language.catalog import Catalogs
from bot.people.domain import Role
from bot.storage.transaction import Tx
from bot.volunteering import privacy, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain.enrolling import Volunteer
from bot.volunteering.service import linking, volunteers
from tests.support.event_makers import NOW
from tests.support.signup_makers import Volunteering, a_desk, a_phone
from tests.support.walk_makers import a_team, a_walk


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_desk(catalogs)


@pytest.fixture
async def amina(tx: Tx, desk: VolunteeringDesk) -> Volunteering:
    who = await a_phone(tx, desk)
    await who.signs_up()
    await who.agrees()
    return who


@pytest.fixture
async def joke(tx: Tx, desk: VolunteeringDesk) -> Volunteering:
    return await a_phone(tx, desk, "Joke", number=77, language="nl", role=Role.COORDINATOR)


async def _file(who: Volunteering) -> Volunteer:
    one = await volunteers.of_person(who.tx, who.person.id)
    assert one is not None
    return one


async def _fills_in(who: Volunteering) -> None:
    await who.press("vprofile")
    await who.tap("Enough to talk")
    await who.tap("Culture")
    await who.tap("Nature")
    await who.tap("Done")
    await who.tap("Now and then")
    await who.tap("Done")
    await who.press(who._last(":days:d5"))
    await who.tap("Done")
    await who.tap("Cooking")
    await who.tap("Done")
    await who.send("voice")
    await who.tap("By bike")
    await who.tap("25")
    await who.tap("Skip")
    await who.tap("No")
    await who.tap("Yes")
    await who.say("VDAB Gent")
    await who.tap("Yes")


async def test_profile_is_written_into_the_file(tx: Tx, amina: Volunteering) -> None:
    await _fills_in(amina)
    assert "Culture" in amina.text
    await amina.press(amina._last("form_ok:"))

    file = (await _file(amina)).file
    assert file["languages"] == {"nl": 2, "uk": 2}
    assert (file["sectors"], file["wishes"]) == (["culture", "nature"], ["occasional"])
    assert file["availability"] == 0b111 << 15
    assert (file["talents"], file["mobility"], file["max_km"]) == (["cooking"], "bike", 25)
    assert file["motivation_voice"] is not None
    (trajectory,) = await tx.all(select(tables.trajectories))
    assert (trajectory["status"], trajectory["referrer"]) == ("registered", "VDAB Gent")
    assert trajectory["report_back_at"] is not None


async def test_what_is_known_is_changed_at_the_summary(amina: Volunteering) -> None:
    await _fills_in(amina)
    await amina.press(amina._last("form_ok:"))
    await amina.press("vfile")
    assert "🍲" in amina.text
    await amina.tap("My profile")

    assert "driving licence" in amina.text


async def test_coordinator_hears_why_in_their_own_voice(
    amina: Volunteering, joke: Volunteering
) -> None:
    await _fills_in(amina)
    await amina.press(amina._last("form_ok:"))

    replies = await joke.press(f"vcfile:{(await _file(amina)).id}")

    (voice,) = [one for one in replies if isinstance(one, Copy)]
    assert voice.from_chat == amina.person.telegram_id


async def _enrols(joke: Volunteering, *, signs: str = "yes") -> None:
    await joke.press("vcenrol")
    await joke.say("Farida")
    await joke.say("8500")
    await joke.press(joke._last(":languages:fa_AF"))
    await joke.press(joke._last("form_done:"))
    await joke.say("0470 12 34 56")
    await joke.press(joke._last(":age:adult"))
    await joke.press(joke._last(f":signed:{signs}"))
    await joke.press(joke._last("form_ok:"))


async def _farida(tx: Tx) -> Volunteer:
    (row,) = await tx.all(select(tables.volunteers.c.id))
    one = await volunteers.get(tx, row["id"])
    assert one is not None
    return one


async def test_coordinator_enrols_somebody_without_telegram(tx: Tx, joke: Volunteering) -> None:
    await _enrols(joke)

    one = await _farida(tx)
    assert (one.name, one.state, one.person_id) == ("Farida", State.ACTIVE, None)
    assert one.phone == "+32470123456"
    rows = await tx.all(select(tables.consents))
    assert {(row["document"], row["via"]) for row in rows} == {
        ("privacy", "coordinator"),
        ("conduct", "coordinator"),
        ("agreement", "coordinator"),
    }


async def test_nobody_is_enrolled_without_the_papers(tx: Tx, joke: Volunteering) -> None:
    await _enrols(joke, signs="no")

    assert await tx.all(select(tables.volunteers)) == []


async def _code(joke: Volunteering, one: Volunteer) -> str:
    replies = await joke.press(f"vcqr:{one.id}")
    (file,) = [reply for reply in replies if isinstance(reply, File)]
    return file.made.id


async def test_code_gives_the_file_to_who_scans_it_once(
    tx: Tx, desk: VolunteeringDesk, joke: Volunteering
) -> None:
    await _enrols(joke)
    one = await _farida(tx)
    code = await _code(joke, one)
    assert (await linking.picture(desk, tx, code)).startswith(b"\x89PNG")
    farida = await a_phone(tx, desk, "Farida", number=81, language="fa_AF")
    thief = await a_phone(tx, desk, "Other", number=82)

    await farida.say(f"/start vlink_{code}")
    await thief.say(f"/start vlink_{code}")

    assert "no longer works" in thief.text
    mine = await _file(farida)
    assert (mine.id, mine.phone) == (one.id, None)
    await farida.say(f"/start vlink_{code}")
    assert "Farida" in farida.text
    assert await privacy.export_person(tx, farida.person.id) != {}


async def test_who_takes_over_a_file_keeps_where_they_were_signed_up(
    tx: Tx, desk: VolunteeringDesk, joke: Volunteering
) -> None:
    await _enrols(joke)
    one = await _farida(tx)
    code = await _code(joke, one)
    farida = await a_phone(tx, desk, "Farida", number=81)
    walk = await a_walk(tx)
    captain = await participants.of_person(tx, farida.person.id, now=NOW)
    made = await a_team(tx, captain, walk)

    await farida.say(f"/start vlink_{code}")

    _event, who, place = await listing.seen_by(tx, farida.person.id, walk)
    assert who == int(one.id)
    assert place is not None
    assert place.team == made.team.id


async def test_older_codes_end_with_a_new_one_and_with_time(
    tx: Tx, desk: VolunteeringDesk, joke: Volunteering
) -> None:
    await _enrols(joke)
    first = await _code(joke, await _farida(tx))
    second = await _code(joke, await _farida(tx))
    farida = await a_phone(tx, desk, "Farida", number=81)
    await farida.say(f"/start vlink_{first}")
    assert "no longer works" in farida.text

    farida.later(days=15)
    await farida.say(f"/start vlink_{second}")

    assert "no longer works" in farida.text


async def test_who_has_a_file_keeps_it(tx: Tx, amina: Volunteering, joke: Volunteering) -> None:
    own = (await _file(amina)).id
    await _enrols(joke)
    (row,) = await tx.all(select(tables.volunteers.c.id).where(tables.volunteers.c.id != own))
    one = await volunteers.get(tx, row["id"])
    assert one is not None
    await amina.say(f"/start vlink_{await _code(joke, one)}")

    assert "You have a volunteer file already" in amina.text
    assert (await _file(amina)).id == own


@pytest.mark.parametrize("action", ["vcwithout", "vcenrol", "vcqr:1"])
async def test_only_coordinators_enrol_others(amina: Volunteering, action: str) -> None:
    await amina.press(action)

    assert amina.refused
