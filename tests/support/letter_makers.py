"""Somebody with confirmed hours, and what a PDF says, for tests."""

import unicodedata
from datetime import timedelta
from typing import Any

import pypdfium2

from bot.events.domain import ParticipantId
from bot.language import bidi
from bot.people.domain import Person, PersonId
from bot.storage.transaction import Tx
from bot.volunteering import tables
from tests.support import volunteering_makers as making
from tests.support.volunteering_makers import NOW

AMINA = 5_000_000_001


async def a_person(tx: Tx, telegram_id: int = AMINA, *, language: str = "en") -> Person:
    """Amina, as the turn hands her in."""
    id_ = await making.a_person(tx, telegram_id, language=language)
    return Person(PersonId(id_), telegram_id, "Amina", language, None)


async def confirmed(
    tx: Tx,
    volunteer: int,
    minutes: int,
    *,
    organisation: str = "De Centrale",
    title: str = "Tafels dekken",
    state: str = "approved",
    counts: bool = False,
) -> None:
    """Hours with an organisation, two weeks ago."""
    owner = await making.an_organisation(tx, organisation)
    flags: dict[str, Any] = {"counts_as_dutch": counts, "counts_as_social": counts}
    job = await making.an_assignment(tx, owner, titles={"nl": title, "en": "Tables"}, **flags)
    values = {
        "volunteer_id": volunteer,
        "assignment_id": job,
        "worked_on": (NOW - timedelta(days=14)).date(),
        "minutes": minutes,
        "state": state,
        "created_at": NOW,
        "changed_at": NOW,
    }
    await tx.execute(tx.insert(tables.hours).values(values))


async def a_volunteer(
    tx: Tx, minutes: int = 330, *, language: str = "en", counts: bool = False
) -> tuple[Person, ParticipantId]:
    """Amina with confirmed hours."""
    person = await a_person(tx, language=language)
    mine = await making.a_volunteer(tx, person=person.id)
    await confirmed(tx, mine, minutes, counts=counts)
    return person, mine


async def a_trajectory(tx: Tx, volunteer: int) -> None:
    """She follows the forty hours."""
    values = {"volunteer_id": volunteer, "status": "active", "started_at": NOW, "changed_at": NOW}
    await tx.execute(tx.insert(tables.trajectories).values(values))


def pages(file: bytes) -> list[str]:
    """The text of each page, as a browser copies it; without marks of direction."""
    assert file.startswith(b"%PDF-")
    with pypdfium2.PdfDocument(file) as opened:
        found = [page.get_textpage().get_text_bounded() for page in opened]
    plain = [" ".join(bidi.strip_marks(text).split()) for text in found]
    return [unicodedata.normalize("NFC", text) for text in plain]
