"""Who answers what, and what happens when it refuses."""

from dataclasses import dataclass, field

import pytest

from bot.delivery.incoming import ChatMoved, Edited, Incoming, Said, Sender, Tapped
from bot.delivery.messages import Button, Edit, Message, Outgoing, Toast
from bot.dialog.routes import Handler, Listener, Routes, combine
from bot.dialog.turn import Turn, addressed
from bot.errors import NotAllowed
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support.delivery_makers import AT, a_tap, said

STAFF, STRANGE = -100, -200


@dataclass
class _Person:
    language: str = "en"
    is_asked_for_a_language: bool = False


@dataclass
class _Talk:
    """A conversation whose handlers answer with their own names."""

    catalogs: Catalogs
    person: _Person | None = field(default_factory=_Person)
    moved: list[tuple[int, int]] = field(default_factory=list)
    routes: Routes = field(default_factory=Routes)

    async def take(self, tx: Tx, incoming: Incoming) -> list[Message]:
        turn = Turn(
            routes=self.routes,
            catalogs=self.catalogs,
            recognise=self._recognise,
            words=lambda person: self.catalogs.words(person.language),
            gate=self._gate,
            is_ours=lambda chat: chat == STAFF,
            moved=self._moved,
            staff_words=self.catalogs.words("nl"),
        )
        return await turn.take(tx, incoming)

    async def _recognise(self, tx: Tx, incoming: Incoming) -> _Person | None:
        return self.person

    async def _gate(self, tx: Tx, person: _Person, incoming: Incoming) -> list[Message] | None:
        return [Outgoing(text="language?")] if person.is_asked_for_a_language else None

    async def _moved(self, tx: Tx, old: int, new: int) -> None:
        self.moved.append((old, new))


def _says(text: str) -> Handler:
    async def handler(tx: Tx, person: object, incoming: Incoming) -> list[Message]:
        return [Outgoing(text=text)]

    return handler


def _listens(text: str | None) -> Listener:
    async def listener(tx: Tx, person: object, incoming: Incoming) -> list[Message] | None:
        return None if text is None else [Outgoing(text=text)]

    return listener


@pytest.fixture
def talk(catalogs: Catalogs) -> _Talk:
    return _Talk(
        catalogs,
        routes=Routes(
            starts={"q": _says("start q")},
            commands={"start": _says("start"), "delete": _says("delete")},
            menu={"❓ Ask a question": _says("ask"), "🌐 Language": _says("language")},
            actions={"topic": _says("topic")},
            hears=(_listens(None), _listens("heard"), _listens("too late")),
            staff_commands={"close": _says("close")},
            staff_actions={"claim": _says("claim")},
            staff_hears=(_listens("staff heard"),),
        ),
    )


def _in_group(text: str, group: int = STAFF) -> Said:
    return Said(chat_id=group, is_private=False, at=AT, sender=Sender(id=9), thread_id=3, text=text)


def _group_tap(data: str, group: int = STAFF) -> Tapped:
    return Tapped(
        chat_id=group,
        is_private=False,
        at=AT,
        sender=Sender(id=9),
        thread_id=3,
        message_id=5,
        query_id="q1",
        data=data,
    )


async def _texts(talk: _Talk, tx: Tx, incoming: Incoming) -> list[str]:
    replies = await talk.take(tx, incoming)
    return [getattr(reply, "text", "") for reply in replies if not isinstance(reply, Toast)]


@pytest.mark.parametrize(
    ("incoming", "answer"),
    [
        (said("/delete"), "delete"),
        (said("/Delete@wegwijzer_bot"), "delete"),
        (said("/start"), "start"),
        (said("/start q_asylum-apply"), "start q"),
        (said("/start unknown_thing"), "start"),
        (said("/nonsense"), "heard"),
        (said("/close"), "heard"),
        (said("//delete"), "heard"),
        (said("hello"), "heard"),
        (said("❓ Ask a question"), "ask"),
        (said("ask a question"), "ask"),
        (a_tap("topic:asylum/apply"), "topic"),
        (a_tap("claim:42"), "claim"),
        (_in_group("/close"), "close"),
        (_in_group("/delete"), "staff heard"),
        (_in_group("❓ Ask a question"), "staff heard"),
        (_in_group("hello"), "staff heard"),
        (_group_tap("claim:42"), "claim"),
        (Edited(chat_id=1, is_private=True, at=AT, text="/delete"), "heard"),
    ],
    ids=lambda value: str(getattr(value, "text", None) or getattr(value, "data", None) or "is"),
)
async def test_each_message_finds_its_answer(
    tx: Tx, talk: _Talk, incoming: Incoming, answer: str
) -> None:
    assert await _texts(talk, tx, incoming) == [answer]


