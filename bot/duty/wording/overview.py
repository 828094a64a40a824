"""Who is on duty now and next, this week, and one's own blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.delivery.messages import Button, Buttons
from bot.duty.domain import DESKS, INFODESK, Closure, Duty, Shift, is_holiday
from bot.duty.domain.timetable import Timetable
from bot.duty.wording import names
from bot.language import formats
from bot.language.catalog import Catalogs, Words
from bot.people.domain.team import Team
from bot.people.wording.team import language

_FITS = 3600  # characters; what is longer comes as a file
_CLOSURES = 10
_LINES = 30  # of one colleague; /duty csv has all of them
_REASON = 80  # characters


class Screen(NamedTuple):
    """What one message shows."""

    text: str
    buttons: Buttons = ()


class View(NamedTuple):
    """What every screen is drawn from."""

    catalogs: Catalogs
    timetable: Timetable
    team: Team
    now: datetime
    may_change: bool = False

    def language(self, _: Words, code: str) -> str:
        """A language as the reader calls it."""
        return language(_, self.catalogs, code)

    @property
    def today(self) -> date:
        """The day in Brussels."""
        return formats.day_of(self.now)


def overview(_: Words, view: View) -> Screen:
    """Now and next, per desk and language."""
    parts = [_("<b>On duty</b>")]
    for desk in DESKS:
        lines = [_place(_, view, desk, code) for code in _languages(view, desk)]
        if lines:
            parts.append("\n".join([_("<b>{desk}</b>", desk=names.desk(_, desk)), *lines]))
    if closed := _closures(_, view):
        parts.append(closed)
    return Screen("\n\n".join(parts), _overview_buttons(_, view))


def week(_: Words, view: View, desk: str, ahead: int) -> Screen:
    """The blocks of one desk in one week; 0 is this one."""
    monday = view.today - timedelta(days=view.today.weekday(), weeks=-ahead)
    head = _(
        "🗓 <b>{desk}</b>, week of {day}",
        desk=names.desk(_, desk),
        day=formats.day_words(_, monday),
    )
    days = (monday + timedelta(days=n) for n in range(7))
    parts = [part for day in days if (part := _day(_, view, desk, day))]
    if not any(one.desk == desk for one in view.timetable.roster.duties):
        parts.append(_("No blocks yet. The opening hours of the organisation count."))
    text = "\n\n".join([head, *parts])
    if len(text) > _FITS:
        text = _cut(text) + "\n\n" + _("It goes on: /duty csv sends all of it.")
    return Screen(text, _week_buttons(_, view, desk, ahead))


def mine(_: Words, view: View, person_id: int) -> Screen:
    """A colleague's own blocks, every week."""
    own = of_colleague(view, person_id)
    lines = lines_of(_, view, own) or [_("You have no blocks in the roster.")]
    if closed := _closures(_, view):
        lines.append("\n" + closed)
    return Screen("\n".join([_("<b>My blocks</b>"), *lines]), ((_back(_),),))


def mine_in_short(_: Words, view: View, person_id: int) -> str:
    """The same for a toast in the group, where it costs no message."""
    own = of_colleague(view, person_id)
    if not own:
        return _.plain("You have no blocks in the roster.")
    text = "\n".join(_together_plain(_, view, group) for group in _same_hours(own))
    return text if len(text) <= 190 else text[:190].rpartition("\n")[0] + "\n…"


def of_colleague(view: View, person_id: int) -> list[Duty]:
    """One colleague's blocks, by day and time."""
    return in_order(one for one in view.timetable.roster.duties if one.person_id == person_id)


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """By day and time."""
    return sorted(duties, key=lambda one: (one.weekday, one.block, one.desk, one.language))


def line_of(_: Words, view: View, duty: Duty) -> str:
    """A block as plain text: Monday 09:00–12:30, Pashto, Legal helpdesk."""
    return _together_plain(_, view, [duty])


