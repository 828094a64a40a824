"""Filling a shift: the coordinator's list, who fits best, how it fills; the invitation."""

import html
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.delivery.messages import Button, Buttons, Made
from bot.events.domain import Event, Place, Taken
from bot.events.wording import screens
from bot.language import bidi
from bot.language.catalog import Words
from bot.volunteering.domain.fitting import Candidate
from bot.volunteering.domain.inviting import Board, Open, Sent
from bot.volunteering.domain.matching import Reason, Why
from bot.volunteering.wording import traits

PAGE: Final = 5  # people on a page
LIST_KIND: Final = "shift_list"

_TITLE = 36  # letters of a title on a button
_NAME = 20
_NAMES = 40  # names in one line of the board
_CALLS = 5

Say = Callable[[Words, tuple[str, ...]], str]

_TO_COORDINATORS: Final[Mapping[Why, Say]] = {
    Why.FREE: lambda _, what: _("free then"),
    Why.NOT_FREE: lambda _, what: _("usually not free then"),
    Why.TALENT: lambda _, what: _("talent: {talents}", talents=traits.talents(_, what)),
    Why.SECTOR: lambda _, what: _("likes {sector}", sector=traits.sector(_, what[0])),
    Why.NEAR: lambda _, what: _("{km} km away", km=what[0]),
    Why.FAR: lambda _, what: _("far: {km} km", km=what[0]),
    Why.NEW: lambda _, what: _("no shift lately"),
}


def slot(event_id: int, person_id: int | None = None) -> str:
    """Under which name a board is remembered."""
    return f"vcboard:{event_id}:" + ("" if person_id is None else str(person_id))


def open_list(_: Words, found: Sequence[Open], *, page: int, has_more: bool) -> tuple[str, Buttons]:
    """The shifts ahead that have room."""
    if not found and not page:
        return _("🎪 Every shift that is planned has enough people."), _desk_button(_)
    lines = [_("🎪 <b>Shifts that still need people</b>"), *(_open(_, one) for one in found)]
    rows = [
        (Button(_name(screens.title(_, one.event), _TITLE), action=f"vcboard:{one.event.id}"),)
        for one in found
    ]
    back = Button(_.label("‹ Back"), action=f"vcfill:{page - 1}")
    more = Button(_.label("More ›"), action=f"vcfill:{page + 1}")
    leaf = _leaf(page, back, more, has_more=has_more)
    return "\n\n".join(lines), (*rows, *leaf, *_desk_button(_))


def _desk_button(_: Words) -> Buttons:
    return ((Button(_.label("⬅️ Back"), action="vcdesk"),),)


def board(_: Words, shown: Board) -> tuple[str, Buttons]:
    """How a shift fills; changes by itself when somebody answers."""
    event = shown.event
    card = screens.card(_, event, with_contact=False)
    parts = [f"{card}\n" + _("🏠 {organisation}", organisation=shown.organisation), _room(_, event)]
    no = shown.of(Place.DECLINED, Place.GIVEN_BACK, Place.LAPSED)
    for text, listed in (
        (_("✅ <b>Yes: {n}</b>", n=len(shown.coming)), shown.coming),
        (_("⏳ <b>Waitlist: {n}</b>", n=len(shown.of(Place.WAITING))), shown.of(Place.WAITING)),
        (_("✖️ <b>No: {n}</b>", n=len(no)), no),
        (_("💬 <b>No answer yet: {n}</b>", n=len(shown.of(Place.ASKED))), shown.of(Place.ASKED)),
    ):
        if listed:
            parts.append(f"{text}\n{_people(_, listed)}")
    if not shown.listed:
        parts.append(_("Nobody was asked so far."))
    if shown.to_call:
        parts.append(_("📞 Without Telegram: call them, then tap what they said."))
    return "\n\n".join(parts), (*_calls(shown), *_board_buttons(_, event))


def _board_buttons(_: Words, event: Event) -> Buttons:
    return (
        (Button(_.label("👥 Who fits best"), action=f"vcbest:{event.id}"),),
        (
            Button(_.label("📄 List (Excel)"), action=f"vcxlsx:{event.id}"),
            Button(_.label("🔄 Look again"), action=f"vclook:{event.id}"),
        ),
        (Button(_.label("🎪 Other shifts"), action="vcfill"),),
    )


