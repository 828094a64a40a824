"""Hours: derived once, corrected by volunteers, decided by coordinators; weeks; what counts."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.errors import Outdated
from bot.events.domain import EventId, ParticipantId
from bot.events.service import marking
from bot.language.catalog import Catalogs
from bot.people.domain import Person, StaffOnly
from bot.schedule import due
from bot.schedule.tables import due as due_rows
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import chat, jobs, staff_chat, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import hours as domain
from bot.volunteering.domain.hours import Line
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.service import correcting, hour_rows, hours, weeks
from tests.support import dialog_makers
from tests.support import volunteering_makers as making
from tests.support.event_makers import DAY, NOW, posted, texts
from tests.support.organisation_makers import a_colleague
from tests.support.people_makers import a_sender, tapped
from tests.support.shift_makers import a_volunteering_desk

AMINA, KAREN = 5_000_000_001, 5_000_000_002
OFFICES = making.OFFICES


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_volunteering_desk(catalogs, offices=OFFICES)


@pytest.fixture
def answers(desk: VolunteeringDesk) -> Routes:
    return routes.combine(chat.combined(desk), staff_chat.combined(desk))


async def _amina(tx: Tx, language: str = "en") -> tuple[Person, ParticipantId]:
    id_ = await making.a_person(tx, AMINA, language=language)
    mine = await making.a_volunteer(tx, person=id_)
    return Person(id_, AMINA, "Amina", language, None), mine  # type: ignore[arg-type]


async def _worked(
    tx: Tx, mine: ParticipantId, *, ago: timedelta = DAY, **assignment: Any
) -> tuple[EventId, int]:
    """A shift of three hours that somebody was at, and the line of it."""
    owner = await making.an_organisation(tx, f"Vooruit {ago}")
    one = await making.an_assignment(tx, owner, **assignment)
    shift = await making.a_shift(tx, one, NOW - ago)
    await making.a_place(tx, shift, mine)
    await marking.mark(tx, mine, shift, came=True, via="link", now=NOW)
    await hours.derive(tx, shift, now=NOW)
    line = await tx.scalar(select(tables.hours.c.id).where(tables.hours.c.event_id == shift))
    return shift, int(line)


async def _tap(
    answers: Routes, tx: Tx, person: Person, data: str, at: datetime = NOW
) -> tuple[str, list[str]]:
    tap = tapped(data, sender=a_sender(person.telegram_id), at=at)
    return _screen(await answers.actions[tap.action](tx, person, tap))


def _screen(replies: Sequence[Message]) -> tuple[str, list[str]]:
    [one] = replies
    assert isinstance(one, Edit | Outgoing)
    return one.text, [button.action or "" for row in one.buttons for button in row]


async def _line(tx: Tx, id_: int) -> Line:
    [line] = await hour_rows.several(tx, [id_])
    return line


async def test_marking_somebody_twice_never_doubles_hours(tx: Tx) -> None:
    _person, mine = await _amina(tx)
    shift, line = await _worked(tx, mine)
    await marking.mark(tx, mine, shift, came=True, via="contact", now=NOW)
    await hours.derive(tx, shift, now=NOW)

    found = await hour_rows.of_volunteer(tx, mine)
    assert [(one.id, one.minutes, one.state) for one in found] == [(line, 180, "derived")]
    await marking.mark(tx, mine, shift, came=False, via="contact", now=NOW)
    await hours.derive(tx, shift, now=NOW)
    assert await hour_rows.of_volunteer(tx, mine) == []


async def test_volunteer_sees_hours_by_assignment_and_opens_one(tx: Tx, answers: Routes) -> None:
    amina, mine = await _amina(tx)
    text, buttons = await _tap(answers, tx, amina, "vhours")
    assert "You have no hours yet" in text
    assert buttons == ["vhome"]
    shift, line = await _worked(tx, mine)
    await hours.approve(tx, shift, {mine: 150}, via="link", now=NOW)
    _other, open_ = await _worked(tx, mine, ago=2 * DAY, title="Garden")

    text, buttons = await _tap(answers, tx, amina, "vhours")
    assert "My hours: 5.5 h" in text
    assert "Approved: 2.5 h. Still to approve: 3 h." in text
    assert "• Garden: 3 h" in text
    assert buttons == [f"vhour:{line}", f"vhour:{open_}", "vhome"]
    text, buttons = await _tap(answers, tx, amina, f"vhour:{line}")
    assert "✅ 2.5 h, approved." in text
    assert buttons == [f"vfix:{line}", "vhours"]


async def test_correction_goes_through_the_dialog_to_the_coordinator_and_back(
    tx: Tx, desk: VolunteeringDesk, answers: Routes, catalogs: Catalogs
) -> None:
    amina, mine = await _amina(tx)
    karen = await a_colleague(tx, KAREN)
    shift, line = await _worked(tx, mine)
    await hours.approve(tx, shift, {mine: 180}, via="link", now=NOW)
    phone = dialog_makers.Phone(tx, catalogs, (), person=amina, at=NOW)  # type: ignore[arg-type]
    phone.further = chat.combined(desk)

    await phone.press(f"vfix:{line}")
    await phone.say("many")
    assert "3 or 2.5" in phone.text
    await phone.say("25")
    assert "24 hours at most" in phone.text
    await phone.say("۴,۵")
    await phone.tap("I stayed longer")
    await phone.tap("Yes, that is right")
    assert "You say 4.5 h" in phone.text
    found = await _line(tx, line)
    assert (found.minutes, found.said, found.state) == (180, 270, "approved")
    assert domain.sums([found]) == domain.Sums(approved=180)

    text, buttons = await _tap(answers, tx, karen, "vchours:0")
    assert "De vrijwilliger zegt: 4,5 uur (Ik bleef langer)" in text
    assert f"vchour:{line}" in buttons
    text, buttons = await _tap(answers, tx, karen, f"vchour:{line}")
    assert buttons == [f"vchyes:{line}:270", f"vchyes:{line}:180", "vchours:0"]
    await _tap(answers, tx, karen, f"vchyes:{line}:270")
    assert domain.sums([await _line(tx, line)]) == domain.Sums(approved=270)
    assert any("4.5 h are approved" in one for one in texts(await posted(tx, AMINA)))
    with pytest.raises(Outdated):
        await _tap(answers, tx, karen, f"vchyes:{line}:180")
    with pytest.raises(domain.Decided):
        await _tap(answers, tx, amina, f"vfix:{line}")


async def test_strangers_old_days_and_wrong_roles_change_nothing(
    tx: Tx, answers: Routes, desk: VolunteeringDesk
) -> None:
    amina, mine = await _amina(tx)
    _shift, line = await _worked(tx, mine)
    other = Person(await making.a_person(tx, 5_000_000_009), 5_000_000_009, "X", "en", None)  # type: ignore[arg-type]
    await making.a_volunteer(tx, person=other.id)
    for data in (f"vhour:{line}", f"vfix:{line}"):
        with pytest.raises(Outdated):
            await _tap(answers, tx, other, data)
    for data in ("vchours:0", f"vchour:{line}", f"vchyes:{line}:180", f"vchno:{line}"):
        with pytest.raises(StaffOnly):
            await _tap(answers, tx, amina, data)
    with pytest.raises(domain.TooLate):
        await _tap(answers, tx, amina, f"vfix:{line}", at=NOW + 70 * DAY)
    karen = await a_colleague(tx, KAREN)
    lut = await a_colleague(tx, 5_000_000_003)
    await tx.execute(insert(tables.office_coordinators).values(office="gent", person_id=lut.id))
    with pytest.raises(NotYourOffice):
        await _tap(answers, tx, karen, f"vchyes:{line}:180")
    assert (await _line(tx, line)).state == "derived"


async def test_all_of_a_page_is_approved_only_as_it_was_shown(tx: Tx, answers: Routes) -> None:
    amina, mine = await _amina(tx)
    karen = await a_colleague(tx, KAREN)
    lines = [(await _worked(tx, mine, ago=(8 + n) * DAY))[1] for n in range(3)]
    _text, buttons = await _tap(answers, tx, karen, "vchours:0")
    [together] = [one for one in buttons if one.startswith("vchall")]
    await correcting.correct(tx, amina.id, lines[0], 60, "shorter", now=NOW)
    with pytest.raises(Outdated):
        await _tap(answers, tx, karen, together)
    _text, buttons = await _tap(answers, tx, karen, "vchours:0")
    [together] = [one for one in buttons if one.startswith("vchall")]
    await _tap(answers, tx, karen, together)
    assert [(await _line(tx, one)).state for one in lines] == ["corrected", "approved", "approved"]
    await _tap(answers, tx, karen, f"vchno:{lines[0]}")
    assert any("were not approved" in one for one in texts(await posted(tx, AMINA)))


# Weeks


async def _placement(tx: Tx, mine: ParticipantId, **changes: Any) -> int:
    owner = await making.an_organisation(tx, "Library")
    one = await making.an_assignment(tx, owner, "Reading", kind="structural")
    values = {"assignment_id": one, "volunteer_id": mine, "state": "running", "created_at": NOW}
    values |= {"weekly_minutes": 240, "since": date(2026, 10, 1)} | changes
    table = tables.placements
    return int(await tx.scalar(insert(table).values(values).returning(table.c.id)))


async def test_every_week_is_asked_once_and_answered_with_a_tap(
    database: Database, desk: VolunteeringDesk, answers: Routes
) -> None:
    async with database.writing() as tx:
        amina, mine = await _amina(tx)
        place = await _placement(tx, mine)
        await weeks.plan(tx, now=NOW)
        await weeks.plan(tx, now=NOW + DAY)
        assert len(await tx.all(select(due_rows))) == 1
    monday = NOW + 3 * DAY
    while await due.run(database, jobs.due_kinds(desk), now=monday):
        pass
    async with database.writing() as tx:
        [asked] = await posted(tx, AMINA)
        text, buttons = _screen([asked])
        ref = f"{place}:2026-11-16"
        assert "Reading, Library" in text
        assert "Was it 4 h?" in text
        assert buttons == [
            f"vweek:{ref}:210",
            f"vweek:{ref}:270",
            f"vweekok:{ref}:240",
            f"vweekok:{ref}:0",
        ]
        text, buttons = await _tap(answers, tx, amina, f"vweek:{ref}:270", at=monday)
        assert "Was it 4.5 h?" in text
        for _again in range(2):
            await _tap(answers, tx, amina, f"vweekok:{ref}:270", at=monday)
        [line] = await hour_rows.of_volunteer(tx, mine)
        assert (line.minutes, line.state, line.is_week) == (270, "corrected", True)
        await _tap(answers, tx, amina, f"vweekok:{ref}:0", at=monday)
        assert await hour_rows.of_volunteer(tx, mine) == []


async def test_week_that_is_approved_or_not_over_stays(tx: Tx, answers: Routes) -> None:
    amina, mine = await _amina(tx)
    karen = await a_colleague(tx, KAREN)
    place = await _placement(tx, mine)
    with pytest.raises(domain.NotYet):
        await _tap(answers, tx, amina, f"vweekok:{place}:2026-11-16:240")
    for forged in (f"{place}:2026-11-10:240", f"{place}:2026-09-07:240", f"{place}:2026:1", "1"):
        with pytest.raises(Outdated):
            await _tap(answers, tx, amina, f"vweekok:{forged}")
    with pytest.raises(domain.TooMany):
        await _tap(answers, tx, amina, f"vweekok:{place}:2026-11-09:4000")
    await _tap(answers, tx, amina, f"vweekok:{place}:2026-11-09:240")
    [line] = await hour_rows.of_volunteer(tx, mine)
    await _tap(answers, tx, karen, f"vchyes:{line.id}:240")
    with pytest.raises(domain.Decided):
        await _tap(answers, tx, amina, f"vweekok:{place}:2026-11-09:300")


# What counts

A_LINE = st.builds(
    Line,
    id=st.integers(1, 99),
    volunteer=st.just(1),
    assignment=st.integers(1, 3),
    event=st.one_of(st.none(), st.integers(1, 9)),
    worked_on=st.just(date(2026, 11, 20)),
    minutes=st.integers(0, 1440),
    state=st.sampled_from(["derived", "corrected", "approved", "refused"]),
    said=st.one_of(st.none(), st.integers(0, 1440)),
)


@given(st.lists(A_LINE, max_size=20), st.randoms())
def test_sums_are_those_of_parts_in_any_order(lines: list[Line], chance: Any) -> None:
    whole = domain.sums(lines)
    shuffled = list(lines)
    chance.shuffle(shuffled)
    cut = chance.randint(0, len(lines))
    parts = [domain.sums(shuffled[:cut]), domain.sums(shuffled[cut:])]

    assert whole.approved == sum(one.approved for one in parts)
    assert whole.open == sum(one.open for one in parts)
    assert whole.approved == sum(one.minutes for one in lines if one.state == "approved")
    assert whole.approved + whole.open <= sum(max(one.minutes, one.wanted) for one in lines)
