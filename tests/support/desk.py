"""The staff group in a journey: cards, claims and the talk inside a topic."""

import re
from datetime import timedelta
from typing import Any

from bot.simulator.phones import Group, Message
from bot.simulator.phones import Phone as GroupPhone
from bot.simulator.scripting import Simulation
from bot.simulator.transcripts import contains, inline_buttons
from tests.support.phone import seen
from tests.support.wegwijzer import HOLD, Wegwijzer, catalogs, facts

Colleague = GroupPhone  # one of the team, in the group
TEAM = ("Joris", "Karen", "Nadia")


class Desk:
    """The team's group. `text("…")` finds a message in the words of the staff."""

    def __init__(self, simulation: Simulation, wegwijzer: Wegwijzer, group: Group) -> None:
        self.simulation = simulation
        self.wegwijzer = wegwijzer
        self.group = group
        self.team: dict[str, GroupPhone] = {}
        self._cards_seen: set[tuple[int, int]] = set()  # group, message

    def text(self, msgid: str, **values: object) -> str:
        """A message of the catalogue as the staff see it."""
        return seen(catalogs().words(facts().staff_language)(msgid, **values))

    def counted(self, one: str, many: str, n: int) -> str:
        """A message with a counted noun, as the staff see it."""
        return seen(catalogs().words(facts().staff_language).plural(one, many, n))

    def __getitem__(self, name: str) -> GroupPhone:
        """A colleague's phone, showing the group."""
        return self.team[name]

    async def joined_by(self, name: str, *, status: str = "member") -> GroupPhone:
        """One more colleague in the group."""
        person = await self.simulation.person(name, language_code="nl", role_hint="staff")
        await self.group.member_becomes(person, status)
        self.team[name] = person.at(self.group)
        return self.team[name]

    async def sees_new_case(self, *, language: str | None = None, containing: str = "") -> "Case":
        """The next card that waits for a colleague and was not looked at before."""
        claim = self.text("✋ Claim")

        def look() -> Message | None:
            for card in self._cards():
                is_new = (self.group.id, card.id) not in self._cards_seen and claim in card.labels
                if is_new and contains(card, containing) and self._is_in(card, language):
                    return card
            return None

        card = await self.simulation.world.until(look, 10.0)
        assert card is not None, f"There is no new card.\n{self.group.transcript()}"
        self._cards_seen.add((self.group.id, card.id))
        return Case(self, card)

    def _is_in(self, card: Message, language: str | None) -> bool:
        if language is None:
            return True
        topic = self.group.topics.get(card.thread or 0)
        return topic is not None and catalogs().words(language).name in topic["name"]

    def topics_of(self, case: "Case") -> list[str]:
        """The names of the topics that were opened for a question."""
        names = [topic["name"] for topic in self.group.topics.values()]
        return [name for name in names if re.match(rf"#{case.number}\b", name)]

    async def becomes(self, name: str, role: str) -> None:
        """A colleague has another role from now on."""
        await self.wegwijzer.gives_role(self.team[name].person, role)

    async def moves_to_a_basic_group(self) -> Group:
        """The same team in a small group, without topics; the bot is a plain member."""
        joris, *others = self.team.values()
        basic = await self.simulation.group(
            "Small team", members=others, admins=[joris], forum=False, is_super=False
        )
        await self.follows(basic)
        return basic

    async def follows(self, group: Group) -> None:
        """The team looks at another group from now on."""
        self.group = group
        self.team = {name: phone.at(group) for name, phone in self.team.items()}

    def holds(self, words: str) -> bool:
        """Do these words stand anywhere in the group: messages, topics, pins?"""
        messages = any(contains(message, words) for message in self.group.messages())
        return messages or any(words in topic["name"] for topic in self.group.topics.values())

    def said(self, msgid: str) -> list[Message]:
        """What stands in the group and begins like this in the words of the staff."""
        named = self.text(msgid, names="‹›") if "{" in msgid else self.text(msgid)
        start = named.partition("‹›")[0]
        return [one for one in self.group.messages() if one.text.startswith(start)]

    def card_of(self, name: str) -> Message:
        """The newest card of a sign-up by this name."""
        head = self.text("🤝 <b>New volunteer: {name}</b>", name=name)
        found = [one for one in self.group.messages() if contains(one, head)]
        assert found, f"No card of {name}.\n{self.group.transcript()}"
        return found[-1]

    def waiting_cards(self) -> list[Message]:
        """The cards of questions that nobody has claimed, as they stand in the group now."""
        claim = self.text("✋ Claim")
        return [one for one in self._cards() if claim in one.labels]

    def _cards(self) -> list[Message]:
        """What stands outside the topics of questions: there a header may offer a claim too."""
        topics = self.group.topics
        named = {thread for thread, topic in topics.items() if topic["name"].startswith("#")}
        return [one for one in self.group.messages() if one.thread not in named]

    async def says_nothing_more(self, name: str = "Joris", **where: Any) -> None:
        """The group is silent too."""
        await self[name].sees_nothing_more(self.wegwijzer.is_idle, **where)


