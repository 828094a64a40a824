"""A draft of a topic, for the coordinator who reads it."""

import html
from collections.abc import Mapping

from bot.delivery.messages import Button, Buttons
from bot.handover.domain.drafts import LINK, MAIL, NAME, NUMBER, TopicDraft
from bot.language import bidi, formats
from bot.language.catalog import Words

Shown = tuple[str, Buttons]


def draft(
    _: Words, one: TopicDraft, asked_in: Words, category: str, taken: Mapping[str, int]
) -> Shown:
    """Question and answer as they would stand on the review sheet, and what was taken out."""
    about = " · ".join(part for part in (formats.language_name(_, asked_in), category) if part)
    lines = [
        _("💡 <b>Make this a topic?</b>"),
        html.escape(bidi.contained(about), quote=False),
        _("Question:"),
        _quoted(one.question),
        _("Answer:"),
        _quoted(one.answer),
    ]
    if any(taken.values()):
        lines.append(_("Taken out: {what}", what=formats.listing(_, _taken(_, taken))))
    lines.append(_("A coordinator reads it once more: is nobody named in it?"))
    return "\n".join(lines), (
        (Button(_.label("✓ To the review sheet"), action=f"topic_yes:{one.id}"),),
        (
            Button(_.label("✏️ Question"), action=f"topic_edit:{one.id}:question"),
            Button(_.label("✏️ Answer"), action=f"topic_edit:{one.id}:answer"),
        ),
        (Button(_.label("Not now"), action=f"topic_no:{one.id}"),),
    )


def _taken(_: Words, taken: Mapping[str, int]) -> list[str]:
    said = {
        NAME: _.plural("{n} name", "{n} names", taken.get(NAME, 0)),
        NUMBER: _.plural("{n} number", "{n} numbers", taken.get(NUMBER, 0)),
        MAIL: _.plural("{n} mail address", "{n} mail addresses", taken.get(MAIL, 0)),
        LINK: _.plural("{n} link to a person", "{n} links to persons", taken.get(LINK, 0)),
    }
    return [words for kind, words in said.items() if taken.get(kind)]


def _quoted(text: str) -> str:
    shown = html.escape(bidi.contained(text), quote=False) or "—"
    return f"<blockquote>{shown}</blockquote>"


def asked_anew(_: Words, part: str) -> str:
    """The prompt to which a coordinator replies with the new text."""
    if part == "question":
        return _("✏️ Reply to this message with the new question.")
    return _("✏️ Reply to this message with the new answer.")


def checked(_: Words, name: str) -> str:
    """What stays of the draft in the group."""
    return _("✓ A new topic was proposed, checked by {name}. It is on the review sheet.", name=name)


def put_aside(_: Words) -> str:
    """After "Not now"."""
    return _("No topic was made of it.")


def close_button(_: Words, case_id: int) -> Button:
    """Beside Close."""
    return Button(_.label("💡 Close, make a topic"), action=f"close_topic:{case_id}")
