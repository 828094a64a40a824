"""Nobody is forgotten by halves: each table that knows a person is erased, and the page says so."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import Table

from bot.app import schema
from bot.app.settings import ROOT
from tests.house.conftest import BOT

PERSON_COLUMNS = {
    "person_id",
    "telegram_id",
    "telegram_hash",
    "actor",
    "author_id",
    "claimed_by",
    "used_by",
    "granted_by",
    "chat_id",
}

# Tables that know a person or a chat, and need no line in a slice's privacy module: why.
NEED_NO_ERASING = {
    "staff": "goes with the person's row (ON DELETE CASCADE)",
    "invitations": "keeps no link to the person (ON DELETE SET NULL)",
    "audit": "ids and actions only; keeps no link to the person (ON DELETE SET NULL)",
    "forgotten": "the mark that a restored backup must erase the person again",
    "canned_answers": "keeps no link to the person (ON DELETE SET NULL)",
    "canned_texts": "keeps no link to the person (ON DELETE SET NULL)",
    "bot_rights": "chat ids of staff groups only",
    "topic_drafts": "names nobody; keeps no link to who checked it (ON DELETE SET NULL)",
    "assignments": "keeps no link to the colleague who wrote it (ON DELETE SET NULL)",
    "talks": "keeps no link to the coordinator (ON DELETE SET NULL)",
    "case_copies": "goes with the message it is a copy of (ON DELETE CASCADE)",
}
# Tables of the post and of the dialog are erased by chat; these rooms do not know people.
OF_THE_POST = {"inbox", "outbox", "slots", "prompts", "forms"}

TABLES = schema.everything().sorted_tables


def _knows_somebody(table: Table) -> bool:
    is_person = any(key.column.table.name == "people" for key in table.foreign_keys)
    return is_person or bool(PERSON_COLUMNS & {column.name for column in table.columns})


PERSONAL = [table.name for table in TABLES if _knows_somebody(table)]


@pytest.mark.parametrize("name", PERSONAL)
def test_each_table_that_knows_a_person_is_erased(name: str) -> None:
    assert name in NEED_NO_ERASING or name in OF_THE_POST or name in _erased()


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_each_table_stands_on_the_privacy_page(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "privacy.md").read_text("utf-8")


def test_exceptions_name_tables_that_exist() -> None:
    assert NEED_NO_ERASING.keys() | OF_THE_POST <= set(PERSONAL)


def test_a_rule_of_the_database_stands_behind_each_exception() -> None:
    for table in TABLES:
        told = NEED_NO_ERASING.get(table.name, "")
        for rule in ("CASCADE", "SET NULL"):
            if rule in told:
                assert rule in {key.ondelete for key in table.foreign_keys}, table.name


def _erased() -> set[str]:
    """Tables named in what a slice's privacy module calls: its own code and its services."""
    found: set[str] = set()
    for file in BOT.glob("*/privacy.py"):
        for module in [file, *_called(file)]:
            tree = ast.parse(module.read_text("utf-8"))
            found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            found |= {alias.name for node in ast.walk(tree) for alias in _names(node)}
    return found


def _called(file: Path) -> list[Path]:
    """The service modules that a privacy module leans on."""
    text = file.read_text("utf-8")
    folder = file.parent / "service"
    return [module for module in folder.glob("*.py") if module.stem in text]


def _names(node: ast.AST) -> list[ast.alias]:
    is_tables = isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".tables")
    return node.names if is_tables and isinstance(node, ast.ImportFrom) else []
