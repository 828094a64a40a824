"""Alembic's entry: runs on the connection that `bot.app.migrating` hands over."""

from alembic import context

from bot.app import schema

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=schema.everything(),
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
