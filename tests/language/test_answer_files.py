"""Answers obey the spelling rules of their language."""

from pathlib import Path

from bot.language import answer_files, spelling
from tests.language import making

ANSWER = """---
title: "{title}"
short: "به شاروالی بروید."
desk:
  nl: "Ik heb hulp nodig."
  own: "من کمک ضرورت دارم."
sources:
  - {{name: "Fedasil ۱", url: "https://fedasil.be/كمك"}}
{extra}phrasings:
  - "بیمارستان كجاست"
---
**شاروالی:** سند بگیرید.

{body}
"""


def problems(folder: Path, title: str = "کمک", body: str = "تشکر.", extra: str = "") -> list[str]:
    making.a_language(folder, "fa_AF")
    path = folder / "fa_AF" / "answers" / "money" / "welfare.md"
    path.parent.mkdir(parents=True)
    path.write_text(ANSWER.format(title=title, body=body, extra=extra), encoding="utf-8")
    return [f"{p.path.name}:{p.line}: {p.message}" for p in answer_files.problems(folder)]


def test_good_answer_passes_with_misspelt_phrasings(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


def test_fault_in_the_title_is_found(tmp_path: Path) -> None:
    found = problems(tmp_path, title="كمك")

    assert found == ["welfare.md:2: 'ك': Arabic letter; Dari has ی and ک"]


def test_fault_in_the_body_names_its_line(tmp_path: Path) -> None:
    found = problems(tmp_path, body="تشکر.\n- OCMW کمک می‌کند")

    assert [problem[:14] for problem in found] == ["welfare.md:15:"]


def test_link_and_address_are_not_read(tmp_path: Path) -> None:
    assert problems(tmp_path, body="صفحهٔ [آسیلوم](https://x.be/?a=1) را ببینید.") == []


def test_answer_may_allow_a_word_in_writing(tmp_path: Path) -> None:
    assert problems(tmp_path, body="مترجم", extra='allow: ["مترجم"]\n') == []


def test_broken_front_matter_is_found(tmp_path: Path) -> None:
    assert "cannot be read" in problems(tmp_path, extra="- [\n")[0]


def test_table_of_titles_is_read_too(tmp_path: Path) -> None:
    making.a_language(tmp_path, "fa_AF")
    table = tmp_path / "fa_AF" / "answers" / "categories.yaml"
    table.parent.mkdir()
    table.write_text('housing: "خانه"\nmoney: "پول ۱"\n', encoding="utf-8")

    assert [problem.line for problem in answer_files.problems(tmp_path)] == [2]


def test_any_text_can_be_checked_by_language() -> None:
    assert spelling.text_problems("uk", "Привіт\nсім'я")[0][0] == 2
    assert spelling.text_problems("uk", "Привіт\nсім’я") == []
