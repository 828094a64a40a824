"""What everybody sees and taps: which messages they get, and the end of them."""

from datetime import datetime

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import Topic
from bot.broadcast.service import subscriptions
from bot.broadcast.wording import topics as wording
from bot.broadcast.wording.topics import Thing
from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import Outdated
from bot.people.desk import Things
from bot.people.domain import Person
from bot.storage.transaction import Tx


def combined(desk: BroadcastDesk) -> Routes:
    """The slice's share of everybody's conversation."""
    commands: dict[str, Shows[BroadcastDesk]] = {"messages": show}
    actions: dict[str, Shows[BroadcastDesk]] = {"bset": choose, "bstop": stop}
    return Routes(
        commands=bound(desk, commands),
        starts=bound(desk, {"messages": show}),
        actions=bound(desk, actions),
    )


def my_things(desk: BroadcastDesk) -> tuple[Things, ...]:
    """A button of "My things"."""

    async def things(tx: Tx, person: Person, now: datetime) -> list[Thing]:
        return [wording.thing(desk.catalogs.words(person.language))]

    return (things,)


async def show(desk: BroadcastDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """/messages, and the link or QR code that leads there."""
    chosen = await subscriptions.of_person(tx, person.id)
    text, buttons = wording.choice(desk.catalogs.words(person.language), chosen)
    return [Outgoing(text=text, buttons=buttons)]


async def choose(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """📬 in "My things"; a tap on a topic changes it."""
    if tap.argument:
        topic, _colon, wish = tap.argument.partition(":")
        if wish not in ("0", "1"):
            raise Outdated
        await subscriptions.choose(tx, person, _topic(topic), is_on=wish == "1", now=tap.at)
    chosen = await subscriptions.of_person(tx, person.id)
    text, buttons = wording.choice(desk.catalogs.words(person.language), chosen)
    if not tap.argument:
        return [Outgoing(text=text, buttons=buttons)]
    return [Edit(text=text, buttons=buttons)]


async def stop(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🔕 below a message to many: one tap, and it is so; what was said stays to be read."""
    topic = _topic(tap.argument)
    await subscriptions.choose(tx, person, topic, is_on=False, now=tap.at)
    text, buttons = wording.stopped(desk.catalogs.words(person.language), topic)
    return [Outgoing(text=text, buttons=buttons)]


def _topic(named: str) -> Topic:
    """What a button carries may be forged. Raises Outdated."""
    try:
        return Topic(named)
    except ValueError:
        raise Outdated from None
