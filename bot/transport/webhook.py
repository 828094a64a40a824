"""The webhook: Telegram posts updates to us; 200 means that they are stored.

A plain ASGI application: a framework costs more here than the work itself. Anything but 2xx makes
Telegram send the update again, so a fault of ours after storing must never show here.
"""

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from telegram import WebhookInfo
from telegram.error import BadRequest

from bot.errors import Misconfigured
from bot.transport import answers
from bot.transport.connection import Telegram
from bot.transport.polling import Put, is_update
from bot.transport.reading import ALLOWED_UPDATES

BODY_LIMIT = 1_000_000  # bytes; Telegram's updates stay far below
CONNECTIONS = 40  # that Telegram opens at most; its own default

_HEADER = b"x-telegram-bot-api-secret-token"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = structlog.get_logger()


class Webhook:
    """The application that stands at the webhook's address (any path it is mounted at)."""

    def __init__(self, secret: str, put: Put) -> None:
        if not secret:
            raise Misconfigured("The webhook needs a secret: without it anybody can post updates.")
        self._secret = secret.encode()
        self._put = put

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = await self._status(scope, receive)
        headers = [(b"content-length", b"0")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _status(self, scope: Scope, receive: Receive) -> int:
        if scope["method"] != "POST":
            return 405
        given = next((value for name, value in scope["headers"] if name == _HEADER), b"")
        if not hmac.compare_digest(given, self._secret):
            return 403
        body = await _body(receive)
        if body is None:
            return 413
        try:
            update = answers.decoded(body)
        except ValueError:
            return 400
        return await self._stored(update) if is_update(update) else 400

    async def _stored(self, update: dict[str, Any]) -> int:
        try:
            await self._put([update])
        except Exception:
            log.exception("webhook.not_stored", advice="Telegram sends the update again")
            return 503
        return 200


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when it is too big. A cut-off one is no JSON and refused for that."""
    parts, size = [], 0
    while True:
        event = await receive()
        part = event.get("body", b"")
        size += len(part)
        if size > BODY_LIMIT:
            return None
        parts.append(part)
        if not event.get("more_body", False):
            return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Registration:
    """What Telegram says about our webhook, for the health page."""

    url: str
    waiting: int
    last_error: str = ""
    last_error_at: datetime | None = None


async def register(telegram: Telegram, url: str, secret: str) -> Registration:
    """Tell Telegram where to post updates, for as long as it takes. Raises Misconfigured."""

    async def attempt() -> Registration:
        await telegram.bot.set_webhook(
            url,
            secret_token=secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=CONNECTIONS,
        )
        return await registration(telegram)

    try:
        found = await telegram.insist(attempt)
    except BadRequest as error:
        raise Misconfigured(f"Telegram refuses the webhook address: {error.message}.") from None
    if found.url != url:
        raise Misconfigured(
            "Telegram posts to another address than ours: another process registers a webhook "
            "for this bot; stop one of them."
        )
    if found.last_error:
        log.warning("webhook.had_trouble", reason=found.last_error, waiting=found.waiting)
    return found


async def registration(telegram: Telegram) -> Registration:
    """How Telegram sees our webhook now."""
    info: WebhookInfo = await telegram.bot.get_webhook_info()
    at = info.last_error_date
    return Registration(
        url=info.url,
        waiting=info.pending_update_count,
        last_error=info.last_error_message or "",
        last_error_at=at.astimezone(UTC) if at else None,
    )
