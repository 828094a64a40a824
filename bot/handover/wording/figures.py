"""Figures for colleagues: /stats, and what the morning tells."""

import html
from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.handover.domain.contacts import Channel
from bot.handover.domain.figures import Figures, Met, Wait, median, ninetieth
from bot.handover.wording.contacts import people, spoken_name
from bot.language import bidi
from bot.language.catalog import Catalogs, Words

_SMILEYS = {3: "😊", 2: "😐", 1: "🙁"}
_MARKS = {Channel.PHONE: "📞", Channel.MAIL: "✉️", Channel.DOOR: "🚪"}


def stats(
    _: Words, catalogs: Catalogs, today: Figures, week: Figures, waiting: Mapping[str, int]
) -> str:
    """The answer to /stats."""
    parts = [
        _("<b>Today</b>") + "\n" + "\n".join(period(_, today)),
        _("<b>This week</b>") + "\n" + "\n".join([*period(_, week), *_each(_, catalogs, week)]),
        waiting_line(_, catalogs, waiting),
    ]
    if today.waits or week.waits:
        parts.append(_meaning(_))
    return "\n\n".join(parts)


def _meaning(_: Words) -> str:
    """What the lines with two lengths say; left out where there is none."""
    return _(
        "Half and nine of ten: so many people had their first answer within this time. First"
        " by the clock, then only while that language was open."
    )


def period(_: Words, figures: Figures) -> list[str]:
    """The lines of one period."""
    lines = [
        _(
            "Questions: {opened} new · {answered} answered · {closed} closed",
            opened=sum(figures.opened.values()),
            answered=sum(figures.answered.values()),
            closed=sum(figures.closed.values()),
        )
    ]
    if figures.waits:
        lines.append("⏱ " + waits(_, [one.by_clock for one in figures.waits]))
        lines.append("🕘 " + waits(_, [one.in_hours for one in figures.waits], in_hours=True))
    if figures.met:
        lines.append(outside(_, figures.met))
    if figures.ratings:
        smileys = (f"{_SMILEYS[score]} {n}" for score, n in sorted(figures.ratings.items())[::-1])
        lines.append(" · ".join(smileys))
    return lines


def waits(_: Words, lengths: Sequence[timedelta], *, in_hours: bool = False) -> str:
    """Median and 90th percentile, in words."""
    half_in_words, most_in_words = length(_, median(lengths)), length(_, ninetieth(lengths))
    if in_hours:
        return _(
            "In opening hours: half within {half}, nine of ten within {most}",
            half=half_in_words,
            most=most_in_words,
        )
    return _(
        "Half within {half}, nine of ten within {most}", half=half_in_words, most=most_in_words
    )


def length(_: Words, delta: timedelta) -> str:
    """A length to the minute, plain: "2 h 05 min"."""
    hours, minutes = divmod(round(delta.total_seconds() / 60), 60)
    if not hours:
        return _.plain("{minutes} min", minutes=minutes)
    return _.plain("{hours} h {minutes} min", hours=hours, minutes=f"{minutes:02}")


def outside(_: Words, met: Sequence[Met]) -> str:
    """Contacts outside the chat: how many, and how many people they were."""
    contacts = _.plural("{n} contact", "{n} contacts", sum(one.contacts for one in met))
    by_channel = {
        mark: sum(one.contacts for one in met if one.channel is channel)
        for channel, mark in _MARKS.items()
    }
    counts = " ".join(f"{mark} {n}" for mark, n in by_channel.items() if n)
    return _(
        "Outside the chat: {contacts}, {people} ({counts})",
        contacts=contacts,
        people=people(_, sum(one.people for one in met)),
        counts=counts,
    )


def waiting_line(_: Words, catalogs: Catalogs, waiting: Mapping[str, int]) -> str:
    """Who waits now, by language."""
    if not waiting:
        return _("<b>Nobody is waiting.</b>")
    total = sum(waiting.values())
    line = _.plural("<b>{n} question waits</b>", "<b>{n} questions wait</b>", total)
    each = (f"{_named(_, catalogs, code)} {n}" for code, n in waiting.items())
    return f"{line}: " + " · ".join(each)


def _each(_: Words, catalogs: Catalogs, figures: Figures) -> list[str]:
    """A line a language, the busiest first."""
    busy = {**figures.answered, **figures.opened}
    met: dict[str, int] = {}
    for one in figures.met:
        met[one.language] = met.get(one.language, 0) + one.contacts
    codes = sorted({*busy, *figures.closed, *met}, key=lambda code: (-busy.get(code, 0), code))
    return [_of_language(_, catalogs, figures, code, met.get(code, 0)) for code in codes]


def _of_language(_: Words, catalogs: Catalogs, figures: Figures, code: str, met: int) -> str:
    parts = [_("{n} new", n=figures.opened.get(code, 0))]
    parts.append(_("{n} answered", n=figures.answered.get(code, 0)))
    mine: list[Wait] = figures.waits_in(code)
    if mine:
        lengths = [one.by_clock for one in mine]
        parts.append(f"⏱ {length(_, median(lengths))} / {length(_, ninetieth(lengths))}")
    if met:
        parts.append(_.plural("{n} contact", "{n} contacts", met))
    return f"• {_named(_, catalogs, code)}: " + ", ".join(parts)


def _named(_: Words, catalogs: Catalogs, code: str) -> str:
    return html.escape(bidi.contained(spoken_name(_, catalogs, code)), quote=False)
