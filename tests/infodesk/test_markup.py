"""Markdown becomes what Telegram shows, and right-to-left lines keep their order."""

import pytest

from bot.infodesk.wording import direction, markup
from bot.language import bidi


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**bold** and *this*", "<b>bold</b> and <i>this</i>"),
        ("[VDAB](https://vdab.be?a=1&b=2)", '<a href="https://vdab.be?a=1&amp;b=2">VDAB</a>'),
        ("1 < 2 & <script>", "1 &lt; 2 &amp; &lt;script&gt;"),
        ("# Head\n\ntext", "<b>Head</b>\n\ntext"),
        ("- a\n- b\n\ntext", "• a\n• b\n\ntext"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("1. a\n   - b\n2. c", "1. a\n   • b\n2. c"),
        ("`code`", "<code>code</code>"),
        ("> said", "<blockquote>said</blockquote>"),
        ("one\ntwo", "one\ntwo"),
    ],
)
def test_markdown_becomes_tags_telegram_knows(markdown: str, expected: str) -> None:
    assert markup.to_html(markdown) == expected


def test_number_to_call_stands_on_a_line_of_its_own() -> None:
    assert markup.to_html("Poison:\n\n+3270245245\n\nMore.") == "Poison:\n+3270245245\n\nMore."


def test_fact_on_a_line_of_its_own_stays_with_its_label() -> None:
    assert markup.to_html("Mail:\n\n{org_mail}") == "Mail:\n{org_mail}"


def test_facts_of_the_organisation_are_escaped() -> None:
    html = markup.filled("Call {org_phone} of {org_name}.", {"org_name": "A & <B>"})

    assert html == "Call — of A &amp; &lt;B&gt;."


def test_visible_text_has_no_tags_and_entities() -> None:
    assert markup.visible('<b>A &amp; B</b> <a href="https://x.be">x</a>') == "A & B x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("به دفتر OCMW (social help) بروید", "به دفتر [OCMW (social help)] بروید"),
        ("به +3222742000 زنگ بزنید", "به [+3222742000] زنگ بزنید"),
        ("نمبر 112 یا 67.53 یورو", "نمبر 112 یا 67.53 یورو"),
        ("از 9:00-17:00 باز است", "از [9:00-17:00] باز است"),
        ("تر 17:00 (2022) پورې", "تر 17:00 (2022) پورې"),
        ("به 112 +3222742000 زنگ", "به 112 [+3222742000] زنگ"),
        ("ضمیمهٔ 26 (bijlage 26): درخواست", "ضمیمهٔ 26 [(bijlage 26)]: درخواست"),
        ("ضمیمهٔ 26quater (25quater) را", "ضمیمهٔ [26quater (25quater)] را"),
        ("منبع AIDA – Vluchtelingenwerk (2025) است", "منبع [AIDA – Vluchtelingenwerk (2025)] است"),
        ("سایت <a href='https://x.be'>x.be</a> را", "سایت <a href='https://x.be'>[x.be]</a> را"),
        ("نان &amp; آب", "نان &amp; آب"),
        ("Only Latin 112", "Only Latin 112"),
    ],
)
def test_latin_stretches_are_isolated_in_dari(text: str, expected: str) -> None:
    settled = direction.settled(text, is_rtl=True)

    assert settled.replace(bidi.LRI, "[").replace(bidi.PDI, "]") == expected


def test_line_that_begins_with_latin_starts_on_the_right() -> None:
    settled = direction.settled("OCMW کمک می‌کند", is_rtl=True)

    assert settled == f"{bidi.RLM}{bidi.LRI}OCMW{bidi.PDI} کمک می‌کند"


def test_number_to_call_stands_below_its_line_not_across_from_it() -> None:
    settled = direction.settled("رایگان:\n+32 2 274 20 00", is_rtl=True)

    assert settled == f"رایگان:\n{bidi.RLM}{bidi.LRI}+32 2 274 20 00{bidi.PDI}"


def test_left_to_right_text_is_left_alone() -> None:
    assert direction.settled("Call OCMW", is_rtl=False) == "Call OCMW"
    assert direction.plain("دری", is_rtl=False) == "دری"
