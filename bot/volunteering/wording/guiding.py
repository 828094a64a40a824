"""The coordinator's worklist and a volunteer's file."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import N_label, Words
from bot.volunteering.domain import State
from bot.volunteering.domain.guiding import (
    EXIT_TALK,
    PAIR,
    TO_DO,
    Card,
    File,
    FollowUp,
    Listed,
    Note,
    Pile,
    Referral,
)
from bot.volunteering.wording import lengths, profile, referring, renewing, traits

Screen = tuple[str, Buttons]

_DAY = timedelta(days=1)

PILES: Final[Mapping[Pile, str]] = {
    Pile.SIGN_UPS: N_label("📥 No answer yet ({n})"),
    Pile.FOLLOW_UPS: N_label("⏰ Today ({n})"),
    Pile.FIRST: N_label("📞 Call after first shift ({n})"),
    Pile.UNPLACED: N_label("🔎 Not placed yet ({n})"),
    Pile.OLD: N_label("📜 New documents ({n})"),
}
_TITLES: Final[Mapping[Pile, str]] = {
    Pile.SIGN_UPS: N_("📥 <b>Signed up, and no answer for three working days</b>"),
    Pile.FOLLOW_UPS: N_("⏰ <b>What you wanted to do by today</b>"),
    Pile.FIRST: N_("📞 <b>First shift done: call and ask how it was</b>"),
    Pile.UNPLACED: N_("🔎 <b>Not placed yet</b>"),
    Pile.OLD: N_("📜 <b>Agreed to an older version of our documents</b>"),
    Pile.ALL: N_("👥 <b>Volunteers</b>"),
}
_STATES: Final[Mapping[State, str]] = {
    State.ENROLLED: N_("signed up, waits for an answer"),
    State.ACTIVE: N_("volunteers"),
    State.PAUSED: N_("paused"),
    State.LEFT: N_("stopped"),
    State.REFUSED: N_("not taken on"),
}

# Dialogs.
NOTE_TITLE = N_("📝 Write a note")
NOTE = N_("What should the coordinators of this office know? The volunteer can ask to read it.")
REMIND_TITLE = N_("⏰ Remind me")
WHEN = N_("When?")
WHICH_DAY = N_("On which day?")
WHAT = N_("What do you want to do then?")
SOON: Final[tuple[tuple[str, str], ...]] = (
    ("week", N_label("In a week")),
    ("weeks", N_label("In three weeks")),
    ("months", N_label("In two months")),
    ("day", N_label("On another day")),
)
STOP_TITLE = N_("👋 Stops volunteering")
WHY_STOP = N_("Why does this volunteer stop? Their next shifts become free for others.")
FIND_TITLE = N_("🔎 Find a volunteer")
FIND = N_("Write a part of the name or the town.")
REASONS: Final[tuple[tuple[str, str], ...]] = (
    ("work", N_label("Found work")),
    ("study", N_label("School or course")),
    ("moved", N_label("Moved away")),
    ("time", N_label("Too little time")),
    ("private", N_label("Personal reasons")),
    ("match", N_label("It did not fit")),
    ("other", N_label("Something else")),
)


def state_name(state: State) -> str:
    """What a state is called: a msgid, inside a sentence."""
    return _STATES[state]


def overview(_: Words, counts: Mapping[Pile, int], further: Sequence[Button] = ()) -> Screen:
    """How much there is to do; `further`: what other features wait for."""
    head = _("📋 <b>Worklist</b>")
    rest = "" if further or any(counts.values()) else _("Nothing has waited too long. Well done!")
    rows: list[tuple[Button, ...]] = [
        (Button(_.label(PILES[pile], n=counts[pile]), action=f"vcpile:{pile}:0"),)
        for pile in TO_DO
        if counts[pile]
    ]
    rows += [(one,) for one in further]
    rows.append((Button(_.label("👥 All volunteers"), action=f"vcpile:{Pile.ALL}:0"),))
    rows.append((Button(_.label("🔎 Find a volunteer"), action="vcfind"),))
    rows.append((Button(_.label("⬅️ Back"), action="vcdesk"),))
    return "\n\n".join(filter(None, (head, rest))), tuple(rows)


def morning(_: Words, counts: Mapping[Pile, int]) -> Screen:
    """The same, as the first message of the day."""
    lines = [_(PILES[pile], n=counts[pile]) for pile in TO_DO if counts[pile]]
    text = "\n".join([_("☀️ Good morning! Your volunteers today:"), "", *lines])
    return text, ((Button(_.label("📋 Worklist"), action="vcwork"),),)


def listed(_: Words, found: Listed, today: date) -> Screen:
    """A page of one list; each volunteer is a button."""
    lines = [_(_TITLES[found.pile])]
    if not found.cards:
        lines.append(_("Nobody is on this list."))
    buttons = [_line(_, one, found.pile, today) for one in found.cards]
    turning = _turning(_, found)
    back = (Button(_.label("⬅️ Worklist"), action="vcwork"),)
    asks = renewing.ask_all(_) if found.pile is Pile.OLD and found.cards else ()
    return "\n\n".join(lines), (*buttons, *((turning,) if turning else ()), *asks, back)


def results(_: Words, found: Sequence[Card], today: date) -> Screen:
    """Whom a name found."""
    text = _("🔎 <b>Found</b>") if found else _("I found nobody of that name in your offices.")
    buttons = [_line(_, one, Pile.ALL, today) for one in found]
    again = (Button(_.label("🔎 Find a volunteer"), action="vcfind"),)
    back = (Button(_.label("⬅️ Worklist"), action="vcwork"),)
    return text, (*buttons, again, back)


def file(_: Words, one: File, referrals: Sequence[Referral], *, office: str, today: date) -> Screen:
    """The file, and what can be done with it."""
    parts = [_head(_, one, office), _told(_, one), _notes(_, one.notes)]
    plans = [_plan(_, plan, today) for plan in one.follow_ups]
    if plans:
        parts.append("\n".join([_("⏰ <b>To do</b>"), *plans]))
    parts.append("\n".join(referring.line(_, each) for each in referrals))
    done = [row for each in referrals for row in referring.buttons(_, each)]
    last = (Button(_.label("⬅️ Worklist"), action="vcwork"),)
    return "\n\n".join(filter(None, parts)), (*_file_buttons(_, one), *done, last)


def what(_: Words, text: str) -> str:
    """What a follow-up is about, as plain text."""
    if text == EXIT_TALK:
        return _.plain("would like to talk about stopping")
    if text.startswith(PAIR):
        return _.plain("ask both how it goes with the pair")
    return text or _.plain("call")


def _line(_: Words, one: Card, pile: Pile, today: date) -> tuple[Button, ...]:
    days = 0 if one.since is None else max((today - one.since) // _DAY, 0)
    name = _.label("{name} · {town}", name=one.name, town=one.town) if one.town else one.name
    if pile is Pile.FOLLOW_UPS:
        label = _.label("{name}: {what}", name=one.name, what=what(_, one.what))
    elif pile is Pile.ALL:
        label = name
    else:
        label = _.label_plural("{name} · {n} day", "{name} · {n} days", days, name=name)
    if pile is Pile.SIGN_UPS:
        return (Button(label[:60], action=f"vcfile:{one.id}"),)  # where it is decided
    return (Button(label[:60], action=f"vcvol:{one.id}"),)


def _turning(_: Words, found: Listed) -> tuple[Button, ...]:
    pile, page = found.pile, found.page
    earlier = Button(_.label("◀️ Earlier"), action=f"vcpile:{pile}:{page - 1}")
    more = Button(_.label("▶️ More"), action=f"vcpile:{pile}:{page + 1}")
    return (*((earlier,) if page else ()), *((more,) if found.has_more else ()))


def _head(_: Words, one: File, office: str) -> str:
    lines = [_("👤 <b>{name}</b>", name=one.name)]
    where = ", ".join(dict.fromkeys(filter(None, (one.town, office))))
    if where:
        lines.append(_("📍 {place}", place=where))
    state = _("Now: {state}", state=_.plain(_STATES[one.state]))
    lines.append(state)
    if one.left_reason in dict(REASONS):
        lines.append(_("Reason: {reason}", reason=_.plain(dict(REASONS)[one.left_reason])))
    lines.append(_("Signed up: {day}", day=formats.date_words(_, one.enrolled_at)))
    return "\n".join(lines)


def _told(_: Words, one: File) -> str:
    lines = []
    if one.languages:
        lines.append(_("🗣 {languages}", languages=traits.with_levels(_, one.languages)))
    lines += profile.told(_, one.profile) if one.profile else []
    if one.phone:
        lines.append(_("📞 {phone}", phone=one.phone))
    if not one.has_telegram:
        lines.append(_("Has no Telegram here: please call."))
    done = _.plural("{n} shift done", "{n} shifts done", one.shifts)
    lines.append(_("🗓 {shifts}, {hours}", shifts=done, hours=lengths.hours(_, one.minutes)))
    if one.next_at is not None:
        lines.append(_("Next shift: {when}", when=formats.soon(_, one.next_at)))
    return "\n".join(lines)


def _notes(_: Words, notes: Sequence[Note]) -> str:
    if not notes:
        return ""
    written = [
        _(
            "{day}, {author}: {text}",
            day=formats.day_words(_, formats.day_of(one.at)),
            author=one.author,
            text=one.text,
        )
        for one in notes
    ]
    return "\n".join([_("📝 <b>Notes</b>"), *written])


def _plan(_: Words, one: FollowUp, today: date) -> str:
    day = _.plain("today") if one.due_on <= today else formats.day_words(_, one.due_on)
    return _("{day}: {what}", day=day, what=what(_, one.what))


def _file_buttons(_: Words, one: File) -> Buttons:
    rows: list[tuple[Button, ...]] = []
    if one.state is State.ENROLLED:
        rows.append((Button(_.label("📥 Answer the sign-up"), action=f"vcfile:{one.id}"),))
    if one.must_be_called and one.state is State.ACTIVE:
        rows.append((Button(_.label("✔️ I have called"), action=f"vccalled:{one.id}"),))
    rows += [
        (
            Button(
                _.label("✔️ Done: {what}", what=what(_, plan.what))[:60], action=f"vcdone:{plan.id}"
            ),
        )
        for plan in one.follow_ups
    ]
    rows.append(
        (
            Button(_.label("📝 Note"), action=f"vcnote:{one.id}"),
            Button(_.label("⏰ Remind me"), action=f"vcremind:{one.id}"),
        )
    )
    if one.minutes:
        rows.append((Button(_.label("📄 Letters"), action=f"vclettersof:{one.id}"),))
    if one.state is State.ACTIVE:
        rows.append((Button(_.label("⏸ Pause"), action=f"vcpause:{one.id}"),))
    if one.state is State.PAUSED:
        rows.append((Button(_.label("▶️ Takes part again"), action=f"vcresume:{one.id}"),))
    if one.state in (State.ACTIVE, State.PAUSED):
        rows.append((Button(_.label("👋 Stops"), action=f"vcstop:{one.id}"),))
        rows.append((Button(_.label("💼 Refer to work"), action=f"vcrefer:{one.id}"),))
    return tuple(rows)
