"""For the team: who cannot be written to, and what they should hear."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.errors import N_
from bot.events.domain import Event
from bot.events.wording import names, screens
from bot.language.catalog import Words

_MOST: Final = 40  # names in one message

_WHAT: Final[Mapping[str, str]] = {
    "changed": N_("📞 Something has changed. These people have no Telegram; please tell them:"),
    "cancelled": N_(
        "📞 This does not take place. These people have no Telegram; please tell them:"
    ),
}


def please(_: Words, event: Event, people: Sequence[str], what: str) -> str:
    """All names in one message."""
    lines = [f"• {names.shown(one)}" for one in people[:_MOST]]
    if len(people) > _MOST:
        more = len(people) - _MOST
        lines.append(_.plural("and {n} more: see 👥.", "and {n} more: see 👥.", more))
    return "\n\n".join([_(_WHAT[what]), screens.card(_, event), "\n".join(lines)])
