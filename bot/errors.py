"""The error tree of the whole house, and `N_` to mark sentences where no language is known yet.

Error
├── Refused            a person asked for something that cannot be: a polite sentence, no fault
│   ├── NotAllowed     this person may not do this
│   └── Outdated       the thing on the screen has changed since
└── Misconfigured      the operator's mistake: one sentence that says how to mend it
"""

import traceback
from collections.abc import Iterator

_DEEPEST = 8


def N_(msgid: str) -> str:
    """Mark a sentence for the catalogues; it is translated where the language is known."""
    return msgid


class Error(Exception):
    """Everything this house raises on purpose."""


class Refused(Error):
    """An expected refusal. The turn undoes its step and says `sentence` to the person.

    Subclasses carry a class-level msgid; `values` fill its placeholders.
    """

    sentence: str = N_("That is not possible right now.")

    def __init__(self, **values: object) -> None:
        super().__init__(self.sentence)
        self.values = values


class NotAllowed(Refused):
    """The person has no right to this action. Decided on the server's own knowledge only."""

    sentence = N_("You cannot do this.")


class Outdated(Refused):
    """The button belongs to something that has moved on since it was shown."""

    sentence = N_("This has changed in the meantime. Please look again.")


class Misconfigured(Error):
    """The operator's mistake, in one sentence that says how to mend it."""


def places(error: BaseException) -> list[str]:
    """Where an error came from, in our own files: never its message, which may be personal."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/bot/" in frame.filename]
    chosen = (ours or list(frames))[-_DEEPEST:]
    return [
        f"bot/{frame.filename.rpartition('/bot/')[2]}:{frame.lineno} {frame.name}"
        for frame in chosen
    ]


def kinds(error: BaseException) -> str:
    """The error's class, and those that caused it."""
    return " < ".join(type(one).__name__ for one in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def number_in(argument: str) -> int:
    """The number that a button carries. Raises Outdated for anything that no button of ours
    holds."""
    if not argument.isascii() or not argument.isdigit() or len(argument) > 18:
        raise Outdated
    return int(argument)
