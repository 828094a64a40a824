"""Answer files: what is read, and what is said of a bad one."""

from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.infodesk import importing
from bot.infodesk.domain import DeskCard, Source
from bot.infodesk.importing import comparing
from tests.support import infodesk_makers as making
from tests.support.steps import steps_of


def test_made_up_language_works_without_code(tmp_path: Path) -> None:
    making.write_language(tmp_path, "en", {"asylum/apply": making.ANSWER})
    making.write_language(tmp_path, "xx", {"asylum/apply": making.ANSWER.replace("Ask", "Zork")})

    library = importing.read(tmp_path)

    found = library.answer("asylum/apply", "xx")
    assert found is not None
    assert found.title == "Zork for asylum"
    assert library.languages == ("en", "xx")


def test_everything_in_the_front_matter_is_read(tmp_path: Path) -> None:
    front = making.ANSWER.replace(
        "related: []",
        "sensitive: true\nhold: 'rules changed'\nvolatile: 2027-01-01\nas_of: 2024\n"
        "facts_checked: AB 2026-03-01\nlanguage_checked:\nrelated: [health/mental]\n"
        "danger: {numbers: ['112'], say: 'Help', say_own: 'Hulp'}\n"
        "desk:\n  nl: 'Ik: hulp'\n  own: 'I: help'",
    )
    making.write_language(tmp_path, "en", {"asylum/apply": front})

    found = importing.read(tmp_path).answer("asylum/apply", "en")

    assert found is not None
    assert found.sources == (Source("Fedasil", "https://fedasil.be", "2024-06"),)
    assert (found.as_of, found.volatile, found.hold) == ("2024", "2027-01-01", "rules changed")
    assert (found.facts_checked, found.language_checked) == ("AB 2026-03-01", None)
    assert found.desk == DeskCard("Ik: hulp", "I: help")
    assert found.danger is not None
    assert found.danger.numbers == ("112",)
    assert found.is_sensitive
    assert found.body == "Bring your papers."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('title: "Ask', 'title: "Ask" x "', "apply.md:2: YAML:"),
        ("short: ", "shor: ", "apply.md:3: 'shor' is not known here"),
        ('short: "Go to the office in Brussels."', "short:", "apply.md:3: short is missing"),
        ("related: []", "related: legal/lawyer", "apply.md:6: related is a list"),
        ("https://", "htps://", "apply.md:4: 'htps://fedasil.be' is no web address"),
        ('"2024-06"', "'June'", "apply.md:4: as_of 'June' is no date"),
        ("---\ntitle", "title", "apply.md:1: begins with ---"),
        ('- "where', '- {a: b}\n  - "where', "apply.md:7: phrasings holds plain texts"),
        ("title", "desk: {nl: x}\ntitle", "apply.md:2: desk: own is missing"),
    ],
)
def test_bad_file_is_named_with_its_line(
    tmp_path: Path, before: str, after: str, expected: str
) -> None:
    bad = making.ANSWER.replace(before, after, 1)
    making.write_language(tmp_path, "en", {"asylum/apply": bad, "health/mental": making.ANSWER})

    with pytest.raises(Misconfigured) as caught:
        importing.read(tmp_path)

    assert expected in str(caught.value)


def test_every_bad_file_is_listed_at_once(tmp_path: Path) -> None:
    answers = {"asylum/apply": "nothing", "asylum/other": making.ANSWER}
    making.write_language(tmp_path, "en", answers)

    with pytest.raises(Misconfigured) as caught:
        importing.read(tmp_path)

    assert "apply.md:1:" in str(caught.value)
    assert "'asylum/other' is not in topics.yaml" in str(caught.value)


def test_missing_list_of_topics_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"topics\.yaml:1: the file is missing"):
        importing.read(tmp_path)


def test_lengths_links_and_placeholders_are_checked(tmp_path: Path) -> None:
    long = making.ANSWER.replace("Go to", "Go to " * 40).replace("Bring", "Bring {org_fax}" * 90)
    long = long.replace("related: []", "related: [health/none]")
    making.write_language(tmp_path, "en", {"asylum/apply": long})

    found = "\n".join(importing.problems(tmp_path))

    assert "characters: at most 200" in found
    assert "characters: at most 900" in found
    assert "there is no answer 'health/none'" in found
    assert "{org_fax} is unknown" in found


def test_different_facts_between_languages_are_found(tmp_path: Path) -> None:
    facts = "Costs 67.53 euro, 9:00 to 17:00, [x](https://x.be).\n\n1. Call 112."
    english = making.ANSWER.replace("Bring your papers.", facts)
    dutch = english.replace("67.53", "67,53").replace("9:00 to 17:00", "9 tot 17 uur")
    wrong = dutch.replace("112", "113").replace("x.be", "y.be")
    making.write_language(tmp_path, "en", {"asylum/apply": english})
    making.write_language(tmp_path, "nl", {"asylum/apply": dutch})
    assert importing.problems(tmp_path) == []

    making.write_language(tmp_path, "nl", {"asylum/apply": wrong})
    found = "\n".join(importing.problems(tmp_path))

    assert "numbers of en are missing here: 112" in found
    assert "numbers that en does not have: 113" in found
    assert "links of en are missing here: https://x.be" in found


