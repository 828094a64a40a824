"""Every figure as CSV: a line each, with the keys of the organisation file."""

import csv
import io

from bot.reports.domain import LENGTHS, NONE, TOTAL, Report
from bot.reports.exports import tables

COLUMNS = ("year", "office", "project", "kind", "figure", "value")
_SPECIAL = {TOTAL: "(all)", NONE: "(none)"}
_HOURS = {"minutes": "hours", "minutes_approved": "hours_approved"}


def written(report: Report) -> bytes:
    """The file, as a spreadsheet and a program read it. A star is a count that is not told."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for cell, key, value in tables.everything(report):
        sides = (_SPECIAL.get(side, side) for side in cell)
        figure = _HOURS[key] if key in LENGTHS else key
        lines.writerow((report.year, *sides, figure, value))
    return text.getvalue().encode("utf-8-sig")
