"""Which figures there are, where they are counted, and what follows from them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from bot.errors import N_, Refused
from bot.volunteering.domain import Kind, Office, Project, Status
from bot.volunteering.domain.evaluations import LEAST
from bot.volunteering.domain.trajectories import BARRIERS as KEEPS_AWAY

TOTAL: Final = ""  # of all offices, projects or kinds together
NONE: Final = "?"  # no project was named; no key of the organisation file looks like this
OLDEST: Final = 2000
LEAST_ANSWERS: Final = LEAST  # a share of fewer answers would tell who said what

OFFICE, PROJECT, KIND = "office", "project", "kind"


class Cell(NamedTuple):
    """Whose count: of an office, a project and a kind of volunteering, or of all of them."""

    office: str = TOTAL
    project: str = TOTAL
    kind: str = TOTAL


Counts = Mapping[Cell, Mapping[str, int]]  # what is not there is 0
Place = tuple[Cell, str]  # one count: whose, and of which figure


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that is counted.

    by      the sides by which it can be told apart
    within  the figure of which it is a part
    """

    key: str
    by: tuple[str, ...] = (OFFICE, PROJECT)
    within: str | None = None

    def fits(self, cell: Cell) -> bool:
        """Is it counted for such a cell?"""
        asked = {side for side in Cell._fields if getattr(cell, side) != TOTAL}
        return asked <= set(self.by)


@dataclass(frozen=True, slots=True)
class Share:
    """A figure as a part of another, in percent. `kind`: the part is that kind's count."""

    key: str
    part: str
    whole: str
    kind: str = TOTAL
    least: int = 1


_ALL = (OFFICE, PROJECT, KIND)
MINUTES: Final = "minutes"
APPROVED_MINUTES: Final = "minutes_approved"
LENGTHS: Final = (MINUTES, APPROVED_MINUTES)  # counted in minutes, told in hours
STATUSES: Final = tuple(f"trajectories_{status}" for status in Status)
LETTERS: Final = ("letters", "certificates", "proofs")
BARRIERS: Final = tuple(f"barrier_{one}" for one in KEEPS_AWAY)

# What was said, and the answers of which it is a part: told where that tells of nobody.
OPINIONS: Final[Mapping[str, str]] = {
    "evaluations_satisfied": "evaluations",
    "evaluations_learned": "evaluations",
    "evaluations_met": "evaluations",
    "feedback_satisfied": "feedback",
    "feedback_again": "feedback",
}


def of_month(key: str, month: int) -> str:
    """A figure of one month of the year, from 1 to 12."""
    return f"{key}_{month:02}"


FIGURES: Final = (
    Figure("enrolled"),
    Figure("enrolled_volunteered", within="enrolled"),
    Figure("enrolled_outside", within="enrolled"),
    Figure("organisations", _ALL),
    Figure("assignments", _ALL),
    Figure("volunteered", _ALL),
    Figure("volunteered_new", _ALL, within="volunteered"),
    Figure("volunteered_active", _ALL, within="volunteered"),
    Figure("days", _ALL),
    Figure(MINUTES, _ALL),
    Figure(APPROVED_MINUTES, _ALL),
    Figure("active"),
    Figure("talks", (OFFICE,)),
    Figure("trajectories"),
    Figure("trajectories_new", within="trajectories"),
    *(Figure(key, within="trajectories") for key in STATUSES),
    *(Figure(key) for key in LETTERS),
    Figure("asked"),
    Figure("asked_answered", within="asked"),
    Figure("evaluations"),
    Figure("feedback_asked", _ALL),
    Figure("feedback_answered", _ALL, within="feedback_asked"),
    Figure("feedback", _ALL),
    *(
        Figure(key, (OFFICE, PROJECT) if whole == "evaluations" else _ALL, within=whole)
        for key, whole in OPINIONS.items()
    ),
    Figure("barriers", (OFFICE,)),
    *(Figure(key, (OFFICE,)) for key in BARRIERS),
)
MONTHS: Final = tuple(
    Figure(of_month(key, month), (OFFICE,))
    for key in ("barriers", *BARRIERS)
    for month in range(1, 13)
)
FIGURE: Final[Mapping[str, Figure]] = {one.key: one for one in (*FIGURES, *MONTHS)}

SHARES: Final = (
    Share("share_volunteered", "enrolled_volunteered", "enrolled"),
    Share("share_outside", "enrolled_outside", "enrolled"),
    Share("share_structural", "volunteered", "volunteered", kind=Kind.STRUCTURAL),
    Share("share_new", "volunteered_new", "volunteered"),
    Share("share_active", "volunteered_active", "volunteered"),
    Share("share_answered", "asked_answered", "asked", least=LEAST_ANSWERS),
    Share("share_satisfied", "evaluations_satisfied", "evaluations", least=LEAST_ANSWERS),
    Share("share_learned", "evaluations_learned", "evaluations", least=LEAST_ANSWERS),
    Share("share_met", "evaluations_met", "evaluations", least=LEAST_ANSWERS),
    Share("feedback_share", "feedback_answered", "feedback_asked", least=LEAST_ANSWERS),
    Share("feedback_good", "feedback_satisfied", "feedback", least=LEAST_ANSWERS),
    Share("feedback_on", "feedback_again", "feedback", least=LEAST_ANSWERS),
)
SHARE: Final[Mapping[str, Share]] = {one.key: one for one in SHARES}

