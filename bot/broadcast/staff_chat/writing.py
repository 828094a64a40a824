"""The step of a dialog in which a text is written with its bold, italic and links."""

from dataclasses import dataclass
from typing import Any

from bot.broadcast.domain import TEXT_LENGTH
from bot.broadcast.wording import written
from bot.delivery.incoming import Incoming, Said
from bot.dialog.form import Asking, Step, Wrong
from bot.dialog.steps import InWords, TooLong
from bot.errors import N_
from bot.language import bidi

_SHOWN = 120


class StrangePlace(Wrong):
    """A name in braces for which there is nothing to fill in."""

    sentence = N_("I have nothing to put in the place of {place}. Only {known} is filled in.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Step):
    """Its answer is HTML."""

    async def hear(self, asking: Asking, incoming: Incoming) -> str:
        if not isinstance(incoming, Said):
            raise InWords
        done = written.to_html(incoming.text, incoming.entities)
        length = len(written.visible(done))
        if length > TEXT_LENGTH:
            raise TooLong(n=length, most=TEXT_LENGTH)
        if strange := written.unknown_places(done):
            raise StrangePlace(place="{" + strange[0] + "}", known="{name}")
        return done

    async def fits(self, asking: Asking, value: Any) -> bool:
        return isinstance(value, str) and not written.unknown_places(value)

    async def tell(self, asking: Asking, value: Any) -> str:
        seen = bidi.contained(" ".join(written.visible(value).split()))
        return seen if len(seen) <= _SHOWN else seen[:_SHOWN].rstrip() + "…"
