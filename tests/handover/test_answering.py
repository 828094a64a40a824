"""A colleague claims and answers: what goes out, what stays inside."""

from datetime import timedelta

from bot.delivery.incoming import Entity
from bot.delivery.messages import Copy, Delete, Edit, Outgoing, React
from bot.delivery.outcomes import Outcome, Refusal, Unreachable
from bot.handover.domain import State
from bot.people.domain import Role
from tests.support.handover_makers import (
    AMINA,
    GROUP,
    HOLD,
    JORIS,
    NAMES,
    SARA,
    TOM,
    Office,
)

ANSWER = "Dr Peeters, Monday at 9."


def _answers(office: Office) -> list[str]:
    return [text for text in office.texts(AMINA) if text.startswith("👤")]


async def test_claim_opens_a_topic_with_the_question(office: Office) -> None:
    case = await office.claimed()

    assert case.state is State.CLAIMED
    assert office.topics()[-1].name == "#1 · English · ⏳"
    header = next(m for m in office.sent if isinstance(m, Outgoing) and m.slot == "case:1:header")
    assert "Where do I find a doctor?" in header.text
    assert "With Joris" in header.text
    assert office.toasts == ["#1 is yours."]


async def test_claimed_card_shrinks_to_a_line(office: Office) -> None:
    await office.claimed()

    card = [m for m in office.sent if isinstance(m, Edit) and m.slot == "case:1:card"]
    assert [m.text for m in card] == ["⏳ #1 · English · Joris"]
    assert card[0].buttons == ()


async def test_second_claim_names_who_has_it(office: Office) -> None:
    case = await office.claimed()

    await office.taps(SARA, f"claim:{case.id}")

    assert office.toasts[-1] == "Joris already has this question."
    assert (await office.case()).claimed_by == case.claimed_by


async def test_question_that_needs_a_skill_is_for_the_trained(office: Office) -> None:
    case = await office.asked()
    await office.notes(case, needs="violence")

    await office.taps(JORIS, f"claim:{case.id}")

    assert office.toasts[-1].startswith("This question is for colleagues who were trained")
    assert (await office.case()).state == "new"

    await office.trains(SARA, "violence")
    await office.taps(SARA, f"claim:{case.id}")

    assert (await office.case()).state == "claimed"


async def test_trainee_claims_and_cannot_set_aside(office: Office) -> None:
    await office.colleague(TOM, Role.TRAINEE)
    case = await office.asked()

    await office.taps(TOM, f"drop:{case.id}")

    assert office.toasts[-1].startswith("A trainee cannot do this")

    await office.taps(TOM, f"claim:{case.id}")

    assert (await office.case()).state == "claimed"


async def test_newcomer_cannot_claim_by_a_forged_button(office: Office) -> None:
    case = await office.asked()

    await office.takes(office.tap(AMINA, f"claim:{case.id}"))
    await office.taps(JORIS, "claim:999")
    await office.taps(JORIS, "claim:1; DROP TABLE cases")

    assert office.toasts == [
        "Only colleagues of the team can do this.",
        "This question is not there any more.",
        "This has changed in the meantime. Please look again.",
    ]
    assert (await office.case()).state is State.NEW


async def test_answer_waits_ten_seconds_and_arrives_marked(office: Office) -> None:
    case = await office.claimed()

    await office.answers(JORIS, case, ANSWER)
    before = _answers(office)
    await office.waits(HOLD)

    assert before == []
    assert _answers(office) == [f"👤 From a colleague of Example & Co:\n{ANSWER}"]
    assert (await office.case()).state is State.ANSWERED


async def test_delivered_answer_gets_a_mark(office: Office) -> None:
    case = await office.claimed()

    message = await office.answers(JORIS, case, ANSWER)
    await office.waits(HOLD)

    marks = [m for m in office.seen_by(GROUP) if isinstance(m, React)]
    assert [(mark.message_id, mark.emoji) for mark in marks] == [(message.message_id, "👌")]


async def test_formatting_moves_along_with_the_mark(office: Office) -> None:
    case = await office.claimed()
    bold = Entity(type="bold", offset=3, length=4)  # after an emoji, which counts two

    await office.answers(JORIS, case, "😀 here", entities=(bold,))
    await office.waits(HOLD)

    answer = next(m for m in office.seen_by(AMINA) if isinstance(m, Outgoing) and m.entities)
    units = answer.text.encode("utf-16-le")
    shown = [
        units[one.offset * 2 : (one.offset + one.length) * 2].decode("utf-16-le")
        for one in answer.entities or ()
    ]
    assert shown == ["👤 From a colleague of Example & Co:", "here"]


