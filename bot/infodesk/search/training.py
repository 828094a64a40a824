"""From sentences with their topics to a model. Pure counting: some seconds, no library.

Each kind of feature (letters, words, concepts) of a sentence is a vector of tf-idf weights with a
fixed length, so that a story teaches no more than two words do.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log, sqrt
from typing import NamedTuple

from bot.infodesk.search.concepts import Concepts, Table
from bot.infodesk.search.features import concept_keys, stretches, word_keys
from bot.infodesk.search.model import Model, model
from bot.infodesk.search.text import normalised

LETTERS, WORDS, CONCEPTS = 1.0, 1.0, 1.5  # how long the vectors are: what each kind counts for
_SMOOTHING = 0.02

Rarities = Mapping[str, float]
Sums = defaultdict[str, defaultdict[int, float]]  # feature -> class -> weight


class Taught(NamedTuple):
    """A sentence, and the class it belongs to."""

    text: str
    name: str


def trained(taught: Iterable[Taught], known_concepts: Table) -> Model:
    """The model of these sentences."""
    known = [(one.name, said) for one in taught if (said := normalised(one.text))]
    classes = tuple(sorted({name for name, _ in known}))
    numbers = {name: at for at, name in enumerate(classes)}
    split = [(numbers[name], text.split()) for name, text in known]
    sums: Sums = defaultdict(lambda: defaultdict(float))
    rarities = _learn_spelling(split, sums)
    rarities |= _learn([(number, word_keys(words)) for number, words in split], WORDS, sums)
    concepts = Concepts(known_concepts)
    meant = [(number, concept_keys(words, concepts)) for number, words in split]
    rarities |= _learn(meant, CONCEPTS, sums)
    return _model(classes, sums, rarities, known_concepts)


def weight(times: int, rarity: float) -> float:
    """The tf-idf weight of a feature that occurs so often in a text."""
    return rarity if times == 1 else (1 + log(times)) * rarity


def _learn(texts: list[tuple[int, list[str]]], length: float, sums: Sums) -> dict[str, float]:
    """Add up the weights of keys per class. Returns how rare each key is."""
    counted = [(number, Counter(keys)) for number, keys in texts]
    known_by: Counter[str] = Counter()
    for _, keys in counted:
        known_by.update(keys.keys())
    rarities = {key: _rarity(times, len(texts)) for key, times in known_by.items()}
    for number, keys in counted:
        weights = {key: weight(times, rarities[key]) for key, times in keys.items()}
        share = _share(length, sum(one * one for one in weights.values()))
        for key, one in weights.items():
            sums[key][number] += share * one
    return rarities


def _learn_spelling(texts: list[tuple[int, list[str]]], sums: Sums) -> dict[str, float]:
    """The same for stretches of letters, word by word: most words are said again and again."""
    said_in: Counter[str] = Counter()
    for _, words in texts:
        said_in.update(set(words))
    spelt = {word: Counter(stretches(word)) for word in said_in}
    known_by: Counter[str] = Counter()
    for word, times in said_in.items():
        for stretch in spelt[word]:
            known_by[stretch] += times
    # A stretch that occurs once tells nothing that its word does not.
    rarities = {key: _rarity(times, len(texts)) for key, times in known_by.items() if times > 1}
    weights = {
        word: {key: times * rarities[key] for key, times in keys.items() if key in rarities}
        for word, keys in spelt.items()
    }
    squares = {word: sum(one * one for one in keys.values()) for word, keys in weights.items()}
    shares: defaultdict[tuple[int, str], float] = defaultdict(float)
    for number, words in texts:
        share = _share(LETTERS, sum(squares[word] for word in words))
        for word in words:
            shares[number, word] += share
    for (number, word), share in shares.items():
        for key, one in weights[word].items():
            sums[key][number] += share * one
    return rarities


def _rarity(known_by: int, texts: int) -> float:
    return log((1 + texts) / (1 + known_by)) + 1


def _share(length: float, squares: float) -> float:
    """What brings a vector to its length."""
    return length / sqrt(squares) if squares else 0.0


def _model(
    classes: tuple[str, ...], sums: Sums, rarities: Rarities, known_concepts: Table
) -> Model:
    totals = [0.0] * len(classes)
    for by_class in sums.values():
        for number, one in by_class.items():
            totals[number] += one
    room = _SMOOTHING * len(sums)
    base = [log(_SMOOTHING) - log(total + room) for total in totals]
    gains = {
        feature: (rarities[feature], {at: log(1 + one / _SMOOTHING) for at, one in by.items()})
        for feature, by in sums.items()
    }
    return model(classes, base, gains, known_concepts)
