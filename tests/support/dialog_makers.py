"""A telephone for dialogs: what somebody says and taps goes through the turn, without a network."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.delivery.incoming import Incoming, Said, Sender, SentMedia, Tapped
from bot.delivery.messages import Button, Edit, Message, Outgoing, Toast
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Routes, combine
from bot.dialog.turn import Turn
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support.delivery_makers import AT

CHAT = 5_000_000_001


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks, as far as the dialog knows them."""

    telegram_id: int = CHAT
    language: str = "en"
    id: int = 1


@dataclass
class Phone:
    """One person's chat: `say` and `tap` answer with what the bot shows; `screen` is the last."""

    tx: Tx
    catalogs: Catalogs
    forms: tuple[Form, ...] = ()
    person: Speaker = field(default_factory=Speaker)
    at: datetime = AT
    screen: Outgoing | Edit | None = None
    shown: list[str] = field(default_factory=list)  # every button ever shown
    refused: str = ""
    further: Routes = field(default_factory=Routes)
    _numbers: Any = field(default_factory=lambda: count(100))

    async def take(self, incoming: Incoming) -> list[Message]:
        """One turn."""
        self.refused = ""
        whole = self.routes()
        turn = Turn(
            routes=combine(whole, forms.routes(whole.forms)),
            catalogs=self.catalogs,
            recognise=self._recognise,
            words=lambda person: self.catalogs.words(person.language),
            gate=_open,
            is_ours=lambda chat: chat < 0,
            moved=_never,
        )
        replies = await turn.take(self.tx, incoming)
        for reply in replies:
            if isinstance(reply, Toast) and reply.is_alert:
                self.refused = reply.text
            if isinstance(reply, Outgoing | Edit):
                self.screen = reply
                self.shown += [one.action for row in reply.buttons for one in row if one.action]
        return replies

    def routes(self) -> Routes:
        """Everything that answers here."""
        return combine(Routes(forms=self.forms), self._opening(), self.further)

    async def say(self, text: str) -> list[Message]:
        """A text."""
        return await self.take(Said(**self._common(), text=text))

    async def reply(self, text: str, *, to: int) -> list[Message]:
        """A text that answers one message, as Telegram's "reply" does."""
        return await self.take(Said(**self._common(), text=text, reply_to=to))

    async def send(self, media: Any, file_id: str = "") -> list[Message]:
        """A photo, a voice message …"""
        return await self.take(SentMedia(**self._common(), media=media, file_id=file_id))

    async def press(self, action: str) -> list[Message]:
        """A button by its data, however old."""
        return await self.take(Tapped(**self._common(), query_id="q", data=action))

    async def tap(self, label: str) -> list[Message]:
        """A button of the last screen, by what stands on it."""
        found = [one for one in self.buttons if label in one.label]
        assert found, f"no {label!r} among {[one.label for one in self.buttons]}"
        assert found[0].action is not None
        return await self.press(found[0].action)

    @property
    def buttons(self) -> list[Button]:
        """What can be tapped on the last screen."""
        assert self.screen is not None
        return [one for row in self.screen.buttons for one in row]

    @property
    def text(self) -> str:
        """What the last screen says."""
        assert self.screen is not None
        return self.screen.text

    def later(self, **much: float) -> None:
        """Time passes."""
        self.at += timedelta(**much)

    def speaks(self, language: str) -> None:
        """Another language was chosen."""
        self.person = replace(self.person, language=language)

    def _opening(self) -> Routes:
        """/open name, for each of the forms."""

        async def opened(tx: Tx, person: Speaker, said: Said) -> list[Message]:
            name, _, ref = said.argument.partition(" ")
            (form,) = (one for one in self.forms if one.name == name)
            return await forms.begin(tx, person, said, form, ref=ref)

        async def listed(tx: Tx, person: Speaker, said: Said) -> list[Message]:
            things = await forms.things(self.forms)(tx, person, said.at)
            buttons = tuple((button,) for _, button in things if button)
            return [Outgoing(text="\n".join(line for line, _ in things) or "none", buttons=buttons)]

        async def heard(tx: Tx, person: Speaker, incoming: Incoming) -> list[Message]:
            return [Outgoing(text="a question")]

        return Routes(commands={"open": opened, "my": listed}, hears=(heard,))

    def _common(self) -> dict[str, Any]:
        chat = self.person.telegram_id
        sender = Sender(id=chat)
        number = next(self._numbers)
        return {
            "chat_id": chat,
            "is_private": True,
            "at": self.at,
            "sender": sender,
            "message_id": number,
        }

    async def _recognise(self, tx: Tx, incoming: Incoming) -> Speaker:
        return self.person


@dataclass
class Ending:
    """What a form's `finish` was given."""

    answers: list[Answers] = field(default_factory=list)
    refuses: type[Exception] | None = None

    async def __call__(
        self, tx: Tx, person: Any, answers: Answers, incoming: Incoming
    ) -> list[Message]:
        if self.refuses is not None:
            raise self.refuses
        self.answers.append(answers)
        return [Outgoing(text="finished")]


async def _open(tx: Tx, person: Any, incoming: Incoming) -> None:
    return None


async def _never(tx: Tx, old: int, new: int) -> None:
    raise AssertionError("no group moves here")