class Case:
    """A question on the desk: its card, and its topic once somebody has claimed it."""

    def __init__(self, desk: Desk, card: Message) -> None:
        self.desk = desk
        self.card = card
        found = re.search(r"#(\d+)", card.text)
        assert found is not None, f"The card has no number: {card.text}"
        self.number = int(found[1])
        self.thread: int | None = None
        self.claimant = ""

    @property
    def phone(self) -> GroupPhone:
        """The claimant's phone, showing the group."""
        return self.desk[self.claimant]

    @property
    def case_id(self) -> str:
        """What the buttons of the card name."""
        data = [button["callback_data"] for button in inline_buttons(self.card)]
        return str(data[0]).partition(":")[2]

    async def tapped_by(self, name: str, msgid: str) -> None:
        """A button of the card."""
        await self.desk[name].taps(self.desk.text(msgid), message=self.newest_card())

    def newest_card(self) -> Message:
        """The card as it stands in the group now."""
        mine = [one for one in self.desk.group.messages() if one.id == self.card.id]
        assert mine, "The card is gone."
        return mine[0]

    async def claimed_by(self, name: str) -> "Case":
        """Claim is tapped, and the topic of the question opens."""
        await self.tapped_by(name, "✋ Claim")
        self.claimant = name
        self.thread = await self.desk.group.shows_topic(re.compile(rf"#{self.number}\b"))
        await self.phone.sees(f"#{self.number}", thread=self.thread)
        return self

    async def claimed_by_reply(self, name: str) -> "Case":
        """Claim is tapped where no topics can be made: the talk goes on under the card."""
        await self.tapped_by(name, "✋ Claim")
        self.claimant = name
        await self.phone.sees(self.desk.text("👤 With {name}", name=name))
        return self

    async def finds_its_topic_again(self) -> None:
        """The topic was made anew."""
        self.thread = await self.desk.group.shows_topic(re.compile(rf"#{self.number}\b"))

    async def says(self, text: str, *, by: str | None = None, **details: Any) -> Message:
        """Something is written in the topic; it is held."""
        phone = self.desk[by] if by else self.phone
        return await phone.says(text, thread=self.thread, **details)

    async def shares(self, kind: str, *, by: str | None = None, **details: Any) -> Message:
        """Something is sent in the topic; it is held."""
        phone = self.desk[by] if by else self.phone
        return await phone.shares(kind, thread=self.thread, **details)

    async def answered(self, text: str) -> Message:
        """The claimant writes, and nobody stops it before it goes out."""
        said = await self.says(text)
        await self.hold_passes()
        return said

    async def hold_passes(self) -> None:
        """The bot has taken everything in; then the time in which it may be stopped goes by."""
        await self.desk.simulation.is_quiet(self.desk.wegwijzer.is_idle)
        self.desk.wegwijzer.clock.moves_on(seconds=(HOLD + timedelta(seconds=2)).total_seconds())

    async def sees(self, wanted: str | re.Pattern[str]) -> Message:
        """The bot says something in the topic."""
        return await self.phone.sees(wanted, thread=self.thread)

    async def closed(self) -> None:
        """Close is tapped under the header; the person hears it after the last words."""
        await self.phone.taps(self.desk.text("✅ Close"), thread=self.thread)
        await self.hold_passes()

    async def released(self) -> None:
        """Release is tapped under the header."""
        await self.phone.taps(self.desk.text("↩️ Release"), thread=self.thread)

    def transcript(self) -> str:
        """The topic as it is now."""
        return self.phone.transcript(self.thread)

    def texts(self) -> list[str]:
        """Everything that stands in the topic."""
        return [message.text for message in self.desk.group.messages(self.thread)]
