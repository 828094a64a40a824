"""The database is the truth and the group its mirror: whatever happens there, nothing is lost."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, Story, on_both_databases
from tests.support.wegwijzer import Wegwijzer

pytestmark = pytest.mark.journey

QUESTION = "xyzzy plugh frobnicate"
GONE = "message thread not found"


@on_both_databases
async def test_talk_goes_on_when_its_topic_was_deleted(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    wegwijzer.forgiven.append(GONE)
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Which town?")
    await amina.sees("Which town?")

    await amina.waits()
    await desk["Joris"].deletes_topic(case.thread or 0)
    await amina.says("Gent")
    await amina.waits()

    await case.finds_its_topic_again()
    assert {QUESTION, "Gent"} <= set(case.texts())
    await case.answered("Thank you")
    await amina.sees("Thank you")


async def test_card_comes_back_when_the_inbox_was_deleted(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    wegwijzer.forgiven += [GONE, "message to edit not found"]
    amina = await phone("Amina")
    await amina.asks_a_colleague(QUESTION)
    first = await desk.sees_new_case()
    await desk["Joris"].deletes_topic(first.card.thread or 0)
    wegwijzer.clock.moves_on(minutes=5)

    olena = await phone("Olena")
    await olena.asks_a_colleague("gnarfel")
    await olena.waits()

    numbers = {(await desk.sees_new_case()).number for _ in range(2)}
    assert numbers == {1, 2}


async def test_message_reaches_a_topic_closed_by_hand(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Which town?")
    await amina.sees("Which town?")

    await desk["Joris"].closes_topic(case.thread or 0)
    await amina.says("Gent")

    await case.sees("Gent")


@on_both_databases
async def test_queue_works_by_replies_without_the_right_to_make_topics(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    wegwijzer.forgiven.append("not enough rights")
    await desk.group.bot_becomes("administrator", can_pin_messages=True, can_delete_messages=True)
    await desk["Joris"].sees(desk.text("Manage topics"))
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)

    case = await desk.sees_new_case(containing=QUESTION)
    await case.claimed_by_reply("Joris")
    await desk["Joris"].says("Which town?", reply_to=case.card)
    await case.hold_passes()
    await amina.sees("Which town?")
    await amina.says("Gent")

    await desk["Joris"].sees("Gent")


async def test_group_that_became_a_supergroup_is_followed(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer, told: Story
) -> None:
    basic = await desk.moves_to_a_basic_group()
    wegwijzer.forgiven += ["upgraded to a supergroup", "not enough rights", "is not a forum", "429"]
    wegwijzer.staff_groups = (basic.id,)
    await wegwijzer.restarts()
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    await desk.sees_new_case(containing=QUESTION)

    await told.simulation.faults.add("429", chat=basic.id, retry_after=1)
    olena = await phone("Olena")
    await olena.asks_a_colleague("gnarfel")
    await desk.follows(await basic.upgrades())

    case = await desk.sees_new_case(containing="gnarfel")
    earlier = await desk.sees_new_case(containing=QUESTION)
    await olena.waits()
    await wegwijzer.restarts()
    await case.claimed_by_reply("Joris")
    await earlier.claimed_by_reply("Karen")
    await olena.waits()


async def test_talk_goes_on_in_the_supergroup_that_the_group_became(
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
    await amina.waits()

    await desk.follows(await basic.upgrades())

    header = await desk["Joris"].sees(QUESTION)
    await desk["Joris"].says("Which town?", reply_to=header)
    await case.hold_passes()
    await amina.sees("Which town?")


async def test_colleague_who_leaves_a_group_that_moved_is_no_staff(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer, told: Story
) -> None:
    basic = await desk.moves_to_a_basic_group()
    wegwijzer.forgiven += ["upgraded to a supergroup", "not enough rights", "is not a forum"]
    wegwijzer.staff_groups = (basic.id,)
    await wegwijzer.restarts()
    amina = await phone()
    await desk["Karen"].says("Good morning")
    await amina.waits()
    await desk.follows(await basic.upgrades())
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case(containing=QUESTION)

    await desk["Karen"].says("Good morning to all")
    await amina.waits()
    await desk.group.member_becomes(desk["Karen"], "left")
    await amina.waits()

    karen = await told.known("Karen")
    await karen.starts()
    await karen.sees("Hello! Please choose your language.")
    await karen.chooses_language("nl")
    await karen.forges_tap(karen.said()[-1], f"claim:{case.case_id}")
    await karen.sees_toast(karen.text("Only colleagues of the team can do this."))


async def test_bot_thrown_out_keeps_the_questions(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    wegwijzer.forgiven.append("403 Forbidden")
    await desk.group.bot_becomes("kicked")
    amina = await phone()

    await amina.asks_a_colleague(QUESTION)

    await amina.sees_nothing_more()
    assert await wegwijzer.remembers(QUESTION)


@on_both_databases
async def test_team_that_has_another_group_finds_everything_there(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer, told: Story
) -> None:
    amina, olena = await phone("Amina"), await phone("Olena")
    await amina.asks_a_colleague(QUESTION)
    talk = await desk.sees_new_case()
    await talk.claimed_by("Joris")
    await talk.answered("Which town?")
    await amina.sees("Which town?")
    await olena.asks_a_colleague("gnarfel")
    await desk.sees_new_case()
    await olena.waits()

    everybody = [desk[name] for name in desk.team]
    new = await told.simulation.group("New team", members=everybody, admins=everybody[:1])
    await desk["Joris"].at(new).says("Good morning")  # a thread of the same number is another
    await desk.follows(new)
    wegwijzer.staff_groups = (new.id,)
    await wegwijzer.restarts()
    await olena.waits()

    waiting = await desk.sees_new_case(containing="gnarfel")
    await talk.finds_its_topic_again()
    await amina.says("Gent")
    await amina.waits()
    assert {QUESTION, "Gent"} <= set(talk.texts())
    await talk.answered("Thank you")
    await amina.sees("Thank you")
    await waiting.claimed_by("Karen")
    assert not desk.holds("⚠️")
