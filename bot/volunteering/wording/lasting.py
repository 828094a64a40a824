"""Places that last, for who has them and for coordinators: how they stand, and news of them."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.events.domain import Event
from bot.language import formats
from bot.language.catalog import Words
from bot.volunteering.domain.placing import (
    ACCEPTED,
    ASKED,
    BEGUN,
    ENDED,
    PAUSED,
    PROPOSED,
    RUNNING,
    Placement,
    Side,
)
from bot.volunteering.wording import guiding, names, traits
from bot.volunteering.wording.hours import amount

Screen = tuple[str, Buttons]

_TITLE = 24  # letters of a title on a button

# Dialogs.
STOP_TITLE = N_("👋 Stop a regular place")
WHY_STOP = N_("Why do you stop? Only your coordinator reads this.")
END_TITLE = N_("👋 End a regular place")
WHY_END = N_("Why does it end? Only coordinators read this.")
RHYTHM_TITLE = N_("🗓 Days and hours")
DAYS = N_("On which days, and when?")
HOURS = N_("How many hours a week? For example 3, or 2:30.")
SINCE = N_("From which day on?")
REASONS: Final = guiding.REASONS

_TO_VOLUNTEER: Final[Mapping[str, str]] = {
    PROPOSED: N_("🙋 You are interested. Your coordinator writes to you."),
    ASKED: N_("Your coordinator asks: would you like this?"),
    ACCEPTED: N_("✅ Your coordinator said yes and tells you when you begin."),
    RUNNING: N_("▶️ Since {day}"),
    PAUSED: N_("⏸ In a pause"),
}
_TO_COORDINATOR: Final[Mapping[str, str]] = {
    PROPOSED: N_("🙋 is interested"),
    ASKED: N_("⏳ is asked"),
    ACCEPTED: N_("✅ approved, has not begun"),
    RUNNING: N_("▶️ since {day}"),
    PAUSED: N_("⏸ in a pause"),
    ENDED: N_("👋 ended"),
}
_DECLINED = N_("✖️ did not come about")
_MARKS: Final[Mapping[str, str]] = {
    PROPOSED: "🙋", ASKED: "⏳", ACCEPTED: "✅", RUNNING: "▶️", PAUSED: "⏸", ENDED: "⚠️",
}  # fmt: skip


# For who has a place


def own(_: Words, found: Sequence[tuple[Placement, Side, Sequence[Event]]]) -> Screen:
    """Everything that somebody has, wants or is asked for."""
    back = ((Button(_.label("⬅️ Back"), action="vhome"),),)
    if not found:
        return _("You have no regular place at the moment."), back
    lines = [_("🔁 <b>My regular places</b>"), *(_one(_, *each) for each in found)]
    rows = [row for one, side, _clashes in found for row in _own_buttons(_, one, side)]
    return "\n\n".join(lines), (*rows, *back)


def _one(_: Words, one: Placement, side: Side, clashes: Sequence[Event]) -> str:
    lines = [_title(_, one)]
    if one.state in BEGUN and one.partner is not None:
        lines.append(_("🤝 With {name}", name=one.other_name(side)))
    if one.state == ASKED and one.said_at(side) is not None:
        lines.append(_("You said yes. Now we wait for the other person."))
    elif one.state == ACCEPTED and one.has_two_sides:
        lines.append(_("✅ Your coordinator said yes and looks for somebody who fits you."))
    else:
        lines.append(_(_TO_VOLUNTEER[one.state], day=_since(_, one)))
    lines += _rhythm(_, one)
    if one.meets_at is not None and one.state in BEGUN:
        lines.append(_("📅 First meeting: {moment}", moment=formats.day_and_time(_, one.meets_at)))
    return "\n".join([*lines, *_clashes(_, clashes)])


def _own_buttons(_: Words, one: Placement, side: Side) -> Buttons:
    title = one.title(_.code)[:_TITLE]
    if one.state == PROPOSED:
        label = _.label("✖️ Not interested any more: {title}", title=title)
        return ((Button(label, action=f"vplout:{one.id}"),),)
    if one.state == ASKED and one.said_at(side) is None:
        return yes_or_no(_, one.id)
    if one.state == ASKED:
        return ()
    stop = (Button(_.label("👋 Stop: {title}", title=title), action=f"vplstop:{one.id}"),)
    if one.partner is None or one.state not in BEGUN:
        return (stop,)
    reach = Button(_.label("📇 How to reach me"), action=f"vplreach:{one.id}")
    return ((reach,), stop)


def yes_or_no(_: Words, placement: int) -> Buttons:
    """Below a coordinator's question."""
    return (
        (
            Button(_.label("✅ Yes"), action=f"vplyes:{placement}"),
            Button(_.label("❌ No"), action=f"vplno:{placement}"),
        ),
    )


def stopped(_: Words) -> Screen:
    """The last word to who stops."""
    text = _("Thank you for everything you did here. Your coordinator knows that you stop.")
    return text, _home(_)


# News


