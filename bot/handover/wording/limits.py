"""What people read when it is too much: a flood, a sixth question, a mute."""

import html
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.delivery.messages import Button, Buttons
from bot.handover.domain import Case, Full, Mute, shortened
from bot.language import bidi, formats
from bot.language.catalog import Words

_SHOWN = 60  # of a reason, in a list


def slowed(_: Words) -> str:
    """So many messages in a minute that the rest goes on together."""
    return _(
        "🙏 You write a lot at once. Nothing is lost: your colleague gets the next messages"
        " together, a little later."
    )


def full(_: Words, full: Full) -> tuple[str, Buttons]:
    """A sixth question waits, or goes with one that is open."""
    text = "\n\n".join(
        [
            _.plural(
                "You have {n} open question. Our colleagues first answer what you asked already.",
                "You have {n} open questions. Our colleagues first answer what you asked already.",
                len(full.open),
            ),
            _(
                "Shall we add this to one of them? If not, it waits here for a day: press Send"
                " again when one is closed."
            ),
        ]
    )
    return text, tuple((_add_to(_, case),) for case in full.open)


def _add_to(_: Words, case: Case) -> Button:
    label = _.label("Add to #{number}", number=case.number)
    return Button(label=label, action=f"ask_add:{case.id}")


def added(_: Words, case: Case) -> str:
    """It goes with an open question."""
    return _("↪️ Added to your question #{number}.", number=case.number)


def muted(_: Words, mute: Mute) -> str:
    """To who is muted: until when, what still works, how to complain."""
    return "\n\n".join(
        [
            _(
                "🔇 Until {moment} our colleagues cannot read what you write here. Answers of the"
                " bot still work.",
                moment=formats.day_and_time(_, mute.until),
            ),
            _("In danger call 112."),
            _(
                "Is this unfair? Complain here, the team does not read it: {command}",
                command="/complaint",
            ),
        ]
    )


def heard_again(_: Words) -> str:
    """The mute was lifted."""
    return _("🔈 Our colleagues can read you again. Please be kind to each other.")


# What the team reads.


def done(_: Words, mute: Mute) -> str:
    """After /mute."""
    return _(
        "🔇 Muted until {moment}. The person has been told, and how to complain. /unmute ends it.",
        moment=formats.day_and_time(_, mute.until),
    )


def undone(_: Words) -> str:
    """After /unmute."""
    return _("🔈 The person can write to the team again and has been told.")


def listing(_: Words, found: Sequence[Mute], names: Mapping[int, str], now: datetime) -> str:
    """The answer to /mutes."""
    if not found:
        return _("Nobody is muted.")
    return "\n".join([_("<b>Muted now</b>"), *(_line(_, one, names) for one in found)])


def _line(_: Words, mute: Mute, names: Mapping[int, str]) -> str:
    number = "—" if mute.number is None else f"#{mute.number}"
    until = formats.day_and_time(_, mute.until)
    who = names.get(mute.by or 0, "—")
    parts = [number, until, who, shortened(mute.reason, _SHOWN)]
    return "• " + " · ".join(html.escape(bidi.contained(part), quote=False) for part in parts)
