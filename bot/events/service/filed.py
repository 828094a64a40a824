"""A file was read: show what it would do, or bring it in where its sender has said yes."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

import msgspec

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.errors import Refused
from bot.events.desk import EventsDesk
from bot.events.domain.files import EventFile, NoKind, NoOffice, WalkerFile
from bot.events.service import bulk, filing, walking_in
from bot.events.service.bulk import Order, Outcome
from bot.events.service.filing import Filed
from bot.events.wording import bulk as wording
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx

_HOW: Final = (bulk.NEW, bulk.CHANGED, bulk.CANCELLED)


async def take(
    desk: EventsDesk,
    tx: Tx,
    filed: Filed,
    found: EventFile | WalkerFile | Refused,
    *,
    now: datetime,
) -> None:
    """What was read, or why nothing was."""
    person = await filing.sender(tx, filed)
    if person is None:
        await filing.drop(tx, filed)
        return
    _ = desk.catalogs.words(person.language or desk.staff_language)
    if isinstance(found, Refused):
        await filing.drop(tx, filed)
        said = wording.failed(_, found)
    elif isinstance(found, WalkerFile):
        said = await _walked(desk, tx, filed, found, person, now=now)
    else:
        order = Order(file=found, person=person, office=filed.office or None)
        said = await _said(desk, tx, filed, order, _, now=now)
    await _post(tx, person, said, _)


async def _said(
    desk: EventsDesk, tx: Tx, filed: Filed, order: Order, _: Words, *, now: datetime
) -> Outgoing:
    outcome = await bulk.preview(desk, tx, order, now=now)
    if outcome.faults:
        asked = await _asked(desk, tx, filed, order, outcome)
        if asked is not None:
            return asked(_)
        await filing.drop(tx, filed)
        return wording.faulty(_, [wording.wrong(_, one.at, one.why) for one in outcome.faults])
    if not outcome.changes:
        await filing.drop(tx, filed)
        return wording.nothing(_, _skipped(_, outcome))
    sign, is_wanted = filing.sign(outcome), filed.state == filing.WANTED
    if is_wanted and sign == filed.sign:
        await bulk.bring_in(desk, tx, order, now=now)
        await filing.drop(tx, filed)
        return wording.brought_in(_, _counts(outcome))
    await filing.mark(tx, filed, state=filing.SHOWN, sign=sign)
    lines = [*(wording.done(_, one) for one in outcome.changes), *_skipped(_, outcome)]
    return wording.preview(_, lines, _counts(outcome), id_=filed.id, is_new=is_wanted)


async def _walked(
    desk: EventsDesk, tx: Tx, filed: Filed, found: WalkerFile, person: Person, *, now: datetime
) -> Outgoing:
    """The same for a list of walkers."""
    _ = desk.catalogs.words(person.language or desk.staff_language)
    event_id = filed.event_id or 0
    outcome = await walking_in.preview(desk, tx, person, event_id, found, now=now)
    if outcome.faults:
        await filing.drop(tx, filed)
        return wording.faulty(_, [wording.wrong(_, one.at, one.why) for one in outcome.faults])
    skipped = [wording.left_out(_, one.at, one.title, one.why) for one in outcome.skipped]
    if not outcome.added:
        await filing.drop(tx, filed)
        return wording.nothing(_, skipped)
    sign, is_wanted = filing.sign(outcome), filed.state == filing.WANTED
    counts = {"walkers": len(outcome.added), "teams": outcome.new_teams}
    if is_wanted and sign == filed.sign:
        await walking_in.bring_in(desk, tx, person, event_id, found, now=now)
        await filing.drop(tx, filed)
        return wording.walk_done(_, **counts)
    await filing.mark(tx, filed, state=filing.SHOWN, sign=sign)
    lines = [wording.walker(_, one.line, is_waiting=one.is_waiting) for one in outcome.added]
    if found.unread:
        lines.insert(0, wording.unread(_, found.unread))
    return wording.walk_preview(_, [*lines, *skipped], **counts, id_=filed.id, is_new=is_wanted)


async def _asked(
    desk: EventsDesk, tx: Tx, filed: Filed, order: Order, outcome: Outcome
) -> Callable[[Words], Outgoing] | None:
    """Where only the kind or the office is not said, it is asked."""
    if all(isinstance(one.why, NoKind) for one in outcome.faults):
        await filing.mark(tx, filed, state=filing.SHOWN)
        return partial(wording.which_kind, id_=filed.id)
    if all(isinstance(one.why, NoOffice) for one in outcome.faults):
        await filing.mark(tx, filed, state=filing.SHOWN)
        theirs = await _theirs(desk, tx, order)
        return partial(wording.which_office, id_=filed.id, offices=theirs)
    return None


async def _theirs(desk: EventsDesk, tx: Tx, order: Order) -> list[tuple[int, str]]:
    """The offices for which they may plan, with their numbers."""
    found = []
    for number, (key, name) in enumerate(desk.offices.items()):
        if order.person is None:
            continue
        try:
            await desk.require_office(tx, order.person, key)
        except Refused:
            continue
        found.append((number, name))
    return found


def _skipped(_: Words, outcome: Outcome) -> list[str]:
    return [wording.left_out(_, one.at, one.title, one.why) for one in outcome.skipped]


def _counts(outcome: Outcome) -> dict[str, int]:
    return {how: sum(one.how == how for one in outcome.changes) for how in _HOW}


async def _post(tx: Tx, person: Person, said: Outgoing, _: Words) -> None:
    post = msgspec.structs.replace(said, to=person.telegram_id, person_id=person.id)
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))
