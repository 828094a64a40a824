"""A language is a folder: a made-up one needs no code. (`make check` judges the shipped ones.)"""

import shutil
from pathlib import Path

import pytest

from bot.app import introduction
from bot.app.settings import ROOT
from bot.delivery.messages import Button
from bot.infodesk import importing
from bot.infodesk.domain import Library
from bot.infodesk.search import Search
from bot.language.catalog import Catalogs
from bot.people import wording

CODE = "xq"  # "Quenta", which nobody speaks

LANGUAGE = """\
code = "xq"
name = "Quenta"
english_name = "Quenta"
direction = "rtl"
telegram_code = "eo"
accepts = ["xq-BE"]
order = 9
babel_locale = "eo"
plurals = "nplurals=2; plural=(n != 1);"
"""

CATALOGUE = """\
msgid ""
msgstr ""
"Language: xq\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Hello! Please choose your language."
msgstr "Alla! Mele quenta lambe."

msgid "Main menu"
msgstr "Alta lista"
"""

ANSWER = """\
---
title: "Coa"
short: "Tula i coanna."
phrasings: ["manen hirin coa"]
---
Coa na mara.
"""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped languages, and a folder for one more with one answer."""
    folder = tmp_path_factory.mktemp("house") / "locales"
    shutil.copytree(ROOT / "locales", folder)
    home = folder / CODE
    (home / "LC_MESSAGES").mkdir(parents=True)
    (home / "answers" / "housing").mkdir(parents=True)
    (home / "language.toml").write_text(LANGUAGE, encoding="utf-8")
    (home / "LC_MESSAGES" / "bot.po").write_text(CATALOGUE, encoding="utf-8")
    (home / "answers" / "housing" / "find.md").write_text(ANSWER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def more_catalogs(locales: Path) -> Catalogs:
    """Its catalogues."""
    return Catalogs.load(locales)


@pytest.fixture(scope="module")
def more_answers(locales: Path) -> Library:
    """Its answers."""
    return importing.read(locales)


def test_a_new_folder_is_a_language_on_the_first_screen(more_catalogs: Catalogs) -> None:
    text = wording.language_choice(more_catalogs)
    buttons = [button for row in wording.language_buttons(more_catalogs, None) for button in row]

    assert "Alla! Mele quenta lambe." in text
    assert Button("Quenta", action="lang:xq") in buttons


def test_a_new_language_is_found_by_its_tags(more_catalogs: Catalogs) -> None:
    assert more_catalogs.code_for("xq-BE") == CODE


def test_a_new_language_is_told_to_telegram(more_catalogs: Catalogs) -> None:
    menus = introduction.menus(more_catalogs, groups=(), staff_language="nl")

    (menu,) = [menu for menu in menus if menu.language_code == "eo"]
    assert ("menu", "Alta lista") in menu.commands


def test_an_answer_in_a_new_language_is_served(more_answers: Library) -> None:
    answer = more_answers.answer("housing/find", CODE)

    assert answer is not None
    assert (answer.language, answer.title) == (CODE, "Coa")


def test_a_missing_answer_falls_back_to_english(more_answers: Library) -> None:
    answer = more_answers.answer("work/right-to-work", CODE)

    assert answer is not None
    assert answer.language == "en"


def test_a_missing_sentence_falls_back_to_english(more_catalogs: Catalogs) -> None:
    assert "Nothing was deleted." in more_catalogs.words(CODE)("Nothing was deleted.")


def test_search_finds_what_the_new_language_asks(more_answers: Library) -> None:
    found = Search(more_answers).find("manen hirin coa", CODE)

    assert found.slugs[:1] == ("housing/find",)
