"""A person's share in the staff queue: what to hand over, what to erase."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.handover.desk import HandoverDesk
from bot.handover.service import contacts, keeping, muting
from bot.storage.transaction import Tx


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """The person's questions, what was said in them, and when and why they were muted."""
    counted = await contacts.of_person(tx, person_id)
    return {
        **await keeping.export(tx, person_id),
        "mutes": await muting.export(tx, person_id),
        **({"contacts counted today": counted} if counted else {}),
    }


def forgetter(desk: HandoverDesk) -> Callable[..., Awaitable[None]]:
    """This slice's `forget_person` for the list of forgetters."""
    return partial(forget_person, desk)


async def forget_person(desk: HandoverDesk, tx: Tx, person_id: int, *, now: datetime) -> None:
    """Erase questions, texts, topics and cards; a colleague's open questions go back."""
    await keeping.forget(desk, tx, person_id, now=now)
    await muting.forget(tx, person_id)
    await contacts.forget_person(tx, person_id)
