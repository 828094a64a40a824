"""Keeping the bot's token, and what people write, out of the logs."""

import logging
import re

_HIDDEN = "<token>"
_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,}")

# They write addresses (which hold the token) or parameters (which hold people's words).
_TALKATIVE = ("httpx", "httpcore", "aiohttp", "telegram")


def scrub(text: str, token: str = "") -> str:
    """`text` without anything that looks like a token, and without `token` itself."""
    if token:
        text = text.replace(token, _HIDDEN)
    return _TOKEN.sub(_HIDDEN, text)


def quieten() -> None:
    """Have the libraries log warnings only."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


class Scrubber(logging.Filter):
    """For the handlers of the standard logging: takes tokens out of messages and traces."""

    def __init__(self, token: str = "") -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = scrub(record.getMessage(), self._token), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = scrub(record.exc_text, self._token)
        return True
