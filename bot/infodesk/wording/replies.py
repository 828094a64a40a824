"""Short replies to what is no question, or is one that the info desk cannot answer."""

from collections.abc import Sequence
from datetime import date

from bot.delivery.messages import Button
from bot.errors import N_
from bot.infodesk.domain import Answer
from bot.infodesk.wording import menus
from bot.infodesk.wording.screens import (
    Screen,
    Voice,
    ask_button,
    menu_button,
    paragraphs,
    rows,
    themes_button,
    urgent_button,
)
from bot.language import formats
from bot.language.catalog import Words

_CANNOT = {
    "voice": N_("🎤 I cannot listen to voice messages. A colleague can."),
    "video_note": N_("🎥 I cannot watch videos. A colleague can."),
    "video": N_("🎥 I cannot watch videos. A colleague can."),
    "audio": N_("🎤 I cannot listen to voice messages. A colleague can."),
    "photo": N_("🖼 I cannot read photos. A colleague can."),
    "document": N_("📄 I cannot read documents. A colleague can."),
}
GIVABLE = frozenset(_CANNOT)


def unsure(_: Words, found: Sequence[tuple[Answer, Voice]]) -> Screen:
    """Up to three titles: is it one of these?"""
    none = Button(_.label("None of these"), action="none_of_these")
    return Screen(_("🤔 Is your question about this?"), (*menus.topic_rows(found), (none,)))


def unknown(_: Words) -> Screen:
    """No answer: say so, and offer a person."""
    text = paragraphs(
        _("I have no answer to this. I do not guess: what I say has to be right."),
        _("A colleague can answer you here. Shall I pass on your question?"),
    )
    return Screen(text, rows(ask_button(_), themes_button(_), urgent_button(_)))


def greeting(_: Words, first_name: str) -> Screen:
    text = paragraphs(
        _("👋 Hello {name}!", name=first_name) if first_name else _("👋 Hello!"),
        _("Write your question in your own words, or choose a theme."),
    )
    return Screen(text, rows(ask_button(_), themes_button(_), urgent_button(_)))


def thanks(_: Words) -> Screen:
    return Screen(_("🙏 You are welcome. Do you have another question? Write it here."))


def rated(_: Words) -> str:
    """The short notice after a thumb."""
    return _.plain("Thank you. This helps us.")


def give(_: Words, media: str, next_in: date | None, today: date) -> Screen:
    """The voice rule: the bot cannot listen; a colleague can."""
    text = paragraphs(
        _(_CANNOT[media]),
        _("Shall I give it to a colleague who speaks {language}?", language=_.name),
        _presence(_, next_in, today),
    )
    yes = Button(_.label("✅ Yes, please"), action="ask")
    return Screen(text, ((yes,), *rows(menu_button(_), urgent_button(_))))


def needs_no(_: Words, what: str) -> Screen:
    """A place or a contact card: not needed, not kept."""
    text = (
        _("📍 I do not need your location, and I do not keep it. Write your question here.")
        if what == "location"
        else _("👤 I do not need this contact, and I do not keep it. Write your question here.")
    )
    return Screen(text, rows(themes_button(_), ask_button(_)))


def hint(_: Words) -> Screen:
    """A sticker or something else that says nothing to a bot."""
    return Screen(
        _("🙂 Nice! If you have a question, write it here in your own words."),
        rows(themes_button(_), ask_button(_)),
    )


def hidden(_: Words) -> str:
    """What is gone, and what stays."""
    return paragraphs(
        _("✔️ The bot’s messages of the last 48 hours are gone from this chat."),
        _(
            "Older messages stay, and so do those you wrote yourself: hold your finger on them and"
            " choose Delete. What you sent to a colleague stays with the colleague."
        ),
    )


def _presence(_: Words, next_in: date | None, today: date) -> str | None:
    if next_in is None:
        return None
    if next_in == today:
        return _("🕐 This colleague is in today.")
    return _("🕐 Next in: {day}.", day=formats.date_words(_, next_in))
