"""Letters: asked for, previewed, approved by who may, sent, confirmed on a page, erased."""

import asyncio
import threading
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.delivery import making as making_files
from bot.delivery import messages
from bot.delivery.making import Sketch
from bot.delivery.messages import File, Message
from bot.delivery.tables import outbox as posts
from bot.errors import NotAllowed, Outdated, Refused
from bot.events.domain import ParticipantId
from bot.people.domain import Person, Role
from bot.people.service import mark_unreachable
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain import letters as domain
from bot.volunteering.domain.letters import Letter, Paper, Stage
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.service import keeping, letters
from tests.support import letter_makers as making
from tests.support import organisation_makers as orgs
from tests.support import volunteering_makers as rows
from tests.support.letter_makers import pages
from tests.support.volunteering_makers import NOW

DESK = orgs.a_desk()
WORDS = domain.Written(did="Tafels gedekt.", signed="Karen Peeters")


async def _asked(tx: Tx, person: Person, paper: Paper = Paper.LETTER) -> Letter:
    return await letters.ask(DESK, tx, person, paper, "Amina Alizadeh", now=NOW)


async def _approved(tx: Tx, person: Person, karen: Person) -> Letter:
    number = (await _asked(tx, person)).number
    ready = await letters.prepare(tx, karen, number, WORDS)
    await letters.approve(DESK, tx, karen, number, ready.edition, now=NOW)
    return ready


async def _posted(tx: Tx, chat_id: int) -> list[Message]:
    wanted = select(posts.c.body).where(posts.c.chat_id == chat_id).order_by(posts.c.id)
    return [messages.decode(row["body"]) for row in await tx.all(wanted)]


async def _file(database: Database, number: str) -> bytes:
    """As the sender makes it."""
    return await making_files.content(database, partial(letters.file, DESK), number)


async def _preview(database: Database, ref: str) -> bytes:
    return await making_files.content(database, partial(letters.preview, DESK), ref)


@dataclass
class Done:
    """An approved letter that was sent."""

    database: Database
    amina: Person
    karen: Person
    mine: ParticipantId
    letter: Letter

    @property
    def path(self) -> str:
        return f"/letter/{domain.code(DESK.signing_key, self.letter.number)}"

    async def page(self, path: str = "") -> Any:
        async with orgs.a_browser(DESK, self.database) as browser:
            return await browser.opens(path or self.path)


@pytest.fixture
async def done(database: Database) -> Done:
    async with database.writing() as tx:
        amina, mine = await making.a_volunteer(tx, language="fa_AF")
        karen = await orgs.a_colleague(tx, 5_000_000_077)
        letter = await _approved(tx, amina, karen)
    return Done(database, amina, karen, mine, letter)


@pytest.mark.parametrize("number", [f"2026-{n:04}" for n in range(20)])
def test_code_of_a_letter_can_be_typed_from_paper(number: str) -> None:
    code = domain.code(DESK.signing_key, number)

    assert len(code) == 24
    assert code.isalnum()
    assert code == code.lower()


async def test_no_letter_without_confirmed_hours(tx: Tx) -> None:
    person = await making.a_person(tx)
    mine = await rows.a_volunteer(tx, person=person.id)
    await making.confirmed(tx, mine, 240, state="derived")

    with pytest.raises(domain.NoHours):
        await _asked(tx, person)


async def test_letter_tells_confirmed_hours_only(tx: Tx) -> None:
    person, mine = await making.a_volunteer(tx, 330)
    await making.confirmed(tx, mine, 600, organisation="Other", state="derived")

    letter = await _asked(tx, person)

    assert letter.facts is not None
    assert letter.facts.minutes == 330
    assert [one.organisation for one in letter.facts.works] == ["De Centrale"]
    assert [one.title for one in letter.facts.works] == ["Tafels dekken"]


async def test_somebody_else_asks_for_nothing(tx: Tx) -> None:
    await making.a_volunteer(tx)
    stranger = await making.a_person(tx, 5_000_000_009)

    with pytest.raises(Outdated):
        await _asked(tx, stranger)


async def test_second_request_waits_for_the_first(tx: Tx) -> None:
    person, _ = await making.a_volunteer(tx)
    await _asked(tx, person)

    with pytest.raises(domain.AlreadyAsked):
        await _asked(tx, person)


