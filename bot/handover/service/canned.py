"""Canned answers as rows: those that came with the bot, and what coordinators made of them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Canned, Case
from bot.handover.tables import canned_answers, canned_texts
from bot.handover.wording.canned import SHIPPED
from bot.language.catalog import Catalogs
from bot.people.domain import Person, Role, is_at_least
from bot.people.service import audit
from bot.storage.transaction import Row, Tx


def require_coordinator(person: Person) -> None:
    """Raises CoordinatorsChangeThem unless the person's own row says so."""
    if person.is_anonymous or not is_at_least(person.role, Role.COORDINATOR):
        raise domain.CoordinatorsChangeThem


async def every(catalogs: Catalogs, tx: Tx) -> list[Canned]:
    """All of them as they read now: those of the bot in their order, then those of the team."""
    named = canned_answers.c.name == canned_texts.c.name
    rows = await tx.all(
        select(
            canned_answers.c.name,
            canned_answers.c.is_removed,
            canned_texts.c.language,
            canned_texts.c.text,
        )
        .select_from(canned_answers.outerjoin(canned_texts, named))
        .order_by(canned_answers.c.name, canned_texts.c.language)
    )
    found = {name: Canned(name, _shipped(catalogs, name), is_shipped=True) for name in SHIPPED}
    for row in rows:
        _overlay(found, row)
    return list(found.values())


def _shipped(catalogs: Catalogs, name: str) -> dict[str, str]:
    written = {words.code: words.written(SHIPPED[name]) for words in catalogs}
    return {code: text for code, text in written.items() if text}


def _overlay(found: dict[str, Canned], row: Row) -> None:
    name = row["name"]
    if row["is_removed"]:
        found.pop(name, None)
        return
    known = found.setdefault(name, Canned(name, {}))
    if row["language"] is not None:
        texts = {**known.texts, row["language"]: row["text"]}
        found[name] = Canned(name, texts, known.is_shipped)


async def find(catalogs: Catalogs, tx: Tx, name: str) -> Canned:
    """One of them. Raises NoSuchCanned."""
    for one in await every(catalogs, tx):
        if one.name == name:
            return one
    raise domain.NoSuchCanned(name=name)


async def make(catalogs: Catalogs, tx: Tx, person: Person, name: str, *, now: datetime) -> Canned:
    """A new one, still without words; one of the bot's that was taken away comes back as it was.

    Raises CoordinatorsChangeThem, BadName, CannedExists, TooManyCanned.
    """
    require_coordinator(person)
    domain.check_name(name)
    found = await every(catalogs, tx)
    if any(one.name == name for one in found):
        raise domain.CannedExists(name=name)
    if len(found) >= domain.CANNED_AT_MOST:
        raise domain.TooManyCanned(n=len(found))
    await _keep(tx, person, name, is_removed=False, now=now)
    await _record(tx, person, "canned.made", name, now=now)
    return await find(catalogs, tx, name)


async def change(
    catalogs: Catalogs, tx: Tx, person: Person, at: tuple[str, str], text: str, *, now: datetime
) -> Canned:
    """Another text for (name, language). Raises what is wrong with it, see `domain.check_text`."""
    require_coordinator(person)
    name, language = at
    check_language(catalogs, language)
    await find(catalogs, tx, name)
    domain.check_text(text)
    await _keep(tx, person, name, is_removed=False, now=now)
    values = {"text": text, "changed_by": person.id, "changed_at": now}
    statement = tx.insert(canned_texts).values(name=name, language=language, **values)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["name", "language"], set_=values)
    )
    await _record(tx, person, "canned.changed", f"{name}:{language}", now=now)
    return await find(catalogs, tx, name)


def check_language(catalogs: Catalogs, language: str) -> None:
    """Raises NoSuchLanguage."""
    if language not in catalogs.codes:
        raise domain.NoSuchLanguage(language=language, languages=", ".join(catalogs.codes))


async def remove(catalogs: Catalogs, tx: Tx, person: Person, name: str, *, now: datetime) -> None:
    """Take it away, with every text. Raises CoordinatorsChangeThem, NoSuchCanned."""
    require_coordinator(person)
    found = await find(catalogs, tx, name)
    await tx.execute(delete(canned_texts).where(canned_texts.c.name == name))
    if found.is_shipped:
        await _keep(tx, person, name, is_removed=True, now=now)
    else:
        await tx.execute(delete(canned_answers).where(canned_answers.c.name == name))
    await _record(tx, person, "canned.removed", name, now=now)


async def _keep(tx: Tx, person: Person, name: str, *, is_removed: bool, now: datetime) -> None:
    values = {"is_removed": is_removed, "changed_by": person.id, "changed_at": now}
    statement = tx.insert(canned_answers).values(name=name, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))


async def _record(tx: Tx, person: Person, action: str, subject: str, *, now: datetime) -> None:
    await audit.record(tx, at=now, actor=person.id, action=action, subject=f"canned:{subject}")


def filled(desk: HandoverDesk, text: str, language: str, *, person: Person, case: Case) -> str:
    """The text with everything between braces filled in. Raises NothingToFill."""
    values: Mapping[str, object] = {
        "organisation": desk.organisation,
        **desk.facts(language),
        "name": person.first_name,
        "number": case.number,
    }
    for place in sorted(domain.places_in(text)):
        if not values.get(place):
            raise domain.NothingToFill(place=f"{{{place}}}")
    return desk.catalogs.words(language).filled(text, **values)


def sample(desk: HandoverDesk, text: str, language: str, person: Person) -> str:
    """The same as an example, for whoever changes it."""
    known = {"name": person.first_name, "number": 123, "organisation": desk.organisation}
    values = {place: f"{{{place}}}" for place in domain.PLACEHOLDERS} | known
    facts = {name: value for name, value in desk.facts(language).items() if value}
    return desk.catalogs.words(language).filled(text, **values | facts)
