"""sendMediaGroup: several files that share a media_group_id."""

import itertools
from typing import Any

from bot.simulator.calls import Call, Method, writable_chat
from bot.simulator.errors import bad_request
from bot.simulator.methods.sending import caption_content, deliver, file_content
from bot.simulator.world import World

_NUMBERS = itertools.count(13_000_000_000_000_001)
ALONE = ("document", "audio")


def next_album() -> str:
    return str(next(_NUMBERS))


def send_media_group(world: World, call: Call) -> list[dict[str, Any]]:
    chat = writable_chat(world, call["chat_id"])
    items = call["media"]
    if not 2 <= len(items) <= 10:
        raise bad_request("number of messages in a media group must be between 2 and 10")
    kinds = {item["type"] for item in items}
    if len(kinds) > 1 and kinds & set(ALONE):
        raise bad_request("Can't use the media of the specified type in the album")
    contents = [_content(world, item, call) for item in items]
    album = next_album()
    return [
        deliver(world, chat, call, {"media_group_id": album, **content}).api for content in contents
    ]


def _content(world: World, item: dict[str, Any], call: Call) -> dict[str, Any]:
    if item["type"] not in ("photo", "video", "document", "audio"):
        raise bad_request("Can't use the media of the specified type in the album")
    content = file_content(world, item["type"], item["media"], call, item)
    return content | caption_content(world, item)


METHODS: dict[str, Method] = {"sendMediaGroup": send_media_group}
