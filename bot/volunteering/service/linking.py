"""A person without Telegram takes over their file later: a code that works once, as a QR code."""

import hashlib
import io
import secrets
from datetime import datetime, timedelta

import segno
from sqlalchemy import select, update

from bot.errors import Outdated
from bot.events import tables as events_tables
from bot.events.domain import ParticipantId
from bot.events.service import merging, participants
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.enrolling import LinkSpent, Volunteer
from bot.volunteering.domain.merging import LINK
from bot.volunteering.service import doubles, offices, partners, volunteers

KIND = "volunteer_qr"  # of the file that is made when it is sent
START = "vlink"  # prefix of the link's payload
LASTS = timedelta(days=14)
_codes, _who = tables.link_codes, events_tables.participants


async def make(tx: Tx, person: Person, volunteer_id: int, *, now: datetime) -> str:
    """A new code; only its hash is kept, and earlier ones end. Raises Outdated for who has
    Telegram."""
    one = await volunteers.get(tx, volunteer_id)
    await offices.require_office(tx, person, one.office if one else "")
    if one is None or one.person_id is not None:
        raise Outdated
    code = secrets.token_urlsafe(24)
    open_ones = (_codes.c.volunteer_id == one.id) & _codes.c.used_at.is_(None)
    await tx.execute(update(_codes).where(open_ones).values(expires_at=now))
    values = {"code_hash": _hashed(code), "volunteer_id": one.id, "expires_at": now + LASTS}
    await tx.execute(tx.insert(_codes).values(**values))
    subject = f"volunteer:{one.id}"
    await people.record(tx, at=now, actor=person.id, action="volunteer.link", subject=subject)
    return code


async def take_over(tx: Tx, person: Person, code: str, *, now: datetime) -> Volunteer:
    """The file is theirs. Raises LinkSpent; of two who open the link at once one is let in.

    Who has a file of their own keeps that one (`opens_second`).
    """
    if (own := await volunteers.of_person(tx, person.id)) is not None:
        used = await tx.scalar(
            select(_codes.c.volunteer_id).where(_codes.c.code_hash == _hashed(code))
        )
        if used == own.id:  # a second tap on the own link
            return own
        raise LinkSpent
    volunteer_id = await _spend(tx, code, now=now)
    one = None if volunteer_id is None else await volunteers.get(tx, volunteer_id)
    if one is None or one.person_id is not None:
        raise LinkSpent
    await partners.move(tx, person.id, one.id)
    before = await participants.known(tx, person.id)
    if before is not None:  # where they are signed up already comes along
        await merging.merge(tx, ParticipantId(one.id), before, now=now)
    await tx.execute(update(_who).where(_who.c.person_id == person.id).values(person_id=None))
    await tx.execute(update(_who).where(_who.c.id == one.id).values(person_id=person.id))
    await volunteers.change(tx, one.id, now=now, phone=None, mail=None)
    found = await volunteers.of_person(tx, person.id)
    assert found is not None, "just written"
    return found


async def opens_second(tx: Tx, person: Person, code: str, *, now: datetime) -> bool:
    """Has this person a file of their own, and opens the link of another one? Then a coordinator
    is asked to put both together."""
    own = await volunteers.of_person(tx, person.id)
    behind = select(_codes.c.volunteer_id).where(_codes.c.code_hash == _hashed(code))
    if own is None or await tx.scalar(behind) in (None, own.id):
        return False
    other = await _spend(tx, code, now=now)
    if other is None:
        return False
    await doubles.note(tx, own.id, other, LINK, now=now)
    return True


async def _spend(tx: Tx, code: str, *, now: datetime) -> int | None:
    """Whose file it is, once."""
    taken = (
        update(_codes)
        .where(_codes.c.code_hash == _hashed(code), _codes.c.used_at.is_(None))
        .where(_codes.c.expires_at > now, _codes.c.kind == "file")
        .values(used_at=now)
        .returning(_codes.c.volunteer_id)
    )
    found = await tx.scalar(taken)
    return None if found is None else int(found)


async def picture(desk: VolunteeringDesk, tx: Tx, code: str) -> bytes:
    """The link as a QR code, PNG."""
    made = io.BytesIO()
    link = desk.start_link(f"{START}_{code}")
    segno.make(link, error="m").save(made, kind="png", scale=8, border=4)
    return made.getvalue()


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
