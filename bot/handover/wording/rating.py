"""Smileys with a sentence: what the person is asked, and what the coordinators read."""

import html
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from bot.delivery.messages import Button, Buttons
from bot.handover.domain import SCORES, Case
from bot.handover.wording import names
from bot.language import bidi
from bot.language.catalog import Words
from bot.people.domain import Person

FACES: Final = dict(zip(SCORES, "😊😐🙁", strict=True))


def ask_why(_: Words, case: Case, more: Button) -> tuple[str, Buttons]:
    """Thanks for the smiley; one sentence more, if the person likes."""
    text = _("🙏 Thank you. This helps us do better.")
    text += "\n\n" + _("Do you want to say why? Write it in one message. Our team reads it.")
    return text, ((Button(label=_.label("Skip"), action=f"rate_skip:{case.id}"),), (more,))


def thanks(_: Words, case: Case, more: Button) -> tuple[str, Buttons]:
    """The sentence was passed on; perhaps it was meant as a question."""
    anew = Button(label=_.label("No, a new question"), action=f"rate_anew:{case.id}")
    return _("🙏 Thank you. Our team reads it."), ((anew,), (more,))


def not_helped(_: Words, case: Case, leading: Sequence[Person], words: str = "") -> str:
    """For the coordinators: at once, and again with the person's sentence."""
    line = _("🙁 <b>#{number}</b>: our answer did not help this person.", number=case.number)
    told = " ".join([line, *(str(names.mention(one)) for one in leading)])
    return f"{told}\n<blockquote>{_contained(words)}</blockquote>" if words else told


def why(_: Words, case: Case, score: int, words: str) -> str:
    """The person's sentence."""
    said = _contained(words)
    return _("{face} #{number}: “{words}”", face=FACES[score], number=case.number, words=said)


def _contained(words: str) -> Markup:
    return Markup(html.escape(bidi.contained(words), quote=False))  # noqa: S704
