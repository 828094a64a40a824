"""Alembic's entry: runs on the connection that `bot.app.migrating` hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from bot.app import schema
from bot.storage.columns import Moment


def _render(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """A migration stands alone, on both databases.

    Our own column types are written as what they are in the database, and a default of a boolean
    as `true`: SQLite's 1, which Alembic would write down, is refused by PostgreSQL.
    """
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "server_default" and isinstance(getattr(item, "arg", None), sa.True_ | sa.False_):
        return "sa.true()" if isinstance(item.arg, sa.True_) else "sa.false()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=schema.everything(),
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
