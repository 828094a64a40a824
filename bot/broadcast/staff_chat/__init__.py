"""What coordinators see and tap: written in their own chat, followed in the team's group."""

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.staff_chat import approving, drafting, showing, steering
from bot.dialog import routes
from bot.dialog.routes import Routes


def combined(desk: BroadcastDesk) -> Routes:
    """Coordinators' share of the conversation."""
    features: tuple[Routes, ...] = (
        showing.routes(desk),
        drafting.routes(desk),
        approving.routes(desk),
        steering.routes(desk),
    )
    return routes.combine(*features)
