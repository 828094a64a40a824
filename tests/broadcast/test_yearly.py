"""The thank-you of the year: the bot writes it once, coordinators send it or do not."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.broadcast import tables
from bot.broadcast.domain import Broadcast, Kind, NotByYourself, Stage, Topic
from bot.broadcast.service import approving, drafting, rows, steering, yearly
from bot.delivery import messages
from bot.delivery.messages import Outgoing
from bot.delivery.tables import outbox as posts
from bot.people.domain import Person
from bot.storage.transaction import Tx
from tests.support import broadcast_makers as making
from tests.support.broadcast_makers import GROUP, a_draft
from tests.support.volunteering_makers import NOW

DESK = making.a_desk()
DAY = timedelta(days=1)
NIGHT = datetime(NOW.year, 12, 5, 2, 0, tzinfo=UTC)
MORNING = datetime(NOW.year, 12, 5, 9, 0, tzinfo=UTC)


async def _cards(tx: Tx) -> list[Outgoing]:
    wanted = select(posts.c.body).where(posts.c.chat_id == GROUP).order_by(posts.c.id)
    found = [messages.decode(row["body"]) for row in await tx.all(wanted)]
    return [one for one in found if isinstance(one, Outgoing)]


async def _written(tx: Tx) -> Sequence[Broadcast]:
    ids = await tx.all(select(tables.broadcasts.c.id).order_by(tables.broadcasts.c.id))
    return [await rows.get(tx, row["id"]) for row in ids]


async def _a_year(tx: Tx) -> tuple[Person, Person]:
    """Somebody who gave hours lately, and two coordinators."""
    await making.a_worker(tx, 10)
    karen = await making.a_colleague(tx)
    return karen, await making.a_colleague(tx, 901, name="Joris")


async def test_thanks_are_written_and_shown_in_the_morning(tx: Tx) -> None:
    await _a_year(tx)

    await yearly.propose(DESK, tx, now=NIGHT - DAY)
    assert await _written(tx) == []
    await yearly.propose(DESK, tx, now=NIGHT)

    (one,) = await _written(tx)
    assert (one.stage, one.author, one.draft.topic) == (Stage.DRAFT, None, Topic.THANKS)
    (card,) = await _cards(tx)
    assert "1 vrijwilliger" in card.text
    assert card.hold_until == MORNING


async def test_card_comes_again_while_nobody_took_it_in_hand(tx: Tx) -> None:
    karen, _ = await _a_year(tx)

    for ahead in range(8):
        await yearly.propose(DESK, tx, now=NIGHT + ahead * DAY)
    assert len(await _cards(tx)) == 2
    (one,) = await _written(tx)
    await drafting.keep(tx, karen, one.draft, of=one.id, now=NIGHT + 9 * DAY)
    for ahead in range(10, 20):
        await yearly.propose(DESK, tx, now=NIGHT + ahead * DAY)

    assert len(await _cards(tx)) == 2
    assert len(await _written(tx)) == 1


async def test_thrown_away_it_is_not_written_again(tx: Tx) -> None:
    karen, _ = await _a_year(tx)
    await yearly.propose(DESK, tx, now=NIGHT)
    (one,) = await _written(tx)
    await drafting.drop(tx, karen, one.id, now=NIGHT)
    for ahead in range(1, 20):
        await yearly.propose(DESK, tx, now=NIGHT + ahead * DAY)

    (one,) = await _written(tx)
    assert one.stage is Stage.CANCELLED
    assert len(await _cards(tx)) == 1


async def test_own_thanks_of_coordinators_take_its_place(tx: Tx) -> None:
    karen, _ = await _a_year(tx)
    own = a_draft(kind=Kind.THANKS, topic=Topic.THANKS)
    await drafting.keep(tx, karen, own, now=NIGHT - 10 * DAY)

    await yearly.propose(DESK, tx, now=NIGHT)

    assert len(await _written(tx)) == 1
    assert await _cards(tx) == []


async def test_where_nobody_gave_hours_nothing_is_written(tx: Tx) -> None:
    await making.a_colleague(tx)

    await yearly.propose(DESK, tx, now=NIGHT)

    assert await _written(tx) == []


async def test_who_sends_it_to_few_is_its_author(tx: Tx) -> None:
    karen, _ = await _a_year(tx)
    await yearly.propose(DESK, tx, now=NIGHT)
    (one,) = await _written(tx)

    begun = await steering.start(DESK, tx, karen, one.id, one.draft.sign, now=MORNING)

    assert (begun.stage, begun.author, begun.total) == (Stage.RUNNING, karen.id, 1)


async def test_who_asks_for_approval_cannot_give_it(tx: Tx) -> None:
    karen, joris = await _a_year(tx)
    await yearly.propose(DESK, tx, now=NIGHT)
    (one,) = await _written(tx)
    await approving.ask(DESK, tx, karen, one.id, now=MORNING)

    with pytest.raises(NotByYourself):
        await approving.approve(DESK, tx, karen, one.id, one.draft.sign, now=MORNING)
    begun = await approving.approve(DESK, tx, joris, one.id, one.draft.sign, now=MORNING)
    assert begun.stage is Stage.RUNNING
