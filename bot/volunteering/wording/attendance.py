"""Shifts as coordinators and contact persons see them; who came, by taps."""

from collections.abc import Sequence
from datetime import datetime

from bot.delivery.messages import Button, Outgoing
from bot.events.domain import Event
from bot.language import formats
from bot.language.catalog import Words
from bot.volunteering.domain.organisations import Contact
from bot.volunteering.domain.shifts import Attendance, Attendant
from bot.volunteering.wording import lengths, names
from bot.volunteering.wording.organisations import Screen

_STEP = 30  # minutes more or less with a tap
_A_PAGE = 25


def shift(_: Words, found: Attendance, *, now: datetime) -> Screen:
    """One shift, for coordinators: when, who, and what can be done with it."""
    one = found.shift
    lines = [*_head(_, found), ""]
    lines += [_person(_, person) for person in found.people] or [_("Nobody is on the list.")]
    rows: list[tuple[Button, ...]] = []
    if one.takes_attendance(now):
        rows.append((Button(label=_.label("☑️ Who came?"), action=f"vatt:{one.id}:0"),))
    if one.event.cancelled_at is None and not one.event.has_begun(now):
        rows.append((Button(label=_.label("✏️ Change"), action=f"vcshch:{one.id}"),))
        rows.append((Button(label=_.label("🚫 Call off"), action=f"vcshoff:{one.id}"),))
    rows.append((Button(label=_.label("🔗 Page for them"), action=f"vcshlink:{one.id}"),))
    rows.append((Button(label=_.label("⬅️ Back"), action=f"vcas:{one.assignment.id}"),))
    return Screen("\n".join(lines), tuple(rows))


def may_cancel(_: Words, found: Attendance) -> Screen:
    """Asks once more."""
    one = found.shift
    n = len(found.people) + found.waiting
    ask = _.plural(
        "Call this shift off? {n} person is told.", "Call this shift off? {n} people are told.", n
    )
    yes = Button(label=_.label("🚫 Yes, call it off"), action=f"vcshoff:{one.id}:yes")
    no = Button(label=_.label("No, keep"), action=f"vcsh:{one.id}")
    return Screen("\n".join([*_head(_, found), "", ask]), ((yes,), (no,)))


def page_link(_: Words, found: Attendance, address: str) -> Screen:
    """The web page of a shift, to be sent on."""
    one = found.shift
    back = Button(label=_.label("⬅️ Back"), action=f"vcsh:{one.id}")
    if not address:
        return Screen(_("Web pages are not set up here. Please ask who runs this bot."), ((back,),))
    text = _(
        "The page of this shift, without account: who comes, who came, hours. Send it to the"
        " organisation only; it works until {day}.\n\n{link}",
        day=formats.day_words(_, one.link_until),
        link=address,
    )
    new = Button(label=_.label("🔁 New link, old one ends"), action=f"vcshlink:{one.id}:new")
    return Screen(text, ((new,), (back,)))


def made(_: Words, n: int) -> str:
    """How many shifts a series has."""
    return _.plural("✅ {n} shift is planned.", "✅ {n} shifts are planned.", n)


def mine(_: Words, contacts: Sequence[Contact], events: Sequence[Event]) -> Screen:
    """The shifts of a contact person's organisation."""
    text = _("<b>Your shifts</b>") if events else _("There are no shifts to come.")
    rows = [
        (
            Button(
                label=f"{formats.soon(_, one.starts_at)} · {one.title(_.code)}",
                action=f"vatt:{one.id}:0",
            ),
        )
        for one in events
    ]
    return Screen(text, tuple(rows))


def joined(_: Words, organisation: str) -> str:
    """A contact person has opened the link."""
    return _(
        "✅ You are a contact person of {organisation}. Here you see who comes, and after each"
        " shift you tap who came.",
        organisation=organisation,
    )


def thing(_: Words, organisation: str) -> tuple[str, Button]:
    """A line of "My things"."""
    text = _("🏢 Contact person of {organisation}", organisation=organisation)
    return text, Button(label=_.label("🕒 Our shifts"), action="vorgsh")


