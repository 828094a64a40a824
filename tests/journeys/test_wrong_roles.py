"""Whatever somebody sends who may not: nothing happens, and nothing is told."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, Story, on_both_databases
from tests.support.wegwijzer import Wegwijzer

pytestmark = pytest.mark.journey

QUESTION = "xyzzy plugh frobnicate"
COMMANDS = ("/close", "/release", "/reopen", "/stop", "/undo")
ACTIONS = ("claim", "release", "drop", "restore", "close", "reopen")
PERSONAL = ("solved", "go_on", "anew")


@pytest.mark.parametrize("command", COMMANDS)
async def test_staff_command_in_private_is_unknown(phone: Phones, command: str) -> None:
    amina = await phone()

    await amina.says(command)

    unknown = "I do not know this command. Here is what I know: {command}"
    await amina.sees(amina.text(unknown, command="/help"))
    await amina.sees_nothing_more()


async def test_the_queue_in_private_is_for_the_team(phone: Phones, desk: Desk) -> None:
    amina, mallory = await phone("Amina"), await phone("Mallory")
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()

    await mallory.says("/queue")

    told = await mallory.sees(mallory.text("Only colleagues of the team can do this."))
    assert f"#{case.number}" not in told.text
    await mallory.sees_nothing_more()


@on_both_databases
async def test_forged_staff_buttons_do_nothing(phone: Phones, desk: Desk) -> None:
    amina, mallory = await phone("Amina"), await phone("Mallory")
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    screen = mallory.said()[-1]

    for action in ACTIONS:
        await mallory.forges_tap(screen, f"{action}:{case.case_id}")
        await mallory.sees_toast(mallory.text("Only colleagues of the team can do this."))

    await mallory.sees_nothing_more()
    assert desk.text("✋ Claim") in case.newest_card().labels
    assert desk.topics_of(case) == []


@pytest.mark.parametrize("action", PERSONAL)
async def test_forged_button_of_another_person_does_nothing(
    phone: Phones, desk: Desk, action: str
) -> None:
    amina, mallory = await phone("Amina"), await phone("Mallory")
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("Secret answer")
    await amina.sees("Secret answer")
    await amina.waits()
    before = case.texts()

    await mallory.forges_tap(mallory.said()[-1], f"{action}:{case.case_id}")
    await mallory.forges_tap(mallory.said()[-1], f"rate:{case.case_id}:3")
    await mallory.says("let me in")
    await mallory.waits()

    assert case.texts() == before
    assert not mallory.said("Secret answer")
    await amina.sees_nothing_more()


@pytest.mark.parametrize(
    "data",
    [
        "", ":", "claim:", "claim:-1", "claim:9999999999999999999", "topic:../../etc/passwd",
        "lang:xx", "forget_yes:99999999999", "rate:1", "category:", "more:x", "nonsense:1",
        "anew:٣", "ask:" + "x" * 59,
    ],
)  # fmt: skip
async def test_nonsense_in_a_button_is_answered_politely(phone: Phones, data: str) -> None:
    amina = await phone()
    await amina.says("/privacy")
    await amina.sees(amina.text("<b>Your data</b>"))

    await amina.forges_tap(amina.said()[-1], data)
    await amina.waits()

    await amina.sees_toast("")
    await amina.says("/menu")
    await amina.sees(
        amina.text("How can I help you? Write your question, or choose a button below.")
    )


async def test_strangers_group_hears_nothing(phone: Phones, told: Story) -> None:
    mallory = await phone("Mallory")
    group = await told.simulation.group("Mallory's group", members=[mallory])
    inside = mallory.at(group)

    for command in (*COMMANDS, "/start", "/help", "hello"):
        await inside.says(command)
    await mallory.waits()

    bot = told.simulation.world.bot
    assert not [one for one in group.messages() if one["from"]["id"] == bot]


async def test_colleague_is_staff_only_while_in_the_group(
    phone: Phones, desk: Desk, told: Story
) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await desk["Karen"].says("Good morning")
    await amina.waits()
    await desk.group.member_becomes(desk["Karen"], "left")
    await amina.waits()

    karen = await told.known("Karen")
    await karen.starts()
    await karen.sees("Hello! Please choose your language.")
    await karen.chooses_language("nl")
    await karen.forges_tap(karen.said()[-1], f"claim:{case.case_id}")

    await karen.sees_toast(karen.text("Only colleagues of the team can do this."))
    assert desk.topics_of(case) == []


async def test_who_left_while_the_bot_was_away_is_no_staff(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer, told: Story
) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await desk["Karen"].says("Good morning")
    await amina.waits()
    await wegwijzer.stops()
    await desk.group.member_becomes(desk["Karen"], "left")
    await wegwijzer.misses_what_waits()
    await wegwijzer.starts()

    karen = await told.known("Karen")
    await karen.starts()
    await karen.sees("Hello! Please choose your language.")
    await karen.chooses_language("nl")
    await karen.waits()
    await karen.forges_tap(karen.said()[-1], f"claim:{case.case_id}")

    await karen.sees_toast(karen.text("Only colleagues of the team can do this."))


@on_both_databases
async def test_question_of_who_left_while_the_bot_was_away_goes_back_at_once(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Karen")
    await amina.waits()
    await wegwijzer.stops()
    await desk.group.member_becomes(desk["Karen"], "left")
    await wegwijzer.misses_what_waits()
    await wegwijzer.starts()

    again = await desk.sees_new_case(containing=QUESTION)
    await again.tapped_by("Joris", "✋ Claim")

    again.claimant, again.thread = "Joris", case.thread
    await again.answered("Come to us.")
    await amina.sees("Come to us.")


async def test_no_answer_about_a_colleague_is_no_news(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer, told: Story
) -> None:
    wegwijzer.forgiven.append("getChatMember: 400")
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Karen")
    await told.simulation.faults.add("400", method="getChatMember", times=5)
    await wegwijzer.restarts()
    await amina.waits()

    await case.answered("Come on Monday")

    await amina.sees("Come on Monday")


async def test_invitation_works_once(phone: Phones, wegwijzer: Wegwijzer) -> None:
    payload = await wegwijzer.invites("staff")
    karen, mallory = await phone("Karen", language="nl"), await phone("Mallory")

    await karen.starts(payload)
    await karen.sees(karen.text("Welcome to the team! You are now a colleague."))
    await mallory.starts(payload)

    await mallory.waits()
    assert not mallory.said(mallory.text("Welcome to the team! You are now a colleague."))
    await karen.sees_nothing_more()


async def test_invitation_of_last_week_is_void(phone: Phones, wegwijzer: Wegwijzer) -> None:
    payload = await wegwijzer.invites("admin")
    karen = await phone("Karen")
    wegwijzer.clock.moves_on(days=8)

    await karen.starts(payload)

    await karen.waits()
    assert not karen.said("Welcome to the team!")
