"""What a question is about: guessed when it is sent, put right by colleagues."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.messages import Button, Edit, Outgoing
from bot.handover.domain import Already, State
from bot.people.domain import Role
from tests.support.handover_makers import AMINA, CHRIS, GROUP, JORIS, SARA, TOM, Office

CATEGORIES = ("housing", "health", "asylum")
GUESSES = {"roof": "housing/find", "hits": "health/violence", "refused": "asylum/appeal"}


@pytest.fixture(autouse=True)
def _guesses(office: Office) -> None:
    def guess(text: str, language: str) -> str | None:
        return next((topic for word, topic in GUESSES.items() if word in text), None)

    office.desk = replace(office.desk, categories=CATEGORIES, guess_topic=guess)


def _buttons(office: Office) -> dict[str, str]:
    menu = office.seen_by(GROUP)[-1]
    assert isinstance(menu, Outgoing | Edit)
    return {button.label: button.action or "" for row in menu.buttons for button in row}


async def test_category_is_guessed_where_nothing_was_shown(office: Office) -> None:
    case = await office.asked(text="We have no roof")

    assert case.category == "housing"
    card = next(m for m in office.sent if isinstance(m, Outgoing) and m.slot == "case:1:card")
    assert "#1 · English · housing" in card.text


async def test_nothing_is_guessed_of_words_that_fit_nothing(office: Office) -> None:
    case = await office.asked(text="xyzzy")

    assert case.category is None


async def test_what_was_shown_decides_before_the_guess(office: Office) -> None:
    async def shown(tx: object, person_id: int) -> Already:
        return Already(category="asylum", topic="asylum/apply")

    office.desk = replace(office.desk, already=shown)

    assert (await office.asked(text="We have no roof")).category == "asylum"


async def test_violence_waits_for_who_was_trained(office: Office) -> None:
    await office.trains(SARA, "violence")

    case = await office.asked(text="My husband hits me")
    await office.taps(JORIS, f"claim:{case.id}")

    assert office.toasts[-1].startswith("This question is for colleagues who were trained")
    assert "🎓 Needs: 🛡 Violence" in "\n".join(office.texts(GROUP))
    await office.taps(SARA, f"claim:{case.id}")
    assert (await office.case()).state is State.CLAIMED


async def test_nobody_waits_for_a_training_that_nobody_has(office: Office) -> None:
    case = await office.asked(text="I was refused")

    assert case.needs is None
    await office.taps(JORIS, f"claim:{case.id}")
    assert (await office.case()).state is State.CLAIMED


async def test_chosen_category_shows_on_card_and_menu(office: Office) -> None:
    case = await office.asked()

    await office.taps(JORIS, f"tag:{case.id}")
    assert list(_buttons(office))[:4] == ["housing", "health", "asylum", "🔴 Urgent"]
    await office.taps(JORIS, f"tag_category:{case.id}:health")

    assert (await office.case()).category == "health"
    cards = [m.text for m in office.sent if isinstance(m, Edit) and m.slot == "case:1:card"]
    assert "#1 · English · health" in cards[-1]
    assert "☑️ health" in "".join(
        button.label
        for m in office.sent
        if isinstance(m, Edit)
        for row in m.buttons
        for button in row
    )


async def test_tag_of_a_claimed_question_changes_its_header_not_its_title(office: Office) -> None:
    case = await office.claimed()

    await office.taps(JORIS, f"tag_category:{case.id}:health")
    await office.taps(JORIS, f"tag_urgent:{case.id}:1")
    await office.waits(timedelta(minutes=1))  # between two edits of one message

    header = [m for m in office.sent if isinstance(m, Edit) and m.slot == "case:1:header"][-1]
    assert "health" in header.text
    assert "🔴 <b>Urgent</b>" in header.text
    assert "👤 With Joris" in header.text
    assert "rename" not in office.changes()


async def test_urgent_question_goes_first_and_back(office: Office) -> None:
    case = await office.asked()

    await office.taps(JORIS, f"tag_urgent:{case.id}:1")
    assert (await office.case()).is_urgent
    await office.taps(JORIS, f"tag_urgent:{case.id}:0")

    assert not (await office.case()).is_urgent


async def test_need_is_set_by_staff_and_taken_off_by_the_trained(office: Office) -> None:
    case = await office.asked()
    await office.colleague(TOM, Role.TRAINEE)
    await office.colleague(CHRIS, Role.COORDINATOR)

    await office.taps(TOM, f"tag_needs:{case.id}:legal")
    assert office.toasts[-1].startswith("A trainee cannot do this")
    await office.taps(JORIS, f"tag_needs:{case.id}:legal")
    assert office.toasts[-1] == "#1 needs: ⚖️ Law"
    await office.taps(JORIS, f"tag_needs:{case.id}:legal")
    assert office.toasts[-1].startswith("Only a coordinator")
    assert (await office.case()).needs == "legal"

    await office.taps(CHRIS, f"tag_needs:{case.id}:legal")

    assert (await office.case()).needs is None


async def test_forged_tags_change_nothing(office: Office) -> None:
    case = await office.asked()

    await office.takes(office.tap(AMINA, f"tag_category:{case.id}:health"))
    await office.taps(JORIS, f"tag_category:{case.id}:nonsense")
    await office.taps(JORIS, f"tag_needs:{case.id}:nonsense")
    await office.taps(JORIS, "tag_category:999:health")

    after = await office.case()
    assert (after.category, after.needs) == (None, None)


async def test_rows_of_other_features_stand_in_the_menu(office: Office) -> None:
    row = (Button(label="Signals", action="signal:1"),)
    office.desk = replace(office.desk, further_tags=lambda words, case: (row,))
    case = await office.asked()

    await office.says(JORIS, f"/tag {case.number}", group=True)

    assert list(_buttons(office))[-2:] == ["Signals", "Done"]
