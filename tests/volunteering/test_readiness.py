"""Before the first shift: the list, whom to tell, the extract, reminders, what coordinators see."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import insert, select, update

from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.errors import Outdated
from bot.events import jobs as events_jobs
from bot.events.domain import EventId, ParticipantId, Place
from bot.events.service import marking, places
from bot.language.catalog import Catalogs
from bot.people.domain import Person, StaffOnly
from bot.schedule import due
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import chat, jobs, staff_chat, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import readiness as domain
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.domain.readiness import Item, Via
from bot.volunteering.service import attendance, calling, keeping, placing, readiness
from tests.support.event_makers import DAY, FIRST_ID, HOUR, MINUTE, NOW, a_desk, posted, somebody
from tests.support.organisation_makers import a_colleague
from tests.support.people_makers import a_sender, tapped
from tests.support.shift_makers import (
    a_contact,
    a_shift,
    a_volunteer,
    a_volunteering_desk,
    an_organisation,
    without_telegram,
)

KAREN, LIEN = 5_000_000_011, 5_000_000_012
AMINA = FIRST_ID + 1
FIRST = "Before your first shift"


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_volunteering_desk(catalogs)


@pytest.fixture
def answers(desk: VolunteeringDesk) -> Routes:
    return routes.combine(chat.combined(desk), staff_chat.combined(desk))


async def _tap(
    answers: Routes, tx: Tx, person: Person, data: str, at: datetime = NOW
) -> list[Message]:
    tap = tapped(data, sender=a_sender(person.telegram_id), at=at)
    return await answers.actions[tap.action](tx, person, tap)


def _screen(replies: Sequence[Message]) -> tuple[str, list[str]]:
    one = replies[0]
    assert isinstance(one, Edit | Outgoing)
    return one.text, [button.action or "" for row in one.buttons for button in row]


async def _passes(database: Database, catalogs: Catalogs, now: datetime) -> None:
    desk = a_volunteering_desk(catalogs)
    events = a_desk(catalogs, placed=jobs.placed(desk), evening=jobs.evenings(desk))
    kinds = {**events_jobs.due_kinds(events), **jobs.due_kinds(desk)}
    while await due.run(database, kinds, now=now):
        pass


async def _assignment(tx: Tx, event: int) -> int:
    table = tables.shifts
    return int(await tx.scalar(select(table.c.assignment_id).where(table.c.event_id == event)) or 0)


async def _further_shift(tx: Tx, event: int, starts_at: datetime) -> EventId:
    """Another shift of the same assignment."""
    other = await a_shift(tx, organisation=await _organisation(tx, event), starts_at=starts_at)
    same = update(tables.shifts).where(tables.shifts.c.event_id == other)
    await tx.execute(same.values(assignment_id=await _assignment(tx, event)))
    return other


async def _organisation(tx: Tx, event: int) -> int:
    table = tables.assignments
    own = table.c.id == await _assignment(tx, event)
    return int(await tx.scalar(select(table.c.organisation_id).where(own)) or 0)


async def _lists(tx: Tx, chat_id: int = AMINA) -> list[Outgoing]:
    """The lists that were posted to somebody."""
    return [
        one for one in await posted(tx, chat_id) if isinstance(one, Outgoing) and FIRST in one.text
    ]


async def _taken(
    database: Database, catalogs: Catalogs, at: datetime = NOW, **shift: object
) -> tuple[Person, ParticipantId, EventId, int]:
    """Amina has a place at a first shift in ten days, and what follows has happened."""
    async with database.writing() as tx:
        event = await a_shift(tx, **shift)  # type: ignore[arg-type]
        amina, mine = await a_volunteer(tx)
        await places.take(tx, mine, event, now=at)
        assignment = await _assignment(tx, event)
    await _passes(database, catalogs, at)
    return amina, mine, event, assignment


def test_extract_is_for_adults_among_minors() -> None:
    def lines(**said: bool) -> tuple[Item, ...]:
        usual = {"needs_extract": True, "is_adult": True, "was_there": False}
        return domain.lines(**{**usual, **said})

    assert lines() == tuple(Item)
    assert Item.EXTRACT not in lines(is_adult=False)
    assert Item.EXTRACT not in lines(needs_extract=False)
    assert lines(was_there=True) == (Item.EXTRACT,)
    assert lines(was_there=True, needs_extract=False) == ()


async def test_list_comes_once_with_the_first_place(database: Database, catalogs: Catalogs) -> None:
    _amina, mine, event, assignment = await _taken(database, catalogs)

    async with database.writing() as tx:
        [post] = await _lists(tx)
        again = await _further_shift(tx, event, NOW + 12 * DAY)
        await places.take(tx, mine, again, now=NOW)
    await _passes(database, catalogs, NOW)
    async with database.reading() as tx:
        assert await _lists(tx) == [post], "a second shift of the same kind needs no second list"
    actions = [button.action for row in post.buttons for button in row]
    assert actions == [
        f"vrdone:{assignment}:insurance:1",
        f"vrdone:{assignment}:information:1",
        f"vrget:{assignment}:0",
        f"vrmore:{assignment}",
    ]
    assert "Vooruit" in post.text
    assert "criminal record" not in post.text


async def test_place_that_is_given_back_at_once_brings_no_list(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        event = await a_shift(tx)
        _, mine = await a_volunteer(tx)
        await places.take(tx, mine, event, now=NOW)
        await places.give_back(tx, mine, event, now=NOW)

    await _passes(database, catalogs, NOW)

    async with database.reading() as tx:
        assert await _lists(tx) == []


async def test_waitlist_brings_no_list_until_the_place_is_there(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        event = await a_shift(tx, capacity=1)
        (_, first), (_, mine) = await a_volunteer(tx, 2), await a_volunteer(tx)
        for one in (first, mine):
            await places.take(tx, one, event, now=NOW)
    await _passes(database, catalogs, NOW)
    async with database.writing() as tx:
        assert await _lists(tx) == []
        await places.give_back(tx, first, event, now=NOW)
    await _passes(database, catalogs, NOW)
    async with database.writing() as tx:
        await places.accept_offer(tx, mine, event, now=NOW)

    await _passes(database, catalogs, NOW)

    async with database.reading() as tx:
        assert len(await _lists(tx)) == 1


async def test_who_was_there_before_is_not_asked_again(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        event = await a_shift(tx)
        _, mine = await a_volunteer(tx)
        await places.take(tx, mine, event, now=NOW)
        over = NOW + 11 * DAY
        await marking.mark(tx, mine, event, came=True, via="link", now=over)
        again = await _further_shift(tx, event, NOW + 20 * DAY)
        await places.take(tx, mine, again, now=over)

    await _passes(database, catalogs, NOW + 11 * DAY)

    async with database.reading() as tx:
        assert await _lists(tx) == []


async def test_two_taps_tick_once_and_a_tick_can_be_taken_back(
    database: Database, catalogs: Catalogs, answers: Routes
) -> None:
    amina, mine, _, assignment = await _taken(database, catalogs)
    async with database.writing() as tx:
        for at in (NOW, NOW + MINUTE):
            text, actions = _screen(
                await _tap(answers, tx, amina, f"vrdone:{assignment}:insurance:1", at)
            )
        assert "✅ <b>Insurance</b>" in text
        assert f"vrdone:{assignment}:insurance:0" in actions
        one = await readiness.of(tx, mine, assignment, now=NOW)
        assert one is not None
        assert one.ticks[Item.INSURANCE].at == NOW
        text, _ = _screen(await _tap(answers, tx, amina, f"vrdone:{assignment}:insurance:0"))
        assert "▫️ <b>Insurance</b>" in text


async def test_whom_to_tell_is_ticked_in_buttons_and_never_kept(
    database: Database, catalogs: Catalogs, answers: Routes
) -> None:
    amina, _, _, assignment = await _taken(database, catalogs)
    async with database.writing() as tx:
        _, actions = _screen(await _tap(answers, tx, amina, f"vrget:{assignment}:0"))
        assert f"vrget:{assignment}:1" in actions
        assert f"vrdone:{assignment}:notice:1" in actions, "none of these"
        _, actions = _screen(await _tap(answers, tx, amina, f"vrget:{assignment}:9"))
        assert f"vrget:{assignment}:8" in actions, "a second tap takes the tick away"
        [how, *notices] = await _tap(answers, tx, amina, f"vrnote:{assignment}:9")
        text, _ = _screen([how])
        await _tap(answers, tx, amina, f"vrdone:{assignment}:notice:1")
        rows = await tx.all(select(tables.checklist_items))

    assert "C45B" in text
    assert "Fedasil" in text
    assert "https://" in text, "with its sources"
    assert len(notices) == 2
    assert [row["item"] for row in rows] == ["sent", "notice"]
    assert all(
        set(row) == {"volunteer_id", "assignment_id", "item", "at", "via", "by"} for row in rows
    )


@pytest.mark.parametrize("language", ["nl", "en", "uk", "fa_AF", "ps"])
async def test_notice_is_filled_in_in_dutch_and_below_in_the_own_language(
    tx: Tx, answers: Routes, language: str
) -> None:
    event = await a_shift(tx)
    amina, mine = await a_volunteer(tx, language=language)
    await places.take(tx, mine, event, now=NOW)
    assignment = await _assignment(tx, event)
    await tx.execute(
        update(tables.assignments).values(titles={"nl": "Tafels <dekken>", "en": "Laying tables"})
    )
    await readiness.begin(tx, mine, assignment, now=NOW)

    [_, *notices] = await _tap(answers, tx, amina, f"vrnote:{assignment}:15")

    assert len(notices) == 4
    for one in notices:
        assert isinstance(one, Outgoing)
        copied = re.search(r"<code>(.*)</code>", one.text)
        assert copied is not None
        assert "bij Vooruit in Gent: Tafels &lt;dekken&gt;" in copied[1]
        assert "maandag 30 november 2026" in copied[1]
        assert copied[1].endswith("Amina1")
        assert not re.search(r"\{\w+\}", one.text)
        assert (one.text.strip() == copied[0]) is (language == "nl")


async def test_volunteer_cannot_tick_the_extract_and_reads_how_to_get_it(
    database: Database, catalogs: Catalogs, answers: Routes
) -> None:
    amina, _, _, assignment = await _taken(database, catalogs, with_minors=True)
    async with database.writing() as tx:
        [post] = await _lists(tx)
        assert "Extract from the criminal record" in post.text
        text, _ = _screen(await _tap(answers, tx, amina, f"vrmore:{assignment}"))
        assert "596.2" in text
        with pytest.raises(domain.OnlyCoordinators):
            await _tap(answers, tx, amina, f"vrdone:{assignment}:extract:1")


async def test_list_of_somebody_else_or_forged_buttons_open_nothing(
    database: Database, catalogs: Catalogs, answers: Routes
) -> None:
    amina, _, _, assignment = await _taken(database, catalogs)
    async with database.writing() as tx:
        olena, _ = await a_volunteer(tx, 2)
        for data in (f"vready:{assignment}", f"vrdone:{assignment}:insurance:1"):
            with pytest.raises(Outdated):
                await _tap(answers, tx, olena, data)
        for forged in (
            "vready:x",
            f"vrget:{assignment}:16",
            f"vrget:{assignment}:-1",
            f"vrnote:{assignment}:0",
            f"vrdone:{assignment}:extract:1",
            f"vrdone:{assignment}:sent:1",
            f"vrdone:{assignment}",
        ):
            with pytest.raises(Outdated):
                await _tap(answers, tx, amina, forged)


async def test_what_is_open_is_reminded_of_three_days_and_one_day_before(
    database: Database, catalogs: Catalogs
) -> None:
    await _taken(database, catalogs)
    starts_at = NOW + 10 * DAY
    seen = []
    for at in (starts_at - 3 * DAY - HOUR, starts_at - 3 * DAY, starts_at - DAY, starts_at - HOUR):
        await _passes(database, catalogs, at)
        async with database.reading() as tx:
            seen.append(len(await _lists(tx)))

    assert seen == [1, 2, 3, 3]


async def test_nobody_is_reminded_of_what_is_done_or_given_back(
    database: Database, catalogs: Catalogs, answers: Routes
) -> None:
    amina, _, event, assignment = await _taken(database, catalogs)
    async with database.writing() as tx:
        olena, other = await a_volunteer(tx, 2)
        await places.take(tx, other, event, now=NOW)
    await _passes(database, catalogs, NOW)
    async with database.writing() as tx:
        for item in ("insurance", "information", "notice"):
            text, _ = _screen(await _tap(answers, tx, amina, f"vrdone:{assignment}:{item}:1"))
        await places.give_back(tx, other, event, now=NOW)

    await _passes(database, catalogs, NOW + 9 * DAY)

    assert "Everything is done" in text
    async with database.reading() as tx:
        assert len(await _lists(tx)) == 1
        assert len(await _lists(tx, olena.telegram_id)) == 1


async def test_coordinators_hear_once_a_shift_of_what_must_be_done(
    database: Database, catalogs: Catalogs, answers: Routes
) -> None:
    async with database.writing() as tx:
        await a_colleague(tx, KAREN)
    amina, mine, event, assignment = await _taken(database, catalogs, with_minors=True)
    async with database.writing() as tx:
        fatima = await without_telegram(tx)
        await places.take(tx, fatima, event, now=NOW)
        await _tap(answers, tx, amina, f"vrdone:{assignment}:notice:1")
    await _passes(database, catalogs, NOW)
    await _passes(database, catalogs, NOW + 7 * DAY)
    async with database.reading() as tx:
        assert await posted(tx, KAREN) == [], "a little later, of everybody at once"

    await _passes(database, catalogs, NOW + 7 * DAY + HOUR)

    async with database.reading() as tx:
        [told] = await posted(tx, KAREN)
    assert isinstance(told, Outgoing)
    assert "Amina1: uittreksel uit het strafregister" in told.text
    assert "Fatima: uitkering of opvangcentrum" in told.text
    assert [row[0].action for row in told.buttons] == [
        f"vcready:{mine}:{assignment}",
        f"vcready:{fatima}:{assignment}",
    ]


async def test_short_notice_is_told_to_coordinators_without_waiting(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        await a_colleague(tx, KAREN)
    await _taken(database, catalogs, starts_at=NOW + 6 * HOUR)

    await _passes(database, catalogs, NOW + HOUR)

    async with database.reading() as tx:
        assert len(await posted(tx, KAREN)) == 1


async def test_extract_is_ticked_by_a_coordinator_and_who_it_was_is_kept(
    database: Database, catalogs: Catalogs, answers: Routes
) -> None:
    _, mine, _, assignment = await _taken(database, catalogs, with_minors=True)
    who = f"{mine}:{assignment}"
    async with database.writing() as tx:
        karen = await a_colleague(tx, KAREN)
        _, actions = _screen(await _tap(answers, tx, karen, f"vcready:{who}"))
        assert f"vcrdone:{who}:extract" in actions
        assert f"vcrfree:{who}:extract" in actions
        for _ in range(2):
            text, actions = _screen(await _tap(answers, tx, karen, f"vcrdone:{who}:extract"))
        assert "gezien door Karen" in text
        assert f"vcrnot:{who}:extract" in actions
        one = await readiness.of(tx, mine, assignment, now=NOW)
        assert one is not None
        assert (one.ticks[Item.EXTRACT].via, one.ticks[Item.EXTRACT].by) == (
            Via.COORDINATOR,
            karen.id,
        )
        log = await tx.raw("SELECT action, detail FROM audit ORDER BY id")
        text, _ = _screen(await _tap(answers, tx, karen, f"vcrnot:{who}:extract"))
        assert "gezien door" not in text
        text, _ = _screen(await _tap(answers, tx, karen, f"vcrfree:{who}:extract"))
        assert "niet nodig: Karen" in text
        with pytest.raises(Outdated):
            await _tap(answers, tx, karen, f"vcrfree:{who}:insurance")
    assert [action for action, _ in log] == ["ready.coordinator"], "two taps are one"


async def test_only_coordinators_of_either_office_look_at_a_list(
    database: Database, catalogs: Catalogs, answers: Routes
) -> None:
    amina, mine, _, assignment = await _taken(database, catalogs, with_minors=True)
    who = f"{mine}:{assignment}"
    async with database.writing() as tx:
        karen, lien = await a_colleague(tx, KAREN), await a_colleague(tx, LIEN)
        both = [
            {"office": "gent", "person_id": karen.id},
            {"office": "leuven", "person_id": lien.id},
        ]
        await tx.execute(insert(tables.office_coordinators).values(both))
        for data in (f"vcready:{who}", f"vcrdone:{who}:extract", f"vcrnot:{who}:extract"):
            with pytest.raises(NotYourOffice):
                await _tap(answers, tx, lien, data)
            with pytest.raises(StaffOnly):
                await _tap(answers, tx, amina, data)
        await _tap(answers, tx, karen, f"vcrdone:{who}:extract")
        await tx.execute(update(tables.assignments).values(office="leuven"))
        await _tap(answers, tx, lien, f"vcready:{who}")


async def test_extract_counts_a_year_at_the_same_organisation_and_nowhere_else(
    tx: Tx,
) -> None:
    event = await a_shift(tx, with_minors=True)
    owner = await _organisation(tx, event)
    sister = await a_shift(tx, organisation=owner, with_minors=True)
    values = {"name": "Elders", "sector": "youth", "office": "gent", "town": "Gent"}
    further = {**values, "postcode": "9000", "created_at": NOW}
    elsewhere = await tx.scalar(
        insert(tables.organisations).values(further).returning(tables.organisations.c.id)
    )
    other = await a_shift(tx, organisation=elsewhere, with_minors=True)
    _, mine = await a_volunteer(tx)
    karen = await a_colleague(tx, KAREN)
    first = await _assignment(tx, event)
    await readiness.mark(tx, karen, mine, first, "extract", via=Via.COORDINATOR, now=NOW)

    async def lacks(shift: int, at: datetime) -> bool:
        one = await readiness.of(tx, mine, await _assignment(tx, shift), now=at)
        assert one is not None
        return one.lacks_extract

    later = NOW + 366 * DAY
    assert [await lacks(one, NOW + DAY) for one in (event, sister, other)] == [False, False, True]
    assert [await lacks(one, later) for one in (event, sister)] == [False, True]


async def test_who_came_among_minors_waits_for_the_extract(
    database: Database, catalogs: Catalogs, answers: Routes
) -> None:
    async with database.writing() as tx:
        karen = await a_colleague(tx, KAREN)
    _, mine, event, assignment = await _taken(database, catalogs, with_minors=True)
    async with database.writing() as tx:
        _, other = await a_volunteer(tx, 2, age_group="16_17")
        await places.take(tx, other, event, now=NOW)
    over = NOW + 10 * DAY + 5 * HOUR
    async with database.writing() as tx:
        found = await attendance.look(tx, event)
        assert {one.id: one.waits_for_extract for one in found.people} == {mine: True, other: False}
        with pytest.raises(domain.ExtractNotSeen):
            await attendance.tick(tx, event, mine, came=True, via="link", now=over)
        found = await attendance.confirm(
            tx, event, {mine: 240, other: 240}, edition=0, via="link", now=over
        )
        assert {one.id: one.came for one in found.people} == {mine: None, other: True}
        hours = await tx.all(select(tables.hours))
        assert [row["volunteer_id"] for row in hours] == [other]
    await _passes(database, catalogs, over + HOUR)
    async with database.writing() as tx:
        told = (await posted(tx, KAREN))[-1]
        assert isinstance(told, Outgoing)
        assert "Amina1: uittreksel uit het strafregister" in told.text
        assert "Amina2" not in told.text
        await _tap(answers, tx, karen, f"vcrdone:{mine}:{assignment}:extract", over)
        found = await attendance.tick(tx, event, mine, came=True, via="coordinator", now=over)
        assert {one.came for one in found.people} == {True}


async def test_no_extract_does_not_hinder_that_somebody_was_absent(
    database: Database, catalogs: Catalogs
) -> None:
    _, mine, event, _ = await _taken(database, catalogs, with_minors=True)
    async with database.writing() as tx:
        over = NOW + 10 * DAY + 5 * HOUR
        found = await attendance.tick(tx, event, mine, came=False, via="link", now=over)
        assert [one.came for one in found.people] == [False]
        karen = await a_colleague(tx, KAREN)
        with pytest.raises(domain.ExtractNotSeen):
            await calling.answered(tx, karen, event, mine, calling.CAME, now=over)


async def test_evening_list_says_what_is_open_to_coordinators_only(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        await a_colleague(tx, KAREN)
        person, _ = await somebody(tx, 9, name="Contact", language="nl")
        owner = await an_organisation(tx)
        contact = await a_contact(tx, owner, person)
    _, mine, _, assignment = await _taken(
        database, catalogs, organisation=owner, contact=contact, with_minors=True
    )

    await _passes(database, catalogs, NOW + 9 * DAY + 10 * HOUR)

    async with database.reading() as tx:
        theirs, ours = [await posted(tx, one) for one in (person.telegram_id, KAREN)]
    [to_contact] = [one for one in theirs if isinstance(one, Outgoing)]
    evening = next(one for one in ours if isinstance(one, Outgoing) and "Wie komt" in one.text)
    assert "Amina1" in to_contact.text
    assert "uittreksel" not in to_contact.text
    assert to_contact.buttons == ()
    assert "uittreksel uit het strafregister" in evening.text
    assert "verzekering" in evening.text
    assert evening.buttons[0][0].action == f"vcready:{mine}:{assignment}"


async def test_file_and_shift_lead_to_what_is_open(
    database: Database, catalogs: Catalogs, answers: Routes
) -> None:
    amina, mine, event, assignment = await _taken(database, catalogs)
    async with database.writing() as tx:
        karen = await a_colleague(tx, KAREN)
        text, actions = _screen(await _tap(answers, tx, karen, f"vcvol:{mine}"))
        assert "Voor de eerste shift bij Vooruit: verzekering, informatie" in text
        assert f"vcready:{mine}:{assignment}" in actions
        _, actions = _screen(await _tap(answers, tx, amina, f"vshift:{event}"))
        assert f"vready:{assignment}" in actions
        for item in ("insurance", "information", "notice"):
            await _tap(answers, tx, amina, f"vrdone:{assignment}:{item}:1")
        _, actions = _screen(await _tap(answers, tx, amina, f"vshift:{event}"))
        assert f"vready:{assignment}" not in actions
        text, _ = _screen(await _tap(answers, tx, karen, f"vcvol:{mine}"))
        assert "eerste shift bij" not in text


async def test_place_that_lasts_brings_the_list_when_it_is_approved(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    event = await a_shift(tx)
    assignment = await _assignment(tx, event)
    amina, mine = await a_volunteer(tx)
    karen = await a_colleague(tx, KAREN)
    values = {"assignment_id": assignment, "volunteer_id": mine, "state": "proposed"}
    made = insert(tables.placements).values(**values, created_at=NOW)
    placement = int(await tx.scalar(made.returning(tables.placements.c.id)) or 0)

    await placing.decide(desk, tx, karen, placement, is_yes=True, now=NOW)

    assert len(await _lists(tx)) == 1
    assert (await readiness.own(tx, amina.id, assignment, now=NOW)).open


async def test_what_is_ticked_goes_with_the_file(database: Database, catalogs: Catalogs) -> None:
    amina, mine, _, _ = await _taken(database, catalogs)
    async with database.writing() as tx:
        copy = await keeping.export(tx, amina.id)
        assert "checklist_items" in copy
        await keeping.forget(tx, amina.id, now=NOW)
        assert await tx.all(select(tables.checklist_items)) == []
        assert await readiness.of(tx, mine, 1, now=NOW) is not None, "the stripped file stays"


async def test_place_and_desk_without_texts_break_nothing(
    database: Database, catalogs: Catalogs
) -> None:
    """A file of texts that lacks a line says less, and never stops a place."""
    desk = replace(
        a_volunteering_desk(catalogs), checklist=type(a_volunteering_desk(catalogs).checklist)()
    )
    async with database.writing() as tx:
        event = await a_shift(tx)
        _, mine = await a_volunteer(tx)
        await places.take(tx, mine, event, now=NOW)
    kinds = {
        **events_jobs.due_kinds(a_desk(catalogs, placed=jobs.placed(desk))),
        **jobs.due_kinds(desk),
    }
    await due.run(database, kinds, now=NOW)
    async with database.reading() as tx:
        assert len(await _lists(tx)) == 1
        assert (await places.on_the_list(tx, event))[0].state is Place.PLACED
