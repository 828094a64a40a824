"""A line of the roster's file, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.duty.domain.hours import DAYS
from bot.duty.domain.lines import Vocabulary, read_block
from bot.duty.domain.refusals import NoDesk, NoLanguage, NoWeekday
from bot.duty.domain.roster import DESKS, Duty
from bot.errors import Refused
from bot.people.domain.team import Team, folded

COLUMNS = ("desk", "language", "weekday", "opens", "closes", "colleague")


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the file (the first is 1), and why it cannot be read."""

    line: int
    why: Refused


def read_row(row: Mapping[str, str], words: Vocabulary, team: Team) -> Duty:
    """One line as a block. Raises a Refused that names the wrong column."""
    desk = words.desks.get(folded(row["desk"]))
    if desk is None:
        raise NoDesk(word=row["desk"], desks=", ".join(DESKS))
    language = words.languages.get(folded(row["language"]))
    if language is None:
        raise NoLanguage(word=row["language"], languages=words.codes)
    weekday = words.weekdays.get(folded(row["weekday"]))
    if weekday is None:
        raise NoWeekday(word=row["weekday"], days=", ".join(DAYS))
    block = read_block(row["opens"], row["closes"])
    return Duty(desk, language, weekday, block, team.find(row["colleague"]))
