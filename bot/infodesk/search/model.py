"""What training leaves: for each feature, how rare it is and which topics it speaks for.

A multinomial naive Bayes model over tf-idf weights (Rennie and others, "Tackling the Poor
Assumptions of Naive Bayes Text Classifiers", ICML 2003), kept in a few flat arrays.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zlib import crc32

from bot.infodesk.search.concepts import Table

Weights = Mapping[str, tuple[float, Mapping[int, float]]]  # feature -> rarity, class -> gain


@dataclass(frozen=True, slots=True)
class Model:
    """Arrays are parallel: `keys[i]` (crc32, ascending) owns the postings from `starts[i]`.

    classes   names, in the order of their numbers
    base      per class: what a known feature is worth that the class never had
    rarities  per feature: its inverse document frequency
    owners    per posting: the number of a class
    gains     per posting: what the feature is worth beyond the base
    concepts  what means the same, to find the features of a question
    """

    classes: tuple[str, ...]
    base: "array[float]"
    keys: "array[int]"
    rarities: "array[float]"
    starts: "array[int]"
    owners: bytes
    gains: "array[float]"
    concepts: Table

    def look_up(self, feature: str) -> int:
        """The number of a feature; -1 when nobody taught it."""
        key = crc32(feature.encode())
        at = bisect_left(self.keys, key)
        return at if at < len(self.keys) and self.keys[at] == key else -1

    def postings(self, at: int) -> Iterator[tuple[int, float]]:
        """Class and gain for the feature with this number."""
        first, end = self.starts[at], self.starts[at + 1]
        return zip(self.owners[first:end], self.gains[first:end], strict=True)


def model(classes: tuple[str, ...], base: list[float], weights: Weights, concepts: Table) -> Model:
    """The flat form. Raises ValueError for more than 255 classes."""
    keys, rarities, gains = array("I"), array("f"), array("f")
    starts, owners = array("I", [0]), bytearray()
    by_key = {crc32(name.encode()): row for name, row in weights.items()}
    for key in sorted(by_key):
        rarity, gained = by_key[key]
        keys.append(key)
        rarities.append(rarity)
        owners.extend(gained)
        gains.extend(gained.values())
        starts.append(len(owners))
    return Model(classes, array("f", base), keys, rarities, starts, bytes(owners), gains, concepts)
