"""Sending, through python-telegram-bot's own Bot."""

from datetime import timedelta

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden

from bot.simulator.phones import Phone
from bot.simulator.scripting import Simulation
from bot.simulator.world import World
from tests.simulator.conftest import Calendar, RawCall, Team

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="yes")]])


async def test_text_arrives_as_it_was_parsed(bot: Bot, amina: Phone) -> None:
    sent = await bot.send_message(
        amina.chat, " <b>سلام</b> VDAB ", parse_mode="HTML", reply_markup=KEYBOARD,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )  # fmt: skip

    assert sent.text == "سلام VDAB"
    assert sent.parse_entities() == {sent.entities[0]: "سلام"}
    assert (await amina.sees("سلام")).labels == ["Ja"]


@pytest.mark.parametrize(
    ("text", "is_accepted"),
    [("x" * 4096, True), ("x" * 4097, False), ("👍" * 2048, True), ("👍" * 2049, False),
     ("<b>" + "x" * 4096 + "</b>", True), ("\u2068\u2069 \u200f", False)],
    ids=["4096", "4097", "emoji", "emoji 4098", "after parsing", "invisible"],
)  # fmt: skip
async def test_text_length_counts_after_parsing(
    call: RawCall, amina: Phone, text: str, is_accepted: bool
) -> None:
    answer = await call("sendMessage", chat_id=amina.chat, text=text, parse_mode="HTML")

    assert answer["ok"] is is_accepted


async def test_isolates_stay_and_overrides_go(bot: Bot, amina: Phone) -> None:
    sent = await bot.send_message(amina.chat, "\u2068VDAB\u2069\u202ex\u200f.")

    assert sent.text == "\u2068VDAB\u2069x\u200f."


async def test_photo_goes_out_and_comes_back(bot: Bot, amina: Phone) -> None:
    sent = await bot.send_photo(amina.chat, b"picture", caption="<i>map</i>", parse_mode="HTML")
    again = await bot.send_photo(amina.chat, sent.photo[-1].file_id)
    file = await bot.get_file(again.photo[-1].file_id)

    assert sent.caption == "map"
    assert bytes(await file.download_as_bytearray()) == b"picture"


@pytest.mark.parametrize(
    "kind", ["voice", "document", "video", "video_note", "audio", "sticker", "animation"]
)
async def test_each_kind_of_file_is_sent(bot: Bot, amina: Phone, kind: str) -> None:
    send = getattr(bot, f"send_{kind}")

    sent = await send(amina.chat, b"content")

    assert getattr(sent, kind).file_size == 7


async def test_file_of_another_kind_is_refused(bot: Bot, amina: Phone) -> None:
    sent = await bot.send_voice(amina.chat, b"voice", duration=timedelta(seconds=9))

    with pytest.raises(BadRequest, match=r"(?i)can't use file of type voice as photo"):
        await bot.send_photo(amina.chat, sent.voice.file_id)  # type: ignore[union-attr]
    with pytest.raises(BadRequest, match=r"[Ww]rong file identifier"):
        await bot.send_photo(amina.chat, "unknown")


async def test_person_shares_a_file_that_can_be_fetched(bot: Bot, amina: Phone) -> None:
    await amina.shares_document(b"letter", filename="../../brief.pdf")

    update = (await bot.get_updates(timeout=0))[-1]
    assert update.message is not None
    document = update.message.document
    assert document is not None
    file = await bot.get_file(document.file_id)
    assert document.file_name == "brief.pdf"
    assert ".." not in str(file.file_path)
    assert bytes(await file.download_as_bytearray()) == b"letter"


async def test_files_over_20_megabytes_are_not_fetched(
    bot: Bot, amina: Phone, world: World
) -> None:
    await amina.shares_document(b"x")
    stored = next(iter(world.files.by_id.values()))
    stored.claimed_size = 20 * 1024 * 1024 + 1

    with pytest.raises(BadRequest, match=r"[Ff]ile is too big"):
        await bot.get_file(stored.file_id)


async def test_album_shares_one_group_id(bot: Bot, amina: Phone) -> None:
    sent = await bot.send_media_group(
        amina.chat, [InputMediaPhoto(b"one", caption="map"), InputMediaPhoto(b"two")]
    )

    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["map", None]


