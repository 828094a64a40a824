"""What a person's next message answers: "Which number may we call?" Kept in the database, one at a
time for each private chat; a command, a key of the menu or a button ends it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.dialog.tables import prompts
from bot.storage.prepared import Prepared
from bot.storage.transaction import Tx


@dataclass(frozen=True, slots=True)
class Prompt:
    """The name under which `Routes.prompts` knows who takes the answer, and what it is about."""

    name: str
    ref: str


# Every free text of a newcomer asks it.
_OPEN = Prepared(
    select(prompts).where(
        prompts.c.chat_id == bindparam("chat_id"), prompts.c.until > bindparam("now")
    )
)


async def ask(tx: Tx, chat_id: int, name: str, ref: str = "", *, until: datetime) -> None:
    """From now on, the next message of this chat answers `name`."""
    values = {"name": name, "ref": ref, "until": until}
    statement = tx.insert(prompts).values(chat_id=chat_id, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=values))


async def current(tx: Tx, chat_id: int, *, now: datetime) -> Prompt | None:
    """What was asked last and is not answered yet."""
    row = await tx.one(_OPEN, {"chat_id": chat_id, "now": now})
    return None if row is None else Prompt(row["name"], row["ref"])


# Every tap and every command runs it.
_END = Prepared(delete(prompts).where(prompts.c.chat_id == bindparam("chat_id")))


async def drop(tx: Tx, chat_id: int) -> None:
    """Nothing is asked any more."""
    await tx.write(_END, {"chat_id": chat_id})


async def drop_old(tx: Tx, *, now: datetime) -> None:
    """What nobody answered in time."""
    await tx.execute(delete(prompts).where(prompts.c.until <= now))
