"""Buttons by which coordinators change the roster, and what a change is answered with."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.delivery.messages import Button
from bot.duty.domain import DAYS, DESKS, INFODESK, Block, Closure, Duty
from bot.duty.wording import names
from bot.duty.wording.overview import (
    Screen,
    View,
    closed_days,
    in_order,
    line_of,
    lines_of,
    of_colleague,
)
from bot.language import formats
from bot.language.catalog import Words

WEEK = "week"  # Monday to Friday, in a button
_COLLEAGUES = 40
_DAYS_AHEAD = 14
_USUAL = ("09:00-12:00", "09:00-12:30", "13:00-16:00", "13:30-17:00", "09:00-17:00")
_HOURS_SHOWN = 8


def who(_: Words, view: View) -> Screen:
    """For whom is the new block?"""
    rows = [
        (Button(label=view.team.label(id_), action=f"duty_add:{id_}"),)
        for id_ in _by_name(view, view.team.names)[:_COLLEAGUES]
    ]
    text = _("<b>Add a block</b>\nWho is on duty?") + "\n\n" + _as_line(_)
    return Screen(text, (*rows, (_back(_),)))


def which_desk(_: Words, view: View, person_id: int) -> Screen:
    """At which desk?"""
    rows = [
        (Button(label=names.desk(_, desk), action=f"duty_add:{person_id}:{desk}"),)
        for desk in DESKS
    ]
    text = _("<b>{name}</b>: at which desk?", name=view.team.label(person_id))
    return Screen(text, (*rows, (_back(_),)))


def which_language(_: Words, view: View, person_id: int, desk: str) -> Screen:
    """For which language?"""
    rows = [
        (Button(label=view.language(_, code), action=f"duty_add:{person_id}:{desk}:{code}"),)
        for code in view.catalogs.codes
    ]
    text = _(
        "<b>{name}</b>, {desk}: for which language?",
        name=view.team.label(person_id),
        desk=names.desk(_, desk),
    )
    return Screen(text, (*rows, (_back(_),)))


def which_day(_: Words, view: View, person_id: int, desk: str, code: str) -> Screen:
    """On which day? Shows what the colleague has already; the screen after each block too."""
    begun = f"{person_id}:{desk}:{code}"
    rows = [
        (Button(label=formats.weekday_name(_, day), action=f"duty_add:{begun}:{day}"),)
        for day in range(7)
    ]
    every = Button(label=_.label("Monday to Friday"), action=f"duty_add:{begun}:{WEEK}")
    asked = _(
        "<b>{name}</b>, {desk}, {language}: on which day?",
        name=view.team.label(person_id),
        desk=names.desk(_, desk),
        language=view.language(_, code),
    )
    return Screen(_with_own(_, view, asked, person_id), ((every,), *rows, (_back(_),)))


def which_hours(_: Words, view: View, person_id: int, begun: str, line: str) -> Screen:
    """From when to when? Hours that the team has already come first."""
    rows = [
        (Button(label=names.hours(block), action=f"duty_add:{begun}:{_compact(block)}"),)
        for block in _hours(view)
    ]
    asked = _("<b>{name}</b>: from when to when?", name=view.team.label(person_id))
    other = _("Other hours? Send it as a line:\n<code>{line}</code>", line=line)
    return Screen(asked + "\n\n" + other, (*rows, (_back(_),)))


def line(view: View, person_id: int, desk: str, code: str, day: str) -> str:
    """The command that does the same, to be copied and changed."""
    days = "mon-fri" if day == WEEK else DAYS[int(day)]
    place = "" if desk == INFODESK else f" {desk}"
    return f"/duty add {view.team.label(person_id)} {code} {days} 09:00-12:00{place}"


def whose(_: Words, view: View) -> Screen:
    """Whose block is to go?"""
    on_duty = {one.person_id for one in view.timetable.roster.duties}
    rows = [
        (Button(label=view.team.label(id_), action=f"duty_remove:{id_}"),)
        for id_ in _by_name(view, on_duty)[:_COLLEAGUES]
    ]
    text = _("<b>Remove a block</b>\nWhose?") if rows else _("There are no blocks yet.")
    return Screen(text, (*rows, (_back(_),)))


def which_block(_: Words, view: View, person_id: int, *, put_back: Sequence[Duty] = ()) -> Screen:
    """Which of the colleague's blocks? What was taken out just now can be put back."""
    own = of_colleague(view, person_id)
    rows: list[tuple[Button, ...]] = [
        (Button(label=line_of(_, view, one), action=f"duty_remove:{person_id}:{one.id}"),)
        for one in own[:_COLLEAGUES]
    ]
    for one in put_back:
        label = _.label("↩️ Put back {block}", block=names.block(_, one.block, [one.weekday]))
        place = f"{one.person_id}:{one.desk}:{one.language}:{one.weekday}:{_compact(one.block)}"
        rows.append((Button(label=label, action=f"duty_add:{place}"),))
    text = _("<b>{name}</b>: tap what is to go.", name=view.team.label(person_id))
    if not own:
        text = _("<b>{name}</b> has no blocks.", name=view.team.label(person_id))
    return Screen(text, (*rows, (_back(_),)))


