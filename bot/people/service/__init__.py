"""What can be done with people: recognise, invite, give and take roles, forget.

One use case per function; none commits. Upper floors say `people.service.record(…)`.
"""

from bot.people.service.audit import record
from bot.people.service.erasure import (
    Erasure,
    copy_of_data,
    erase_row,
    erasures,
    forget,
    forget_silent_people,
    repeat_erasures,
)
from bot.people.service.invitations import invite, join
from bot.people.service.language import choose_language, keep_for_later
from bot.people.service.listing import everybody
from bot.people.service.recognition import (
    find_person,
    is_reachable,
    language_of,
    mark_reachable,
    mark_unreachable,
    reachable,
    recognise,
    staff_members,
    staff_names,
)
from bot.people.service.reminders import choose_reminders
from bot.people.service.retention import clean
from bot.people.service.roles import (
    keep_roles_true,
    learn_membership,
    learn_own_rights,
    move_group,
    own_rights,
    to_check,
)
from bot.people.service.things import what_they_have

__all__ = [
    "Erasure",
    "choose_language",
    "choose_reminders",
    "clean",
    "copy_of_data",
    "erase_row",
    "erasures",
    "everybody",
    "find_person",
    "forget",
    "forget_silent_people",
    "invite",
    "is_reachable",
    "join",
    "keep_for_later",
    "keep_roles_true",
    "language_of",
    "learn_membership",
    "learn_own_rights",
    "mark_reachable",
    "mark_unreachable",
    "move_group",
    "own_rights",
    "reachable",
    "recognise",
    "record",
    "repeat_erasures",
    "staff_members",
    "staff_names",
    "to_check",
    "what_they_have",
]
