"""Whatever a button carries, and whoever taps it: a polite answer, never an error, and nothing of
a question for somebody who may not read it."""

import pytest

from bot.delivery.messages import Message
from bot.dialog.routes import combine
from bot.handover import chat, staff_chat
from bot.handover.domain import Case
from bot.people.domain import Role
from tests.support.handover_makers import JORIS, OLENA, TOM, Office

SECRET = "I fled from Herat"
IN_GROUP = {OLENA: False, TOM: True}  # a stranger, a trainee
TAILS = ("", ":1", ":c999")


class Undone(Exception):
    """Ends a savepoint, so that the next tap meets the same question."""


async def _in_state(office: Office, state: str) -> Case:
    case = await office.asked(text=SECRET)
    if state == "young":
        await office.notes(case, desk="minors", needs="minors")
    if state == "claimed":
        await office.taps(JORIS, f"claim:{case.id}")
    return case


async def _tapped(office: Office, who: int, data: str) -> tuple[list[Message], list[int]]:
    """What is answered, and the chats to which the secret would go; then it is undone."""
    said: list[Message] = []
    told: list[int] = []
    wanted = "SELECT chat_id FROM outbox WHERE state = 'waiting' AND body LIKE ?"
    try:
        async with office.tx.savepoint():
            tap = office.tap(who, data, group=IN_GROUP[who])
            said = await office.turn().take(office.tx, tap)
            told = [chat_id for (chat_id,) in await office.tx.raw(wanted, f"%{SECRET}%")]
            raise Undone
    except Undone:
        return said, told


@pytest.mark.parametrize("state", ["young", "claimed"])
async def test_nobody_gets_an_error_or_a_secret_whatever_a_button_carries(
    office: Office, state: str
) -> None:
    await office.person(OLENA)
    await office.colleague(TOM, Role.TRAINEE)
    case = await _in_state(office, state)
    routes = combine(chat.routes(office.desk), staff_chat.routes(office.desk))
    actions = sorted({*routes.actions, *routes.staff_actions})
    assert len(actions) > 50

    for who in IN_GROUP:
        for action in actions:
            for argument in ("٣", "9" * 20, *(f"{case.id}{tail}" for tail in TAILS)):
                said, told = await _tapped(office, who, f"{action}:{argument}")
                reads_it = any(SECRET in str(one) for one in said)
                if who == OLENA or state != "claimed":
                    assert not reads_it, (who, action, argument)
                if state != "claimed":
                    assert not told, (who, action, argument)
                assert OLENA not in told, (who, action, argument)
