"""Hours in words: the figures of the language, and the noun that goes with them."""

import pytest

from bot.language import catalog, spelling
from bot.volunteering.wording import lengths


@pytest.fixture(scope="module")
def ours() -> catalog.Catalogs:
    return catalog.Catalogs.load(spelling.LOCALES)


@pytest.mark.parametrize(
    ("code", "minutes", "said"),
    [
        ("nl", 1590, "26,5 uur"),
        ("en", 60, "1 hour"),
        ("en", 90, "1.5 hours"),
        ("uk", 90, "1,5 години"),
        ("uk", 300, "5 годин"),
    ],
    ids=str,
)
def test_hours_are_written_as_the_language_does(
    ours: catalog.Catalogs, code: str, minutes: int, said: str
) -> None:
    assert lengths.hours(ours.words(code), minutes).replace("\u00a0", " ") == said
