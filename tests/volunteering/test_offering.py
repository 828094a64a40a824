"""Letters that a coordinator begins: offered, written for who has no Telegram, corrected, dropped;
played through the chat."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.delivery import making as files
from bot.delivery.messages import File, Message, Outgoing
from bot.errors import NotAllowed, Outdated
from bot.events import tables as events
from bot.language.catalog import Catalogs
from bot.people.domain import Person, Role
from bot.people.service import mark_unreachable
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import chat, staff_chat, tables
from bot.volunteering.domain import letters as domain
from bot.volunteering.domain.letters import Paper, Stage, Written
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.service import letters, offering
from tests.support import letter_makers as making
from tests.support import organisation_makers as orgs
from tests.support import volunteering_makers as rows
from tests.support.dialog_makers import Phone
from tests.support.event_makers import posted
from tests.support.letter_makers import pages
from tests.support.volunteering_makers import NOW

DESK = orgs.a_desk()
KAREN = 5_000_000_077
WORDS = Written(did="Tafels gedekt.", signed="Karen Peeters", name="Fatima Noori")


def _phone(tx: Tx, catalogs: Catalogs, person: Person) -> Phone:
    phone = Phone(tx, catalogs, (), person=person, at=NOW)  # type: ignore[arg-type]
    phone.further = staff_chat.combined(DESK) if person.role else chat.combined(DESK)
    return phone


def _file(replies: list[Message]) -> File:
    [file] = [one for one in replies if isinstance(one, File)]
    return file


def _actions(post: Any) -> list[str]:
    return [one.action for row in post.buttons for one in row if one.action]


async def _fatima(tx: Tx, minutes: int = 330) -> int:
    """Somebody without Telegram, with confirmed hours."""
    mine = await rows.a_volunteer(tx, name="Fatima")
    if minutes:
        await making.confirmed(tx, mine, minutes, organisation="De Vaart")
    return mine


async def _approved(tx: Tx, karen: Person) -> tuple[Person, str]:
    """Amina's letter, that she has."""
    amina, _mine = await making.a_volunteer(tx, language="fa_AF")
    asked = await letters.ask(DESK, tx, amina, Paper.LETTER, "Amina Alizade", now=NOW)
    ready = await letters.prepare(tx, karen, asked.number, WORDS._replace(name=""))
    await letters.approve(DESK, tx, karen, asked.number, ready.edition, now=NOW)
    return amina, asked.number


async def _stage(tx: Tx, number: str) -> str | None:
    table = tables.letters.c
    found: str | None = await tx.scalar(select(table.state).where(table.number == number))
    return found


async def test_coordinator_offers_a_letter_and_the_volunteer_says_yes(
    tx: Tx, catalogs: Catalogs
) -> None:
    amina, mine = await making.a_volunteer(tx)
    karen = await orgs.a_colleague(tx, KAREN)
    desk = _phone(tx, catalogs, karen)

    await desk.press(f"vclettersof:{mine}")
    await desk.tap("Een brief aanbieden")
    await desk.press(f"vcletteroffer:{mine}")  # a second tap

    assert "Aangeboden" in desk.text
    [offer] = await posted(tx, amina.telegram_id)
    assert isinstance(offer, Outgoing)
    assert "Would you like a letter?" in offer.text
    assert "Confirmed: 5.5 h." in offer.text
    yes, no = _actions(offer)
    phone = _phone(tx, catalogs, amina)
    await phone.press(yes)
    await phone.tap("Reference letter")
    await phone.say("Amina Alizadeh")
    await phone.tap("Yes, that is right")
    found = await offering.overview(tx, karen, mine)
    assert [(one.stage, one.unasked) for one in found.letters] == [(Stage.ASKED, False)]
    await phone.press(no)
    assert "That is fine" in phone.text


async def test_letter_is_offered_only_where_there_is_something_to_tell(tx: Tx) -> None:
    karen = await orgs.a_colleague(tx, KAREN)
    nobody = await _fatima(tx, 0)
    fatima = await _fatima(tx)
    amina, mine = await making.a_volunteer(tx)
    await letters.ask(DESK, tx, amina, Paper.LETTER, "Amina Alizade", now=NOW)

    for whose, refusal in (
        (nobody, domain.NothingConfirmed),
        (fatima, domain.CannotBeOffered),
        (mine, Outdated),
    ):
        with pytest.raises(refusal):
            await offering.offer(DESK, tx, karen, whose, now=NOW)
    with pytest.raises(domain.NothingConfirmed):
        await offering.write(
            DESK, tx, karen, nobody, Paper.LETTER, language="nl", words=WORDS, now=NOW
        )


