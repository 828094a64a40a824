"""A person's phone, showing one chat, and a group in which several people write."""

import itertools
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import aiohttp

from bot.simulator import transcripts
from bot.simulator.following import ChatView, Follower
from bot.simulator.transcripts import Choice, Raw, Wanted

TIMEOUT = 10.0
Quiet = Callable[[], Awaitable[Any]]
Post = Callable[[str, Any], Awaitable[dict[str, Any]]]
_ALBUMS = itertools.count(1)


class Connection(Protocol):
    """What a phone needs of the simulation that it belongs to."""

    world: Follower

    async def post(self, path: str, body: Any) -> dict[str, Any]: ...

    async def is_quiet(self, quiet: Quiet | None = None) -> None: ...


class Refused(AssertionError):
    """The simulator would not do what the script asked for."""


class Message(dict[str, Any]):
    """A Bot API message with a few names for reading."""

    @property
    def id(self) -> int:
        return int(self["message_id"])

    @property
    def text(self) -> str:
        return transcripts.words_of(self)

    @property
    def thread(self) -> int | None:
        return self["message_thread_id"] if self.get("is_topic_message") else None

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in transcripts.inline_buttons(self)]


class Phone:
    """What one person does and sees in one chat. Verbs are sentences: `await amina.says("Hoi")`."""

    def __init__(self, simulation: Connection, person: int, chat: int) -> None:
        self._simulation = simulation
        self.person = person
        self.chat = chat
        self._read = simulation.world.seq
        self._toasts_seen = 0

    def at(self, group: "Group") -> "Phone":
        """The same person, looking at a group."""
        return Phone(self._simulation, self.person, group.chat)

    @property
    def name(self) -> str:
        return str(self._simulation.world.people[self.person]["first_name"])

    @property
    def view(self) -> ChatView:
        return self._simulation.world.chats[self.chat]

    @property
    def keyboard(self) -> Raw | None:
        """The reply keyboard that is open now."""
        return self.view.keyboards.get(self.person)

    async def _act(self, verb: str, **body: Any) -> dict[str, Any]:
        path = f"/sim/chats/{self.chat}/{verb}"
        given = {name: value for name, value in body.items() if value is not None}
        return await self._simulation.post(path, {"by": self.person, **given})

    async def _sent(self, verb: str, **body: Any) -> Message:
        return Message((await self._act(verb, **body))["message"])

    async def starts(self, payload: str | None = None) -> Message:
        return await self._sent("start", payload=payload)

    async def says(
        self,
        text: str,
        *,
        thread: int | None = None,
        reply_to: Raw | None = None,
        anonymous: bool = False,
    ) -> Message:
        number = reply_to["message_id"] if reply_to else None
        return await self._sent(
            "say", text=text, thread=thread, reply_to=number, anonymous=anonymous or None
        )

    async def taps(
        self, choice: Choice, *, message: Raw | None = None, thread: int | None = None
    ) -> str:
        """An inline button on the newest message that has it."""

        def look() -> tuple[int, str] | None:
            shown = [message] if message else reversed(self.messages(thread))
            for one in shown:
                if button := transcripts.chosen(transcripts.inline_buttons(one), choice):
                    return one["message_id"], button["text"]
            return None

        found = await self._simulation.world.until(look, TIMEOUT)
        if found is None:
            raise self._disappointed(f"has no button {choice!r} to tap", thread)
        number, label = found
        answer = await self._act("tap", message=number, label=label)
        return str(answer["query_id"])

    async def forges_tap(self, message: Raw, data: str) -> str:
        """What a changed client could send: any data under any message."""
        return str((await self._act("forge", message=message["message_id"], data=data))["query_id"])

    async def presses(self, choice: Choice, *, thread: int | None = None) -> Message:
        """A button of the reply keyboard."""

        def look() -> Raw | None:
            rows = (self.keyboard or {}).get("keyboard", [])
            return transcripts.chosen((button for row in rows for button in row), choice)

        button = await self._simulation.world.until(look, TIMEOUT)
        if button is None:
            raise self._disappointed(f"has no key {choice!r} to press", thread)
        return await self._sent("press", label=button["text"], thread=thread)

    async def shares_location(
        self, latitude: float = 50.8467, longitude: float = 4.3525
    ) -> Message:
        return await self._sent("share", kind="location", latitude=latitude, longitude=longitude)

    async def shares_contact(
        self, phone_number: str = "+32460000001", *, first_name: str | None = None,
        user_id: int | None = None,
    ) -> Message:  # fmt: skip
        """Own contact unless another user_id is given; 0 is somebody without Telegram."""
        return await self._sent(
            "share", kind="contact", phone_number=phone_number,
            first_name=first_name or self.name,
            user_id=self.person if user_id is None else user_id,
        )  # fmt: skip

    async def shares_photo(self, content: bytes | None = None, **details: Any) -> Message:
        return await self.shares("photo", content, **details)

    async def shares_voice(self, content: bytes | None = None, **details: Any) -> Message:
        return await self.shares("voice", content, **details)

    async def shares_document(self, content: bytes | None = None, **details: Any) -> Message:
        return await self.shares("document", content, **details)

    async def shares_album(self, count: int = 3, caption: str | None = None) -> list[Message]:
        """Several photos at once; only the first carries the caption."""
        album = f"97{next(_ALBUMS):012d}"
        return [
            await self.shares("photo", caption=caption if number == 0 else None, media_group=album)
            for number in range(count)
        ]

    async def shares(
        self, kind: str, content: bytes | None = None, *, filename: str = "file", **details: Any
    ) -> Message:
        """A file of any kind; details are caption, thread, reply_to, media_group."""
        form = aiohttp.FormData({"by": str(self.person), "kind": kind}, quote_fields=False)
        for name, value in details.items():
            if value is not None:
                form.add_field(name, str(value))
        if content is not None:
            form.add_field("file", content, filename=filename)
        answer = await self._simulation.post(f"/sim/chats/{self.chat}/send", form)
        return Message(answer["message"])

    async def edits(self, message: Raw, text: str) -> None:
        await self._act("edit", message=message["message_id"], text=text)

    async def reacts(self, message: Raw, emoji: str | None) -> None:
        await self._act("react", message=message["message_id"], emoji=emoji)

    async def blocks(self) -> None:
        await self._act("block")

    async def unblocks(self) -> None:
        await self._act("unblock")

    async def creates_topic(self, name: str) -> int:
        """By hand, as an administrator may; gives its thread."""
        return int((await self._act("topics", name=name))["topic"]["thread"])

    async def closes_topic(self, thread: int) -> None:
        await self._act(f"topics/{thread}", action="close")

    async def reopens_topic(self, thread: int) -> None:
        await self._act(f"topics/{thread}", action="reopen")

    async def renames_topic(self, thread: int, name: str) -> None:
        await self._act(f"topics/{thread}", action="rename", name=name)

    async def deletes_topic(self, thread: int) -> None:
        await self._act(f"topics/{thread}", action="delete")

    def messages(self, thread: int | None = None) -> list[Message]:
        """What is in the chat now, oldest first."""
        found = map(Message, self.view.messages.values())
        return [message for message in found if thread in (None, message.thread)]

    def reads(self) -> None:
        """Everything so far counts as seen."""
        self._read = self._simulation.world.seq
        self._toasts_seen = len(self._my_toasts())

    async def sees(
        self, wanted: Wanted, *, timeout: float = TIMEOUT, thread: int | None = None,  # noqa: ASYNC109
        exact: bool = False,
    ) -> Message:  # fmt: skip
        """A message or edit of the bot that contains the words and was not seen before."""

        def look() -> tuple[int, Raw] | None:
            return next((e for e in self._unseen(thread)
                         if transcripts.contains(e[1], wanted, exact=exact)), None)  # fmt: skip

        found = await self._simulation.world.until(look, timeout)
        if found is None:
            raise self._disappointed(f"does not see {wanted!r} within {timeout} s", thread)
        self._read = found[0]
        return Message(found[1])

    async def sees_toast(self, wanted: Wanted = "", *, timeout: float = TIMEOUT) -> Raw:  # noqa: ASYNC109
        """The short answer to a tap; an empty one too when no words are asked for."""

        def look() -> tuple[int, Raw] | None:
            fresh = list(enumerate(self._my_toasts()))[self._toasts_seen :]
            return next((t for t in fresh if transcripts.contains(t[1], wanted)), None)

        found = await self._simulation.world.until(look, timeout)
        if found is None:
            said = [toast["text"] for toast in self._my_toasts()]
            raise self._disappointed(f"sees no toast {wanted!r}, only {said}", None)
        self._toasts_seen = found[0] + 1
        return found[1]

    async def sees_buttons(self, *labels: str, thread: int | None = None) -> list[str]:
        """The labels under the newest message with buttons, once the given ones are there."""

        def look() -> list[str] | None:
            for message in reversed(self.messages(thread)):
                if shown := message.labels:
                    there = {transcripts.plain(label) for label in shown}
                    return (
                        shown if {transcripts.plain(label) for label in labels} <= there else None
                    )
            return None

        found = await self._simulation.world.until(look, TIMEOUT)
        if found is None:
            raise self._disappointed(f"does not see the buttons {labels}", thread)
        return found

    async def sees_nothing_more(
        self, quiet: Quiet | None = None, *, thread: int | None = None
    ) -> None:
        """Silence that is proven: first the bot has nothing left to do, then nothing is unseen."""
        await self._simulation.is_quiet(quiet)
        unseen = [transcripts.line(message) for _, message in self._unseen(thread)]
        if unseen:
            raise self._disappointed("sees more: " + " | ".join(unseen), thread)

    def transcript(self, thread: int | None = None) -> str:
        return transcripts.rendered(f"{self.view.title or self.name}", self.messages(thread))

    def _unseen(self, thread: int | None) -> list[tuple[int, Raw]]:
        bot = self._simulation.world.bot
        return [
            (seq, message)
            for seq, message in self.view.events
            if seq > self._read
            and message["from"]["id"] == bot
            and (thread is None or Message(message).thread == thread)
            and "forum_topic_created" not in message
        ]

    def _my_toasts(self) -> list[Raw]:
        return [t for t in self._simulation.world.toasts if t["person"] == self.person]

    def _disappointed(self, what: str, thread: int | None) -> AssertionError:
        return AssertionError(f"{self.name} {what}.\n{self.transcript(thread)}")