@pytest.mark.parametrize("written", ["1 314,20", "1.314,20", "1314,20", "1\u202f314,20"])
def test_thousands_may_stand_apart_as_each_language_has_it(tmp_path: Path, written: str) -> None:
    english = making.ANSWER.replace("Bring your papers.", "You get 1,314.20 euro.")
    making.write_language(tmp_path, "en", {"asylum/apply": english})

    dutch = english.replace("1,314.20", written.replace(" ", "\u00a0"))
    making.write_language(tmp_path, "nl", {"asylum/apply": dutch})
    assert importing.problems(tmp_path) == []

    wrong = dutch.replace("20 euro", "30 euro")
    making.write_language(tmp_path, "nl", {"asylum/apply": wrong})
    assert "numbers of en are missing here: 1314.20" in "\n".join(importing.problems(tmp_path))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('as_of: "2024"', 'as_of: "2023"', "as_of is not as in en: 2024"),
        ('volatile: "2027-01-01"', "volatile:", "volatile is not as in en: 2027-01-01"),
        (
            'as_of: "2024-06"',
            'as_of: "2025"',
            "sources that en does not have: https://fedasil.be (",
        ),
        ('["112", "101"]', '["101", "112"]', "danger: numbers are not as in en: 112, 101"),
        ('say: "Help"', 'say: "Nood"', "danger: say is not the Dutch sentence of en"),
        ('nl: "Ik"', 'nl: "Wij"', "desk: nl is not the Dutch line of en"),
        ("Before 12 June 2026", "Before 12 July 2026", "months of dates of en are missing here: 6"),
    ],
)
def test_dates_and_lines_to_say_are_the_same_everywhere(
    tmp_path: Path, before: str, after: str, expected: str
) -> None:
    front = (
        'as_of: "2024"\nvolatile: "2027-01-01"\ndanger: {numbers: ["112", "101"], say: "Help"}\n'
        'desk: {nl: "Ik", own: "I"}\nrelated: []'
    )
    english = making.ANSWER.replace("related: []", front)
    english = english.replace("Bring your papers.", "Before 12 June 2026 you may go.")
    making.write_language(tmp_path, "en", {"asylum/apply": english})
    making.write_language(tmp_path, "nl", {"asylum/apply": english.replace(before, after)})
    for code in ("en", "nl"):
        toml = (making.LOCALES / "en" / "language.toml").read_text("utf-8")
        own = toml.replace('code = "en"', f'code = "{code}"')
        (tmp_path / code / "language.toml").write_text(own, encoding="utf-8")

    found = importing.problems(tmp_path)

    assert expected in "\n".join(found)
    assert all("/nl/" in fault for fault in found)


def test_months_are_known_in_every_shipped_language() -> None:
    months = comparing.month_names(making.LOCALES, ["nl", "en", "uk", "fa_AF", "ps"])

    assert months["nl"]["juni"] == months["uk"]["червня"] == months["en"]["June"] == 6
    assert months["fa_AF"]["سپتمبر"] == months["ps"]["سپټمبر"] == 9


def test_a_phrasing_teaches_one_topic_once(tmp_path: Path) -> None:
    twice = making.ANSWER.replace('asylum"\n---', 'asylum"\n  - "Where do I ask for asylum?"\n---')
    making.write_language(tmp_path, "en", {"asylum/apply": twice, "health/mental": making.ANSWER})
    making.write_language(tmp_path, "nl", {"health/mental": making.ANSWER})

    found = importing.problems(tmp_path)

    assert len(found) == 2
    assert "apply.md:9: phrasings: 'Where do I ask for asylum?' stands here twice" in found[0]
    assert "mental.md:8: phrasings: asylum/apply says 'where do i ask for asylum' too" in found[1]


@pytest.mark.parametrize(("as_of", "is_well"), [("2024", True), ("2024-06", True), ("2025", False)])
def test_an_answer_is_as_old_as_its_oldest_source(
    tmp_path: Path, as_of: str, is_well: bool
) -> None:
    text = making.ANSWER.replace("related: []", f"as_of: {as_of}\nrelated: []")
    making.write_language(tmp_path, "en", {"asylum/apply": text})

    found = "\n".join(importing.problems(tmp_path))

    assert ("younger than the oldest source: 2024-06" not in found) is is_well


def test_too_few_phrasings_are_counted(tmp_path: Path) -> None:
    making.write_language(tmp_path, "en", {"asylum/apply": making.ANSWER})

    (found,) = importing.problems(tmp_path, phrasings=2)

    assert "apply.md:7: phrasings: there are 1, and search needs 2" in found


def test_shipped_answers_have_no_problems() -> None:
    assert importing.problems(making.LOCALES) == []


def test_each_language_has_the_answers_of_its_own_folder() -> None:
    library = importing.read(making.LOCALES)

    for language, known in library.answers.items():
        assert {answer.language for answer in known.values()} == {language}
        for slug, answer in known.items():
            text = (making.LOCALES / language / "answers" / f"{slug}.md").read_text("utf-8")
            assert answer.title in text.partition("\n---\n")[0]


def test_shipped_answers_are_read_by_the_fast_reader() -> None:
    """YAML read in Python is many times the work: the bot would start seconds later."""
    library = importing.read(making.LOCALES)
    answers = sum(map(len, library.answers.values()))

    assert steps_of(lambda: importing.read(making.LOCALES)) < 20_000 * answers
