"""What volunteers see and tap. One module per feature; this one puts them together."""

from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.volunteering.desk import VolunteeringDesk


def combined(desk: VolunteeringDesk) -> Routes:
    """The slice's share of the conversation."""
    features: tuple[Routes, ...] = ()
    return routes.combine(*features)
