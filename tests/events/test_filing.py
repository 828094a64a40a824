"""A file that a coordinator sent: read once, shown, brought in once, and only what was shown."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.delivery.incoming import SentMedia, Tapped
from bot.errors import Outdated, Refused
from bot.events import jobs, tables
from bot.events.desk import EventsDesk
from bot.events.domain import Kind
from bot.events.service import filing
from bot.events.staff_chat import importing
from bot.people import service as people
from bot.people import tables as people_tables
from bot.people.domain import Person, Role
from bot.schedule import tables as schedule
from bot.schedule.fetching import TooBig, Unfetched
from bot.storage.transaction import Tx
from tests.events.test_importing import DESK, HEADS, TOUR, a_desk, ics, stored, xlsx
from tests.support import organisation_makers as orgs
from tests.support.event_makers import NOW, posted, texts
from tests.support.people_makers import a_person

FILE = xlsx(HEADS, TOUR)
TALK = "UID:x\nSUMMARY:Talk\nDTSTART:20261204T130000Z\nDURATION:PT1H"


async def _coordinator(tx: Tx, number: int = 8_000_001) -> Person:
    found = await orgs.a_colleague(tx, number)
    person = await people.find_person(tx, found.id)
    assert person is not None
    return person


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


async def _arrives(
    tx: Tx, content: bytes | Refused, *, id_: int = 1, desk: EventsDesk = DESK
) -> list[str]:
    """What fetching does once Telegram gave the file; what the coordinator is told since."""
    before = len(await posted(tx))
    wanted = await jobs.wanted(tx, str(id_), NOW)
    if wanted is not None:
        found = content
        if isinstance(content, bytes):
            found = jobs.read(desk, content, wanted.about)  # type: ignore[assignment]
        await jobs.take(desk, tx, str(id_), found, NOW)  # type: ignore[arg-type]
    return texts((await posted(tx))[before:])


async def _shown(tx: Tx, content: bytes = FILE) -> Person:
    person = await _coordinator(tx)
    await importing.hear(DESK, tx, person, _sent(person))
    await _arrives(tx, content)
    return person


async def _ids(tx: Tx) -> list[int]:
    return [row["id"] for row in await tx.all(select(tables.event_files.c.id))]


async def test_what_was_shown_is_brought_in_after_a_tap(tx: Tx) -> None:
    person = await _shown(tx)
    (id_,) = await _ids(tx)
    assert await stored(tx) == []

    await importing.bring_in(DESK, tx, person, _tap(person, f"eciy:{id_}"))
    said = await _arrives(tx, FILE, id_=id_)

    assert len(await stored(tx)) == 1
    assert "Ingevoerd" in said[0]
    assert await _ids(tx) == []


async def test_a_file_is_asked_of_telegram_once_for_each_wish(tx: Tx) -> None:
    await _shown(tx)

    kinds = [row["kind"] for row in await tx.all(select(schedule.due.c.kind))]

    assert kinds.count("fetch") == 1


async def test_a_second_tap_does_nothing(tx: Tx) -> None:
    person = await _shown(tx)
    (id_,) = await _ids(tx)
    await importing.bring_in(DESK, tx, person, _tap(person, f"eciy:{id_}"))

    with pytest.raises(Outdated):
        await importing.bring_in(DESK, tx, person, _tap(person, f"eciy:{id_}"))
    await _arrives(tx, FILE, id_=id_)
    assert await _arrives(tx, FILE, id_=id_) == []
    assert len(await stored(tx)) == 1


async def test_what_would_happen_otherwise_is_shown_again(tx: Tx) -> None:
    person = await _shown(tx)
    (id_,) = await _ids(tx)
    await importing.bring_in(DESK, tx, person, _tap(person, f"eciy:{id_}"))

    said = await _arrives(tx, xlsx(HEADS, [*TOUR[:1], "Elders", *TOUR[2:]]), id_=id_)

    assert "intussen iets veranderd" in said[0]
    assert await stored(tx) == []


async def test_somebody_elses_file_cannot_be_brought_in(tx: Tx) -> None:
    await _shown(tx)
    (id_,) = await _ids(tx)
    other = await _coordinator(tx, 8_000_002)

    with pytest.raises(Outdated):
        await importing.bring_in(DESK, tx, other, _tap(other, f"eciy:{id_}"))


async def test_who_lost_the_role_meanwhile_brings_nothing_in(tx: Tx) -> None:
    person = await _shown(tx)
    (id_,) = await _ids(tx)
    await importing.bring_in(DESK, tx, person, _tap(person, f"eciy:{id_}"))
    await tx.execute(update(people_tables.staff).values(role=Role.STAFF))

    assert await _arrives(tx, FILE, id_=id_) == []
    assert (await stored(tx), await _ids(tx)) == ([], [])


@pytest.mark.parametrize(
    ("why", "told"), [(TooBig(), "groter dan 5 MB"), (Unfetched(), "niet ophalen")]
)
async def test_a_file_that_does_not_come_is_told(tx: Tx, why: Refused, told: str) -> None:
    person = await _coordinator(tx)
    await importing.hear(DESK, tx, person, _sent(person))

    assert told in (await _arrives(tx, why))[0]
    assert await _ids(tx) == []


async def test_faults_are_listed_and_the_file_is_forgotten(tx: Tx) -> None:
    person = await _coordinator(tx)
    await importing.hear(DESK, tx, person, _sent(person))

    said = await _arrives(tx, xlsx(HEADS, ["<b>circus</b>", *TOUR[1:]]))

    assert "&lt;b&gt;circus" in said[0]
    assert await _ids(tx) == []


async def test_faults_are_told_in_the_words_of_the_readers_file(tx: Tx) -> None:
    person = await _coordinator(tx)
    await importing.hear(DESK, tx, person, _sent(person))

    said = await _arrives(tx, xlsx([*HEADS, "schoenmaat"], TOUR))
    assert "Er is geen kolom “schoenmaat”. Wel: Soort, Titel, Beschrijving" in said[0]
    await importing.hear(DESK, tx, person, _sent(person))
    (id_,) = await _ids(tx)
    said = await _arrives(tx, xlsx(HEADS, ["circus", *TOUR[1:]]), id_=id_)
    assert "“circus” is geen Soort. Mogelijk zijn: Oriëntatiemoment, Workshop" in said[0]


async def test_kind_and_office_are_asked_where_a_calendar_does_not_say(tx: Tx) -> None:
    person = await _coordinator(tx)
    await importing.hear(DESK, tx, person, _sent(person, ".ics"))
    (id_,) = [*await _ids(tx)]

    assert "Welke soort" in (await _arrives(tx, ics(TALK), id_=id_))[0]
    await importing.choose_kind(DESK, tx, person, _tap(person, f"ecik:{id_}:{Kind.VISIT}"))
    assert "Welk kantoor" in (await _arrives(tx, ics(TALK), id_=id_))[0]
    await importing.choose_office(DESK, tx, person, _tap(person, f"ecio:{id_}:0"))
    assert "Talk" in (await _arrives(tx, ics(TALK), id_=id_))[0]
    await importing.bring_in(DESK, tx, person, _tap(person, f"eciy:{id_}"))
    await _arrives(tx, ics(TALK), id_=id_)

    (row,) = await stored(tx)
    assert (row["kind"], row["office"]) == ("visit", next(iter(DESK.offices)))


@pytest.mark.parametrize("data", ["ecik:{}:circus", "ecio:{}:99", "ecik:{}", "ecio:{}:x"])
async def test_a_forged_button_is_refused(tx: Tx, data: str) -> None:
    person = await _shown(tx)
    (id_,) = await _ids(tx)
    handler: Any = importing.choose_kind if data.startswith("ecik") else importing.choose_office

    with pytest.raises(Outdated):
        await handler(DESK, tx, person, _tap(person, data.format(id_)))


async def test_an_office_of_others_is_refused(tx: Tx) -> None:
    async def nobody(tx: Tx, person: Person, office: str) -> None:
        raise Refused

    person = await _shown(tx)
    (id_,) = await _ids(tx)

    tap = _tap(person, f"ecio:{id_}:0")

    with pytest.raises(Refused):
        await importing.choose_office(a_desk(require_office=nobody), tx, person, tap)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ""])
async def test_other_files_go_the_usual_way(tx: Tx, suffix: str) -> None:
    person = await _coordinator(tx)

    assert await importing.hear(DESK, tx, person, _sent(person, suffix)) is None


async def test_newcomers_send_workbooks_to_colleagues_only(tx: Tx) -> None:
    person = await a_person(tx, 8_000_003, name="Amina", language="en")

    assert await importing.hear(DESK, tx, person, _sent(person)) is None


async def test_files_are_forgotten_after_a_day_or_with_their_sender(tx: Tx) -> None:
    person = await _shown(tx)
    assert await filing.export(tx, person.id) != []

    await filing.forget_old(tx, now=NOW + timedelta(hours=23))
    assert len(await _ids(tx)) == 1
    await filing.forget_old(tx, now=NOW + timedelta(hours=25))
    assert await _ids(tx) == []

    await importing.hear(DESK, tx, person, _sent(person))
    await filing.forget_person(tx, person.id)
    assert await tx.scalar(select(func.count()).select_from(tables.event_files)) == 0
