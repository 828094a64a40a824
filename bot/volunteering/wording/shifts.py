"""Shifts: to choose from, one's own, one in full; who comes; and whom to call."""

from collections.abc import Sequence
from typing import Protocol

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.events.domain import Event, Place, Registration, Taken
from bot.events.wording import screens
from bot.language.catalog import Words
from bot.volunteering.wording import questions

_TITLE = 40  # letters of a title on a button
_AT_ONCE = 3  # shifts under "My things"


class Seen(Protocol):
    """A shift as one volunteer sees it (`service.shifts.Seen`)."""

    @property
    def event(self) -> Event: ...
    @property
    def organisation(self) -> str: ...
    @property
    def mine(self) -> Registration | None: ...
    @property
    def position(self) -> int: ...


def list_of_open(
    _: Words, shifts: Sequence[Seen], *, page: int, has_more: bool
) -> tuple[str, Buttons]:
    """The shifts to come, by date."""
    if not shifts:
        text = _("📅 There are no shifts to take right now. Look again another day.")
        return text, (*_own_button(_), _home(_))
    lines = [
        _("📅 <b>Shifts to come</b>"),
        *(_open_line(_, n, one) for n, one in _numbered(shifts)),
    ]
    rows = [_shift_button(_, number, one) for number, one in _numbered(shifts)]
    leaf = []
    if page:
        leaf.append(Button(_.label("‹ Earlier"), action=f"vshifts:{page - 1}"))
    if has_more:
        leaf.append(Button(_.label("Later ›"), action=f"vshifts:{page + 1}"))
    leaves = (tuple(leaf),) if leaf else ()
    return "\n\n".join(lines), (*rows, *leaves, *_own_button(_), _home(_))


def list_of_own(_: Words, shifts: Sequence[Seen]) -> tuple[str, Buttons]:
    """What somebody has, waits for, or is asked for."""
    if not shifts:
        text = _("🗓 You have no shifts at the moment.")
    else:
        lines = [_("🗓 <b>My shifts</b>"), *(_own_line(_, n, one) for n, one in _numbered(shifts))]
        text = "\n\n".join(lines)
    rows = [_shift_button(_, number, one) for number, one in _numbered(shifts)]
    return text, (*rows, *_open_button(_), _home(_))


def one(_: Words, seen: Seen, *, can_take: bool) -> tuple[str, Buttons]:
    """One shift in full, and what can be done now."""
    event = seen.event
    is_placed = seen.mine is not None and seen.mine.state is Place.PLACED
    parts = [screens.card(_, event, with_contact=is_placed)]
    if seen.organisation:
        parts[0] += "\n" + _("🏠 {organisation}", organisation=seen.organisation)
    if described := event.text(_.code):
        parts.append(_("{text}", text=described))
    parts.append(_standing(_, seen))
    back = _own_button(_) if seen.mine is not None else _open_button(_)
    ask = (questions.button(_, f"e{event.id}"),)
    return "\n\n".join(parts), (*_steps(_, seen, can_take=can_take), ask, *back)


def after(_: Words, buttons: Buttons) -> Buttons:
    """What can be done after taking a shift, and the way to all of them."""
    return (*buttons, *_own_button(_))


def must_agree(_: Words, sentence: str) -> tuple[str, Buttons]:
    """The rules come first; the way to them."""
    agree = (Button(_.label("✅ Read and agree"), action="vagree"),)
    return _(sentence), (agree, *_open_button(_))


def evening_list(_: Words, event: Event, told: Sequence[Taken]) -> str:
    """Who comes."""
    days_card = screens.card(_, event, with_contact=False)
    head = _("📋 <b>Who comes</b>")
    if not told:
        return "\n\n".join([head, days_card, _("Nobody has a place so far.")])
    lines = [_comes(_, one) for one in told]
    count = sum(one.registration.size for one in told)
    parts = [
        head,
        days_card,
        "\n".join(lines),
        _.plural("{n} person in all.", "{n} people in all.", count),
    ]
    if count < event.draft.minimum:
        parts.append(_("⚠️ That is fewer than {minimum}.", minimum=event.draft.minimum))
    return "\n\n".join(parts)


_CALLS = {
    "offer": N_("📞 Please call {name}: a place is free, and it is their turn."),
    "first_tap": N_("📞 Please call {name}: a place is free, and it begins soon."),
    "changed": N_("📞 Please call {name}: something has changed."),
    "cancelled": N_("📞 Please call {name}: it does not take place."),
    "there": N_("❓ {name} says: I was there. The list says no."),
}


def call_card(_: Words, event: Event, taken: Taken, what: str) -> tuple[str, Buttons]:
    """For the team: whom to call, and why; the answer can be tapped."""
    text = _(_CALLS[what], name=taken.name)
    parts = [text, screens.card(_, event, with_contact=False)]
    who = f"{event.id}:{taken.participant}"
    if what == "there":
        return "\n\n".join(parts), (
            (Button(_.label("✅ Was there"), action=f"vccall:{who}:came"),),
        )
    if what not in ("offer", "first_tap"):
        return "\n\n".join(parts), ()
    return "\n\n".join(parts), (
        (
            Button(_.label("✅ Comes"), action=f"vccall:{who}:yes"),
            Button(_.label("✖️ Does not"), action=f"vccall:{who}:no"),
        ),
    )


