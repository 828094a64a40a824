"""What people's rows need every night."""

from collections.abc import Awaitable
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.people import service
from bot.people.service import PeopleDesk
from bot.storage.transaction import Tx


class Job(Protocol):
    """A job as `app` calls it."""

    def __call__(self, tx: Tx, *, now: datetime) -> Awaitable[None]: ...


def jobs(desk: PeopleDesk) -> dict[str, Job]:
    """By name; both nightly."""
    return {
        "people.clean": service.clean,
        "people.forget_silent": partial(service.forget_silent_people, desk),
    }
