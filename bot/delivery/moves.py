"""Groups that became supergroups: Telegram gives them a new id and refuses the old one."""

from bot.delivery import outbox
from bot.storage.transaction import Tx


async def remember(tx: Tx, old: int, new: int) -> bool:
    """Note the move; what waits for the group follows it. True when it is news: of several who
    hear of it at the same time, one."""
    told = await tx.raw(
        "INSERT INTO moved_chats (old_id, new_id) VALUES (?, ?)"
        " ON CONFLICT (old_id) DO UPDATE SET new_id = excluded.new_id"
        " WHERE moved_chats.new_id <> excluded.new_id RETURNING old_id",
        old,
        new,
    )
    await outbox.move_chat(tx, old, new)
    return bool(told)


async def known(tx: Tx) -> dict[int, int]:
    """Old id -> new id."""
    return dict(await tx.raw("SELECT old_id, new_id FROM moved_chats"))