def closures(_: Words, view: View) -> Screen:
    """Days that are closed, to be opened again; days that can be closed."""
    standing = [one for one in view.timetable.roster.closures if one.day >= view.today]
    rows: list[tuple[Button, ...]] = [(_open(_, one),) for one in standing[:10]]
    rows += [
        (
            Button(
                label=_.label("🚫 {day}", day=formats.day_words(_, day)), action=f"duty_close:{day}"
            ),
        )
        for day in _open_days(view)
    ]
    text = _(
        "<b>Closed days</b>\nTap a day to close it for everybody, or a closed day to open it again."
        " The holidays are known."
    )
    listed = closed_days(_, view, standing)
    example = _(
        "For one language or desk, several days, or with a reason, send a line:"
        "\n<code>{line}</code>",
        line=f"/duty close {view.today + timedelta(days=7)} ps Team day",
    )
    return Screen(
        "\n\n".join([text, *(["\n".join(listed)] if listed else []), example]), (*rows, (_back(_),))
    )


def added(_: Words, view: View, duties: Sequence[Duty]) -> str:
    """After a line: what is new, and all that these colleagues have now."""
    return _changed(_, view, _("✅ Added to the roster:"), duties)


def removed(_: Words, view: View, duties: Sequence[Duty]) -> str:
    """After a line: what is gone, and all that these colleagues have now."""
    return _changed(_, view, _("✅ Taken out of the roster:"), duties)


def closed(_: Words, view: View, days: Sequence[date]) -> str:
    """After a line: what is closed on these days now."""
    standing = [one for one in view.timetable.roster.closures if one.day in days]
    return "\n".join([_("✅ Closed:"), *closed_days(_, view, standing)])


def opened(_: Words, view: View, days: Sequence[date]) -> str:
    """After a line: these days are open again, or what is still closed on them."""
    standing = [one for one in view.timetable.roster.closures if one.day in days]
    listed = formats.listing(
        _, [formats.day_words(_, day) for day in (days[0], days[-1])[: len(days)]]
    )
    lines = closed_days(_, view, standing)
    still = ["", _("Still closed:"), *lines] if lines else []
    return "\n".join([_("✅ Open again: {days}", days=listed), *still])


def done(_: Words) -> str:
    """A toast."""
    return _.plain("✅ Done")


def file_caption(_: Words, day: date) -> str:
    """Under the file."""
    return _("The duty roster of {day}.", day=formats.date_words(_, day))


def _changed(_: Words, view: View, head: str, duties: Sequence[Duty]) -> str:
    parts = []
    for person_id in dict.fromkeys(one.person_id for one in duties):
        own = in_order(one for one in duties if one.person_id == person_id)
        lines = lines_of(_, view, own)
        text = "\n".join([head, _("<b>{name}</b>", name=view.team.label(person_id)), *lines])
        is_all = own == of_colleague(view, person_id)  # nothing else to show
        parts.append(text if is_all else _with_own(_, view, text, person_id))
    return "\n\n".join(parts)


def _with_own(_: Words, view: View, text: str, person_id: int) -> str:
    own = of_colleague(view, person_id)
    if not own:
        return text + "\n\n" + _("No blocks in the roster now.")
    return "\n".join([text, "", _("In the roster now:"), *lines_of(_, view, own)])


def _as_line(_: Words) -> str:
    return _("Or send a line:\n<code>{line}</code>", line="/duty add Karen ps mon 09:00-12:00")


def _hours(view: View) -> list[Block]:
    used = [one.block for one in view.timetable.roster.duties]
    opening = [
        block
        for week in view.timetable.hours.weeks.values()
        for day in week.values()
        for block in day
    ]
    usual = [Block.read(text) for text in _USUAL]
    return sorted(list(dict.fromkeys([*used, *opening, *usual]))[:_HOURS_SHOWN])


def _by_name(view: View, ids: Iterable[int]) -> list[int]:
    return sorted(ids, key=lambda id_: view.team.label(id_).casefold())


def _open_days(view: View) -> list[date]:
    days = (view.today + timedelta(days=n) for n in range(_DAYS_AHEAD))
    closed = {one.day for one in view.timetable.roster.closures if not (one.desk or one.language)}
    return [day for day in days if day not in closed and view.timetable.blocks_on(day)]


def _open(_: Words, one: Closure) -> Button:
    label = _.label("🟢 Open {day} again", day=formats.day_words(_, one.day))
    return Button(label=label, action=f"duty_open:{one.id}")


def _compact(block: Block) -> str:
    return f"{block.opens:%H%M}-{block.closes:%H%M}"


def _back(_: Words) -> Button:
    return Button(label=_.label("↩️ On duty now"), action="duty")
