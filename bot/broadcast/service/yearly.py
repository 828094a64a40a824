"""The thank-you of the year: around the day of volunteers the bot writes the draft, and
coordinators send it. So there is one sender of thanks, which people can end with one tap."""

from datetime import date, datetime, time
from typing import Final

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import Audience, Broadcast, Draft, Group, Kind, Stage, Topic
from bot.broadcast.service import audience, drafting, progress, rows
from bot.language import formats
from bot.language.formats import BRUSSELS
from bot.storage.transaction import Tx

_MONTH: Final = 12
_DAYS: Final = (5, 10, 15)  # said again when nobody took it in hand
_AT: Final = time(10)


async def propose(desk: BroadcastDesk, tx: Tx, *, now: datetime) -> None:
    """At night: from 5 December on there is a draft, and a card in the group in the morning. Where
    coordinators have written a thank-you themselves lately, or have sent it, nothing."""
    day = formats.day_of(now)
    said = [one for one in _DAYS if one <= day.day]
    if day.month != _MONTH or not said:
        return
    found = await rows.latest_of(tx, Kind.THANKS, since=_midnight(date(day.year, _MONTH - 1, 1)))
    if found is None:
        found = await _drafted(tx, now=now)
    if found is None or found.stage is not Stage.DRAFT or found.author is not None:
        return
    reach = await audience.count(tx, found.draft, now=now)
    key = f"broadcast.thanks:{found.id}:{said[-1]}"
    at = max(now, datetime.combine(day, _AT, BRUSSELS).astimezone(now.tzinfo))
    await progress.propose(desk, tx, found, reach.people, key=key, at=at)


async def _drafted(tx: Tx, *, now: datetime) -> Broadcast | None:
    """None when nobody gave hours."""
    draft = Draft(
        kind=Kind.THANKS, topic=Topic.THANKS, audience=Audience((Group.VOLUNTEERS,)), texts={}
    )
    if not (await audience.count(tx, draft, now=now)).people:
        return None
    made = await rows.create(tx, draft, None, now=now)
    await drafting.note(tx, None, "written", made.id, now=now)
    return made


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BRUSSELS)
