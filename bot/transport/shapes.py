"""The parts of Telegram's updates that we look at; everything else in them is let pass.

msgspec checks the types, so that an update of an unforeseen shape is noticed at the door.
"""

from typing import Annotated, Any

import msgspec

Id = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]
Presence = Any  # only asked whether it is there


class Shape(msgspec.Struct, kw_only=True):
    """Unknown fields are ignored."""


class User(Shape):
    id: Id
    first_name: str = ""
    language_code: str | None = None
    is_bot: bool = False


class Chat(Shape):
    id: Id
    type: str


class Stretch(Shape):
    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None


class Answered(Shape):
    message_id: Id


class ContactCard(Shape):
    user_id: Id | None = None
    phone_number: str = ""


class Size(Shape):
    file_id: str = ""


class Document(Shape):
    file_id: str
    file_name: str = ""


class Message(Shape):
    message_id: Id
    date: int
    chat: Chat
    sender: User | None = msgspec.field(name="from", default=None)
    sender_chat: Chat | None = None
    edit_date: int | None = None
    message_thread_id: Id | None = None
    is_topic_message: bool = False
    is_automatic_forward: bool = False
    reply_to_message: Answered | None = None
    media_group_id: str | None = None
    text: str | None = None
    entities: tuple[Stretch, ...] = ()
    caption: str = ""
    caption_entities: tuple[Stretch, ...] = ()
    contact: ContactCard | None = None
    location: Presence = None
    photo: tuple[Size, ...] = ()  # the same one in several sizes, the largest last
    migrate_to_chat_id: Id | None = None


class Tap(Shape):
    id: str
    sender: User = msgspec.field(name="from")
    message: Message | None = None  # an inaccessible one has a date of 0 and nothing more
    data: str | None = None


class Emoji(Shape):
    type: str
    emoji: str = ""


class Reaction(Shape):
    chat: Chat
    message_id: Id
    date: int
    user: User | None = None
    actor_chat: Chat | None = None
    new_reaction: tuple[Emoji, ...] = ()


class Membership(Shape):
    chat: Chat
    sender: User = msgspec.field(name="from")
    date: int
    old_chat_member: dict[str, Any]
    new_chat_member: dict[str, Any]


class Member(Shape):
    user: User
    status: str
    is_member: bool = False


class Place(Shape):
    id: Id


class Talk(Shape):
    chat: Place


class Whose(Shape):
    """The least that an update of a chat holds."""

    chat: Place | None = None
    message: Talk | None = None
    sender: Place | None = msgspec.field(name="from", default=None)

    @property
    def chat_id(self) -> int:
        talk = self.message.chat if self.message is not None else self.sender
        found = self.chat if self.chat is not None else talk
        return 0 if found is None else found.id
