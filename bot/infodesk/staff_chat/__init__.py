"""Colleagues at the info desk: publishing (changed answers) · reviewed (sent to who asked)."""

from bot.dialog.routes import Routes, combine
from bot.handover.desk import HandoverDesk
from bot.infodesk.desk import InfoDesk
from bot.infodesk.staff_chat import publishing, reviewed


def routes(desk: InfoDesk, queue: HandoverDesk) -> Routes:
    """What colleagues say and tap; `queue` is the desk on whose questions reviewed answers go."""
    return combine(publishing.routes(desk), reviewed.routes(desk, queue))