async def test_only_the_claimant_speaks(office: Office) -> None:
    case = await office.claimed()

    await office.answers(SARA, case, "I would say Tuesday")
    await office.answers(SARA, case, "really")
    await office.waits(HOLD)

    assert _answers(office) == []
    notes = [text for text in office.texts(GROUP) if text.startswith("📝")]
    assert len(notes) == 1
    assert "only Joris" in notes[0]


async def test_note_and_unknown_command_stay_inside(office: Office) -> None:
    case = await office.claimed()

    await office.answers(JORIS, case, "// ask the doctor first")
    await office.answers(JORIS, case, "/clsoe")
    await office.waits(HOLD)

    assert _answers(office) == []


async def test_unclaimed_topic_stays_inside(office: Office) -> None:
    case = await office.claimed()
    await office.answers(JORIS, case, "/release")

    await office.answers(JORIS, case, ANSWER)
    await office.waits(HOLD)

    assert _answers(office) == []
    assert "nobody has claimed" in "\n".join(office.texts(GROUP))


async def test_edit_within_the_hold_changes_what_goes_out(office: Office) -> None:
    case = await office.claimed()

    message = await office.answers(JORIS, case, "Monday at 9.")
    await office.takes(office.edited(message, "Monday at 10."))
    await office.waits(HOLD)

    assert [text.split("\n")[1] for text in _answers(office)] == ["Monday at 10."]


async def test_edit_after_the_hold_is_carried_over(office: Office) -> None:
    case = await office.claimed()
    message = await office.answers(JORIS, case, "Monday at 9.")
    await office.waits(HOLD)

    await office.takes(office.edited(message, "Monday at 10."))

    edit = office.seen_by(AMINA)[-1]
    assert isinstance(edit, Edit)
    assert edit.slot == f"case:{case.id}:out:2"
    assert edit.text.endswith("Monday at 10.")


async def test_edit_into_a_note_keeps_it_in(office: Office) -> None:
    case = await office.claimed()

    message = await office.answers(JORIS, case, "Monday at 9.")
    await office.takes(office.edited(message, "// Monday at 9?"))
    await office.waits(HOLD)

    assert _answers(office) == []


async def test_stop_keeps_the_newest_message_in(office: Office) -> None:
    case = await office.claimed()

    await office.answers(JORIS, case, "first")
    await office.answers(JORIS, case, "second")
    await office.answers(JORIS, case, "/stop")
    await office.waits(HOLD)

    assert [text.split("\n")[1] for text in _answers(office)] == ["first"]
    assert "Stopped" in office.texts(GROUP)[-1]


async def test_dislike_keeps_a_message_in(office: Office) -> None:
    case = await office.claimed()
    message = await office.answers(JORIS, case, "oops")

    await office.takes(office.dislike(SARA, message))
    await office.takes(office.dislike(JORIS, message))
    await office.waits(HOLD)

    assert _answers(office) == []
    assert office.texts(GROUP).count("🛑 Stopped: it was not sent.") == 1


async def test_stop_after_the_hold_says_it_is_too_late(office: Office) -> None:
    case = await office.answered()

    await office.answers(JORIS, case, "/stop")

    assert "has already gone out" in office.last_text(GROUP)


async def test_undo_deletes_in_the_persons_chat(office: Office) -> None:
    case = await office.answered()

    await office.answers(JORIS, case, "/undo")

    assert isinstance(office.seen_by(AMINA)[-1], Delete)
    assert "They may have read it already" in office.last_text(GROUP)


async def test_undo_by_somebody_else_deletes_nothing(office: Office) -> None:
    case = await office.answered()

    await office.answers(SARA, case, "/undo")

    assert not [m for m in office.sent if isinstance(m, Delete)]


async def test_undo_as_a_reply_to_somebody_elses_answer_deletes_nothing(office: Office) -> None:
    case = await office.claimed()
    answer = await office.answers(JORIS, case, "Monday at 9.")
    await office.waits(HOLD)

    await office.answers(SARA, case, "/undo", reply_to=answer.message_id)

    assert not [m for m in office.sent if isinstance(m, Delete)]


