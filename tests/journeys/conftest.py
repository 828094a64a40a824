"""The fixtures of every journey; what they are made of is in tests/support."""

from tests.support.journeys import (
    clock,
    database_url,
    desk,
    kind,
    migrated_file,
    migrated_postgres,
    phone,
    simulation,
    told,
    wegwijzer,
)

__all__ = [
    "clock",
    "database_url",
    "desk",
    "kind",
    "migrated_file",
    "migrated_postgres",
    "phone",
    "simulation",
    "told",
    "wegwijzer",
]
