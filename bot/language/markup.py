"""The markup that a message may hold: Telegram's plain tags, closed in order."""

import re
from collections import Counter

TAGS = frozenset({"b", "i", "u", "s", "code", "pre", "blockquote", "a"})

_TAG = re.compile(r"<(/?)([^\s<>/]*)([^<>]*)>")
_LINK = re.compile(r' href="[^"<>]+"')


def tags(text: str) -> Counter[str]:
    """How often each tag is opened."""
    return Counter(name for closing, name, _ in _TAG.findall(text) if not closing)


def faults(text: str) -> list[str]:
    """Return what Telegram, or a reader, would stumble over."""
    found: list[str] = []
    open_tags: list[str] = []
    for closing, name, rest in _TAG.findall(text):
        if name not in TAGS or not _is_rest_fine(closing, name, rest):
            found.append(f"unknown markup <{closing}{name}{rest}>")
        elif not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            found.append(f"</{name}> closes nothing")
    found += [f"<{name}> is not closed" for name in open_tags]
    if re.search(r"[<>]", _TAG.sub("", text)):
        found.append("a bare < or >: write &lt; or &gt;")
    return found


def _is_rest_fine(closing: str, name: str, rest: str) -> bool:
    if name == "a" and not closing:
        return _LINK.fullmatch(rest) is not None
    return rest == ""
