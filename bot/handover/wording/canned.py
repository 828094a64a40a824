"""Canned answers: those of the bot, and what coordinators read when they change them."""

import html
from collections.abc import Mapping, Sequence
from typing import Final

from bot.errors import N_
from bot.handover.domain import PLACEHOLDERS, Canned, shortened
from bot.language import bidi
from bot.language.catalog import Words

_GLIMPSE = 60  # characters of a text in a list

# Name -> message of the catalogue. They say who we are and how we work, never what the rules are.
SHIPPED: Final[Mapping[str, str]] = {
    "hello": N_(
        "Hello, my name is {name} and I work at {organisation}. I have your question #{number} and"
        " I am reading it now."
    ),
    "hours": N_("These are the hours at which {organisation} answers:\n{hours}"),
    "contact": N_("You reach {organisation} by telephone and by mail:\n{phone}\n{mail}"),
    "tell-more": N_(
        "To answer you well I need a little more: who wrote to you, which date stands on the"
        " letter, and in which town do you live? A photo of the letter helps too."
    ),
    "more-time": N_(
        "Your question #{number} needs more time. I am asking colleagues about it. You do not need"
        " to do anything for this now."
    ),
    "still-there": N_(
        "Did you read my last message? If you still need help with your question #{number}, write"
        " it here."
    ),
    "who-we-are": N_(
        "We are not the government: {organisation} does not decide about your papers. I can read"
        " your letter with you and look for the right service."
    ),
    "safety": N_(
        "For your safety: please do not send photos of your passport, numbers of documents or your"
        " bank card here."
    ),
    "complaint": N_("You are not happy with our help? You can tell it here: {complaint_address}"),
    "goodbye": N_(
        "I close your question #{number} now. Do you need us again? Write here, or ask a new"
        " question."
    ),
}


def overview(_: Words, found: Sequence[Canned], *, total: int, may_change: bool) -> str:
    """The answer to /canned outside a question: what there is, and what it lacks."""
    lines = [_("<b>Ready answers</b>"), *(_line(_, one, total) for one in found)]
    lines.append("")
    lines.append(_("/canned inside the topic of your question sends one."))
    if may_change:
        lines.append(usage(_))
    return "\n".join(lines)


def usage(_: Words) -> str:
    """How a coordinator changes them."""
    return _(
        "Coordinators:\n"
        "/canned new bring-id – a new one\n"
        "/canned edit bring-id nl – its Dutch text, to be copied, changed and sent back\n"
        "/canned remove bring-id – take it away"
    )


def _line(_: Words, canned: Canned, total: int) -> str:
    name = f"<code>{canned.name}</code>"
    text = glimpse(canned, _.code)
    shown = f"{name} · {html.escape(bidi.contained(text), quote=False)}" if text else name
    if len(canned.texts) == total:
        return f"• {shown}"
    has = ", ".join(canned.texts) or "—"
    return f"• {shown} ({has})"


def glimpse(canned: Canned, code: str) -> str:
    """The beginning of it, in this language or another; one line."""
    texts = canned.texts
    text = texts.get(code) or next(iter(texts.values()), "")
    return shortened(" ".join(text.split()), _GLIMPSE)


def made(_: Words, canned: Canned, codes: Sequence[str]) -> str:
    """A new one has no text yet: how it gets one in each language."""
    commands = "\n".join(f"<code>/canned edit {canned.name} {code} …</code>" for code in codes)
    return "\n".join(
        [
            _("“{name}” is there. Now write its text, in each language:", name=canned.name),
            commands,
            "",
            places(_),
        ]
    )


def places(_: Words) -> str:
    """What may stand between braces."""
    known = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    return _("The bot fills in: {places}", places=known)


def to_change(_: Words, canned: Canned, language: str) -> str:
    """The text in a form that is copied with one tap and sent back."""
    text = f"/canned edit {canned.name} {language}\n{canned.texts.get(language, '…')}"
    return "\n".join(
        [
            _("Copy this with a tap, change it and send it back."),
            f"<pre>{html.escape(text, quote=False)}</pre>",
            places(_),
        ]
    )


def changed(_: Words, canned: Canned, language: Words, shown: str, missing: Sequence[str]) -> str:
    """Kept: how it looks filled in, and where it is still missing."""
    lines = [
        _("✅ “{name}” in {language}:", name=canned.name, language=language.name),
        f"<blockquote>{html.escape(bidi.contained(shown), quote=False)}</blockquote>",
    ]
    if missing:
        lines.append(_("Still without a text: {languages}", languages=", ".join(missing)))
    return "\n".join(lines)


def languages_of(_: Words, canned: Canned, codes: Sequence[str]) -> str:
    """The answer to /canned edit without a language: which it has."""
    lines = [_("<b>“{name}”</b>: which language?", name=canned.name)]
    for code in codes:
        mark = "✅" if code in canned.texts else "➖"
        lines.append(f"{mark} <code>/canned edit {canned.name} {code}</code>")
    return "\n".join(lines)


def removed(_: Words, name: str) -> str:
    """Taken away."""
    return _(
        "“{name}” is taken away. /canned new {name} brings it back, if it came with the bot.",
        name=name,
    )
