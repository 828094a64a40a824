"""The roster as everybody asks for it: in memory, swapped when it changed."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Final

from bot.duty.domain.counting import between, later, next_open, working_day
from bot.duty.domain.hours import BRUSSELS, OFFICE, Hours, Span, Week, is_holiday, joined, merged
from bot.duty.domain.roster import INFODESK, Closure, Duty, Roster, Shift


class Timetable:
    """Who is on duty and when a desk is open, in memory; the roster is swapped when it changed.

    Where the roster has blocks for a desk and a language, these are its opening hours. Otherwise
    the info desk's count, and where it has none either, the organisation's own of that language.
    Closures and the holidays of Belgium are left out. Moments in, moments (UTC) out.

    news  set when the roster was changed here, to have it read at once
    """

    def __init__(self, hours: Hours | None = None, roster: Roster | None = None) -> None:
        self.hours: Final = hours or Hours()
        self.news: Final = asyncio.Event()
        self.swap(roster or Roster())

    def swap(self, roster: Roster) -> None:
        """From now on this roster counts."""
        self.roster = roster
        self._places = roster.by_place()
        self._closures: dict[date, list[Closure]] = {}
        for one in roster.closures:
            self._closures.setdefault(one.day, []).append(one)

    def over(self, roster: Roster) -> "Timetable":
        """The same opening hours with another roster, for instance one just read."""
        return Timetable(self.hours, roster)

    def expects(self, language: str, now: datetime, desk: str = INFODESK) -> datetime | None:
        """When somebody reads this language next: `now` when open, None when nobody knows."""
        if not self._week(desk, language):
            return None
        return next_open(lambda day: self._open(desk, language, day), now)

    def on_duty(self, desk: str, language: str, now: datetime) -> tuple[int, ...]:
        """Who is on duty now by this desk's own roster: ids of people, each once."""
        day = now.astimezone(BRUSSELS).date()
        found = (one.person_id for one in self.shifts(desk, language, day) if one.is_on(now))
        return tuple(dict.fromkeys(person for person in found if person is not None))

    def on_duty_at(self, desk: str, now: datetime) -> tuple[int, ...]:
        """The same for all languages of a desk."""
        languages = sorted(language for place, language in self._places if place == desk)
        found = (person for one in languages for person in self.on_duty(desk, one, now))
        return tuple(dict.fromkeys(found))

    def has_desk(self, desk: str) -> bool:
        """Are there blocks for this desk, in whichever language?"""
        return any(place == desk for place, _language in self._places)

    def open_time_later(
        self, desk: str, language: str, start: datetime, delta: timedelta
    ) -> datetime:
        """The moment when `delta` of opening hours has gone by since `start`; it is open then.

        A language without any hours is counted with those of all languages: nobody waits unseen.
        """
        return later(lambda day: self._counted(desk, language, day), start, delta)

    def open_time_between(
        self, desk: str, language: str, start: datetime, end: datetime
    ) -> timedelta:
        """How much of the opening hours lies between two moments."""
        return between(lambda day: self._counted(desk, language, day), start, end)

    def working_day(self, desk: str, language: str, start: datetime) -> datetime:
        """One working day later: the same time of the next day that is open."""
        return working_day(lambda day: self._counted(desk, language, day), start)

    def block_ends(self, desk: str, language: str, now: datetime) -> datetime | None:
        """When the first of the blocks that run now ends; None when it is closed."""
        day = now.astimezone(BRUSSELS).date()
        running = [one.closes for one in self.shifts(desk, language, day) if one.is_on(now)]
        return min(running, default=None)

    def blocks_on(self, day: date) -> tuple[Shift, ...]:
        """Every block of that day at every desk, in order of time. Where the info desk has no
        blocks for a language, the organisation's opening hours stand for them, without a person."""
        places = {*self._places, *((INFODESK, code) for code in self.hours.weeks)}
        found = [one for place in sorted(places) for one in self.shifts(*place, day)]
        return tuple(sorted(found, key=lambda one: (one.opens, one.closes)))

    def shifts(self, desk: str, language: str, day: date) -> tuple[Shift, ...]:
        """The blocks of one desk and language on a day, in order of time."""
        if self.is_closed(desk, language, day):
            return ()
        duties = self._duties(desk, language, day)
        spans: list[tuple[int | None, Span]]
        if duties is not None:
            spans = [(one.person_id, one.block.on(day)) for one in duties]
        else:
            spans = [(None, span) for span in self._open(desk, language, day)]
        found = (Shift(desk, language, person, *span) for person, span in spans)
        return tuple(one for one in found if one.opens < one.closes)

    def next_shift(self, desk: str, language: str, now: datetime) -> Shift | None:
        """The first block that begins after now."""
        first = now.astimezone(BRUSSELS).date()
        for ahead in range(60):
            for one in self.shifts(desk, language, first + timedelta(days=ahead)):
                if one.opens > now:
                    return one
        return None

    def is_closed(self, desk: str, language: str, day: date) -> bool:
        """A holiday, a closure of the organisation, or one of this desk and language?"""
        if day in self.hours.closures or is_holiday(day):
            return True
        desks = {desk, self._whose(desk, language)}
        closures = self._closures.get(day, ())
        return any(one.covers(place, language) for one in closures for place in desks)

    def opening_week(self, language: str, desk: str = INFODESK) -> Week:
        """The usual week of a desk in a language: blocks that touch or overlap are one."""
        week = self._week(desk, language)
        return {day: joined(week[day]) for day in sorted(week)}

    def has_roster(self, desk: str, language: str) -> bool:
        """Are there blocks for this desk and language?"""
        return (desk, language) in self._places

    def has_hours(self, language: str) -> bool:
        """Is anything known of when this language is read?"""
        return bool(self._week(INFODESK, language))

    def _duties(self, desk: str, language: str, day: date) -> tuple[Duty, ...] | None:
        week = self._places.get((desk, language))
        return None if week is None else week.get(day.weekday(), ())

    def _week(self, desk: str, language: str) -> Week:
        week = self._places.get((self._whose(desk, language), language))
        if week is None:
            return self.hours.week(language)
        return {day: tuple(one.block for one in week[day]) for day in week}

    def _whose(self, desk: str, language: str) -> str:
        """The desk whose opening hours count for this one."""
        return desk if (desk, language) in self._places else INFODESK

    def _open(self, desk: str, language: str, day: date) -> tuple[Span, ...]:
        return self._spans(self._week(desk, language), desk, language, day)

    def _counted(self, desk: str, language: str, day: date) -> tuple[Span, ...]:
        week = self._week(desk, language) or self.hours.of_any() or OFFICE
        return self._spans(week, desk, language, day)

    def _spans(self, week: Week, desk: str, language: str, day: date) -> tuple[Span, ...]:
        blocks = week.get(day.weekday(), ())
        if not blocks or self.is_closed(desk, language, day):
            return ()
        return merged(block.on(day) for block in blocks)
