"""Numbers and the grid: read as people write them, told as they were meant."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog import forms
from bot.dialog.forms import Form, Step
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support.dialog_makers import Ending, Phone


@pytest.fixture
def ending() -> Ending:
    return Ending()


async def _opened(tx: Tx, catalogs: Catalogs, ending: Ending, step: Step) -> Phone:
    phone = Phone(tx, catalogs, (Form("one", 1, "Menu", (step,), ending, has_summary=False),))
    await phone.say("/open one")
    return phone


NUMBER = forms.number("it", "Menu", least=2, most=60, quick=(5, 10))


@pytest.mark.parametrize(
    ("step", "said", "meant"),
    [
        (NUMBER, "۱۲", 12),
        (NUMBER, " 2 ", 2),
    ],
)
async def test_answers_are_read_as_people_write_them(
    tx: Tx, catalogs: Catalogs, ending: Ending, step: Step, said: str, meant: Any
) -> None:
    phone = await _opened(tx, catalogs, ending, step)
    await phone.say(said)

    assert ending.answers == [{"it": meant, "ref": ""}]


@pytest.mark.parametrize(
    ("step", "said", "told"),
    [
        (NUMBER, "many", "such as 5"),
        (NUMBER, "61", "from 2 to 60"),
        (NUMBER, "-3", "such as 5"),
    ],
)
async def test_what_is_no_answer_is_explained(
    tx: Tx, catalogs: Catalogs, ending: Ending, step: Step, said: str, told: str
) -> None:
    phone = await _opened(tx, catalogs, ending, step)
    await phone.say(said)

    assert told in phone.text
    assert ending.answers == []


async def test_grid_is_ticked_by_field_day_and_part(
    tx: Tx, catalogs: Catalogs, ending: Ending
) -> None:
    phone = await _opened(tx, catalogs, ending, forms.grid("it", "Menu"))
    await phone.tap("🌙")
    await phone.press("form:1:it:d5")
    await phone.press("form:1:it:15")
    await phone.tap("Done")

    evenings = sum(1 << day * 3 + 2 for day in range(7))
    assert ending.answers[0]["it"] == evenings | 0b110 << 15


@pytest.mark.parametrize("data", ["d7", "p3", "21", "-1", "x", ""])
async def test_fields_that_no_grid_has_are_not_ticked(
    tx: Tx, catalogs: Catalogs, ending: Ending, data: str
) -> None:
    phone = await _opened(tx, catalogs, ending, forms.grid("it", "Menu"))
    await phone.press(f"form:1:it:{data}")
    await phone.tap("Done")

    assert ending.answers[0]["it"] == 0


@given(st.integers(0, (1 << 21) - 1))
def test_every_grid_is_told_in_every_language(catalogs: Catalogs, value: int) -> None:
    for _ in catalogs:
        told = forms.grid_words(_, value)
        assert sum(told.count(sign) for sign in ("🌅", "☀️", "🌙")) == value.bit_count()


async def test_photo_is_kept_by_its_name(tx: Tx, catalogs: Catalogs, ending: Ending) -> None:
    phone = await _opened(tx, catalogs, ending, forms.photo("it", "Menu"))
    await phone.say("here it is")
    await phone.send("document")
    assert "one photo" in phone.text
    assert ending.answers == []
    await phone.send("photo", "AgAC")

    assert ending.answers[0]["it"] == "AgAC"


async def test_voice_and_words_are_both_an_answer(
    tx: Tx, catalogs: Catalogs, ending: Ending
) -> None:
    step = forms.voice_or_text("it", "Menu", longest=20)
    phone = await _opened(tx, catalogs, ending, step)
    await phone.send("photo")
    assert "voice message" in phone.text
    await phone.send("voice")
    await phone.say("/open one")
    await phone.say("in words")

    voice, words = (one["it"] for one in ending.answers)
    assert isinstance(voice["voice"], int)
    assert words == {"text": "in words"}
