"""The day begins with one message: who waits, and what happened."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.delivery.messages import Outgoing
from bot.duty.desk import Timetable
from bot.duty.domain import Block, Hours
from bot.handover import jobs
from bot.people.domain import Role
from tests.support.duty_makers import a_duty, a_roster
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, OLENA, SARA, TOM, Office

# Monday to Friday from 10 to 12; 24 December is closed.
WEEKDAYS = dict.fromkeys(range(5), (Block(time(10), time(12)),))
HOURS = Hours({"en": WEEKDAYS}, frozenset({date(2026, 12, 24)}))
OWN_GROUP = -1001000000077


async def _night(office: Office, day: int, month: int = 11) -> None:
    """03:30 in Brussels, when the regular jobs run."""
    office.now = datetime(2026, month, day, 2, 30, tzinfo=UTC)
    await office.waits(HOLD)
    await jobs.jobs(office.desk)["handover.morning"](office.tx, now=office.now)


async def _until(office: Office, hour: int) -> list[str]:
    """What the group reads until that hour of the clock in Brussels."""
    before = len(office.sent)
    await office.waits(office.now.replace(hour=hour - 1, minute=1) - office.now)
    new = [m for m in office.sent[before:] if isinstance(m, Outgoing) and m.to == GROUP]
    return [message.text for message in new if "☀️" in message.text]


@pytest.fixture
async def open_office(office: Office) -> Office:
    """A team with opening hours; on Friday at 10 one question was answered, and one waits."""
    await office.answered()
    await office.person(OLENA)
    case = await office.asked(OLENA, text="and I wait")
    await office.notes(case, is_urgent=True)
    office.desk = replace(office.desk, timetable=Timetable(HOURS))
    return office


async def test_monday_tells_of_friday_at_the_first_opening(open_office: Office) -> None:
    await _night(open_office, 23)

    assert await _until(open_office, 9) == []
    (told,) = await _until(open_office, 10)

    assert told.splitlines() == [
        "☀️ <b>Good morning</b>",
        "<b>1 question waits</b>: English 1",
        "🔴 1 urgent",
        "Longest: #2, 3 days",
        "",
        "<b>Since Friday 20 November 2026</b>",
        "Questions: 2 new · 1 answered · 0 closed",
        "⏱ Half within 0 min, nine of ten within 0 min",
        "🕘 In opening hours: half within 0 min, nine of ten within 0 min",
    ]
    assert await _until(open_office, 18) == []


async def test_closed_days_begin_without_a_message(open_office: Office) -> None:
    for day, month in ((21, 11), (22, 11), (24, 12), (25, 12)):
        await _night(open_office, day, month)
        assert await _until(open_office, 13) == []


async def test_day_that_was_closed_meanwhile_is_left_alone(open_office: Office) -> None:
    await _night(open_office, 23)
    closed = Hours({"en": WEEKDAYS}, frozenset({date(2026, 11, 23)}))
    open_office.desk = replace(open_office.desk, timetable=Timetable(closed))

    assert await _until(open_office, 13) == []


async def test_planned_twice_is_told_once(open_office: Office) -> None:
    await _night(open_office, 23)
    await _night(open_office, 23)

    assert len(await _until(open_office, 13)) == 1


async def test_nothing_to_tell_is_no_message(office: Office) -> None:
    office.desk = replace(office.desk, timetable=Timetable(HOURS))
    await _night(office, 23)

    assert await _until(office, 13) == []


async def test_without_opening_hours_it_is_half_past_eight(office: Office) -> None:
    await office.asked()
    await _night(office, 23)

    assert await _until(office, 8) == []
    (told,) = await _until(office, 9)
    assert "1 question waits" in told


async def test_each_group_reads_of_its_own_questions(office: Office) -> None:
    groups = {"infodesk": GROUP, "minors": OWN_GROUP}
    office.desk = replace(office.desk, staff_groups=groups)
    case = await office.asked(text="I am alone")
    await office.notes(case, desk="minors", needs="minors")
    await _night(office, 23)

    assert await _until(office, 9) == []
    told = [m.text for m in office.sent if isinstance(m, Outgoing) and m.to == OWN_GROUP]
    assert ["☀️" in text for text in told] == [True]


async def test_card_names_earlier_questions_with_links(office: Office) -> None:
    first = await office.answered()
    await office.answers(JORIS, first, "/close")
    topic = await office.thread(first)

    await office.says(AMINA, "/colleague")
    await office.says(AMINA, "one more")
    await office.says(AMINA, "/send")

    card = next(m for m in reversed(office.sent) if getattr(m, "slot", "") == "case:2:card")
    assert isinstance(card, Outgoing)
    link = f'<a href="https://t.me/c/1000000042/{topic}">#1</a>'
    assert card.text.splitlines()[-1] == f"1 earlier question: {link}"


async def test_help_offers_what_somebody_may_do(office: Office) -> None:
    await office.says(JORIS, "/help", group=True)
    of_staff = office.last_text(GROUP)
    await office.colleague(JORIS, Role.COORDINATOR)
    await office.says(JORIS, "/help", group=True)

    assert "/mute" not in of_staff
    assert "/log" in of_staff
    assert "/mute" in office.last_text(GROUP)


async def _on_duty_from_ten(office: Office) -> Office:
    """Sara is on duty on Monday from 10 on; Joris only for another language."""
    joris, sara = await office.colleague(JORIS), await office.colleague(SARA)
    roster = a_roster(
        a_duty(sara.id, "en", 0, "10:00-12:00"), a_duty(joris.id, "nl", 0, "10:00-12:00")
    )
    office.desk = replace(office.desk, timetable=Timetable(HOURS, roster))
    return office


def _at_opening(office: Office) -> list[str]:
    """Everything new that stands in the group a minute after Monday's opening, but for cards."""
    posts = [one for one in office.sent if isinstance(one, Outgoing) and one.to == GROUP]
    return [one.text for one in posts if "☀️" in one.text or "your block begins" in one.text]


