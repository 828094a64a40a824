"""Updates in, the house's own words out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import clock
from bot.delivery import incoming
from bot.transport import reading
from tests.transport.updates import (
    AMINA,
    BOT,
    DATE,
    GROUP_ANONYMOUS,
    JORIS,
    ME,
    PRIVATE,
    STAFF,
    edited,
    in_topic,
    membership,
    message,
    said,
    tapped,
)

AT = datetime(2026, 1, 1, tzinfo=UTC)


def read(update: dict[str, Any]) -> Any:
    return reading.read(update, me_id=ME)


def test_text_keeps_its_speaker_moment_and_styles() -> None:
    entities = [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "text_link", "offset": 5, "length": 2, "url": "https://example.org/"},
    ]

    found = read(said(text="سلام ok", entities=entities, quote={"text": "?"}))

    assert found == incoming.Said(
        chat_id=PRIVATE["id"],
        is_private=True,
        at=AT,
        sender=incoming.Sender(id=AMINA["id"], first_name="Amina", language_tag="fa"),
        message_id=11,
        text="سلام ok",
        entities=(
            incoming.Entity(type="bold", offset=0, length=4),
            incoming.Entity(type="text_link", offset=5, length=2, url="https://example.org/"),
        ),
    )
    assert incoming.decode(incoming.encode(found)) == found


def test_message_moment_follows_the_moved_calendar() -> None:
    clock.moves_on(timedelta(days=3))
    try:
        found = read(said(text="hello"))
    finally:
        clock.runs_true()

    assert found.at == AT + timedelta(days=3)


@pytest.mark.parametrize(("chat", "told"), [(PRIVATE, ("BQ1", ".xlsx")), (STAFF, ("", ""))])
def test_a_document_can_be_fetched_from_a_private_chat_only(
    chat: dict[str, Any], told: tuple[str, str]
) -> None:
    document = {"file_id": "BQ1", "file_size": 7, "file_name": "Amina brief.XLSX"}

    found = read(said(chat=chat, document=document))

    assert (found.file_id, found.suffix) == told


@pytest.mark.parametrize("name", ["brief", "a.averylongending", ""])
def test_names_of_files_are_not_kept(name: str) -> None:
    found = read(said(document={"file_id": "BQ1", "file_name": name}))

    assert found.suffix == ""


@pytest.mark.parametrize(
    ("fields", "media"),
    [
        ({"photo": [{"file_id": "a"}], "caption": "my letter"}, "photo"),
        ({"voice": {"file_id": "a", "duration": 3}}, "voice"),
        ({"document": {"file_id": "a"}}, "document"),
        ({"animation": {"file_id": "a"}, "document": {"file_id": "a"}}, "animation"),
        ({"video": {"file_id": "a"}}, "video"),
        ({"video_note": {"file_id": "a"}}, "video_note"),
        ({"audio": {"file_id": "a"}}, "audio"),
        ({"sticker": {"file_id": "a"}}, "sticker"),
        ({"poll": {"id": "1"}}, "other"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "other"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_kind_of_media_is_recognised(fields: dict[str, Any], media: str) -> None:
    found = read(said(**fields))

    assert isinstance(found, incoming.SentMedia)
    assert (found.media, found.caption) == (media, fields.get("caption", ""))


def test_photo_is_known_by_its_largest_size_in_a_private_chat_only() -> None:
    sizes = [{"file_id": "small"}, {"file_id": "large"}]

    assert read(said(photo=sizes)).file_id == "large"
    assert read(in_topic(photo=sizes)).file_id == ""
    assert read(said(voice={"file_id": "a", "duration": 3})).file_id == ""


def test_album_part_keeps_mark_and_caption_styles() -> None:
    styles = [{"type": "italic", "offset": 0, "length": 2}]

    found = read(said(photo=[{}], media_group_id="g1", caption="hi", caption_entities=styles))

    assert found.group_id == "g1"
    assert found.entities == (incoming.Entity(type="italic", offset=0, length=2),)


@pytest.mark.parametrize(
    ("card", "is_own"),
    [
        ({"phone_number": "+32", "first_name": "A", "user_id": AMINA["id"]}, True),
        ({"phone_number": "+32", "first_name": "B", "user_id": 9}, False),
        ({"phone_number": "+32", "first_name": "B"}, False),
    ],
    ids=["own", "somebody else's", "not on Telegram"],
)
def test_contact_card_is_own_only_with_the_senders_id(card: Any, is_own: bool) -> None:
    found = read(said(contact=card))

    assert (found.what, found.is_own) == ("contact", is_own)


def test_venue_is_shared_as_a_location() -> None:
    found = read(said(venue={"title": "x"}, location={"latitude": 51.0, "longitude": 4.0}))

    assert isinstance(found, incoming.Shared)
    assert found.what == "location"


def test_message_in_a_topic_answers_nothing_by_itself() -> None:
    found = read(in_topic(text="I will call her"))

    assert (found.thread_id, found.reply_to) == (77, None)


def test_reply_in_a_topic_names_the_answered_message() -> None:
    found = read(in_topic(text="yes", reply_to_message=message(chat=STAFF, message_id=80)))

    assert (found.thread_id, found.reply_to) == (77, 80)


def test_reply_in_general_has_no_topic() -> None:
    answered = message(chat=STAFF, message_id=90)

    found = read(
        said(chat=STAFF, by=JORIS, text="ok", message_thread_id=90, reply_to_message=answered)
    )

    assert (found.thread_id, found.reply_to) == (None, 90)


@pytest.mark.parametrize(
    "fields",
    [
        {"by": GROUP_ANONYMOUS, "sender_chat": STAFF},
        {"by": GROUP_ANONYMOUS},
        {"by": JORIS, "sender_chat": {"id": -1009, "type": "channel", "title": "News"}},
    ],
    ids=["anonymous admin", "without its chat", "as a channel"],
)
def test_hidden_sender_cannot_be_attributed(fields: dict[str, Any]) -> None:
    assert read(in_topic(text="hello", **fields)).sender.is_anonymous is True


@pytest.mark.parametrize(
    "update",
    [
        said(by=BOT, text="my own words"),
        said(by={"id": 8, "is_bot": True, "first_name": "Other"}, text="beep"),
        said(chat={"id": -1007, "type": "channel", "title": "c"}, text="news"),
        {"update_id": 1, "channel_post": message(text="news")},
        said(chat=STAFF, text="news", is_automatic_forward=True, sender_chat=STAFF),
        said(chat=STAFF, new_chat_members=[JORIS]),
        said(chat=STAFF, left_chat_member=JORIS),
        said(chat=STAFF, pinned_message=message(text="x")),
        said(chat=STAFF, migrate_from_chat_id=-12),
        said(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}),
        said(chat=STAFF, general_forum_topic_hidden={}),
        edited(location={"latitude": 51.0, "longitude": 4.0, "live_period": 900}),
        tapped(None),
        tapped(message(text="x"), data=None),
        {"update_id": 1, "poll": {"id": "1"}},
        {"update_id": 1},
    ],
    ids=lambda update: ",".join(str(key) for key in list(update)[-1:]),
)
def test_what_is_not_for_us_is_nothing(update: dict[str, Any]) -> None:
    assert read(update) is None


@pytest.mark.parametrize(
    ("fields", "text", "is_caption"),
    [({"text": "new"}, "new", False), ({"photo": [{}], "caption": "new"}, "new", True)],
    ids=["text", "caption"],
)
def test_edit_carries_the_new_words(fields: dict[str, Any], text: str, is_caption: bool) -> None:
    found = read(edited(**fields))

    assert isinstance(found, incoming.Edited)
    assert (found.text, found.is_caption) == (text, is_caption)
    assert found.at == AT + timedelta(seconds=60)


def test_tap_belongs_to_whoever_tapped_it() -> None:
    shown = message(chat=STAFF, by=BOT, text="card", message_thread_id=77, is_topic_message=True)

    found = read(tapped(shown, data="claim:42"))

    assert (found.action, found.argument, found.query_id) == ("claim", "42", "99")
    assert (found.chat_id, found.message_id, found.thread_id) == (STAFF["id"], 11, 77)
    assert found.sender.id == AMINA["id"]
    assert abs(found.at - clock.now()) < timedelta(minutes=1)


def test_tap_below_a_message_too_old_to_see_counts() -> None:
    found = read(tapped({"chat": PRIVATE, "message_id": 4, "date": 0}))

    assert (found.chat_id, found.message_id, found.data) == (PRIVATE["id"], 4, "topic:work")


def test_reactions_are_those_that_stand_now() -> None:
    reaction = {
        "chat": PRIVATE,
        "message_id": 6,
        "user": AMINA,
        "date": DATE,
        "old_reaction": [],
        "new_reaction": [
            {"type": "emoji", "emoji": "👎"},
            {"type": "custom_emoji", "custom_emoji_id": "5"},
        ],
    }

    found = read({"update_id": 5, "message_reaction": reaction})

    assert (found.emojis, found.message_id, found.sender.id) == (("👎",), 6, AMINA["id"])


def test_anonymous_reaction_cannot_be_attributed() -> None:
    reaction = {"chat": STAFF, "message_id": 6, "date": DATE, "actor_chat": STAFF}

    found = read({"update_id": 5, "message_reaction": {**reaction, "new_reaction": []}})

    assert found.sender.is_anonymous is True


def test_blocking_the_bot_is_told_by_its_membership() -> None:
    new = {"status": "kicked", "until_date": 0}

    found = read(membership("my_chat_member", chat=PRIVATE, who=BOT, old="member", new=new))

    assert (found.is_me, found.is_private, found.is_member) == (True, True, False)
    assert (found.old_status, found.status) == ("member", "kicked")


def test_promotion_of_the_bot_lists_its_rights() -> None:
    new = {
        "status": "administrator",
        "can_pin_messages": True,
        "can_manage_topics": True,
        "can_promote_members": False,
        "is_anonymous": False,
    }

    found = read(membership("my_chat_member", chat=STAFF, who=BOT, old="member", new=new))

    assert found.rights == ("can_manage_topics", "can_pin_messages")


@pytest.mark.parametrize(
    ("new", "is_member"),
    [
        ({"status": "member"}, True),
        ({"status": "creator", "is_anonymous": False}, True),
        ({"status": "restricted", "is_member": True}, True),
        ({"status": "restricted", "is_member": False}, False),
        ({"status": "left"}, False),
    ],
    ids=["member", "creator", "restricted inside", "restricted outside", "left"],
)
def test_membership_of_a_colleague_is_told(new: dict[str, Any], is_member: bool) -> None:
    found = read(membership("chat_member", chat=STAFF, who=AMINA, old="left", new=new))

    assert (found.who, found.is_me, found.is_member) == (AMINA["id"], False, is_member)
    assert (found.sender.id, found.rights) == (JORIS["id"], ())


def test_group_that_became_a_supergroup_has_moved() -> None:
    chat = {"id": -77, "type": "group", "title": "Team"}

    found = read(said(chat=chat, migrate_to_chat_id=-100777))

    assert isinstance(found, incoming.ChatMoved)
    assert (found.chat_id, found.new_chat_id) == (-77, -100777)


@pytest.mark.parametrize("change", ["created", "closed", "reopened", "edited"])
def test_topic_change_by_a_person_is_told(change: str) -> None:
    found = read(in_topic(**{f"forum_topic_{change}": {"name": "x", "icon_color": 1}}))

    assert isinstance(found, incoming.TopicChanged)
    assert (found.change, found.thread_id) == (change, 77)


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "message": {"text": "no chat"}},
        {"update_id": 1, "message": "text"},
        said(text=5),
        said(text="x", date="yesterday"),
        said(text="x", date=10**15),
        {"update_id": 1, "callback_query": None},
    ],
    ids=["chat missing", "no object", "text a number", "date a text", "far future", "null"],
)
def test_unforeseen_shape_is_unreadable_without_its_words(update: dict[str, Any]) -> None:
    with pytest.raises(reading.Unreadable) as caught:
        read(update)

    assert "yesterday" not in str(caught.value)


def test_unreadable_update_arrives_whole_and_marked() -> None:
    strange = {"update_id": 8, "message": {"text": "no chat"}}

    good, bad = reading.arrivals([said(text="hello"), said(by=BOT, text="x"), strange], me_id=ME)

    assert (good.update_id, good.message is not None) == (1, True)
    assert (bad.update_id, bad.message, bad.raw) == (
        8,
        None,
        '{"update_id":8,"message":{"text":"no chat"}}',
    )
    assert bad.error.startswith("message: ")


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 8, "message": {"chat": {"id": 5}, "text": "no date"}},
        {"update_id": 8, "callback_query": {"message": {"chat": {"id": 5}}, "from": {"id": 6}}},
        {"update_id": 8, "callback_query": {"id": 1, "from": {"id": 5}}},
        {"update_id": 8, "message_reaction": {"chat": {"id": 5}}},
    ],
    ids=["message", "tap", "tap without message", "reaction"],
)
def test_unreadable_update_says_whose_it_is(update: dict[str, Any]) -> None:
    (found,) = reading.arrivals([update], me_id=ME)

    assert (found.message, found.chat_id) == (None, 5)
