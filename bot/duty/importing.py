"""A roster from CSV, as this bot, a person or Excel in Belgium writes it: all, or its faults."""

from collections.abc import Sequence

from bot.duty.domain import Duty
from bot.duty.domain.files import COLUMNS, Fault, read_row
from bot.duty.domain.lines import Vocabulary
from bot.duty.domain.refusals import NoColumns, Twice
from bot.errors import Refused
from bot.language import csv_files
from bot.people.domain.team import Team, folded


class Faulty(Exception):
    """Lines that cannot be read, each with its reason."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faulty lines")
        self.faults = faults


def read(content: bytes, words: Vocabulary, team: Team) -> list[Duty]:
    """Every block of the file. Raises Faulty with every line that is wrong."""
    rows = csv_files.rows(content, column="desk")
    line, columns = next(rows, (1, []))
    names = [folded(one) for one in columns]
    if sorted(names) != sorted(COLUMNS):
        raise Faulty([Fault(line, NoColumns(columns=",".join(COLUMNS)))])
    found: dict[int, Duty] = {}
    faults: list[Fault] = []
    for line, values in rows:
        row = dict(zip(names, values, strict=False)) | dict.fromkeys(names[len(values) :], "")
        try:
            duty = read_row(row, words, team)
            _once(duty, found)
        except Refused as refusal:
            faults.append(Fault(line, refusal))
        else:
            found[line] = duty
    if faults:
        raise Faulty(faults)
    return list(found.values())


def _once(duty: Duty, found: dict[int, Duty]) -> None:
    """Raises Twice when the colleague is there already at that time."""
    for line, other in found.items():
        if other.shares_time(duty):
            raise Twice(n=line)
