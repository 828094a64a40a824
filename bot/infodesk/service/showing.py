"""An answer as a screen: with the topics beside it and the way to its places."""

from bot.delivery.messages import Button, Buttons
from bot.infodesk import domain
from bot.infodesk.desk import InfoDesk
from bot.infodesk.domain import Answer
from bot.infodesk.wording import answers
from bot.infodesk.wording import places as places_in_words
from bot.infodesk.wording.answers import View
from bot.infodesk.wording.screens import Screen, Voice
from bot.people.domain import Person


def screen_of(
    desk: InfoDesk, person: Person, answer: Answer, view: View, *, first: Buttons = ()
) -> Screen:
    """What `person` reads of it; `first` are buttons above all others, of a colleague's talk."""
    others = (desk.library.answer(slug, person.language) for slug in answer.related)
    related = [other for other in others if other][: domain.TITLES_LIMIT]
    return answers.answer(
        desk.voice(person, answer),
        desk.library,
        answer,
        view,
        rows_of(desk, person, related),
        more=_more(desk, person, answer),
        first=first,
    )


def rows_of(desk: InfoDesk, person: Person, shown: list[Answer]) -> list[tuple[Answer, Voice]]:
    """Answers, each with the voice to name it."""
    return [(answer, desk.voice(person, answer)) for answer in shown]


def _more(desk: InfoDesk, person: Person, answer: Answer) -> tuple[Button, ...]:
    """The way to the places of an answer, where it has some."""
    if not desk.directory.of_topic(answer.slug):
        return ()
    return (places_in_words.topic_button(desk.words(person), answer.slug),)
