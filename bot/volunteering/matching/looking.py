"""Both ways: the best openings for a volunteer, the best volunteers for an opening.

Ten thousand are looked through in slices, so that others are served meanwhile.
"""

import asyncio
import heapq
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple, TypeVar

from bot.volunteering.domain import Kind, matching
from bot.volunteering.domain.matching import Match, Need, Opening, Seeker, Span, Spot
from bot.volunteering.matching.index import Index

SLICE: Final = 500  # looked at before others have their turn

Thing = TypeVar("Thing")


class Looker(NamedTuple):
    """A volunteer who looks for something to do.

    busy      when they are somewhere else already
    answered  events to which they have a place, or said no
    placed    assignments at which they have a placement, or asked for one
    """

    seeker: Seeker
    busy: Sequence[Span] = ()
    answered: Container[int] = ()
    placed: Container[int] = ()


async def best_openings(
    index: Index, looker: Looker, *, now: datetime, today: date, limit: int
) -> list[Match]:
    """What fits a volunteer, best first: of each assignment the shift that fits best."""
    found: list[Match] = []
    distances: dict[Spot | None, float | None] = {}
    for batch in _slices(list(index.needs.values())):
        for need, ends_on in batch:
            if ends_on is None or ends_on >= today:
                fit = _best_of(index, looker, need, now, distances)
                if fit is not None:
                    found.append(fit)
        await asyncio.sleep(0)
    best = heapq.nsmallest(limit, found, key=lambda one: one.rank)
    return [matching.explained(looker.seeker, one) for one in best]


def _best_of(
    index: Index,
    looker: Looker,
    need: Need,
    now: datetime,
    distances: dict[Spot | None, float | None],
) -> Match | None:
    """The best of the shifts of one assignment; None where none fits."""
    seeker = looker.seeker
    if need.kind != Kind.OCCASIONAL:
        if need.id in looker.placed:
            return None
        lasting = Opening(need=need, spot=need.spot, parts=need.availability)
        return _match(seeker, lasting, distances)
    best: Match | None = None
    for opening, shift in index.shifts_of(need.id):
        if shift.span.starts_at <= now or shift.event in looker.answered:
            continue
        if not (shift.has_room or shift.has_waitlist):
            continue
        is_full = not shift.has_room
        fit = _match(seeker, opening, distances, busy=looker.busy, is_full=is_full)
        if fit is not None and (best is None or fit.rank < best.rank):
            best = fit
    return best


def _match(
    seeker: Seeker,
    opening: Opening,
    distances: dict[Spot | None, float | None],
    *,
    busy: Sequence[Span] = (),
    is_full: bool = False,
) -> Match | None:
    if matching.obstacle(seeker, opening, busy) is not None:
        return None
    if opening.spot not in distances:
        distances[opening.spot] = matching.distance(seeker.spot, opening.spot)
    km = distances[opening.spot]
    points = matching.score(seeker, opening, km=km)
    return Match(seeker=seeker.id, opening=opening, score=points, km=km, is_full=is_full)


class Near(NamedTuple):
    """Somebody who may be among the best, before it is known how much they did so far."""

    points: float
    seeker: Seeker
    km: float | None


async def near_the_best(
    index: Index, opening: Opening, *, without: Collection[int], limit: int
) -> list[Near]:
    """Everybody whom few shifts so far could bring among the best `limit`.

    `without`: who is busy then, or has answered already.
    """
    found: list[Near] = []
    distances: dict[Spot | None, float | None] = {None: None}
    for batch in _slices(list(index.seekers.values())):
        found += _scored(batch, opening, without, distances)
        await asyncio.sleep(0)
    if len(found) <= limit:
        return found
    least = heapq.nlargest(limit, (one.points for one in found))[-1] - matching.MOST_OF_LOAD
    return [one for one in found if one.points >= least]


def best_of(
    found: Iterable[Near], opening: Opening, *, loads: Mapping[int, int], limit: int
) -> list[Match]:
    """The best of them, with reasons; whoever had fewer shifts lately comes first."""

    def rank(one: Near) -> tuple[float, int]:
        points = one.points + matching.of_load(loads.get(one.seeker.id, 0))
        return -points, one.seeker.id

    return [_candidate(one, opening, loads) for one in heapq.nsmallest(limit, found, key=rank)]


async def best_seekers(
    index: Index,
    opening: Opening,
    *,
    loads: Mapping[int, int],
    without: Collection[int],
    limit: int,
) -> list[Match]:
    """Both steps, where it is known already how much everybody did."""
    found = await near_the_best(index, opening, without=without, limit=limit)
    return best_of(found, opening, loads=loads, limit=limit)


def _scored(
    batch: Iterable[Seeker],
    opening: Opening,
    without: Collection[int],
    distances: dict[Spot | None, float | None],
) -> Iterator[Near]:
    obstacle, points, there = matching.obstacle, matching.without_load, opening.spot
    for seeker in batch:
        if obstacle(seeker, opening) is not None or seeker.id in without:
            continue
        spot = seeker.spot
        try:
            km = distances[spot]
        except KeyError:
            km = distances[spot] = matching.distance(spot, there)
        yield Near(points(seeker, opening, km), seeker, km)


def _candidate(one: Near, opening: Opening, loads: Mapping[int, int]) -> Match:
    load = loads.get(one.seeker.id, 0)
    why = matching.reasons(one.seeker, opening, km=one.km, load=load)
    points = one.points + matching.of_load(load)
    return Match(seeker=one.seeker.id, opening=opening, score=points, km=one.km, reasons=why)


def _slices(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    for start in range(0, len(things), SLICE):
        yield things[start : start + SLICE]
