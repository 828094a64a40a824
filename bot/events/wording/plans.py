"""Events as coordinators see them: the list, one of them, and who comes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.delivery.messages import Button, Buttons
from bot.events.domain import Audience, Event, Kind, Place, Taken
from bot.events.wording import arriving, exports, kinds, names, screens
from bot.language.catalog import Catalogs, Words

Screen = tuple[str, Buttons]

_TITLE = 40  # letters of a title on a button
_A_PAGE = 40  # people on one screen
_SHOWN = 600  # letters of a description


class Seen(Protocol):
    """An event as its coordinator sees it (`service.organising.Seen`)."""

    @property
    def event(self) -> Event: ...
    @property
    def waiting(self) -> int: ...
    @property
    def following(self) -> int: ...


class House(NamedTuple):
    """What is called how."""

    catalogs: Catalogs
    offices: Mapping[str, str]


def listed(
    _: Words, events: Sequence[Event], *, is_past: bool, page: int, has_more: bool
) -> Screen:
    """A page of coming or past events."""
    head = _("📅 <b>Past events</b>") if is_past else _("📅 <b>Coming events</b>")
    lines = [_line(_, number, one) for number, one in enumerate(events, 1)]
    text = "\n\n".join([head, *(lines or [_("There is none here yet.")])])
    rows = [
        (Button(_numbered(_, number, one), action=f"ecev:{one.id}"),)
        for number, one in enumerate(events, 1)
    ]
    turns = _turns_of_past(_, page, has_more) if is_past else _turns(_, page, has_more)
    coming = Button(_.label("📅 Coming events"), action="ecdesk:0")
    past = Button(_.label("🗄 Past events"), action="ecold:0")
    new = (
        (Button(_.label("➕ New event"), action="ecnew"),),
        (Button(_.label("📄 From a file"), action="eci"),),
    )
    return text, (
        *(() if is_past else new),
        *rows,
        *((tuple(turns),) if turns else ()),
        (coming if is_past else past,),
        (Button(_.label("⬅️ Back"), action="vcdesk"),),
    )


def _turns(_: Words, page: int, has_more: bool) -> list[Button]:
    before = [Button(_.label("◀️ Previous"), action=f"ecdesk:{page - 1}")] if page else []
    after = [Button(_.label("▶️ More"), action=f"ecdesk:{page + 1}")] if has_more else []
    return before + after


def _turns_of_past(_: Words, page: int, has_more: bool) -> list[Button]:
    before = [Button(_.label("◀️ Previous"), action=f"ecold:{page - 1}")] if page else []
    after = [Button(_.label("▶️ More"), action=f"ecold:{page + 1}")] if has_more else []
    return before + after


def one(_: Words, seen: Seen, house: House, *, now: datetime) -> Screen:
    """One event, and what can be done with it."""
    event, draft = seen.event, seen.event.draft
    lines = [
        _("<b>{title}</b>", title=event.title(_.code)),
        " · ".join([kinds.kind_name(_, event.kind), *_standing(_, event, now)]),
        screens.when(_, event.starts_at, event.ends_at),
        screens.where(_, draft.place, draft.town),
        *([f"💻 {names.shown(draft.online_link)}"] if draft.online_link else []),
        _("👥 {taken} · waiting: {n}", taken=_taken(event), n=seen.waiting),
        *_offers(_, event, house),
        _("For: {people}", people=_for(_, draft.audience, house)),
        *([f"🏢 {house.offices.get(draft.office, draft.office)}"] if draft.office else []),
        *([_("👤 {contact}", contact=draft.contact)] if draft.contact else []),
        *_of_series(_, seen),
        _("Words in: {languages}", languages=names.languages(_, [*draft.titles], house.catalogs)),
    ]
    text = "\n".join(line for line in lines if line)
    if described := event.text(_.code):
        text += f"\n\n<blockquote>{names.shown(_cut(described))}</blockquote>"
    return text, _steps(_, event, now)


def _standing(_: Words, event: Event, now: datetime) -> list[str]:
    if event.cancelled_at is not None:
        why = names.because(_, event)
        return [f"{_('❌ Cancelled')}{': ' if why else ''}{why}"]
    if event.ends_at <= now:
        return [_("over")]
    return [] if event.is_open else [_("🔒 registration is closed")]


def _offers(_: Words, event: Event, house: House) -> list[str]:
    draft = event.draft
    spoken = names.languages(_, draft.languages, house.catalogs)
    found = [
        _.label("🗣 Interpreter") if draft.has_interpreter else "",
        _.label("🧒 Children welcome") if draft.for_children else "",
    ]
    return [
        *([_("💬 Spoken there: {languages}", languages=spoken)] if spoken else []),
        *([" · ".join(one for one in found if one)] if any(found) else []),
        *([f"♿ {names.shown(draft.access)}"] if draft.access else []),
    ]


def _of_series(_: Words, seen: Seen) -> list[str]:
    if seen.event.series_id is None:
        return []
    if not seen.following:
        return [_("🔁 The last of its series.")]
    return [
        _.plural(
            "🔁 {n} more follows in its series.",
            "🔁 {n} more follow in its series.",
            seen.following,
        )
    ]


def _steps(_: Words, event: Event, now: datetime) -> Buttons:
    who = (Button(_.label("👥 Who comes"), action=f"ecwho:{event.id}:0"),)
    is_past = event.ends_at <= now
    back = (Button(_.label("⬅️ Back"), action="ecold:0" if is_past else "ecdesk:0"),)
    if event.cancelled_at is not None:
        return who, *exports.files_of(_, event.id), back
    has_own_door = event.kind == Kind.WALK  # teams come in together
    door = () if has_own_door else arriving.to_list(_, event)
    if is_past:
        return who, *door, *exports.files_of(_, event.id), back
    label = _.label("🔒 Close registration") if event.is_open else _.label("🔓 Open registration")
    opening = (Button(label, action=f"ecopen:{event.id}:{int(not event.is_open)}"),)
    walk = (Button(_.label("📋 Walk and teams"), action=f"ect:{event.id}"),)
    return (
        who,
        *((walk,) if has_own_door else door),
        *exports.files_of(_, event.id),
        (
            Button(_.label("✏️ Change"), action=f"ecch:{event.id}"),
            Button(_.label("🌐 Translate"), action=f"eclang:{event.id}"),
        ),
        *((opening,) if not event.has_begun(now) else ()),
        (Button(_.label("❌ Call it off"), action=f"ecoff:{event.id}"),),
        back,
    )


def made(_: Words, n: int) -> str:
    """After the dialog: how many there are now."""
    return _.plural("✅ {n} event is planned.", "✅ {n} events are planned.", n)


def changed(_: Words, n: int) -> str:
    """After a change."""
    return _.plural("✅ {n} event is changed.", "✅ {n} events are changed.", n)


def called_off(_: Words, n: int) -> str:
    """After it was called off."""
    return _.plural("❌ {n} event is called off.", "❌ {n} events are called off.", n)


_GROUPS: tuple[tuple[Place, ...], ...] = (
    (Place.PLACED, Place.ATTENDED, Place.ABSENT),
    (Place.OFFERED, Place.ASKED),
    (Place.WAITING,),
)


def guests(
    _: Words,
    event: Event,
    people: Sequence[Taken],
    reads: Mapping[int, str | None],
    *,
    page: int,
    house: House,
) -> Screen:
    """Who comes, with whom, in which language they read; who waits, in order."""
    there, asked, waiting = ([one for one in people if one.state in states] for states in _GROUPS)
    lines = [_("<b>{title}</b>", title=event.title(_.code))]
    lines += [screens.when(_, event.starts_at, event.ends_at), "", *_count(_, there)]
    ordered = [*there, *asked, *waiting]
    shown = ordered[page * _A_PAGE : (page + 1) * _A_PAGE]
    lines += [_guest(_, one, reads, house) for one in shown]
    gone = sum(one.state in (Place.GIVEN_BACK, Place.DECLINED, Place.LAPSED) for one in people)
    if gone:
        lines.append(_.plural("✖️ {n} person cannot come.", "✖️ {n} people cannot come.", gone))
    turns = []
    if page:
        turns.append(Button(_.label("◀️ Previous"), action=f"ecwho:{event.id}:{page - 1}"))
    if len(ordered) > (page + 1) * _A_PAGE:
        turns.append(Button(_.label("▶️ More"), action=f"ecwho:{event.id}:{page + 1}"))
    back = (Button(_.label("⬅️ Back"), action=f"ecev:{event.id}"),)
    return "\n".join(lines), (*((tuple(turns),) if turns else ()), back)


def _count(_: Words, there: Sequence[Taken]) -> list[str]:
    if not there:
        return [_("Nobody has a place so far.")]
    size = sum(one.registration.size for one in there)
    return [_.plural("{n} person in all.", "{n} people in all.", size)]


_MARKS: Mapping[Place, str] = {
    Place.ATTENDED: "✅",
    Place.ABSENT: "✖️",
    Place.OFFERED: "🎉",
    Place.ASKED: "🙋",
    Place.WAITING: "⏳",
}


def _guest(_: Words, one: Taken, reads: Mapping[int, str | None], house: House) -> str:
    """Name and company, and the language they read; 📞: cannot be written to."""
    mark = _MARKS.get(one.state) or ("👍" if one.is_confirmed else "▫️")
    more = f" +{one.registration.companions}" if one.registration.companions else ""
    language = reads.get(one.person_id or 0)
    if one.person_id not in reads:
        further = _("📞 cannot be written to")
    else:
        further = names.languages(_, [language], house.catalogs) if language else ""
    return " · ".join(part for part in (f"{mark} {names.shown(one.name)}{more}", further) if part)


def _line(_: Words, number: int, event: Event) -> str:
    state = f" · {_('❌ Cancelled')}" if event.cancelled_at is not None else ""
    lock = "" if event.is_open else " 🔒"
    return "\n".join(
        [
            _("<b>{number}. {title}</b>", number=number, title=event.title(_.code)),
            screens.when(_, event.starts_at, event.ends_at),
            f"👥 {_taken(event)}{lock}{state}",
        ]
    )


def _numbered(_: Words, number: int, event: Event) -> str:
    return _.label("{number}. {name}", number=number, name=event.title(_.code)[:_TITLE])


def _taken(event: Event) -> str:
    capacity = event.draft.capacity
    return f"{event.taken}/{capacity}" if capacity is not None else str(event.taken)


def _for(_: Words, meant: Audience, house: House) -> str:
    return names.audience(_, meant, house.catalogs, house.offices)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
