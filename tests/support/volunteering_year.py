"""A year of volunteering as rows: organisations, assignments, volunteers and what they did."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, select

from bot.events import tables as events
from bot.events.domain import TAKES_A_PLACE, Place
from bot.language.formats import BRUSSELS
from bot.people import tables as people
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain import SECTORS, Kind, State, Status
from tests.support.volunteering_makers import (
    GENT,
    LANGUAGES,
    NOW,
    PROJECTS,
    TOWNS,
    Spot,
    event_values,
    place_values,
    where_it_is,
)

_TITLES = {
    "festivals": "Music festival",
    "culture": "Help at the museum",
    "youth": "Playground",
    "care": "Coffee in the care home",
    "sport": "Running day",
    "education": "Reading together",
    "sociocultural": "Neighbourhood meal",
    "nature": "Planting trees",
    "other": "Sorting clothes",
}
_KINDS = (Kind.OCCASIONAL,) * 7 + (Kind.STRUCTURAL,) * 2 + (Kind.BUDDY, Kind.MENTOR, Kind.SPEAKER)
_TALENTS = ("cooking", "music", "building", "children", "computers")
_FIRST_TELEGRAM_ID = 7_000_000_000
_BATCH = 500

Rows = list[dict[str, Any]]


@dataclass
class Year:
    """Rows by table, in the order in which they can be written; ids begin at `first`.

    Everything that was (attendance, hours, placements) and what is planned after `now`. The same
    arguments give the same year.
    """

    seed: int
    volunteers: int
    organisations: int = 250
    assignments: int = 1000
    shifts_each: int = 5  # of an occasional assignment
    now: datetime = NOW
    ahead: timedelta = timedelta(days=42)
    first: int = 1
    rows: dict[Table, Rows] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._begins = datetime(self.now.year, 1, 2, 7, tzinfo=UTC)
        self._make_people()
        self._make_organisations()
        self._make_assignments()
        self._make_shifts()
        self._make_places()
        self._make_placements()
        self._make_trajectories()

    def of(self, table: Table) -> Rows:
        """The rows of one table."""
        return self.rows.setdefault(table, [])

    async def write(self, tx: Tx) -> None:
        """Write it all into an empty database."""
        for table, rows in self.rows.items():
            for start in range(0, len(rows), _BATCH):
                await tx.execute(table.insert(), rows[start : start + _BATCH])
            if not tx.is_sqlite and "id" in table.c and table is not tables.volunteers:
                await _count_on(tx, table)

    # Nine of ten have Telegram; the others were enrolled by a colleague.

    def _make_people(self) -> None:
        persons, known, files = (
            self.of(people.people),
            self.of(events.participants),
            self.of(tables.volunteers),
        )
        for id_ in range(self.first, self.first + self.volunteers):
            enrolled = self._moment_before(self.now)
            has_telegram = self._chance(0.9)
            if has_telegram:
                persons.append(self._a_person(id_, enrolled))
            name = None if has_telegram else f"Volunteer {id_}"
            person = id_ if has_telegram else None
            known.append({"id": id_, "person_id": person, "name": name, "created_at": enrolled})
            files.append(self._a_file(id_, enrolled, "telegram" if person else "coordinator"))

    def _a_person(self, id_: int, at: datetime) -> dict[str, Any]:
        return {
            "id": id_,
            "telegram_id": _FIRST_TELEGRAM_ID + id_,
            "first_name": f"Volunteer {id_}",
            "language": self._random.choice(LANGUAGES),
            "created_at": at,
            "seen_at": at,
        }

    def _a_file(self, id_: int, at: datetime, source: str) -> dict[str, Any]:
        pick, town = self._random, self._random.choice(TOWNS)
        state = pick.choices(
            (State.ACTIVE, State.ENROLLED, State.PAUSED, State.LEFT), (85, 8, 4, 3)
        )[0]
        return {
            "id": id_,
            "office": town.office,
            "project": pick.choice((*PROJECTS, "refu-interim")),
            "state": state,
            "source": source,
            "enrolled_at": at,
            "decided_at": None if state is State.ENROLLED else at + timedelta(days=2),
            "phone": None if source == "telegram" else "+32470000000",
            "postcode": town.postcode,
            "town": town.name,
            "latitude": town.latitude + pick.uniform(-0.03, 0.03),
            "longitude": town.longitude + pick.uniform(-0.03, 0.03),
            "languages": {
                code: pick.randint(1, 3) for code in pick.sample(LANGUAGES, pick.randint(1, 3))
            },
            "sectors": pick.sample(SECTORS, pick.randint(0, 3)),
            "talents": pick.sample(_TALENTS, pick.randint(0, 2)),
            "wishes": [pick.choice((Kind.OCCASIONAL, Kind.STRUCTURAL))],
            "availability": pick.getrandbits(21) | pick.getrandbits(21),
            "mobility": pick.choice(("foot", "bike", "public", "car")),
            "has_licence": self._chance(0.2),
            "brings_children": self._chance(0.1),
            "age_group": "16_17" if self._chance(0.04) else "adult",
            "left_at": self.now if state is State.LEFT else None,
            "seen_at": at,
        }

    def _make_organisations(self) -> None:
        for number in range(self.organisations):
            id_, town = self.first + number, self._random.choice(TOWNS)
            criteria = self._random.sample(("briefing", "guidance", "contact"), 2)
            self.of(tables.organisations).append(
                {
                    "id": id_,
                    "name": f"Organisation {id_}",
                    "sector": self._random.choice(SECTORS),
                    **where_it_is(town),
                    "criteria": criteria,
                    "created_at": self._begins,
                }
            )
            contact = {"id": id_, "organisation_id": id_, "name": f"Contact {id_}"}
            more = {"phone": "+3290000000", "mail": f"contact{id_}@example.org"}
            self.of(tables.organisation_contacts).append(
                contact | more | {"created_at": self._begins}
            )

    def _make_assignments(self) -> None:
        for number in range(self.assignments):
            self.of(tables.assignments).append(self._an_assignment(self.first + number))

    def _an_assignment(self, id_: int) -> dict[str, Any]:
        pick = self._random
        whose = pick.choice(self.of(tables.organisations))
        kind, counts = pick.choice(_KINDS), self._chance(0.4)
        starts_on = self._moment_before(self.now).date()
        return {
            "id": id_,
            "organisation_id": whose["id"],
            "contact_id": whose["id"],
            "project": pick.choice((*PROJECTS, "refu-interim")),
            "kind": kind,
            "sector": whose["sector"],
            "state": "open",
            "titles": {"nl": f"{_TITLES[whose['sector']]} {id_}"},
            "written_in": "nl",
            **{one: whose[one] for one in where_it_is(GENT)},
            "languages": {"nl": pick.randint(1, 2)} if self._chance(0.4) else {},
            "talents": [pick.choice(_TALENTS)] if self._chance(0.2) else [],
            "availability": 0 if kind is Kind.OCCASIONAL else 1 << pick.randrange(21),
            "needs_licence": self._chance(0.05),
            "needs_record_extract": self._chance(0.1),
            "least_age": 18 if self._chance(0.1) else 16,
            "counts_as_dutch": counts,
            "counts_as_social": counts,
            "wanted": 5,
            "starts_on": starts_on,
            "created_at": self._begins,
        }

    def _make_shifts(self) -> None:
        whole = (self.now + self.ahead - self._begins).days
        for assignment in self.of(tables.assignments):
            if assignment["kind"] is not Kind.OCCASIONAL:
                continue
            for _ in range(self.shifts_each):
                id_ = self.first + len(self.of(events.events))
                hour = self._random.randrange(11)
                day = timedelta(days=self._random.randrange(whole), hours=hour)
                self._make_shift(id_, assignment, self._begins + day)

    def _make_shift(self, id_: int, assignment: dict[str, Any], starts_at: datetime) -> None:
        where = ("office", "town", "postcode", "latitude", "longitude")
        at = Spot(*(assignment[one] for one in where))
        event = event_values(starts_at, self._random.choice((2, 3, 4, 6)), at, self._begins)
        more = {"capacity": self._random.choice((2, 4, 8, 20)), "titles": assignment["titles"]}
        self.of(events.events).append({"id": id_, **event, **more, "taken": 0})
        self.of(tables.shifts).append({"event_id": id_, "assignment_id": assignment["id"]})

    def _make_places(self) -> None:
        """Some volunteers come often, many never do; nobody is at two places at once."""
        active = [one for one in self.of(tables.volunteers) if one["state"] != State.ENROLLED]
        self._busy: dict[int, list[tuple[datetime, datetime]]] = {}
        assignment_of = {one["event_id"]: one["assignment_id"] for one in self.of(tables.shifts)}
        for event in self.of(events.events):
            wanted = self._random.randint(0, event["capacity"] + 1)
            for volunteer in self._random.sample(active, min(wanted, len(active))):
                if self._random.random() < (volunteer["id"] % 10) / 10:
                    self._make_place(event, volunteer, assignment_of[event["id"]])

    def _make_place(
        self, event: dict[str, Any], volunteer: dict[str, Any], assignment: int
    ) -> None:
        span = (event["starts_at"], event["ends_at"])
        taken = self._busy.setdefault(volunteer["id"], [])
        if volunteer["enrolled_at"] > span[0] or any(
            begin < span[1] and span[0] < end for begin, end in taken
        ):
            return
        taken.append(span)
        state = self._state_at(event)
        registrations = self.of(events.registrations)
        made = place_values(event["id"], volunteer["id"], state, self._begins)
        marked = {"marked_by": "link" if state in (Place.ATTENDED, Place.ABSENT) else ""}
        registrations.append({"id": self.first + len(registrations), **made, **marked})
        event["taken"] += state in TAKES_A_PLACE
        if state is Place.ATTENDED:
            self._make_hours(volunteer["id"], assignment, event)

    def _state_at(self, event: dict[str, Any]) -> Place:
        if event["taken"] >= event["capacity"]:
            return Place.GIVEN_BACK if event["ends_at"] < self.now else Place.WAITING
        if event["ends_at"] >= self.now:
            return Place.PLACED
        states = (Place.ATTENDED, Place.ABSENT, Place.GIVEN_BACK)
        return self._random.choices(states, (88, 4, 8))[0]

    def _make_hours(self, volunteer: int, assignment: int, event: dict[str, Any]) -> None:
        rows = self.of(tables.hours)
        length = event["ends_at"] - event["starts_at"]
        is_approved = self._chance(0.9)
        rows.append(
            {
                "id": self.first + len(rows),
                "volunteer_id": volunteer,
                "assignment_id": assignment,
                "event_id": event["id"],
                "worked_on": event["starts_at"].astimezone(BRUSSELS).date(),
                "minutes": int(length.total_seconds() // 60),
                "state": "approved" if is_approved else "derived",
                "approved_via": "link" if is_approved else None,
                "approved_at": event["ends_at"] if is_approved else None,
                "created_at": event["ends_at"],
                "changed_at": event["ends_at"],
            }
        )

    def _make_placements(self) -> None:
        lasting = [one for one in self.of(tables.assignments) if one["kind"] is not Kind.OCCASIONAL]
        for volunteer in self.of(tables.volunteers):
            if lasting and volunteer["state"] is State.ACTIVE and self._chance(0.15):
                self._make_placement(volunteer, self._random.choice(lasting))

    def _make_placement(self, volunteer: dict[str, Any], assignment: dict[str, Any]) -> None:
        rows, since = self.of(tables.placements), volunteer["enrolled_at"].date()
        state = self._random.choice(("proposed", "running", "running", "ended"))
        weekly = self._random.choice((60, 120, 180))
        until = min(since + timedelta(weeks=6), self.now.date()) if state == "ended" else None
        rows.append(
            {
                "id": self.first + len(rows),
                "assignment_id": assignment["id"],
                "volunteer_id": volunteer["id"],
                "state": state,
                "weekly_minutes": weekly,
                "since": None if state == "proposed" else since,
                "until": until,
                "created_at": volunteer["enrolled_at"],
            }
        )
        if state != "proposed":
            self._make_weeks(volunteer["id"], assignment["id"], weekly, (since, until))

    def _make_weeks(
        self, volunteer: int, assignment: int, minutes: int, span: tuple[date, date | None]
    ) -> None:
        rows, (since, until) = self.of(tables.hours), span
        monday = since + timedelta(days=-since.weekday() % 7)
        while monday + timedelta(days=7) <= (until or self.now.date()):
            at = datetime.combine(monday + timedelta(days=7), datetime.min.time(), UTC)
            rows.append(
                {
                    "id": self.first + len(rows),
                    "volunteer_id": volunteer,
                    "assignment_id": assignment,
                    "event_id": None,
                    "worked_on": monday,
                    "minutes": minutes,
                    "state": "approved",
                    "approved_via": "coordinator",
                    "approved_at": at,
                    "created_at": at,
                    "changed_at": at,
                }
            )
            monday += timedelta(days=7)

    def _make_trajectories(self) -> None:
        worked: Counter[int] = Counter()
        for one in self.of(tables.hours):
            worked[one["volunteer_id"]] += one["minutes"]
        rows = self.of(tables.trajectories)
        for volunteer in self.of(tables.volunteers):
            if not self._chance(0.3):
                continue
            id_, at = volunteer["id"], volunteer["enrolled_at"]
            is_done = worked[id_] >= 2400
            rest = self._random.choice([one for one in Status if one is not Status.COMPLETED])
            rows.append(
                {
                    "id": self.first + len(rows),
                    "volunteer_id": id_,
                    "status": Status.COMPLETED if is_done else rest,
                    "referrer": "VDAB",
                    "started_at": at,
                    "changed_at": self.now,
                    "completed_at": self.now if is_done else None,
                }
            )

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _moment_before(self, moment: datetime) -> datetime:
        whole = int((moment - self._begins).total_seconds() // 60)
        return self._begins + timedelta(minutes=self._random.randrange(whole))


async def _count_on(tx: Tx, table: Table) -> None:
    """PostgreSQL gives the next id from a sequence, which knows nothing of ids that were given."""
    last = await tx.scalar(select(func.max(table.c.id)))
    if last:
        await tx.execute(select(func.setval(f"{table.name}_id_seq", last)))
