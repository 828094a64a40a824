"""Referral to work: what the volunteer is asked, and what the coordinator reads of it."""

from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language.catalog import N_label, Words
from bot.volunteering.domain.guiding import Referral

Screen = tuple[str, Buttons]

TITLE = N_("💼 Refer to work")
TO_WHOM = N_("To whom do you want to refer? For example: VDAB, or an employer.")
SAID_YES = N_("This person has no Telegram here. Did they say yes when you asked them?")
RESULTS: Final[tuple[tuple[str, str], ...]] = (
    ("job", N_label("Has a job")),
    ("training", N_label("Follows a training")),
    ("talk", N_label("Had a talk")),
    ("none", N_label("Nothing came of it")),
)


def asked(_: Words, referral_id: int, to_whom: str, coordinator: str) -> Screen:
    """May we?"""
    text = _(
        "💼 {coordinator} would like to help you find work: may we give your name and number to"
        " {whom}? Nothing is passed on without your yes.",
        coordinator=coordinator,
        whom=to_whom,
    )
    return text, (
        (Button(_.label("✅ Yes, you may"), action=f"vwork:{referral_id}:yes"),),
        (Button(_.label("✖️ No, thank you"), action=f"vwork:{referral_id}:no"),),
    )


def said(_: Words, referral_id: int, to_whom: str, *, yes: bool) -> Screen:
    """What was answered; it can be changed."""
    if yes:
        text = _("✅ Thank you. Your coordinator gets in touch with {whom}.", whom=to_whom)
        change = Button(_.label("✖️ No, thank you"), action=f"vwork:{referral_id}:no")
    else:
        text = _("All right: nothing is passed on to {whom}.", whom=to_whom)
        change = Button(_.label("✅ Yes, you may"), action=f"vwork:{referral_id}:yes")
    return text, ((change,),)


def answered(_: Words, volunteer_id: int, name: str, to_whom: str, *, yes: bool) -> Screen:
    """The coordinator hears it."""
    if yes:
        text = _("💼 {name} says yes: you may refer to {whom}.", name=name, whom=to_whom)
    else:
        text = _("💼 {name} says no: pass nothing on to {whom}.", name=name, whom=to_whom)
    return text, ((Button(_.label("👤 Open the file"), action=f"vcvol:{volunteer_id}"),),)


def results(_: Words, one: Referral) -> Screen:
    """What came of it?"""
    text = _("What came of the referral to {whom}?", whom=one.to_whom)
    rows = [
        (Button(_.label(msgid), action=f"vcresult:{one.id}:{value}"),) for value, msgid in RESULTS
    ]
    back = (Button(_.label("⬅️ Back"), action=f"vcvol:{one.volunteer_id}"),)
    return text, (*rows, back)


def line(_: Words, one: Referral) -> str:
    """In the file."""
    names = dict(RESULTS)
    if one.result in names:
        state = _.plain(names[one.result])
    elif one.consent_at is not None:
        state = _.plain("says yes")
    elif one.declined_at is not None:
        state = _.plain("says no")
    else:
        state = _.plain("no answer yet")
    return _("💼 {whom}: {state}", whom=one.to_whom, state=state)


def buttons(_: Words, one: Referral) -> Buttons:
    """Below the file: only where there was a yes."""
    if one.consent_at is None:
        return ()
    label = _.label("💼 Result: {whom}", whom=one.to_whom)
    return ((Button(label[:60], action=f"vcresult:{one.id}"),),)
