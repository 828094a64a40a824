"""What a person types in a row reaches the topic together, in order, whatever happens meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.messages import Copy, Message, Outgoing
from bot.delivery.outcomes import Outcome, Refusal
from bot.handover import domain, privacy
from bot.handover.domain import Case, State
from bot.handover.service import bundling
from bot.handover.tables import case_messages
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, Office

PAUSE = timedelta(seconds=2.5)


@pytest.fixture
async def talk(office: Office) -> Case:
    """A live talk in a house that waits for what a person writes next."""
    office.desk = replace(office.desk, bundle=PAUSE)
    return await office.answered()


def _copies(office: Office) -> list[tuple[int, ...]]:
    return [one.message_ids for one in office.seen_by(GROUP) if isinstance(one, Copy)]


def _id(message: object) -> int:
    return int(getattr(message, "message_id", 0))


async def test_messages_typed_in_a_row_cost_one_call(office: Office, talk: Case) -> None:
    said = [await office.says(AMINA, text) for text in ("Hello", "I forgot:", "which door?")]
    assert _copies(office) == []

    await office.waits(PAUSE)

    assert _copies(office) == [tuple(_id(one) for one in said)]
    assert len(await office.copies_in_topic(talk)) == 3


@pytest.mark.usefixtures("talk")
async def test_thirty_messages_typed_quickly_arrive_in_order(office: Office) -> None:
    said = []
    for number in range(30):
        said.append(await office.says(AMINA, f"line {number}"))
        await office.waits(timedelta(seconds=0.4))
    await office.waits(domain.BROUGHT_AFTER)  # so many are a flood

    copied = _copies(office)
    assert [id_ for ids in copied for id_ in ids] == [_id(one) for one in said]
    assert len(copied) <= 6


@pytest.mark.usefixtures("talk")
async def test_album_between_texts_stays_whole(office: Office) -> None:
    first = await office.says(AMINA, "Look:")
    album = office.album(AMINA)
    await office.takes(album)
    last = await office.says(AMINA, "Is it this?")

    await office.waits(PAUSE)

    parts = [_id(part) for part in album.parts]
    assert _copies(office) == [(_id(first), *parts, _id(last))]


async def test_reply_takes_along_what_was_said_before(office: Office, talk: Case) -> None:
    first = await office.says(AMINA, "Thank you.")
    answer = await office.message_id(talk.slot("out:2"))
    reply = await office.says(AMINA, "Which floor?", reply_to=answer)
    last = await office.says(AMINA, "And when?")
    assert _copies(office) == [(_id(first),), (_id(reply),)]

    await office.waits(PAUSE)

    assert _copies(office) == [(_id(first),), (_id(reply),), (_id(last),)]


@pytest.mark.usefixtures("talk")
async def test_words_of_danger_wait_for_nothing(office: Office) -> None:
    heard = {"He beats me": [Outgoing(text="Call 112")]}
    office.desk = replace(office.desk, alarm=lambda person, text, now: [*heard.get(text, [])])
    first = await office.says(AMINA, "Please")

    danger = await office.says(AMINA, "He beats me")

    assert _copies(office) == [(_id(first),), (_id(danger),)]


@pytest.mark.parametrize("who", [AMINA, JORIS])
async def test_last_words_come_before_the_topic_closes(
    office: Office, talk: Case, who: int
) -> None:
    last = await office.says(AMINA, "Thank you, that was it.")

    await office.taps(who, f"{'solved' if who == AMINA else 'close'}:{talk.id}")
    await office.waits(PAUSE)

    assert _copies(office) == [(_id(last),)]
    kinds = [type(one).__name__ for one in office.seen_by(GROUP)]
    assert kinds.index("Copy") < kinds.index("ChangeTopic")


@pytest.mark.usefixtures("talk")
async def test_edit_before_the_copy_needs_no_word(office: Office) -> None:
    """The copy shows the newest text by itself."""
    said = await office.says(AMINA, "On Mnday?")
    await office.takes(office.edited(said, "On Monday?"))
    await office.waits(PAUSE)

    assert _copies(office) == [(_id(said),)]
    assert not any("Edited" in text for text in office.texts(GROUP))


@pytest.mark.usefixtures("talk")
async def test_message_taken_out_is_seen_by_nobody(office: Office) -> None:
    await office.says(AMINA, "Something else altogether")
    row = await office.tx.one(select(case_messages).order_by(case_messages.c.id.desc()))
    assert row is not None

    await office.taps(AMINA, f"anew:{row['id']}")
    await office.waits(PAUSE)

    assert _copies(office) == []


@pytest.mark.usefixtures("talk")
async def test_nothing_comes_of_somebody_who_erased_everything(office: Office) -> None:
    await office.says(AMINA, "Forget it")
    person = await office.person(AMINA)
    await privacy.forget_person(office.desk, office.tx, person.id, now=office.now)

    await office.waits(PAUSE)

    assert _copies(office) == []


async def test_question_claimed_by_another_takes_what_waits(office: Office, talk: Case) -> None:
    await office.taps(JORIS, f"release:{talk.id}")
    said = await office.says(AMINA, "Still there?")
    await office.taps(JORIS, f"claim:{talk.id}")
    await office.waits(PAUSE)

    assert _copies(office) == [(_id(said),)]


async def test_message_that_the_person_deleted_holds_up_no_other(
    office: Office, talk: Case
) -> None:
    gone = await office.says(AMINA, "Oops")

    def judge(message: Message) -> Outcome | None:
        if isinstance(message, Copy) and message.message_ids == (_id(gone),):
            return Refusal("none of the messages could be copied", "gone")
        return None

    office.judge = judge
    await office.waits(PAUSE)
    said = await office.says(AMINA, "Which door?")
    await office.waits(PAUSE)

    assert _copies(office) == [(_id(said),)]
    assert (await office.case(talk.id)).state is State.CLAIMED


async def test_planned_for_an_erased_question_does_nothing(office: Office) -> None:
    await bundling.bring_planned(office.desk, office.tx, "4711", now=office.now)
    await office.waits(HOLD)

    assert office.seen_by(GROUP) == []
