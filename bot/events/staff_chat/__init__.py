"""What coordinators see and tap. One module per feature; this one puts them together."""

from bot.delivery.making import Maker
from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.events.desk import EventsDesk


def combined(desk: EventsDesk) -> Routes:
    """Coordinators' share of the conversation."""
    features: tuple[Routes, ...] = ()
    return routes.combine(*features)


def makers(desk: EventsDesk) -> dict[str, Maker]:
    """Files that are made when they are sent."""
    return {}