async def test_failed_undo_is_said(office: Office) -> None:
    def too_old(message: object) -> Outcome | None:
        return Refusal("message can't be deleted", "gone") if isinstance(message, Delete) else None

    case = await office.answered()
    office.judge = too_old

    await office.answers(JORIS, case, "/undo")

    assert "could not be deleted" in office.last_text(GROUP)


async def test_blocked_person_is_told_in_the_topic(office: Office) -> None:
    case = await office.claimed()
    office.judge = lambda message: Unreachable("blocked") if message.to == AMINA else None

    await office.answers(JORIS, case, ANSWER)
    await office.waits(HOLD)

    assert "has blocked the bot" in office.last_text(GROUP)
    assert (await office.case()).state is State.CLAIMED


async def test_photo_goes_out_with_the_mark_in_its_caption(office: Office) -> None:
    case = await office.claimed()

    await office.takes(office.photo(JORIS, "the <map>", thread=await office.thread(case)))
    await office.waits(HOLD)

    copy = office.seen_by(AMINA)[-1]
    assert isinstance(copy, Copy)
    assert copy.caption == "<b>👤 From a colleague of Example &amp; Co:</b>\nthe &lt;map&gt;"


async def test_album_stays_an_album_below_a_mark(office: Office) -> None:
    case = await office.claimed()

    album = office.album(JORIS, thread=await office.thread(case))
    await office.takes(album)
    await office.waits(HOLD)

    mark, copy = office.seen_by(AMINA)[-2:]
    assert isinstance(mark, Outgoing)
    assert isinstance(copy, Copy)
    assert copy.message_ids == tuple(part.message_id for part in album.parts)


async def test_stopped_album_takes_its_mark_along(office: Office) -> None:
    case = await office.claimed()
    before = len(office.seen_by(AMINA))

    await office.takes(office.album(JORIS, thread=await office.thread(case)))
    await office.answers(JORIS, case, "/stop")
    await office.waits(HOLD)

    assert office.seen_by(AMINA)[before:] == []


async def test_very_long_answer_goes_out_whole(office: Office) -> None:
    case = await office.claimed()

    await office.answers(JORIS, case, "a" * 4096)
    await office.waits(HOLD)

    mark, copy = office.seen_by(AMINA)[-2:]
    assert isinstance(mark, Outgoing)
    assert isinstance(copy, Copy)
    assert copy.caption is None


async def test_reply_to_a_copy_is_a_reply_to_the_person(office: Office) -> None:
    await office.taps(AMINA, "ask:")
    await office.says(AMINA, "two letters")
    second = await office.takes_voice(AMINA)
    await office.taps(AMINA, "ask_send")
    await office.taps(JORIS, "claim:1")
    case = await office.case()
    copied = await office.copies_in_topic(case)

    await office.answers(JORIS, case, "this one", reply_to=copied[-1])
    await office.waits(HOLD)

    answer = office.seen_by(AMINA)[-1]
    assert isinstance(answer, Outgoing)
    assert answer.reply_to == second.message_id


async def test_released_question_gets_a_new_card(office: Office) -> None:
    case = await office.claimed()

    await office.answers(JORIS, case, "/release")
    await office.taps(SARA, f"claim:{case.id}")

    released = await office.case()
    assert released.state is State.CLAIMED
    assert len(office.topics()) == 2  # one inbox, one topic for the question
    assert "Now with Sara" in "\n".join(office.texts(GROUP))


async def test_nobody_else_can_release_or_close(office: Office) -> None:
    case = await office.claimed()

    await office.taps(SARA, f"release:{case.id}")
    await office.taps(SARA, f"close:{case.id}")

    refused = "Only the colleague who claimed this question can do this."
    assert office.toasts[-2:] == [refused, refused]
    assert (await office.case()).state is State.CLAIMED


async def test_coordinator_may_release_for_somebody(office: Office) -> None:
    await office.colleague(TOM, Role.COORDINATOR)
    case = await office.claimed()

    await office.taps(TOM, f"release:{case.id}")

    assert (await office.case()).state is State.RELEASED


async def test_spam_is_dropped_without_a_topic_and_can_be_put_back(office: Office) -> None:
    case = await office.asked()

    await office.taps(JORIS, f"drop:{case.id}")
    dropped = await office.case()
    await office.taps(JORIS, f"restore:{case.id}")

    assert dropped.state is State.DROPPED
    assert len(office.topics()) == 1  # the inbox
    assert (await office.case()).state is State.NEW


