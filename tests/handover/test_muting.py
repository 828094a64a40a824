"""A coordinator mutes somebody for a time, with a reason; the person is told so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.messages import Copy
from bot.handover import chat, domain, jobs, privacy
from bot.handover.domain import State
from bot.handover.service import muting
from bot.people import tables as people_tables
from bot.people.domain import Role
from tests.support.handover_makers import AMINA, CHRIS, GROUP, JORIS, OLENA, TOM, Office

REASON = "zorgblat insults colleagues"
MUTED = "🔇 Until"


@pytest.fixture
async def muted(office: Office) -> Office:
    """Amina's talk with Joris, in which Chris has muted her for three days."""
    await office.colleague(CHRIS, Role.COORDINATOR)
    await office.answered()
    await office.says(CHRIS, f"/mute 1 3d {REASON}", group=True)
    return office


def _copies(office: Office) -> int:
    return sum(isinstance(one, Copy) for one in office.seen_by(GROUP))


async def test_person_is_told_until_when_and_how_to_complain(muted: Office) -> None:
    text = muted.last_text(AMINA)

    assert text.startswith("🔇 Until Monday")
    assert "/complaint" in text
    assert "112" in text
    assert REASON not in text
    assert "The person has been told" in muted.last_text(GROUP)


async def test_what_a_muted_person_writes_is_answered_and_reaches_nobody(muted: Office) -> None:
    before, case = _copies(muted), await muted.case()
    await muted.waits(timedelta(minutes=5))

    await muted.says(AMINA, "You are all stupid")

    assert muted.last_text(AMINA).startswith(MUTED)
    assert _copies(muted) == before
    assert (await muted.case()).touched_at == case.touched_at


async def test_many_messages_are_answered_once_a_minute(muted: Office) -> None:
    before = len(muted.texts(AMINA))
    await muted.waits(timedelta(minutes=5))
    for _ in range(20):
        await muted.says(AMINA, "hello?")
    await muted.waits(timedelta(minutes=1))
    await muted.says(AMINA, "hello?")

    assert len(muted.texts(AMINA)) == before + 2


async def test_edit_of_a_muted_person_reaches_nobody(office: Office) -> None:
    await office.colleague(CHRIS, Role.COORDINATOR)
    await office.answered()
    said = await office.says(AMINA, "thank you")
    await office.says(CHRIS, f"/mute 1 3d {REASON}", group=True)

    await office.takes(office.edited(said, "you are all stupid"))

    assert not any("stupid" in text for text in office.texts(GROUP))


@pytest.mark.parametrize("data", ["ask:", "ask_send", "go_on:1", "ask_add:1", "other_language"])
async def test_no_way_leads_a_muted_person_to_the_team(muted: Office, data: str) -> None:
    before = _copies(muted)

    await muted.taps(AMINA, data)

    assert muted.last_text(AMINA).startswith(MUTED)
    assert _copies(muted) == before
    assert (await muted.case()).state is not State.DRAFT


async def test_draft_of_a_muted_person_stays_unsent(office: Office) -> None:
    await office.colleague(CHRIS, Role.COORDINATOR)
    await office.asked()
    await office.taps(AMINA, "ask:")
    await office.says(AMINA, "first words")
    await office.says(CHRIS, f"/mute 1 3d {REASON}", group=True)

    await office.says(AMINA, "you are all stupid")
    await office.says(AMINA, "/send")

    assert office.last_text(AMINA).startswith(MUTED)
    assert (await office.case()).state is State.DRAFT


async def test_muted_person_is_still_heard_by_the_bot_itself(muted: Office) -> None:
    hears = chat.listener(muted.desk)

    said = muted.said(AMINA, "Where do I find a doctor?")

    assert await hears(muted.tx, await muted.person(), said) is None  # the info desk is next


async def test_open_questions_stay_readable_and_can_be_answered(muted: Office) -> None:
    await muted.taps(AMINA, "questions:")
    shown = muted.last_text(AMINA)
    case = await muted.case()
    await muted.answers(JORIS, case, "The doctor is in on Monday")
    await muted.waits(timedelta(seconds=10))

    assert "#1" in shown
    assert "The doctor is in on Monday" in muted.last_text(AMINA)


async def test_mute_ends_by_itself(muted: Office) -> None:
    before = _copies(muted)
    await muted.waits(timedelta(days=3))
    await muted.taps(AMINA, "go_on:1")

    await muted.says(AMINA, "I am sorry")

    assert _copies(muted) == before + 1


async def test_unmute_lets_the_person_write_and_tells_them(muted: Office) -> None:
    await muted.says(CHRIS, "/unmute 1", group=True)
    told = muted.last_text(AMINA)
    before = _copies(muted)

    await muted.says(AMINA, "I am sorry")

    assert told.startswith("🔈 Our colleagues can read you again.")
    assert _copies(muted) == before + 1


async def test_in_the_topic_no_number_is_needed(office: Office) -> None:
    await office.colleague(CHRIS, Role.COORDINATOR)
    case = await office.answered()

    await office.answers(CHRIS, case, f"/mute 12h {REASON}")
    first = await muting.current(office.tx, (await office.person()).id, now=office.now)
    await office.answers(CHRIS, case, "/unmute")

    assert first is not None
    assert first.until == office.now + timedelta(hours=12)
    assert await muting.current(office.tx, first.person_id, now=office.now) is None


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.STAFF])
@pytest.mark.parametrize("words", [f"/mute 1 3d {REASON}", "/unmute 1", "/mutes"])
async def test_only_coordinators_mute(office: Office, role: Role, words: str) -> None:
    await office.colleague(TOM, role)
    await office.answered()

    await office.says(TOM, words, group=True)

    assert office.last_text(GROUP) == "Only coordinators can do this."
    assert await muting.current(office.tx, (await office.person()).id, now=office.now) is None


