"""Who would like a buddy: their own words, the coordinators' list, and which volunteers fit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.handover.domain.calling import phone_shown
from bot.language import formats
from bot.language.catalog import Words
from bot.volunteering.domain.assignments import Assignment
from bot.volunteering.domain.matching import Reason, Why
from bot.volunteering.domain.partners import Partner, Suggested
from bot.volunteering.wording import traits

Screen = tuple[str, Buttons]

_REASONS = 4
_NAME = 24

# Dialogs.
TITLE = N_("🤝 I would like a buddy")
IS_ADULT = N_(
    "A buddy is a volunteer who meets you now and then: to talk, to practise Dutch, to find the way"
    " here. Coordinators see what you say now; a buddy first sees your first name only.\n\nAre you"
    " 18 or older?"
)
TOWN = N_("Where do you live? Write the town or the postcode.")
LANGUAGES = N_("Which languages do you speak? Tap all of them.")
WHEN = N_("When could you meet somebody? Tick, or go on.")
L_ADULT, L_TOWN = N_("18 or older"), N_("Town")
L_LANGUAGES, L_WHEN = N_("Languages"), N_("When")
NEW_TITLE = N_("➕ Would like a buddy (no Telegram)")
NEW_ADULT = N_("Is this person 18 or older, and do they agree that we keep this?")
NAME = N_("What is the first name?")
NEW_PHONE = N_("The telephone number? You call with it.")

Say = Callable[[Words, tuple[str, ...]], str]

_WHY: Final[Mapping[Why, Say]] = {
    Why.SPEAKS: lambda _, what: _("both speak {languages}", languages=traits.languages(_, what)),
    Why.FREE: lambda _, what: _("free at the same time"),
    Why.NOT_FREE: lambda _, what: _("not free at the same time"),
    Why.TALENT: lambda _, what: _("talent: {talents}", talents=traits.talents(_, what)),
    Why.KIND: lambda _, what: _("wishes this: {kind}", kind=traits.kind(_, what[0])),
    Why.SECTOR: lambda _, what: _("likes {sector}", sector=traits.sector(_, what[0])),
    Why.NEAR: lambda _, what: _("{km} km away", km=what[0]),
    Why.FAR: lambda _, what: _("far: {km} km", km=what[0]),
}


def reasons(_: Words, found: Sequence[Reason]) -> str:
    """Why two fit, for the coordinator."""
    said = (_WHY[one.why](_, one.what) for one in found if one.why in _WHY)
    return " · ".join(islice(said, _REASONS))


# For who would like one


def waiting(_: Words, found: Partner, today: date) -> Screen:
    """They stand on the list."""
    since = found.waits_since
    day = formats.day_words(_, formats.day_of(since) if since else today)
    text = _(
        "🤝 <b>You would like a buddy</b>\n\nYou are on the list since {day}. A coordinator looks"
        " for somebody who fits you, and asks you first.",
        day=day,
    )
    return text, (
        (Button(_.label("✖️ No longer"), action="vbuddyoff"),),
        (Button(_.label("⬅️ Back"), action="vhome"),),
    )


def withdrawn(_: Words) -> Screen:
    """They do not look any more."""
    text = _("All right. What you had said is deleted. You can always ask again.")
    return text, _home(_)


def too_young(_: Words) -> Screen:
    """Whoever is under 18 is looked after by colleagues."""
    text = _(
        "A buddy is for people of 18 and older. A colleague can help you in another way. I have"
        " kept nothing of what you said."
    )
    return text, ((Button(_.label("💬 Ask a colleague"), action="ask"),), *_home(_))


def card(_: Words, found: Partner, office: str) -> str:
    """To the team's group: first name, town, office."""
    return _(
        "🤝 {name} ({town}, {office}) would like a buddy. See 🔁 Regular places and pairs.",
        name=found.name,
        town=found.town,
        office=office or "—",
    )


# For coordinators


def listed(_: Words, found: Sequence[Partner], today: date, *, page: int, has_more: bool) -> Screen:
    """Who waits, the longest first."""
    lines = [_("🤝 <b>Would like a buddy</b>")]
    if not found:
        lines.append(_("Nobody waits."))
    rows = [(Button(_line(_, one, today)[:60], action=f"vcwisher:{one.id}"),) for one in found]
    turns = []
    if page:
        turns.append(Button(_.label("◀️ Earlier"), action=f"vcwish:{page - 1}"))
    if has_more:
        turns.append(Button(_.label("▶️ More"), action=f"vcwish:{page + 1}"))
    new = Button(_.label("➕ Without Telegram"), action="vcwishnew")
    back = Button(_.label("⬅️ Back"), action="vclast:0")
    return "\n\n".join(lines), (*rows, *((tuple(turns),) if turns else ()), (new,), (back,))