def lines_of(_: Words, view: View, duties: Iterable[Duty]) -> list[str]:
    """Blocks of one colleague, a line for those that differ in the day only."""
    groups = _same_hours(duties)
    lines = [_("• {block}", block=_together_plain(_, view, group)) for group in groups[:_LINES]]
    return lines if len(groups) <= _LINES else [*lines, "…"]


def closed_days(_: Words, view: View, closures: Iterable[Closure]) -> list[str]:
    """What is closed and why, a line each; days in a row for the same reason are one."""
    runs: list[list[Closure]] = []
    for one in sorted(closures, key=lambda each: (each.desk or "", each.language or "", each.day)):
        last = runs[-1][-1] if runs else None
        if last and replace(last, day=last.day + timedelta(days=1), id=one.id) == one:
            runs[-1].append(one)
        else:
            runs.append([one])
    lines = [_("• {block}", block=_closed(_, view, run)) for run in sorted(runs, key=_first)]
    return lines if len(lines) <= _CLOSURES else [*lines[:_CLOSURES], "…"]


def _first(run: Sequence[Closure]) -> date:
    return run[0].day


def _closed(_: Words, view: View, run: Sequence[Closure]) -> str:
    """Thursday 24 December – Saturday 2 January: only Pashto (team day), plain."""
    first, last = run[0], run[-1]
    text = formats.day_words(_, first.day)
    if last is not first:
        text = _.plain("{first} – {last}", first=text, last=formats.day_words(_, last.day))
    what = [names.desk(_, first.desk)] if first.desk else []
    what += [view.language(_, first.language)] if first.language else []
    if what:
        text = _.plain("{day}: only {what}", day=text, what=formats.listing(_, what))
    if not first.reason:
        return text
    is_long = len(first.reason) > _REASON
    reason = first.reason[: _REASON - 1].rstrip() + "…" if is_long else first.reason
    return _.plain("{day} ({reason})", day=text, reason=reason)


def _languages(view: View, desk: str) -> list[str]:
    """The info desk has every language, other desks those of their own roster."""
    return [
        code
        for code in view.catalogs.codes
        if desk == INFODESK or view.timetable.has_roster(desk, code)
    ]


def _place(_: Words, view: View, desk: str, code: str) -> str:
    """One language at one desk: who is there now, or who comes next."""
    language, shifts = view.language(_, code), _running(view, desk, code)
    if shifts:
        until = names.clock(max(one.closes for one in shifts))
        who = _named(_, view, shifts)
        if not who:
            return _("🟢 {language}: open until {time}", language=language, time=until)
        return _("🟢 {language}: {names} until {time}", language=language, names=who, time=until)
    coming = _next(view, desk, code)
    if not coming:
        return _("❔ {language}: nobody, and no opening hours", language=language)
    when, who = names.coming(_, coming[0].opens, now=view.now), _named(_, view, coming)
    if not who:
        return _("⚪ {language}: {when}", language=language, when=when)
    return _("⚪ {language}: {when}, {names}", language=language, when=when, names=who)


def _running(view: View, desk: str, code: str) -> list[Shift]:
    shifts = view.timetable.shifts(desk, code, view.today)
    return [one for one in shifts if one.is_on(view.now)]


def _next(view: View, desk: str, code: str) -> list[Shift]:
    """Everybody whose block begins at the next moment at which one does."""
    first = view.timetable.next_shift(desk, code, view.now)
    if first is None:
        return []
    shifts = view.timetable.shifts(desk, code, formats.day_of(first.opens))
    return [one for one in shifts if one.opens == first.opens]


def _named(_: Words, view: View, shifts: Iterable[Shift]) -> str:
    ids = [one.person_id for one in shifts if one.person_id is not None]
    return formats.listing(_, view.team.labels(ids)) if ids else ""


