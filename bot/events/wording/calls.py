"""To the team: whom somebody has to call, because they have no Telegram, and what came of it."""

from collections.abc import Mapping
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.events.domain import Event, Taken
from bot.events.wording import screens
from bot.language import bidi
from bot.language.catalog import Words

YES, NO, CAME = "yes", "no", "came"

_SAID: Final[Mapping[str, str]] = {
    "offer": N_("📞 Please call {name}: a place is free, and it is their turn."),
    "first_tap": N_("📞 Please call {name}: a place is free, and it begins soon."),
    "there": N_("❓ {name} says: I was there. The list says no."),
}
_ENDS: Final[Mapping[str, str]] = {
    YES: N_("📞 {name} was called and comes. ({by})"),
    NO: N_("📞 {name} was called and does not come. ({by})"),
    CAME: N_("✅ {name} was there after all. ({by})"),
}


def card(_: Words, event: Event, taken: Taken, what: str) -> tuple[str, Buttons]:
    """Whom to call, and why; the answer can be tapped."""
    shown = screens.card(_, event, with_contact=False)
    head = _(_SAID[what], name=bidi.contained(taken.name))
    return "\n\n".join([head, shown]), _answers(_, f"{event.id}:{taken.participant}", what)


def end(_: Words, answer: str, *, name: str, by: str) -> str:
    """What came of it: the card needs nobody any more."""
    return _(_ENDS[answer], name=bidi.contained(name), by=bidi.contained(by))


def _answers(_: Words, who: str, what: str) -> Buttons:
    if what == "there":
        return ((Button(_.label("✅ Was there"), action=f"eccall:{who}:{CAME}"),),)
    yes = Button(_.label("✅ Comes"), action=f"eccall:{who}:{YES}")
    return ((yes, Button(_.label("✖️ Does not"), action=f"eccall:{who}:{NO}")),)
