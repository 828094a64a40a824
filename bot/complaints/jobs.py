"""What complaints do without anybody speaking: they are brought, and they end."""

from datetime import datetime
from functools import partial

from bot.complaints.desk import ComplaintsDesk
from bot.complaints.service import answering, bringing, keeping
from bot.delivery.results import ReceiptHandler
from bot.schedule.due import DueHandler, Job
from bot.storage.transaction import Tx


def receipts(desk: ComplaintsDesk) -> dict[str, ReceiptHandler]:
    """Who hears how a reply went."""
    return {answering.REPLY_RECEIPT: partial(answering.replied, desk)}


def due_kinds(desk: ComplaintsDesk) -> dict[str, DueHandler]:
    """What this slice planned, by kind."""
    return {bringing.KIND: partial(bring, desk)}


async def bring(desk: ComplaintsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """A complaint's moment has come."""
    await bringing.bring(desk, tx, int(ref), now=now)


def hourly() -> dict[str, Job]:
    """By name: what must not lie about until the night."""
    return {"complaints.clean": keeping.clean}


def nightly(desk: ComplaintsDesk) -> dict[str, Job]:
    """By name."""
    return {"complaints.retention": partial(retain, desk)}


async def retain(desk: ComplaintsDesk, tx: Tx, *, now: datetime) -> None:
    """Texts whose time is over; and a word to who has not replied yet."""
    await keeping.reduce_old(desk, tx, now=now)
    await keeping.remind(desk, tx, now=now)
