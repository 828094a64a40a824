"""What this slice does when its time has come."""

from functools import partial

from bot.dutch.desk import DutchDesk
from bot.dutch.service import keeping, sending
from bot.schedule.due import DueHandler, Job


def due_kinds(desk: DutchDesk) -> dict[str, DueHandler]:
    """What this slice planned, by kind."""
    return {sending.KIND: partial(sending.go_on, desk)}


def hourly(desk: DutchDesk) -> dict[str, Job]:
    """The phrases of each hour."""
    return {"dutch.send": partial(sending.begin, desk)}


def nightly() -> dict[str, Job]:
    """The nightly round, by name."""
    return {"dutch.clean": keeping.clean}
