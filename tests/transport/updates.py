"""Updates as Telegram sends them, trimmed of nothing but personal data."""

from typing import Any

ME = 700
AMINA: dict[str, Any] = {
    "id": 5_000_000_001,
    "is_bot": False,
    "first_name": "Amina",
    "language_code": "fa",
    "is_premium": True,
}
JORIS: dict[str, Any] = {"id": 42, "is_bot": False, "first_name": "Joris", "username": "joris"}
BOT: dict[str, Any] = {
    "id": ME,
    "is_bot": True,
    "first_name": "Wegwijzer",
    "username": "wegwijzerbot",
}
GROUP_ANONYMOUS: dict[str, Any] = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
PRIVATE: dict[str, Any] = {"id": 5_000_000_001, "type": "private", "first_name": "Amina"}
STAFF: dict[str, Any] = {
    "id": -1001234567890,
    "type": "supergroup",
    "title": "Team",
    "is_forum": True,
}
DATE = 1_767_225_600  # 2026-01-01T00:00:00Z


def message(*, chat: dict[str, Any] = PRIVATE, by: dict[str, Any] = AMINA, **fields: Any) -> Any:
    """A message object."""
    return {"message_id": 11, "from": by, "chat": chat, "date": DATE, **fields}


def said(**fields: Any) -> dict[str, Any]:
    """An update with a new message."""
    return {"update_id": 1, "message": message(**fields)}


def edited(**fields: Any) -> dict[str, Any]:
    """An update with an edited message."""
    return {"update_id": 2, "edited_message": message(edit_date=DATE + 60, **fields)}


def tapped(shown: dict[str, Any] | None, *, data: str | None = "topic:work") -> dict[str, Any]:
    """An update with a tap on a button below `shown`."""
    tap: dict[str, Any] = {"id": "99", "from": AMINA, "chat_instance": "-5", "data": data}
    if shown is not None:
        tap["message"] = shown
    return {"update_id": 3, "callback_query": tap}


def in_topic(**fields: Any) -> dict[str, Any]:
    """An update with a message in topic 77 of the staff group."""
    created = message(chat=STAFF, by=BOT, message_id=77, forum_topic_created={"name": "x"})
    topic = {"message_thread_id": 77, "is_topic_message": True, "reply_to_message": created}
    return said(**({"chat": STAFF, "by": JORIS} | topic | fields))


def membership(
    kind: str, *, chat: dict[str, Any], who: dict[str, Any], old: str, new: dict[str, Any]
) -> dict[str, Any]:
    """An update about somebody's place in a chat."""
    change = {
        "chat": chat,
        "from": JORIS,
        "date": DATE,
        "old_chat_member": {"user": who, "status": old},
        "new_chat_member": {"user": who, **new},
    }
    return {"update_id": 4, kind: change}
