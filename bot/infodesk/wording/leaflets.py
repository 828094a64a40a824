"""The five screens of the first days, and the guide of papers."""

from collections.abc import Sequence

from bot.delivery.messages import Button
from bot.infodesk.directory.leaflets import Guide, Sheet, Text
from bot.infodesk.domain import Answer
from bot.infodesk.wording import answers, direction, menus
from bot.infodesk.wording.screens import (
    Screen,
    Voice,
    ask_button,
    paragraphs,
    rows,
    shortened,
    themes_button,
    urgent_button,
)
from bot.language.catalog import Words


def first_days(
    voice: Voice,
    guide: Guide,
    sheet: Sheet,
    text: Text,
    topics: Sequence[tuple[Answer, Voice]],
) -> Screen:
    """One of the screens, with the way back and on."""
    _ = voice.words
    at, count = guide.told().index(sheet), len(guide.told())
    shown = paragraphs(
        _("🌱 First days: {number} of {count}", number=at + 1, count=count),
        f"<b>{voice.line(text.title)}</b>",
        voice.text(text.text),
        answers.sources(_, answers.few(sheet.sources)),
        answers.marks(_, sheet.facts_checked, text.language_checked),
    )
    turns = []
    if at > 0:
        turns.append(Button(_.label("◀ Back"), action=f"first_days:{guide.told()[at - 1].id}"))
    if at + 1 < count:
        turns.append(Button(_.label("Next ▶"), action=f"first_days:{guide.told()[at + 1].id}"))
    more = rows(ask_button(_), urgent_button(_), themes_button(_))
    return Screen(shown, (*menus.topic_rows(topics), tuple(turns), *more))


def papers(_: Words, guide: Guide, names: Sequence[tuple[Sheet, str]]) -> Screen:
    """Which paper is this? A list; what is not on it goes to a colleague."""
    text = paragraphs(
        _("🪪 <b>Which paper is this?</b>"),
        _("Look for the name or the number that is printed on your paper, and choose it."),
        _otherwise(_),
    )
    found = tuple((Button(name, action=f"paper:{sheet.id}"),) for sheet, name in names)
    return Screen(text, (*found, *rows(ask_button(_), themes_button(_))))


def paper(voice: Voice, sheet: Sheet, text: Text, topics: Sequence[tuple[Answer, Voice]]) -> Screen:
    """What one paper means, and what to do with it."""
    _ = voice.words
    steps = [_("<b>What to do:</b>"), voice.text(text.steps)] if text.steps else []
    shown = paragraphs(
        f"🪪 <b>{voice.line(text.title)}</b>",
        voice.text(text.text),
        "\n".join(steps),
        held(_) if is_held(topics) else None,
        _("Do not trust only this text: what stands on your own paper counts."),
        answers.sources(_, answers.few(sheet.sources)),
        answers.marks(_, sheet.facts_checked, text.language_checked),
    )
    about = topics[0][0].slug if topics else ""  # what a colleague reads on the card
    ways = rows(ask_button(_, about), _papers_button(_))
    return Screen(shown, (*menus.topic_rows(topics), *ways))


def is_held(topics: Sequence[tuple[Answer, Voice]]) -> bool:
    """Did the rules behind the leaflet change? Its first topic says so."""
    return any(answer.is_held for answer, _ in topics[:1])


def held(_: Words) -> str:
    """As an answer on hold says it."""
    return _("🚧 The rules for this changed and we have not read them again yet. Ask a colleague.")


def unknown_paper(_: Words) -> Screen:
    """A paper that is known by its name only."""
    text = paragraphs(
        _("I have no checked text about this paper. I do not guess."),
        _otherwise(_),
    )
    return Screen(text, rows(ask_button(_), _papers_button(_)))


def guide_button(_: Words) -> Button:
    """The way in, from the menu of themes."""
    return Button(_.label("🪪 Which paper is this?"), action="papers")


def paper_button(_: Words, sheet: Sheet) -> Button:
    """Below a reply to words that name a paper."""
    return Button(_.label("🪪 Which paper is this?"), action=f"paper:{sheet.id}")


def first_days_button(_: Words, first: Sheet) -> Button:
    return Button(_.label("🌱 First days"), action=f"first_days:{first.id}")


def label(voice: Voice, text: Text) -> str:
    """A title on a button."""
    return direction.plain(shortened(text.title), voice.answers_run_left)


def _papers_button(_: Words) -> Button:
    return Button(_.label("🪪 All papers"), action="papers")


def _otherwise(_: Words) -> str:
    return _(
        "Not sure? Send a photo of the paper to a colleague, and write the date that stands on the"
        " letter."
    )
