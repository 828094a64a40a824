"""A day is asked: from the calendar of buttons or in own words, and told before it counts."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.support import days
from tests.support.journeys import Story
from tests.support.phone import Phone
from tests.support.wegwijzer import Clock, catalogs

pytestmark = pytest.mark.journey

Message = Mapping[str, Any]

MONDAY = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)  # 10:00 in Brussels
GO_ON, SKIP = "➡️ Done, go on", "Skip this"
NEXT_TUESDAY = {"nl": "volgende dinsdag", "fa_AF": "سه شنبه آینده"}
WORDS = {"nl": "Morgen zijn we dicht.", "fa_AF": "فردا دفتر بسته است."}


async def _asked_until_when(told: Story, language: str) -> Phone:
    """A coordinator who writes a newsletter, up to the question about the last useful day."""
    await told.desk["Karen"].says("hello")
    await (await told.known("Karen")).waits()
    await told.desk.becomes("Karen", "coordinator")
    karen = await told.known("Karen")
    await karen.starts()
    await karen.chooses_language(language)
    await karen.says("/broadcast")
    await karen.waits()
    taps = ("➕ New message", "📰 Newsletter", "🧭 Newcomers", GO_ON, GO_ON, GO_ON, SKIP)
    await _takes(karen, *taps)
    for code in ("nl", *(code for code in catalogs().codes if code != "nl")):
        if code == language:
            await karen.says(WORDS[code])
            await karen.waits()
        else:
            await _takes(karen, SKIP)
    await _takes(karen, SKIP)
    return karen


async def _takes(phone: Phone, *msgids: str) -> None:
    for msgid in msgids:
        await phone.taps(phone.text(msgid))
        await phone.waits()


def _told(phone: Phone, day: date) -> str:
    return days.in_words(phone.language or "en", day)


@pytest.mark.parametrize("language", ["nl", "fa_AF"])
async def test_day_is_tapped_in_the_calendar_or_said_in_words(
    told: Story, clock: Clock, language: str
) -> None:
    clock.moves_to(MONDAY)
    karen = await _asked_until_when(told, language)
    await _takes(karen, "📅 Another day")
    screen = karen.said()[-1]
    title, heads, *weeks = [[one["text"] for one in row] for row in _rows(screen)]
    assert len(title) == 3
    in_order = heads if language == "nl" else heads[::-1]
    assert in_order == days.week(language)
    assert "•12" in (weeks[0] if language == "nl" else weeks[0][::-1])[0]

    await karen.taps("24")
    await karen.sees(_told(karen, date(2027, 4, 24)))
    await _takes(karen, "✏️ Change something")
    await _takes(karen, "Useful until")
    await karen.says(NEXT_TUESDAY[language])
    await karen.sees(karen.text("Which one do you mean?"))
    await karen.taps(_told(karen, date(2027, 4, 20)))
    await karen.sees(_told(karen, date(2027, 4, 20)))
    await _takes(karen, "👀 Look at it")
    await karen.sees(_told(karen, date(2027, 4, 20)))


def _rows(message: Message) -> list[list[Message]]:
    """The buttons below a message, as they stand."""
    rows: list[list[Message]] = message["reply_markup"]["inline_keyboard"]
    return rows
