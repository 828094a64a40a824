"""Closing a year: when it is remembered, and who may. Pure."""

from datetime import date, timedelta

from bot.errors import N_, NotAllowed

_DAY = timedelta(days=1)


def reminds_from(year: int) -> date:
    """The first Monday from 8 January on: until then people are back, and hours are told."""
    day = date(year, 1, 8)
    return day + -day.weekday() % 7 * _DAY


class NotForAll(NotAllowed):
    """Somebody who looks after some offices only."""

    sentence = N_("Closing a year counts for all offices. Please ask an admin.")
