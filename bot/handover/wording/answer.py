"""A colleague's words as the person receives them: marked as from a person, formatting kept."""

import html

import msgspec

from bot.delivery.incoming import Entity
from bot.delivery.messages import TEXT_LIMIT
from bot.language.catalog import Words

CAPTION_LIMIT = 1024
WITH_CAPTION = frozenset({"photo", "voice", "document", "video", "audio", "animation"})
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


def mark(_: Words, organisation: str) -> str:
    """The line that says: this is from a person. Plain."""
    return _.label("👤 From a colleague of {organisation}:", organisation=organisation)


def marked(
    _: Words, organisation: str, text: str, entities: tuple[Entity, ...]
) -> tuple[str, tuple[Entity, ...]]:
    """The colleague's text below the mark, its formatting moved along."""
    line = mark(_, organisation)
    by = utf16_length(line + "\n")
    moved = tuple(msgspec.structs.replace(one, offset=one.offset + by) for one in entities)
    first = Entity(type="bold", offset=0, length=utf16_length(line))
    return f"{line}\n{text}", (first, *moved)


def fits(_: Words, organisation: str, text: str) -> bool:
    """Is there room for the mark above the text?"""
    return utf16_length(mark(_, organisation)) + utf16_length(text) < TEXT_LIMIT


def caption(
    _: Words, organisation: str, media: str | None, text: str, entities: tuple[Entity, ...]
) -> str | None:
    """The caption with its mark, as HTML; None where there is no room for one."""
    line = mark(_, organisation)
    if media not in WITH_CAPTION or utf16_length(line) + utf16_length(text) + 1 > CAPTION_LIMIT:
        return None
    marked_line = f"<b>{html.escape(line, quote=False)}</b>"
    return f"{marked_line}\n{as_html(text, entities)}" if text else marked_line


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def as_html(text: str, entities: tuple[Entity, ...]) -> str:
    """Text with its formatting as HTML. Entities nest; a crossing one is left out."""
    units = text.encode("utf-16-le")
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    inside: list[int] = []
    for one in sorted(entities, key=lambda entity: (entity.offset, -entity.length)):
        tags, end = _tags(one), one.offset + one.length
        inside = [other for other in inside if other > one.offset]
        if tags is None or any(end > other for other in inside):
            continue
        inside.append(end)
        opens.setdefault(one.offset, []).append(tags[0])
        closes.setdefault(end, []).insert(0, tags[1])
    return _woven(units, opens, closes)


def _tags(entity: Entity) -> tuple[str, str] | None:
    if entity.type == "text_link" and entity.url:
        return f'<a href="{html.escape(entity.url)}">', "</a>"
    tag = _TAGS.get(entity.type)
    return None if tag is None else (f"<{tag}>", f"</{tag}>")


def _woven(units: bytes, opens: dict[int, list[str]], closes: dict[int, list[str]]) -> str:
    cuts = sorted({0, len(units) // 2, *opens, *closes})
    pieces: list[str] = []
    for start, end in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        pieces += closes.get(start, [])
        pieces += opens.get(start, [])
        stretch = units[start * 2 : end * 2].decode("utf-16-le", errors="ignore")
        pieces.append(html.escape(stretch, quote=False))
    return "".join(pieces)
