"""40-hour trajectories: begun, counted, proposed as complete, reported back by hand; barriers."""

from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.errors import Outdated, Refused
from bot.language.catalog import Catalogs
from bot.people import tables as people
from bot.people.domain import Person, Role, StaffOnly
from bot.schedule import due
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import chat, jobs, staff_chat, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Status
from bot.volunteering.domain import trajectories as domain
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.service import hours, trajectories
from tests.support import dialog_makers
from tests.support.event_makers import DAY, HOUR, NOW, posted
from tests.support.organisation_makers import a_colleague
from tests.support.shift_makers import a_volunteering_desk
from tests.volunteering.test_hours import KAREN, OFFICES, _amina, _screen, _tap, _worked

COUNTS: dict[str, Any] = {"counts_as_dutch": True, "counts_as_social": True}


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_volunteering_desk(catalogs, offices=OFFICES)


@pytest.fixture
def answers(desk: VolunteeringDesk) -> Routes:
    return routes.combine(chat.combined(desk), staff_chat.combined(desk))


async def _begun(tx: Tx, karen: Person, mine: int, *, may_report: bool = True) -> None:
    await trajectories.begin(tx, karen, mine, referrer="OCMW Gent", may_report=may_report, now=NOW)


async def test_coordinator_begins_one_in_the_dialog_with_consent(
    tx: Tx, desk: VolunteeringDesk, catalogs: Catalogs
) -> None:
    _person, mine = await _amina(tx)
    karen = await a_colleague(tx, KAREN)
    phone = dialog_makers.Phone(tx, catalogs, (), person=karen, at=NOW)  # type: ignore[arg-type]
    phone.further = staff_chat.combined(desk)

    await phone.press("vcbegin")
    await phone.tap("Amina")
    await phone.say("OCMW Gent")
    await phone.tap("Ja")
    await phone.tap("Ja, dat klopt")

    assert "OCMW Gent" in phone.text
    assert "Mag horen hoe het afloopt: ja" in phone.text
    found = await trajectories.look(tx, karen, mine)
    assert found.status is Status.REGISTERED
    table = tables.consents.c
    assert await tx.scalar(select(table.document).where(table.volunteer_id == mine)) == (
        "report_back"
    )
    with pytest.raises(domain.HasOne):
        await _begun(tx, karen, mine)


async def test_only_approved_hours_of_assignments_that_count_reach_the_target(
    database: Database, desk: VolunteeringDesk, answers: Routes
) -> None:
    async with database.writing() as tx:
        amina, mine = await _amina(tx)
        karen = await a_colleague(tx, KAREN)
        await _begun(tx, karen, mine)
        await trajectories.move(tx, karen, mine, "active", before="registered", now=NOW)
        counts, _line = await _worked(tx, mine, **COUNTS)
        other, _line = await _worked(tx, mine, ago=2 * DAY, counts_as_dutch=True)
        await hours.approve(tx, other, {mine: 1440}, via="link", now=NOW)
        assert await trajectories.progress(tx, mine) == domain.Progress(0, 2400)
        await hours.approve(tx, counts, {mine: 2399}, via="link", now=NOW)
    while await due.run(database, jobs.due_kinds(desk), now=NOW):
        pass
    async with database.writing() as tx:
        assert await posted(tx, KAREN) == []
        with pytest.raises(domain.NotReached):
            await trajectories.move(tx, karen, mine, "completed", before="active", now=NOW)
        await hours.approve(tx, counts, {mine: 2400}, via="link", now=NOW)
        await hours.approve(tx, counts, {mine: 2400}, via="contact", now=NOW)
    for _again in range(2):
        while await due.run(database, jobs.due_kinds(desk), now=NOW + HOUR):
            pass
    async with database.writing() as tx:
        text, buttons = _screen(await posted(tx, KAREN))
        assert "40 uur van 40 uur" in text
        assert buttons == [f"vctraj:{mine}"]
        text, _buttons = await _tap(answers, tx, amina, "vhours")
        assert "40 h of 40 h for your trajectory\n🟩🟩🟩🟩🟩🟩🟩🟩🟩🟩" in text
        await hours.look_at_trajectories(tx, [mine], now=NOW)
    while await due.run(database, jobs.due_kinds(desk), now=NOW + 2 * HOUR):
        pass
    async with database.writing() as tx:
        assert len(await posted(tx, KAREN)) == 1
        text, buttons = await _tap(answers, tx, karen, f"vctraj:{mine}")
        complete = f"vcmove:{mine}:active:completed"
        assert complete in buttons
        text, buttons = await _tap(answers, tx, karen, complete)
        assert f"vctell:{mine}" in buttons
        text, _buttons = await _tap(answers, tx, karen, f"vctell:{mine}")
        assert "Amina, die jullie naar ons doorverwezen" in text
        assert "40 uur" in text
        text, _buttons = await _tap(answers, tx, karen, f"vctold:{mine}")
        assert "Ze hebben bericht gekregen" in text
        with pytest.raises(Outdated):
            await _tap(answers, tx, karen, complete)


