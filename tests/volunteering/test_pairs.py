"""A buddy and who would like one: the list, who fits, both are asked, both say yes, and the end."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.events import tables as event_tables
from bot.events.service import participants
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people.domain import Person, Role
from bot.storage.transaction import Tx
from bot.volunteering import privacy, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.guiding import Pile
from bot.volunteering.domain.matching import Seeker
from bot.volunteering.domain.partners import Partner
from bot.volunteering.domain.placing import PartnerTaken, SaidNo, Side
from bot.volunteering.service import ending, guiding, partners, proposing, worklist
from tests.support import volunteering_makers as making
from tests.support.dialog_makers import Phone
from tests.support.event_makers import posted, texts
from tests.support.pair_makers import (
    AMINA,
    KAREN,
    LIEN,
    OLENA,
    a_desk,
    a_lasting_one,
    a_person,
    a_wish,
    becomes_due,
    phone_of,
    row_of,
    states,
)
from tests.support.shift_makers import GROUP
from tests.support.volunteering_makers import LEUVEN, NOW, free_on
from tests.volunteering.test_guiding import a_coordinator

DAY = timedelta(days=1)


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_desk(catalogs)


async def a_pair(tx: Tx, desk: VolunteeringDesk) -> tuple[Phone, Phone, Phone]:
    """Karen has asked Amina, who volunteers, and Olena, who would like a buddy."""
    karen = phone_of(tx, desk, await a_coordinator(tx))
    amina, olena, *_ = await two(tx)
    buddy = await a_lasting_one(tx)
    found = await tx.scalar(select(tables.partners.c.participant_id))
    volunteer = await tx.scalar(select(tables.volunteers.c.id))
    await karen.press(f"vcpairok:{found}:{buddy}:{volunteer}")
    return karen, phone_of(tx, desk, amina), phone_of(tx, desk, olena)


async def two(tx: Tx, **file: Any) -> tuple[Person, Person, int, int]:
    """A volunteer, and a newcomer who would like a buddy and is no volunteer."""
    amina = await a_person(tx, AMINA, "Amina")
    mine = await making.a_volunteer(
        tx, person=amina.id, **({"languages": {"en": 3}, "motivation": "Secret"} | file)
    )
    olena = await a_person(tx, OLENA, "Olena", "uk")
    hers = await participants.of_person(tx, olena.id, now=NOW)
    await a_wish(tx, hers)
    return amina, olena, mine, hers


async def test_wish_reaches_the_list_and_can_be_taken_back(tx: Tx, desk: VolunteeringDesk) -> None:
    olena = phone_of(tx, desk, await a_person(tx, OLENA, "Olena"))
    karen = phone_of(tx, desk, await a_coordinator(tx))

    await olena.press("vbuddy")
    await olena.tap("Yes")
    await olena.say("9000")
    await olena.tap("Українська")
    await olena.tap("Done")
    await olena.tap("Done")
    await olena.tap("Yes, that is right")

    assert "You are on the list" in olena.text
    assert any("Olena" in one for one in texts(await posted(tx, GROUP)))
    await karen.press("vcwish:0")
    [found] = [one for one in karen.buttons if (one.action or "").startswith("vcwisher:")]
    assert "Olena" in found.label
    await karen.press(found.action or "")
    assert "Ukrainian" in bidi.strip_marks(karen.text)
    assert "There is no open assignment" in karen.text
    await olena.press("vbuddyoff")
    assert "deleted" in olena.text
    assert await tx.all(select(tables.partners)) == []


async def test_nothing_is_kept_of_who_is_under_18(tx: Tx, desk: VolunteeringDesk) -> None:
    olena = phone_of(tx, desk, await a_person(tx, OLENA, "Olena"))
    young = await a_person(tx, AMINA, "Amina")
    await making.a_volunteer(tx, person=young.id, age_group="16_17")

    await olena.press("vbuddy")
    await olena.tap("No")
    await olena.tap("Yes, that is right")
    phone = phone_of(tx, desk, young)
    await phone.press("vbuddy")

    assert "18 and older" in olena.text
    assert "18" in phone.refused
    assert await tx.all(select(tables.partners)) == []


async def test_who_fits_speaks_the_same_language_and_lives_near(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    karen = phone_of(tx, desk, await a_coordinator(tx))
    _amina, _olena, near, hers = await two(tx, availability=free_on((1, 2)))
    far = await making.a_volunteer(tx, name="Far", at=LEUVEN, languages={"en": 3})
    await making.a_volunteer(tx, name="Mute", languages={"nl": 3})
    await making.a_volunteer(tx, name="Away", languages={"uk": 3}, state="paused")
    buddy = await a_lasting_one(tx)

    await karen.press(f"vcwisher:{hers}")
    await karen.tap("Who fits: Walking together")

    asked = [one.action for one in karen.buttons if (one.action or "").startswith("vcpair:")]
    assert asked == [f"vcpair:{hers}:{buddy}:{near}", f"vcpair:{hers}:{buddy}:{far}"]
    text = bidi.strip_marks(karen.text)
    assert "both speak English · free at the same time · 0 km away" in text
    assert "Secret" not in text


async def test_only_two_times_yes_makes_a_pair(tx: Tx, desk: VolunteeringDesk) -> None:
    karen, amina, olena = await a_pair(tx, desk)
    [asked] = texts(await posted(tx, AMINA))
    assert "Olena" in asked
    assert len(await posted(tx, OLENA)) == 1

    await amina.press("vplyes:1")
    assert "wait for the other person" in amina.text
    assert await states(tx) == ["asked"]
    await amina.press("vplyes:1")
    assert amina.refused
    await karen.press("vcpl:1")
    assert "Yes: Amina" in bidi.strip_marks(karen.text)
    await olena.press("vplyes:1")

    row = await row_of(tx)
    assert (row["state"], row["since"]) == ("running", NOW.date())
    assert any("both said yes" in one for one in texts(await posted(tx, AMINA)))
    assert any("both said yes" in one for one in texts(await posted(tx, KAREN)))
    assert (await partners.waiting(tx, karen.person, page=0))[0] == []  # type: ignore[arg-type]
    plans = await tx.all(select(tables.follow_ups).order_by(tables.follow_ups.c.due_on))
    assert [row["due_on"] - NOW.date() for row in plans] == [7 * DAY, 21 * DAY]
    pile, person = Pile.FOLLOW_UPS, await people.find_person(tx, int(karen.person.id))
    assert person is not None
    week = await worklist.listed(
        tx, replace(person, role=Role.COORDINATOR), pile, page=0, now=NOW + 8 * DAY
    )
    assert [one.name for one in week.cards] == ["Amina"]


async def test_no_is_kind_and_remembered(tx: Tx, desk: VolunteeringDesk) -> None:
    karen, amina, olena = await a_pair(tx, desk)
    await amina.press("vplyes:1")

    await olena.press("vplno:1")

    assert await states(tx) == ["declined", "accepted"]  # Amina still looks for somebody
    told = texts(await posted(tx, AMINA))[-1]
    assert "does not come about" in told
    assert "Olena" not in told
    assert any("Olena said no" in one for one in texts(await posted(tx, KAREN)))
    hers, mine = (await row_of(tx))["partner_id"], (await row_of(tx))["volunteer_id"]
    with pytest.raises(SaidNo):
        await proposing.ask(desk, tx, karen.person, 1, mine, partner=hers, now=NOW)  # type: ignore[arg-type]
    await karen.press(f"vcfits:{hers}:1")
    assert "Nobody fits" in karen.text
    await olena.press("vplyes:1")
    assert olena.refused


async def test_nobody_is_asked_about_two_people_at_once(tx: Tx, desk: VolunteeringDesk) -> None:
    karen, _amina, _olena = await a_pair(tx, desk)
    other = await making.a_volunteer(tx, name="Other", languages={"en": 2})
    hers = (await row_of(tx))["partner_id"]

    with pytest.raises(PartnerTaken):
        await proposing.ask(desk, tx, karen.person, 1, other, partner=hers, now=NOW)  # type: ignore[arg-type]


async def test_volunteer_who_was_approved_is_the_one_who_is_asked(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    karen = phone_of(tx, desk, await a_coordinator(tx))
    amina_person, _olena, mine, hers = await two(tx)
    buddy = await a_lasting_one(tx, wanted=1)
    amina = phone_of(tx, desk, amina_person)
    await amina.press(f"vlastask:{buddy}")
    await karen.press("vcdecide:1:yes")
    await making.a_volunteer(tx, name="Other", languages={"en": 3})

    await karen.press(f"vcfits:{hers}:{buddy}")
    await karen.press(f"vcpairok:{hers}:{buddy}:{mine}")

    asked = [one for one in karen.shown if one.startswith("vcpair:")]
    assert asked == [f"vcpair:{hers}:{buddy}:{mine}"]  # all places are taken: only who is approved
    assert await states(tx) == ["asked"]


async def test_contacts_are_passed_on_only_when_both_gave_them(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    _karen, amina, olena = await a_pair(tx, desk)
    for phone in (amina, olena):
        await phone.press("vplyes:1")
    before = len(await posted(tx, OLENA))

    await amina.press("vplreach:1")
    await amina.say("0470 11 22 33")
    await amina.tap("Yes, that is right")
    assert "I pass it on when" in amina.text
    assert len(await posted(tx, OLENA)) == before
    told = await privacy.export_person(tx, olena.person.id)
    assert "0470 11 22 33" not in str(told)
    await olena.press("vplreach:1")
    await olena.say("olena@example.org")
    await olena.press([one for one in olena.shown if one.startswith("form_ok")][-1])

    assert "olena@example.org" in texts(await posted(tx, AMINA))[-1]
    assert "0470 11 22 33" in texts(await posted(tx, OLENA))[-1]
    row = await row_of(tx)
    assert (row["volunteer_contact"], row["partner_contact"]) == (None, None)


async def test_stranger_and_other_office_reach_nothing(tx: Tx, desk: VolunteeringDesk) -> None:
    _karen, _amina, _olena = await a_pair(tx, desk)
    hers, mine = (await row_of(tx))["partner_id"], (await row_of(tx))["volunteer_id"]
    lien = phone_of(tx, desk, await a_coordinator(tx, LIEN, office="gent"))
    other = phone_of(tx, desk, await a_coordinator(tx, 5_000_000_013))
    stranger = phone_of(tx, desk, await a_person(tx, 5_000_000_031, "Zarghuna"))
    ours = ["vcpl:1", "vcplend:1", "vcplsaid:1:partner:1", "vcmeet:1", "vcreach:1:partner"]
    ours += ["vcplset:1", "vcplrest:1:1", "vcpltell:1", f"vcfits:{hers}:1", "vclast:0:1"]
    ours += [f"vcwisher:{hers}", f"vcwishoff:{hers}", f"vcpairok:{hers}:1:{mine}", "vcwho:1"]
    theirs = ["vplyes:1", "vplno:1", "vplstop:1", "vplout:1", "vplreach:1", "vbuddyoff"]

    for action in [*ours, *theirs]:
        await stranger.press(action)
        assert stranger.refused, action
    for action in ours:
        await other.press(action)
        assert other.refused, action
    await other.press("vclast:0")
    assert [one.action for one in other.buttons] == ["vcwish:0", "vcdesk"]
    await lien.press("vcpl:1")
    assert not lien.refused
    assert await states(tx) == ["asked"]


@pytest.mark.parametrize(
    "action",
    ["vcpair:1:2", "vcpair:x:1:1", "vcpairok:1:1:" + "9" * 30, "vcplsaid:1:coordinator:1",
     "vcplsaid:1:partner:2", "vcreach:1:coordinator", "vclast:x", "vclast:0:x", "vcpl:", "vplyes:x",
     "vcplrest:1:7", "vcwho:999", "vcfits:1:999"],
)  # fmt: skip
async def test_forged_buttons_are_refused(tx: Tx, desk: VolunteeringDesk, action: str) -> None:
    karen, amina, _olena = await a_pair(tx, desk)
    phone = amina if action.startswith("vpl") else karen

    await phone.press(action)

    assert phone.refused
    assert await states(tx) == ["asked"]


async def test_who_has_no_telegram_is_called(tx: Tx, desk: VolunteeringDesk) -> None:
    karen = phone_of(tx, desk, await a_coordinator(tx))
    amina = phone_of(tx, desk, (await two(tx))[0])
    buddy = await a_lasting_one(tx)
    await karen.press("vcwishnew")
    await karen.tap("Yes")
    await karen.say("Fatima")
    await karen.say("Gent")
    await karen.tap("English")
    await karen.tap("Done")
    await karen.tap("Done")
    await karen.say("0470 12 34 56")
    await karen.tap("Yes, that is right")
    assert "470 12 34 56" in bidi.strip_marks(karen.text)

    await karen.tap("Who fits")
    await karen.tap("1. Amina")
    assert "No Telegram" in karen.text
    await karen.tap("Ask both")
    await amina.press("vplyes:1")
    await karen.press("vcpl:1")
    await karen.tap("📞")

    assert (await row_of(tx))["state"] == "running"
    assert buddy == (await row_of(tx))["assignment_id"]
    await amina.press("vplreach:1")
    await amina.say("amina@example.org")
    await amina.tap("Yes, that is right")
    await karen.press("vcpl:1")
    await karen.tap("Number of")
    await karen.say("0470 12 34 56")
    await karen.tap("Yes, that is right")
    assert any("Please tell Fatima" in bidi.strip_marks(one) for one in
               texts(await posted(tx, KAREN)))  # fmt: skip
    assert "0470 12 34 56" in texts(await posted(tx, AMINA))[-1]


async def test_first_meeting_is_told_to_both(tx: Tx, desk: VolunteeringDesk) -> None:
    karen, amina, olena = await a_pair(tx, desk)
    for phone in (amina, olena):
        await phone.press("vplyes:1")

    await karen.press("vcmeet:1")
    await karen.say("28/11/2026 14:00")
    await karen.say("De Krook, Gent")
    await karen.tap("Yes, that is right")

    for number in (AMINA, OLENA):
        assert "De Krook" in texts(await posted(tx, number))[-1]
    assert "First meeting" in karen.text
    await amina.press("vplaces")
    assert "First meeting" in amina.text


async def test_who_stops_says_why_to_the_coordinator_only(tx: Tx, desk: VolunteeringDesk) -> None:
    karen, amina, olena = await a_pair(tx, desk)
    for phone in (amina, olena):
        await phone.press("vplyes:1")
    before = len(await posted(tx, OLENA))

    await amina.press("vplstop:1")
    await amina.tap("Too little time")
    await amina.tap("Yes, that is right")

    row = await row_of(tx)
    assert (row["state"], row["ended_reason"], row["ended_by"]) == ("ended", "time", "volunteer")
    assert len(await posted(tx, OLENA)) == before
    assert await becomes_due(tx, desk, ending.KIND) == 1
    card = bidi.strip_marks(texts(await posted(tx, KAREN))[-1])
    assert "Amina stops" in card
    assert "Olena does not know yet" in card
    await karen.press("vcpl:1")
    assert "Too little time" in karen.text
    await karen.tap("Tell Olena now")
    told = texts(await posted(tx, OLENA))[-1]
    assert "Amina" in told
    assert "час" not in told.split("Дякуємо")[0]  # not that she had no time
    assert await becomes_due(tx, desk, ending.UNTOLD_KIND, now=NOW + 3 * DAY) == 1
    assert len(await posted(tx, OLENA)) == before + 1
    assert [one.id for one in (await partners.waiting(tx, karen.person, page=0))[0]]  # type: ignore[arg-type]
    assert await tx.all(select(tables.follow_ups)) == []
    assert "Too little" not in str(await privacy.export_person(tx, olena.person.id))
    assert "'time'" not in str(await privacy.export_person(tx, olena.person.id))


async def test_who_is_left_behind_hears_it_after_two_days_at_last(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    karen, amina, olena = await a_pair(tx, desk)
    for phone in (amina, olena):
        await phone.press("vplyes:1")
    mine = (await row_of(tx))["volunteer_id"]

    await guiding.leave(tx, amina.person, mine, "moved", now=NOW)  # type: ignore[arg-type]
    await becomes_due(tx, desk, ending.KIND)
    before = len(await posted(tx, OLENA))
    assert await becomes_due(tx, desk, ending.UNTOLD_KIND, now=NOW + DAY) == 0
    await becomes_due(tx, desk, ending.UNTOLD_KIND, now=NOW + 2 * DAY)

    assert len(await posted(tx, OLENA)) == before + 1
    await karen.press("vcpltell:1")
    assert karen.refused


@pytest.mark.parametrize("side", list(Side)[:2])
async def test_who_is_forgotten_leaves_nothing_of_the_pair(
    tx: Tx, desk: VolunteeringDesk, side: Side
) -> None:
    karen, amina, olena = await a_pair(tx, desk)
    for phone in (amina, olena):
        await phone.press("vplyes:1")
    await amina.press("vplreach:1")
    await amina.say("0470 11 22 33")
    await amina.tap("Yes, that is right")

    gone = amina if side is Side.VOLUNTEER else olena
    await privacy.forget_person(tx, gone.person.id, now=NOW)

    row = await row_of(tx)
    assert (row["state"], row["ended_by"], row["volunteer_contact"]) == ("ended", side, None)
    await becomes_due(tx, desk, ending.KIND)
    assert "stops" in texts(await posted(tx, KAREN))[-1]
    if side is Side.PARTNER:
        assert await tx.all(select(tables.partners)) == []
    await karen.press("vclast:0")
    assert any(one.action == "vcpl:1" for one in karen.buttons)


async def test_old_wishes_go_with_the_names_of_who_has_no_telegram(tx: Tx) -> None:
    fatima = await participants.by_name(tx, "Fatima", now=NOW)
    await a_wish(tx, fatima, phone="0470123456")
    await two(tx)

    own = tables.partners.c.participant_id == fatima
    await tx.execute(update(tables.partners).where(own).values(changed_at=NOW - 400 * DAY))
    await partners.forget_old(tx, before=NOW - 365 * DAY)

    left = await tx.all(select(tables.partners))
    assert [row["town"] for row in left] == ["Gent"]
    who = event_tables.participants
    assert await tx.scalar(select(who.c.name).where(who.c.id == fatima)) is None


def test_suggestions_know_nothing_of_age_sex_and_origin() -> None:
    known = {*Partner.__dataclass_fields__, *Seeker.__dataclass_fields__} - {"is_adult"}

    assert not {"sex", "gender", "age", "nationality", "origin", "health"} & known
