"""Letters as files: opened again, in each language; and the letters of the fonts."""

from datetime import date

import pypdfium2
import pytest

from bot.language.catalog import Catalogs
from bot.volunteering import letter as papers
from bot.volunteering.domain.letters import (
    Facts,
    LatinLetters,
    Letter,
    Paper,
    Stage,
    Work,
    full_name,
    short_name,
)
from bot.volunteering.letter import Letterhead, sheet
from tests.support.letter_makers import pages
from tests.support.volunteering_makers import NOW

FACTS = Facts(
    name="Maryam Alizadeh",
    since=date(2026, 2, 3),
    until=date(2026, 11, 14),
    works=(
        Work("Tafels dekken", "De Centrale", "Gent", 1230),
        Work("Onthaal", "Brugge Plus", "Brugge", 1350),
    ),
    did="Gasten ontvangen 🙂 in het Nederlands.",
    praise="Maryam komt altijd op tijd.",
    signed="Karen Peeters, coördinator",
)
HEAD = Letterhead("Example Desk", "Gent", "https://pages.example.org/letter/abc")
# Words of the translation, as they must come out again.
SAYS = {
    "en": ("Reference letter", "Period", "to 14 November 2026", "43 hours"),
    "uk": ("Рекомендаційний лист", "Період", "3 лютого 2026", "43 години"),
    "fa_AF": ("کار رضاکارانه", "ساعت‌های زیر", "تأیید کرده‌اند", "نومبر 2026", "ساعت‌ها"),
    "ps": ("تصدیق لیک", "همکارو سازمانونو", "فبروري 2026", "ساعته"),
}


def a_file(
    catalogs: Catalogs, language: str, paper: Paper = Paper.LETTER, *, is_preview: bool = False
) -> bytes:
    letter = Letter("2026-K7QF3D", paper, Stage.APPROVED, 1, "gent", language, FACTS, 1, NOW)
    voices = (catalogs.words("nl"), catalogs.words(language))
    return papers.made(letter, FACTS, HEAD, voices, at=NOW, is_preview=is_preview)


@pytest.mark.parametrize("language", ["nl", *SAYS])
def test_letter_says_in_both_languages_what_was_confirmed(
    catalogs: Catalogs, language: str
) -> None:
    [page] = pages(a_file(catalogs, language))

    for words in (
        "Referentiebrief",
        "Periode 3 februari 2026 tot 14 november 2026",
        "Uren 43 uur",
        "De Centrale, Gent Tafels dekken (20,5 uur)",
        "Gasten ontvangen in het Nederlands.",
        "Karen Peeters, coördinator",
        "2026-K7QF3D",
        HEAD.address,
        *SAYS.get(language, ()),
    ):
        assert words in page, words
    assert page.count("Maryam Alizadeh") >= (2 if language == "nl" else 3)


@pytest.mark.parametrize("language", ["nl", *SAYS])
@pytest.mark.parametrize("paper", [Paper.CERTIFICATE, Paper.PROOF])
def test_certificate_and_proof_say_that_they_are_not_official(
    catalogs: Catalogs, paper: Paper, language: str
) -> None:
    found = pages(a_file(catalogs, language, paper))

    assert len(found) <= 2
    assert "niet het officiële" in found[0]
    is_proof = paper is Paper.PROOF
    assert ("Handtekening van de deelnemer" in found[0]) is is_proof


def test_preview_is_marked_and_cannot_be_checked(catalogs: Catalogs) -> None:
    [page] = pages(a_file(catalogs, "en", is_preview=True))

    assert "Voorbeeld: nog niet goedgekeurd" in page
    assert HEAD.address not in page
    assert "2026-K7QF3D" not in page


def test_right_to_left_line_begins_at_the_right(catalogs: Catalogs) -> None:
    with pypdfium2.PdfDocument(a_file(catalogs, "ps")) as opened:
        text = opened[0].get_textpage()
        whole = text.get_text_range()
        at = whole.index("زموږ")  # the word after the name that begins the sentence
        name_left = text.get_charbox(whole.rindex("Maryam", 0, at))[0]
        word_left = text.get_charbox(at)[0]

    assert name_left > word_left


def test_same_facts_give_the_same_page(catalogs: Catalogs) -> None:
    assert pages(a_file(catalogs, "uk")) == pages(a_file(catalogs, "uk"))


def test_fonts_hold_every_letter_of_every_language(catalogs: Catalogs) -> None:
    known = sheet.covered()
    for words in catalogs:
        said = "".join(words.written(msgid) or "" for msgid in _texts())
        months = "".join(words.locale.months["format"]["wide"].values())
        letters = {sign for sign in said + months + words.name if sign.isalpha()}
        assert {sign for sign in letters if ord(sign) not in known} == set()
    assert {
        sign for sign in "ښږڼېۍګټډړځڅىئيپچژگکیهۀґєіїéèëïöüàçâœ\u200c" if ord(sign) not in known
    } == set()


def _texts() -> list[str]:
    return [
        "Reference letter",
        "Names, tasks and the coordinator's own words stand above, in Dutch."
        " This translation helps you to read the paper; the Dutch text counts.",
        "{name} volunteered with our partner organisations. They confirmed the hours below.",
        "{name} volunteered in places where Dutch is spoken and people meet."
        " The organisations confirmed the hours below.",
        "This is not the official certificate. The official one comes from the Agency for"
        " Integration and Civic Integration.",
    ]


@pytest.mark.parametrize("name", ["مریم علیزاده", "Олена", "X", "Maryam 3", ""])
def test_name_on_a_letter_is_in_latin_letters(name: str) -> None:
    with pytest.raises(LatinLetters):
        full_name(name)


def test_page_tells_first_name_and_initial() -> None:
    assert full_name("  Maryam   D’Hondt-Alizadeh ") == "Maryam D’Hondt-Alizadeh"
    assert short_name("Maryam Alizadeh") == "Maryam A."
    assert short_name("Maryam") == "Maryam"
