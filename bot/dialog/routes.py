"""Who answers what. Each slice offers its `Routes`; `app.wiring` combines them.

A handler is `async (tx, person, incoming) -> list[Message]`; it returns what the speaker hears and
leaves the addressing to the turn. A listener may also return None: not mine, ask the next.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, TypeVar

from bot.delivery.messages import Message
from bot.dialog.form import Form
from bot.storage.transaction import Tx

# The person is the slice `people`'s, one floor up; `recognise` hands it in, so it is opaque here.
Person = Any
Handler = Callable[[Tx, Person, Any], Awaitable[list[Message]]]
Listener = Callable[[Tx, Person, Any], Awaitable[list[Message] | None]]
# Also given what was asked about; None: this is no answer, go on as if nothing had been asked.
Answer = Callable[[Tx, Person, Any, str], Awaitable[list[Message] | None]]

Desk = TypeVar("Desk")
Shows = Callable[[Desk, Tx, Any, Any], Awaitable[list[Message]]]  # a handler as a slice writes it


@dataclass(frozen=True, slots=True)
class Routes:
    """One slice's share of the conversation.

    starts         prefix of a /start payload ("q" for "/start q_asylum") -> handler
    commands       command without its slash, in a private chat
    menu           msgid of a reply-keyboard label, understood in every language
    actions        name before the colon in a button's action; refused outside a private chat
    forms          dialogs with several steps (`dialog.forms`)
    prompts        name of a prompt (`dialog.prompts`) -> who takes the next message as its answer
    hears          private chat, everything else, in order; the first that answers wins
    staff_commands command without its slash, in the staff group
    staff_actions  like actions, for buttons in the staff group; each checks the role itself
    staff_hears    staff group, everything else (also edits, reactions, memberships, topics)
    """

    starts: dict[str, Handler] = field(default_factory=dict)
    commands: dict[str, Handler] = field(default_factory=dict)
    menu: dict[str, Handler] = field(default_factory=dict)
    actions: dict[str, Handler] = field(default_factory=dict)
    prompts: dict[str, Answer] = field(default_factory=dict)
    hears: tuple[Listener, ...] = ()
    staff_commands: dict[str, Handler] = field(default_factory=dict)
    staff_actions: dict[str, Handler] = field(default_factory=dict)
    staff_hears: tuple[Listener, ...] = ()
    forms: tuple[Form, ...] = ()


def bound(desk: Desk, screens: Mapping[str, Shows[Desk]]) -> dict[str, Handler]:
    """A slice's screens with its desk laid in front of them."""
    return {name: partial(screen, desk) for name, screen in screens.items()}


async def first_that_answers(
    listeners: Sequence[Listener], tx: Tx, person: Person, incoming: Any
) -> list[Message] | None:
    """Ask one after the other; None when it is nobody's."""
    for listener in listeners:
        if (replies := await listener(tx, person, incoming)) is not None:
            return replies
    return None


def combine(*shares: Routes) -> Routes:
    """All shares as one. Raises ValueError when two slices claim the same name."""
    whole = Routes()
    for one in fields(Routes):
        values = [getattr(share, one.name) for share in shares]
        if isinstance(getattr(whole, one.name), tuple):
            object.__setattr__(whole, one.name, tuple(item for value in values for item in value))
            continue
        target = getattr(whole, one.name)
        for value in values:
            if both := target.keys() & value.keys():
                raise ValueError(f"two routes for {one.name} {sorted(both)}")
            target.update(value)
    if both := whole.actions.keys() & whole.staff_actions.keys():
        raise ValueError(f"routes for newcomers and for staff {sorted(both)}")
    return whole
