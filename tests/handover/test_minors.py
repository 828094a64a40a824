"""Somebody under 18: for trained colleagues in a group of their own, or for nobody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.delivery.messages import ChangeTopic, Delete, Edit, Message, Outgoing
from bot.handover import domain
from bot.handover.domain import Case, State
from bot.handover.service import morning
from bot.handover.tables import topic_drafts
from bot.people.domain import Role
from bot.schedule.tables import due
from tests.support.handover_makers import AMINA, CHRIS, GROUP, JORIS, SARA, Office

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
    assert office.texts(GROUP) == []

    await office.taps(AMINA, "ask_send")
    assert office.toasts[-1].startswith("Nobody here was trained yet")
    assert (await office.case()).state is State.DRAFT
    told = office.texts(GROUP)
    assert len(told) == 1
    assert "Somebody younger than 18" in told[0]
    assert f"tg://user?id={SARA}" in told[0]
    assert QUESTION not in told[0]


async def test_coordinators_are_told_once(office: Office) -> None:
    _without_group(office)
    await _draft(office)

    await office.taps(AMINA, "ask_send")
    await office.says(AMINA, "/send")
    await office.taps(AMINA, "ask_young")
    await office.taps(AMINA, "ask_young")
    await office.waits(timedelta(hours=1))

    assert len(office.texts(GROUP)) == 1
    assert office.last_text(AMINA).startswith("🧡 Thank you for telling us.")


async def test_coordinators_are_told_of_who_did_not_even_send(office: Office) -> None:
    _without_group(office)
    await _draft(office)

    await office.waits(timedelta(minutes=4))
    assert office.texts(GROUP) == []
    await office.waits(timedelta(minutes=2))

    assert len(office.texts(GROUP)) == 1
    assert not any("Press Send" in text for text in office.texts(AMINA)[-2:])


@pytest.mark.parametrize("then", ["ask_young", "ask_cancel"], ids=["unticked", "thrown away"])
async def test_nobody_is_told_of_what_was_taken_back(office: Office, then: str) -> None:
    _without_group(office)
    await _draft(office)

    await office.taps(AMINA, then)
    await office.waits(timedelta(hours=1))

    assert office.texts(GROUP) == []


async def test_nothing_goes_with_a_question_that_others_read(office: Office) -> None:
    """However many questions are open: what is asked under 18 is a question of its own."""
    open_ = [await office.asked(text=f"Question {n}") for n in range(domain.OPEN_AT_MOST)]
    _with_group(office)
    await _draft(office)

    await office.taps(AMINA, f"ask_add:{open_[0].id}")
    await office.taps(AMINA, "ask_send")

    assert not any(QUESTION in text for text in office.texts(GROUP))
    assert any(QUESTION in text for text in office.texts(YOUNG))


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


@pytest.fixture
async def young(office: Office) -> Case:
    """A question of somebody under 18, claimed in the group of the trained."""
    _with_group(office)
    await office.colleague(JORIS)
    await office.colleague(SARA)
    await office.trains(SARA, "minors")
    await _draft(office)
    await office.taps(AMINA, "ask_send")
    case = await office.case()
    await office.taps(SARA, f"claim:{case.id}")
    return await office.case(case.id)


@pytest.mark.parametrize("command", ["/queue", "/queue mine", "/find uncle", "/find 1"])
async def test_nobody_else_looks_it_up(office: Office, young: Case, command: str) -> None:
    await office.notes(young, handed_to=young.claimed_by)
    for who, group in ((JORIS, True), (SARA, True), (JORIS, False)):
        await office.says(who, command, group=group)
        said = office.last_text(GROUP if group else who)
        assert not any(part in said for part in ("My uncle", "#1 ", "#1<", "t.me/c"))

    await office.says(SARA, command, group=False)

    assert "#1" in office.last_text(SARA)


async def test_what_only_needs_the_training_is_hidden_too(office: Office, young: Case) -> None:
    await office.notes(young, desk="infodesk")

    await office.says(JORIS, "/find uncle", group=True)

    assert QUESTION not in office.last_text(GROUP)


@pytest.mark.parametrize("desk", ["minors", "infodesk"])
async def test_morning_in_the_common_group_says_nothing_of_it(
    office: Office, young: Case, desk: str
) -> None:
    await office.notes(young, desk=desk, state="released", claimed_by=None)
    await office.tx.execute(due.delete())
    at = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)

    await morning.tell(office.desk, office.tx, "2026-11-23", now=at)
    await office.delivers()

    assert not any("#1" in text for text in office.texts(GROUP))
    assert "#1" in office.last_text(YOUNG)


async def test_later_question_does_not_lead_to_it(office: Office, young: Case) -> None:
    later = await office.claimed(text="Where is the library?")
    await office.says(JORIS, "/queue", group=True)

    assert later.number == 2
    assert office.texts(GROUP)
    assert not any("#1<" in text or "Earlier" in text for text in office.texts(GROUP))
    assert YOUNG not in {m.to for m in office.sent if "library" in getattr(m, "text", "")}


async def test_draft_of_a_topic_goes_when_it_is_marked(office: Office) -> None:
    _with_group(office)
    case = await office.answered()
    await office.taps(JORIS, f"close_topic:{case.id}")
    assert await office.tx.all(select(topic_drafts)) != []
    await office.taps(JORIS, f"reopen:{case.id}")

    await office.taps(JORIS, f"tag_needs:{case.id}:minors")

    assert (await office.case(case.id)).desk == "minors"
    assert await office.tx.all(select(topic_drafts)) == []


async def test_no_button_hands_a_question_to_the_desk_of_the_trained(office: Office) -> None:
    _with_group(office)
    case = await office.claimed()

    await office.taps(JORIS, f"hand_do:{case.id}:dminors")

    assert (await office.case(case.id)).desk == "infodesk"
    assert office.texts(YOUNG) == []


@pytest.mark.parametrize("skill", ["minors", "legal"], ids=["taken off", "replaced"])
async def test_nobody_opens_a_childs_question_to_the_others(office: Office, skill: str) -> None:
    _with_group(office)
    await office.colleague(CHRIS, Role.COORDINATOR)
    await office.trains(CHRIS, "minors")
    await _draft(office)
    await office.taps(AMINA, "ask_send")
    case = await office.case()

    for who in (CHRIS, SARA):
        await office.taps(who, f"tag_needs:{case.id}:{skill}")

        assert office.toasts[-1].startswith("This is a question of somebody under 18")
        now = await office.case(case.id)
        assert (now.desk, now.needs, now.state) == ("minors", "minors", State.NEW)
    assert not any(QUESTION in text for text in office.texts(GROUP))


async def test_menu_offers_no_other_training_for_a_childs_question(office: Office) -> None:
    _with_group(office)
    await _draft(office)
    await office.taps(AMINA, "ask_send")
    case = await office.case()

    await office.taps(SARA, f"tag:{case.id}")

    [menu] = [one for one in office.sent if getattr(one, "slot", "") == case.slot("tag")]
    assert isinstance(menu, Outgoing)
    actions = [button.action or "" for row in menu.buttons for button in row]
    assert not any(action.startswith("tag_needs") for action in actions)
    assert "🎓 Needs: " in menu.text


async def test_guess_that_somebody_is_young_never_hides_a_question(office: Office) -> None:
    await office.trains(SARA, "minors")
    guess = "asylum/unaccompanied-minor"
    office.desk = replace(office.desk, guess_topic=lambda text, language: guess)

    case = await office.asked(text="My nephew is alone here")

    assert case.needs is None
    assert any("My nephew is alone here" in text for text in office.texts(GROUP))
