"""A person's share in people's own rows: what to hand over, what to erase."""

from datetime import datetime

from sqlalchemy import ColumnElement, Table, select

from bot.people import service, tables
from bot.storage.transaction import Tx


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """The person's row, role, use of invitations, and what is in the log about their actions."""
    own = await tx.one(select(tables.people).where(tables.people.c.id == person_id))
    if own is None:
        return {}
    return {
        "person": dict(own),
        "role": await _rows(tx, tables.staff, tables.staff.c.person_id == person_id),
        "invitations": await _rows(
            tx, tables.invitations, tables.invitations.c.used_by == person_id
        ),
        "actions": await _rows(tx, tables.audit, tables.audit.c.actor == person_id),
    }


async def forget_person(tx: Tx, person_id: int, *, now: datetime) -> None:
    """Erase the row; the role goes with it, log and invitations keep no link (foreign keys)."""
    await service.erase_row(tx, person_id)


async def _rows(tx: Tx, table: Table, condition: ColumnElement[bool]) -> list[dict[str, object]]:
    return [dict(row) for row in await tx.all(select(table).where(condition))]
