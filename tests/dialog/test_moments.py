"""A day and a time: from the calendar, or in words; what words leave open is asked back.

The clock stands at Sunday 1 March 2026, 10:00 in Brussels.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.dialog import forms
from bot.dialog.forms import Form, Step
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support.dialog_makers import Ending, Phone, Speaker

SUNDAY = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
DAY = forms.day("it", "Menu")
FUTURE = forms.day("it", "Menu", allows="future")
PAST = forms.day("it", "Menu", allows="past")
MOMENT = forms.moment("it", "Menu", allows="future")
YES = "✅ Yes, that is right"


@pytest.fixture
def ending() -> Ending:
    return Ending()


async def _opened(tx: Tx, catalogs: Catalogs, ending: Ending, step: Step, **more: Any) -> Phone:
    language, at = more.pop("language", "en"), more.pop("at", SUNDAY)
    form = Form("one", 1, "Menu", (step,), ending, **more)
    phone = Phone(tx, catalogs, (form,), person=Speaker(language=language), at=at)
    await phone.say("/open one")
    return phone


@pytest.mark.parametrize(
    ("step", "said", "meant"),
    [
        (FUTURE, "12/3", "2026-03-12"),
        (FUTURE, "12 maart 2027", "2027-03-12"),
        (FUTURE, "۱۲ مارچ", "2026-03-12"),
        (FUTURE, "tomorrow", "2026-03-02"),
        (FUTURE, "zaterdag 14u", "2026-03-07"),
        (PAST, "1/3/2026", "2026-03-01"),
        (PAST, "gisteren", "2026-02-28"),
        (PAST, "saturday", "2026-02-28"),
        (MOMENT, "12/3 18:30", "2026-03-12T18:30"),
        (MOMENT, "12/3/2026 om 18u30", "2026-03-12T18:30"),
        (MOMENT, "12/3 18.30", "2026-03-12T18:30"),
        (MOMENT, "12.03 18u", "2026-03-12T18:00"),
        (MOMENT, "9u 12 maart", "2026-03-12T09:00"),
        (MOMENT, "۱۲ مارچ ۱۸:۳۰", "2026-03-12T18:30"),
        (MOMENT, "next Saturday 14:00", "2026-03-07T14:00"),
        (MOMENT, "volgende dinsdag om 14.00", ["2026-03-03T14:00", "2026-03-10T14:00"]),
        (MOMENT, "завтра о 9", ["2026-03-02T09:00", "2026-03-02T21:00"]),
        (MOMENT, "12/3 at 2", ["2026-03-12T02:00", "2026-03-12T14:00"]),
    ],
)
async def test_words_are_read_and_told_before_they_count(
    tx: Tx, catalogs: Catalogs, ending: Ending, step: Step, said: str, meant: Any
) -> None:
    phone = await _opened(tx, catalogs, ending, step)
    await phone.say(said)
    if isinstance(meant, list):
        offered = [one.action for one in phone.buttons if one.action]
        assert [f"form:1:it:{one}" for one in meant] == offered[: len(meant)]
        meant = meant[-1]
        await phone.press(f"form:1:it:{meant}")
    assert ending.answers == []
    told = await step.tell(_asking(tx, catalogs), meant)
    assert told in phone.text
    await phone.tap(YES)

    assert ending.answers == [{"it": meant, "ref": ""}]


@pytest.mark.parametrize(
    ("step", "said", "told"),
    [
        (FUTURE, "soon", "08/03/2026"),
        (FUTURE, "31/2", "08/03/2026"),
        (FUTURE, "31/2, a tuesday", "08/03/2026"),
        (FUTURE, "12/3 or 13/3", "08/03/2026"),
        (FUTURE, "1/2/2026", "in the past"),
        (FUTURE, "yesterday", "in the past"),
        (PAST, "12/3/2026", "still to come"),
        (MOMENT, "18:30", "18:30"),
        (MOMENT, "1/3/2026 9:30", "in the past"),
        (MOMENT, "soon", "08/03/2026 18:30"),
    ],
)
async def test_what_is_no_answer_is_explained(
    tx: Tx, catalogs: Catalogs, ending: Ending, step: Step, said: str, told: str
) -> None:
    phone = await _opened(tx, catalogs, ending, step)
    await phone.say(said)

    assert told in phone.text
    assert YES not in [one.label for one in phone.buttons]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "next Tuesday 14:00"),
        ("nl", "volgende dinsdag om 14.00"),
        ("uk", "наступного вівторка о 14:00"),
        ("fa_AF", "سه شنبه آینده ساعت ۱۴"),
        ("ps", "راتلونکې سه‌شنبه ۱۴:۰۰"),
    ],
)
async def test_next_tuesday_on_a_monday_is_asked_back(
    tx: Tx, catalogs: Catalogs, ending: Ending, language: str, said: str
) -> None:
    monday = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    phone = await _opened(tx, catalogs, ending, MOMENT, language=language, at=monday)
    _ = catalogs.words(language)
    await phone.say(said)
    assert _("Which one do you mean?") in phone.text
    await phone.press("form:1:it:2026-03-10T14:00")
    await phone.press("form_ok:1")

    assert ending.answers[0]["it"] == "2026-03-10T14:00"


async def test_without_a_summary_words_are_told_with_a_button(
    tx: Tx, catalogs: Catalogs, ending: Ending
) -> None:
    phone = await _opened(tx, catalogs, ending, FUTURE, has_summary=False)
    await phone.say("12/3")
    assert "Do you mean <b>Thursday 12 March 2026</b>?" in phone.text
    assert ending.answers == []
    await phone.tap(YES)

    assert ending.answers[0]["it"] == "2026-03-12"


async def test_near_days_stand_on_buttons(tx: Tx, catalogs: Catalogs, ending: Ending) -> None:
    phone = await _opened(tx, catalogs, ending, FUTURE, has_summary=False)
    await phone.tap("5 March")

    assert ending.answers[0]["it"] == "2026-03-05"


async def test_calendar_leads_to_a_day_of_another_month(
    tx: Tx, catalogs: Catalogs, ending: Ending
) -> None:
    phone = await _opened(tx, catalogs, ending, FUTURE, has_summary=False)
    await phone.tap("📅 Another day")
    assert "‹" not in "".join(one.label for one in phone.buttons)
    await phone.tap("Apr ›")
    await phone.tap("April 2026")
    await phone.tap("September")
    await phone.tap("24")
    assert "Thursday 24 September 2026" in phone.text
    await phone.tap(YES)

    assert ending.answers[0]["it"] == "2026-09-24"


async def test_dots_of_the_calendar_choose_nothing(
    tx: Tx, catalogs: Catalogs, ending: Ending
) -> None:
    phone = await _opened(tx, catalogs, ending, FUTURE)
    for action in ("-", "2026-02-28", "m2025-12", "m2026-13", "y26", "h2026-03-05T25", "", "h"):
        await phone.press(f"form:1:it:{action}")

    assert ending.answers == []
    await phone.press("form:1:it:m2026-03")
    assert "2026-03" in "".join(one.action or "" for one in phone.buttons)


async def test_time_follows_the_day_by_hour_and_quarter(
    tx: Tx, catalogs: Catalogs, ending: Ending
) -> None:
    phone = await _opened(tx, catalogs, ending, MOMENT)
    await phone.tap("5 March")
    assert "Thursday 5 March 2026" in phone.text
    await phone.tap("18")
    await phone.tap("Another hour")
    await phone.tap("14")
    await phone.tap("14:15")
    assert "Thursday 5 March 2026, 14:15" in phone.text
    await phone.tap(YES)

    assert ending.answers[0]["it"] == "2026-03-05T14:15"


async def test_time_may_be_written_after_the_day(
    tx: Tx, catalogs: Catalogs, ending: Ending
) -> None:
    phone = await _opened(tx, catalogs, ending, MOMENT)
    await phone.say("next Saturday")
    assert "Saturday 7 March 2026" in phone.text
    await phone.say("14:20")
    await phone.tap(YES)

    assert ending.answers[0]["it"] == "2026-03-07T14:20"


async def test_hours_that_are_over_today_are_dots(
    tx: Tx, catalogs: Catalogs, ending: Ending
) -> None:
    phone = await _opened(tx, catalogs, ending, MOMENT)
    await phone.tap("1 March")
    labels = [one.label for one in phone.buttons][:24]

    assert labels == [*["·"] * 10, *(f"{hour}" for hour in range(10, 24))]


async def test_hour_that_the_clock_leaps_over_is_asked_back_as_the_next(
    tx: Tx, catalogs: Catalogs, ending: Ending
) -> None:
    phone = await _opened(tx, catalogs, ending, MOMENT)
    await phone.press("form:1:it:2026-03-29")
    assert [one.label for one in phone.buttons][:4] == ["00", "01", "·", "03"]
    await phone.say("29/3 02:30")
    assert "Sunday 29 March 2026, 03:30" in phone.text
    await phone.tap(YES)
    await phone.tap(YES)

    assert ending.answers[0]["it"] == "2026-03-29T03:30"


async def test_answer_is_kept_from_within_the_calendar(
    tx: Tx, catalogs: Catalogs, ending: Ending
) -> None:
    phone = await _opened(tx, catalogs, ending, DAY)
    await phone.say("12/3")
    await phone.tap("Change something")
    await phone.tap("Menu")
    assert "✓12" in [one.label for one in phone.buttons]
    await phone.tap("Apr ›")
    await phone.tap("Keep: Thursday 12")
    await phone.tap(YES)

    assert ending.answers[0]["it"] == "2026-03-12"


@pytest.mark.parametrize("language", ["fa_AF", "ps"])
async def test_monday_stands_rightmost_for_who_reads_from_the_right(
    tx: Tx, catalogs: Catalogs, ending: Ending, language: str
) -> None:
    phone = await _opened(tx, catalogs, ending, DAY, language=language)
    assert phone.screen is not None
    _, heads, first, *_ = phone.screen.buttons

    assert [one.label for one in heads] == ["ی", "ش", "ج", "پ", "چ", "س", "د"]
    assert bidi.strip_marks(first[0].label) == "•1"  # 1 March 2026 is a Sunday


def _asking(tx: Tx, catalogs: Catalogs) -> forms.Asking:
    return forms.Asking(tx, None, SUNDAY, {}, catalogs.words("en"), catalogs)
