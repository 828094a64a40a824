"""One answer: danger first, in short, the rest, where it comes from, and who has read it."""

import html
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.delivery.messages import Button, Buttons
from bot.handover.wording import answer as colleague
from bot.infodesk import domain
from bot.infodesk.domain import Answer, Library, Source
from bot.infodesk.wording import direction, markup, menus
from bot.infodesk.wording.screens import Screen, Voice, ask_button, paragraphs, rows, themes_button
from bot.language import formats
from bot.language.catalog import Words

ONE_SCREEN = 420  # visible characters that are shown at once; more waits behind More
FEW_SOURCES = 2
_CHANGES_NOTHING = frozenset({"listen", "hide"})  # they leave the message as it is, or take it away


class View(NamedTuple):
    """How much of an answer is on the screen."""

    is_open: bool = False
    is_rated: bool = False  # thumbs are gone
    was_no_help: bool = False
    sent_by: str = ""  # the organisation whose colleague sent it to this person


def answer(
    voice: Voice,
    library: Library,
    shown: Answer,
    view: View,
    related: list[tuple[Answer, Voice]],
    *,
    more: tuple[Button, ...] = (),
    first: Buttons = (),
) -> Screen:
    """The answer with its buttons; `more` are ways from here that other screens offer, `first`
    those of a talk with the colleague who sent it."""
    _ = voice.words
    text = paragraphs(
        _from_colleague(_, view),
        _("ℹ️ Here is the answer of the info desk.") if shown.is_sensitive else None,
        other_language(_, shown, library),
        danger(voice, shown),
        f"<b>{voice.line(shown.title)}</b>",
        voice.line(shown.short),
        _rest(voice, shown, view),
        _told_by(_, shown, view),
        marks(_, shown.facts_checked, shown.language_checked),
        _("Sorry that this did not help. A colleague can answer you.")
        if view.was_no_help
        else None,
    )
    buttons = _buttons(voice, library, shown, view, related, more=more)
    if view.sent_by:
        buttons = tuple(tuple(map(_anew, row)) for row in buttons)
    return Screen(text, (*first, *buttons), shown.is_sensitive)


def _from_colleague(_: Words, view: View) -> str | None:
    """A person chose it: the same line as above their own words."""
    if not view.sent_by:
        return None
    return f"<b>{html.escape(colleague.mark(_, view.sent_by), quote=False)}</b>"


def danger(voice: Voice, shown: Answer) -> str | None:
    """Numbers to call, each on a line of its own, and what to say in Dutch."""
    block = shown.danger
    if block is None:
        return None
    _ = voice.words
    call = "\n".join([_("🆘 <b>In danger now? Call:</b>"), *map(voice.number, block.numbers)])
    return paragraphs(call if block.numbers else None, spoken(voice, block.say, block.say_own))


def spoken(voice: Voice, dutch: str, own: str) -> str | None:
    """A Dutch sentence to read out, and what it means."""
    if not dutch:
        return None
    _ = voice.words
    lines = [_("🗣 Say in Dutch:"), f"<b>{html.escape(dutch, quote=False)}</b>"]
    if own and own != dutch:
        lines.append(f"({voice.line(own)})")
    return "\n".join(lines)


def desk_card(voice: Voice, shown: Answer) -> Screen:
    """To hold up at a counter: Dutch first, then the person's own words."""
    _ = voice.words
    card = shown.desk or domain.DeskCard("", "")
    text = paragraphs(
        f"🪪 <b>{html.escape(card.nl, quote=False)}</b>",
        voice.line(card.own) if card.own != card.nl else None,
        _("Show this at the desk."),
    )
    back = Button(_.label("⬅️ Back"), action=f"topic:{shown.slug}")
    return Screen(text, ((back,),), shown.is_sensitive)


def sources(_: Words, named: Sequence[Source]) -> str | None:
    """Where the facts come from, with the date of the information; under whatever we tell."""
    lines = [direction.settled(f"• {_source(_, one)}", _.is_rtl) for one in named]
    return "\n".join([_("🔗 Where this comes from:"), *lines]) if lines else None


def few(sources: Sequence[Source]) -> list[Source]:
    """The first ones; two pages that would read alike are named once."""
    alike: dict[tuple[str, str | None], Source] = {}
    for one in sources:
        alike.setdefault((one.name, one.as_of), one)
    return list(alike.values())[:FEW_SOURCES]


def marks(_: Words, facts_checked: str | None, language_checked: str | None) -> str:
    """Who has read this: facts and language."""
    day = domain.checked_on(facts_checked)
    facts = (
        _("✅ Facts checked by the info desk: {date}.", date=formats.date_words(_, day))
        if day
        else _("⚠️ The info desk has not checked these facts yet.")
    )
    if facts_checked and not day:
        facts = _("✅ Facts checked by the info desk.")
    language = _("⚠️ A native speaker has not read this text yet.")
    return "\n".join([facts] if language_checked else [facts, language])


