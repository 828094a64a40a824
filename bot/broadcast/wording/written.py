"""What a colleague wrote on a phone, as the HTML of a message."""

import html
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bot.delivery.incoming import Entity
from bot.language.template import placeholders

PLACES: Final = frozenset({"name"})  # what a text may have filled in for each reader

_TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "blockquote": "blockquote",
}
_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"]+")
_TAG = re.compile(r"<[^<>]*>")


def to_html(text: str, entities: Sequence[Entity]) -> str:
    """Bold, italic, links and quotes stay; every stretch is closed by itself, so that it is always
    well formed, whatever the phone sent."""
    units = text.encode("utf-16-le")  # Telegram counts so
    known = [one for one in entities if _opens(one)]
    cuts = {0, len(units) // 2}
    for one in known:
        cuts |= {one.offset, one.offset + one.length}
    places = sorted(cut for cut in cuts if 0 <= cut <= len(units) // 2)
    return "".join(
        _stretch(units[2 * start : 2 * end].decode("utf-16-le", "ignore"), start, known)
        for start, end in pairwise(places)
    ).strip()


def visible(written: str) -> str:
    """What the eye sees of it."""
    return html.unescape(_TAG.sub("", written))


def unknown_places(written: str) -> list[str]:
    """Names in {braces} that nothing is filled in for."""
    return sorted(placeholders(written) - PLACES)


def _stretch(text: str, start: int, entities: Sequence[Entity]) -> str:
    done = html.escape(text, quote=False)
    inside = [one for one in entities if one.offset <= start < one.offset + one.length]
    for one in sorted(inside, key=lambda one: (one.length, -one.offset)):
        done = f"{_opens(one)}{done}{_closes(one)}"
    return done


def _opens(one: Entity) -> str:
    """Its tag; "" for what a message does not keep."""
    if one.type == "text_link":
        is_safe = one.url is not None and _LINK.fullmatch(one.url)
        return f'<a href="{html.escape(one.url or "")}">' if is_safe else ""
    return f"<{_TAGS[one.type]}>" if one.type in _TAGS else ""


def _closes(one: Entity) -> str:
    return "</a>" if one.type == "text_link" else f"</{_TAGS[one.type]}>"