def begins(_: Words, found: Placement) -> Screen:
    """The first day, and how often."""
    text = _(
        "✅ You begin with <b>{title}</b> on {day}.",
        title=found.title(_.code),
        day=_since(_, found),
    )
    return "\n".join([text, *_rhythm(_, found)]), places(_)


def rearranged(_: Words, found: Placement) -> Screen:
    """Other days or hours."""
    text = _("🗓 <b>{title}</b>: the days and hours have changed.", title=found.title(_.code))
    return "\n".join([text, *_rhythm(_, found)]), places(_)


def paused(_: Words, found: Placement) -> Screen:
    """For a while nothing is expected."""
    text = _(
        "⏸ <b>{title}</b> has a pause now. Your coordinator tells you when it goes on.",
        title=found.title(_.code),
    )
    return text, places(_)


def goes_on(_: Words, found: Placement) -> Screen:
    """After a pause."""
    return _("▶️ <b>{title}</b> goes on.", title=found.title(_.code)), places(_)


def ended(_: Words, found: Placement) -> Screen:
    """The house ends it."""
    text = _(
        "👋 <b>{title}</b> ends. Thank you for everything! Your coordinator is happy to look for"
        " something else with you.",
        title=found.title(_.code),
    )
    return text, _home(_)


def not_this_time(_: Words, found: Placement) -> Screen:
    """It was asked or agreed, and does not come about. Whose word it was is not said."""
    text = _(
        "About <b>{title}</b>: it does not work out this time. Your coordinator is happy to look"
        " for something else with you.",
        title=found.title(_.code),
    )
    return text, _home(_)


def other_stopped(_: Words, name: str) -> Screen:
    """To the other side of a pair; why is not said."""
    text = _(
        "👋 {name} cannot go on meeting you. That is not because of you: things change in people’s"
        " lives. Thank you for the time that you gave each other. Your coordinator is happy to look"
        " for somebody else with you.",
        name=name,
    )
    return text, ((Button(_.label("💬 Ask a colleague"), action="ask"),),)


# For coordinators


def listed(_: Words, found: Sequence[Placement], *, page: int, has_more: bool, ref: str) -> Screen:
    """A page; each place is a button. `ref`: ":12" for those of one assignment."""
    lines = [_("🔁 <b>Regular places and pairs</b>")]
    if not found:
        lines.append(_("There is none at the moment."))
    rows = [(Button(_line(_, one)[:60], action=f"vcpl:{one.id}"),) for one in found]
    turns = []
    if page:
        turns.append(Button(_.label("◀️ Earlier"), action=f"vclast:{page - 1}{ref}"))
    if has_more:
        turns.append(Button(_.label("▶️ More"), action=f"vclast:{page + 1}{ref}"))
    wishes = (Button(_.label("🤝 Would like a buddy"), action="vcwish:0"),)
    back = Button(_.label("⬅️ Back"), action=f"vcas{ref}" if ref else "vcdesk")
    further = (*((tuple(turns),) if turns else ()), *(() if ref else (wishes,)))
    return "\n\n".join(lines), (*rows, *further, (back,))


def _line(_: Words, one: Placement) -> str:
    mark, title = _MARKS.get(one.state, ""), one.title(_.code)
    if one.partner is None:
        return _.label("{mark} {name} · {title}", mark=mark, name=one.name, title=title)
    return _.label("{mark} {one} + {other}", mark=mark, one=one.name, other=one.partner_name)


def one(
    _: Words,
    found: Placement,
    clashes: Sequence[Event],
    unreached: Sequence[Side] = (),
) -> Screen:
    """A place with all that a coordinator may know and do. `unreached`: sides without Telegram."""
    state = _.plain(_TO_COORDINATOR.get(found.state, _DECLINED), day=_since(_, found))
    if found.state == ACCEPTED and found.has_two_sides:
        state = _.plain("✅ approved, looks for the other side")
    lines = [_title(_, found), _("👤 {name}", name=found.name)]
    if found.partner is not None:
        lines.append(_("🤝 With {name}", name=found.partner_name))
    lines.append(_("Now: {state}", state=state))
    if found.state == ASKED:
        lines += [_said(_, found, side) for side in _sides(found)]
    lines += _rhythm(_, found)
    if found.meets_at is not None:
        moment = formats.day_and_time(_, found.meets_at)
        lines.append(_("📅 First meeting: {moment}", moment=moment))
    lines += [*_over(_, found), *_clashes(_, clashes)]
    calls = [row for side in unreached for row in _calls(_, found, side)]
    return "\n".join(lines), (*calls, *_buttons(_, found), (_to_list(_),))


def _calls(_: Words, found: Placement, side: Side) -> Buttons:
    """What is noted of somebody who is called."""
    name = (found.name if side is Side.VOLUNTEER else found.partner_name)[:_TITLE]
    if found.state == ASKED and found.said_at(side) is None:
        at = f"{found.id}:{side}"
        return (
            (
                Button(_.label("📞 {name}: yes", name=name), action=f"vcplsaid:{at}:1"),
                Button(_.label("📞 {name}: no", name=name), action=f"vcplsaid:{at}:0"),
            ),
        )
    if found.state in BEGUN and found.partner is not None:
        label = _.label("📇 Number of {name}", name=name)
        return ((Button(label, action=f"vcreach:{found.id}:{side}"),),)
    return ()