class Group:
    """A group chat; people act in it through `phone.at(group)`."""

    def __init__(self, simulation: Connection, chat: int) -> None:
        self._simulation = simulation
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat

    @property
    def view(self) -> ChatView:
        return self._simulation.world.chats[self.chat]

    @property
    def topics(self) -> dict[int, Raw]:
        return dict(self.view.topics)

    def messages(self, thread: int | None = None) -> list[Message]:
        found = map(Message, self.view.messages.values())
        return [message for message in found if thread in (None, message.thread)]

    async def shows_topic(self, wanted: Wanted, *, timeout: float = TIMEOUT) -> int:  # noqa: ASYNC109
        """The newest topic with such a name; waits until there is one."""

        def look() -> int | None:
            for thread, topic in sorted(self.view.topics.items(), reverse=True):
                if transcripts.contains({"text": topic["name"]}, wanted):
                    return thread
            return None

        found = await self._simulation.world.until(look, timeout)
        if found is None:
            names = [topic["name"] for topic in self.view.topics.values()]
            raise AssertionError(f"There is no topic {wanted!r}, only {names}.")
        return found

    async def member_becomes(self, phone: Phone, status: str, **details: Any) -> None:
        body = {"person": phone.person, "status": status, **details}
        await self._simulation.post(f"/sim/chats/{self.chat}/members", body)

    async def bot_becomes(self, status: str, **rights: bool) -> None:
        body = {"status": status, "rights": rights}
        await self._simulation.post(f"/sim/chats/{self.chat}/bot", body)

    async def upgrades(self) -> "Group":
        """The supergroup that this basic group becomes."""
        made = (await self._simulation.post(f"/sim/chats/{self.chat}/upgrade", {}))["chat"]
        return Group(self._simulation, made["id"])

    def transcript(self, thread: int | None = None) -> str:
        return transcripts.rendered(self.view.title, self.messages(thread))