async def test_queue_and_help_answer_colleagues_only(office: Office) -> None:
    await office.claimed()

    await office.says(JORIS, "/queue", group=True)
    listed = office.last_text(GROUP)
    await office.says(JORIS, "/help", group=True)
    before = len(office.sent)
    await office.says(AMINA, "/close")

    assert "#1</a> · English" in listed
    assert NAMES[JORIS] in listed
    assert "/release" in office.last_text(GROUP)
    assert len(office.sent) == before


async def test_command_outside_a_topic_says_where_it_works(office: Office) -> None:
    await office.says(JORIS, "/close", group=True)

    assert "inside the topic of a question" in office.last_text(GROUP)


async def test_answer_written_before_closing_arrives_before_the_farewell(office: Office) -> None:
    case = await office.claimed()

    await office.answers(JORIS, case, ANSWER)
    await office.answers(JORIS, case, "/close")
    await office.waits(HOLD + timedelta(seconds=1))

    told = [text.split("\n")[0] for text in office.texts(AMINA)[-2:]]
    assert told == ["👤 From a colleague of Example & Co:", "✅ Your question #1 is closed."]


async def test_whoever_wrote_a_note_hears_that_the_next_words_stay_inside(office: Office) -> None:
    case = await office.claimed()
    await office.answers(SARA, case, "// I know her")

    await office.answers(SARA, case, "Come to me on Monday")

    assert "only Joris" in office.last_text(GROUP)


async def test_former_claimant_hears_that_words_stay_inside(office: Office) -> None:
    case = await office.claimed()
    await office.answers(SARA, case, "I would say Tuesday")
    await office.answers(JORIS, case, "/release")
    await office.taps(SARA, f"claim:{case.id}")

    await office.answers(JORIS, case, "Monday")
    await office.taps(SARA, f"release:{case.id}")
    await office.taps(JORIS, f"claim:{case.id}")
    await office.answers(SARA, case, "Tuesday")

    notes = [text for text in office.texts(GROUP) if text.startswith("📝")]
    assert [note for note in notes if "only Sara" in note]
    assert len([note for note in notes if "only Joris" in note]) == 2


async def test_edit_into_a_note_keeps_it_in_after_a_release_too(office: Office) -> None:
    case = await office.claimed()
    message = await office.answers(JORIS, case, "oops")
    await office.answers(JORIS, case, "/release")

    await office.takes(office.edited(message, "// oops"))
    await office.waits(HOLD)

    assert _answers(office) == []


async def test_edit_into_a_note_never_shows_the_note(office: Office) -> None:
    case = await office.claimed()
    message = await office.answers(JORIS, case, "Monday at 9.")
    await office.waits(HOLD)

    await office.takes(office.edited(message, "// between us: she sounds afraid"))

    assert not any("afraid" in text for text in office.texts(AMINA))
    assert isinstance(office.seen_by(AMINA)[-1], Delete)


async def test_correction_that_does_not_arrive_is_said(office: Office) -> None:
    case = await office.claimed()
    message = await office.answers(JORIS, case, "Monday at 9.")
    await office.waits(HOLD)
    office.judge = lambda one: Unreachable("blocked") if isinstance(one, Edit) else None

    await office.takes(office.edited(message, "Monday at 10."))

    assert "has blocked the bot" in office.last_text(GROUP)


async def test_edit_of_a_later_picture_changes_that_picture(office: Office) -> None:
    case = await office.claimed()
    album = office.album(JORIS, thread=await office.thread(case))
    await office.takes(album)
    await office.waits(HOLD)
    first = await office.message_id(f"case:{case.id}:out:2")

    await office.takes(office.edited(album.parts[1], "door 4, not 5"))

    change = office.seen_by(AMINA)[-1]
    assert isinstance(change, Edit)
    assert (change.message_id, change.text) == (first + 1, "door 4, not 5")
    assert change.is_caption


async def test_rarer_buttons_wait_behind_more(office: Office) -> None:
    case = await office.claimed()

    await office.taps(SARA, f"more_buttons:{case.id}")

    header = office.seen_by(GROUP)[-1]
    assert isinstance(header, Edit)
    actions = [button.action for row in header.buttons for button in row]
    assert {f"deadline:{case.id}", f"call:{case.id}", f"refer:{case.id}"} < {*actions}
    assert "Where do I find a doctor?" in header.text

    await office.taps(SARA, f"less_buttons:{case.id}")

    header = office.seen_by(GROUP)[-1]
    assert isinstance(header, Edit)
    assert f"call:{case.id}" not in [button.action for row in header.buttons for button in row]
