"""What the operator can mend when a database does not open: one sentence instead of a traceback."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from bot.errors import Misconfigured
from bot.storage import engine

# What SQLite says, and how to mend it. Anything else is a fault of ours and stays an error.
_SQLITE = {
    "file is not a database": "it is not a SQLite database: name another file, or restore a backup",
    "malformed": "it is damaged: restore a backup",
    "unable to open database file": "the bot's account may not read and write it and its folder",
    "readonly database": "the bot's account may not write it and its folder",
}
# The same, but later it may be better by itself: whoever restarts us is to try again.
_SQLITE_LATER = {
    "disk is full": "the disk is full: make room",
    "disk I/O error": "the disk does not answer as it should: look at it and make room",
    "database is locked": "another program holds it: stop that one",
}
_LATER = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
# PostgreSQL's classes of errors (appendix A) that say something of the server, not of a statement.
_POSTGRES = ("08", "28", "3D", "42501", "53", "57P", "58")

# How the driver refuses a parameter behind the "?" of the address.
_PARAMETER = "connect() got an unexpected keyword argument"


class Unreachable(Misconfigured):
    """The database or Telegram cannot be used now (no server, no room): later may be better."""


@contextmanager
def told(url: str) -> Iterator[None]:
    """Raise Misconfigured for what the operator can mend while this database is opened."""
    address = engine.address(url)
    is_sqlite = address.get_backend_name() == "sqlite"
    try:
        yield
    except Exception as error:
        sentence = _of_sqlite(address, error) if is_sqlite else _of_postgres(address, error)
        if sentence is None:
            raise
        raise sentence from None


def _of_sqlite(address: URL, error: Exception) -> Misconfigured | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    kind, how = _told_by(cause)
    if not how or isinstance(error, Misconfigured):
        return None
    return kind(f"The database {address.database} cannot be used: {how}.")


def _told_by(cause: BaseException | None) -> tuple[type[Misconfigured], str]:
    """What kind of trouble it is, and how to mend it; empty when it is a fault of ours."""
    if isinstance(cause, OSError):
        kind = Unreachable if cause.errno in _LATER else Misconfigured
        return kind, f"{cause.strerror} ({cause.filename})"
    for kind, known in ((Misconfigured, _SQLITE), (Unreachable, _SQLITE_LATER)):
        for said, how in known.items():
            if said in str(cause):
                return kind, how
    return Misconfigured, ""


def _of_postgres(address: URL, error: Exception) -> Misconfigured | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, TypeError) and str(cause).startswith(_PARAMETER):
        named = str(cause).rpartition(" ")[2]
        return Misconfigured(f"WEGWIJZER_DATABASE_URL has a parameter nobody knows: {named}.")
    state = str(getattr(cause, "sqlstate", None) or "")
    if not isinstance(cause, OSError) and not state.startswith(_POSTGRES):
        return None
    said = str(cause).splitlines()[0] if str(cause) else type(cause).__name__
    return Unreachable(
        f"PostgreSQL at {_place(address)} cannot be used ({said.rstrip('.')}): start it, or mend"
        " WEGWIJZER_DATABASE_URL."
    )


def _place(address: URL) -> str:
    """Where the server is looked for; the folder of its socket is the parameter `host`."""
    named = address.query.get("host")
    if not address.host and isinstance(named, str):
        return named
    return f"{address.host or 'localhost'}:{address.port or 5432}"
