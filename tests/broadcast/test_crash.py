"""A bot that is killed in the middle of a message to many: nobody is missed, few are doubled."""

from pathlib import Path

import pytest

from benchmarks import broadcast

pytestmark = pytest.mark.journey

KILLS = 2
IN_DOUBT = 2  # copies that may be in the air, or landed and not written down, when a bot dies


async def test_nobody_is_missed_when_the_bot_is_killed_twice(tmp_path: Path) -> None:
    found = await broadcast.measured(150, KILLS, tmp_path, alone=1.0)

    assert found.missed == 0
    assert found.refused == 0
    assert found.doubles <= KILLS * IN_DOUBT
