"""Each kind of message as Bot API calls."""

from typing import Any

import pytest

from bot.delivery import messages
from bot.delivery.incoming import Entity
from bot.delivery.messages import Button, Key, Keyboard, Message
from bot.transport import composing
from tests.support import bot_api

SLOTS = {"case:1:topic": 77, "case:1:card": 500, "general": 1}
NO_PREVIEW = {"is_disabled": True}

TEXT = messages.Outgoing(to=5, text="<b>Hi</b>")
RELAYED = messages.Outgoing(
    to=5,
    text="a <b> c",
    entities=(
        Entity(type="bold", offset=0, length=1),
        Entity(type="text_mention", offset=2, length=3),
        Entity(type="text_link", offset=6, length=1, url="https://example.org/"),
    ),
)
BUTTONS = (
    (Button("One", action="topic:one"), Button("Site", url="https://example.org/")),
    (Button("Copy", copy="BE01"),),
)
KEYBOARD = Keyboard(rows=((Key("Menu"), Key("Me", asks="contact")),), placeholder="p" * 70)
FILE = messages.File(to=5, made=messages.Made("letter", "1"), name="letter.pdf", caption="<i>x</i>")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            TEXT,
            {
                "chat_id": 5,
                "text": "<b>Hi</b>",
                "parse_mode": "HTML",
                "link_preview_options": NO_PREVIEW,
            },
        ),
        (
            messages.Outgoing(to=5, text="x", shows_preview=True),
            {"chat_id": 5, "text": "x", "parse_mode": "HTML"},
        ),
        (
            RELAYED,
            {
                "chat_id": 5,
                "text": "a <b> c",
                "entities": [
                    {"type": "bold", "offset": 0, "length": 1},
                    {"type": "text_link", "offset": 6, "length": 1, "url": "https://example.org/"},
                ],
                "link_preview_options": NO_PREVIEW,
            },
        ),
        (
            messages.Outgoing(
                to=-9, text="x", in_topic="case:1:topic", reply_to="case:1:card", is_silent=True
            ),
            {
                "chat_id": -9,
                "text": "x",
                "parse_mode": "HTML",
                "message_thread_id": 77,
                "reply_parameters": {"message_id": 500, "allow_sending_without_reply": True},
                "disable_notification": True,
                "link_preview_options": NO_PREVIEW,
            },
        ),
        (
            messages.Outgoing(to=-9, text="x", in_topic="general", reply_to="case:2:card"),
            {
                "chat_id": -9,
                "text": "x",
                "parse_mode": "HTML",
                "link_preview_options": NO_PREVIEW,
            },
        ),
    ],
    ids=["html", "with preview", "relayed", "placed", "general, answered gone"],
)
def test_text_says_where_and_how_it_stands(message: Message, expected: dict[str, Any]) -> None:
    assert composing.requests_of(message, SLOTS) == [("sendMessage", expected)]


def test_buttons_stand_in_rows_below_the_text() -> None:
    [(_, params)] = composing.requests_of(messages.Outgoing(to=5, text="x", buttons=BUTTONS))

    assert params["reply_markup"] == {
        "inline_keyboard": [
            [
                {"text": "One", "callback_data": "topic:one"},
                {"text": "Site", "url": "https://example.org/"},
            ],
            [{"text": "Copy", "copy_text": {"text": "BE01"}}],
        ]
    }


@pytest.mark.parametrize(
    ("reply_to", "expected"),
    [(7, {"force_reply": True, "selective": True}), (None, {"force_reply": True})],
    ids=["of whom it answers", "of all who read it"],
)
def test_prompt_asks_for_a_reply(reply_to: int | None, expected: dict[str, Any]) -> None:
    prompt = messages.Outgoing(to=-5, text="Why?", wants_reply=True, reply_to=reply_to)

    [(_, params)] = composing.requests_of(prompt)

    assert params["reply_markup"] == expected


