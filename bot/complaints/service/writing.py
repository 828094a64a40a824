"""A complaint being written, and sent."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from bot.complaints import domain
from bot.complaints.desk import ComplaintsDesk
from bot.complaints.domain import Complaint, Draft, NobodyReceives, Sent, TooLong
from bot.complaints.service import bringing, contacts
from bot.complaints.tables import a_complaint, complaint_drafts, complaints
from bot.errors import Outdated
from bot.language import formats
from bot.people import service as people
from bot.people.domain import Person
from bot.schedule import due
from bot.storage.transaction import Tx


async def add(tx: Tx, person: Person, way: str, token: str, text: str, *, now: datetime) -> Draft:
    """One message of it: the first begins a draft, more go below. Raises TooLong.

    `token` empty: nothing was written yet. An anonymous draft knows no person.
    """
    is_anonymous = way == domain.ANONYMOUS
    before = await _text_of(tx, person, token) if token else None
    whole = domain.joined(before or "", text)
    if domain.size(whole) > domain.LONGEST:
        raise TooLong(n=domain.LONGEST)
    if before is None:
        token = domain.a_token()
        owner = None if is_anonymous else person.id
        row = {"token_hash": domain.hashed(token), "person_id": owner}
        await tx.execute(insert(complaint_drafts).values(**row, text=whole, touched_at=now))
    else:
        changed = update(complaint_drafts).where(_own(person, token))
        await tx.execute(changed.values(text=whole, touched_at=now))
    return Draft(token, whole, is_anonymous)


async def _text_of(tx: Tx, person: Person, token: str) -> str | None:
    found: str | None = await tx.scalar(
        select(complaint_drafts.c.text).where(_own(person, token)).with_for_update()
    )
    return found


def _own(person: Person, token: str) -> ColumnElement[bool]:
    """Who holds the token wrote an anonymous draft; a named one is the person's besides."""
    mine = complaint_drafts.c
    is_theirs = mine.person_id.is_(None) | (mine.person_id == person.id)
    return (mine.token_hash == domain.hashed(token)) & is_theirs


async def send(desk: ComplaintsDesk, tx: Tx, person: Person, token: str, *, now: datetime) -> Sent:
    """Give it to the contact persons. Raises Outdated for a second tap, NobodyReceives."""
    draft = await tx.one(
        delete(complaint_drafts).where(_own(person, token)).returning(complaint_drafts)
    )
    if draft is None:
        raise Outdated
    if not await contacts.all_of(tx):
        raise NobodyReceives(address=desk.address)
    code = domain.a_code() if draft["person_id"] is None else None
    complaint = await _written(tx, person, draft["text"], code, now=now)
    if code is None:
        await people.record(
            tx,
            at=now,
            actor=person.id,
            action="complaint.sent",
            subject=f"complaint:{complaint.id}",
        )
    await _bring_later(tx, complaint, now=now)
    return Sent(complaint, code)


async def _written(
    tx: Tx, person: Person, text: str, code: str | None, *, now: datetime
) -> Complaint:
    row = await tx.one(
        insert(complaints)
        .values(
            person_id=person.id if code is None else None,
            is_anonymous=code is not None,
            language=person.language or "",
            text=text,
            code_hash=None if code is None else domain.hashed(code),
            received_on=formats.day_of(now),
        )
        .returning(complaints)
    )
    assert row is not None, "just written"
    return a_complaint(row)


async def _bring_later(tx: Tx, complaint: Complaint, *, now: datetime) -> None:
    """Never in this turn: rows of one commit stand side by side, and would tell who wrote it."""
    later = domain.after_a_while() if complaint.is_anonymous else None
    await due.plan(
        tx,
        key=f"complaint:{complaint.id}",
        kind=bringing.KIND,
        ref=str(complaint.id),
        at=now if later is None else now + later,
    )


async def cancel(tx: Tx, person: Person, token: str) -> None:
    """Throw it away. Raises Outdated where there is none."""
    gone = await tx.execute(delete(complaint_drafts).where(_own(person, token)))
    if not gone.rowcount:
        raise Outdated


async def keep(tx: Tx, person: Person, text: str, *, now: datetime) -> str:
    """What a contact person wrote, until they say which complaint it answers. Returns the token."""
    token = domain.a_token()
    row = {"token_hash": domain.hashed(token), "person_id": person.id, "touched_at": now}
    await tx.execute(insert(complaint_drafts).values(**row, text=text))
    return token


async def take(tx: Tx, person: Person, token: str) -> str:
    """It has its place now. Raises Outdated for a second tap."""
    gone = delete(complaint_drafts).where(_own(person, token)).returning(complaint_drafts.c.text)
    row = await tx.one(gone)
    if row is None:
        raise Outdated
    return str(row["text"])
