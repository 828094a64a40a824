"""The message with which a day begins in the staff group."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.handover.domain import Case
from bot.handover.domain.figures import Figures
from bot.handover.wording import escalation
from bot.handover.wording import figures as figure_words
from bot.language import formats
from bot.language.catalog import Catalogs, Words
from bot.people.domain import Person


def digest(
    _: Words,
    catalogs: Catalogs,
    waiting: Sequence[Case],
    happened: Figures,
    *,
    called: Sequence[Person] = (),
    since: date,
    now: datetime,
) -> str:
    """Who waits, by language, with the longest; whose block begins, and what happened since the
    last day."""
    lines = [_("☀️ <b>Good morning</b>"), *_waiting(_, catalogs, waiting, now)]
    if called:
        lines.append(escalation.block_begins(_, called))
    if not happened.is_empty:
        lines += ["", f"<b>{_day(_, since, now)}</b>", *figure_words.period(_, happened)]
    return "\n".join(lines)


def _waiting(_: Words, catalogs: Catalogs, waiting: Sequence[Case], now: datetime) -> list[str]:
    counts: dict[str, int] = {}
    for case in waiting:
        counts[case.language] = counts.get(case.language, 0) + 1
    lines = [figure_words.waiting_line(_, catalogs, counts)]
    urgent = sum(case.is_urgent for case in waiting)
    if urgent:
        lines.append(_("🔴 {n} urgent", n=urgent))
    longest = min(waiting, key=lambda case: case.opened_at or now, default=None)
    if longest is not None:
        length = formats.duration(_, now - (longest.opened_at or now))
        number = longest.number
        lines.append(_("Longest: #{number}, {length}", number=number, length=length))
    return lines


def _day(_: Words, since: date, now: datetime) -> str:
    """Yesterday, or since when."""
    if since == formats.day_of(now) - timedelta(days=1):
        return _("Yesterday")
    return _("Since {day}", day=formats.date_words(_, since))
