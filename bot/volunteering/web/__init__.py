"""Web pages for who has no Telegram: one for each shift, behind a signed link,
and one that confirms each letter."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from starlette.routing import BaseRoute, Route

from bot.storage.engine import Database
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.web import letters, shifts
from bot.volunteering.web.visiting import Site


def pages(
    desk: VolunteeringDesk, now: Callable[[], datetime], database: Database
) -> Sequence[BaseRoute]:
    """The slice's routes. `now`: calendar time, which no slice reads itself."""
    site = Site(desk, database, now)
    return (
        Route("/shift/{token}", partial(shifts.answer, site), methods=["GET", "POST"]),
        Route("/letter/{code}", partial(letters.show, site), methods=["GET"]),
    )
