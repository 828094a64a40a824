"""Who fits what, and why: hard needs, a score, and reasons as values. Pure.

Nationality, sex and health are unknown here, and age only as what an assignment needs at least:
what an input does not hold cannot raise or lower anybody's score.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from bot.infodesk.directory.towns import kilometres

DUTCH: Final = "nl"
PARTS: Final = 3  # of a day: morning, afternoon, evening
_NOON, _EVENING, _NIGHT_ENDS = 12, 18, 6

# How much each thing weighs; a whole hundred.
_DISTANCE: Final = 30.0
_AVAILABILITY: Final = 25.0
_SECTOR: Final = 12.0
_LANGUAGES: Final = 10.0
_TALENTS: Final = 10.0
_KIND: Final = 8.0
MOST_OF_LOAD: Final = 5.0

_UNKNOWN = 0.5  # somebody has not said it: neither good nor bad
_FAR = 0.3  # of a place that nobody knows
_JUST_ENOUGH = 0.75  # speaks it as well as needed, and no better
_BEST = 3  # level of a language

# At which distance half of the points are left, by how somebody travels.
_REACH: Final = {"foot": 3.0, "bike": 8.0, "public": 20.0, "car": 30.0}
_USUAL_REACH = 15.0
NEAR_KM: Final = 25  # what is called near in the reasons


class Obstacle(StrEnum):
    """A hard need that is not met."""

    LICENCE = "licence"
    AGE = "age"
    LANGUAGE = "language"
    CONFLICT = "conflict"


class Why(StrEnum):
    """What speaks for two that fit; NOT_FREE and FAR are said so that nobody is surprised."""

    NO_DUTCH = "no_dutch"
    SPEAKS = "speaks"
    FREE = "free"
    NOT_FREE = "not_free"
    NEAR = "near"
    FAR = "far"
    SECTOR = "sector"
    TALENT = "talent"
    KIND = "kind"
    NEW = "new"


class Spot(NamedTuple):
    """Where something is (WGS 84 degrees)."""

    latitude: float
    longitude: float


class Reason(NamedTuple):
    """One reason; `what` holds codes of languages, a sector, talents, a kind or kilometres."""

    why: Why
    what: tuple[str, ...] = ()


class Span(NamedTuple):
    """A time at which somebody is somewhere else."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """A volunteer, as far as it may count.

    reach         so many kilometres are still easy
    max_km        further than that is said to be far; None: not said
    availability  bit = weekday * 3 + part of the day; 0: not said
    languages     code -> level 1, 2 or 3
    wishes        kinds of volunteering; empty: not said
    is_adult      False: 16 or 17; None: not said
    """

    id: int
    spot: Spot | None = None
    reach: float = _USUAL_REACH
    max_km: int | None = None
    availability: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    sectors: frozenset[str] = frozenset()
    talents: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    has_licence: bool = False
    is_adult: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What an assignment asks; `availability` only where it has no shifts."""

    id: int
    kind: str
    sector: str
    spot: Spot | None = None
    languages: Mapping[str, int] = field(default_factory=dict)
    talents: frozenset[str] = frozenset()
    availability: int = 0
    needs_licence: bool = False
    least_age: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An assignment at a time; without `event` one that lasts, and is begun in agreement."""

    need: Need
    event: int | None = None
    spot: Spot | None = None
    parts: int = 0
    span: Span | None = None

    @property
    def key(self) -> tuple[int, int]:
        """By what ties are broken."""
        return self.need.id, self.event or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One volunteer and one opening that fit. `is_full`: only the waitlist is left."""

    seeker: int
    opening: Opening
    score: float
    km: float | None = None
    reasons: tuple[Reason, ...] = ()
    is_full: bool = False

    @property
    def rank(self) -> tuple[bool, float, int, tuple[int, int]]:
        """Best first; whoever has as many points comes by number."""
        return self.is_full, -self.score, self.seeker, self.opening.key


def obstacle(seeker: Seeker, opening: Opening, busy: Sequence[Span] = ()) -> Obstacle | None:
    """The hard need that is not met; None: nothing stands in the way."""
    need = opening.need
    if need.needs_licence and not seeker.has_licence:
        return Obstacle.LICENCE
    # Who has not said it was not asked for more than sixteen when they enrolled.
    if need.least_age > 16 and not seeker.is_adult:
        return Obstacle.AGE
    for code, level in need.languages.items():
        if seeker.languages.get(code, 0) < level:
            return Obstacle.LANGUAGE
    if busy and opening.span is not None and any(_overlap(opening.span, one) for one in busy):
        return Obstacle.CONFLICT
    return None


