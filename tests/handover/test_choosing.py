"""Two talks at once: the person says which question a message is about, and that is remembered."""

from dataclasses import replace
from datetime import timedelta

from bot.delivery.incoming import Incoming
from bot.delivery.messages import Copy, Delete, Message, Outgoing, React
from bot.handover import domain, privacy
from bot.handover.domain import Case, State
from bot.handover.service import pieces, slowing, unsorted
from bot.people.domain import Person
from bot.storage.transaction import Tx
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, OLENA, Office

ASKED = "Which question is this about?"
MOMENT = timedelta(seconds=5)


async def _another(office: Office, text: str = "And a school?") -> Case:
    case = await office.claimed(text=text)
    await office.answers(JORIS, case, "In Gent.")
    await office.waits(HOLD)
    return await office.case(case.id)


async def _two(office: Office) -> tuple[Case, Case]:
    """Two talks go on; the second is the newest."""
    return await office.answered(), await _another(office)


def _copies(office: Office, case: Case | None = None) -> list[tuple[int, ...]]:
    """What came into the topic, in order."""
    slot = None if case is None else case.slot("topic")
    found = [one for one in office.seen_by(GROUP) if isinstance(one, Copy)]
    return [one.message_ids for one in found if slot in (None, one.in_topic)]


async def _shown(office: Office, case: Case) -> str:
    return "\n".join(piece.text for piece in await pieces.of(office.tx, case.id))


def _with_alarm(office: Office, words: str = "beats") -> None:
    numbers: list[Message] = [Outgoing(text="Call 112")]
    office.desk = replace(
        office.desk, alarm=lambda person, text, now: numbers if words in text else []
    )


async def test_person_is_asked_and_nobody_reads_it_before(office: Office) -> None:
    first, second = await _two(office)
    before = len(office.seen_by(GROUP))

    await office.says(AMINA, "zebra")
    await office.waits(timedelta(minutes=5))

    screen = office.seen_by(AMINA)[-1]
    assert isinstance(screen, Outgoing)
    assert screen.text.startswith(ASKED)
    labels = [button.label for row in screen.buttons for button in row]
    assert labels == ["#2 · And a school?", "#1 · Where do I find a doctor?", "A new question"]
    assert office.offered(AMINA) == [f"which:{second.id}", f"which:{first.id}", "which_new"]
    assert len(office.seen_by(GROUP)) == before


async def test_chosen_question_gets_it_and_the_other_never_shows_a_word(office: Office) -> None:
    first, second = await _two(office)
    said = await office.says(AMINA, "zebra")

    await office.taps(AMINA, f"which:{first.id}")

    assert _copies(office, first) == [(said.message_id,)]
    assert _copies(office, second) == []
    assert (await office.case(first.id)).state is State.CLAIMED
    assert (await office.case(second.id)).state is State.ANSWERED
    assert "zebra" not in await _shown(office, second)
    assert not any("zebra" in text for text in office.texts(GROUP))
    assert office.last_text(AMINA) == "↪️ Passed on with your question <b>#1</b>."


async def test_choice_is_remembered_for_a_day(office: Office) -> None:
    first, second = await _two(office)
    await office.says(AMINA, "zebra")
    await office.taps(AMINA, f"which:{first.id}")
    await office.waits(timedelta(minutes=5))

    later = await office.says(AMINA, "and a horse")

    assert _copies(office, first)[-1] == (later.message_id,)
    assert office.last_text(AMINA) == "↪️ Passed on with your question <b>#1</b>."
    assert any(action.startswith("which_other:") for action in office.offered(AMINA))
    await office.waits(timedelta(hours=23, minutes=50))
    await office.answers(JORIS, first, "Still there?")
    await office.answers(JORIS, second, "Still there?")
    await office.waits(HOLD + timedelta(minutes=10))
    await office.says(AMINA, "a day later")
    assert office.last_text(AMINA).startswith(ASKED)


async def test_another_question_takes_it_out_and_moves_it(office: Office) -> None:
    first, second = await _two(office)
    said = await office.says(AMINA, "zebra")
    await office.taps(AMINA, f"which:{first.id}")
    copies = await office.copies_in_topic(first)
    change = office.offered(AMINA)[0]

    await office.taps(AMINA, change)

    deleted = [one.message_ids for one in office.seen_by(GROUP) if isinstance(one, Delete)]
    assert deleted == [tuple(copies)]
    assert _copies(office, second) == [(said.message_id,)]
    assert "zebra" not in await _shown(office, first)
    assert office.last_text(AMINA) == "↪️ Passed on with your question <b>#2</b>."
    await office.waits(MOMENT)
    more = await office.says(AMINA, "horse")
    assert _copies(office, second)[-1] == (more.message_id,)


