"""Which topics a colleague may want to send: what was asked first, then what they look for."""

from bot.infodesk.desk import InfoDesk
from bot.infodesk.domain import Decision
from bot.infodesk.search import normalised

AT_MOST = 5
_READ = 1000  # characters of a question that are looked up
_MEANT = (Decision.SURE, Decision.UNSURE, Decision.EMERGENCY)

Spoken = tuple[str, str | None]  # words, and the language of who said them


def suggested(desk: InfoDesk, question: Spoken, words: Spoken | None = None) -> list[str]:
    """Up to five topics. With `words`, the question itself gives the first one only."""
    guessed = _meant(desk, question)
    if words is None:
        return guessed[:AT_MOST]
    found = [*guessed[:1], *_meant(desk, words), *_titled(desk, words)]
    return list(dict.fromkeys(found))[:AT_MOST]


def _meant(desk: InfoDesk, spoken: Spoken) -> list[str]:
    text, language = spoken
    if not text.strip():
        return []
    found = desk.search.find(text[:_READ], language)
    if found.decision not in _MEANT:
        return []
    known = (hit.slug for hit in found.hits)
    return [slug for slug in known if desk.library.answer(slug, language) is not None]


def _titled(desk: InfoDesk, spoken: Spoken) -> list[str]:
    """Topics whose title, as the colleague reads it, holds all the words."""
    text, language = spoken
    wanted = normalised(text).split()
    titles = (
        (slug, normalised(answer.title))
        for slug in desk.library.topics
        if (answer := desk.library.answer(slug, language)) is not None
    )
    return [slug for slug, title in titles if wanted and all(word in title for word in wanted)]
