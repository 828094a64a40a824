"""Dates as people write them, read as they stand on Belgian paper."""

from datetime import date

import pytest

from bot.language import formats, reading_dates
from bot.language.catalog import Catalogs

TODAY = date(2026, 11, 21)
MARCH = date(2027, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12/3",
        "12/3/2027",
        "12-03-27",
        "12.3.2027",
        "12 3 2027",
        "2027-03-12",
        "12 maart",
        "vrijdag 12 maart 2027",
        "12 mrt",
        "March 12, 2027",
        "the 12th of March",
        "12 березня",
        "12 березень 2027",
        "12-го березня",
        "۱۲ مارچ",
        "۱۲ مارس ۲۰۲۷",
        "د مارچ ۱۲",
        "١٢/٣/٢٠٢٧",
        "۲۰۲۷/۳/۱۲",
        "before 12/03/2027 at 14:00",
        "12 march, so 12/3",
    ],
)
def test_usual_ways_of_writing_mean_one_day(catalogs: Catalogs, text: str) -> None:
    assert reading_dates.read(catalogs, text, today=TODAY) == MARCH


@pytest.mark.parametrize(
    "text",
    ["31/2", "12", "hello", "12/3 or 14/3", "12/13/2027", "۱۴۰۵/۱۲/۲۱", "12/3/999", "1/2/3/4"],
)
def test_what_is_no_one_day_is_not_guessed(catalogs: Catalogs, text: str) -> None:
    assert reading_dates.read(catalogs, text, today=TODAY) is None


def test_day_just_past_is_not_moved_to_next_year(catalogs: Catalogs) -> None:
    assert reading_dates.read(catalogs, "20/11", today=TODAY) == date(2026, 11, 20)


@pytest.mark.parametrize("code", ["nl", "en", "uk", "fa_AF", "ps"])
def test_every_date_the_bot_writes_is_read_again(catalogs: Catalogs, code: str) -> None:
    for month in range(1, 13):
        day = date(2027, month, 9)
        shown = formats.date_words(catalogs.words(code), day)
        assert reading_dates.read(catalogs, shown, today=TODAY) == day