async def test_back_and_forth_ends_where_the_last_tap_says(office: Office) -> None:
    first, second = await _two(office)
    said = await office.says(AMINA, "zebra")
    await office.taps(AMINA, f"which:{first.id}")
    for _ in range(2):
        await office.waits(MOMENT)
        await office.taps(AMINA, office.offered(AMINA)[0])

    assert _copies(office, first) == [(said.message_id,), (said.message_id,)]
    assert len(await office.copies_in_topic(first)) == 1
    assert await office.copies_in_topic(second) == []


async def test_among_three_talks_another_question_asks_which(office: Office) -> None:
    first, second = await _two(office)
    third = await _another(office, "And a job?")
    said = await office.says(AMINA, "zebra")
    await office.taps(AMINA, f"which:{first.id}")
    await office.waits(MOMENT)

    await office.taps(AMINA, office.offered(AMINA)[0])

    assert office.offered(AMINA) == [f"which:{third.id}", f"which:{second.id}", "which_new"]
    await office.taps(AMINA, f"which:{second.id}")
    assert _copies(office, second) == [(said.message_id,)]
    assert _copies(office, third) == []


async def _two_batches(office: Office) -> tuple[list[Case], tuple[int | None, ...]]:
    """Three talks; something waits for a choice, and a reply turns out to be about another one."""
    talks = [*await _two(office), await _another(office, "And a job?")]
    waits = await office.says(AMINA, "zebra")
    answer = await office.message_id(f"case:{talks[0].id}:out:2")
    replied = await office.says(AMINA, "horse", reply_to=answer)
    await office.waits(timedelta(minutes=6))
    await office.taps(AMINA, office.offered(AMINA)[0])
    return talks, (waits.message_id, replied.message_id)


def _asks(office: Office) -> int:
    return sum(text.startswith(ASKED) for text in office.texts(AMINA))


async def test_what_waits_and_what_comes_back_are_one_question(office: Office) -> None:
    talks, said = await _two_batches(office)

    assert _asks(office) == 2
    assert isinstance(office.seen_by(AMINA)[-2], Delete), "the older question is taken away"
    assert {f"which:{one.id}" for one in talks} < {*office.offered(AMINA)}
    await office.taps(AMINA, f"which:{talks[1].id}")

    assert _copies(office, talks[1]) == [said]
    await office.waits(timedelta(hours=1))
    assert _copies(office, talks[1]) == [said]
    assert _asks(office) == 2


async def test_both_wait_ten_minutes_from_the_last_question(office: Office) -> None:
    _talks, said = await _two_batches(office)
    before = len(_copies(office))

    await office.waits(timedelta(minutes=5))
    assert len(_copies(office)) == before
    await office.waits(timedelta(minutes=6))

    assert _copies(office)[before:] == [said]


async def test_another_question_leaves_what_waits_for_its_choice(office: Office) -> None:
    """It must not wait for ever either."""
    first, second = await _two(office)
    waits = await office.says(AMINA, "zebra")
    answer = await office.message_id(f"case:{second.id}:out:4")
    await office.says(AMINA, "horse", reply_to=answer)
    await office.taps(AMINA, office.offered(AMINA)[0])
    assert (waits.message_id,) not in _copies(office)

    await office.waits(domain.CHOICE_WAITS)

    assert (waits.message_id,) in [*_copies(office, first), *_copies(office, second)]


async def test_reply_decides_and_is_remembered(office: Office) -> None:
    first, _second = await _two(office)
    answer = await office.message_id(f"case:{first.id}:out:2")

    replied = await office.says(AMINA, "OK", reply_to=answer)
    await office.waits(MOMENT)
    after = await office.says(AMINA, "and then?")

    assert _copies(office, first) == [(replied.message_id,), (after.message_id,)]
    assert not any(text.startswith(ASKED) for text in office.texts(AMINA))


async def test_reply_to_the_other_one_changes_the_choice(office: Office) -> None:
    first, second = await _two(office)
    await office.says(AMINA, "zebra")
    await office.taps(AMINA, f"which:{first.id}")
    answer = await office.message_id(f"case:{second.id}:out:4")

    await office.says(AMINA, "OK", reply_to=answer)
    await office.waits(MOMENT)
    after = await office.says(AMINA, "and then?")

    assert _copies(office, second)[-1] == (after.message_id,)


async def test_one_more_question_on_this_is_a_choice(office: Office) -> None:
    first, _second = await _two(office)

    await office.taps(AMINA, f"go_on:{first.id}")
    said = await office.says(AMINA, "zebra")

    assert _copies(office, first) == [(said.message_id,)]


