"""The line to the Bot API over a real socket."""

import asyncio
import socket
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken

from bot.errors import Misconfigured
from bot.transport.answers import Flooded, NeverSent, PerhapsSent, TokenRefused
from bot.transport.connection import Me, Telegram
from bot.transport.patience import Patience
from bot.transport.requests import NotGiven, TooLarge, Upload
from tests.transport.fake_api import CUT, HANG, ME, TOKEN, Answer, FakeApi, error, fake_api, ok

QUICK = Patience(first=0.001, longest=0.002)


@asynccontextmanager
async def line_to(url: str) -> AsyncIterator[Telegram]:
    line = Telegram(TOKEN, api=url, patience=QUICK)
    try:
        yield line
    finally:
        await line.close()


@asynccontextmanager
async def open_line(*answers: Any) -> AsyncIterator[tuple[Telegram, FakeApi]]:
    async with fake_api() as api, line_to(api.url) as line:
        await line.open()
        api.asked.clear()
        api.answers = list(answers)
        yield line, api


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


async def test_open_line_knows_who_the_bot_is() -> None:
    async with open_line() as (line, _):
        assert line.me == Me(id=700, username="wegwijzerbot", name="Wegwijzer")
        assert line.id == 700


async def test_opening_waits_until_telegram_answers() -> None:
    answers = [CUT, error(502, "Bad Gateway"), Answer(404, b"<html>nginx</html>"), ok(ME)]

    async with fake_api(*answers) as api, line_to(api.url) as line:
        await line.open()

        assert api.methods == ["getMe"] * 4


@pytest.mark.parametrize(
    "answer", [error(401, "Unauthorized"), error(404, "Not Found")], ids=["revoked", "misspelt"]
)
async def test_wrong_token_is_told_without_showing_it(answer: Answer) -> None:
    async with fake_api(answer) as api, line_to(api.url) as line:
        with pytest.raises(Misconfigured) as caught:
            await line.open()

    assert TOKEN not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("token", ["", "abc", "700", "700:", ":secret", "٧٠٠:secret"])
def test_malformed_token_is_refused_before_asking(token: str) -> None:
    with pytest.raises(Misconfigured):
        Telegram(token)


async def test_call_sends_parameters_and_gives_the_result() -> None:
    params = {"chat_id": 5, "text": "سلام", "reply_markup": {"remove_keyboard": True}}

    async with open_line(ok({"message_id": 3})) as (line, api):
        result = await line.call("sendMessage", params)

    assert result == {"message_id": 3}
    assert api.asked == [("sendMessage", params)]


async def test_upload_carries_its_bytes_and_nested_parameters() -> None:
    params = {"chat_id": 5, "caption": "é", "reply_markup": {"inline_keyboard": []}}

    async with open_line(ok({"message_id": 3})) as (line, api):
        await line.call("sendDocument", params, upload=Upload("document", "brief é.pdf", b"\x00%"))

    assert api.asked == [
        (
            "sendDocument",
            {
                "chat_id": "5",
                "caption": "é",
                "reply_markup": '{"inline_keyboard":[]}',
                "document": ("brief é.pdf", b"\x00%"),
            },
        )
    ]


async def test_library_bot_shares_the_connection() -> None:
    async with open_line(
        ok({"message_id": 3, "date": 1, "chat": {"id": 5, "type": "private"}})
    ) as (
        line,
        api,
    ):
        bot: Bot = line.bot
        sent = await bot.send_document(5, b"%PDF", filename="a.pdf", caption="x")

    assert sent.message_id == 3
    [(method, params)] = api.asked
    assert (method, params["caption"]) == ("sendDocument", "x")
    assert b"%PDF" in [value[1] for value in params.values() if isinstance(value, tuple)]


