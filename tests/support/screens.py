"""Somebody taps every button that they find: a volunteer, a contact person and a coordinator in a
year of volunteering. What a tap writes is undone."""

import time
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, insert, select, update

from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms, routes
from bot.dialog.routes import Routes
from bot.dialog.speaking import speaks
from bot.errors import Refused
from bot.events import chat as events_chat
from bot.events import tables as events
from bot.people.domain import Person, Role
from bot.reports import chat as reports_chat
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import chat, staff_chat, tables
from bot.volunteering.domain.enrolling import VERSIONS
from tests.support import event_makers, organisation_makers, shipped
from tests.support.people_makers import a_sender, tapped
from tests.support.report_makers import a_desk as a_reports_desk
from tests.support.volunteering_makers import NOW

EACH = 5  # of one kind of button, by one person
KAREN, ELS = 9_000_000_001, 9_000_000_002

Starts = Mapping[str, tuple[Person, tuple[str, ...]]]


@dataclass
class Spent:
    """What taps on one kind of button took."""

    seconds: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    worst: str = ""

    def add(self, seconds: float, statements: int, data: str) -> None:
        """One more tap."""
        if not self.seconds or seconds > max(self.seconds):
            self.worst = data
        self.seconds.append(seconds)
        self.statements.append(statements)


class TimedTx(Tx):
    """Adds up how long the database worked."""

    seconds = 0.0

    async def execute(self, statement: Any, values: Any = None) -> Any:
        """As `Tx` does."""
        began = time.perf_counter()
        try:
            return await super().execute(statement, values)
        finally:
            self.seconds += time.perf_counter() - began

    async def _drive(self, sql: str, values: Any) -> list[Any]:
        began = time.perf_counter()
        try:
            return await super()._drive(sql, values)
        finally:
            self.seconds += time.perf_counter() - began


async def crawl(
    database: Database, answers: Routes, starts: Starts, *, each: int = EACH, times: int = 1
) -> dict[str, Spent]:
    """Tap whatever is found, from the first screens of each person; of several times the fastest
    counts, since a busy machine makes every other one longer."""
    found: dict[str, Spent] = defaultdict(Spent)
    for person, first in starts.values():
        waiting, seen, counts = deque(first), set(first), defaultdict[str, int](int)
        while waiting:
            data = waiting.popleft()
            name = data.partition(":")[0]
            if name not in answers.actions or counts[name] >= each:
                continue
            counts[name] += 1
            tried = [await _tap(database, answers, person, data) for _ in range(times)]
            seconds, statements, shown = min(tried, key=lambda one: one[0])
            found[name].add(seconds, statements, data)
            for more in shown:
                if more not in seen:
                    seen.add(more)
                    waiting.append(more)
    return found


async def _tap(
    database: Database, answers: Routes, person: Person, data: str
) -> tuple[float, int, list[str]]:
    """Seconds of the database, statements, and the buttons that are shown."""
    tap = tapped(data, sender=a_sender(person.telegram_id), at=NOW)
    async with database.reading() as plain:
        tx = TimedTx(plain.connection, plain._driver)
        catalogs = shipped.files().catalogs
        try:
            with speaks(catalogs.words(person.language), catalogs):
                shown = await answers.actions[tap.action](tx, person, tap)
        except Refused:
            shown = []
        if not tx.is_sqlite:
            await tx.connection.rollback()
    return tx.seconds, tx.statements, _buttons(shown)


def _buttons(shown: list[Message]) -> list[str]:
    screens = [one for one in shown if isinstance(one, Edit | Outgoing)]
    return [
        button.action
        for screen in screens
        for row in screen.buttons
        for button in row
        if button.action
    ]


def everything(desk: Any) -> Routes:
    """The conversation of the three slices."""
    whole = routes.combine(
        events_chat.combined(event_makers.a_desk(desk.catalogs)),
        chat.combined(desk),
        staff_chat.combined(desk),
        reports_chat.routes(a_reports_desk()),
    )
    return routes.combine(whole, forms.routes(whole.forms))


async def people(tx: Tx) -> Starts:
    """The volunteer with the most places, the busiest organisation's contact, a coordinator."""
    places = events.registrations.c
    busiest = (
        select(places.participant_id, events.participants.c.person_id)
        .join(events.participants, events.participants.c.id == places.participant_id)
        .where(events.participants.c.person_id.is_not(None))
        .group_by(places.participant_id, events.participants.c.person_id)
        .order_by(func.count().desc(), places.participant_id)
        .limit(1)
    )
    row = await tx.one(busiest)
    assert row is not None
    agreed = [
        {"volunteer_id": row["participant_id"], "document": one, "version": version, "at": NOW,
         "via": "self"}
        for one, version in VERSIONS.items()
    ]  # fmt: skip
    await tx.execute(insert(tables.consents), agreed)
    amina = Person(row["person_id"], 7_000_000_000 + row["person_id"], "Amina", "en", None)
    karen = await organisation_makers.a_colleague(tx, KAREN)
    els = await organisation_makers.a_colleague(tx, ELS, None)
    own = tables.organisation_contacts
    await tx.execute(update(own).where(own.c.id == 1).values(person_id=els.id))
    now = select(events.events.c.id).where(events.events.c.starts_at > NOW).limit(3)
    shifts = [one["id"] for one in await tx.all(now)]
    volunteer = ("vhome:", "vshifts:0", "vmine", "vfit:0", "vhours", "vfile", "vletters", "vwork")
    coordinator = (
        *("vcdesk", "vcorgs:0", "vcfill:0", "vcvol", "vcwithout", "vctrajs:0", "vcletters"),
        *("vcpile", "vcresults", "vcreport:", f"vcvol:{row['participant_id']}", "vcplaces"),
        *("vcfind", "vctalks", "vcmeet", "vcpair", "vcbars", f"vcwork:{row['participant_id']}"),
        *(f"vcsh:{shift}" for shift in shifts),
        *(f"vcboard:{shift}" for shift in shifts),
        *(f"vcbest:{shift}" for shift in shifts),
    )
    return {
        "volunteer": (amina, volunteer),
        "contact": (Person(els.id, ELS, "Els", "nl", None), ("vorgsh",)),
        "coordinator": (Person(karen.id, KAREN, "Karen", "nl", Role.COORDINATOR), coordinator),
    }
