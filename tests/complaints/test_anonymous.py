"""Without a name: nothing stored leads to the person, and a code reads the reply once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.complaints import domain
from bot.complaints.service import answering
from bot.complaints.tables import complaints
from bot.people.domain import Person
from bot.storage.engine import Database
from tests.support import people_makers
from tests.support.complaints_makers import AMINA, HOUR, NOW, OLENA, WARD, Booth


async def _rows_beside(booth: Booth, words: str) -> dict[str, list[dict[str, object]]]:
    """Every row that holds these words, by table."""
    everything = await booth.everywhere()
    found = {
        name: [row for row in rows if words in f"{list(row.values())}"]
        for name, rows in everything.items()
    }
    return {name: rows for name, rows in found.items() if rows}


@pytest.mark.parametrize("answered", [False, True])
async def test_nothing_stored_leads_from_the_complaint_to_the_person(
    booth: Booth, answered: bool
) -> None:
    person = await booth.person(AMINA)
    await booth.complained("anonymous", text="zebra crossing")
    if answered:
        await booth.replied("giraffe")

    beside = await _rows_beside(booth, "zebra")
    row = await booth.row()

    assert beside.keys() == {"complaints"}
    assert row["person_id"] is None
    assert str(AMINA) not in f"{row}"
    assert not any(isinstance(value, int) and value == person.id for value in _facts(row))
    assert not hasattr(row["received_on"], "hour")
    theirs = await _rows_beside(booth, str(AMINA))
    assert theirs.keys() == {"people", "outbox"}
    assert all(one["ref"] is one["key"] is one["slot"] is None for one in theirs["outbox"])
    assert all(one["body"] is None for one in theirs["outbox"])


def _facts(row: object) -> list[object]:
    named = dict(row)  # type: ignore[call-overload]
    return [value for name, value in named.items() if name != "id" and not isinstance(value, bool)]


async def test_no_row_of_the_person_names_a_complaint(booth: Booth) -> None:
    person = await booth.person(AMINA)
    await booth.complained("anonymous")
    await booth.replied()
    await booth.says(AMINA, f"/complaint {booth.kept_code}")

    for name, rows in (await booth.everywhere()).items():
        for row in rows:
            knows = {"person_id", "actor", "used_by", "chat_id", "telegram_id"} & row.keys()
            if any(row[key] in (person.id, AMINA) for key in knows):
                assert name in ("people", "outbox"), row


async def test_draft_without_a_name_knows_no_person(booth: Booth) -> None:
    await booth.wrote("anonymous", text="zebra crossing")

    (draft,) = (await booth.everywhere())["complaint_drafts"]

    assert draft["person_id"] is None
    assert str(AMINA) not in f"{draft}"


async def test_code_and_token_are_stored_only_as_hashes(booth: Booth) -> None:
    await booth.wrote("anonymous")
    token = booth.button(AMINA, "📨 Send").partition(":")[2]
    await booth.presses(AMINA, "📨 Send")
    code = booth.code()
    await booth.waits()

    everything = f"{await booth.everywhere()}"

    assert token not in everything
    assert code not in everything
    assert code.replace("-", "") not in everything


async def test_it_is_brought_later_at_a_moment_of_its_own(booth: Booth) -> None:
    before = len(booth.texts(WARD))
    await booth.wrote("anonymous")
    await booth.presses(AMINA, "📨 Send")

    await booth.waits(domain.BROUGHT_AFTER - timedelta(seconds=1))
    too_early = len(booth.texts(WARD))
    await booth.waits(domain.BROUGHT_WITHIN)

    assert too_early == before
    assert "Complaint #1 · English · without a name" in booth.last_text(WARD)


def test_moments_of_bringing_are_not_all_the_same() -> None:
    moments = {domain.after_a_while() for _ in range(50)}

    assert len(moments) > 5
    assert all(domain.BROUGHT_AFTER <= one <= domain.BROUGHT_WITHIN for one in moments)


async def test_code_says_that_no_reply_is_there_yet(booth: Booth) -> None:
    await booth.complained("anonymous")

    await booth.says(AMINA, f"/complaint {booth.kept_code}")

    assert "There is no reply yet." in booth.last_text(AMINA)


async def test_reply_waits_for_the_code_and_goes_to_nobody(booth: Booth) -> None:
    await booth.complained("anonymous")
    before = len(booth.texts(AMINA))

    await booth.replied("giraffe")

    assert len(booth.texts(AMINA)) == before
    assert booth.last_text(WARD) == "✅ Kept until the person reads it with the code."


async def test_code_shows_the_reply_once_and_it_is_erased(booth: Booth) -> None:
    await booth.complained("anonymous")
    await booth.replied("giraffe")
    await booth.replied("zebra")

    await booth.says(AMINA, f"/complaint {booth.kept_code}")
    shown = booth.last_text(AMINA)
    await booth.says(AMINA, f"/complaint {booth.kept_code}")

    assert "giraffe\n\nzebra" in shown
    assert "This code is used up" in booth.last_text(AMINA)
    assert "giraffe" not in f"{await booth.everywhere()}"


@pytest.mark.parametrize("spell", ["{a}{b}", "{a} {b}", " {a} - {b} ", "{a}–{b}"])
async def test_code_is_understood_however_it_is_written(booth: Booth, spell: str) -> None:
    await booth.complained("anonymous")
    await booth.replied("giraffe")
    first, _, second = booth.kept_code.lower().partition("-")

    await booth.person(OLENA)  # on another phone
    await booth.says(OLENA, "/complaint " + spell.format(a=first, b=second))

    assert "giraffe" in booth.last_text(OLENA)


async def test_code_without_the_command_is_no_question(booth: Booth) -> None:
    await booth.complained("anonymous")
    await booth.replied("giraffe")

    await booth.says(AMINA, booth.kept_code.lower())
    shown = booth.last_text(AMINA)
    await booth.says(AMINA, "ZZZZ-ZZZZ")

    assert "giraffe" in shown
    assert "I do not know this code." in booth.last_text(AMINA)
    assert booth.overheard == []


async def test_guessing_without_the_command_is_slowed_too(booth: Booth) -> None:
    await booth.complained("anonymous")
    await booth.replied("giraffe")

    for _ in range(domain.TRIES):
        await booth.says(AMINA, "zzzz-zzzz")
    await booth.says(AMINA, booth.kept_code.lower())

    assert "Too many wrong codes." in booth.last_text(AMINA)


@pytest.mark.parametrize("words", ["part-werk", "ABCD EFGH", "document", "ABCD-EFGH please"])
async def test_words_that_look_like_a_code_are_a_question(booth: Booth, words: str) -> None:
    await booth.says(AMINA, words)

    assert len(booth.overheard) == 1


async def test_words_behind_the_command_are_no_code(booth: Booth) -> None:
    await booth.says(AMINA, "/complaint he shouted at me")

    assert booth.button(AMINA, "Without my name")
    assert "complaint_tries" not in await booth.everywhere()


async def test_reply_after_the_code_was_used_is_refused(booth: Booth) -> None:
    await booth.complained("anonymous")
    await booth.replied()
    await booth.says(AMINA, f"/complaint {booth.kept_code}")

    await booth.replied("one more thing")

    assert "This complaint is closed." in booth.last_text(WARD)


async def test_guessing_codes_is_slowed_without_storing_them(booth: Booth) -> None:
    await booth.complained("anonymous")
    await booth.replied("giraffe")

    for number in range(domain.TRIES):
        await booth.says(AMINA, f"/complaint ZZZZ-ZZZ{domain.LETTERS[number]}")
    told = booth.last_text(AMINA)
    await booth.says(AMINA, f"/complaint {booth.kept_code}")
    slowed = booth.last_text(AMINA)
    stored = f"{await booth.everywhere()}"
    await booth.waits(HOUR)
    await booth.says(AMINA, f"/complaint {booth.kept_code}")

    assert "I do not know this code." in told
    assert "Too many wrong codes." in slowed
    assert "ZZZZ" not in stored
    assert "giraffe" in booth.last_text(AMINA)


async def test_guesses_of_one_slow_nobody_else(booth: Booth) -> None:
    await booth.person(OLENA)
    for _ in range(domain.TRIES):
        await booth.says(OLENA, "/complaint ZZZZ-ZZZZ")

    await booth.says(AMINA, "/complaint ZZZZ-ZZZZ")

    assert "I do not know this code." in booth.last_text(AMINA)


def test_codes_hold_no_letters_that_are_mixed_up() -> None:
    codes = {domain.a_code() for _ in range(200)}

    assert len(codes) == 200
    assert not set("".join(codes)) & set("ILOUV01")
    assert all(domain.code_in(domain.spelled(code)) == code for code in codes)


async def test_of_two_phones_at_once_exactly_one_reads_the_reply(database: Database) -> None:
    async with database.writing() as tx:
        readers = [await people_makers.a_person(tx, number) for number in (1, 2, 3)]
        code = domain.a_code()
        await tx.execute(
            insert(complaints).values(
                is_anonymous=True,
                language="en",
                text="zebra",
                reply="giraffe",
                code_hash=domain.hashed(code),
                received_on=NOW.date(),
                answered_on=NOW.date(),
                is_brought=True,
            )
        )

    async def reads(person: Person) -> str:
        async with database.writing() as tx:
            return (await answering.read(tx, person, code, now=NOW)).state

    found = await asyncio.gather(*(reads(one) for one in readers))

    assert sorted(found) == ["reply", "spent", "spent"]
