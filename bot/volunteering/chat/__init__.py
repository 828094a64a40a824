"""What volunteers see and tap. One module per feature; this one puts them together."""

from bot.delivery.making import Maker
from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.people.desk import Things
from bot.volunteering.chat import (
    contacts,
    documents,
    enrolling,
    evaluating,
    feedback,
    fitting,
    guardians,
    home,
    hours,
    inviting,
    lasting,
    leaving,
    letters,
    partners,
    profile,
    questions,
    readiness,
    shifts,
)
from bot.volunteering.desk import VolunteeringDesk


def combined(desk: VolunteeringDesk) -> Routes:
    """The slice's share of the conversation."""
    features: tuple[Routes, ...] = (
        home.routes(desk),
        enrolling.routes(desk),
        profile.routes(desk),
        shifts.routes(desk),
        contacts.routes(desk),
        readiness.routes(desk),
        documents.routes(desk),
        fitting.routes(desk),
        lasting.routes(desk),
        partners.routes(desk),
        inviting.routes(desk),
        letters.routes(desk),
        leaving.routes(desk),
        hours.routes(desk),
        evaluating.routes(desk),
        feedback.routes(desk),
        questions.routes(desk),
        guardians.routes(desk),
    )
    return routes.combine(*features)


def my_things(desk: VolunteeringDesk) -> tuple[Things, ...]:
    """The slice's lines of "My things"."""
    return (
        shifts.my_things(desk),
        hours.my_things(desk),
        contacts.my_things(desk),
        letters.my_things(desk),
    )


def makers(desk: VolunteeringDesk) -> dict[str, Maker]:
    """Who makes the files that are sent."""
    shares = (letters.makers(desk), hours.makers(desk), documents.makers(), guardians.makers(desk))
    return {kind: maker for share in shares for kind, maker in share.items()}
