"""A question goes to a colleague, to whoever speaks a language, or to another desk."""

from dataclasses import replace

import msgspec
import pytest

from bot.delivery.incoming import Tapped
from bot.delivery.messages import ChangeTopic, MakeTopic, Outgoing
from bot.handover.domain import State
from bot.handover.service import keeping
from bot.people.domain import Role
from tests.support.handover_makers import AMINA, CHRIS, GROUP, HOLD, JORIS, SARA, TOM, Office

LEGAL_GROUP = -1001000000077


def _said(office: Office, words: str) -> list[str]:
    return [text for text in office.texts(GROUP) if words in text]


async def _menu(office: Office, who: int = JORIS) -> Outgoing:
    case = await office.case()
    await office.taps(who, f"hand_over:{case.id}")
    menu = office.seen_by(GROUP)[-1]
    assert isinstance(menu, Outgoing)
    return menu


def _labels(menu: Outgoing) -> list[str]:
    return [button.label for row in menu.buttons for button in row]


async def test_menu_begins_with_who_speaks_the_language(office: Office) -> None:
    await office.claimed()
    await office.colleague(TOM)
    await office.speaks(TOM, "en")

    menu = await _menu(office)

    assert _labels(menu)[:3] == ["🗣 Tom", "👤 Sara", "👥 Anybody who speaks English"]
    assert "👤 Joris" not in _labels(menu)


async def test_colleague_without_the_skill_is_not_offered(office: Office) -> None:
    case = await office.claimed()
    await office.notes(case, needs="violence")
    await office.colleague(TOM)
    await office.trains(TOM, "violence")

    menu = await _menu(office)

    assert _labels(menu)[0] == "👤 Tom"
    assert "👤 Sara" not in _labels(menu)

    sara = await office.colleague(SARA)
    await office.taps(JORIS, f"hand_do:{case.id}:c{sara.id}")

    assert office.toasts[-1].startswith("Sara cannot take this question")
    assert (await office.case()).state is State.CLAIMED


async def test_named_colleague_is_mentioned_on_the_new_card(office: Office) -> None:
    case = await office.claimed()
    sara = await office.colleague(SARA)

    await office.taps(JORIS, f"hand_do:{case.id}:c{sara.id}")

    case = await office.case()
    assert (case.state, case.claimed_by, case.handed_to) == (State.HANDED_OVER, None, sara.id)
    card = [m for m in office.sent if isinstance(m, Outgoing) and m.slot == case.slot("card")][-1]
    assert f'🤝 For <a href="tg://user?id={SARA}">Sara</a>' in card.text
    assert office.toasts[-1] == "#1 is handed over."
    assert _said(office, "Joris has handed this question over")


async def test_note_is_asked_for_and_shown_on_the_card(office: Office) -> None:
    case = await office.claimed()
    sara = await office.colleague(SARA)
    before = len(office.texts(AMINA))

    await office.taps(JORIS, f"hand_pick:{case.id}:c{sara.id}")
    await office.taps(JORIS, f"hand_note:{case.id}:c{sara.id}")
    prompt = office.seen_by(GROUP)[-1]
    assert isinstance(prompt, Outgoing)
    assert prompt.wants_reply
    place = await office.message_id(prompt.slot or "")
    await office.answers(JORIS, case, "She called <twice>", reply_to=place)
    await office.waits(HOLD)

    assert (await office.case()).note == "She called <twice>"
    assert _said(office, "📝 Note: She called &lt;twice&gt;")
    assert len(office.texts(AMINA)) == before


async def test_anybody_may_claim_what_was_handed_to_one(office: Office) -> None:
    case = await office.claimed()
    sara = await office.colleague(SARA)
    await office.colleague(TOM)
    await office.taps(JORIS, f"hand_do:{case.id}:c{sara.id}")

    await office.taps(TOM, f"claim:{case.id}")

    taken = await office.case()
    assert (taken.state, taken.handed_to) == (State.CLAIMED, None)
    assert len(office.topics()) == 2  # inbox, question: the same topic goes on


async def test_other_language_moves_the_card_to_its_inbox(office: Office) -> None:
    case = await office.claimed()

    await office.taps(JORIS, f"hand_do:{case.id}:luk")

    card = [m for m in office.sent if isinstance(m, Outgoing) and m.slot == case.slot("card")][-1]
    assert card.in_topic == "inbox:uk:topic"
    assert "🤝 Handed over by a colleague" in card.text
    assert (await office.case()).language == "uk"


