"""What one person reads: a frame in their own language, their own figures, the team's text."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from bot.broadcast.domain import Kind, Topic
from bot.broadcast.wording import topics
from bot.delivery.messages import Buttons
from bot.language import formats
from bot.language.catalog import Words
from bot.language.template import Template


class Reader(NamedTuple):
    """Whom it is for; what they gave in the past year, if anything."""

    name: str
    minutes: int = 0
    shifts: int = 0


class Text(NamedTuple):
    """What the team wrote, in the language in which this reader gets it."""

    template: Template
    language: Words


def template(written: str, language: Words) -> Template:
    """A text of the team made ready to be filled in for each reader."""
    return Template(written, is_markup=True, is_rtl=language.is_rtl)


def letter(_: Words, kind: Kind, reader: Reader, text: Text | None, *, organisation: str) -> str:
    """The whole message, as HTML."""
    parts = [*_FRAMES[kind](_, reader, organisation)]
    if text is not None:
        if text.language.code != _.code:
            other = formats.language_name(_, text.language)
            parts.append(_("ℹ️ We have this text only in {language}.", language=other))
        parts.append(text.template.render({"name": _called(reader)}))
    return "\n\n".join(parts)


def buttons(_: Words, topic: Topic) -> Buttons:
    """One tap ends it."""
    return (topics.stop(_, topic),)


def _own(_: Words, reader: Reader, organisation: str) -> list[str]:
    return [_("📣 <b>News from {organisation}</b>", organisation=organisation)]


def _newsletter(_: Words, reader: Reader, organisation: str) -> list[str]:
    title = _("📰 <b>Newsletter of {organisation}</b>", organisation=organisation)
    return [title, _hello(_, reader), *_figures(_, reader)]


def _refugee_day(_: Words, reader: Reader, organisation: str) -> list[str]:
    title = _("🌍 <b>20 June is World Refugee Day</b>")
    today = _("On this day we think of everybody who had to leave home. You are welcome here.")
    return [title, _hello(_, reader), today, *_figures(_, reader)]


def _thanks(_: Words, reader: Reader, organisation: str) -> list[str]:
    title = _("🌟 <b>Thank you from {organisation}</b>", organisation=organisation)
    many = _("That means a lot to many people here.")
    return [title, _hello(_, reader), *_figures(_, reader), many]


def _hello(_: Words, reader: Reader) -> str:
    if _called(reader) == "—":
        return _("Hello!")
    return _("Hello {name}!", name=_called(reader))


def _figures(_: Words, reader: Reader) -> list[str]:
    """What they gave themselves; nothing for who gave no hours."""
    if not reader.minutes:
        return []
    hours = formats.number(_, round(reader.minutes / 60, 1))
    if not reader.shifts:
        return [_("In the past year you gave {hours} hours of your time. Thank you!", hours=hours)]
    return [
        _.plural(
            "In the past year you gave {hours} hours of your time, in {n} shift. Thank you!",
            "In the past year you gave {hours} hours of your time, in {n} shifts. Thank you!",
            reader.shifts,
            hours=hours,
        )
    ]


def _called(reader: Reader) -> str:
    return reader.name or "—"


_FRAMES: Final[Mapping[Kind, Callable[[Words, Reader, str], list[str]]]] = {
    Kind.OWN: _own,
    Kind.NEWSLETTER: _newsletter,
    Kind.REFUGEE_DAY: _refugee_day,
    Kind.THANKS: _thanks,
}
