"""How colleagues are called in the staff group."""

import html

from markupsafe import Markup

from bot.language import bidi
from bot.people.domain import Person


def mention(person: Person) -> Markup:
    """A colleague's name that rings their phone."""
    name = html.escape(bidi.contained(person.first_name), quote=False)
    link = f'<a href="tg://user?id={person.telegram_id}">{name}</a>'
    return Markup(link)  # noqa: S704  # escaped above
