"""What each figure is called, and what exactly is counted."""

from collections.abc import Mapping
from typing import Final

from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Words
from bot.reports.domain import NONE, TOTAL, Report
from bot.volunteering.domain import Kind

_OF_STATUS: Final = N_("Of the 40-hour trajectories: those with this status.")
_OF_ANSWERS: Final = N_("Answers of the year in which this was said. From five answers on.")
_OF_BARRIERS: Final = N_("How often this was counted, by month and office. Never of a person.")
_OF_PAPERS: Final = N_("Approved in the year, and not withdrawn.")

# key -> name, definition
_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "enrolled": (
        N_("Newly enrolled"),
        N_(
            "People who signed up in the year, by the office and project of their file."
            " Who was refused is not counted."
        ),
    ),
    "enrolled_volunteered": (
        N_("Of the newly enrolled: already volunteered"),
        N_("Newly enrolled people who volunteered in the same year, at any office."),
    ),
    "enrolled_outside": (
        N_("Of the newly enrolled: outside the office towns"),
        N_(
            "Newly enrolled people who live in a municipality without an office."
            " Who named no town is not counted."
        ),
    ),
    "share_volunteered": (
        N_("Share already volunteered"),
        N_("Newly enrolled people who already volunteered, of all newly enrolled."),
    ),
    "share_outside": (
        N_("Share outside the office towns"),
        N_("Newly enrolled people outside the office towns, of all newly enrolled."),
    ),
    "organisations": (
        N_("Organisations"),
        N_("Organisations where somebody volunteered in the year."),
    ),
    "assignments": (
        N_("Assignments"),
        N_("Assignments in which somebody volunteered in the year."),
    ),
    "volunteered": (
        N_("People who volunteered"),
        N_(
            "People with hours in the year that were not refused, by the office, project and kind"
            " of the assignment. A total counts each person once."
        ),
    ),
    "volunteered_new": (
        N_("Of who volunteered: new"),
        N_("People who volunteered and signed up in the same year."),
    ),
    "volunteered_active": (
        N_("Of who volunteered: still active"),
        N_("People who volunteered in the year and are active volunteers on the day of counting."),
    ),
    "share_structural": (
        N_("Share structural"),
        N_("People who volunteered structurally, of all people who volunteered."),
    ),
    "share_new": (
        N_("Share new"),
        N_("New people among all people who volunteered."),
    ),
    "share_active": (
        N_("Share still active"),
        N_("Still active people among all people who volunteered."),
    ),
    "days": (
        N_("Volunteer days"),
        N_(
            "Days on which somebody volunteered, counted for each person."
            " A week of structural volunteering counts as one day, its Monday."
        ),
    ),
    "minutes": (
        N_("Volunteer hours"),
        N_("Hours of volunteers in the year that were not refused."),
    ),
    "minutes_approved": (
        N_("Of the hours: approved"),
        N_("Hours that the organisation or a coordinator approved."),
    ),
    "active": (
        N_("Active volunteers"),
        N_("Approved volunteers who neither paused nor stopped, on the day of counting."),
    ),
    "talks": (
        N_("Intake talks"),
        N_("Intake talks of the year that were booked, not cancelled, and are over."),
    ),
    "trajectories": (
        N_("40-hour trajectories"),
        N_(
            "Trajectories that ran in the year: begun before its end, and not ended before it."
            " Their status is that of the day of counting."
        ),
    ),
    "trajectories_new": (
        N_("Trajectories: new"),
        N_("Trajectories that began in the year."),
    ),
    "trajectories_registered": (N_("Trajectories: registered"), _OF_STATUS),
    "trajectories_intake": (N_("Trajectories: intake"), _OF_STATUS),
    "trajectories_active": (N_("Trajectories: active"), _OF_STATUS),
    "trajectories_paused": (N_("Trajectories: paused"), _OF_STATUS),
    "trajectories_completed": (N_("Trajectories: completed"), _OF_STATUS),
    "trajectories_stopped": (N_("Trajectories: stopped"), _OF_STATUS),
    "letters": (N_("Reference letters"), _OF_PAPERS),
    "certificates": (N_("Certificates"), _OF_PAPERS),
    "proofs": (N_("Proofs of participation"), _OF_PAPERS),
    "asked": (
        N_("Evaluations: volunteers asked"),
        N_(
            "Questions to volunteers in the year: after a first shift, at the end of an assignment,"
            " and every few years. By the office and project of their file."
        ),
    ),
    "asked_answered": (
        N_("Evaluations: of those answered"),
        N_("Questions to volunteers of the year that were answered, whenever that was."),
    ),
    "share_answered": (
        N_("Evaluations: share answered"),
        N_("Questions to volunteers that were answered, of all of them."),
    ),
    "evaluations": (
        N_("Evaluations: answers"),
        N_("Answers of volunteers in the year. They carry no name."),
    ),
    "evaluations_satisfied": (N_("Volunteers: satisfied"), _OF_ANSWERS),
    "evaluations_learned": (N_("Volunteers: learned something new"), _OF_ANSWERS),
    "evaluations_met": (N_("Volunteers: met new people"), _OF_ANSWERS),
    "share_satisfied": (
        N_("Share satisfied"),
        N_("Answers of volunteers with one of the two good smileys. From five answers on."),
    ),
    "share_learned": (
        N_("Share learned something new"),
        N_("Answers of volunteers who learned something new. From five answers on."),
    ),
    "share_met": (
        N_("Share met new people"),
        N_("Answers of volunteers who met new people. From five answers on."),
    ),
    "feedback_asked": (
        N_("Organisations: asked how it was"),
        N_(
            "Questions to organisations in the year, after a shift and at the end of an assignment."
            " By the office, project and kind of the assignment."
        ),
    ),
    "feedback_answered": (
        N_("Organisations: of those answered"),
        N_("Questions to organisations of the year that were answered, whenever that was."),
    ),
    "feedback_share": (
        N_("Organisations: share answered"),
        N_("Questions to organisations that were answered, of all of them."),
    ),
    "feedback": (
        N_("Organisations: answers"),
        N_("Answers of organisations in the year. They are about the cooperation, not persons."),
    ),
    "feedback_satisfied": (N_("Organisations: satisfied"), _OF_ANSWERS),
    "feedback_again": (N_("Organisations: want to go on"), _OF_ANSWERS),
    "feedback_good": (
        N_("Organisations: share satisfied"),
        N_("Answers of organisations with one of the two good smileys. From five answers on."),
    ),
    "feedback_on": (
        N_("Organisations: share that wants to go on"),
        N_("Answers of organisations that want to work with our volunteers again. From five on."),
    ),
    "barriers": (
        N_("What keeps people away: all"),
        N_("How often colleagues counted that something keeps people from volunteering."),
    ),
    "barrier_language": (N_("Keeps away: language"), _OF_BARRIERS),
    "barrier_stress": (N_("Keeps away: stress"), _OF_BARRIERS),
    "barrier_mobility": (N_("Keeps away: transport"), _OF_BARRIERS),
    "barrier_unknown": (N_("Keeps away: does not know volunteering"), _OF_BARRIERS),
    "barrier_obligation": (N_("Keeps away: feels like an obligation"), _OF_BARRIERS),
}

