"""HTTP/1.1 by hand, as little as the fake Bot API needs: fast, so that it is not what is measured.

Bodies have a length (both libraries that we measure send one); nothing is pipelined.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import msgspec

_END = b"\r\n\r\n"


@dataclass(slots=True)
class Request:
    """One request; `reply` answers it, now or later."""

    path: str
    head: bytes
    body: bytes
    connection: "Connection"

    def params(self) -> dict[str, Any]:
        """The parameters, from JSON or from a form."""
        if not self.body:
            return {}
        if self.body[:1] == b"{":
            decoded: dict[str, Any] = msgspec.json.decode(self.body)
            return decoded
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    def reply(self, payload: bytes) -> None:
        """Answer with JSON."""
        self.connection.write(payload)


class Connection(asyncio.Protocol):
    """One kept-alive connection of the server."""

    def __init__(self, answer: Callable[[Request], None]) -> None:
        self._answer = answer
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None

    @property
    def is_open(self) -> bool:
        """Is somebody still there to be answered?"""
        return self._transport is not None

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(_END)) >= 0:
            head = self._buffer[:end]
            whole = end + len(_END) + length(head)
            if len(self._buffer) < whole:
                return
            body, self._buffer = self._buffer[end + len(_END) : whole], self._buffer[whole:]
            path = head.split(b" ", 2)[1].decode()
            self._answer(Request(path, head, body, self))

    def write(self, payload: bytes) -> None:
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (len(payload), payload)
            )


def length(head: bytes) -> int:
    """What the head says about the length of its body."""
    low = head.lower()
    at = low.find(b"content-length:")
    if at < 0:
        return 0
    return int(low[at + 15 :].split(b"\r\n", 1)[0])


async def post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """Write a whole request and read its answer; returns the status."""
    writer.write(request)
    head = await reader.readuntil(_END)
    if size := length(head):
        await reader.readexactly(size)
    return int(head.split(b" ", 2)[1])
