"""A list of walkers who registered elsewhere, from XLSX or CSV. Only names, teams and start times
are read: addresses and numbers of people stay in the file."""

from collections.abc import Mapping
from typing import Final

from bot.errors import Refused
from bot.events.domain.files import (
    MOST_WALKERS,
    At,
    Empty,
    Fault,
    NothingInIt,
    UnknownSheet,
    WalkerFile,
    WalkerLine,
)
from bot.events.domain.teams import LONGEST_NAME
from bot.events.importing import cells
from bot.events.importing.sheets import Layout, Misfit, sheets
from bot.people.domain.team import folded

Row = Mapping[str, str]
_WALKERS: Final = "walkers"
_LONGEST: Final = 64


def read(content: bytes, headings: Mapping[str, tuple[str, ...]]) -> WalkerFile:
    """The whole list; what is wrong is in `faults`, line by line."""
    try:
        found = _read(content, headings)
    except Misfit as misfit:
        return WalkerFile(faults=(Fault(misfit.at, misfit.why),))
    except Refused as refusal:
        return WalkerFile(faults=(Fault(At("", 1), refusal),))
    if not found.lines and not found.faults:
        return WalkerFile(faults=(Fault(At("", 1), NothingInIt()),))
    return found


def _read(content: bytes, headings: Mapping[str, tuple[str, ...]]) -> WalkerFile:
    layout = Layout(
        columns={_WALKERS: headings},
        needed={_WALKERS: ()},
        none=UnknownSheet(columns="name, team, captain, start"),
        most=MOST_WALKERS,
        is_lenient=True,
    )
    lines: list[WalkerLine] = []
    faults: list[Fault] = []
    unread: list[str] = []
    for sheet in sheets(content, layout):
        unread.extend(sheet.unread)
        for at, row in sheet.lines:
            try:
                lines.append(_line(at, row))
            except Refused as refusal:
                faults.append(Fault(at, refusal))
    return WalkerFile(tuple(lines), tuple(faults), tuple(dict.fromkeys(unread)))


def _line(at: At, row: Row) -> WalkerLine:
    name = " ".join(row.get(one, "") for one in ("first_name", "name")).strip()
    if not name:
        raise Empty(column="name")
    return WalkerLine(
        at=at,
        name=name[:_LONGEST],
        team=row.get("team", "")[:LONGEST_NAME],
        is_captain=_is_captain(row, name),
        starts=cells.clock(row, "start") if row.get("start") else None,
    )


def _is_captain(row: Row, name: str) -> bool:
    """A tick, or the captain's name beside every walker of the team."""
    said = folded(row.get("captain", ""))
    if not said:
        return False
    return said == folded(name) or cells.is_yes(said)
