"""The organisation's own facts, as answers and colleagues' texts fill them in."""

from collections.abc import Iterator, Mapping

from bot.app.organisation import Organisation
from bot.duty.desk import Timetable
from bot.duty.domain import Roster
from bot.infodesk.desk import Facts, InfoDesk
from bot.infodesk.wording import hours as hours_in_words
from bot.language.catalog import Catalogs


class OpeningHours(Mapping[str, str]):
    """The opening hours of each language in its words; they change with the roster."""

    def __init__(self, timetable: Timetable, catalogs: Catalogs) -> None:
        self._timetable = timetable
        self._catalogs = catalogs
        self._roster: Roster = timetable.roster
        self._told: dict[str, str] = {}

    def __getitem__(self, code: str) -> str:
        if code not in self._catalogs.codes:
            raise KeyError(code)
        if self._roster is not self._timetable.roster:
            self._roster, self._told = self._timetable.roster, {}
        if code not in self._told:
            week = self._timetable.opening_week(code)
            blocks = {day: [(one.opens, one.closes) for one in week[day]] for day in week}
            self._told[code] = hours_in_words.weekly(self._catalogs.words(code), blocks)
        return self._told[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._catalogs.codes)

    def __len__(self) -> int:
        return len(self._catalogs.codes)


def facts(organisation: Organisation, timetable: Timetable, catalogs: Catalogs) -> Facts:
    """What answers name by {org_name}, {org_phone}, {org_mail} and {org_hours}."""
    return {
        "org_name": organisation.name,
        "org_phone": organisation.phone,
        "org_mail": organisation.mail,
        "org_hours": OpeningHours(timetable, catalogs),
    }


def told(organisation: Organisation, info: InfoDesk, language: str) -> dict[str, str]:
    """The same for canned answers, with where to complain; what is not filled in yet is empty."""
    known = info.facts(language)
    found = {name: known[f"org_{name}"] for name in ("phone", "mail", "hours")}
    found["complaint_address"] = organisation.complaint_address
    lacking = {"complaint_address", "phone", "mail"} & {*organisation.missing}
    return {name: "" if name in lacking else value for name, value in found.items()}
