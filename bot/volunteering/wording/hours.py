"""One's own hours, and what is said of them; a coordinator's list of what is open."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import N_label, Words
from bot.volunteering.domain import hours as domain
from bot.volunteering.domain.assignments import in_words_of
from bot.volunteering.domain.hours import Line, Sums
from bot.volunteering.domain.trajectories import Progress
from bot.volunteering.wording import lengths

Screen = tuple[str, Buttons]

_LATELY = 6  # lines that can be opened
_ASSIGNMENTS = 8
_CELLS = 10

# The dialog "this is not right".
TITLE = N_("Correct my hours")
LENGTH = N_("How many hours was it really? Write a number, such as 3 or 2.5.")
HOURS = N_("Hours")
WHY = N_("What was different?")
REASON = N_("What was different")
REASONS = (
    ("longer", N_label("I stayed longer")),
    ("shorter", N_label("I was there for a shorter time")),
    ("other", N_label("Something else")),
)


def amount(_: Words, minutes: int) -> str:
    """Hours in figures: "2,5 h"."""
    return _.plain("{n} h", n=lengths.figures(_, minutes))


def own(_: Words, lines: Sequence[Line], sums: Sums, progress: Progress | None) -> Screen:
    """All hours: the sum, by assignment, and the latest to open."""
    if not lines:
        text = _(
            "⏱ <b>My hours</b>\n\nYou have no hours yet. They come here by themselves after a"
            " shift."
        )
        return "\n\n".join([text, *_bar(_, progress)]), (*_picture(_, progress), _home(_))
    parts = [_head(_, sums), *_bar(_, progress), "\n".join(_by_assignment(_, lines))]
    if any(not one.is_final for one in lines[:_LATELY]):
        parts.append(_("Is something not right? Tap the day."))
    rows = tuple((_line_button(_, one),) for one in lines[:_LATELY])
    return "\n\n".join(parts), (*_picture(_, progress), *rows, _home(_))


def one(_: Words, line: Line, *, may_correct: bool) -> Screen:
    """One line in full."""
    parts = [f"<b>{_when(_, line)}</b>\n{_where(_, line)}", _standing(_, line)]
    fix = (Button(_.label("✏️ This is not right"), action=f"vfix:{line.id}"),)
    back = (Button(_.label("⬅️ My hours"), action="vhours"),)
    return "\n\n".join(parts), (*((fix,) if may_correct else ()), back)


def corrected(_: Words, line: Line) -> Screen:
    """What becomes of a correction."""
    if line.differs or line.is_open:
        text = _("Thank you. You say {hours}. Your coordinator looks at it.",
                 hours=amount(_, line.wanted))  # fmt: skip
    else:
        text = _("Thank you. {hours} it is.", hours=amount(_, line.minutes))
    return text, ((Button(_.label("⬅️ My hours"), action="vhours"),),)


def decided(_: Words, line: Line, minutes: int | None) -> Screen:
    """To the volunteer: what a coordinator decided about what they said."""
    when, where = _when(_, line), in_words_of(line.titles, _.code, line.written_in)[0]
    if minutes is None:
        text = _(
            "⏱ Your hours of {day} ({title}) were not approved. If that is not right, please ask"
            " your coordinator.",
            day=when,
            title=where,
        )
    else:
        text = _(
            "⏱ Your hours of {day} ({title}): {hours} are approved.",
            day=when,
            title=where,
            hours=amount(_, minutes),
        )
    return text, ((Button(_.label("⏱ My hours"), action="vhours"),),)


def thing(_: Words, sums: Sums) -> tuple[str, Button]:
    """The line of "My things"."""
    line = _("⏱ {hours} as a volunteer", hours=amount(_, sums.approved + sums.open))
    return line, Button(_.label("⏱ My hours"), action="vhours")


# Coordinators


def to_check(
    _: Words, lines: Sequence[Line], names: Mapping[int, str], *, page: int, has_more: bool
) -> Screen:
    """What is open or disputed, the oldest first."""
    if not lines:
        return _("⏱ <b>Hours to check</b>\n\nNothing is open. Well done!"), (_desk(_),)
    shown = [_check_line(_, n, one, names) for n, one in enumerate(lines, 1)]
    parts = [_("⏱ <b>Hours to check</b>"), *shown]
    rows = [
        (Button(_check_label(_, n, one, names), action=f"vchour:{one.id}"),)
        for n, one in enumerate(lines, 1)
    ]
    return "\n\n".join(parts), (
        *rows,
        *_all(_, lines),
        *_leaf(_, page, has_more=has_more),
        _desk(_),
    )


def check(_: Words, line: Line, name: str) -> Screen:
    """One line, and what a coordinator may decide."""
    parts = [
        _("<b>{name}</b>", name=name) + f"\n{_when(_, line)}\n{_where(_, line)}",
        _facts(_, line),
    ]
    rows = []
    if line.is_open or line.differs:
        rows = [_yes(_, line, one) for one in sorted({line.minutes, line.wanted}, reverse=True)]
    if line.is_open:
        rows.append((Button(_.label("❌ Does not count"), action=f"vchno:{line.id}"),))
    back = (Button(_.label("⬅️ Hours to check"), action="vchours:0"),)
    return "\n\n".join(parts), (*rows, back)


def _desk(_: Words) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), action="vcdesk"),)


def _yes(_: Words, line: Line, minutes: int) -> tuple[Button, ...]:
    label = _.label("✅ Approve {hours}", hours=amount(_, minutes))
    return (Button(label, action=f"vchyes:{line.id}:{minutes}"),)


def _all(_: Words, lines: Sequence[Line]) -> Buttons:
    """Everything on the page that nobody disputes, with one tap."""
    agreed = [one for one in lines if one.is_open and not one.differs]
    ids = ",".join(str(one.id) for one in agreed)
    argument = f"{sum(one.minutes for one in agreed)}:{ids}"
    if len(agreed) < 2 or len(argument) > 55:
        return ()
    label = _.label_plural("✅ Approve {n} line", "✅ Approve {n} lines", len(agreed))
    return ((Button(label, action=f"vchall:{argument}"),),)


def _leaf(_: Words, page: int, *, has_more: bool) -> Buttons:
    leaf = []
    if page:
        leaf.append(Button(_.label("‹ Back"), action=f"vchours:{page - 1}"))
    if has_more:
        leaf.append(Button(_.label("More ›"), action=f"vchours:{page + 1}"))
    return (tuple(leaf),) if leaf else ()


def _check_line(_: Words, number: int, line: Line, names: Mapping[int, str]) -> str:
    name = _("{n}. <b>{name}</b>", n=number, name=names.get(line.volunteer, "—"))
    return f"{name}\n{_when(_, line)} · {_where(_, line)}\n{_facts(_, line)}"


def _check_label(_: Words, number: int, line: Line, names: Mapping[int, str]) -> str:
    name = names.get(line.volunteer, "—")
    mark = "❗ " if line.differs else ""
    return _.label("{n}. {mark}{name}", n=number, mark=mark, name=name)


def _facts(_: Words, line: Line) -> str:
    """Who says what."""
    hours = amount(_, line.minutes)
    if line.is_week:
        known = _("The volunteer says: {hours}", hours=hours)
    elif line.is_open:
        known = _("The shift took: {hours}", hours=hours)
    else:
        known = _("Approved: {hours}", hours=hours)
    if line.state == domain.REFUSED:
        return _("❌ Does not count: {hours}", hours=hours)
    if not line.differs or line.is_week:
        return known
    said = _("❗ The volunteer says: {hours}", hours=amount(_, line.wanted))
    why = dict(REASONS).get(line.reason or "")
    return f"{known}\n{said}" + (f" ({_(why)})" if why else "")


# Parts


def _home(_: Words) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), action="vhome"),)


def _head(_: Words, sums: Sums) -> str:
    head = _("⏱ <b>My hours: {hours}</b>", hours=amount(_, sums.approved + sums.open))
    if not sums.open:
        return head + "\n" + _("All of them are approved. Thank you!")
    return (
        head
        + "\n"
        + _(
            "Approved: {approved}. Still to approve: {open}.",
            approved=amount(_, sums.approved),
            open=amount(_, sums.open),
        )
    )


def _bar(_: Words, progress: Progress | None) -> list[str]:
    """The way to 40 hours, as far as somebody is on it."""
    if progress is None:
        return []
    full = min(_CELLS, progress.minutes * _CELLS // max(progress.target, 1))
    # Squares have no direction of their own: the bar would begin where Dutch begins.
    bar = ("\u200f" if _.is_rtl else "") + "🟩" * full + "⬜" * (_CELLS - full)
    said = _(
        "🎯 {done} of {target} for your trajectory",
        done=amount(_, progress.minutes),
        target=amount(_, progress.target),
    )
    return [f"{said}\n{bar}"]


def _picture(_: Words, progress: Progress | None) -> Buttons:
    if progress is None:
        return ()
    return ((Button(_.label("🖼 See it as a picture"), action="vhourpic"),),)


def _by_assignment(_: Words, lines: Sequence[Line]) -> list[str]:
    by_number = sorted(lines, key=lambda one: one.assignment)
    found = []
    for _number, group in groupby(by_number, key=lambda one: one.assignment):
        mine = list(group)
        total = domain.sums(mine)
        found.append((total.approved + total.open, mine[0]))
    found.sort(key=lambda one: (-one[0], one[1].assignment))
    told = [
        _("• {title}: {hours}", title=_title(_, line), hours=amount(_, minutes))
        for minutes, line in found[:_ASSIGNMENTS]
    ]
    if len(found) > _ASSIGNMENTS:
        told.append("…")
    return told


def _line_button(_: Words, line: Line) -> Button:
    mark = "❗" if line.differs else _MARKS[line.state]
    label = _.label(
        "{mark} {day} · {hours}",
        mark=mark,
        day=_short(_, line),
        hours=amount(_, line.minutes if line.state == domain.APPROVED else line.wanted),
    )
    return Button(label, action=f"vhour:{line.id}")


_MARKS = {
    domain.DERIVED: "⏳",
    domain.CORRECTED: "⏳",
    domain.APPROVED: "✅",
    domain.REFUSED: "❌",
}


def _standing(_: Words, line: Line) -> str:
    hours = amount(_, line.minutes)
    if line.state == domain.REFUSED:
        return _("❌ {hours}: not approved. If that is not right, please ask your coordinator.",
                 hours=hours)  # fmt: skip
    if line.state == domain.APPROVED:
        said = _("✅ {hours}, approved.", hours=hours)
    else:
        said = _("⏳ {hours}, not approved yet.", hours=hours)
    if not line.differs:
        return said
    return (
        said
        + "\n"
        + _("❗ You say {hours}. Your coordinator looks at it.", hours=amount(_, line.wanted))
    )


def _short(_: Words, line: Line) -> str:
    if line.is_week:
        return _.plain("week of {day}", day=formats.day_words(_, line.worked_on))
    return formats.day_words(_, line.worked_on)


def _when(_: Words, line: Line) -> str:
    if not line.is_week:
        return formats.date_words(_, line.worked_on)
    last = line.worked_on + timedelta(days=6)
    return _(
        "Week: {first} – {last}",
        first=formats.day_words(_, line.worked_on),
        last=formats.day_words(_, last),
    )


def _where(_: Words, line: Line) -> str:
    return _("{title}, {organisation}", title=_title(_, line), organisation=line.organisation)


def _title(_: Words, line: Line) -> str:
    return in_words_of(line.titles, _.code, line.written_in)[0] or line.organisation