@pytest.mark.parametrize("is_asked_after_the_night", [True, False])
async def test_day_and_block_begin_with_one_message(
    office: Office, *, is_asked_after_the_night: bool
) -> None:
    await _on_duty_from_ten(office)
    if is_asked_after_the_night:  # then the row of the morning is looked at first
        await _night(office, 23)
        await office.asked()
    else:
        await office.asked()
        await _night(office, 23)

    await office.lives_until(datetime(2026, 11, 23, 9, 1, tzinfo=UTC))

    (told,) = _at_opening(office)
    assert "☀️" in told
    assert f'📋 <a href="tg://user?id={SARA}">Sara</a>: your block begins.' in told
    assert "Joris" not in told


async def test_block_that_begins_later_has_its_own_message(office: Office) -> None:
    await _on_duty_from_ten(office)
    tom = await office.colleague(TOM)
    later = a_duty(tom.id, "en", 0, "11:00-12:00")
    roster = a_roster(*office.desk.timetable.roster.duties, later)
    office.desk = replace(office.desk, timetable=Timetable(HOURS, roster))
    await _night(office, 23)
    await office.asked()

    await office.lives_until(datetime(2026, 11, 23, 10, 1, tzinfo=UTC))

    morning, block = _at_opening(office)
    assert "☀️" in morning
    assert "Tom" not in morning
    assert "☀️" not in block
    assert "Tom" in block


async def test_block_is_called_when_no_morning_was_planned(office: Office) -> None:
    await _on_duty_from_ten(office)
    await office.asked()

    await office.lives_until(datetime(2026, 11, 23, 9, 1, tzinfo=UTC))

    (told,) = _at_opening(office)
    assert told.startswith("📋")


async def test_ping_of_the_same_minute_is_not_a_second_message(office: Office) -> None:
    await office.asked()
    await _on_duty_from_ten(office)
    await _night(office, 23)

    await office.lives_until(datetime(2026, 11, 23, 9, 1, tzinfo=UTC))

    assert len(_at_opening(office)) == 1
    assert not [text for text in office.texts(GROUP) if "nobody has claimed this yet" in text]
