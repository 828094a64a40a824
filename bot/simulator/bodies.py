"""Reading what a request brings: query, form, multipart or JSON."""

import json
from typing import Any
from urllib.parse import parse_qsl, unquote

from bot.simulator.errors import ApiError
from bot.simulator.specification import Upload

BODY_LIMIT = 60 << 20

Headers = dict[bytes, bytes]


class Unreadable(Exception):
    """A body that is none of what it says."""


async def read_body(receive: Any, limit: int = BODY_LIMIT) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise ConnectionError
        parts.append(event.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            raise ApiError(413, "Request Entity Too Large")
        if not event.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def parameters(query: bytes, content_type: str, body: bytes) -> dict[str, Any]:
    """All parameters of a call, whichever way they came; the body wins over the query."""
    found: dict[str, Any] = _form(query) if query else {}
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return found
    if kind == "application/json":
        return found | _json(body)
    if kind == "multipart/form-data":
        return found | multipart(content_type, body)
    return found | _form(body)


def _form(raw: bytes) -> dict[str, Any]:
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True, errors="strict"))
    except ValueError:
        raise Unreadable("strings must be encoded in UTF-8") from None


def _json(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        raise Unreadable("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise Unreadable("object expected")
    return value


def multipart(content_type: str, body: bytes) -> dict[str, Any]:
    """Fields as text, files as uploads. A file's name is kept for show only."""
    boundary = _boundary(content_type)
    found: dict[str, Any] = {}
    for part in body.split(b"--" + boundary)[1:]:
        if part.startswith(b"--"):
            break
        head, mark, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if not mark:
            raise Unreadable("broken multipart body")
        name, value = _part(_headers(head), content.removesuffix(b"\r\n"))
        found[name] = value
    return found


def _boundary(content_type: str) -> bytes:
    for piece in content_type.split(";")[1:]:
        name, _, value = piece.strip().partition("=")
        if name.lower() == "boundary" and value:
            return value.strip('"').encode()
    raise Unreadable("multipart body without a boundary")


def _headers(head: bytes) -> dict[str, str]:
    lines = head.decode("utf-8", "replace").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _part(headers: dict[str, str], content: bytes) -> tuple[str, Any]:
    labels = _labels(headers.get("content-disposition", ""))
    name = labels.get("name", "")
    filename = labels.get("filename*", labels.get("filename"))
    if filename is None:
        try:
            return name, content.decode()
        except ValueError:
            raise Unreadable("strings must be encoded in UTF-8") from None
    kind = headers.get("content-type", "application/octet-stream")
    return name, Upload(_shown_name(filename), content, kind)


def _labels(disposition: str) -> dict[str, str]:
    found = {}
    for piece in _pieces(disposition):
        name, _, value = piece.strip().partition("=")
        value = value.strip('"')
        if name.endswith("*"):
            value = unquote(value.rpartition("''")[2])
        found[name.lower()] = value
    return found


def _pieces(text: str) -> list[str]:
    """Split at semicolons outside quotes."""
    pieces, inside = [""], False
    for letter in text:
        inside ^= letter == '"'
        if letter == ";" and not inside:
            pieces.append("")
        else:
            pieces[-1] += letter
    return pieces


def _shown_name(name: str) -> str:
    """The last piece of whatever the other side calls its file."""
    return name.replace("\\", "/").rpartition("/")[2][:120] or "file"
