"""Things that go wrong in the staff group, and nothing is lost."""

from datetime import timedelta

from bot.delivery.incoming import MembershipChanged
from bot.delivery.messages import Copy, MakeTopic, Message, Outgoing
from bot.delivery.outcomes import Outcome, Refusal
from bot.handover.domain import State
from tests.support.handover_makers import (
    AMINA,
    GROUP,
    HOLD,
    JORIS,
    NOW,
    OLENA,
    Office,
    no_topics,
    topic_gone,
)


def _once(judge: object) -> object:
    """The judge's first refusals, until a new topic is made."""
    made: list[Message] = []

    def until_remade(message: Message) -> Outcome | None:
        if isinstance(message, MakeTopic):
            made.append(message)
        return None if made else judge(message)  # type: ignore[operator]

    return until_remade


async def test_topic_deleted_by_hand_is_made_again(office: Office) -> None:
    case = await office.answered()
    office.judge = _once(topic_gone(case.slot("topic")))  # type: ignore[assignment]

    message = await office.says(AMINA, "Which street?")

    assert [topic.slot for topic in office.topics()].count(case.slot("topic")) == 2
    copies = [m for m in office.seen_by(GROUP) if isinstance(m, Copy)]
    assert message.message_id in copies[-1].message_ids
    assert "With Joris" in "\n".join(office.texts(GROUP)[-2:])


async def test_topic_that_always_vanishes_ends_in_replies_to_the_card(office: Office) -> None:
    case = await office.answered()
    office.judge = topic_gone(case.slot("topic"))

    message = await office.says(AMINA, "Which street?")

    copy = next(m for m in reversed(office.sent) if isinstance(m, Copy))
    assert message.message_id in copy.message_ids
    assert (copy.in_topic, copy.reply_to) == (None, case.slot("card"))
    assert (await office.case()).topic_round <= 6


async def test_topic_closed_by_hand_is_opened_again(office: Office) -> None:
    await office.answered()
    refused: list[Message] = []

    def once_closed(message: Message) -> Outcome | None:
        if isinstance(message, Copy) and not refused:
            refused.append(message)
            return Refusal("Bad Request: TOPIC_CLOSED", "topic_closed")
        return None

    office.judge = once_closed
    message = await office.says(AMINA, "Which street?")

    assert office.changes() == ["reopen", "rename"]
    assert [m.message_ids for m in office.sent if isinstance(m, Copy)] == [(message.message_id,)]


async def test_inbox_deleted_by_hand_is_made_again_with_all_who_wait(office: Office) -> None:
    await office.asked(text="first question")
    await office.waits(timedelta(minutes=5))
    office.judge = _once(topic_gone("inbox:en:topic"))  # type: ignore[assignment]

    await office.asked(text="second question")

    last = "\n".join(office.texts(GROUP)[-2:])
    assert "first question" in last
    assert "second question" in last


async def test_without_topics_replies_to_the_card_reach_the_person(office: Office) -> None:
    office.judge = no_topics
    case = await office.claimed()

    card = await office.message_id(case.slot("card"))
    await office.says(JORIS, "Monday at 9.", group=True, reply_to=card)
    await office.waits(HOLD)
    await office.says(AMINA, "Which street?")

    assert office.texts(AMINA)[-2].endswith("Monday at 9.")
    copy = next(m for m in reversed(office.sent) if isinstance(m, Copy))
    assert (copy.in_topic, copy.reply_to) == (None, case.slot("card"))


async def test_without_topics_a_reply_to_a_relayed_message_works(office: Office) -> None:
    office.judge = no_topics
    case = await office.claimed()
    card = await office.message_id(case.slot("card"))
    await office.says(JORIS, "Monday at 9.", group=True, reply_to=card)
    await office.waits(HOLD)
    await office.says(AMINA, "Which street?")

    copied = (await office.copies_in_topic(case))[-1]
    await office.says(JORIS, "Main street.", group=True, reply_to=copied)
    await office.waits(HOLD)

    assert office.last_text(AMINA).endswith("Main street.")


async def test_talk_among_colleagues_outside_topics_stays_there(office: Office) -> None:
    await office.claimed()
    before = len(office.sent)

    await office.says(JORIS, "Who makes coffee?", group=True)
    await office.waits(HOLD)

    assert office.sent[before:] == [] or all(m.to == GROUP for m in office.sent[before:])


async def test_right_to_make_topics_is_used_once_given(office: Office) -> None:
    office.judge = no_topics
    await office.asked()
    office.judge = lambda message: None

    await office.takes(
        MembershipChanged(
            chat_id=GROUP,
            is_private=False,
            at=NOW,
            sender=office.said(JORIS, "x", group=True).sender,
            who=42,
            is_me=True,
            status="administrator",
            rights=("can_manage_topics",),
        )
    )
    await office.asked()

    assert [topic.name for topic in office.topics()] == ["📥 English"]


async def test_list_deleted_by_hand_is_pinned_again(office: Office) -> None:
    await office.asked()
    await office.waits(timedelta(seconds=1))
    office.judge = lambda message: (
        Refusal("message to edit not found", "gone")
        if getattr(message, "slot", "") == "inbox:en:list" and not isinstance(message, Outgoing)
        else None
    )

    await office.asked()
    await office.waits(timedelta(seconds=20))
    office.judge = lambda message: None
    await office.waits(timedelta(seconds=20))

    lists = [m for m in office.sent if isinstance(m, Outgoing) and m.slot == "inbox:en:list"]
    assert len(lists) == 2


async def test_answer_of_a_released_claim_still_arrives(office: Office) -> None:
    case = await office.claimed()

    await office.answers(JORIS, case, "Monday at 9.")
    await office.answers(JORIS, case, "/release")
    await office.waits(HOLD)

    assert office.last_text(AMINA).endswith("Monday at 9.")
    assert (await office.case()).state is State.RELEASED


async def test_inbox_deleted_while_cards_wait_shows_each_question_once(office: Office) -> None:
    await office.asked(text="first question")
    await office.waits(timedelta(minutes=5))
    office.judge = _once(topic_gone("inbox:en:topic"))  # type: ignore[assignment]
    await office.person(OLENA)
    await office.taps(OLENA, "ask:")
    await office.says(OLENA, "third question")

    sent: list[Message] = []

    async def while_the_card_is_in_the_air(message: Message) -> None:
        if (
            not sent
            and isinstance(message, Outgoing)
            and "second question</blockquote>\n⏱" in message.text
        ):
            sent.append(message)
            await office.interrupts(office.tap(OLENA, "ask_send"))

    office.meanwhile = while_the_card_is_in_the_air
    await office.asked(text="second question")

    cards = [text for text in office.texts(GROUP) if "third question" in text]
    assert sent
    assert len(cards) == 1
