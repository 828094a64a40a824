"""What `locales/<lang>/language.toml` says of a language: names, direction, ways of writing."""

from pathlib import Path
from typing import Literal

import msgspec

from bot import errors

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


class Patterns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How dates, money and lists are put together; an empty pattern leaves it to Babel."""

    date: str = "{weekday} {day} {month} {year}"
    day: str = "{weekday} {day} {month}"
    day_and_time: str = "{date}, {time}"
    money: str = ""
    list_middle: str = ""
    list_end: str = ""


class Spoken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How people say when; only read, never written.

    weekdays     other names and forms of the days
    near         days from today: "0" today, "1" tomorrow, "-1" yesterday
    next, last   "next Tuesday", which may be the second one from now
    coming       "this Tuesday", which is the first one
    next_week    the week that begins with the next Monday
    clock        what makes a figure an hour: "at 14", "14 uur"
    early, late  before and after noon: "2 pm"
    also         what may stand between without meaning anything
    """

    weekdays: dict[str, tuple[str, ...]] = {}
    near: dict[str, tuple[str, ...]] = {}
    next: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    next_week: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    early: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class Forbidden(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Characters or a pattern that texts in this language never hold, and the reason."""

    why: str
    letters: str = ""
    pattern: str = ""


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language, as its folder describes it."""

    code: str
    name: str
    english_name: str
    direction: Literal["ltr", "rtl"]
    telegram_code: str
    accepts: tuple[str, ...]
    order: int
    babel_locale: str
    plurals: str = ""
    telling_letters: str = ""
    telling_words: tuple[str, ...] = ()
    patterns: Patterns = Patterns()
    weekdays: dict[str, str] = {}
    months: dict[str, str] = {}
    month_forms: dict[str, tuple[str, ...]] = {}  # other ways of writing one, for reading only
    spoken: Spoken = Spoken()
    durations: dict[str, dict[str, str]] = {}
    day_parts: dict[str, str] = {}
    forbidden: tuple[Forbidden, ...] = ()

    @property
    def is_rtl(self) -> bool:
        return self.direction == "rtl"


def read(folder: Path) -> Profile:
    """Read one folder's language.toml; a mistake in it names the file."""
    path = folder / "language.toml"
    try:
        profile = msgspec.toml.decode(path.read_bytes(), type=Profile)
    except (msgspec.MsgspecError, ValueError) as error:
        raise errors.Misconfigured(f"{path}: {error}") from error
    if profile.code != folder.name:
        raise errors.Misconfigured(
            f"{path}: code is {profile.code!r}, but the folder is {folder.name!r}"
        )
    return profile


def read_all(folder: Path) -> list[Profile]:
    """Read every language under the folder, in the order in which people see them."""
    found = (read(path.parent) for path in folder.glob("*/language.toml"))
    return sorted(found, key=lambda profile: (profile.order, profile.code))