def _day(_: Words, view: View, desk: str, day: date) -> str:
    """One day of the week's screen, or nothing where nobody is on duty."""
    duties = [
        one
        for one in view.timetable.roster.duties
        if one.desk == desk and one.weekday == day.weekday()
    ]
    closed = [one for one in view.timetable.roster.closures if one.day == day]
    lines = [_together(_, view, group) for group in _groups(view, duties, day)]
    if is_holiday(day):
        lines = [_("closed: a holiday")]
    elif day in view.timetable.hours.closures:
        lines = [_("closed")]
    else:
        lines += [_("closed: {what}", what=_closed(_, view, [one])) for one in closed]
    if not duties and not closed:
        return ""
    return "\n".join([_("<b>{day}</b>", day=formats.day_words(_, day)), *lines])


def _groups(view: View, duties: Iterable[Duty], day: date) -> list[list[Duty]]:
    """Who is there at the same hours for the same language, as one line."""
    groups: dict[tuple[object, str], list[Duty]] = {}
    for one in sorted(duties, key=lambda duty: (duty.block, duty.language, duty.person_id)):
        if not view.timetable.is_closed(one.desk, one.language, day):
            groups.setdefault((one.block, one.language), []).append(one)
    return list(groups.values())


def _together(_: Words, view: View, group: Sequence[Duty]) -> str:
    return _(
        "{hours} {language}: {names}",
        hours=names.hours(group[0].block),
        language=view.language(_, group[0].language),
        names=formats.listing(_, view.team.labels(one.person_id for one in group)),
    )


def _same_hours(duties: Iterable[Duty]) -> list[list[Duty]]:
    groups: dict[tuple[object, ...], list[Duty]] = {}
    for one in duties:
        groups.setdefault((one.block, one.language, one.desk), []).append(one)
    return list(groups.values())


def _together_plain(_: Words, view: View, group: Sequence[Duty]) -> str:
    """Monday and Friday 09:00–12:30, Pashto, Legal helpdesk."""
    first = group[0]
    block = names.block(_, first.block, [one.weekday for one in group])
    language = view.language(_, first.language)
    if first.desk == INFODESK:
        return _.plain("{block}, {language}", block=block, language=language)
    place = names.desk(_, first.desk)
    return _.plain("{block}, {language}, {desk}", block=block, language=language, desk=place)


def _closures(_: Words, view: View) -> str:
    coming = [one for one in view.timetable.roster.closures if one.day >= view.today]
    if not coming:
        return ""
    return "\n".join([_("<b>Closed days</b>"), *closed_days(_, view, coming)])


def _cut(text: str) -> str:
    """Whole days only, so that no mark is torn."""
    return text[:_FITS].rpartition("\n\n")[0]


def _overview_buttons(_: Words, view: View) -> Buttons:
    week = Button(label=_.label("🗓 This week"), action=f"duty_week:{INFODESK}:0")
    mine = Button(label=_.label("👤 My blocks"), action="duty_mine")
    if not view.may_change:
        return ((week,), (mine,))
    return (
        (week,),
        (mine,),
        (Button(label=_.label("➕ Add a block"), action="duty_add"),),
        (Button(label=_.label("➖ Remove a block"), action="duty_remove"),),
        (Button(label=_.label("🚫 Closed days"), action="duty_close"),),
    )


def _week_buttons(_: Words, view: View, desk: str, ahead: int) -> Buttons:
    used = {one.desk for one in view.timetable.roster.duties}
    others = tuple(
        (Button(label=names.desk(_, one), action=f"duty_week:{one}:{ahead}"),)
        for one in DESKS
        if one != desk and (one in used or one == INFODESK)
    )
    label = _.label("🗓 This week") if ahead else _.label("🗓 Next week")
    turn = Button(label=label, action=f"duty_week:{desk}:{0 if ahead else 1}")
    return ((turn,), *others, (_back(_),))


def _back(_: Words) -> Button:
    return Button(label=_.label("↩️ On duty now"), action="duty")
