"""Alembic's entry: runs on the connection that `bot.app.migrating` hands over."""

from alembic import context

from bot.app import schema
from bot.storage.columns import Moment



def _render(kind, item, _context):
    """A migration stands alone: our own column types as what they are in the database."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=schema.everything(),
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=_render,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
