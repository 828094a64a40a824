"""Colleagues by their first names; two of the same name are told apart by a number."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.errors import N_, Refused

_NUMBERED = re.compile(r"(?:(?P<name>.*?)\s*)?#\s*(?P<id>\d{1,18})")
_PLAIN = re.compile(r"[^\W_]")


class NoSuchColleague(Refused):
    """No name of the team."""

    sentence = N_("Nobody in the team is called “{name}”. In the team are: {names}.")


class SeveralColleagues(Refused):
    """The same name twice: the number tells them apart."""

    sentence = N_("Several colleagues are called {name}. Write one of these: {names}.")


def folded(text: str) -> str:
    """As fingers mean it: one case, no invisible marks, digits of every script as 0-9."""
    chars = (
        str(int(char)) if char.isdecimal() else char
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char) != "Cf"
    )
    return " ".join("".join(chars).casefold().split())


@dataclass(frozen=True)
class Team:
    """Everybody of the team: id -> first name."""

    names: Mapping[int, str]

    def label(self, person_id: int) -> str:
        """The first name; with the number where there are several, or where it is no plain name."""
        name = self.names.get(person_id)
        if name is None:
            return f"#{person_id}"
        is_plain = _PLAIN.match(name) and "#" not in name
        if self._counts[folded(name)] == 1 and is_plain:
            return name
        return f"{name} #{person_id}" if is_plain else f"#{person_id}"

    def labels(self, ids: Iterable[int]) -> list[str]:
        """Several of them, each once."""
        return [self.label(one) for one in dict.fromkeys(ids)]

    def find(self, said: str) -> int:
        """Who is meant. Raises NoSuchColleague or SeveralColleagues, naming who there is."""
        wanted = folded(said)
        numbered = _NUMBERED.fullmatch(wanted)
        if numbered:
            id_ = int(numbered["id"])
            if id_ in self.names and numbered["name"] in (None, "", folded(self.names[id_])):
                return id_
        found = [id_ for id_, name in self.names.items() if folded(name) == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            raise SeveralColleagues(name=said, names=", ".join(self.labels(found)))
        raise NoSuchColleague(name=said, names=", ".join(self.labels(sorted(self.names))) or "–")

    def is_name(self, said: str) -> bool:
        """Is somebody meant by these words, one or several?"""
        try:
            self.find(said)
        except SeveralColleagues:
            return True
        except NoSuchColleague:
            return False
        return True

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(folded(name) for name in self.names.values())