async def test_menu_is_understood_in_every_language(tx: Tx, talk: _Talk) -> None:
    for words in talk.catalogs:
        for msgid, answer in (("❓ Ask a question", "ask"), ("🌐 Language", "language")):
            assert await _texts(talk, tx, said(words.label(msgid))) == [answer]


@pytest.mark.parametrize(
    "incoming",
    [
        _in_group("hello", STRANGE),
        _in_group("/close", STRANGE),
        _in_group("/start", STRANGE),
    ],
    ids=["words", "staff command", "start"],
)
async def test_strange_group_hears_nothing(tx: Tx, talk: _Talk, incoming: Incoming) -> None:
    assert await talk.take(tx, incoming) == []


async def test_tap_in_a_strange_group_does_nothing_but_end(tx: Tx, talk: _Talk) -> None:
    replies = await talk.take(tx, _group_tap("claim:42", STRANGE))

    assert replies == [Toast(to=STRANGE, query_id="q1")]


async def test_nobody_is_answered_when_nobody_speaks(tx: Tx, talk: _Talk) -> None:
    talk.person = None

    assert await talk.take(tx, said("hello")) == []


async def test_gate_comes_before_everything_in_private(tx: Tx, talk: _Talk) -> None:
    talk.person = _Person(is_asked_for_a_language=True)

    for incoming in (said("/delete"), said("hello"), a_tap("claim:42")):
        assert await _texts(talk, tx, incoming) == ["language?"]
    assert await _texts(talk, tx, _in_group("hello")) == ["staff heard"]


async def test_nothing_is_said_when_no_listener_answers(tx: Tx, talk: _Talk) -> None:
    talk.routes = Routes(hears=(_listens(None),))

    assert await talk.take(tx, said("hello")) == []


@pytest.mark.parametrize("language", ["nl", "en", "uk", "fa_AF", "ps"])
async def test_old_button_says_that_things_changed(tx: Tx, talk: _Talk, language: str) -> None:
    talk.person = _Person(language)

    (toast,) = await talk.take(tx, a_tap("gone:7"))

    sentence = "This has changed in the meantime. Please look again."
    assert toast == Toast(
        to=1, query_id="q1", text=talk.catalogs.words(language).plain(sentence), is_alert=True
    )


async def test_forged_button_does_not_break_the_turn(tx: Tx, talk: _Talk) -> None:
    for data in ("", ":", "__class__:x", "topic" * 12):
        (toast,) = await talk.take(tx, a_tap(data))
        assert isinstance(toast, Toast)
        assert toast.text


async def _half_a_step(tx: Tx, person: object, incoming: Incoming) -> list[Message]:
    await tx.raw("INSERT INTO moved_chats (old_id, new_id) VALUES (1, 2)")
    raise NotAllowed


async def test_refusal_undoes_its_step_and_is_said(tx: Tx, talk: _Talk) -> None:
    talk.routes = Routes(commands={"delete": _half_a_step})

    (reply,) = await talk.take(tx, said("/delete"))

    assert reply == Outgoing(to=1, text="You cannot do this.")
    assert await tx.raw("SELECT * FROM moved_chats") == []


async def test_refused_tap_is_answered_with_an_alert(tx: Tx, talk: _Talk) -> None:
    talk.routes = Routes(actions={"claim": _half_a_step})

    (toast,) = await talk.take(tx, a_tap("claim:42"))

    assert toast == Toast(to=1, query_id="q1", text="You cannot do this.", is_alert=True)


async def test_refusal_in_the_staff_group_is_in_its_language(tx: Tx, talk: _Talk) -> None:
    talk.routes = Routes(staff_commands={"close": _half_a_step})

    (reply,) = await talk.take(tx, _in_group("/close"))

    sentence = talk.catalogs.words("nl")("You cannot do this.")
    assert reply == Outgoing(to=STAFF, text=sentence, in_topic=3)


async def test_fault_is_not_taken_for_a_refusal(tx: Tx, talk: _Talk) -> None:
    async def broken(tx: Tx, person: object, incoming: Incoming) -> list[Message]:
        raise LookupError("bug")

    talk.routes = Routes(commands={"delete": broken})

    with pytest.raises(LookupError):
        await talk.take(tx, said("/delete"))


