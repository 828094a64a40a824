"""The staff groups, and where they moved."""

import pytest

from bot.app.groups import INFODESK, StaffGroups
from bot.delivery import moves
from bot.storage.engine import Database


def test_desk_has_the_configured_group() -> None:
    groups = StaffGroups([-5, -6])

    assert dict(groups) == {INFODESK: -5}
    assert set(groups.ids) == {-5, -6}


def test_house_without_a_group_has_no_desk() -> None:
    groups = StaffGroups([])

    assert dict(groups) == {}
    assert set(groups.ids) == set()
    with pytest.raises(KeyError):
        groups[INFODESK]


def test_group_is_followed_where_it_moves() -> None:
    groups = StaffGroups([-5])

    groups.follow(-5, -1005)
    groups.follow(-1005, -1006)

    assert groups[INFODESK] == -1006
    assert set(groups.ids) == {-1006}


def test_moves_in_a_circle_do_not_hang() -> None:
    groups = StaffGroups([-5])

    groups.follow(-5, -6)
    groups.follow(-6, -5)
    groups.follow(-7, -7)

    assert groups[INFODESK] == -6
    assert groups.now(-7) == -7


async def test_move_that_another_replica_heard_of_is_read(database: Database) -> None:
    groups = StaffGroups([-5])
    async with database.writing() as tx:
        await moves.remember(tx, -5, -1005)

    await groups.refresh(database)

    assert groups[INFODESK] == -1005
