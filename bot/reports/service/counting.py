"""Every figure of a year, from the rows as they stand. Nothing is written here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Table,
    and_,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from bot.events import tables as events_tables
from bot.events.domain import TALK, Place
from bot.language.formats import BRUSSELS
from bot.reports.domain import APPROVED_MINUTES, MINUTES, NONE, Cell, of_month
from bot.reports.service import cubes
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain import State, Status
from bot.volunteering.domain.evaluations import BY_ORGANISATION, BY_VOLUNTEERS, SATISFIED
from bot.volunteering.domain.trajectories import BARRIERS

_files, _hours, _assignments = tables.volunteers.c, tables.hours.c, tables.assignments.c
_letters, _paths = tables.letters.c, tables.trajectories.c
_NO_KIND: Final[ColumnElement[str]] = literal_column("''").label("kind")
_NOBODYS: Final[ColumnElement[str]] = literal_column(f"'{NONE}'")
_LETTER_FIGURES: Final = {"letter": "letters", "certificate": "certificates", "proof": "proofs"}
_OVER: Final = (Status.COMPLETED, Status.STOPPED)

Counted = dict[Cell, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Period:
    """A year, as in Brussels."""

    year: int

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), BRUSSELS)

    @property
    def end(self) -> datetime:
        """The first moment of the next one."""
        return datetime.combine(date(self.year + 1, 1, 1), time(), BRUSSELS)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 12, 31)

    def holds(self, moment: Any) -> ColumnElement[bool]:
        """Does a moment of a row lie in it?"""
        return and_(moment >= self.start, moment < self.end)


async def of_year(tx: Tx, year: int, *, office_towns: Collection[str], now: datetime) -> Counted:
    """Every figure, for every cell in which there is something."""
    period = Period(year)
    found: Counted = {Cell(): {}}
    for source in _things(period, office_towns, now):
        _put(found, await cubes.distinct(tx, source))
    for source in _lengths(period):
        _put(found, await cubes.total(tx, source))
    _add_barriers(found, await cubes.total(tx, _kept_away(period)))
    return found


def _put(found: Counted, cube: cubes.Cube) -> None:
    for cell, figure, count in cube:
        found.setdefault(cell, {})[figure] = count


def _things(
    period: Period, office_towns: Collection[str], now: datetime
) -> tuple[Select[Any], ...]:
    return (
        *_signed_up(period, office_towns),
        *_at_work(period),
        _active(period),
        *_on_their_way(period),
        _approved(period),
        *_asked(period),
        *_said(period),
        *_fed_back(period),
        _talked(period, now),
    )


# People who signed up: by the office and the project of their file.


def _signed_up(period: Period, office_towns: Collection[str]) -> tuple[Select[Any], ...]:
    is_new = and_(period.holds(_files.enrolled_at), _files.state != State.REFUSED)
    has_hours = exists().where(_hours.volunteer_id == _files.id, _counts(period))
    return (
        _file("enrolled").where(is_new),
        _file("enrolled_volunteered").where(is_new, has_hours),
        _file("enrolled_outside").where(is_new, _lives_outside(office_towns)),
    )


def _active(period: Period) -> Select[Any]:
    return _file("active").where(_files.state == State.ACTIVE, _files.enrolled_at < period.end)


def _lives_outside(office_towns: Collection[str]) -> ColumnElement[bool]:
    """As the file says; of a stripped one, what was kept when its town went."""
    outside = _files.postcode.not_in(sorted(office_towns))
    known = case((_files.postcode.is_not(None), outside), else_=_files.lives_outside)
    return known.is_(True)


def _file(figure: str) -> Select[Any]:
    return select(*_of_file(), _named(figure), _files.id.label("what"))


def _of_file() -> tuple[ColumnElement[Any], ...]:
    return (
        _files.office,
        func.coalesce(_files.project, _NOBODYS).label("project"),
        _NO_KIND,
    )


def _named(figure: str) -> ColumnElement[Any]:
    return literal_column(f"'{figure}'").label("figure")


# What was done: by the office, the project and the kind of the assignment.


def _at_work(period: Period) -> tuple[Select[Any], ...]:
    person = _hours.volunteer_id.label("what")
    day = (cast(_hours.volunteer_id, String) + ":" + cast(_hours.worked_on, String)).label("what")
    of_the_file = tables.volunteers, _files.id == _hours.volunteer_id
    is_active = _files.state == State.ACTIVE
    return (
        _work(period, "volunteered", person),
        _work(period, "volunteered_new", person)
        .join(*of_the_file)
        .where(period.holds(_files.enrolled_at)),
        _work(period, "volunteered_active", person).join(*of_the_file).where(is_active),
        _work(period, "organisations", _assignments.organisation_id.label("what")),
        _work(period, "assignments", _assignments.id.label("what")),
        _work(period, "days", day),
    )


def _lengths(period: Period) -> tuple[Select[Any], ...]:
    minutes = _hours.minutes.label("what")
    approved = _work(period, APPROVED_MINUTES, minutes).where(_hours.state == "approved")
    return _work(period, MINUTES, minutes), approved


def _work(period: Period, figure: str, what: ColumnElement[Any]) -> Select[Any]:
    project = func.coalesce(_assignments.project, _NOBODYS).label("project")
    return (
        select(_assignments.office, project, _assignments.kind, _named(figure), what)
        .select_from(tables.hours)
        .join(tables.assignments, _assignments.id == _hours.assignment_id)
        .where(_counts(period))
    )


def _counts(period: Period) -> ColumnElement[bool]:
    """Does a line of hours count?"""
    is_then = _hours.worked_on.between(period.first, period.last)
    return and_(is_then, _hours.state != "refused", _hours.minutes > 0)


# Trajectories, letters, evaluations, talks.


def _on_their_way(period: Period) -> tuple[Select[Any], ...]:
    """Trajectories by status, all of them, and those that began."""
    ended = func.coalesce(_paths.completed_at, _paths.changed_at)
    ran = and_(
        _paths.started_at < period.end,
        or_(_paths.status.not_in(_OVER), ended >= period.start),
    )
    prefix: ColumnElement[str] = literal_column("'trajectories_'")
    by_status = (prefix + _paths.status).label("figure")
    return (
        _path(by_status).where(ran),
        _path(_named("trajectories")).where(ran),
        _path(_named("trajectories_new")).where(period.holds(_paths.started_at)),
    )


def _path(figure: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*_of_file(), figure, _paths.id.label("what"))
        .select_from(tables.trajectories)
        .join(tables.volunteers, _files.id == _paths.volunteer_id)
    )


def _approved(period: Period) -> Select[Any]:
    """Letters. The file of who was forgotten no longer leads to the project; the letter does."""
    project = func.coalesce(_letters.project, _files.project, _NOBODYS)
    figure = case(_LETTER_FIGURES, value=_letters.kind, else_="letters")
    return (
        select(
            _letters.office,
            project.label("project"),
            _NO_KIND,
            figure.label("figure"),
            _letters.number.label("what"),
        )
        .select_from(tables.letters)
        .outerjoin(tables.volunteers, _files.id == _letters.volunteer_id)
        .where(_letters.state == "approved", period.holds(_letters.approved_at))
    )


# How it was: who was asked, who answered, what they said.


def _asked(period: Period) -> tuple[Select[Any], ...]:
    """Volunteers, by their file: asked in the year, and of those who answered."""
    requests = tables.evaluation_requests

    def counted(figure: str) -> Select[Any]:
        wanted = select(*_of_file(), _named(figure), requests.c.id.label("what"))
        of_the_file = _files.id == requests.c.volunteer_id
        return wanted.select_from(requests).join(tables.volunteers, of_the_file).where(asked)

    asked = period.holds(requests.c.asked_at)
    is_answered = requests.c.answered_at.is_not(None)
    return counted("asked"), counted("asked_answered").where(is_answered)


def _said(period: Period) -> tuple[Select[Any], ...]:
    """Answers of volunteers in the year. A smile is a number, yes is 1."""
    answers = tables.evaluations.c
    own = answers.about.in_(BY_VOLUNTEERS), answers.answered_on.between(period.first, period.last)

    def counted(figure: str) -> Select[Any]:
        office = func.coalesce(answers.office, _NOBODYS).label("office")
        project = func.coalesce(answers.project, _NOBODYS).label("project")
        columns = office, project, _NO_KIND, _named(figure), answers.id.label("what")
        return select(*columns).where(*own)

    return (
        counted("evaluations"),
        counted("evaluations_satisfied").where(_answer("mood") >= SATISFIED),
        counted("evaluations_learned").where(_answer("learned") == 1),
        counted("evaluations_met").where(_answer("met") == 1),
    )


def _answer(question: str) -> ColumnElement[Any]:
    return cast(tables.evaluations.c.answers[question].as_string(), Integer)


def _fed_back(period: Period) -> tuple[Select[Any], ...]:
    """The same of organisations, by their assignment."""
    requests, answers = tables.organisation_requests, tables.evaluations
    asked = period.holds(requests.c.asked_at)
    is_answered = requests.c.answered_at.is_not(None)
    own = (
        answers.c.about == BY_ORGANISATION,
        answers.c.answered_on.between(period.first, period.last),
    )
    good, again = _answer("mood") >= SATISFIED, _answer("again") == 1
    return (
        _by_assignment("feedback_asked", requests).where(asked),
        _by_assignment("feedback_answered", requests).where(asked, is_answered),
        _by_assignment("feedback", answers).where(*own),
        _by_assignment("feedback_satisfied", answers).where(*own, good),
        _by_assignment("feedback_again", answers).where(*own, again),
    )


def _by_assignment(figure: str, table: Table) -> Select[Any]:
    project = func.coalesce(_assignments.project, _NOBODYS).label("project")
    what = table.c.id.label("what")
    return (
        select(_assignments.office, project, _assignments.kind, _named(figure), what)
        .select_from(table)
        .join(tables.assignments, _assignments.id == table.c.assignment_id)
    )


# What keeps people away: counts of a month and an office already.


def _kept_away(period: Period) -> Select[Any]:
    rows = tables.barriers.c
    month = func.substr(rows.month, 6, 2)
    figure = (rows.barrier + literal_column("'_'") + month).label("figure")
    # A kind of its own: without one the same row would be summed twice, as itself and as a total.
    columns = rows.office, _NOBODYS.label("project"), _NOBODYS.label("kind"), figure
    return select(*columns, rows["count"].label("what")).where(
        rows.month.between(f"{period.year}-01", f"{period.year}-12"), rows.barrier.in_(BARRIERS)
    )


def _add_barriers(found: Counted, cube: cubes.Cube) -> None:
    """Counts of a month, and their sums: of the year, of all barriers, of both."""
    for cell, figure, count in cube:
        barrier, _, month = figure.rpartition("_")
        if cell.project or cell.kind:
            continue
        row = found.setdefault(cell, {})
        for key in (f"barrier_{barrier}", "barriers"):
            for one in (key, of_month(key, int(month))):
                row[one] = row.get(one, 0) + count


def _talked(period: Period, now: datetime) -> Select[Any]:
    """Intake talks that somebody had booked and that are over."""
    talks, events, places = tables.talks.c, events_tables.events.c, events_tables.registrations.c
    booked = exists().where(
        places.event_id == events.id, places.state.in_((Place.PLACED, Place.ATTENDED))
    )
    office = func.coalesce(events.office, _NOBODYS).label("office")
    return (
        select(
            office, _NOBODYS.label("project"), _NO_KIND, _named("talks"), events.id.label("what")
        )
        .select_from(events_tables.events)
        .join(tables.talks, talks.event_id == events.id)
        .where(events.kind == TALK, talks.about == "intake", events.cancelled_at.is_(None))
        .where(period.holds(events.starts_at), events.ends_at <= now, booked)
    )
