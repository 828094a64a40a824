"""A scripted day at the desk: many people ask, a team races for each question, bots are killed.

Every word that anybody writes is a token of its own, so that the transcripts of both sides can be
compared at the end: who read what, in which order, and what nobody else should have read.
"""

import asyncio
import itertools
import random
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.phones import Group, Message, Phone
from bot.simulator.scripting import Simulation
from bot.simulator.transcripts import inline_buttons, plain, words_of
from tests.support.processes import BotProcess

LANGUAGES = ("nl", "en", "uk", "fa_AF", "ps")
PATIENCE = 120.0
TOKEN = re.compile(r"[QTNRPE]\d{4}x\d+(?:v2)?")

_WAITING = r"wegwijzer_(inbox|outbox)_waiting"

Look = Callable[[Message], bool]


@dataclass
class Watch:
    """What happens in a chat, each event looked at once by whoever waits for it."""

    simulation: Simulation
    chat: int
    at: int = 0

    async def sees(self, wanted: Look, *, what: str) -> Message:
        """The next message or edit for which `wanted` holds; fails after `PATIENCE` seconds."""

        def look() -> Message | None:
            events = self.simulation.world.chats[self.chat].events
            while self.at < len(events):
                message = Message(events[self.at][1])
                self.at += 1
                if wanted(message):
                    return message
            return None

        found = await self.simulation.world.until(look, PATIENCE)
        assert found is not None, f"{self.chat} never sees {what}"
        return found

    def again(self) -> "Watch":
        """Another pair of eyes, from the beginning."""
        return Watch(self.simulation, self.chat)


def _offers(action: str) -> Callable[[Any], bool]:
    return lambda button: str(button.get("callback_data", "")).startswith(action)


def has(action: str) -> Look:
    """Does a button of the message do this?"""
    return lambda message: any(map(_offers(action), inline_buttons(message)))


def says(token: str, *, thread: int | None = None) -> Look:
    """Does the message hold the token (in that topic)?"""
    return lambda message: token in words_of(message) and thread in (None, message.thread)


@dataclass
class Asked:
    """One question: who asked, what each side wrote, and where it is talked about."""

    number: int  # of the script, not of the bot
    person: Phone
    group: Group
    asked: list[str] = field(default_factory=list)  # tokens of the person, in order
    told: list[str] = field(default_factory=list)  # what must reach the person, in order
    inside: list[str] = field(default_factory=list)  # what must not
    thread: int = 0
    case: int = 0
    waits: list[float] = field(default_factory=list)  # seconds from a word to the person's phone
    is_over: bool = False

    def token(self, kind: str, counter: "itertools.count[int]") -> str:
        """A word that nobody else writes."""
        return f"{kind}{self.number:04}x{next(counter)}"


