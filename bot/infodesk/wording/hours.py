"""Opening hours in words, for {org_hours} in answers."""

from collections.abc import Mapping, Sequence
from datetime import time

from bot.language import formats
from bot.language.catalog import Words


def weekly(_: Words, week: Mapping[int, Sequence[tuple[time, time]]]) -> str:
    """One line a day; Monday is 0. An empty week is an honest line."""
    lines = [
        _(
            "{day}: from {opens} to {closes}",
            day=formats.weekday_name(_, weekday),
            opens=f"{opens:%H:%M}",
            closes=f"{closes:%H:%M}",
        )
        for weekday in sorted(week)
        for opens, closes in week[weekday]
    ]
    return "\n".join(lines) if lines else _("No fixed hours.")
