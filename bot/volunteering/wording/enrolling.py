"""Signing up: the questions, what is agreed to, and what somebody hears afterwards."""

from collections.abc import Mapping
from typing import Any, Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language.catalog import N_label, Words
from bot.volunteering.domain.enrolling import ADULT, CALL, CHILD, WRITE, YOUNG

Screen = tuple[str, Buttons]

TITLE = N_("🤝 Sign up as a volunteer")
NAME = N_(
    "What is your name?\n\nOnly coordinators read your file. You can delete it at any time: /delete"
)
TOWN = N_("Where do you live? Write your town or your postcode.")
LANGUAGES = N_("Which languages do you speak?")
TALK = N_("Let us talk first. How do you like it best?")
PHONE = N_(
    "Which number may we call? Only your coordinator sees it, and it is deleted after the call."
)
BY_PHONE, IN_WRITING = N_label("📞 Please call me"), N_label("✉️ I would rather write")

AGREE_TITLE = N_("🤝 Before you start")
AGE = N_("How old are you?")
AGES: Final[tuple[tuple[str, str], ...]] = (
    (ADULT, N_label("18 or older")),
    (YOUNG, N_label("16 or 17")),
    (CHILD, N_label("15 or younger")),
)
GUARDIAN = N_(
    "You are not 18 yet. Please read the next messages with your father, mother or guardian. Do"
    " they agree that you volunteer? Then write their name."
)
PRIVACY = N_(
    "<b>Your file</b>\n\nCoordinators read it to find volunteer work for you. An organisation sees"
    " only your first name. You can delete everything at any time: /delete"
)
CONDUCT = N_(
    "<b>Our code of conduct</b>\n\n• I come when I said yes, or I tell it in time.\n• I respect"
    " everybody, whatever their origin, faith or sex.\n• What I hear about people stays with"
    " me.\n• I take no money and no big gifts.\n• If something is wrong, I tell my coordinator."
)
AGREEMENT = N_(
    "<b>Our agreement</b>\n\n• Volunteering is free of pay and of your own will. You can stop at"
    " any time.\n• The organisation insures you and tells you what you must know.\n• Do you get"
    " benefits or live in a reception centre? Then tell them first. We help you with the letter."
)
I_AGREE: Final[tuple[tuple[str, str], ...]] = (("yes", N_label("✅ I agree")),)


def thanks(_: Words, name: str, office: str) -> str:
    """Signed up; who decides."""
    parts = [_("✅ Thank you, {name}! You are signed up.", name=name)]
    if office:
        parts.append(_("The coordinator of {office} reads it and answers you here.", office=office))
    return " ".join(parts)


def settled(_: Words) -> Screen:
    """Everything is agreed."""
    return _("✅ Thank you. That is all we need for now."), (
        (Button(_.label("📋 Fill in my profile"), action="vprofile"),),
        (Button(_.label("🤝 Volunteer"), action="vhome"),),
    )


def too_young(_: Words) -> Screen:
    """A kind no, and a person."""
    text = _(
        "Thank you for wanting to help! You can volunteer with us from 16 years on. We have deleted"
        " what you wrote. A colleague can tell you what you can do now."
    )
    return text, ((Button(_.label("💬 Ask a colleague"), action="ask"),),)


def town(_: Words, value: Mapping[str, Any]) -> str:
    """A town as plain text."""
    return f"{value['name']} ({value['postcode']})"


def talk_labels(_: Words) -> list[tuple[str, str]]:
    """Instead of a talk at the office."""
    return [(CALL, _.label(BY_PHONE)), (WRITE, _.label(IN_WRITING))]
