"""Staff publish a text instead of a file's, without a release: previewed, checked, taken back."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from bot.errors import N_, NotAllowed, Outdated, Refused
from bot.infodesk import domain, tables
from bot.infodesk.desk import InfoDesk
from bot.infodesk.domain import Answer, Library, Override
from bot.people import service as people
from bot.people.domain import Person, Role, is_at_least
from bot.storage.transaction import Row, Tx


class CoordinatorsOnly(NotAllowed):
    """Publishing is not for everybody in the team."""

    sentence = N_("Only coordinators can change answers.")


class NoSuchAnswer(Refused):
    """There is no file that could be overridden."""

    sentence = N_("There is no answer {topic} in {language}.")


class ChangedMeanwhile(Refused):
    """Somebody else published this answer after the preview was made."""

    sentence = N_("This answer was changed meanwhile. Ask for it again: /edit {topic} {language}")


class Faulty(Exception):
    """A text that may not be published: one sentence for each reason."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class Editing(NamedTuple):
    """An answer to be changed: as it is read now, and the file when that says something new."""

    answer: Answer
    news_of_file: Answer | None


class Standing(NamedTuple):
    """A published text, and what became of the file below it."""

    override: Override
    at: datetime
    has_file: bool
    file_changed: bool


def require_coordinator(person: Person) -> None:
    """Raises CoordinatorsOnly unless the person's own row says so."""
    if person.is_anonymous or not is_at_least(person.role, Role.COORDINATOR):
        raise CoordinatorsOnly


async def edited(desk: InfoDesk, tx: Tx, person: Person, slug: str, language: str) -> Editing:
    """What a coordinator is to change."""
    require_coordinator(person)
    file = _file(desk, slug, language)
    row = await _row(tx, slug, language)
    if row is None:
        return Editing(file, None)
    changed = row["baseline"] != domain.text_sign(file)
    return Editing(_override(row).over(file), file if changed else None)


async def preview(
    desk: InfoDesk, tx: Tx, person: Person, proposed: Override, *, now: datetime
) -> tuple[int, Answer]:
    """Keep a text for its author to look at. Raises Faulty with every reason against it."""
    require_coordinator(person)
    answer, current = await _checked(desk, tx, proposed)
    values = {name: getattr(proposed, name) for name in ("slug", "language", *_TEXTS)}
    kept = await tx.execute(
        insert(tables.answer_previews)
        .values(**values, instead_of=current, author_id=person.id, at=now)
        .returning(tables.answer_previews.c.id)
    )
    return int(kept.scalar_one()), answer


async def publish(
    desk: InfoDesk, tx: Tx, person: Person, preview_id: int, *, now: datetime
) -> Override:
    """Show a previewed text to everybody. Raises Outdated, ChangedMeanwhile or Faulty."""
    require_coordinator(person)
    row = await _taken(tx, person, preview_id)
    proposed = _override({**row, "baseline": ""})
    _, current = await _checked(desk, tx, proposed)
    if current != row["instead_of"]:
        raise ChangedMeanwhile(topic=row["slug"], language=row["language"])
    values = {
        **{name: row[name] for name in _TEXTS},
        "baseline": domain.text_sign(_file(desk, row["slug"], row["language"])),
        "published_by": person.id,
        "at": now,
    }
    table = tables.answer_overrides
    await tx.execute(
        tx.insert(table)
        .values(slug=row["slug"], language=row["language"], **values)
        .on_conflict_do_update(index_elements=["slug", "language"], set_=values)
    )
    await _changed(desk, tx, person, "answer.published", proposed, now=now)
    return proposed


async def cancel(tx: Tx, person: Person, preview_id: int) -> None:
    """Throw a preview away."""
    require_coordinator(person)
    await _taken(tx, person, preview_id)


async def take_back(
    desk: InfoDesk, tx: Tx, person: Person, slug: str, language: str, *, now: datetime
) -> None:
    """Show the file's text again. Raises Outdated when nothing stands over it."""
    require_coordinator(person)
    row = await _row(tx, slug, language)
    if row is None:
        raise Outdated
    table = tables.answer_overrides
    await tx.execute(delete(table).where(table.c.slug == slug, table.c.language == language))
    await _changed(desk, tx, person, "answer.taken_back", _override(row), now=now)


async def standing(baseline: Library, tx: Tx) -> list[Standing]:
    """Every text that staff published over these files, the newest first."""
    table = tables.answer_overrides
    rows = await tx.all(select(table).order_by(table.c.at.desc(), table.c.slug, table.c.language))
    return [_standing(baseline, row) for row in rows]


async def overrides(tx: Tx) -> list[Override]:
    """The same texts, without what became of the files."""
    return [_override(row) for row in await tx.all(select(tables.answer_overrides))]


async def content_version(tx: Tx) -> int:
    """Counted on with every publication."""
    return int(await tx.scalar(select(tables.content_version.c.last)) or 0)


async def forget_previews(tx: Tx, *, now: datetime) -> None:
    """What nobody published within a day."""
    table = tables.answer_previews
    await tx.execute(delete(table).where(table.c.at < now - domain.PREVIEW_LIFE))


_TEXTS = ("title", "short", "body")


def _file(desk: InfoDesk, slug: str, language: str) -> Answer:
    found = desk.shelf.baseline.answers.get(language, {}).get(slug)
    if found is None:
        raise NoSuchAnswer(topic=slug, language=language)
    return found


async def _checked(desk: InfoDesk, tx: Tx, proposed: Override) -> tuple[Answer, str]:
    """The answer with the proposed text, and the sign of what is read now."""
    file = _file(desk, proposed.slug, proposed.language)
    others = await overrides(tx)
    answer = proposed.over(file)
    library = domain.overridden(desk.shelf.baseline, others)
    faults = await asyncio.to_thread(desk.check, answer, library)
    if faults:
        raise Faulty(faults)
    return answer, domain.text_sign(library.answers[proposed.language][proposed.slug])


async def _changed(
    desk: InfoDesk, tx: Tx, person: Person, action: str, text: Override, *, now: datetime
) -> None:
    """Written down, counted on, and read by every replica soon."""
    subject = f"answer:{text.slug.replace('/', '.')}:{text.language}"
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject)
    table = tables.content_version
    counted = tx.insert(table).values(id=1, last=1)
    await tx.execute(
        counted.on_conflict_do_update(index_elements=["id"], set_={"last": table.c.last + 1})
    )
    tx.after_commit(desk.shelf.news.set)


async def _taken(tx: Tx, person: Person, preview_id: int) -> Row:
    """The author's own preview, taken once; two taps publish it once."""
    table = tables.answer_previews
    own = (table.c.id == preview_id, table.c.author_id == person.id)
    row = await tx.one(select(table).where(*own))
    gone = await tx.execute(delete(table).where(*own))
    if row is None or not gone.rowcount:
        raise Outdated
    return row


async def _row(tx: Tx, slug: str, language: str) -> Row | None:
    table = tables.answer_overrides
    return await tx.one(select(table).where(table.c.slug == slug, table.c.language == language))


def _standing(baseline: Library, row: Row) -> Standing:
    file = baseline.answers.get(row["language"], {}).get(row["slug"])
    changed = file is not None and domain.text_sign(file) != row["baseline"]
    return Standing(_override(row), row["at"], file is not None, changed)


def _override(row: Row) -> Override:
    names = ("slug", "language", *_TEXTS, "baseline")
    return Override(**{name: row[name] for name in names})
