"""Each kind of message as the Bot API calls that carry it out. Pure: nothing is sent here."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.delivery import messages
from bot.delivery.incoming import Entity
from bot.delivery.messages import Buttons, Keyboard, Message
from bot.delivery.outcomes import RefusedKind
from bot.errors import Error

Slots = Mapping[str, int]

_GENERAL = 1  # the General topic is addressed by naming none (telegram-bot-api#447)
_TOAST_LIMIT = 200
_NAME_LIMIT = 128
_PLACEHOLDER_LIMIT = 64

# Telegram finds the others (links, mentions …) itself; some of them need what we do not keep.
_STYLES = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
}

_LINK = re.compile(r'<a\s+href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|ins|s|strike|del|a|code|pre|blockquote|span|tg-[a-z]+)(?:\s[^>]*)?>"
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `file` names the parameter that carries the file made for it."""

    method: str
    params: dict[str, Any]
    file: str | None = None


class Unresolved(Error):
    """The message names a slot that nothing fills (any more)."""

    def __init__(self, name: str, kind: RefusedKind) -> None:
        super().__init__(f"nothing is known under {name}")
        self.kind: RefusedKind = kind


def calls_of(message: Message, slots: Slots) -> list[Call]:
    """The calls for `message`, in order. Raises Unresolved.

    An album keeps its own captions: copyMessages can change neither captions nor buttons.
    """
    return _COMPOSERS[type(message)](message, slots)


def requests_of(message: Message, slots: Slots | None = None) -> list[tuple[str, dict[str, Any]]]:
    """The same as plain pairs of method and parameters."""
    return [(call.method, call.params) for call in calls_of(message, slots or {})]


def as_new(edit: messages.Edit) -> Call:
    """An edit whose message is gone, as a message of its own."""
    return Call("sendMessage", {"chat_id": edit.to} | _edited(edit, is_caption=False))


def as_plain(call: Call) -> Call | None:
    """The call with its styling taken off; None when it has none."""
    field = "text" if "text" in call.params else "caption"
    params = dict(call.params)
    styles = params.pop("parse_mode", None)
    entities = [params.pop(name, None) for name in ("entities", "caption_entities")]
    if styles:
        params[field] = plain(params[field])
    return replace(call, params=params) if styles or any(entities) else None


def in_words(call: Call) -> Call | None:
    """A picture's words without it; None when it has none."""
    params = dict(call.params)
    params.pop("photo")
    if "caption" not in params:
        return None
    params["text"] = params.pop("caption")
    if "caption_entities" in params:
        params["entities"] = params.pop("caption_entities")
    return Call("sendMessage", params | {"link_preview_options": {"is_disabled": True}})


def plain(text: str) -> str:
    """HTML as plain text; the addresses of links stay."""
    return html.unescape(_TAG.sub("", _LINK.sub(r"\2 (\1)", text)))


def _outgoing(message: messages.Outgoing, slots: Slots) -> list[Call]:
    if message.picture:
        return [_picture(message, slots)]
    return [_in_words(message, slots)]


def _picture(message: messages.Outgoing, slots: Slots) -> Call:
    params = _placed(message, slots) | {"photo": message.picture} | _with_buttons(message.buttons)
    if message.text:
        params |= _text("caption", message.text, message.entities)
    return Call("sendPhoto", params)


def _in_words(message: messages.Outgoing, slots: Slots) -> Call:
    params = _placed(message, slots) | _text("text", message.text, message.entities)
    if not message.shows_preview:
        params["link_preview_options"] = {"is_disabled": True}
    if message.buttons:
        params["reply_markup"] = _inline(message.buttons)
    elif message.keyboard is not None:
        params["reply_markup"] = _keyboard(message.keyboard)
    elif message.wants_reply:
        params["reply_markup"] = _forced_reply(params)
    return Call("sendMessage", params)


def _forced_reply(params: dict[str, Any]) -> dict[str, Any]:
    """Of whom it answers; where it answers nobody, selective would ask nobody."""
    selective = {"selective": True} if "reply_parameters" in params else {}
    return {"force_reply": True} | selective


def _edit(message: messages.Edit, slots: Slots) -> list[Call]:
    message_id = slots.get(message.slot) if message.slot else message.message_id
    if message_id is None:
        if message.or_send:
            return [as_new(message)]
        raise Unresolved(message.slot or "no message", "gone")
    method = "editMessageCaption" if message.is_caption else "editMessageText"
    params = {"chat_id": message.to, "message_id": message_id}
    return [Call(method, params | _edited(message, is_caption=message.is_caption))]


def _edited(message: messages.Edit, *, is_caption: bool) -> dict[str, Any]:
    params = _text("caption" if is_caption else "text", message.text, message.entities)
    if not is_caption:
        params["link_preview_options"] = {"is_disabled": True}
    return params | _with_buttons(message.buttons)


def _toast(message: messages.Toast, slots: Slots) -> list[Call]:
    if message.query_id is None:
        raise Unresolved("no tap", "other")
    params: dict[str, Any] = {"callback_query_id": message.query_id}
    if message.text:
        params |= {"text": message.text[:_TOAST_LIMIT], "show_alert": message.is_alert}
    return [Call("answerCallbackQuery", params)]


def _copy(message: messages.Copy, slots: Slots) -> list[Call]:
    params = _placed(message, slots) | {"from_chat_id": message.from_chat}
    if len(message.message_ids) > 1:
        params.pop("reply_parameters", None)  # copyMessages has none
        return [Call("copyMessages", params | {"message_ids": sorted(message.message_ids)})]
    if not message.message_ids:
        raise Unresolved("no message", "gone")
    params |= {"message_id": message.message_ids[0]} | _with_buttons(message.buttons)
    if message.caption is not None:
        params |= _text("caption", message.caption, None)
    return [Call("copyMessage", params)]


