"""A newcomer's phone in a journey: the simulator's, plus the words of the person's language."""

import html
import re
from collections.abc import Mapping
from typing import Any

from bot.infodesk.domain import Answer, Decision, Found
from bot.infodesk.wording import answers
from bot.language.catalog import Words
from bot.simulator import phones
from bot.simulator.phones import Group, Message
from bot.simulator.scripting import Simulation
from bot.simulator.transcripts import Choice, Wanted, contains, inline_buttons, words_of
from tests.support import infodesk_makers
from tests.support.wegwijzer import Wegwijzer, catalogs, facts, library

TELEGRAM_CODES = {"nl": "nl", "en": "en", "uk": "uk", "fa_AF": "fa", "ps": "ps"}

BEGUN = (
    "💬 Ask a colleague: a person reads this.\n\nWrite, speak, or send photos and documents,"
    " as many as you need. Then press Send."
)

_TAG = re.compile(r"</?[a-z][^<>]*>")


class Phone(phones.Phone):
    """What one person does and sees. `text("…")` finds a message of the catalogue in their words.

    language  the one that the person reads; English until it is chosen
    """

    def __init__(
        self, simulation: Simulation, wegwijzer: Wegwijzer, person: int, *, language: str | None
    ) -> None:
        super().__init__(simulation, person, person)
        self.simulation = simulation
        self.wegwijzer = wegwijzer
        self.language = language

    @property
    def words(self) -> Words:
        """The voice in which the bot speaks to this person."""
        return catalogs().words(self.language)

    def text(self, msgid: str, **values: object) -> str:
        """A message of the catalogue as this person sees it: no tags, values filled in."""
        return seen(self.words(msgid, **values))

    def counted(self, one: str, many: str, n: int) -> str:
        """A message with a counted noun."""
        return seen(self.words.plural(one, many, n))

    def answer(self, slug: str) -> Answer:
        """The answer that this person should get."""
        found = library().answer(slug, self.language)
        assert found is not None, f"There is no answer {slug}."
        return found

    def title(self, slug: str) -> str:
        """The title of an answer as it is shown."""
        return _shown(self.answer(slug).title)

    def short(self, slug: str) -> str:
        """The part "in short" of an answer as it is shown."""
        return _shown(self.answer(slug).short)

    def question_about(self, slug: str) -> str:
        """How somebody who speaks this language asks for a topic."""
        phrasings = self.answer(slug).phrasings
        return next(one for one in phrasings if found_by(one).slugs[:1] == (slug,) and is_sure(one))

    def vague_question(self) -> str:
        """Words that could be about several things."""
        words = (word for one in library().answers[self.language or "en"].values()
                 for phrasing in one.phrasings for word in phrasing.split())  # fmt: skip
        return next(word for word in words if found_by(word).decision is Decision.UNSURE)

    def slugs(self) -> list[str]:
        """Every topic that has an answer in this language."""
        return list(library().answers[self.language or "en"])

    def category(self, name: str) -> str:
        """The title of a category as it is shown."""
        return library().category_title(name, self.language)

    def a_long_answer(self) -> str:
        """The slug of an answer of which a part waits behind More."""
        slugs = [answer.slug for answer in library().answers_in("asylum", self.language)]
        slugs += [answer.slug for answer in library().answers_in("housing", self.language)]
        return next(slug for slug in slugs if answers.is_long(self.answer(slug)))

    def words_of_danger(self) -> str:
        """What somebody in danger would say."""
        signals = library().signals[self.language or "en"]
        return next(phrase for found in signals.dangers.values() for phrase in found)

    @staticmethod
    def words_in(message: Mapping[str, Any]) -> str:
        """All that can be read in a message: its words and its labels."""
        labels = [button["text"] for button in inline_buttons(message)]
        return "\n".join([words_of(message), *labels])

    def untried(self, tried: set[str], *, but: set[str]) -> dict[str, Mapping[str, Any]]:
        """Actions whose buttons were ever shown here and not tapped yet, and where they stand."""
        shown = (
            (str(button.get("callback_data", "")), message)
            for _, message in reversed(self.view.events)
            for button in inline_buttons(message)
            if message["message_id"] in self.view.messages
        )
        return {
            data: message
            for data, message in shown
            if data and data not in tried and data.partition(":")[0] not in but
        }

    async def chooses_language(self, language: str) -> None:
        """Taps it on the first screen, and sees the welcome in it."""
        await self.taps(catalogs().words(language).name)
        self.language = language
        await self.sees(self.text("This bot is free of charge."))

    async def asks_a_colleague(self, question: str) -> None:
        """From anywhere: /colleague, the question, Send."""
        await self.says("/colleague")
        await self.sees(self.text(BEGUN))
        await self.says(question)
        await self.sees(self.text("Got it. Add more, or press Send."))
        await self.taps(self.text("📨 Send"))
        await self.sees(re.compile(r"#\d+"))

    async def shares(self, kind: str, content: bytes | None = None, **details: Any) -> Message:
        """A file of any kind, a location or a contact."""
        if kind == "location":
            return await self.shares_location(**details)
        if kind == "contact":
            return await self.shares_contact(**details)
        return await super().shares(kind, content, **details)

    async def sees_nothing_more(self, *_: Any, **where: Any) -> None:
        """Silence, proven: nothing unconfirmed, no call under way, the bot's own queues empty."""
        await super().sees_nothing_more(self.wegwijzer.is_idle, **where)

    async def blocks_the_bot(self) -> None:
        """As Telegram's own menu offers."""
        await self.blocks()

    async def comes_back(self) -> None:
        """Lets the bot in again."""
        await self.unblocks()

    async def reads_on(self) -> None:
        """Everything said so far, and what comes of it, counts as seen."""
        await self.waits()
        self.reads()

    async def asks_about_data(self) -> None:
        """/mydata, and the file comes."""
        await self.says("/mydata")
        await self.sees(self.text("This is everything that we store about you."))

    async def downloads(self, message: Message) -> bytes:
        """The file in a message, as the phone shows it."""
        path = f"/sim/files/{message['document']['file_id']}"
        async with self.simulation._http.get(path) as answer:
            return await answer.read()

    async def waits(self) -> None:
        """Until the bot has done everything it has to do; what it said stays unseen."""
        await self.simulation.is_quiet(self.wegwijzer.is_idle)

    def said(self, wanted: Wanted = "") -> list[Message]:
        """The bot's messages in the chat as they are now."""
        bot = self.simulation.world.bot
        found = (message for message in self.messages() if message["from"]["id"] == bot)
        return [message for message in found if contains(message, wanted)]


def found_by(words: str) -> Found:
    """What the search makes of somebody's words."""
    return infodesk_makers.shipped_search().find(words)


def is_sure(words: str) -> bool:
    """Does the search know one answer to this?"""
    return found_by(words).decision is Decision.SURE


def seen(text: str) -> str:
    """What the eye sees of an HTML text."""
    return html.unescape(_TAG.sub("", text))


def _shown(markdown: str) -> str:
    """A line of an answer with the organisation's own facts filled in."""
    own = {"org_name": facts().name, "org_phone": facts().phone, "org_mail": facts().mail}
    return re.sub(r"\{(\w+)\}", lambda place: own.get(place[1], "…"), markdown.replace("**", ""))


__all__ = ["TELEGRAM_CODES", "Choice", "Group", "Message", "Phone", "contains", "seen"]
