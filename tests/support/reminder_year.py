"""A year of reminders under a clock that is moved by hand: events, a walk in teams, people who come
late, give back, block the bot or want fewer; events that move or are off; two bots on one database,
killed in the middle of their work, and away for hours or days.

What must have come of it is worked out here a second time, from what happened alone.
"""

import asyncio
import heapq
import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select, update

from bot.delivery.messages import LANES
from bot.errors import Refused
from bot.events import jobs
from bot.events.desk import EventsDesk
from bot.events.domain import TALK, Draft, EventId, Kind, ParticipantId
from bot.events.service import listing, participants, places, planning, teams
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people.tables import people as people_
from bot.schedule import due
from bot.schedule.tables import due as due_
from bot.schedule.tables import reminders as fates_
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.event_makers import a_desk

BRUSSELS = ZoneInfo("Europe/Brussels")
BEGINS = datetime(2026, 1, 2, 8, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
BEFORE = {"days": 3 * DAY, "day": DAY, "hours": 2 * HOUR}
USUAL = tuple(BEFORE)
OF_KIND = {TALK: ("day", "hours"), Kind.LEGAL: ("day", "hours")}
_FIRST_TELEGRAM_ID = 8_000_000_000

# The nights on which the clock is changed: 02:30 does not exist, and exists twice.
_SPECIAL = [
    (date(2026, month, day), at)
    for month, day in ((3, 29), (10, 25))
    for at in (time(2, 30), time(9), time(14), time(23, 15))
]


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much happens."""

    events: int = 600
    places: int = 15  # at most, of one event
    walkers: int = 3442
    teams: int = 528
    people: int = 1500  # besides the walkers
    crashes: float = 0.2  # of the moments at which something is due
    outages: float = 0.01


SMALL = Size(events=36, places=4, walkers=30, teams=5, people=40, crashes=0.3, outages=0.08)

TINY = replace(SMALL, events=10, walkers=10, teams=2, people=12, outages=0.15)


class Version(NamedTuple):
    """A place at an event while it begins at one moment: since when, and what happened then."""

    starts: datetime
    since: datetime
    is_move: bool


@dataclass
class Held:
    """A place as it really is. until: it was given back, or the event is off."""

    person: int
    kind: str
    versions: list[Version]
    until: datetime | None = None


@dataclass
class Meeting:
    """An event as it really is."""

    id: EventId
    starts: datetime
    kind: str
    places: list[int] = field(default_factory=list)
    is_off: bool = False


class Killed(BaseException):
    """The power is gone."""


@dataclass
class Found:
    """What came of the year: reminders by fate, and what was wrong."""

    fates: Counter[str]
    wrong: list[str]
    accidents: int
    outages: int


class Year:
    """Two bots on one database, and what happens to them."""

    def __init__(
        self, bots: Sequence[Database], catalogs: Catalogs, *, seed: int, size: Size = SMALL
    ) -> None:
        self.bots, self.size = bots, size
        self.desk: EventsDesk = a_desk(catalogs)
        self.random = random.Random(seed)
        self.now = BEGINS
        self.agenda: list[tuple[datetime, int, Callable[[], Awaitable[None]]]] = []
        self.meetings: list[Meeting] = []
        self.held: dict[int, Held] = {}
        self.wishes: dict[int, list[tuple[datetime, tuple[str, ...] | None]]] = {}
        self.blocked: dict[int, list[tuple[datetime, bool]]] = {}
        self.runs: list[datetime] = []  # at which everything that was due was done
        self.accidents = self.outages = 0
        self._count = 0

    @property
    def database(self) -> Database:
        """The one that both use."""
        return self.bots[0]

    async def passes(self) -> Found:
        """The whole year."""
        await self._make_people()
        self._plan_events()
        while (at := await self._next()) is not None:
            self.now = max(self.now, at)
            while self.agenda and self.agenda[0][0] <= self.now:
                await heapq.heappop(self.agenda)[2]()
            await self._look()
        return await Check(self).found()

    def happens(self, at: datetime, what: Callable[[], Awaitable[None]]) -> None:
        """Have it happen then."""
        self._count += 1
        heapq.heappush(self.agenda, (at, self._count, what))

    # The bots.

    async def _next(self) -> datetime | None:
        async with self.database.reading() as tx:
            planned = await tx.scalar(select(func.min(due_.c.due_at)))
        moments = [self.agenda[0][0]] if self.agenda else []
        if planned is not None:
            moments.append(planned.replace(tzinfo=UTC) if planned.tzinfo is None else planned)
        return min(moments, default=None)

    async def _look(self) -> None:
        """Both bots do what is due, until they have done so without an accident."""
        if self._chance(self.size.outages):
            self.outages += 1
            self.now += timedelta(minutes=self.random.choice((50, 200, 600, 1500, 3000, 6000)))
            return
        while not await self._run():
            self.accidents += 1
            later = self._chance(0.1)
            self.now += timedelta(minutes=self.random.choice((90, 700)) if later else 1)
        self.runs.append(self.now)

    async def _run(self) -> bool:
        """False: one of them broke or was killed on the way."""
        is_whole = True
        while is_whole:
            kinds = self._kinds()
            done = await asyncio.gather(
                *(due.run(bot, kinds, now=self.now) for bot in self.bots), return_exceptions=True
            )
            is_whole = not self._broke and all(isinstance(one, int) for one in done)
            if not any(done):
                break
        return is_whole

    def _kinds(self) -> Mapping[str, due.DueHandler]:
        self._broke = False
        kinds = jobs.due_kinds(self.desk)
        if not self._chance(self.size.crashes):
            return kinds
        after = self.random.choice((1, 1, 2, 5, 20, 80))
        accident = Accident(self, after, kills=self._chance(0.5))
        return {name: partial(accident.hear, kind) for name, kind in kinds.items()}

    def broke(self) -> None:
        """An accident happened."""
        self._broke = True

    # What people do.

    async def _make_people(self) -> None:
        count = self.size.people + self.size.walkers
        rows = [
            {
                "telegram_id": _FIRST_TELEGRAM_ID + n,
                "first_name": f"Person {n}",
                "language": self.random.choice(("nl", "en", "uk", "fa_AF", "ps")),
                "created_at": BEGINS,
                "seen_at": BEGINS,
            }
            for n in range(count)
        ]
        async with self.database.writing() as tx:
            for first in range(0, count, 500):
                await tx.execute(insert(people_), rows[first : first + 500])
            ids = [row["id"] for row in await tx.all(select(people_.c.id).order_by(people_.c.id))]
        self.people, self.walkers = ids[: self.size.people], ids[self.size.people :]
        for person in self.random.sample(ids, count // 10):
            self.happens(self._some_day(), partial(self._wish, person))
        for person in self.random.sample(ids, count // 30):
            self.happens(self._some_day(), partial(self._block, person))

    def _plan_events(self) -> None:
        moments = [datetime.combine(day, at, BRUSSELS).astimezone(UTC) for day, at in _SPECIAL]
        while len(moments) < self.size.events - 1:
            day = self._some_day() + 25 * DAY
            quarter = timedelta(minutes=15 * self.random.randrange(24 * 4))
            moments.append(day.replace(hour=0, minute=0) + quarter)
        kinds = (*Kind, "shift", "shift", TALK)
        for starts in moments:
            kind, opens = self.random.choice(kinds), self._days_before(starts, 1, 24)
            chosen = self.random.sample(self.people, self.random.randint(1, self.size.places))
            self.happens(opens, partial(self._begin, starts, str(kind), chosen))
        walk = datetime(2026, 9, 26, 8, tzinfo=UTC)
        self.happens(walk - 20 * DAY, partial(self._walk, walk))

    async def _begin(self, starts: datetime, kind: str, chosen: Sequence[int]) -> None:
        """An event is planned; most sign up soon, some later, some leave again."""
        meeting = await self._create(starts, kind)
        soon = [one for one in chosen if self._chance(0.7)]
        await self._take(meeting, soon)
        for person in chosen:
            if person not in soon:
                at = self._between(self.now, starts)
                self.happens(at, partial(self._take, meeting, [person]))
        for what, share in ((self._move, 0.25), (self._cancel, 0.1)):
            if self._chance(share):
                self.happens(self._between(self.now, starts), partial(what, meeting))
        for place in meeting.places:
            if self._chance(0.08):
                self.happens(self._between(self.now, starts), partial(self._leave, place, meeting))

    async def _walk(self, starts: datetime) -> None:
        """Walkers come in teams, a few teams a day: a captain, and who follows the invitation."""
        meeting = await self._create(starts, Kind.WALK)
        rest, sizes = list(self.walkers), self._team_sizes()
        for size in sizes:
            team, rest = rest[:size], rest[size:]
            at = self._between(self.now, starts - 4 * DAY)
            self.happens(at, partial(self._make_team, meeting, team))

    async def _make_team(self, meeting: Meeting, walkers: Sequence[int]) -> None:
        async with self.database.writing() as tx:
            ids = [await participants.of_person(tx, one, now=self.now) for one in walkers]
            made = await teams.create(
                tx, ids[0], meeting.id, f"Team {walkers[0]}", size=len(ids), now=self.now
            )
            self._holds(meeting, walkers[0], made.place.id)
            for person, mine in zip(walkers[1:], ids[1:], strict=True):
                joined = await teams.join(tx, mine, made.team.token or "", now=self.now)
                self._holds(meeting, person, joined.place.id)

    def _holds(self, meeting: Meeting, person: int, place: int) -> None:
        version = Version(meeting.starts, self.now, is_move=False)
        self.held[place] = Held(person, meeting.kind, [version])
        meeting.places.append(place)

    def _team_sizes(self) -> list[int]:
        sizes = [1] * self.size.teams
        for _ in range(self.size.walkers - self.size.teams):
            sizes[self.random.randrange(self.size.teams)] += 1
        return sizes

    async def _create(self, starts: datetime, kind: str) -> Meeting:
        draft = Draft(
            kind=kind, titles={"nl": "Samen"}, starts_at=starts, ends_at=starts + 2 * HOUR
        )
        async with self.database.writing() as tx:
            meeting = Meeting(await planning.create(tx, draft, now=self.now), starts, kind)
        self.meetings.append(meeting)
        return meeting

    async def _take(self, meeting: Meeting, persons: Sequence[int]) -> None:
        async with self.database.writing() as tx:
            for person in persons:
                await self._take_one(tx, meeting, person)

    async def _take_one(self, tx: Tx, meeting: Meeting, person: int) -> None:
        mine = await participants.of_person(tx, person, now=self.now)
        try:
            held = await places.claim(tx, mine, meeting.id, now=self.now)
        except Refused:  # it moved, it is off, or they have something else then
            return
        self._holds(meeting, person, held.place.id)

    async def _leave(self, place: int, meeting: Meeting) -> None:
        one = self.held[place]
        async with self.database.writing() as tx:
            mine = await participants.known(tx, one.person)
            try:
                await places.give_back(tx, ParticipantId(mine or 0), meeting.id, now=self.now)
            except Refused:
                return
        one.until = self.now

    async def _move(self, meeting: Meeting) -> None:
        starts = meeting.starts + self.random.choice((-50 * HOUR, -30 * HOUR, 3 * HOUR, 6 * DAY))
        if meeting.is_off or meeting.starts <= self.now or starts <= self.now:
            return
        async with self.database.writing() as tx:
            draft = (await listing.get(tx, meeting.id)).draft
            moved = replace(draft, starts_at=starts, ends_at=starts + 2 * HOUR)
            await planning.change(tx, meeting.id, moved, now=self.now)
        meeting.starts = starts
        for place in meeting.places:
            self.held[place].versions.append(Version(starts, self.now, is_move=True))

    async def _cancel(self, meeting: Meeting) -> None:
        if meeting.is_off or meeting.starts <= self.now:
            return
        async with self.database.writing() as tx:
            await planning.cancel(tx, meeting.id, now=self.now)
        meeting.is_off = True
        for place in meeting.places:
            self.held[place].until = self.held[place].until or self.now

    async def _wish(self, person: int) -> None:
        wish = self.random.choice((("day",), ("days", "hours"), (), USUAL, None))
        async with self.database.writing() as tx:
            known = await people.find_person(tx, person)
            assert known is not None
            await people.choose_reminders(tx, known, wish)
        self.wishes.setdefault(person, []).append((self.now, wish))

    async def _block(self, person: int) -> None:
        async with self.database.writing() as tx:
            own = people_.c.id == person
            await tx.execute(update(people_).where(own).values(state="blocked"))
        self.blocked.setdefault(person, []).append((self.now, True))

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _some_day(self) -> datetime:
        return BEGINS + timedelta(minutes=self.random.randrange(335 * 24 * 60))

    def _days_before(self, moment: datetime, least: int, most: int) -> datetime:
        return max(BEGINS, moment - timedelta(hours=self.random.randint(least * 24, most * 24)))

    def _between(self, first: datetime, last: datetime) -> datetime:
        return first + (last - first) * self.random.random()


@dataclass
class Accident:
    """After so many things that were due: an error, or the end of the program; what was written in
    that moment is undone."""

    year: Year
    after: int
    kills: bool

    async def hear(self, kind: due.DueHandler, tx: Tx, ref: str, *, now: datetime) -> None:
        """Do it, and perhaps break before it is committed."""
        await kind(tx, ref, now=now)
        self.after -= 1
        if self.after == 0:
            self.year.broke()
            raise Killed if self.kills else RuntimeError("something broke")


class Check:
    """What must have come of the year, and what did."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.wrong: list[str] = []

    async def found(self) -> Found:
        """Every reminder once or explained, none at night, none of what is off."""
        async with self.year.database.reading() as tx:
            rows = {row["key"]: row for row in await tx.all(select(fates_))}
            posts = await tx.raw(
                "SELECT key, due_at, expires_at FROM outbox WHERE lane = ? AND key LIKE 'remind:%'",
                LANES["reminder"],
            )
        self._check_posts(rows, posts)
        possible = set()
        for place, held in self.year.held.items():
            for version, until in _spans(held):
                for name, at in moments(version.starts).items():
                    key = f"remind:{place}:{name}:{int(version.starts.timestamp())}"
                    possible.add(key)
                    self._check(key, held, version, until, (name, at), rows.get(key))
        self.wrong += [f"{key}: nobody asked for it" for key in rows.keys() - possible]
        return Found(
            Counter(row["fate"] for row in rows.values()),
            self.wrong,
            self.year.accidents,
            self.year.outages,
        )

    def _check_posts(self, rows: Mapping[str, Any], posts: Sequence[Any]) -> None:
        said = Counter(key for key, _, _ in posts)
        wanted = {key for key, row in rows.items() if row["fate"] in ("sent", "late")}
        self.wrong += [f"{key}: sent {n} times" for key, n in said.items() if n != 1]
        self.wrong += [f"{key}: not posted" for key in wanted - said.keys()]
        self.wrong += [f"{key}: posted and not written down" for key in said.keys() - wanted]
        for key, at, expires in posts:
            if is_quiet(_moment(at)) or is_quiet(_moment(expires) - MINUTE):
                self.wrong.append(f"{key}: may ring at night")

    def _check(
        self,
        key: str,
        held: Held,
        version: Version,
        until: datetime,
        one: tuple[str, datetime],
        row: Any,
    ) -> None:
        if row is None:
            if self._is_required(held, version, until, one):
                self.wrong.append(f"{key}: missing")
            return
        if not version.since <= row["at"] < until:
            self.wrong.append(f"{key}: came before or after there was a place")
        fault = self._fault(held, version.starts, one, row)
        if fault:
            self.wrong.append(f"{key}: {fault}")

    def _is_required(
        self, held: Held, version: Version, until: datetime, one: tuple[str, datetime]
    ) -> bool:
        """Was there a place when it was due and still when the bots came to look, and did the
        person want it all the time?"""
        name, at = one
        told = version.since
        if version.is_move:
            told = self._first_run(version.since + 2 * MINUTE) or until
        looked = self._looked(at)
        if at <= told or looked is None or looked >= until:
            return False
        wishes = self.year.wishes.get(held.person, [])
        if any(at < changed <= looked for changed, _ in wishes):
            return False
        return name in _wanted(wishes, held.kind, at)

    def _looked(self, at: datetime) -> datetime | None:
        """When the bots had looked at what was due then, and it was day."""
        looked = self._first_run(at)
        if looked is not None and is_quiet(looked):
            looked = self._first_run(morning_after(looked))
        return looked

    def _first_run(self, at: datetime) -> datetime | None:
        place = bisect_left(self.year.runs, at)
        return self.year.runs[place] if place < len(self.year.runs) else None

    def _fault(
        self, held: Held, starts: datetime, one: tuple[str, datetime], row: Any
    ) -> str | None:
        """Is what became of it the only thing that could?"""
        name, at = one
        when, fate = row["at"], row["fate"]
        blocked = any(since <= when for since, _ in self.year.blocked.get(held.person, []))
        wishes = [] if blocked else self.year.wishes.get(held.person, [])  # nobody asks any more
        wanted = _wanted(wishes, held.kind, when)
        later = [
            after
            for other, after in moments(starts).items()
            if after > at and after <= when and other in wanted
        ]
        night = is_quiet(when)
        may_be = {
            "overtaken": bool(later),
            "over": not later and starts <= when,
            "night": not later and night and when < starts <= morning_after(when),
            "away": blocked and not later and not night and when < starts,
            "sent": not blocked and not later and not night and when - at <= HOUR,
            "late": not blocked and not later and not night and when - at > HOUR,
        }
        if not may_be[fate] or (fate in ("sent", "late") and when >= starts):
            return f"{fate} at {when}, due {at}, begins {starts}"
        if name not in wanted:
            return "nobody wanted it"
        looked = self._looked(at)
        if looked is not None and when > looked and fate != "overtaken":
            return f"{fate} at {when}, and the bots had looked at {looked}"
        return None


def _spans(held: Held) -> list[tuple[Version, datetime]]:
    """The versions of a place, and until when each was true."""
    end = held.until or datetime.max.replace(tzinfo=UTC)
    lasts = [*(one.since for one in held.versions[1:]), end]
    return [
        (one, min(last, end))
        for one, last in zip(held.versions, lasts, strict=True)
        if one.since < end
    ]


def _wanted(
    wishes: Sequence[tuple[datetime, tuple[str, ...] | None]], kind: str, at: datetime
) -> tuple[str, ...]:
    chosen = next((wish for since, wish in reversed(wishes) if since <= at), None)
    return OF_KIND.get(kind, USUAL) if chosen is None else chosen


def moments(starts: datetime) -> dict[str, datetime]:
    """When reminders come, by the clock on the wall; written a second time on purpose."""
    found = {}
    for name, before in BEFORE.items():
        if name == "hours":
            at = starts - before
        else:
            wall = starts.astimezone(BRUSSELS).replace(tzinfo=None) - before
            at = wall.replace(tzinfo=BRUSSELS).astimezone(UTC)
        local = at.astimezone(BRUSSELS)
        if local.hour < 8:
            local = datetime.combine(local.date() - DAY, time(20), BRUSSELS)
        elif local.hour >= 21:
            local = datetime.combine(local.date(), time(20), BRUSSELS)
        found[name] = local.astimezone(UTC)
    return found


def is_quiet(at: datetime) -> bool:
    """Do people sleep?"""
    return not 8 <= at.astimezone(BRUSSELS).hour < 21


def morning_after(at: datetime) -> datetime:
    """Eight o'clock after this night."""
    local = at.astimezone(BRUSSELS)
    day = local.date() + (DAY if local.hour >= 8 else timedelta())
    return datetime.combine(day, time(8), BRUSSELS).astimezone(UTC)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