@pytest.mark.parametrize(
    ("answer", "expected", "text"),
    [
        (error(400, "Bad Request: TOPIC_CLOSED"), BadRequest, "Topic_closed"),
        (error(401, "Unauthorized"), TokenRefused, "Unauthorized"),
        (error(403, "Forbidden: bot was blocked by the user"), Forbidden, "blocked"),
        (error(404, "Not Found"), InvalidToken, "Not Found"),
        (error(409, "Conflict: terminated by other getUpdates request"), Conflict, "terminated"),
        (error(500, "Internal Server Error"), NeverSent, "500"),
        (Answer(502, b"<html>bad gateway</html>"), NeverSent, "502"),
        (Answer(403, b"<html>proxy says no</html>"), NeverSent, "403"),
        (Answer(302, b""), NeverSent, "302"),
        (Answer(413, b"<html>too large</html>"), BadRequest, "Too Large"),
        (Answer(200, b"<html>hotel wifi</html>"), PerhapsSent, "not one of Telegram's"),
        (Answer(200, b'{"ok":true}'), PerhapsSent, "not one of Telegram's"),
        (Answer(200, b"[]"), PerhapsSent, "not one of Telegram's"),
        (CUT, PerhapsSent, "ServerDisconnectedError"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_each_answer_becomes_its_own_error(
    answer: Any, expected: type[Exception], text: str
) -> None:
    async with open_line(answer) as (line, _):
        with pytest.raises(expected) as caught:
            await line.call("sendMessage", {"chat_id": 5, "text": "x"})

    assert type(caught.value) is expected
    assert text in str(caught.value)


async def test_too_many_requests_name_their_pause() -> None:
    async with open_line(error(429, "Too Many Requests", retry_after=17)) as (line, _):
        with pytest.raises(Flooded) as caught:
            await line.call("sendMessage")

    assert caught.value.pause == timedelta(seconds=17)


async def test_migrated_group_names_its_new_id() -> None:
    answer = error(400, "Bad Request: upgraded", migrate_to_chat_id=-100123)

    async with open_line(answer) as (line, _):
        with pytest.raises(ChatMigrated) as caught:
            await line.call("sendMessage")

    assert caught.value.new_chat_id == -100123


async def test_refused_connection_was_never_sent() -> None:
    async with line_to(f"http://127.0.0.1:{closed_port()}") as line:
        await line._requests.initialize()

        with pytest.raises(NeverSent) as caught:
            await line.call("sendMessage")

    assert TOKEN not in "".join(traceback.format_exception(caught.value))


async def test_unknown_host_was_never_sent() -> None:
    async with line_to("http://telegram.invalid") as line:
        await line._requests.initialize()

        with pytest.raises(NeverSent):
            await line.call("sendMessage")


async def test_line_that_is_not_open_sends_nothing() -> None:
    async with fake_api() as api, line_to(api.url) as line:
        with pytest.raises(NeverSent):
            await line.call("sendMessage")

        assert api.asked == []


async def test_answer_that_does_not_come_is_uncertain() -> None:
    async with open_line(HANG) as (line, _):
        with pytest.raises(PerhapsSent):
            await line.call("sendMessage", read_timeout=0.01)


async def test_full_pool_was_never_sent() -> None:
    async with open_line(HANG) as (line, api):
        line._requests._connections = 1
        line._requests._connect_timeout = 0.01
        await line._requests.shutdown()
        await line._requests.initialize()
        busy = asyncio.create_task(line.call("getUpdates"))
        await api.hanging.wait()

        with pytest.raises(NeverSent):
            await line.call("sendMessage")

        busy.cancel()
        assert api.methods == ["getUpdates"]


async def test_broken_letters_in_an_answer_are_replaced() -> None:
    body = b'{"ok":true,"result":[{"update_id":1,"a":"\xff","b":"\\ud83d"}]}'

    async with open_line(Answer(200, body)) as (line, _):
        result = await line.call("getUpdates")

    assert result == [{"update_id": 1, "a": "\ufffd", "b": "\ufffd"}]


async def test_proxy_of_the_environment_carries_the_request(monkeypatch: Any) -> None:
    async with fake_api(ok(ME)) as proxy, line_to("http://bot-api.invalid") as line:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "localhost")

        await line.open()

    assert proxy.methods == ["getMe"]


async def test_unreachable_proxy_means_never_sent(monkeypatch: Any) -> None:
    async with line_to("http://behind-proxy.invalid") as line:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
        await line._requests.initialize()

        with pytest.raises(NeverSent):
            await line.call("getMe")


async def test_its_name_is_known_once_telegram_has_said_it() -> None:
    async with fake_api() as api, line_to(api.url) as line:
        before = line.name()
        await line.open()

        assert (before, line.name()) == ("", ME["username"])


async def test_a_file_is_fetched_up_to_a_size() -> None:
    file = ok({"file_id": "a", "file_size": 5, "file_path": "documents/file_1.bin"})

    async with open_line(file, Answer(200, b"12345")) as (line, api):
        assert await line.fetch("a", most=5) == b"12345"
        assert api.asked[0] == ("getFile", {"file_id": "a"})


@pytest.mark.parametrize("claimed", [6, 0], ids=["honest", "lying"])
async def test_a_file_that_is_too_large_is_not_taken_in(claimed: int) -> None:
    file = ok({"file_id": "a", "file_size": claimed, "file_path": "documents/file_1.bin"})

    async with open_line(file, Answer(200, b"123456")) as (line, _):
        with pytest.raises(TooLarge):
            await line.fetch("a", most=5)


async def test_a_file_that_telegram_does_not_give_is_not_tried_again() -> None:
    async with open_line(error(400, "Bad Request: wrong file_id")) as (line, _):
        with pytest.raises(NotGiven):
            await line.fetch("a", most=5)