@pytest.mark.parametrize("role", [None, Role.TRAINEE, Role.STAFF])
async def test_only_coordinators_begin_letters(tx: Tx, role: Role | None) -> None:
    karen = await orgs.a_colleague(tx, KAREN)
    _amina, number = await _approved(tx, karen)
    fatima = await _fatima(tx)
    other = await orgs.a_colleague(tx, 5_000_000_066, role)

    for step in (
        offering.overview(tx, other, fatima),
        offering.offer(DESK, tx, other, fatima, now=NOW),
        offering.write(DESK, tx, other, fatima, Paper.LETTER, language="nl", words=WORDS, now=NOW),
        offering.correct(DESK, tx, other, number, WORDS, now=NOW),
        offering.drop(tx, other, number, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            await step


async def test_coordinator_of_another_office_begins_none(tx: Tx) -> None:
    karen = await orgs.a_colleague(tx, KAREN)
    _amina, number = await _approved(tx, karen)
    fatima = await _fatima(tx)
    other = await orgs.a_colleague(tx, 5_000_000_066)
    await tx.execute(insert(tables.office_coordinators).values(office="gent", person_id=karen.id))

    for step in (
        offering.overview(tx, other, fatima),
        offering.correct(DESK, tx, other, number, WORDS, now=NOW),
        offering.drop(tx, other, number, now=NOW),
    ):
        with pytest.raises(NotYourOffice):
            await step


async def test_letter_of_who_has_no_telegram_comes_to_the_coordinator(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        fatima = await _fatima(tx)
        karen = await orgs.a_colleague(tx, KAREN)
        phone = _phone(tx, catalogs, karen)
        await phone.press(f"vclettersof:{fatima}")
        assert "af te drukken" in phone.text
        await phone.tap("Een brief schrijven")
        await phone.tap("Referentiebrief")
        await phone.tap("Pasjtoe")
        await phone.say("فاطمه نوری")
        assert "Latijnse letters" in phone.text
        await phone.say("Fatima Noori")
        await phone.say("Fatima dekte tafels.")
        await phone.tap("Overslaan")
        await phone.say("Karen Peeters, coördinator")
        shown = _file(await phone.tap("Toon me de brief"))
        yes, _change, drop = _actions(shown)
        assert drop.startswith("vcletterdrop:")
        file = _file(await phone.press(yes))
        assert "Fatima Noori" in file.caption
        again = _file(await phone.press(f"vcletterfile:{file.made.id}"))
        twice = await phone.press(yes)
        assert [one for one in twice if isinstance(one, File)] == []
    drawn = await files.content(database, partial(letters.file, DESK), file.made.id)

    assert again.made == file.made
    [page] = pages(drawn)
    assert "Fatima dekte tafels." in page
    assert "د رضاکارانه کار تصدیق لیک" in page


async def test_corrected_letter_takes_the_place_of_the_old_one(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        karen = await orgs.a_colleague(tx, KAREN)
        amina, old = await _approved(tx, karen)
        phone = _phone(tx, catalogs, karen)
        await phone.press(f"vcletter:{old}")
        await phone.tap("Een fout verbeteren")
        assert "Amina Alizade" in phone.text
        await phone.tap("Iets veranderen")
        await phone.tap("Naam")
        await phone.say("Amina Alizadeh")
        shown = _file(await phone.tap("Toon me de brief"))
        new = shown.made.id.partition(":")[0]
        assert new != old
        assert await _stage(tx, old) == Stage.APPROVED, "it counts until the new one is approved"
        standing = await letters.standing(tx, amina.id)
        assert standing is not None
        assert [one.number for one in standing.letters] == [old]

        await phone.press(_actions(shown)[0])

        assert (await _stage(tx, old), await _stage(tx, new)) == (Stage.WITHDRAWN, Stage.APPROVED)
        [sent] = [one for one in await posted(tx, amina.telegram_id) if isinstance(one, File)]
        assert sent.made.id == new, "the old one had not left, and does not leave any more"
        assert old in sent.caption
    [page] = pages(await files.content(database, partial(letters.file, DESK), new))
    assert "Amina Alizadeh" in page
    assert f"in de plaats van nummer {old}" in page
    async with orgs.a_browser(DESK, database) as browser:
        gone = await browser.opens(f"/letter/{domain.code(DESK.signing_key, old)}")
        counts = await browser.opens(f"/letter/{domain.code(DESK.signing_key, new)}")
    assert gone.status == 410
    assert f"heeft nummer {new}" in gone.text
    assert "Amina" not in gone.text
    assert counts.status == 200
    assert "Amina A." in counts.text


async def test_page_leads_past_corrections_of_corrections(database: Database) -> None:
    async with database.writing() as tx:
        karen = await orgs.a_colleague(tx, KAREN)
        _amina, number = await _approved(tx, karen)
        numbers = [number]
        for _round in range(3):
            made = await offering.correct(DESK, tx, karen, numbers[-1], WORDS, now=NOW)
            await letters.approve(DESK, tx, karen, made.number, made.edition, now=NOW)
            numbers.append(made.number)
    async with database.reading() as tx:
        for old in numbers[:-1]:
            found = await letters.verify(tx, domain.code(DESK.signing_key, old))
            assert found is not None
            assert found.replaced_by == numbers[-1]
    async with database.writing() as tx:
        await letters.withdraw(DESK, tx, karen, numbers[-1], now=NOW)
        found = await letters.verify(tx, domain.code(DESK.signing_key, numbers[0]))
    assert found is not None
    assert found.replaced_by == ""


async def test_correction_that_is_begun_twice_is_one_letter(tx: Tx) -> None:
    karen = await orgs.a_colleague(tx, KAREN)
    _amina, number = await _approved(tx, karen)

    first = await offering.correct(DESK, tx, karen, number, WORDS, now=NOW)
    second = await offering.correct(DESK, tx, karen, number, WORDS, now=NOW)

    assert first.number == second.number
    assert (first.edition, second.edition) == (1, 2)
    with pytest.raises(Outdated):
        await letters.approve(DESK, tx, karen, first.number, first.edition, now=NOW)


async def test_draft_that_is_thrown_away_leaves_the_old_letter(tx: Tx, catalogs: Catalogs) -> None:
    karen = await orgs.a_colleague(tx, KAREN)
    amina, number = await _approved(tx, karen)
    before = len(await posted(tx, amina.telegram_id))
    made = await offering.correct(DESK, tx, karen, number, WORDS, now=NOW)
    phone = _phone(tx, catalogs, karen)

    await phone.press(f"vcletterdrop:{made.number}")

    assert "weg" in phone.text
    assert await _stage(tx, made.number) is None
    assert await _stage(tx, number) == Stage.APPROVED
    assert len(await posted(tx, amina.telegram_id)) == before
    await phone.press(f"vcletterdrop:{number}")
    assert await _stage(tx, number) == Stage.APPROVED


async def test_correction_of_a_letter_that_was_withdrawn_meanwhile_is_none(tx: Tx) -> None:
    karen = await orgs.a_colleague(tx, KAREN)
    _amina, number = await _approved(tx, karen)
    made = await offering.correct(DESK, tx, karen, number, WORDS, now=NOW)
    await letters.withdraw(DESK, tx, karen, number, now=NOW)
    with pytest.raises(Outdated):
        await offering.correct(DESK, tx, karen, number, WORDS, now=NOW)

    await letters.approve(DESK, tx, karen, made.number, made.edition, now=NOW)

    assert await _stage(tx, made.number) == Stage.APPROVED


async def test_who_blocked_the_bot_is_written_for(tx: Tx, catalogs: Catalogs) -> None:
    amina, mine = await making.a_volunteer(tx)
    karen = await orgs.a_colleague(tx, KAREN)
    await mark_unreachable(tx, amina.telegram_id)
    phone = _phone(tx, catalogs, karen)

    await phone.press(f"vclettersof:{mine}")

    assert f"vcwrite:{mine}" in _actions(phone.screen)
    assert await tx.scalar(select(events.participants.c.person_id)) is not None
