"""One search of ours against SQLite FTS5 over the same texts: `python -m benchmarks.searching`."""

import json
import sqlite3
import sys
import time
from collections.abc import Callable

from benchmarks.questions import QUESTIONS
from bot.app.settings import ROOT
from bot.infodesk import importing
from bot.infodesk.domain import Decision, Library
from bot.infodesk.search import Search, normalised

_ROUNDS = 2


def _fts5(library: Library) -> sqlite3.Connection:
    rows = sqlite3.connect(":memory:")
    rows.execute("CREATE VIRTUAL TABLE answers USING fts5(slug UNINDEXED, text)")
    for known in library.answers.values():
        for slug, answer in known.items():
            text = " ".join((answer.title, *answer.phrasings, answer.short))
            rows.execute("INSERT INTO answers VALUES (?, ?)", (slug, normalised(text)))
    return rows


def _asks(rows: sqlite3.Connection) -> Callable[[str], object]:
    def ask(question: str) -> object:
        words = " OR ".join(f'"{word}"' for word in normalised(question).split())
        return rows.execute(
            "SELECT slug FROM answers WHERE answers MATCH ? ORDER BY bm25(answers) LIMIT 10",
            (words,),
        ).fetchall()

    return ask


def _timed(ask: Callable[[str], object], questions: list[str]) -> float:
    began = time.process_time()
    for _ in range(_ROUNDS):
        for question in questions:
            ask(question)
    return (time.process_time() - began) / (_ROUNDS * len(questions))


def _phrasings(library: Library) -> list[str]:
    """Every tenth way of asking that is known: many words, so that no cache flatters us."""
    answers = [answer for known in library.answers.values() for answer in known.values()]
    return [phrasing for answer in answers for phrasing in answer.phrasings][::10]


def _main(repetitions: int) -> None:
    library = importing.read(ROOT / "locales")
    search = Search(library, importing.model_of(ROOT / "locales", library))
    ask = _asks(_fts5(library))
    unsure = [one for one in QUESTIONS if search.find(one, "en").decision is not Decision.SURE]
    assert not unsure, f"not answered at once: {unsure}"
    questions = _phrasings(library)
    found: dict[str, list[float]] = {"ours": [], "fts5": []}
    for _ in range(repetitions):
        found["ours"].append(_timed(lambda question: search.find(question, "en"), questions))
        found["fts5"].append(_timed(ask, questions))
    print(json.dumps(found))


if __name__ == "__main__":
    _main(int(sys.argv[1]))
