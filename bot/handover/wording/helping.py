"""/help for colleagues: what this one may do, in groups."""

from collections.abc import Sequence
from typing import Final

from bot.language.catalog import Words
from bot.people.domain import Person, Role, is_at_least

Command = tuple[str, str]

# What only coordinators may; the services check it, here it is only not offered.
_OF_COORDINATORS: Final = ("mute", "unmute", "mutes", "edit", "publish", "overrides")
_ROSTER: Final = ("duty", "team", "oncall")
_AROUND: Final = ("queue", "find", "stats", "log", "signals", *_ROSTER, "sessions", "help")


def help_text(_: Words, commands: Sequence[Command], person: Person) -> str:
    """The commands this colleague may use: in a question, around it, for coordinators."""
    inside = [one for one in commands if one[0] not in (*_AROUND, *_OF_COORDINATORS)]
    around = [one for one in commands if one[0] in _AROUND]
    leading = [one for one in commands if one[0] in _OF_COORDINATORS]
    note = _("// at the start of a message – a note between colleagues")
    groups = [
        [_("<b>In the topic of a question</b>"), *_lines(_, inside), note],
        [_("<b>Anywhere, also in your own chat with me</b>"), *_lines(_, around)],
    ]
    if is_at_least(person.role, Role.COORDINATOR):
        groups.append([_("<b>For coordinators</b>"), *_lines(_, leading)])
    return "\n\n".join("\n".join(group) for group in groups)


def _lines(_: Words, commands: Sequence[Command]) -> list[str]:
    return [
        _("{command} – {meaning}", command=f"/{name}", meaning=_.plain(meaning))
        for name, meaning in commands
    ]
