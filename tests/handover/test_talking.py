"""The person goes on talking: live talk, edits, the end of it and its reopening."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.delivery.incoming import Incoming
from bot.delivery.messages import Copy, Delete, Message, Outgoing, React
from bot.handover import chat
from bot.handover.domain import State
from bot.handover.tables import case_messages, ratings
from bot.language.catalog import Catalogs
from bot.people.domain import Person
from bot.storage.transaction import Tx
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, OLENA, Office, a_desk


def _copies(office: Office) -> list[Copy]:
    return [message for message in office.seen_by(GROUP) if isinstance(message, Copy)]


async def test_message_in_a_live_talk_goes_to_the_colleague(office: Office) -> None:
    await office.answered()

    message = await office.says(AMINA, "Which street?")

    assert [copy.message_ids for copy in _copies(office)] == [(message.message_id,)]
    assert office.last_text(AMINA) == "↪️ Passed on to your colleague."
    assert (await office.case()).state is State.CLAIMED


async def test_who_answers_before_the_receipt_is_written_talks_to_the_colleague(
    office: Office,
) -> None:
    case = await office.claimed()
    await office.answers(JORIS, case, "Monday at 9.")
    answer = await office.lets_leave(AMINA)

    message = await office.says(AMINA, "Which Monday?")
    await office.lands(answer)

    assert [copy.message_ids for copy in _copies(office)] == [(message.message_id,)]
    assert (await office.case()).state is State.CLAIMED  # it is the colleague's turn
    await office.says(AMINA, "And where?")
    assert len(_copies(office)) == 2


async def test_answer_that_still_may_be_stopped_begins_no_talk(office: Office) -> None:
    case = await office.claimed()
    await office.answers(JORIS, case, "Monday at 9.")

    listened = await chat.hear(
        office.desk, office.tx, await office.person(), office.said(AMINA, "where to find work?")
    )

    assert listened is None


async def test_quick_messages_are_confirmed_once(office: Office) -> None:
    await office.answered()

    for text in ("Which street?", "In Gent?", "Near the station?"):
        await office.says(AMINA, text)

    assert office.texts(AMINA).count("↪️ Passed on to your colleague.") == 1
    assert len([m for m in office.seen_by(AMINA) if isinstance(m, React)]) == 2
    assert len(_copies(office)) == 3


async def test_talk_is_over_after_a_day(office: Office) -> None:
    await office.answered()
    await office.waits(timedelta(hours=24, minutes=5))

    listened = await chat.hear(
        office.desk, office.tx, await office.person(), office.said(AMINA, "a new question")
    )

    assert listened is None
    assert _copies(office) == []


async def test_reply_reaches_the_colleague_after_a_day_too(office: Office) -> None:
    case = await office.answered()
    await office.waits(timedelta(hours=48))

    await office.says(AMINA, "Thanks!", reply_to=await office.message_id(f"case:{case.id}:out:2"))

    assert len(_copies(office)) == 1


async def test_reply_stays_a_reply_in_the_topic(office: Office) -> None:
    case = await office.claimed()
    answer = await office.answers(JORIS, case, "Monday at 9.")
    await office.waits(HOLD)

    await office.says(AMINA, "OK", reply_to=await office.message_id(f"case:{case.id}:out:2"))

    assert _copies(office)[0].reply_to == answer.message_id


async def test_before_an_answer_free_text_is_a_new_question(office: Office) -> None:
    await office.claimed()

    listened = await chat.hear(
        office.desk, office.tx, await office.person(), office.said(AMINA, "where to find work?")
    )

    assert listened is None


async def test_new_question_is_taken_out_of_the_talk(tx: Tx, catalogs: Catalogs) -> None:
    async def answers(tx: Tx, person: Person, text: str, incoming: Incoming) -> list[Message]:
        return [Outgoing(text=f"answering: {text}")]

    office = Office(tx, a_desk(catalogs, answers_anew=answers))
    await office.person()
    await office.colleague()
    await office.answered()
    await office.says(AMINA, "Where do I find work?")

    await office.taps(AMINA, "anew:3")
    listened = await chat.hear(
        office.desk, tx, await office.person(), office.said(AMINA, "and a house?")
    )

    assert isinstance(office.seen_by(GROUP)[-2], Delete)
    assert "was a new question" in office.last_text(GROUP)
    assert office.last_text(AMINA) == "answering: Where do I find work?"
    assert listened is None


async def test_taking_out_somebody_elses_message_is_refused(office: Office) -> None:
    await office.person(OLENA)
    await office.answered()
    await office.says(AMINA, "Which street?")

    await office.taps(OLENA, "anew:3")

    assert office.toasts[-1] == "This is not your question."


async def test_edit_of_the_person_is_carried_over(office: Office) -> None:
    await office.answered()
    message = await office.says(AMINA, "Which stret?")

    await office.takes(office.edited(message, "Which street?"))

    assert office.last_text(GROUP) == (
        "✏️ Edited by the person:\n<blockquote>Which street?</blockquote>"
    )


async def test_person_says_it_is_solved_and_rates(office: Office) -> None:
    case = await office.answered()

    await office.taps(AMINA, f"solved:{case.id}")
    await office.taps(AMINA, f"rate:{case.id}:3")
    await office.taps(AMINA, f"rate:{case.id}:1")

    assert office.changes() == ["rename", "close"]
    assert "Did our answer help you?" in office.texts(AMINA)[-2]
    counted = await office.tx.all(select(ratings.c.score, ratings.c.count))
    assert [(row["score"], row["count"]) for row in counted] == [(3, 1)]


async def test_rating_somebody_elses_question_is_refused(office: Office) -> None:
    await office.person(OLENA)
    case = await office.answered()
    await office.taps(JORIS, f"close:{case.id}")

    for data in (f"rate:{case.id}:3", f"solved:{case.id}", f"go_on:{case.id}"):
        await office.taps(OLENA, data)
    await office.taps(AMINA, f"rate:{case.id}:9")
    await office.taps(AMINA, f"rate:{case.id}")

    assert office.toasts[-5:-2] == ["This is not your question."] * 3
    assert await office.tx.all(select(ratings)) == []


async def test_closing_tells_the_person_and_takes_the_card_away(office: Office) -> None:
    case = await office.answered()

    await office.taps(JORIS, f"close:{case.id}")
    await office.waits(HOLD)

    assert office.last_text(AMINA).startswith("✅ Your question #1 is closed.")
    assert office.changes() == ["rename", "close"]
    card = await office.message_id(case.slot("card"))
    await office.waits(timedelta(minutes=1))
    assert office.seen_by(GROUP)[-1] == Delete(
        to=GROUP, lane="update", message_ids=(card,), receipt="handover.swept", ref=f"1={card}"
    )


async def test_reply_after_closing_opens_the_same_topic(office: Office) -> None:
    case = await office.answered()
    await office.taps(JORIS, f"close:{case.id}")

    await office.says(
        AMINA, "But where?", reply_to=await office.message_id(f"case:{case.id}:out:2")
    )

    opened = await office.case()
    assert (opened.state, opened.claimed_by) == (State.REOPENED, case.claimed_by)
    assert office.changes() == ["rename", "close", "reopen", "rename"]
    assert len(_copies(office)) == 1


async def test_one_more_question_opens_it_again(office: Office) -> None:
    case = await office.answered()
    await office.taps(JORIS, f"close:{case.id}")

    await office.taps(AMINA, f"go_on:{case.id}")
    await office.says(AMINA, "But where?")

    assert (await office.case()).state is State.REOPENED
    assert len(_copies(office)) == 1


async def test_after_two_weeks_it_stays_closed(office: Office) -> None:
    case = await office.answered()
    await office.taps(JORIS, f"close:{case.id}")
    await office.waits(timedelta(days=14, minutes=5))

    await office.taps(AMINA, f"go_on:{case.id}")

    assert office.toasts[-1].startswith("That question was closed more than 14 days ago.")


async def test_closing_by_mistake_and_reopening_says_nothing(office: Office) -> None:
    case = await office.answered()

    await office.taps(JORIS, f"close:{case.id}")
    await office.taps(JORIS, f"reopen:{case.id}")
    await office.waits(HOLD)

    assert "is closed" not in "\n".join(office.texts(AMINA))


async def test_staff_reopens_in_the_topic(office: Office) -> None:
    case = await office.answered()
    await office.answers(JORIS, case, "/close")

    await office.answers(JORIS, case, "too late")
    await office.answers(JORIS, case, "/reopen")

    assert "this question is closed" in "\n".join(office.texts(GROUP))
    assert (await office.case()).state is State.REOPENED


async def test_addition_to_a_waiting_question_changes_its_card(office: Office) -> None:
    case = await office.asked()

    await office.taps(AMINA, f"go_on:{case.id}")
    await office.says(AMINA, "It is urgent")

    assert "It is urgent" in office.last_text(GROUP)
    assert office.last_text(AMINA) == "↪️ Added to your question #1."


async def test_solved_before_the_claim_leaves_the_queue(office: Office) -> None:
    case = await office.asked()

    await office.taps(AMINA, f"solved:{case.id}")
    await office.taps(JORIS, f"claim:{case.id}")

    assert (await office.case()).state is State.CLOSED
    assert office.toasts[-1].startswith("This has changed")


async def test_where_is_my_question_names_each_state(office: Office) -> None:
    await office.taps(AMINA, "questions")
    nothing = office.last_text(AMINA)
    await office.answered()
    await office.asked()

    await office.says(AMINA, "/questions")

    assert nothing == "No question of yours is with a colleague now."
    assert "<b>#1</b>: answered." in office.last_text(AMINA)
    assert "<b>#2</b>: waits for a colleague." in office.last_text(AMINA)


async def test_my_things_lists_own_questions(office: Office) -> None:
    await office.answered()

    lines = await chat.my_things(office.desk)(office.tx, await office.person(), office.now)

    assert [line for line, _ in lines] == ["💬 <b>#1</b>: answered. You can write back."]


async def test_two_talks_after_the_choice_the_chosen_one_hears(office: Office) -> None:
    first = await office.answered()
    second = await office.claimed()
    await office.answers(JORIS, second, "And this.")
    await office.waits(HOLD)

    await office.says(AMINA, "OK")
    await office.taps(AMINA, f"which:{second.id}")

    assert _copies(office)[0].in_topic == f"case:{second.id}:topic"
    assert first.id != second.id


async def test_reply_goes_to_the_talk_that_it_answers(office: Office) -> None:
    first = await office.answered()
    second = await office.claimed()
    await office.answers(JORIS, second, "And this.")
    await office.waits(HOLD)

    for case, piece in ((first, 2), (second, 4), (first, 2)):
        answer = await office.message_id(f"case:{case.id}:out:{piece}")
        await office.says(AMINA, "OK", reply_to=answer)

    topics = [copy.in_topic for copy in _copies(office)]
    assert topics == [f"case:{case.id}:topic" for case in (first, second, first)]


async def test_talk_lives_a_whole_day(office: Office) -> None:
    await office.answered()
    await office.waits(timedelta(hours=23, minutes=55))

    await office.says(AMINA, "Which street?")

    assert len(_copies(office)) == 1


async def test_invitation_to_add_ends_after_a_day(office: Office) -> None:
    case = await office.asked()
    await office.taps(AMINA, f"go_on:{case.id}")
    await office.waits(timedelta(hours=24, minutes=5))

    listened = await chat.hear(
        office.desk, office.tx, await office.person(), office.said(AMINA, "a new question")
    )

    assert listened is None


async def test_reply_to_what_was_closed_long_ago_is_a_new_question(office: Office) -> None:
    case = await office.answered()
    answer = await office.message_id(f"case:{case.id}:out:2")
    await office.taps(JORIS, f"close:{case.id}")
    await office.waits(timedelta(days=14, minutes=5))

    said = office.said(AMINA, "a new question", reply_to=answer)
    listened = await chat.hear(office.desk, office.tx, await office.person(), said)

    assert listened is None
    assert (await office.case()).state is State.CLOSED


async def test_smileys_begin_where_the_language_begins(office: Office) -> None:
    """A colleague's Close posts them, so they do not pass through the person's own turn."""
    rows = []
    for language in ("en", "fa_AF"):
        await office.person(AMINA, language)
        case = await office.answered()
        await office.taps(JORIS, f"close:{case.id}")
        await office.waits(HOLD)
        farewell = next(m for m in reversed(office.seen_by(AMINA)) if isinstance(m, Outgoing))
        rows.append([button.label for button in max(farewell.buttons, key=len)])

    assert len(rows[0]) > 1
    assert rows[1] == list(reversed(rows[0]))


async def _new_question(office: Office) -> None:
    piece = await office.tx.scalar(select(func.max(case_messages.c.id)))
    await office.taps(AMINA, f"anew:{piece}")


@pytest.mark.parametrize(("text", "state"), [("Monday at 9.", "answered"), ("?", "waiting")])
async def test_what_was_answered_is_answered_again(office: Office, text: str, state: str) -> None:
    await office.answered(text)
    await office.notes(await office.case(), state=state)
    moves = "ask" if state == "waiting" else "answer"
    await office.tx.execute(
        case_messages.update().where(case_messages.c.direction == "out").values(moves=moves)
    )
    await office.waits(timedelta(minutes=5))
    await office.says(AMINA, "Where do I find work?")
    assert (await office.case()).state == "claimed"

    await _new_question(office)

    assert (await office.case()).state == state
    await office.says(AMINA, "/questions")
    assert "👀" not in office.last_text(AMINA)


async def test_what_else_waits_for_an_answer_stays_the_colleagues_turn(office: Office) -> None:
    await office.answered()
    await office.waits(timedelta(minutes=5))
    await office.says(AMINA, "Which street?")
    await office.waits(timedelta(minutes=5))
    await office.says(AMINA, "Where do I find work?")

    await _new_question(office)

    assert (await office.case()).state == "claimed"


async def test_question_without_an_answer_stays_claimed(office: Office) -> None:
    case = await office.claimed()
    await office.taps(AMINA, f"go_on:{case.id}")
    await office.says(AMINA, "Where do I find work?")

    await _new_question(office)

    assert (await office.case()).state == "claimed"