async def test_album_of_a_person_comes_as_several_messages(bot: Bot, amina: Phone) -> None:
    await amina.shares_album(3, caption="my letter")

    updates = (await bot.get_updates(timeout=0))[-3:]
    found = [update.message for update in updates if update.message]
    assert len({message.media_group_id for message in found}) == 1
    assert [message.caption for message in found] == ["my letter", None, None]


async def test_reply_names_its_message(bot: Bot, amina: Phone) -> None:
    question = await amina.says("where?")

    sent = await bot.send_message(
        amina.chat, "there", reply_parameters=ReplyParameters(question.id)
    )

    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == question.id


async def test_reply_to_nothing_is_refused_unless_allowed(bot: Bot, amina: Phone) -> None:
    with pytest.raises(BadRequest, match=r"[Mm]essage to be replied not found"):
        await bot.send_message(amina.chat, "x", reply_parameters=ReplyParameters(999))

    lenient = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(amina.chat, "x", reply_parameters=lenient)).text == "x"


async def test_blocked_bot_is_told_and_forbidden(bot: Bot, amina: Phone) -> None:
    await amina.blocks()

    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(amina.chat, "x")
    update = (await bot.get_updates(timeout=0))[-1].my_chat_member
    assert update is not None
    assert (update.old_chat_member.status, update.new_chat_member.status) == ("member", "kicked")


async def test_return_after_blocking_is_told(bot: Bot, amina: Phone) -> None:
    await amina.blocks()
    await amina.starts("again")

    *_, change, message = await bot.get_updates(timeout=0)
    assert change.my_chat_member is not None
    assert change.my_chat_member.new_chat_member.status == "member"
    assert message.message is not None
    assert message.message.text == "/start again"


async def test_bot_cannot_write_first(bot: Bot, simulation: Simulation, team: Team) -> None:
    stranger = await simulation.person("Nobody")

    with pytest.raises(BadRequest, match=r"[Cc]hat not found"):
        await bot.send_message(stranger.chat, "x")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(team.joris.person, "x")


async def test_deleted_account_is_deactivated(bot: Bot, amina: Phone, world: World) -> None:
    world.people[amina.person].is_deactivated = True

    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(amina.chat, "x")


async def test_copy_hides_the_author_and_forward_names_them(
    bot: Bot, amina: Phone, team: Team
) -> None:
    question = await amina.says("<my> question")

    copied = await bot.copy_message(team.group.id, amina.chat, question.id)
    forwarded = await bot.forward_message(team.group.id, amina.chat, question.id)

    shown = team.group.view.messages
    await team.joris.sees("question")
    assert "forward_origin" not in shown[copied.message_id]
    assert forwarded.forward_origin is not None
    assert forwarded.text == "<my> question"


async def test_service_messages_cannot_be_copied(bot: Bot, amina: Phone, team: Team) -> None:
    topic = await bot.create_forum_topic(team.group.id, "#1")

    with pytest.raises(BadRequest, match=r"[Mm]essage can't be copied"):
        await bot.copy_message(amina.chat, team.group.id, topic.message_thread_id)
    with pytest.raises(BadRequest, match=r"[Mm]essage to copy not found"):
        await bot.copy_message(amina.chat, team.group.id, 999)


async def test_several_copies_skip_what_is_gone(bot: Bot, amina: Phone, team: Team) -> None:
    first = await amina.says("one")
    second = await amina.says("two")

    copied = await bot.copy_messages(team.group.id, amina.chat, [first.id, second.id, 999])

    assert len(copied) == 2


async def test_protected_content_stays_where_it_is(bot: Bot, amina: Phone, team: Team) -> None:
    sent = await bot.send_message(amina.chat, "secret", protect_content=True)

    with pytest.raises(BadRequest, match="protected content"):
        await bot.forward_message(team.group.id, amina.chat, sent.message_id)


async def test_editing_replaces_text_and_keyboard(bot: Bot, amina: Phone) -> None:
    sent = await bot.send_message(amina.chat, "one", reply_markup=KEYBOARD)

    edited = await bot.edit_message_text("two", amina.chat, sent.message_id)

    assert edited.reply_markup is None  # type: ignore[union-attr]
    assert (await amina.sees("two"))["edit_date"]


async def test_same_content_is_not_modified(bot: Bot, amina: Phone) -> None:
    sent = await bot.send_message(amina.chat, "one", reply_markup=KEYBOARD)

    with pytest.raises(BadRequest, match=r"[Mm]essage is not modified: specified new message"):
        await bot.edit_message_text("one", amina.chat, sent.message_id, reply_markup=KEYBOARD)
    with pytest.raises(BadRequest, match=r"[Mm]essage is not modified"):
        await bot.edit_message_reply_markup(amina.chat, sent.message_id, reply_markup=KEYBOARD)


