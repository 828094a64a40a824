"""What can come in: one tagged union, small, without Telegram's types.

Rows of the inbox hold these as JSON. Unknown fields are tolerated and new fields need defaults, so
that an old and a new replica read each other's rows.
"""

from datetime import datetime
from typing import Literal

import msgspec

Media = Literal[
    "photo", "voice", "document", "video", "video_note", "audio", "sticker", "animation", "other"
]


class Sender(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who spoke, as Telegram tells it. `id` is the person's Telegram id."""

    id: int
    first_name: str = ""
    language_tag: str | None = None
    is_anonymous: bool = False  # an anonymous admin or a channel: cannot be attributed to a person
    is_bot: bool = False


class Entity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A formatted stretch of text; offset and length in UTF-16 units, as Telegram counts."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None


class _Incoming(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    version: int = 1
    chat_id: int
    is_private: bool
    at: datetime
    sender: Sender | None = None
    thread_id: int | None = None
    message_id: int | None = None
    reply_to: int | None = None  # the message id this one answers, same chat


class Said(_Incoming, frozen=True, kw_only=True, omit_defaults=True, tag="said"):
    """A text message."""

    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def command(self) -> str | None:
        """ "start" of "/Start@somebot q_x"; None for other words. Two strokes ("//") begin words
        like any other, which colleagues use for notes."""
        if not self.text.startswith("/") or self.text.startswith("//"):
            return None
        return self.text[1:].partition(" ")[0].partition("\n")[0].partition("@")[0].casefold()

    @property
    def argument(self) -> str:
        """What follows the command."""
        return "".join(self.text.split(maxsplit=1)[1:]).strip()

    @property
    def link(self) -> tuple[str, str]:
        """What a link carried: ("q", "asylum-apply") of "/start q_asylum-apply"."""
        kind, _, rest = self.argument.partition("_") if self.command == "start" else ("", "", "")
        return kind, rest


class SentMedia(_Incoming, frozen=True, kw_only=True, omit_defaults=True, tag="media"):
    """A photo, voice message, document …; relayed by copying.

    `suffix`: how the name of a document in a private chat ends (".xlsx"); the name is not read. A
    file that a coordinator brings in is fetched by its id (`schedule.fetching`), nothing else is.
    """

    media: Media
    caption: str = ""
    entities: tuple[Entity, ...] = ()
    group_id: str | None = None  # album mark
    file_id: str = ""  # of a photo or document in a private chat: Telegram's name for it
    suffix: str = ""


class Album(_Incoming, frozen=True, kw_only=True, omit_defaults=True, tag="album"):
    """The parts of one album, in order; `message_id` is the first part's."""

    parts: tuple[SentMedia, ...]


class Shared(_Incoming, frozen=True, kw_only=True, omit_defaults=True, tag="shared"):
    """A location or a contact card."""

    what: Literal["location", "contact"]
    is_own: bool = False  # a contact card of the sender themself …
    phone: str = ""  # … and its number, in a private chat; nobody else's is ever read


class Tapped(_Incoming, frozen=True, kw_only=True, omit_defaults=True, tag="tapped"):
    """An inline button. `data` is what the phone sent: never trust it for authority."""

    query_id: str
    data: str

    @property
    def action(self) -> str:
        """The name before the first colon."""
        return self.data.partition(":")[0]

    @property
    def argument(self) -> str:
        """What follows the first colon."""
        return self.data.partition(":")[2]


class Edited(_Incoming, frozen=True, kw_only=True, omit_defaults=True, tag="edited"):
    """An earlier message changed; `text` is the new text or caption."""

    text: str
    entities: tuple[Entity, ...] = ()
    is_caption: bool = False


class Reacted(_Incoming, frozen=True, kw_only=True, omit_defaults=True, tag="reacted"):
    """Someone's reactions to a message are now `emojis`."""

    emojis: tuple[str, ...] = ()


class MembershipChanged(_Incoming, frozen=True, kw_only=True, omit_defaults=True, tag="member"):
    """The bot or a person joined, left, was promoted, blocked …

    status: creator, administrator, member, restricted, left, kicked (Telegram's words).
    In a private chat about the bot: kicked = the person blocked it, member = unblocked it.
    """

    who: int
    is_me: bool
    first_name: str = ""
    old_status: str = ""
    status: str = ""
    is_member: bool = False
    rights: tuple[str, ...] = ()  # the bot's own rights when it is an administrator


class ChatMoved(_Incoming, frozen=True, kw_only=True, omit_defaults=True, tag="moved"):
    """The group became a supergroup: its id is now `new_chat_id`."""

    new_chat_id: int


class TopicChanged(_Incoming, frozen=True, kw_only=True, omit_defaults=True, tag="topic"):
    """A forum topic was made, closed, opened again or renamed (by anyone)."""

    change: Literal["created", "closed", "reopened", "edited"]


Incoming = (
    Said
    | SentMedia
    | Album
    | Shared
    | Tapped
    | Edited
    | Reacted
    | MembershipChanged
    | ChatMoved
    | TopicChanged
)

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Incoming] = msgspec.json.Decoder(Incoming)


def encode(incoming: Incoming) -> bytes:
    """The row's form of an incoming message."""
    return _encoder.encode(incoming)


def decode(payload: bytes | str) -> Incoming:
    """Raises msgspec.ValidationError for a payload this version cannot read."""
    return _decoder.decode(payload)
