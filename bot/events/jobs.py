"""What happens when its time has come: free places, offers that end, reminders, news."""

import importlib
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Final

from bot.delivery.results import ReceiptHandler
from bot.errors import Refused
from bot.events.desk import EventsDesk
from bot.events.domain import Kind, Place
from bot.events.domain.files import EventFile, WalkerFile
from bot.events.service import filed as filed_files
from bot.events.service import (
    filing,
    leaving,
    listing,
    missing,
    planned,
    rating,
    reminding,
    team_planned,
    team_telling,
    telling,
    waitlist,
    walls,
)
from bot.events.wording.files import walker_headings
from bot.language import formats
from bot.schedule import reminders
from bot.schedule.due import DueHandler, Job
from bot.schedule.fetching import Reader, Wanted
from bot.storage.transaction import Tx

WALKERS: Final = "walkers"  # read instead of events


def due_kinds(desk: EventsDesk) -> dict[str, DueHandler]:
    """What this slice planned, by kind."""
    return {
        planned.FREE_KIND: partial(fill, desk),
        planned.LAPSE_KIND: partial(lapse, desk),
        planned.REMIND_KIND: partial(reminding.remind, desk),
        planned.AGAIN_KIND: partial(reminding.remind_again, desk),
        planned.TELL_KIND: partial(tell, desk),
        planned.MISSED_KIND: partial(miss, desk),
        planned.EVENING_KIND: partial(list_in_the_evening, desk),
        planned.PLACED_KIND: partial(tell_of_place, desk),
        team_planned.GREW_KIND: partial(team_telling.grew, desk),
        team_planned.CAPTAIN_KIND: partial(team_telling.leads, desk),
        team_planned.LEFT_KIND: partial(team_telling.moved, desk),
        team_planned.STARTS_KIND: partial(team_telling.starts, desk),
        planned.RATING_KIND: partial(rating.ask, desk),
    }


def receipts() -> dict[str, ReceiptHandler]:
    """Who hears how a message went, by name."""
    return {reminding.RECEIPT: reminding.hear}


def readers(desk: EventsDesk) -> dict[str, Reader]:
    """Who reads files that coordinators send."""
    return {filing.READER: Reader(wanted, partial(read, desk), partial(take, desk))}


def nightly() -> dict[str, Job]:
    """The nightly round, by name."""
    return {
        "events.retention": leaving.forget_old,
        "events.ratings": rating.forget_old,
        "events.reminders": reminders.forget_old,
        "events.walls": walls.keep,
        "events.files": filing.forget_old,
    }


async def fill(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """A place may be free."""
    await waitlist.fill(desk, tx, int(ref), now=now)


async def lapse(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """An offer is over."""
    await waitlist.lapse(desk, tx, int(ref), now=now)


async def tell(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """An event changed, or is off."""
    await telling.tell(desk, tx, int(ref), now=now)


async def miss(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Somebody did not come."""
    await missing.ask(desk, tx, int(ref), now=now)


async def tell_of_place(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Somebody has a place, unless they gave it back meanwhile."""
    number, _, seconds = ref.partition(":")
    found = await listing.place(tx, int(number))
    if found is None:
        return
    event, place = found
    hears = desk.placed.get(event.kind)
    has_one = place.state is Place.PLACED and event.cancelled_at is None
    if hears is not None and has_one and not event.has_begun(now):
        taken_at = datetime.fromtimestamp(int(seconds), UTC)
        await hears(tx, event, place.participant, taken_at=taken_at, now=now)


async def list_in_the_evening(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Who comes, the evening before."""
    event = await listing.find(tx, int(ref))
    if event is None or event.cancelled_at is not None or event.has_begun(now):
        return
    hears = desk.evening.get(event.kind)
    if hears is not None:
        await hears(tx, event, now=now)


async def wanted(tx: Tx, ref: str, now: datetime) -> Wanted | None:
    """A file that somebody waits for, and what is known of it."""
    filed = await filing.find(tx, int(ref))
    if filed is None or filed.state == filing.SHOWN:
        return None
    what = WALKERS if filed.event_id is not None else filed.kind
    return Wanted(filed.file_id, (what, formats.day_of(now)))


def read(desk: EventsDesk, content: bytes, about: tuple[str, date]) -> EventFile | WalkerFile:
    """Its lines, in a thread. What reads workbooks loads when somebody sends the first one."""
    kind, today = about
    if kind == WALKERS:
        walkers: WalkerFile = _on_demand("walkers").read(content, walker_headings(desk.catalogs))
        return walkers
    words = _on_demand("vocabulary").vocabulary(
        desk, today=today, kind=Kind(kind) if kind else None
    )
    found: EventFile = _on_demand("reading").read(content, words)
    return found


async def take(
    desk: EventsDesk, tx: Tx, ref: str, found: EventFile | WalkerFile | Refused, now: datetime
) -> None:
    """It was read, or could not be."""
    filed = await filing.find(tx, int(ref))
    if filed is not None and filed.state != filing.SHOWN:
        await filed_files.take(desk, tx, filed, found, now=now)


def _on_demand(module: str) -> Any:
    return importlib.import_module(f"bot.events.importing.{module}")
