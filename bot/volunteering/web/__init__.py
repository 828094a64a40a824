"""Web pages for who has no Telegram: one for each shift and one that asks how it was, behind signed
links, and one that confirms each letter."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from starlette.routing import BaseRoute, Route

from bot.storage.engine import Database
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.web import feedback, letters, shifts
from bot.volunteering.web.visiting import Site


def pages(
    desk: VolunteeringDesk, now: Callable[[], datetime], database: Database
) -> Sequence[BaseRoute]:
    """The slice's routes. `now`: calendar time, which no slice reads itself."""
    site = Site(desk, database, now)
    return (
        Route("/shift/{token}", partial(shifts.answer, site), methods=["GET", "POST"]),
        Route("/evaluation/{token}", partial(feedback.answer, site), methods=["GET", "POST"]),
        Route("/letter/{code}", partial(letters.show, site), methods=["GET"]),
    )
