"""The calendar of buttons: every day once, under its own weekday, and only what may be chosen."""

import calendar
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialog.calendar import DEAD, Sheet, after_the_leap
from bot.language import formats
from bot.language.catalog import Catalogs

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
FIRST, LAST = datetime(2001, 1, 1), datetime(2098, 12, 31)  # noqa: DTZ001 - on the wall
MOMENTS = st.datetimes(FIRST, LAST)
ALLOWS = st.sampled_from(["any", "future", "past"])


@settings(deadline=None)
@given(first=DAYS, now=MOMENTS, allows=ALLOWS)
def test_month_shows_each_day_once_under_its_weekday(
    catalogs: Catalogs, first: date, now: datetime, allows: str
) -> None:
    for _ in catalogs:
        sheet = Sheet(_, now, allows)  # type: ignore[arg-type]
        _title, heads, *weeks = sheet.month(first)
        shown = [
            (date.fromisoformat(one.value), column)
            for week in weeks
            for column, one in enumerate(week)
            if one.value != DEAD
        ]

        names = [formats.weekday_name(_, one) for one in range(7)]
        assert all(name[:1] == head.label[:1] for name, head in zip(names, heads, strict=True))
        assert all(len(week) == 7 for week in weeks)
        days = [day for day, _column in shown]
        assert days == sorted(set(days))
        assert {day.month for day in days} <= {first.month}
        length = calendar.monthrange(first.year, first.month)[1]
        missing = {date(first.year, first.month, one) for one in range(1, length + 1)} - {*days}
        assert not any(sheet.may_choose(one) for one in missing)
        assert all(day.weekday() == column for day, column in shown)


@settings(deadline=None)
@given(now=MOMENTS, allows=ALLOWS, first=DAYS)
def test_only_days_that_may_be_chosen_have_a_figure(
    catalogs: Catalogs, first: date, now: datetime, allows: str
) -> None:
    sheet = Sheet(catalogs.words("en"), now, allows)  # type: ignore[arg-type]
    for one in (one for week in sheet.month(first)[2:] for one in week if one.value != DEAD):
        day, is_open = date.fromisoformat(one.value), one.label != "·"
        if allows == "future":
            assert is_open == (day >= now.date())
        elif allows == "past":
            assert is_open == (day <= now.date())
        else:
            assert is_open


@settings(deadline=None)
@given(now=MOMENTS, allows=ALLOWS, first=DAYS)
def test_arrows_lead_to_the_months_beside(
    catalogs: Catalogs, first: date, now: datetime, allows: str
) -> None:
    sheet = Sheet(catalogs.words("en"), now, allows)  # type: ignore[arg-type]
    back, _title, on = sheet.month(first)[0]

    for arrow, step in ((back, -1), (on, 1)):
        months = first.year * 12 + first.month - 1 + step
        beside = date(months // 12, months % 12 + 1, 1)
        assert arrow.value in (DEAD, f"m{beside:%Y-%m}")
        assert (arrow.value != DEAD) == sheet.may_show(beside)


@settings(deadline=None)
@given(year=st.integers(2001, 2098))
def test_every_hour_of_the_wall_clock_is_shown_on_nights_when_it_changes(
    catalogs: Catalogs, year: int
) -> None:
    sheet = Sheet(catalogs.words("en"), FIRST)
    for month, missing in ((3, 2), (10, None)):
        last = date(year, month, 31)
        sunday = last - timedelta(days=(last.weekday() + 1) % 7)
        hours = [one.label for row in sheet.hours(sunday) for one in row]

        assert hours == ["·" if hour == missing else f"{hour:02}" for hour in range(24)]
        times = [one for hour in range(24) for row in sheet.quarters(sunday, hour) for one in row]
        alive = [datetime.fromisoformat(one.value) for one in times if one.value != DEAD]
        assert all(after_the_leap(one) == one for one in alive)
        assert len(alive) == (92 if missing else 96)
