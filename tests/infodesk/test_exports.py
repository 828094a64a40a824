"""What the command line shows of the library."""

import json

from bot.infodesk import exports
from tests.support import infodesk_makers as making


def test_status_lists_urgent_topics_first() -> None:
    library = making.shipped()

    rows = exports.status(library)

    urgencies = [row.is_urgent for row in rows]
    assert urgencies == sorted(urgencies, reverse=True)
    assert len(rows) == len(library.topics) * len(library.languages)


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
