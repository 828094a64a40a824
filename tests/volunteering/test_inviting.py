"""Filling a shift: who fits best is ticked and asked; answers are seen as they come."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from bot.delivery import outbox
from bot.delivery.messages import Edit, File, Outgoing
from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.errors import Outdated, Refused
from bot.events.domain import EventId, Place
from bot.events.domain import refusals as refused
from bot.language.catalog import Catalogs
from bot.people.domain import Role, StaffOnly
from bot.people.tables import audit
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import chat, staff_chat, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.enrolling import NotAgreed
from bot.volunteering.domain.inviting import FitsNoMore, NotAsked, NothingPicked
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.service import inviting, keeping
from bot.volunteering.wording import inviting as wording
from tests.support import volunteering_makers as makers
from tests.support.event_makers import MINUTE, posted, states, taken
from tests.support.people_makers import a_sender, tapped
from tests.support.shift_makers import a_volunteering_desk, agrees
from tests.support.volunteering_makers import GENT, KORTRIJK, NOW
from tests.volunteering.test_fitting import a_coordinator, a_volunteer, taps

SATURDAY = NOW + timedelta(days=8)
NIGHT = NOW.replace(hour=21)


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_volunteering_desk(catalogs)


@pytest.fixture
def answers(desk: VolunteeringDesk) -> Routes:
    return routes.combine(chat.combined(desk), staff_chat.combined(desk))


async def a_shift(tx: Tx, **further: Any) -> EventId:
    """A shift in Gent in eight days."""
    host = await makers.an_organisation(tx)
    return await makers.a_shift(tx, await makers.an_assignment(tx, host), SATURDAY, **further)


async def test_best_are_ticked_asked_and_answer(tx: Tx, answers: Routes) -> None:
    karen, shift = await a_coordinator(tx), await a_shift(tx)
    amina, one = await a_volunteer(tx, 1, languages={"nl": 2, "en": 3})
    bilal, other = await a_volunteer(tx, 2, at=KORTRIJK)
    unpicked = await makers.a_volunteer(tx, name="Zoya", at=KORTRIJK)

    text, buttons = await taps(answers, tx, karen, "vcfill:0")
    assert buttons == [f"vcboard:{shift}", "vcdesk"]
    assert "0 of 10 places are taken" in text
    text, buttons = await taps(answers, tx, karen, f"vcboard:{shift}")
    assert "Nobody was asked so far." in text
    assert buttons == [f"vcbest:{shift}", f"vcxlsx:{shift}", f"vclook:{shift}", "vcfill"]
    text, buttons = await taps(answers, tx, karen, f"vcbest:{shift}")
    assert "1. Amina</b> · Gent" in text
    assert "English (well) and Dutch (enough to talk)" in text
    assert "free then · 0 km away · no shift lately" in text
    assert buttons[:3] == [f"vcpick:{shift}:0:{id_}" for id_ in (one, other, unpicked)]
    await taps(answers, tx, karen, f"vcpick:{shift}:0:{one}")
    await taps(answers, tx, karen, f"vcpick:{shift}:0:{unpicked}")
    await taps(answers, tx, karen, f"vcpick:{shift}:0:{unpicked}")
    _, buttons = await taps(answers, tx, karen, f"vcpick:{shift}:0:{other}")
    assert f"vcask:{shift}" in buttons
    text, _ = await taps(answers, tx, karen, f"vcask:{shift}")
    assert "No answer yet: 2" in text

    [asked] = await posted(tx, amina.telegram_id)
    assert isinstance(asked, Outgoing)
    assert "Can you help?" in asked.text
    assert [b.action for row in asked.buttons for b in row] == [f"vfyes:{shift}", f"vfno:{shift}"]
    text, _ = await taps(answers, tx, amina, f"vfyes:{shift}")
    assert "The place is yours." in text
    text, _ = await taps(answers, tx, bilal, f"vfno:{shift}")
    assert "We do not ask you again for Music festival." in text
    text, _ = await taps(answers, tx, karen, f"vclook:{shift}")
    assert "Yes: 1</b>\nAmina" in text
    assert "No: 1" in text
    assert await states(tx, shift) == {one: Place.PLACED, other: Place.DECLINED}
    assert (await taps(answers, tx, karen, f"vcbest:{shift}"))[1][
        0
    ] == f"vcpick:{shift}:0:{unpicked}"
    logged = await tx.one(select(audit).where(audit.c.action == "shift.invited"))
    assert logged is not None
    assert logged["detail"] == {"participants": [one, other]}
    assert await tx.scalar(select(func.count()).select_from(tables.picks)) == 0


async def test_first_come_first_served_and_the_rest_wait(tx: Tx, answers: Routes) -> None:
    karen, shift = await a_coordinator(tx), await a_shift(tx, capacity=1)
    people = [await a_volunteer(tx, number) for number in (1, 2, 3)]
    await taps(answers, tx, karen, f"vcall:{shift}:0")
    await taps(answers, tx, karen, f"vcask:{shift}")

    said = [
        (await taps(answers, tx, one, f"vfyes:{shift}", at=NOW + minutes * MINUTE))[0]
        for minutes, (one, _) in enumerate(people[::-1])
    ]

    assert "The place is yours." in said[0]
    assert "waitlist, number 1" in said[1]
    assert "waitlist, number 2" in said[2]
    assert await taken(tx, shift) == (1, 1)


async def test_asking_twice_writes_once_and_leaves_answers_alone(tx: Tx, answers: Routes) -> None:
    karen, shift = await a_coordinator(tx), await a_shift(tx)
    amina, one = await a_volunteer(tx)
    await taps(answers, tx, karen, f"vcpick:{shift}:0:{one}")
    await taps(answers, tx, karen, f"vcask:{shift}")
    with pytest.raises(NothingPicked):
        await taps(answers, tx, karen, f"vcask:{shift}")
    await taps(answers, tx, amina, f"vfno:{shift}")
    jan = await a_coordinator(tx, 32)
    await inviting.pick(tx, jan, shift, [one], now=NOW)
    await taps(answers, tx, jan, f"vcask:{shift}")

    assert len(await posted(tx, amina.telegram_id)) == 1
    assert await states(tx, shift) == {one: Place.DECLINED}


async def test_board_changes_by_itself_in_the_language_of_its_reader(
    tx: Tx, answers: Routes
) -> None:
    karen, shift = await a_coordinator(tx), await a_shift(tx)
    amina, one = await a_volunteer(tx)
    [board] = await answers.actions["vcboard"](
        tx, karen, tapped(f"vcboard:{shift}", sender=a_sender(karen.telegram_id), at=NOW)
    )
    assert isinstance(board, Outgoing)
    assert board.slot is not None
    await outbox.fill_slot(tx, board.slot, karen.telegram_id, 77)
    await taps(answers, tx, karen, f"vcpick:{shift}:0:{one}")
    await taps(answers, tx, karen, f"vcask:{shift}")
    await outbox.fill_slot(tx, board.slot, karen.telegram_id, 78)

    await taps(answers, tx, amina, f"vfyes:{shift}")

    changed = [one for one in await posted(tx, karen.telegram_id) if isinstance(one, Edit)]
    assert [one.slot for one in changed] == [board.slot]
    assert "Yes: 1" in changed[0].text


async def test_who_has_no_telegram_is_called(tx: Tx, answers: Routes) -> None:
    karen, shift = await a_coordinator(tx), await a_shift(tx)
    fatima = await makers.a_volunteer(tx, name="Fatima", phone="+32470000001")
    await taps(answers, tx, karen, f"vcpick:{shift}:0:{fatima}")

    text, buttons = await taps(answers, tx, karen, f"vcask:{shift}")
    assert "📞 Fatima" in text
    assert "+32" not in text
    assert buttons[:2] == [f"vcsaid:{shift}:{fatima}:yes", f"vcsaid:{shift}:{fatima}:no"]
    with pytest.raises(NotAgreed, match=r"code of conduct|keep their file|agreement"):
        await taps(answers, tx, karen, f"vcsaid:{shift}:{fatima}:yes")
    await agrees(tx, fatima)
    text, buttons = await taps(answers, tx, karen, f"vcsaid:{shift}:{fatima}:yes")
    assert "Yes: 1" in text
    assert buttons[0] == f"vcbest:{shift}"
    assert await posted(tx) == []


async def test_nobody_is_woken_and_nobody_is_asked_too_late(tx: Tx, answers: Routes) -> None:
    karen, shift = await a_coordinator(tx), await a_shift(tx)
    amina, one = await a_volunteer(tx)
    await taps(answers, tx, karen, f"vcpick:{shift}:0:{one}", at=NIGHT)
    await taps(answers, tx, karen, f"vcask:{shift}", at=NIGHT)

    [asked] = await posted(tx, amina.telegram_id)
    assert asked.hold_until == NIGHT + timedelta(hours=10)
    assert asked.expires_at == SATURDAY
    with pytest.raises(refused.Over):
        await taps(answers, tx, amina, f"vfyes:{shift}", at=SATURDAY)


async def test_yes_of_somebody_who_fits_no_more_is_refused(tx: Tx, answers: Routes) -> None:
    karen, shift = await a_coordinator(tx), await a_shift(tx)
    amina, one = await a_volunteer(tx)
    stranger, _ = await a_volunteer(tx, 2)
    await taps(answers, tx, karen, f"vcpick:{shift}:0:{one}")
    await taps(answers, tx, karen, f"vcask:{shift}")
    assignments = tables.assignments
    await tx.execute(assignments.update().values(needs_licence=True))

    with pytest.raises(FitsNoMore):
        await taps(answers, tx, amina, f"vfyes:{shift}")
    for action in ("vfyes", "vfno"):
        with pytest.raises(NotAsked):
            await taps(answers, tx, stranger, f"{action}:{shift}")


async def test_yes_comes_after_the_agreement(tx: Tx, answers: Routes) -> None:
    karen, shift = await a_coordinator(tx), await a_shift(tx)
    amina, one = await a_volunteer(tx)
    await tx.execute(tables.consents.delete())
    await taps(answers, tx, karen, f"vcpick:{shift}:0:{one}")
    await taps(answers, tx, karen, f"vcask:{shift}")

    _, buttons = await taps(answers, tx, amina, f"vfyes:{shift}")

    assert "vagree" in buttons
    assert await states(tx, shift) == {one: Place.ASKED}


async def test_only_coordinators_of_the_office_fill_shifts(tx: Tx, answers: Routes) -> None:
    amina, one = await a_volunteer(tx)
    karen, jan = await a_coordinator(tx), await a_coordinator(tx, 32)
    shift = await a_shift(tx)
    table = tables.office_coordinators
    await tx.execute(table.insert().values(office="gent", person_id=jan.id))
    doing = [
        f"vcboard:{shift}", f"vclook:{shift}", f"vcbest:{shift}", f"vcbest:{shift}:1",
        f"vcall:{shift}:0", f"vcask:{shift}", f"vcxlsx:{shift}", f"vcsaid:{shift}:{one}:yes",
    ]  # fmt: skip

    for data in (*doing, "vcfill:0", f"vcpick:{shift}:0:{one}"):
        for person in (amina, replace(karen, role=Role.STAFF)):
            with pytest.raises(StaffOnly):
                await taps(answers, tx, person, data)
    for data in doing:
        with pytest.raises(NotYourOffice):
            await taps(answers, tx, karen, data)
    assert (await taps(answers, tx, karen, "vcfill:0"))[1] == ["vcdesk"]
    assert (await taps(answers, tx, jan, "vcfill:0"))[1] == [f"vcboard:{shift}", "vcdesk"]


@pytest.mark.parametrize(
    "data",
    ["vcfill:x", "vcboard:", "vcbest:1:2:3", "vcpick:1:2", "vcpick:1:0:x", "vcall:1", "vcask:-1",
     "vcsaid:1:2:maybe", "vcsaid:yes", "vcxlsx:99999999999999999999", "vcboard:4242"],
)  # fmt: skip
async def test_forged_buttons_are_refused(tx: Tx, answers: Routes, data: str) -> None:
    karen = await a_coordinator(tx)

    with pytest.raises(Refused):
        await taps(answers, tx, karen, data)


async def test_somebody_who_is_no_volunteer_cannot_be_ticked(tx: Tx, answers: Routes) -> None:
    karen, shift = await a_coordinator(tx), await a_shift(tx)

    with pytest.raises(Outdated):
        await taps(answers, tx, karen, f"vcpick:{shift}:0:4242")


async def test_list_for_the_organiser_tells_names_and_no_more(
    tx: Tx, answers: Routes, desk: VolunteeringDesk
) -> None:
    karen, shift = await a_coordinator(tx), await a_shift(tx)
    evil = await makers.a_volunteer(
        tx, name="=1+1", phone="+32470000001", mail="a@example.org", languages={"nl": 1}
    )
    waiting = await makers.a_volunteer(tx, name="Waits")
    asked = await makers.a_volunteer(tx, name="Silent")
    await makers.a_place(tx, shift, evil)
    await makers.a_place(tx, shift, waiting, Place.WAITING)
    await makers.a_place(tx, shift, asked, Place.ASKED)

    [sent] = await answers.actions["vcxlsx"](
        tx, karen, tapped(f"vcxlsx:{shift}", sender=a_sender(karen.telegram_id), at=NOW)
    )
    assert isinstance(sent, File)
    made = await staff_chat.makers(desk)[sent.made.kind](tx, sent.made.id)

    rows = [
        [cell.value for cell in row] for row in load_workbook(io.BytesIO(made)).worksheets[0].rows
    ]
    assert rows[0][0] == "Music festival"
    listed = [row[:3] for row in rows if row[0] in ("=1+1", "Waits", "Silent")]
    spoken = "Engels (genoeg om te praten) en Nederlands (een beetje)"
    assert listed == [
        ["=1+1", "ja", "Nederlands (een beetje)"],
        ["Waits", "op de wachtlijst", spoken],
    ]
    assert "+32" not in str(rows)
    assert "example.org" not in str(rows)


async def test_list_reads_from_right_to_left_where_its_language_does(
    tx: Tx, catalogs: Catalogs
) -> None:
    shift = await a_shift(tx)
    await makers.a_place(tx, shift, await makers.a_volunteer(tx, name="مریم"))

    board, spoken = await inviting.listed(tx, shift)

    assert wording.sheet(catalogs.words("fa_AF"), board, spoken).is_rtl
    assert not wording.sheet(catalogs.words("nl"), board, spoken).is_rtl


async def test_each_step_takes_ten_statements(tx: Tx, answers: Routes) -> None:
    karen, shift = await a_coordinator(tx), await a_shift(tx)
    _, one = await a_volunteer(tx)
    await taps(answers, tx, karen, f"vcbest:{shift}")
    spent = {}
    for who, data in (
        (karen, "vcfill:0"),
        (karen, f"vcboard:{shift}"),
        (karen, f"vcbest:{shift}"),
        (karen, f"vcpick:{shift}:0:{one}"),
    ):
        before = tx.statements
        await taps(answers, tx, who, data)
        spent[data] = tx.statements - before

    assert max(spent.values()) <= 11, spent  # a tick is the longest: who may, the tick, the list


async def test_ticks_go_with_whoever_they_are_about(database: Database) -> None:
    async with database.writing() as tx:
        karen, shift = await a_coordinator(tx), await a_shift(tx)
        one = await makers.a_volunteer(tx, at=GENT)
        other = await makers.a_volunteer(tx)
        await inviting.pick(tx, karen, shift, [one, other], now=NOW)

        await keeping.strip(tx, one, now=NOW)
        left = [row["volunteer_id"] for row in await tx.all(select(tables.picks))]
        assert left == [other]
        await inviting.forget_picks(tx, now=NOW + timedelta(days=3))
        assert await tx.all(select(tables.picks)) == []
