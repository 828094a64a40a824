"""Below the first message of a question's topic stands what can be done with it, and no more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.messages import Button, ChangeTopic, Edit, Outgoing
from bot.handover.domain import TRANSITIONS, Case, State
from tests.support.handover_makers import AMINA, CHRIS, GROUP, HOLD, JORIS, SARA, Office, no_topics

LEGAL = -1001000000077
PAUSE = timedelta(seconds=16)


def _header(office: Office, case: Case) -> Outgoing | Edit:
    name = case.slot("header")
    found = [one for one in office.sent if isinstance(one, Outgoing | Edit) and one.slot == name]
    return found[-1]


def _offered(office: Office, case: Case) -> list[str]:
    rows: tuple[tuple[Button, ...], ...] = _header(office, case).buttons
    return [(button.action or "").partition(":")[0] for row in rows for button in row]


async def test_open_question_offers_no_reopen(office: Office) -> None:
    case = await office.claimed()

    assert "reopen" not in _offered(office, case)
    assert "close" in _offered(office, case)


@pytest.mark.parametrize("way", ["close", "solved"])
async def test_closed_question_offers_only_to_open_it_again(office: Office, way: str) -> None:
    case = await office.answered()

    await office.taps(JORIS if way == "close" else AMINA, f"{way}:{case.id}")
    await office.waits(PAUSE)

    assert _offered(office, case) == ["reopen"]
    assert "✅ Closed" in _header(office, case).text
    assert "With Joris" not in _header(office, case).text


async def test_reopened_question_offers_everything_again(office: Office) -> None:
    case = await office.answered()
    await office.taps(JORIS, f"close:{case.id}")
    await office.waits(PAUSE)

    await office.taps(SARA, f"reopen:{case.id}")
    await office.waits(PAUSE)

    assert "close" in _offered(office, case)
    assert "reopen" not in _offered(office, case)
    assert "With Joris" in _header(office, case).text


async def test_released_question_is_claimed_from_its_topic(office: Office) -> None:
    case = await office.claimed()

    await office.taps(JORIS, f"release:{case.id}")
    await office.waits(PAUSE)
    assert _offered(office, case) == ["claim", "tag"]
    assert "nobody has it" in _header(office, case).text

    await office.taps(SARA, f"claim:{case.id}")
    await office.waits(PAUSE)
    assert "release" in _offered(office, case)
    assert "With Sara" in _header(office, case).text


async def test_question_set_aside_from_its_topic_can_be_put_back(office: Office) -> None:
    case = await office.claimed()
    await office.taps(JORIS, f"release:{case.id}")

    await office.taps(SARA, f"drop:{case.id}")
    await office.waits(PAUSE)
    assert _offered(office, case) == ["restore"]

    await office.taps(SARA, f"restore:{case.id}")
    await office.waits(PAUSE)
    assert _offered(office, case) == ["claim", "tag"]


async def test_topic_of_a_question_set_aside_is_closed_until_it_is_put_back(office: Office) -> None:
    case = await office.claimed()
    await office.taps(JORIS, f"release:{case.id}")

    await office.taps(SARA, f"drop:{case.id}")
    await office.waits(PAUSE)
    await office.taps(SARA, f"restore:{case.id}")
    await office.waits(PAUSE)

    done = [one for one in office.sent if isinstance(one, ChangeTopic)]
    assert [one.change for one in done] == ["rename", "close", "reopen", "rename"]
    assert [(one.name or "")[-1] for one in done if one.name] == ["🗑", "⏳"]


async def test_topic_that_the_question_left_offers_nothing(office: Office) -> None:
    office.desk = replace(office.desk, staff_groups={"infodesk": GROUP, "legal": LEGAL})
    case = await office.claimed()
    header = await office.message_id(case.slot("header"))

    await office.taps(JORIS, f"hand_do:{case.id}:dlegal")
    await office.waits(PAUSE)

    left = [one for one in office.sent if isinstance(one, Edit) and one.message_id == header]
    assert [one.buttons for one in left] == [()]


async def test_topic_is_made_of_an_answer_only(office: Office) -> None:
    case = await office.claimed()
    await office.taps(JORIS, f"more_buttons:{case.id}")
    assert "close_topic" not in _offered(office, case)

    await office.answers(JORIS, case, "Dr Peeters, Monday at 9.")
    await office.waits(HOLD)
    await office.taps(JORIS, f"more_buttons:{case.id}")
    assert "close_topic" in _offered(office, case)

    await office.notes(case, needs="minors", desk="minors")
    office.desk = replace(office.desk, staff_groups={"infodesk": GROUP, "minors": GROUP})
    await office.taps(JORIS, f"more_buttons:{case.id}")
    assert "close_topic" not in _offered(office, case)


async def test_without_topics_the_card_alone_offers_to_claim(office: Office) -> None:
    office.judge = no_topics
    case = await office.claimed()

    await office.taps(JORIS, f"release:{case.id}")
    await office.waits(PAUSE)

    assert _offered(office, case) == []


# What a transition is called where people tap it.
_ACTIONS = {"claim", "release", "close", "reopen", "restore", "hand_over"}


async def test_every_step_a_header_offers_is_allowed_there(office: Office) -> None:
    await office.colleague(CHRIS)
    case = await office.answered()
    seen: set[State] = set()
    for who, action in (
        (JORIS, f"close:{case.id}"),
        (JORIS, f"reopen:{case.id}"),
        (JORIS, f"release:{case.id}"),
        (SARA, f"drop:{case.id}"),
        (SARA, f"restore:{case.id}"),
        (SARA, f"claim:{case.id}"),
        (SARA, f"hand_do:{case.id}:lnl"),
        (CHRIS, f"claim:{case.id}"),
        (AMINA, f"solved:{case.id}"),
    ):
        await office.taps(who, action)
        await office.waits(PAUSE)
        now = await office.case(case.id)
        seen.add(now.state)
        offered = _ACTIONS & {*_offered(office, now)}
        assert {name for name in offered if now.state not in TRANSITIONS[name].sources} == set()
        assert offered, now.state
    assert seen >= {State.CLOSED, State.REOPENED, State.RELEASED, State.DROPPED, State.HANDED_OVER}
