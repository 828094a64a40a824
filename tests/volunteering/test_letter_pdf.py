"""Letters as files: opened again, in each language; and the letters of the fonts."""

import re
from datetime import date
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from bot.events.letter import sheet
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.volunteering import letter as papers
from bot.volunteering.domain.letters import (
    NAMES,
    Facts,
    LatinLetters,
    Letter,
    Paper,
    Stage,
    Work,
    full_name,
    short_name,
)
from bot.volunteering.letter import Letterhead
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
LONG = Facts(
    name="Mohammad Najibullah Abdulrahimzai-Vanden Berghe van Oudenaarde Alizadeh",
    since=date(2025, 12, 31),
    until=date(2026, 11, 14),
    works=tuple(
        Work(
            f"Begeleiding van kinderen en jongeren met een beperking op woensdagnamiddag {one}",
            "Koninklijke Vereniging voor Samenlevingsopbouw en Buurtwerk Oost-Vlaanderen vzw",
            "Sint-Martens-Latem",
            600 + one * 75,
        )
        for one in range(6)
    ),
    did="Kinderen begeleiden bij het sporten en materiaal klaarzetten. " * 5 + "En meer.",
    praise="Een heel betrouwbare collega die iedereen helpt. " * 6 + "Dank je.",
    signed="Karen Peeters-Vandenbroucke, coördinator vrijwilligerswerk regio Oost-Vlaanderen",
)
MARGIN = 22 / 25.4 * 72
_OFFICIAL = (
    "This is not the official certificate. The official one comes from the Agency for Integration"
    " and Civic Integration."
)
_FORM = (
    "This is not the official form. Copy these data to the Agency's own proof of participation,"
    " or have this page signed and hand in both."
)
# What each paper says in Dutch, and in the translation below.
ABOVE = {
    Paper.LETTER: [
        "{name} volunteered with our partner organisations. They confirmed the hours below."
    ],
    Paper.CERTIFICATE: [
        "{name} volunteered in places where Dutch is spoken and people meet."
        " The organisations confirmed the hours below.",
        _OFFICIAL,
    ],
    Paper.PROOF: [_FORM],
}
BELOW = {
    Paper.LETTER: "The person who is named here volunteered with our partner organisations. They"
    " confirmed the hours below.",
    Paper.CERTIFICATE: _OFFICIAL,
    Paper.PROOF: _FORM,
}
FOOTNOTE = (
    "Names, tasks and the coordinator's own words stand above, in Dutch."
    " This translation helps you to read the paper; the Dutch text counts."
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
    catalogs: Catalogs,
    language: str,
    paper: Paper = Paper.LETTER,
    *,
    is_preview: bool = False,
    facts: Facts = FACTS,
) -> bytes:
    letter = Letter("2026-K7QF3D", paper, Stage.APPROVED, 1, "gent", language, facts, 1, NOW)
    voices = (catalogs.words("nl"), catalogs.words(language))
    return papers.made(letter, facts, HEAD, voices, at=NOW, is_preview=is_preview)


@pytest.mark.parametrize("language", ["nl", *SAYS])
def test_letter_says_in_both_languages_what_was_confirmed(
    catalogs: Catalogs, language: str
) -> None:
    [page] = pages(a_file(catalogs, language))

    for words in (
        "Referentiebrief",
        "Periode 3 februari 2026 tot 14 november 2026",
        "Uren 43 uur",
        "20,5 uur Tafels dekken De Centrale, Gent",
        "Gasten ontvangen in het Nederlands.",
        "Karen Peeters, coördinator",
        "2026-K7QF3D",
        HEAD.address,
        *SAYS.get(language, ()),
    ):
        assert words in page, words
    assert page.count("Maryam Alizadeh") == (2 if language == "nl" else 3)


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


