"""Long texts in parts: short enough, well formed, nothing lost."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.messages import TEXT_LIMIT
from bot.delivery.splitting import split, visible_length
from tests.support.steps import steps_of

_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")

words = st.text(st.sampled_from("abcü سپښ😀.-"), min_size=1, max_size=30)
escaped = st.sampled_from(["&amp;", "&lt;", "&#39;", " ", "\n", "\n\n"])
plain = st.one_of(words, escaped)
tags = st.sampled_from(["b", "i", 'a href="https://example.org/a b"', "blockquote expandable"])


def _inside(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inner = st.lists(children, max_size=6).map("".join)
    return st.builds(lambda tag, html: f"<{tag}>{html}</{tag.split()[0]}>", tags, inner)


pieces = st.recursive(plain, _inside, max_leaves=8)
texts = st.lists(pieces, min_size=1, max_size=15).map("".join)


def _bare(html: str) -> str:
    return re.sub(r"\s+", "", _TAG.sub("", html))


def _is_balanced(html: str) -> bool:
    stack: list[str] = []
    for found in _TAG.finditer(html):
        if not found[1]:
            stack.append(found[2])
        elif not stack or stack.pop() != found[2]:
            return False
    return not stack and "<" not in _TAG.sub("", html)


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(5, 60))
def test_parts_are_short_enough_and_well_formed(html: str, limit: int) -> None:
    parts = split(html, limit)

    assert all(visible_length(part) <= limit for part in parts)
    assert all(_is_balanced(part) for part in parts)


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(5, 60))
def test_no_sign_is_lost_or_said_twice(html: str, limit: int) -> None:
    assert _bare("".join(split(html, limit))) == _bare(html)


@settings(max_examples=25, deadline=None)
@given(texts, st.integers(5, 60))
def test_no_part_is_empty(html: str, limit: int) -> None:
    parts = split(html, limit)

    assert len(parts) == 1 or all(_bare(part) for part in parts)


@settings(max_examples=20, deadline=None)
@given(texts, st.integers(5, 60))
def test_links_stay_whole_in_each_part(html: str, limit: int) -> None:
    opening = re.compile(r"<a[^>]*>")

    found = {tag for part in split(html, limit) for tag in opening.findall(part)}

    assert found <= {'<a href="https://example.org/a b">'}


def test_short_text_stays_as_it_is() -> None:
    assert split("  <b>x</b>\n") == ["  <b>x</b>\n"]


def test_text_is_cut_between_paragraphs_when_it_can() -> None:
    first, second = "one two. " * 5, "three four. " * 5

    assert split(first.strip() + "\n\n" + second.strip(), 70) == [first.strip(), second.strip()]


def test_bold_text_goes_on_being_bold() -> None:
    assert split("<b>" + "word " * 4 + "</b>", 10) == ["<b>word word </b>", "<b>word word </b>"]


def test_emoji_counts_as_two() -> None:
    assert [len(part) for part in split("😀" * 10, 8)] == [4, 4, 2]


def test_word_of_many_pages_does_not_hold_the_bot_up() -> None:
    """Twice the text is twice the work, not four times."""
    four, eight = ("a" * pages * TEXT_LIMIT for pages in (4, 8))

    assert len(split(eight)) == 8
    assert steps_of(lambda: split(eight)) < 2.2 * steps_of(lambda: split(four))