def score(seeker: Seeker, opening: Opening, *, km: float | None, load: int = 0) -> float:
    """Between 0 and 100. `km`: how far (None: not known); `load`: shifts lately and soon."""
    return without_load(seeker, opening, km) + of_load(load)


def without_load(seeker: Seeker, opening: Opening, km: float | None) -> float:
    """The points that do not depend on what somebody did so far. Runs ten thousand times a tap,
    so it is written in one piece."""
    need = opening.need
    points = _DISTANCE * (_FAR if km is None else seeker.reach / (seeker.reach + km))
    free, parts = seeker.availability, opening.parts
    if free and parts:
        points += _AVAILABILITY * (free & parts).bit_count() / parts.bit_count()
    else:
        points += _AVAILABILITY * _UNKNOWN
    if seeker.sectors:
        points += _SECTOR if need.sector in seeker.sectors else 0.0
    else:
        points += _SECTOR * _UNKNOWN
    if seeker.wishes:
        points += _KIND if need.kind in seeker.wishes else 0.0
    else:
        points += _KIND * _UNKNOWN
    if need.talents:
        points += _TALENTS * len(need.talents & seeker.talents) / len(need.talents)
    else:
        points += _TALENTS * _UNKNOWN
    return points + _LANGUAGES * (_comfort(seeker, need) if need.languages else 1.0)


def of_load(load: int) -> float:
    """The points of somebody who had few shifts so far: at most `MOST_OF_LOAD`."""
    return MOST_OF_LOAD / (1 + load)


def reach_of(max_km: int | None, mobility: str | None) -> float:
    """At how many kilometres half of the points for distance are left."""
    return max_km / 2 if max_km else _REACH.get(mobility or "", _USUAL_REACH)


def reasons(
    seeker: Seeker, opening: Opening, *, km: float | None, load: int | None = None
) -> tuple[Reason, ...]:
    """What speaks for it, most telling first. `load` is only given where it may be said."""
    need, found = opening.need, []
    if need.languages:
        found.append(Reason(Why.SPEAKS, tuple(sorted(need.languages))))
    if DUTCH not in need.languages:
        found.append(Reason(Why.NO_DUTCH))
    if (when := _when(seeker, opening)) is not None:
        found.append(Reason(when))
    found += _wishes(seeker, need)
    if km is not None:
        is_far = km > (seeker.max_km or NEAR_KM)
        found.append(Reason(Why.FAR if is_far else Why.NEAR, (str(round(km)),)))
    if load == 0:
        found.append(Reason(Why.NEW))
    return tuple(found)


def explained(seeker: Seeker, fit: Match) -> Match:
    """With what speaks for it."""
    return replace(fit, reasons=reasons(seeker, fit.opening, km=fit.km))


def distance(one: Spot | None, other: Spot | None) -> float | None:
    """Kilometres as the crow flies; None where one of the places is not known."""
    return None if one is None or other is None else kilometres(one, other)


def parts_of(starts: datetime, ends: datetime) -> int:
    """The parts of the week that somebody must be free for, by the clock on the wall: each of
    which it takes an hour, and the one in which it begins. After midnight is still that evening."""
    parts, at = 0, starts
    while at < ends:
        day = at - timedelta(days=1) if at.hour < _NIGHT_ENDS else at
        parts |= 1 << (day.weekday() * PARTS + _part(at.hour))
        at += timedelta(hours=1)
    return parts


def _part(hour: int) -> int:
    if _NIGHT_ENDS <= hour < _NOON:
        return 0
    return 1 if _NOON <= hour < _EVENING else 2


def _comfort(seeker: Seeker, need: Need) -> float:
    levels = [(seeker.languages[code], level) for code, level in need.languages.items()]
    good = sum(1.0 if has > level or has == _BEST else _JUST_ENOUGH for has, level in levels)
    return good / len(levels)


def _wishes(seeker: Seeker, need: Need) -> Iterator[Reason]:
    if talents := need.talents & seeker.talents:
        yield Reason(Why.TALENT, tuple(sorted(talents)))
    if need.sector in seeker.sectors:
        yield Reason(Why.SECTOR, (need.sector,))
    if need.kind in seeker.wishes:
        yield Reason(Why.KIND, (need.kind,))


def _when(seeker: Seeker, opening: Opening) -> Why | None:
    if not seeker.availability or not opening.parts:
        return None
    is_free = seeker.availability & opening.parts == opening.parts
    return Why.FREE if is_free else Why.NOT_FREE


def _overlap(one: Span, other: Span) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
