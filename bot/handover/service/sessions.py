"""Sessions of the legal helpdesk: added by coordinators, found for people, counted afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, not_, select, update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.duty.domain import BRUSSELS
from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Planned, Session, Site
from bot.handover.tables import cases, legal_sessions, legal_sites, legal_visits
from bot.handover.wording import referring as wording
from bot.people.domain import Person, Role, require
from bot.people.service import audit, recognition
from bot.schedule import due
from bot.storage.transaction import Row, Tx

COUNT_KIND = "handover.session_over"
_CALLED = 5  # colleagues whom one message names


async def add_site(
    tx: Tx, person: Person, name: str, address: str, *, place: tuple[float, float], now: datetime
) -> None:
    """A place where people come; the same name again changes it."""
    require(person, Role.COORDINATOR)
    facts = {"address": address, "latitude": place[0], "longitude": place[1]}
    statement = tx.insert(legal_sites).values(name=name, **facts)
    await tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_=facts))
    await audit.record(tx, at=now, actor=person.id, action="legal.site", subject="legal", detail={})


async def add(tx: Tx, person: Person | None, planned: Planned, *, now: datetime) -> int:
    """A session, or one each week; one that is there already is left. Returns how many are new.

    `person` None: the operator, at the machine. Raises NoSuchSite.
    """
    if person is not None:
        require(person, Role.COORDINATOR)
    site = await tx.scalar(select(legal_sites.c.id).where(legal_sites.c.name == planned.site))
    if site is None:
        raise domain.NoSuchSite(name=planned.site, example=wording.SITE_LINE)
    new = 0
    for starts_at, ends_at in planned.moments():
        values = {"site_id": site, "starts_at": starts_at, "ends_at": ends_at}
        statement = tx.insert(legal_sessions).values(
            **values,
            languages=list(planned.languages),
            bring=list(planned.bring),
            places=planned.places,
            minutes=planned.minutes,
        )
        made = await tx.one(statement.on_conflict_do_nothing().returning(legal_sessions.c.id))
        if made is not None:
            new += 1
            await due.plan(
                tx,
                key=f"session:{made['id']}",
                kind=COUNT_KIND,
                ref=str(made["id"]),
                at=ends_at,
            )
    actor = None if person is None else person.id
    detail = {"new": new}
    await audit.record(
        tx, at=now, actor=actor, action="legal.sessions", subject="legal", detail=detail
    )
    return new


async def switch_off(tx: Tx, person: Person, session_id: int, *, now: datetime) -> Session:
    """It does not take place. Raises Outdated."""
    require(person, Role.COORDINATOR)
    session = await find(tx, session_id)
    own = legal_sessions.c.id == session_id
    await tx.execute(update(legal_sessions).where(own).values(is_off=True))
    await due.cancel(tx, f"session:{session_id}")
    subject = f"session:{session_id}"
    await audit.record(
        tx, at=now, actor=person.id, action="legal.session_off", subject=subject, detail={}
    )
    return session


async def upcoming(tx: Tx, *, now: datetime, limit: int) -> list[Session]:
    """The next ones that take place, with the places that are taken."""
    wanted = (
        _all()
        .where(legal_sessions.c.starts_at > now, legal_sessions.c.is_off.is_(False))
        .order_by(legal_sessions.c.starts_at, legal_sessions.c.id)
        .limit(limit)
    )
    return await _with_places(tx, await tx.all(wanted))


async def find(tx: Tx, id_: int) -> Session:
    """Raises Outdated for one that is not there, or is off."""
    row = await tx.one(_all().where(legal_sessions.c.id == id_, legal_sessions.c.is_off.is_(False)))
    if row is None:
        raise Outdated
    return (await _with_places(tx, [row]))[0]


def _all() -> Any:
    named = [column.label(f"site_{column.name}") for column in legal_sites.c if column.name != "id"]
    return select(legal_sessions, *named).join(
        legal_sites, legal_sites.c.id == legal_sessions.c.site_id
    )


async def _with_places(tx: Tx, found: Sequence[Row]) -> list[Session]:
    ids = [row["id"] for row in found]
    mine = legal_visits.c
    visits = await tx.all(select(mine.session_id, mine.place).where(mine.session_id.in_(ids)))
    taken: dict[int, set[int]] = {id_: set() for id_ in ids}
    for one in visits:
        if one["place"] is not None:
            taken[one["session_id"]].add(one["place"])
    return [_session(row, frozenset(taken[row["id"]])) for row in found]


def _session(row: Row, taken: frozenset[int]) -> Session:
    place = row["site_latitude"], row["site_longitude"]
    return Session(
        id=row["id"],
        site=Site(row["site_id"], row["site_name"], row["site_address"], *place),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        languages=tuple(row["languages"]),
        bring=tuple(row["bring"]),
        places=row["places"],
        minutes=row["minutes"],
        came=row["came"],
        taken=taken,
    )


async def ask_count(desk: HandoverDesk, tx: Tx, session_id: int, *, now: datetime) -> None:
    """It is over: how many came? Asked in the group of the legal desk, of who was on duty."""
    try:
        session = await find(tx, session_id)
    except Outdated:
        return
    group = desk.group_for(domain.LEGAL, desk.staff_language)
    if group is None or session.came is not None:
        return
    called = await _on_duty(desk, tx, session)
    text, buttons = wording.ask_count(desk.staff_words, session, called)
    post = Outgoing(
        to=group, lane="notice", key=f"session:{session_id}:count", text=text, buttons=buttons
    )
    await outbox.put(tx, post)


async def _on_duty(desk: HandoverDesk, tx: Tx, session: Session) -> list[Person]:
    """Who was on duty at the legal desk, in whatever language, when the session ended."""
    last = session.ends_at - timedelta(seconds=1)
    shifts = desk.timetable.blocks_on(last.astimezone(BRUSSELS).date())
    ids = [one.person_id for one in shifts if one.desk == domain.LEGAL and one.is_on(last)]
    found = [await recognition.find_person(tx, id_) for id_ in dict.fromkeys(ids) if id_]
    return [one for one in found[:_CALLED] if one is not None and one.role is not None]


async def count(
    tx: Tx, person: Person, session_id: int, came: int, *, now: datetime
) -> tuple[Session, list[tuple[int, int, bool | None]]]:
    """So many came. Returns who was referred: visit, number of the question, has come."""
    require(person)
    if not 0 <= came <= 999:
        raise Outdated
    session = await find(tx, session_id)
    if session.ends_at > now:
        raise Outdated
    own = legal_sessions.c.id == session_id
    await tx.execute(update(legal_sessions).where(own).values(came=came))
    return await find(tx, session_id), await referred(tx, session_id)


async def referred(tx: Tx, session_id: int) -> list[tuple[int, int, bool | None]]:
    """Visit, number of the question, and whether the person has come."""
    wanted = (
        select(legal_visits.c.id, cases.c.number, legal_visits.c.has_come)
        .join(cases, cases.c.id == legal_visits.c.case_id)
        .where(legal_visits.c.session_id == session_id)
        .order_by(legal_visits.c.id)
    )
    return [(row["id"], row["number"], row["has_come"]) for row in await tx.all(wanted)]


async def attended(tx: Tx, person: Person, visit_id: int) -> tuple[Session, list[Any]]:
    """Who of the referred came; the same once more takes it back."""
    require(person)
    row = await tx.one(select(legal_visits).where(legal_visits.c.id == visit_id))
    if row is None:
        raise Outdated
    own = legal_visits.c.id == visit_id
    await tx.execute(update(legal_visits).where(own).values(has_come=not row["has_come"]))
    return await find(tx, row["session_id"]), await referred(tx, row["session_id"])


async def forget_old(tx: Tx, *, now: datetime) -> int:
    """Sessions whose head count was given long ago, or will not be given any more, and who had a
    place there. Returns how many."""
    mine = legal_sessions.c
    has_count = mine.came.is_not(None) & mine.is_off.is_(False)
    is_over = mine.ends_at < now - domain.COUNTED_KEPT
    is_useless = (mine.ends_at < now - domain.UNCOUNTED_KEPT) & not_(has_count)
    gone = await tx.execute(delete(legal_sessions).where(is_over | is_useless))
    return int(gone.rowcount)