CALL_ENDS = {
    "yes": N_("📞 {name} was called and comes. ({by})"),
    "no": N_("📞 {name} was called and does not come. ({by})"),
    "came": N_("✅ {name} was there after all. ({by})"),
}


def call_end(_: Words, answer: str, *, name: str, by: str) -> str:
    """What came of a call: the card needs nobody any more."""
    return _(CALL_ENDS[answer], name=name, by=by)


def _numbered(shifts: Sequence[Seen]) -> list[tuple[int, Seen]]:
    return list(enumerate(shifts, 1))


def _title(_: Words, event: Event) -> str:
    return screens.title(_, event)


def _shift_button(_: Words, number: int, seen: Seen) -> tuple[Button, ...]:
    label = _.label("{number}. {name}", number=number, name=_title(_, seen.event)[:_TITLE])
    return (Button(label, action=f"vshift:{seen.event.id}"),)


def _head(_: Words, number: int, seen: Seen) -> str:
    where = seen.event.draft.town or seen.event.draft.place
    name = " · ".join(part for part in (seen.organisation, where) if part)
    lines = [
        _("<b>{number}. {title}</b>", number=number, title=_title(_, seen.event)),
        screens.when(_, seen.event.starts_at, seen.event.ends_at),
    ]
    return "\n".join([*lines, *([_("📍 {place}", place=name)] if name else [])])


def _open_line(_: Words, number: int, seen: Seen) -> str:
    return "\n".join([_head(_, number, seen), _standing(_, seen)])


def _own_line(_: Words, number: int, seen: Seen) -> str:
    return "\n".join([_head(_, number, seen), _standing(_, seen)])


def _free(_: Words, event: Event) -> str:
    if event.free is None:
        return _("✅ There is room.")
    if event.free == 0:
        return _("⏳ Full: you can wait.")
    return _.plural("✅ {n} place is free.", "✅ {n} places are free.", event.free)


def _standing(_: Words, seen: Seen) -> str:
    """What the volunteer has there, in one line."""
    state = None if seen.mine is None else seen.mine.state
    if state is Place.PLACED:
        assert seen.mine is not None
        is_confirmed = seen.mine.confirmed_at is not None
        return _("✅ You come.") if is_confirmed else _("✅ You have a place.")
    if state is Place.WAITING:
        return _("⏳ You wait, number {position}.", position=seen.position)
    if state is Place.OFFERED:
        return _("🎉 A place is free for you: please answer.")
    if state is Place.ASKED:
        return _("🙋 You are asked for this: can you come?")
    if state is Place.ATTENDED:
        return _("✅ You were there. Thank you!")
    return _free(_, seen.event)


def _steps(_: Words, seen: Seen, *, can_take: bool) -> Buttons:
    state = None if seen.mine is None else seen.mine.state
    event = seen.event
    if state is Place.PLACED:
        is_sure = seen.mine is not None and seen.mine.confirmed_at is not None
        further = screens.cannot(_, event) if is_sure else screens.come_or_not(_, event)
        return (*further, *screens.on_the_way(_, event))
    if state is Place.WAITING:
        return ((Button(_.label("Leave the waitlist"), action=f"egive:{event.id}"),),)
    if state is Place.OFFERED:
        return (
            (Button(_.label("✅ Yes, I take it"), action=f"eyes:{event.id}"),),
            (Button(_.label("No, thank you"), action=f"eno:{event.id}"),),
        )
    if not can_take or state in (Place.ATTENDED, Place.ABSENT):
        return ()
    return (_take(_, event),)


def _take(_: Words, event: Event) -> tuple[Button, ...]:
    label = _.label("✋ I take this shift") if event.has_room() else _.label("⏳ Join the waitlist")
    return (Button(label, action=f"vtake:{event.id}"),)


def _own_button(_: Words) -> Buttons:
    return ((Button(_.label("🗓 My shifts"), action="vmine"),),)


def _home(_: Words) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), action="vhome"),)


def _open_button(_: Words) -> Buttons:
    return ((Button(_.label("📅 Shifts to come"), action="vshifts:0"),),)


def _comes(_: Words, one: Taken) -> str:
    more = one.registration.companions
    name = _("{name} + {n}", name=one.name, n=more) if more else _("{name}", name=one.name)
    if one.person_id is None:
        return _("📞 {name} (no Telegram)", name=one.name)
    return f"✅ {name}" if one.is_confirmed else f"▫️ {name}"


def things(_: Words, shifts: Sequence[Seen]) -> list[tuple[str, Button | None]]:
    """Lines of "My things": the next shifts, and below the first the way to all of them."""
    lines: list[tuple[str, Button | None]] = []
    for seen in shifts[:_AT_ONCE]:
        title = _("<b>{title}</b>", title=_title(_, seen.event))
        when = screens.when(_, seen.event.starts_at, seen.event.ends_at)
        button = None if lines else Button(_.label("🗓 My shifts"), action="vmine")
        lines.append(("\n".join([title, when, _standing(_, seen)]), button))
    return lines
