"""The kinds of steps that dialogs are made of: a text, a choice, several, yes or no, both ways of
telling. Figures and moments are in `measures`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypedDict, TypeVar

from bot.delivery.incoming import Incoming, Said, SentMedia
from bot.dialog.form import (
    Answers,
    Asking,
    ByButton,
    Choice,
    Options,
    Pairs,
    Person,
    Question,
    Shown,
    Step,
    Taken,
    Wrong,
)
from bot.errors import N_
from bot.language import bidi, formats
from bot.language.catalog import N_label, Words
from bot.storage.transaction import Tx

LONGEST = 1000  # characters of a text, where the step says nothing else

YES, NO = N_label("✅ Yes"), N_label("❌ No")
_YES_NO: Pairs = (("yes", YES), ("no", NO))

StepT = TypeVar("StepT", bound=Step, covariant=True)


class Common(TypedDict, total=False):
    """What every step may be given by name; see `Step`."""

    label: str
    when: Callable[[Answers], bool]
    skippable: bool


class TooLong(Wrong):
    """More than fits."""

    sentence = N_("That is too long: {n} characters, and {most} fit. Please say it shorter.")


class TooShort(Wrong):
    """Nothing, or nearly nothing."""

    sentence = N_("That is very short. Please write a little more.")


class InWords(Wrong):
    """Something else than a text came."""

    sentence = N_("Please write it as a text here.")


class SpokenOrWritten(Wrong):
    """A photo, a sticker …"""

    sentence = N_("Please write it here, or send a voice message.")


class PictureOnly(Wrong):
    """A text, a file, several at once …"""

    sentence = N_("Please send one photo here, as a photo and not as a file.")


class ChooseSome(Wrong):
    """Too few are ticked."""

    sentence = N_("Please choose first. Then tap the button below.")


class Several(Wrong):
    """What was written fits several of the choices, or none."""

    sentence = N_("Nothing here is called “{text}”. Please tap one of the buttons.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Step):
    """A line or two in own words."""

    longest: int = LONGEST
    shortest: int = 1

    async def hear(self, asking: Asking, incoming: Incoming) -> str:
        return measured(written(incoming), self.shortest, self.longest)

    async def fits(self, asking: Asking, value: Any) -> bool:
        return isinstance(value, str) and self.shortest <= len(value) <= self.longest


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceOrText(Step):
    """{"text": …} or {"voice": message id in the person's own chat}; never listened to by us."""

    longest: int = LONGEST

    async def hear(self, asking: Asking, incoming: Incoming) -> dict[str, Any]:
        if isinstance(incoming, SentMedia) and incoming.media == "voice":
            return {"voice": incoming.message_id}
        if not isinstance(incoming, Said):
            raise SpokenOrWritten
        return {"text": measured(written(incoming), 1, self.longest)}

    async def fits(self, asking: Asking, value: Any) -> bool:
        return isinstance(value, dict) and value.keys() in ({"text"}, {"voice"})

    async def tell(self, asking: Asking, value: Any) -> str:
        _ = asking.words
        return value.get("text") or _.plain("🎤 a voice message")


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo(Step):
    """Telegram's name for a photo that was sent here, to be sent on (`Outgoing.picture`)."""

    async def hear(self, asking: Asking, incoming: Incoming) -> str:
        if not isinstance(incoming, SentMedia) or not incoming.file_id:
            raise PictureOnly
        return incoming.file_id

    async def fits(self, asking: Asking, value: Any) -> bool:
        return isinstance(value, str) and bool(value)

    async def tell(self, asking: Asking, value: Any) -> str:
        _ = asking.words
        return _.plain("🖼 a photo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Step):
    """One of the options. Written words that fit one of them count too."""

    options: Options

    async def pairs(self, asking: Asking) -> list[Choice]:
        """The options, in the person's language."""
        return await offered(self.options, asking)

    async def show(self, asking: Asking, value: Any, sought: str = "") -> Shown:
        found = await self.pairs(asking)
        return Shown(flow=tuple(_holding(found, sought) or found))

    async def hear(self, asking: Asking, incoming: Incoming) -> Any:
        text = written(incoming)
        found = _meant(await self.pairs(asking), self.options, asking, text)
        if len(found) != 1:
            raise Several(text=text[:40]) if text else ByButton
        return self.valued(found[0])

    async def tap(self, asking: Asking, chosen: str, value: Any) -> Taken:
        if chosen not in {one.value for one in await self.pairs(asking)}:
            raise ByButton
        return Taken(self.valued(chosen))

    async def fits(self, asking: Asking, value: Any) -> bool:
        return value in [self.valued(one.value) for one in await self.pairs(asking)]

    async def tell(self, asking: Asking, value: Any) -> str:
        labels = {self.valued(one.value): one.label for one in await self.pairs(asking)}
        return labels.get(value, str(value))

    def valued(self, chosen: str) -> Any:
        """The answer that a button stands for."""
        return chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Chosen):
    """True or False."""

    options: Options = _YES_NO

    def valued(self, chosen: str) -> bool:
        return chosen == "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked(Chosen):
    """Several of the options, in their order."""

    least: int = 0

    async def show(self, asking: Asking, value: Any, sought: str = "") -> Shown:
        ticked = set(value or ())
        found = [
            Choice(one.value, f"✓ {one.label}") if one.value in ticked else one
            for one in await self.pairs(asking)
        ]
        return Shown(flow=tuple(found), has_done=True)

    async def hear(self, asking: Asking, incoming: Incoming) -> Any:
        raise ByButton

    async def tap(self, asking: Asking, chosen: str, value: Any) -> Taken:
        known = [one.value for one in await self.pairs(asking)]
        if chosen not in known:
            raise ByButton
        ticked = {*(value or ())} ^ {chosen}
        return Taken([one for one in known if one in ticked], is_answer=False)

    async def close(self, asking: Asking, value: Any) -> list[str]:
        ticked = list(value or ())
        if len(ticked) < self.least:
            raise ChooseSome
        return ticked

    async def fits(self, asking: Asking, value: Any) -> bool:
        known = {one.value for one in await self.pairs(asking)}
        return isinstance(value, list) and self.least <= len(value) and set(value) <= known

    async def tell(self, asking: Asking, value: Any) -> str:
        labels = {one.value: one.label for one in await self.pairs(asking)}
        named = [labels.get(one, one) for one in value]
        return formats.listing(asking.words, named) if named else "–"


Reads = Callable[[Asking, str], Awaitable[Any]]
Asks = Callable[[Asking], Awaitable[tuple[str, Pairs]]]
Tells = Callable[[Words, Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Custom(Step):
    """What a slice reads itself.

    read  (asking, text) -> a value that JSON can hold; raises Refused, whose sentence is shown
    ask   (asking) -> HTML below the question, and quick answers (value, label as it stands)
    pick  (asking, value of a quick answer) -> the answer; None: read as if it had been written
    say   (words, answer) -> plain text for the summary
    """

    read: Reads
    ask: Asks | None = None
    pick: Reads | None = None
    say: Tells | None = None

    async def show(self, asking: Asking, value: Any, sought: str = "") -> Shown:
        if self.ask is None:
            return Shown()
        more, pairs = await self.ask(asking)
        return Shown(more=more, flow=tuple(Choice(*pair) for pair in pairs))

    async def hear(self, asking: Asking, incoming: Incoming) -> Any:
        return await self.read(asking, written(incoming))

    async def tap(self, asking: Asking, chosen: str, value: Any) -> Taken:
        return Taken(await (self.pick or self.read)(asking, chosen))

    async def tell(self, asking: Asking, value: Any) -> str:
        return str(value) if self.say is None else self.say(asking.words, value)


class Makes(Protocol[StepT]):
    """How steps are declared: `text("name", N_("What is your name?"), longest=60)`."""

    def __call__(self, name: str, question: Question, /, **more: Any) -> StepT: ...


def _made(kind: Callable[..., StepT], name: str, question: Question, /, **more: Any) -> StepT:
    return kind(name=name, question=question, **more)


text: Makes[Text] = partial(_made, Text)
voice_or_text: Makes[VoiceOrText] = partial(_made, VoiceOrText)
photo: Makes[Photo] = partial(_made, Photo)
yes_no: Makes[YesNo] = partial(_made, YesNo)
custom: Makes[Custom] = partial(_made, Custom)


def choice(name: str, question: Question, options: Options, **more: Any) -> Chosen:
    """One of the options."""
    return Chosen(name=name, question=question, options=options, **more)


def choices(name: str, question: Question, options: Options, **more: Any) -> Ticked:
    """Several of the options; `least` of them."""
    return Ticked(name=name, question=question, options=options, **more)


def written(incoming: Incoming) -> str:
    """What somebody wrote, tidied. Raises InWords for anything else."""
    if not isinstance(incoming, Said):
        raise InWords
    return bidi.contained(incoming.text).strip()


def measured(said: str, shortest: int, longest: int) -> str:
    """A text of a length that fits. Raises TooLong, TooShort."""
    if len(said) > longest:
        raise TooLong(n=len(said), most=longest)
    if len(said) < shortest:
        raise TooShort
    return said


async def offered(options: Options, asking: Asking) -> list[Choice]:
    """The options in the person's language."""
    if callable(options):
        made: Callable[[Tx, Person, Answers], Awaitable[Pairs]] = options
        return [Choice(*pair) for pair in await made(asking.tx, asking.person, asking.answers)]
    return [Choice(value, asking.words.label(msgid)) for value, msgid in options]


def _meant(found: Sequence[Choice], options: Options, asking: Asking, said: str) -> list[str]:
    """Which options a text names: one that is called so, else those that hold it."""
    if not callable(options):
        msgids = asking.catalogs.msgids_saying(said)
        named = [value for value, msgid in options if msgid in msgids]
        if named:
            return named
    folded = said.casefold()
    exact = [one.value for one in found if _bare(one.label) == folded]
    return exact or [one.value for one in _holding(found, said)]


def _holding(found: Sequence[Choice], sought: str) -> list[Choice]:
    """Those whose label holds what is sought."""
    folded = sought.casefold()
    return [one for one in found if folded and folded in one.label.casefold()]


def _bare(label: str) -> str:
    return bidi.strip_marks(label).casefold().strip(" ✓")
