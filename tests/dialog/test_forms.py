"""Dialogs with several steps: asked, answered, left, taken up again, changed, finished."""

from dataclasses import replace
from typing import Any

import pytest

from bot.delivery import outbox
from bot.delivery.incoming import Said, Sender
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Asking, Form, Wrong
from bot.dialog.routes import Routes
from bot.errors import Refused
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support.delivery_makers import AT
from tests.support.dialog_makers import CHAT, Ending, Phone, Speaker

COLOURS = (("red", "Menu"), ("blue", "Cancel"), ("green", "🌐 Language"))


async def _even(asking: Asking, text: str) -> int:
    if not text.isdecimal() or int(text) % 2:
        raise Wrong
    return int(text)


def _form(ending: Ending, **more: Any) -> Form:
    return Form(
        name="walk",
        version=1,
        title="Main menu",
        finish=ending,
        steps=(
            forms.text("name", "How can I help you?", longest=10, label="Menu"),
            forms.choice("colour", "Cancel", COLOURS),
            forms.text("why", "Main menu", when=lambda one: one["colour"] == "red", skippable=True),
            forms.choices("several", "Menu", COLOURS, least=1),
            forms.custom("even", "Menu", read=_even),
        ),
        **more,
    )


@pytest.fixture
def ending() -> Ending:
    return Ending()


@pytest.fixture
def phone(tx: Tx, catalogs: Catalogs, ending: Ending) -> Phone:
    return Phone(tx, catalogs, (_form(ending),))


async def _to_the_summary(phone: Phone) -> None:
    await phone.say("/open walk about:7")
    await phone.say("Amina")
    await phone.tap("Cancel")
    await phone.tap("Menu")
    await phone.tap("Done")
    await phone.say("4")


async def test_steps_follow_one_another_to_the_end(phone: Phone, ending: Ending) -> None:
    await phone.say("/open walk about:7")
    assert "1/4" in phone.text
    await phone.say("Amina")
    assert "2/4" in phone.text
    await phone.tap("Cancel")
    assert "3/4" in phone.text
    await phone.tap("Menu")
    await phone.tap("Language")
    await phone.tap("✓ Menu")
    await phone.tap("Done")
    await phone.say("4")
    assert "Amina" in phone.text

    await phone.tap("Yes, that is right")

    assert phone.text == "finished"
    assert ending.answers == [
        {"name": "Amina", "colour": "blue", "several": ["green"], "even": 4, "ref": "about:7"}
    ]
    assert await forms.export_chat(phone.tx, CHAT) == {}


async def test_step_that_becomes_due_is_asked_and_counted(phone: Phone) -> None:
    await phone.say("/open walk")
    await phone.say("Amina")
    await phone.tap("Menu")

    assert "3/5" in phone.text
    await phone.tap("Skip")
    assert "4/5" in phone.text


async def test_what_is_asked_no_more_is_not_told(phone: Phone, ending: Ending) -> None:
    await phone.say("/open walk")
    await phone.say("Amina")
    await phone.tap("Menu")
    await phone.say("because")
    await phone.tap("Back")
    await phone.tap("Back")
    await phone.tap("Cancel")
    await phone.tap("Menu")
    await phone.tap("Done")
    await phone.say("4")
    await phone.tap("Yes, that is right")

    assert "why" not in ending.answers[0]


@pytest.mark.parametrize(
    ("said", "told"),
    [("far too long a name", "19"), ("   ", "short")],
)
async def test_wrong_answer_is_explained_and_asked_again(
    phone: Phone, said: str, told: str
) -> None:
    await phone.say("/open walk")
    await phone.say(said)

    assert told in phone.text
    assert "1/4" in phone.text


async def test_photo_is_no_answer_to_a_question_in_words(phone: Phone) -> None:
    await phone.say("/open walk")
    await phone.send("photo")

    assert "Please write it as a text" in phone.text
    await phone.say("Amina")
    assert "2/4" in phone.text


async def test_choice_may_be_written_in_any_language(phone: Phone, catalogs: Catalogs) -> None:
    await phone.say("/open walk")
    await phone.say("Amina")
    await phone.say(catalogs.words("ps").label("Cancel"))

    assert "3/4" in phone.text


