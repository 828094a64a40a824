"""The whole simulated Telegram of one bot, in memory."""

import itertools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.simulator import faults, journal, limits, media, updates
from bot.simulator.chats import Chat, Message, Person
from bot.simulator.errors import ControlError

DEFAULT_TOKEN = "5000000001:AAFakeTokenOfTheSimulatorOnly00000"  # noqa: S105 - opens nothing
ANONYMOUS_ADMIN = 1087968824
QUERY_LIFE = 60.0
CALLS_KEPT = 20_000


@dataclass(slots=True)
class Query:
    """A tap that waits for answerCallbackQuery."""

    id: str
    person: int
    chat: int
    asked_at: float


@dataclass(slots=True)
class WebhookSettings:
    url: str = ""
    secret_token: str | None = None
    max_connections: int = 40
    last_error_at: int | None = None
    last_error: str | None = None


@dataclass(slots=True)
class Profile:
    """What the bot says of itself, per language code ("" = all others)."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[Any, ...], list[dict[str, str]]] = field(default_factory=dict)
    menu_button: dict[str, Any] | None = None


class World:
    """Everything that Telegram would know. All changes happen inside one event loop."""

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        first_name: str = "Wegwijzer",
        username: str = "wegwijzer_demo_bot",
        clock: Callable[[], float] = time.time,
        any_token: bool = False,
    ) -> None:
        self.token = token
        self.accepts_any_token = any_token
        self.clock = clock
        self.bot = Person(
            int(token.partition(":")[0]),
            first_name,
            username=username,
            is_bot=True,
            role_hint="bot",
        )
        self.has_privacy_mode = True
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = media.Files()
        self.journal = journal.Journal()
        self.updates = updates.Updates(clock)
        self.limits = limits.Limits()
        self.faults = faults.Faults()
        self.webhook = WebhookSettings()
        self.profile = Profile()
        self.queries: dict[str, Query] = {}
        self.calls: deque[dict[str, Any]] = deque(maxlen=CALLS_KEPT)
        self.call_seq = 0
        self.in_flight = 0
        self._person_ids = itertools.count(700_000_001)
        self._group_ids = itertools.count(4_000_001)
        self._query_ids = itertools.count(4_382_000_000_000_000_001)
        self.private_message_ids = itertools.count(1)
        self.wake_webhook: Callable[[], None] = _nothing

    @property
    def now(self) -> int:
        return int(self.clock())

    def next_group_id(self, *, is_super: bool) -> int:
        number = next(self._group_ids)
        return -1_000_000_000_000 - 2_000_000_000 - number if is_super else -number

    def next_query_id(self) -> str:
        return str(next(self._query_ids))

    def add_person(
        self, first_name: str, language_code: str | None = None, **details: Any
    ) -> Person:
        """A new person with a phone on which the bot was not started yet."""
        person = Person(next(self._person_ids), first_name, language_code, **details)
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, "private", numbers=self.private_message_ids)
        self.journal.add("person", person=person.as_state)
        self.journal.add("chat", chat=person.id, state=self.chat_state(self.chats[person.id]))
        return person

    def person(self, identifier: Any) -> Person:
        found = self.people.get(identifier) if isinstance(identifier, int) else None
        if found is None:
            raise ControlError(f"There is no person {identifier}.", 404)
        return found

    def chat(self, identifier: Any) -> Chat:
        found = self.chats.get(identifier) if isinstance(identifier, int) else None
        if found is None:
            raise ControlError(f"There is no chat {identifier}.", 404)
        return found

    def message(self, chat: Chat, identifier: Any) -> Message:
        found = chat.messages.get(identifier) if isinstance(identifier, int) else None
        if found is None:
            raise ControlError(f"There is no message {identifier} in this chat.", 404)
        return found

    def user(self, identifier: int) -> dict[str, Any]:
        """The User object of a person, the bot, or the anonymous administrator."""
        if identifier == self.bot.id:
            return self.bot.as_user
        if identifier == ANONYMOUS_ADMIN:
            return {
                "id": ANONYMOUS_ADMIN,
                "is_bot": True,
                "first_name": "Group",
                "username": "GroupAnonymousBot",
            }
        return self.people[identifier].as_user

    def known_user(self, identifier: int) -> dict[str, Any] | None:
        is_known = identifier in self.people or identifier == self.bot.id
        return self.user(identifier) if is_known else None

    def chat_object(self, chat: Chat) -> dict[str, Any]:
        return chat.as_api(self.people[chat.id] if chat.is_private else None)

    def chat_state(self, chat: Chat) -> dict[str, Any]:
        """All of a chat, as the page draws it."""
        return {
            "id": chat.id,
            "type": chat.type,
            "title": chat.title,
            "is_forum": chat.is_forum,
            "blocked_by": [chat.id] if chat.blocked else [],
            "started": chat.started,
            "upgraded_to": chat.upgraded_to,
            "members": [{"person": m.person, "status": m.status} for m in chat.members.values()],
            "topics": [topic.as_state for topic in chat.topics.values()],
            "messages": [message.as_state for message in chat.messages.values()],
            "reply_keyboard": {str(key): value for key, value in chat.reply_keyboard.items()},
            "unread": dict(chat.unread),
            "pinned": list(chat.pinned),
            "commands": {str(key): self.commands_for(chat, key) for key in self._present(chat)},
            "typing": chat.typing,
        }

    def _present(self, chat: Chat) -> list[int]:
        if chat.is_private:
            return [chat.id]
        return [m.person for m in chat.members.values() if m.is_inside and m.person != self.bot.id]

    def commands_for(self, chat: Chat, person: int) -> list[dict[str, str]]:
        """The narrowest scope that has a list wins; inside it the language, else the rest."""
        language = (self.people[person].language_code or "").partition("-")[0]
        for scope in _scopes(chat, person):
            for code in (language, ""):
                if found := self.profile.commands.get((*scope, code)):
                    return found
        return []


def _scopes(chat: Chat, person: int) -> list[tuple[Any, ...]]:
    """From narrow to wide, as the Bot API describes how a command list is chosen."""
    if chat.is_private:
        return [("chat", chat.id), ("all_private_chats",), ("default",)]
    is_admin = chat.member(person).is_admin
    admin: list[tuple[Any, ...]] = [("chat_administrators", chat.id)] if is_admin else []
    admins: list[tuple[Any, ...]] = [("all_chat_administrators",)] if is_admin else []
    return [
        ("chat_member", chat.id, person),
        *admin,
        ("chat", chat.id),
        *admins,
        ("all_group_chats",),
        ("default",),
    ]


def _nothing() -> None:
    """Until a courier is there to deliver."""
