"""Counts for editors, no person attached: what was not answered, what helped."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, select

from bot.infodesk import domain, tables
from bot.infodesk.desk import InfoDesk
from bot.infodesk.search import normalised
from bot.storage.transaction import Row, Tx


async def missed(tx: Tx, text: str, language: str, *, on: date) -> None:
    """Count a question that the info desk could not answer."""
    said = domain.without_particulars(normalised(text))
    if not said:
        return
    table = tables.unanswered
    row = tx.insert(table).values(day=on, language=language, text=said, count=1)
    await tx.execute(
        row.on_conflict_do_update(
            index_elements=["day", "language", "text"], set_={"count": table.c.count + 1}
        )
    )


async def rated(tx: Tx, slug: str, language: str, *, is_up: bool, on: date) -> None:
    """Count a thumb."""
    table = tables.feedback
    row = tx.insert(table).values(
        slug=slug, language=language, day=on, ups=int(is_up), downs=int(not is_up)
    )
    column = table.c.ups if is_up else table.c.downs
    await tx.execute(
        row.on_conflict_do_update(
            index_elements=["slug", "language", "day"], set_={column.name: column + 1}
        )
    )


async def unanswered_since(tx: Tx, since: date, *, language: str | None = None) -> Sequence[Row]:
    """For editors: language, text, how often and when last, the most frequent first."""
    table = tables.unanswered
    times, last = func.sum(table.c.count), func.max(table.c.day)
    asked = (
        select(table.c.language, table.c.text, times.label("times"), last.label("last"))
        .where(table.c.day >= since)
        .group_by(table.c.language, table.c.text)
        .order_by(times.desc(), last.desc(), table.c.text)
    )
    return await tx.all(asked.where(table.c.language == language) if language else asked)


async def forget_counts(desk: InfoDesk, tx: Tx, *, now: datetime) -> None:
    """Erase counts that are too old to tell anything."""
    asked, thumbs = tables.unanswered, tables.feedback
    await tx.execute(delete(asked).where(asked.c.day < (now - desk.counts).date()))
    await tx.execute(delete(thumbs).where(thumbs.c.day < (now - domain.FEEDBACK_LIFE).date()))
