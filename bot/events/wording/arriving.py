"""At the door: the own code, and the list of the team."""

from collections.abc import Sequence
from typing import Final, Protocol

from bot.delivery.messages import Button, Buttons
from bot.events.domain import Event, Place, Registration, Taken
from bot.events.wording import screens
from bot.language import bidi
from bot.language.catalog import Words

Screen = tuple[str, Buttons]

PAGE: Final = 20  # people of one screen of the list
_NAME: Final = 30


class Door(Protocol):
    """Everybody who is expected (`service.arriving.Door`)."""

    @property
    def event(self) -> Event: ...
    @property
    def expected(self) -> Sequence[Taken]: ...
    @property
    def came(self) -> int: ...
    @property
    def all(self) -> int: ...


def code(_: Words, event: Event, shown: str) -> str:
    """Below the picture."""
    title = _("🎟 <b>{title}</b>", title=screens.title(_, event))
    when = screens.when(_, event.starts_at, event.ends_at)
    how = _("Show this at the door. No picture? Say the code: {code}", code=_spaced(shown))
    return f"{title}\n{when}\n\n{how}"


def own_code(_: Words, event: Event) -> Screen:
    """Somebody scanned their own code."""
    text = _("This is your own code. Show it at the door: a colleague scans it.")
    return f"{screens.card(_, event, with_contact=False)}\n\n{text}", ()


def in_now(_: Words, event: Event, place: Registration, name: str, *, is_new: bool) -> Screen:
    """To the colleague: who it is, and for how many."""
    said = _("✅ <b>{name}</b> is in.", name=bidi.contained(name))
    if not is_new:
        said = _("☑️ <b>{name}</b> was in already.", name=bidi.contained(name))
    more = screens.with_you(_, place)
    parts = [f"{said}\n{more}" if more else said, screens.card(_, event, with_contact=False)]
    undo = Button(_.label("↩️ Not in"), action=f"ecout:{event.id}:{place.participant}:0")
    rows: list[tuple[Button, ...]] = [(undo,)]
    if place.team is not None:
        rows.append((Button(_.label("👥 The whole team"), action=f"ectteam:{place.team}"),))
    return "\n\n".join(parts), (*rows, *to_list(_, event))


def to_list(_: Words, event: Event) -> Buttons:
    """To the list at the door."""
    return ((Button(_.label("📋 List at the door"), action=f"ecdoor:{event.id}:0"),),)


def ask_code(_: Words, event: Event) -> Screen:
    """A code that somebody says aloud."""
    text = _("⌨️ Write the code that the person says.")
    return text, to_list(_, event)


def door(_: Words, found: Door, *, page: int, has_begun: bool, is_over: bool) -> Screen:
    """Who is expected, ticked by a tap."""
    event = found.event
    parts = [_("📋 <b>At the door</b>"), screens.card(_, event, with_contact=False)]
    if not found.expected:
        parts.append(_("Nobody has a place so far."))
    else:
        counted = _.plural("{came} of {n} person is in.", "{came} of {n} people are in.",
                           found.all, came=found.came)  # fmt: skip
        how = _("Tap a name when somebody comes in, or scan their code with your camera.")
        parts.append(f"{counted}\n{how}")
    some = found.expected[page * PAGE : (page + 1) * PAGE]
    rows = [_guest(_, event, one, page) for one in some]
    return "\n\n".join(parts), (
        *rows,
        *_leaves(_, found, page),
        *_ends(_, found, has_begun=has_begun, is_over=is_over),
    )


def ask_to_close(_: Words, found: Door) -> Screen:
    """Sure that everybody is in?"""
    missing = sum(1 for one in found.expected if one.state is Place.PLACED)
    text = _.plural(
        "<b>Close the list?</b> {n} person is not ticked. We ask them kindly what happened.",
        "<b>Close the list?</b> {n} people are not ticked. We ask them kindly what happened.",
        missing,
    )
    event = found.event
    return f"{screens.card(_, event, with_contact=False)}\n\n{text}", (
        (Button(_.label("✅ Yes, close it"), action=f"ecend:{event.id}:yes"),),
        *to_list(_, event),
    )


def closed(_: Words, event: Event, missing: int) -> Screen:
    """The list is closed."""
    text = _.plural(
        "✅ The list is closed. {n} person did not come.",
        "✅ The list is closed. {n} people did not come.",
        missing,
    )
    return f"{text}\n\n{screens.card(_, event, with_contact=False)}", to_list(_, event)


def _guest(_: Words, event: Event, one: Taken, page: int) -> tuple[Button, ...]:
    more = one.registration.companions
    name = one.name[:_NAME]
    shown = _.label("{name} + {n}", name=name, n=more) if more else name
    where = f"{event.id}:{one.participant}:{page}"
    if one.state is Place.ATTENDED:
        return (Button(_.label("✅ {name}", name=shown), action=f"ecout:{where}"),)
    if one.state is Place.ABSENT:
        return (Button(_.label("✖️ {name}", name=shown), action=f"ecin:{where}"),)
    return (Button(_.label("▫️ {name}", name=shown), action=f"ecin:{where}"),)


def _leaves(_: Words, found: Door, page: int) -> Buttons:
    row = []
    if page:
        row.append(Button(_.label("‹ Before"), action=f"ecdoor:{found.event.id}:{page - 1}"))
    if len(found.expected) > (page + 1) * PAGE:
        row.append(Button(_.label("More ›"), action=f"ecdoor:{found.event.id}:{page + 1}"))
    return (tuple(row),) if row else ()


def _ends(_: Words, found: Door, *, has_begun: bool, is_over: bool) -> Buttons:
    rows: list[tuple[Button, ...]] = []
    event = found.event
    if found.expected and not is_over:
        rows.append((Button(_.label("⌨️ Write a code"), action=f"eccode:{event.id}"),))
    if has_begun and any(one.state is Place.PLACED for one in found.expected):
        rows.append((Button(_.label("🔒 Close the list"), action=f"ecend:{event.id}:ask"),))
    if is_over:
        rows.append((Button(_.label("🙂 How it was"), action=f"ecsaid:{event.id}"),))
    return tuple(rows)


def _spaced(code_: str) -> str:
    """In two halves, so that it can be said."""
    half = len(code_) // 2
    return bidi.isolate_ltr(f"{code_[:half]} {code_[half:]}")
