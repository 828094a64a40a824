"""Requests over aiohttp, for python-telegram-bot and for our own shorter way.

PTB's httpx costs 3 to 8 times the processor time (see docs/decisions). Here is also decided what a
broken connection means: whether Telegram can have heard us or not.
"""

import urllib.request
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import aiohttp
import msgspec
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.transport import answers, hygiene
from bot.transport.answers import NeverSent, PerhapsSent

CONNECT_TIMEOUT = 10.0  # seconds, name look-up and handshake included
READ_TIMEOUT = 20.0
UPLOAD_TIMEOUT = 120.0  # the whole call, when a file goes along
_KEEP_ALIVE = 50.0  # below Telegram's own, so that we rarely write into a closing connection

_JSON = {"Content-Type": "application/json"}

# All of these happen before the first byte of a request is written.
_BEFORE_SENDING = (
    aiohttp.ClientConnectorError,  # refused, no such name, TLS
    aiohttp.ConnectionTimeoutError,  # also: no connection of the pool came free
    aiohttp.ClientHttpProxyError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that goes along with a call, as the parameter `field`."""

    field: str
    name: str
    content: bytes


class TooLarge(TelegramError):
    """More than was wanted of a file."""

    def __init__(self) -> None:
        super().__init__("the file is too large")


class NotGiven(TelegramError):
    """A file that Telegram does not give (any more)."""

    def __init__(self) -> None:
        super().__init__("Telegram does not give this file")


class AiohttpRequest(BaseRequest):
    """One pool of kept-alive connections. Raises only the errors of `answers`."""

    def __init__(self, *, connections: int = 100, connect_timeout: float = CONNECT_TIMEOUT) -> None:
        self._connections = connections
        self._connect_timeout = connect_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_TIMEOUT

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections, keepalive_timeout=_KEEP_ALIVE
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "wegwijzer"},
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """PTB's way in. Only its read timeout is ours to choose; failures are raised here."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else READ_TIMEOUT
        form = _form(request_data) if request_data else None
        timeout = self._patience(seconds)
        return 200, await self._exchange(method, url, body=form, headers={}, timeout=timeout)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """PTB's own writes the whole payload to the log when it is garbled."""
        return {"result": answers.result(payload)}

    async def ask(
        self,
        url: str,
        params: dict[str, Any],
        *,
        upload: Upload | None = None,
        read_timeout: float = READ_TIMEOUT,
    ) -> Any:
        """The short way: parameters as JSON, the result as plain Python values."""
        body: Any = msgspec.json.encode(params) if upload is None else _multipart(params, upload)
        payload = await self._exchange(
            "POST",
            url,
            body=body,
            headers=_JSON if upload is None else {},
            timeout=self._patience(read_timeout if upload is None else UPLOAD_TIMEOUT),
        )
        return answers.result(payload)

    async def get(self, url: str, *, most: int) -> bytes:
        """A file's content. Raises TooLarge, whatever size was claimed before."""
        return await self._exchange(
            "GET",
            url,
            body=None,
            headers={},
            timeout=self._patience(UPLOAD_TIMEOUT),
            most=most,
        )

    def _patience(self, read: float) -> aiohttp.ClientTimeout:
        return _timeout(self._connect_timeout, read)

    async def _exchange(
        self,
        method: str,
        url: str,
        *,
        body: Any,
        headers: dict[str, str],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own object
        most: int | None = None,
    ) -> bytes:
        if self._session is None or self._session.closed:
            raise NeverSent("the connection to Telegram is not open")
        try:
            address = _address(url)
            async with self._session.request(
                method,
                address,
                data=body,
                headers=headers,
                timeout=timeout,
                proxy=_proxy(address.scheme, address.host or ""),
                allow_redirects=False,  # the address holds the token
            ) as response:
                status, payload = response.status, await _payload(response, most)
        except (aiohttp.ClientError, OSError) as error:  # a TimeoutError is an OSError
            failure: TelegramError = _failure(error)
        else:
            if 200 <= status < 300:
                return payload
            failure = answers.failure(status, payload)
        # Outside the handler, so that no trace drags along the error that knows the address.
        raise failure


async def _payload(response: aiohttp.ClientResponse, most: int | None) -> bytes:
    if most is None:
        return await response.read()
    read = bytearray()
    async for part in response.content.iter_chunked(1 << 16):
        read += part
        if len(read) > most:
            raise TooLarge
    return bytes(read)


def _failure(error: Exception) -> NetworkError:
    reason = f"{type(error).__name__}: {hygiene.scrub(str(error))}".rstrip(": ")
    if isinstance(error, _BEFORE_SENDING):
        return NeverSent(reason)
    return PerhapsSent(reason)


@lru_cache(maxsize=64)
def _timeout(connect: float, read: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=2 * connect + read, connect=connect, sock_connect=connect, sock_read=read
    )


@lru_cache(maxsize=256)
def _address(url: str) -> URL:
    return URL(url)


@lru_cache(maxsize=16)
def _proxy(scheme: str, host: str) -> URL | None:
    """The proxy that the environment names for `host`.

    Looked up once: aiohttp's `trust_env` starts a thread for each request.
    """
    if urllib.request.proxy_bypass(host):
        return None
    found = urllib.request.getproxies().get(scheme)
    return URL(found) if found else None


def _form(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    if request_data.contains_files:
        for field, (name, content, kind) in request_data.multipart_data.items():
            form.add_field(field, content, filename=name, content_type=kind)
    return form


def _multipart(params: dict[str, Any], upload: Upload) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else _as_json(value))
    form.add_field(upload.field, upload.content, filename=upload.name)
    return form


def _as_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