@pytest.mark.parametrize(
    "words",
    ["/mute", "/mute 1", "/mute 1 3d", "/mute 1 soon rude", "/mute 1 3 rude", "/mute 1 0m rude",
     "/mute 1 31d rude", "/mute 1 9999w rude", "/mute 99 3d rude", "/mute 3d rude", "/unmute 1"],
)  # fmt: skip
async def test_wrong_words_mute_nobody(office: Office, words: str) -> None:
    await office.colleague(CHRIS, Role.COORDINATOR)
    await office.answered()
    before = len(office.texts(AMINA))

    await office.says(CHRIS, words, group=True)

    assert len(office.texts(AMINA)) == before
    assert not office.last_text(GROUP).startswith("🔇")


async def test_colleague_cannot_be_muted(office: Office) -> None:
    await office.colleague(CHRIS, Role.COORDINATOR)
    await office.asked()
    await office.colleague(AMINA, Role.STAFF)

    await office.says(CHRIS, f"/mute 1 3d {REASON}", group=True)

    assert office.last_text(GROUP) == "This is a colleague of the team."


async def test_muting_again_replaces_the_time(muted: Office) -> None:
    await muted.says(CHRIS, "/mute 1 30m calm down", group=True)

    mute = await muting.current(muted.tx, (await muted.person()).id, now=muted.now)
    found, _ = await muting.listed(
        muted.tx, await muted.colleague(CHRIS, Role.ADMIN), now=muted.now
    )

    assert mute is not None
    assert mute.until == muted.now + timedelta(minutes=30)
    assert len(found) == 1


async def test_mutes_lists_number_end_who_and_why(muted: Office) -> None:
    await muted.says(CHRIS, "/mutes", group=True)

    line = muted.last_text(GROUP).splitlines()[1]
    assert line.startswith("• #1 · Monday")
    assert "Chris" in line
    assert REASON in line


async def test_log_knows_who_muted_whom_and_no_reason(muted: Office) -> None:
    await muted.says(CHRIS, "/unmute 1", group=True)

    log = people_tables.audit
    rows = await muted.tx.all(select(log).where(log.c.action.like("person.%muted")))

    person, chris = await muted.person(), await muted.colleague(CHRIS, Role.COORDINATOR)
    assert [(row["action"], row["actor"], row["subject"]) for row in rows] == [
        ("person.muted", chris.id, f"person:{person.id}"),
        ("person.unmuted", chris.id, f"person:{person.id}"),
    ]
    assert "zorgblat" not in f"{[dict(row) for row in rows]}"


async def test_copy_of_data_says_when_and_why(muted: Office) -> None:
    mine = await privacy.export_person(muted.tx, (await muted.person()).id)

    assert [one["reason"] for one in mine["mutes"]] == [REASON]  # type: ignore[attr-defined]


async def test_who_erases_their_data_is_not_muted_any_more(muted: Office) -> None:
    person = await muted.person()

    await privacy.forget_person(muted.desk, muted.tx, person.id, now=muted.now)

    assert await muting.current(muted.tx, person.id, now=muted.now) is None
    assert await muted.tx.raw("SELECT 1 FROM mutes") == []


async def test_reason_goes_ninety_days_after_the_end(muted: Office) -> None:
    await muted.waits(timedelta(days=3) + domain.MUTE_KEPT)
    kept = await muted.tx.raw("SELECT 1 FROM mutes")
    await muted.waits(timedelta(seconds=1))

    await jobs.jobs(muted.desk)["handover.mutes"](muted.tx, now=muted.now)

    assert kept
    assert await muted.tx.raw("SELECT 1 FROM mutes") == []


async def test_others_are_heard_as_before(muted: Office) -> None:
    await muted.person(OLENA)

    await muted.taps(OLENA, "ask:")
    await muted.says(OLENA, "hello")
    await muted.taps(OLENA, "ask_send")

    assert (await muted.case()).number == 2


@pytest.mark.parametrize(
    "data", ["call_yes:1", "call_keep:1:+32470123456", "letter:1", "letter_yes:1:2026-12-01"]
)
async def test_no_newer_way_leads_there_either(muted: Office, data: str) -> None:
    before = len(muted.texts(GROUP))

    await muted.taps(AMINA, data)

    assert muted.last_text(AMINA).startswith(MUTED)
    case = await muted.case()
    assert (case.phone, case.deadline, len(muted.texts(GROUP))) == (None, None, before)


async def test_muted_person_books_nothing(muted: Office) -> None:
    await muted.taps(JORIS, "refer:1")
    for data in ("refer_yes:1", "visit:1:1", "visit_at:1:1:0"):
        await muted.taps(AMINA, data)
        assert muted.last_text(AMINA).startswith(MUTED)


async def test_why_of_a_muted_person_reaches_nobody(office: Office) -> None:
    await office.colleague(CHRIS, Role.COORDINATOR)
    case = await office.answered()
    await office.taps(JORIS, f"close:{case.id}")
    await office.taps(AMINA, f"rate:{case.id}:3")
    await office.says(CHRIS, f"/mute 1 3d {REASON}", group=True)

    await office.says(AMINA, "you are all stupid")

    assert office.last_text(AMINA).startswith(MUTED)
    assert not any("stupid" in text for text in office.texts(GROUP))
