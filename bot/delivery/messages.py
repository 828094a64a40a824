"""What can go out: one tagged union, small, without Telegram's types.

A chat function returns these; a service posts them for somebody else with `outbox.put`. Nothing is
sent before the transaction that made it has committed.

Slots name what a later message needs. `Outgoing(slot="case:42:card")` remembers where it went;
`Edit(slot="case:42:card")` and `in_topic="case:42:topic"` find it again. The sender fills slots
when it succeeds and resolves them when it sends.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from bot.delivery.incoming import Entity

# Inside a chat the lower number goes first; first-in-first-out inside (chat, lane). The numbers are
# in rows: a new lane gets one of its own. In the staff group: urgent questions; the words of live
# talks; cards; what only changes what already stands there; marks, for which nothing ever waits.
Lane = Literal["urgent", "reply", "notice", "reminder", "broadcast", "update", "mark"]
LANES: Mapping[Lane, int] = {
    "urgent": -1,
    "reply": 0,
    "notice": 1,
    "reminder": 2,
    "broadcast": 3,
    "update": 4,
    "mark": 5,
}
LANE_OF: Mapping[int, Lane] = {number: lane for lane, number in LANES.items()}

TEXT_LIMIT = 4096  # characters after entity parsing (Bot API, sendMessage)
CAPTION_LIMIT = 1024  # of a text below a picture (Bot API, sendPhoto)


class Button(msgspec.Struct, frozen=True, omit_defaults=True):
    """An inline button: exactly one of action, url, copy.

    `action` is "name" or "name:argument", at most 64 bytes (Bot API, InlineKeyboardButton).
    """

    label: str
    action: str | None = None
    url: str | None = None
    copy: str | None = None


Buttons = tuple[tuple[Button, ...], ...]


class Key(msgspec.Struct, frozen=True, omit_defaults=True):
    """A key of the reply keyboard."""

    label: str
    asks: Literal["contact", "location"] | None = None


class Keyboard(msgspec.Struct, frozen=True, omit_defaults=True):
    """The reply keyboard below the text field; an empty one is taken away."""

    rows: tuple[tuple[Key, ...], ...] = ()
    placeholder: str | None = None
    stays: bool = True


class Made(msgspec.Struct, frozen=True):
    """A file that is made when it is sent, by the maker of that `kind` (`Share.makers`)."""

    kind: str
    id: str


class _Post(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    to: int | None = None  # chat id; None: the chat of whoever speaks (filled by the turn)
    lane: Lane = "reply"
    key: str | None = None  # idempotency key: a second post with the same key changes nothing
    hold_until: datetime | None = None  # not sent before; may be replaced or cancelled until then
    expires_at: datetime | None = None  # not sent after
    receipt: str | None = None  # name, in `Share.receipts`, of who hears how it went …
    ref: str | None = None  # … and what it was about
    person_id: int | None = None  # whose text this is, for erasure


class _Placed(_Post, frozen=True, kw_only=True, omit_defaults=True):
    slot: str | None = None  # remembers the sent message's id under this name
    in_topic: str | int | None = None  # slot of a topic, or a thread id
    reply_to: str | int | None = None  # slot of a message, or a message id; gone is fine
    is_silent: bool = False


class Outgoing(_Placed, frozen=True, kw_only=True, omit_defaults=True, tag="text"):
    """A text. HTML as the catalogue gives it, or plain text with `entities` when relayed.

    picture  Telegram's name of a photo (`SentMedia.file_id`), which stands above the text; a text
             that is too long for a caption follows it as a message of its own
    """

    text: str
    buttons: Buttons = ()
    keyboard: Keyboard | None = None
    entities: tuple[Entity, ...] | None = None
    shows_preview: bool = False
    wants_reply: bool = False  # the reader's phone opens a reply to it
    picture: str = ""


class Edit(_Post, frozen=True, kw_only=True, omit_defaults=True, tag="edit"):
    """New text or buttons for a sent message (by slot or message id in `to`).

    A waiting Edit of the same message is replaced by a newer one. `pause`: so long after the last
    one that this leaves at the earliest. Where the message is gone, `or_send` sends the same as a
    new message.
    """

    text: str
    buttons: Buttons = ()
    slot: str | None = None
    message_id: int | None = None
    or_send: bool = True
    is_caption: bool = False
    entities: tuple[Entity, ...] | None = None
    pause: timedelta | None = None


class Toast(_Post, frozen=True, kw_only=True, omit_defaults=True, tag="toast"):
    """The answer to a tap: at most 200 characters, plain text, gone after seconds."""

    text: str = ""
    is_alert: bool = False
    query_id: str | None = None


class Copy(_Placed, frozen=True, kw_only=True, omit_defaults=True, tag="copy"):
    """Messages copied from another chat; several are an album and stay one."""

    from_chat: int
    message_ids: tuple[int, ...]
    caption: str | None = None
    buttons: Buttons = ()


class Location(_Placed, frozen=True, kw_only=True, omit_defaults=True, tag="location"):
    """A map pin (WGS 84 degrees)."""

    latitude: float
    longitude: float


class File(_Placed, frozen=True, kw_only=True, omit_defaults=True, tag="file"):
    """A document, voice message or picture made at send time."""

    made: Made
    name: str
    as_voice: bool = False
    caption: str = ""
    buttons: Buttons = ()
    as_photo: bool = False


DELETED_AT_ONCE: Final = 100  # Bot API, deleteMessages


class Delete(_Post, frozen=True, kw_only=True, omit_defaults=True, tag="delete"):
    """Take back messages of this chat (own, or others' in private chats; 48 hours).

    As many as you like: the outbox makes several of it where Telegram takes no more in one call.
    Receipt and key stay with the last.
    """

    message_ids: tuple[int, ...] = ()
    slot: str | None = None


class React(_Post, frozen=True, kw_only=True, omit_defaults=True, tag="react"):
    """Set (or with None take away) the bot's reaction on a message.

    In the lane "mark" it is sent to a group only while that has places to spare.
    """

    message_id: int
    emoji: str | None = None


class Pin(_Post, frozen=True, kw_only=True, omit_defaults=True, tag="pin"):
    """Pin a message, silently."""

    slot: str


class MakeTopic(_Post, frozen=True, kw_only=True, omit_defaults=True, tag="make_topic"):
    """Create a forum topic; its thread id fills `slot`."""

    slot: str
    name: str
    colour: int | None = None


class ChangeTopic(_Post, frozen=True, kw_only=True, omit_defaults=True, tag="change_topic"):
    """Rename, close, open again or delete a topic."""

    in_topic: str | int
    change: Literal["rename", "close", "reopen", "delete"]
    name: str | None = None


Message = (
    Outgoing
    | Edit
    | Toast
    | Copy
    | Location
    | File
    | Delete
    | React
    | Pin
    | MakeTopic
    | ChangeTopic
)


def places_of(message: Message) -> int:
    """How many of the messages that Telegram allows a chat in its time this one takes."""
    return len(message.message_ids) if isinstance(message, Copy) else 1


_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def encode(message: Message) -> bytes:
    """The row's form of an outgoing message."""
    return _encoder.encode(message)


def decode(body: bytes | str) -> Message:
    """Raises msgspec.ValidationError for a body this version cannot read."""
    return _decoder.decode(body)


def in_reading_order(posts: Sequence[Message], *, is_rtl: bool) -> list[Message]:
    """The first button of a row where the reader's language begins: Telegram does not mirror rows
    itself (telegram-bot-api#882)."""
    return [_mirrored(post) for post in posts] if is_rtl else list(posts)


def _mirrored(post: Message) -> Message:
    buttons = getattr(post, "buttons", ())
    if not any(len(row) > 1 for row in buttons):
        return post
    rows = tuple(tuple(reversed(row)) for row in buttons)
    return msgspec.structs.replace(post, buttons=rows)
