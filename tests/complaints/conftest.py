"""The booth for each test."""

import pytest

from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support.complaints_makers import AMINA, Booth, a_desk


@pytest.fixture
async def booth(tx: Tx, catalogs: Catalogs) -> Booth:
    """A newcomer and a contact person."""
    found = Booth(tx, a_desk(catalogs))
    await found.person(AMINA)
    await found.contact()
    return found
