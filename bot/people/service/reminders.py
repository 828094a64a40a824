"""Which reminders somebody wants of what they come to."""

import dataclasses
from collections.abc import Sequence

from sqlalchemy import update

from bot.people import tables
from bot.people.domain import Person
from bot.storage.transaction import Tx


async def choose_reminders(tx: Tx, person: Person, names: Sequence[str] | None) -> Person:
    """These from now on, by their names; none of them: no reminders; None: the usual ones again."""
    chosen = None if names is None else " ".join(names)
    own = tables.people.c.id == person.id
    await tx.execute(update(tables.people).where(own).values(reminders=chosen))
    return dataclasses.replace(person, reminders=None if names is None else tuple(names))
