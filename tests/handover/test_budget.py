"""Telegram allows a group twenty messages a minute; what people do often has ten statements."""

from dataclasses import replace
from datetime import timedelta

from bot.delivery.incoming import Incoming
from bot.delivery.messages import Copy, Edit, MakeTopic, Message, Outgoing
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, Office

STATEMENTS = 10
# Sent, claimed, closed, danger named: these also plan what is due if nobody acts.
ONCE_A_QUESTION = 18


async def test_plain_question_costs_six_calls_in_the_group(office: Office) -> None:
    await office.asked(text="somebody was first")
    await office.waits(HOLD)
    before = len(office.seen_by(GROUP))

    case = await office.answered()
    await office.answers(JORIS, case, "/close")
    await office.waits(timedelta(minutes=1))

    spent = [
        type(message).__name__
        for message in office.seen_by(GROUP)[before:]
        if getattr(message, "slot", "") != "inbox:en:list"  # one for all, each 15 seconds
    ]
    assert spent == [
        "Outgoing",  # card
        "MakeTopic",
        "Outgoing",  # header, with the question
        "Edit",  # card shrinks
        "React",  # delivered: only while there are places to spare
        "ChangeTopic",  # name
        "ChangeTopic",  # closed
        "Edit",  # header offers Reopen: only while there are places to spare
        "Delete",  # one for all cards of a minute
    ]


async def test_many_messages_are_copied_in_one_call(office: Office) -> None:
    await office.taps(AMINA, "ask:")
    for _ in range(30):
        await office.takes_voice(AMINA)
    await office.taps(AMINA, "ask_send")

    await office.taps(JORIS, "claim:1")

    copies = [message for message in office.seen_by(GROUP) if isinstance(message, Copy)]
    assert [len(copy.message_ids) for copy in copies] == [30]
    assert copies[0].message_ids == tuple(sorted(copies[0].message_ids))


async def test_album_of_a_person_arrives_as_one(office: Office) -> None:
    await office.answered()

    album = office.album(AMINA)
    await office.takes(album)

    copy = office.seen_by(GROUP)[-1]
    assert isinstance(copy, Copy)
    assert copy.message_ids == tuple(part.message_id for part in album.parts)


async def test_what_people_do_often_takes_ten_statements(office: Office) -> None:
    numbers: list[Message] = [Outgoing(text="Call 112")]
    heard = {"He beats me": numbers}
    office.desk = replace(office.desk, alarm=lambda person, text, now: heard.get(text, []))
    await office.answered()
    await office.waits(HOLD)

    turns: list[Incoming] = [
        office.tap(AMINA, "ask:housing/find"),
        office.said(AMINA, "I look for a house"),
        office.said(AMINA, "in Gent"),
        office.tap(AMINA, "ask_send"),
        office.tap(JORIS, "claim:2", group=True),
        office.tap(AMINA, "questions"),
        office.tap(AMINA, "go_on:2"),
        office.said(AMINA, "with two children"),
        office.tap(JORIS, "close:2", group=True),
        office.said(AMINA, "/colleague"),
        office.said(AMINA, "Hm?"),
        office.said(AMINA, "/send"),
        office.tap(AMINA, "go_on:3"),
        office.said(AMINA, "He beats me"),
    ]
    spent = {}
    for number, incoming in enumerate(turns):
        before = office.tx.statements
        await office.turn().take(office.tx, incoming)
        spent[number] = office.tx.statements - before
    rare = dict.fromkeys((3, 4, 8, 11, 13), ONCE_A_QUESTION)
    many = {turn: n for turn, n in spent.items() if n > rare.get(turn, STATEMENTS)}
    assert many == {}
    assert (await office.case(2)).state == "closed"
    assert (await office.case(3)).is_urgent


async def test_topic_carries_a_short_question_without_an_extra_copy(office: Office) -> None:
    await office.claimed()

    kinds = [type(message) for message in office.seen_by(GROUP)]
    assert kinds == [MakeTopic, Outgoing, MakeTopic, Outgoing, Edit]
