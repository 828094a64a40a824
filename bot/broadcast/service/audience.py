"""Who is meant: one SELECT over people, volunteers, colleagues and what everybody wants."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, Subquery, func, or_, select

from bot.broadcast.domain import OPT_IN, Audience, Draft, Group, Kind, Reach
from bot.broadcast.service import subscriptions
from bot.people import service as people
from bot.people.domain import State
from bot.storage.transaction import Tx
from bot.volunteering.service import many


async def count(tx: Tx, draft: Draft, *, now: datetime) -> Reach:
    """Distinct people whom this would reach now; who blocked the bot is counted apart."""
    them = people.everybody()
    rows = await tx.all(
        select(them.c.language, them.c.state, func.count().label("n"))
        .where(*_meant(them, draft, now=now))
        .group_by(them.c.language, them.c.state)
        .order_by(func.count().desc(), them.c.language)
    )
    reached = {row["language"]: row["n"] for row in rows if row["state"] == State.REACHABLE}
    blocked = sum(row["n"] for row in rows if row["state"] != State.REACHABLE)
    return Reach(reached, blocked)


def chosen(draft: Draft, *, now: datetime) -> Select[tuple[int]]:
    """Ids of everybody who is meant, also of who blocked the bot: those are skipped when their turn
    comes, and counted."""
    them = people.everybody()
    return select(them.c.id).where(*_meant(them, draft, now=now))


def _meant(them: Subquery, draft: Draft, *, now: datetime) -> list[ColumnElement[bool]]:
    audience = draft.audience
    conditions = [or_(*(_in_group(them, one) for one in audience.groups))]
    if audience.languages:
        conditions.append(them.c.language.in_(audience.languages))
    if audience.has_region:
        conditions.append(_in_region(them, audience))
    if draft.kind is Kind.THANKS:
        conditions.append(them.c.id.in_(many.workers(now)))
    if draft.topic in OPT_IN:
        conditions.append(them.c.id.in_(subscriptions.said(draft.topic, is_on=True)))
    else:
        conditions.append(them.c.id.not_in(subscriptions.said(draft.topic, is_on=False)))
    return conditions


def _in_group(them: Subquery, group: Group) -> ColumnElement[bool]:
    is_volunteer = them.c.id.in_(many.volunteers())
    if group is Group.VOLUNTEERS:
        return is_volunteer
    if group is Group.STAFF:
        return them.c.role.is_not(None)
    return them.c.role.is_(None) & ~is_volunteer


def _in_region(them: Subquery, audience: Audience) -> ColumnElement[bool]:
    theirs = them.c.id.in_(many.in_region(audience.offices, audience.postcodes))
    if not audience.offices:
        return theirs
    return theirs | them.c.id.in_(many.coordinators(audience.offices))
