"""HTML parse mode, as tdlib's parse_html reads it."""

from typing import Any

import pytest

from bot.simulator.entities import parse_html, utf16_length
from bot.simulator.errors import ApiError


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>x</b>", "x", [("bold", 0, 1)]),
        ("👍<i>یک</i>", "👍یک", [("italic", 2, 2)]),
        ("<B>x</b >", "x", [("bold", 0, 1)]),
        ("&lt;Ahmad&gt; R&D &amp; &#1575;&#x41;", "<Ahmad> R&D & اA", []),
        ("&nbsp;&copy;", "&nbsp;&copy;", []),
        ("<b></b>x", "x", []),
        ("<b><i>x</i></b>", "x", [("bold", 0, 1), ("italic", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<span class='tg-spoiler'>x</span>", "x", [("spoiler", 0, 1)]),
        ("<a href='not a link'>x</a>", "x", []),
        ("a</b>"[:1], "a", []),
    ],
    ids=["bold", "utf16", "case", "references", "unknown references", "empty", "nested", "quote",
         "spoiler", "no link", "plain"],
)  # fmt: skip
def test_html_becomes_text_with_its_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    found, marks = parse_html(source)

    assert found == text
    assert [(mark["type"], mark["offset"], mark["length"]) for mark in marks] == entities


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<Ahmad>", 'Unsupported start tag "ahmad" at byte offset 0'),
        ("ا<p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<b>x", "Can't find end tag corresponding to start tag b"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("3 < 5", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", "Expected equal sign in declaration of an attribute of the tag"
         ' "a" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ],
    ids=["name", "bytes", "open", "close", "crossed", "less than", "span", "attribute", "br"],
)  # fmt: skip
def test_broken_html_is_refused_with_telegrams_words(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)

    assert refusal.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_code_in_pre_carries_its_language() -> None:
    _, marks = parse_html('<pre><code class="language-python">x</code></pre>')

    assert marks == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://vdab.be/x?a=1&amp;b=2", "https://vdab.be/x?a=1&b=2"),
        ("vdab.be", "http://vdab.be/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
    ],
    ids=["query", "no scheme", "tg"],
)
def test_links_keep_their_address(address: str, url: str) -> None:
    _, marks = parse_html(f'<a href="{address}">x</a>')

    assert marks[0]["url"] == url


def test_mention_by_number_names_the_person() -> None:
    _, marks = parse_html('<a href="tg://user?id=7">x</a>')

    mark: dict[str, Any] = marks[0]
    assert (mark["type"], mark["user"]["id"]) == ("text_mention", 7)


def test_emoji_count_twice_in_utf16() -> None:
    assert utf16_length("a👍ب") == 4


def test_moment_says_how_it_is_to_be_shown() -> None:
    text, [entity] = parse_html('<tg-time unix="1700000000" format="r">an hour ago</tg-time>')

    assert text == "an hour ago"
    assert (entity["unix_time"], entity["date_time_format"]) == (1_700_000_000, "r")


def test_moment_shown_in_an_unknown_way_is_refused() -> None:
    with pytest.raises(ApiError, match="Invalid date format"):
        parse_html('<tg-time unix="1700000000" format="hours">an hour ago</tg-time>')
