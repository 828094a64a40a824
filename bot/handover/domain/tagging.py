"""What a question is about, and what somebody must have learnt before they answer it. Pure."""

from collections.abc import Mapping
from typing import Final

from bot.errors import N_, NotAllowed
from bot.handover.domain.cases import LEGAL, MINORS, SKILLS, VIOLENCE

# Topics of the info desk that need more than good will, and why.
NEEDS: Final[Mapping[str, str]] = {
    # A wrong word costs the right: the time to appeal is counted in days.
    "asylum/appeal": LEGAL,
    "legal/detention": LEGAL,
    # Who was hurt tells it once: what to ask, what not to, and where it is safe to send an answer.
    "health/violence": VIOLENCE,
    # A child alone has a guardian and other rights, and is spoken with by few.
    "asylum/unaccompanied-minor": MINORS,
}


class NotYoursToTakeOff(NotAllowed):
    """What a question needs protects whoever asked it."""

    sentence = N_("Only a coordinator, or somebody trained for it, can take this off.")


class StaysWithTheTrained(NotAllowed):
    """Once it is known that somebody is under 18, nobody opens the question to the others."""

    sentence = N_(
        "This is a question of somebody under 18: it stays with the colleagues trained for that."
    )


def needs_of(topic: str | None) -> str | None:
    """The skill without which nobody should claim a question about this topic."""
    return NEEDS.get(topic or "")


def is_skill(name: str) -> bool:
    """Is there such a skill?"""
    return name in SKILLS
