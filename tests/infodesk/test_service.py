"""What waits for a colleague, and what is counted, on both databases."""

from datetime import timedelta

from sqlalchemy import select

from bot.delivery import outbox
from bot.handover.domain import Already, Asked
from bot.infodesk import jobs, privacy, service, tables
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support import infodesk_makers as making
from tests.support.people_makers import AMINA, NOW, a_person

TODAY = NOW.date()
A_QUESTION = Asked(11, "how do i get a free lawyer")


async def test_words_and_answers_reach_the_colleague(tx: Tx, catalogs: Catalogs) -> None:
    desk, amina = making.a_desk(catalogs), await a_person(tx)
    await service.saw(tx, amina.id, "housing/find", now=NOW)
    await service.asked(tx, amina.id, A_QUESTION, now=NOW)

    already = await service.already(desk, tx, amina.id)

    assert already.asked == (A_QUESTION,)
    assert already.shown == (desk.title("housing/find", "nl"),)
    assert already.category == "legal"
    assert not already.is_urgent


async def test_what_did_not_help_reaches_the_colleague(tx: Tx, catalogs: Catalogs) -> None:
    desk, amina = making.a_desk(catalogs), await a_person(tx)
    for slug in ("housing/find", "legal/lawyer"):
        await service.saw(tx, amina.id, slug, now=NOW)
        await service.judged(tx, amina.id, slug, is_up=False, now=NOW)
    await service.judged(tx, amina.id, "legal/lawyer", is_up=True, now=NOW)
    await service.asked(tx, amina.id, A_QUESTION, now=NOW)

    already = await service.already(desk, tx, amina.id)

    assert len(already.shown) == 2
    assert already.no_help == (desk.title("housing/find", "nl"),)


async def test_answer_of_yesterday_that_did_not_help_counts(tx: Tx, catalogs: Catalogs) -> None:
    desk, amina = making.a_desk(catalogs), await a_person(tx)
    await service.saw(tx, amina.id, "housing/find", now=NOW - timedelta(days=2))

    await service.judged(tx, amina.id, "housing/find", is_up=False, now=NOW)

    title = desk.title("housing/find", "nl")
    already = await service.already(desk, tx, amina.id)
    assert (already.shown, already.no_help) == ((title,), (title,))


async def test_words_are_taken_over_once(tx: Tx, catalogs: Catalogs) -> None:
    desk, amina = making.a_desk(catalogs), await a_person(tx)
    await service.asked(tx, amina.id, A_QUESTION, now=NOW, is_urgent=True, shown="legal/lawyer")
    first = await service.already(desk, tx, amina.id)

    second = await service.already(desk, tx, amina.id)

    assert first.is_urgent
    assert second.asked == ()
    assert not second.is_urgent
    assert second.shown == first.shown


async def test_person_who_asked_nothing_brings_nothing(tx: Tx, catalogs: Catalogs) -> None:
    amina = await a_person(tx)

    assert await service.already(making.a_desk(catalogs), tx, amina.id) == Already()


async def test_urgent_answer_makes_the_question_urgent(tx: Tx, catalogs: Catalogs) -> None:
    desk, amina = making.a_desk(catalogs), await a_person(tx)
    await service.saw(tx, amina.id, "health/violence", now=NOW)

    assert (await service.already(desk, tx, amina.id)).is_urgent


async def test_voice_messages_in_a_row_stay_together(tx: Tx, catalogs: Catalogs) -> None:
    desk, amina = making.a_desk(catalogs), await a_person(tx)
    await service.asked(tx, amina.id, A_QUESTION, now=NOW)
    await service.asked(tx, amina.id, Asked(12, "", "voice"), now=NOW)
    await service.asked(tx, amina.id, Asked(13, "", "photo"), now=NOW + timedelta(minutes=9))

    already = await service.already(desk, tx, amina.id)

    assert [one.message_id for one in already.asked] == [12, 13]


async def test_new_question_replaces_the_old_one(tx: Tx, catalogs: Catalogs) -> None:
    desk, amina = making.a_desk(catalogs), await a_person(tx)
    await service.asked(tx, amina.id, Asked(12, "", "voice"), now=NOW)
    await service.asked(tx, amina.id, Asked(13, "", "voice"), now=NOW + timedelta(minutes=11))

    already = await service.already(desk, tx, amina.id)

    assert [one.message_id for one in already.asked] == [13]


