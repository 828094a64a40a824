"""What coordinators see and tap. One module per feature; this one puts them together."""

from functools import partial

from bot.delivery.making import Maker
from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.events.desk import EventsDesk
from bot.events.importing import template_files
from bot.events.staff_chat import (
    arriving,
    calling,
    calling_off,
    changing,
    exporting,
    importing,
    looking,
    planning,
    walk_planning,
    walks,
)


def combined(desk: EventsDesk) -> Routes:
    """Coordinators' share of the conversation."""
    features: tuple[Routes, ...] = (
        looking.routes(desk),
        planning.routes(desk),
        changing.routes(desk),
        calling_off.routes(desk),
        importing.routes(desk),
        walks.routes(desk),
        walk_planning.routes(desk),
        exporting.routes(desk),
        arriving.routes(desk),
        calling.routes(desk),
    )
    return routes.combine(*features)


def makers(desk: EventsDesk) -> dict[str, Maker]:
    """Files that are made when they are sent."""
    return {
        importing.TEMPLATE: partial(template_files.made, desk),
        **exporting.makers(desk),
        **walks.makers(desk),
    }
