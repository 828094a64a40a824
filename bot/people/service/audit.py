"""The audit log: who did what, when. Ids and names of actions, never a text."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select

from bot.people import domain, tables
from bot.people.domain import PersonId
from bot.storage.transaction import Row, Tx


async def record(
    tx: Tx,
    *,
    at: datetime,
    actor: PersonId | None,
    action: str,
    subject: str,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Note one action, e.g. ("case.claimed", "case:42", {"topic": 7}).

    Raises ValueError when the detail holds something that could be a text.
    """
    if not domain.holds_no_text(dict(detail or {})) or not domain.holds_no_text(subject):
        raise ValueError(f"the audit log keeps ids only: {action}")
    await tx.execute(
        insert(tables.audit).values(
            at=at,
            actor=actor or None,
            action=action,
            subject=subject,
            detail=dict(detail or {}),
        )
    )


async def last_action(tx: Tx, subject: str, actions: tuple[str, ...]) -> str | None:
    """Which of these actions was the last one on this subject?"""
    log = tables.audit.c
    newest = select(log.action).where(log.subject == subject, log.action.in_(actions))
    found: str | None = await tx.scalar(newest.order_by(log.id.desc()).limit(1))
    return found


async def of_subject(tx: Tx, subject: str) -> Sequence[Row]:
    """Everything that was done about this subject, the oldest first."""
    log = tables.audit
    return await tx.all(select(log).where(log.c.subject == subject).order_by(log.c.id))
