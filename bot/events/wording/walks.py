"""A walk as its organisers see it: start times, teams, who looks for one, who is here."""

from collections.abc import Sequence

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.events.domain import Event
from bot.events.domain.teams import Member, SlotRoom, Team, Walk
from bot.events.wording import screens
from bot.language import formats
from bot.language.catalog import N_label, Words

Screen = tuple[str, Buttons]

PAGE = 12  # teams on one screen
MOST = 60  # keys on one screen

SLOTS_TITLE, ROOM_TITLE = N_("🕘 Start times"), N_("👥 Room at a start time")
FIRST, LAST = N_("When do the first walkers set off?"), N_("When do the last ones set off?")
EVERY = N_("After how many minutes do the next ones set off?")
WALKERS = N_("How many walkers may set off at the same time?")
TEAMS = N_("How many teams may set off at the same time?")
WHO = N_("What is the walker’s name?")
WHO_TITLE = N_("➕ A walker without Telegram")
L_FIRST, L_LAST, L_EVERY = N_label("First"), N_label("Last"), N_label("Minutes between")
L_WALKERS, L_TEAMS, L_NAME = N_label("Walkers"), N_label("Teams"), N_label("Name")


def walk(_: Words, found: Walk, *, plans: bool) -> Screen:
    """The counts, and where everything is. `plans`: may the reader change it?"""
    id_ = found.event.id
    parts = [screens.card(_, found.event, with_contact=False), _counts(_, found)]
    rows: list[tuple[Button, ...]] = [
        (Button(_.label("👥 Teams: {n}", n=len(found.rolls)), action=f"ectteams:{id_}:0"),),
    ]
    if plans:
        slots = _.label("🕘 Start times: {n}", n=len(found.slots))
        rows.append((Button(slots, action=f"ectslots:{id_}"),))
        if found.seekers:
            label = _.label("🙋 Look for a team: {n}", n=len(found.seekers))
            rows.append((Button(label, action=f"ectseek:{id_}"),))
        rows.append((Button(_.label("📥 Walkers from a list"), action=f"eciw:{id_}"),))
    rows.append(
        (
            Button(_.label("📄 List to print"), action=f"ectfile:{id_}:xlsx"),
            Button(_.label("📄 CSV"), action=f"ectfile:{id_}:csv"),
        )
    )
    return "\n\n".join(parts), tuple(rows)


def teams(_: Words, found: Walk, *, page: int) -> Screen:
    """A page of teams, by start time."""
    rolls = found.rolls[page * PAGE : (page + 1) * PAGE]
    rows: list[tuple[Button, ...]] = [
        (Button(_team_key(_, one.team), action=f"ectteam:{one.team.id}"),) for one in rolls
    ]
    leaves = []
    if page:
        leaves.append(Button(_.label("‹ Earlier"), action=f"ectteams:{found.event.id}:{page - 1}"))
    if len(found.rolls) > (page + 1) * PAGE:
        leaves.append(Button(_.label("Later ›"), action=f"ectteams:{found.event.id}:{page + 1}"))
    if leaves:
        rows.append(tuple(leaves))
    text = _("👥 <b>Teams</b> · {title}", title=screens.title(_, found.event))
    if not found.rolls:
        text += "\n\n" + _("There is no team yet.")
    return text, (*rows, _home(_, found.event.id))


def team(_: Words, event: Event, own: Team, members: Sequence[Member], *, plans: bool) -> Screen:
    """One team: a tap says who is here."""
    here = sum(one.registration.size for one in members if one.is_here)
    parts = [
        _("👥 <b>Team {name}</b>", name=own.name or "—"),
        _start(_, own),
        _("{seats} of {size} walkers · {here} here", seats=own.seats, size=own.size, here=here),
    ]
    keys = [
        Button(_member_key(_, one), action=f"ectin:{own.id}:{one.registration.id}")
        for one in members[:MOST]
        if one.has_place
    ]
    rows = [tuple(keys[n : n + 2]) for n in range(0, len(keys), 2)]
    if any(one.has_place and not one.is_here for one in members):
        rows.append((Button(_.label("✅ All are here"), action=f"ectall:{own.id}"),))
    if plans:
        rows.append((Button(_.label("⚙️ Change the team"), action=f"ectset:{own.id}"),))
    back = Button(_.label("⬅️ Teams"), action=f"ectteams:{event.id}:0")
    return "\n".join(parts), (*rows, (back,))


def settings(_: Words, own: Team, *, has_slots: bool) -> Screen:
    """What a coordinator may change of a team."""
    rows = [
        (Button(_.label("👥 Size"), action=f"ectsize:{own.id}"),),
        (Button(_.label("➕ A walker without Telegram"), action=f"ectadd:{own.id}"),),
        (Button(_.label("✖️ Dissolve the team"), action=f"ectend:{own.id}"),),
        _to_team(_, own),
    ]
    if has_slots:
        rows.insert(0, (Button(_.label("🕘 Start time"), action=f"ecttime:{own.id}"),))
    return _("👥 <b>Team {name}</b>", name=own.name or "—"), tuple(rows)


def choose_slot(_: Words, own: Team, rooms: Sequence[SlotRoom]) -> Screen:
    """The times at which there is room for the team."""
    keys = [
        Button(slot_key(_, one), action=f"ecttime:{own.id}:{one.slot.id}")
        for one in rooms[:MOST]
        if one.slot.id != own.slot and one.has_room(own.size, is_team=True)
    ]
    text = _("🕘 <b>When does team {name} set off?</b>", name=own.name or "—")
    if not keys:
        text = _("🕘 There is no other start time with room for {size}.", size=own.size)
    return text, (*(tuple(keys[n : n + 2]) for n in range(0, len(keys), 2)), _to_team(_, own))


