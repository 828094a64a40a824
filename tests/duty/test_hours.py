"""When somebody reads a language: split days, closures, holidays, weeks of the clock change."""

from datetime import date

import pytest

from bot.duty.desk import Timetable
from bot.duty.domain import Hours, is_holiday
from tests.support.duty_makers import HOURS, OFFICE, at

TIMETABLE = Timetable(HOURS)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("2026-03-04", "08:00"), ("2026-03-04", "09:00")),
        (("2026-03-04", "10:15"), ("2026-03-04", "10:15")),
        (("2026-03-04", "12:30"), ("2026-03-04", "13:30")),
        (("2026-03-04", "16:59"), ("2026-03-04", "16:59")),
        (("2026-03-04", "17:00"), ("2026-03-06", "09:00")),
        (("2026-03-05", "10:00"), ("2026-03-06", "09:00")),
        (("2026-03-06", "18:00"), ("2026-03-09", "09:00")),
        (("2026-05-01", "10:00"), ("2026-05-04", "09:00")),
        (("2026-04-05", "10:00"), ("2026-04-07", "09:00")),
        (("2026-12-24", "18:00"), ("2026-12-28", "09:00")),
        (("2026-03-27", "18:00"), ("2026-03-30", "09:00")),
        (("2026-10-23", "18:00"), ("2026-10-26", "09:00")),
    ],
    ids=[
        "before opening",
        "while open",
        "lunch",
        "last minute",
        "evening before a closure",
        "closure",
        "weekend",
        "Labour Day",
        "Easter Monday",
        "Christmas",
        "summer time begins",
        "summer time ends",
    ],
)
def test_answer_is_expected_when_somebody_is_in(
    asked: tuple[str, str], expected: tuple[str, str]
) -> None:
    assert TIMETABLE.expects("nl", at(*asked)) == at(*expected)


def test_each_language_has_its_own_days() -> None:
    assert TIMETABLE.expects("ps", at("2026-03-04", "10:00")) == at("2026-03-10", "09:00")


def test_nothing_is_promised_where_nobody_reads() -> None:
    assert TIMETABLE.expects("uk", at("2026-03-04", "10:00")) is None
    assert Timetable(Hours({"uk": {}})).expects("uk", at("2026-03-04", "10:00")) is None


def test_nothing_is_promised_when_always_closed() -> None:
    days = frozenset(date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365))
    closed = Timetable(Hours({"nl": OFFICE}, days))

    assert closed.expects("nl", at("2026-03-04", "10:00")) is None


def test_legal_holidays_of_belgium_are_known() -> None:
    assert is_holiday(date(2026, 7, 21))
    assert is_holiday(date(2027, 3, 29))
    assert not is_holiday(date(2026, 7, 22))
