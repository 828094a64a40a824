"""What one test has compiled, the next need not compile anew.

SQLAlchemy compiles a statement when an engine first runs it, for a millisecond or several. A bot
does that once; a run of all tests, with an engine for each, would do little else.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

_compiled: dict[Any, Any] = {}


class _Remembering:
    """Equal to its like, which speaks the same words; all engines remember together."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """SQLAlchemy calls this for each engine of the dialect."""
        engine.update_execution_options(compiled_cache=_compiled)


class Sqlite(_Remembering, SQLiteDialect_aiosqlite):
    """SQLite as the bot opens it."""

    supports_statement_cache = True


class Postgres(_Remembering, PGDialect_asyncpg):
    """PostgreSQL as the bot opens it."""

    supports_statement_cache = True


def remember() -> None:
    """From now on, in this process: the bot's own addresses lead to these."""
    registry.register("sqlite.aiosqlite", __name__, Sqlite.__name__)
    registry.register("postgresql.asyncpg", __name__, Postgres.__name__)
