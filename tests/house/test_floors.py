"""Who may import whom: the contracts of pyproject.toml hold, and each of them would notice."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.app.settings import ROOT
from tests.house.conftest import BOT, parsed

# One forbidden line for each contract: where, and what.
PLANTED = {
    "Floors: a room may use the rooms below it": ("people/service/rows.py", "bot.handover.domain"),
    "Inside a slice": ("people/wording/__init__.py", "bot.people.service"),
    "Domain is pure": ("infodesk/domain.py", "bot.storage.columns"),
    "Rows of people stay home": ("handover/service/cases.py", "bot.people.tables"),
    "Rows of duty stay home": ("handover/service/overview.py", "bot.duty.tables"),
    "Rows of the handover stay home": ("infodesk/service/asking.py", "bot.handover.tables"),
    "Rows of complaints stay home": ("app/doctor.py", "bot.complaints.tables"),
    "Rows of events stay home": ("infodesk/service/asking.py", "bot.events.tables"),
    "Rows of volunteering stay home": ("app/doctor.py", "bot.volunteering.tables"),
    "Rows of broadcast stay home": ("reports/chat.py", "bot.broadcast.tables"),
    "Rows of the Dutch phrases stay home": ("infodesk/service/asking.py", "bot.dutch.tables"),
    "Rows of the info desk stay home": ("app/wiring.py", "bot.infodesk.tables"),
    "Rows of the post stay home": ("people/service/roles.py", "bot.delivery.tables"),
    "Rows of the dialog stay home": ("handover/service/drafting.py", "bot.dialog.tables"),
    "Rows of the schedule stay home": ("handover/service/drafting.py", "bot.schedule.tables"),
    "Conversation does not touch rows": ("people/chat.py", "sqlalchemy"),
    "Services and wording hold no conversation": ("infodesk/search/engine.py", "bot.dialog.turn"),
    "Wording knows no rows": ("handover/wording/card.py", "sqlalchemy"),
    "Only transport knows Telegram": ("delivery/sender.py", "telegram"),
    "Only app opens the line": ("handover/service/topics.py", "bot.transport.sending"),
    "Chats, jobs and privacy belong to app": ("app/running.py", "bot.people.chat"),
    "Settings are read by app only": ("storage/engine.py", "pydantic_settings"),
    "Nobody knows the simulator but the command line and the demonstration": (
        "app/live.py",
        "bot.simulator.world",
    ),
    "The simulator knows nobody": ("simulator/world.py", "bot.errors"),
    "Slices read no clock": ("people/service/audit.py", "bot.clock"),
}

# Contracts that name the rooms one by one: which key names them, and who may stay out.
LISTED = {
    "Only transport knows Telegram": ("source_modules", {"transport"}),
    "Settings are read by app only": ("source_modules", {"app", "__main__"}),
    "The simulator knows nobody": ("forbidden_modules", {"simulator", "__main__"}),
}


def _lint(folder: Path) -> tuple[int, str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def test_every_room_uses_the_rooms_below_it() -> None:
    code, told = _lint(ROOT)

    assert code == 0, told


def test_each_contract_notices_a_forbidden_import(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, module in PLANTED.values():
        with (tmp_path / "bot" / file).open("a", encoding="utf-8") as planted:
            planted.write(f"\nimport {module}\n")

    _, told = _lint(tmp_path)

    broken = {line.partition(" BROKEN")[0] for line in told.splitlines() if " BROKEN" in line}
    assert broken == _contracts().keys() == set(PLANTED)


def test_queue_and_complaints_know_nothing_of_each_other(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, module in (
        ("handover/chat.py", "bot.complaints.domain"),
        ("complaints/chat.py", "bot.handover.domain"),
    ):
        with (tmp_path / "bot" / file).open("a", encoding="utf-8") as planted:
            planted.write(f"\nimport {module}\n")

    _, told = _lint(tmp_path)

    assert "bot.handover is not allowed to import bot.complaints" in told
    assert "bot.complaints is not allowed to import bot.handover" in told


@pytest.mark.parametrize("name", LISTED)
def test_no_room_escapes_a_contract_that_names_rooms(name: str) -> None:
    key, outside = LISTED[name]
    named = {one.removeprefix("bot.") for one in _contracts()[name][key] if one.startswith("bot.")}

    assert named == _rooms() - outside


def test_every_slice_stands_in_the_contracts_of_slices() -> None:
    slices = {f"bot.{file.parent.name}" for file in BOT.glob("*/domain*")}
    contracts = _contracts()

    assert set(contracts["Inside a slice"]["containers"]) == slices
    assert slices <= set(contracts["Slices read no clock"]["source_modules"])


def test_rows_of_every_room_stay_home() -> None:
    rows = {f"bot.{file.parent.name}.tables" for file in BOT.glob("*/tables*")}
    contracts = [one for name, one in _contracts().items() if name.startswith("Rows of ")]

    assert {module for one in contracts for module in one["protected_modules"]} == rows


def test_journeys_speak_to_the_bot_as_people_do() -> None:
    for path, tree in parsed(ROOT / "tests" / "journeys"):
        for node in ast.walk(tree):
            assert not [name for name in _imported(node) if name.split(".")[0] == "bot"], path


def _contracts() -> dict[str, dict[str, Any]]:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {one["name"]: one for one in written["tool"]["importlinter"]["contracts"]}


def _rooms() -> set[str]:
    folders = {file.parent.name for file in BOT.glob("*/__init__.py")}
    return folders | {file.stem for file in BOT.glob("*.py") if file.stem != "__init__"}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module]
    return []