def best(
    _: Words,
    event: Event,
    found: Sequence[Candidate],
    *,
    picked: Collection[int],
    page: int,
) -> tuple[str, Buttons]:
    """Who fits a shift, best first, each with the reasons; to be ticked."""
    head = _("👥 <b>Who fits best</b>") + "\n" + screens.card(_, event, with_contact=False)
    if not found:
        return f"{head}\n\n" + _("Nobody else fits this shift at the moment."), ()
    page = min(page, (len(found) - 1) // PAGE)
    shown = list(enumerate(found, 1))[page * PAGE : (page + 1) * PAGE]
    lines = [head, *(_candidate(_, number, one) for number, one in shown)]
    here = f"{event.id}:{page}"
    rows: list[tuple[Button, ...]] = [
        (Button(_tick(number, one, picked), action=f"vcpick:{here}:{one.id}"),)
        for number, one in shown
    ]
    rows.append((Button(_.label("☑️ Everybody on this page"), action=f"vcall:{here}"),))
    if picked:
        ask = _.label_plural("✉️ Ask {n} person", "✉️ Ask {n} people", len(picked))
        rows.append((Button(ask, action=f"vcask:{event.id}"),))
    has_more = (page + 1) * PAGE < len(found)
    back = Button(_.label("‹ Back"), action=f"vcbest:{event.id}:{page - 1}")
    more = Button(_.label("More ›"), action=f"vcbest:{event.id}:{page + 1}")
    return "\n\n".join(lines), (*rows, *_leaf(page, back, more, has_more=has_more))


def sent(_: Words, done: Sent) -> str:
    """How many were asked."""
    parts = [_.plural("✉️ {n} person was asked.", "✉️ {n} people were asked.", done.written)]
    if done.to_call:
        parts.append(
            _.plural(
                "📞 {n} person has no Telegram: please call.",
                "📞 {n} people have no Telegram: please call.",
                done.to_call,
            )
        )
    return "\n".join(parts)


def invitation(_: Words, event: Event) -> tuple[str, Buttons]:
    """To a volunteer: can you come?"""
    parts = [
        _("🙋 <b>Can you help?</b>"),
        screens.card(_, event, with_contact=False),
        *([_("{text}", text=text)] if (text := event.text(_.code)) else []),
        _("Several people are asked. Who says yes first has the place."),
    ]
    return "\n\n".join(parts), (
        (Button(_.label("✅ Yes, I come"), action=f"vfyes:{event.id}"),),
        (Button(_.label("✖️ No, not this time"), action=f"vfno:{event.id}"),),
    )


def declined(_: Words, event: Event) -> tuple[str, Buttons]:
    """They said no, and may change their mind."""
    text = _(
        "Thank you for telling us. We do not ask you again for {title}.",
        title=screens.title(_, event),
    )
    return text, ((Button(_.label("I can come after all"), action=f"vfyes:{event.id}"),),)


def list_name(event: Event) -> str:
    """The file's name: no letters that some system cannot take."""
    return f"shift-{event.id}.xlsx"


def list_caption(_: Words, shown: Board) -> str:
    """Below the file."""
    return _.plain(
        "{title}: who comes, for the organiser. No phone numbers, no addresses.",
        title=screens.title(_, shown.event),
    )


def list_file(event: Event, code: str) -> Made:
    """The list, made when it is sent."""
    return Made(LIST_KIND, f"{event.id}:{code}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the file; plain text."""

    title: str
    facts: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_rtl: bool


def sheet(_: Words, shown: Board, spoken: Mapping[int, Mapping[str, int]]) -> Sheet:
    """Who comes and who waits, for the organiser: no more than a list at the door needs.

    spoken  languages with their levels, by participant
    """
    event = shown.event
    heads = (
        _.plain("Name"),
        _.plain("Comes"),
        _.plain("Languages"),
        _.plain("Was there"),
        _.plain("Hours"),
    )
    rows = [
        (_with_companions(_, one), _state(_, one), _spoken(_, spoken.get(one.participant, {})))
        for one in (*shown.coming, *shown.of(Place.WAITING))
    ]
    facts = (
        screens.when(_, event.starts_at, event.ends_at),
        screens.where(_, event.draft.place, event.draft.town),
        _.plain("🏠 {organisation}", organisation=shown.organisation),
    )
    return Sheet(
        title=bidi.strip_marks(screens.title(_, event)),
        facts=tuple(bidi.strip_marks(html.unescape(one)) for one in facts if one),
        heads=heads,
        rows=tuple((*(bidi.strip_marks(cell) for cell in row), "", "") for row in rows),
        is_rtl=_.is_rtl,
    )


def _with_companions(_: Words, one: Taken) -> str:
    more = one.registration.companions
    return _.plain("{name} + {n}", name=one.name, n=more) if more else one.name


def _state(_: Words, one: Taken) -> str:
    if one.state is Place.WAITING:
        return _.plain("on the waitlist")
    if one.state is Place.OFFERED:
        return _.plain("has not answered yet")
    return _.plain("yes, confirmed") if one.is_confirmed else _.plain("yes")


def _spoken(_: Words, spoken: Mapping[str, int]) -> str:
    return traits.with_levels(_, spoken) if spoken else ""


def _open(_: Words, one: Open) -> str:
    event = one.event
    lines = [
        _("<b>{title}</b>", title=screens.title(_, event)),
        screens.when(_, event.starts_at, event.ends_at),
        _("🏠 {organisation}", organisation=one.organisation),
        _room(_, event),
    ]
    if one.asked:
        lines.append(
            _.plural(
                "💬 {n} person was asked and has not answered.",
                "💬 {n} people were asked and have not answered.",
                one.asked,
            )
        )
    return "\n".join(lines)


def _room(_: Words, event: Event) -> str:
    capacity = event.draft.capacity
    if capacity is None:
        return _("👥 {n} have a place, no limit", n=event.taken)
    return _("👥 {n} of {all} places are taken", n=event.taken, all=capacity)


def _people(_: Words, listed: Sequence[Taken]) -> str:
    shown = [
        _("📞 {name}", name=one.name) if one.person_id is None else _("{name}", name=one.name)
        for one in listed[:_NAMES]
    ]
    return ", ".join([*shown, *(["…"] if len(listed) > _NAMES else [])])


def _calls(shown: Board) -> Buttons:
    """One row for each who has to be called."""
    event = shown.event.id
    return tuple(
        (
            Button(f"✅ {_name(one.name, _NAME)}", action=f"vcsaid:{event}:{one.participant}:yes"),
            Button(f"✖️ {_name(one.name, _NAME)}", action=f"vcsaid:{event}:{one.participant}:no"),
        )
        for one in shown.to_call[:_CALLS]
    )


def _candidate(_: Words, number: int, one: Candidate) -> str:
    name = _("<b>{number}. {name}</b>", number=number, name=one.name)
    town = f" · {_('{name}', name=one.town)}" if one.town else ""
    call = "" if one.has_telegram else " 📞"
    lines = [f"{name}{town}{call}"]
    if one.languages:
        lines.append(_("🗣 {languages}", languages=traits.with_levels(_, one.languages)))
    if why := reasons(_, one.match.reasons):
        lines.append(f"✔️ {why}")
    return "\n".join(lines)


def reasons(_: Words, found: Sequence[Reason]) -> str:
    """Why somebody fits, for a coordinator."""
    return " · ".join(
        _TO_COORDINATORS[one.why](_, one.what) for one in found if one.why in _TO_COORDINATORS
    )


def _tick(number: int, one: Candidate, picked: Collection[int]) -> str:
    mark = "✅" if one.id in picked else "▫️"
    return f"{mark} {number}. {_name(one.name, _NAME)}"


def _name(text: str, most: int) -> str:
    return bidi.isolate(text[:most])


def _leaf(page: int, back: Button, more: Button, *, has_more: bool) -> Buttons:
    row = ([back] if page else []) + ([more] if has_more else [])
    return (tuple(row),) if row else ()
