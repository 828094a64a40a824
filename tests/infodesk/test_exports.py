"""What the command line shows of the library."""

import json
from datetime import date
from pathlib import Path

from bot.infodesk import exports, importing
from bot.infodesk.domain import Library
from tests.support import infodesk_makers as making

TODAY = date(2026, 11, 21)


def _library(folder: Path) -> Library:
    held = making.ANSWER.replace("related: []", "hold: 'changed'\nvolatile: 2026-10\nas_of: 2024")
    signed = making.ANSWER.replace("related: []", "language_checked: JD 2026-11-20\nas_of: 2019")
    making.write_language(folder, "en", {"asylum/apply": signed, "health/mental": held})
    making.write_language(folder, "nl", {"asylum/apply": making.ANSWER})
    return importing.read(folder)


def test_status_lists_urgent_topics_first() -> None:
    library = making.shipped()

    rows = exports.states(library, TODAY)

    urgencies = [row.is_urgent for row in rows]
    assert urgencies == sorted(urgencies, reverse=True)
    assert len(rows) == len(library.topics) * len(library.languages)


def test_status_says_what_is_signed_held_missing_and_old(tmp_path: Path) -> None:
    states = exports.states(_library(tmp_path), TODAY)

    table = "\n".join(" ".join(line.split()) for line in exports.as_table(states))

    assert "! health/mental +H! - 2024 2026-10" in table
    assert "asylum/apply +L + 2019" in table
    assert "answers 2 1" in table
    assert "oldest 2019" in table


def test_status_is_data_too(tmp_path: Path) -> None:
    data = json.loads(json.dumps(exports.as_data(exports.states(_library(tmp_path), TODAY))))

    assert data["topics"]["health/mental"]["languages"]["en"]["is_due"]
    assert data["topics"]["health/mental"]["languages"]["nl"]["is_there"] is False
    assert data["languages"]["en"]["answers"] == 2
    assert data["languages"]["nl"]["urgent_missing"] == 2


def test_answers_whose_day_is_over_are_listed(tmp_path: Path) -> None:
    library = _library(tmp_path)

    assert exports.due(library, TODAY) == {"health/mental": "2026-10"}
    assert exports.due(library, date(2026, 10, 31)) == {}


def test_question_on_the_command_line_is_json() -> None:
    found = exports.ask(making.shipped_search(), "en", "how to find a house to rent")

    assert json.loads(json.dumps(found))["decision"] == "sure"
    assert found["topics"][0]["slug"] == "housing/find"  # type: ignore[index]


def test_answer_is_shown_as_plain_text() -> None:
    text = exports.show(making.shipped(), "health/emergency", "en")

    assert text is not None
    assert "112" in text
    assert "<b>" not in text
    assert exports.show(making.shipped(), "none/such", "en") is None
