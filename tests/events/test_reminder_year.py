"""A small year of reminders with crashes, outages and two bots: each once, or explained.

The whole one, with 600 events and 3,442 walkers, is `python -m benchmarks.reminder_year`.
"""

from bot.language.catalog import Catalogs
from bot.storage.engine import Database
from tests.support.reminder_year import SMALL, TINY, Year


async def test_every_reminder_of_a_year_comes_once_or_is_explained(
    database: Database, catalogs: Catalogs
) -> None:
    size = SMALL if database.is_sqlite else TINY
    replica = Database(database.url.render_as_string(hide_password=False))
    try:
        found = await Year([database, replica], catalogs, seed=7, size=size).passes()
    finally:
        await replica.close()

    assert found.wrong == []
    assert found.accidents > 1
    assert found.outages > 0
    assert found.fates["sent"] > 3 * size.events
    missed = sum(found.fates[one] for one in ("late", "overtaken", "over"))
    assert missed > 0 or size is TINY
