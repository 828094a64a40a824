"""Files for volunteers: brought in by who runs the bot, sent to whoever asks for one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from bot.errors import Outdated
from bot.people import service as people
from bot.people.domain import Person, Role, is_at_least
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain import State
from bot.volunteering.domain import documents as domain
from bot.volunteering.domain.documents import Document
from bot.volunteering.domain.taking import NotAVolunteer
from bot.volunteering.service import volunteers

FILE_KIND = "document"

_table = tables.documents
_SHOWN = (
    *(_table.c.id, _table.c.key, _table.c.language, _table.c.title),
    *(_table.c.file_name, _table.c.version, _table.c.changed_at),
)


async def add(
    tx: Tx, key: str, language: str, content: bytes, *, title: str = "", now: datetime
) -> Document:
    """A new document, or the next version of one.

    Raises StrangeKey, NeedsTitle, TooLarge, NotThatFile, Broken, HasMacros, Unchanged.
    """
    before = await _find(tx, key, language)
    own_title = title or ("" if before is None else before.title)
    key, own_title = domain.named(key, own_title)
    kind = domain.extension(content)
    if before is not None and await _is_same(tx, before, content, own_title):
        raise domain.Unchanged
    values: dict[str, Any] = {
        "title": own_title,
        "file_name": f"{key}_{language}.{kind}",
        "version": str(1 if before is None else before.version + 1),
        "content": content,
        "changed_at": now,
    }
    if before is None:
        await tx.execute(tx.insert(_table).values(key=key, language=language, **values))
    else:
        await tx.execute(update(_table).where(_table.c.id == before.id).values(values))
    await _note(tx, "document.added", key, language, now=now)
    made = await _find(tx, key, language)
    assert made is not None, "just written"
    return made


async def remove(tx: Tx, key: str, language: str, *, now: datetime) -> None:
    """Nobody can open it any more. Raises Outdated where there is none."""
    own = _table.c.key == key, _table.c.language == language
    if (await tx.execute(delete(_table).where(*own))).rowcount != 1:
        raise Outdated
    await _note(tx, "document.removed", key, language, now=now)


async def listed(tx: Tx) -> Sequence[Document]:
    """All of them, by key and language."""
    rows = await tx.all(select(*_SHOWN).order_by(_table.c.key, _table.c.language))
    return [_document(row) for row in rows]


async def of_reader(tx: Tx, person: Person) -> Sequence[Document]:
    """One of each, as this volunteer reads them; coordinators too. Raises NotAVolunteer."""
    if not is_at_least(person.role, Role.COORDINATOR):
        one = await volunteers.of_person(tx, person.id)
        if one is None or one.state in (State.REFUSED, State.LEFT):
            raise NotAVolunteer
    return domain.for_reader(await listed(tx), person.language)


async def chosen(tx: Tx, person: Person, key: str) -> Document:
    """The one of a key. Raises NotAVolunteer, and Outdated when it was removed."""
    found = next((one for one in await of_reader(tx, person) if one.key == key), None)
    if found is None:
        raise Outdated
    return found


async def file(tx: Tx, ref: str) -> bytes:
    """The content of a document. Raises Outdated when it was removed before it was sent."""
    content = await tx.scalar(select(_table.c.content).where(_table.c.id == int(ref)))
    if content is None:
        raise Outdated
    return bytes(content)


async def _find(tx: Tx, key: str, language: str) -> Document | None:
    own = _table.c.key == key, _table.c.language == language
    row = await tx.one(select(*_SHOWN).where(*own))
    return None if row is None else _document(row)


async def _is_same(tx: Tx, one: Document, content: bytes, title: str) -> bool:
    length = await tx.scalar(select(func.length(_table.c.content)).where(_table.c.id == one.id))
    if length != len(content) or title != one.title:
        return False
    return await file(tx, str(one.id)) == content


async def _note(tx: Tx, action: str, key: str, language: str, *, now: datetime) -> None:
    subject = f"document:{key}:{language}"
    await people.record(tx, at=now, actor=None, action=action, subject=subject)


def _document(row: Row) -> Document:
    return Document(
        id=row["id"],
        key=row["key"],
        language=row["language"],
        title=row["title"],
        file_name=row["file_name"],
        version=int(row["version"]),
        changed_at=row["changed_at"],
    )
