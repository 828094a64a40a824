"""The list of events: what there is, when and where; and one event in full."""

from collections.abc import Sequence
from typing import Final

from bot.delivery.messages import Button, Buttons, Outgoing
from bot.errors import N_
from bot.events.domain import Event, Kind, Place, Registration
from bot.events.domain.finding import PAGE, Page, Period, Search, Seen
from bot.events.wording import screens, teams
from bot.language import bidi, formats
from bot.language.catalog import N_label, Words

COMMANDS: Final = (("events", N_("Events: look and sign up")),)

Screen = tuple[str, Buttons]

_TITLE = 34  # letters of a title on a button
_AT_ONCE = 3  # events under "My things"

_PERIODS: Final = (
    (Period.WEEK, N_label("This week")),
    (Period.NEXT_WEEK, N_label("Next week")),
    (Period.MONTH, N_label("This month")),
    (Period.ALL, N_label("All days")),
)
_SAID: Final = {
    Period.WEEK: N_("🔎 This week"),
    Period.NEXT_WEEK: N_("🔎 Next week"),
    Period.MONTH: N_("🔎 This month"),
    Period.ALL: N_("🔎 All days"),
}


def list_of(_: Words, found: Page, search: Search, *, page: int, town: str) -> Screen:
    """A page of events by date, and what else can be looked for."""
    parts = [_("📅 <b>Events</b>")]
    if search.is_narrow:
        parts[0] += "\n" + _narrowed(_, search, town)
    if found.seen:
        numbered = list(enumerate(found.seen, page * PAGE + 1))
        parts += [_line(_, number, one) for number, one in numbered]
        rows = [_button(_, number, one, search, page) for number, one in numbered]
    else:
        parts.append(_nothing(_, search))
        rows = []
    leaves = _leaves(_, found, search, page)
    further = (*_periods(_, search), *_ways(_, search))
    return "\n\n".join(parts), (*rows, *leaves, *further)


def list_of_own(_: Words, seen: Sequence[Seen]) -> Screen:
    """Where somebody has a place or waits."""
    parts = [_("🎟 <b>My events</b>")]
    if not seen:
        parts.append(_("You have not signed up for an event."))
    parts += [_line(_, number, one) for number, one in enumerate(seen, 1)]
    rows = [_button(_, number, one, None, 0) for number, one in enumerate(seen, 1)]
    return "\n\n".join(parts), (*rows, _all(_))


def one(_: Words, seen: Seen, *, is_ahead: bool, back: Buttons) -> Screen:
    """One event in full, and what can be done now. `is_ahead`: it has not begun."""
    event, mine = seen.event, seen.mine
    can_join = is_ahead and event.is_open and _may_join(mine)
    has_place = mine is not None and mine.state is Place.PLACED
    parts = [screens.card(_, event, with_contact=has_place, with_link=has_place)]
    if facts := _facts(_, event):
        parts.append(facts)
    if described := event.text(_.code):
        parts.append(_("{text}", text=described))
    parts.append(_standing(_, seen))
    picture = _picture(_, event)
    if can_join:
        parts.append(_("One tap is enough. The organisers see your first name, nothing else."))
        return "\n\n".join(parts), (*_ways_in(_, seen), *picture, *back)
    return "\n\n".join(parts), (*_steps(_, seen, is_ahead=is_ahead), *picture, *back)


def _ways_in(_: Words, seen: Seen) -> Buttons:
    """At a walk in a team or alone, else by one tap."""
    if seen.event.kind == Kind.WALK:
        return teams.doors(_, seen.event, seen.mine)
    return joining(_, seen.event)


def _picture(_: Words, event: Event) -> Buttons:
    if not event.draft.picture:
        return ()
    return ((Button(_.label("🖼 Picture"), action=f"epic:{event.id}"),),)


def picture(_: Words, event: Event) -> Outgoing:
    """The event's own, with its name below."""
    text = _("<b>{title}</b>", title=screens.title(_, event))
    return Outgoing(text=text, picture=event.draft.picture)


