"""Calls are checked against Telegram's own tables; nothing is swallowed."""

import aiohttp
import pytest

from bot.simulator import specification
from bot.simulator.phones import Phone
from bot.simulator.world import World
from tests.simulator.conftest import RawCall, Team


def test_tables_are_read_from_the_package() -> None:
    tables = specification.load()

    assert tables.version.startswith("Bot API")
    assert len(tables.methods) == 180


async def test_unknown_method_is_not_found(call: RawCall) -> None:
    answer = await call("sendMesage", chat_id=1)

    assert (answer["status"], answer["description"]) == (404, "Not Found: method not found")


async def test_method_without_simulation_says_so(call: RawCall) -> None:
    answer = await call("sendDice", chat_id=1)

    assert answer["description"] == "Bad Request: sendDice: not simulated"


async def test_parameter_without_effect_is_not_swallowed(call: RawCall, amina: Phone) -> None:
    answer = await call("sendMessage", chat_id=amina.chat, text="x", message_effect_id="5")

    assert answer["description"].endswith("parameter message_effect_id is not simulated")


async def test_unknown_parameter_is_named(call: RawCall, amina: Phone) -> None:
    answer = await call("sendMessage", chat_id=amina.chat, text="x", colour="red")

    assert '"colour"' in answer["description"]
    assert answer["status"] == 400


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": "x"}, "Bad Request: chat_id is empty"),
        ({"chat_id": 1}, "Bad Request: message text is empty"),
        ({"chat_id": 1, "text": ""}, "Bad Request: message text is empty"),
        ({"chat_id": 1, "text": "x"}, "Bad Request: chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "Bad Request: chat not found"),
    ],
    ids=["chat", "text", "empty text", "nobody", "name"],
)
async def test_missing_parts_have_telegrams_words(
    call: RawCall, parameters: dict[str, object], description: str
) -> None:
    assert (await call("sendMessage", **parameters))["description"] == description


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("reply_markup", {"inline_keyboard": [[{"text": 3, "callback_data": "x"}]]}, '"text"'),
        ("reply_markup", {"inline_keyboard": [[{"txt": "x", "callback_data": "x"}]]}, '"text"'),
        ("reply_markup", {"inline_keyboard": [[{"text": "x", "data": "x"}]]}, '"data"'),
        ("reply_markup", "{", "JSON"),
        ("reply_parameters", {"message_id": "3"}, '"message_id"'),
        ("link_preview_options", {"disabled": True}, '"disabled"'),
        ("entities", [{"type": "bold", "offset": 0}], '"length"'),
        ("disable_notification", "perhaps", '"disable_notification"'),
        ("message_thread_id", "three", '"message_thread_id"'),
    ],
    ids=["type", "missing", "foreign", "broken", "reply", "preview", "entity", "flag", "number"],
)
async def test_nested_objects_are_checked_field_by_field(
    call: RawCall, amina: Phone, name: str, value: object, part: str
) -> None:
    answer = await call("sendMessage", chat_id=amina.chat, text="x", **{name: value})

    assert answer["status"] == 400
    assert part in answer["description"]


async def test_every_kind_of_body_is_read(
    http: aiohttp.ClientSession, world: World, amina: Phone
) -> None:
    address = f"/bot{world.token}/sendMessage"
    given = {"chat_id": str(amina.chat), "text": "R&D <x> é"}
    form = aiohttp.FormData(given)
    multipart = aiohttp.FormData(given)
    multipart.add_field("unused", b"x", filename="../../etc/passwd")

    async with http.get(address, params=given) as first, http.post(address, data=form) as second:
        assert (await first.json())["result"]["text"] == (await second.json())["result"]["text"]
    async with http.post(address, data=multipart) as third:
        assert (await third.json())["result"]["text"] == "R&D <x> é"


async def test_method_names_ignore_case(call: RawCall) -> None:
    assert (await call("GETME"))["ok"] is True


@pytest.mark.parametrize(
    ("token", "status"), [("1:wrong", 401), ("nonsense", 404)], ids=["wrong", "broken"]
)
async def test_foreign_tokens_are_refused(
    http: aiohttp.ClientSession, token: str, status: int
) -> None:
    async with http.get(f"/bot{token}/getMe") as answer:
        assert (answer.status, (await answer.json())["ok"]) == (status, False)


async def test_scopes_and_languages_are_checked(call: RawCall, team: Team) -> None:
    commands = [{"command": "start", "description": "x"}]

    wrong = await call("setMyCommands", commands=commands, language_code="fa_AF")
    foreign = await call("setMyCommands", commands=commands, scope={"type": "everybody"})

    assert wrong["description"] == "Bad Request: invalid language_code specified"
    assert foreign["status"] == 400
