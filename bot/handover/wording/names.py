"""How colleagues are called in the staff group."""

import html
from collections.abc import Sequence

from markupsafe import Markup

from bot.language import bidi, formats
from bot.language.catalog import Words
from bot.people.domain import Person


def mention(person: Person) -> Markup:
    """A colleague's name that rings their phone."""
    name = html.escape(bidi.contained(person.first_name), quote=False)
    link = f'<a href="tg://user?id={person.telegram_id}">{name}</a>'
    return Markup(link)  # noqa: S704  # escaped above


def listing(_: Words, called: Sequence[Person]) -> Markup:
    """Several of them in a sentence: "Jan, Karen and Noor"."""
    return Markup(formats.listing(_, [mention(one) for one in called]))  # noqa: S704  # the same
