"""What the post forgets by itself: rows a week after they are over, set-aside texts after two."""

from datetime import datetime, timedelta

from bot.storage.transaction import Tx

KEPT = timedelta(days=7)
ASIDE_KEPT = timedelta(days=14)


async def clean(tx: Tx, *, now: datetime) -> None:
    """Delete old rows."""
    old, older = (now - KEPT).timestamp(), (now - ASIDE_KEPT).timestamp()
    await tx.raw("DELETE FROM inbox WHERE state = 'done' AND done_at < ?", old)
    await tx.raw("DELETE FROM inbox WHERE state = 'unread' AND received_at < ?", older)
    await tx.raw("DELETE FROM inbox WHERE state = 'aside' AND done_at < ?", older)
    await tx.raw(
        "DELETE FROM outbox WHERE state NOT IN ('waiting', 'sending') AND over_at < ?", old
    )
