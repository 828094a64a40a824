"""Signals for policy work: themes that questions are tagged with, and figures that name nobody."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.errors import N_, Refused

# Fixed, so that months and organisations can be compared; what they are called is in the catalogue.
THEMES: Final = (
    "reception_refused",
    "commune_waiting",
    "procedure_waiting",
    "housing_discrimination",
    "work_discrimination",
    "school_refused",
    "diploma",
    "health_card",
    "welfare_refused",
    "bank_refused",
    "family_reunion",
    "violence_officials",
    "violence_others",
)
OTHER: Final = "other"  # themes that are too rare to be named
VARIOUS: Final = "various"  # languages that are too rare to be named
LEAST: Final = 3  # with fewer cases somebody could be recognised

Cell = tuple[str, str]  # theme and language


class NoSuchMonth(Refused):
    """Words after /signals that are no month."""

    sentence = N_("Write /signals, or a month: /signals csv 2026-11")


def published(cells: Mapping[Cell, int]) -> dict[Cell, int]:
    """Every case once, in cells of three and more; nothing where there are fewer than three.

    Rare languages of a theme are put together, and rare themes. What is put together and is still
    too small takes the smallest of the others along: nothing can be found out by subtracting.
    """
    found: dict[Cell, int] = {}
    rare = 0
    for theme in dict.fromkeys(theme for theme, _ in cells):
        counts = {language: n for (one, language), n in cells.items() if one == theme and n}
        if sum(counts.values()) < LEAST:
            rare += sum(counts.values())
        else:
            found |= {(theme, language): n for language, n in _merged(counts).items()}
    if 0 < rare < LEAST:
        if not found:
            return {}
        rare += found.pop(min(found, key=lambda cell: (found[cell], cell)))
    return found | ({(OTHER, VARIOUS): rare} if rare else {})


def _merged(counts: Mapping[str, int]) -> dict[str, int]:
    """The languages of one theme, of which there are three cases or more in all."""
    common = {language: n for language, n in counts.items() if n >= LEAST}
    rare = sum(counts.values()) - sum(common.values())
    if 0 < rare < LEAST:
        rare += common.pop(min(common, key=lambda language: (common[language], language)))
    return common | ({VARIOUS: rare} if rare else {})


def csv(month: date, cells: Mapping[Cell, int]) -> str:
    """The figures of a month as a file for policy work."""
    lines = [f"{month:%Y-%m},{theme},{language},{n}" for (theme, language), n in cells.items()]
    return "\n".join(["month,theme,language,count", *sorted(lines)]) + "\n"


def month_before(month: date) -> date:
    """The first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def month_named(text: str) -> date:
    """The first day of "2026-11". Raises NoSuchMonth."""
    year, _, number = text.partition("-")
    if not (text.isascii() and year.isdigit() and number.isdigit() and len(text) == 7):
        raise NoSuchMonth
    if len(year) != 4 or not 1 <= int(number) <= 12 or not int(year):
        raise NoSuchMonth
    return date(int(year), int(number), 1)
