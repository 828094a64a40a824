"""Telegram's updates turned into the house's own words (`bot.delivery.incoming`).

Plain dicts in, no objects of python-telegram-bot: building those costs more than a whole turn.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from bot import clock
from bot.delivery.inbox import Arrival
from bot.delivery.incoming import (
    ChatMoved,
    Edited,
    Entity,
    Incoming,
    Media,
    MembershipChanged,
    Reacted,
    Said,
    Sender,
    SentMedia,
    Shared,
    Tapped,
    TopicChanged,
)
from bot.errors import Error
from bot.transport import shapes

# Named in full at every start: Telegram's default leaves out reactions and memberships, and it
# remembers an earlier list (Bot API, getUpdates).
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "message_reaction",
    "my_chat_member",
    "chat_member",
)

_LONGEST_SUFFIX = 5
_ANONYMOUS_ADMIN = 1087968824  # @GroupAnonymousBot speaks for admins who hide their name
_MEMBERS = ("creator", "administrator", "member")

# An animation also carries a document, so it is looked for first.
_MEDIA: tuple[tuple[str, Media], ...] = (
    ("animation", "animation"),
    ("photo", "photo"),
    ("voice", "voice"),
    ("document", "document"),
    ("video", "video"),
    ("video_note", "video_note"),
    ("audio", "audio"),
    ("sticker", "sticker"),
    ("poll", "other"),
    ("dice", "other"),
    ("game", "other"),
    ("story", "other"),
    ("live_photo", "other"),
    ("paid_media", "other"),
    ("checklist", "other"),
    ("rich_message", "other"),
    ("giveaway", "other"),
    ("invoice", "other"),
)

_TOPIC_CHANGES: tuple[tuple[str, Literal["created", "closed", "reopened", "edited"]], ...] = (
    ("forum_topic_created", "created"),
    ("forum_topic_closed", "closed"),
    ("forum_topic_reopened", "reopened"),
    ("forum_topic_edited", "edited"),
)


class Unreadable(Error):
    """An update whose shape we do not understand. Keep it as it came and tell somebody."""


def read(update: dict[str, Any], *, me_id: int) -> Incoming | None:
    """What `update` says; None when it is nothing for us (joins, pins, channels, our own words).

    Raises Unreadable.
    """
    try:
        for kind, reader in _READERS:
            if kind in update:
                return reader(update[kind], me_id)
    except (msgspec.ValidationError, ValueError, OverflowError, OSError) as error:
        reason = str(error) if isinstance(error, msgspec.ValidationError) else type(error).__name__
    else:
        return None
    raise Unreadable(f"{kind}: {reason}")  # outside the handler: values of the update stay out


def arrivals(updates: Iterable[dict[str, Any]], *, me_id: int) -> list[Arrival]:
    """Updates as the inbox stores them: what is for us, and whole what we cannot read."""
    found = []
    for update in updates:
        try:
            message = read(update, me_id=me_id)
        except Unreadable as fault:
            raw = msgspec.json.encode(update).decode()
            chat = _chat_of(update)
            found.append(
                Arrival(update["update_id"], None, raw=raw, error=str(fault), chat_id=chat)
            )
        else:
            if message is not None:
                found.append(Arrival(update["update_id"], message))
    return found


def _chat_of(update: dict[str, Any]) -> int:
    """Whose an unreadable update is, so that it goes when they want to be forgotten."""
    for content in update.values():
        try:
            return msgspec.convert(content, shapes.Whose).chat_id
        except msgspec.ValidationError:
            continue
    return 0


def _message(raw: Any, me_id: int) -> Incoming | None:
    message = msgspec.convert(raw, shapes.Message)
    if message.migrate_to_chat_id is not None:
        return ChatMoved(new_chat_id=message.migrate_to_chat_id, **_place(message))
    if not _is_said_by_somebody(message, me_id):
        return None
    if message.text is not None:
        return Said(text=message.text, entities=_entities(message.entities), **_place(message))
    return _shared(message) or _media(message, raw) or _topic(message, raw)


def _is_said_by_somebody(message: shapes.Message, me_id: int) -> bool:
    sender = message.sender
    if message.chat.type == "channel" or message.is_automatic_forward or sender is None:
        return False
    if sender.id == me_id:
        return False
    return not sender.is_bot or _is_anonymous(message)  # no talk with other bots: it never ends


def _shared(message: shapes.Message) -> Shared | None:
    if message.location is not None:  # a venue carries one too
        return Shared(what="location", **_place(message))
    if message.contact is None:
        return None
    sender, owner = message.sender, message.contact.user_id
    is_own = owner is not None and sender is not None and owner == sender.id
    is_told = is_own and message.chat.type == "private"
    phone = message.contact.phone_number if is_told else ""
    return Shared(what="contact", is_own=is_own, phone=phone, **_place(message))


def _media(message: shapes.Message, raw: dict[str, Any]) -> SentMedia | None:
    for field, media in _MEDIA:
        if field in raw:
            return SentMedia(
                media=media,
                caption=message.caption,
                entities=_entities(message.caption_entities),
                group_id=message.media_group_id,
                **_file(message, media, raw[field]),
                **_place(message),
            )
    return None


def _file(message: shapes.Message, media: Media, raw: Any) -> dict[str, Any]:
    """Under which name Telegram knows a photo or a document that somebody sent to the bot itself;
    of others, and in groups, nothing is known."""
    if message.chat.type != "private":
        return {}
    if media == "photo" and message.photo:
        return {"file_id": message.photo[-1].file_id}
    return _document(msgspec.convert(raw, shapes.Document)) if media == "document" else {}


def _document(file: shapes.Document) -> dict[str, Any]:
    _, dot, suffix = file.file_name.rpartition(".")
    known = f".{suffix.casefold()}" if dot and len(suffix) <= _LONGEST_SUFFIX else ""
    return {"file_id": file.file_id, "suffix": known}


def _topic(message: shapes.Message, raw: dict[str, Any]) -> TopicChanged | None:
    for field, change in _TOPIC_CHANGES:
        if field in raw:
            return TopicChanged(change=change, **_place(message))
    return None


def _edited(raw: Any, me_id: int) -> Incoming | None:
    message = msgspec.convert(raw, shapes.Message)
    if message.location is not None or not _is_said_by_somebody(message, me_id):
        return None  # a live location moves by editing itself
    place = _place(message, at=message.edit_date)
    if message.text is not None:
        return Edited(text=message.text, entities=_entities(message.entities), **place)
    entities = _entities(message.caption_entities)
    return Edited(text=message.caption, entities=entities, is_caption=True, **place)


def _tap(raw: Any, me_id: int) -> Incoming | None:
    tap = msgspec.convert(raw, shapes.Tap)
    if tap.message is None or tap.data is None:
        return None  # a button of an inline message or of a game: we make neither
    place = _place(tap.message) | {"sender": _sender(tap.sender), "at": clock.now()}
    return Tapped(query_id=tap.id, data=tap.data, **place)


def _reaction(raw: Any, me_id: int) -> Incoming | None:
    reaction = msgspec.convert(raw, shapes.Reaction)
    if reaction.user is not None:
        sender = _sender(reaction.user)
    elif reaction.actor_chat is not None:
        sender = Sender(id=reaction.actor_chat.id, is_anonymous=True)
    else:
        return None
    return Reacted(
        chat_id=reaction.chat.id,
        is_private=reaction.chat.type == "private",
        at=_moment(reaction.date),
        sender=sender,
        message_id=reaction.message_id,
        emojis=tuple(one.emoji for one in reaction.new_reaction if one.type == "emoji"),
    )


def _membership(raw: Any, me_id: int) -> Incoming | None:
    change = msgspec.convert(raw, shapes.Membership)
    if change.chat.type == "channel":
        return None
    new = msgspec.convert(change.new_chat_member, shapes.Member)
    is_me = new.user.id == me_id
    return MembershipChanged(
        chat_id=change.chat.id,
        is_private=change.chat.type == "private",
        at=_moment(change.date),
        sender=_sender(change.sender),
        who=new.user.id,
        is_me=is_me,
        first_name=new.user.first_name,
        old_status=str(change.old_chat_member.get("status", "")),
        status=new.status,
        is_member=new.status in _MEMBERS or (new.status == "restricted" and new.is_member),
        rights=_rights(change.new_chat_member) if is_me else (),
    )


def _rights(member: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(name for name in member if name[:4] == "can_" and member[name] is True))


def _place(message: shapes.Message, *, at: int | None = None) -> dict[str, Any]:
    """The fields that every incoming message has."""
    # A reply in General carries a thread id that is no topic, so only the mark counts.
    thread = message.message_thread_id if message.is_topic_message else None
    return {
        "chat_id": message.chat.id,
        "is_private": message.chat.type == "private",
        "at": _moment(at or message.date),
        "sender": message.sender and _sender(message.sender, is_anonymous=_is_anonymous(message)),
        "thread_id": thread,
        "message_id": message.message_id,
        "reply_to": _reply_to(message, thread),
    }


def _reply_to(message: shapes.Message, thread: int | None) -> int | None:
    if message.reply_to_message is None:
        return None
    answered = message.reply_to_message.message_id
    # In a topic Telegram calls everything a reply to the message that made the topic.
    return None if answered == thread else answered


def _is_anonymous(message: shapes.Message) -> bool:
    by_chat = message.sender_chat is not None
    return by_chat or (message.sender is not None and message.sender.id == _ANONYMOUS_ADMIN)


def _sender(user: shapes.User, *, is_anonymous: bool = False) -> Sender:
    return Sender(
        id=user.id,
        first_name=user.first_name,
        language_tag=user.language_code,
        is_anonymous=is_anonymous,
        is_bot=user.is_bot,
    )


def _entities(stretches: tuple[shapes.Stretch, ...]) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            type=one.type, offset=one.offset, length=one.length, url=one.url, language=one.language
        )
        for one in stretches
    )


def _moment(seconds: int) -> datetime:
    """Telegram's moment on our calendar, which tests and the demonstration may have moved."""
    moved = round(clock.now().timestamp() - clock.wall())
    return datetime.fromtimestamp(seconds + moved, UTC)


_READERS: tuple[tuple[str, Callable[[Any, int], Incoming | None]], ...] = (
    ("message", _message),
    ("edited_message", _edited),
    ("callback_query", _tap),
    ("message_reaction", _reaction),
    ("my_chat_member", _membership),
    ("chat_member", _membership),
)