def other_language(_: Words, shown: Answer, library: Library) -> str | None:
    """Said when the answer does not exist in the person's language."""
    if shown.language == _.code:
        return None
    return _("🌐 This answer does not exist in your language yet. A colleague can explain it.")


def when(_: Words, as_of: str) -> str:
    """2024-06 as June 2024; 2024 stays; a full date is a date in words."""
    year, month, day = (*as_of.split("-"), "", "")[:3]
    if day:
        return f"{int(day)} {formats.month_name(_, int(month))} {year}"
    return f"{_month_alone(_, int(month))} {year}" if month else year


def is_long(shown: Answer) -> bool:
    """Does the rest wait behind More?"""
    return _length(shown.short, shown.body) > ONE_SCREEN


@lru_cache(maxsize=1024)
def _length(short: str, body: str) -> int:
    return len(markup.visible(markup.line_to_html(short) + markup.to_html(body)))


def _told_by(_: Words, shown: Answer, view: View) -> str | None:
    """The sources of what is on the screen: all of them once it is open, none of a held answer."""
    if shown.is_held:
        return None
    return sources(_, shown.sources if view.is_open else few(shown.sources))


def _rest(voice: Voice, shown: Answer, view: View) -> str | None:
    _ = voice.words
    if shown.hold is not None and view.sent_by:
        return f"🚧 {voice.line(shown.hold)}"  # they are with a colleague already
    if shown.hold is not None:
        return _("🚧 {reason} Ask a colleague.", reason=voice.line(shown.hold))
    if view.is_open or not is_long(shown):
        return voice.text(shown.body)
    return None


def _source(_: Words, source: Source) -> str:
    """A source with its address, when it has one, and the date of the information."""
    name = html.escape(source.name, quote=False)
    link = f'<a href="{html.escape(source.url)}">{name}</a>' if source.url else name
    return f"{link} ({when(_, source.as_of)})" if source.as_of else link


def _month_alone(_: Words, month: int) -> str:
    """The month as it stands without a day; some languages decline it after one."""
    if _.profile.months:
        return formats.month_name(_, month)
    return str(_.locale.months["stand-alone"]["wide"][month])


def _buttons(
    voice: Voice,
    library: Library,
    shown: Answer,
    view: View,
    related: list[tuple[Answer, Voice]],
    *,
    more: tuple[Button, ...],
) -> Buttons:
    _ = voice.words
    is_whole = view.is_open or not is_long(shown)
    return (
        *rows(*_fold(_, shown, view)),
        *_thumbs(_, shown, view),
        *rows(*_ask(_, shown, view), *more, *_tools(_, shown)),
        *(menus.topic_rows(related) if is_whole else ()),
        *rows(*((themes_button(_),) if view.sent_by else _back(_, library, shown))),
    )


def _anew(button: Button) -> Button:
    """Below a colleague's words: what would change the message opens one of its own instead."""
    if (button.action or "").partition(":")[0] in _CHANGES_NOTHING:
        return button
    return Button(button.label, action=f"open_anew:{button.action}")


def _ask(_: Words, shown: Answer, view: View) -> tuple[Button, ...]:
    return () if view.sent_by else (ask_button(_, shown.slug),)


def _fold(_: Words, shown: Answer, view: View) -> tuple[Button, ...]:
    if view.sent_by or shown.is_held or not is_long(shown):
        return ()
    if view.is_open:
        return (Button(_.label("➖ Less"), action=f"less:{shown.slug}"),)
    return (Button(_.label("➕ More"), action=f"more:{shown.slug}"),)


def _thumbs(_: Words, shown: Answer, view: View) -> Buttons:
    if view.sent_by or view.is_rated or shown.is_held:
        return ()
    folded = "open" if view.is_open else "short"
    return rows(
        Button("👍", action=f"up:{shown.slug}:{folded}"),
        Button("👎", action=f"down:{shown.slug}:{folded}"),
    )


def _tools(_: Words, shown: Answer) -> tuple[Button, ...]:
    row = []
    if shown.desk:
        row.append(Button(_.label("🪪 Show at the desk"), action=f"desk_card:{shown.slug}"))
    if shown.recording:
        row.append(Button(_.label("🔊 Listen"), action=f"listen:{shown.slug}"))
    if shown.is_sensitive:
        row.append(Button(_.label("🙈 Hide this"), action=f"hide:{shown.slug}"))
    return tuple(row)


def _back(_: Words, library: Library, shown: Answer) -> tuple[Button, ...]:
    if len(library.answers_in(shown.category, _.code)) > 1:
        return (Button(_.label("⬅️ Back"), action=f"category:{shown.category}"), themes_button(_))
    return (themes_button(_),)
