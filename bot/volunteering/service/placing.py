"""An assignment that lasts: seen in full, asked for, approved or not."""

from datetime import datetime

from sqlalchemy import and_, func, select, update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.errors import Outdated
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.schedule import timing
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Kind, matching
from bot.volunteering.domain.assignments import TWO_SIDED, in_words_of
from bot.volunteering.domain.fitting import Fit
from bot.volunteering.domain.matching import Match, Opening, Seeker
from bot.volunteering.domain.placing import (
    ACCEPTED,
    ASKED,
    BEGUN,
    DECLINED,
    LIVE,
    PROPOSED,
    Asked,
    DecidedAlready,
    Lasting,
    NoPlaceLeft,
    NotApproved,
    NotForYou,
    Proposal,
)
from bot.volunteering.service import fitting, indexing, offices, placements, preparing
from bot.volunteering.wording import fitting as wording

_placements, _assignments = tables.placements, tables.assignments


async def look(tx: Tx, person_id: int, assignment: int) -> Lasting:
    """One that lasts, as this volunteer sees it. Raises NotApproved, Outdated."""
    seeker = await _approved(tx, person_id)
    row = await _assignment(tx, assignment)
    fit = _fit(seeker, row)
    own = await tx.one(
        select(_placements.c.state)
        .where(_placements.c.assignment_id == assignment, _placements.c.volunteer_id == seeker.id)
        .where(_placements.c.state.in_((*LIVE, DECLINED)))
        .order_by(_placements.c.id.desc())
        .limit(1)
    )
    if own is not None:
        return Lasting(fit, Asked(own["state"]))
    if matching.obstacle(seeker, fit.match.opening) is not None:
        return Lasting(fit, Asked.NO_FIT)
    return Lasting(fit, Asked.FULL if row["placed"] >= row["wanted"] else Asked.NOT)


async def ask(
    desk: VolunteeringDesk, tx: Tx, person: Person, assignment: int, *, now: datetime
) -> Fit:
    """They are interested: the coordinators hear of it. Raises NotApproved, NotForYou, Outdated."""
    await hold(tx, assignment)
    seen = await look(tx, person.id, assignment)
    if seen.standing is not Asked.NOT:
        raise NotForYou
    values = {
        "assignment_id": assignment,
        "volunteer_id": seen.fit.match.seeker,
        "state": PROPOSED,
        "created_at": now,
    }
    made = tx.insert(_placements).values(**values).returning(_placements.c.id)
    new = int(await tx.scalar(made))
    await placements.touch(tx, assignment)
    await _tell_team(desk, tx, new)
    return seen.fit


async def decide(
    desk: VolunteeringDesk, tx: Tx, person: Person, placement: int, *, is_yes: bool, now: datetime
) -> Proposal:
    """A coordinator approves, or not; the volunteer hears it in their own language. Nothing begins
    with it: when, and with whom, is said afterwards.

    Raises StaffOnly, NotYourOffice, Outdated, DecidedAlready, NoPlaceLeft.
    """
    require(person, Role.COORDINATOR)
    row = await _proposal(tx, placement)
    await offices.require_office(tx, person, row["assigned_to"])
    await hold(tx, row["assignment_id"])
    if is_yes:
        await require_place(tx, row["assignment_id"], row["wanted"])
    values = {"state": ACCEPTED, "accepted_at": now} if is_yes else {"state": DECLINED}
    open_ = and_(_placements.c.id == placement, _placements.c.state == PROPOSED)
    done = await tx.execute(update(_placements).where(open_).values(values))
    if done.rowcount != 1:
        raise DecidedAlready
    await placements.touch(tx, row["assignment_id"])
    await _tell_volunteer(desk, tx, row, is_yes=is_yes, now=now)
    if is_yes:
        whose, what = row["volunteer_id"], row["assignment_id"]
        await preparing.begin_lasting(desk, tx, whose, what, now=now)
    action = "placement.approved" if is_yes else "placement.declined"
    subject = f"placement:{placement}"
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject)
    return _as_proposal(row, desk.staff_language)


