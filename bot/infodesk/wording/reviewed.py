"""What a colleague reads before a reviewed answer goes to somebody who asked."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.delivery.messages import TEXT_LIMIT, Button
from bot.errors import N_
from bot.handover.domain import Case
from bot.handover.wording import ready
from bot.infodesk.domain import Answer
from bot.infodesk.wording import answers, markup
from bot.infodesk.wording.screens import Screen, Voice, paragraphs
from bot.language import formats
from bot.language.catalog import Words

# In Telegram's own list of commands in the staff group, and in /help there.
COMMANDS: tuple[tuple[str, str], ...] = (
    ("answer", N_("Send a reviewed answer: /answer and what you look for")),
)

_ROOM = TEXT_LIMIT - 200  # an edit cannot be split


class Line(NamedTuple):
    """A topic that may fit: as the colleague reads it, and as the person would."""

    own: Answer
    voice: Voice
    theirs: Answer


class Named(NamedTuple):
    """What the buttons under a preview name: question, topic, and the list to go back to."""

    case: Case
    slug: str
    listed: str


def case_buttons(_: Words, case: Case) -> tuple[Button, ...]:
    """In the header of a question."""
    return (Button(_.label("📚 Reviewed answer"), action=f"reviewed:{case.id}"),)


def titles(
    _: Words, case: Case, found: Sequence[Line], *, theirs: Words, index: Sequence[int]
) -> Screen:
    """Up to five topics; what is on hold or lacks the person's language says so."""
    head = _("📚 <b>Reviewed answer</b> for #{number}", number=case.number)
    if not found:
        none = _("I found none. Look for another word: /answer rent")
        return Screen(paragraphs(head, none), ((_away(_, case),),))
    listed = ".".join(map(str, index))
    rows = tuple(
        (
            Button(
                _marked(one, theirs) + one.voice.label(one.own),
                action=f"reviewed_see:{case.id}:{place}:{listed}",
            ),
        )
        for one, place in zip(found, index, strict=True)
    )
    text = paragraphs(
        head,
        _("Choose one: you see it before it goes out. Other words: /answer rent"),
        _legend(_, found, theirs),
    )
    return Screen(text, (*rows, (_away(_, case),)))


def _marked(one: Line, theirs: Words) -> str:
    if one.own.is_held or one.theirs.is_held:
        return "🚧 "
    return "" if one.theirs.language == theirs.code else "🌐 "


def _legend(_: Words, found: Sequence[Line], theirs: Words) -> str | None:
    marks = {_marked(one, theirs) for one in found}
    lines = []
    if "🚧 " in marks:
        lines.append(_("🚧 on hold: its rules are being read again"))
    if "🌐 " in marks:
        lines.append(_("🌐 not in {language} yet", language=formats.language_name(_, theirs)))
    return "\n".join(lines) or None


def previewed(
    _: Words,
    own: tuple[Voice, Answer],
    *,
    theirs: Answer,
    will_get: str,
    named: Named,
    read_in: Words,
) -> Screen:
    """The short text in the colleague's language, and all that the person will get."""
    voice, answer = own
    head = paragraphs(
        _on_hold(_, voice, answer, theirs),
        f"👁 <b>{voice.line(answer.title)}</b>\n{voice.line(answer.short)}",
        answers.marks(_, answer.facts_checked, answer.language_checked),
        _("<b>The person gets, in {language}:</b>", language=formats.language_name(_, read_in)),
    )
    is_short = len(markup.visible(head)) + len(markup.visible(will_get)) < _ROOM
    text = paragraphs(head, will_get if is_short else voice.line(theirs.short))
    case = named.case
    back = Button(_.label("⬅️ Back"), action=f"reviewed_list:{case.id}:{named.listed}")
    send = Button(_.label("📨 Send"), action=f"reviewed_send:{case.id}:{named.slug}")
    return Screen(text, ((send,), (back, _away(_, case))))


def _on_hold(_: Words, voice: Voice, own: Answer, theirs: Answer) -> str | None:
    held = own if own.hold is not None else theirs
    if held.hold is None:
        return None
    return _(
        "🚧 <b>On hold:</b> {reason} The person gets only the short text. Better answer in your"
        " own words.",
        reason=markup.visible(voice.line(held.hold)),
    )


def sent(
    voice: Voice, answer: Answer, *, read_in: Words, seconds: int | None, will_get: str | None
) -> str:
    """What remains of the menu: the record, on which the mark will stand. `will_get`: all that
    would go out, for the mentor of a trainee; `seconds` None: until they have looked at it."""
    _ = voice.words
    head = f"📚 <b>{voice.line(answer.title)}</b>\n{voice.line(answer.short)}"
    going = ready.going(_, read_in, seconds=seconds)
    if will_get is None:
        return paragraphs(head, going)
    is_short = len(markup.visible(head)) + len(markup.visible(will_get)) < _ROOM
    return paragraphs(head, will_get if is_short else None, going)


def kept(voice: Voice, answer: Answer) -> str:
    """What is kept of it among the messages of the question: plain, in the person's language."""
    lines = (markup.plain(voice.line(answer.title)), markup.plain(voice.line(answer.short)))
    return "\n".join(lines)


def _away(_: Words, case: Case) -> Button:
    return Button(_.label("✖️ Put away"), action=f"menu_away:{case.id}")
