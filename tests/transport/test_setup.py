"""The bot's page in Telegram: asked first, written where it differs."""

import json

from bot.transport import setup
from bot.transport.setup import Menu, Profile
from tests.transport.fake_api import error, ok
from tests.transport.test_connection import open_line

MENU = Menu(commands=(("start", "Begin"), ("help", "Help")), language_code="nl")
SAME = ok(
    [{"command": "start", "description": "Begin"}, {"command": "help", "description": "Help"}]
)


async def test_commands_that_differ_are_written() -> None:
    async with open_line(ok([]), ok(True)) as (line, api):
        assert await setup.introduce(line, menus=[MENU]) == 1

    assert api.methods == ["getMyCommands", "setMyCommands"]
    sent = api.asked[1][1]
    assert json.loads(sent["scope"]) == {"type": "all_private_chats"}
    assert sent["language_code"] == "nl"
    assert [one["command"] for one in json.loads(sent["commands"])] == ["start", "help"]


async def test_commands_that_stand_are_left_alone() -> None:
    async with open_line(SAME) as (line, api):
        assert await setup.introduce(line, menus=[MENU]) == 0

    assert api.methods == ["getMyCommands"]


async def test_staff_group_has_commands_of_its_own() -> None:
    menu = Menu(commands=(("find", "Find"),), chat_id=-1009)

    async with open_line(ok([]), ok(True)) as (line, api):
        await setup.introduce(line, menus=[menu])

    sent = api.asked[1][1]
    assert json.loads(sent["scope"]) == {"type": "chat", "chat_id": -1009}
    assert "language_code" not in sent


async def test_name_and_descriptions_are_written_where_they_differ() -> None:
    profile = Profile(language_code="uk", name="W", short_description="S", description="D")
    answers = [
        ok({"short_description": "S"}),
        ok({"description": "old"}),
        ok(True),
        ok({"name": "W"}),
    ]

    async with open_line(*answers) as (line, api):
        assert await setup.introduce(line, profiles=[profile]) == 1

    assert api.methods == [
        "getMyShortDescription",
        "getMyDescription",
        "setMyDescription",
        "getMyName",
    ]
    assert api.asked[2][1] == {"description": "D", "language_code": "uk"}


async def test_what_the_profile_leaves_open_is_not_asked() -> None:
    async with open_line() as (line, api):
        assert await setup.introduce(line, profiles=[Profile(language_code="ps")]) == 0

    assert api.methods == []


async def test_failure_of_one_step_does_not_stop_the_others() -> None:
    answers = [
        error(429, "Too Many Requests", retry_after=7200),
        ok({"description": "old"}),
        ok(True),
    ]

    async with open_line(*answers) as (line, _):
        profiles = [Profile(name="W"), Profile(description="D")]

        assert await setup.introduce(line, profiles=profiles) == 1
