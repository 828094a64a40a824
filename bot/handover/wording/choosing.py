"""What somebody with several open questions reads: which one is it about?"""

from collections.abc import Callable, Sequence
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.handover import domain
from bot.handover.domain import Case, Talk
from bot.language import bidi
from bot.language.catalog import Words

Title = Callable[[str, str], str]  # of a category, in a language
_LABEL: Final = 40  # what a telephone shows of a button


def which(_: Words, title: Title, among: Sequence[Talk]) -> tuple[str, Buttons]:
    """A button a question; nobody has read the message yet."""
    text = _("Which question is this about?\n\nNo colleague reads it before you choose.")
    new = Button(label=_.label("A new question"), action="which_new")
    return text, (*((_named(_, title, talk),) for talk in among), (new,))


def _named(_: Words, title: Title, talk: Talk) -> Button:
    """ "#12 · Housing · My landlord wants…" """
    case = talk.case
    category = title(_.code, case.category) if case.category else ""
    words = " ".join(bidi.strip_marks(talk.words).split())
    parts = [f"#{case.number}", bidi.strip_marks(category), words]
    label = domain.shortened(" · ".join(part for part in parts if part), _LABEL)
    return Button(label=label, action=f"which:{case.id}")


def placed(_: Words, case: Case, piece_id: int) -> tuple[str, Buttons]:
    """With which question it went, and how to change that."""
    text = _("↪️ Passed on with your question <b>#{number}</b>.", number=case.number)
    other = Button(label=_.label("Another question"), action=f"which_other:{piece_id}")
    new = Button(label=_.label("No, a new question"), action=f"anew:{piece_id}")
    return text, ((other,), (new,))
