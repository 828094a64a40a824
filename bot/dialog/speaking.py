"""In whose language this turn speaks: set by the turn, read by what shows a dialog's steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from bot.language.catalog import Catalogs, Words


@dataclass(frozen=True, slots=True)
class Voice:
    """The speaker's words, and those of every language: people type in whichever they like."""

    words: Words
    catalogs: Catalogs


_voice: ContextVar[Voice] = ContextVar("voice")


@contextmanager
def speaks(words: Words, catalogs: Catalogs) -> Iterator[None]:
    """Inside, `voice` answers with these."""
    token = _voice.set(Voice(words, catalogs))
    try:
        yield
    finally:
        _voice.reset(token)


def voice() -> Voice:
    """The voice of the turn that is running. Raises LookupError outside a turn."""
    return _voice.get()
