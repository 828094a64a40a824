"""A call: what the person is asked and told, and what the colleague reads."""

from bot.delivery.messages import Button, Buttons, Key, Keyboard
from bot.handover import domain
from bot.handover.domain import Case
from bot.language import bidi
from bot.language.catalog import Words


def ask(_: Words, case: Case, *, name: str) -> tuple[str, Buttons]:
    """May we call? Who sees the number, and until when."""
    text = _(
        "📞 {name} would like to call you about your question #{number}.\n\nOnly the colleague who"
        " has your question sees your number. We use it for nothing else, and erase it when the"
        " question is closed. You do not have to give it.",
        name=name,
        number=case.number,
    )
    yes = Button(label=_.label("📞 Give my number"), action=f"call_yes:{case.id}")
    no = Button(label=_.label("Rather not"), action=f"call_no:{case.id}")
    return text, ((yes, no),)


def which(_: Words) -> tuple[str, Keyboard]:
    """Which number? A key shares the own one."""
    share = Key(label=_.label("📱 Share my number"), asks="contact")
    keyboard = Keyboard(rows=((share,),), stays=False)
    return _("Write the number here, for example 0470123456, or press the key below."), keyboard


def read(_: Words) -> str:
    """It stays between us."""
    return _("👍 Your number did not go to anybody yet.")


def not_read(_: Words) -> str:
    """That was no number."""
    return _("I cannot read a telephone number in that. Write it like this: 0470123456.")


def not_own(_: Words) -> str:
    """The card of somebody else."""
    return _("That is the number of somebody else. Please share your own, or write it.")


def preview(_: Words, case: Case, number: str) -> tuple[str, Buttons]:
    """Is it right?"""
    text = _("📞 <b>{phone}</b>\n\nIs this the number that we may call?", phone=_ltr(number))
    yes = Button(label=_.label("✅ Yes"), action=f"call_keep:{case.id}:{number}")
    again = Button(label=_.label("Another number"), action=f"call_yes:{case.id}")
    no = Button(label=_.label("Rather not"), action=f"call_no:{case.id}")
    return text, ((yes, again), (no,))


def kept(_: Words, case: Case, number: str) -> tuple[str, Buttons]:
    """Only the colleague sees it now."""
    text = _("✅ Our colleague can call you now: {phone}.", phone=_ltr(number))
    back = Button(label=_.label("Take my number back"), action=f"call_no:{case.id}")
    return text, ((back,),)


def gone(_: Words) -> str:
    """Nothing is kept."""
    return _("All right. We keep no number of yours. You can go on here.")


def _ltr(number: str) -> str:
    return bidi.isolate_ltr(domain.phone_shown(number))


def given(_: Words, case: Case, name: str) -> tuple[str, Buttons]:
    """In the topic: there is a number, and who may look."""
    text = _("📞 The person gave a number for a call. Only {name} can see it.", name=name)
    return text, ((Button(label=_.label("📞 Show the number"), action=f"phone:{case.id}"),),)


def refused(_: Words) -> str:
    """In the topic."""
    return _("📞 The person would rather not give a number.")


def taken_back(_: Words) -> str:
    """In the topic."""
    return _("📞 The person took the number back.")


def asked(_: Words) -> str:
    """To the claimant who tapped."""
    return _.plain("The person is asked for a number.")


def shown(_: Words, number: str) -> str:
    """In an alert that only the claimant sees."""
    return _.plain("📞 {phone}", phone=domain.phone_shown(number))
