"""What colleagues are: training, languages, role, and whether urgent questions may wake them.

Who may change it is judged here, on the server's rows; each change is in the audit log.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update

from bot.errors import Outdated
from bot.people import tables
from bot.people.desk import PeopleDesk
from bot.people.domain import SKILLS, Colleague, Person, Role, Via, changing
from bot.people.service import audit, roles, rows
from bot.storage.transaction import Tx


class Changed(NamedTuple):
    """A colleague before and after; the same when nothing had to be done."""

    before: Colleague
    after: Colleague

    @property
    def lost(self) -> frozenset[str]:
        """Skills that were taken away."""
        return self.before.person.skills - self.after.person.skills


async def set_skills(
    tx: Tx, actor: Person, person_id: int, skills: Iterable[str], *, now: datetime
) -> Changed:
    """These skills and no others. Questions that were claimed with a lost one stay claimed."""
    wanted = _ordered(skills)
    return await _train(tx, actor, person_id, lambda before: wanted, now=now)


async def switch_skill(
    tx: Tx, actor: Person, person_id: int, skill: str, *, is_on: bool, now: datetime
) -> Changed:
    """One skill more or less; the others stay as they are at that moment."""
    one = {*_ordered([skill])}

    def wanted(before: Colleague) -> list[str]:
        own = before.person.skills
        return _ordered(own | one if is_on else own - one)

    return await _train(tx, actor, person_id, wanted, now=now)


async def set_languages(
    desk: PeopleDesk,
    tx: Tx,
    actor: Person,
    person_id: int,
    languages: Iterable[str],
    *,
    now: datetime,
) -> Changed:
    """The languages in which somebody answers."""
    wanted = _installed(desk, languages)
    return await _speak(tx, actor, person_id, lambda before: wanted, now=now)


async def switch_language(
    desk: PeopleDesk,
    tx: Tx,
    actor: Person,
    person_id: int,
    language: str,
    *,
    is_on: bool,
    now: datetime,
) -> Changed:
    """One language more or less."""
    one = _installed(desk, [language])

    def wanted(before: Colleague) -> list[str]:
        others = [code for code in before.languages if code not in one]
        return [*others, *one] if is_on else others

    return await _speak(tx, actor, person_id, wanted, now=now)


async def set_on_call(
    tx: Tx, actor: Person, person_id: int, *, is_on_call: bool, now: datetime
) -> Changed:
    """Yes or no to urgent questions at any hour."""
    before = await _colleague(tx, person_id)
    changing.require_to_call(actor, before.person, is_on_call=is_on_call)
    if before.is_on_call == is_on_call:
        return Changed(before, before)
    await _note(tx, actor, before, "staff.on_call", {"yes": is_on_call}, now=now)
    return await _write(tx, before, {"is_on_call": is_on_call})


async def set_role(tx: Tx, actor: Person, person_id: int, role: Role, *, now: datetime) -> Changed:
    """Another role. From now on it is not the group that decides it (leaving still ends it)."""
    before = await _colleague(tx, person_id)
    changing.require_to_promote(actor, before.person, role)
    if before.person.role is role:
        return Changed(before, before)
    await _note(tx, actor, before, roles.CHANGED, {"role": str(role)}, now=now)
    given = {"via": Via.INVITATION, "granted_by": actor.id, "granted_at": now}
    return await _write(tx, before, {"role": role, **given})


async def _train(
    tx: Tx,
    actor: Person,
    person_id: int,
    wanted: Callable[[Colleague], list[str]],
    *,
    now: datetime,
) -> Changed:
    before = await _colleague(tx, person_id)
    changing.require_to_train(actor, before.person)
    skills = wanted(before)
    if before.person.skills == set(skills):
        return Changed(before, before)
    await roles.train(tx, before.person.id, skills, by=actor.id, now=now)
    return Changed(before, await _colleague(tx, person_id))


async def _speak(
    tx: Tx,
    actor: Person,
    person_id: int,
    wanted: Callable[[Colleague], list[str]],
    *,
    now: datetime,
) -> Changed:
    before = await _colleague(tx, person_id)
    changing.require_over(actor, before.person)
    languages = wanted(before)
    if list(before.languages) == languages:
        return Changed(before, before)
    await _note(tx, actor, before, "staff.languages", {"languages": languages}, now=now)
    return await _write(tx, before, {"languages": languages})


async def _colleague(tx: Tx, person_id: int) -> Colleague:
    """Locked, so that of two changes at once none is lost. Raises Outdated for who has left."""
    own = tables.staff.c.person_id
    await tx.scalar(select(own).where(own == person_id).with_for_update())
    row = await tx.one(tables.BY_ID, {"id": person_id})
    if row is None or row["role"] is None:
        raise Outdated
    return rows.colleague(row)


async def _write(tx: Tx, before: Colleague, values: Mapping[str, object]) -> Changed:
    own = tables.staff.c.person_id == before.person.id
    await tx.execute(update(tables.staff).where(own).values(**values))
    return Changed(before, await _colleague(tx, before.person.id))


async def _note(
    tx: Tx,
    actor: Person,
    about: Colleague,
    action: str,
    detail: Mapping[str, object],
    *,
    now: datetime,
) -> None:
    subject = f"person:{about.person.id}"
    await audit.record(tx, at=now, actor=actor.id, action=action, subject=subject, detail=detail)


def _ordered(skills: Iterable[str]) -> list[str]:
    """Each once, in one order. What a button carries may be forged."""
    wanted = set(skills)
    if not wanted <= set(SKILLS):
        raise Outdated
    return [one for one in SKILLS if one in wanted]


def _installed(desk: PeopleDesk, languages: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(languages))
    if not set(wanted) <= set(desk.catalogs.codes):
        raise Outdated
    return wanted
