"""Newcomers at the info desk.

questions (asking in own words, browsing, thumbs) · places · leaflets (first days, papers) · anew
(below a colleague's words) · posting
"""

from bot.dialog.routes import Routes, combine
from bot.infodesk.chat import anew, leaflets, places, questions
from bot.infodesk.chat.questions import (
    alarm,
    answer_anew,
    listeners,
    show_reviewed,
    young_help,
)
from bot.infodesk.desk import InfoDesk

__all__ = ["alarm", "answer_anew", "listeners", "routes", "show_reviewed", "young_help"]


def routes(desk: InfoDesk) -> Routes:
    """The info desk's share of the conversation; its `hears` go last, after live talks."""
    own = combine(questions.routes(desk), places.routes(desk), leaflets.routes(desk))
    return combine(own, anew.routes(own.actions))
