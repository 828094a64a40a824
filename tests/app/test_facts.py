"""The opening hours that answers name are those that count now."""

from bot.app.facts import OpeningHours
from bot.duty.desk import Timetable
from bot.language.catalog import Catalogs
from tests.support.duty_makers import HOURS, JAN, KAREN, a_duty, a_roster


def test_answers_name_the_hours_of_the_roster(catalogs: Catalogs) -> None:
    timetable = Timetable(HOURS)
    hours = OpeningHours(timetable, catalogs)
    assert hours["ps"].count("\n") == 0
    assert "09:00" in hours["ps"]
    assert hours["en"] == catalogs.words("en")("No fixed hours.")

    overlapping = (a_duty(KAREN, "en", 0), a_duty(JAN, "en", 0, "11:00-16:00"))
    timetable.swap(a_roster(*overlapping, a_duty(JAN, "en", 4, "13:00-15:00")))

    assert hours["en"] == "Monday: from 09:00 to 16:00\nFriday: from 13:00 to 15:00"
    assert "fr" not in hours
    assert set(hours) == set(catalogs.codes)
