"""The webhook's door: who may enter, and when it says 200."""

import json
from typing import Any

import pytest

from bot.errors import Misconfigured
from bot.transport import webhook
from bot.transport.polling import Update
from bot.transport.reading import ALLOWED_UPDATES
from bot.transport.webhook import Webhook
from tests.transport.fake_api import error, ok
from tests.transport.test_connection import open_line

SECRET = "a-Secret_1"
URL = "https://bot.example.org/telegram/700"
BODY = json.dumps({"update_id": 5, "message": {"text": "سلام"}}).encode()


class Store:
    def __init__(self, *, is_broken: bool = False) -> None:
        self.kept: list[Update] = []
        self._is_broken = is_broken

    async def put(self, updates: list[Update]) -> None:
        if self._is_broken:
            raise OSError("the disk is full")
        self.kept += updates


async def post(
    store: Store, *parts: bytes, secret: str | None = SECRET, method: str = "POST"
) -> tuple[int, bytes]:
    """One request to the application; the body in `parts`."""
    events = [
        {"type": "http.request", "body": part, "more_body": index < len(parts) - 1}
        for index, part in enumerate(parts)
    ]
    said: list[Any] = []

    async def receive() -> Any:
        return events.pop(0) if events else {"type": "http.disconnect"}

    async def send(event: Any) -> None:
        said.append(event)

    headers = [(b"content-type", b"application/json")]
    if secret is not None:
        headers.append((b"x-telegram-bot-api-secret-token", secret.encode()))
    scope = {"type": "http", "method": method, "path": "/telegram/700", "headers": headers}
    await Webhook(SECRET, store.put)(scope, receive, send)
    return said[0]["status"], said[1]["body"]


async def test_update_is_stored_before_it_is_accepted() -> None:
    store = Store()

    assert await post(store, BODY[:7], BODY[7:]) == (200, b"")
    assert store.kept == [{"update_id": 5, "message": {"text": "سلام"}}]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET.lower(), SECRET + "é"])
async def test_stranger_is_turned_away_without_a_word(secret: str | None) -> None:
    store = Store()

    assert await post(store, BODY, secret=secret) == (403, b"")
    assert store.kept == []


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ((b"{broken",), 400),
        ((b"[]",), 400),
        ((b'{"update_id":"5"}',), 400),
        ((b'{"update_id":true}',), 400),
        ((b"",), 400),
        ((), 400),
        ((b" " * 600_000, b" " * 600_000), 413),
        ((b'{"update_id":5,"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",), 400),
        ((b'{"update_id":5,"x":"\\ud800","y":' + b"[" * 100_000 + b"]" * 100_000 + b"}",), 400),
        ((b'{"update_id":%d}' % 2**63,), 400),
    ],
    ids=[
        "broken",
        "list",
        "text id",
        "truth id",
        "empty",
        "cut off",
        "too big",
        "deep",
        "deep and torn",
        "too great",
    ],
)
async def test_what_is_no_update_is_refused(parts: tuple[bytes, ...], status: int) -> None:
    store = Store()

    assert await post(store, *parts) == (status, b"")
    assert store.kept == []


async def test_other_methods_than_post_are_refused() -> None:
    assert await post(Store(), BODY, method="GET") == (405, b"")


async def test_update_that_could_not_be_stored_is_asked_again() -> None:
    assert await post(Store(is_broken=True), BODY) == (503, b"")


@pytest.mark.parametrize("sign", [r"\u0000", r"\ud800"], ids=["nul", "half a pair"])
async def test_sign_that_no_database_stores_is_replaced(sign: str) -> None:
    store = Store()
    body = f'{{"update_id":5,"message":{{"text":"a{sign}b","media_group_id":"{sign}"}}}}'

    assert await post(store, body.encode()) == (200, b"")
    assert store.kept == [
        {"update_id": 5, "message": {"text": "a\ufffdb", "media_group_id": "\ufffd"}}
    ]


def test_webhook_without_a_secret_is_a_mistake() -> None:
    with pytest.raises(Misconfigured):
        Webhook("", Store().put)


async def test_registration_names_address_secret_and_updates() -> None:
    info = {
        "url": URL,
        "has_custom_certificate": False,
        "pending_update_count": 3,
        "last_error_date": 1_767_225_600,
        "last_error_message": "Connection refused",
    }

    async with open_line(error(502, "Bad Gateway"), ok(True), ok(info)) as (line, api):
        found = await webhook.register(line, URL, SECRET)

    assert (found.url, found.waiting, found.last_error) == (URL, 3, "Connection refused")
    assert api.methods == ["setWebhook", "setWebhook", "getWebhookInfo"]
    sent = api.asked[1][1]
    assert (sent["url"], sent["secret_token"]) == (URL, SECRET)
    assert json.loads(sent["allowed_updates"]) == list(ALLOWED_UPDATES)
    assert sent.get("drop_pending_updates") in (None, "false")


async def test_refused_address_is_the_operators_mistake() -> None:
    answer = error(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook")

    async with open_line(answer) as (line, _):
        with pytest.raises(Misconfigured, match="https url must be provided"):
            await webhook.register(line, "http://x", SECRET)


async def test_address_taken_by_another_process_is_told() -> None:
    info = {
        "url": "https://other.example.org/",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }

    async with open_line(ok(True), ok(info)) as (line, _):
        with pytest.raises(Misconfigured, match="another process"):
            await webhook.register(line, URL, SECRET)
