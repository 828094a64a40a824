"""Days and times as people say them: what is plain has one meaning, what is not has all of them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import formats, reading_dates, reading_days, reading_times
from bot.language.catalog import Catalogs

FIRST, LAST = datetime(2026, 9, 1), datetime(2027, 8, 1)  # noqa: DTZ001 - the zone comes later
SATURDAY = date(2026, 11, 21)
TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("next Tuesday", [TUESDAY]),
        ("volgende dinsdag", [TUESDAY]),
        ("komende dinsdag", [TUESDAY]),
        ("наступного вівторка", [TUESDAY]),
        ("سه شنبه آینده", [TUESDAY]),
        ("سه‌شنبهٔ آینده", [TUESDAY]),
        ("راتلونکې سه‌شنبه", [TUESDAY]),
        ("Tuesday next week", [TUESDAY]),
        ("volgende week dinsdag", [TUESDAY]),
        ("dinsdag 24", [TUESDAY]),
        ("tomorrow", [date(2026, 11, 22)]),
        ("overmorgen", [date(2026, 11, 23)]),
        ("the day after tomorrow", [date(2026, 11, 23)]),
        ("післязавтра", [date(2026, 11, 23)]),
        ("پس فردا", [date(2026, 11, 23)]),
        ("بل سبا", [date(2026, 11, 23)]),
        ("morgenavond", [date(2026, 11, 22)]),
        ("dinsdag", [date(2026, 11, 17), TUESDAY]),
        ("у п'ятницю", [date(2026, 11, 20), date(2026, 11, 27)]),
        ("next Monday", [date(2026, 11, 23), date(2026, 11, 30)]),
        ("zaterdag", [date(2026, 11, 14), SATURDAY, date(2026, 11, 28)]),
        ("deze zaterdag", [SATURDAY, date(2026, 11, 28)]),
        ("vorige dinsdag", [date(2026, 11, 10), date(2026, 11, 17)]),
        ("zaterdag morgen", [date(2026, 11, day) for day in (14, 21, 22, 28)]),
        ("what do I say", []),
        ("31/2 dinsdag", []),
        ("12/3 or 13/3, a tuesday", []),
        ("", []),
    ],
)
def test_days_in_words_have_the_meanings_that_people_give_them(
    catalogs: Catalogs, text: str, meant: list[date]
) -> None:
    assert list(reading_days.read(catalogs, text, today=SATURDAY).days) == meant


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("friday 12/3", True),
        ("tuesday 12/3", False),
        ("tomorrow 12/3", False),
        ("dinsdag 25", False),
        ("tomorrow perhaps", False),
        ("у вівторок", True),
    ],
)
def test_what_does_not_fit_together_is_not_sure(
    catalogs: Catalogs, text: str, is_sure: bool
) -> None:
    assert reading_days.read(catalogs, text, today=SATURDAY).is_sure == is_sure


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("14:00", [14]),
        ("dinsdag 14u", [14]),
        ("om 14 uur", [14]),
        ("о 14 годині", [14]),
        ("ساعت ۱۴", [14]),
        ("په ۱۴ بجو", [14]),
        ("2 pm", [14]),
        ("2pm on 12 march", [14]),
        ("'s middags om 2 uur", [14]),
        ("ساعت ۲ بعد از ظهر", [14]),
        ("ماسپښین ۲ بجې", [14]),
        ("ماسپښین 14:00", [14]),
        ("9 ранку", [9]),
        ("at 9", [9, 21]),
        ("om 9 uur", [9, 21]),
        ("9:00", [9]),
        ("12/3 at 2", [2, 14]),
        ("maart 12 om 14", [14]),
        ("at 0", [0]),
        ("12 maart", []),
        ("at 12/3", []),
        ("om 12 maart", []),
        ("14:00-16:00", []),
        ("at 10 or at 11", []),
        ("at 25", []),
    ],
)
def test_times_in_words_have_the_meanings_that_people_give_them(
    catalogs: Catalogs, text: str, hours: list[int]
) -> None:
    assert [one.hour for one in reading_times.read(catalogs, text).times] == hours


def test_minutes_may_stand_apart(catalogs: Catalogs) -> None:
    for text in ("14u30", "14 uur 30", "14.30", "2:30 pm"):
        assert reading_times.read(catalogs, text).times == (time(14, 30),)


@settings(deadline=None)
@given(day=st.dates(date(2026, 9, 1), date(2027, 8, 1)), today=st.just(SATURDAY))
def test_every_day_that_the_bot_writes_is_read_again(
    catalogs: Catalogs, day: date, today: date
) -> None:
    for _ in catalogs:
        shown = formats.date_words(_, day)
        assert reading_dates.read(catalogs, shown, today=today) == day
        assert reading_days.read(catalogs, shown, today=today) == reading_days.Said((day,))
        assert day in reading_days.read(catalogs, formats.day_words(_, day), today=today).days


@settings(deadline=None)
@given(moment=st.datetimes(FIRST, LAST, timezones=st.just(UTC)))
def test_every_moment_that_the_bot_writes_is_read_again(
    catalogs: Catalogs, moment: datetime
) -> None:
    wall = formats.on_the_wall(moment).replace(second=0, microsecond=0)
    for _ in catalogs:
        said = reading_times.read(catalogs, formats.day_and_time(_, moment))
        assert said.times == (wall.time(),)
        assert reading_days.read(catalogs, said.rest, today=SATURDAY).days == (wall.date(),)


@settings(deadline=None)
@given(today=st.dates(date(2026, 1, 1), date(2027, 12, 31)), weekday=st.integers(0, 6))
def test_weekday_means_only_days_that_are_called_so(
    catalogs: Catalogs, today: date, weekday: int
) -> None:
    for _ in catalogs:
        name = formats.weekday_name(_, weekday)
        for before in ("", *_.profile.spoken.next[:1], *_.profile.spoken.coming[:1]):
            found = reading_days.read(catalogs, f"{before} {name}", today=today).days
            assert found
            assert {one.weekday() for one in found} == {weekday}
            near = today + timedelta(days=(weekday - today.weekday()) % 7)
            assert {near, near + timedelta(days=7)} & {*found}