async def test_sentence_that_names_no_choice_stays_at_the_step(phone: Phone) -> None:
    await phone.say("/open walk")
    await phone.say("Amina")
    await phone.say("who are you?")

    assert "2/4" in phone.text
    assert "Nothing here is called" in phone.text


async def test_back_shows_the_answer_and_keeps_it(phone: Phone, ending: Ending) -> None:
    await phone.say("/open walk")
    await phone.say("Amina")
    await phone.tap("Back")
    assert "1/4" in phone.text

    await phone.tap("Keep: Amina")

    assert "2/4" in phone.text


async def test_old_button_shows_the_step_where_the_dialog_stands(phone: Phone) -> None:
    await phone.say("/open walk")
    await phone.say("Amina")
    old = next(one for one in phone.shown if one.endswith(":blue"))
    await phone.press(old)
    assert "3/4" in phone.text

    await phone.press(old)

    assert "3/4" in phone.text
    assert phone.refused == ""


async def test_left_dialog_waits_and_goes_on_after_days(phone: Phone) -> None:
    await phone.say("/open walk")
    await phone.say("Amina")
    await phone.tap("Leave")
    await phone.say("a word")
    assert phone.text == "a question"
    phone.later(days=20)
    phone.speaks("ps")

    await phone.say("/my")
    await phone.press(phone.buttons[0].action or "")

    assert "2/4" in phone.text
    assert phone.catalogs.words("ps").label("Cancel") in phone.text


async def test_answer_after_days_still_belongs_to_its_question(phone: Phone) -> None:
    await phone.say("/open walk")
    phone.later(days=5)
    await phone.say("Amina")

    assert "2/4" in phone.text


async def test_anything_else_that_is_opened_lets_it_wait(phone: Phone) -> None:
    await phone.say("/open walk")
    await phone.say("/my")
    await phone.say("Amina")

    assert phone.text == "a question"


async def test_older_dialog_waits_while_a_newer_one_is_open(phone: Phone, ending: Ending) -> None:
    small = Form("small", 1, "Menu", (forms.yes_no("sure", "Menu"),), ending, has_summary=False)
    phone.forms = (*phone.forms, small)
    await phone.say("/open walk")
    await phone.say("Amina")
    await phone.say("/open small")
    await phone.tap("Yes")

    assert ending.answers == [{"sure": True, "ref": ""}]
    assert "You also began this: Main menu" in phone.text
    await phone.tap("Go on")
    assert "2/4" in phone.text


async def test_dialog_that_the_end_of_another_began_is_not_said_to_wait(
    phone: Phone, ending: Ending
) -> None:
    second = Form("second", 1, "Menu", (forms.yes_no("sure", "Menu"),), ending, has_summary=False)

    async def leads_on(tx: Tx, person: Any, answers: Any, incoming: Any) -> list[Message]:
        return await forms.begin(tx, person, incoming, second)

    first = Form("first", 1, "Menu", (forms.yes_no("sure", "Menu"),), leads_on, has_summary=False)
    phone.forms = (*phone.forms, first, second)
    await phone.say("/open first")
    await phone.tap("Yes")

    assert "You also began this" not in phone.text
    await phone.tap("Yes")
    assert phone.text == "finished"


async def test_opened_again_it_goes_on_where_it_was(phone: Phone) -> None:
    await phone.say("/open walk about:7")
    await phone.say("Amina")
    await phone.say("/open walk about:7")
    assert "You began this earlier" in phone.text
    assert "2/4" in phone.text

    await phone.tap("Start again")

    assert "1/4" in phone.text
    await phone.say("/open walk about:8")
    assert "earlier" not in phone.text


async def test_answer_is_changed_at_the_summary(phone: Phone, ending: Ending) -> None:
    await _to_the_summary(phone)
    await phone.tap("Change")
    await phone.tap("Menu:")
    await phone.say("Leila")
    assert "Leila" in phone.text

    await phone.tap("Yes, that is right")

    assert ending.answers[0]["name"] == "Leila"


async def test_change_may_ask_a_question_more(phone: Phone, ending: Ending) -> None:
    await _to_the_summary(phone)
    await phone.tap("Change")
    await phone.tap("Cancel")
    await phone.tap("Menu")
    await phone.say("because")
    await phone.tap("Yes, that is right")

    assert ending.answers[0]["why"] == "because"


