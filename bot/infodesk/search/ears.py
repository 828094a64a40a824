"""Words that are no question: greetings, thanks, and cries for help."""

from collections.abc import Collection
from typing import Final

from bot.infodesk.domain import Signals
from bot.infodesk.search.phrases import Phrases


class Ears:
    """What the signals of all languages sound like."""

    def __init__(self, heard: Collection[Signals]) -> None:
        thanks = [said for one in heard for said in one.thanks]
        self.greetings: Final = Phrases(  # exact: "I have a legal question" asks for something
            (*thanks, *(said for one in heard for said in one.greetings)), exact=True
        )
        self.thanks: Final = Phrases(thanks, exact=True)
        self.calm: Final = Phrases(said for one in heard for said in one.no_dangers)
        meant: dict[str, list[str]] = {}  # slug -> phrases
        for signals in heard:
            for slug, said in signals.dangers.items():
                meant.setdefault(slug, []).extend(said)
        self._meant: Final = {slug: Phrases(said).patterns for slug, said in meant.items()}
        self._dangers: Final = Phrases(phrase for said in meant.values() for phrase in said)

    def dangers_in(self, said: str) -> list[str]:
        """The topics of every danger that is named."""
        named = self._dangers.in_text(self.calm.without(said))
        return [slug for slug, patterns in self._meant.items() if named & patterns] if named else []
