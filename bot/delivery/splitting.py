"""Long texts become several messages, cut at safe points: never inside a tag or a character."""

import re

from bot.delivery.messages import TEXT_LIMIT

_TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")
_ENTITY = re.compile(r"&(?:[a-z]+|#\d+);")
_ATOM = re.compile(r"<[^>]*>|&(?:[a-z]+|#\d+);|.", re.DOTALL)


def visible_length(html: str) -> int:
    """Length after entity parsing, in UTF-16 units as Telegram counts."""
    plain = _ENTITY.sub("x", _TAG.sub("", html))
    return len(plain.encode("utf-16-le")) // 2


def split(html: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Parts of at most `limit` visible units; tags open at a cut are closed and opened again.

    Only white space at a cut is lost.
    """
    if visible_length(html) <= limit:
        return [html]
    atoms: list[str] = _ATOM.findall(html)
    parts: list[str] = []
    start, opened = 0, ""
    while start < len(atoms):
        end = _end(atoms, start, limit)
        text = opened + "".join(atoms[start:end])
        closed, opened = _seam(text)
        if visible_length(text.strip()) and _TAG.sub("", text).strip():
            parts.append((text + closed).strip())
        start = end
    return parts


def _end(atoms: list[str], start: int, limit: int) -> int:
    """Where the part that begins at `start` ends: at the last paragraph, line or word that fits,
    as long as the part is not less than half full; else after the last sign that fits."""
    length, fits = 0, start
    ends: dict[str, int] = {}
    for index in range(start, len(atoms)):
        length += _length(atoms[index])
        if length > limit:
            break
        fits = index + 1
        if length >= limit // 2:
            ends |= dict.fromkeys(_borders(atoms, index), fits)
    else:
        return len(atoms)
    end = next((ends[border] for border in ("paragraph", "line", "word") if border in ends), fits)
    while atoms[end].startswith("</"):
        end += 1
    return max(end, start + 1)


def _borders(atoms: list[str], index: int) -> list[str]:
    """What ends after this sign."""
    if atoms[index] == "\n":
        return ["paragraph", "line"] if atoms[index - 1] == "\n" else ["line"]
    return ["word"] if atoms[index] == " " else []


def _length(atom: str) -> int:
    if len(atom) == 1:
        return 2 if atom > "\uffff" else 1
    return 0 if atom.startswith("<") else 1


def _seam(html: str) -> tuple[str, str]:
    """What closes the tags still open at the end of `html`, and what opens them again."""
    stack: list[tuple[str, str]] = []
    for found in _TAG.finditer(html):
        if not found[1]:
            stack.append((found[2], found[0]))
        elif stack and stack[-1][0] == found[2]:
            stack.pop()
    return "".join(f"</{name}>" for name, _ in reversed(stack)), "".join(tag for _, tag in stack)
