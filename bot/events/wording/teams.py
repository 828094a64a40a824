"""Teams for the walk as walkers see them: one's own, an invitation, what the captain changes."""

from collections.abc import Sequence
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.events.domain import Event, Place, Registration
from bot.events.domain.teams import Member, SlotRoom, Team
from bot.events.wording import screens
from bot.language import formats
from bot.language.catalog import N_label, Words

Screen = tuple[str, Buttons]

NEW_TITLE = N_("👥 New team")
ASK_NAME = N_("What is your team called?")
ASK_SIZE = N_("For how many walkers is the team, you included? You can change it later.")
ASK_SLOT = N_("When does your team set off?")
L_NAME, L_SIZE, L_SLOT = N_label("Team"), N_label("Walkers"), N_label("Start time")
NAME_TITLE, SIZE_TITLE = N_("✏️ Name of the team"), N_("👥 Size of the team")
LATER: Final = "later"
QUICK: Final = (5, 10, 15, 20)
MOST_NAMES: Final = 40  # on one screen


def doors(_: Words, event: Event, place: Registration | None) -> Buttons:
    """What somebody without a team may do at a walk."""
    has_place = place is not None and place.state in (Place.PLACED, Place.WAITING, Place.OFFERED)
    rows = [(Button(_.label("👥 Make a team"), action=f"etnew:{event.id}"),)]
    if place is not None and has_place and place.wants_team:
        label = _.label("✖️ I need no team any more")
        rows.append((Button(label, action=f"etalone:{event.id}"),))
    else:
        rows.append((Button(_.label("🙋 Find me a team"), action=f"etwant:{event.id}"),))
    if not has_place:
        rows.append((Button(_.label("🚶 Walk alone"), action=f"etalone:{event.id}"),))
    return tuple(rows)


def for_staff(_: Words, event: Event) -> Buttons:
    """To the list of the whole walk, for whoever organises it."""
    return ((Button(_.label("📋 Walk and teams"), action=f"ect:{event.id}"),),)


def to_team(_: Words, event: Event) -> Buttons:
    """To one's team, or to what may be done without one."""
    return ((Button(_.label("👥 Team and start time"), action=f"et:{event.id}"),),)


def alone(
    _: Words, event: Event, place: Registration | None, *, has_slots: bool, position: int = 0
) -> Screen:
    """Without a team: what somebody has, and what they may do."""
    mine = event if place is None else event.for_place(place)
    parts = [screens.card(_, mine, with_contact=False), _alone(_, place, has_slots, position)]
    rows = list(doors(_, event, place))
    is_on = place is not None and place.state in (Place.PLACED, Place.WAITING)
    if is_on and has_slots:
        rows.insert(0, (Button(_.label("🕘 Start time"), action=f"etmy:{event.id}"),))
    where = "own" if is_on else "0:a:"
    back = Button(_.label("⬅️ Back"), action=f"eone:{event.id}:{where}")
    return "\n\n".join(parts), (*rows, (back,))


def team(
    _: Words,
    event: Event,
    own: Team,
    members: Sequence[Member],
    place: Registration,
    *,
    position: int = 0,
    has_slots: bool = False,
) -> Screen:
    """One's team: who is in it, when it sets off, and what may be done."""
    leads = own.captain == place.participant
    parts = [_head(_, own), screens.card(_, event.for_place(place), with_contact=False)]
    if has_slots and own.slot is None:
        parts.append(_no_start(_, leads=leads))
    parts.append(_members(_, own, members))
    if place.state is Place.WAITING:
        parts.append(_waits(_, position))
    steps = _steps(_, event, own, leads=leads, has_slots=has_slots)
    way = screens.on_the_way(_, event) if place.state is Place.PLACED else ()
    leave = Button(_.label("👋 Leave the team"), action=f"etleave:{event.id}")
    return "\n\n".join(parts), (*steps, *way, (leave,))


def invited(_: Words, event: Event, own: Team) -> Screen:
    """Behind the link: what it is about, and one tap."""
    begins = _starting(event, own)
    parts = [
        _("👥 <b>Team {name} invites you to walk along.</b>", name=own.name or "—"),
        screens.card(_, begins, with_contact=False),
    ]
    if not own.free:
        parts.append(_("This team is complete."))
        return "\n\n".join(parts), doors(_, event, None)
    parts.append(_("{seats} of {size} walkers have joined.", seats=own.seats, size=own.size))
    parts.append(_("One tap is enough. The team sees your first name, nothing else."))
    join = Button(_.label("✅ I walk along"), action=f"etjoin:{own.token}")
    return "\n\n".join(parts), ((join,),)


