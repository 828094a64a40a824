"""Who gets a phrase a day, at what hour, and how far they are."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, bindparam, case, literal, select, update

from bot.dutch import domain, tables
from bot.dutch.domain import Learner
from bot.language.formats import BRUSSELS
from bot.people.domain import Person
from bot.storage.prepared import Prepared
from bot.storage.transaction import Row, Tx

_table = tables.learners

# Asked whenever somebody opens "My things".
_OF_PERSON = Prepared(select(_table).where(_table.c.person_id == bindparam("person_id")))


async def of_person(tx: Tx, person_id: int) -> Learner | None:
    """How it stands with somebody; None: they never asked for it."""
    row = await tx.one(_OF_PERSON, {"person_id": person_id})
    return _learner(row) if row is not None else None


async def choose_hour(tx: Tx, person: Person, hour: int, *, now: datetime) -> Learner:
    """From now on at this hour; who stopped goes on where they were."""
    known = await of_person(tx, person.id) or Learner(person.id, hour)
    return await _kept(tx, known, hour, only_weekdays=known.only_weekdays, now=now)


async def choose_days(
    tx: Tx, person: Person, *, only_weekdays: bool, now: datetime
) -> Learner | None:
    """On weekdays only, or every day; who stopped stays so. None: they never asked for it."""
    known = await of_person(tx, person.id)
    if known is None or not known.is_on:
        return known
    return await _kept(tx, known, known.hour, only_weekdays=only_weekdays, now=now)


async def stop(tx: Tx, person: Person, *, now: datetime) -> Learner | None:
    """No more phrases; their place is kept for a time. A second tap changes nothing."""
    mine = _table.c.person_id == person.id
    values = {"next_on": None, "changed_at": now}
    await tx.execute(update(_table).where(mine, _table.c.next_on.is_not(None)).values(values))
    return await of_person(tx, person.id)


async def take(tx: Tx, hours: Collection[int], today: date, *, limit: int) -> Sequence[Row]:
    """The next whose turn it is: person_id, sent. From then on their next is another day's, so
    that nobody gets two on one day."""
    is_due = [_table.c.hour.in_(hours), _table.c.next_on <= today]
    if domain.is_weekend(today):
        is_due.append(_table.c.only_weekdays.is_(False))
    turn = select(_table.c.person_id).where(*is_due).order_by(_table.c.person_id).limit(limit)
    next_on = case(
        (_table.c.only_weekdays, literal(domain.day_after(today, True), Date)),
        else_=literal(domain.day_after(today, False), Date),
    )
    taken = (
        update(_table)
        .where(_table.c.person_id.in_(turn), *is_due)
        .values(next_on=next_on, last_on=today)
        .returning(_table.c.person_id, _table.c.sent)
    )
    return await tx.all(taken)


async def count_on(tx: Tx, people: Collection[int]) -> None:
    """These had one more."""
    theirs = _table.c.person_id.in_(people)
    await tx.execute(update(_table).where(theirs).values(sent=_table.c.sent + 1))


async def _kept(
    tx: Tx, known: Learner, hour: int, *, only_weekdays: bool, now: datetime
) -> Learner:
    next_on = domain.first_day(
        now.astimezone(BRUSSELS), hour, only_weekdays=only_weekdays, last_on=known.last_on
    )
    values: dict[str, Any] = {
        "hour": hour,
        "only_weekdays": only_weekdays,
        "next_on": next_on,
        "changed_at": now,
    }
    statement = tx.insert(_table).values(person_id=known.person_id, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
    return Learner(known.person_id, hour, only_weekdays, known.sent, known.last_on, next_on)


def _learner(row: Row) -> Learner:
    return Learner(
        row["person_id"],
        row["hour"],
        bool(row["only_weekdays"]),
        row["sent"],
        row["last_on"],
        row["next_on"],
    )
