"""No screen costs more statements because there is more on it."""

from bot.language.catalog import Catalogs
from bot.storage.engine import Database
from bot.volunteering.service import indexing
from tests.support import screens
from tests.support.delivery_makers import on_sqlite
from tests.support.shift_makers import a_volunteering_desk
from tests.support.volunteering_makers import NOW
from tests.support.volunteering_year import Year

MOST = 18  # the rarest: what is decided, recorded and told to others in one tap


@on_sqlite
async def test_every_screen_stays_within_its_statements(
    database: Database, catalogs: Catalogs
) -> None:
    year = Year(seed=3, volunteers=80, organisations=30, assignments=40, shifts_each=20)
    desk = a_volunteering_desk(catalogs)
    async with database.writing() as tx:
        await year.write(tx)
        starts = await screens.people(tx)
    async with database.reading() as tx:
        await indexing.refresh(desk.index, tx, now=NOW)

    spent = await screens.crawl(database, screens.everything(desk), starts, each=2)

    most = {name: max(one.statements) for name, one in spent.items()}
    assert len(most) > 60, "nobody found their way"
    assert {name: many for name, many in most.items() if many > MOST} == {}
