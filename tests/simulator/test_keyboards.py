"""What Telegram accepts under a message."""

import pytest
from telegram import Bot, ForceReply, ReplyParameters

from bot.simulator import keyboards
from bot.simulator.errors import ApiError
from tests.simulator.conftest import Team


def inline(**button: object) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "Ja", **button}]]}


@pytest.mark.parametrize(
    ("data", "is_accepted"),
    [("x" * 64, True), ("x" * 65, False), ("پ" * 32, True), ("پ" * 33, False), ("", False)],
    ids=["64", "65", "32 Pashto letters", "33 Pashto letters", "empty"],
)
def test_callback_data_counts_64_bytes(data: str, is_accepted: bool) -> None:
    markup = inline(callback_data=data)

    if is_accepted:
        assert keyboards.checked(markup, is_private=True) == markup
    else:
        with pytest.raises(ApiError, match="BUTTON_DATA_INVALID"):
            keyboards.checked(markup, is_private=True)


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        (inline(), "text buttons are unallowed in the inline keyboard"),
        (inline(url="ftp://x"), "is invalid: Wrong HTTP URL"),
        (inline(callback_data="x", url="https://x.be"), "exactly one action"),
        (inline(callback_data="x", style="pink"), "style"),
        (inline(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 9]}, "too long"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}, "too long"),
        ({"keyboard": []}, "REPLY_MARKUP_EMPTY"),
        ({"keyboard": [[{"text": " "}]]}, "non-empty"),
        ({"keyboard": [[{"text": "x"}]], "input_field_placeholder": "x" * 65}, "PLACEHOLDER"),
    ],
    ids=["no action", "url", "two actions", "style", "copy", "row", "all", "empty", "blank",
         "placeholder"],
)  # fmt: skip
def test_impossible_keyboards_are_refused(markup: dict[str, object], complaint: str) -> None:
    with pytest.raises(ApiError, match=complaint):
        keyboards.checked(markup, is_private=True)


def test_contact_is_requested_in_private_only() -> None:
    markup = {"keyboard": [[{"text": "x", "request_contact": True}]]}

    assert keyboards.checked(markup, is_private=True)
    with pytest.raises(ApiError, match="phone number can be requested in private chats only"):
        keyboards.checked(markup, is_private=False)


def test_empty_inline_keyboard_is_none() -> None:
    assert keyboards.checked({"inline_keyboard": [[]]}, is_private=True) is None


async def test_forced_reply_opens_for_whom_it_answers(bot: Bot, team: Team) -> None:
    said = await team.joris.says("/handover")
    await bot.send_message(
        team.group.id,
        "Why?",
        reply_markup=ForceReply(selective=True),
        reply_parameters=ReplyParameters(said.id),
    )
    await bot.send_message(team.group.id, "And you?", reply_markup=ForceReply())

    asked = await team.joris.sees("Why?")
    assert asked["asks_reply"] == [team.joris.person]
    assert "opens a reply" in team.group.transcript()
    everybody = (await team.karen.sees("And you?"))["asks_reply"]
    assert {team.joris.person, team.karen.person} <= {*everybody}


async def test_selective_reply_to_nobody_opens_for_nobody(bot: Bot, team: Team) -> None:
    await bot.send_message(team.group.id, "Why?", reply_markup=ForceReply(selective=True))

    assert "asks_reply" not in await team.joris.sees("Why?")
