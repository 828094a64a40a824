"""The office for each test."""

import pytest

from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support.handover_makers import AMINA, JORIS, SARA, Office, a_desk


@pytest.fixture
async def office(tx: Tx, catalogs: Catalogs) -> Office:
    """A queue with one newcomer and two colleagues."""
    found = Office(tx, a_desk(catalogs))
    await found.person(AMINA)
    await found.colleague(JORIS)
    await found.colleague(SARA)
    return found
