"""Dates, times, money and lists, as each language writes them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.language import bidi, catalog, formats, spelling

LANGUAGES = catalog.Catalogs.load(spelling.LOCALES)
EVENING = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)

DAYS = {
    "nl": "zaterdag 21 november 2026",
    "en": "Saturday 21 November 2026",
    "uk": "субота, 21 листопада 2026 року",
    "fa_AF": "شنبه 21 نومبر 2026",
    "ps": "شنبه، 21 نومبر 2026",
}
MOMENTS = {
    "nl": "zaterdag 21 november 2026, 18:30",
    "en": "Saturday 21 November 2026, 18:30",
    "uk": "субота, 21 листопада 2026 року, 18:30",
    "fa_AF": "شنبه 21 نومبر 2026، ساعت 18:30",
    "ps": "شنبه، 21 نومبر 2026، ماښام 18:30",
}
PRICES = {
    "nl": ("€ 12,50", "€ 1.200"),
    "en": ("€12.50", "€1,200"),
    "uk": ("12,50 євро", "1 200 євро"),
    "fa_AF": ("12.50 یورو", "1,200 یورو"),
    "ps": ("12,50 یورو", "1.200 یورو"),
}
LISTS = {"nl": "a, b en c", "en": "a, b and c", "uk": "a, b і c", "fa_AF": "a، b و c"}
LENGTHS = {
    "nl": ("5 minuten", "2 uur", "3 dagen"),
    "en": ("5 minutes", "2 hours", "3 days"),
    "uk": ("5 хвилин", "2 години", "3 дні"),
    "fa_AF": ("5 دقیقه", "2 ساعت", "3 روز"),
    "ps": ("5 دقیقې", "2 ساعته", "3 ورځې"),
}


@pytest.mark.parametrize("code", DAYS)
def test_date_is_written_in_full(code: str) -> None:
    assert formats.date_words(LANGUAGES.words(code), date(2026, 11, 21)) == DAYS[code]


@pytest.mark.parametrize("code", MOMENTS)
def test_moment_is_shown_in_brussels_time(code: str) -> None:
    assert formats.day_and_time(LANGUAGES.words(code), EVENING) == MOMENTS[code]


@pytest.mark.parametrize("code", MOMENTS)
def test_apps_that_cannot_count_show_the_moment(code: str) -> None:
    counted = formats.counted_by_telegram(LANGUAGES.words(code), EVENING)

    opened = f'<tg-time unix="{EVENING.timestamp():.0f}" format="r">'
    assert counted == f"{opened}{MOMENTS[code]}</tg-time>"


def test_day_of_a_moment_is_the_brussels_day() -> None:
    just_before_midnight_utc = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    said = formats.date_words(LANGUAGES.words("nl"), just_before_midnight_utc)

    assert said == "donderdag 2 juli 2026"


def test_ukrainian_friday_has_our_apostrophe() -> None:
    assert formats.weekday_name(LANGUAGES.words("uk"), 4) == "п’ятниця"


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_every_day_and_month_obeys_the_spelling_rules(code: str) -> None:
    _ = LANGUAGES.words(code)
    names = [formats.weekday_name(_, day) for day in range(7)]
    names += [formats.month_name(_, month) for month in range(1, 13)]

    assert spelling.text_problems(code, "\n".join(names)) == []


@pytest.mark.parametrize(
    ("hour", "said"), [(3, "شپه"), (9, "سهار"), (14, "ماسپښین"), (18, "ماښام"), (23, "شپه")]
)
def test_pashto_time_names_the_part_of_the_day(hour: int, said: str) -> None:
    moment = datetime(2026, 11, 21, hour, 5, tzinfo=formats.BRUSSELS)

    assert formats.time_words(LANGUAGES.words("ps"), moment) == f"{said} {hour:02}:05"


def test_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        formats.time_words(LANGUAGES.words("en"), datetime(2026, 11, 21))  # noqa: DTZ001


@pytest.mark.parametrize("code", PRICES)
def test_price_stands_as_the_language_writes_it(code: str) -> None:
    _ = LANGUAGES.words(code)

    said = [formats.money(_, Decimal(amount)) for amount in ("12.50", "1200")]

    assert tuple(text.replace("\u00a0", " ") for text in said) == PRICES[code]


@pytest.mark.parametrize("code", LISTS)
def test_list_is_joined_with_a_word(code: str) -> None:
    said = formats.listing(LANGUAGES.words(code), ["a", "b", "c"])

    assert bidi.strip_marks(said) == LISTS[code]
    assert bidi.strip_marks(formats.listing(LANGUAGES.words(code), ["a"])) == "a"


@pytest.mark.parametrize("code", LENGTHS)
def test_length_of_time_is_said_in_words(code: str) -> None:
    lengths = [timedelta(minutes=5), timedelta(minutes=130), timedelta(hours=70)]

    said = tuple(formats.duration(LANGUAGES.words(code), length) for length in lengths)

    assert said == LENGTHS[code]


def test_how_long_ago_looks_both_ways() -> None:
    _ = LANGUAGES.words("nl")

    assert formats.ago(_, EVENING, now=EVENING + timedelta(hours=3)) == "3 uur geleden"
    assert formats.ago(_, EVENING, now=EVENING - timedelta(days=3)) == "over 3 dagen"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("۱۲ نفر", "12 نفر"), ("٠٩:٣٠", "09:30"), ("12", "12"), ("१२", "12"), ("½ x", "½ x")],
    ids=["persian", "arabic", "latin", "devanagari", "fraction"],
)
def test_digits_of_every_keyboard_are_read(typed: str, read: str) -> None:
    assert formats.read_digits(typed) == read
