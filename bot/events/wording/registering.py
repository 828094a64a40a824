"""Signed up, alone or with others; and with how many."""

from bot.delivery.messages import Button, Buttons
from bot.events.domain import Event, Place, Registration
from bot.events.wording import finding, offers, screens
from bot.language.catalog import Words

Screen = tuple[str, Buttons]


def done(_: Words, event: Event, place: Registration, position: int) -> Screen:
    """What they have now."""
    if place.state is Place.WAITING:
        return _waits(_, event, place, position)
    parts = [
        _("✅ <b>You are signed up.</b> We look forward to seeing you!"),
        _with(_, screens.card(_, event, with_link=True), place),
        _("We remind you in time. If you cannot come, tell us: somebody else can then go."),
    ]
    buttons = (*screens.on_the_way(_, event), *finding.others(_, event), *screens.cannot(_, event))
    return "\n\n".join(parts), (*buttons, *finding.back_to_own(_))


def ask_how_many(_: Words, event: Event, mine: Registration | None, most: int) -> Screen:
    """How many come along?"""
    text = _(
        "👥 <b>How many people come with you?</b>\n\nCount them without yourself, children too."
        " We do not ask their names."
    )
    has_one = mine is not None and mine.state in (Place.PLACED, Place.WAITING)
    now = mine.companions if has_one and mine is not None else None
    row = [
        Button(_label(_, count, now), action=f"esign:{event.id}:{count}")
        for count in range(0 if has_one else 1, most + 1)
    ]
    back = Button(_.label("⬅️ Back"), action=f"eone:{event.id}:0:a:")
    return f"{screens.card(_, event, with_contact=False)}\n\n{text}", (
        *(tuple(row[n : n + 3]) for n in range(0, len(row), 3)),
        (back,),
    )


def conflict(_: Words, event: Event, other: Event) -> Screen:
    """Something else at that time."""
    buttons = (*offers.conflict_buttons(_, other), *finding.joining(_, event))
    return offers.conflict(_, event, other), buttons


def _label(_: Words, count: int, now: int | None) -> str:
    if count == now:
        return _.label("✓ {n}", n=count)
    if not count:
        return _.label("Only me")
    return _.label("{n}", n=count)


def _waits(_: Words, event: Event, place: Registration, position: int) -> Screen:
    text, buttons = offers.waiting(_, event, position)
    own = (*finding.others(_, event), *buttons, *finding.back_to_own(_))
    return _with(_, text, place), own


def _with(_: Words, text: str, place: Registration) -> str:
    more = screens.with_you(_, place)
    return f"{text}\n{more}" if more else text
