"""A coordinator sets what colleagues may do, from the own chat; it counts from the next tap on."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, Story, on_both_databases
from tests.support.phone import Phone

pytestmark = pytest.mark.journey

QUESTION = "xyzzy plugh frobnicate"
ONLY_COORDINATORS = "Only coordinators can change this."
NEEDS_TRAINING = "This question is for colleagues who were trained for it."

staff_languages = pytest.mark.parametrize("language", ["nl", "en"], ids=("nl", "en"))


async def _own_chat(told: Story, name: str, language: str) -> Phone:
    """A colleague who has said something in the group, in their own chat with the bot."""
    await told.desk[name].says("hello")
    own = await told.known(name)
    await own.starts()
    await own.sees("Hello! Please choose your language.")
    await own.chooses_language(language)
    await own.waits()
    own.reads()
    return own


async def _a_coordinator(told: Story, language: str) -> Phone:
    karen = await _own_chat(told, "Karen", language)
    await told.desk.becomes("Karen", "coordinator")
    return karen


async def _opens(karen: Phone, name: str) -> None:
    await karen.says("/team")
    await karen.sees(karen.text("<b>The team</b>"))
    await karen.taps(f"👤 {name}")
    await karen.sees(
        karen.text("🎓 decides who may claim questions about law, violence or minors.")
    )


@staff_languages
@on_both_databases
async def test_training_from_the_own_chat_decides_who_may_claim(
    phone: Phones, desk: Desk, told: Story, language: str
) -> None:
    amina = await phone()
    await desk["Nadia"].says("hello")
    karen = await _a_coordinator(told, language)
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await desk["Karen"].forges_tap(case.newest_card(), f"tag_needs:{case.case_id}:legal")
    await amina.waits()
    await case.tapped_by("Nadia", "✋ Claim")
    await desk["Nadia"].sees_toast(desk.text(NEEDS_TRAINING))

    await _opens(karen, "Nadia")
    law = karen.words.label("⚖️ Law")
    await karen.taps(law)
    await karen.sees_buttons(f"☑️ {law}")
    await case.claimed_by("Nadia")

    await karen.taps(f"☑️ {law}")
    await karen.sees_toast(
        karen.text("What {name} has already claimed stays with {name}.", name="Nadia")
    )
    await case.answered("Come on Monday.")
    await amina.sees("Come on Monday.")


@staff_languages
async def test_language_and_role_are_changed_and_shown_to_the_team(
    desk: Desk, told: Story, language: str
) -> None:
    await desk["Nadia"].says("hello")
    karen = await _a_coordinator(told, language)

    await _opens(karen, "Nadia")
    pashto = {"nl": "Pasjtoe", "en": "Pashto"}[language]
    await karen.taps(pashto)
    await karen.sees_buttons(f"☑️ {pashto}")
    trainee = karen.words.label("Trainee")
    await karen.taps(trainee)
    await karen.sees_buttons(f"☑️ {trainee}")

    await desk["Joris"].says("/team")
    shown = (await desk["Joris"].sees(desk.text("<b>The team</b>"))).text
    nadia = shown[shown.index("Nadia") :]
    assert nadia.splitlines()[0] == desk.text(
        "<b>{name}</b> – {role}", name="Nadia", role=desk.text("Trainee")
    )
    assert "Pasjtoe" in nadia.splitlines()[1]


@staff_languages
async def test_who_left_the_group_is_no_longer_in_the_team(
    desk: Desk, told: Story, language: str
) -> None:
    await desk["Nadia"].says("hello")
    karen = await _a_coordinator(told, language)
    await _opens(karen, "Nadia")

    await desk.group.member_becomes(desk["Nadia"], "left")
    await karen.waits()

    await karen.taps(karen.words.label("Trainee"))
    await karen.sees_toast(karen.text("This has changed in the meantime. Please look again."))
    await karen.says("/team")
    assert "Nadia" not in (await karen.sees(karen.text("<b>The team</b>"))).text


@staff_languages
async def test_wrong_role_changes_nothing(
    phone: Phones, desk: Desk, told: Story, language: str
) -> None:
    amina = await phone(language=language)
    nadia = await _own_chat(told, "Nadia", language)
    karen = await _a_coordinator(told, language)
    await karen.says("/team Karen")
    screen = await karen.sees("Karen")
    own = screen["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    about_karen = own.split(":")[1]

    for who, refusal in (
        (nadia, ONLY_COORDINATORS),
        (amina, "Only colleagues of the team can do this."),
    ):
        await who.says("/team Karen role trainee")
        await who.sees(who.text(refusal))
        for data in (f"team_role:{about_karen}:trainee", f"team_skill:{about_karen}:legal:1"):
            await who.forges_tap(who.said()[-1], data)
            await who.sees_toast(who.text(refusal))
    assert not amina.said("Karen –")

    await karen.says("/team Karen")
    role = karen.text("<b>{name}</b> – {role}", name="Karen", role=karen.text("Coordinator"))
    assert (await karen.sees(role)).text.count("🎓") == 1  # what it is for, and no training


@staff_languages
async def test_yes_to_urgent_questions_is_ones_own_word(
    desk: Desk, told: Story, language: str
) -> None:
    nadia = await _own_chat(told, "Nadia", language)
    karen = await _a_coordinator(told, language)

    await nadia.says("/oncall maybe")
    await nadia.sees(nadia.text("Please write /oncall yes or /oncall no."))
    await nadia.says("/oncall yes")
    yes = "🔔 Urgent questions reach you at any hour, also at night. To stop: /oncall no"
    await nadia.sees(nadia.text(yes))

    await _opens(karen, "Nadia")
    assert karen.text("🔔 on call at any hour") in karen.said()[-1].text
    await karen.taps(karen.words.label("🔕 No urgent questions"))
    await karen.waits()
    assert karen.text("🔔 on call at any hour") not in karen.said()[-1].text
    number = karen.said()[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[
        1
    ]
    await karen.forges_tap(karen.said()[-1], f"team_on_call:{number}:1")
    await karen.sees_toast(karen.text("Everybody says yes to this for themselves: /oncall yes"))
