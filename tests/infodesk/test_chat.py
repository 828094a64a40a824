"""What a newcomer hears at the info desk."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.incoming import Album, Incoming, Shared
from bot.delivery.messages import Edit, File, Message, Outgoing, Toast
from bot.dialog.routes import Routes
from bot.errors import Outdated
from bot.infodesk import chat, exports, importing, service
from bot.infodesk.desk import InfoDesk, Shelf
from bot.infodesk.domain import Thresholds
from bot.infodesk.search import Search
from bot.language.catalog import Catalogs
from bot.people.domain import Person
from bot.storage.transaction import Tx
from tests.support import infodesk_makers as making
from tests.support.people_makers import AMINA, NOW, a_person, said, tapped


@pytest.fixture
def unsure_desk(catalogs: Catalogs) -> InfoDesk:
    """A desk that never trusts its search enough to answer at once."""
    search = Search(making.shipped(), making.shipped_model(), Thresholds(sure=2))
    return replace(making.a_desk(catalogs), shelf=Shelf(making.shipped(), search))


@pytest.fixture
def desk(catalogs: Catalogs) -> InfoDesk:
    return making.a_desk(catalogs)


async def hears(routes: Routes, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    for listener in routes.hears:
        if (replies := await listener(tx, person, incoming)) is not None:
            return replies
    return []


async def taps(desk: InfoDesk, tx: Tx, person: Person, data: str) -> list[Message]:
    tap = tapped(data)
    return await chat.routes(desk).actions[tap.action](tx, person, tap)


def an_album(photos: int) -> Album:
    parts = tuple(making.sent("photo", message_id=21 + number) for number in range(photos))
    return Album(chat_id=AMINA, is_private=True, at=NOW, message_id=21, parts=parts)


def text_of(message: Message) -> str:
    assert isinstance(message, Outgoing | Edit)
    return message.text


def actions_of(message: Message) -> list[str]:
    assert isinstance(message, Outgoing | Edit)
    return [button.action or "" for row in message.buttons for button in row]


async def test_clear_question_is_answered_at_once(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    (reply,) = await hears(chat.routes(desk), tx, amina, said("how to find a house to rent"))

    assert isinstance(reply, Outgoing)
    assert f"<b>{desk.title('housing/find', 'en')}</b>" in reply.text
    assert "ask:housing/find" in actions_of(reply)


async def test_answer_comes_in_the_persons_language(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx, language="nl")

    (reply,) = await hears(chat.routes(desk), tx, amina, said("how to find a house to rent"))

    assert desk.title("housing/find", "nl") in text_of(reply)


async def test_unclear_question_offers_titles(tx: Tx, unsure_desk: InfoDesk) -> None:
    amina = await a_person(tx)

    (reply,) = await hears(chat.routes(unsure_desk), tx, amina, said("doctor on call in weekend"))

    assert "topic:health/emergency" in actions_of(reply)
    assert actions_of(reply)[-1] == "none_of_these"
    assert len(actions_of(reply)) <= 4


async def test_unknown_question_offers_a_colleague_and_counts(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    (reply,) = await hears(chat.routes(desk), tx, amina, said("who won the football match"))

    assert "I have no answer to this" in text_of(reply)
    assert "ask" in actions_of(reply)
    assert len(await service.unanswered_since(tx, NOW.date())) == 1
    assert (await service.already(desk, tx, amina.id)).asked[0].text == "who won the football match"


async def test_none_of_these_is_counted_and_passed_on(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)
    await hears(chat.routes(desk), tx, amina, said("doctor on call in weekend"))

    (reply,) = await taps(desk, tx, amina, "none_of_these")

    assert isinstance(reply, Edit)
    assert "ask" in actions_of(reply)
    (row,) = await service.unanswered_since(tx, NOW.date())
    assert row["text"] == "doctor on call in weekend"


async def test_danger_shows_numbers_and_flags_the_question(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    (reply,) = await hears(chat.routes(desk), tx, amina, said("my husband beats me"))

    assert text_of(reply).startswith("🆘 <b>In danger now? Call:</b>\n101\n112")
    assert actions_of(reply)[-1] == "not_urgent"
    assert isinstance(reply, Outgoing)
    assert reply.is_silent
    assert (await service.already(desk, tx, amina.id)).is_urgent


async def test_not_urgent_is_one_tap(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)
    await hears(chat.routes(desk), tx, amina, said("we have no place to sleep tonight"))

    (reply,) = await taps(desk, tx, amina, "not_urgent")

    assert isinstance(reply, Edit)
    assert "not_urgent" not in actions_of(reply)


async def test_danger_names_the_emergency_number_whatever_the_topic(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    (reply,) = await hears(chat.routes(desk), tx, amina, said("i am 15 and alone here"))

    assert "\n078154324\n112\n" in text_of(reply)


async def test_greeting_is_returned_and_not_remembered(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    (hello,) = await hears(chat.routes(desk), tx, amina, said("hello"))
    (welcome,) = await hears(chat.routes(desk), tx, amina, said("thank you"))

    assert "Hello Amina!" in text_of(hello)
    assert "You are welcome" in text_of(welcome)
    assert (await service.already(desk, tx, amina.id)).asked == ()


async def test_voice_is_offered_to_a_colleague(tx: Tx, catalogs: Catalogs) -> None:
    desk = making.a_desk(catalogs, opens_at=NOW + timedelta(days=3))
    amina = await a_person(tx, language="fa_AF")

    (reply,) = await hears(chat.routes(desk), tx, amina, making.sent("voice"))

    assert "دری" in text_of(reply)
    assert actions_of(reply) == ["ask", "menu", "urgent"]
    assert (await service.already(desk, tx, amina.id)).asked[0].media == "voice"


async def test_album_is_kept_as_a_whole(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    await hears(chat.routes(desk), tx, amina, an_album(2))

    already = await service.already(desk, tx, amina.id)
    assert [one.message_id for one in already.asked] == [21, 22]


async def test_album_costs_no_more_than_one_photo(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)
    routes, costs = chat.routes(desk), []

    for parts in (1, 10):
        before = tx.statements
        await hears(routes, tx, amina, an_album(parts))
        costs.append(tx.statements - before)

    assert costs[0] == costs[1]


async def test_sticker_and_location_get_a_friendly_hint(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)
    place = Shared(chat_id=AMINA, is_private=True, at=NOW, message_id=9, what="location")

    (sticker,) = await hears(chat.routes(desk), tx, amina, making.sent("sticker"))
    (location,) = await hears(chat.routes(desk), tx, amina, place)

    assert "write it here" in text_of(sticker)
    assert "I do not keep it" in text_of(location)
    assert (await service.already(desk, tx, amina.id)).asked == ()


async def test_commands_are_left_to_others(tx: Tx, desk: InfoDesk) -> None:
    assert await hears(chat.routes(desk), tx, await a_person(tx), said("/unknown")) == []


async def test_words_after_two_strokes_are_a_question(tx: Tx, desk: InfoDesk) -> None:
    question = said("//how to find a house to rent")

    (reply,) = await hears(chat.routes(desk), tx, await a_person(tx), question)

    assert desk.title("housing/find", "en") in text_of(reply)


async def test_browsing_changes_one_message(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    for data in ("topics", "category:health", "topic:asylum/apply", "more:asylum/apply"):
        (reply,) = await taps(desk, tx, amina, data)
        assert isinstance(reply, Edit)


async def test_only_topic_of_a_category_is_shown_at_once(
    tx: Tx, catalogs: Catalogs, tmp_path: Path
) -> None:
    making.write_language(tmp_path, "en", {"asylum/apply": making.ANSWER})
    desk = making.a_desk(catalogs, importing.read(tmp_path))

    (reply,) = await taps(desk, tx, await a_person(tx), "category:asylum")

    assert "ask:asylum/apply" in actions_of(reply)


async def test_every_button_of_an_answer_leads_somewhere(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)
    elsewhere = {"ask", "menu"}
    known = chat.routes(desk).actions.keys() | elsewhere
    seen: set[str] = set()
    waiting = ["topics", "urgent"]
    while waiting:
        data = waiting.pop()
        if data in seen or data.partition(":")[0] in {*elsewhere, "hide"}:
            continue
        seen.add(data)
        replies = await taps(desk, tx, amina, data)
        for reply in replies:
            if isinstance(reply, Edit):
                assert {one.partition(":")[0] for one in actions_of(reply)} <= known
                waiting += actions_of(reply)
    assert len(seen) > 60


@pytest.mark.parametrize(
    "data", ["topic:none/such", "category:none", "more:x", "listen:asylum/apply"]
)
async def test_forged_button_is_refused(tx: Tx, desk: InfoDesk, data: str) -> None:
    amina = await a_person(tx)

    with pytest.raises(Outdated):
        await taps(desk, tx, amina, data)


async def test_thumbs_thank_and_down_offers_a_colleague(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    up, thanks = await taps(desk, tx, amina, "up:legal/lawyer:short")
    down, _ = await taps(desk, tx, amina, "down:legal/lawyer:open")

    assert isinstance(thanks, Toast)
    assert not [one for one in actions_of(up) if one.startswith("up:")]
    assert "A colleague can answer you." in text_of(down)
    assert "less:legal/lawyer" in actions_of(down)


async def test_link_opens_its_topic(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)
    opens = chat.routes(desk).starts["q"]

    (right,) = await opens(tx, amina, said("/start q_ukraine-temporary-protection"))
    (old,) = await opens(tx, amina, said("/start q_gone-topic"))

    assert desk.title("ukraine/temporary-protection", "en") in text_of(right)
    assert "What is your question?" in text_of(old)


@pytest.mark.parametrize(
    ("msgid", "expected"),
    [
        ("❓ Ask a question", "What is your question?"),
        ("🆘 Urgent help", "call now"),
    ],
)
async def test_menu_keys_open_their_screens(
    tx: Tx, desk: InfoDesk, msgid: str, expected: str
) -> None:
    amina = await a_person(tx)

    (reply,) = await chat.routes(desk).menu[msgid](tx, amina, said(msgid))

    assert isinstance(reply, Outgoing)
    assert expected in reply.text


async def test_urgent_screen_names_every_line(tx: Tx, desk: InfoDesk) -> None:
    (reply,) = await taps(desk, tx, await a_person(tx), "urgent")

    lines = text_of(reply).split("\n")
    assert {"112", "101", "1712", "1813", "106"} <= set(lines)


async def test_hiding_says_what_stays(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)
    await hears(chat.routes(desk), tx, amina, said("i feel depressed and cannot sleep"))

    *_, last = await taps(desk, tx, amina, "hide:health/mental")

    assert isinstance(last, Outgoing)
    assert "Older messages stay" in last.text
    assert last.is_silent


async def test_recording_is_sent_as_voice(tx: Tx, catalogs: Catalogs, tmp_path: Path) -> None:
    making.write_language(tmp_path, "en", {"asylum/apply": making.ANSWER})
    (tmp_path / "en/answers/asylum/apply.ogg").write_bytes(b"sound")
    desk = making.a_desk(catalogs, importing.read(tmp_path))

    (voice,) = await taps(desk, tx, await a_person(tx), "listen:asylum/apply")

    assert isinstance(voice, File)
    assert voice.as_voice
    assert await exports.recording(desk.library, tx, voice.made.id) == b"sound"


async def test_turn_of_a_question_stays_within_four_statements(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)
    before = tx.statements

    await hears(chat.routes(desk), tx, amina, said("who won the football match"))

    assert tx.statements - before <= 4


async def test_answer_can_stand_below_another_screen(tx: Tx, desk: InfoDesk) -> None:
    (reply,) = await taps(desk, tx, await a_person(tx), "read:asylum/apply")

    assert isinstance(reply, Outgoing)
    assert "ask:asylum/apply" in actions_of(reply)
