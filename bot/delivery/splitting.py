"""Long texts become several messages, cut at safe points: never inside a tag or a character."""

import re

from bot.delivery.messages import TEXT_LIMIT

_TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")
_ENTITY = re.compile(r"&(?:[a-z]+|#\d+);")


def visible_length(html: str) -> int:
    """Length after entity parsing, in UTF-16 units as Telegram counts."""
    plain = _ENTITY.sub("x", _TAG.sub("", html))
    return len(plain.encode("utf-16-le")) // 2


def split(html: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Parts of at most `limit` visible units; tags open at a cut are closed and opened again."""
    if visible_length(html) <= limit:
        return [html]
    parts: list[str] = []
    current = ""
    for piece in _pieces(html, limit):
        if current and visible_length(current + piece) > limit:
            closed, reopened = _seam(current)
            parts.append((current + closed).strip())
            current = reopened + piece.lstrip()
        else:
            current += piece
    return [*parts, current.strip()]


def _pieces(html: str, limit: int) -> list[str]:
    """Paragraphs; where one alone is too long its lines, then words, then single signs."""
    pieces = [html]
    for cut in (r"(?<=\n\n)", r"(?<=\n)", r"(?<= )", r"(?<=>)|(?=<)", None):
        if all(visible_length(piece) <= limit // 2 for piece in pieces):
            break
        pieces = [part for piece in pieces for part in _cut(piece, cut, limit // 2)]
    return pieces


def _cut(piece: str, pattern: str | None, limit: int) -> list[str]:
    if visible_length(piece) <= limit:
        return [piece]
    if pattern is None:
        return re.findall(r"<[^>]*>|&(?:[a-z]+|#\d+);|.", piece, flags=re.DOTALL)
    return [part for part in re.split(pattern, piece) if part]


def _seam(html: str) -> tuple[str, str]:
    """What closes the tags still open at the end of `html`, and what opens them again."""
    stack: list[tuple[str, str]] = []
    for found in _TAG.finditer(html):
        if not found[1]:
            stack.append((found[2], found[0]))
        elif stack and stack[-1][0] == found[2]:
            stack.pop()
    return "".join(f"</{name}>" for name, _ in reversed(stack)), "".join(tag for _, tag in stack)
