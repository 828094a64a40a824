"""What is kept, for how long, and that a person can take it away."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.delivery import outbox
from bot.delivery.messages import ChangeTopic, Edit
from bot.handover import jobs, privacy
from bot.handover.domain import State
from bot.handover.tables import case_messages, cases
from bot.people.domain import PersonId
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, Office


async def _rows(office: Office) -> int:
    return int(await office.tx.scalar(select(func.count()).select_from(case_messages)))


async def test_person_gets_own_questions_and_answers(office: Office) -> None:
    await office.answered("Monday at 9.")
    person = await office.person()

    mine = await privacy.export_person(office.tx, person.id)

    questions: Any = mine["questions"]
    assert [question["number"] for question in questions] == [1]
    assert [said["text"] for said in questions[0]["messages"]] == [
        "Where do I find a doctor?",
        "Monday at 9.",
    ]


async def test_copy_of_data_holds_nothing_that_never_arrived(office: Office) -> None:
    case = await office.claimed()
    await office.answers(JORIS, case, "Oh no, wrong person")
    await office.takes(office.said(JORIS, "/stop", group=True, thread=await office.thread(case)))
    await office.answers(JORIS, case, "// a note between colleagues")

    mine: Any = await privacy.export_person(office.tx, (await office.person()).id)

    (question,) = mine["questions"]
    assert [said["text"] for said in question["messages"]] == ["Where do I find a doctor?"]


async def test_question_that_was_put_aside_is_reduced_too(office: Office) -> None:
    case = await office.asked()
    await office.taps(JORIS, f"drop:{case.id}")
    await office.waits(timedelta(days=91))

    await jobs.jobs(office.desk)["handover.retention"](office.tx, now=office.now)

    assert await _rows(office) == 0
    assert (await office.case()).person_id is None


async def test_forgotten_person_leaves_one_line_on_the_card(office: Office) -> None:
    case = await office.answered()
    person = await office.person()

    await privacy.forgetter(office.desk)(office.tx, person.id, now=office.now)
    await office.delivers()

    edit = next(m for m in reversed(office.sent) if isinstance(m, Edit) and m.to == GROUP)
    assert edit.text == "🗑 #1 · deleted by the person"
    assert any(isinstance(m, ChangeTopic) and m.change == "delete" for m in office.sent)
    assert await _rows(office) == 0
    assert await outbox.slots_of(office.tx, f"case:{case.id}:") == []
    kept = await office.case()
    assert (kept.state, kept.person_id, kept.shown) == (State.DELETED, None, ())


async def test_forgotten_person_gets_no_held_answer(office: Office) -> None:
    case = await office.claimed()
    await office.answers(JORIS, case, "Monday at 9.")
    person = await office.person()

    await privacy.forget_person(office.desk, office.tx, person.id, now=office.now)
    await office.waits(HOLD)

    assert not [text for text in office.texts(AMINA) if text.startswith("👤")]


async def test_forgotten_colleague_gives_questions_back(office: Office) -> None:
    await office.claimed()
    joris = await office.colleague(JORIS)

    await privacy.forget_person(office.desk, office.tx, joris.id, now=office.now)

    freed = await office.case()
    assert (freed.state, freed.claimed_by) == (State.RELEASED, None)


async def test_drafts_are_dropped_after_a_day(office: Office) -> None:
    await office.taps(AMINA, "ask:")
    await office.says(AMINA, "something private")
    nightly = jobs.jobs(office.desk)["handover.drafts"]

    await nightly(office.tx, now=office.now + timedelta(hours=23))
    kept = await _rows(office)
    await nightly(office.tx, now=office.now + timedelta(hours=25))

    assert (kept, await _rows(office)) == (1, 0)
    assert await office.tx.all(select(cases)) == []


async def test_closed_questions_are_reduced_after_ninety_days(office: Office) -> None:
    case = await office.answered()
    await office.taps(JORIS, f"close:{case.id}")
    nightly = jobs.jobs(office.desk)["handover.retention"]

    await nightly(office.tx, now=office.now + timedelta(days=89))
    kept = await _rows(office)
    await nightly(office.tx, now=office.now + timedelta(days=91))
    await office.delivers()

    assert (kept, await _rows(office)) == (2, 0)
    reduced = await office.case()
    assert (reduced.person_id, reduced.language, reduced.state) == (None, "en", State.CLOSED)
    assert office.changes() == ["rename", "close", "delete"]


async def test_reduced_question_cannot_be_reopened(office: Office) -> None:
    case = await office.answered()
    await office.taps(JORIS, f"close:{case.id}")
    nightly = jobs.jobs(office.desk)["handover.retention"]
    await nightly(office.tx, now=office.now + timedelta(days=91))

    await office.taps(JORIS, f"reopen:{case.id}")

    assert office.toasts[-1] == "This question is not there any more."
    assert PersonId(0) != (await office.case()).claimed_by


async def test_open_questions_are_never_reduced(office: Office) -> None:
    await office.answered()

    await jobs.jobs(office.desk)["handover.retention"](
        office.tx, now=office.now + timedelta(days=900)
    )

    assert await _rows(office) == 2
