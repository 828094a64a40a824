"""A guardian's yes: what the young person, the guardian and the coordinator read."""

from collections.abc import Mapping
from typing import Any, Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Words
from bot.volunteering.domain.enrolling import BY_PHONE, IN_PERSON, ON_PAPER, THEMSELVES

Screen = tuple[str, Buttons]

_HOW: Final = {
    BY_PHONE: N_("by phone"),
    IN_PERSON: N_("in person"),
    ON_PAPER: N_("on paper"),
    THEMSELVES: N_("in Telegram"),
}


def ask(_: Words) -> Screen:
    """To who is 16 or 17: nearly done."""
    text = _(
        "👪 One more step: your father, mother or guardian says yes. With Telegram they do it"
        " themselves, in their own language. Without Telegram your coordinator calls them."
    )
    return text, (
        (Button(_.label("👪 Send a link to my guardian"), action="vguardian"),),
        (Button(_.label("❓ Ask my coordinator"), action="vask:other"),),
        (Button(_.label("🤝 Volunteer"), action="vhome"),),
    )


def to_forward(_: Words, name: str, link: str) -> str:
    """A message that is sent on as it is."""
    return _(
        "👪 {name} is under 18 and would like to volunteer with us. Do you agree? Open this link,"
        " read, and tap Yes or No: {link}",
        name=name,
        link=link,
    )


def how_to_send(_: Words) -> str:
    """Below it."""
    return _("Send the message above to your guardian, or let them scan this. It works 14 days.")


def question(_: Words, name: str, organisation: str, code: str) -> Screen:
    """To the guardian, in their own language."""
    text = _(
        "👪 <b>May {name} volunteer?</b>\n\n{name} is 16 or 17 years old and would like to"
        " volunteer with {organisation}.\n\n• It is unpaid and of their own will. They can stop at"
        " any time.\n• They are insured.\n• A coordinator guides them. You can always ask us"
        " something.\n\nAre you their father, mother or guardian, and do you agree? We keep only"
        " your yes or no, not who you are. You can take it back here.",
        name=name,
        organisation=organisation,
    )
    return text, (
        (Button(_.label("✅ Yes, I agree"), action=f"vgyes:{code}"),),
        (Button(_.label("✖️ No"), action=f"vgno:{code}"),),
        (Button(_.label("💬 Ask a colleague"), action="ask"),),
    )


def thanks(_: Words, code: str, *, is_yes: bool) -> Screen:
    """To the guardian, afterwards."""
    label = _.label("↩️ I change my mind")
    change = Button(label, action=f"vgno:{code}" if is_yes else f"vgyes:{code}")
    text = _("✅ Thank you. We have noted your yes.") if is_yes else _("We have noted your no.")
    return text, ((change,), (Button(_.label("💬 Ask a colleague"), action="ask"),))


def heard(_: Words, *, is_yes: bool) -> Screen:
    """To the young person."""
    if is_yes:
        text = _("✅ Your guardian agrees that you volunteer. Thank you both!")
        return text, ((Button(_.label("🤝 Volunteer"), action="vhome"),),)
    text = _("Your guardian does not agree now. Your coordinator talks with you about it.")
    return text, ((Button(_.label("❓ Ask my coordinator"), action="vask:other"),),)


def refused(_: Words, name: str, volunteer: int) -> Screen:
    """To the coordinator: please talk with them."""
    text = _("👪 The guardian of {name} does not agree. Please talk with them.", name=name)
    return text, ((Button(_.label("👤 The file"), action=f"vcvol:{volunteer}"),),)


def in_file(
    _: Words, screen: Screen, volunteer: int, name: str, said: Mapping[str, Any] | None
) -> Screen:
    """A file of who is 16 or 17, with what is known of the guardian."""
    text, buttons = screen
    if said is not None:
        line = _(
            "👪 Guardian: yes, {how}, {day}",
            how=_.plain(_HOW[said["via"]]),
            day=formats.date_words(_, said["at"]),
        )
        return f"{text}\n\n{line}", buttons
    line = _("👪 Guardian: {name}, has not said yes yet", name=name or "–")
    rows = (
        (Button(_.label("📞 Said yes by phone"), action=f"vcguard:{volunteer}:{BY_PHONE}"),),
        (Button(_.label("👥 Said yes in person"), action=f"vcguard:{volunteer}:{IN_PERSON}"),),
    )
    return f"{text}\n\n{line}", (*rows, *buttons)