async def test_words_are_forgotten_after_a_day(tx: Tx, catalogs: Catalogs) -> None:
    desk, amina = making.a_desk(catalogs), await a_person(tx)
    await service.asked(tx, amina.id, A_QUESTION, now=NOW)

    await jobs.jobs(desk)["infodesk.forget_old"](tx, now=NOW + timedelta(hours=25))

    assert await tx.all(select(tables.asking)) == []


async def test_stale_words_are_not_taken_for_new_ones(tx: Tx) -> None:
    amina = await a_person(tx)
    await service.asked(tx, amina.id, A_QUESTION, now=NOW)

    assert await service.last_words(tx, amina.id, now=NOW) == A_QUESTION.text
    assert await service.last_words(tx, amina.id, now=NOW + timedelta(hours=25)) == ""


async def test_unanswered_questions_are_counted_without_person(tx: Tx) -> None:
    await service.missed(tx, "Where is the Zoo?", "en", on=TODAY)
    await service.missed(tx, "where is the zoo", "en", on=TODAY)
    await service.missed(tx, "my number 0470123456", "en", on=TODAY)
    await service.missed(tx, "🙂", "en", on=TODAY)

    rows = [dict(row) for row in await service.unanswered_since(tx, TODAY)]

    assert rows == [
        {"language": "en", "text": "where is the zoo", "times": 2, "last": TODAY},
        {"language": "en", "text": "my number #", "times": 1, "last": TODAY},
    ]


async def test_unanswered_questions_are_listed_by_language_with_their_last_day(tx: Tx) -> None:
    for days in (3, 2):
        await service.missed(tx, "zoo", "nl", on=TODAY - timedelta(days=days))
    await service.missed(tx, "zoo", "uk", on=TODAY)

    rows = await service.unanswered_since(tx, TODAY - timedelta(days=2), language="nl")

    assert [(row["text"], row["times"], row["last"]) for row in rows] == [
        ("zoo", 1, TODAY - timedelta(days=2))
    ]


async def test_thumbs_are_counted_per_day(tx: Tx) -> None:
    for is_up in (True, True, False):
        await service.rated(tx, "legal/lawyer", "en", is_up=is_up, on=TODAY)

    rows = await tx.all(select(tables.feedback))

    assert [(row["ups"], row["downs"]) for row in rows] == [(2, 1)]


async def test_old_counts_are_erased(tx: Tx, catalogs: Catalogs) -> None:
    await service.missed(tx, "old", "en", on=TODAY - timedelta(days=91))
    await service.missed(tx, "new", "en", on=TODAY - timedelta(days=90))
    await service.rated(tx, "a/b", "en", is_up=True, on=TODAY - timedelta(days=731))

    await jobs.jobs(making.a_desk(catalogs))["infodesk.forget_counts"](tx, now=NOW)

    assert [row["text"] for row in await tx.all(select(tables.unanswered))] == ["new"]
    assert await tx.all(select(tables.feedback)) == []


async def test_hiding_deletes_bot_and_known_messages(tx: Tx) -> None:
    amina = await a_person(tx)
    await service.asked(tx, amina.id, A_QUESTION, now=NOW)
    await tx.raw(
        "INSERT INTO outbox (chat_id, lane, state, due_at, created_at, over_at, sent_ids)"
        " VALUES (?, 0, 'sent', 0, 0, ?, '[5, 6]')",
        AMINA,
        NOW.timestamp(),
    )

    (deletion,) = await service.hide(tx, amina, now=NOW)

    assert (deletion.to, deletion.message_ids) == (AMINA, (5, 6, 11))
    assert await service.last_words(tx, amina.id, now=NOW) == ""
    assert await outbox.sent_to(tx, AMINA, NOW - timedelta(hours=1)) == [5, 6]


async def test_person_can_take_along_and_be_forgotten(tx: Tx) -> None:
    amina = await a_person(tx)
    await service.asked(tx, amina.id, A_QUESTION, now=NOW)
    exported = await privacy.export_person(tx, amina.id)

    await privacy.forget_person(tx, amina.id, now=NOW)

    assert "free lawyer" in str(exported)
    assert await privacy.export_person(tx, amina.id) == {}
