"""What the info desk's rows need regularly."""

from collections.abc import Awaitable
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.infodesk import service
from bot.infodesk.service import InfoDesk
from bot.storage.transaction import Tx


class Job(Protocol):
    """A job as `app` calls it."""

    def __call__(self, tx: Tx, *, now: datetime) -> Awaitable[None]: ...


def jobs(desk: InfoDesk) -> dict[str, Job]:
    """By name. `forget_old` keeps the promise of a day when it runs every hour."""
    return {
        "infodesk.forget_old": service.forget_old,
        "infodesk.forget_counts": partial(service.forget_counts, desk),
    }
