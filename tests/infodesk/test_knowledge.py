"""Places and leaflets: what is read, and what is said of a bad file."""

import shutil
from pathlib import Path

import pytest

from bot.app.settings import ROOT
from bot.errors import Misconfigured
from bot.infodesk import importing
from bot.infodesk.directory.leaflets import Guide
from bot.infodesk.directory.places import OWN_DESK
from bot.infodesk.search import normalised
from tests.support import infodesk_makers as making


@pytest.fixture
def copied(tmp_path: Path) -> tuple[Path, Path]:
    """What is shipped beside the answers, to be spoilt: (knowledge, locales)."""
    knowledge, locales = tmp_path / "knowledge", tmp_path / "locales"
    shutil.copytree(ROOT / "knowledge", knowledge)
    for path in making.LOCALES.glob("*/answers/*.yaml"):
        copy = locales / path.relative_to(making.LOCALES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    for path in making.LOCALES.glob("*/language.toml"):
        shutil.copy(path, locales / path.relative_to(making.LOCALES))
    return knowledge, locales


def spoil(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_shipped_places_and_leaflets_have_no_problems() -> None:
    library = making.shipped()

    assert importing.knowledge_problems(ROOT / "knowledge", making.LOCALES, library) == []


def test_every_shipped_place_can_be_reached_and_explained() -> None:
    known = importing.read_knowledge(ROOT / "knowledge", making.LOCALES, making.shipped())

    assert len(known.directory.places) > 50
    for place in known.directory.places:
        assert place.phones or place.postcode or place.url or place.mail
        assert known.directory.note(place.note, "ps")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("kind: legal", "kind: leegal", "kind 'leegal' is not known; known are desk"),
        ("    town: Brussel", "    twon: Brussel", "'twon' is not known here"),
        ('postcode: "1000"', 'postcode: "100"', "postcode '100' is four digits"),
        ('phones: ["+3225198468"]', 'phones: ["02 519"]', "phones: '02 519': write"),
        ('mon: ["09:00-11:00"]', 'mon: ["11:00-09:00"]', "mon is a list such as"),
        ("topics: [legal/helpdesk,", "topics: [legal/nothing,", "no topic 'legal/nothing'"),
        ("like: payoke", "like: nobody", "like 'nobody' is not known"),
        ('as_of: "2024"\n', 'as_of: "soon"\n', "as_of 'soon' is no date"),
        ("  - id: bjb-brussel", "  - id: legal-helpdesk", "stands here twice"),
        ("kinds:\n", "kinds: [\n", "YAML:"),
    ],
)
def test_broken_place_is_named_with_its_line(
    copied: tuple[Path, Path], before: str, after: str, expected: str
) -> None:
    knowledge, locales = copied
    spoil(knowledge / "places.yaml", before, after)

    with pytest.raises(Misconfigured, match=r"places\.yaml:\d+: ") as refused:
        importing.read_knowledge(knowledge, locales, making.shipped())

    assert expected in str(refused.value)


def test_line_of_a_broken_place_is_its_own(copied: tuple[Path, Path]) -> None:
    knowledge, locales = copied
    path = knowledge / "places.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines, 1) if line.endswith("id: gams"))
    spoil(path, 'name: "GAMS"', "nam: GAMS")

    problems = importing.knowledge_problems(knowledge, locales, making.shipped())

    assert any(one.startswith(f"{path}:{at}: 'nam' is not known here") for one in problems)


@pytest.mark.parametrize(
    ("file", "before", "after", "expected"),
    [
        ("knowledge/places.yaml", "+3225198468", "+3225198469", "025198469 stands in no high fact"),
        ("knowledge/places.yaml", "Blerotstraat 39", "Blerotstraat 38", "38 stands in no high"),
        ("knowledge/papers.yaml", "    names: [", "    nmes: [", "'nmes' is not known here"),
        ("locales/en/answers/papers.yaml", "within 8 working", "within 9 working", "9 days stands"),
        ("locales/ps/answers/papers.yaml", "45 ورځې", "46 ورځې", "numbers of en are missing"),
        ("locales/nl/answers/first_days.yaml", "danger:", "dangr:", "'dangr' is not known"),
        ("locales/uk/answers/places.yaml", "13:00 до", "14:00 до", "not the numbers of en"),
    ],
)
def test_what_no_fact_says_is_a_problem(
    copied: tuple[Path, Path], file: str, before: str, after: str, expected: str
) -> None:
    knowledge, locales = copied
    spoil(knowledge.parent / file, before, after)

    problems = importing.knowledge_problems(knowledge, locales, making.shipped())

    assert any(expected in problem for problem in problems), problems


def test_missing_file_is_said(copied: tuple[Path, Path]) -> None:
    knowledge, locales = copied
    (knowledge / "papers.yaml").unlink()

    with pytest.raises(Misconfigured, match=r"papers\.yaml:1: the file is missing"):
        importing.read_knowledge(knowledge, locales, making.shipped())


def test_own_desk_comes_first_with_its_own_number() -> None:
    known = importing.read_knowledge(ROOT / "knowledge", making.LOCALES, making.shipped())

    own = known.directory.with_own("Welkom", phone="+3225550100", mail="a@b.example").places[0]

    assert (own.id, own.kind, own.phones) == (OWN_DESK, "desk", ("+3225550100",))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("what is annex 26", "annex-26"),
        ("I got an annex 26 quater today", "annex-26quater"),
        ("bijlage 25quater", "annex-26quater"),
        ("bijlage 26quinquies", "annex-26quinquies"),
        ("bijlage 13quinquies", "without-text"),
        ("annex 13", "annex-13"),
        ("додаток 15", "annex-15"),
        ("ضمیمهٔ ۲۶", "annex-26"),
        ("ضمیمه 15 (bijlage 15)", "annex-15"),
        ("lost my orange card", "orange-card"),
        ("oranje kaart", "orange-card"),
        ("помаранчева картка", "orange-card"),
        ("کارت نارنجی", "orange-card"),
        ("نارنجي کارت", "orange-card"),
        ("A-kaart vernieuwen", "a-card"),
        ("картка А", "a-card"),
        ("A card", "a-card"),
        ("i need a card for the library", None),
        ("26 euro", None),
        ("hello", None),
    ],
)
def test_paper_is_heard_by_its_exact_name(said: str, expected: str | None) -> None:
    sheet = papers().named_in(normalised(said))

    assert (sheet.id if sheet else None) == expected


def papers() -> Guide:
    known = importing.read_knowledge(ROOT / "knowledge", making.LOCALES, making.shipped())
    return known.papers
