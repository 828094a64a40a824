"""What is due later for teams: who has to hear of what has become of theirs. Never at night."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.events.domain import EventId, ParticipantId, Registration, TeamId
from bot.schedule import due, timing
from bot.storage.transaction import Tx

GREW_KIND = "events.team_grew"
CAPTAIN_KIND = "events.captain"
LEFT_KIND = "events.team_left"
STARTS_KIND = "events.starts"

_GATHERED = timedelta(minutes=10)  # ten friends open the same link: their captain hears of it once
DISSOLVED, TAKEN_OUT, PLACED = "dissolved", "out", "placed"


async def grew(tx: Tx, team_id: TeamId, *, now: datetime) -> None:
    """Tell the captain who has joined, soon and once for all of them."""
    at = timing.considerate(now + _GATHERED)
    key, ref = f"team:{team_id}:grew", f"{team_id}:{int(now.timestamp())}"
    await due.plan_unless_planned(tx, key=key, kind=GREW_KIND, ref=ref, at=at)


async def captain(tx: Tx, team_id: TeamId, who: ParticipantId, *, at: datetime) -> None:
    """Tell somebody that they lead the team."""
    key, ref = f"team:{team_id}:captain", f"{team_id}:{who}"
    await due.plan(tx, key=key, kind=CAPTAIN_KIND, ref=ref, at=timing.considerate(at))


async def taken_out(tx: Tx, place: Registration, team_id: TeamId, *, at: datetime) -> None:
    """Tell somebody that they walk no longer with the team."""
    await _moved(tx, [place], team_id, TAKEN_OUT, at=at)


async def dissolved(
    tx: Tx, places: Sequence[Registration], team_id: TeamId, *, at: datetime
) -> None:
    """Tell everybody that there is no such team any more."""
    await _moved(tx, places, team_id, DISSOLVED, at=at)


async def placed(tx: Tx, place: Registration, team_id: TeamId, *, at: datetime) -> None:
    """Tell somebody that a coordinator found them a team."""
    await _moved(tx, [place], team_id, PLACED, at=at)


async def starts(tx: Tx, event_id: EventId, *, at: datetime) -> None:
    """Tell everybody whose start has changed, unless it is by then as they know it."""
    ref = str(event_id)
    await due.plan(tx, key=f"event:{ref}:starts", kind=STARTS_KIND, ref=ref, at=at)


async def _moved(
    tx: Tx, places: Sequence[Registration], team_id: TeamId, what: str, *, at: datetime
) -> None:
    """The last of several things counts."""
    at = timing.considerate(at)
    found = [
        due.Planned(f"place:{one.id}:team", LEFT_KIND, f"{one.id}:{team_id}:{what}", at)
        for one in places
    ]
    await due.plan_all(tx, found)
