"""Rows of dialogs that are under way: which step, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.delivery import outbox
from bot.dialog.tables import forms
from bot.storage.prepared import Prepared
from bot.storage.transaction import Row, Tx

KEPT = timedelta(days=60)
MOST = 10  # unfinished ones of a chat; the oldest goes first


@dataclass(frozen=True, slots=True)
class Instance:
    """A dialog that somebody began. `draft`: what is ticked in the current step so far."""

    id: int
    chat_id: int
    form: str
    version: int
    step: str  # "": the summary
    answers: Mapping[str, Any]
    draft: Any
    ref: str
    changed_at: datetime


# Each tap inside a dialog runs both.
_OF = Prepared(
    select(forms).where(forms.c.id == bindparam("id"), forms.c.chat_id == bindparam("chat_id"))
)
_KEEP = Prepared(
    update(forms)
    .where(forms.c.id == bindparam("own_id"))
    .values(
        version=bindparam("version"),
        step=bindparam("step"),
        answers=bindparam("answers"),
        draft=bindparam("draft"),
        changed_at=bindparam("changed_at"),
    )
)


async def find(tx: Tx, chat_id: int, id_: int) -> Instance | None:
    """That dialog, when it is this chat's."""
    row = await tx.one(_OF, {"id": id_, "chat_id": chat_id})
    return None if row is None else _instance(row)


async def unfinished(tx: Tx, chat_id: int) -> list[Instance]:
    """What was begun in this chat, the newest first."""
    own = select(forms).where(forms.c.chat_id == chat_id).order_by(forms.c.changed_at.desc())
    return [_instance(row) for row in await tx.all(own)]


async def create(tx: Tx, values: Mapping[str, Any], *, now: datetime) -> Instance:
    """A new one. `values`: chat_id, form, version, step, answers, ref."""
    given = {**values, "draft": None, "begun_at": now, "changed_at": now}
    row = await tx.one(tx.insert(forms).values(given).returning(*forms.c))
    assert row is not None
    return _instance(row)


async def keep(tx: Tx, one: Instance) -> None:
    """Write how far it is."""
    await tx.write(
        _KEEP,
        {
            "own_id": one.id,
            "version": one.version,
            "step": one.step,
            "answers": dict(one.answers),
            "draft": one.draft,
            "changed_at": one.changed_at,
        },
    )


def slot(id_: int) -> str:
    """The name of the message in which the dialog stands now."""
    return f"form:{id_}:step"


async def remove(tx: Tx, id_: int) -> bool:
    """It is over; False when it was already."""
    await outbox.forget_slots(tx, slot(id_))
    return bool((await tx.execute(delete(forms).where(forms.c.id == id_))).rowcount)


async def remove_old(tx: Tx, *, now: datetime) -> None:
    """What nobody went on with for sixty days."""
    old = select(forms.c.id).where(forms.c.changed_at < now - KEPT)
    for row in await tx.all(old):
        await remove(tx, row["id"])


async def forget_chat(tx: Tx, chat_id: int) -> None:
    """Whatever was begun in this chat."""
    await tx.execute(delete(forms).where(forms.c.chat_id == chat_id))


async def export_chat(tx: Tx, chat_id: int) -> dict[str, object]:
    """What was answered in dialogs that are not finished."""
    begun = await unfinished(tx, chat_id)
    told = [{"dialog": one.form, "answers": dict(one.answers), "ref": one.ref} for one in begun]
    return {"unfinished": told} if told else {}


def _instance(row: Row) -> Instance:
    return Instance(**{name: row[name] for name in Instance.__slots__})
