"""Letters that a coordinator begins: offered, written for somebody, corrected."""

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language.catalog import Words
from bot.volunteering.domain.letters import NAMES, Overview
from bot.volunteering.wording.letters import SIGNS, hours_confirmed, look

Screen = tuple[str, Buttons]

WRITE_TITLE = N_("Write a letter")
WHICH = N_("Which paper?")
PAPER_LABEL = N_("Paper")
LANGUAGE = N_("In which language should the translation be, below the Dutch text?")
LANGUAGE_LABEL = N_("Translation")
CORRECT_TITLE = N_("Correct a letter")


def overview(_: Words, found: Overview, *, is_offered: bool = False) -> Screen:
    """A volunteer's letters, and what a coordinator may do."""
    lines = [_("📄 <b>Letters: {name}</b>", name=found.name), _standing(_, found)]
    if is_offered:
        lines.append(_("✅ Offered. You hear it here when they ask for it."))
    rows: list[tuple[Button, ...]] = [
        (look(_, one, f"{SIGNS[one.stage]} {_.label(NAMES[one.paper])}, {one.number}"),)
        for one in found.letters
        if one.facts is not None and one.stage in SIGNS
    ]
    if found.minutes and found.is_reachable and not found.waits and not is_offered:
        label = _.label("✉️ Offer a letter")
        rows.append((Button(label=label, action=f"vcletteroffer:{found.volunteer}"),))
    if found.minutes and not found.is_reachable:
        label = _.label("✍️ Write a letter")
        rows.append((Button(label=label, action=f"vcwrite:{found.volunteer}"),))
    rows.append((Button(label=_.label("⬅️ Back"), action=f"vcvol:{found.volunteer}"),))
    return "\n\n".join(lines), tuple(rows)


def offer(_: Words, minutes: int) -> Screen:
    """To the volunteer; they decide."""
    text = _(
        "📄 <b>Would you like a letter?</b>\n\nYour coordinator would like to write a reference"
        " letter about your time as a volunteer, in Dutch, with a translation for you. You can show"
        " it where you look for work or want to study. You decide."
    )
    return f"{text}\n\n{hours_confirmed(_, minutes)}", (
        (Button(label=_.label("✍️ Yes, I would like it"), action="vletterask"),),
        (Button(label=_.label("Not now"), action="vletterlater"),),
    )


def later(_: Words) -> str:
    """Whoever does not want one now."""
    return _("That is fine. You can ask at any time: 🗂 My things → 📄 Letters.")


def dropped(_: Words) -> str:
    """A draft is gone."""
    return _("The draft is gone. Nothing was sent.")


def _standing(_: Words, found: Overview) -> str:
    if not found.minutes:
        return _("No hours are confirmed yet. A letter tells of confirmed hours.")
    said = hours_confirmed(_, found.minutes)
    if found.is_reachable:
        return said
    return f"{said}\n{_('They cannot be reached here: you write it, and get it to print.')}"