async def test_thrown_away_nothing_is_left(phone: Phone) -> None:
    await phone.say("/open walk")
    await phone.say("Amina")
    await phone.tap("Leave")
    await phone.tap("Throw away")

    assert await forms.export_chat(phone.tx, CHAT) == {}


async def test_finished_twice_counts_once(phone: Phone, ending: Ending) -> None:
    await _to_the_summary(phone)
    again = next(one for one in phone.shown if one.startswith("form_ok:"))
    await phone.press(again)
    await phone.press(again)

    assert len(ending.answers) == 1
    assert phone.refused


async def test_refusal_at_the_end_keeps_the_dialog_open(phone: Phone, ending: Ending) -> None:
    await _to_the_summary(phone)
    ending.refuses = Refused
    await phone.tap("Yes, that is right")
    assert phone.refused == "That is not possible right now."

    ending.refuses = None
    await phone.tap("Yes, that is right")

    assert len(ending.answers) == 1


async def test_buttons_of_somebody_else_open_nothing(phone: Phone, ending: Ending) -> None:
    await _to_the_summary(phone)
    theirs = [one for one in phone.shown if one.startswith(("form_ok:", "form_go:", "form:"))]
    phone.person = Speaker(telegram_id=CHAT + 1, id=2)
    for one in theirs:
        await phone.press(one)
        assert phone.refused
    assert ending.answers == []


async def test_forged_buttons_change_nothing(phone: Phone, ending: Ending) -> None:
    await phone.say("/open walk")
    for data in ("form:", "form:x:y:z", "form:1", "form:1:colour", "form:1:colour:black"):
        await phone.press(data)
    for data in ("form_done:1:even", "form_skip:1:name", "form_ok:1", "form_edit:1:nowhere"):
        await phone.press(data)
    await phone.press("form_go:" + "9" * 40)

    assert ending.answers == []
    assert (await forms.export_chat(phone.tx, CHAT))["unfinished"] == [
        {"dialog": "walk", "answers": {"ref": ""}, "ref": ""}
    ]


async def test_newer_version_drops_what_no_longer_fits(phone: Phone, ending: Ending) -> None:
    await _to_the_summary(phone)
    (old,) = phone.forms
    fewer = forms.choice("colour", "Cancel", COLOURS[:1])
    newer = replace(old, version=2, steps=(old.steps[0], fewer, *old.steps[2:]))
    phone.forms = (newer,)

    await phone.tap("Yes, that is right")
    assert "2/4" in phone.text
    await phone.tap("Menu")
    await phone.tap("Skip")
    assert "Amina" in phone.text
    await phone.tap("Yes, that is right")

    assert ending.answers[0] == {
        "name": "Amina",
        "colour": "red",
        "why": None,
        "several": ["red"],
        "even": 4,
        "ref": "",
    } | {"ref": "about:7"}


async def test_dialog_that_exists_no_more_is_no_dead_end(phone: Phone) -> None:
    await phone.say("/open walk")
    phone.forms = ()
    await phone.say("Amina")
    assert phone.text == "a question"
    await phone.press("form_go:1")
    assert phone.refused


async def test_unfinished_ones_go_after_sixty_days(phone: Phone) -> None:
    await phone.say("/open walk")
    await phone.say("Amina")
    phone.later(days=59)
    await forms.remove_old(phone.tx, now=phone.at)
    assert await forms.export_chat(phone.tx, CHAT) != {}

    phone.later(days=2)
    await forms.remove_old(phone.tx, now=phone.at)

    assert await forms.export_chat(phone.tx, CHAT) == {}


async def test_forgotten_chat_has_no_dialogs(phone: Phone) -> None:
    await phone.say("/open walk")
    await forms.forget_chat(phone.tx, CHAT)

    assert await forms.export_chat(phone.tx, CHAT) == {}


async def test_only_the_newest_ten_are_kept(phone: Phone) -> None:
    for number in range(14):
        phone.later(minutes=1)
        await phone.say(f"/open walk about:{number}")

    left = (await forms.export_chat(phone.tx, CHAT))["unfinished"]
    assert isinstance(left, list)
    assert [one["ref"] for one in left] == [f"about:{number}" for number in range(13, 3, -1)]


