"""What people see when they choose a language, ask for their data, or open an invitation."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import update

from bot.delivery.incoming import Incoming, Said, SentMedia
from bot.delivery.messages import Button, Edit, File, Keyboard, Message, Outgoing, Toast
from bot.dialog.routes import Handler, combine
from bot.dialog.turn import Turn
from bot.errors import Outdated
from bot.language.catalog import Catalogs
from bot.people import chat, service, staff_chat, tables, wording
from bot.people.desk import ACTIONS_BEFORE_LANGUAGE, PeopleDesk
from bot.people.domain import Person, Role
from bot.storage.transaction import Tx
from tests.support.people_makers import (
    AMINA,
    GROUP,
    NOW,
    a_desk,
    a_person,
    a_sender,
    bot_membership,
    said,
    tapped,
)


def _text(message: Message) -> str:
    assert isinstance(message, Outgoing | Edit)
    return message.text


def _actions(message: Message) -> list[str | None]:
    assert isinstance(message, Outgoing | Edit)
    return [button.action for row in message.buttons for button in row]


def _handler(desk: PeopleDesk, incoming: Said) -> Handler:
    return chat.routes(desk).commands[incoming.text.removeprefix("/")]


async def _command(desk: PeopleDesk, tx: Tx, person: Person, name: str) -> list[Message]:
    incoming = said(f"/{name}")
    return await _handler(desk, incoming)(tx, person, incoming)


async def _taps(
    desk: PeopleDesk, tx: Tx, person: Person, data: str, **changes: Any
) -> list[Message]:
    tap = tapped(data, **changes)
    return await chat.routes(desk).actions[tap.action](tx, person, tap)


async def _gate(desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming) -> Any:
    return await chat.gate(desk)(tx, person, incoming)


async def _asks(tx: Tx, person: Person, incoming: Incoming) -> list[Message] | None:
    if not isinstance(incoming, Said | SentMedia):
        return None
    what = incoming.text if isinstance(incoming, Said) else incoming.media
    return [Outgoing(text=f"{person.language} asked {what} at {incoming.at:%H:%M}")]


async def _shows_topic(tx: Tx, person: Person, incoming: Said) -> list[Message]:
    return [Outgoing(text=f"{person.language} reads {incoming.text}")]


@pytest.mark.parametrize("text", ["/start", "hello", "/menu", "🗂 My things"])
async def test_language_is_asked_before_anything_else(
    tx: Tx, catalogs: Catalogs, text: str
) -> None:
    desk, person = a_desk(catalogs), await a_person(tx, language=None)

    [screen] = await _gate(desk, tx, person, said(text, sender=a_sender(tag="fa-IR")))

    assert _actions(screen)[0] == "lang:fa_AF"
    assert len(_actions(screen)) == len(catalogs.codes) + 1


@pytest.mark.parametrize(
    "incoming",
    [
        tapped("lang:en"),
        tapped("other_language"),
        tapped("forget_yes:1"),
        said("/delete"),
        said("/privacy"),
        bot_membership("kicked"),
    ],
    ids=["choice", "other language", "erase", "delete", "privacy", "blocked"],
)
async def test_some_things_work_without_a_language(
    tx: Tx, catalogs: Catalogs, incoming: Incoming
) -> None:
    actions = ACTIONS_BEFORE_LANGUAGE | {"other_language"}  # of a slice above
    desk, person = (
        a_desk(catalogs, actions_before_language=actions),
        await a_person(tx, language=None),
    )

    assert await _gate(desk, tx, person, incoming) is None


async def test_nobody_with_a_language_is_held_at_the_gate(tx: Tx, catalogs: Catalogs) -> None:
    assert await _gate(a_desk(catalogs), tx, await a_person(tx), said("/start")) is None


async def test_other_slice_may_answer_before_a_language_is_chosen(
    tx: Tx, catalogs: Catalogs
) -> None:
    desk = a_desk(catalogs, before_language=(_asks,))
    person = await a_person(tx, language=None)

    [answer] = await _gate(desk, tx, person, said("العربية"))

    assert _text(answer) == "None asked العربية at 09:00"


async def test_choosing_a_language_brings_welcome_and_menu(tx: Tx, catalogs: Catalogs) -> None:
    desk, person = a_desk(catalogs), await a_person(tx, language=None)

    chosen, welcome = await _taps(desk, tx, person, "lang:uk")

    _ = catalogs.words("uk")
    assert _text(chosen) == wording.language_chosen(_)
    assert isinstance(welcome, Outgoing)
    assert welcome.keyboard == wording.keyboard(_, desk.menu)
    found = await service.find_person(tx, person.id)
    assert found is not None
    assert found.language == "uk"


async def test_changing_language_sends_the_keyboard_again(tx: Tx, catalogs: Catalogs) -> None:
    desk, person = a_desk(catalogs), await a_person(tx, language="en")

    _chosen, spoken = await _taps(desk, tx, person, "lang:ps")

    assert isinstance(spoken, Outgoing)
    assert spoken.keyboard == wording.keyboard(catalogs.words("ps"), desk.menu)
    assert spoken.text == wording.speaks_now(catalogs.words("ps"))


async def test_forged_language_is_refused_politely(tx: Tx, catalogs: Catalogs) -> None:
    with pytest.raises(Outdated):
        await _taps(a_desk(catalogs), tx, await a_person(tx), "lang:xx")


async def test_link_is_followed_after_the_choice(tx: Tx, catalogs: Catalogs) -> None:
    desk = a_desk(catalogs, starts={"q": _shows_topic}, hears=(_asks,))
    person = await a_person(tx, language=None)
    await _gate(desk, tx, person, said("/start q_asylum"))

    *_, topic = await _taps(desk, tx, person, "lang:nl")

    assert _text(topic) == "nl reads /start q_asylum"


async def test_first_question_is_answered_after_the_choice(tx: Tx, catalogs: Catalogs) -> None:
    desk = a_desk(catalogs, hears=(_asks,))
    person = await a_person(tx, language=None)
    await _gate(desk, tx, person, said("where do I sleep?"))

    tap_at = NOW + timedelta(minutes=5)
    *_, answer = await _taps(desk, tx, person, "lang:nl", at=tap_at)
    again = await _taps(desk, tx, person, "lang:nl", at=tap_at)

    assert _text(answer) == "nl asked where do I sleep? at 09:05"
    assert len(again) == 2


async def _offers(tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    row = (Button(label="first", action="a"), Button(label="second", action="b"))
    return [Outgoing(text="?", buttons=(row,))]


@pytest.mark.parametrize(
    ("language", "labels"), [("nl", ["first", "second"]), ("ps", ["second", "first"])]
)
async def test_buttons_after_the_choice_begin_where_the_language_does(
    tx: Tx, catalogs: Catalogs, language: str, labels: list[str]
) -> None:
    desk = a_desk(catalogs, hears=(_offers,))
    person = await a_person(tx, language=None)
    await _gate(desk, tx, person, said("where do I sleep?"))

    *_, answer = await _taps(desk, tx, person, f"lang:{language}")

    assert isinstance(answer, Outgoing)
    assert [button.label for button in answer.buttons[0]] == labels


async def test_words_of_another_version_do_not_stop_the_choice(tx: Tx, catalogs: Catalogs) -> None:
    person = await a_person(tx, language=None)
    await tx.execute(update(tables.people).values(pending_message='{"kind": "sung"}'))

    chosen, _welcome = await _taps(a_desk(catalogs, hears=(_asks,)), tx, person, "lang:nl")

    assert _text(chosen) == wording.language_chosen(catalogs.words("nl"))


async def test_voice_before_the_choice_is_not_lost(tx: Tx, catalogs: Catalogs) -> None:
    desk = a_desk(catalogs, hears=(_asks,))
    person = await a_person(tx, language=None)
    voice = SentMedia(chat_id=AMINA, is_private=True, at=NOW, message_id=5, media="voice")
    await _gate(desk, tx, person, voice)

    *_, answer = await _taps(desk, tx, person, "lang:ps")

    assert _text(answer) == "ps asked voice at 09:00"


async def test_dead_invitation_does_not_undo_the_choice(tx: Tx, catalogs: Catalogs) -> None:
    desk, person = a_desk(catalogs), await a_person(tx, language=None)
    await _gate(desk, tx, person, said("/start join_invented"))

    *_, refusal = await _taps(desk, tx, person, "lang:en")

    assert _text(refusal).startswith("This invitation no longer works.")
    found = await service.find_person(tx, person.id)
    assert found is not None
    assert found.language == "en"


async def test_invitation_link_makes_a_colleague(tx: Tx, catalogs: Catalogs) -> None:
    desk, person = a_desk(catalogs), await a_person(tx)
    code = await service.invite(tx, Role.COORDINATOR, now=NOW)
    opened = said(f"/start join_{code}")

    [reply] = await chat.routes(desk).starts["join"](tx, person, opened)

    assert _text(reply) == wording.joined(catalogs.words("en"), Role.COORDINATOR)


async def test_whole_turn_leads_from_link_to_role(tx: Tx, catalogs: Catalogs) -> None:
    desk = a_desk(catalogs)
    turn = Turn(
        routes=combine(chat.routes(desk), staff_chat.routes(desk)),
        catalogs=catalogs,
        recognise=partial(service.recognise, staff_groups=(GROUP,)),
        words=lambda person: catalogs.words(person.language),
        gate=chat.gate(desk),
        is_ours=lambda chat_id: chat_id == GROUP,
        moved=service.move_group,
    )
    code = await service.invite(tx, Role.STAFF, now=NOW)

    [screen] = await turn.take(tx, said(f"/start join_{code}"))
    _chosen, _welcome, joined, toast = await turn.take(tx, tapped("lang:en"))

    assert screen.to == AMINA
    assert _text(joined) == wording.joined(catalogs.words("en"), Role.STAFF)
    assert isinstance(toast, Toast)
    assert len(await service.staff_members(tx)) == 1


async def test_my_things_gathers_what_slices_contribute(tx: Tx, catalogs: Catalogs) -> None:
    async def questions(tx: Tx, person: Person, now: object) -> list[wording.Thing]:
        return [("#1 · waiting", None)]

    desk = a_desk(catalogs, my_things=(questions, questions))

    [screen] = await _command(desk, tx, await a_person(tx), "my")

    assert _text(screen).count("#1 · waiting") == 2
    assert _actions(screen) == ["language", "mydata", "forget_ask"]


@pytest.mark.parametrize("name", ["start", "menu", "help"])
async def test_keyboard_comes_back_when_asked_for(tx: Tx, catalogs: Catalogs, name: str) -> None:
    desk = a_desk(catalogs)

    [reply] = await _command(desk, tx, await a_person(tx, language="fa_AF"), name)

    assert isinstance(reply, Outgoing)
    assert reply.keyboard == wording.keyboard(catalogs.words("fa_AF"), desk.menu)


async def test_operators_own_sentence_stands_in_privacy(tx: Tx, catalogs: Catalogs) -> None:
    [screen] = await _command(a_desk(catalogs), tx, await a_person(tx), "privacy")

    assert "Only the team of Example &amp; Co reads this." in _text(screen)
    assert _actions(screen) == ["mydata", "forget_ask", "complaint"]


async def test_copy_of_data_comes_as_a_file(tx: Tx, catalogs: Catalogs) -> None:
    desk, person = a_desk(catalogs), await a_person(tx)

    [file] = await _command(desk, tx, person, "mydata")

    assert isinstance(file, File)
    assert file.name == "mydata.json"
    content = await chat.makers(desk)[file.made.kind](tx, file.made.id)
    assert b'"first_name": "Amina"' in content


async def test_staff_command_of_a_newcomer_is_unknown_here(tx: Tx, catalogs: Catalogs) -> None:
    person = await a_person(tx)
    replies = [
        await listener(tx, person, said("/stop"))
        for listener in chat.routes(a_desk(catalogs)).hears
    ]

    assert replies[0] is None
    assert replies[1] == [Outgoing(text=wording.unknown_command(catalogs.words("en")))]


async def test_free_text_is_left_to_other_slices(tx: Tx, catalogs: Catalogs) -> None:
    person = await a_person(tx)

    heard = [
        await listener(tx, person, said("where?"))
        for listener in chat.routes(a_desk(catalogs)).hears
    ]

    assert heard == [None, None]


async def test_blocking_and_coming_back_is_remembered_silently(tx: Tx, catalogs: Catalogs) -> None:
    person = await a_person(tx)
    listener = chat.routes(a_desk(catalogs)).hears[0]

    assert await listener(tx, person, bot_membership("kicked")) == []
    assert not await service.is_reachable(tx, person.id)
    assert await listener(tx, person, bot_membership("member")) == []

    assert await service.is_reachable(tx, person.id)


async def test_erasure_shows_what_goes_before_it_goes(tx: Tx, catalogs: Catalogs) -> None:
    desk, person = a_desk(catalogs), await a_person(tx)

    [preview] = await _command(desk, tx, person, "delete")

    yes, no = _actions(preview)
    assert yes is not None
    assert no == "forget_no"
    assert await service.find_person(tx, person.id) == person
    *_, farewell = await _taps(desk, tx, person, yes)
    assert farewell == Outgoing(text=wording.erased(catalogs.words("en")), keyboard=Keyboard())
    assert await service.find_person(tx, person.id) is None


async def test_erasure_button_of_yesterday_asks_again(tx: Tx, catalogs: Catalogs) -> None:
    desk, person = a_desk(catalogs), await a_person(tx)
    [preview] = await _command(desk, tx, person, "delete")
    yes = _actions(preview)[0]
    assert yes is not None

    [again] = await _taps(desk, tx, person, yes, at=NOW + timedelta(days=1))

    assert isinstance(again, Edit)
    assert _actions(again)[0] != yes
    assert await service.find_person(tx, person.id) == person


async def test_saying_no_deletes_nothing(tx: Tx, catalogs: Catalogs) -> None:
    desk, person = a_desk(catalogs), await a_person(tx)

    [reply] = await _taps(desk, tx, person, "forget_no")

    assert _text(reply) == wording.not_erased(catalogs.words("en"))
    assert await service.find_person(tx, person.id) == person