async def test_every_tap_is_answered(tx: Tx, talk: _Talk) -> None:
    replies = await talk.take(tx, a_tap("topic:x"))

    assert replies == [Outgoing(to=1, text="topic"), Toast(to=1, query_id="q1")]


_ROW = ((Button("first", "a"), Button("second", "b")), (Button("alone", "c"),))


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("nl", ["first", "second"]),
        ("uk", ["first", "second"]),
        ("fa_AF", ["second", "first"]),
        ("ps", ["second", "first"]),
    ],
)
async def test_buttons_stand_in_the_order_of_reading(
    tx: Tx, talk: _Talk, language: str, row: list[str]
) -> None:
    async def shows(tx: Tx, person: object, incoming: Incoming) -> list[Message]:
        return [Outgoing(text="new", buttons=_ROW), Edit(text="changed", buttons=_ROW)]

    talk.person, talk.routes = _Person(language), Routes(commands={"menu": shows})

    for reply in await talk.take(tx, said("/menu")):
        shown = [[button.label for button in buttons] for buttons in reply.buttons]  # type: ignore[union-attr]
        assert shown == [row, ["alone"]]


async def test_buttons_of_the_staff_group_are_left_as_they_are(tx: Tx, talk: _Talk) -> None:
    async def shows(tx: Tx, person: object, incoming: Incoming) -> list[Message]:
        return [Outgoing(text="new", buttons=_ROW)]

    talk.person, talk.routes = _Person("fa_AF"), Routes(staff_commands={"queue": shows})

    (reply,) = await talk.take(tx, _in_group("/queue"))

    assert isinstance(reply, Outgoing)
    assert reply.buttons == _ROW


async def test_group_that_moves_is_told_to_the_house(tx: Tx, talk: _Talk) -> None:
    moved = ChatMoved(chat_id=STAFF, is_private=False, at=AT, new_chat_id=-1000)

    assert await talk.take(tx, moved) == []
    assert talk.moved == [(STAFF, -1000)]


def test_replies_are_addressed_to_who_speaks() -> None:
    tap = _group_tap("claim:42")

    replies = addressed(
        [
            Outgoing(text="a"),
            Outgoing(text="b", in_topic="case:4:topic"),
            Outgoing(to=7, text="c"),
            Edit(text="d"),
            Edit(text="e", slot="card"),
            Toast(text="f"),
        ],
        tap,
    )

    assert replies == [
        Outgoing(to=STAFF, text="a", in_topic=3),
        Outgoing(to=STAFF, text="b", in_topic="case:4:topic"),
        Outgoing(to=7, text="c"),
        Edit(to=STAFF, text="d", message_id=5),
        Edit(to=STAFF, text="e", slot="card"),
        Toast(to=STAFF, text="f", query_id="q1"),
    ]


@pytest.mark.parametrize(
    ("text", "command", "argument", "link"),
    [
        ("/start", "start", "", ("", "")),
        ("/Start@some_bot  q_x-y ", "start", "q_x-y", ("q", "x-y")),
        ("/stop now please", "stop", "now please", ("", "")),
        ("/colleague\nplease", "colleague", "please", ("", "")),
        ("/", "", "", ("", "")),
        ("// a note", None, "a note", ("", "")),
        ("words", None, "", ("", "")),
    ],
    ids=["plain", "link", "with words", "next line", "nothing", "two strokes", "words"],
)
def test_commands_are_read_as_people_type_them(
    text: str, command: str | None, argument: str, link: tuple[str, str]
) -> None:
    one = said(text)

    assert (one.command, one.argument, one.link) == (command, argument, link)


async def test_personal_button_shows_nothing_in_the_group(
    tx: Tx, talk: _Talk, catalogs: Catalogs
) -> None:
    (toast,) = await talk.take(tx, _group_tap("topic:asylum/apply"))

    assert isinstance(toast, Toast)
    assert toast.text == catalogs.words("nl").plain("This works only in your own chat with me.")


def test_two_slices_never_claim_one_name() -> None:
    with pytest.raises(ValueError, match=r"two routes for actions \['claim'\]"):
        combine(Routes(actions={"claim": _says("a")}), Routes(actions={"claim": _says("b")}))
    with pytest.raises(ValueError, match=r"newcomers and for staff \['claim'\]"):
        combine(Routes(actions={"claim": _says("a")}), Routes(staff_actions={"claim": _says("b")}))


def test_listeners_are_asked_in_the_order_of_the_slices() -> None:
    first, second = _listens("a"), _listens("b")

    assert combine(Routes(hears=(first,)), Routes(hears=(second,))).hears == (first, second)
