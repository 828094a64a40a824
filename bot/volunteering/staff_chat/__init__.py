"""What coordinators see and tap, in their own chat and in the staff group."""

from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.people.desk import Maker, Things
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.staff_chat import (
    approving,
    assignments,
    changing,
    checking,
    covering,
    evaluating,
    fitting,
    guiding,
    inviting,
    lasting,
    letters,
    linking,
    merging,
    offering,
    offices,
    organisations,
    partners,
    planning,
    readiness,
    referring,
    talks,
    trajectories,
)


def combined(desk: VolunteeringDesk) -> Routes:
    """Coordinators' share of the conversation."""
    features: tuple[Routes, ...] = (
        approving.routes(desk),
        talks.routes(desk),
        linking.routes(desk),
        offices.routes(desk),
        merging.routes(desk),
        covering.routes(desk),
        organisations.routes(desk),
        assignments.routes(desk),
        changing.routes(desk),
        planning.routes(desk),
        guiding.routes(desk),
        fitting.routes(desk),
        lasting.routes(desk),
        partners.routes(desk),
        inviting.routes(desk),
        letters.routes(desk),
        offering.routes(desk),
        referring.routes(desk),
        readiness.routes(desk),
        checking.routes(desk),
        trajectories.routes(desk),
        evaluating.routes(desk),
    )
    return routes.combine(*features)


def makers(desk: VolunteeringDesk) -> dict[str, Maker]:
    """Files that are made when they are sent."""
    return {**inviting.makers(desk), **linking.makers(desk)}


def my_things(desk: VolunteeringDesk) -> tuple[Things, ...]:
    """Coordinators' lines of "My things"."""
    return (letters.my_things(desk),)
