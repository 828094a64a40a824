"""Cards of closed questions go, those of one minute in one call."""

from datetime import timedelta

from bot.delivery import outbox
from bot.delivery.messages import Delete, Edit, Message, Outgoing
from bot.delivery.outcomes import Outcome, Refusal
from tests.support.handover_makers import AMINA, GROUP, JORIS, OLENA, Office, no_topics

MINUTE = timedelta(minutes=1)


def _deletions(office: Office) -> list[tuple[int, ...]]:
    return [message.message_ids for message in office.seen_by(GROUP) if isinstance(message, Delete)]


def _lines(office: Office) -> list[str]:
    return [one.text for one in office.sent if isinstance(one, Edit) and one.slot == "case:1:card"]


def _may_not_delete(message: Message) -> Outcome | None:
    return Refusal("Bad Request: message can't be deleted") if isinstance(message, Delete) else None


async def test_cards_closed_in_one_minute_go_together(office: Office) -> None:
    cards = []
    for who in (AMINA, OLENA):
        case = await office.asked(who)
        await office.taps(JORIS, f"claim:{case.id}")
        cards.append(await office.message_id(case.slot("card")))
        await office.taps(JORIS, f"close:{case.id}")
        await office.waits(timedelta(seconds=20))
    assert _deletions(office) == []

    await office.waits(MINUTE)

    assert _deletions(office) == [tuple(cards)]
    await office.waits(10 * MINUTE)
    assert len(_deletions(office)) == 1


async def test_card_of_a_question_that_was_opened_again_stays(office: Office) -> None:
    case = await office.answered()
    await office.taps(JORIS, f"close:{case.id}")
    await office.taps(AMINA, f"go_on:{case.id}")

    await office.waits(MINUTE)

    assert _deletions(office) == []
    assert _lines(office)[-1] == "⏳ #1 · English · Joris"


async def test_question_opened_again_later_needs_no_card(office: Office) -> None:
    case = await office.answered()
    await office.taps(JORIS, f"close:{case.id}")
    await office.waits(MINUTE)
    before = len(_lines(office))

    await office.taps(JORIS, f"reopen:{case.id}")

    assert (await office.case()).state == "reopened"
    assert await outbox.slot(office.tx, "case:1:card") is None
    assert len(_lines(office)) == before
    await office.taps(JORIS, f"close:{case.id}")
    await office.waits(2 * MINUTE)
    assert len(_deletions(office)) == 1


async def test_solved_question_takes_its_waiting_card_along(office: Office) -> None:
    """Nobody has claimed it, and its card has not left yet."""
    for incoming in (office.tap(AMINA, "ask:"), office.said(AMINA, "Hello?")):
        await office.takes(incoming)
    await office.interrupts(office.tap(AMINA, "ask_send"))
    await office.interrupts(office.tap(AMINA, "solved:1"))

    await office.delivers()
    await office.waits(MINUTE)

    assert not any(isinstance(one, Outgoing) and one.slot == "case:1:card" for one in office.sent)
    assert _deletions(office) == []


async def test_card_that_may_not_be_deleted_says_closed(office: Office) -> None:
    case = await office.answered()
    office.judge = _may_not_delete
    await office.taps(JORIS, f"close:{case.id}")
    await office.waits(MINUTE)

    assert _lines(office)[-1] == "✅ #1 · English · closed · Joris"
    await office.taps(JORIS, f"reopen:{case.id}")
    await office.waits(timedelta(seconds=20))
    assert _lines(office)[-1] == "⏳ #1 · English · Joris"


async def test_card_stays_where_the_talk_hangs_on_it(office: Office) -> None:
    office.judge = no_topics
    case = await office.claimed()
    assert not case.has_topic
    await office.waits(MINUTE)

    await office.taps(JORIS, f"close:{case.id}")
    await office.waits(MINUTE)

    assert _deletions(office) == []
    assert _lines(office)[-1] == "✅ #1 · English · closed · Joris"
