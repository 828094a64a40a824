"""From category to topic: what people browse."""

from collections.abc import Sequence

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.infodesk.domain import Answer, Category, Library
from bot.infodesk.wording import direction
from bot.infodesk.wording.screens import (
    Screen,
    Voice,
    ask_button,
    paragraphs,
    rows,
    themes_button,
    urgent_button,
)
from bot.language.catalog import Words

# In Telegram's own list of commands, and in /help.
COMMANDS: tuple[tuple[str, str], ...] = (
    ("topics", N_("Ask a question")),
    ("urgent", N_("Urgent help: numbers to call")),
)


def themes(_: Words, library: Library, guides: tuple[Button, ...] = ()) -> Screen:
    """Where asking begins; `guides` lead to what is no question: places, first days, papers."""
    text = paragraphs(
        _("❓ <b>What is your question?</b>"),
        _("Write it here in your own words, or choose a theme."),
        _("You can also speak or send a photo: a colleague will listen and look."),
    )
    ways = (*rows(*guides), *rows(ask_button(_), urgent_button(_)))
    return Screen(text, (*_category_rows(_, library), *ways))


def topics(
    _: Words, library: Library, category: str, found: Sequence[tuple[Answer, Voice]]
) -> Screen:
    """The topics of one category."""
    title = _category_title(_, library, category)
    text = paragraphs(
        _("{emoji} <b>{title}</b>", emoji=library.emoji(category), title=title),
        _("What do you want to know?"),
    )
    return Screen(text, (*topic_rows(found), *rows(ask_button(_), themes_button(_))))


def topic_rows(found: Sequence[tuple[Answer, Voice]]) -> Buttons:
    """One title a row: titles are long and phones small."""
    return tuple(
        (Button(voice.label(answer), action=f"topic:{answer.slug}"),) for answer, voice in found
    )


def _category_rows(_: Words, library: Library) -> Buttons:
    return rows(
        *(
            Button(_category_label(_, library, category), action=f"category:{category.id}")
            for category in library.filled_categories()
        )
    )


def _category_label(_: Words, library: Library, category: Category) -> str:
    """A flag is made of Latin letters, so the whole label is made to start right."""
    title = library.category_title(category.id, _.code)
    return direction.plain(f"{category.emoji} {title}".strip(), _.is_rtl)


def _category_title(_: Words, library: Library, category: str) -> str:
    return direction.plain(library.category_title(category, _.code), _.is_rtl)
