"""What this slice does when its time has come, and when it hears how a copy went."""

from functools import partial

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.service import keeping, sending, yearly
from bot.broadcast.service.composing import RECEIPT
from bot.delivery.results import ReceiptHandler
from bot.schedule.due import DueHandler, Job


def due_kinds(desk: BroadcastDesk) -> dict[str, DueHandler]:
    """What this slice planned, by kind."""
    return {
        sending.KIND: partial(sending.feed, desk),
        sending.PROGRESS_KIND: partial(sending.tell, desk),
    }


def receipts() -> dict[str, ReceiptHandler]:
    """Who hears how each copy went."""
    return {RECEIPT: sending.hear}


def nightly(desk: BroadcastDesk) -> dict[str, Job]:
    """The nightly round, by name."""
    return {"broadcast.clean": keeping.clean, "broadcast.thanks": partial(yearly.propose, desk)}