def one(_: Words, found: Partner, offers: Sequence[Assignment], today: date) -> Screen:
    """One of them, and for which assignment a volunteer is looked for."""
    lines = [
        _("🤝 <b>{name}</b>", name=found.name),
        _("📍 {place}", place=found.town),
        _("🗣 {languages}", languages=traits.languages(_, found.languages) or "–"),
    ]
    if found.availability:
        lines.append(_("🗓 {days}", days=traits.days(_, found.availability)))
    if found.phone:
        lines.append(_("📞 {phone}", phone=phone_shown(found.phone)))
    if not found.has_telegram:
        lines.append(_("Has no Telegram here: please call."))
    lines.append(_.plural("Waits {n} day", "Waits {n} days", _days(found, today)))
    if not offers:
        lines.append(_("⚠️ There is no open assignment of the kind buddy or mentor yet."))
    rows = [
        (
            Button(
                _.label("🔎 Who fits: {title}", title=one.title(_.code))[:60],
                action=f"vcfits:{found.id}:{one.id}",
            ),
        )
        for one in offers
    ]
    off = Button(_.label("✖️ Off the list"), action=f"vcwishoff:{found.id}")
    back = Button(_.label("⬅️ Back"), action="vcwish:0")
    return "\n".join(lines), (*rows, (off,), (back,))


def fits(_: Words, found: Partner, assignment: int, best: Sequence[Suggested]) -> Screen:
    """The volunteers who fit, best first, each with why."""
    lines = [_("🔎 <b>Who fits {name}?</b>", name=found.name), *_suggested(_, best)]
    rows = [
        (
            Button(
                _.label("{number}. {name}", number=number, name=one.name[:_NAME]),
                action=f"vcpair:{found.id}:{assignment}:{one.id}",
            ),
        )
        for number, one in enumerate(best, 1)
    ]
    back = Button(_.label("⬅️ Back"), action=f"vcwisher:{found.id}")
    return "\n\n".join(lines), (*rows, (back,))


def ask_both(_: Words, found: Partner, assignment: int, one: Suggested) -> Screen:
    """Sure?"""
    text = _(
        "Ask <b>{one}</b> and <b>{other}</b> if they would like to meet? Each hears the other’s"
        " first name, in their own language. It is a pair when both say yes.",
        one=one.name,
        other=found.name,
    )
    lines = [text, f"✔️ {reasons(_, one.match.reasons)}"]
    names = [each for each, has in ((one.name, one.has_telegram), (found.name, found.has_telegram))
             if not has]  # fmt: skip
    if names:
        who = formats.listing(_, names)
        lines.append(_("📞 No Telegram: {names}. Please call, and note the answer.", names=who))
    ref = f"{found.id}:{assignment}"
    yes = Button(_.label("✅ Ask both"), action=f"vcpairok:{ref}:{one.id}")
    return "\n\n".join(lines), ((yes,), (Button(_.label("⬅️ Back"), action=f"vcfits:{ref}"),))


def who(_: Words, assignment: int, title: str, best: Sequence[Suggested]) -> Screen:
    """The same for a place of one person."""
    lines = [_("🔎 <b>Who fits: {title}?</b>", title=title), *_suggested(_, best)]
    rows = [
        (
            Button(
                _.label("🙋 Ask {name}", name=one.name[:_NAME]),
                action=f"vcwhoask:{assignment}:{one.id}",
            ),
        )
        for one in best
    ]
    back = Button(_.label("⬅️ Back"), action=f"vcas:{assignment}")
    return "\n\n".join(lines), (*rows, (back,))


def _suggested(_: Words, best: Sequence[Suggested]) -> list[str]:
    if not best:
        return [_("Nobody fits at the moment.")]
    lines = []
    for number, one in enumerate(best, 1):
        head = _("<b>{number}. {name}</b> · {town}", number=number, name=one.name, town=one.town)
        lines.append(f"{head}\n✔️ {reasons(_, one.match.reasons)}")
    return lines


def _line(_: Words, one: Partner, today: date) -> str:
    name = _.label("{name} · {town}", name=one.name[:_NAME], town=one.town)
    return _.label_plural("{name} · {n} day", "{name} · {n} days", _days(one, today), name=name)


def _days(one: Partner, today: date) -> int:
    return 0 if one.waits_since is None else (today - formats.day_of(one.waits_since)).days


def _home(_: Words) -> Buttons:
    return ((Button(_.label("🤝 Volunteer"), action="vhome"),),)
