"""What the roster does by itself at night."""

from collections.abc import Mapping
from functools import partial

from bot.duty.desk import Timetable
from bot.duty.service import keeping
from bot.schedule.due import Job


def jobs(timetable: Timetable) -> Mapping[str, Job]:
    """Throws away what nobody needs any more."""
    return {"duty.reduce": partial(keeping.reduce, timetable)}