async def test_certificate_needs_forty_hours_that_count(tx: Tx) -> None:
    person, mine = await making.a_volunteer(tx, 2390, counts=True)
    await making.confirmed(tx, mine, 600, organisation="Nobody speaks there")
    with pytest.raises(domain.NotEnough):
        await _asked(tx, person, Paper.CERTIFICATE)

    await making.confirmed(tx, mine, 10, organisation="One more", counts=True)
    letter = await _asked(tx, person, Paper.CERTIFICATE)

    assert letter.facts is not None
    assert letter.facts.minutes == 2400


@pytest.mark.parametrize(
    ("counted", "target", "papers"),
    [
        (0, None, "letter"),
        (2400, None, "letter certificate"),
        (2399, 2400, "letter proof"),
        (0, 2400, "letter"),
        (2400, 2400, "letter certificate proof"),
        (1500, 1500, "letter certificate proof"),
    ],
)
def test_only_papers_that_can_be_had_are_offered(
    counted: int, target: int | None, papers: str
) -> None:
    assert domain.papers_for(counted, target) == [Paper(one) for one in papers.split()]


async def test_coordinators_hear_in_their_own_chats(tx: Tx) -> None:
    person, _ = await making.a_volunteer(tx)
    karen = await orgs.a_colleague(tx, 5_000_000_077)
    letter = await _asked(tx, person)

    [card] = await _posted(tx, karen.telegram_id)

    assert "Amina Alizadeh" in str(getattr(card, "text", ""))
    assert [one.number for one in await letters.waiting(tx, karen, now=NOW)] == [letter.number]


