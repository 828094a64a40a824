"""Which messages somebody gets: chosen in "My things", ended below each of them."""

from collections.abc import Mapping
from typing import Final

from bot.broadcast.domain import Topic
from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language.catalog import N_label, Words

Screen = tuple[str, Buttons]
Thing = tuple[str, Button | None]

# In Telegram's own list of commands, and in /help.
COMMANDS: tuple[tuple[str, str], ...] = (("messages", N_("Which messages you get from us")),)

NAMES: Final[Mapping[Topic, str]] = {
    Topic.NEWS: N_label("Practical news"),
    Topic.NEWSLETTER: N_label("Newsletter"),
    Topic.ACTIVITIES: N_label("Activities"),
    Topic.REFUGEE_DAY: N_label("World Refugee Day"),
    Topic.THANKS: N_label("Thank-you messages"),
}


def choice(_: Words, chosen: Mapping[Topic, bool]) -> Screen:
    """Every topic, ticked or not; a tap changes it."""
    text = _(
        "📬 <b>Messages from us</b>\n\nTap to choose what you want to get. Answers to your own"
        " questions always come."
    )
    rows = [
        (
            Button(
                f"{'✅' if is_on else '▫️'} {_.label(NAMES[topic])}",
                action=f"bset:{topic}:{int(not is_on)}",
            ),
        )
        for topic, is_on in chosen.items()
    ]
    return text, tuple(rows)


def thing(_: Words) -> Thing:
    """A button of "My things"."""
    return "", Button(_.label("📬 Messages from us"), action="bset")


def stop(_: Words, topic: Topic) -> tuple[Button, ...]:
    """Below every message to many."""
    return (Button(_.label("🔕 Unsubscribe"), action=f"bstop:{topic}"),)


def stopped(_: Words, topic: Topic) -> Screen:
    """They do not come any more."""
    text = _(
        "All right. You get no more messages of this kind: {topic}.", topic=_.plain(NAMES[topic])
    )
    back = Button(_.label("↩️ I do want them"), action=f"bset:{topic}:1")
    return text, ((back,), (Button(_.label("📬 Messages from us"), action="bset"),))