async def test_what_cannot_be_edited_is_refused(bot: Bot, amina: Phone) -> None:
    theirs = await amina.says("mine")
    keyed = await bot.send_message(
        amina.chat, "x", reply_markup=ReplyKeyboardMarkup([[KeyboardButton("a")]])
    )
    photo = await bot.send_photo(amina.chat, b"x")

    for number, complaint in [
        (theirs.id, "message can't be edited"),
        (keyed.message_id, "message can't be edited"),
        (photo.message_id, "there is no text in the message to edit"),
        (999, "message to edit not found"),
    ]:
        with pytest.raises(BadRequest) as refusal:
            await bot.edit_message_text("y", amina.chat, number)
        assert refusal.value.message.lower() == complaint


async def test_caption_is_edited_on_files_only(bot: Bot, amina: Phone) -> None:
    photo = await bot.send_photo(amina.chat, b"x", caption="old")
    text = await bot.send_message(amina.chat, "x")

    edited = await bot.edit_message_caption(amina.chat, photo.message_id, caption="new")

    assert edited.caption == "new"  # type: ignore[union-attr]
    with pytest.raises(BadRequest, match="no caption in the message"):
        await bot.edit_message_caption(amina.chat, text.message_id, caption="new")


async def test_messages_can_be_deleted_for_48_hours(
    bot: Bot, amina: Phone, calendar: Calendar
) -> None:
    old = await bot.send_message(amina.chat, "old")
    calendar.now += 48 * 3600 + 1
    new = await bot.send_message(amina.chat, "new")

    assert await bot.delete_message(amina.chat, new.message_id)
    with pytest.raises(BadRequest, match=r"[Mm]essage can't be deleted"):
        await bot.delete_message(amina.chat, old.message_id)
    with pytest.raises(BadRequest, match=r"[Mm]essage to delete not found"):
        await bot.delete_message(amina.chat, new.message_id)


async def test_administrator_with_the_right_deletes_old_messages(
    bot: Bot, team: Team, calendar: Calendar
) -> None:
    theirs = await team.joris.says("note")
    calendar.now += 80 * 3600

    assert await bot.delete_messages(team.group.id, [theirs.id, 999])

    await team.group.bot_becomes("administrator")
    other = await team.joris.says("note")
    with pytest.raises(BadRequest, match=r"[Mm]essage can't be deleted"):
        await bot.delete_message(team.group.id, other.id)


async def test_reply_keyboard_appears_and_goes(bot: Bot, amina: Phone) -> None:
    markup = ReplyKeyboardMarkup([["Menu", KeyboardButton("Bel mij", request_contact=True)]],
                                 one_time_keyboard=True)  # fmt: skip
    await bot.send_message(amina.chat, "choose", reply_markup=markup)

    shared = await amina.presses("Bel mij")

    assert shared["contact"]["user_id"] == amina.person
    assert amina.keyboard is None
    await bot.send_message(amina.chat, "again", reply_markup=markup)
    await bot.send_message(amina.chat, "gone", reply_markup=ReplyKeyboardRemove())
    await amina.sees("gone")
    assert amina.keyboard is None


async def test_location_and_contact_are_sent(bot: Bot, amina: Phone) -> None:
    place = await bot.send_location(amina.chat, 50.85, 4.35)
    contact = await bot.send_contact(amina.chat, "+32 2 000 00 00", "Info desk")

    assert place.location is not None
    assert contact.contact is not None
    assert contact.contact.first_name == "Info desk"


async def test_chat_action_shows_as_typing(bot: Bot, amina: Phone, world: World) -> None:
    await bot.send_chat_action(amina.chat, "typing")

    assert world.chats[amina.chat].typing == "typing"


async def test_bot_reacts_with_one_emoji(bot: Bot, amina: Phone, world: World) -> None:
    note = await amina.says("x")

    await bot.set_message_reaction(amina.chat, note.id, "👀")
    await bot.set_message_reaction(amina.chat, note.id, "👍")

    shown = world.chats[amina.chat].messages[note.id].as_state["reactions"]
    assert shown == {"👍": [world.bot.id]}
    with pytest.raises(BadRequest, match=r"(?i)reaction_invalid"):
        await bot.set_message_reaction(amina.chat, note.id, "🧭")
