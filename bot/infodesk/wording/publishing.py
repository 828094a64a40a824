"""What coordinators read when they change an answer from Telegram."""

import html
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.delivery.messages import Button
from bot.errors import N_, Refused
from bot.infodesk.domain import Answer, Override
from bot.infodesk.wording.screens import Screen, paragraphs
from bot.language import bidi, formats
from bot.language.catalog import Words

# In Telegram's own list of commands in the staff group, and in /help there.
COMMANDS: tuple[tuple[str, str], ...] = (
    ("edit", N_("Change the text of an answer")),
    ("publish", N_("Look at a changed answer and publish it")),
    ("overrides", N_("Which answers the team changed")),
)


# Is there still a file, and did it change? -> what to say of a published text
_STANDING = {
    (True, False): N_("{topic} ({language}), {day}"),
    (True, True): N_(
        "{topic} ({language}), {day}: the file changed since; see /edit {topic} {language}"
    ),
    (False, False): N_("{topic} ({language}), {day}: not shown, the bot no longer has this answer"),
}

# What the checks of the files say most, in a colleague's words; the rest is shown as it is.
_FAULTS = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (
            r"short has (?P<count>\d+) characters: at most (?P<limit>\d+)",
            N_("The line in short is too long: {count} characters; {limit} is the most."),
        ),
        (
            r"short and the rest have (?P<count>\d+) characters: at most (?P<limit>\d+)",
            N_("The whole text is too long: {count} characters; {limit} is the most."),
        ),
        (
            r"(?:numbers|months of dates|links) of en are missing here: (?P<listed>.+)",
            N_("This stands in the English text and is missing here: {listed}"),
        ),
        (
            r"(?:numbers|months of dates|links) that en does not have: (?P<listed>.+)",
            N_("This does not stand in the English text: {listed}"),
        ),
        (
            r"(?P<listed>.+) stands (?:in no high|only in a \w+) fact of .+",
            N_("This is not in our sure facts; leave it out: {listed}"),
        ),
    )
)


class NotNamed(Refused):
    """No topic and language behind the command."""

    sentence = N_("Name the topic and the language, for instance: /edit housing/find nl")


class NoText(Refused):
    """A part of the text is missing."""

    sentence = N_(
        "Write below the command: first the title, on the next line what to do in short, below"
        " that the rest."
    )


class Line(NamedTuple):
    """One published text in the list."""

    text: Override
    on: date
    has_file: bool
    file_changed: bool


def named(argument: str) -> tuple[str, str]:
    """Topic and language behind a command. Raises NotNamed."""
    words = argument.split("\n", 1)[0].split()
    if len(words) != 2 or "/" not in words[0]:
        raise NotNamed
    return words[0], words[1]


def proposed(argument: str) -> Override:
    """The text that was sent back. Raises NotNamed or NoText."""
    slug, language = named(argument)
    rest = bidi.strip_marks(argument.partition("\n")[2]).strip()
    title, _, rest = rest.partition("\n")
    short, _, body = rest.strip().partition("\n")
    if not title.strip() or not short.strip():
        raise NoText
    return Override(slug, language, title.strip(), short.strip(), body.strip(), baseline="")


def to_change(_: Words, answer: Answer) -> str:
    """The text in a form that is copied with one tap and sent back."""
    lines = (f"/publish {answer.slug} {answer.language}", answer.title, answer.short)
    text = "\n".join((*lines, "", answer.body)).strip()
    return paragraphs(
        _(
            "Copy this with a tap, change it and send it back. First the title, then what to do in"
            " short, then the rest."
        ),
        f"<pre>{html.escape(text, quote=False)}</pre>",
    )


def news_of_file(_: Words, file: Answer) -> str:
    """The file below a published text says something new."""
    text = "\n".join((file.title, file.short, "", file.body)).strip()
    return paragraphs(
        _(
            "⚠️ A new version of the bot brought another text for this answer. The team's text is"
            " still shown. The new one:"
        ),
        f"<pre>{html.escape(text, quote=False)}</pre>",
    )


def previewed(_: Words, answer: Answer, shown: str, preview_id: int) -> Screen:
    """As a newcomer would see it, with the way on."""
    told = _(
        "👁 So {topic} ({language}) would look. Nobody sees it yet.",
        topic=answer.slug,
        language=answer.language,
    )
    buttons = (
        Button(_.label("✅ Publish"), action=f"publish_answer:{preview_id}"),
        Button(_.label("Cancel"), action=f"cancel_answer:{preview_id}"),
    )
    return Screen(paragraphs(told, shown), (buttons,))


def refused(_: Words, faults: Sequence[str]) -> str:
    """Why a text cannot be published, one sentence each."""
    listed = "\n".join(f"• {_fault(_, fault)}" for fault in faults)
    return paragraphs(_("⚠️ This cannot be published yet. Change it and send it again:"), listed)


def _fault(_: Words, fault: str) -> str:
    for pattern, sentence in _FAULTS:
        if found := pattern.fullmatch(fault):
            return _(sentence, **found.groupdict())
    return html.escape(fault, quote=False)


def published(_: Words, text: Override) -> str:
    return _(
        "✅ {topic} ({language}) is published; everybody reads it within a minute."
        " /overrides takes it back.",
        topic=text.slug,
        language=text.language,
    )


def cancelled(_: Words) -> str:
    return _("Nothing was published.")


def listed(_: Words, lines: Sequence[Line]) -> Screen:
    """Every text of the team, and the way back to the file's."""
    if not lines:
        return Screen(_("The team has changed no answers."))
    buttons = tuple(
        (
            Button(
                _.label(
                    "↩️ Take back {topic} ({language})",
                    topic=one.text.slug,
                    language=one.text.language,
                ),
                action=f"take_back:{one.text.slug}:{one.text.language}",
            ),
        )
        for one in lines
    )
    told = "\n".join(_line(_, one) for one in lines)
    return Screen(paragraphs(_("<b>Answers that the team changed</b>"), told), buttons)


def taken_back(_: Words) -> str:
    """The short notice after a tap."""
    return _.plain("Taken back. The bot's own text is shown again.")


def _line(_: Words, one: Line) -> str:
    topic, language, day = one.text.slug, one.text.language, formats.date_words(_, one.on)
    said = _STANDING[(one.has_file, one.file_changed)]
    return _(said, topic=topic, language=language, day=day)
