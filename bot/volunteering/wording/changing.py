"""Questions of the dialogs in which coordinators change what is there already."""

from collections.abc import Mapping
from typing import Any

from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Words

TITLE = N_("✏️ Change the assignment")
OWNER_TITLE = N_("✏️ Change the organisation")
CONTACT_TITLE = N_("✏️ Change the contact person")

NAME = N_("What is the assignment called?")
TEXT = N_("What does a volunteer do there? A few short sentences.")
KIND = N_("Which kind is it?")
WANTED = N_("How many volunteers is it for?")
WHEN = N_("On which days, and when?")
UNTIL = N_("Until which day? Leave it out when it has no end.")
TALENTS = N_("Which talents are useful? Tick, or go on.")
AGE = N_("From which age?")
FLAGS = N_("What is true? Hours count for the 40-hour trajectory when both of the first are.")
PLACE = N_("At which address? Leave it out when it is where the organisation is.")
CONTACT = N_("Who is the contact person?")
OWNER = N_("What is the organisation called?")
SECTOR = N_("In which sector does it work?")

L_TITLE, L_TEXT, L_KIND = N_("Title"), N_("Description"), N_("Kind")
L_WANTED, L_WHEN, L_UNTIL = N_("Volunteers"), N_("When"), N_("Until")
L_TALENTS, L_AGE, L_FLAGS = N_("Talents"), N_("Age"), N_("Marks")
L_PLACE, L_CONTACT = N_("Address"), N_("Contact person")
L_NAME, L_SECTOR = N_("Name"), N_("Sector")


def language(_: Words, other: Words) -> str:
    """One language of those the bot speaks."""
    return _("How much {language} is needed?", language=formats.language_name(_, other))


def shifts_stay(_: Words, answers: Mapping[str, Any]) -> str:
    """Below the summary."""
    return _(
        "Shifts that exist keep their own time and place. Translations stay as they are: look at"
        " them when you change the title or the description."
    )


def offers_stay(_: Words, answers: Mapping[str, Any]) -> str:
    """Below the summary."""
    return _("Assignments that exist keep their own place, and the office stays the same.")
