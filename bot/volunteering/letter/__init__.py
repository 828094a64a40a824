"""Letters as PDF, and the way to the target as a picture: values and words in, bytes out.

Nothing here knows rows or the time. It takes a fifth of a second, so it is called in a thread. What
draws is loaded when something is drawn: the libraries are a fifth of a start.
"""

import importlib
from datetime import datetime

from bot.language.catalog import Words
from bot.volunteering.domain.letters import Facts, Letter
from bot.volunteering.letter.head import Letterhead

__all__ = ["Letterhead", "made", "picture"]


def made(
    letter: Letter,
    facts: Facts,
    head: Letterhead,
    voices: tuple[Words, Words],
    *,
    at: datetime,
    is_preview: bool = False,
) -> bytes:
    """The paper as PDF. `voices`: Dutch, and the person's own (said once when it is the same)."""
    papers = importlib.import_module("bot.volunteering.letter.papers")
    drawn: bytes = papers.drawn(letter, facts, head, voices, at=at, is_preview=is_preview)
    return drawn


def picture(minutes: int, target: int, *, said: str, is_rtl: bool) -> bytes:
    """A PNG: the bar, filled as far as somebody came, from where the reader's lines begin.

    said  the hours in figures, as the reader's language writes them
    """
    progress = importlib.import_module("bot.volunteering.letter.progress")
    drawn: bytes = progress.drawn(minutes, target, said=said, is_rtl=is_rtl)
    return drawn
