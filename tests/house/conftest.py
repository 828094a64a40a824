"""What the tests of the house look at: the code as text, and the rooms as `app` connects them."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import organisation, wiring
from bot.app.groups import StaffGroups
from bot.app.house import House
from bot.app.settings import ROOT
from tests.support import shipped

BOT = ROOT / "bot"


@pytest.fixture(scope="session")
def house() -> House:
    """The rooms, connected as for a run, with no staff group."""
    return wiring.build(
        organisation.read(ROOT / organisation.EXAMPLE),
        StaffGroups(()),
        shipped.files(),
        hold=timedelta(seconds=10),
        bundle=timedelta(0),
        erasure_key=b"key",
        check_roles=lambda: None,
    )


@pytest.fixture(scope="session")
def trees() -> dict[Path, ast.Module]:
    """Every module of the bot, parsed, by its path from the root."""
    return dict(parsed(BOT))


def parsed(folder: Path) -> Iterator[tuple[Path, ast.Module]]:
    """The modules below a folder."""
    for file in sorted(folder.rglob("*.py")):
        yield file.relative_to(ROOT), ast.parse(file.read_text("utf-8"))
