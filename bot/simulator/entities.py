"""HTML parse mode exactly as Telegram reads it: same tags, same errors, offsets in UTF-16 units.

Follows tdlib's parse_html (td/telegram/MessageEntity.cpp); works on bytes because the errors
name byte offsets.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.errors import ApiError, bad_request

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
}
PRIORITIES = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
SPACE = b" \t\r\n\0\x0b"
NAMED = {b"lt": 60, b"gt": 62, b"amp": 38, b"quot": 34}
REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*))(;?)")
PLAIN = re.compile(rb"[^<&]+")
NAME_TOKEN = re.compile(rb"[0-9A-Za-z.\-]*")


def utf16_length(text: str) -> int:
    return len(text) + sum(1 for letter in text if letter > "\uffff")


@dataclass(slots=True)
class _Open:
    tag: str
    arguments: dict[str, str]
    offset: int
    begin: int


@dataclass(slots=True)
class _Reader:
    source: bytes
    position: int = 0
    out: list[str] = field(default_factory=list)
    offset: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def at(self, position: int) -> int:
        """The byte at a position; the end reads as 0, as in C."""
        return self.source[position] if position < len(self.source) else 0

    def say(self, text: str) -> None:
        self.out.append(text)
        self.offset += utf16_length(text)

    def skip_space(self) -> None:
        while self.position < len(self.source) and self.at(self.position) in SPACE:
            self.position += 1


def parse_html(text: str) -> tuple[str, list[dict[str, Any]]]:
    """The text without tags and its entities; raises 400 "can't parse entities: …"."""
    reader = _Reader(text.encode("utf-8", "surrogatepass"))
    while reader.position < len(reader.source):
        byte = reader.at(reader.position)
        if byte == 0x26:
            reader.say(_reference(reader) or _ampersand(reader))
        elif byte != 0x3C:
            reader.say(_plain(reader))
        elif reader.at(reader.position + 1) == 0x2F:
            _close_tag(reader)
        else:
            _open_tag(reader)
    if reader.open:
        raise _cannot(f"Can't find end tag corresponding to start tag {reader.open[-1].tag}")
    return "".join(reader.out), _sorted(reader.entities)


def _cannot(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def _plain(reader: _Reader) -> str:
    found = PLAIN.match(reader.source, reader.position)
    assert found is not None
    reader.position = found.end()
    return found.group().decode("utf-8", "surrogatepass")


def _ampersand(reader: _Reader) -> str:
    reader.position += 1
    return "&"


def _reference(reader: _Reader) -> str:
    """A decoded character reference, or "" when this & is only an ampersand."""
    found = REFERENCE.match(reader.source, reader.position)
    if found is None:
        return ""
    code = _code(found)
    if code == 0:
        return ""
    if 0xD800 <= code <= 0xDFFF:
        raise _cannot(
            "Text contains invalid Unicode characters after decoding HTML entities,"
            " check for unmatched surrogate code units"
        )
    reader.position = found.end()
    return chr(code)


def _code(found: re.Match[bytes]) -> int:
    hexadecimal, decimal, name, _ = found.groups()
    if name is not None:
        return NAMED.get(name, 0)
    digits = hexadecimal if hexadecimal is not None else decimal
    code = int(digits or b"0", 16 if hexadecimal is not None else 10)
    is_too_long = found.end(2 if hexadecimal is None else 1) - found.start() >= 10
    return 0 if code >= 0x10FFFF or is_too_long else code


def _open_tag(reader: _Reader) -> None:
    begin = reader.position
    reader.position += 1
    while reader.position < len(reader.source) and reader.at(reader.position) not in SPACE + b">":
        reader.position += 1
    if reader.position >= len(reader.source):
        raise _cannot(f"Unclosed start tag at byte offset {begin}")
    tag = _lower(reader.source[begin + 1 : reader.position])
    if tag not in KINDS:
        raise _cannot(f'Unsupported start tag "{tag}" at byte offset {begin}')
    arguments = _attributes(reader, tag, begin)
    if tag == "span" and arguments.get("class") != "tg-spoiler":
        raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
    reader.position += 1
    reader.open.append(_Open(tag, arguments, reader.offset, len(reader.out)))


def _lower(raw: bytes) -> str:
    return raw.lower().decode("utf-8", "replace")


def _attributes(reader: _Reader, tag: str, begin: int) -> dict[str, str]:
    found: dict[str, str] = {}
    while reader.at(reader.position) != 0x3E:
        reader.skip_space()
        if reader.at(reader.position) == 0x3E:
            break
        name = _attribute_name(reader, tag, begin)
        if tag == "blockquote" and name == "expandable" and reader.at(reader.position) != 0x3D:
            found[name] = ""
            continue
        found[name] = _attribute_value(reader, tag, begin)
    return found


def _attribute_name(reader: _Reader, tag: str, begin: int) -> str:
    start = reader.position
    stop = SPACE + b"=>"
    while reader.position < len(reader.source) and reader.at(reader.position) not in stop:
        reader.position += 1
    name = reader.source[start : reader.position].decode("utf-8", "replace")
    if not name:
        raise _cannot(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
    return name


def _attribute_value(reader: _Reader, tag: str, begin: int) -> str:
    reader.skip_space()
    if reader.at(reader.position) != 0x3D:
        raise _cannot(
            f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
            f" at byte offset {begin}"
        )
    reader.position += 1
    reader.skip_space()
    if reader.position >= len(reader.source):
        raise _cannot(f'Unclosed start tag "{tag}" at byte offset {begin}')
    quoted = reader.at(reader.position) in b"'\""
    value = _quoted(reader) if quoted else _token(reader)
    if reader.position >= len(reader.source):
        raise _cannot(f"Unclosed start tag at byte offset {begin}")
    return value


def _token(reader: _Reader) -> str:
    start = reader.position
    found = NAME_TOKEN.match(reader.source, start)
    assert found is not None
    reader.position = found.end()
    if reader.position < len(reader.source) and reader.at(reader.position) not in SPACE + b">":
        raise _cannot(f"Unexpected end of name token at byte offset {start}")
    return _lower(found.group())


def _quoted(reader: _Reader) -> str:
    mark = reader.at(reader.position)
    reader.position += 1
    value: list[str] = []
    start = reader.position
    while reader.position < len(reader.source) and reader.at(reader.position) != mark:
        if reader.at(reader.position) == 0x26:
            before = reader.source[start : reader.position].decode("utf-8", "replace")
            value.append(before + (_reference(reader) or _ampersand(reader)))
            start = reader.position
        else:
            reader.position += 1
    value.append(reader.source[start : reader.position].decode("utf-8", "replace"))
    if reader.position < len(reader.source):
        reader.position += 1
    return "".join(value)


def _close_tag(reader: _Reader) -> None:
    begin = reader.position
    if not reader.open:
        raise _cannot(f"Unexpected end tag at byte offset {begin}")
    while reader.position < len(reader.source) and reader.at(reader.position) not in SPACE + b">":
        reader.position += 1
    found = _lower(reader.source[begin + 2 : reader.position])
    reader.skip_space()
    if reader.at(reader.position) != 0x3E:
        raise _cannot(f"Unclosed end tag at byte offset {begin}")
    reader.position += 1
    opened = reader.open[-1]
    if found and found != opened.tag:
        raise _cannot(
            f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>",'
            f' found "</{found}>"'
        )
    reader.open.pop()
    if reader.offset > opened.offset:
        _add(reader, opened)


def _add(reader: _Reader, opened: _Open) -> None:
    entity: dict[str, Any] = {
        "type": KINDS[opened.tag],
        "offset": opened.offset,
        "length": reader.offset - opened.offset,
    }
    if opened.tag == "a":
        if not _link(entity, opened.arguments.get("href") or "".join(reader.out[opened.begin :])):
            return
    elif opened.tag == "blockquote" and "expandable" in opened.arguments:
        entity["type"] = "expandable_blockquote"
    elif opened.tag == "tg-emoji":
        entity["custom_emoji_id"] = _emoji_id(opened)
    elif opened.tag == "tg-time":
        entity["unix_time"] = _moment(opened)
        if how := _moment_format(opened):
            entity["date_time_format"] = how
    elif opened.tag in ("pre", "code") and _joined_code(reader, opened, entity):
        return
    reader.entities.append(entity)


def _link(entity: dict[str, Any], url: str) -> bool:
    """Fills in the address; text behind an unusable address stays plain, as at Telegram."""
    if re.fullmatch(r"tg://user\?id=[0-9]{1,16}", url):
        entity["type"] = "text_mention"
        entity["user"] = {"id": int(url[13:]), "is_bot": False, "first_name": ""}
        return True
    checked = checked_link(url)
    if checked:
        entity["url"] = checked
    return bool(checked)


def checked_link(url: str) -> str:
    """The address with scheme, or "" when Telegram would not make a link of it."""
    if not url or any(letter.isspace() for letter in url.strip()):
        return ""
    url = url.strip()
    scheme, mark, rest = url.partition("://")
    if mark:
        return url if scheme.lower() in ("http", "https", "tg", "ton", "tonsite") and rest else ""
    if url.startswith(("mailto:", "tel:")):
        return ""
    host = url.partition("/")[0]
    return f"http://{url}/" if "." in host.strip(".") and "/" not in url else _with_path(url, host)


def _with_path(url: str, host: str) -> str:
    return f"http://{url}" if "." in host.strip(".") else ""


def _moment(opened: _Open) -> int:
    digits = opened.arguments.get("unix", "")
    if not re.fullmatch(r"[0-9]{1,11}", digits):
        raise _cannot("Invalid date specified")
    return int(digits)


def _moment_format(opened: _Open) -> str:
    """ "r" counts from now; else weekday, day and time, each short or long."""
    wanted = opened.arguments.get("format", "")
    if not re.fullmatch(r"r|w?[dD]?[tT]?", wanted):
        raise _cannot("Invalid date format specified")
    return wanted


def _emoji_id(opened: _Open) -> str:
    identifier = opened.arguments.get("emoji-id", "")
    if not re.fullmatch(r"[0-9]{1,19}", identifier) or int(identifier) == 0:
        raise _cannot("Invalid custom emoji identifier specified")
    return identifier


def _joined_code(reader: _Reader, opened: _Open, entity: dict[str, Any]) -> bool:
    """<pre><code class="language-x"> is one entity with a language."""
    language = opened.arguments.get("class", "").removeprefix("language-")
    last = reader.entities[-1] if reader.entities else {}
    is_same = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
    if opened.tag == "pre" and is_same and last["type"] == "code" and last.get("_language"):
        last.update(type="pre", language=last.pop("_language"))
        return True
    if opened.tag == "code" and is_same and last["type"] == "pre" and language:
        last["language"] = language
        return True
    if opened.tag == "code" and language:
        entity["_language"] = language
    return False


def _sorted(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for entity in entities:
        entity.pop("_language", None)
    return sorted(entities, key=order)


def order(entity: Mapping[str, Any]) -> tuple[int, int, int]:
    """By place, the longer one first, then in tdlib's order of kinds."""
    return entity["offset"], -entity["length"], PRIORITIES.get(entity["type"], 50)
