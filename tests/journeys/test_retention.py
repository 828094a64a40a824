"""Every night what has been kept long enough goes."""

from datetime import UTC, datetime

import pytest

from tests.support.desk import Desk
from tests.support.journeys import Phones, on_both_databases
from tests.support.wegwijzer import Wegwijzer

pytestmark = pytest.mark.journey

MORNING = datetime(2027, 4, 12, 8, 0, tzinfo=UTC)  # 10:00 in Brussels

QUESTION = "zorgblat frobnicate plugh"
ANSWER = "gnarfel answers you"


@on_both_databases
async def test_closed_question_is_gone_after_ninety_days(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")
    await case.answered(ANSWER)
    await amina.sees(ANSWER)
    await case.closed()
    await amina.sees(amina.text("✅ Your question #{number} is closed.", number=1))

    wegwijzer.clock.moves_on(days=89)
    await amina.sees_nothing_more()
    assert await wegwijzer.remembers(QUESTION)
    wegwijzer.clock.moves_on(days=2)
    await amina.sees_nothing_more()

    assert await wegwijzer.remembers(QUESTION) == []
    assert await wegwijzer.remembers(ANSWER) == []
    assert desk.topics_of(case) == []
    assert not desk.holds(QUESTION)


async def test_open_question_is_kept_however_old(
    phone: Phones, desk: Desk, wegwijzer: Wegwijzer
) -> None:
    wegwijzer.clock.moves_to(MORNING)  # what nobody waits for does not ring at night
    amina = await phone()
    await amina.asks_a_colleague(QUESTION)
    case = await desk.sees_new_case()
    await case.claimed_by("Joris")

    wegwijzer.clock.moves_on(days=120)
    longer = (
        "⏳ Your question <b>#{number}</b> takes longer than we hoped. We have not forgotten you."
    )
    await amina.sees(amina.text(longer, number=1))
    await amina.sees_nothing_more()
    await case.answered(ANSWER)

    await amina.sees(ANSWER)
