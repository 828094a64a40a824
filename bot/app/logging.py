"""Logs: one line an event, ids and never texts; JSON in production."""

import logging
import sqlite3
import sys
from typing import TextIO

import structlog
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot import errors
from bot.errors import Misconfigured
from bot.transport import hygiene

# Errors whose message holds no personal text (SQLAlchemy is told to hide parameters). Not those of
# a driver: it quotes the value that it refuses.
_SPEAKING = (OSError, Misconfigured, SQLAlchemyError)


def set_up(
    *, as_json: bool, token: str = "", output: TextIO = sys.stdout, quiet: bool = False
) -> None:
    """Send everything, ours and the libraries', to `output` in one form; `quiet`: only warnings."""
    level = logging.WARNING if quiet else logging.INFO
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _where_it_broke,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(output)
    handler.setFormatter(_formatter(shared, as_json=as_json, token=token, colours=output.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    hygiene.quieten()
    for noisy in ("uvicorn.access", "uvicorn.error", "apscheduler", "alembic", "aiosqlite"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _formatter(
    shared: list[structlog.types.Processor], *, as_json: bool, token: str, colours: bool
) -> logging.Formatter:
    last: structlog.types.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=colours)
    )
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return _Scrubbing(token, foreign_pre_chain=shared, processors=[remove, last])


class _Scrubbing(structlog.stdlib.ProcessorFormatter):
    """Takes tokens out of the finished line, whoever wrote it."""

    def __init__(self, token: str, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        return hygiene.scrub(super().format(record), self._token)


def _where_it_broke(
    _logger: object, _name: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    """An exception as its kind and its places: its message may be what somebody wrote."""
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if isinstance(given, tuple):
        error = given[1]
    if error is not None:
        event["error"] = _named(error)
        event["places"] = errors.places(error)
    return event


def _named(error: BaseException) -> str:
    kind = errors.kinds(error)
    if isinstance(error, sqlite3.Error) and (name := getattr(error, "sqlite_errorname", "")):
        return f"{kind}: {name}"  # SQLITE_FULL says what to mend, and nothing of what was written
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None)
        return f"{kind}: {state}" if state else kind
    return f"{kind}: {error}" if isinstance(error, _SPEAKING) else kind