def joined(_: Words, event: Event, own: Team, place: Registration, *, position: int = 0) -> Screen:
    """In the team since now."""
    parts = [_("✅ <b>You walk with team {name}.</b>", name=own.name or "—")]
    if place.state is Place.WAITING:
        parts = [_("👥 <b>You belong to team {name}.</b>", name=own.name or "—")]
        parts.append(_waits(_, position))
    parts.append(screens.card(_, event.for_place(place)))
    parts.append(_("{seats} of {size} walkers have joined.", seats=own.seats, size=own.size))
    rows: list[tuple[Button, ...]] = [(Button(_.label("👥 My team"), action=f"et:{event.id}"),)]
    if place.state is Place.PLACED:
        rows += screens.on_the_way(_, event)
    return "\n\n".join(parts), (*rows, *screens.cannot(_, event))


def made(_: Words, event: Event, own: Team, place: Registration, *, position: int = 0) -> Screen:
    """The team is there: now its walkers."""
    parts = [
        _("🎉 <b>Team {name} is ready.</b> You are its captain.", name=own.name or "—"),
        screens.card(_, event.for_place(place)),
        _("Now invite your walkers: send them the link, or let them scan the QR code."),
    ]
    if place.state is Place.WAITING:
        parts.append(_waits(_, position))
    return "\n\n".join(parts), (
        (Button(_.label("🔗 Invite walkers"), action=f"etlink:{own.id}"),),
        (Button(_.label("👥 My team"), action=f"et:{event.id}"),),
    )


def invitation(_: Words, event: Event, own: Team, link: str) -> Screen:
    """To be forwarded: it stands by itself."""
    text = _(
        "👥 <b>Walk along with team {name}!</b>\n\n{card}\n\nOpen this link and join with one"
        " tap:\n{link}",
        name=own.name or "—",
        card=screens.card(_, _starting(event, own), with_contact=False),
        link=link,
    )
    return text, ((Button(_.label("✅ I walk along"), url=link),),)


def qr_caption(_: Words, own: Team) -> Screen:
    """Below the picture, which is the captain's."""
    text = _(
        "⬆️ Forward the message above to your walkers, or let them scan this. The link counts until"
        " you make a new one."
    )
    return text, (
        (Button(_.label("🔁 New link"), action=f"etrenew:{own.id}"),),
        (Button(_.label("👥 My team"), action=f"et:{own.event_id}"),),
    )


def sure_to_renew(_: Words, own: Team) -> Screen:
    """Once more."""
    text = _(
        "🔁 <b>Make a new link?</b> The old link and QR code stop working. Who has joined stays."
    )
    return text, (
        (Button(_.label("🔁 New link"), action=f"etrenew:{own.id}:yes"),),
        _back(_, own),
    )


def settings(_: Words, own: Team, *, has_slots: bool) -> Screen:
    """What only the captain may."""
    id_ = own.id
    rows = [
        (
            Button(_.label("✏️ Name"), action=f"etname:{id_}"),
            Button(_.label("👥 Size"), action=f"etsize:{id_}"),
        ),
        (Button(_.label("👋 Take somebody off"), action=f"etout:{id_}"),),
        (Button(_.label("⭐ Another captain"), action=f"etcap:{id_}"),),
        (Button(_.label("✖️ Dissolve the team"), action=f"etend:{id_}"),),
        _back(_, own),
    ]
    if has_slots:
        rows.insert(0, (Button(_.label("🕘 Start time"), action=f"etslot:{id_}"),))
    return f"{_head(_, own)}\n\n{_('What do you want to change?')}", tuple(rows)


def choose_slot(_: Words, rooms: Sequence[SlotRoom], size: int, *, own: Team | None) -> Screen:
    """The times with room for the team, or for who walks alone (`own` None)."""
    free = [one for one in rooms if one.has_room(size, is_team=own is not None)]
    event_id = rooms[0].slot.event_id if rooms else 0
    keys = [
        _slot_button(_, one, event_id, own)
        for one in free[:60]
        if own is None or own.slot != one.slot.id
    ]
    text = _("🕘 <b>When do you want to set off?</b>")
    if not keys:
        text = _("🕘 There is no other start time with room for {size}.", size=size)
    back = (Button(_.label("⬅️ Back"), action=f"et:{event_id}"),)
    return text, (*(tuple(keys[n : n + 2]) for n in range(0, len(keys), 2)), back)


def _slot_button(_: Words, one: SlotRoom, event_id: int, own: Team | None) -> Button:
    label = slot_label(_, one)
    if own is None:
        return Button(label, action=f"etmy:{event_id}:{one.slot.id}")
    return Button(label, action=f"etslot:{own.id}:{one.slot.id}")


def slot_label(_: Words, one: SlotRoom) -> str:
    """A time, and for how many there is room."""
    at = formats.time_words(_, one.slot.starts_at)
    if one.free is None:
        return at
    return _.label("{time} · {n} free", time=at, n=one.free)


def choose_gone(_: Words, own: Team, members: Sequence[Member]) -> Screen:
    """Who walks no longer with the team?"""
    rows = tuple(
        (Button(one.name[:40], action=f"etout:{own.id}:{one.registration.id}"),)
        for one in _others(members)
    )
    text = (
        _("👋 <b>Who walks no longer with the team?</b>") if rows else _("Nobody has joined yet.")
    )
    return text, (*rows, _back(_, own))


