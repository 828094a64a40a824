"""Many people who ask at the same time, and know which answer belongs to which question."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.phones import Message, Phone
from bot.simulator.scripting import Simulation

# A category's button label is in its answer's first line, so each answer tells its question.
# Commands are answered the same way every time, whatever the search may learn.
QUESTIONS = {
    "/help": "How this bot works",
    "/privacy": "Your data",
    "/my": "My things",
    "/urgent": "Urgent help",
    "/questions": "No question of yours",
    "/topics": "What is your question?",
}
_PATIENCE = 60.0


@dataclass
class Asker:
    """One of the crowd."""

    phone: Phone
    expected: list[str]
    seen_before: int = 0

    def answers(self) -> list[Message]:
        """What the bot said since this person began to ask."""
        sent = [one for one in self.phone.messages() if one["from"]["is_bot"]]
        return sent[self.seen_before :]

    def titles(self) -> list[str]:
        """For each answer the question that it belongs to."""
        return [_question(answer.text) for answer in self.answers()]

    def answers_in_order(self) -> list[str]:
        """The same without an answer that came twice in a row."""
        titles = self.titles()
        return [one for n, one in enumerate(titles) if n == 0 or one != titles[n - 1]]

    def doubles(self) -> int:
        """How many answers came twice."""
        return len(self.titles()) - len(self.answers_in_order())


@dataclass
class Crowd:
    """Everybody, and what they ask."""

    simulation: Simulation
    group: int
    dice: random.Random
    people: list[Asker] = field(default_factory=list)

    async def arrives(self) -> None:
        """Everybody starts the bot and chooses English."""
        await asyncio.gather(*(self._arrives(one) for one in self.people))

    async def asks_everything(self) -> None:
        """Each person sends all their questions, without waiting for answers."""
        await asyncio.gather(*(self._asks(one) for one in self.people))

    async def has_answers(self, more: int) -> None:
        """Wait until so many more answers have arrived, or all of them."""
        wanted = min(self._answered() + more, sum(len(one.expected) for one in self.people))
        assert await self.simulation.world.until(
            lambda: self._answered() >= wanted or None, _PATIENCE
        )

    async def has_every_answer(self) -> None:
        """Wait until each question has one."""
        found = await self.simulation.world.until(self._all_answered, _PATIENCE)
        assert found, "\n".join(one.phone.transcript() for one in self.people)

    def _all_answered(self) -> bool | None:
        return all(one.answers_in_order() == one.expected for one in self.people) or None

    def _answered(self) -> int:
        return sum(len(one.answers()) for one in self.people)

    async def _arrives(self, one: Asker) -> None:
        await one.phone.starts()
        await one.phone.taps("English")
        await one.phone.sees("Welcome")
        one.seen_before = len([sent for sent in one.phone.messages() if sent["from"]["is_bot"]])

    async def _asks(self, one: Asker) -> None:
        for question in one.expected:
            await one.phone.says(question)


@asynccontextmanager
async def a_crowd(
    telegram: str, *, people: int, questions: int, dice: random.Random
) -> AsyncIterator[Crowd]:
    """People with their questions; no question twice in a row, so that a double is seen."""
    async with Simulation(telegram) as simulation:
        group = simulation.known_group("Wegwijzer — team").chat
        crowd = Crowd(simulation, group, dice)
        for number in range(people):
            phone = await simulation.person(f"Person {number}", language_code="en")
            crowd.people.append(Asker(phone, _without_repeats(dice, questions)))
        yield crowd


def _without_repeats(dice: random.Random, many: int) -> list[str]:
    chosen: list[str] = []
    while len(chosen) < many:
        question = dice.choice([one for one in QUESTIONS if one not in chosen[-1:]])
        chosen.append(question)
    return chosen


def _question(text: Any) -> str:
    for question, mark in QUESTIONS.items():
        if mark in str(text).partition("\n")[0]:
            return question
    raise AssertionError(f"whose answer is this? {text!r}")