def cancelled(_: Words, event: Event, *, back: Buttons) -> Screen:
    """It is off."""
    head = _("❌ <b>This does not take place:</b>")
    return f"{head}\n\n{screens.card(_, event, with_contact=False)}", back


def back_to(_: Words, where: str) -> Buttons:
    """To the list, as it was looked at."""
    return ((Button(_.label("⬅️ Back to the list"), action=f"elist:{where}"),),)


def back_to_own(_: Words) -> Buttons:
    """To one's own events."""
    return ((Button(_.label("🎟 My events"), action="emine"),),)


def _steps(_: Words, seen: Seen, *, is_ahead: bool) -> Buttons:
    """What who is on the list can do now."""
    event, mine = seen.event, seen.mine
    state = None if mine is None else mine.state
    if mine is not None and state is Place.PLACED and not is_ahead:
        return screens.on_the_way(_, event)
    if mine is None or not is_ahead:
        return ()
    if state is Place.PLACED:
        is_sure = mine.confirmed_at is not None
        further = screens.cannot(_, event) if is_sure else screens.come_or_not(_, event)
        return (*screens.on_the_way(_, event), *others(_, event), *further)
    if state is Place.WAITING:
        leave = Button(_.label("Leave the waitlist"), action=f"egive:{event.id}")
        return (*others(_, event), (leave,))
    if state is Place.OFFERED:
        return (
            (Button(_.label("✅ Yes, I take it"), action=f"eyes:{event.id}"),),
            (Button(_.label("No, thank you"), action=f"eno:{event.id}"),),
        )
    return ()


def joining(_: Words, event: Event) -> Buttons:
    """Sign up alone, or with others."""
    if not event.has_room() and not event.draft.has_waitlist:
        return ()
    label = _.label("✋ Sign up") if event.has_room() else _.label("⏳ Join the waitlist")
    return (
        (Button(label, action=f"esign:{event.id}:0"),),
        (Button(_.label("👥 I come with others"), action=f"ebring:{event.id}"),),
    )


def ask_where(_: Words) -> Screen:
    """Before a town or a day is written."""
    text = _(
        "🔎 Write a town, a postcode or a day.\n\nFor example: <i>{town}</i>, <i>9000</i> or"
        " <i>{day}</i>.",
        town=_("Ghent"),
        day=_("12 December"),
    )
    return text, (_all(_),)


def not_found(_: Words, said: str) -> Screen:
    """Neither a town nor a day."""
    text = _(
        "I do not know the town or the day “{said}”. Please write it again, or look at all events.",
        said=bidi.contained(said[:40]),
    )
    return text, (_all(_),)


def gone(_: Words) -> Screen:
    """A link to what is no more."""
    return _("I cannot find this event. Here are all that are coming."), (_all(_),)


def things(_: Words, seen: Sequence[Seen]) -> list[tuple[str, Button | None]]:
    """Lines of "My things": the next events, and below the first the way to all of them."""
    lines: list[tuple[str, Button | None]] = []
    for one_ in seen[:_AT_ONCE]:
        head = _("<b>{title}</b>", title=screens.title(_, one_.event))
        when = screens.when(_, one_.event.starts_at, one_.event.ends_at)
        button = None if lines else Button(_.label("🎟 My events"), action="emine")
        lines.append(("\n".join([head, when, _standing(_, one_)]), button))
    return lines


def _narrowed(_: Words, search: Search, town: str) -> str:
    if search.since is not None:
        when = _("🔎 From {day} on", day=formats.day_words(_, search.since))
    else:
        when = _(_SAID[search.period])
    return f"{when} · " + _("near {town}", town=bidi.contained(town)) if town else when


def _nothing(_: Words, search: Search) -> str:
    if search.is_narrow:
        return _("There is nothing then and there. Look at other days or at all places.")
    return _("There are no events right now. Look again another day.")


def _line(_: Words, number: int, seen: Seen) -> str:
    event = seen.event
    head = _("<b>{number}. {title}</b>", number=number, title=screens.title(_, event))
    when = screens.when(_, event.starts_at, event.ends_at)
    where = _("📍 {place}", place=event.draft.town or event.draft.place or _("online"))
    return "\n".join([head, when, f"{where} · {_standing(_, seen)}"])


