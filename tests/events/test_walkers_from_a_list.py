"""Walkers who registered elsewhere come in from a list: by name and team, once, and nothing else of
them is read."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.delivery.incoming import Said, SentMedia, Tapped
from bot.dialog import prompts
from bot.errors import Outdated, Refused
from bot.events import jobs, tables
from bot.events.domain import EventId, Place
from bot.events.domain.files import WalkerFile
from bot.events.importing import walkers
from bot.events.service import filing, planning, rows, slots, team_lists, walking_in
from bot.events.service.walking_in import Walked
from bot.events.staff_chat import importing
from bot.events.wording.files import walker_headings
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Tx
from tests.events.test_exporting import A_TOUR
from tests.events.test_importing import DESK, a_desk, why, xlsx
from tests.support import organisation_makers as orgs
from tests.support.event_makers import NOW, posted, texts

HEADS = ["team", "captain", "name", "start slot", "number", "e-mail"]
STEPPERS = [
    ["Steppers", "Amina", "Amina", "09:30", 1, "a@example.org"],
    ["Steppers", "Amina", "Joris", "09:30", 2, "j@example.org"],
    ["Steppers", "Amina", "Joris", "", 3, ""],
]
ALONE = ["", "", "Olena", "09:40", 4, "o@example.org"]
STARTS = datetime(2026, 12, 4, 8, 0, tzinfo=UTC)  # 09:00 in Brussels


def _read(*rows: list[Any]) -> WalkerFile:
    return walkers.read(xlsx(HEADS, *rows), walker_headings(DESK.catalogs))


async def _walk(tx: Tx, **changes: Any) -> EventId:
    values = {
        "kind": "walk",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=4),
        **changes,
    }
    event_id = await planning.create(tx, replace(A_TOUR, **values), now=NOW)
    moments = slots.every(STARTS + timedelta(minutes=30), STARTS + timedelta(minutes=50), 10)
    await slots.plan(tx, event_id, moments, now=NOW, walkers=20, most_teams=5)
    return event_id


async def _bring(tx: Tx, event_id: int, *rows: list[Any]) -> Walked:
    return await walking_in.bring_in(DESK, tx, None, event_id, _read(*rows), now=NOW)


async def _rolls(tx: Tx, event_id: int) -> dict[str, list[tuple[str, bool]]]:
    walk = await team_lists.of_walk(tx, await rows.get(tx, EventId(event_id)))
    found = {
        roll.team.name: [(one.name, one.is_captain) for one in roll.members] for roll in walk.rolls
    }
    return {**found, "": [(one.name, False) for one in walk.alone]}


async def test_a_list_makes_teams_with_their_captains_and_start_times(tx: Tx) -> None:
    event_id = await _walk(tx)

    done = await _bring(tx, event_id, *STEPPERS, ALONE)

    assert not done.faults, why(done)
    assert (len(done.added), done.new_teams) == (4, 1)
    assert await _rolls(tx, event_id) == {
        "Steppers": [("Amina", True), ("Joris", False), ("Joris", False)],
        "": [("Olena", False)],
    }
    starts = {row["own_start"] for row in await tx.all(select(tables.registrations.c.own_start))}
    assert starts == {STARTS + timedelta(minutes=30), STARTS + timedelta(minutes=40)}


async def test_the_same_list_again_doubles_nobody(tx: Tx) -> None:
    event_id = await _walk(tx)
    await _bring(tx, event_id, *STEPPERS, ALONE)

    again = await _bring(tx, event_id, *STEPPERS, ALONE)

    assert (list(again.added), len(again.skipped), list(again.faults)) == ([], 4, [])


async def test_a_longer_list_adds_who_is_new_and_makes_the_team_larger(tx: Tx) -> None:
    event_id = await _walk(tx)
    await _bring(tx, event_id, *STEPPERS)

    done = await _bring(tx, event_id, *STEPPERS, ["steppers", "", "Nadia", "", "", ""])

    assert [one.line.name for one in done.added] == ["Nadia"]
    assert len((await _rolls(tx, event_id))["Steppers"]) == 4


async def test_addresses_and_numbers_are_not_read(tx: Tx) -> None:
    found = _read(*STEPPERS)

    assert found.unread == ("number", "e-mail")
    assert "example.org" not in repr(found.lines)


async def test_names_in_two_columns_are_put_together(tx: Tx) -> None:
    rows = xlsx(["Voornaam", "Achternaam", "Ploeg"], ["Amina", "Karimi", "Steppers"])

    (line,) = walkers.read(rows, walker_headings(DESK.catalogs)).lines

    assert (line.name, line.team) == ("Amina Karimi", "Steppers")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["Steppers", "", "", "09:30", "", ""], "“name” is empty."),
        (["", "", "Nadia", "11:11", "", ""], "Nobody sets off at 11:11. There are these"),
        (["", "", "Nadia", "soon", "", ""], "“soon” in “start” cannot be read."),
        (["Steppers", "", "Nadia", "09:40", "", ""], "Team Steppers has another start time"),
    ],
)
async def test_one_wrong_line_keeps_the_whole_list_out(tx: Tx, row: list[Any], told: str) -> None:
    event_id = await _walk(tx)

    done = await _bring(tx, event_id, *STEPPERS, row)

    assert [number for number, _ in why(done)] == [5]
    assert told in why(done)[0][1]
    assert await _rolls(tx, event_id) == {"": []}


async def test_a_full_start_time_is_told(tx: Tx) -> None:
    event_id = await _walk(tx)
    crowd = [["", "", f"Person {number}", "09:30", "", ""] for number in range(21)]

    done = await _bring(tx, event_id, *crowd)

    assert "There is no room for 1 at this start time." in why(done)[0][1]


async def test_a_full_walk_puts_the_rest_on_the_waitlist(tx: Tx) -> None:
    event_id = await _walk(tx, capacity=2)

    done = await _bring(tx, event_id, *STEPPERS)

    assert [one.is_waiting for one in done.added].count(True) == 1
    states = [row["state"] for row in await tx.all(select(tables.registrations.c.state))]
    assert sorted(states) == [Place.PLACED, Place.PLACED, Place.WAITING]


async def test_only_a_walk_has_walkers(tx: Tx) -> None:
    event_id = await planning.create(tx, A_TOUR, now=NOW)

    with pytest.raises(Outdated):
        await _bring(tx, event_id, *STEPPERS)


def test_more_than_five_hundred_are_sent_in_parts() -> None:
    found = _read(*[["", "", f"Person {number}", "", "", ""] for number in range(501)])

    assert "more than 500 lines" in why(found)[0][1]


def test_start_times_are_read_as_cells_and_as_text() -> None:
    rows = _read(["", "", "A", time(9, 30), "", ""], ["", "", "B", "9u30", "", ""])

    assert {line.starts for line in rows.lines} == {time(9, 30)}


async def test_a_list_is_asked_for_shown_and_brought_in_by_taps(tx: Tx) -> None:
    event_id = await _walk(tx)
    found = await orgs.a_colleague(tx, 8_000_001)
    person = await people.find_person(tx, found.id)
    assert person is not None

    await importing.ask_for_walkers(DESK, tx, person, _tap(person, f"eciw:{event_id}"))
    asked = await prompts.current(tx, person.telegram_id, now=NOW)
    assert asked is not None
    await importing.take_walkers(DESK, tx, person, _sent(person), asked.ref)
    (id_,) = [row["id"] for row in await tx.all(select(tables.event_files.c.id))]
    said = await _arrives(tx, id_)
    assert "Steppers" in said
    assert "e-mail" in said
    assert await _rolls(tx, event_id) == {"": []}

    await importing.bring_in(DESK, tx, person, _tap(person, f"eciy:{id_}"))
    assert "3" in await _arrives(tx, id_)
    assert len((await _rolls(tx, event_id))["Steppers"]) == 3
    assert await filing.find(tx, id_) is None


async def test_other_files_are_refused_and_words_go_on(tx: Tx) -> None:
    event_id = await _walk(tx)
    found = await orgs.a_colleague(tx, 8_000_001)
    person = await people.find_person(tx, found.id)
    assert person is not None

    (said,) = await importing.take_walkers(  # type: ignore[misc]
        DESK, tx, person, _sent(person, ".pdf"), str(event_id)
    )
    assert "Excel (.xlsx)" in said.text  # type: ignore[union-attr]
    words = Said(chat_id=1, is_private=True, at=NOW, text="hello")
    assert await importing.take_walkers(DESK, tx, person, words, str(event_id)) is None


async def test_a_walk_of_another_office_takes_no_list(tx: Tx) -> None:
    async def nobody(tx: Tx, person: Person, office: str) -> None:
        raise Refused

    event_id = await _walk(tx)
    found = await orgs.a_colleague(tx, 8_000_001)
    person = await people.find_person(tx, found.id)
    assert person is not None
    desk = a_desk(require_office=nobody)

    with pytest.raises(Refused):
        await importing.ask_for_walkers(desk, tx, person, _tap(person, f"eciw:{event_id}"))
    with pytest.raises(Refused):
        await importing.take_walkers(desk, tx, person, _sent(person), str(event_id))


def _sent(person: Person, suffix: str = ".xlsx") -> SentMedia:
    return SentMedia(
        chat_id=person.telegram_id,
        is_private=True,
        at=NOW,
        media="document",
        file_id="BQ1",
        suffix=suffix,
    )


def _tap(person: Person, data: str) -> Tapped:
    return Tapped(
        chat_id=person.telegram_id, is_private=True, at=NOW, query_id="1", data=data, message_id=1
    )


async def _arrives(tx: Tx, id_: int) -> str:
    wanted = await jobs.wanted(tx, str(id_), NOW)
    assert wanted is not None
    found = jobs.read(DESK, xlsx(HEADS, *STEPPERS), wanted.about)
    await jobs.take(DESK, tx, str(id_), found, NOW)
    return texts(await posted(tx))[-1]
