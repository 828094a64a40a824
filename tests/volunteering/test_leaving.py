"""Volunteers pause, stop, and are referred to work after their yes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.delivery.messages import Outgoing
from bot.dialog.routes import combine
from bot.errors import Outdated
from bot.events.domain import Place
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering import chat, staff_chat, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.guiding import NotActive, Pile
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.service import guiding, leaving, referring, worklist
from tests.support import volunteering_makers as making
from tests.support.dialog_makers import Phone
from tests.support.event_makers import posted, states
from tests.support.shift_makers import GROUP, a_volunteering_desk
from tests.support.volunteering_makers import NOW
from tests.volunteering.test_guiding import DAY, KAREN, LIEN, a_coordinator

AMINA = 5_000_000_021
NIGHT = datetime(2026, 12, 5, 2, 0, tzinfo=UTC)


def _desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_volunteering_desk(catalogs, offices=making.OFFICES)


async def amina_of(tx: Tx, *, language: str = "en", **file: Any) -> tuple[Person, int]:
    """A volunteer with Telegram."""
    id_ = await making.a_person(tx, AMINA, language=language)
    person = await people.find_person(tx, id_)
    assert person is not None
    return person, await making.a_volunteer(tx, person=id_, **file)


def phone_of(tx: Tx, catalogs: Catalogs, person: Person) -> Phone:
    """Their chat, with everything of volunteering."""
    desk = _desk(catalogs)
    phone = Phone(tx, catalogs, (), person=person, at=NOW)  # type: ignore[arg-type]
    phone.further = combine(chat.combined(desk), staff_chat.combined(desk))
    return phone


@pytest.mark.parametrize("language", ["nl", "fa_AF"])
async def test_stopping_with_a_talk(tx: Tx, catalogs: Catalogs, language: str) -> None:
    karen = await a_coordinator(tx)
    amina, mine = await amina_of(tx, language=language)
    owner = await making.an_organisation(tx)
    shift = await making.a_shift(tx, await making.an_assignment(tx, owner), NOW + 3 * DAY)
    await making.a_place(tx, shift, mine)
    _, phone = catalogs.words(language), phone_of(tx, catalogs, amina)

    await phone.press("vhome")
    await phone.tap(_.label("⏸ Pause or stop"))
    await phone.tap(_.label("⏸ Pause"))
    assert (await guiding.theirs(tx, karen, mine))["state"] == "paused"
    await phone.tap(_.label("🗓 My shifts"))  # who pauses keeps them
    assert "Music festival" in phone.text
    await phone.press("vhome")
    await phone.tap(_.label("⏸ Pause or stop"))
    await phone.tap(_.label("👋 Stop volunteering"))
    await phone.tap(_.label("Moved away"))
    await phone.tap(_.label("✅ Yes"))
    await phone.tap(_.label("✅ Yes, that is right"))

    assert _("Your coordinator will get in touch with you.") in phone.text
    assert await states(tx, shift) == {mine: Place.GIVEN_BACK}
    (card,) = [one for one in await posted(tx, GROUP) if isinstance(one, Outgoing)]
    assert "Amina" in card.text
    assert "Verhuisd" not in card.text
    due = await worklist.listed(tx, karen, Pile.FOLLOW_UPS, page=0, now=NOW)
    assert [one.id for one in due.cards] == [mine]
    with pytest.raises(NotActive):
        await leaving.stop(_desk(catalogs), tx, amina, "work", wants_talk=False, now=NOW)


async def test_who_is_no_volunteer_cannot_stop(tx: Tx, catalogs: Catalogs) -> None:
    id_ = await making.a_person(tx, AMINA)
    person = await people.find_person(tx, id_)
    assert person is not None
    phone = phone_of(tx, catalogs, person)

    for action in ("vstop", "vpause", "vback", "vleave", "vwork:1:yes", "vcrefer:1", "vcresult:1"):
        await phone.press(action)
        assert phone.refused, action


@pytest.mark.parametrize("language", ["nl", "fa_AF"])
async def test_referral_after_a_yes(tx: Tx, catalogs: Catalogs, language: str) -> None:
    karen = await a_coordinator(tx, language=language)
    amina, mine = await amina_of(tx, language=language)
    _ = catalogs.words(language)
    desk_phone, phone = phone_of(tx, catalogs, karen), phone_of(tx, catalogs, amina)

    await desk_phone.press(f"vcvol:{mine}")
    await desk_phone.tap(_.label("💼 Refer to work"))
    await desk_phone.say("VDAB Gent")
    await desk_phone.tap(_.label("✅ Yes, that is right"))
    assert not [one for one in desk_phone.buttons if (one.action or "").startswith("vcresult")]
    (asked,) = [one for one in await posted(tx, AMINA) if isinstance(one, Outgoing)]
    assert "VDAB Gent" in asked.text
    phone.screen = asked
    await phone.tap(_.label("✅ Yes, you may"))

    told = [one for one in await posted(tx, KAREN) if isinstance(one, Outgoing)]
    assert len(told) == 1
    await desk_phone.press(f"vcvol:{mine}")
    await desk_phone.tap("VDAB Gent")
    await desk_phone.tap(_.label("Has a job"))
    assert _.plain("Has a job") in desk_phone.text
    await phone.tap(_.label("✖️ No, thank you"))
    assert phone.refused


async def _referral(tx: Tx) -> dict[str, Any]:
    row = await tx.one(select(tables.referrals))
    assert row is not None
    return dict(row)


async def test_nothing_without_a_yes(tx: Tx, catalogs: Catalogs) -> None:
    desk, karen = _desk(catalogs), await a_coordinator(tx, office="gent")
    lien = await a_coordinator(tx, LIEN, office="kortrijk")
    amina, mine = await amina_of(tx)
    with pytest.raises(NotYourOffice):
        await referring.propose(desk, tx, lien, mine, "VDAB", said_yes=None, now=NOW)
    await referring.propose(desk, tx, karen, mine, "VDAB", said_yes=True, now=NOW)
    one = await _referral(tx)
    assert one["consent_at"] is None  # who has Telegram answers in person

    await referring.answer(desk, tx, amina, one["id"], yes=False, now=NOW)
    with pytest.raises(Outdated):
        await referring.note_result(tx, karen, one["id"], "job", now=NOW)
    with pytest.raises(Outdated):
        await referring.answer(desk, tx, karen, one["id"], yes=True, now=NOW)
    await referring.answer(desk, tx, amina, one["id"], yes=True, now=NOW)
    await referring.answer(desk, tx, amina, one["id"], yes=True, now=NOW)
    assert len(await posted(tx, KAREN)) == 2
    with pytest.raises(NotYourOffice):
        await referring.note_result(tx, lien, one["id"], "job", now=NOW)
    await referring.note_result(tx, karen, one["id"], "job", now=NOW)
    assert (await _referral(tx))["result"] == "job"


async def test_who_has_no_telegram_is_asked_by_a_person(tx: Tx, catalogs: Catalogs) -> None:
    desk, karen = _desk(catalogs), await a_coordinator(tx)
    mine = await making.a_volunteer(tx, name="Fatima")
    with pytest.raises(Outdated):
        await referring.propose(desk, tx, karen, mine, "VDAB", said_yes=None, now=NOW)

    await referring.propose(desk, tx, karen, mine, "VDAB", said_yes=False, now=NOW)

    one = await _referral(tx)
    assert (one["consent_at"], one["declined_at"]) == (None, NOW)


async def _worked(tx: Tx, volunteer: int, minutes: int = 150) -> None:
    owner = await making.an_organisation(tx, f"Club {volunteer}")
    row = {
        "volunteer_id": volunteer,
        "assignment_id": await making.an_assignment(tx, owner),
        "worked_on": NOW.date(),
        "minutes": minutes,
        "state": "approved",
        "created_at": NOW,
        "changed_at": NOW,
    }
    await tx.execute(insert(tables.hours).values(row))
