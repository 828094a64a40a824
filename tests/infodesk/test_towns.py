"""Towns by postcode and by name, and how far a place is."""

from functools import lru_cache, partial

import pytest

from bot.app.settings import ROOT
from bot.infodesk.directory.towns import Towns, kilometres, nearest
from bot.infodesk.importing import places, towns
from bot.infodesk.search import normalised
from tests.support import infodesk_makers as making

KNOWLEDGE = ROOT / "knowledge"


@lru_cache(maxsize=1)
def shipped() -> Towns:
    words = places.villages_that_are_words(KNOWLEDGE)
    return Towns(partial(towns.read, KNOWLEDGE, normalised), map(normalised, words))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("9000", "Gent"),
        (" 9000 ", "Gent"),
        ("B-9000 Gent", "Gent"),
        ("gent 9000", "Gent"),
        ("9120 Beveren", "Beveren-Waas"),
        ("۹۰۰۰", "Gent"),
        ("١٠٠٠", "Brussel"),
        ("Gand", "Gent"),
        ("ГЕНТ", "Gent"),
        ("Брюссель", "Brussel"),
        ("گنت", "Gent"),
        ("بروکسل", "Brussel"),
        ("ګنت", "Gent"),
        ("Bruxelles", "Brussel"),
        ("sint niklaas", "Sint-Niklaas"),
        ("Saint-Gilles", "Sint-Gillis"),
        ("Liège", "Liège"),
        ("luik", "Liège"),
    ],
)
def test_town_is_known_by_postcode_and_in_every_script(said: str, expected: str) -> None:
    town = shipped().named(normalised(said))

    assert town is not None
    assert town.name == expected


@pytest.mark.parametrize(
    "said", ["", "9000 euro", "werken", "9000 8000", "1733", "I live in Gent now", "x" * 500]
)
def test_other_words_are_no_town(said: str) -> None:
    assert shipped().named(normalised(said)) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [("Antwerpn", "Antwerpen"), ("kortrjik", "Kortrijk"), ("Roeselaere", "Roeselare")],
)
def test_one_wrong_letter_is_forgiven(said: str, expected: str) -> None:
    town = shipped().meant(normalised(said))

    assert town is not None
    assert town.name == expected


@pytest.mark.parametrize("said", ["gant", "brood", "niemand weet dit"])
def test_a_word_that_is_like_no_town_is_left_alone(said: str) -> None:
    assert shipped().meant(normalised(said)) is None


@pytest.mark.parametrize(
    "word",
    ["anders", "attest", "herself", "legalise", "lesson", "logeren", "melden", "willen", "ام"],
)
def test_ordinary_words_are_mistaken_for_no_town(word: str) -> None:
    said = normalised(word)

    assert shipped().named(said) is None
    assert shipped().meant(said) is None


def test_towns_are_read_when_somebody_first_asks() -> None:
    reads = []

    def read() -> object:
        reads.append(1)
        return towns.read(KNOWLEDGE, normalised)

    known = Towns(read)  # type: ignore[arg-type]

    assert reads == []
    known.named("gent")
    known.named("aalst")
    assert reads == [1]


def test_nearest_place_comes_first_and_telephones_last() -> None:
    directory = places.read(KNOWLEDGE, {}, making.shipped().topics, [])
    town = shipped().at("9000")
    assert town is not None

    found = nearest(directory.places, town, shipped())

    near = [one.kilometres for one in found if one.kilometres is not None]
    assert near == sorted(near)
    assert near[0] == 0
    assert found[-1].kilometres is None


def test_ghent_and_bruges_are_forty_kilometres_apart() -> None:
    ghent, bruges = shipped().at("9000"), shipped().at("8000")
    assert ghent is not None
    assert bruges is not None

    assert 35 < kilometres(ghent, bruges) < 45
