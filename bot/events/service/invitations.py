"""The invitation of a team: a link that opens the bot, and the same as a QR code."""

import io
from typing import Final

import segno

from bot.events.desk import EventsDesk
from bot.events.domain.teams import Team
from bot.events.service import teams
from bot.storage.transaction import Tx

KIND: Final = "team_code"  # of the picture that is made when it is sent
START: Final = "team"  # prefix of the link's payload


def link(desk: EventsDesk, team: Team) -> str:
    """Whoever opens it may join."""
    return desk.start_link(f"{START}_{team.token}")


async def picture(desk: EventsDesk, tx: Tx, ref: str) -> bytes:
    """The link of a team as a QR code, PNG, as it is when it is sent. Raises TeamGone."""
    team = await teams.get(tx, int(ref))
    made = io.BytesIO()
    segno.make(link(desk, team), error="m").save(made, kind="png", scale=8, border=4)
    return made.getvalue()