def choose_captain(_: Words, own: Team, members: Sequence[Member]) -> Screen:
    """Who leads the team from now on?"""
    rows = tuple(
        (Button(one.name[:40], action=f"etcap:{own.id}:{one.registration.id}"),)
        for one in _others(members)
        if one.has_telegram
    )
    text = _("⭐ <b>Who is the captain from now on?</b>") if rows else _("Nobody has joined yet.")
    return text, (*rows, _back(_, own))


def sure_of_gone(_: Words, own: Team, one: Member) -> Screen:
    """Once more."""
    text = _(
        "<b>Take {name} off the team?</b> The place at the walk stays; {name} hears of it.",
        name=one.name,
    )
    yes = Button(_.label("Yes, take off"), action=f"etout:{own.id}:{one.registration.id}:yes")
    return text, ((yes,), _back(_, own))


def sure_of_captain(_: Words, own: Team, one: Member) -> Screen:
    """Once more."""
    text = _("<b>Is {name} the captain from now on?</b> You stay in the team.", name=one.name)
    label = _.label("Yes, give the captaincy")
    yes = Button(label, action=f"etcap:{own.id}:{one.registration.id}:yes")
    return text, ((yes,), _back(_, own))


def _others(members: Sequence[Member]) -> list[Member]:
    return [one for one in members if not one.is_captain][:MOST_NAMES]


def sure_to_leave(_: Words, event: Event, own: Team) -> Screen:
    """Alone, or not at all?"""
    text = _("<b>Leave team {name}?</b>", name=own.name or "—")
    return text, (
        (Button(_.label("🚶 Yes, I walk alone"), action=f"etleave:{event.id}:yes"),),
        *screens.cannot(_, event),
        _back(_, own),
    )


def sure_to_dissolve(_: Words, own: Team) -> Screen:
    """Once more."""
    text = _(
        "<b>Dissolve team {name}?</b> All {seats} walkers keep their places and walk without a"
        " team. If only you leave, somebody else becomes the captain.",
        name=own.name or "—",
        seats=own.seats,
    )
    return text, (
        (Button(_.label("Yes, dissolve it"), action=f"etend:{own.id}:yes"),),
        _back(_, own),
    )


def _alone(_: Words, place: Registration | None, has_slots: bool, position: int) -> str:
    state = None if place is None else place.state
    if place is None or state not in (Place.PLACED, Place.WAITING, Place.OFFERED):
        return _("Walk with a team, or alone. A team invites its own walkers by a link.")
    if state is Place.WAITING:
        return _waits(_, position)
    if state is Place.OFFERED:
        return _("🎉 A place is free for you: please answer.")
    lines = [_("✅ You have a place and walk without a team.")]
    if place.wants_team:
        lines = [_("🙋 You have a place. A colleague looks for a team and writes to you.")]
    if has_slots and place.own_start is None:
        lines.append(_("🕘 Choose your start time."))
    return "\n".join(lines)


def _steps(_: Words, event: Event, own: Team, *, leads: bool, has_slots: bool) -> Buttons:
    rows: list[tuple[Button, ...]] = []
    if leads:
        rows.append((Button(_.label("🔗 Invite walkers"), action=f"etlink:{own.id}"),))
        if has_slots and own.slot is None:
            rows.append((Button(_.label("🕘 Start time"), action=f"etslot:{own.id}"),))
        rows.append((Button(_.label("⚙️ Change the team"), action=f"etset:{own.id}"),))
    return tuple(rows)


def _members(_: Words, own: Team, members: Sequence[Member]) -> str:
    names = [_member(_, one) for one in members[:MOST_NAMES]]
    head = _("<b>Walkers: {seats} of {size}</b>", seats=own.seats, size=own.size)
    more = ["…"] if len(members) > MOST_NAMES else []
    return "\n".join([head, _("{names}", names=formats.listing(_, [*names, *more]))])


def _member(_: Words, one: Member) -> str:
    signs = "⭐ " if one.is_captain else ""
    waits = " ⏳" if one.registration.state in (Place.WAITING, Place.OFFERED) else ""
    others = f" +{one.registration.companions}" if one.registration.companions else ""
    return f"{signs}{one.name}{others}{waits}"


def _head(_: Words, own: Team) -> str:
    return _("👥 <b>Team {name}</b>", name=own.name or "—")


def _no_start(_: Words, *, leads: bool) -> str:
    if leads:
        return _("🕘 Choose a start time for your team.")
    return _("🕘 The captain has not chosen a start time yet.")


def _waits(_: Words, position: int) -> str:
    return _(
        "⏳ The walk is full. You are on the waitlist, number {position}. We write to you as soon"
        " as a place is free for you.",
        position=position,
    )


def _starting(event: Event, own: Team) -> Event:
    """The walk as this team knows it."""
    return event if own.starts_at is None else event.starting(own.starts_at)


def _back(_: Words, own: Team) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), action=f"et:{own.event_id}"),)
