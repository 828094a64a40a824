"""What of a text the search weighs: stretches of letters, words, and concepts with their pairs."""

from itertools import combinations, pairwise

from bot.infodesk.search.concepts import Concepts

_SIZES = (3, 4, 5)
_CONCEPTS_AT_MOST = 24  # their pairs grow with the square


def stretches(word: str) -> list[str]:
    """Stretches of 3 to 5 letters of a word, its edges marked by a space."""
    edged = f" {word} "
    if len(edged) < min(_SIZES):
        return [edged]
    return [edged[at : at + size] for size in _SIZES for at in range(len(edged) - size + 1)]


def word_keys(words: list[str]) -> list[str]:
    """Words and neighbours; marked, so that no word is taken for a stretch of letters."""
    single = [f"={word}" for word in words]
    return single + [f"={one} {next_}" for one, next_ in pairwise(words)]


def concept_keys(words: list[str], concepts: Concepts) -> list[str]:
    """Concepts, and every two of them that are meant in one text."""
    meant = [concept for word in words for concept in concepts.of_word(word)]
    meant += concepts.of_phrases(words)
    several = sorted(dict.fromkeys(meant))[:_CONCEPTS_AT_MOST]
    return [f"#{one}" for one in meant] + [f"#{a}+{b}" for a, b in combinations(several, 2)]
