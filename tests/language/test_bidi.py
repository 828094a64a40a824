"""Right-to-left texts: what a person sees keeps its order."""

import unicodedata
from datetime import datetime
from pathlib import Path

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.language import bidi, catalog, formats, spelling
from tests.language import making

PHONES = ["+32 2 274 20 00", "02/274.20.00", "116000", "112"]
TIMES = ["18:30", "9:00-12:00", "21/11/2026"]
PLACES = ["Belgicastraat 1, 1120 Brussel", "VDAB (Gent)", "Kruispunt-M. vzw", "a.b+c@fedasil.be"]
NAMES = ["Olena (2)", "Joris!", "C&A"]


def seen(text: str) -> str:
    """What the screen shows, read from left to right, without the invisible."""
    return bidi.strip_marks(str(get_display(text)))


@pytest.fixture
def dari(tmp_path: Path) -> catalog.Words:
    entries = making.an_entry("Call {value} today.", "امروز به {value} زنگ بزنید.")
    entries += making.an_entry("{value} asks", "{value} سوال می‌کند.")
    entries += making.an_entry("{a} and {b}", "نام: {a} (شماره {b})")
    entries += making.an_entry("Tap <code>{value}</code>", "این را <code>{value}</code> کاپی کنید")
    entries += making.an_entry("VDAB helps", "VDAB کمک می‌کند")
    entries += making.an_entry("/stop or /undo", "با /stop یا <b>/undo</b>.")
    entries += making.an_entry("Your question #{number}", "سوال #{number} بسته شد.")
    entries += making.an_entry("<b>#{number}</b>: closed", "✅ <b>#{number}</b>: بسته شد")
    entries += making.an_entry("🆘 Help", "🆘 کمک")
    entries += making.an_entry("ℹ️ See <b>here</b> https://a.be/b", "ℹ️ <b>این</b> https://a.be/b")
    return making.a_voice(tmp_path, "fa_AF", entries)


@pytest.mark.parametrize("value", [*PHONES, *TIMES, *PLACES, *NAMES])
def test_latin_value_keeps_its_order_in_dari(dari: catalog.Words, value: str) -> None:
    assert value in seen(dari.plain("Call {value} today.", value=value))


def test_bare_number_would_lose_its_order() -> None:
    assert "+32 2 274 20 00" not in seen("امروز به +32 2 274 20 00 زنگ بزنید.")


@pytest.mark.parametrize("value", [*PHONES, *TIMES, *PLACES, *NAMES, "علی"])
def test_line_with_value_in_front_reads_from_the_right(dari: catalog.Words, value: str) -> None:
    shown = seen(dari.plain("{value} asks", value=value))

    assert shown.startswith(".")
    assert bidi.has_rtl(value) or shown.endswith(value)


def test_two_values_in_one_sentence_do_not_mix(dari: catalog.Words) -> None:
    shown = seen(dari.plain("{a} and {b}", a="Olena K.", b=42))

    assert "Olena K." in shown
    assert shown.index("42") < shown.index("Olena K.")


def test_number_value_is_isolated_from_left_to_right(dari: catalog.Words) -> None:
    assert f"{bidi.LRI}42{bidi.PDI}" in dari("{a} and {b}", a="علی", b=42)
    assert f"{bidi.FSI}علی{bidi.PDI}" in dari("{a} and {b}", a="علی", b=42)


def test_copied_code_holds_nothing_invisible(dari: catalog.Words) -> None:
    text = dari("Tap <code>{value}</code>", value="BE68 5390")

    assert f"{bidi.FSI}<code>BE68 5390</code>{bidi.PDI}" in text


def test_sentence_that_begins_in_latin_gets_the_mark(dari: catalog.Words) -> None:
    assert dari("VDAB helps").startswith(bidi.RLM)
    assert seen(dari.plain("VDAB helps")).endswith("VDAB")


def test_command_keeps_its_sign_in_front(dari: catalog.Words) -> None:
    text = dari("/stop or /undo")

    assert text == f"با {bidi.LRI}/stop{bidi.PDI} یا <b>{bidi.LRI}/undo{bidi.PDI}</b>."


def test_number_is_isolated_together_with_its_sign(dari: catalog.Words) -> None:
    wall = f"{bidi.LRI}#12{bidi.PDI}"

    assert dari("Your question #{number}", number=12) == f"سوال {wall} بسته شد."
    assert dari.label("Your question #{number}", number=12) == f"سوال {wall} بسته شد."
    closed = dari("<b>#{number}</b>: closed", number=12)
    assert closed == f"{bidi.RLM}✅ <b>{wall}</b>: بسته شد"


@pytest.mark.parametrize("msgid", ["🆘 Help", "ℹ️ See <b>here</b> https://a.be/b"])
def test_sign_that_is_a_letter_to_unicode_gets_the_mark(dari: catalog.Words, msgid: str) -> None:
    text = dari(msgid)

    assert text.startswith(bidi.RLM)
    assert bidi.strip_marks(text)[1:] == text[2:], "and nothing else is walled in"


