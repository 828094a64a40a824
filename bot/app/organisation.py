"""`organisation.toml`: the organisation's own facts. Checked line by line, nothing half read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from bot.app.hours import DAYS, Block, Hours, Week
from bot.errors import Misconfigured

EXAMPLE = "organisation.example.toml"
_PLACEHOLDER = "‹"  # the example marks what is to be filled in with ‹…›

_TEXTS = ("name", "phone", "mail", "complaint_address")


@dataclass(frozen=True, slots=True)
class Organisation:
    """What only the operator knows."""

    name: str
    phone: str
    mail: str
    complaint_address: str
    staff_language: str
    privacy_sentence: Mapping[str, str]
    retention: timedelta
    hours: Hours
    missing: tuple[str, ...] = ()  # names of what is still a placeholder


def read(file: Path) -> Organisation:
    """Read the file. Raises Misconfigured that names what is wrong and how to mend it."""
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise Misconfigured(
            f"There is no {file}: copy {EXAMPLE} to {file} and fill in your organisation's facts,"
            " or set WEGWIJZER_ORGANISATION."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{file} is not valid TOML: {error}.") from None
    return _Reader(file, values).organisation()


@dataclass(frozen=True, slots=True)
class _Reader:
    file: Path
    values: dict[str, Any]

    def organisation(self) -> Organisation:
        texts = {name: self._text(name) for name in _TEXTS}
        sentence = self._sentences()
        return Organisation(
            **texts,
            staff_language=self._text("staff_language", "nl"),
            privacy_sentence=sentence,
            retention=timedelta(days=self._days("retention_days", 90)),
            hours=Hours(self._weeks(), self._closures()),
            missing=self._missing(texts, sentence),
        )

    def _missing(self, texts: dict[str, str], sentence: Mapping[str, str]) -> tuple[str, ...]:
        empty = [name for name, text in texts.items() if not text or _PLACEHOLDER in text]
        lacking = [
            f"privacy.{code}" for code, text in sentence.items() if not text or _PLACEHOLDER in text
        ]
        return (*empty, *lacking, *([] if sentence else ["privacy"]))

    def _wrong(self, name: str, how: str) -> Misconfigured:
        return Misconfigured(f"{self.file}: {name} {how}.")

    def _text(self, name: str, default: str = "") -> str:
        value = self.values.get(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, 'must be a text between quotes, such as "Welcome"')
        return value.strip()

    def _days(self, name: str, default: int) -> int:
        value = self.values.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 3650:
            raise self._wrong(name, "must be a number of days from 1 to 3650")
        return value

    def _sentences(self) -> Mapping[str, str]:
        table = self.values.get("privacy", {})
        if not isinstance(table, dict) or not all(isinstance(text, str) for text in table.values()):
            raise self._wrong("[privacy]", 'must hold one sentence per language: nl = "…"')
        return table

    def _closures(self) -> frozenset[date]:
        days = self.values.get("closures", [])
        if not isinstance(days, list) or not all(type(day) is date for day in days):
            raise self._wrong("closures", "must be a list of days such as [2026-12-24]")
        return frozenset(days)

    def _weeks(self) -> dict[str, Week]:
        table = self.values.get("hours", {})
        if not isinstance(table, dict):
            raise self._wrong("[hours]", "must hold one table per language, such as [hours.nl]")
        return {code: self._week(code, week) for code, week in table.items()}

    def _week(self, code: str, week: Any) -> Week:
        if not isinstance(week, dict) or not week.keys() <= set(DAYS):
            raise self._wrong(f"[hours.{code}]", f"knows the days {', '.join(DAYS)}")
        return {
            DAYS.index(day): tuple(self._block(f"hours.{code}.{day}", one) for one in blocks)
            for day, blocks in week.items()
        }

    def _block(self, name: str, text: Any) -> Block:
        try:
            opens, closes = (time.fromisoformat(part.strip()) for part in text.split("-"))
        except (AttributeError, ValueError):
            raise self._wrong(
                name, 'must be a list such as ["09:00-12:00", "13:00-16:00"]'
            ) from None
        if opens >= closes:
            raise self._wrong(name, f"closes before it opens ({text})")
        return Block(opens, closes)
