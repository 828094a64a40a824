"""Somebody under 18: the switch on the draft, and what each side is told."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.delivery.messages import Button
from bot.handover import domain
from bot.handover.domain import Case
from bot.handover.wording import names
from bot.language import formats
from bot.language.catalog import Words
from bot.people.domain import Person


def toggle(_: Words, case: Case) -> Button:
    """On the draft, before it is sent."""
    if case.desk == domain.MINORS:
        return Button(label=_.label("☑️ I am younger than 18"), action="ask_young")
    return Button(label=_.label("I am younger than 18"), action="ask_young")


def nobody(_: Words, phone: str) -> str:
    """Nobody was trained: said kindly, with the organisation's own number."""
    text = _(
        "🧡 Thank you for telling us. Somebody who was trained for it should answer you, and we do"
        " not have that person here yet. So we do not send your question to others."
    )
    if not phone:
        return text
    return text + "\n\n" + _("Call us, we help you find somebody: {phone}", phone=phone)


def told(_: Words, asked_in: Words, called: Sequence[Person]) -> str:
    """To the coordinators: that it happened, and nothing of what was written."""
    lines = [
        _(
            "🧒 Somebody younger than 18 wanted to ask us something, in {language}. There is no"
            " group of trained colleagues, so the question did not come in; they got numbers to"
            " call.",
            language=formats.language_name(_, asked_in),
        )
    ]
    if called:
        lines.append(str(Markup(" ").join(names.mention(one) for one in called)))
    return "\n".join(lines)


def moved(_: Words, case: Case) -> str:
    """To whoever marked it."""
    return _.plain("#{number} went to the colleagues for people under 18.", number=case.number)