# As the subsidy report asks for them, the shares beside what they are shares of.
COLUMNS: Final = (
    *("enrolled", "enrolled_volunteered", "share_volunteered"),
    *("organisations", "volunteered", "days", "share_structural", "share_new", "share_active"),
    *("active", MINUTES, APPROVED_MINUTES, "assignments", "volunteered_new"),
    *("volunteered_active", "enrolled_outside", "share_outside", "talks"),
    *("trajectories", "trajectories_new", *STATUSES, *LETTERS),
    *("asked", "asked_answered", "share_answered"),
    *("evaluations", "share_satisfied", "share_learned", "share_met"),
    *("feedback_asked", "feedback_answered", "feedback_share"),
    *("feedback", "feedback_good", "feedback_on"),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A line of the policy plan. `reached`: by year, typed in where nothing here is counted.
    `wanted` of a share is a percentage."""

    key: str
    wanted: int
    name: str = ""
    reached: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_counted(self) -> bool:
        """Is it one of our figures or shares?"""
        return self.key in FIGURE or self.is_share

    @property
    def is_share(self) -> bool:
        """Is it a part of something?"""
        return self.key in SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of a year.

    at         when they were counted
    is_closed  the year was closed: these counts stay
    hidden     counts that are not told
    untold     what too few said
    of_office, of_project  only these; None: all
    """

    year: int
    counts: Counts
    at: datetime
    is_closed: bool = False
    offices: Mapping[str, Office]
    projects: Mapping[str, Project]
    targets: tuple[Target, ...] = ()
    hidden: frozenset[Place] = frozenset()
    untold: frozenset[Place] = frozenset()
    is_hiding: bool = False
    of_office: str | None = None
    of_project: str | None = None

    @property
    def whole(self) -> Cell:
        """All that this report is about, together."""
        return Cell(self.of_office or TOTAL, self.of_project or TOTAL)

    def count(self, cell: Cell, key: str) -> int:
        """A count as it is, hidden or not."""
        return self.counts.get(cell, {}).get(key, 0)

    def is_hidden(self, cell: Cell, key: str) -> bool:
        """Would telling it say something about somebody?"""
        return not self.hidden.isdisjoint(_places(cell, key))

    def value(self, cell: Cell, key: str) -> float | int | None:
        """What stands in the sheet: a count, hours, or a share from 0 to 1; None: nothing."""
        places = _places(cell, key)
        if not all(self._is_told(place) for place in places):
            return None
        if key in SHARE:
            return self._share(SHARE[key], cell)
        found = self.count(cell, key)
        return round(found / 60, 1) if key in LENGTHS else found

    def _is_told(self, place: Place) -> bool:
        """A year that was closed before a figure was counted has none of it, and not zero."""
        cell, key = place
        is_known = not self.is_closed or OPINIONS.get(key, key) in self.counts.get(Cell(), {})
        return is_known and FIGURE[key].fits(cell) and place not in self.untold

    def _share(self, share: Share, cell: Cell) -> float | None:
        part, whole = parts_of(share, cell)
        of_all = self.count(*whole)
        if of_all < share.least or (share.kind != TOTAL and cell.kind != TOTAL):
            return None
        return round(self.count(*part) / of_all, 4)


def _places(cell: Cell, key: str) -> tuple[Place, ...]:
    """The counts that stand behind a figure or a share."""
    return parts_of(SHARE[key], cell) if key in SHARE else ((cell, key),)


def parts_of(share: Share, cell: Cell) -> tuple[Place, Place]:
    """Which two counts a share is made of."""
    of_kind = cell if share.kind == TOTAL else cell._replace(kind=share.kind)
    return (of_kind, share.part), (cell, share.whole)


class NoSuchYear(Refused):
    """Not a year of which anything can be told."""

    sentence = N_("Write a year, such as {year}.")


class NoSuchPart(Refused):
    """Neither an office nor a project."""

    sentence = N_("I do not know “{word}”. After the year you can write: {known}, hide.")


def year_named(said: str, *, this: int) -> int:
    """The year somebody wrote. Raises NoSuchYear, also for one that has not begun."""
    if not said.isascii() or not said.isdecimal() or not OLDEST <= int(said) <= this:
        raise NoSuchYear(year=str(this))
    return int(said)
