"""A year's report as files: a workbook with charts, and CSV."""

import importlib

from bot.language.catalog import Words
from bot.reports.domain import Report
from bot.reports.exports import csv_file


def workbook(report: Report, _: Words, organisation: str) -> bytes:
    """With charts and definitions, in one language. Nobody else waits for the library to load."""
    made: bytes = importlib.import_module("bot.reports.exports.book").written(
        report, _, organisation
    )
    return made


def csv(report: Report, _: Words, organisation: str) -> bytes:
    """Every figure on a line of its own, by keys: the same in every language."""
    return csv_file.written(report)
