"""What people's rows need every night."""

from functools import partial

from bot.people import service
from bot.people.desk import PeopleDesk
from bot.schedule.due import Job


def jobs(desk: PeopleDesk) -> dict[str, Job]:
    """By name; both nightly."""
    return {
        "people.clean": service.clean,
        "people.forget_silent": partial(service.forget_silent_people, desk),
    }
