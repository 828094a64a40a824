"""An answer says no more than its sourced facts: numbers, links, sources."""

from pathlib import Path

import pytest

from bot.app.settings import ROOT
from bot.infodesk import importing
from bot.infodesk.importing import figures
from tests.support import infodesk_makers as making

FACTS = """asylum/apply:
  - fact: "The office is in Brussels. Apply within eight working days."
    source: "Fedasil, https://fedasil.be; also refugees.example"
    as_of: "2024-06"
    confidence: high
  - fact: "The card costs 1,314.20 euro."
    source: "Fedasil, https://fedasil.be"
    as_of: "2024"
    confidence: high
  - fact: "Call 0800 12 800, or +32 (0)2 205 30 50, from 9 a.m. to 5.30 p.m."
    source: "Fedasil - Contact, https://fedasil.be/contact,"
    as_of: "2024"
    confidence: high
  - fact: "It takes 30 days."
    source: "Somebody"
    as_of: "2019"
    confidence: medium
  - missing: "How long the line is."
asylum/appeal:
  - fact: "An appeal must be made within 10 days."
    source: "Court, https://court.example"
    as_of: "undated"
    confidence: high
"""
HEALTH = """health/emergency:
  - {fact: "Call 112.", source: "Home Affairs", as_of: "2020 or later", confidence: high}
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "asylum.yaml").write_text(FACTS, encoding="utf-8")
    return folder


def _found(folder: Path, facts: Path, body: str, *, front: str = "related: []") -> str:
    text = making.ANSWER.replace("Bring your papers.", body).replace("related: []", front)
    making.write_language(folder, "en", {"asylum/apply": text})
    return "\n".join(importing.problems(folder, facts))


@pytest.mark.parametrize(
    "body",
    [
        "Within 8 working days.",
        "Within eight days.",
        "You pay 1,314.20 euro.",
        "You pay € 1314.20.",
        "Call:\n\n080012800",
        "Call:\n\n022053050",
        "Call:\n\n+3222053050",
        "From 9:00 to 17:30.",
        "In 2024 it was so.",
        "1. Go there.\n2. Ask.\n3. Wait.",
        "See [the office](https://fedasil.be/contact/) or [here](https://www.refugees.example).",
        "See [more](https://fedasil.be).",
    ],
)
def test_what_a_sure_fact_says_may_be_said(tmp_path: Path, facts: Path, body: str) -> None:
    assert _found(tmp_path, facts, body) == ""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Within 7 working days.", "7 stands in no high fact of asylum/apply: leave it out"),
        ("Within 8 months.", "8 months stands in no high fact of asylum/apply"),
        ("It costs 5 euro.", "5 stands in no"),
        ("You pay 1,314.30 euro.", "1314.3 stands in no"),
        ("Call:\n\n080012801", "080012801 stands in no"),
        ("You pay € 8.", "8 euro stands in no"),
        ("It takes 30 days.", "30 stands only in a medium fact of asylum/apply"),
        ("Within 10 days.", "or name in `facts:` a topic that is sure of it (asylum/appeal)"),
        ("In 2019 it was so.", "2019 stands only in a medium fact"),
        ("See [it](https://other.example).", "the link https://other.example stands in no fact"),
        ("See [it](https://fedasil.be/other).", "the link https://fedasil.be/other stands"),
    ],
)
def test_what_no_sure_fact_says_is_named(
    tmp_path: Path, facts: Path, body: str, expected: str
) -> None:
    (found,) = _found(tmp_path, facts, body).splitlines()

    assert "apply.md:3: " in found
    assert expected in found


def test_a_number_is_named_once_with_or_without_its_unit(tmp_path: Path, facts: Path) -> None:
    assert len(_found(tmp_path, facts, "It takes 30 days.").splitlines()) == 1


def test_facts_of_another_topic_count_when_it_is_named(tmp_path: Path, facts: Path) -> None:
    body = "Within 10 days, see [it](https://court.example)."

    assert _found(tmp_path, facts, body, front="facts: [asylum/appeal]\nrelated: []") == ""
    unknown = _found(tmp_path, facts, "Go.", front="facts: [health/mental]\nrelated: []")
    assert "facts: there are none of 'health/mental'" in unknown


def test_a_source_that_no_fact_names_is_refused(tmp_path: Path, facts: Path) -> None:
    text = making.ANSWER.replace("https://fedasil.be", "https://fedasil.be/elsewhere")
    making.write_language(tmp_path, "en", {"asylum/apply": text})

    found = importing.problems(tmp_path, facts)

    assert len(found) == 1
    assert "apply.md:4: the source https://fedasil.be/elsewhere stands in no fact" in found[0]


def test_emergency_numbers_are_known_everywhere(tmp_path: Path, facts: Path) -> None:
    assert "112 stands in no high fact" in _found(tmp_path, facts, "Call:\n\n112")

    topics = making.TOPICS + "  - {slug: health/emergency}\n"
    (tmp_path / "topics.yaml").write_text(topics, encoding="utf-8")
    (facts / "health.yaml").write_text(HEALTH, encoding="utf-8")

    assert _found(tmp_path, facts, "Call:\n\n112") == ""
    assert "112 days" in _found(tmp_path, facts, "It takes 112 days.")


def test_other_languages_are_held_against_english(tmp_path: Path, facts: Path) -> None:
    wrong = making.ANSWER.replace("Bring your papers.", "Binnen 7 dagen.")
    making.write_language(tmp_path, "nl", {"asylum/apply": wrong})
    assert "7 stands in no high fact" in "\n".join(importing.problems(tmp_path, facts))

    making.write_language(tmp_path, "en", {"asylum/apply": making.ANSWER})
    (found,) = importing.problems(tmp_path, facts)
    assert "numbers that en does not have: 7" in found


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("confidence: medium", "confidence: sure", "asylum.yaml:14: confidence 'sure' is one of"),
        ('source: "Somebody"', "sauce: x", "asylum.yaml:14: 'sauce' is not known here"),
        ('source: "Somebody"', "source:", "asylum.yaml:14: source is missing"),
        ("asylum/appeal:", "asylum/none:", "asylum.yaml:19: 'asylum/none' is no topic"),
        ("asylum/appeal:", "health/mental:", "asylum.yaml:19: 'health/mental' belongs in"),
        ('"It takes', 'It: "takes', "asylum.yaml:14: YAML: "),
        ('  - missing: "How long the line is."', "  - nothing", "asylum.yaml:18: a fact is"),
    ],
)
def test_a_broken_facts_file_is_named_with_its_line(
    tmp_path: Path, facts: Path, before: str, after: str, expected: str
) -> None:
    (facts / "asylum.yaml").write_text(FACTS.replace(before, after, 1), encoding="utf-8")

    assert expected in _found(tmp_path, facts, "Go.")


@pytest.mark.parametrize(
    ("fact", "numbers"),
    [
        ("twenty-one days, one hundred and fifty euro", {"21", "150"}),
        ("the fifth birthday, twice a year", {"5", "2", "1"}),
        ("from 12 June 2026", {"12", "2026"}),
        ("2026-06-12", {"2026", "6", "12"}),
        ("noon to 12.30 p.m.", {"12.30"}),
        ("unaccompanied minors", {"18"}),
        ("day and night", {"24", "7"}),
        ("02/205.30.50", {"022053050"}),
        ("070 245 245", {"070245245"}),
    ],
)
def test_numbers_of_a_fact_are_read_as_people_write_them(fact: str, numbers: set[str]) -> None:
    assert numbers <= figures.said(fact)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("since 1 July 2026", {"1 July"}),
        ("between 1 and 15 March", {"1 March", "15 March"}),
        ("on 2026-06-12", {"12 June"}),
        ("annex 26quater", {"26quater"}),
        ("12 may apply", set()),
    ],
)
def test_days_and_lettered_numbers_count_as_a_whole(text: str, named: set[str]) -> None:
    assert figures.named(text) == named


def test_a_day_must_stand_in_one_fact(tmp_path: Path, facts: Path) -> None:
    text = FACTS.replace("The card costs", "From 8 June 2026 and 30 July on the card costs")
    (facts / "asylum.yaml").write_text(text, encoding="utf-8")

    assert _found(tmp_path, facts, "Since 8 June 2026.") == ""
    assert "8 July stands in no high fact" in _found(tmp_path, facts, "Since 8 July 2026.")


def test_a_number_that_will_change_needs_a_day(tmp_path: Path, facts: Path) -> None:
    text = FACTS.replace('euro."', 'euro."\n    volatile: true')
    (facts / "asylum.yaml").write_text(text, encoding="utf-8")
    body = "You pay 1,314.20 euro within 8 days."

    found = _found(tmp_path, facts, body)
    assert "volatile: 1314.2 will change: name the day" in found
    assert _found(tmp_path, facts, body, front="volatile: 2027-01-01\nrelated: []") == ""


def test_shipped_answers_say_no_more_than_their_facts() -> None:
    facts = ROOT / "knowledge" / "facts"

    assert importing.problems(making.LOCALES, facts, phrasings=importing.AT_LEAST) == []
