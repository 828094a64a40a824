"""setWebhook, deleteWebhook, getWebhookInfo; and getUpdates, which only one may use at a time."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.calls import Call, Method
from bot.simulator.errors import bad_request, conflict
from bot.simulator.world import WebhookSettings, World

SECRET = re.compile(r"^[A-Za-z0-9_-]{1,256}$")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to"
    " delete the webhook first"
)


def set_webhook(world: World, call: Call) -> bool:
    url = call.get("url", "")
    if url:
        _check(url, call)
    if call.get("drop_pending_updates"):
        world.updates.drop_all()
    world.updates.allow(call.get("allowed_updates"))
    world.updates.abort_poll("setWebhook request")
    world.webhook = WebhookSettings(url, call.get("secret_token"), call.get("max_connections", 40))
    world.wake_webhook()
    return True


def _check(url: str, call: Call) -> None:
    """HTTPS as at Telegram; plain HTTP is accepted towards this machine."""
    parts = urlsplit(url)
    is_local = parts.hostname in LOOPBACK
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise bad_request("invalid webhook URL specified")
    if parts.scheme == "http" and not is_local:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.get("secret_token")
    if secret is not None and not SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= call.get("max_connections", 40) <= 100:
        raise bad_request("max_connections must be between 1 and 100")


def delete_webhook(world: World, call: Call) -> bool:
    if call.get("drop_pending_updates"):
        world.updates.drop_all()
    world.webhook = WebhookSettings()
    world.wake_webhook()
    return True


def get_webhook_info(world: World, call: Call) -> dict[str, Any]:
    hook = world.webhook
    info: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending(),
    }
    if hook.url:
        info["max_connections"] = hook.max_connections
    if hook.last_error_at is not None:
        info |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


async def get_updates(world: World, call: Call) -> list[dict[str, Any]]:
    if world.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    world.updates.allow(call.get("allowed_updates"))
    offset, limit = call.get("offset", 0), call.get("limit", 100)
    wait: float = call.get("timeout", 0)
    if world.limits.on:
        wait, limit = world.updates.patience(offset, wait, limit, world.limits.speed)
    return [update.as_api for update in await world.updates.poll(offset, limit, wait)]


METHODS: dict[str, Method] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
