"""Letters as rows, and the facts that they tell: from confirmed hours only."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import delete, func, or_, select

from bot.errors import Outdated
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain import State
from bot.volunteering.domain.letters import TARGET, Facts, Letter, Paper, Stage, Work

APPROVED_HOURS = "approved"
_HOPS = 20  # corrections of corrections

_letters, _hours, _files = tables.letters, tables.hours, tables.volunteers
_WITHOUT_CONTENT = [column for column in _letters.c if column.name != "content"]


class Done(NamedTuple):
    """What somebody did, as far as it was confirmed."""

    works: tuple[Work, ...]
    since: date | None
    until: date | None

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(work.minutes for work in self.works)


async def done(tx: Tx, volunteer: int, *, counts: bool = False) -> Done:
    """Confirmed hours by assignment, the longest first. `counts`: only of assignments that count
    for the 40 hours, where Dutch is spoken and people meet."""
    found, places, worked = tables.assignments.c, tables.organisations.c, _hours.c
    sums = (
        select(
            worked.assignment_id,
            func.sum(worked.minutes).label("minutes"),
            func.min(worked.worked_on).label("since"),
            func.max(worked.worked_on).label("until"),
        )
        .where(worked.volunteer_id == volunteer, worked.state == APPROVED_HOURS, worked.minutes > 0)
        .group_by(worked.assignment_id)
        .subquery()
    )
    wanted = (
        select(found.titles, found.written_in, found.town, places.name, *sums.c)
        .join(tables.assignments, found.id == sums.c.assignment_id)
        .join(tables.organisations, places.id == found.organisation_id)
        .order_by(sums.c.minutes.desc(), found.id)
    )
    if counts:
        wanted = wanted.where(found.counts_as_dutch, found.counts_as_social)
    rows = await tx.all(wanted)
    works = tuple(_work(row) for row in rows)
    since = min((row["since"] for row in rows), default=None)
    return Done(works, since, max((row["until"] for row in rows), default=None))


async def target(tx: Tx, volunteer: int) -> int | None:
    """The minutes of their trajectory; None for who is in none."""
    table = tables.trajectories.c
    found = await tx.scalar(select(table.target_minutes).where(table.volunteer_id == volunteer))
    return None if found is None else int(found or TARGET)


async def office(tx: Tx, volunteer: int) -> str | None:
    """The office of somebody who volunteers or did; None for nobody, and for who was refused."""
    table = _files.c
    return await tx.scalar(  # type: ignore[no-any-return]
        select(table.office).where(
            table.id == volunteer, table.stripped_at.is_(None), table.state != State.REFUSED
        )
    )


async def get(tx: Tx, number: str) -> Letter:
    """One letter. Raises Outdated."""
    row = await tx.one(select(*_WITHOUT_CONTENT).where(_letters.c.number == number))
    if row is None:
        raise Outdated
    return _letter(row)


async def by_code(tx: Tx, code_hash: str) -> Letter | None:
    """The letter that a code opens."""
    row = await tx.one(select(*_WITHOUT_CONTENT).where(_letters.c.code_hash == code_hash))
    return None if row is None else _letter(row)


async def of_volunteer(tx: Tx, volunteer: int) -> list[Letter]:
    """All letters of somebody, the newest first."""
    wanted = select(*_WITHOUT_CONTENT).where(_letters.c.volunteer_id == volunteer)
    rows = await tx.all(wanted.order_by(_letters.c.asked_at.desc(), _letters.c.number))
    return [_letter(row) for row in rows]


async def of_coordinator(tx: Tx, others: set[str], *, since: datetime) -> list[Letter]:
    """What waits, and what was approved since then; not of offices of others."""
    table = _letters.c
    wanted = select(*_WITHOUT_CONTENT).where(
        table.volunteer_id.is_not(None),
        or_(
            table.state == Stage.ASKED,
            (table.state == Stage.APPROVED) & (table.approved_at > since),
        ),
    )
    rows = await tx.all(wanted.order_by(table.state.desc(), table.asked_at, table.number))
    return [_letter(row) for row in rows if row["office"] not in others]


async def content(tx: Tx, number: str) -> bytes | None:
    """The file, as it was approved."""
    found = await tx.scalar(select(_letters.c.content).where(_letters.c.number == number))
    return None if found is None else bytes(found)


async def signed_before(tx: Tx, person_id: int) -> str:
    """How a coordinator signed last."""
    wanted = select(_letters.c.facts).where(_letters.c.approved_by == person_id)
    rows = await tx.all(wanted.order_by(_letters.c.approved_at.desc()).limit(1))
    return next((str(row["facts"].get("signed", "")) for row in rows), "")


async def correction(tx: Tx, number: str) -> str | None:
    """The number of the letter that corrects this one and waits for a decision."""
    wanted = select(_letters.c.number).where(
        _letters.c.replaces == number, _letters.c.state == Stage.ASKED
    )
    found: str | None = await tx.scalar(wanted)
    return found


async def successor(tx: Tx, number: str) -> str:
    """The number of the letter that counts instead of this one; "" where none does."""
    table = _letters.c
    for _hop in range(_HOPS):
        after = select(table.number, table.state).where(
            table.replaces == number, table.state.in_((Stage.APPROVED, Stage.WITHDRAWN))
        )
        row = await tx.one(after.order_by(table.approved_at.desc()))
        if row is None:
            return ""
        number = row["number"]
        if row["state"] == Stage.APPROVED:
            return number
    return ""


async def drop(tx: Tx, number: str) -> bool:
    """A draft that nobody asked for goes, with all that it says. False: there is none."""
    draft = _letters.c.number == number, _letters.c.state == Stage.ASKED, _letters.c.unasked
    return bool((await tx.execute(delete(_letters).where(*draft))).rowcount)


async def create(tx: Tx, values: Mapping[str, Any]) -> None:
    """A letter that somebody asked for."""
    await tx.execute(tx.insert(_letters).values(**values))


async def change(tx: Tx, letter: Letter, to: Mapping[str, Any], *, stages: Sequence[Stage]) -> None:
    """Write into a letter. Raises Outdated when somebody else changed it meanwhile."""
    mine = (
        _letters.c.number == letter.number,
        _letters.c.state.in_(stages),
        _letters.c.edition == letter.edition,
        _letters.c.volunteer_id.is_not(None),
    )
    result = await tx.execute(_letters.update().where(*mine).values(**to))
    if result.rowcount != 1:
        raise Outdated


async def keep(tx: Tx, number: str, file: bytes) -> None:
    """The file of an approved letter; the first one stays."""
    mine = (_letters.c.number == number, _letters.c.content.is_(None))
    await tx.execute(
        _letters.update().where(*mine, _letters.c.state == Stage.APPROVED).values(content=file)
    )


def stored(facts: Facts) -> dict[str, Any]:
    """Facts as a row keeps them."""
    return msgspec.to_builtins(facts)  # type: ignore[no-any-return]


def _work(row: Row) -> Work:
    titles = row["titles"]
    title = titles.get("nl") or titles.get(row["written_in"]) or next(iter(titles.values()), "")
    return Work(title=title, organisation=row["name"], town=row["town"], minutes=row["minutes"])


def _letter(row: Row) -> Letter:
    return Letter(
        number=row["number"],
        paper=Paper(row["kind"]),
        stage=Stage(row["state"]),
        volunteer=row["volunteer_id"],
        office=row["office"],
        language=row["language"],
        facts=msgspec.convert(row["facts"], Facts) if row["facts"] else None,
        edition=row["edition"],
        asked_at=row["asked_at"],
        approved_at=row["approved_at"],
        unasked=row["unasked"],
        replaces=row["replaces"] or "",
    )