_KINDS: Final[Mapping[str, str]] = {
    Kind.OCCASIONAL: N_("Occasional"),
    Kind.STRUCTURAL: N_("Structural"),
    Kind.BUDDY: N_("Buddy"),
    Kind.MENTOR: N_("Mentor"),
    Kind.SPEAKER: N_("Speaker"),
}


def name(_: Words, key: str) -> str:
    """What a figure or a share is called; of a month, with its name."""
    if key in _SAID:
        return _.plain(_SAID[key][0])
    whole, _rest, month = key.rpartition("_")
    return f"{name(_, whole)} · {formats.month_alone(_, int(month))}"


def meaning(_: Words, key: str) -> str:
    """What exactly is counted."""
    return _.plain(_SAID[key][1])


def office(_: Words, report: Report, key: str) -> str:
    """An office, by the name of the organisation file."""
    known = report.offices.get(key)
    return known.name if known is not None else _special(_, key)


def project(_: Words, report: Report, key: str) -> str:
    """A project, by the name of the organisation file."""
    known = report.projects.get(key)
    return known.name if known is not None else _special(_, key)


def kind(_: Words, key: str) -> str:
    """A kind of volunteering."""
    return _.plain(_KINDS[key]) if key in _KINDS else _special(_, key)


def about(_: Words, report: Report) -> str:
    """Of which office and project only; "" of all."""
    named = [] if report.of_office is None else [office(_, report, report.of_office)]
    named += [] if report.of_project is None else [project(_, report, report.of_project)]
    return _.plain(N_("Only: {what}"), what=" · ".join(named)) if named else ""


def _special(_: Words, key: str) -> str:
    if key == TOTAL:
        return _.plain(N_("Total"))
    return _.plain(N_("Not named")) if key == NONE else key
