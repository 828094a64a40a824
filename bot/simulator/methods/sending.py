"""send…: text, files, places, contacts, and the chat action."""

from typing import Any

from bot.simulator import keyboards, media, messages, texts
from bot.simulator.calls import Call, Method, open_thread, reply_target, writable_chat
from bot.simulator.chats import CAPTIONED, Chat, Message
from bot.simulator.entities import checked_link
from bot.simulator.errors import bad_request
from bot.simulator.specification import Upload
from bot.simulator.world import World

ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note",
        "upload_video_note",
    }
)  # fmt: skip


def deliver(world: World, chat: Chat, call: Call, content: dict[str, Any]) -> Message:
    """Puts a composed message where the call wants it; shared by everything that sends."""
    thread = open_thread(world, chat, call.get("message_thread_id"))
    replied = reply_target(world, chat, call, thread)
    if thread is None and replied is not None and replied.thread is not None:
        thread = open_thread(world, chat, replied.thread)
    markup = keyboards.checked(call.get("reply_markup"), is_private=chat.is_private)
    if call.get("protect_content"):
        content["has_protected_content"] = True
    sent = messages.post(
        world, chat, world.bot.id, content, thread=thread, reply_to=replied, markup=markup
    )
    sent.is_protected = bool(call.get("protect_content"))
    return sent


def send_message(world: World, call: Call) -> dict[str, Any]:
    chat = writable_chat(world, call["chat_id"])
    value = texts.message_text(
        texts.formatted(
            call["text"], call.get("parse_mode"), call.get("entities"), world.known_user
        )
    )
    content = text_content(value)
    if options := call.get("link_preview_options"):
        check_preview(options)
        content["link_preview_options"] = options
    return deliver(world, chat, call, content).api


def check_preview(options: dict[str, Any]) -> None:
    if options.get("url") and not checked_link(options["url"]):
        raise bad_request("Wrong HTTP URL specified")


def text_content(value: texts.Formatted) -> dict[str, Any]:
    content: dict[str, Any] = {"text": value.text}
    return {**content, "entities": value.entities} if value.entities else content


def caption_content(world: World, source: dict[str, Any]) -> dict[str, Any]:
    """Caption and its entities, from a call or from one item of an album."""
    value = texts.caption_text(
        texts.formatted(
            source.get("caption") or "",
            source.get("parse_mode"),
            source.get("caption_entities"),
            world.known_user,
        )
    )
    if not value.text:
        return {}
    content: dict[str, Any] = {"caption": value.text}
    if source.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return {**content, "caption_entities": value.entities} if value.entities else content


def file_content(
    world: World, kind: str, given: Any, call: Call, details: dict[str, Any] | None = None
) -> dict[str, Any]:
    """An uploaded file, or one known by its file_id; fetching by URL is not simulated."""
    upload = _upload(given, call)
    if upload is not None:
        media.check_upload(kind, upload)
        stored = world.files.keep(kind, upload)
    else:
        found = world.files.find(str(given))
        if found is None:
            raise bad_request(_unknown_file(str(given)))
        if found.kind != kind:
            raise bad_request(f"can't use file of type {_type(found.kind)} as {_type(kind)}")
        stored = found
    return {kind: media.described(stored, duration=(details or {}).get("duration"))}


def _upload(given: Any, call: Call) -> Upload | None:
    if isinstance(given, Upload):
        return given
    if isinstance(given, str) and given.startswith("attach://"):
        found = call.uploads.get(given.removeprefix("attach://"))
        if found is None:
            raise bad_request("can't parse InputMedia: media not found")
        return found
    return None


def _unknown_file(given: str) -> str:
    if "://" in given:
        return "fetching files by URL is not simulated"
    return "wrong file identifier/HTTP URL specified"


def _type(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("_"))


def sender_of(kind: str) -> Method:
    """The method that sends one file of a kind."""

    def send(world: World, call: Call) -> dict[str, Any]:
        chat = writable_chat(world, call["chat_id"])
        content = file_content(world, kind, call[kind], call, call.params)
        if kind in CAPTIONED:
            content |= caption_content(world, call.params)
        return deliver(world, chat, call, content).api

    return send


def send_location(world: World, call: Call) -> dict[str, Any]:
    chat = writable_chat(world, call["chat_id"])
    place = {"latitude": call["latitude"], "longitude": call["longitude"]}
    if abs(place["latitude"]) > 90:
        raise bad_request("wrong latitude specified")
    if abs(place["longitude"]) > 180:
        raise bad_request("wrong longitude specified")
    return deliver(world, chat, call, {"location": place}).api


def send_contact(world: World, call: Call) -> dict[str, Any]:
    chat = writable_chat(world, call["chat_id"])
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: call[name] for name in names if call.get(name)}
    return deliver(world, chat, call, {"contact": contact}).api


def send_chat_action(world: World, call: Call) -> bool:
    chat = writable_chat(world, call["chat_id"])
    if call.get("message_thread_id"):
        open_thread(world, chat, call["message_thread_id"])
    if call["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.typing = "typing"
    world.journal.add(
        "typing", chat=chat.id, typing=call["action"], thread=call.get("message_thread_id")
    )
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": sender_of("photo"),
    "sendVoice": sender_of("voice"),
    "sendDocument": sender_of("document"),
    "sendVideo": sender_of("video"),
    "sendVideoNote": sender_of("video_note"),
    "sendAudio": sender_of("audio"),
    "sendAnimation": sender_of("animation"),
    "sendSticker": sender_of("sticker"),
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
}
