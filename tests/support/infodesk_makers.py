"""A small library on disk, a desk on it, and what its visitors do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from bot.delivery.incoming import SentMedia
from bot.infodesk import importing
from bot.infodesk.desk import InfoDesk, Shelf
from bot.infodesk.domain import Library
from bot.infodesk.search import Search
from bot.infodesk.search.model import Model
from bot.language.catalog import Catalogs
from tests.support import people_makers
from tests.support.people_makers import NOW
from tests.support.shipped import files

LOCALES = Path(__file__).parents[2] / "locales"
KNOWLEDGE = LOCALES.parent / "knowledge"
ORGANISATION: Mapping[str, str | Mapping[str, str]] = {
    "org_name": "Welkom & Co",
    "org_phone": "+3225550100",
    "org_mail": "hulp@welkom.example",
    "org_hours": {"en": "Monday 9:00\nTuesday 9:00", "nl": "maandag 9 uur"},
}
TOPICS = """categories:
  - {id: asylum, emoji: "🛂"}
  - {id: health, emoji: "🩺"}
topics:
  - {slug: asylum/apply}
  - {slug: asylum/appeal, urgent: true}
  - {slug: health/mental, urgent: true}
"""
ANSWER = """---
title: "Ask for asylum"
short: "Go to the office in Brussels."
sources:
  - {name: "Fedasil", url: "https://fedasil.be", as_of: "2024-06"}
related: []
phrasings:
  - "where do i ask for asylum"
---
Bring your papers.
"""


def shipped() -> Library:
    """The library that is shipped; read once for all tests."""
    return files().library


def shipped_search() -> Search:
    """The search over it."""
    return files().search


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """What training made of it; kept in a file, so that one run of all tests trains once."""
    return importing.model_of(LOCALES, shipped())


def a_desk(
    catalogs: Catalogs, library: Library | None = None, *, opens_at: datetime | None = None
) -> InfoDesk:
    """The info desk with made-up facts; a colleague reads from `opens_at` on."""
    return InfoDesk(
        catalogs=catalogs,
        shelf=Shelf(library) if library else Shelf(shipped(), shipped_search()),
        organisation=ORGANISATION,
        expects=lambda language, now: opens_at,
    )


def write_language(folder: Path, code: str, answers: Mapping[str, str]) -> None:
    """A language's folder with these answers; the list of topics too when there is none."""
    home = folder / code
    home.mkdir(parents=True, exist_ok=True)
    (home / "language.toml").write_text("", encoding="utf-8")
    for slug, text in answers.items():
        path = home / "answers" / f"{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if not (folder / "topics.yaml").exists():
        (folder / "topics.yaml").write_text(TOPICS, encoding="utf-8")


def sent(media: str, *, message_id: int = 21, caption: str = "", at: datetime = NOW) -> SentMedia:
    """A voice message, photo … in the person's own chat."""
    sender = people_makers.a_sender()
    return SentMedia(
        chat_id=sender.id,
        is_private=True,
        at=at,
        sender=sender,
        message_id=message_id,
        media=media,  # type: ignore[arg-type]
        caption=caption,
    )


def shipped_knowledge() -> importing.Knowledge:
    """The shipped places and leaflets; read once for all tests."""
    return files().knowledge


def a_desk_with_guides(catalogs: Catalogs) -> InfoDesk:
    """The info desk with its shipped places, first days and papers."""
    known = shipped_knowledge()
    own = known.directory.with_own("Welkom & Co", phone="+3225550100", mail="hulp@welkom.example")
    return replace(
        a_desk(catalogs),
        directory=own,
        towns=known.towns,
        papers=known.papers,
        first_days=known.first_days,
    )
