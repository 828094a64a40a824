"""Signing up, what is agreed to and in which version, and who is too young."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, false, func, literal, select, true, union_all

from bot.events.domain import ParticipantId
from bot.events.service import listing as events
from bot.events.service import participants, places
from bot.people.domain import Person
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain import enrolling as domain
from bot.volunteering.domain.enrolling import SignUp, Volunteer, VolunteerId
from bot.volunteering.service import cards, doubles, offices, talks, volunteers

SELF, COORDINATOR = "self", "coordinator"


async def enrol(
    desk: VolunteeringDesk, tx: Tx, person: Person, said: SignUp, *, now: datetime
) -> Volunteer:
    """Somebody signs up; the coordinators get a card. Signing up again opens the file anew.

    Raises what `places.take` refuses when the chosen talk is gone.
    """
    known = await participants.of_person(tx, person.id, now=now)
    await participants.rename(tx, known, said.name)
    await _write(tx, known, said, now=now)
    await doubles.look_for(tx, known, now=now)
    one = await _enrolled(tx, known)
    if said.slot is not None:
        await talks.take(tx, known, said.slot, now=now)
    await cards.post(desk, tx, one)
    return one


async def enrol_by_name(
    desk: VolunteeringDesk, tx: Tx, person: Person, said: SignUp, *, now: datetime
) -> Volunteer:
    """A coordinator enrols somebody without Telegram, and with that takes them on: the talk is
    this one. Raises NotYourOffice."""
    await offices.require_office(tx, person, said.office)
    known = await participants.by_name(tx, said.name, now=now)
    await _write(tx, known, said, now=now)
    decided = {"state": State.ACTIVE, "decided_at": now, "decided_by": person.id}
    await volunteers.change(tx, known, now=now, **decided)
    for document in domain.VERSIONS:
        await agree(tx, VolunteerId(known), document, now=now, via=COORDINATOR)
    if said.age_group == domain.YOUNG:  # who is enrolled so has brought the papers signed
        await agree(tx, VolunteerId(known), domain.GUARDIAN, now=now, via=domain.ON_PAPER)
    await doubles.look_for(tx, known, now=now)
    return await _enrolled(tx, known)


async def agree(
    tx: Tx, volunteer: VolunteerId, document: str, *, now: datetime, via: str = SELF
) -> None:
    """They accepted this document, as it is now."""
    version = (await versions(tx)).get(document, "1")
    await tx.execute(
        tx.insert(tables.consents).values(
            volunteer_id=volunteer, document=document, version=version, at=now, via=via
        )
    )


async def missing(tx: Tx, one: Volunteer) -> list[str]:
    """What they have not agreed to yet, or only in an older version; "age" while it is unknown,
    and "guardian" until one has said yes to a volunteer of 16 or 17."""
    agreed = tables.consents.c
    own = agreed.volunteer_id == one.id, agreed.withdrawn_at.is_(None)
    rows = await tx.all(
        union_all(
            select(agreed.document, agreed.version, agreed.via, true().label("is_agreed")).where(
                *own
            ),
            _uploaded().add_columns(literal(""), false()),
        )
    )
    accepted = {(row["document"], row["version"]) for row in rows if row["is_agreed"]}
    current = _current(row for row in rows if not row["is_agreed"])
    open_ones = [name for name, version in current.items() if (name, version) not in accepted]
    if one.age_group == domain.YOUNG and not any(_is_guardians_yes(row) for row in rows):
        open_ones.append(domain.GUARDIAN)
    return [*([] if one.age_group else ["age"]), *open_ones]


def _is_guardians_yes(row: Row) -> bool:
    return row["document"] == domain.GUARDIAN and row["via"] in domain.CONFIRMED


async def require_agreed(tx: Tx, volunteer_id: int) -> None:
    """A yes that a coordinator enters needs what a volunteer's own tap needs. Raises NotAgreed."""
    one = await volunteers.get(tx, volunteer_id)
    if one is not None and (lacking := await missing(tx, one)):
        raise domain.NotAgreed(lacking)


async def versions(tx: Tx) -> Mapping[str, str]:
    """Each document's version: that of the uploaded file, else ours."""
    return _current(await tx.all(_uploaded()))


def _uploaded() -> Select[Any]:
    table = tables.documents.c
    return select(table.key.label("document"), table.version).where(table.key.in_(domain.FILES))


def _current(rows: Iterable[Row]) -> Mapping[str, str]:
    """A first file is another text than ours, so it has a version of its own: 1.1, 1.2 …"""
    files: dict[str, int] = {}
    for row in rows:
        name = domain.FILES[row["document"]]
        files[name] = max(files.get(name, 0), int(row["version"]))
    uploaded = {name: f"{domain.VERSIONS[name]}.{number}" for name, number in files.items()}
    return {**domain.VERSIONS, **uploaded}


async def settle(
    desk: VolunteeringDesk, tx: Tx, one: Volunteer, answers: Mapping[str, object], *, now: datetime
) -> None:
    """Age, guardian and consents. Whoever is younger than 16 leaves nothing here."""
    if answers.get("age") == domain.CHILD:
        await _take_out(desk, tx, one, now=now)
        return
    if answers.get("age"):
        guardian = answers.get("guardian") or None
        values = {"age_group": answers["age"], "guardian": guardian}
        await volunteers.change(tx, one.id, now=now, **values)
        if guardian:
            await agree(tx, one.id, domain.GUARDIAN, now=now)
    for document in (domain.PRIVACY, domain.CONDUCT, domain.AGREEMENT):
        if answers.get(document):
            await agree(tx, one.id, document, now=now)
    await cards.update(desk, tx, one.id)


async def _write(tx: Tx, known: ParticipantId, said: SignUp, *, now: datetime) -> None:
    values = {
        "office": said.office,
        "state": State.ENROLLED,
        "source": said.source,
        "enrolled_at": now,
        "seen_at": now,
        "postcode": said.postcode,
        "town": said.town,
        "latitude": said.latitude,
        "longitude": said.longitude,
        "languages": dict(said.languages),
        "talk": said.talk,
        "phone": said.phone,
        "stripped_at": None,
    }
    if said.age_group is not None:
        values["age_group"] = said.age_group
    statement = tx.insert(tables.volunteers).values(id=known, **values)
    again = {**values, "touched_at": func.now()}
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=again))


async def _enrolled(tx: Tx, known: ParticipantId) -> Volunteer:
    one = await volunteers.get(tx, known)
    assert one is not None, "just written"
    return one


async def _take_out(desk: VolunteeringDesk, tx: Tx, one: Volunteer, *, now: datetime) -> None:
    known = ParticipantId(one.id)
    for _event, mine in await events.ahead(tx, known, now=now):
        await places.give_back(tx, known, mine.event_id, now=now)
    await cards.withdraw(desk, tx, one)
    await tx.execute(delete(tables.volunteers).where(tables.volunteers.c.id == one.id))
    await participants.rename(tx, known, "")
