"""`Telegram`: one bot's line to the Bot API."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
import telegram
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.errors import Misconfigured
from bot.transport.answers import Flooded, NeverSent, PerhapsSent
from bot.transport.patience import Patience
from bot.transport.requests import READ_TIMEOUT, AiohttpRequest, NotGiven, TooLarge, Upload

OFFICIAL = "https://api.telegram.org"

_NO_TOKEN = (
    "Telegram does not know this bot token: copy it again from @BotFather, "  # noqa: S105
    "digits, colon and letters."
)

T = TypeVar("T")
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Me:
    """The bot as Telegram knows it."""

    id: int
    username: str
    name: str


class Telegram:
    """Opened once per process. `bot` is python-telegram-bot's, for the rare calls; `call` is the
    short way that builds no objects, for the frequent ones."""

    def __init__(
        self, token: str, *, api: str = OFFICIAL, patience: Patience | None = None
    ) -> None:
        self.id = _id_in(token)
        self._requests = AiohttpRequest()
        self._patience = patience or Patience()
        api = api.rstrip("/")
        self._address = f"{api}/bot{token}/"
        self._files = f"{api}/file/bot{token}/"
        self.bot = telegram.Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self._requests,
            get_updates_request=self._requests,
        )

    @property
    def me(self) -> Me:
        """Known once the line is open."""
        known = self.bot.bot  # raises RuntimeError before
        return Me(id=known.id, username=known.username or "", name=known.first_name)

    def name(self) -> str:
        """The bot's own name, for links that lead to it; "" before the line is open."""
        with contextlib.suppress(RuntimeError):
            return self.me.username
        return ""

    async def open(self, *, waits: bool = True) -> None:
        """Wait until Telegram answers, however long; or ask it once.

        Raises Misconfigured for a wrong token; without `waits` also the errors of `answers`.
        """
        try:
            await (self.insist(self.bot.initialize) if waits else self.bot.initialize())
        except InvalidToken:  # its own text holds the token
            is_known = False
        else:
            is_known = True
        if not is_known:
            await self.close()
            raise Misconfigured(_NO_TOKEN)

    async def close(self) -> None:
        """Give the connections back."""
        await self.bot.shutdown()
        await self._requests.shutdown()

    async def call(
        self,
        method: str,
        params: dict[str, Any] | None = None,
        *,
        upload: Upload | None = None,
        read_timeout: float = READ_TIMEOUT,
    ) -> Any:
        """The `result` of a Bot API call as plain values. Raises the errors of `answers`."""
        return await self._requests.ask(
            self._address + method, params or {}, upload=upload, read_timeout=read_timeout
        )

    async def fetch(self, file_id: str, *, most: int) -> bytes:
        """A file that somebody sent. Raises TooLarge above `most` bytes, NotGiven where trying
        again is no use, and the errors of `answers`."""
        try:
            file = await self.call("getFile", {"file_id": file_id})
        except (BadRequest, Forbidden):
            raise NotGiven from None
        if int(file.get("file_size") or 0) > most:
            raise TooLarge
        return await self._requests.get(f"{self._files}{file['file_path']}", most=most)

    async def insist(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Repeat `attempt`, ever more rarely, while the network or Telegram is down."""
        for pause in self._patience.pauses():
            try:
                return await attempt()
            except (NeverSent, PerhapsSent, Flooded) as error:
                wanted = error.pause.total_seconds() if isinstance(error, Flooded) else 0.0
                log.warning("telegram.unreachable", reason=str(error), next_try_in=pause)
            await asyncio.sleep(max(pause, wanted))
        raise AssertionError("pauses never end")


def _id_in(token: str) -> int:
    """The bot's id is the part of its token before the colon."""
    number, colon, secret = token.partition(":")
    if not (number.isascii() and number.isdigit() and colon and secret):
        raise Misconfigured(_NO_TOKEN)
    return int(number)
