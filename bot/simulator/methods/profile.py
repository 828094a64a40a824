"""What the bot says about itself, and the menu button."""

from typing import Any

from bot.simulator.calls import Call, Method, chat_of
from bot.simulator.errors import bad_request
from bot.simulator.methods.commands import language_of
from bot.simulator.world import World

NAME_LIMIT = 64
DESCRIPTION_LIMIT = 512
SHORT_LIMIT = 120


def get_me(world: World, call: Call) -> dict[str, Any]:
    return {
        **world.bot.as_user,
        "can_join_groups": True,
        "can_read_all_group_messages": not world.has_privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def _set(texts: dict[str, str], call: Call, field: str, limit: int) -> bool:
    """An empty text takes the one of that language away."""
    text = call.get(field, "")
    if len(text) > limit:
        raise bad_request(f"bot {field.replace('_', ' ')} is too long")
    texts[language_of(call)] = text
    return True


def _get(texts: dict[str, str], call: Call, default: str = "") -> str:
    return texts.get(language_of(call)) or texts.get("") or default


def set_my_name(world: World, call: Call) -> bool:
    return _set(world.profile.names, call, "name", NAME_LIMIT)


def get_my_name(world: World, call: Call) -> dict[str, str]:
    return {"name": _get(world.profile.names, call, world.bot.first_name)}


def set_my_description(world: World, call: Call) -> bool:
    return _set(world.profile.descriptions, call, "description", DESCRIPTION_LIMIT)


def get_my_description(world: World, call: Call) -> dict[str, str]:
    return {"description": _get(world.profile.descriptions, call)}


def set_my_short_description(world: World, call: Call) -> bool:
    return _set(world.profile.short_descriptions, call, "short_description", SHORT_LIMIT)


def get_my_short_description(world: World, call: Call) -> dict[str, str]:
    return {"short_description": _get(world.profile.short_descriptions, call)}


def set_chat_menu_button(world: World, call: Call) -> bool:
    button = call.get("menu_button") or {"type": "default"}
    if "chat_id" not in call.params:
        world.profile.menu_button = button
        return True
    chat = chat_of(world, call["chat_id"])
    if not chat.is_private:
        raise bad_request("chat not found")
    chat.menu_button = button
    return True


def get_chat_menu_button(world: World, call: Call) -> dict[str, Any]:
    own = chat_of(world, call["chat_id"]).menu_button if "chat_id" in call.params else None
    return own or world.profile.menu_button or {"type": "commands"}


def say_yes(world: World, call: Call) -> bool:
    """logOut and close: there is no other server to go to."""
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "logOut": say_yes,
    "close": say_yes,
}
