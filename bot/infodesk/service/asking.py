"""What somebody is asking just now: answers shown, and own words that wait for a colleague."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, select, update

from bot.handover.domain import Already, Asked
from bot.infodesk import domain, tables
from bot.infodesk.desk import InfoDesk
from bot.infodesk.domain import Decision
from bot.storage.prepared import Inserting, Prepared, Upsert
from bot.storage.transaction import Row, Tx

_MESSAGES_AT_MOST = 20
_GUESSED = (Decision.SURE, Decision.UNSURE, Decision.EMERGENCY)


class Asking(NamedTuple):
    """One person's row."""

    shown: list[str]
    messages: list[dict[str, Any]]
    is_urgent: bool
    at: datetime | None = None
    no_help: Sequence[str] = ()  # of `shown`: what did not help, says the person


def _writing(inserting: Inserting) -> Upsert:
    given = inserting(tables.asking).values(
        {name: bindparam(name) for name in ("person_id", *Asking._fields)}
    )
    news = {name: given.excluded[name] for name in Asking._fields}
    return given.on_conflict_do_update(index_elements=["person_id"], set_=news)


# Every answered question runs them.
_OWN = Prepared(select(tables.asking).where(tables.asking.c.person_id == bindparam("person_id")))
_WRITE = Prepared(_writing)


async def saw(tx: Tx, person_id: int, slug: str, *, now: datetime) -> None:
    """Remember that an answer was shown, for the colleague who may be asked next."""
    row = await _row(tx, person_id, now)
    await _write(tx, person_id, row._replace(shown=domain.lately_shown(row.shown, slug), at=now))


async def asked(
    tx: Tx,
    person_id: int,
    *messages: Asked,
    now: datetime,
    is_urgent: bool = False,
    shown: str | None = None,
) -> None:
    """Keep the person's own words for "Ask a colleague"; voice messages in a row stay together."""
    row = await _row(tx, person_id, now)
    new = [{"id": one.message_id, "text": one.text, "media": one.media} for one in messages]
    continues = messages[0].media and domain.is_same_breath(row.at, now)
    kept = [known for known in row.messages if continues and known["media"]]
    seen = domain.lately_shown(row.shown, shown) if shown else row.shown
    messages_ = [*kept, *new][-_MESSAGES_AT_MOST:]
    await _write(tx, person_id, Asking(seen, messages_, is_urgent, now, row.no_help))


async def judged(tx: Tx, person_id: int, slug: str, *, is_up: bool, now: datetime) -> None:
    """What the person has tried: a 👎 is told to the colleague who may be asked next; a 👍 takes it
    back."""
    row = await _row(tx, person_id, now)
    others = [one for one in row.no_help if one != slug]
    if not is_up:
        shown = domain.lately_shown(row.shown, slug)
        row = row._replace(shown=shown, no_help=[*others, slug], at=now)
    elif len(others) == len(row.no_help):
        return
    else:
        row = row._replace(no_help=others)
    await _write(tx, person_id, row)


async def begin_anew(tx: Tx, person_id: int) -> None:
    """A new question begins: what was said before no longer belongs to it."""
    await tx.execute(
        update(tables.asking)
        .where(tables.asking.c.person_id == person_id)
        .values(messages=[], is_urgent=False)
    )


async def last_words(tx: Tx, person_id: int, *, now: datetime) -> str:
    """The last question in words, or nothing."""
    row = await _row(tx, person_id, now)
    return str(row.messages[-1]["text"]) if row.messages else ""


async def calmed(tx: Tx, person_id: int, *, now: datetime) -> str:
    """It was not urgent after all. Returns the words that sounded like it."""
    row = await _row(tx, person_id, now)
    await _write(tx, person_id, row._replace(is_urgent=False, at=row.at or now))
    return str(row.messages[-1]["text"]) if row.messages else ""


async def already(desk: InfoDesk, tx: Tx, person_id: int) -> Already:
    """What the staff queue takes over when somebody asks for a colleague; it is taken once."""
    found = await tx.one(_OWN, {"person_id": person_id})
    if found is None:
        return Already()
    row = _read(found)
    topic = _topic(desk, row)
    if row.messages or row.is_urgent:
        await begin_anew(tx, person_id)
    return Already(
        asked=tuple(Asked(one["id"], one["text"], one["media"]) for one in row.messages),
        shown=tuple(desk.title(slug, desk.staff_language) for slug in row.shown),
        no_help=tuple(desk.title(slug, desk.staff_language) for slug in row.no_help),
        category=_head(topic),
        topic=topic,
        is_urgent=row.is_urgent or any(map(desk.library.is_urgent, row.shown[-1:])),
    )


async def forget_old(tx: Tx, *, now: datetime) -> None:
    """Nobody's words wait here for longer than a day."""
    too_old = now - domain.CONTEXT_LIFE
    await tx.execute(delete(tables.asking).where(tables.asking.c.at < too_old))


def guess(desk: InfoDesk, text: str, language: str | None = None) -> str | None:
    """The topic that a text is about; None where no topic fits."""
    found = desk.search.find(text, language)
    return next(iter(found.slugs), None) if found.decision in _GUESSED else None


def _topic(desk: InfoDesk, row: Asking) -> str | None:
    """The topic the question is about, as far as one can guess."""
    text = " ".join(one["text"] for one in row.messages)
    said = guess(desk, text) if text else None
    return said or next(reversed(row.shown), None)


def _head(topic: str | None) -> str | None:
    return topic.partition("/")[0] if topic else None


async def _row(tx: Tx, person_id: int, now: datetime) -> Asking:
    found = await tx.one(_OWN, {"person_id": person_id})
    if found is None or found["at"] < now - domain.CONTEXT_LIFE:
        return Asking([], [], False)
    return _read(found)


def _read(row: Row) -> Asking:
    seen = row["shown"]
    no_help = [slug for slug in row["no_help"] or () if slug in seen]
    return Asking(seen, row["messages"], row["is_urgent"], row["at"], no_help)


async def _write(tx: Tx, person_id: int, row: Asking) -> None:
    no_help = [slug for slug in row.no_help if slug in row.shown]
    await tx.write(_WRITE, {"person_id": person_id, **row._asdict(), "no_help": no_help})
