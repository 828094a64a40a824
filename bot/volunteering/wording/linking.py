"""A person without Telegram: enrolled by a coordinator, linked later with a QR code."""

from collections.abc import Sequence

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language.catalog import N_label, Words

Screen = tuple[str, Buttons]

TITLE = N_("➕ Enrol somebody")
NAME = N_("What is the person’s name?")
TOWN = N_("Where does the person live? Write the town or the postcode.")
LANGUAGES = N_("Which languages does the person speak?")
PHONE = N_("At which phone number can the person be reached?")
AGE = N_("How old is the person?")
SIGNED = N_(
    "Has the person read and signed the code of conduct and the agreement on paper? Under 18 a"
    " guardian signs too."
)
L_NAME, L_TOWN, L_LANGUAGES = N_label("Name"), N_label("Town"), N_label("Languages")
L_PHONE, L_AGE, L_SIGNED = N_label("Phone"), N_label("Age"), N_label("Signed")


def enrolled(_: Words, name: str, volunteer_id: int) -> Screen:
    """Done; the code may follow now or later."""
    text = _(
        "✅ {name} is enrolled. Does the person get Telegram? Then give this QR code: with it the"
        " file becomes theirs.",
        name=name,
    )
    return text, (
        (Button(_.label("📱 Make a QR code"), action=f"vcqr:{volunteer_id}"),),
        (Button(_.label("🗂 Coordinators’ desk"), action="vcdesk"),),
    )


def not_signed(_: Words) -> str:
    """Without the papers nobody begins."""
    return _("Nothing was enrolled: first the person signs both papers.")


def code(_: Words) -> str:
    """Beside the picture."""
    return _("Let the person scan this with their own phone. It works once, for 14 days.")


def without(_: Words, found: Sequence[tuple[int, str]]) -> Screen:
    """Who has no Telegram yet."""
    rows = tuple((Button(name[:40], action=f"vcqr:{one}"),) for one, name in found[:40])
    enrol = (Button(_.label("➕ Enrol somebody"), action="vcenrol"),)
    back = (Button(_.label("⬅️ Back"), action="vcdesk"),)
    text = _("📱 <b>Without Telegram</b>\n\nTap a name to make a QR code.")
    if not found:
        text = _("📱 <b>Without Telegram</b>\n\nNobody.")
    return text, (*rows, enrol, back)


def linked(_: Words, name: str) -> Screen:
    """To the person: the file is theirs."""
    text = _("✅ Welcome, {name}! Your volunteer file is yours now.", name=name)
    return text, ((Button(_.label("🤝 Volunteer"), action="vhome"),),)