@pytest.mark.parametrize("role", [None, Role.TRAINEE, Role.STAFF])
async def test_only_coordinators_read_and_decide(tx: Tx, role: Role | None) -> None:
    person, _ = await making.a_volunteer(tx)
    letter = await _asked(tx, person)
    other = await orgs.a_colleague(tx, 5_000_000_066, role)

    for step in (
        letters.look(tx, other, letter.number),
        letters.prepare(tx, other, letter.number, WORDS),
        letters.approve(DESK, tx, other, letter.number, 1, now=NOW),
        letters.refuse(DESK, tx, other, letter.number, "no", now=NOW),
        letters.withdraw(DESK, tx, other, letter.number, now=NOW),
        letters.waiting(tx, other, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            await step


async def test_coordinator_of_another_office_does_not_decide(tx: Tx) -> None:
    person, _ = await making.a_volunteer(tx)
    letter = await _asked(tx, person)
    own, other = [await orgs.a_colleague(tx, 5_000_000_070 + one) for one in (1, 2)]
    table = tables.office_coordinators
    await tx.execute(tx.insert(table).values(office="gent", person_id=own.id))

    with pytest.raises(NotYourOffice):
        await letters.look(tx, other, letter.number)
    assert await letters.waiting(tx, other, now=NOW) == []
    assert await letters.look(tx, own, letter.number) == letter


async def test_only_the_preview_that_was_seen_is_approved(tx: Tx) -> None:
    person, _ = await making.a_volunteer(tx)
    karen = await orgs.a_colleague(tx, 5_000_000_077)
    number = (await _asked(tx, person)).number
    with pytest.raises(Outdated):
        await letters.approve(DESK, tx, karen, number, 0, now=NOW)
    first = await letters.prepare(tx, karen, number, WORDS)
    second = await letters.prepare(tx, karen, number, WORDS._replace(did="Iets anders."))

    with pytest.raises(Outdated):
        await letters.approve(DESK, tx, karen, number, first.edition, now=NOW)
    await letters.approve(DESK, tx, karen, number, second.edition, now=NOW)
    for step in (
        letters.approve(DESK, tx, karen, number, second.edition, now=NOW),
        letters.refuse(DESK, tx, karen, number, "late", now=NOW),
        letters.prepare(tx, karen, number, WORDS),
    ):
        with pytest.raises(Refused):
            await step


async def test_preview_is_a_marked_file(database: Database) -> None:
    async with database.writing() as tx:
        person, _ = await making.a_volunteer(tx)
        karen = await orgs.a_colleague(tx, 5_000_000_077)
        ready = await letters.prepare(tx, karen, (await _asked(tx, person)).number, WORDS)

    [page] = pages(await _preview(database, f"{ready.number}:{ready.edition}"))

    assert "Voorbeeld" in page
    assert "Tafels gedekt." in page
    with pytest.raises(Outdated):
        await _preview(database, f"{ready.number}:0")


async def test_refusal_tells_the_volunteer_why_and_keeps_no_facts(tx: Tx) -> None:
    person, _ = await making.a_volunteer(tx)
    karen = await orgs.a_colleague(tx, 5_000_000_077)
    letter = await _asked(tx, person)

    await letters.refuse(DESK, tx, karen, letter.number, "Bel mij <even>", now=NOW)

    [said] = await _posted(tx, person.telegram_id)
    assert "Bel mij &lt;even&gt;" in str(getattr(said, "text", ""))
    table = tables.letters.c
    assert await tx.scalar(select(table.facts).where(table.number == letter.number)) == {}


async def test_approved_letter_is_kept_and_sent_as_it_is(done: Done) -> None:
    async with done.database.reading() as tx:
        [*_, sent] = await _posted(tx, done.amina.telegram_id)
    assert isinstance(sent, File)
    first = await _file(done.database, sent.made.id)
    async with done.database.writing() as tx:
        await tx.execute(update(tables.hours).values(minutes=9999))
        assert (await letters.own(tx, done.amina, done.letter.number)).stage is Stage.APPROVED
    again = await _file(done.database, done.letter.number)

    [page] = pages(first)
    assert again == first
    assert "Uren 5,5 uur" in page
    assert "Amina Alizadeh" in page
    assert f"https://pages.example.org{done.path}" in page
    assert "کار رضاکارانه" in page


async def test_nobody_has_the_letter_of_somebody_else_sent(done: Done) -> None:
    async with done.database.writing() as tx:
        zahra = await making.a_person(tx, 5_000_000_009)
        await rows.a_volunteer(tx, person=zahra.id)

        with pytest.raises(Outdated):
            await letters.own(tx, zahra, done.letter.number)


async def test_page_confirms_a_letter_and_tells_little(done: Done) -> None:
    answer = await done.page()

    assert answer.status == 200
    assert "Deze brief is echt" in answer.text
    for said in (done.letter.number, "Amina A.", "5,5", "Example &amp; Co"):
        assert said in answer.text
    assert "Alizadeh" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]


@pytest.mark.parametrize(
    ("path", "asks", "below"),
    [
        ("", "", None),
        ("", "nl-BE,nl;q=0.9", None),
        ("", "de-DE,uk-UA;q=0.8", "Цей лист справжній"),
        ("", "fa-IR;q=0.9", "این نامه واقعی است"),
        ("?lang=ps", "uk", "دا لیک رښتینی دی"),
        ("?lang=xx", "x" * 5000, None),
    ],
)
async def test_page_speaks_dutch_and_the_visitor_s_language(
    done: Done, path: str, asks: str, below: str | None
) -> None:
    async with orgs.a_browser(DESK, done.database) as browser:
        browser.http.headers["Accept-Language"] = asks
        answer = await browser.opens(done.path + path)

    assert answer.text.index("Deze brief is echt") > 0
    assert answer.text.count("<section") == (1 if below is None else 2)
    assert below is None or answer.text.index(below) > answer.text.index("</section>")
    assert answer.text.count("Amina A.") == answer.text.count("<section")


@pytest.mark.parametrize(
    "path", ["/letter/AAAAAAAAAAAAAAAAAAAA", "/letter/2026-K7QF3D", "/letter/x", "/letter/مریم"]
)
async def test_forged_code_confirms_nothing(done: Done, path: str) -> None:
    answer = await done.page(path)

    assert answer.status == 404
    assert "Wij kennen deze brief niet" in answer.text
    assert "Amina" not in answer.text


async def test_letter_that_only_waits_is_not_confirmed(database: Database) -> None:
    async with database.writing() as tx:
        person, mine = await making.a_volunteer(tx)
        karen = await orgs.a_colleague(tx, 5_000_000_077)
        letter = await _asked(tx, person)

    assert (await Done(database, person, karen, mine, letter).page()).status == 404


async def test_withdrawn_letter_says_so_and_is_not_sent_again(done: Done) -> None:
    async with done.database.writing() as tx:
        await letters.withdraw(DESK, tx, done.karen, done.letter.number, now=NOW)
    with pytest.raises(Outdated):
        await _file(done.database, done.letter.number)

    answer = await done.page()

    assert answer.status == 410
    assert "telt niet meer" in answer.text
    assert "Amina" not in answer.text


async def test_erased_person_leaves_a_number_only(done: Done) -> None:
    async with done.database.writing() as tx:
        await keeping.forget(tx, done.amina.id, now=NOW)
    with pytest.raises(Outdated):
        await _file(done.database, done.letter.number)

    answer = await done.page()

    assert answer.status == 410
    assert "gewist" in answer.text
    assert "Amina" not in answer.text


async def test_letter_that_is_being_drawn_holds_up_nobody(done: Done) -> None:
    kept = tables.letters.c.content
    async with done.database.reading() as tx:
        sketch = await letters.file(DESK, tx, done.letter.number)
        assert await tx.scalar(select(kept)) is None
    assert isinstance(sketch, Sketch)
    is_written = threading.Event()

    def draw() -> bytes:
        assert is_written.wait(10), "nobody else could write while a letter was drawn"
        return sketch.draw()

    async def maker(tx: Tx, id_: str) -> Sketch:
        return Sketch(draw, sketch.keep)

    drawn = asyncio.create_task(making_files.content(done.database, maker, done.letter.number))
    await asyncio.sleep(0)
    async with done.database.writing() as tx:
        await tx.execute(update(tables.letters).values(office="gent"))
    is_written.set()
    async with done.database.reading() as tx:
        assert await drawn == await tx.scalar(select(kept))


async def test_letter_that_was_drawn_and_not_stored_is_drawn_again(done: Done) -> None:
    async with done.database.reading() as tx:
        lost = await letters.file(DESK, tx, done.letter.number)
    assert isinstance(lost, Sketch)
    first = lost.draw()  # and here the program is killed

    again = await _file(done.database, done.letter.number)

    assert pages(first) == pages(again)
    assert done.letter.number in pages(again)[0]


async def test_letter_that_is_asked_for_twice_at_once_is_stored_once(done: Done) -> None:
    one, other = await asyncio.gather(
        _file(done.database, done.letter.number), _file(done.database, done.letter.number)
    )

    assert one == other == await _file(done.database, done.letter.number)


async def test_letter_that_is_withdrawn_while_it_waits_stays_here(done: Done) -> None:
    async with done.database.reading() as tx:
        sketch = await letters.file(DESK, tx, done.letter.number)
    assert isinstance(sketch, Sketch)
    assert sketch.keep is not None
    async with done.database.writing() as tx:
        await letters.withdraw(DESK, tx, done.karen, done.letter.number, now=NOW)
        table = posts.c
        states = {row["key"]: row["state"] for row in await tx.all(select(table.key, table.state))}
    assert states[f"letter:{done.letter.number}:file"] == "cancelled"

    async with done.database.writing() as tx:
        with pytest.raises(Outdated):
            await sketch.keep(tx, sketch.draw())
    async with done.database.reading() as tx:
        assert await tx.scalar(select(tables.letters.c.content)) is None


async def test_forgotten_before_it_was_made_gets_no_letter(database: Database) -> None:
    async with database.writing() as tx:
        person, _ = await making.a_volunteer(tx)
        karen = await orgs.a_colleague(tx, 5_000_000_077)
        letter = await _approved(tx, person, karen)
        await keeping.forget(tx, person.id, now=NOW)

    with pytest.raises(Outdated):
        await _file(database, letter.number)


async def test_who_cannot_be_reached_has_the_letter_printed(tx: Tx) -> None:
    person, mine = await making.a_volunteer(tx)
    karen = await orgs.a_colleague(tx, 5_000_000_077)
    letter = await _asked(tx, person)
    ready = await letters.prepare(tx, karen, letter.number, WORDS)
    await mark_unreachable(tx, person.telegram_id)

    is_sent = await letters.approve(DESK, tx, karen, letter.number, ready.edition, now=NOW)

    assert not is_sent
    assert [one for one in await _posted(tx, person.telegram_id) if isinstance(one, File)] == []
    assert mine
