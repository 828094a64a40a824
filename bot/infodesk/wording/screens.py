"""A screen: text and buttons, and the voice and facts that fill it in."""

import html
from collections.abc import Mapping
from typing import NamedTuple

from bot.delivery.messages import Button, Buttons
from bot.infodesk.domain import Answer
from bot.infodesk.wording import direction, markup
from bot.language import cells
from bot.language.catalog import Words

LABEL_LIMIT = 60  # characters of a title on a button


class Screen(NamedTuple):
    """What one message shows. `is_quiet`: no sound, and the first line tells no topic."""

    text: str
    buttons: Buttons = ()
    is_quiet: bool = False


class Voice(NamedTuple):
    """A reader's words, and whether the answer's own language runs from right to left."""

    words: Words
    answers_run_left: bool
    facts: Mapping[str, str]  # org_name, org_phone …

    def line(self, markdown: str) -> str:
        """A line of an answer as HTML."""
        return self._settled(markup.line_to_html(markdown))

    def text(self, markdown: str) -> str:
        """The body of an answer as HTML."""
        return self._settled(markup.to_html(markdown))

    def number(self, number: str) -> str:
        """A number to call, on a line of its own, as HTML."""
        return direction.number(html.escape(number), self.answers_run_left)

    def label(self, answer: Answer) -> str:
        """An answer's title for a button: plain, and not too long."""
        title = markup.plain(markup.filled(markup.line_to_html(answer.title), self.facts))
        return direction.plain(shortened(title), self.answers_run_left)

    def _settled(self, line: str) -> str:
        return direction.settled(markup.filled(line, self.facts), self.answers_run_left)


def shortened(title: str) -> str:
    """A title that a phone can show on a button."""
    return title if len(title) <= LABEL_LIMIT else title[: LABEL_LIMIT - 1].rstrip() + "…"


def paragraphs(*parts: str | None) -> str:
    """Parts with an empty line between; what is not there takes no room."""
    return "\n\n".join(part for part in parts if part)


def rows(*buttons: Button) -> Buttons:
    """Two beside each other where both can be read whole, every other one on a row of its own."""
    laid: list[tuple[Button, ...]] = []
    for button in buttons:
        above = laid[-1] if laid else ()
        if len(above) == 1 and all(cells.fits_half_a_row(one.label) for one in (*above, button)):
            laid[-1] = (*above, button)
        else:
            laid.append((button,))
    return tuple(laid)


def ask_button(_: Words, slug: str = "") -> Button:
    """The way to a person, from anywhere."""
    return Button(_.label("💬 Ask a colleague"), action=f"ask:{slug}" if slug else "ask")


def urgent_button(_: Words) -> Button:
    return Button(_.label("🆘 Urgent help"), action="urgent")


def themes_button(_: Words) -> Button:
    return Button(_.label("📚 All themes"), action="topics")


def menu_button(_: Words) -> Button:
    return Button(_.label("☰ Menu"), action="menu")