async def test_opened_from_the_group_it_is_asked_in_private(phone: Phone, tx: Tx) -> None:
    async def opens(tx: Tx, person: Speaker, incoming: Any) -> Any:
        return await forms.begin(tx, person, incoming, phone.forms[0])

    phone.further = Routes(staff_commands={"refuse": opens})
    said = Said(chat_id=-100, is_private=False, at=AT, text="/refuse")

    (asked,) = await phone.take(said)

    assert isinstance(asked, Outgoing)
    assert asked.to == CHAT


async def test_taps_change_the_message_and_words_bring_a_new_one(phone: Phone) -> None:
    await phone.say("/open walk")
    await phone.say("Amina")
    assert isinstance(phone.screen, Outgoing)
    await phone.tap("Cancel")
    assert isinstance(phone.screen, Edit)


async def test_a_step_costs_few_statements(phone: Phone) -> None:
    await phone.say("/open walk")
    for go in (phone.say("Amina"), phone.tap("Cancel")):
        before = phone.tx.statements
        await go
        assert phone.tx.statements - before <= 7


async def test_many_options_come_by_pages_and_are_found_by_words(
    phone: Phone, ending: Ending
) -> None:
    async def towns(tx: Tx, person: Speaker, answers: Answers) -> list[tuple[str, str]]:
        return [(str(one), f"Town {{{one}}}") for one in range(40)]

    step = forms.choice("town", "Menu", towns)
    phone.forms = (Form("towns", 1, "Menu", (step,), ending, has_summary=False),)
    await phone.say("/open towns")
    assert len(phone.buttons) == 12 + 2
    await phone.tap("More (1 of 4)")
    assert phone.buttons[0].label == "Town {12}"
    await phone.say("{3")
    assert [one.label for one in phone.buttons[:2]] == ["Town {3}", "Town {30}"]
    await phone.say("Town {3}")

    assert ending.answers == [{"town": "3", "ref": ""}]


@pytest.mark.parametrize("names", [("a", "a"), ("ref",), ("x" * 17,), ("a:b",)])
def test_names_that_no_button_can_tell_apart_are_refused(
    names: tuple[str, ...], ending: Ending
) -> None:
    steps = tuple(forms.text(name, "Menu") for name in names)

    with pytest.raises(ValueError, match="walk"):
        Form("walk", 1, "Menu", steps, ending)


def test_two_dialogs_never_have_one_name(ending: Ending) -> None:
    with pytest.raises(ValueError, match="two dialogs"):
        forms.routes((_form(ending), _form(ending)))


async def _arrives(phone: Phone, at: int) -> None:
    """The dialog's last message has this id in Telegram."""
    assert isinstance(phone.screen, Outgoing)
    assert phone.screen.slot is not None
    await outbox.fill_slot(phone.tx, phone.screen.slot, CHAT, at)


async def test_reply_to_another_message_is_no_answer(phone: Phone, ending: Ending) -> None:
    await phone.say("/open walk")
    await _arrives(phone, 7)

    await phone.reply("What does it cost?", to=3)
    assert phone.text == "a question"

    await phone.say("Amina")
    assert "2/4" in phone.text


async def test_reply_to_the_question_itself_is_an_answer(phone: Phone) -> None:
    await phone.say("/open walk")
    await _arrives(phone, 7)
    await phone.reply("Amina", to=7)
    assert "2/4" in phone.text


async def test_reply_counts_while_telegram_has_not_said_where_the_question_is(phone: Phone) -> None:
    await phone.say("/open walk")
    await phone.reply("Amina", to=7)
    assert "2/4" in phone.text


@pytest.mark.parametrize("answered", [None, 12])
async def test_words_in_the_group_never_answer_a_private_dialog(
    phone: Phone, answered: int | None
) -> None:
    await phone.say("/open walk")
    replies = await phone.take(
        Said(
            chat_id=-100,
            is_private=False,
            at=AT,
            sender=Sender(id=CHAT),
            message_id=13,
            thread_id=5,
            reply_to=answered,
            text="Amina",
        )
    )

    assert replies == []
    unfinished = {"dialog": "walk", "answers": {"ref": ""}, "ref": ""}
    assert await forms.export_chat(phone.tx, CHAT) == {"unfinished": [unfinished]}


async def test_finished_dialog_leaves_no_name_behind(phone: Phone) -> None:
    await phone.say("/open walk")
    await _arrives(phone, 7)
    await phone.say("Amina")
    await phone.tap("Leave")
    await phone.tap("Throw away")
    assert await outbox.slots_of(phone.tx, "form:") == []
