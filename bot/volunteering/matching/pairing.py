"""The volunteers who fit somebody who would like a buddy: scored and explained as for a shift."""

import asyncio
import heapq
from collections.abc import Collection, Container, Mapping

from bot.volunteering.domain import matching
from bot.volunteering.domain.matching import Match, Need
from bot.volunteering.domain.partners import Partner, meeting
from bot.volunteering.matching.index import Index
from bot.volunteering.matching.looking import SLICE


async def best_for(
    index: Index,
    need: Need,
    partner: Partner,
    *,
    loads: Mapping[int, int],
    without: Collection[int],
    only: Container[int] | None = None,
    limit: int,
) -> list[Match]:
    """Best first; whoever has fewer places already comes first.

    without  who is not asked
    only     who may be asked; None: everybody else
    """
    found: list[Match] = []
    seekers = list(index.seekers.values())
    for start in range(0, len(seekers), SLICE):
        for seeker in seekers[start : start + SLICE]:
            if seeker.id in without or (only is not None and seeker.id not in only):
                continue
            opening = meeting(need, partner, seeker)
            if opening is None or matching.obstacle(seeker, opening) is not None:
                continue
            km = matching.distance(seeker.spot, opening.spot)
            points = matching.score(seeker, opening, km=km, load=loads.get(seeker.id, 0))
            found.append(Match(seeker=seeker.id, opening=opening, score=points, km=km))
        await asyncio.sleep(0)
    best = heapq.nsmallest(limit, found, key=lambda one: one.rank)
    return [matching.explained(index.seekers[one.seeker], one) for one in best]
