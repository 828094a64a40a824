"""Can you come? To people who fit a shift for which nobody waits."""

from bot.delivery.messages import Button, Buttons
from bot.events.domain import Event
from bot.events.wording import screens
from bot.language.catalog import Words


def can_you_come(_: Words, event: Event) -> tuple[str, Buttons]:
    """A question, no duty: no is fine."""
    parts = [
        _("🙋 <b>Can you help?</b> A place is free here:"),
        screens.card(_, event, with_contact=False),
        _("Who says yes first has the place. No is fine too."),
    ]
    buttons = (
        (Button(_.label("✅ Yes, I come"), action=f"vtake:{event.id}"),),
        (Button(_.label("No, thank you"), action=f"eno:{event.id}"),),
        (Button(_.label("More about it"), action=f"vshift:{event.id}"),),
    )
    return "\n\n".join(parts), buttons


def nobody_left(_: Words, event: Event, missing: int) -> str:
    """For the team: everybody was asked."""
    parts = [
        _.plural(
            "🙋 <b>{n} person is still wanted.</b> Everybody who fits was asked.",
            "🙋 <b>{n} people are still wanted.</b> Everybody who fits was asked.",
            missing,
        ),
        screens.card(_, event, with_contact=False),
    ]
    return "\n\n".join(parts)
