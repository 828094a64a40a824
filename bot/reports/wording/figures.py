"""What each figure is called, and what exactly is counted."""

from collections.abc import Mapping
from typing import Final

from bot.errors import N_
from bot.language.catalog import Words
from bot.reports.domain import NONE, TOTAL, Report
from bot.volunteering.domain import Kind

_OF_STATUS: Final = N_("Of the 40-hour trajectories: those with this status.")
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
    "evaluations": (
        N_("Evaluations"),
        N_("Answers to evaluations in the year. They carry no name."),
    ),
}

_KINDS: Final[Mapping[str, str]] = {
    Kind.OCCASIONAL: N_("Occasional"),
    Kind.STRUCTURAL: N_("Structural"),
    Kind.BUDDY: N_("Buddy"),
    Kind.MENTOR: N_("Mentor"),
    Kind.SPEAKER: N_("Speaker"),
}


def name(_: Words, key: str) -> str:
    """What a figure or a share is called."""
    return _.plain(_SAID[key][0])


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


def _special(_: Words, key: str) -> str:
    if key == TOTAL:
        return _.plain(N_("Total"))
    return _.plain(N_("Not named")) if key == NONE else key
