"""What volunteering does when its time has come."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from bot.events.desk import Calls, Hears, HearsOfPlace
from bot.events.domain import SHIFT
from bot.schedule.due import DueHandler, Job
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import (
    asking,
    closing,
    covering,
    ending,
    evaluations,
    evening,
    feedback,
    hours,
    inviting,
    keeping,
    milestones,
    mornings,
    planning,
    preparing,
    renewing,
    shutting,
    trajectories,
    weeks,
)


def due_kinds(desk: VolunteeringDesk) -> dict[str, DueHandler]:
    """What this slice planned, by kind."""
    return {
        covering.KIND: partial(cover, desk),
        weeks.KIND: partial(weeks.ask, desk),
        hours.FIRST_KIND: partial(evaluations.ask_first, desk),
        hours.REACHED_KIND: partial(look_how_far, desk),
        planning.ATTENDANCE_KIND: partial(ask_who_came, desk),
        planning.RETITLE_KIND: retitle,
        mornings.KIND: partial(tell_in_the_morning, desk),
        preparing.KIND: partial(preparing.remind, desk),
        preparing.TEAM_KIND: partial(preparing.tell_coordinators, desk),
        shutting.KIND: partial(shutting.finish, desk),
        renewing.KIND: partial(renewing.ask, desk),
        ending.KIND: partial(ending.tell, desk),
        ending.UNTOLD_KIND: partial(ending.tell_at_last, desk),
    }


def nightly(desk: VolunteeringDesk, office_towns: Collection[str]) -> dict[str, Job]:
    """The nightly round, by name. `office_towns`: postcodes of municipalities with an office."""
    return {
        "volunteering.morning": mornings.plan,
        "volunteering.weeks": weeks.plan,
        "volunteering.evaluations": partial(evaluations.look, desk),
        "volunteering.closing": partial(closing.remind, desk),
        "volunteering.feedback": partial(feedback.ask_at_end, desk),
        "volunteering.picks": inviting.forget_picks,
        "volunteering.reduce": partial(keeping.reduce, office_towns=office_towns),
    }


async def cover(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """The next people are asked for a free place."""
    await covering.look(desk, tx, int(ref), now=now)


async def ask_who_came(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """A shift is over."""
    await asking.ask_who_came(desk, tx, int(ref), now=now)


async def look_how_far(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Hours were approved on somebody's way to 40: coordinators and the volunteer may hear it."""
    await trajectories.propose(desk, tx, ref, now=now)
    await milestones.tell(desk, tx, int(ref), now=now)


async def retitle(tx: Tx, ref: str, *, now: datetime) -> None:
    """Shifts to come are called as their assignment is now."""
    await planning.retitle(tx, int(ref), now=now)


async def tell_in_the_morning(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Coordinators hear what there is to do."""
    await mornings.tell(desk, tx, ref, now=now)


# What events tells of shifts.


def nobody_waits(desk: VolunteeringDesk) -> dict[str, Hears]:
    """A place is free."""
    return {SHIFT: partial(covering.begin, desk)}


def evenings(desk: VolunteeringDesk) -> dict[str, Hears]:
    """The evening before."""
    return {SHIFT: partial(evening.send_list, desk)}


def calls(desk: VolunteeringDesk) -> dict[str, Calls]:
    """Somebody without Telegram."""
    return {SHIFT: partial(evening.call, desk)}


def placed(desk: VolunteeringDesk) -> dict[str, HearsOfPlace]:
    """Somebody has a place."""
    return {SHIFT: partial(preparing.begin, desk)}
