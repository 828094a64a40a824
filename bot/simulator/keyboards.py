"""Keyboards under messages: what Telegram accepts and what it refuses.

The shape (fields, types) was already checked against the specification; here come the rules
that the tables do not hold.
"""

from collections.abc import Iterator
from typing import Any

from bot.simulator.entities import checked_link
from bot.simulator.errors import ApiError, bad_request

Markup = dict[str, Any]

BUTTON_LIMIT = 100
ROW_LIMIT = 8
DATA_BYTES = 64
MARKUP_BYTES = 10_000
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
REQUESTS = ("request_contact", "request_location", "request_poll", "request_users", "request_chat")
STYLES = ("danger", "success", "primary")


def is_inline(markup: Markup | None) -> bool:
    return bool(markup) and "inline_keyboard" in (markup or {})


def buttons(markup: Markup | None) -> Iterator[dict[str, Any]]:
    """Every button, row by row, of either kind of keyboard."""
    for row in (markup or {}).get("inline_keyboard") or (markup or {}).get("keyboard") or []:
        yield from row


def checked(markup: Markup | None, *, is_private: bool) -> Markup | None:
    """The markup as it will be shown, or 400; an empty keyboard is no keyboard."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        return _inline(markup)
    if "keyboard" in markup:
        return _reply(markup, is_private=is_private)
    placeholder = markup.get("input_field_placeholder", "")
    if len(placeholder) > 64:
        raise bad_request("REPLY_MARKUP_PLACEHOLDER_TOO_LONG")
    return markup


def _rows(rows: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    kept = [row for row in rows if row]
    if any(len(row) > ROW_LIMIT for row in kept) or sum(map(len, kept)) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    return kept


def _inline(markup: Markup) -> Markup | None:
    rows = _rows(markup["inline_keyboard"])
    size = 0
    for row in rows:
        for button in row:
            size += _inline_button(button)
    if size > MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _inline_button(button: dict[str, Any]) -> int:
    """Refuses what cannot be pressed; gives the bytes that the button takes."""
    if not button["text"].strip():
        raise _broken("text buttons must be non-empty", "inline keyboard button")
    if not any(action in button for action in ACTIONS):
        raise bad_request(
            "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard"
        )
    if sum(action in button for action in ACTIONS) > 1:
        raise _broken("exactly one action is allowed", "inline keyboard button")
    data = button.get("callback_data", "x").encode()
    if not 0 < len(data) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not checked_link(button["url"]):
        raise bad_request(
            f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
        )
    if "web_app" in button and not button["web_app"]["url"].startswith("https://"):
        raise bad_request("BUTTON_URL_INVALID")
    if not 0 < len(button.get("copy_text", {}).get("text", "x")) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    _style(button)
    return len(button["text"].encode()) + len(data)


def _style(button: dict[str, Any]) -> None:
    if button.get("style", "primary") not in STYLES:
        raise bad_request("button style is invalid")


def _broken(reason: str, what: str) -> ApiError:
    return bad_request(f"can't parse {what}: {reason}")


def _reply(markup: Markup, *, is_private: bool) -> Markup:
    rows = _rows([[_plain(button) for button in row] for row in markup["keyboard"]])
    if not rows:
        raise bad_request("REPLY_MARKUP_EMPTY")
    if not 1 <= len(markup.get("input_field_placeholder", "x")) <= 64:
        raise bad_request("REPLY_MARKUP_PLACEHOLDER_TOO_LONG")
    for row in rows:
        for button in row:
            _reply_button(button, is_private=is_private)
    return {**markup, "keyboard": rows}


def _plain(button: Any) -> dict[str, Any]:
    return {"text": button} if isinstance(button, str) else dict(button)


def _reply_button(button: dict[str, Any], *, is_private: bool) -> None:
    if not button["text"].strip():
        raise _broken("button text must be non-empty", "keyboard button")
    for request in REQUESTS[:3]:
        if button.get(request) and not is_private:
            what = request.removeprefix("request_").replace("contact", "phone number")
            raise bad_request(f"{what} can be requested in private chats only")
    _style(button)
