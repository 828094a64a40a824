"""Somebody under 18: for trained colleagues in a group of their own, or for nobody."""

from dataclasses import replace
from datetime import timedelta

from bot.delivery.messages import ChangeTopic, Delete, Edit, Message, Outgoing
from bot.handover.domain import State
from bot.people.domain import Role
from tests.support.handover_makers import AMINA, GROUP, JORIS, SARA, Office

YOUNG = -1001000000077
QUESTION = "My uncle left me here."


def _with_group(office: Office) -> None:
    office.desk = replace(office.desk, staff_groups={"infodesk": GROUP, "minors": YOUNG})


def _without_group(office: Office) -> None:
    help_: list[Message] = [Outgoing(text="Guardianship Service: 078154324")]
    office.desk = replace(
        office.desk, young_help=lambda person, now: help_, phone="+32 2 000 00 00"
    )


async def _draft(office: Office) -> None:
    await office.taps(AMINA, "ask:")
    await office.says(AMINA, QUESTION)
    await office.taps(AMINA, "ask_young")


async def test_question_goes_to_the_trained_group_only(office: Office) -> None:
    _with_group(office)
    await _draft(office)

    await office.taps(AMINA, "ask_send")

    case = await office.case()
    assert (case.state, case.desk, case.needs) == (State.NEW, "minors", "minors")
    assert any(QUESTION in text for text in office.texts(YOUNG))
    assert office.texts(GROUP) == []


async def test_only_who_was_trained_claims_it(office: Office) -> None:
    _with_group(office)
    await _draft(office)
    await office.taps(AMINA, "ask_send")
    case = await office.case()

    await office.taps(JORIS, f"claim:{case.id}")
    assert office.toasts[-1].startswith("This question is for colleagues who were trained")
    await office.trains(SARA, "minors")
    await office.taps(SARA, f"claim:{case.id}")

    assert (await office.case(case.id)).state is State.CLAIMED
    assert office.texts(GROUP) == []


async def test_tapped_by_mistake_is_taken_back(office: Office) -> None:
    _with_group(office)
    await _draft(office)
    shown = office.seen_by(AMINA)[-1]
    assert isinstance(shown, Edit)
    labels = [button.label for row in shown.buttons for button in row]
    assert "☑️ I am younger than 18" in labels

    await office.taps(AMINA, "ask_young")
    await office.taps(AMINA, "ask_send")

    case = await office.case()
    assert (case.desk, case.needs) == ("infodesk", None)
    assert any(QUESTION in text for text in office.texts(GROUP))


async def test_without_a_group_the_person_gets_numbers_and_nothing_goes_out(
    office: Office,
) -> None:
    _without_group(office)
    await office.colleague(SARA, Role.COORDINATOR)

    await _draft(office)

    said = " ".join(office.texts(AMINA))
    assert "078154324" in said
    assert "+32 2 000 00 00" in said
    told = office.texts(GROUP)
    assert len(told) == 1
    assert "Somebody younger than 18" in told[0]
    assert f"tg://user?id={SARA}" in told[0]
    assert QUESTION not in told[0]

    await office.taps(AMINA, "ask_send")
    assert office.toasts[-1].startswith("Nobody here was trained yet")
    assert (await office.case()).state is State.DRAFT
    assert len(office.texts(GROUP)) == 1


async def test_coordinators_are_told_once(office: Office) -> None:
    _without_group(office)
    await _draft(office)

    await office.taps(AMINA, "ask_young")
    await office.taps(AMINA, "ask_young")
    await office.waits(timedelta(hours=1))

    assert len(office.texts(GROUP)) == 1


async def test_colleague_notices_it_and_the_question_moves(office: Office) -> None:
    _with_group(office)
    case = await office.claimed(text=QUESTION)
    thread = await office.thread(case)

    await office.taps(JORIS, f"tag_needs:{case.id}:minors")

    case = await office.case(case.id)
    assert (case.state, case.desk, case.needs) == (State.RELEASED, "minors", "minors")
    assert case.claimed_by is None
    assert any(QUESTION in text for text in office.texts(YOUNG))
    gone = [m for m in office.sent if isinstance(m, ChangeTopic) and m.change == "delete"]
    assert [(m.to, m.in_topic) for m in gone] == [(GROUP, thread)]
    assert any(isinstance(m, Delete) for m in office.seen_by(GROUP))
    await office.trains(SARA, "minors")
    await office.taps(SARA, f"claim:{case.id}")
    assert [m.to for m in office.topics() if m.name.startswith("#1")] == [GROUP, YOUNG]


async def test_without_a_group_a_question_is_not_marked(office: Office) -> None:
    case = await office.claimed(text=QUESTION)

    await office.taps(JORIS, f"tag_needs:{case.id}:minors")

    assert office.toasts[-1].startswith("There is no group for questions of people under 18")
    assert (await office.case(case.id)).desk == "infodesk"