def _over(_: Words, found: Placement) -> list[str]:
    if found.state != ENDED:
        return []
    reasons = dict(REASONS)
    lines = []
    if found.ended_reason in reasons:
        lines.append(_("Reason: {reason}", reason=_.plain(reasons[found.ended_reason])))
    if _is_untold(found):
        other = found.partner_name if found.ended_by == Side.VOLUNTEER else found.name
        lines.append(_("⚠️ {name} does not know yet.", name=other))
    return lines


def _said(_: Words, found: Placement, side: Side) -> str:
    name = found.name if side is Side.VOLUNTEER else found.partner_name
    if found.said_at(side) is not None:
        return _("✅ Yes: {name}", name=name)
    return _("⏳ No answer yet: {name}", name=name)


def _buttons(_: Words, found: Placement) -> Buttons:
    at, has_begun = found.id, found.state in BEGUN
    agreed = found.state == ACCEPTED and not found.has_two_sides
    other = found.partner_name if found.ended_by == Side.VOLUNTEER else found.name
    tell = _.label("💬 Tell {name} now", name=other)[:60]
    rows = (
        (agreed, Button(_.label("▶️ Let it begin"), action=f"vcplset:{at}")),
        (has_begun and found.partner, Button(_.label("📅 First meeting"), action=f"vcmeet:{at}")),
        (has_begun, Button(_.label("🗓 Days and hours"), action=f"vcplset:{at}")),
        (found.state == RUNNING, Button(_.label("⏸ Pause"), action=f"vcplrest:{at}:1")),
        (found.state == PAUSED, Button(_.label("▶️ It goes on"), action=f"vcplrest:{at}:0")),
        (
            found.state in (ASKED, ACCEPTED, *BEGUN),
            Button(_.label("👋 End it"), action=f"vcplend:{at}"),
        ),
        (found.state == PROPOSED, Button(_.label("🙋 Who is interested"), action="vcplaces")),
        (_is_untold(found), Button(tell, action=f"vcpltell:{at}")),
    )
    return tuple((button,) for is_there, button in rows if is_there)


def _is_untold(found: Placement) -> bool:
    return found.state == ENDED and found.partner is not None and not found.is_told


def told(_: Words, name: str, *, is_sent: bool) -> str:
    """What the tap did."""
    if is_sent:
        return _.plain("{name} gets a kind message, without the reason.", name=name)
    return _.plain("{name} has no Telegram here: please call.", name=name)


def stopped_card(_: Words, found: Placement) -> Screen:
    """To the coordinators: somebody stops. Why stands on the screen behind the button."""
    who = found.name if found.ended_by == Side.VOLUNTEER else found.partner_name
    lines = [_("👋 {name} stops: {title}", name=who, title=found.title(_.code))]
    if found.partner is not None and not found.is_told:
        other = found.partner_name if found.ended_by == Side.VOLUNTEER else found.name
        lines.append(
            _(
                "{name} does not know yet. Please call, or let me tell it kindly. In two days I"
                " tell it by myself.",
                name=other,
            )
        )
    return "\n\n".join(lines), ((Button(_.label("👁 Look"), action=f"vcpl:{found.id}"),),)


# Parts


def _title(_: Words, one: Placement) -> str:
    return _(
        "<b>{title}</b> · {organisation}",
        title=one.title(_.code),
        organisation=one.organisation,
    )


def _since(_: Words, one: Placement) -> str:
    return formats.day_words(_, one.since) if one.since is not None else "–"


def _rhythm(_: Words, one: Placement) -> list[str]:
    if not one.weekly_minutes:
        return []
    hours = _("⏱ {hours} a week", hours=amount(_, one.weekly_minutes))
    return [hours, *([_("🗓 {days}", days=traits.days(_, one.days))] if one.days else [])]


def _clashes(_: Words, found: Sequence[Event]) -> list[str]:
    if not found:
        return []
    shown = [
        f"• {formats.day_and_time(_, each.starts_at)}: {names.shown(each.title(_.code))}"
        for each in found[:5]
    ]
    return [_("⚠️ A shift at the same time:"), *shown]


def _sides(found: Placement) -> list[Side]:
    return [Side.VOLUNTEER, *([Side.PARTNER] if found.partner is not None else [])]


def places(_: Words) -> Buttons:
    """The way to one's own places."""
    return ((Button(_.label("🔁 My regular places"), action="vplaces"),),)


def _home(_: Words) -> Buttons:
    return ((Button(_.label("🤝 Volunteer"), action="vhome"),),)


def _to_list(_: Words) -> Button:
    return Button(_.label("🔁 Regular places and pairs"), action="vclast:0")
