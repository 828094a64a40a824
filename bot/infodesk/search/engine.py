"""Free text to topics: one small interface, `Search(library, model).find(text, language)`.

Danger is heard first, then greetings. What remains is weighed by a model that was taught how people
ask in all languages at once, so a question in another language than the person's own is understood.
How sure the search is follows from how much better a topic explains the text than another topic
does, and than "no topic answers this" does.
"""

from math import exp, inf
from typing import Final

from bot.infodesk.domain import Decision, Found, Hit, Library, Thresholds, decided
from bot.infodesk.search.concepts import table
from bot.infodesk.search.ears import Ears
from bot.infodesk.search.lessons import DANGER, ELSEWHERE, GREETING, lessons
from bot.infodesk.search.model import Model
from bot.infodesk.search.text import normalised
from bot.infodesk.search.training import trained
from bot.infodesk.search.weighing import Scales

_HITS = 10
_LEAST = 0.001  # a chance not worth naming
_WARMTH = 6.0  # features say the same in several ways, so scores lie this much too far apart

Scores = dict[str, float]  # class -> how well it explains the text; only differences tell


class Search:
    """Every answer of every language, ready to be asked.

    `model` is what `importing.model_of` made of them, or made earlier; without it the search is
    taught here, by titles, short texts and phrasings alone.
    """

    def __init__(
        self, library: Library, model: Model | None = None, limits: Thresholds | None = None
    ) -> None:
        self._limits: Final = limits or Thresholds()
        self._ears: Final = Ears(library.signals.values())
        self._scales: Final = Scales(model or trained(lessons(library, ()), table({})))
        self._known: Final = frozenset(slug for has in library.answers.values() for slug in has)
        self._dangers: Final = frozenset(
            name.removeprefix(DANGER)
            for name in self._scales.model.classes
            if name.startswith(DANGER)
        )

    def over(self, library: Library) -> "Search":
        """The same understanding, of a library whose texts have changed."""
        return Search(library, self._scales.model, self._limits)

    def find(self, text: str, language: str | None = None, *, calmly: bool = False) -> Found:
        """What a text asks for; `language` is the reader's, every installed one is searched.

        `calmly`: the person said that it is not urgent.
        """
        said = normalised(text)
        if not self._ears.greetings.without(said):
            return Found(Decision.GREETING, is_thanks=self._ears.thanks.are_in(said))
        scores = self._scores(said)
        topics = self._topics(scores)
        hits = _hits(topics)
        if not calmly and (slugs := self._dangers_in(said, scores)):
            return Found(Decision.EMERGENCY, _ahead(slugs, hits))
        if self._is_greeting(scores):
            return Found(Decision.GREETING, is_thanks=self._ears.thanks.are_in(said))
        evidence = max(topics.values(), default=-inf) - scores.get(ELSEWHERE, -inf)
        decision = decided(hits, evidence, self._limits)
        if decision is Decision.SURE and " " not in said:
            decision = Decision.UNSURE  # one word may mean many things: offer titles
        return Found(decision, hits)

    def danger(self, text: str) -> Found | None:
        """The topics of danger that a text names; None: it names none."""
        said = normalised(text)
        scores = self._scores(said)
        slugs = self._dangers_in(said, scores)
        return (
            Found(Decision.EMERGENCY, _ahead(slugs, _hits(self._topics(scores)))) if slugs else None
        )

    def _dangers_in(self, said: str, scores: Scores) -> list[str]:
        """Topics of danger: those that the lists of words name, or the one that is meant."""
        named = self._ears.dangers_in(said)
        if not scores or not self._dangers:
            return named  # nothing was taught: the lists alone decide
        if not any(sign.isalpha() for sign in said):
            return named  # figures alone mean nothing: hours, a date, a telephone number
        frights = {slug: scores[f"{DANGER}{slug}"] for slug in self._dangers}
        meant = max(frights, key=lambda slug: frights[slug])
        alarm = frights[meant] - self._calm(scores)
        if named and alarm > self._limits.calm:
            return sorted(named, key=lambda slug: -frights.get(slug, -inf))
        if self._ears.calm.are_in(said):
            alarm += self._limits.calm / 2  # "emergency exit": only what is plain is heard then
        is_meant = frights[meant] - scores.get(ELSEWHERE, -inf) > self._limits.unsure
        return [meant] if is_meant and alarm > self._limits.danger else []

    def _calm(self, scores: Scores) -> float:
        """How well whatever is no danger explains the text."""
        calm = (
            score
            for name, score in scores.items()
            if not name.startswith(DANGER) and name not in self._dangers
        )
        return max(calm, default=-inf)

    def _is_greeting(self, scores: Scores) -> bool:
        others = (score for name, score in scores.items() if name != GREETING)
        lead = scores.get(GREETING, -inf) - max(others, default=inf)
        return lead > self._limits.greeting

    def _topics(self, scores: Scores) -> Scores:
        """Topics that have an answer; what somebody in danger says counts for its topic."""
        topics: Scores = {}
        for name, score in scores.items():
            slug = name.removeprefix(DANGER)
            if slug in self._known:
                topics[slug] = max(score, topics.get(slug, -inf))
        return topics

    def _scores(self, said: str) -> Scores:
        weighed = self._scales.weigh(said)
        return dict(zip(self._scales.model.classes, weighed, strict=True)) if weighed else {}


def _hits(topics: Scores) -> tuple[Hit, ...]:
    """The likeliest topics, and how likely each is; together 1."""
    if not topics:
        return ()
    top = max(topics.values())
    odds = {slug: exp((score - top) / _WARMTH) for slug, score in topics.items()}
    whole = sum(odds.values())
    best = sorted(odds, key=lambda slug: -odds[slug])[:_HITS]
    hits = (Hit(slug, round(odds[slug] / whole, 4)) for slug in best)
    return tuple(hit for hit in hits if hit.score >= _LEAST)


def _ahead(slugs: list[str], hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Dangers before whatever else may be meant."""
    first = tuple(Hit(slug, 1.0) for slug in slugs)
    return (*first, *(hit for hit in hits if hit.slug not in slugs))[:_HITS]
