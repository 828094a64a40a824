"""What the search is taught: which sentences belong to which topic, and which to none."""

from collections.abc import Iterable, Iterator

from bot.infodesk.domain import Heard, Library
from bot.infodesk.search.training import Taught

# Classes beside the topics. None of them is ever shown.
DANGER = "!"  # before a slug: somebody needs its numbers now
ELSEWHERE = "~elsewhere"  # asked, and answered by no topic
CALM = "~calm"  # sounds like danger, and is none
GREETING = "~greeting"

_TITLE_TIMES = 2  # a title says more of its topic than one phrasing


def lessons(library: Library, heard: Iterable[Heard]) -> Iterator[Taught]:
    """Titles, short texts and phrasings of all languages, and what people were heard to say."""
    for known in library.answers.values():
        for slug, answer in known.items():
            said = (*[answer.title] * _TITLE_TIMES, answer.short, *answer.phrasings)
            yield from (Taught(text, slug) for text in said)
    for one in heard:
        for slug, texts in one.topics.items():
            yield from (Taught(text, slug) for text in texts)
        for slug, texts in one.dangers.items():
            yield from (Taught(text, f"{DANGER}{slug}") for text in texts)
        beside = {ELSEWHERE: one.elsewhere, CALM: one.calm, GREETING: one.greetings}
        for name, texts in beside.items():
            yield from (Taught(text, name) for text in texts)