def _button(
    _: Words, number: int, seen: Seen, search: Search | None, page: int
) -> tuple[Button, ...]:
    name = screens.title(_, seen.event)[:_TITLE]
    label = _.label("{number}. {name}", number=number, name=name)
    where = "own" if search is None else f"{page}:{search.sign}"
    return (Button(label, action=f"eone:{seen.event.id}:{where}"),)


def _leaves(_: Words, found: Page, search: Search, page: int) -> Buttons:
    row = []
    if page:
        row.append(Button(_.label("‹ Earlier"), action=f"elist:{page - 1}:{search.sign}"))
    if found.in_all > (page + 1) * PAGE:
        row.append(Button(_.label("Later ›"), action=f"elist:{page + 1}:{search.sign}"))
    return (tuple(row),) if row else ()


def _periods(_: Words, search: Search) -> Buttons:
    """Two by two; what is shown now is not offered."""
    others = [
        Button(_.label(label), action=f"elist:0:{search.in_period(period).sign}")
        for period, label in _PERIODS
        if search.since is not None or period is not search.period
    ]
    return tuple(tuple(others[n : n + 2]) for n in range(0, len(others), 2))


def _ways(_: Words, search: Search) -> Buttons:
    row = [Button(_.label("🔎 Town or day"), action=f"enear:{search.sign}")]
    if search.postcode:
        label = _.label("🌍 All places")
        row.append(Button(label, action=f"elist:0:{search.near('').sign}"))
    return (tuple(row), (Button(_.label("🎟 My events"), action="emine"),))


def _all(_: Words) -> tuple[Button, ...]:
    return (Button(_.label("📅 All events"), action="elist:0:a:"),)


def others(_: Words, event: Event) -> Buttons:
    """More people come along, or fewer; at a walk the team says who walks along."""
    if event.kind == Kind.WALK:
        return teams.to_team(_, event)
    return ((Button(_.label("👥 Who comes with me"), action=f"ebring:{event.id}"),),)


def _may_join(mine: Registration | None) -> bool:
    """Nobody is on a list twice."""
    return mine is None or mine.state not in (
        Place.PLACED,
        Place.WAITING,
        Place.OFFERED,
        Place.ATTENDED,
        Place.ABSENT,
    )


def _facts(_: Words, event: Event) -> str:
    draft, lines = event.draft, []
    if draft.languages:
        spoken = formats.listing(_, [_language(_, code) for code in draft.languages])
        lines.append(_("🗣 {languages}", languages=spoken))
    if draft.has_interpreter:
        lines.append(_("🎧 With an interpreter"))
    if draft.for_children:
        lines.append(_("🧒 Children are welcome"))
    if draft.access:
        lines.append(_("♿ {access}", access=bidi.contained(draft.access)))
    return "\n".join(lines)


def _language(_: Words, code: str) -> str:
    known = _.locale.languages.get(code) or code
    return known[:1].upper() + known[1:]


def _standing(_: Words, seen: Seen) -> str:
    """What the person has there, in one line; else what is free."""
    mine = seen.mine
    state = None if mine is None else mine.state
    if mine is not None and state is Place.PLACED:
        said = _("✅ You come.") if mine.confirmed_at is not None else _("✅ You have a place.")
        return " · ".join(part for part in (said, screens.with_you(_, mine)) if part)
    if mine is not None and state is Place.WAITING:
        said = _("⏳ You wait, number {position}.", position=seen.position)
        return " · ".join(part for part in (said, screens.with_you(_, mine)) if part)
    if state is Place.OFFERED:
        return _("🎉 A place is free for you: please answer.")
    if state is Place.ATTENDED:
        return _("✅ You were there. Thank you!")
    return _free(_, seen.event)


def _free(_: Words, event: Event) -> str:
    if event.free is None:
        return _("✅ There is room.")
    if event.free == 0 and event.draft.has_waitlist:
        return _("⏳ Full: you can wait.")
    if event.free == 0:
        return _("✖️ Full.")
    return _.plural("✅ {n} place is free.", "✅ {n} places are free.", event.free)