async def test_what_has_ended_is_opened_by_an_admin_only(tx: Tx, answers: Routes) -> None:
    _person, mine = await _amina(tx)
    karen, root = await a_colleague(tx, KAREN), await a_colleague(tx, 5_000_000_008, Role.ADMIN)
    await _begun(tx, karen, mine, may_report=False)
    _text, buttons = await _tap(answers, tx, karen, f"vcmove:{mine}:registered:stopped")
    assert buttons == ["vctrajs:0"]
    with pytest.raises(Outdated):
        await _tap(answers, tx, karen, f"vctell:{mine}")
    with pytest.raises(domain.ForAdmins):
        await _tap(answers, tx, karen, f"vcmove:{mine}:stopped:active")
    with pytest.raises(domain.NoStep):
        await _tap(answers, tx, root, f"vcmove:{mine}:stopped:completed")
    _text, buttons = await _tap(answers, tx, root, f"vcmove:{mine}:stopped:active")
    assert f"vcmove:{mine}:active:paused" in buttons
    log = people.audit.c
    moved = select(log.detail).where(log.action == "trajectory.moved").order_by(log.id)
    assert [row["detail"] for row in await tx.all(moved)] == [{"to": "stopped"}, {"to": "active"}]


async def test_every_step_is_refused_to_strangers_and_other_offices(
    tx: Tx, answers: Routes
) -> None:
    amina, mine = await _amina(tx)
    karen, lut = await a_colleague(tx, KAREN), await a_colleague(tx, 5_000_000_003)
    await _begun(tx, karen, mine)
    taps = ("vctraj:{0}", "vcmove:{0}:registered:active", "vctell:{0}", "vctold:{0}")
    for tap in (*taps, "vctrajs:0", "vcbegin", "vcbars", "vcbar:gent", "vcbarup:gent:stress"):
        with pytest.raises(StaffOnly):
            await _tap(answers, tx, amina, tap.format(mine))
    await tx.execute(insert(tables.office_coordinators).values(office="gent", person_id=lut.id))
    for tap in (*taps, "vcbar:gent", "vcbarup:gent:stress"):
        with pytest.raises(NotYourOffice):
            await _tap(answers, tx, karen, tap.format(mine))
    for forged in ("vctraj:x", "vcmove:1", f"vcmove:{mine}:registered:gone", "vcbarup:gent:x"):
        with pytest.raises(Refused):
            await _tap(answers, tx, lut, forged)


async def test_barriers_are_counted_by_month_and_never_of_somebody(tx: Tx, answers: Routes) -> None:
    karen = await a_colleague(tx, KAREN)
    for _again in range(2):
        text, buttons = await _tap(answers, tx, karen, "vcbarup:gent:stress")
    assert "Stress: 2" in text
    assert "vcbardown:gent:stress" in buttons
    for _again in range(3):
        text, _buttons = await _tap(answers, tx, karen, "vcbardown:gent:stress")
    assert "Stress: 0" in text
    text, _buttons = await _tap(answers, tx, karen, "vcbar:gent", at=NOW + 20 * DAY)
    await _tap(answers, tx, karen, "vcbarup:gent:language", at=NOW + 20 * DAY)
    rows = [tuple(row.values()) for row in await tx.all(select(tables.barriers))]
    assert sorted(rows) == [("2026-11", "gent", "stress", 0), ("2026-12", "gent", "language", 1)]
    assert "volunteer" not in "".join(tables.barriers.c.keys())
