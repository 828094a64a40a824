"""The card of a sign-up, what coordinators decide, and what the person hears of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.handover.domain.calling import phone_shown
from bot.language import formats
from bot.language.catalog import N_label, Words
from bot.volunteering.domain import State
from bot.volunteering.domain.enrolling import (
    ADULT,
    CALL,
    REASONS,
    WRITE,
    YOUNG,
    Volunteer,
)
from bot.volunteering.wording import traits

Screen = tuple[str, Buttons]
Says = Callable[[Words], Screen]

_AGES: Final[Mapping[str | None, str]] = {
    ADULT: N_("18 or older"),
    YOUNG: N_("16 or 17 years old"),
    None: N_("not said yet"),
}
_REASONS: Final[Mapping[str, str]] = {
    "no_match": N_label("No suitable work now"),
    "no_answer": N_label("Could not be reached"),
    "later": N_label("Later, not now"),
    "other": N_label("Another reason"),
}
_TOLD: Final[Mapping[str, str]] = {
    "no_match": N_("We have no suitable volunteer work for you at the moment."),
    "no_answer": N_("We could not reach you."),
    "later": N_("We cannot start with you now. You are welcome later."),
    "other": N_("A colleague can tell you more: tap the button below."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a card says of somebody."""

    volunteer: Volunteer
    name: str
    office: str
    talk_at: Any = None


def card(_: Words, sheet: Sheet) -> Screen:
    """In the group: first name, town, office and what is asked, nothing more."""
    one = sheet.volunteer
    lines = [
        _("🤝 <b>New volunteer: {name}</b>", name=sheet.name),
        _("📍 {town} · office {office}", town=one.town, office=sheet.office or "–"),
        _("🗣 {languages}", languages=traits.languages(_, one.languages) or "–"),
        _("🎂 {age}", age=_.plain(_AGES[one.age_group])),
        _talk(_, sheet),
    ]
    if not one.waits:
        return "\n".join([*lines, "", _decided(_, one)]), ()
    return "\n".join(lines), decisions(_, one)


def decisions(_: Words, one: Volunteer) -> Buttons:
    """Yes, first a talk, no."""
    return (
        (Button(_.label("✅ Take on"), action=f"vcyes:{one.id}"),),
        (Button(_.label("💬 Talk first"), action=f"vctalk:{one.id}"),),
        (Button(_.label("✖️ Refuse …"), action=f"vcno:{one.id}"),),
    )


def file(_: Words, sheet: Sheet, more: Sequence[str] = ()) -> Screen:
    """For the coordinator alone: also the number to call, and what the profile says."""
    text, buttons = card(_, sheet)
    phone = sheet.volunteer.phone
    extra = [_("📞 {phone}", phone=phone_shown(phone))] if phone else []
    back = Button(_.label("⬅️ Back"), action="vcwait")
    return "\n".join([text, *extra, *more]), (*buttons, (back,))


def reasons(_: Words, sheet: Sheet) -> Screen:
    """Why not? The person reads it in their own language."""
    one = sheet.volunteer
    text = _(
        "Why is {name} not taken on? The reason is told in their own language.", name=sheet.name
    )
    rows = tuple(
        (Button(_.label(_REASONS[reason]), action=f"vcwhy:{one.id}:{reason}"),)
        for reason in REASONS
    )
    return text, (*rows, (Button(_.label("⬅️ Back"), action=f"vccard:{one.id}"),))


def withdrawn(_: Words) -> str:
    """The file is gone."""
    return _("🤝 A sign-up was withdrawn.")


def waiting(_: Words, found: Sequence[tuple[Volunteer, str, int]]) -> Screen:
    """Who waits, and since how many days."""
    back = (Button(_.label("⬅️ Back"), action="vcdesk"),)
    if not found:
        return _("Nobody waits for an answer. Well done!"), (back,)
    rows = tuple(
        (
            Button(
                _.label_plural("{name} · {n} day", "{name} · {n} days", days, name=name[:20]),
                action=f"vcfile:{one.id}",
            ),
        )
        for one, name, days in found[:20]
    )
    return _("<b>Sign-ups that wait for you</b>"), (*rows, back)


def approved(_: Words) -> Screen:
    """To the person: yes."""
    text = _("🎉 You are a volunteer now! Welcome.\n\nTap the button to see what you can do next.")
    return text, ((Button(_.label("🤝 Volunteer"), action="vhome"),),)


def talk_first(_: Words) -> Screen:
    """To the person: let us talk."""
    text = _(
        "💬 Thank you for signing up. Your coordinator would like to talk with you first. Choose a"
        " moment, please."
    )
    return text, ((Button(_.label("🗓 Choose a moment"), action="vtalk"),),)


def asked_to_talk(_: Words, name: str) -> str:
    """To the coordinator: it is on its way."""
    return _.plain("{name} is asked to choose a moment.", name=name)


def refused(_: Words, reason: str) -> Screen:
    """To the person: no, why, and who can tell more."""
    text = "\n\n".join(
        [_("Thank you for signing up. Sadly, we cannot say yes now."), _(_TOLD[reason])]
    )
    return text, ((Button(_.label("💬 Ask a colleague"), action="ask"),),)


def _talk(_: Words, sheet: Sheet) -> str:
    if sheet.talk_at is not None:
        return _("🗓 Talk: {moment}", moment=formats.soon(_, sheet.talk_at))
    if sheet.volunteer.talk == CALL:
        return _("📞 Wants to be called. The number stands in your own chat with me.")
    if sheet.volunteer.talk == WRITE:
        return _("✉️ Would rather write than talk.")
    return _("🗓 No talk planned yet.")


def _decided(_: Words, one: Volunteer) -> str:
    if one.state is State.REFUSED:
        return _("✖️ Refused.")
    return _("✅ Taken on.")
