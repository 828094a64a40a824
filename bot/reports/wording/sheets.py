"""The words around the figures: names of sheets, headings, and what stands above a table."""

from typing import Final

from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Words
from bot.reports.domain import Report

KEY_FIGURES: Final = N_("Key figures")
PROJECTS: Final = N_("Projects")
KINDS: Final = N_("Kinds")
BARRIERS: Final = N_("What keeps people away")
BOTH: Final = N_("Offices and projects")
PLAN: Final = N_("Policy plan")
ALL: Final = N_("All figures")
MEANINGS: Final = N_("Definitions")
CHARTS: Final = N_("Charts")

OFFICE: Final = N_("Office")
PROJECT: Final = N_("Project")
KIND: Final = N_("Kind")
MONTH: Final = N_("Month")
FIGURE: Final = N_("Figure")
MEANING: Final = N_("What is counted")
COUNT: Final = N_("Number")
TARGET: Final = N_("Target")
REACHED: Final = N_("Reached")
TO_DO: Final = N_("Still to do")

HIDDEN: Final = "*"  # in place of a count that is not told


def title(_: Words, organisation: str, report: Report) -> str:
    """Whose figures, of which year."""
    return _.plain(
        N_("Key figures of {organisation}, {year}"),
        organisation=organisation,
        year=str(report.year),
    )


def state(_: Words, report: Report) -> str:
    """How final the counts are."""
    day = formats.date_words(_, formats.day_of(report.at))
    if report.is_closed:
        return _.plain(N_("Closed on {day}: these counts no longer change."), day=day)
    return _.plain(N_("Counted on {day}; the year is not closed yet."), day=day)


def about_hidden(_: Words) -> str:
    """What a star means."""
    return _.plain(
        N_("* is not told: fewer than five, or a number that would give another one away.")
    )


def about_totals(_: Words) -> str:
    """Why a total may be less than its parts."""
    return _.plain(
        N_("A total counts each person once, so it may be less than the sum of its parts.")
    )


def not_typed(_: Words) -> str:
    """A line of the plan that nobody filled in for this year."""
    return _.plain(N_("not filled in"))


def too_few(_: Words) -> str:
    """A line of the plan of which too few answers have come."""
    return _.plain(N_("fewer than five answers"))
