"""The roster as CSV: what Excel, a colleague and `importing` read."""

import csv
import io

from bot.duty.domain import DAYS, Duty
from bot.duty.domain.files import COLUMNS
from bot.duty.domain.roster import Roster
from bot.people.domain.team import Team

_BOM = "\ufeff"  # without it Excel does not see that this is UTF-8


def file(roster: Roster, team: Team) -> bytes:
    """The same as a file for a spreadsheet."""
    return (_BOM + text(roster, team)).encode()


def text(roster: Roster, team: Team) -> str:
    """One line a block, by desk, language, day and time; colleagues by first name."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(one, team) for one in sorted(roster.duties))
    return written.getvalue()


def line(duty: Duty, team: Team) -> str:
    """One block, as its line begins to be read."""
    return ",".join(_cells(duty, team))


def _cells(duty: Duty, team: Team) -> tuple[str, ...]:
    opens, closes = f"{duty.block.opens:%H:%M}", f"{duty.block.closes:%H:%M}"
    place = (duty.desk, duty.language, DAYS[duty.weekday])
    return (*place, opens, closes, team.label(duty.person_id))
