"""Markdown of an answer as the HTML that Telegram knows: bold, italic, links, quotes, plain lists.

Everything else becomes text. A number to call keeps a line of its own, so that a tap calls.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.delivery.incoming import Entity
from bot.language import bidi

_PARSER = MarkdownIt("commonmark", {"html": False})
_PLAIN = {
    "strong_open": "<b>",
    "strong_close": "</b>",
    "em_open": "<i>",
    "em_close": "</i>",
    "link_close": "</a>",
    "softbreak": "\n",
    "hardbreak": "\n",
}
_SIGNS = {"bold": "**", "italic": "*"}
_TAG = re.compile(r"<[^<>]*>")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_NUMBER_LINE = re.compile(r"\+?[\d \u00a0]+")
_FACT_LINE = re.compile(r"\{[a-z_]+\}")


class Block(NamedTuple):
    """A paragraph, or one item of a list."""

    html: str
    is_item: bool


@lru_cache(maxsize=1024)
def to_html(markdown: str) -> str:
    """The text for Telegram, placeholders left as they are."""
    done = ""
    before: Block | None = None
    for block in _blocks(_PARSER.parse(markdown)):
        done += _gap(before, block) + block.html
        before = block
    return done


@lru_cache(maxsize=1024)
def line_to_html(markdown: str) -> str:
    """One line, such as a title or "in short"."""
    return "".join(_inline(token) for token in _PARSER.parseInline(markdown))


def written(text: str, entities: Sequence[Entity]) -> str:
    """The Markdown of a text as a phone sent it: bold, italic and links get their signs back."""
    signs: list[tuple[int, bool, int, str]] = []
    for one in entities:
        if one.type == "text_link":
            begin, end = "[", f"]({one.url})"
        elif one.type in _SIGNS:
            begin = end = _SIGNS[one.type]
        else:
            continue
        signs.append((one.offset, True, -one.length, begin))
        signs.append((one.offset + one.length, False, -one.offset, end))
    units = text.encode("utf-16-le")  # Telegram counts so
    for at, _, _, sign in sorted(signs, reverse=True):
        units = units[: 2 * at] + sign.encode("utf-16-le") + units[2 * at :]
    return units.decode("utf-16-le")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the organisation's own facts in; what it has not told is a dash."""

    def value(place: re.Match[str]) -> str:
        return html.escape(bidi.contained(values.get(place.group(1)) or "—"), quote=False)

    return _PLACEHOLDER.sub(value, text) if "{" in text else text


def plain(text: str) -> str:
    """An HTML text without its tags, to stand on a button or in a file."""
    return bidi.strip_marks(html.unescape(_TAG.sub("", text)))


def visible(text: str) -> str:
    """What the eye counts of an HTML text; the joiners that Dari spelling needs are not letters."""
    return plain(text).replace("\u200c", "")


def is_number_line(line: str) -> bool:
    """Is this nothing but a number to call?"""
    return _NUMBER_LINE.fullmatch(line.strip()) is not None


def _gap(before: Block | None, block: Block) -> str:
    if before is None:
        return ""
    is_value = is_number_line(block.html) or _FACT_LINE.fullmatch(block.html)
    is_tight = (before.is_item and block.is_item) or is_value
    return "\n" if is_tight else "\n\n"


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    counters: list[int | None] = []
    prefix, wrap = "", ""
    for token in tokens:
        if token.type.endswith("_list_open"):
            counters.append(_start(token))
        elif token.type.endswith("_list_close"):
            counters.pop()
            prefix = "   " * len(counters)
        elif token.type == "list_item_open":
            prefix = _marker(counters)
        elif token.type in ("heading_open", "heading_close"):
            wrap = "b" if token.nesting == 1 else ""
        elif token.type in ("blockquote_open", "blockquote_close"):
            wrap = "blockquote" if token.nesting == 1 else ""
        elif token.type == "inline" or token.content:
            yield Block(prefix + _wrapped(_inline(token), wrap), bool(counters))
            prefix = "   " * len(counters)


def _start(token: Token) -> int | None:
    return int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None


def _marker(counters: list[int | None]) -> str:
    """The next "1. " or "• ", set in for lists within lists."""
    number = counters[-1]
    if number is not None:
        counters[-1] = number + 1
    return "   " * (len(counters) - 1) + (f"{number}. " if number is not None else "• ")


def _wrapped(text: str, tag: str) -> str:
    return f"<{tag}>{text}</{tag}>" if tag else text


def _inline(token: Token) -> str:
    if token.type == "inline":
        return "".join(_inline(child) for child in token.children or ())
    if token.type == "link_open":
        return _link(str(token.attrs.get("href", "")))
    if token.type == "code_inline":
        return f"<code>{html.escape(token.content, quote=False)}</code>"
    return _PLAIN.get(token.type, html.escape(token.content, quote=False))


def _link(address: str) -> str:
    return f'<a href="{html.escape(address)}">'
