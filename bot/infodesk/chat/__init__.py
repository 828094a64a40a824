"""Newcomers at the info desk.

questions (asking in own words, browsing, thumbs) · places · leaflets (first days, papers) · posting
"""

from bot.dialog.routes import Routes, combine
from bot.infodesk.chat import leaflets, places, questions
from bot.infodesk.chat.questions import alarm, answer_anew, listeners, young_help
from bot.infodesk.desk import InfoDesk

__all__ = ["alarm", "answer_anew", "listeners", "routes", "young_help"]


def routes(desk: InfoDesk) -> Routes:
    """The info desk's share of the conversation; its `hears` go last, after live talks."""
    return combine(questions.routes(desk), places.routes(desk), leaflets.routes(desk))
