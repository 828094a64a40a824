"""`organisation.toml`: the organisation's own facts. Checked line by line, nothing half read."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from bot.app import targets
from bot.app.settings import LOCALES
from bot.duty.domain import DAYS, Block, Hours, Week
from bot.errors import Misconfigured
from bot.handover.domain.waiting import Patience
from bot.language import profile
from bot.reports.domain import Target
from bot.volunteering.domain import Office, Project
from bot.volunteering.domain.evaluations import SURVEY_MONTHS

EXAMPLE = "organisation.example.toml"
_PLACEHOLDER = "‹"  # the example marks what is to be filled in with ‹…›

_TEXTS = ("name", "phone", "mail", "complaint_address")
_KEYS = (
    *(*_TEXTS, "staff_language", "retention_days", "closures", "privacy", "hours", "escalation"),
    *("offices", "projects", "targets", "survey_months"),
)
_MOST_MONTHS = 120
_KEY = re.compile(r"[a-z0-9_-]{1,32}")
_POSTCODE = re.compile(r"[1-9]\d{3}")
_PATIENCE = (
    *("ping_hours", "coordinator_days", "urgent_minutes"),
    *("silent_days", "release_hours", "tell_hours", "quiet"),
)
_MOST_HOURS, _MOST_DAYS, _MOST_ALARMS = 200, 30, 6
_BLOCK = re.compile(r"(\d\d:\d\d)\s*-\s*(\d\d:\d\d)")
_BLOCKS = 'must be a list such as ["09:00-12:00", "13:00-16:00"]'


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
    patience: Patience = field(default_factory=Patience)
    offices: tuple[Office, ...] = ()
    projects: tuple[Project, ...] = ()
    targets: tuple[Target, ...] = ()
    survey_months: int = SURVEY_MONTHS
    missing: tuple[str, ...] = ()  # names of what is still a placeholder


def read(file: Path) -> Organisation:
    """Read the file. Raises Misconfigured that names what is wrong and how to mend it."""
    try:
        values = tomllib.loads(file.read_text("utf-8-sig"))  # Notepad begins with a mark
    except FileNotFoundError:
        raise Misconfigured(
            f"There is no {file}: copy {EXAMPLE} to {file} and fill in your organisation's facts,"
            " or set WEGWIJZER_ORGANISATION."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{file} is not valid TOML: {error}.") from None
    except OSError as error:
        raise Misconfigured(f"{file} cannot be read: {error.strerror}.") from None
    return _Reader(file, values, _languages()).organisation()


def _languages() -> dict[str, str]:
    """The installed languages: code and name."""
    return {one.code: one.english_name for one in profile.read_all(LOCALES)}


@dataclass(frozen=True, slots=True)
class _Reader:
    file: Path
    values: dict[str, Any]
    languages: dict[str, str]

    def organisation(self) -> Organisation:
        self._only(self.values, _KEYS)
        texts = {name: self._text(name) for name in _TEXTS}
        sentence = self._sentences()
        return Organisation(
            **texts,
            staff_language=self._staff_language(),
            privacy_sentence=sentence,
            retention=timedelta(days=self._days("retention_days", 90)),
            hours=Hours(self._weeks(), self._closures()),
            patience=self._patience(),
            offices=self._offices(),
            projects=self._projects(),
            targets=targets.read(self.values.get("targets", {}), self._wrong),
            survey_months=self._survey_months(),
            missing=self._missing(texts, sentence),
        )

    def _offices(self) -> tuple[Office, ...]:
        def read(key: str, entry: dict[str, Any]) -> Office:
            name = f"offices.{key}"
            self._only(entry, ("name", "postcode", "address", "also"), f"in [{name}] ")
            postcode = str(entry.get("postcode", ""))
            if _POSTCODE.fullmatch(postcode) is None:
                raise self._wrong(f"{name}.postcode", 'must be a Belgian postcode such as "9000"')
            address, also = str(entry.get("address", "")), self._postcodes(name, entry)
            return Office(key, self._named(name, entry), postcode, address, also)

        return tuple(read(key, entry) for key, entry in self._entries("offices"))

    def _postcodes(self, table: str, entry: dict[str, Any]) -> tuple[str, ...]:
        found = entry.get("also", [])
        if not isinstance(found, list) or not all(_POSTCODE.fullmatch(str(one)) for one in found):
            raise self._wrong(f"{table}.also", 'must be a list of postcodes such as ["9100"]')
        return tuple(str(one) for one in found)

    def _projects(self) -> tuple[Project, ...]:
        def read(key: str, entry: dict[str, Any]) -> Project:
            self._only(entry, ("name",), f"in [projects.{key}] ")
            return Project(key, self._named(f"projects.{key}", entry))

        return tuple(read(key, entry) for key, entry in self._entries("projects"))

    def _survey_months(self) -> int:
        value = self.values.get("survey_months", SURVEY_MONTHS)
        if type(value) is not int or not 1 <= value <= _MOST_MONTHS:
            raise self._wrong("survey_months", f"must be a number from 1 to {_MOST_MONTHS}")
        return value

    def _entries(self, table: str) -> Iterable[tuple[str, dict[str, Any]]]:
        entries = self.values.get(table, {})
        if not isinstance(entries, dict) or not all(
            isinstance(one, dict) for one in entries.values()
        ):
            raise self._wrong(f"[{table}]", f"must hold tables such as [{table}.gent]")
        for key in entries:
            if _KEY.fullmatch(key) is None:
                raise self._wrong(
                    f"[{table}.{key}]", "may have small letters, digits, - and _ only"
                )
        return entries.items()

    def _named(self, table: str, entry: dict[str, Any]) -> str:
        name = entry.get("name")
        if not isinstance(name, str) or not name.strip() or len(name) > 80:
            raise self._wrong(f"{table}.name", 'must be a name between quotes, such as "Gent"')
        return name.strip()

    def _missing(self, texts: dict[str, str], sentence: Mapping[str, str]) -> tuple[str, ...]:
        empty = [name for name, text in texts.items() if not text or _PLACEHOLDER in text]
        lacking = [
            f"privacy.{code}" for code, text in sentence.items() if not text or _PLACEHOLDER in text
        ]
        return (*empty, *lacking, *([] if sentence else ["privacy"]))

    def _wrong(self, name: str, how: str) -> Misconfigured:
        return Misconfigured(f"{self.file}: {name} {how}.")

    def _only(self, found: Iterable[str], known: Iterable[str], table: str = "") -> None:
        """A misspelt key would silently do nothing."""
        known = tuple(known)
        for key in found:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                meant = f"did you mean {near[0]}" if near else f"it knows {', '.join(known)}"
                raise Misconfigured(f"{self.file}: {table}there is no key {key}; {meant}.")

    def _staff_language(self) -> str:
        code = self._text("staff_language", "nl")
        if code not in self.languages:
            codes = ", ".join(f'"{code}" ({name})' for code, name in self.languages.items())
            raise self._wrong("staff_language", f"must be one of {codes}")
        return code

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
        self._only(table, self.languages, "in [privacy] ")
        return table

    def _closures(self) -> frozenset[date]:
        days = self.values.get("closures", [])
        if not isinstance(days, list) or not all(type(day) is date for day in days):
            raise self._wrong("closures", "must be a list of days such as [2026-12-24]")
        return frozenset(days)

    def _patience(self) -> Patience:
        table = self.values.get("escalation", {})
        if not isinstance(table, dict):
            raise self._wrong(
                "[escalation]", "must be a table, such as [escalation] ping_hours = 2"
            )
        self._only(table, _PATIENCE, "in [escalation] ")
        own = Patience()
        return Patience(
            ping=self._hours("ping_hours", table, own.ping),
            coordinator=self._count("coordinator_days", table, own.coordinator),
            urgent=self._minutes(table, own.urgent),
            silent=self._count("silent_days", table, own.silent),
            release=self._hours("release_hours", table, own.release),
            tell=self._hours("tell_hours", table, own.tell),
            quiet=self._quiet(table, own.quiet),
        )

    def _hours(self, key: str, table: dict[str, Any], default: timedelta) -> timedelta:
        value = table.get(key, default / timedelta(hours=1))
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 < value <= _MOST_HOURS:
            raise self._wrong(f"escalation.{key}", f"must be a number up to {_MOST_HOURS}")
        return timedelta(hours=value)

    def _count(self, key: str, table: dict[str, Any], default: int) -> int:
        value = table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_DAYS:
            raise self._wrong(
                f"escalation.{key}", f"must be a number of days from 1 to {_MOST_DAYS}"
            )
        return value

    def _minutes(
        self, table: dict[str, Any], default: tuple[timedelta, ...]
    ) -> tuple[timedelta, ...]:
        values = table.get("urgent_minutes")
        if values is None:
            return default
        is_list = isinstance(values, list) and all(type(one) is int and one > 0 for one in values)
        if not is_list or sorted({*values}) != values or len(values) > _MOST_ALARMS:
            how = f"must be up to {_MOST_ALARMS} growing numbers of minutes, such as [15, 30]"
            raise self._wrong("escalation.urgent_minutes", how)
        return tuple(timedelta(minutes=one) for one in values)

    def _quiet(self, table: dict[str, Any], default: tuple[time, time]) -> tuple[time, time]:
        if "quiet" not in table:
            return default
        found = _BLOCK.fullmatch(str(table["quiet"]).strip())
        try:
            times = found and (time.fromisoformat(found[1]), time.fromisoformat(found[2]))
        except ValueError:
            times = None
        if not times or times[0] == times[1]:
            how = 'must be from one time to another, such as "21:00-08:00"'
            raise self._wrong("escalation.quiet", how)
        return times

    def _weeks(self) -> dict[str, Week]:
        table = self.values.get("hours", {})
        if not isinstance(table, dict):
            raise self._wrong("[hours]", "must hold one table per language, such as [hours.nl]")
        return {code: self._week(code, week) for code, week in table.items()}

    def _week(self, code: str, week: Any) -> Week:
        name = f"hours.{code}"
        if not isinstance(week, dict):
            raise self._wrong(f"[{name}]", 'must hold days, such as mon = ["09:00-12:00"]')
        self._only(week, DAYS, f"in [{name}] ")
        return {DAYS.index(day): self._blocks(f"{name}.{day}", week[day]) for day in week}

    def _blocks(self, name: str, blocks: Any) -> tuple[Block, ...]:
        if not isinstance(blocks, list):
            raise self._wrong(name, _BLOCKS)
        return tuple(self._block(name, one) for one in blocks)

    def _block(self, name: str, text: Any) -> Block:
        found = _BLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
        if found is None:
            raise self._wrong(name, f"{_BLOCKS}, not {text!r}")
        try:
            opens, closes = time.fromisoformat(found[1]), time.fromisoformat(found[2])
        except ValueError:
            raise self._wrong(name, f"holds no time of a day ({text})") from None
        if opens >= closes:
            raise self._wrong(name, f"closes before it opens ({text})")
        return Block(opens, closes)