def attendance(
    _: Words, found: Attendance, *, now: datetime, page: int = 0, is_coordinator: bool = False
) -> Screen:
    """The list by taps: one ticks who came and how long, and confirms."""
    one = found.shift
    back = (Button(label=_.label("🕒 Our shifts"), action="vorgsh"),)
    if is_coordinator:
        back = (Button(label=_.label("⬅️ Back"), action=f"vcsh:{one.id}"),)
    lines = _head(_, found)
    if one.event.cancelled_at is not None:
        return Screen("\n".join([*lines, "", _("This shift is cancelled.")]), (back,))
    if not one.takes_attendance(now):
        people = [_person(_, person) for person in found.people]
        told = people or [_("Nobody is on the list.")]
        return Screen("\n".join([*lines, "", _("<b>Who comes</b>"), *told]), (back,))
    shown = found.people[page * _A_PAGE : (page + 1) * _A_PAGE]
    if one.confirmed_at is not None:
        lines += ["", _("Thank you, it is saved. You can still correct it.")]
    lines += ["", _("Tap who came. Whoever is not ticked counts as not there.")]
    rows = [row for person in shown for row in _rows(_, one.id, person, page)]
    rows += _turns(_, found, page)
    if found.people:
        rows.append((_confirm(_, found),))
    return Screen("\n".join(lines), (*rows, back))


def over(_: Words, found: Attendance) -> Outgoing:
    """The shift is over; to a contact person."""
    text = "\n".join([*_head(_, found), "", _("The shift is over. Who came?")])
    tap = Button(label=_.label("☑️ Who came?"), action=f"vatt:{found.shift.id}:0")
    return Outgoing(text=text, buttons=((tap,),))


def saved(_: Words) -> str:
    """A toast."""
    return _.plain("Thank you, it is saved.")


def _rows(_: Words, event_id: int, one: Attendant, page: int) -> list[tuple[Button, ...]]:
    tick = "✅" if one.came else "▫️"
    more = f" +{one.companions}" if one.companions else ""
    length = lengths.hours(_, one.minutes)
    label = f"{tick} {one.name}{more}" + (f" · {length}" if one.came else "")
    name = Button(label=label, action=f"vattick:{event_id}:{page}:{one.id}:{int(not one.came)}")
    if not one.came:
        return [(name,)]
    less = max(one.minutes - _STEP, 0)
    place = f"{event_id}:{page}:{one.id}"
    return [
        (name,),
        (
            Button(label="➖ 30 min", action=f"vatime:{place}:{less}"),
            Button(label="➕ 30 min", action=f"vatime:{place}:{one.minutes + _STEP}"),
        ),
    ]


def _turns(_: Words, found: Attendance, page: int) -> list[tuple[Button, ...]]:
    event_id = found.shift.id
    turns = []
    if page:
        turns.append(Button(label=_.label("◀️ Previous"), action=f"vatt:{event_id}:{page - 1}"))
    if len(found.people) > (page + 1) * _A_PAGE:
        turns.append(Button(label=_.label("▶️ More"), action=f"vatt:{event_id}:{page + 1}"))
    return [tuple(turns)] if turns else []


def _confirm(_: Words, found: Attendance) -> Button:
    label = _.label("✔️ Confirm: {n} of {all} came", n=found.came, all=len(found.people))
    return Button(label=label, action=f"vatok:{found.shift.id}:{found.shift.edition}")


def _head(_: Words, found: Attendance) -> list[str]:
    one, event = found.shift, found.shift.event
    capacity = event.draft.capacity
    taken = f"{event.taken}/{capacity}" if capacity else str(event.taken)
    begins, ends = formats.day_and_time(_, event.starts_at), formats.time_words(_, event.ends_at)
    lines = [
        f"<b>{names.shown(one.assignment.title(_.code))}</b>",
        names.shown(one.assignment.organisation),
        f"{begins} – {ends}",
        f"📍 {names.shown(names.where(event.draft.place, event.draft.town))}",
        _("👥 {taken} · waiting: {n}", taken=taken, n=found.waiting),
    ]
    if event.cancelled_at is not None:
        lines.append(_("🚫 Called off"))
    return lines


def _person(_: Words, one: Attendant) -> str:
    mark = {None: "✓" if one.is_confirmed else "•", True: "✅", False: "✖️"}[one.came]
    more = f" +{one.companions}" if one.companions else ""
    waits = _("the coordinator must see the extract first") if one.waits_for_extract else ""
    return " · ".join(filter(None, (f"{mark} {names.shown(one.name)}{more}", waits)))
