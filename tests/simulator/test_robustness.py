"""Whatever comes in, the answer is Telegram's yes or no, never a crash."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator import bodies, dispatch, texts
from bot.simulator.entities import parse_html, utf16_length
from bot.simulator.errors import ApiError
from bot.simulator.world import World

PIECES = st.sampled_from(
    ["<b>", "</b>", "<a href=", '"x.be"', "'", ">", "</", "<", "&", "&#", "&#x", "41;", "&lt;",
     "=", " ",
     "<pre>", "</pre>", "<code class='language-x'>", "</code>", "<tg-time unix='x'>",
     "</tg-time>", "<tg-emoji emoji-id='5'>", "</tg-emoji>", "<blockquote expandable>",
     "👍", "\u2068ی", "\0", "x"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["inline_keyboard", "keyboard", "text", "callback_data", "type", "url",
                         "message_id", "offset", "length", "command", "description"]),
        inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_markup_is_read_or_refused(source: str) -> None:
    try:
        text, marks = parse_html(source)
    except ApiError:
        return
    length = utf16_length(text)
    assert all(m["offset"] >= 0 and m["offset"] + m["length"] <= length for m in marks)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_found_links_lie_inside_the_text(source: str) -> None:
    value = texts.formatted(source, None, None, lambda identifier: None)

    length = utf16_length(value.text)
    assert all(m["offset"] + m["length"] <= length for m in value.entities)


@settings(max_examples=200, deadline=None)
@given(
    method=st.sampled_from(["sendMessage", "sendPhoto", "setMyCommands", "editMessageText",
                            "sendMediaGroup", "setMessageReaction", "copyMessages", "getFile",
                            "createForumTopic", "setChatMenuButton", "answerCallbackQuery"]),
    given_value=JSON,
    name=st.sampled_from(["reply_markup", "entities", "reply_parameters", "commands", "media",
                          "reaction", "message_ids", "text", "chat_id", "scope", "photo",
                          "message_id", "menu_button", "name", "callback_query_id"]),
)  # fmt: skip
async def test_any_parameter_is_taken_or_refused(method: str, name: str, given_value: Any) -> None:
    world = World()
    person = world.add_person("Amina")
    world.chats[person.id].started = True
    parameters = {"chat_id": person.id, "text": "x", "message_id": 1, "media": [], "commands": []}

    answer = await dispatch.answer(world, world.token, method, parameters | {name: given_value})

    assert answer.status in (200, 400, 403)
    json.dumps(answer.body)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["application/json", "multipart/form-data; boundary=b", "multipart/form-data",
                     "application/x-www-form-urlencoded", "text/plain", ""]),
    st.lists(st.sampled_from([b"--b", b"\r\n", b"\r\n\r\n", b"a=1&b", b"[]",
                              b"Content-Disposition: form-data; name=",
                              b'"x"', b"; filename*=utf-8''..%2Fx", b"--", b"{", b"%zz", b"\xff"]),
             max_size=8).map(b"".join),
)  # fmt: skip
def test_any_body_is_read_or_called_unreadable(kind: str, body: bytes) -> None:
    try:
        found = bodies.parameters(b"", kind, body)
    except bodies.Unreadable:
        return
    assert isinstance(found, dict)
