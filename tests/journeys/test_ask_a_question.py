"""A newcomer asks, by menu or in own words, and gets a reviewed answer with its source."""

import re
from itertools import islice

import pytest

from tests.support.desk import Desk
from tests.support.journeys import LANGUAGES, Phones, every_language, left_and_right
from tests.support.phone import Phone

pytestmark = pytest.mark.journey

ASYLUM = "asylum/apply"


@every_language
async def test_menu_leads_to_an_answer_with_its_source(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)

    await amina.presses(amina.text("❓ Ask a question"))
    await amina.sees(amina.text("Write it here in your own words, or choose a theme."))
    await amina.taps(amina.category("asylum"))
    await amina.taps(amina.title(ASYLUM))

    answer = await amina.sees(amina.short(ASYLUM))
    assert amina.title(ASYLUM) in answer.text
    assert amina.text("🔗 Where this comes from:") in answer.text
    links = [one["url"] for one in answer["entities"] if one["type"] == "text_link"]
    assert links[0] == amina.answer(ASYLUM).sources[0].url
    await amina.sees_nothing_more()


@every_language
async def test_more_unfolds_the_answer_and_less_folds_it(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)
    slug = amina.a_long_answer()
    await amina.says(f"/start q_{slug.replace('/', '-')}")
    folded = await amina.sees(amina.title(slug))

    await amina.taps(amina.text("➕ More"))
    unfolded = await amina.sees(amina.title(slug))
    assert len(unfolded.text) > len(folded.text)
    await amina.taps(amina.text("➖ Less"))

    again = await amina.sees(amina.title(slug))
    assert again.text == folded.text
    await amina.sees_nothing_more()


@every_language
async def test_sure_question_gets_its_answer(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)

    await amina.says(amina.question_about(ASYLUM))

    await amina.sees(amina.title(ASYLUM))
    await amina.sees_nothing_more()


@every_language
async def test_unknown_question_offers_a_colleague(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)

    await amina.says("xyzzy plugh frobnicate")

    await amina.sees(
        amina.text("I have no answer to this. I do not guess: what I say has to be right.")
    )
    await amina.sees_buttons(amina.text("💬 Ask a colleague"))
    await amina.sees_nothing_more()


async def test_unsure_question_shows_up_to_three_titles(phone: Phones) -> None:
    amina = await phone()
    await amina.says(amina.vague_question())

    await amina.sees(amina.text("🤔 Is your question about this?"))
    labels = await amina.sees_buttons(amina.text("None of these"))
    assert 2 <= len(labels) <= 4
    await amina.taps(amina.text("None of these"))

    await amina.sees(amina.text("A colleague can answer you here. Shall I pass on your question?"))
    await amina.sees_nothing_more()


@pytest.mark.parametrize("language", ["fa_AF", "ps"], ids=["fa_AF", "ps"])
async def test_question_in_another_language_is_answered_in_own(
    phone: Phones, language: str
) -> None:
    amina = await phone("Amina", language=language)

    await amina.says("where do i ask asylum")

    await amina.sees(amina.title(ASYLUM))
    await amina.sees_nothing_more()


@every_language
async def test_deep_link_opens_its_topic_after_the_choice(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=None)
    await amina.starts("q_work-right-to-work")
    await amina.sees("Hello! Please choose your language.")

    await amina.chooses_language(language)

    await amina.sees(amina.title("work/right-to-work"))
    await amina.sees_nothing_more()


@every_language
async def test_card_for_the_counter_is_dutch_and_own(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)
    await amina.says(f"/start q_{ASYLUM.replace('/', '-')}")
    await amina.taps(amina.text("🪪 Show at the desk"))

    card = await amina.sees(amina.text("Show this at the desk."))
    desk_card = amina.answer(ASYLUM).desk
    assert desk_card is not None
    assert desk_card.nl in card.text
    await amina.taps(amina.text("⬅️ Back"))
    await amina.sees(amina.short(ASYLUM))
    await amina.sees_nothing_more()


@left_and_right
async def test_hide_this_empties_the_chat(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)
    await amina.says("/start q_health-violence")
    await amina.sees(amina.title("health/violence"))

    await amina.taps(amina.text("🙈 Hide this"))

    await amina.sees(
        amina.text("✔️ The bot’s messages of the last 48 hours are gone from this chat.")
    )
    await amina.sees_nothing_more()
    assert not amina.said(amina.title("health/violence"))
    assert amina.keyboard is not None