def test_own_words_over_several_lines_stay_balanced(dari: catalog.Words) -> None:
    text = dari("Call {value} today.", value="سلام\nI live in Gent (B).\n\nتشکر")

    assert bidi.is_balanced(text)
    assert "I live in Gent (B)." in seen(text)


def test_answer_in_markup_is_left_as_it_is(dari: catalog.Words) -> None:
    body = Markup("<b>سلام</b>\nتشکر")

    assert str(body) in dari("Call {value} today.", value=body)


def test_link_value_has_no_invisible_neighbours(dari: catalog.Words) -> None:
    text = dari("Call {value} today.", value="https://fedasil.be/a?b")

    assert " https://fedasil.be/a?b " in text


def test_dari_name_does_not_turn_a_dutch_card(tmp_path: Path) -> None:
    entry = making.an_entry("{name} ({n}) asks", "{name} (2) vraagt iets")
    _ = making.a_voice(tmp_path, "nl", entry)

    shown = seen(_.plain("{name} ({n}) asks", name="علی"))

    assert shown.endswith(" (2) vraagt iets")


@pytest.mark.parametrize("code", ["fa_AF", "ps"])
def test_moment_keeps_its_order_on_the_screen(code: str) -> None:
    _ = catalog.Catalogs.load(spelling.LOCALES).words(code)
    moment = datetime(2026, 11, 21, 18, 30, tzinfo=formats.BRUSSELS)

    shown = seen(formats.day_and_time(_, moment))

    assert shown.index("18:30") < shown.index("2026") < shown.index("21")


def test_list_of_latin_names_runs_from_the_right() -> None:
    _ = catalog.Catalogs.load(spelling.LOCALES).words("fa_AF")

    shown = seen(_("{names}", names=formats.listing(_, ["VDAB (Gent)", "OCMW", "Fedasil"])))

    assert shown.index("Fedasil") < shown.index("OCMW") < shown.index("VDAB (Gent)")


def test_value_cannot_break_out_of_its_isolate(dari: catalog.Words) -> None:
    text = dari("{value} asks", value="evil\u2069\u202etxet")

    assert bidi.is_balanced(text)
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Amina", "Amina"),
        ("علی", "علی"),
        ("  two \n lines ", "two lines"),
        ("\u202eanimA\u2069", "animA"),
        ("a\x00b\u200f", "ab"),
        ("\u2066\u2069 ", "—"),
        ("", "—"),
        (None, "—"),
        ("\u200d\ufe0f", "—"),
        ("👩‍🚀", "👩‍🚀"),
        ("x" * 90, "x" * 64),
        ("می‌نا", "می‌نا"),
    ],
    ids=str,
)
def test_strange_name_becomes_safe(given_name: str | None, shown: str) -> None:
    assert bidi.safe_name(given_name) == shown


@given(st.text())
def test_safe_name_never_steers_direction(name: str) -> None:
    safe = bidi.safe_name(name)

    assert 0 < len(safe) <= bidi.NAME_LIMIT
    assert safe == bidi.strip_marks(safe)
    assert not any(unicodedata.category(char) == "Cc" for char in safe)


@given(st.text(alphabet="aب1 \n\u2066\u2068\u2069\u202e"))
def test_any_value_leaves_the_text_balanced(value: str) -> None:
    assert bidi.is_balanced(bidi.contained(value))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("سلام", "سلام"),
        ("VDAB کمک", "\u200fVDAB کمک"),
        ("1. Fedasil کمک", "\u200f1. Fedasil کمک"),
        ("1. کمک", "1. کمک"),
        ("✅ <b>کمک</b>", "✅ <b>کمک</b>"),
        ("<b>VDAB</b> کمک", "\u200f<b>VDAB</b> کمک"),
        ("سلام\nVDAB کمک", "سلام\n\u200fVDAB کمک"),
        ("Belgicastraat 1", "Belgicastraat 1"),
        ("\u2068علی\u2069", "\u200f\u2068علی\u2069"),
        ("\u200fVDAB کمک", "\u200fVDAB کمک"),
    ],
    ids=lambda text: ascii(text)[:24],
)
def test_paragraph_starts_on_the_right(text: str, right: str) -> None:
    assert bidi.line_starts_right(text, True) == right
    assert bidi.line_starts_right(text, False) == text


@pytest.mark.parametrize(
    ("text", "balanced"),
    [("\u2066a\u2069", True), ("\u2066a", False), ("a\u2069", False), ("\u2066a\nb\u2069", False)],
    ids=["closed", "open", "closes nothing", "over two paragraphs"],
)
def test_isolates_are_counted_by_paragraph(text: str, balanced: bool) -> None:
    assert bidi.is_balanced(text) is balanced
