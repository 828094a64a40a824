"""A guardian's yes for a volunteer of 16 or 17: their own tap, or what a coordinator notes."""

import hashlib
import io
import secrets
from datetime import datetime, timedelta
from typing import Final

import segno
from sqlalchemy import delete, select, update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.errors import Outdated
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import enrolling as domain
from bot.volunteering.domain.enrolling import GUARDIAN, LinkSpent, NotTheGuardian, Volunteer
from bot.volunteering.service import cards, enrolling, offices, volunteers
from bot.volunteering.wording import guardians as wording

KIND: Final = "guardian_qr"  # of the file that is made when it is sent
START: Final = "vguard"  # prefix of the link's payload
LASTS: Final = timedelta(days=14)
_codes, _consents = tables.link_codes, tables.consents


async def make(tx: Tx, person: Person, *, now: datetime) -> tuple[Volunteer, str]:
    """A link for one's own guardian; an earlier one ends. Raises Outdated where none is needed."""
    one = await volunteers.of_person(tx, person.id)
    if one is None or GUARDIAN not in await enrolling.missing(tx, one):
        raise Outdated
    own = _codes.c.volunteer_id == one.id, _codes.c.kind == GUARDIAN
    await tx.execute(delete(_codes).where(*own, _codes.c.used_at.is_(None)))
    code = secrets.token_urlsafe(24)
    values = {"code_hash": _hashed(code), "volunteer_id": one.id, "expires_at": now + LASTS}
    await tx.execute(tx.insert(_codes).values(**values, kind=GUARDIAN))
    return one, code


async def look(tx: Tx, person: Person, code: str, *, now: datetime) -> Volunteer:
    """Whose guardian is asked. Raises LinkSpent, NotTheGuardian."""
    wanted = select(_codes).where(_codes.c.code_hash == _hashed(code), _codes.c.kind == GUARDIAN)
    row = await tx.one(wanted)
    if row is None or (row["used_at"] is None and row["expires_at"] <= now):
        raise LinkSpent
    one = await volunteers.get(tx, row["volunteer_id"])
    if one is None:
        raise LinkSpent
    mine = await volunteers.of_person(tx, person.id)
    if mine is not None and mine.age_group != domain.ADULT:
        raise NotTheGuardian
    return one


async def answer(
    desk: VolunteeringDesk, tx: Tx, person: Person, code: str, *, is_yes: bool, now: datetime
) -> Volunteer:
    """The guardian's own word; they may take it back. Raises LinkSpent, NotTheGuardian."""
    one = await look(tx, person, code, now=now)
    own = _consents.c.volunteer_id == one.id, _consents.c.document == GUARDIAN
    said = own[0], own[1], _consents.c.via == domain.THEMSELVES, _consents.c.withdrawn_at.is_(None)
    if is_yes:
        if await tx.scalar(select(_consents.c.id).where(*said)) is None:
            await enrolling.agree(tx, one.id, GUARDIAN, now=now, via=domain.THEMSELVES)
    else:  # whatever anybody noted before: the guardian says no now
        withdrawn = update(_consents).where(*own, _consents.c.withdrawn_at.is_(None))
        await tx.execute(withdrawn.values(withdrawn_at=now))
    spent = update(_codes).where(_codes.c.code_hash == _hashed(code), _codes.c.used_at.is_(None))
    await tx.execute(spent.values(used_at=now))
    await _tell(desk, tx, one, is_yes=is_yes)
    if not is_yes:
        await _tell_coordinators(desk, tx, one)
    return one


async def note(
    desk: VolunteeringDesk, tx: Tx, person: Person, volunteer_id: int, how: str, *, now: datetime
) -> None:
    """A coordinator spoke with the guardian. Raises StaffOnly, NotYourOffice, Outdated."""
    one = await volunteers.get(tx, volunteer_id)
    await offices.require_office(tx, person, one.office if one else "")
    if one is None or how not in domain.CALLED or GUARDIAN not in await enrolling.missing(tx, one):
        raise Outdated
    await enrolling.agree(tx, one.id, GUARDIAN, now=now, via=how)
    subject, detail = f"volunteer:{one.id}", {"how": how}
    action = "volunteer.guardian"
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject, detail=detail)
    await _tell(desk, tx, one, is_yes=True)


async def standing(tx: Tx, volunteer_id: int) -> Row | None:
    """How and when a guardian's yes became known: `via` and `at`; None while nobody said it."""
    return await tx.one(
        select(_consents.c.via, _consents.c.at)
        .where(_consents.c.volunteer_id == volunteer_id, _consents.c.document == GUARDIAN)
        .where(_consents.c.via.in_(domain.CONFIRMED), _consents.c.withdrawn_at.is_(None))
        .order_by(_consents.c.id.desc())
        .limit(1)
    )


async def picture(desk: VolunteeringDesk, tx: Tx, code: str) -> bytes:
    """The link as a QR code, PNG."""
    made = io.BytesIO()
    segno.make(link(desk, code), error="m").save(made, kind="png", scale=8, border=4)
    return made.getvalue()


def link(desk: VolunteeringDesk, code: str) -> str:
    """What the guardian opens."""
    return desk.start_link(f"{START}_{code}")


async def _tell(desk: VolunteeringDesk, tx: Tx, one: Volunteer, *, is_yes: bool) -> None:
    """The young person, and the card of a sign-up."""
    await cards.update(desk, tx, one.id)
    found = await volunteers.words_for(desk, tx, one.id)
    if found is None:
        return
    _, chat = found
    text, buttons = wording.heard(_, is_yes=is_yes)
    post = Outgoing(to=chat, lane="notice", text=text, buttons=buttons)
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def _tell_coordinators(desk: VolunteeringDesk, tx: Tx, one: Volunteer) -> None:
    """A no is for a person to talk about."""
    name = await volunteers.called(tx, one)
    for coordinator in await offices.coordinators(tx, one.office):
        _ = desk.catalogs.words(coordinator.language)
        text, buttons = wording.refused(_, name, one.id)
        post = Outgoing(to=coordinator.telegram_id, lane="notice", text=text, buttons=buttons)
        await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