@left_and_right
async def test_thumbs_are_counted_and_thanked(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)
    await amina.says(amina.question_about(ASYLUM))
    await amina.taps("👍")
    await amina.sees_toast(amina.text("Thank you. This helps us."))

    await amina.says(amina.question_about(ASYLUM))
    await amina.waits()
    await amina.taps("👎")
    await amina.sees_toast(amina.text("Thank you. This helps us."))

    await amina.sees(amina.text("Sorry that this did not help. A colleague can answer you."))
    await amina.sees_nothing_more()


@every_language
async def test_danger_shows_numbers_first_and_marks_urgent(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.says(amina.words_of_danger())

    danger = await amina.sees(amina.text("🆘 <b>In danger now? Call:</b>"))
    assert re.search(r"^[\u200f\u2066]*(112|101|106|1712|1813)", danger.text, re.MULTILINE)
    await amina.taps(amina.text("💬 Ask a colleague"))
    await amina.sees(amina.text("Got it. Add more, or press Send."))
    await amina.taps(amina.text("📨 Send"))
    await amina.sees("#1")

    case = await desk.sees_new_case(language=language)
    assert desk.text("🔴 <b>Urgent</b>") in case.card.text


async def test_not_urgent_answers_calmly(phone: Phones) -> None:
    amina = await phone()
    await amina.says(amina.words_of_danger())
    await amina.sees(amina.text("🆘 <b>In danger now? Call:</b>"))

    await amina.taps(amina.text("🙂 It is not urgent"))

    await amina.waits()
    assert amina.text("🙂 It is not urgent") not in amina.said()[-1].labels
    assert amina.said()[-1].labels


@every_language
async def test_voice_message_is_offered_to_a_colleague(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.shares("voice")
    await amina.sees(amina.text("🎤 I cannot listen to voice messages. A colleague can."))

    await amina.taps(amina.text("✅ Yes, please"))
    await amina.taps(amina.text("📨 Send"))
    await amina.sees("#1")

    case = await desk.sees_new_case(language=language)
    await case.claimed_by("Karen")
    await amina.waits()
    assert any("voice" in message for message in desk.group.messages(case.thread))


@pytest.mark.parametrize("what", ["sticker", "photo", "location", "contact"])
async def test_everything_that_can_be_sent_gets_an_answer(phone: Phones, what: str) -> None:
    amina = await phone()
    before = len(amina.said())

    await amina.shares(what)
    await amina.waits()

    assert len(amina.said()) == before + 1
    assert amina.said()[-1].labels


async def test_help_names_the_way_to_urgent_help(phone: Phones) -> None:
    amina = await phone()

    await amina.says("/help")

    await amina.sees("/urgent")


@every_language
async def test_urgent_help_lists_numbers_to_call(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)

    await amina.presses(amina.text("🆘 Urgent help"))

    screen = await amina.sees(amina.text("🆘 <b>Urgent help: call now</b>"))
    assert re.search(r"^[\u200f\u2066]*112\u2069?$", screen.text, re.MULTILINE)


@every_language
async def test_menu_labels_of_every_language_are_understood(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)
    asked = amina.text("❓ <b>What is your question?</b>")
    for other in LANGUAGES:
        amina.language = other
        label = amina.text("❓ Ask a question")
        amina.language = language

        await amina.says(label)
        await amina.sees(asked)
    await amina.sees_nothing_more()


@left_and_right
async def test_every_button_seen_on_a_walk_leads_somewhere(phone: Phones, language: str) -> None:
    amina = await phone("Amina", language=language)
    tried: set[str] = set()
    # Two buttons may lead to one screen, such as Less and the topic itself.
    amina.wegwijzer.forgiven.append("message is not modified")

    for label in ("❓ Ask a question", "🤝 Volunteer", "🆘 Urgent help", "🗂 My things"):
        await amina.presses(amina.text(label))
        await amina.waits()
        await _taps_everything(amina, tried)

    outdated = amina.text("This has changed in the meantime. Please look again.")
    toasts = [one["text"] for one in amina.simulation.world.toasts]
    assert {f"topic:{slug}" for slug in amina.slugs()} <= tried
    assert outdated not in toasts
    for _, message in amina.view.events:
        assert not re.search(r"\{[a-z_]*\}", Phone.words_in(message)), message


async def _taps_everything(amina: Phone, tried: set[str]) -> None:
    """Every action that was shown, once, also on screens that have changed since."""
    ends = {"forget_yes", "hide", "lang", "not_urgent", "ask_send", "ask_cancel"}
    ends |= {
        "form_drop",
        "form_anew",
        "form_change",
    }  # what stood below the dialog's steps ends with it
    while found := amina.untried(tried, but=ends):
        for data, message in islice(found.items(), 20):
            tried.add(data)
            await amina.forges_tap(message, data)
        await amina.waits()


@every_language
async def test_danger_said_to_a_colleague_shows_the_numbers_too(
    phone: Phones, desk: Desk, language: str
) -> None:
    amina = await phone("Amina", language=language)
    await amina.says("/colleague")
    await amina.says(amina.words_of_danger())

    await amina.sees(amina.text("🆘 <b>In danger now? Call:</b>"))
    await amina.sees(amina.text("Got it. Add more, or press Send."))
    await amina.taps(amina.text("📨 Send"))
    await amina.sees("#1")

    case = await desk.sees_new_case(language=language)
    assert desk.text("🔴 <b>Urgent</b>") in case.card.text


async def test_danger_is_heard_before_a_language_is_chosen(phone: Phones) -> None:
    amina = await phone("Amina", language=None)
    await amina.says("He wants to kill me")

    await amina.sees("112")
    await amina.sees("Hello! Please choose your language.")


async def test_danger_added_to_a_waiting_question_marks_it_urgent(
    phone: Phones, desk: Desk
) -> None:
    amina = await phone("Amina")
    await amina.says("/colleague")
    await amina.says("Hm?")
    await amina.taps(amina.text("📨 Send"))
    await desk.sees_new_case()
    await amina.says("/questions")
    await amina.sees(amina.text("<b>My questions</b>"))
    await amina.taps(amina.text("Add to #{number}", number=1))
    await amina.says(amina.words_of_danger())

    await amina.sees(amina.text("🆘 <b>In danger now? Call:</b>"))
    await amina.sees("#1")
    await desk["Joris"].sees(desk.text("🔴 <b>Urgent</b>"))


async def test_danger_that_an_edit_names_shows_the_numbers(phone: Phones, desk: Desk) -> None:
    amina = await phone("Amina")
    await amina.says("/colleague")
    said = await amina.says("Hm?")
    await amina.sees(amina.text("Got it. Add more, or press Send."))

    await amina.edits(said, amina.words_of_danger())

    await amina.sees(amina.text("🆘 <b>In danger now? Call:</b>"))
    await amina.taps(amina.text("📨 Send"))
    await amina.sees("#1")
    case = await desk.sees_new_case()
    assert desk.text("🔴 <b>Urgent</b>") in case.card.text


async def test_what_was_added_to_a_waiting_question_may_be_a_new_one(
    phone: Phones, desk: Desk
) -> None:
    amina = await phone("Amina")
    await amina.says("/colleague")
    await amina.says("Hm?")
    await amina.taps(amina.text("📨 Send"))
    await desk.sees_new_case(containing="Hm?")
    await amina.says("/questions")
    await amina.taps(amina.text("Add to #{number}", number=1))
    await amina.says(amina.question_about("legal/lawyer"))
    await amina.sees(amina.text("↪️ Added to your question #{number}.", number=1))
    await desk["Joris"].sees(amina.question_about("legal/lawyer"))

    await amina.taps(amina.text("No, a new question"))

    await amina.sees(amina.title("legal/lawyer"))
    await amina.waits()
    assert not desk.holds(amina.question_about("legal/lawyer"))


async def test_my_things_names_what_is_not_sent_yet(phone: Phones) -> None:
    amina = await phone("Amina")
    await amina.says("/colleague")
    await amina.says("Hm?")
    ready = amina.counted("✍️ {n} message is ready.", "✍️ {n} messages are ready.", 1)
    await amina.sees(ready)

    await amina.says("/my")
    await amina.sees(ready)
    await amina.taps(amina.text("💬 Ask a colleague"))
    await amina.sees("Hm?")
    await amina.taps(amina.text("📨 Send"))

    await amina.sees("#1")


async def test_sending_by_command_takes_the_prompt_away(phone: Phones, desk: Desk) -> None:
    amina = await phone("Amina")
    await amina.says("/colleague")
    await amina.says("Hm?")
    await amina.sees(amina.text("Got it. Add more, or press Send."))

    await amina.says("/send")

    await amina.sees("#1")
    await amina.waits()
    assert amina.text("📨 Send") not in [label for one in amina.said() for label in one.labels]