def sure_to_dissolve(_: Words, own: Team) -> Screen:
    """Once more."""
    text = _(
        "<b>Dissolve team {name}?</b> All {seats} walkers keep their places and walk without a"
        " team. They are told.",
        name=own.name or "—",
        seats=own.seats,
    )
    yes = Button(_.label("Yes, dissolve it"), action=f"ectend:{own.id}:yes")
    return text, ((yes,), _to_team(_, own))


def slots(_: Words, event: Event, rooms: Sequence[SlotRoom]) -> Screen:
    """All start times, and how full they are."""
    keys = [Button(slot_key(_, one), action=f"ectslot:{one.slot.id}") for one in rooms[:MOST]]
    rows = [tuple(keys[n : n + 2]) for n in range(0, len(keys), 2)]
    add = Button(_.label("➕ Start times"), action=f"ectnew:{event.id}")
    text = _("🕘 <b>Start times</b> · {title}", title=screens.title(_, event))
    if not rooms:
        text += "\n\n" + _("There are none yet: everybody sets off when the walk begins.")
    return text, (*rows, (add,), _home(_, event.id))


def slot(_: Words, one: SlotRoom) -> Screen:
    """One start time."""
    id_, lines = (
        one.slot.id,
        [
            _("🕘 <b>{time}</b>", time=formats.time_words(_, one.slot.starts_at)),
            _taken(_, one),
        ],
    )
    most = one.slot.most_teams
    if most is not None:
        lines.append(_("👥 Teams: {n} of {most}", n=one.teams, most=most))
    else:
        lines.append(_("👥 Teams: {n}", n=one.teams))
    rows = [
        (
            Button(_.label("⏪ 10 minutes earlier"), action=f"ectmove:{id_}:0"),
            Button(_.label("⏩ 10 minutes later"), action=f"ectmove:{id_}:1"),
        ),
        (Button(_.label("👥 Change the room"), action=f"ectroom:{id_}"),),
    ]
    if not one.walkers and not one.teams:
        rows.append((Button(_.label("🗑 Remove"), action=f"ectgone:{id_}"),))
    else:
        lines.append(_("Who sets off then hears of a new time, two minutes after the last change."))
    back = Button(_.label("⬅️ Start times"), action=f"ectslots:{one.slot.event_id}")
    return "\n".join(lines), (*rows, (back,))


def seekers(_: Words, event: Event, found: Sequence[Member]) -> Screen:
    """Who would like a team."""
    rows = tuple(
        (Button(_member_key(_, one), action=f"ectput:{one.registration.id}"),)
        for one in found[:MOST]
    )
    text = _("🙋 <b>Who looks for a team?</b> Tap a name to choose one.")
    if not found:
        text = _("🙋 Nobody looks for a team.")
    return text, (*rows, _home(_, event.id))


def choose_team(_: Words, event: Event, one: Member, found: Walk) -> Screen:
    """Teams with room for somebody."""
    size = one.registration.size
    rows = tuple(
        (
            Button(
                _team_key(_, roll.team),
                action=f"ectput:{one.registration.id}:{roll.team.id}",
            ),
        )
        for roll in found.rolls
        if roll.team.free >= size
    )[:MOST]
    text = _("👥 <b>A team for {name}</b>", name=one.name)
    if not rows:
        text += "\n\n" + _("No team has room. Make one bigger first.")
    back = Button(_.label("⬅️ Back"), action=f"ectseek:{event.id}")
    return text, (*rows, (back,))


def slot_key(_: Words, one: SlotRoom) -> str:
    """A time and how full it is, on a button."""
    at = formats.time_words(_, one.slot.starts_at)
    if one.slot.walkers is None:
        return _.label("{time} · {n} walkers", time=at, n=one.walkers)
    return _.label("{time} · {n} of {most}", time=at, n=one.walkers, most=one.slot.walkers)


def _taken(_: Words, one: SlotRoom) -> str:
    if one.slot.walkers is None:
        return _("🚶 Walkers: {n}", n=one.walkers)
    return _("🚶 Walkers: {n} of {most}", n=one.walkers, most=one.slot.walkers)


def _counts(_: Words, found: Walk) -> str:
    lines = [
        _("🚶 Walkers: {n}", n=found.walkers),
        _("✅ Here: {n} · still to come: {left}", n=found.came, left=found.to_come),
        _("🚶 Without a team: {n}", n=len(found.alone)),
    ]
    if found.waiting:
        lines.append(_("⏳ On the waitlist: {n}", n=found.waiting))
    return "\n".join(lines)


def _start(_: Words, own: Team) -> str:
    if own.starts_at is None:
        return _("🕘 No start time yet")
    return _("🕘 Sets off at {time}", time=formats.time_words(_, own.starts_at))


def _team_key(_: Words, own: Team) -> str:
    name = (own.name or "—")[:28]
    if own.starts_at is None:
        return _.label("{name} · {seats} of {size}", name=name, seats=own.seats, size=own.size)
    return _.label(
        "{time} {name} · {seats} of {size}",
        time=formats.time_words(_, own.starts_at),
        name=name,
        seats=own.seats,
        size=own.size,
    )


def _member_key(_: Words, one: Member) -> str:
    sign = "✅ " if one.is_here else "⭐ " if one.is_captain else ""
    more = f" +{one.registration.companions}" if one.registration.companions else ""
    return f"{sign}{one.name[:30]}{more}"


def _to_team(_: Words, own: Team) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), action=f"ectteam:{own.id}"),)


def _home(_: Words, event_id: int) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ The walk"), action=f"ect:{event_id}"),)