def _location(message: messages.Location, slots: Slots) -> list[Call]:
    where = {"latitude": message.latitude, "longitude": message.longitude}
    return [Call("sendLocation", _placed(message, slots) | where)]


def _file(message: messages.File, slots: Slots) -> list[Call]:
    params = _placed(message, slots) | _with_buttons(message.buttons)
    if message.caption:
        params |= _text("caption", message.caption, None)
    if message.as_voice:
        return [Call("sendVoice", params, file="voice")]
    if message.as_photo:
        return [Call("sendPhoto", params, file="photo")]
    return [Call("sendDocument", params, file="document")]


def _delete(message: messages.Delete, slots: Slots) -> list[Call]:
    named = slots.get(message.slot) if message.slot else None
    ids = [*message.message_ids, *([] if named is None else [named])]
    if len(ids) == 1:
        return [Call("deleteMessage", {"chat_id": message.to, "message_id": ids[0]})]
    return [Call("deleteMessages", {"chat_id": message.to, "message_ids": ids})] if ids else []


def _react(message: messages.React, slots: Slots) -> list[Call]:
    reaction = [{"type": "emoji", "emoji": message.emoji}] if message.emoji else []
    params = {"chat_id": message.to, "message_id": message.message_id, "reaction": reaction}
    return [Call("setMessageReaction", params)]


def _pin(message: messages.Pin, slots: Slots) -> list[Call]:
    if message.slot not in slots:
        raise Unresolved(message.slot, "gone")
    where = {"chat_id": message.to, "message_id": slots[message.slot]}
    return [Call("pinChatMessage", where | {"disable_notification": True})]


def _make_topic(message: messages.MakeTopic, slots: Slots) -> list[Call]:
    params: dict[str, Any] = {"chat_id": message.to, "name": message.name[:_NAME_LIMIT]}
    if message.colour is not None:
        params["icon_color"] = message.colour
    return [Call("createForumTopic", params)]


_TOPIC_METHODS = {
    "rename": "editForumTopic",
    "close": "closeForumTopic",
    "reopen": "reopenForumTopic",
    "delete": "deleteForumTopic",
}


def _change_topic(message: messages.ChangeTopic, slots: Slots) -> list[Call]:
    params: dict[str, Any] = {
        "chat_id": message.to,
        "message_thread_id": _thread(message.in_topic, slots),
    }
    if message.change == "rename" and message.name is not None:
        params["name"] = message.name[:_NAME_LIMIT]
    return [Call(_TOPIC_METHODS[message.change], params)]


def _placed(message: messages._Placed, slots: Slots) -> dict[str, Any]:
    params: dict[str, Any] = {"chat_id": message.to}
    if message.in_topic is not None:
        thread = _thread(message.in_topic, slots)
        if thread != _GENERAL:
            params["message_thread_id"] = thread
    answered = message.reply_to
    if isinstance(answered, str):
        answered = slots.get(answered)
    if answered is not None:
        reply = {"message_id": answered, "allow_sending_without_reply": True}
        params["reply_parameters"] = reply
    if message.is_silent:
        params["disable_notification"] = True
    return params


def _thread(topic: str | int, slots: Slots) -> int:
    if isinstance(topic, int):
        return topic
    if topic not in slots:
        raise Unresolved(topic, "topic_gone")
    return slots[topic]


def _text(field: str, text: str, entities: tuple[Entity, ...] | None) -> dict[str, Any]:
    if entities is None:
        return {field: text, "parse_mode": "HTML"}
    styles = [_entity(one) for one in entities if one.type in _STYLES]
    name = "entities" if field == "text" else "caption_entities"
    return {field: text, name: styles} if styles else {field: text}


def _entity(entity: Entity) -> dict[str, Any]:
    known = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    extra = {"url": entity.url, "language": entity.language}
    return known | {name: value for name, value in extra.items() if value is not None}


def _with_buttons(buttons: Buttons) -> dict[str, Any]:
    return {"reply_markup": _inline(buttons)} if buttons else {}


def _inline(buttons: Buttons) -> dict[str, Any]:
    return {"inline_keyboard": [[_button(one) for one in row] for row in buttons]}


def _button(button: messages.Button) -> dict[str, Any]:
    if button.action is not None:
        return {"text": button.label, "callback_data": button.action}
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "copy_text": {"text": button.copy}}


def _keyboard(keyboard: Keyboard) -> dict[str, Any]:
    if not keyboard.rows:
        return {"remove_keyboard": True}
    markup: dict[str, Any] = {
        "keyboard": [[_key(key) for key in row] for row in keyboard.rows],
        "resize_keyboard": True,
    }
    markup["is_persistent" if keyboard.stays else "one_time_keyboard"] = True
    if keyboard.placeholder:
        markup["input_field_placeholder"] = keyboard.placeholder[:_PLACEHOLDER_LIMIT]
    return markup


def _key(key: messages.Key) -> dict[str, Any]:
    return {"text": key.label} | ({f"request_{key.asks}": True} if key.asks else {})


_COMPOSERS: dict[type, Callable[[Any, Slots], list[Call]]] = {
    messages.Outgoing: _outgoing,
    messages.Edit: _edit,
    messages.Toast: _toast,
    messages.Copy: _copy,
    messages.Location: _location,
    messages.File: _file,
    messages.Delete: _delete,
    messages.React: _react,
    messages.Pin: _pin,
    messages.MakeTopic: _make_topic,
    messages.ChangeTopic: _change_topic,
}
