"""A dialog with several steps, as a slice declares it. Values only; `forms` walks through them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from bot.delivery.incoming import Incoming
from bot.delivery.messages import Message
from bot.errors import N_, Refused
from bot.language.catalog import Catalogs, N_label, Words
from bot.storage.transaction import Tx

Person = Any  # the slice `people`'s, one floor up
Answers = Mapping[str, Any]
Pairs = Sequence[tuple[str, str]]  # (value, label)
# Fixed pairs have msgids as labels; those of a function stand in the person's language already.
Options = Pairs | Callable[[Tx, Person, Answers], Awaitable[Pairs]]
# A msgid, or (words, answers) -> HTML where the question names what was answered before.
Question = str | Callable[[Words, Answers], str]
Finish = Callable[[Tx, Person, Answers, Incoming], Awaitable[list[Message]]]

DONE = N_label("✅ Yes, that is right")


class Wrong(Refused):
    """What was said is no answer to this step: the step is shown again below the sentence."""

    sentence = N_("I did not understand that. Please try again.")


class Known(dict[str, Any]):
    """Answers by the name of the step; None for what was not asked, left out or comes later."""

    def __missing__(self, name: str) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Asking:
    """All that a step may need to ask, and to read an answer."""

    tx: Tx
    person: Person
    at: datetime
    answers: Answers
    words: Words
    catalogs: Catalogs
    draft: Any = None  # what this step keeps until it has its answer, see `Taken`
    is_read_back: bool = True  # stands the answer in a summary before it counts?


class Choice(NamedTuple):
    """A button of a step: what a tap on it means, and what it says."""

    value: str
    label: str


class Shown(NamedTuple):
    """How a step looks.

    more      HTML below the question
    rows      buttons, by rows; None: `flow` is laid out as it fits
    flow      buttons one after the other, by pages when there are many
    is_done   does it need a button that ends it (several may be chosen)?
    """

    more: str = ""
    flow: tuple[Choice, ...] = ()
    rows: tuple[tuple[Choice, ...], ...] | None = None
    has_done: bool = False


class Taken(NamedTuple):
    """What a tap means for a step: a new value, and whether that is the answer already."""

    value: Any
    is_answer: bool = True


def _always(answers: Answers) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question.

    name       key of its answer; letters and figures, at most 16
    label      what it is called in the summary (a msgid); "": the question itself
    when       is it asked, after what was answered before?
    skippable  may it be left out? The answer is None then
    """

    name: str
    question: Question
    label: str = ""
    when: Callable[[Answers], bool] = _always
    skippable: bool = False

    async def show(self, asking: Asking, value: Any, sought: str = "") -> Shown:
        """How it looks while `value` is what was answered or ticked so far; `sought`: only what
        has this in its label."""
        return Shown()

    async def hear(self, asking: Asking, incoming: Incoming) -> Any:
        """The answer in a message; a value that JSON can hold. `Taken` where it is none yet, but
        has to be asked back. Raises Refused, mostly `Wrong`."""
        raise ByButton

    async def tap(self, asking: Asking, chosen: str, value: Any) -> Taken:
        """What a tap means. Raises Refused for what is no button (any more)."""
        raise Wrong

    async def close(self, asking: Asking, value: Any) -> Any:
        """The answer when "Done" is tapped. Raises Refused when too little was ticked."""
        return value

    async def fits(self, asking: Asking, value: Any) -> bool:
        """Is what another version of this dialog stored still an answer?"""
        return True

    async def tell(self, asking: Asking, value: Any) -> str:
        """The answer as plain text, for the summary."""
        return str(value)

    def asks(self, _: Words, answers: Answers) -> str:
        """The question as HTML."""
        return _(self.question) if isinstance(self.question, str) else self.question(_, answers)


class ByButton(Wrong):
    """The step is answered with its buttons."""

    sentence = N_("Please tap one of the buttons. To ask something else, tap “Leave” first.")


@dataclass(frozen=True, slots=True)
class Form:
    """A dialog with several steps.

    name         letters and figures, at most 24; a new name is another dialog
    version      a higher number when steps change what they store
    finish       is given the answers of all steps that were asked; None for what was left out.
                 `answers["ref"]` is what `begin` was given. A refusal keeps the dialog open
    done         label of the button below the summary
    has_summary  False: the last answer ends it
    """

    name: str
    version: int
    title: str
    steps: tuple[Step, ...]
    finish: Finish
    done: str = DONE
    has_summary: bool = True
    further: Callable[[Words, Answers], str] | None = None  # HTML below the summary
    _by_name: Mapping[str, Step] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = [step.name for step in self.steps]
        if len({*names, "ref"}) != len(names) + 1:
            raise ValueError(f"two steps of {self.name} have one name, or one is called ref")
        if max(map(len, names)) > 16 or len(self.name) > 24 or ":" in "".join(names):
            raise ValueError(f"a name in {self.name} is too long for a button")
        object.__setattr__(self, "_by_name", dict(zip(names, self.steps, strict=True)))

    def step(self, name: str) -> Step | None:
        """The step of that name."""
        return self._by_name.get(name)

    def path(self, answers: Answers) -> list[Step]:
        """The steps that are asked, after what was answered so far."""
        known = Known({name: one for name, one in answers.items() if name not in self._by_name})
        asked = []
        for step in self.steps:
            if step.when(known):
                asked.append(step)
                if step.name in answers:
                    known[step.name] = answers[step.name]
        return asked

    def gap(self, answers: Answers) -> Step | None:
        """The first step without an answer."""
        return next((step for step in self.path(answers) if step.name not in answers), None)

    def told(self, answers: Answers) -> Known:
        """What counts of all that was ever answered: not that of steps which are not asked now."""
        asked = {step.name for step in self.path(answers)}
        return Known(
            {
                name: value
                for name, value in answers.items()
                if name in asked or name not in self._by_name
            }
        )
