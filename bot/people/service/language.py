"""The language a person reads: chosen by button, and what they wanted before they chose."""

import dataclasses
from datetime import datetime

import msgspec
from sqlalchemy import select, update

from bot.delivery import inbox
from bot.delivery import incoming as post
from bot.delivery.incoming import Album, Incoming, Said, SentMedia
from bot.people import domain, tables
from bot.people.domain import Person
from bot.storage.transaction import Tx


async def keep_for_later(tx: Tx, person: Person, incoming: Incoming) -> None:
    """Before a language is chosen: keep the link they came by, or what they asked last."""
    if (kept := _worth_keeping(incoming)) is not None:
        own = tables.people.c.id == person.id
        await tx.execute(update(tables.people).where(own).values(kept))


async def choose_language(
    tx: Tx, person: Person, language: str, *, now: datetime
) -> tuple[Person, list[Incoming]]:
    """The person in their language, and what they had said before, to be answered now."""
    people = tables.people
    own = people.c.id == person.id
    waiting = await tx.one(select(people.c.pending_start, people.c.pending_message).where(own))
    await tx.execute(
        update(people)
        .where(own)
        .values(language=language, pending_start=None, pending_message=None)
    )
    said = [] if waiting is None else _said_before(person, dict(waiting), now)
    return dataclasses.replace(person, language=language), said


def _worth_keeping(incoming: Incoming) -> dict[str, str] | None:
    if isinstance(incoming, Said) and incoming.command is not None:
        payload = incoming.argument if incoming.command == "start" else ""
        return {"pending_start": payload} if domain.is_payload(payload) else None
    if isinstance(incoming, Said | SentMedia | Album):
        return {"pending_message": post.encode(incoming).decode()}
    return None


def _said_before(person: Person, waiting: dict[str, str | None], now: datetime) -> list[Incoming]:
    said: list[Incoming] = []
    if payload := waiting["pending_start"]:
        chat = person.telegram_id
        said.append(Said(chat_id=chat, is_private=True, at=now, text=f"/start {payload}"))
    # What another version wrote down may be unreadable: the choice must not fail for that.
    if (message := waiting["pending_message"]) and (earlier := inbox.readable(message)):
        said.append(msgspec.structs.replace(earlier, at=now))
    return said
