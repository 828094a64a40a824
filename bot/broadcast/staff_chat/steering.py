"""Start, pause, go on, stop: in the group below the progress, and in the own chat."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import Broadcast
from bot.broadcast.service import drafting, rows, steering
from bot.broadcast.staff_chat import screens
from bot.broadcast.wording import progress as wording
from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Handler, Routes
from bot.errors import number_in
from bot.people.domain import Person
from bot.storage.transaction import Tx

# (desk, tx, person, id, now=…) -> as it stands after it
Steers = Callable[..., Awaitable[Broadcast]]


def routes(desk: BroadcastDesk) -> Routes:
    """The same buttons in both places."""
    own: dict[str, Handler] = {
        "bcgo": partial(start, desk),
        "bcpause": partial(steer, desk, steering.pause),
        "bcresume": partial(steer, desk, steering.resume),
        "bccancel": partial(cancel, desk),
    }
    group: dict[str, Handler] = {
        "bgpause": partial(steer, desk, steering.pause),
        "bggo": partial(steer, desk, steering.resume),
        "bgcancel": partial(cancel, desk),
        "bgshow": partial(steer, desk, _look),
    }
    return Routes(actions=own, staff_actions=group)


async def start(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """📤 A message to few."""
    id_, _colon, sign = tap.argument.partition(":")
    found = await steering.start(desk, tx, person, number_in(id_), sign, now=tap.at)
    return [await screens.shown(desk, tx, person, found, tap)]


async def steer(
    desk: BroadcastDesk, how: Steers, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """⏸ ▶️"""
    found = await how(desk, tx, person, number_in(tap.argument), now=tap.at)
    return [await _progress(desk, tx, person, found, tap)]


async def cancel(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✖️ Asks once more, then stops it for good."""
    id_, _colon, sure = tap.argument.partition(":")
    if sure == "yes":
        found = await steering.cancel(desk, tx, person, number_in(id_), now=tap.at)
        return [await _progress(desk, tx, person, found, tap)]
    found = await drafting.look(tx, person, number_in(id_))
    _ = desk.words(person) if tap.is_private else desk.staff_words
    text, buttons = wording.sure(_, found, in_group=not tap.is_private)
    return [Edit(text=text, buttons=buttons)]


async def _look(desk: BroadcastDesk, tx: Tx, person: Person, id_: int, *, now: object) -> Broadcast:
    return await drafting.look(tx, person, id_)


async def _progress(
    desk: BroadcastDesk, tx: Tx, person: Person, found: Broadcast, tap: Tapped
) -> Message:
    """In the group the message that was tapped; in the own chat the screen."""
    if tap.is_private:
        return await screens.shown(desk, tx, person, found, tap)
    counts = await rows.fates(tx, found.id)
    text, buttons = wording.going(desk.staff_words, found, counts, now=tap.at, in_group=True)
    return Edit(text=text, buttons=buttons)
