"""Names and texts as people really have them."""

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, on_both_databases

pytestmark = pytest.mark.journey

NAMES = {
    "markup": "<b>Amina & Söhne</b>",
    "override": "\u202eAmina\u202c",
    "long pashto": "زرغونه" * 10 + "زرغو",
    "emoji": "👩‍👩‍👧‍👦🇧🇪",
    "invisible": "\u3164",
    "braces": "{name} %s",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("language", ["nl", "ps"], ids=["nl", "ps"])
async def test_every_name_is_welcomed_and_reaches_staff(
    phone: Phones, desk: Desk, name: str, language: str
) -> None:
    amina = await phone(name, language=language)
    await amina.says("hello")
    await amina.asks_a_colleague("xyzzy plugh")
    case = await desk.sees_new_case(language=language)
    await case.claimed_by("Joris")
    await case.answered("Hello")

    await amina.sees("Hello")
    await amina.sees_nothing_more()


async def test_colleague_with_a_marked_up_name_is_shown_plainly(phone: Phones, desk: Desk) -> None:
    await desk.joined_by("<i>Jo & Co</i>")
    amina = await phone()
    await amina.asks_a_colleague("xyzzy plugh")
    case = await desk.sees_new_case()

    await case.claimed_by("<i>Jo & Co</i>")

    assert any("<i>Jo & Co</i>" in text for text in case.texts())


async def test_words_after_two_strokes_reach_the_colleague(phone: Phones, desk: Desk) -> None:
    amina = await phone(language=None)
    await amina.starts()
    await amina.says("//how to find a house to rent")
    await amina.chooses_language("en")
    await amina.sees(amina.title("housing/find"))
    await amina.says("/colleague")
    await amina.says("//xyzzy plugh")
    await amina.waits()
    await amina.taps(amina.text("📨 Send"))
    case = await desk.sees_new_case(containing="xyzzy")
    await case.claimed_by("Joris")
    await case.answered("Where do you live?")
    await amina.sees("Where do you live?")

    await amina.says("//I live at number 5")

    await case.sees("//I live at number 5")


@on_both_databases
async def test_longest_message_arrives_whole_both_ways(phone: Phones, desk: Desk) -> None:
    longest = "слово " * 682 + "край"
    amina = await phone(language="uk")
    await amina.asks_a_colleague(longest)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await amina.waits()
    assert longest in case.texts()

    await case.answered(longest)

    await amina.waits()
    assert any(message.text.endswith(longest) for message in amina.said())


@pytest.mark.parametrize(
    "text", ["<b>bold", "a < b & c > d </blockquote>", "{0} {name} %(x)s"],
    ids=["tag", "quote", "braces"],
)  # fmt: skip
async def test_markup_in_a_question_stays_text(phone: Phones, desk: Desk, text: str) -> None:
    amina = await phone()
    await amina.asks_a_colleague(f"xyzzy {text}")
    case = await desk.sees_new_case(containing=text)

    await case.claimed_by("Joris")
    await case.answered(f"answer {text}")

    await amina.sees(f"answer {text}")
    await amina.sees_nothing_more()


async def test_formatting_of_the_colleague_is_kept(phone: Phones, desk: Desk) -> None:
    amina = await phone()
    await amina.asks_a_colleague("xyzzy plugh")
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered("https://example.org/page is the page 😀 to read")

    got = await amina.sees("is the page 😀 to read")
    assert any(one["type"] == "url" for one in got["entities"])
