"""Counting a contact outside the chat: three taps, and one more where it was otherwise."""

import html
from collections.abc import Sequence

from bot.delivery.messages import Button, Buttons
from bot.handover.domain.contacts import NUMBERS, OTHER_LANGUAGE, Channel, Contact, ForWhom
from bot.language import bidi, formats
from bot.language.catalog import Catalogs, Words

Shown = tuple[str, Buttons]
Named = tuple[str, str]  # a value as it is stored, and what it is called

CHOSEN = "✓ "


def screen(_: Words, contact: Contact, catalogs: Catalogs, categories: Sequence[Named]) -> Shown:
    """The next question about the contact; when it is whole, what was counted."""
    if contact.counted_at is not None:
        return counted(_, contact, catalogs, dict(categories))
    if contact.channel is None:
        return _asked(_, contact, _("How did they come?")), _offer(contact, "channel", channels(_))
    if contact.language is None:
        spoken = [
            *((words.code, formats.language_name(_, words)) for words in catalogs),
            (OTHER_LANGUAGE, _.label("🌍 Other language")),
        ]
        return _asked(_, contact, _("Which language?")), _offer(contact, "language", spoken)
    return _asked(_, contact, _("What is it about?")), _offer(contact, "category", categories)


def channels(_: Words) -> list[Named]:
    """How somebody can come."""
    return [
        (Channel.PHONE, _.label("📞 Phone")),
        (Channel.MAIL, _.label("✉️ Mail")),
        (Channel.DOOR, _.label("🚪 At the door")),
    ]


def for_whom(_: Words) -> list[Named]:
    """Whose question it can be."""
    return [
        (ForWhom.SELF, _.label("For self")),
        (ForWhom.OTHER, _.label("For somebody")),
        (ForWhom.PROFESSIONAL, _.label("Professional")),
    ]


def counted(_: Words, contact: Contact, catalogs: Catalogs, categories: dict[str, str]) -> Shown:
    """It is in the figures; what can still be changed is on buttons."""
    facts = [
        dict(channels(_))[contact.channel or ""],
        spoken_name(_, catalogs, contact.language or ""),
        categories.get(contact.category or "", ""),
    ]
    more = [dict(for_whom(_))[contact.for_whom], people(_, contact.people)]
    lines = [_("✓ <b>Counted</b>"), _row(facts), _row(more)]
    numbers = [(str(n), str(n)) for n in NUMBERS]
    return "\n".join(lines), (
        *_offer(contact, "for_whom", for_whom(_), 3, chosen=contact.for_whom),
        *_offer(contact, "people", numbers, 7, chosen=str(contact.people)),
        (Button(_.label("↩️ Undo"), action=f"log_undo:{contact.id}"),),
    )


def people(_: Words, n: int) -> str:
    """How many people it were."""
    return _.plural("{n} person", "{n} people", n)


def undone(_: Words) -> str:
    """Nothing of it remains."""
    return _("↩️ Not counted.")


def spoken_name(_: Words, catalogs: Catalogs, code: str) -> str:
    """A language as the reader calls it, plain; also one that the bot does not speak."""
    if code not in catalogs.codes:
        return _.label("🌍 Other language")
    return formats.language_name(_, catalogs.words(code))


def _asked(_: Words, contact: Contact, question: str) -> str:
    lines = [_("<b>Count a contact</b>")]
    if contact.channel is not None:
        lines.append(_row([dict(channels(_))[contact.channel]]))
    if contact.people > 1:
        lines.append(people(_, contact.people))
    return "\n".join([*lines, question])


def _row(parts: Sequence[str]) -> str:
    return " · ".join(html.escape(bidi.contained(part), quote=False) for part in parts if part)


def _offer(
    contact: Contact, what: str, values: Sequence[Named], a_row: int = 2, *, chosen: str = ""
) -> Buttons:
    buttons = [
        Button(
            (CHOSEN if value == chosen else "") + name, action=f"log:{contact.id}:{what}:{value}"
        )
        for value, name in values
    ]
    return tuple(tuple(buttons[at : at + a_row]) for at in range(0, len(buttons), a_row))
