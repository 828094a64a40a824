"""What people see and tap. One module per feature; this one puts them together."""

from functools import partial

from bot.delivery.making import Maker
from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.events.chat import (
    arriving,
    finding,
    leading,
    places,
    rating,
    registering,
    reminding,
    teams,
)
from bot.events.desk import EventsDesk
from bot.events.service import calendar_files
from bot.people.desk import Things


def combined(desk: EventsDesk) -> Routes:
    """The slice's share of the conversation."""
    features: tuple[Routes, ...] = (
        places.routes(desk),
        finding.routes(desk),
        registering.routes(desk),
        arriving.routes(desk),
        rating.routes(desk),
        reminding.routes(desk),
        teams.routes(desk),
        leading.routes(desk),
    )
    return routes.combine(*features)


def my_things(desk: EventsDesk) -> tuple[Things, ...]:
    """The slice's lines of "My things"."""
    return (finding.my_things(desk), reminding.things(desk))


def makers(desk: EventsDesk) -> dict[str, Maker]:
    """Who makes the files that are sent."""
    return {
        calendar_files.KIND: partial(calendar_files.made, desk),
        **teams.makers(desk),
        **arriving.makers(desk),
    }
