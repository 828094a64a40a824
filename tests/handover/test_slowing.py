"""A flood of one person is slowed with a kind word; nothing is lost, nothing comes out of order."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.delivery.messages import Copy, Edit, Message, Outgoing
from bot.delivery.outcomes import Outcome, Refusal
from bot.handover import domain, privacy
from bot.handover.domain import Case, State
from bot.handover.service import pieces
from bot.handover.tables import case_messages
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, OLENA, Office

KIND = "🙏 You write a lot at once."


async def _talking(office: Office) -> Case:
    """A talk that has been quiet for a minute."""
    case = await office.answered()
    await office.waits(domain.FLOOD_WITHIN)
    return case


async def _writes(office: Office, count: int, *, first: int = 1) -> list[int]:
    """So many messages, one after the other; their ids."""
    ids = []
    for number in range(first, first + count):
        said = await office.says(AMINA, f"message {number}")
        ids.append(said.message_id or 0)
    return ids


def _copied(office: Office) -> list[tuple[int, ...]]:
    return [one.message_ids for one in office.seen_by(GROUP) if isinstance(one, Copy)]


async def test_five_hundred_messages_are_few_calls_and_all_arrive_in_order(office: Office) -> None:
    await _talking(office)
    before = len(_copied(office))

    ids = await _writes(office, 500)
    at_once = _copied(office)[before:]
    await office.waits(domain.BROUGHT_AFTER)

    calls = _copied(office)[before:]
    assert len(at_once) == domain.FLOOD
    assert [id_ for call in calls for id_ in call] == ids
    assert len(calls) == domain.FLOOD + 5  # a hundred in each
    assert await pieces.unrelayed(office.tx, (await office.case()).id) == []


async def test_person_hears_once_and_kindly(office: Office) -> None:
    await _talking(office)

    await _writes(office, 60)
    await office.waits(domain.BROUGHT_AFTER)
    await _writes(office, 60)

    assert sum(text.startswith(KIND) for text in office.texts(AMINA)) == 1


async def test_kind_word_is_in_the_persons_language(office: Office) -> None:
    await office.person(AMINA, "ps")
    await _talking(office)

    await _writes(office, domain.FLOOD + 1)

    assert office.last_text(AMINA).startswith("🙏 تاسو")


async def test_ten_messages_in_a_minute_are_no_flood(office: Office) -> None:
    await _talking(office)

    await _writes(office, domain.FLOOD)
    await office.waits(domain.FLOOD_WITHIN)
    await _writes(office, domain.FLOOD)

    assert not any(text.startswith(KIND) for text in office.texts(AMINA))
    assert await pieces.unrelayed(office.tx, (await office.case()).id) == []


async def test_nothing_overtakes_what_waits(office: Office) -> None:
    case = await _talking(office)
    before = len(_copied(office))
    ids = await _writes(office, domain.FLOOD + 2)
    office.now += domain.FLOOD_WITHIN  # and the round that brings what waits is late

    ids += await _writes(office, 1, first=50)

    assert await pieces.unrelayed(office.tx, case.id) == []
    await office.waits(domain.BROUGHT_AFTER)
    assert [id_ for call in _copied(office)[before:] for id_ in call] == ids


async def test_danger_in_a_flood_shows_numbers_and_reaches_the_team_at_once(
    office: Office,
) -> None:
    numbers: list[Message] = [Outgoing(text="Call 112")]
    office.desk = replace(
        office.desk, alarm=lambda person, text, now: numbers if "beats" in text else []
    )
    await _talking(office)
    before = len(_copied(office))
    ids = await _writes(office, domain.FLOOD + 5)

    said = await office.says(AMINA, "he beats me")

    assert "Call 112" in office.texts(AMINA)
    assert (await office.case()).is_urgent
    copied = [id_ for call in _copied(office)[before:] for id_ in call]
    assert copied == [*ids, said.message_id]


async def test_repeated_danger_cannot_flood_the_group(office: Office) -> None:
    numbers: list[Message] = [Outgoing(text="Call 112")]
    await _talking(office)
    office.desk = replace(office.desk, alarm=lambda person, text, now: numbers)
    before = len(_copied(office))

    await _writes(office, 100)
    await office.waits(domain.BROUGHT_AFTER)

    assert len(_copied(office)[before:]) <= domain.FLOOD + 2


async def test_what_waits_is_brought_although_the_question_was_closed(office: Office) -> None:
    case = await _talking(office)
    before = len(_copied(office))
    ids = await _writes(office, domain.FLOOD + 3)

    await office.answers(JORIS, case, "/close")
    await office.waits(domain.BROUGHT_AFTER)

    assert [id_ for call in _copied(office)[before:] for id_ in call] == ids


async def test_erased_person_in_a_flood_leaves_nothing_to_bring(office: Office) -> None:
    await _talking(office)
    await _writes(office, domain.FLOOD + 3)
    before = len(_copied(office))
    await office.tx.raw("DELETE FROM case_messages")

    await office.waits(domain.BROUGHT_AFTER)

    assert _copied(office)[before:] == []


async def test_flood_that_cannot_be_brought_comes_with_the_next_message(office: Office) -> None:
    case = await _talking(office)
    before = len(_copied(office))
    ids = await _writes(office, domain.FLOOD + 3)

    def refuses(message: Message) -> Outcome | None:
        is_joined = isinstance(message, Copy) and len(message.message_ids) > 1
        return Refusal("Bad Request: not now", "other") if is_joined else None

    office.judge = refuses
    await office.waits(domain.BROUGHT_AFTER)
    office.judge = lambda message: None
    await office.waits(timedelta(minutes=2))
    ids += await _writes(office, 1, first=50)
    await office.waits(domain.BROUGHT_AFTER)

    assert [id_ for call in _copied(office)[before:] for id_ in call] == ids
    assert await pieces.unrelayed(office.tx, case.id) == []


async def _asks(office: Office, text: str) -> None:
    await office.taps(AMINA, "ask:")
    await office.says(AMINA, text)
    await office.taps(AMINA, "ask_send")


async def _full(office: Office) -> None:
    for number in range(domain.OPEN_AT_MOST):
        await _asks(office, f"question {number + 1}")


async def test_sixth_question_waits_and_is_offered_the_open_ones(office: Office) -> None:
    await _full(office)
    cards = len(office.seen_by(GROUP))

    await _asks(office, "one more")

    screen = office.seen_by(AMINA)[-1]
    assert isinstance(screen, Outgoing)
    assert "You have 5 open questions." in screen.text
    shown = [button.action for row in screen.buttons for button in row]
    assert shown == [f"ask_add:{number}" for number in range(1, 6)]
    assert len(office.seen_by(GROUP)) == cards
    assert (await office.case()).state is State.DRAFT


async def test_sixth_question_goes_with_a_waiting_one(office: Office) -> None:
    await _full(office)
    await _asks(office, "zebra")

    await office.taps(AMINA, "ask_add:2")

    assert office.last_text(AMINA) == "↪️ Added to your question #2."
    said = [piece.text for piece in await pieces.of(office.tx, 2)]
    assert said == ["question 2", "zebra"]
    card = [one for one in office.seen_by(GROUP) if isinstance(one, Edit)][-1]
    assert "zebra" in card.text
    assert (await office.case()).number == 5  # the draft is gone


async def test_sixth_question_goes_into_a_talk(office: Office) -> None:
    await _full(office)
    await office.taps(JORIS, "claim:3")
    case = await office.case(3)
    await office.answers(JORIS, case, "Monday")
    await office.waits(HOLD)
    await office.taps(AMINA, "ask:")
    said = office.said(AMINA, "zebra")
    await office.takes(said)
    await office.taps(AMINA, "ask_send")

    await office.taps(AMINA, "ask_add:3")

    assert _copied(office)[-1] == (said.message_id,)
    assert (await office.case(3)).state is State.CLAIMED


async def test_second_tap_adds_nothing_more(office: Office) -> None:
    await _full(office)
    await _asks(office, "zebra")

    await office.taps(AMINA, "ask_add:2")
    await office.taps(AMINA, "ask_add:2")

    assert office.toasts[-1] == "This has changed in the meantime. Please look again."
    assert len(await pieces.of(office.tx, 2)) == 2


async def test_nobody_adds_to_the_question_of_another(office: Office) -> None:
    await office.asked()
    await office.person(OLENA)
    await office.taps(OLENA, "ask:")
    await office.says(OLENA, "let me in")

    await office.taps(OLENA, "ask_add:1")

    assert office.toasts[-1] == "This is not your question."


async def test_waiting_draft_goes_when_one_question_is_closed(office: Office) -> None:
    await _full(office)
    await _asks(office, "one more")

    await office.taps(AMINA, "solved:1")
    await office.taps(AMINA, "ask_send")

    assert (await office.case()).number == 6


async def test_danger_is_never_kept_waiting_by_open_questions(office: Office) -> None:
    numbers: list[Message] = [Outgoing(text="Call 112")]
    office.desk = replace(
        office.desk, alarm=lambda person, text, now: numbers if "beats" in text else []
    )
    await _full(office)

    await _asks(office, "he beats me")

    assert (await office.case()).number == 6
    assert (await office.case()).is_urgent


def _told_of_edits(office: Office) -> list[str]:
    return [text for text in office.texts(GROUP) if text.startswith("✏️ Edited by the person:")]


async def test_five_hundred_edits_are_few_calls_and_the_last_is_told(office: Office) -> None:
    await _talking(office)
    message = await office.says(AMINA, "message")
    await office.waits(timedelta(minutes=2))

    for number in range(500):
        await office.takes(office.edited(message, f"version {number}"))
        if number % 100 == 99:
            await office.waits(timedelta(seconds=10))
    await office.waits(timedelta(minutes=1))
    await office.waits(timedelta(minutes=1))

    told = _told_of_edits(office)
    assert len(told) <= 5
    assert "<blockquote>version 0</blockquote>" in told[0]
    assert "<blockquote>version 499</blockquote>" in told[-1]
    assert (
        await office.tx.one(select(case_messages).where(case_messages.c.edited_at.is_not(None)))
        is None
    )


async def test_edits_of_several_messages_are_told_together(office: Office) -> None:
    await _talking(office)
    messages = [await office.says(AMINA, f"message {number}") for number in range(3)]
    await office.waits(timedelta(minutes=2))

    for number, message in enumerate(messages):
        await office.takes(office.edited(message, f"better {number}"))
    assert len(_told_of_edits(office)) == 1
    await office.waits(domain.EDITS_PAUSE)

    first, joined = _told_of_edits(office)
    assert "better 0" in first
    assert joined.endswith("<blockquote>better 1</blockquote>\n<blockquote>better 2</blockquote>")
    await office.waits(timedelta(minutes=5))
    assert len(_told_of_edits(office)) == 2


async def test_edit_that_names_danger_waits_for_nothing(office: Office) -> None:
    alarm: list[Message] = [Outgoing(text="Call 112")]
    office.desk = replace(
        office.desk, alarm=lambda person, text, now: alarm if "beats" in text else []
    )
    await _talking(office)
    first, second = [await office.says(AMINA, f"message {number}") for number in range(2)]
    await office.waits(timedelta(minutes=2))
    await office.takes(office.edited(first, "calm"))

    await office.takes(office.edited(second, "He beats me"))

    assert "He beats me" in _told_of_edits(office)[-1]


async def test_what_was_edited_before_an_erasure_is_never_told(office: Office) -> None:
    case = await _talking(office)
    message = await office.says(AMINA, "message")
    await office.waits(timedelta(minutes=2))
    await office.takes(office.edited(message, "once"))
    await office.takes(office.edited(message, "a secret"))

    await privacy.forget_person(office.desk, office.tx, case.person_id or 0, now=office.now)
    await office.waits(timedelta(minutes=1))

    assert not any("a secret" in text for text in office.texts(GROUP))
