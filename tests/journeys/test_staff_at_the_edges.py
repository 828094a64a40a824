"""The staff queue at its edges: people and rights that come and go in the middle of a talk."""

import asyncio

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, on_both_databases
from tests.support.wegwijzer import Wegwijzer

pytestmark = pytest.mark.journey

QUESTION = "xyzzy plugh frobnicate"


@on_both_databases
async def test_question_asked_while_the_bot_was_out_gets_its_card(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    wegwijzer.forgiven.append("403 Forbidden")
    await desk.group.bot_becomes("kicked")
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    await amina.waits()

    await desk.group.bot_becomes("administrator", can_manage_topics=True, can_pin_messages=True)

    case = await desk.sees_new_case(containing=QUESTION)
    await case.claimed_by("Joris")
    await case.answered("Monday at 9.")
    await amina.sees("Monday at 9.")


@on_both_databases
async def test_words_said_while_the_bot_was_out_reach_the_topic(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    wegwijzer.forgiven.append("403 Forbidden")
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Which town?")
    await amina.sees("Which town?")
    await amina.waits()

    await desk.group.bot_becomes("kicked")
    await amina.says("Gent")
    await amina.waits()
    await desk.group.bot_becomes("administrator", can_manage_topics=True, can_pin_messages=True)

    await case.sees("Gent")
    await amina.waits()
    assert case.texts().count("Gent") == 1


@on_both_databases
async def test_question_of_a_colleague_who_leaves_goes_back_to_the_queue(
    phone: Phones, desk: Desk
) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Karen")
    await case.answered("Which town?")
    await amina.sees("Which town?")
    await amina.waits()

    await desk.group.member_becomes(desk["Karen"], "left")
    again = await desk.sees_new_case(containing=QUESTION)
    await amina.says("Gent")
    await amina.waits()
    await again.tapped_by("Joris", "✋ Claim")

    again.claimant, again.thread = "Joris", case.thread
    await again.sees("Gent")
    await again.answered("Come to us.")
    await amina.sees("Come to us.")


@on_both_databases
async def test_closed_question_of_a_colleague_who_left_comes_back_to_the_queue(
    phone: Phones, desk: Desk
) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Karen")
    await case.answered("Monday at 9.")
    await amina.sees("Monday at 9.")
    await case.closed()
    await amina.waits()
    await desk.group.member_becomes(desk["Karen"], "left")
    await amina.waits()

    await amina.taps(amina.text("One more question on this"))

    again = await desk.sees_new_case(containing=QUESTION)
    assert again.number == case.number


async def test_thumb_down_on_a_later_photo_keeps_the_whole_album_in(
    phone: Phones, desk: Desk
) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    parts = [await case.shares("photo", media_group="97000000000001") for _ in range(3)]
    await amina.waits()

    await case.phone.reacts(parts[2], "👎")
    await case.sees(desk.text("🛑 Stopped: it was not sent."))
    await case.hold_passes()
    await amina.waits()

    assert not [message for message in amina.said() if "photo" in message]


async def test_photo_held_while_the_group_moves_never_leads_to_the_group(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    basic = await desk.moves_to_a_basic_group()
    wegwijzer.forgiven += ["upgraded to a supergroup", "not enough rights", "is not a forum"]
    wegwijzer.staff_groups = (basic.id,)
    await wegwijzer.restarts()
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case(containing=QUESTION)
    await case.claimed_by_reply("Joris")
    await desk["Joris"].shares("photo", caption="your map", reply_to=case.card.id)
    await amina.waits()

    await desk.follows(await basic.upgrades())
    await case.hold_passes()
    await amina.waits()
    await amina.says("/questions")

    await amina.sees(amina.text("<b>My questions</b>"))
    assert not desk.holds(amina.text("<b>My questions</b>"))
    await desk["Joris"].sees("⚠️")


@on_both_databases
async def test_five_people_in_three_languages_are_each_answered(phone: Phones, desk: Desk) -> None:
    languages = ("en", "uk", "fa_AF", "en", "uk")
    people = [await phone(f"P{n}", language=code) for n, code in enumerate(languages)]

    async def asks(number: int) -> None:
        person = people[number]
        await person.says("/colleague")
        await person.says(f"question-{number}")
        await person.shares("photo", caption=f"photo-{number}")
        await person.shares_album(2, f"album-{number}")
        await person.shares("voice")
        await person.shares("document", b"%PDF-1.4", filename="a.pdf")
        await person.waits()
        await person.taps(person.text("📨 Send"))

    await asyncio.gather(*(asks(number) for number in range(5)))
    names = ("Joris", "Karen", "Nadia", "Joris", "Karen")
    cases = [await desk.sees_new_case(containing=f"question-{number}") for number in range(5)]
    assert sorted(case.number for case in cases) == [1, 2, 3, 4, 5]
    for case, name in zip(cases, names, strict=True):
        await case.claimed_by(name)
    await people[0].waits()
    for number, case in enumerate(cases):
        inside = desk.group.messages(case.thread)
        assert sum("photo" in message for message in inside) == 3
        assert sum("voice" in message for message in inside) == 1
        assert sum("document" in message for message in inside) == 1
        own = "\n".join(case.texts())
        assert f"question-{number}" in own
        assert not any(f"question-{other}" in own for other in range(5) if other != number)
        await case.says(f"answer-{number}")
        await case.shares("photo", caption=f"map-{number}")
    await cases[0].hold_passes()
    for number, person in enumerate(people):
        await person.sees(f"answer-{number}")
        await person.sees(f"map-{number}")
        assert not [m for m in person.said("answer-") if f"answer-{number}" not in m.text]
