"""How was the cooperation? Organisations say it once, by page or by taps; nobody is graded."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.events.domain import EventId, ParticipantId
from bot.people.domain import Person, PersonId, Role
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import chat, staff_chat, tables
from bot.volunteering.domain import evaluations as domain
from bot.volunteering.domain.organisations import NotAContact, NotYourOffice
from bot.volunteering.service import attendance, feedback, hours, links, planning
from tests.support import dialog_makers
from tests.support import organisation_makers as orgs
from tests.support import volunteering_makers as making
from tests.support.event_makers import posted, texts
from tests.support.organisation_makers import FRIENDLY, Answer, Browser, a_browser
from tests.support.people_makers import a_sender, tapped
from tests.support.volunteering_makers import NOW

DESK = orgs.a_desk()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGINS = NOW - 4 * HOUR
ELS, KAREN, OTHER = 5_000_000_007, 6_000_000_001, 6_000_000_002
GOOD = {"mood": "4", "contact": "1", "again": "1"}


@dataclass
class Made:
    """A shift of this morning at which Amina was, and its organisation."""

    owner: int
    assignment: int
    shift: EventId
    amina: ParticipantId


async def _made(tx: Tx, *, office: making.Spot = making.GENT) -> Made:
    owner = await making.an_organisation(tx, "De <Centrale>", at=office, **FRIENDLY)
    assignment = await making.an_assignment(
        tx, owner, "Bar & keuken", at=office, texts={"nl": "Helpen"}, written_in="nl"
    )
    shift = await making.a_shift(tx, assignment, BEGINS)
    amina = await making.a_volunteer(tx, name="Amina")
    await making.a_place(tx, shift, amina)
    return Made(owner, assignment, shift, amina)


async def _els(tx: Tx, made: Made, language: str = "nl") -> Person:
    """The contact person, in Telegram."""
    id_ = await making.a_person(tx, ELS, name="Els", language=language)
    values = {"organisation_id": made.owner, "person_id": id_, "name": "Els", "created_at": NOW}
    await tx.execute(tables.organisation_contacts.insert().values(values))
    return Person(PersonId(id_), ELS, "Els", language, None)


async def _confirmed(tx: Tx, made: Made, via: str = attendance.BY_LINK, edition: int = 0) -> None:
    minutes: dict[int, int] = {made.amina: 180}
    await attendance.confirm(tx, made.shift, minutes, edition=edition, via=via, now=NOW)


async def _requests(tx: Tx) -> list[dict[str, Any]]:
    found = await tx.all(select(tables.organisation_requests))
    return [dict(row) for row in found]


async def _answers(database: Database) -> list[dict[str, Any]]:
    async with database.reading() as tx:
        return [dict(row) for row in await tx.all(select(tables.evaluations))]


@dataclass
class Visit:
    """The page of a shift that was confirmed, and the page that it leads to."""

    database: Database
    browser: Browser
    made: Made
    path: str

    async def page(self) -> str:
        """The path of the question, as the page of the shift leads there."""
        shown = await self.browser.opens(self.path)
        found = re.search(r'href="(/evaluation/[^"?]+)', shown.text)
        assert found is not None, shown.text
        return found[1]

    async def sends(self, path: str, **fields: Any) -> Answer:
        return await self.browser.sends(path, **fields)


@pytest.fixture
async def visit(database: Database) -> AsyncIterator[Visit]:
    async with database.writing() as tx:
        made = await _made(tx)
        await orgs.a_colleague(tx, KAREN)
        path = links.shift_path(DESK, await planning.get(tx, made.shift))
        await _confirmed(tx, made)
    async with a_browser(DESK, database) as browser:
        yield Visit(database, browser, made, path)


async def test_shift_page_asks_three_questions_and_keeps_them_without_a_day(visit: Visit) -> None:
    path = await visit.page()
    form = await visit.browser.opens(path)

    assert form.text.count("<fieldset>") == 3
    assert "Bar &amp; keuken" in form.text
    assert "Amina" not in form.text
    page = await visit.sends(path, **GOOD, comment="Fijn <b>team</b>")
    assert "Dank je! Je antwoorden zijn bewaard." in page.text
    [kept] = await _answers(visit.database)
    assert kept["answers"] == {"mood": 4, "contact": 1, "again": 1}
    assert (kept["about"], kept["office"], kept["assignment_id"], kept["answered_on"]) == (
        "organisation",
        "gent",
        visit.made.assignment,
        date(2026, 11, 1),
    )
    async with visit.database.reading() as tx:
        [told] = texts(await posted(tx, KAREN))
    assert "De &lt;Centrale&gt;" in told
    assert "Fijn &lt;b&gt;team&lt;/b&gt;" in told
    assert "Three" not in (await visit.browser.opens(visit.path)).text
    assert "/evaluation/" not in (await visit.browser.opens(visit.path)).text


async def test_five_sendings_of_one_form_are_one_answer(visit: Visit) -> None:
    path = await visit.page()

    pages = await asyncio.gather(*(visit.sends(path, **GOOD, comment="eens") for _one in range(5)))

    assert all("Je antwoorden zijn bewaard." in one.text for one in pages)
    assert len(await _answers(visit.database)) == 1
    async with visit.database.reading() as tx:
        assert len(await posted(tx, KAREN)) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"mood": "5"}, {"mood": ""}, {"contact": "2"}, {"again": "ja"}, {"mood": "²"}, {"mood": "-1"}],
)
async def test_left_out_or_strange_answers_are_shown_again(
    visit: Visit, wrong: dict[str, str]
) -> None:
    page = await visit.sends(await visit.page(), **{**GOOD, **wrong}, comment="<i>blijft</i>")

    assert page.status == 422
    assert "Beantwoord elke vraag." in page.text
    assert "&lt;i&gt;blijft&lt;/i&gt;" in page.text
    assert await _answers(visit.database) == []


async def test_forged_links_and_those_of_other_pages_open_nothing(visit: Visit) -> None:
    path = await visit.page()
    body, _, mark = path.rpartition(".")
    shift = visit.path.rpartition("/")[2]
    other = links.evaluation_path(orgs.a_desk(signing_key=b"another"), 1)

    for forged in (f"{body}.{mark[:-2]}AA", "/evaluation/x", f"/evaluation/{shift}", other):
        assert (await visit.browser.opens(forged)).status == 404
        assert (await visit.sends(forged, **GOOD)).status == 404
    assert (await visit.browser.opens(links.evaluation_path(DESK, 99))).status == 404
    assert await _answers(visit.database) == []


async def test_question_closes_after_sixty_days(visit: Visit) -> None:
    path = await visit.page()
    visit.browser.waits(59 * DAY)
    assert (await visit.browser.opens(path)).status == 200

    visit.browser.waits(2 * DAY)

    assert (await visit.browser.opens(path)).status == 410
    assert (await visit.sends(path, **GOOD)).status == 410
    assert await _answers(visit.database) == []


@pytest.mark.parametrize("language", ["nl", "en", "uk", "fa_AF", "ps"])
async def test_page_speaks_every_language_and_nobody_keeps_it(visit: Visit, language: str) -> None:
    words = DESK.catalogs.words(language)
    before = words.missing.copy()

    page = await visit.browser.opens(f"{await visit.page()}?lang={language}")

    assert words.plain("How was the cooperation?") in page.text
    assert (' dir="rtl"' in page.text.split("<head>")[0]) == words.is_rtl
    assert page.headers["Cache-Control"] == "no-store"
    assert "<script" not in page.text
    assert words.missing == before


async def test_series_of_shifts_asks_once_in_thirty_days(tx: Tx) -> None:
    made = await _made(tx)
    for days in (0, 7, 14, 29, 31):
        shift = await making.a_shift(tx, made.assignment, BEGINS)
        await feedback.offer(tx, made.assignment, shift, now=NOW + days * DAY)

    asked = [row["asked_at"] - NOW for row in await _requests(tx)]

    assert asked == [0 * DAY, 31 * DAY]


async def test_nobody_is_asked_when_nobody_came_or_a_coordinator_filled_it_in(tx: Tx) -> None:
    made = await _made(tx)
    await attendance.confirm(tx, made.shift, {}, edition=0, via=attendance.BY_LINK, now=NOW)
    await _confirmed(tx, made, attendance.BY_COORDINATOR, edition=1)

    assert await _requests(tx) == []


# By taps


def _phone(tx: Tx, person: Person) -> dialog_makers.Phone:
    phone = dialog_makers.Phone(tx, DESK.catalogs, (), person=person, at=NOW)  # type: ignore[arg-type]
    phone.further = routes.combine(chat.combined(DESK), staff_chat.combined(DESK))
    return phone


@pytest.mark.parametrize("language", ["nl", "fa_AF"])
async def test_contact_person_answers_by_taps_days_later(tx: Tx, language: str) -> None:
    made = await _made(tx)
    els = await _els(tx, made, language)
    words = DESK.catalogs.words(language)
    phone = _phone(tx, els)
    await attendance.tick(tx, made.shift, made.amina, came=True, via=attendance.BY_CONTACT, now=NOW)
    await phone.press(f"vatok:{made.shift}:0")
    button = phone.buttons[0].action or ""
    await phone.press(button)
    phone.later(days=3)
    await phone.tap("🙂")
    await phone.tap(words.label("✅ Yes"))
    await phone.tap(words.label("❌ No"))
    await phone.tap(words.label("Skip this"))

    assert "💚" in phone.text
    [kept] = [dict(row) for row in await tx.all(select(tables.evaluations))]
    assert kept["answers"] == {"mood": 3, "contact": 1, "again": 0}
    await phone.press(button)
    assert words.plain("You have answered this already. Thank you!") in phone.refused
    assert len(await tx.all(select(tables.evaluations))) == 1


async def _tap(tx: Tx, person: Person, data: str) -> None:
    answers: Routes = routes.combine(chat.combined(DESK), staff_chat.combined(DESK))
    tap = tapped(data, sender=a_sender(person.telegram_id), at=NOW)
    await answers.actions[tap.action](tx, person, tap)


async def test_only_the_organisation_and_its_coordinators_answer(tx: Tx) -> None:
    made = await _made(tx)
    await _confirmed(tx, made)
    [request] = await _requests(tx)
    stranger = Person(PersonId(await making.a_person(tx, OTHER)), OTHER, "X", "nl", None)
    staff = await orgs.a_colleague(tx, OTHER + 1, Role.STAFF)
    away = await orgs.a_colleague(tx, OTHER + 2)
    own = await orgs.a_colleague(tx, KAREN)
    theirs = {"office": "gent", "person_id": own.id}
    await tx.execute(tables.office_coordinators.insert().values(theirs))

    for person in (stranger, staff):
        with pytest.raises(NotAContact):
            await _tap(tx, person, f"vorgeval:{request['id']}")
    with pytest.raises(NotYourOffice):
        await _tap(tx, away, f"vorgeval:{request['id']}")
    phone = _phone(tx, own)
    await phone.press(f"vorgeval:{request['id']}")
    assert phone.refused == ""


async def test_contact_person_who_was_removed_meanwhile_answers_no_more(tx: Tx) -> None:
    made = await _made(tx)
    els = await _els(tx, made)
    await _confirmed(tx, made)
    [request] = await _requests(tx)
    phone = _phone(tx, els)
    await phone.press(f"vorgeval:{request['id']}")
    table = tables.organisation_contacts
    await tx.execute(update(table).values(is_active=False))
    for label in ("😀", "✅", "✅", "overslaan"):
        found = [
            one for one in phone.buttons if label in one.label.casefold() or label in one.label
        ]
        await phone.press(found[0].action or "")

    assert "contactpersonen" in phone.refused
    assert await tx.all(select(tables.evaluations)) == []


# At the end of an assignment


async def _ends(tx: Tx, made: Made, *, by: str = "closed") -> None:
    await _confirmed(tx, made, attendance.BY_COORDINATOR)
    await hours.derive(tx, made.shift, now=NOW)
    values: dict[str, Any] = {"state": "closed", "changed_at": NOW}
    if by == "ran out":
        values = {"ends_on": NOW.date() - DAY}
    await tx.execute(update(tables.assignments).values(values))


@pytest.mark.parametrize("by", ["closed", "ran out"])
async def test_contact_person_is_asked_once_when_the_assignment_ends(tx: Tx, by: str) -> None:
    made = await _made(tx)
    await _els(tx, made)
    await _ends(tx, made, by=by)
    for nights in range(70):
        await feedback.ask_at_end(DESK, tx, now=NOW + nights * DAY)

    [asked] = await posted(tx, ELS)

    assert "Bar &amp; keuken" in texts([asked])[0]
    assert (asked.buttons[0][0].action or "").startswith("vorgeval:")  # type: ignore[union-attr]


async def test_coordinator_gets_the_page_when_nobody_there_has_telegram(
    database: Database,
) -> None:
    async with database.writing() as tx:
        made = await _made(tx)
        await orgs.a_colleague(tx, KAREN)
        await _ends(tx, made)
        night = NOW.replace(hour=2)
        await feedback.ask_at_end(DESK, tx, now=night)
        [asked] = await posted(tx, KAREN)
    link = re.search(r"https://pages\.example\.org(/evaluation/\S+)", texts([asked])[0])
    assert link is not None
    assert asked.hold_until is not None  # not in the night
    assert asked.hold_until > night
    async with a_browser(DESK, database) as browser:
        page = await browser.opens(link[1])
        assert "Kan een vrijwilliger verder bij jullie" in page.text
        await browser.sends(link[1], mood="2", growth="0", again="1")
    [kept] = await _answers(database)
    assert kept["answers"] == {"mood": 2, "growth": 0, "again": 1}


async def test_end_is_not_asked_where_nobody_worked_or_lately_answered(tx: Tx) -> None:
    made = await _made(tx)
    await _els(tx, made)
    values = {"state": "closed", "changed_at": NOW}
    await tx.execute(update(tables.assignments).values(values))
    await feedback.ask_at_end(DESK, tx, now=NOW)
    assert await posted(tx, ELS) == []

    await _confirmed(tx, made)  # the shift is asked about, by the page
    await feedback.ask_at_end(DESK, tx, now=NOW + DAY)
    assert [row["about"] for row in await _requests(tx)] == [domain.SHIFT]
    assert await posted(tx, ELS) == []


def test_part_of_the_organisations_answers_never_tells_a_question_of_few() -> None:
    shift, end = {"mood": 4, "contact": 1, "again": 1}, {"mood": 1, "growth": 0, "again": 0}
    answers = [*(("gent", shift),) * 4, *(("gent", end),) * 6, *(("aalst", shift),) * 5]

    found = domain.parts(answers, domain.OF_ORGANISATIONS)

    assert {key: sorted(one.yes) for key, one in found.items()} == {
        "gent": ["again"],
        "aalst": ["again"],
    }