@pytest.mark.parametrize(
    ("keyboard", "expected"),
    [
        (
            KEYBOARD,
            {
                "keyboard": [[{"text": "Menu"}, {"text": "Me", "request_contact": True}]],
                "resize_keyboard": True,
                "is_persistent": True,
                "input_field_placeholder": "p" * 64,
            },
        ),
        (
            Keyboard(rows=((Key("Here", asks="location"),),), stays=False),
            {
                "keyboard": [[{"text": "Here", "request_location": True}]],
                "resize_keyboard": True,
                "one_time_keyboard": True,
            },
        ),
        (Keyboard(), {"remove_keyboard": True}),
    ],
    ids=["stays", "once", "taken away"],
)
def test_reply_keyboard_stays_goes_or_is_taken_away(
    keyboard: Keyboard, expected: dict[str, Any]
) -> None:
    [(_, params)] = composing.requests_of(messages.Outgoing(to=5, text="x", keyboard=keyboard))

    assert params["reply_markup"] == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            messages.Edit(to=5, text="x", slot="case:1:card"),
            (
                "editMessageText",
                {
                    "chat_id": 5,
                    "message_id": 500,
                    "text": "x",
                    "parse_mode": "HTML",
                    "link_preview_options": NO_PREVIEW,
                },
            ),
        ),
        (
            messages.Edit(to=5, text="x", message_id=8, is_caption=True),
            (
                "editMessageCaption",
                {"chat_id": 5, "message_id": 8, "caption": "x", "parse_mode": "HTML"},
            ),
        ),
        (
            messages.Edit(to=5, text="x", slot="case:2:card"),
            (
                "sendMessage",
                {
                    "chat_id": 5,
                    "text": "x",
                    "parse_mode": "HTML",
                    "link_preview_options": NO_PREVIEW,
                },
            ),
        ),
        (
            messages.Toast(to=5, text="é" * 250, is_alert=True, query_id="9"),
            (
                "answerCallbackQuery",
                {"callback_query_id": "9", "text": "é" * 200, "show_alert": True},
            ),
        ),
        (
            messages.Toast(to=5, query_id="9"),
            ("answerCallbackQuery", {"callback_query_id": "9"}),
        ),
        (
            messages.Copy(to=5, from_chat=6, message_ids=(3,), caption="<b>c</b>"),
            (
                "copyMessage",
                {
                    "chat_id": 5,
                    "from_chat_id": 6,
                    "message_id": 3,
                    "caption": "<b>c</b>",
                    "parse_mode": "HTML",
                },
            ),
        ),
        (
            messages.Copy(to=5, from_chat=6, message_ids=(4, 3), caption="c", reply_to=9),
            ("copyMessages", {"chat_id": 5, "from_chat_id": 6, "message_ids": [3, 4]}),
        ),
        (
            messages.Location(to=5, latitude=51.0, longitude=4.4),
            ("sendLocation", {"chat_id": 5, "latitude": 51.0, "longitude": 4.4}),
        ),
        (FILE, ("sendDocument", {"chat_id": 5, "caption": "<i>x</i>", "parse_mode": "HTML"})),
        (
            messages.Delete(to=5, message_ids=(3,)),
            ("deleteMessage", {"chat_id": 5, "message_id": 3}),
        ),
        (
            messages.Delete(to=5, message_ids=(3,), slot="case:1:card"),
            ("deleteMessages", {"chat_id": 5, "message_ids": [3, 500]}),
        ),
        (
            messages.React(to=5, message_id=3, emoji="👍"),
            (
                "setMessageReaction",
                {"chat_id": 5, "message_id": 3, "reaction": [{"type": "emoji", "emoji": "👍"}]},
            ),
        ),
        (
            messages.React(to=5, message_id=3),
            ("setMessageReaction", {"chat_id": 5, "message_id": 3, "reaction": []}),
        ),
        (
            messages.Pin(to=5, slot="case:1:card"),
            (
                "pinChatMessage",
                {"chat_id": 5, "message_id": 500, "disable_notification": True},
            ),
        ),
        (
            messages.MakeTopic(to=-9, slot="s", name="n" * 200, colour=0x6FB9F0),
            ("createForumTopic", {"chat_id": -9, "name": "n" * 128, "icon_color": 0x6FB9F0}),
        ),
        (
            messages.ChangeTopic(to=-9, in_topic="case:1:topic", change="rename", name="new"),
            ("editForumTopic", {"chat_id": -9, "message_thread_id": 77, "name": "new"}),
        ),
        (
            messages.ChangeTopic(to=-9, in_topic=77, change="close"),
            ("closeForumTopic", {"chat_id": -9, "message_thread_id": 77}),
        ),
        (
            messages.ChangeTopic(to=-9, in_topic=77, change="reopen"),
            ("reopenForumTopic", {"chat_id": -9, "message_thread_id": 77}),
        ),
        (
            messages.ChangeTopic(to=-9, in_topic=77, change="delete"),
            ("deleteForumTopic", {"chat_id": -9, "message_thread_id": 77}),
        ),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, tuple) else value[0],
)
def test_each_message_becomes_its_valid_call(
    message: Message, expected: tuple[str, dict[str, Any]]
) -> None:
    [(method, params)] = composing.requests_of(message, SLOTS)

    assert (method, params) == expected
    assert set(params) <= bot_api.parameters(method)


def test_deleting_what_was_never_sent_needs_no_call() -> None:
    assert composing.requests_of(messages.Delete(to=5, slot="case:2:card")) == []


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (messages.Outgoing(to=-9, text="x", in_topic="case:2:topic"), "topic_gone"),
        (messages.ChangeTopic(to=-9, in_topic="case:2:topic", change="close"), "topic_gone"),
        (messages.Edit(to=-9, text="x", slot="case:2:card", or_send=False), "gone"),
        (messages.Pin(to=-9, slot="case:2:card"), "gone"),
        (messages.Copy(to=-9, from_chat=5, message_ids=()), "gone"),
        (messages.Toast(to=5, text="x"), "other"),
    ],
    ids=["text in topic", "topic", "edit", "pin", "copy of nothing", "toast without tap"],
)
def test_message_that_names_nothing_cannot_be_composed(message: Message, kind: str) -> None:
    with pytest.raises(composing.Unresolved) as caught:
        composing.calls_of(message, SLOTS)

    assert caught.value.kind == kind


def test_plain_text_keeps_names_and_addresses() -> None:
    html = 'Dear &lt;Ahmad&gt; <Ali>, <b>read</b> <a href="https://x.be/?a=1&amp;b=2">this</a>'

    assert composing.plain(html) == "Dear <Ahmad> <Ali>, read this (https://x.be/?a=1&b=2)"