async def test_desk_of_the_same_group_keeps_the_topic(office: Office) -> None:
    case = await office.claimed()

    await office.taps(JORIS, f"hand_do:{case.id}:dlegal")
    await office.taps(SARA, f"claim:{case.id}")

    assert (await office.case()).desk == "legal"
    assert [topic.name for topic in office.topics()] == [
        "📥 English",
        "#1 · English · ⏳",
        "📥 Legal helpdesk · English",
    ]


async def test_desk_with_its_own_group_gets_a_new_topic(office: Office) -> None:
    case = await office.claimed(text="My landlord <shouts>")
    await office.answers(JORIS, case, "Which town?")
    await office.waits(HOLD)
    office.desk = replace(office.desk, staff_groups={"infodesk": GROUP, "legal": LEGAL_GROUP})
    old = await office.thread(case)

    await office.taps(JORIS, f"hand_do:{case.id}:dlegal")

    closed = [m for m in office.seen_by(GROUP) if isinstance(m, ChangeTopic)]
    assert [(m.in_topic, m.change) for m in closed] == [(old, "close")]
    assert any("Legal helpdesk" in text for text in office.texts(GROUP))
    await office.says(AMINA, "Are you there?")
    await office.takes(_tap_there(office, SARA, f"claim:{case.id}"))

    made = [m for m in office.seen_by(LEGAL_GROUP) if isinstance(m, MakeTopic)]
    assert [m.name for m in made] == ["📥 Legal helpdesk · English", "#1 · English · ⏳"]
    header = next(
        m for m in office.seen_by(LEGAL_GROUP) if getattr(m, "slot", "") == "case:1:header"
    )
    assert isinstance(header, Outgoing)
    assert "Are you there?" in header.text
    assert "Are you there?" not in "\n".join(office.texts(GROUP))

    await keeping.forget(office.desk, office.tx, case.person_id or 0, now=office.now)
    await office.delivers()

    gone = [m for m in office.sent if isinstance(m, ChangeTopic) and m.change == "delete"]
    assert {m.to for m in gone} == {GROUP, LEGAL_GROUP}


def _tap_there(office: Office, who: int, data: str) -> Tapped:
    """The same tap in the legal helpdesk's group."""
    return msgspec.structs.replace(office.tap(who, data, group=True), chat_id=LEGAL_GROUP)


@pytest.mark.parametrize("data", ["hand_over:1", "hand_do:1:luk", "hand_note:1:luk"])
async def test_somebody_elses_question_cannot_be_handed_over(office: Office, data: str) -> None:
    await office.claimed()

    await office.taps(SARA, data)

    assert office.toasts[-1] == "Only the colleague who claimed this question can do this."
    assert (await office.case()).state is State.CLAIMED


async def test_coordinator_hands_over_what_waits_by_its_number(office: Office) -> None:
    case = await office.asked()
    chris = await office.colleague(CHRIS, Role.COORDINATOR)

    await office.says(CHRIS, "/handover #1", group=True)
    assert "Who takes over #1?" in office.last_text(GROUP)
    await office.taps(CHRIS, f"hand_do:{case.id}:c{chris.id}")

    assert (await office.case()).handed_to == chris.id
    await office.says(JORIS, "/handover 99", group=True)
    assert "not there any more" in office.last_text(GROUP)


async def test_forged_receivers_change_nothing(office: Office) -> None:
    await office.claimed()

    for token in ("c999", "dminors", "lxx", "zz", "c", "d", ""):
        await office.taps(JORIS, f"hand_do:1:{token}")

    assert (await office.case()).state is State.CLAIMED


async def test_closed_meanwhile_is_not_handed_over(office: Office) -> None:
    case = await office.claimed()
    await office.taps(JORIS, f"hand_over:{case.id}")
    await office.taps(JORIS, f"close:{case.id}")

    await office.taps(JORIS, f"hand_do:{case.id}:luk")

    assert office.toasts[-1].startswith("This question is closed")
    assert (await office.case()).state is State.CLOSED


async def test_cancelled_menu_leaves_the_question_alone(office: Office) -> None:
    case = await office.claimed()
    await office.taps(JORIS, f"hand_over:{case.id}")

    await office.taps(JORIS, f"hand_cancel:{case.id}")

    assert (await office.case()).state is State.CLAIMED