async def test_several_messages_before_the_choice_stay_in_order(office: Office) -> None:
    first, _second = await _two(office)
    ids = [(await office.says(AMINA, "one")).message_id]
    photo = office.photo(AMINA, "two")
    await office.takes(photo)
    ids += [photo.message_id, (await office.says(AMINA, "three")).message_id]

    await office.taps(AMINA, f"which:{first.id}")

    assert sum(text.startswith(ASKED) for text in office.texts(AMINA)) == 1
    assert len([one for one in office.seen_by(AMINA) if isinstance(one, React)]) == 2
    assert _copies(office, first) == [tuple(ids)]


async def test_answer_to_the_screen_itself_is_no_choice(office: Office) -> None:
    _first, second = await _two(office)
    said = await office.says(AMINA, "zebra")
    screen = await office.message_id(second.slot("which"))

    await office.says(AMINA, "the doctor", reply_to=screen)
    await office.says(AMINA, "I mean this", reply_to=said.message_id)

    assert _copies(office) == []
    assert len(await unsorted.of_person(office.tx, (await office.person()).id)) == 3


async def test_edit_before_the_choice_is_what_the_colleague_gets(office: Office) -> None:
    first, _second = await _two(office)
    said = await office.says(AMINA, "zebbra")
    before = len(office.seen_by(GROUP))

    await office.takes(office.edited(said, "zebra"))

    assert len(office.seen_by(GROUP)) == before
    await office.taps(AMINA, f"which:{first.id}")
    assert "zebra" in await _shown(office, first)
    assert "✏️" not in "".join(office.texts(GROUP))


async def test_closed_meanwhile_is_opened_again_by_the_choice(office: Office) -> None:
    first, second = await _two(office)
    said = await office.says(AMINA, "zebra")
    for case in (first, second):
        await office.taps(JORIS, f"close:{case.id}")

    await office.taps(AMINA, f"which:{second.id}")

    assert _copies(office, second) == [(said.message_id,)]
    assert (await office.case(second.id)).state is State.REOPENED
    assert (await office.case(first.id)).state is State.CLOSED


async def test_gone_meanwhile_asks_among_those_that_are_left(office: Office) -> None:
    first, second = await _two(office)
    await office.says(AMINA, "zebra")
    await office.notes(first, state="dropped")

    await office.taps(AMINA, f"which:{first.id}")

    assert office.toasts[-1] == "This has changed in the meantime. Please look again."
    assert office.offered(AMINA) == [f"which:{second.id}", "which_new"]
    assert _copies(office) == []


async def test_closing_the_other_one_leaves_the_question_open_to_the_person(
    office: Office,
) -> None:
    first, second = await _two(office)
    one = await office.says(AMINA, "zebra")
    await office.taps(JORIS, f"close:{second.id}")

    two = await office.says(AMINA, "horse")

    assert _copies(office) == []
    await office.taps(AMINA, f"which:{first.id}")
    assert _copies(office, first) == [(one.message_id, two.message_id)]


async def test_nobody_chooses_and_the_newest_talk_gets_it(office: Office) -> None:
    first, second = await _two(office)
    said = await office.says(AMINA, "zebra")

    await office.waits(domain.CHOICE_WAITS)

    assert _copies(office, second) == [(said.message_id,)]
    assert _copies(office, first) == []
    assert office.last_text(AMINA) == "↪️ Passed on with your question <b>#2</b>."
    assert any(isinstance(one, Delete) for one in office.seen_by(AMINA))
    await office.taps(AMINA, office.offered(AMINA)[0])
    assert _copies(office, first) == [(said.message_id,)]


async def test_next_question_waits_its_own_ten_minutes(office: Office) -> None:
    first, _second = await _two(office)
    await office.says(AMINA, "zebra")
    await office.waits(timedelta(minutes=6))
    await office.taps(AMINA, f"which:{first.id}")
    await office.notes(first, chosen_until=None)
    said = await office.says(AMINA, "horse")

    await office.waits(timedelta(minutes=6))

    assert len(_copies(office)) == 1
    await office.waits(timedelta(minutes=4))
    assert _copies(office, first)[1:] == [(said.message_id,)]


async def test_nobody_chooses_and_all_is_closed(office: Office) -> None:
    first, second = await _two(office)
    said = await office.says(AMINA, "zebra")
    for case in (first, second):
        await office.taps(JORIS, f"close:{case.id}")

    await office.waits(domain.CHOICE_WAITS)

    assert sum((said.message_id,) == ids for ids in _copies(office)) == 1


async def test_nobody_chooses_and_all_is_gone(office: Office) -> None:
    first, second = await _two(office)
    await office.says(AMINA, "zebra")
    for case in (first, second):
        await office.notes(case, state="dropped")

    await office.waits(domain.CHOICE_WAITS)

    assert _copies(office) == []
    assert office.offered(AMINA) == ["which_new"]


