"""The things of the simulated world: people, chats, topics, members, messages."""

import itertools
from dataclasses import dataclass, field
from typing import Any

RIGHT_TO_LEFT = ("ar", "ckb", "fa", "he", "ps", "ur")
GENERAL = 1
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
USUAL_RIGHTS = (
    "can_manage_chat",
    "can_manage_topics",
    "can_pin_messages",
    "can_delete_messages",
    "can_invite_users",
)
INSIDE = ("creator", "administrator", "member")


@dataclass(slots=True)
class Person:
    """Somebody with a phone. `language_code` is what Telegram would send, e.g. fa for Dari."""

    id: int
    first_name: str
    language_code: str | None = None
    last_name: str | None = None
    username: str | None = None
    role_hint: str = "newcomer"
    is_bot: bool = False
    is_deactivated: bool = False

    @property
    def as_user(self) -> dict[str, Any]:
        """The Bot API User object, as it stands in `from`."""
        user: dict[str, Any] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
        }
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                user[name] = value
        return user

    @property
    def as_state(self) -> dict[str, Any]:
        language = (self.language_code or "").partition("-")[0]
        return {
            **self.as_user,
            "language_code": self.language_code or "",
            "rtl": language in RIGHT_TO_LEFT,
            "role_hint": self.role_hint,
        }


@dataclass(slots=True)
class Topic:
    thread: int
    name: str
    icon_color: int = 0x6FB9F0
    icon_custom_emoji_id: str | None = None
    is_closed: bool = False
    creator: int = 0

    @property
    def as_state(self) -> dict[str, Any]:
        return {
            "thread": self.thread,
            "name": self.name,
            "closed": self.is_closed,
            "icon_color": self.icon_color,
        }


@dataclass(slots=True)
class Member:
    person: int
    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def is_inside(self) -> bool:
        return self.status in INSIDE

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        return self.status == "creator" or (self.is_admin and self.rights.get(right, False))


@dataclass(slots=True)
class Message:
    """One message; `api` is the Bot API object, replaced (never changed inside) on edits."""

    id: int
    sender: int
    api: dict[str, Any]
    reactions: dict[str, list[int]] = field(default_factory=dict)
    thread: int | None = None
    has_other_keyboard: bool = False
    is_protected: bool = False
    asks_reply: tuple[int, ...] = ()  # whose phones open a reply to it (ForceReply)

    @property
    def is_service(self) -> bool:
        return not any(kind in self.api for kind in CONTENT)

    @property
    def as_state(self) -> dict[str, Any]:
        reactions = {emoji: list(people) for emoji, people in self.reactions.items() if people}
        asks = {"asks_reply": list(self.asks_reply)} if self.asks_reply else {}
        return {**self.api, "reactions": reactions, **asks}


CONTENT = (
    "text",
    "photo",
    "voice",
    "document",
    "video",
    "video_note",
    "audio",
    "sticker",
    "animation",
    "location",
    "contact",
)
CAPTIONED = ("photo", "voice", "document", "video", "audio", "animation")


@dataclass(slots=True)
class Chat:
    id: int
    type: str
    title: str = ""
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    reply_keyboard: dict[int, dict[str, Any] | None] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    typing: str | None = None
    started: bool = False
    blocked: bool = False
    upgraded_to: int | None = None
    invite_links: int = 0
    menu_button: dict[str, Any] | None = None
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    def member(self, person: int) -> Member:
        return self.members.get(person) or Member(person, "left")

    def as_api(self, person: Person | None) -> dict[str, Any]:
        """The Bot API Chat object inside messages."""
        if person is not None:
            chat: dict[str, Any] = {"id": self.id, "first_name": person.first_name}
            for name in ("last_name", "username"):
                if value := getattr(person, name):
                    chat[name] = value
            return {**chat, "type": "private"}
        chat = {"id": self.id, "title": self.title, "type": self.type}
        return {**chat, "is_forum": True} if self.is_forum else chat
