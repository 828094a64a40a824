"""A second colleague's yes: to exactly what is sent, never one's own, once."""

import asyncio

import pytest
from sqlalchemy import select

from bot.broadcast.domain import (
    Audience,
    Broadcast,
    ChangedSince,
    Group,
    NobodyMeant,
    NotByYourself,
    NothingSaid,
    Stage,
    TooLate,
)
from bot.broadcast.service import approving, drafting, rows
from bot.delivery import messages
from bot.delivery.messages import Edit, Message, Outgoing
from bot.delivery.tables import outbox as posts
from bot.errors import NotAllowed, Refused
from bot.people.domain import Person, Role
from bot.people.tables import audit
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support import broadcast_makers as making
from tests.support.broadcast_makers import GROUP, a_draft
from tests.support.volunteering_makers import NOW

DESK = making.a_desk()


async def _asked(tx: Tx, count: int = 3) -> tuple[Broadcast, Person, Person]:
    await making.newcomers(tx, count)
    karen = await making.a_colleague(tx)
    joris = await making.a_colleague(tx, 901, name="Joris")
    kept = await drafting.keep(tx, karen, a_draft(), now=NOW)
    return await approving.ask(DESK, tx, karen, kept.id, now=NOW), karen, joris


async def _posted(tx: Tx, chat: int) -> list[Message]:
    wanted = select(posts.c.body).where(posts.c.chat_id == chat).order_by(posts.c.id)
    return [messages.decode(row["body"]) for row in await tx.all(wanted)]


async def test_yes_of_a_second_colleague_starts_it_and_the_author_hears(tx: Tx) -> None:
    one, karen, joris = await _asked(tx)

    begun = await approving.approve(DESK, tx, joris, one.id, one.draft.sign, now=NOW)

    assert (begun.stage, begun.approved_by, begun.total) == (Stage.RUNNING, joris.id, 5)
    told = [post for post in await _posted(tx, karen.telegram_id) if isinstance(post, Outgoing)]
    assert "Joris" in told[-1].text
    card, line, *_progress = await _posted(tx, GROUP)
    assert isinstance(card, Outgoing)
    assert isinstance(line, Edit)
    assert line.slot == card.slot


async def test_author_cannot_say_yes_to_the_own_message(tx: Tx) -> None:
    one, karen, _ = await _asked(tx)

    with pytest.raises(NotByYourself):
        await approving.approve(DESK, tx, karen, one.id, one.draft.sign, now=NOW)
    with pytest.raises(NotByYourself):
        await approving.refuse(DESK, tx, karen, one.id, "no", now=NOW)


@pytest.mark.parametrize("role", [None, Role.TRAINEE, Role.STAFF])
async def test_only_coordinators_say_yes(tx: Tx, role: Role | None) -> None:
    one, _, _ = await _asked(tx)
    other = await making.a_colleague(tx, 902, role, name="Sam")

    with pytest.raises(NotAllowed):
        await approving.approve(DESK, tx, other, one.id, one.draft.sign, now=NOW)


async def test_changed_text_needs_another_yes(tx: Tx) -> None:
    one, karen, joris = await _asked(tx)
    other = a_draft(texts={"nl": "Iets anders."})

    changed = await drafting.keep(tx, karen, other, of=one.id, now=NOW)

    assert changed.stage is Stage.DRAFT
    with pytest.raises(TooLate):
        await approving.approve(DESK, tx, joris, one.id, one.draft.sign, now=NOW)
    again = await approving.ask(DESK, tx, karen, one.id, now=NOW)
    with pytest.raises(ChangedSince):
        await approving.approve(DESK, tx, joris, one.id, one.draft.sign, now=NOW)
    begun = await approving.approve(DESK, tx, joris, one.id, again.draft.sign, now=NOW)
    assert begun.draft.texts == {"nl": "Iets anders."}


async def test_who_changes_a_text_becomes_its_author(tx: Tx) -> None:
    one, karen, joris = await _asked(tx)
    await drafting.keep(tx, joris, a_draft(texts={"nl": "Beter."}), of=one.id, now=NOW)
    again = await approving.ask(DESK, tx, joris, one.id, now=NOW)

    with pytest.raises(NotByYourself):
        await approving.approve(DESK, tx, joris, one.id, again.draft.sign, now=NOW)
    await approving.approve(DESK, tx, karen, one.id, again.draft.sign, now=NOW)


async def test_text_on_its_way_cannot_be_changed(tx: Tx) -> None:
    one, karen, joris = await _asked(tx)
    await approving.approve(DESK, tx, joris, one.id, one.draft.sign, now=NOW)

    with pytest.raises(TooLate):
        await drafting.keep(tx, karen, a_draft(texts={"nl": "Oei."}), of=one.id, now=NOW)
    with pytest.raises(TooLate):
        await drafting.drop(tx, karen, one.id, now=NOW)


async def test_no_makes_a_draft_of_it_and_says_why(tx: Tx) -> None:
    one, karen, joris = await _asked(tx)

    back = await approving.refuse(DESK, tx, joris, one.id, "Een fout in de datum.", now=NOW)

    assert back.stage is Stage.DRAFT
    (told,) = await _posted(tx, karen.telegram_id)
    assert isinstance(told, Outgoing)
    assert "Een fout in de datum." in told.text
    with pytest.raises(TooLate):
        await approving.approve(DESK, tx, joris, one.id, one.draft.sign, now=NOW)


async def test_nobody_is_asked_about_a_message_to_nobody(tx: Tx) -> None:
    karen = await making.a_colleague(tx)
    nobody = a_draft(audience=Audience((Group.NEWCOMERS,)))
    kept = await drafting.keep(tx, karen, nobody, now=NOW)

    with pytest.raises(NobodyMeant):
        await approving.ask(DESK, tx, karen, kept.id, now=NOW)


async def test_message_without_a_text_is_not_kept(tx: Tx) -> None:
    karen = await making.a_colleague(tx)

    with pytest.raises(NothingSaid):
        await drafting.keep(tx, karen, a_draft(texts={}), now=NOW)


async def test_audit_log_keeps_who_did_what_and_no_text(tx: Tx) -> None:
    one, karen, joris = await _asked(tx)
    await approving.approve(DESK, tx, joris, one.id, one.draft.sign, now=NOW)

    found = await tx.all(select(audit).order_by(audit.c.id))

    assert [(row["actor"], row["action"]) for row in found] == [
        (karen.id, "broadcast.written"),
        (karen.id, "broadcast.asked"),
        (joris.id, "broadcast.approved"),
    ]


async def test_of_two_who_say_yes_at_once_one_starts_it(database: Database) -> None:
    async with database.writing() as tx:
        one, _, joris = await _asked(tx)
        sam = await making.a_colleague(tx, 902, name="Sam")

    async def approves(who: Person) -> bool:
        try:
            async with database.writing() as tx:
                await approving.approve(DESK, tx, who, one.id, one.draft.sign, now=NOW)
        except Refused:
            return False
        return True

    done = await asyncio.gather(approves(joris), approves(sam))

    assert sorted(done) == [False, True]
    async with database.reading() as tx:
        assert sum((await rows.fates(tx, one.id)).values()) == 6