def test_right_to_left_lines_begin_at_the_right(catalogs: Catalogs) -> None:
    said = _flat(catalogs.words("ps").plain(BELOW[Paper.LETTER]))
    with pypdfium2.PdfDocument(a_file(catalogs, "ps")) as opened:
        text = opened[0].get_textpage()
        whole = text.get_text_range()
        at = whole.index(said[:20])
        right = [text.get_charbox(at + one)[2] for one in range(12)]
        wide = opened[0].get_width()

    assert right == sorted(right, reverse=True)
    assert right[0] > wide * 0.85


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("language", ["en", "uk", "fa_AF", "ps"])
def test_translation_is_copied_out_word_for_word(
    catalogs: Catalogs, paper: Paper, language: str
) -> None:
    _ = catalogs.words(language)
    copied = " ".join(pages(a_file(catalogs, language, paper)))

    for msgid in (NAMES[paper], BELOW[paper], FOOTNOTE, "Period", "Hours", "Name"):
        assert _flat(_.plain(msgid)) in copied, msgid
    for figures in ("2026", "43"):
        assert figures in copied


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("language", ["nl", "en", "uk", "fa_AF", "ps"])
def test_code_on_the_paper_is_read_by_a_phone(
    catalogs: Catalogs, paper: Paper, language: str
) -> None:
    with pypdfium2.PdfDocument(a_file(catalogs, language, paper)) as opened:
        seen = [zxingcpp.read_barcodes(page.render(scale=1.5).to_pil()) for page in opened]

    assert [code.text for codes in seen for code in codes] == [HEAD.address]


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("language", ["nl", "fa_AF"])
def test_long_names_and_many_assignments_stay_on_the_paper(
    catalogs: Catalogs, paper: Paper, language: str
) -> None:
    file = a_file(catalogs, language, paper, facts=LONG)
    found = pages(file)

    assert len(found) == 2
    assert found[0].endswith("2026-K7QF3D · 1/2")
    assert found[1].endswith("2026-K7QF3D · 2/2")
    whole = " ".join(
        one.rpartition(" 2026-")[0] for one in found
    )  # without what stands at the foot
    for said in (LONG.name, LONG.did, LONG.praise, LONG.signed, *(one.title for one in LONG.works)):
        assert said in whole, said
    with pypdfium2.PdfDocument(file) as opened:
        for page in opened:
            left, bottom, right, top = _inked(page)
            assert left >= MARGIN - 1
            assert right <= page.get_width() - MARGIN + 4  # a space at the end of a line
            assert bottom > 0
            assert top < page.get_height()


@pytest.mark.parametrize("paper", list(Paper))
def test_dutch_page_says_nothing_but_rows_and_reviewed_sentences(
    catalogs: Catalogs, paper: Paper
) -> None:
    _ = catalogs.words("nl")
    [page] = pages(a_file(catalogs, "nl", paper))
    known = [
        *(_flat(_.plain(msgid, name=FACTS.name)) for msgid in (*ABOVE[paper], NAMES[paper])),
        *(_.plain(msgid) for msgid in ("Name", "Period", "Hours", "Tasks")),
        *(_.plain("Signature of {organisation}", organisation=one.organisation)
          for one in FACTS.works),
        _.plain("Signature of the participant"),
        _.plain("For {organisation}", organisation=HEAD.organisation),
        _.plain("Number {number}", number="2026-K7QF3D"),
        _.plain("Is this paper genuine? Scan the code, or open:"),
        *(f"{one.organisation}, {one.town}" for one in FACTS.works),
        *(one.title for one in FACTS.works),
        *(FACTS.name, FACTS.praise, FACTS.signed, "Gasten ontvangen in het Nederlands."),
        "3 februari 2026 tot 14 november 2026",
        *("43 uur", "20,5 uur", "22,5 uur", "Gent, 20 november 2026", "2026-K7QF3D · 1/1"),
        *(HEAD.organisation, HEAD.address),
    ]  # fmt: skip
    for said in sorted((bidi.strip_marks(one) for one in known), key=len, reverse=True):
        page = page.replace(said, " ")

    assert page.split() == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_papers_say_nothing_of_somebody_s_sex(catalogs: Catalogs, language: str) -> None:
    _ = catalogs.words(language)
    told = {"nl": "hij zij ze hem haar hare zijn heer mevrouw dhr mevr jongen meisje"
                  " vrijwilligster deelneemster medewerkster",
            "en": "he she him her his hers mr mrs ms sir madam"}[language]  # fmt: skip
    for msgid in (*(one for said in ABOVE.values() for one in said), *BELOW.values(),
                  "Signature of the participant", FOOTNOTE):  # fmt: skip
        said = re.findall(r"\w+", _.plain(msgid, name="X").casefold())
        assert set(said) & set(told.split()) == set(), msgid


def _flat(text: str) -> str:
    """On one line, as it is drawn."""
    return " ".join(bidi.strip_marks(sheet.fitting(text)).split())


def _inked(page: Any) -> tuple[float, float, float, float]:
    """The box around all that is drawn as text."""
    text = page.get_textpage()
    boxes = [text.get_rect(one) for one in range(text.count_rects())]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


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
        *NAMES.values(),
        *BELOW.values(),
        FOOTNOTE,
        *(one for said in ABOVE.values() for one in said),
    ]


@pytest.mark.parametrize("name", ["مریم علیزاده", "Олена", "X", "Maryam 3", ""])
def test_name_on_a_letter_is_in_latin_letters(name: str) -> None:
    with pytest.raises(LatinLetters):
        full_name(name)


def test_page_tells_first_name_and_initial() -> None:
    assert full_name("  Maryam   D’Hondt-Alizadeh ") == "Maryam D’Hondt-Alizadeh"
    assert short_name("Maryam Alizadeh") == "Maryam A."
    assert short_name("Maryam") == "Maryam"
