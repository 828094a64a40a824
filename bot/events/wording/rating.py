"""How was it? Three smileys, a line for who likes; and what people said, for coordinators."""

from typing import Final

from bot.delivery.messages import Button, Buttons, Outgoing
from bot.events.domain import Event
from bot.events.domain.rating import LEAST, Result
from bot.events.wording import screens
from bot.language import bidi, formats
from bot.language.catalog import N_label, Words

Screen = tuple[str, Buttons]

_FACES: Final = {3: "😀", 2: "😐", 1: "🙁"}
_SMILES: Final = ((3, N_label("😀 Good")), (2, N_label("😐 So so")), (1, N_label("🙁 Not good")))
_SHOWN: Final = 20  # lines of one screen


def ask(_: Words, event: Event) -> Outgoing:
    """After an event, to who was there."""
    text = _(
        "🙂 <b>How was it?</b>\n\n{title}, {day}. One tap is enough. We keep your answer without"
        " your name.",
        title=screens.title(_, event),
        day=formats.day_words(_, event.starts_at),
    )
    buttons = tuple(
        (Button(_.label(label), action=f"erate:{event.id}:{smile}"),) for smile, label in _SMILES
    )
    return Outgoing(text=text, buttons=buttons)


def ask_for_line(_: Words) -> Screen:
    """They said it with a smiley."""
    text = _(
        "💚 Thank you!\n\nIf you like, write in one line what was good, or what can be better."
        " The team reads it without your name. Please write no names."
    )
    return text, ((Button(_.label("No, that is all"), action="erateno"),),)


def thanks(_: Words) -> str:
    """Done."""
    return _("💚 Thank you! This helps us.")


def results(_: Words, event: Event, found: Result | None) -> Screen:
    """What people said, from five answers on."""
    parts = [_("🙂 <b>How it was</b>"), screens.card(_, event, with_contact=False)]
    if found is None:
        parts.append(_("Answers are shown when at least {n} people have answered.", n=LEAST))
        return "\n\n".join(parts), ()
    counts = "   ".join(f"{face} {found.counts[smile]}" for smile, face in _FACES.items())
    parts.append(_("{counts}", counts=counts))
    lines = [_("• {line}", line=bidi.contained(line)) for line in found.lines[:_SHOWN]]
    if lines:
        parts.append("\n".join(lines))
    return "\n\n".join(parts), ()
