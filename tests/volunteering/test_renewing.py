"""Documents have a new version: who agreed to the older one stands on a list and is asked again."""

from collections.abc import Iterable

import pytest

from bot.delivery.messages import Edit, Outgoing
from bot.language.catalog import Catalogs
from bot.people.domain import StaffOnly
from bot.storage.transaction import Tx
from bot.volunteering import jobs
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.enrolling import AGREEMENT, FILES, VERSIONS
from bot.volunteering.domain.guiding import Pile
from bot.volunteering.service import documents, enrolling, renewing, worklist
from bot.volunteering.staff_chat import guiding as chat
from tests.support import volunteering_makers as making
from tests.support.event_makers import posted
from tests.support.people_makers import a_person, tapped
from tests.support.shift_makers import a_volunteering_desk, agrees
from tests.support.volunteering_makers import KORTRIJK, NOW
from tests.volunteering.test_documents import PDF
from tests.volunteering.test_guiding import LIEN, a_coordinator

AMINA = 5_000_000_031


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_volunteering_desk(catalogs)


async def _amina(tx: Tx) -> int:
    """Agreed to everything, reads Dari."""
    person = await making.a_person(tx, AMINA, language="fa_AF")
    mine = await making.a_volunteer(tx, person=person, name="Amina")
    await agrees(tx, mine)
    return mine


async def _new_agreement(tx: Tx, versions: Iterable[int] = (1,)) -> None:
    for number in versions:
        await documents.add(tx, AGREEMENT, "nl", PDF + b"\n" * number, now=NOW)


async def _asks_all_that_is_due(desk: VolunteeringDesk, tx: Tx) -> None:
    rows = await tx.raw("SELECT ref FROM due WHERE kind = ?", renewing.KIND)
    for (ref,) in rows:
        await jobs.due_kinds(desk)[renewing.KIND](tx, ref, now=NOW)


async def test_first_file_is_another_text_than_ours_and_ten_comes_after_nine(tx: Tx) -> None:
    assert (await enrolling.versions(tx))[AGREEMENT] == VERSIONS[AGREEMENT]
    await _new_agreement(tx)
    first = (await enrolling.versions(tx))[AGREEMENT]
    await _new_agreement(tx, range(2, 11))

    assert first == "1.1"
    assert (await enrolling.versions(tx))[AGREEMENT] == "1.10"


@pytest.mark.parametrize("key", FILES)
async def test_each_file_that_is_agreed_to_asks_again(tx: Tx, key: str) -> None:
    karen = await a_coordinator(tx)
    await _amina(tx)

    await documents.add(tx, key, "nl", PDF, now=NOW)

    assert (await worklist.counts(tx, karen, now=NOW))[Pile.OLD] == 1


async def test_only_who_agreed_to_an_older_version_is_listed(tx: Tx) -> None:
    karen = await a_coordinator(tx)
    await _amina(tx)
    await making.a_volunteer(tx, name="Never")
    left = await making.a_volunteer(tx, name="Left", state="left")
    await agrees(tx, left)
    assert (await worklist.counts(tx, karen, now=NOW))[Pile.OLD] == 0

    await _new_agreement(tx)

    found = await worklist.listed(tx, karen, Pile.OLD, page=0, now=NOW)
    assert [one.name for one in found.cards] == ["Amina"]
    assert (await worklist.counts(tx, karen, now=NOW))[Pile.OLD] == 1


async def test_they_are_asked_once_and_leave_the_list_with_their_yes(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    karen, mine = await a_coordinator(tx), await _amina(tx)
    fatima = await making.a_volunteer(tx, name="Fatima")
    await agrees(tx, fatima)
    await _new_agreement(tx)

    (said,) = await chat.ask_to_agree_again(desk, tx, karen, tapped("vcrenew"))
    await chat.ask_to_agree_again(desk, tx, karen, tapped("vcrenew"))
    await _asks_all_that_is_due(desk, tx)
    await _asks_all_that_is_due(desk, tx)

    assert isinstance(said, Edit)
    assert said.text.startswith("📨 1 volunteer is asked.\n📞 Without Telegram, please call:")
    assert "Fatima" in said.text
    (question,) = await posted(tx, AMINA)
    assert isinstance(question, Outgoing)
    assert [row[0].action for row in question.buttons] == ["vdocs", "vagree"]
    await enrolling.agree(tx, mine, AGREEMENT, now=NOW)  # type: ignore[arg-type]
    found = await worklist.listed(tx, karen, Pile.OLD, page=0, now=NOW)
    assert [one.name for one in found.cards] == ["Fatima"]


async def test_who_agreed_meanwhile_is_not_asked(tx: Tx, desk: VolunteeringDesk) -> None:
    karen, mine = await a_coordinator(tx), await _amina(tx)
    await _new_agreement(tx)
    await renewing.ask_again(tx, karen, now=NOW)

    await enrolling.agree(tx, mine, AGREEMENT, now=NOW)  # type: ignore[arg-type]
    await _asks_all_that_is_due(desk, tx)

    assert await posted(tx, AMINA) == []


async def test_volunteers_of_others_are_not_asked_and_strangers_ask_nobody(tx: Tx) -> None:
    await a_coordinator(tx, office="gent")
    lien = await a_coordinator(tx, LIEN, office="kortrijk")
    await _amina(tx)
    theirs = await making.a_volunteer(tx, name="Lieven", at=KORTRIJK)
    await agrees(tx, theirs)
    await _new_agreement(tx)

    told, by_hand = await renewing.ask_again(tx, lien, now=NOW)

    assert (told, [one.name for one in by_hand]) == (0, ["Lieven"])
    with pytest.raises(StaffOnly):
        await renewing.ask_again(tx, await a_person(tx, 77), now=NOW)
