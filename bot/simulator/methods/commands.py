"""setMyCommands and its relatives: lists per scope and language."""

import re
from typing import Any

from bot.simulator.calls import Call, Method, chat_of
from bot.simulator.errors import bad_request
from bot.simulator.world import World

LANGUAGE = re.compile(r"^[a-z]{2}$")
NAME = re.compile(r"^[a-z0-9_]{1,32}$")
MOST = 100


def language_of(call: Call) -> str:
    """A two-letter code, or "" for everybody else."""
    code = str(call.get("language_code", ""))
    if code and not LANGUAGE.match(code):
        raise bad_request("invalid language_code specified")
    return code


def _key(world: World, call: Call) -> tuple[Any, ...]:
    scope = call.get("scope") or {"type": "default"}
    key: tuple[Any, ...] = (scope["type"],)
    if "chat_id" in scope:
        chat = chat_of(world, scope["chat_id"])
        key = (*key, chat.id)
    if "user_id" in scope:
        key = (*key, scope["user_id"])
    return (*key, language_of(call))


def set_my_commands(world: World, call: Call) -> bool:
    commands = call["commands"]
    if len(commands) > MOST:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not NAME.match(command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    _store(world, _key(world, call), commands)
    return True


def _store(world: World, key: tuple[Any, ...], commands: list[dict[str, str]]) -> None:
    world.profile.commands[key] = [
        {"command": c["command"].removeprefix("/"), "description": c["description"]}
        for c in commands
    ]
    world.journal.add("commands", scope=list(key[:-1]), language_code=key[-1])


def get_my_commands(world: World, call: Call) -> list[dict[str, str]]:
    return world.profile.commands.get(_key(world, call), [])


def delete_my_commands(world: World, call: Call) -> bool:
    _store(world, _key(world, call), [])
    return True


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
