"""What kinds of events, and for whom, are called."""

from collections.abc import Mapping
from typing import Final

from bot.errors import N_
from bot.events.domain import Kind, Role
from bot.language.catalog import Words

KINDS: Final[Mapping[Kind, str]] = {
    Kind.ORIENTATION: N_("Orientation moment"),
    Kind.WORKSHOP: N_("Workshop"),
    Kind.VISIT: N_("Visit"),
    Kind.TRAINING: N_("Training"),
    Kind.INTERVISION: N_("Intervision"),
    Kind.NETWORK: N_("Network event"),
    Kind.WALK: N_("Walk"),
    Kind.TOUR: N_("Guided tour"),
    Kind.LEGAL: N_("Legal helpdesk"),
    Kind.THANKS: N_("Thank-you for volunteers"),
}

ROLES: Final[Mapping[Role, str]] = {
    Role.NEWCOMER: N_("Newcomers"),
    Role.VOLUNTEER: N_("Volunteers"),
    Role.STAFF: N_("Staff"),
}


def kind_name(_: Words, kind: str) -> str:
    """The kind in the reader's language; the key of one that this version does not know."""
    known = {str(one): msgid for one, msgid in KINDS.items()}
    return _.plain(known[kind]) if kind in known else kind


def role_name(_: Words, role: Role) -> str:
    """For whom, in the reader's language."""
    return _.plain(ROLES[role])