async def waiting(
    desk: VolunteeringDesk, tx: Tx, person: Person, *, limit: int = 10
) -> list[Proposal]:
    """Whoever waits for a decision, longest first. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    theirs = _assignments.c.office.not_in(await offices.others(tx, person))
    wanted = _PROPOSALS.where(_placements.c.state == PROPOSED, theirs).order_by(_placements.c.id)
    rows = await tx.all(wanted.limit(limit))
    files = await fitting.files(tx, [row["volunteer_id"] for row in rows])
    return [
        _as_proposal({**row, **_who(files[row["volunteer_id"]])}, desk.staff_language)
        for row in rows
        if row["volunteer_id"] in files
    ]


async def _approved(tx: Tx, person_id: int) -> Seeker:
    known = await participants.known(tx, person_id)
    seeker = None if known is None else await indexing.seeker(tx, known)
    if seeker is None:
        raise NotApproved
    return seeker


async def _assignment(tx: Tx, assignment: int) -> Row:
    """An open one that lasts. Raises Outdated."""
    found = (await fitting.assignments(tx, [assignment])).get(assignment)
    if found is None or found["kind"] == Kind.OCCASIONAL:
        raise Outdated
    return found


def _fit(seeker: Seeker, row: Row) -> Fit:
    need = indexing.a_need(row)
    opening = Opening(need=need, spot=need.spot, parts=need.availability)
    km = matching.distance(seeker.spot, need.spot)
    why = matching.reasons(seeker, opening, km=km)
    if matching.obstacle(seeker, opening) is not None:
        return fitting.lasting(Match(seeker=seeker.id, opening=opening, score=0.0, km=km), row)
    points = matching.score(seeker, opening, km=km)
    match = Match(seeker=seeker.id, opening=opening, score=points, km=km, reasons=why)
    return fitting.lasting(match, row)


async def hold(tx: Tx, assignment: int) -> None:
    """Who asks for or decides on the same assignment at this moment waits."""
    if not tx.is_sqlite:  # there one writer is the rule anyway
        own = _assignments.c.id == assignment
        await tx.execute(select(_assignments.c.id).where(own).with_for_update())


async def require_place(tx: Tx, assignment: int, wanted: int) -> None:
    """One more can be agreed on, of an assignment that is held. Raises NoPlaceLeft."""
    agreed = _placements.c.state.in_((ASKED, ACCEPTED, *BEGUN))
    own = and_(_placements.c.assignment_id == assignment, agreed)
    if await tx.scalar(select(func.count()).select_from(_placements).where(own)) >= wanted:
        raise NoPlaceLeft


_PROPOSALS = (
    select(
        _placements.c.id,
        _placements.c.volunteer_id,
        _placements.c.assignment_id,
        _placements.c.state,
        _assignments.c.titles,
        _assignments.c.written_in,
        _assignments.c.kind,
        _assignments.c.wanted,
        _assignments.c.office.label("assigned_to"),
        tables.organisations.c.name.label("organisation"),
    )
    .join(_assignments, _assignments.c.id == _placements.c.assignment_id)
    .join(tables.organisations, tables.organisations.c.id == _assignments.c.organisation_id)
)


async def _proposal(tx: Tx, placement: int) -> Row:
    """Raises Outdated where it is gone, or the volunteer is approved no longer."""
    row = await tx.one(_PROPOSALS.where(_placements.c.id == placement))
    if row is None:
        raise Outdated
    files = await fitting.files(tx, [row["volunteer_id"]])
    if row["volunteer_id"] not in files:
        raise Outdated
    return {**row, **_who(files[row["volunteer_id"]])}


def _who(file: Row) -> dict[str, object]:
    return {"who": file["name"], "town": file["town"], "office": file["office"]}


def _as_proposal(row: Row, language: str) -> Proposal:
    return Proposal(
        id=row["id"],
        volunteer=row["volunteer_id"],
        name=row["who"],
        town=row["town"] or "",
        office=row["office"],
        title=in_words_of(row["titles"], language, row["written_in"])[0],
        organisation=row["organisation"],
        has_two_sides=row["kind"] in TWO_SIDED,
    )


async def _tell_team(desk: VolunteeringDesk, tx: Tx, placement: int) -> None:
    if desk.group is None:
        return  # it stands in the coordinators' list
    _ = desk.catalogs.words(desk.staff_language)
    proposal = _as_proposal(await _proposal(tx, placement), desk.staff_language)
    text, buttons = wording.card(_, proposal)
    post = Outgoing(
        to=desk.group, lane="notice", key=f"placement:{placement}", text=text, buttons=buttons
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def _tell_volunteer(
    desk: VolunteeringDesk, tx: Tx, row: Row, *, is_yes: bool, now: datetime
) -> None:
    """Whoever has no Telegram is called: the card says who."""
    person = await participants.person_of(tx, ParticipantId(row["volunteer_id"]))
    if person is None:
        return
    _ = desk.catalogs.words(person.language)
    title = in_words_of(row["titles"], _.code, row["written_in"])[0]
    post = Outgoing(
        to=person.telegram_id,
        lane="notice",
        key=f"placement:{row['id']}:{'yes' if is_yes else 'no'}",
        hold_until=timing.considerate(now),
        text=wording.decided(_, title, is_yes=is_yes, is_pair=row["kind"] in TWO_SIDED),
        person_id=person.id,
    )
    await outbox.put(tx, post)
