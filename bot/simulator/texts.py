"""What Telegram does to a text before it stores it: cleaning, entities, trimming, limits."""

import re
from collections.abc import Callable
from typing import Any

from bot.simulator.entities import order, parse_html, utf16_length
from bot.simulator.errors import bad_request

Users = Callable[[int], dict[str, Any] | None]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT = 1 << 15
ENTITY_LIMIT = 100

# tdlib's clean_input_string: control characters become spaces, carriage returns, line and
# paragraph separators, embedding/override marks (not the isolates) and three combining marks go.
CLEANING: dict[int, str | None] = {code: " " for code in range(32) if code not in (9, 10, 13)}
CLEANING |= dict.fromkeys((13, *range(0x2028, 0x202F), 0x333, 0x33F, 0x30A))
CLEANING[9] = " "

FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<url>https?://[^\s<>\u2066-\u2069]*[^\s<>\u2066-\u2069.,;:!?)'\"]"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:be|com|org|net|eu|nl|brussels|vlaanderen)\b(?:/[^\s<>]*[\w/])?)"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
    r"|(?P<phone_number>(?<![\w+])\+\d[\d ]{7,16}\d\b)"
)


class Formatted:
    """A text with its entities, ready to be stored."""

    __slots__ = ("entities", "text")

    def __init__(self, text: str, entities: list[dict[str, Any]]) -> None:
        self.text = text
        self.entities = entities


def clean(text: str) -> str:
    return text.translate(CLEANING)


def formatted(
    raw: str,
    parse_mode: str | None,
    given: list[dict[str, Any]] | None,
    users: Users,
) -> Formatted:
    """The outcome of parse_mode or of explicit entities, cleaned, trimmed, links found."""
    if len(raw.encode("utf-8", "surrogatepass")) > RAW_LIMIT:
        raise bad_request("text is too long")
    text, entities = clean(raw), [dict(entity) for entity in given or []]
    if parse_mode:
        text, entities = _parsed(text, parse_mode)
        text = clean(text)
    elif entities:
        _check_given(text, entities)
    entities = [_named(entity, users) for entity in entities]
    return with_links(_trimmed(text, entities))


def _parsed(text: str, parse_mode: str) -> tuple[str, list[dict[str, Any]]]:
    mode = parse_mode.lower()
    if mode == "html":
        return parse_html(text)
    if mode in ("markdown", "markdownv2"):
        raise bad_request(f"parse mode {parse_mode} is not simulated")
    raise bad_request("unsupported parse_mode")


def _check_given(text: str, entities: list[dict[str, Any]]) -> None:
    length = utf16_length(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] < 0:
            raise bad_request("can't parse entities: receive an entity with incorrect offset")
        if entity["offset"] + entity["length"] > length:
            raise bad_request(
                f"entity beginning at UTF-16 offset {entity['offset']} ends after the end"
                f" of the text at UTF-16 offset {entity['offset'] + entity['length']}"
            )


def _named(entity: dict[str, Any], users: Users) -> dict[str, Any]:
    if entity["type"] == "text_mention":
        entity["user"] = users(entity["user"]["id"]) or entity["user"]
    return entity


def _trimmed(text: str, entities: list[dict[str, Any]]) -> Formatted:
    """White space at both ends goes; at the start only as far as the first entity."""
    text = text.rstrip(" \n")
    leading = len(text) - len(text.lstrip(" \n"))
    first = min((entity["offset"] for entity in entities), default=leading)
    cut = min(leading, first)
    text = text[cut:]
    length = utf16_length(text)
    kept = []
    for entity in entities:
        start = entity["offset"] - cut
        size = min(entity["length"], length - start)
        if size > 0:
            kept.append({**entity, "offset": start, "length": size})
    return Formatted(text, kept[:ENTITY_LIMIT])


def with_links(value: Formatted) -> Formatted:
    """Adds what Telegram finds by itself: commands, addresses, mentions, numbers."""
    text = value.text
    if not any(mark in text for mark in "/@#.+"):
        return value
    covered = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in value.entities
        if entity["type"] in ("text_link", "code", "pre", "text_mention", "url")
    ]
    found = []
    for match in FOUND.finditer(text):
        start = utf16_length(text[: match.start()])
        end = start + utf16_length(match.group())
        if not any(start < stop and begin < end for begin, stop in covered):
            found.append({"type": match.lastgroup, "offset": start, "length": end - start})
    entities = sorted(value.entities + found, key=order)
    return Formatted(text, entities[:ENTITY_LIMIT])


def message_text(value: Formatted) -> Formatted:
    if not visible(value.text):
        raise bad_request("message text is empty")
    if utf16_length(value.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return value


def caption_text(value: Formatted) -> Formatted:
    if utf16_length(value.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return value


def visible(text: str) -> bool:
    """Only spaces and invisible marks is as good as nothing."""
    return bool(
        text.strip(" \n\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff")
    )
