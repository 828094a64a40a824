"""How often, why not, for whom, in which languages: the words that events share."""

import html
from collections.abc import Mapping, Sequence
from typing import Final

from bot.errors import N_
from bot.events.domain import Audience, Event, Why
from bot.events.domain.repeating import Rhythm
from bot.events.wording import kinds
from bot.language import bidi, formats
from bot.language.catalog import Catalogs, N_label, Words

RHYTHMS: Final[Mapping[Rhythm, str]] = {
    Rhythm.WEEKLY: N_label("Every week"),
    Rhythm.FORTNIGHT: N_label("Every two weeks"),
    Rhythm.MONTHLY: N_label("Every month, same weekday"),
}
# Why something is called off: on buttons, and as people read it.
WHYS: Final[Mapping[Why, str]] = {
    Why.WEATHER: N_label("The weather"),
    Why.ILL: N_label("Somebody is ill"),
    Why.PLACE: N_label("The place is not free"),
    Why.FEW: N_label("Too few people"),
    Why.OTHER: N_label("Something else"),
}
_BECAUSE: Final[Mapping[str, str]] = {
    Why.WEATHER: N_("Because of the weather."),
    Why.ILL: N_("Somebody who leads it is ill."),
    Why.PLACE: N_("The place cannot be used then."),
    Why.FEW: N_("Too few people registered."),
}


def shown(text: str) -> str:
    """A name or a text that people wrote, for a message."""
    return html.escape(bidi.contained(text), quote=False)


def because(_: Words, event: Event) -> str:
    """Why it is off, in a sentence; "" where nobody said so."""
    parts = [_(_BECAUSE[event.off_why])] if event.off_why in _BECAUSE else []
    if event.off_words:
        parts.append(f"<i>{shown(event.off_words)}</i>")
    return " ".join(parts)


def languages(_: Words, codes: Sequence[str], catalogs: Catalogs) -> str:
    """Languages as the reader calls them."""
    known = [
        formats.language_name(_, catalogs.words(one)) if one in catalogs.codes else one
        for one in codes
    ]
    return formats.listing(_, known) if known else ""


def audience(_: Words, meant: Audience, catalogs: Catalogs, offices: Mapping[str, str]) -> str:
    """For whom it is, in one line."""
    parts = (
        formats.listing(_, [kinds.role_name(_, one) for one in meant.roles]) if meant.roles else "",
        formats.listing(_, [offices.get(one, one) for one in meant.offices]),
        languages(_, meant.languages, catalogs),
    )
    found = " · ".join(part for part in parts if part)
    return found or _.plain("everybody")
