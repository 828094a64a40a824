"""How desks and colleagues are called in the staff group."""

import html
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from bot.handover.domain import INFODESK, LEGAL, MINORS, VOLUNTEERING
from bot.language import bidi
from bot.language.catalog import N_label, Words
from bot.people.domain import Person

_DESKS: Final[Mapping[str, str]] = {
    INFODESK: N_label("Info desk"),
    LEGAL: N_label("Legal helpdesk"),
    VOLUNTEERING: N_label("Volunteering"),
    MINORS: N_label("Minors"),
}


def desk(_: Words, name: str) -> str:
    """A desk's name, plain."""
    return _.label(_DESKS[name])


def mention(person: Person) -> Markup:
    """A colleague's name that rings their phone."""
    name = html.escape(bidi.contained(person.first_name), quote=False)
    link = f'<a href="tg://user?id={person.telegram_id}">{name}</a>'
    return Markup(link)  # noqa: S704  # escaped above


def language_name(_: Words, asked_in: Words) -> str:
    """A language as the staff calls it: "Oekraïens" in a Dutch group."""
    known = _.locale.languages.get(asked_in.code) or asked_in.english_name
    return known[:1].upper() + known[1:]