@dataclass
class OfficeDay:
    """The whole day. `hold` and `length` are real seconds."""

    simulation: Simulation
    groups: Sequence[Group]
    dice: random.Random
    length: float
    hold: float
    people: list[Phone] = field(default_factory=list)
    languages: dict[int, str] = field(default_factory=dict)
    team: list[Phone] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)
    _counter: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def opens(self, *, people: int, team: int) -> None:
        """Colleagues join their groups; people start the bot and choose a language."""
        for number in range(team):
            colleague = await self.simulation.person(
                f"Colleague{number:02}", language_code="nl", role_hint="staff"
            )
            for group in self.groups:
                await group.member_becomes(colleague, "member")
            self.team.append(colleague)
        for number in range(people):
            self.people.append(await self.simulation.person(f"Person{number:03}"))
        await asyncio.gather(*map(self._arrives, range(people)))

    async def _arrives(self, number: int) -> None:
        phone, language = self.people[number], LANGUAGES[number % len(LANGUAGES)]
        self.languages[phone.person] = language
        watch = Watch(self.simulation, phone.chat)
        await phone.starts()
        first = await watch.sees(has(f"lang:{language}"), what="the languages")
        await phone.taps(_offers(f"lang:{language}"), message=first)
        await watch.sees(lambda one: one["message_id"] != first.id, what="the welcome")

    def group_of(self, phone: Phone) -> Group:
        """The group in which this person's language is answered."""
        number = LANGUAGES.index(self.languages[phone.person])
        return self.groups[number % len(self.groups)]

    async def passes(self, questions: int) -> None:
        """Everything happens, each question at a moment of its own."""
        askers = [self.people[n % len(self.people)] for n in range(questions)]
        for number, phone in enumerate(askers):
            self.questions.append(Asked(number, phone, self.group_of(phone)))
        await asyncio.gather(*(self._lives(one) for one in self.questions))

    async def _lives(self, one: Asked) -> None:
        earlier = [two for two in self.questions[: one.number] if two.person is one.person]
        await asyncio.sleep(self.dice.uniform(0, self.length))
        while any(not two.is_over for two in earlier):  # one talk at a time a person
            await asyncio.sleep(0.1)
        await self._asks(one)
        winner = await self._is_claimed(one)
        for _ in range(self.dice.randint(1, 2)):
            await self._talks(one, winner)
        if self.dice.random() < 0.15:
            winner = await self._is_passed_on(one, winner)
            await self._talks(one, winner)
        await self._ends(one, winner)
        one.is_over = True

    # -- the person ---------------------------------------------------------------------------

    async def _asks(self, one: Asked) -> None:
        watch = Watch(self.simulation, one.person.chat, at=self._now(one.person.chat))
        await one.person.says("/colleague")
        await watch.sees(has("ask_cancel"), what="the draft")
        for _ in range(self.dice.randint(1, 3)):
            await self._person_writes(one)
        await one.person.says("/send")
        await watch.sees(has("questions"), what="that it was sent")

    async def _person_writes(self, one: Asked) -> str:
        token = one.token("Q", self._counter)
        one.asked.append(token)
        if self.dice.random() < 0.2:
            await one.person.shares_photo(caption=token)
        else:
            await one.person.says(token)
        return token

    async def _person_answers(self, one: Asked) -> None:
        """Several messages quickly, of which one may be changed."""
        watch = Watch(self.simulation, one.group.chat, at=self._now(one.group.chat))
        tokens = [await self._person_writes(one) for _ in range(self.dice.randint(1, 4))]
        await watch.sees(says(tokens[-1], thread=one.thread), what=tokens[-1])

    # -- the team -----------------------------------------------------------------------------

    async def _is_claimed(self, one: Asked) -> Phone:
        """Two tap at the same moment; the topic says who has it."""
        watch = Watch(self.simulation, one.group.chat)
        first = one.asked[0]
        card = await watch.sees(lambda m: has("claim:")(m) and first in words_of(m), what="a card")
        one.case = _case_of(card, "claim:")
        await self._race(one, card, self.dice.sample(self.team, 2))
        return await self._winner(one)

    async def _race(self, one: Asked, card: Message, two: Sequence[Phone]) -> None:
        tap = _offers(f"claim:{one.case}")
        await asyncio.gather(*(phone.at(one.group).taps(tap, message=card) for phone in two))

    async def _winner(self, one: Asked) -> Phone:
        watch = Watch(self.simulation, one.group.chat)
        header = await watch.sees(
            lambda m: m.thread is not None and has(f"close:{one.case}")(m), what="its topic"
        )
        one.thread = header.thread or 0
        return next(phone for phone in self.team if phone.name in plain(header.text))

    async def _talks(self, one: Asked, winner: Phone) -> None:
        """The claimant writes, a colleague and a note stay inside, and the person answers."""
        other = self.dice.choice([phone for phone in self.team if phone is not winner])
        await self._noted(one, other, one.token("N", self._counter))
        await self._noted(one, winner, one.token("N", self._counter), begin="// ")
        for _ in range(self.dice.randint(1, 3)):
            await self._told(one, winner)
        if self.dice.random() < 0.8:
            await self._person_answers(one)

    async def _noted(self, one: Asked, by: Phone, token: str, *, begin: str = "") -> None:
        one.inside.append(token)
        await by.at(one.group).says(begin + token, thread=one.thread)

    async def _told(self, one: Asked, winner: Phone) -> None:
        phone, token = winner.at(one.group), one.token("T", self._counter)
        watch = Watch(self.simulation, one.person.chat, at=self._now(one.person.chat))
        began = time.time()
        if self.dice.random() < 0.15:
            said = await phone.shares("photo", caption=token, thread=one.thread)
        else:
            said = await phone.says(token, thread=one.thread)
            if self.dice.random() < 0.2:
                await phone.edits(said, token + "v2")
                token += "v2"
        one.told.append(token)
        await watch.sees(says(token), what=token)
        # Telegram dates messages in whole seconds, and the hold counts from that date.
        may_leave = max(began, said["date"] + self.hold)
        one.waits.append(time.time() - may_leave)

    async def _is_passed_on(self, one: Asked, winner: Phone) -> Phone:
        """Released, and claimed by somebody else from its new card."""
        watch = Watch(self.simulation, one.group.chat, at=self._now(one.group.chat))
        await winner.at(one.group).says("/release", thread=one.thread)
        card = await watch.sees(has(f"claim:{one.case}"), what="its new card")
        other = self.dice.choice([phone for phone in self.team if phone is not winner])
        await self._race(one, card, [other])
        name = other.name
        await watch.sees(
            lambda m: m.thread == one.thread and name in plain(words_of(m)), what="who has it now"
        )
        return other

    async def _ends(self, one: Asked, winner: Phone) -> None:
        watch = Watch(self.simulation, one.person.chat, at=self._now(one.person.chat))
        await winner.at(one.group).says("/close", thread=one.thread)
        await watch.sees(has("rate:"), what="that it is closed")

    def _now(self, chat: int) -> int:
        return len(self.simulation.world.chats[chat].events)

    async def is_quiet(self, bots: Sequence[BotProcess]) -> None:
        """Nothing is left to take or to send."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < deadline:
            figures = await bots[0].figures()
            if not any(n for name, n in figures.items() if re.match(_WAITING, name)):
                await self.simulation.is_quiet(patience=PATIENCE)
                return
            await asyncio.sleep(0.2)
        raise AssertionError("The bot is still busy.")

    # -- what is true at the end --------------------------------------------------------------

    def faults(self, *, doubles: int) -> list[str]:
        """Everything that is not as it should be; each kill may double what was in the air."""
        seen_twice = 0
        found: list[str] = []
        for one in self.questions:
            got, twice = _in_order(self._of_the_person(one), set(one.told))
            seen_twice += twice
            if got != one.told:
                found.append(f"{one.number}: the person got {got}, not {one.told}")
            leaked = set(one.inside) & self._all_of(one.person.chat)
            if leaked:
                found.append(f"{one.number}: {leaked} went out")
            header, *talk = self._of_the_topic(one)
            reached, _ = _in_order(_tokens([header, *talk]), set(one.asked))
            seen_twice += _in_order(_tokens(talk), set(one.asked))[1]
            if reached != one.asked:
                found.append(f"{one.number}: the topic has {reached}, not {one.asked}")
        found += self._strangers()
        if seen_twice > doubles:
            found.append(f"{seen_twice} came twice, {doubles} may")
        return found

    def _of_the_person(self, one: Asked) -> list[str]:
        bot = self.simulation.world.bot
        shown = self.simulation.world.chats[one.person.chat].messages.values()
        return _tokens(message for message in shown if message["from"]["id"] == bot)

    def _of_the_topic(self, one: Asked) -> list[Message]:
        """The header, which quotes the question, and what came after it."""
        bot = self.simulation.world.bot
        shown = one.group.messages(one.thread)
        return [m for m in shown if m["from"]["id"] == bot and "forum_topic_created" not in m]

    def _all_of(self, chat: int) -> set[str]:
        return set(_tokens(self.simulation.world.chats[chat].messages.values()))

    def _strangers(self) -> list[str]:
        """Words of somebody else's question, on a phone or in a topic."""
        whose = {t: one for one in self.questions for t in (*one.asked, *one.told, *one.inside)}
        found = []
        for phone in self.people:
            theirs = self._all_of(phone.chat)
            found += [
                f"{phone.name} reads {token} of another"
                for token in theirs
                if token in whose and whose[token].person is not phone
            ]
        for one in self.questions:
            there = set(_tokens(one.group.messages(one.thread)))
            found += [
                f"the topic of {one.number} shows {token}"
                for token in there
                if token in whose and whose[token] is not one
            ]
        return found


@asynccontextmanager
async def an_office_day(
    telegram: str, *, seed: int, length: float, hold: float, speed: float, groups: int = 1
) -> AsyncIterator[OfficeDay]:
    """A day that has not begun, in a Telegram whose limits are on."""
    async with Simulation(telegram) as simulation:
        await simulation.limits(speed=speed)
        first = simulation.known_group("Wegwijzer — team")
        more = [await simulation.group(f"Team {number}") for number in range(1, groups)]
        yield OfficeDay(simulation, [first, *more], random.Random(seed), length, hold)


def _case_of(message: Message, action: str) -> int:
    data = next(b["callback_data"] for b in inline_buttons(message) if _offers(action)(b))
    return int(str(data).partition(":")[2])


def _tokens(messages: Any) -> list[str]:
    return [token for message in messages for token in TOKEN.findall(plain(words_of(message)))]


def _in_order(tokens: list[str], wanted: set[str]) -> tuple[list[str], int]:
    """Those that were wanted, each once where it came first, and how many came again."""
    mine = [token for token in tokens if token in wanted]
    once = list(dict.fromkeys(mine))
    return once, len(mine) - len(once)
