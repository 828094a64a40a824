"""Dates, times, numbers, money and lists as people write them: Latin digits, Brussels time.

Babel does the work; `language.toml` overrides it where Babel is poor (Pashto) or where our
style differs (Ukrainian hryvnia signs are no euros).
"""

import html
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel import dates, lists, numbers
from markupsafe import Markup

from bot.language import bidi, profile
from bot.language.catalog import Words

BRUSSELS: Final = ZoneInfo("Europe/Brussels")

_SPACE = "\u00a0"
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def date_words(_: Words, day: date) -> str:
    """Saturday 21 November 2026; of a moment, the day it is in Brussels."""
    local = _local(day) if isinstance(day, datetime) else day
    return _.profile.patterns.date.format(
        weekday=weekday_name(_, local.weekday()),
        day=local.day,
        month=month_name(_, local.month),
        year=local.year,
    )


def day_words(_: Words, day: date) -> str:
    """Saturday 21 November: a day of the coming months, without its year."""
    local = _local(day) if isinstance(day, datetime) else day
    return _.profile.patterns.day.format(
        weekday=weekday_name(_, local.weekday()), day=local.day, month=month_name(_, local.month)
    )


def soon(_: Words, moment: datetime) -> str:
    """Saturday 21 November, 10:00: a moment of the coming months, without its year."""
    return _.profile.patterns.day_and_time.format(
        date=day_words(_, moment), time=time_words(_, moment)
    )


def weekday_name(_: Words, weekday: int) -> str:
    """The name of a day; Monday is 0."""
    own = _.profile.weekdays.get(profile.WEEKDAYS[weekday])
    return own or str(_.locale.days["format"]["wide"][weekday])


def weekday_short(_: Words, weekday: int) -> str:
    """The same for the head of a calendar; Dari and Pashto write the first letter there."""
    if _.is_rtl:
        return weekday_name(_, weekday)[:1]
    return str(_.locale.days["stand-alone"]["short"][weekday])


def month_name(_: Words, month: int) -> str:
    """The name of a month as it stands in a date; January is 1."""
    own = _.profile.months.get(profile.MONTHS[month - 1])
    return own or str(_.locale.months["format"]["wide"][month])


def month_alone(_: Words, month: int) -> str:
    """The same as it stands alone, as in a table."""
    own = _.profile.months.get(profile.MONTHS[month - 1])
    return own or str(_.locale.months["stand-alone"]["wide"][month])


def month_short(_: Words, month: int) -> str:
    """The same on a narrow button; our own names are short enough."""
    own = _.profile.months.get(profile.MONTHS[month - 1])
    return own or str(_.locale.months["stand-alone"]["abbreviated"][month])


def time_words(_: Words, moment: datetime) -> str:
    """18:30 in Brussels, with the part of the day where the language says it."""
    local = _local(moment)
    starts = [int(hour) for hour in _.profile.day_parts if int(hour) <= local.hour]
    if not _.profile.day_parts:
        return f"{local:%H:%M}"
    start = max(starts, default=max(int(hour) for hour in _.profile.day_parts))
    return f"{_.profile.day_parts[str(start)]} {local:%H:%M}"


def day_and_time(_: Words, moment: datetime) -> str:
    """A moment in full: weekday, date and time."""
    return _.profile.patterns.day_and_time.format(
        date=date_words(_, moment), time=time_words(_, moment)
    )


def counted_by_telegram(_: Words, moment: datetime) -> Markup:
    """How long ago that was ("2 hours ago"), as HTML that Telegram's apps keep up to date; an app
    that cannot shows the day and the time."""
    shown = html.escape(day_and_time(_, moment), quote=False)
    return Markup(f'<tg-time unix="{moment.timestamp():.0f}" format="r">{shown}</tg-time>')  # noqa: S704


def number(_: Words, value: int | float | Decimal) -> str:
    """A number with the signs of the language and Latin digits."""
    return numbers.format_decimal(value, locale=_.locale, numbering_system="latn")


def money(_: Words, amount: Decimal) -> str:
    """An amount in euro; cents only where there are any."""
    if not _.profile.patterns.money:
        return numbers.format_currency(amount, "EUR", locale=_.locale, numbering_system="latn")
    digits = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    figure = numbers.format_decimal(amount, digits, locale=_.locale, numbering_system="latn")
    return _.profile.patterns.money.format(amount=figure).replace(" ", _SPACE)


def language_name(_: Words, other: Words) -> str:
    """A language as the reader calls it: "Oekraïens" in Dutch. A name in another direction would
    turn the whole line."""
    known = _.locale.languages.get(other.code) or other.english_name
    return known[:1].upper() + known[1:]


def listing(_: Words, items: Sequence[str]) -> str:
    """Things one after the other: "a, b and c"; a name in the other direction keeps its place."""
    patterns = _.profile.patterns
    items = [_placed(_, item) for item in items]
    if not patterns.list_end or len(items) < 2:
        return lists.format_list(items, locale=_.locale)
    return patterns.list_end.join([patterns.list_middle.join(items[:-1]), items[-1]])


def duration(_: Words, length: timedelta) -> str:
    """How long: "2 hours", in the largest unit that says it well."""
    unit, size = _unit(abs(length))
    count = max(1, round(abs(length) / size))
    own = _.profile.durations.get(unit)
    if own:
        return own.get(_.locale.plural_form(count), own["other"]).format(n=count)
    return dates.format_timedelta(
        count * size, granularity=unit, threshold=float("inf"), locale=_.locale
    )


def ago(_: Words, moment: datetime, *, now: datetime) -> str:
    """How long ago, or in how long: "2 hours ago", "in 3 days"."""
    unit, size = _unit(abs(now - moment))
    count = max(1, round(abs(now - moment) / size))
    return dates.format_timedelta(
        (count * size) if moment > now else -(count * size),
        granularity=unit,
        threshold=float("inf"),
        add_direction=True,
        locale=_.locale,
    )


def read_digits(text: str) -> str:
    """Turn the digits of every script into 0-9: people type what their keyboard gives."""
    if text.isascii():
        return text
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def day_of(moment: datetime) -> date:
    """The day it is then in Brussels."""
    return _local(moment).date()


def on_the_wall(moment: datetime) -> datetime:
    """What the clocks in Brussels show then, without a zone."""
    return _local(moment).replace(tzinfo=None)


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone cannot be shown")
    return moment.astimezone(BRUSSELS)


def _placed(_: Words, item: str) -> str:
    if bidi.has_rtl(item):
        return bidi.isolate(item)
    return bidi.isolate_ltr(item) if _.is_rtl else item


def _unit(length: timedelta) -> tuple[Literal["minute", "hour", "day"], timedelta]:
    if length < _HOUR:
        return "minute", _MINUTE
    if length < _DAY:
        return "hour", _HOUR
    return "day", _DAY