async def test_danger_waits_for_no_choice(office: Office) -> None:
    first, second = await _two(office)
    _with_alarm(office)

    said = await office.says(AMINA, "he beats me")

    assert "Call 112" in office.texts(AMINA)
    assert not any(text.startswith(ASKED) for text in office.texts(AMINA))
    assert _copies(office, second) == [(said.message_id,)]
    assert (await office.case(second.id)).is_urgent
    assert not (await office.case(first.id)).is_urgent


async def test_danger_takes_along_what_was_said_just_before(office: Office) -> None:
    _first, second = await _two(office)
    _with_alarm(office)
    one = await office.says(AMINA, "my husband is here")

    two = await office.says(AMINA, "he beats me")
    await office.waits(domain.CHOICE_WAITS)

    assert [id_ for ids in _copies(office, second) for id_ in ids] == [
        one.message_id,
        two.message_id,
    ]
    assert any(isinstance(message, Delete) for message in office.seen_by(AMINA))


async def test_danger_in_an_edit_waits_for_no_choice(office: Office) -> None:
    _first, second = await _two(office)
    _with_alarm(office)
    said = await office.says(AMINA, "he bates me")

    await office.takes(office.edited(said, "he beats me"))

    assert _copies(office, second) == [(said.message_id,)]
    assert (await office.case(second.id)).is_urgent


async def test_new_question_goes_out_of_all_of_them(office: Office) -> None:
    async def answers(tx: Tx, person: Person, text: str, incoming: Incoming) -> list[Message]:
        return [Outgoing(text=f"answering: {text}")]

    office.desk = replace(office.desk, answers_anew=answers)
    await _two(office)
    await office.says(AMINA, "Where do I find work?")

    await office.taps(AMINA, "which_new")
    await office.taps(AMINA, "which_new")
    await office.waits(domain.CHOICE_WAITS)

    assert office.texts(AMINA).count("answering: Where do I find work?") == 1
    assert office.toasts[-1] == "This has changed in the meantime. Please look again."
    assert _copies(office) == []


async def test_second_tap_brings_nothing_more(office: Office) -> None:
    first, second = await _two(office)
    await office.says(AMINA, "zebra")

    await office.taps(AMINA, f"which:{first.id}")
    await office.taps(AMINA, f"which:{first.id}")
    await office.taps(AMINA, f"which:{second.id}")

    assert len(_copies(office)) == 1
    assert "zebra" in await _shown(office, first)


async def test_nobody_chooses_for_another_person(office: Office) -> None:
    first, _second = await _two(office)
    await office.person(OLENA)
    said = await office.says(AMINA, "zebra")

    for data in (f"which:{first.id}", "which_new", "which_other:5", "which:x"):
        await office.taps(OLENA, data)

    assert _copies(office) == []
    kept = await unsorted.of_person(office.tx, (await office.person()).id)
    assert [piece.message_ids for piece in kept] == [(said.message_id,)]


async def test_what_waits_is_exported_and_erased(office: Office) -> None:
    await _two(office)
    await office.says(AMINA, "zebra")
    person = await office.person()

    assert "zebra" in str(await privacy.export_person(office.tx, person.id))
    await privacy.forget_person(office.desk, office.tx, person.id, now=office.now)
    before = len(office.texts(AMINA))
    await office.waits(domain.CHOICE_WAITS)

    assert await unsorted.of_person(office.tx, person.id) == []
    assert _copies(office) == []
    assert len(office.texts(AMINA)) == before


async def test_no_way_of_showing_a_question_shows_what_waits(office: Office) -> None:
    """Released, claimed again, its topic made anew, looked for: nothing of it is there."""
    _first, second = await _two(office)
    await office.says(AMINA, "blue zebra")

    await slowing.bring(office.desk, office.tx, second.id, now=office.now)
    await office.taps(JORIS, f"release:{second.id}")
    await office.taps(JORIS, f"claim:{second.id}")
    await office.says(JORIS, "/find blue", group=True)
    await office.says(JORIS, f"/case {second.number}", group=True)
    await office.answers(JORIS, second, "/close")

    assert not any("zebra" in text for text in office.texts(GROUP))
    assert _copies(office) == []


async def test_one_live_talk_is_as_before(office: Office) -> None:
    await office.answered()

    await office.says(AMINA, "zebra")

    assert office.last_text(AMINA) == "↪️ Passed on to your colleague."
    assert office.offered(AMINA) == ["anew:3"]


async def test_choosing_costs_few_statements(office: Office) -> None:
    first, _second = await _two(office)
    spent = []
    for incoming in (
        office.said(AMINA, "one"),
        office.said(AMINA, "two"),
        office.tap(AMINA, f"which:{first.id}"),
        office.said(AMINA, "three"),
    ):
        before = office.tx.statements
        await office.turn().take(office.tx, incoming)
        spent.append(office.tx.statements - before)

    assert max(spent[0], spent[1], spent[3]) <= 10
    assert spent[2] <= 18  # once for a talk
