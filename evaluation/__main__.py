"""`make evaluate`: ask every question, print the table, keep the figures in results.json.

make evaluate                        the table, and results.json
make evaluate ARGS="--wrong nl"      each question of a language that was misunderstood
"""

import json
import sys
import time

from bot.app.settings import ROOT
from bot.infodesk import importing
from bot.infodesk.domain import Decision
from bot.infodesk.search import Search
from evaluation.measuring import Figures, Judged, figures, judged
from evaluation.questions import FOLDER, questions

RESULTS = FOLDER / "results.json"
_LOCALES = ROOT / "locales"


def _main(arguments: list[str]) -> None:
    library = importing.read(_LOCALES)
    search = Search(library, importing.model_of(_LOCALES, library))
    asked = questions()
    began = time.process_time()
    answers = judged(search, asked)
    spent = (time.process_time() - began) / len(asked)
    table = figures(answers)
    print(_table(table))
    print(f"{len(asked)} questions, {spent * 1000:.2f} ms each")
    if arguments[:1] == ["--wrong"]:
        print("\n".join(_told(one) for one in answers if _is_wrong(one, *arguments[1:2])))
        return
    RESULTS.write_text(json.dumps(table, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _table(table: Figures) -> str:
    names = list(table)
    rows = [[figure, *(f"{table[name][figure]:7.1%}" for name in names)] for figure in table["all"]]
    heads = " ".join(f"{name:>7}" for name in names)
    return "\n".join([f"{'':24}{heads}", *(f"{row[0]:24}{' '.join(row[1:])}" for row in rows)])


def _is_wrong(one: Judged, language: str = "") -> bool:
    question, found = one
    if language and question.language != language:
        return False
    return {
        "topic": found.slugs[:1] != (question.slug,),
        "out_of_scope": found.decision is Decision.SURE,
        "greeting": found.decision is not Decision.GREETING,
        "emergency": found.decision is not Decision.EMERGENCY,
        "not_emergency": found.decision is Decision.EMERGENCY,
    }[question.kind]


def _told(one: Judged) -> str:
    question, found = one
    best = ", ".join(f"{hit.slug} {hit.score:.2f}" for hit in found.hits[:3])
    asked = f"{question.language} {question.slug or question.kind} | {question.text}"
    return f"{asked} | {found.decision}: {best}"


if __name__ == "__main__":
    _main(sys.argv[1:])
