"""Files for volunteers: checked by what is in them, versions, and each in the reader's language."""

import io
import zipfile

import pytest
from sqlalchemy import select

from bot.delivery.messages import Edit, File, Message
from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.errors import Outdated, Refused
from bot.language.catalog import Catalogs
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering import chat, tables
from bot.volunteering.domain import documents as domain
from bot.volunteering.domain.taking import NotAVolunteer
from bot.volunteering.service import documents as service
from tests.support.event_makers import DAY, NOW, somebody
from tests.support.organisation_makers import a_colleague
from tests.support.people_makers import a_sender, tapped
from tests.support.shift_makers import a_volunteer, a_volunteering_desk

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def a_docx(*further: str, without: str = "") -> bytes:
    """A Word file, as far as anybody looks into it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        for name in ("[Content_Types].xml", "word/document.xml", *further):
            if name != without:
                parts.writestr(name, "<x/>")
    return written.getvalue()


@pytest.fixture
def answers(catalogs: Catalogs) -> Routes:
    return routes.combine(chat.combined(a_volunteering_desk(catalogs)))


async def _tap(answers: Routes, tx: Tx, person: Person, data: str) -> Message:
    tap = tapped(data, sender=a_sender(person.telegram_id), at=NOW)
    [one] = await answers.actions[tap.action](tx, person, tap)
    return one


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", domain.NotThatFile),
        (b"<html>", domain.NotThatFile),
        (b"\xd0\xcf\x11\xe0 the old Word", domain.NotThatFile),
        (PDF[:-6], domain.Broken),
        (a_docx()[:40], domain.Broken),
        (a_docx(without="word/document.xml"), domain.NotThatFile),
        (a_docx("word/vbaProject.bin"), domain.HasMacros),
        (PDF + b" " * domain.MOST, domain.TooLarge),
    ],
    ids=["empty", "page", "old", "cut", "torn", "no_text", "macros", "large"],
)
def test_file_that_is_not_what_it_should_be_is_refused(
    content: bytes, wrong: type[Refused]
) -> None:
    with pytest.raises(wrong):
        domain.extension(content)


def test_pdf_and_word_are_known_by_their_content() -> None:
    assert domain.extension(PDF) == "pdf"
    assert domain.extension(a_docx()) == "docx"


@pytest.mark.parametrize(
    ("key", "title", "wrong"),
    [
        ("Starter kit", "", domain.StrangeKey),
        ("a" * 33, "Title", domain.StrangeKey),
        ("map", "", domain.NeedsTitle),
        ("map", "x" * 81, domain.NeedsTitle),
    ],
)
async def test_key_fits_on_a_button_and_unknown_ones_need_a_title(
    tx: Tx, key: str, title: str, wrong: type[Refused]
) -> None:
    with pytest.raises(wrong):
        await service.add(tx, key, "nl", PDF, title=title, now=NOW)

    assert await service.listed(tx) == []


async def test_new_file_is_a_new_version_and_the_same_file_is_none(tx: Tx) -> None:
    first = await service.add(tx, "map", "nl", PDF, title=" The  map ", now=NOW)
    with pytest.raises(domain.Unchanged):
        await service.add(tx, "map", "nl", PDF, now=NOW + DAY)
    second = await service.add(tx, "map", "nl", a_docx(), now=NOW + DAY)

    assert (first.title, first.version, first.file_name) == ("The map", 1, "map_nl.pdf")
    assert (second.id, second.version, second.file_name) == (first.id, 2, "map_nl.docx")
    assert second.title == "The map"
    assert second.changed_at == NOW + DAY
    assert await service.file(tx, str(second.id)) == a_docx()
    assert len(await tx.all(select(tables.documents))) == 1
    log = await tx.raw("SELECT action, subject FROM audit ORDER BY id")
    assert [tuple(row) for row in log] == [("document.added", "document:map:nl")] * 2


@pytest.mark.parametrize(
    ("language", "there", "sent"),
    [
        ("ps", ["nl", "en", "ps"], "ps"),
        ("ps", ["en", "nl"], "nl"),
        ("ps", ["en", "uk"], "en"),
        ("ps", ["uk"], "uk"),
    ],
)
async def test_volunteer_gets_it_in_their_language_or_is_told_in_which(
    tx: Tx, answers: Routes, language: str, there: list[str], sent: str
) -> None:
    amina, _ = await a_volunteer(tx, language=language)
    for code in there:
        await service.add(tx, "starter_kit", code, PDF, now=NOW)

    shown = await _tap(answers, tx, amina, "vdocs")
    file = await _tap(answers, tx, amina, "vdoc:starter_kit")

    assert isinstance(shown, Edit)
    assert [row[0].action for row in shown.buttons] == ["vdoc:starter_kit", "vhome"]
    assert isinstance(file, File)
    assert file.name == f"starter_kit_{sent}.pdf"
    assert await service.file(tx, file.made.id) == PDF
    assert ("ستاسو په ژبه نشته" in file.caption) is (sent != language)


async def test_who_did_not_sign_up_opens_none_and_coordinators_do(tx: Tx, answers: Routes) -> None:
    await service.add(tx, "agreement", "nl", PDF, now=NOW)
    stranger, _ = await somebody(tx, 7)
    refused, _ = await a_volunteer(tx, 8, state="refused")
    karen = await a_colleague(tx, 5_000_000_011)

    for one in (stranger, refused):
        for data in ("vdocs", "vdoc:agreement"):
            with pytest.raises(NotAVolunteer):
                await _tap(answers, tx, one, data)
    assert isinstance(await _tap(answers, tx, karen, "vdoc:agreement"), File)


async def test_removed_document_is_gone_for_list_button_and_post(tx: Tx, answers: Routes) -> None:
    amina, _ = await a_volunteer(tx)
    made = await service.add(tx, "agreement", "en", PDF, now=NOW)
    await service.remove(tx, "agreement", "en", now=NOW)

    shown = await _tap(answers, tx, amina, "vdocs")
    assert isinstance(shown, Edit)
    assert "no documents yet" in shown.text
    with pytest.raises(Outdated):
        await _tap(answers, tx, amina, "vdoc:agreement")
    with pytest.raises(Outdated):
        await service.file(tx, str(made.id))
    with pytest.raises(Outdated):
        await service.remove(tx, "agreement", "en", now=NOW)
