"""getFile; the content itself is served under /file/bot<token>/<path>."""

from typing import Any

from bot.simulator.calls import Call, Method
from bot.simulator.errors import bad_request
from bot.simulator.media import DOWNLOAD_LIMIT
from bot.simulator.world import World


def get_file(world: World, call: Call) -> dict[str, Any]:
    stored = world.files.find(call["file_id"])
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


METHODS: dict[str, Method] = {"getFile": get_file}
