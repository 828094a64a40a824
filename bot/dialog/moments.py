"""Steps that are answered with a day, or with a day and a time: near days on buttons, a calendar,
or in words. What words leave open is asked back; nothing is guessed.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, TypeVar

from bot.delivery.incoming import Incoming
from bot.dialog.calendar import DEAD, HOUR, MONTH, YEAR, Allows, Sheet, after_the_leap
from bot.dialog.form import DONE, Asking, Choice, Shown, Step, Taken, Wrong
from bot.dialog.steps import Makes, _made, written
from bot.errors import N_
from bot.language import formats, reading_days, reading_times
from bot.language.catalog import N_label

_OFFERED = 6  # days that stand on buttons
_ASKED = 4  # meanings that can be asked back; a text with more says nothing
_DAY_LENGTH = len("2026-11-21")
_ANOTHER_DAY = N_label("📅 Another day")

WhenT = TypeVar("WhenT", date, datetime)
_Draft = dict[str, Any]  # {"view": month or year} or {"day": …, "hour": …} or {"asked": […]}


class NoDay(Wrong):
    """No date, two of them, or one that does not exist."""

    sentence = N_("I do not see one day in that. Please write it so: {example}")


class NoMoment(Wrong):
    """A day is missing, or there are two."""

    sentence = N_("Please write the day and the time, so: {example}")


class DayIsOver(Wrong):
    """It should lie ahead."""

    sentence = N_("That is in the past. Please choose a later day.")


class DayToCome(Wrong):
    """It should lie behind."""

    sentence = N_("That is still to come. Please choose an earlier day.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated(Step, ABC):
    """What both have: near days, the calendar, and asking back."""

    allows: Allows = "any"

    async def show(self, asking: Asking, value: Any, sought: str = "") -> Shown:
        draft, _ = _kept(value), asking.words
        if asked := draft.get("asked"):
            return self._asked(asking, asked)
        if "day" in draft:
            return self._at_what_time(asking, draft)
        sheet = self._sheet(asking)
        view = draft.get("view") or ("" if self._near(asking) else _month_of(sheet))
        if not view:
            rows = tuple((one,) for one in self._near(asking))
            return Shown(rows=(*rows, self._other_day(asking)))
        example = _example(sheet.now.date())
        more = _("Tap a day, or write it: “tomorrow”, “Tuesday”, “{example}”.", example=example)
        if view.startswith(YEAR):
            return Shown(more=more, rows=sheet.year(int(view.removeprefix(YEAR))))
        first = date.fromisoformat(f"{view.removeprefix(MONTH)}-01")
        return Shown(more=more, rows=sheet.month(first))

    async def tap(self, asking: Asking, chosen: str, value: Any) -> Taken:
        if chosen == DEAD:
            return Taken(value, is_answer=False)
        try:
            if chosen[:1] in (MONTH, YEAR):
                return Taken({"view": self._view(asking, chosen)}, is_answer=False)
            return self._pick(asking, chosen)
        except ValueError:
            raise Wrong from None

    async def close(self, asking: Asking, value: Any) -> Any:
        """ "Keep", also from within the calendar."""
        return asking.answers[self.name] if isinstance(value, dict) else value

    @abstractmethod
    def _pick(self, asking: Asking, chosen: str) -> Taken:
        """What a day, a time or a meaning on a button is. Raises ValueError for what is none."""

    @abstractmethod
    def _called(self, asking: Asking, value: str) -> str:
        """A meaning in words."""

    def _at_what_time(self, asking: Asking, draft: _Draft) -> Shown:
        """The day is known. Raises Wrong where no time is asked for."""
        raise Wrong

    def _view(self, asking: Asking, chosen: str) -> str:
        kind, rest = chosen[0], chosen[1:]
        month = date.fromisoformat(f"{rest}-01" if kind == MONTH else f"{rest}-01-01")
        if kind == MONTH and not self._sheet(asking).may_show(month):
            raise ValueError(chosen)
        return f"{kind}{month:%Y-%m}" if kind == MONTH else f"{kind}{month.year}"

    def _near(self, asking: Asking) -> Sequence[Choice]:
        if self.allows == "any":
            return ()
        way = 1 if self.allows == "future" else -1
        today = formats.day_of(asking.at)
        near = [today + timedelta(days=way * ahead) for ahead in range(_OFFERED)]
        return [Choice(one.isoformat(), formats.day_words(asking.words, one)) for one in near]

    def _other_day(self, asking: Asking) -> tuple[Choice]:
        view = _month_of(self._sheet(asking))
        return (Choice(view, asking.words.label(_ANOTHER_DAY)),)

    def _asked(self, asking: Asking, asked: Sequence[str]) -> Shown:
        _ = asking.words
        other = self._other_day(asking)
        if len(asked) > 1:
            rows = tuple((Choice(one, self._called(asking, one)),) for one in asked)
            return Shown(more=_("Which one do you mean?"), rows=(*rows, other))
        shown = self._called(asking, asked[0])
        more = _("Do you mean <b>{day}</b>?", day=shown)
        return Shown(more=more, rows=((Choice(asked[0], _.label(DONE)),), other))

    def _sheet(self, asking: Asking) -> Sheet:
        answer = asking.answers[self.name]
        chosen = datetime.fromisoformat(answer).date() if isinstance(answer, str) else None
        return Sheet(asking.words, formats.on_the_wall(asking.at), self.allows, chosen)

    def _judged(self, asking: Asking, meant: Sequence[WhenT], now: WhenT, *, is_sure: bool) -> Any:
        """The answer, or what has to be asked back. Raises DayIsOver, DayToCome."""
        found = [_stored(one) for one in _in_time(meant, now, self.allows)]
        if len(found) == 1 and is_sure and asking.is_read_back:
            return found[0]
        return Taken({"asked": found}, is_answer=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(_Dated):
    """A day, as ISO text ("2026-11-21")."""

    async def hear(self, asking: Asking, incoming: Incoming) -> Any:
        today = formats.day_of(asking.at)
        text = reading_times.read(asking.catalogs, written(incoming)).rest
        said = reading_days.read(asking.catalogs, text, today=today)
        if not 0 < len(said.days) <= _ASKED:
            raise NoDay(example=_example(today))
        return self._judged(asking, said.days, today, is_sure=said.is_sure)

    def _pick(self, asking: Asking, chosen: str) -> Taken:
        """A figure of the calendar is said back in words; the other buttons say them already."""
        found, draft = date.fromisoformat(chosen), _kept(asking.draft)
        said = chosen in [one.value for one in self._near(asking)] or "asked" in draft
        is_sure = said or asking.is_read_back
        taken = self._judged(asking, [found], formats.day_of(asking.at), is_sure=is_sure)
        return Taken(chosen) if said else taken if isinstance(taken, Taken) else Taken(taken)

    async def fits(self, asking: Asking, value: Any) -> bool:
        return _parses(date.fromisoformat, value)

    async def tell(self, asking: Asking, value: Any) -> str:
        return self._called(asking, value)

    def _called(self, asking: Asking, value: str) -> str:
        return formats.date_words(asking.words, date.fromisoformat(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(_Dated):
    """A day and a time on the wall clock, as ISO text ("2026-11-21T18:30"). After the day comes the
    hour, then the quarter; what the clock leaps over in March moves forward."""

    async def hear(self, asking: Asking, incoming: Incoming) -> Any:
        said, now = written(incoming), formats.on_the_wall(asking.at)
        heard = reading_times.read(asking.catalogs, said)
        found = reading_days.read(asking.catalogs, heard.rest, today=now.date())
        days = found.days
        if not days and heard.times and "day" in _kept(asking.draft):
            days = (date.fromisoformat(asking.draft["day"]),)
        if not 0 < len(days) * max(len(heard.times), 1) <= _ASKED:
            raise NoMoment(example=f"{_example(now.date())} 18:30")
        if not heard.times:
            return self._day_alone(asking, days, is_sure=found.is_sure)
        meant = [datetime.combine(day, at) for day in days for at in heard.times]
        there = [after_the_leap(one) for one in meant]
        return self._judged(asking, there, now, is_sure=found.is_sure and meant == there)

    async def fits(self, asking: Asking, value: Any) -> bool:
        return _parses(datetime.fromisoformat, value)

    async def tell(self, asking: Asking, value: Any) -> str:
        return self._called(asking, value)

    def _called(self, asking: Asking, value: str) -> str:
        if len(value) == _DAY_LENGTH:
            return formats.date_words(asking.words, date.fromisoformat(value))
        wall = datetime.fromisoformat(value).replace(tzinfo=formats.BRUSSELS)
        return formats.day_and_time(asking.words, wall)

    def _at_what_time(self, asking: Asking, draft: _Draft) -> Shown:
        day, sheet, _ = date.fromisoformat(draft["day"]), self._sheet(asking), asking.words
        shown = formats.date_words(_, day)
        more = _("<b>{day}</b>\nAt what time? Tap it, or write it, such as 18:30.", day=shown)
        other = self._other_day(asking)
        if "hour" not in draft:
            return Shown(more=more, rows=(*sheet.hours(day), other))
        back = (Choice(day.isoformat(), _.label("🕐 Another hour")),)
        return Shown(more=more, rows=(*sheet.quarters(day, draft["hour"]), back, other))

    def _day_alone(self, asking: Asking, days: Sequence[date], *, is_sure: bool) -> Taken:
        """The time comes next."""
        today = formats.day_of(asking.at)
        found = [_stored(one) for one in _in_time(days, today, self.allows)]
        draft = {"day": found[0]} if len(found) == 1 and is_sure else {"asked": found}
        return Taken(draft, is_answer=False)

    def _pick(self, asking: Asking, chosen: str) -> Taken:
        if chosen.startswith(HOUR):
            day, _, hour = chosen.removeprefix(HOUR).partition("T")
            draft = {"day": date.fromisoformat(day).isoformat(), "hour": time(int(hour)).hour}
            return Taken(draft, is_answer=False)
        if len(chosen) == _DAY_LENGTH:
            return self._day_alone(asking, [date.fromisoformat(chosen)], is_sure=True)
        found = after_the_leap(datetime.fromisoformat(chosen).replace(tzinfo=None))
        _in_time([found], formats.on_the_wall(asking.at), self.allows)
        return Taken(_stored(found))


day: Makes[Day] = partial(_made, Day)
moment: Makes[Moment] = partial(_made, Moment)


def _in_time(meant: Sequence[WhenT], now: WhenT, allows: Allows) -> list[WhenT]:
    """Those on the side of now that is asked for. Raises DayIsOver, DayToCome."""
    if allows == "any":
        return list(meant)
    fit = [one for one in meant if (one >= now if allows == "future" else one <= now)]
    if not fit:
        raise DayIsOver if allows == "future" else DayToCome
    return fit


def _stored(found: date) -> str:
    if isinstance(found, datetime):
        return found.isoformat(timespec="minutes")
    return found.isoformat()


def _kept(value: Any) -> _Draft:
    return value if isinstance(value, dict) else {}


def _month_of(sheet: Sheet) -> str:
    """The month in which the calendar opens: of the day that is chosen and still may be, else this
    one."""
    chosen = sheet.chosen if sheet.chosen and sheet.may_show(sheet.chosen) else None
    return f"{MONTH}{chosen or sheet.now:%Y-%m}"


def _example(today: date) -> str:
    return f"{today + timedelta(days=7):%d/%m/%Y}"


def _parses(read: Callable[[Any], object], value: Any) -> bool:
    try:
        read(value)
    except (TypeError, ValueError):
        return False
    return True
