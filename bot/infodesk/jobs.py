"""What the info desk's rows need regularly."""

from functools import partial

from bot.infodesk import service
from bot.infodesk.desk import InfoDesk
from bot.infodesk.service import reviewing
from bot.schedule.due import Job


def jobs(desk: InfoDesk) -> dict[str, Job]:
    """By name. `forget_old` keeps the promise of a day when it runs every hour."""
    return {
        "infodesk.forget_old": service.forget_old,
        "infodesk.forget_previews": service.forget_previews,
        "infodesk.review": partial(reviewing.remind, desk),
        "infodesk.forget_counts": partial(service.forget_counts, desk),
    }
