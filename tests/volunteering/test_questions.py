"""A volunteer asks their own coordinator: through the staff queue, to the office, and back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.incoming import Incoming
from bot.delivery.messages import Button, Edit, Message, Outgoing
from bot.duty.desk import Timetable
from bot.duty.domain import VOLUNTEERING
from bot.handover import chat as handover_chat
from bot.handover.domain import State
from bot.handover.service import keeping
from bot.language.catalog import Catalogs
from bot.people.domain import Person, Role
from bot.storage.transaction import Tx
from bot.volunteering import chat, tables
from bot.volunteering.service import offices
from tests.support import handover_makers as queue
from tests.support import signup_makers
from tests.support import volunteering_makers as make
from tests.support.duty_makers import a_duty, a_roster
from tests.support.handover_makers import AMINA, GROUP, JORIS, OLENA, SARA, Office

FRIDAY = 4  # the day of queue.NOW
TOPICS = {"volunteering/rules", "volunteering/letter"}


async def _reviewed(tx: Tx, person: Person, incoming: Incoming, slug: str) -> list[Message]:
    button = Button("💬 Ask a colleague", action=f"ask:{slug}")
    return [Edit(text=f"answer about {slug}", buttons=((button,),))]


def _house(tx: Tx, catalogs: Catalogs, *, topics: set[str] = TOPICS) -> Office:
    desk = queue.a_desk(catalogs, first_of=offices.on_duty)
    office = Office(tx, desk)
    volunteering = replace(
        signup_makers.a_desk(catalogs, group=GROUP),
        staff_language="en",
        ask=lambda *given: handover_chat.begin_to_coordinators(office.desk, *given),
        has_topic=lambda slug, language: slug in topics,
        reviewed=_reviewed,
    )
    office.further = (chat.combined(volunteering),)
    return office


@pytest.fixture
async def office(tx: Tx, catalogs: Catalogs) -> Office:
    """A queue, a volunteer of Gent, and two coordinators."""
    found = _house(tx, catalogs)
    amina = await found.person(AMINA)
    await make.a_volunteer(tx, person=amina.id)
    await found.colleague(JORIS, Role.COORDINATOR)
    await found.colleague(SARA, Role.COORDINATOR)
    return found


async def _looks_after(office: Office, who: int, place: str) -> int:
    colleague = await office.colleague(who, Role.COORDINATOR)
    row = {"office": place, "person_id": colleague.id}
    await office.tx.execute(office.tx.insert(tables.office_coordinators).values(row))
    return int(colleague.id)


def _on_duty(office: Office, *people: int, desk: str = VOLUNTEERING, language: str = "nl") -> None:
    roster = a_roster(*(a_duty(one, language, FRIDAY, "09:00-17:00", desk=desk) for one in people))
    office.desk = replace(office.desk, timetable=Timetable(roster=roster))


async def _asks(
    office: Office, what: str = "vask:other", text: str = "May I bring a friend?"
) -> None:
    await office.taps(AMINA, what)
    await office.says(AMINA, text)
    await office.taps(AMINA, "ask_send")


def _card(office: Office) -> str:
    return [one for one in office.texts(GROUP) if "Claim" in one or "⏱ Waiting" in one][-1]


async def test_question_stands_in_the_queue_with_the_office(office: Office) -> None:
    await _asks(office)

    assert "Volunteer, office Gent" in _card(office)
    assert "May I bring a friend?" in _card(office)
    case = await office.case()
    assert (case.category, case.office, case.state) == ("volunteering", "gent", State.NEW)


async def test_answer_comes_back_as_any_answer(office: Office) -> None:
    await _asks(office)
    case = await office.case()
    await office.taps(JORIS, f"claim:{case.id}")
    await office.answers(JORIS, case, "Of course!")
    await office.waits(queue.HOLD)

    assert any("Of course!" in text for text in office.texts(AMINA))


async def test_question_about_a_shift_names_it(office: Office, tx: Tx) -> None:
    festival = await make.an_assignment(tx, await make.an_organisation(tx))
    shift = await make.a_shift(tx, festival, make.NOW + timedelta(days=8, hours=1))

    await _asks(office, f"vask:e{shift}")

    assert "Volunteer, office Gent · Music festival, " in _card(office)


async def test_forged_shift_or_placement_opens_nothing(office: Office, tx: Tx) -> None:
    other = await make.a_volunteer(tx, name="Olena")
    festival = await make.an_assignment(tx, await make.an_organisation(tx))
    values = {"assignment_id": festival, "volunteer_id": other, "state": "running"}
    placed = await tx.scalar(
        tx.insert(tables.placements)
        .values(**values, created_at=make.NOW)
        .returning(tables.placements.c.id)
    )

    for forged in ("e999", f"p{placed}", "e²", "p", "e" + "9" * 30):
        await office.taps(AMINA, f"vask:{forged}")
    await office.taps(AMINA, "questions")

    assert len(office.toasts) == 5


async def test_own_placement_is_named(office: Office, tx: Tx) -> None:
    volunteer = await tx.scalar(tables.volunteers.select())
    festival = await make.an_assignment(tx, await make.an_organisation(tx), "Language café")
    values = {"assignment_id": festival, "volunteer_id": volunteer, "state": "running"}
    placed = await tx.scalar(
        tx.insert(tables.placements)
        .values(**values, created_at=make.NOW)
        .returning(tables.placements.c.id)
    )
    await _asks(office, f"vask:p{placed}")
    assert "Volunteer, office Gent · Language café" in _card(office)


async def test_reviewed_answer_comes_before_the_person(office: Office) -> None:
    await office.taps(AMINA, "vask")
    first = office.seen_by(AMINA)[-1]
    assert isinstance(first, Edit | Outgoing)
    labels = [button.label for row in first.buttons for button in row]
    assert labels == ["💶 Expenses", "🛡 Insurance", "📄 A letter", "💬 Something else", "⬅️ Back"]

    await office.taps(AMINA, "vask:expenses")
    answer = office.seen_by(AMINA)[-1]
    assert isinstance(answer, Edit)
    assert answer.text == "answer about volunteering/rules"
    (row,) = answer.buttons
    assert row[0].action == "vask:person:expenses"

    await _asks(office, "vask:person:expenses")
    assert "Volunteer, office Gent · Expenses" in _card(office)


async def test_without_reviewed_answers_the_person_is_asked_at_once(
    tx: Tx, catalogs: Catalogs
) -> None:
    office = _house(tx, catalogs, topics=set())
    amina = await office.person(AMINA)
    await make.a_volunteer(tx, person=amina.id)
    await office.taps(AMINA, "vask")
    assert "Ask your coordinator" in office.texts(AMINA)[-1]


async def test_coordinator_on_duty_of_the_office_is_called(office: Office) -> None:
    await _looks_after(office, SARA, "leuven")
    joris = await _looks_after(office, JORIS, "gent")
    _on_duty(office, 1, joris)

    await _asks(office)

    case = await office.case()
    assert case.handed_to == joris
    assert case.desk == VOLUNTEERING
    assert "🤝 For" in _card(office)


async def test_coordinator_of_another_office_on_duty_is_not_called(office: Office) -> None:
    await _looks_after(office, JORIS, "gent")
    sara = await _looks_after(office, SARA, "leuven")
    _on_duty(office, sara)

    await _asks(office)

    assert (await office.case()).handed_to is None


async def test_without_a_desk_of_its_own_it_waits_in_the_general_queue(office: Office) -> None:
    await _asks(office)
    assert (await office.case()).desk == "infodesk"


async def test_own_group_gets_the_question(office: Office) -> None:
    office.desk = replace(
        office.desk, staff_groups={"infodesk": GROUP, "volunteering": -1001000000088}
    )
    await _asks(office)
    assert (await office.case()).desk == VOLUNTEERING
    assert not any("Volunteer, office" in text for text in office.texts(GROUP))
    assert any("Volunteer, office Gent" in text for text in office.texts(-1001000000088))


async def test_under_eighteen_and_not_after_all_stays_a_volunteers_question(
    office: Office,
) -> None:
    _on_duty(office, 1)
    await office.taps(AMINA, "vask:other")
    await office.taps(AMINA, "ask_young")
    await office.taps(AMINA, "ask_young")
    await office.says(AMINA, "May I bring a friend?")
    await office.taps(AMINA, "ask_send")
    assert (await office.case()).desk == VOLUNTEERING


async def test_stranger_is_sent_to_the_menu(office: Office) -> None:
    await office.person(OLENA)
    await office.taps(OLENA, "vask:other")
    assert "You have not signed up" in office.toasts[-1]


async def test_empty_draft_follows_whom_the_person_wants_to_ask(office: Office) -> None:
    await office.taps(AMINA, "ask")
    await _asks(office)
    assert (await office.case()).office == "gent"

    await office.taps(AMINA, "vask:other")
    await office.taps(AMINA, "ask")
    await office.says(AMINA, "Where can I find a doctor?")
    await office.taps(AMINA, "ask_send")
    cases = [one for one in office.texts(GROUP) if "find a doctor" in one]
    assert cases
    assert not any("Volunteer, office" in one for one in cases)


async def test_draft_with_words_for_others_is_finished_first(office: Office) -> None:
    await office.taps(AMINA, "ask")
    await office.says(AMINA, "Where can I find a doctor?")
    await office.taps(AMINA, "vask:other")

    assert "You are still writing another question." in office.texts(AMINA)[-1]
    await office.taps(AMINA, "ask_send")
    assert (await office.case()).office is None


async def test_erased_question_keeps_neither_office_nor_shift(office: Office, tx: Tx) -> None:
    await _asks(office)
    case = await office.case()
    assert case.person_id is not None
    told = await keeping.export(tx, case.person_id)
    assert told["questions"][0]["about"] == "Volunteer, office Gent"

    await office.taps(AMINA, f"solved:{case.id}")
    await keeping.forget(office.desk, tx, case.person_id, now=office.now)

    left = await office.case()
    assert (left.office, left.about) == (None, None)
