"""The check on a text that staff want to publish: the same as on a file."""

from pathlib import Path

from bot.infodesk.domain import Answer, Library
from bot.infodesk.importing import checking, comparing, facts
from bot.infodesk.importing.facts import EVERYWHERE
from bot.language import spelling


def text_faults(folder: Path, knowledge: Path, answer: Answer, library: Library) -> list[str]:
    """What is wrong with it among the others that people read now, one sentence each."""
    months = comparing.month_names(folder, (answer.language, comparing.YARDSTICK))
    found = [message for _, message in checking.faults_of(answer, library, months)]
    found += _spelling(folder, answer, library)
    if answer.language == comparing.YARDSTICK and knowledge.is_dir():
        slugs = (answer.slug, *answer.facts, EVERYWHERE)
        known, _ = facts.read(knowledge, library.topics, {slug.split("/")[0] for slug in slugs})
        found += [message for _, message in facts.claims_faults(answer, known)]
        found += [message for _, message in facts.passing_faults(answer, known)]
    return found


def _spelling(folder: Path, answer: Answer, library: Library) -> list[str]:
    """Letters and words to avoid, beside those that the answer was allowed before."""
    rules = spelling.rules(folder / answer.language)
    before = library.answers[answer.language][answer.slug]
    allowed = {fault for text in _texts(before) for _, fault in rules.faults(text)}
    return [
        fault for text in _texts(answer) for _, fault in rules.faults(text) if fault not in allowed
    ]


def _texts(answer: Answer) -> tuple[str, ...]:
    return answer.title, answer.short, answer.body
