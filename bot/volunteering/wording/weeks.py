"""How many hours was it last week?"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Protocol

from bot.delivery.messages import Button, Buttons
from bot.language import formats
from bot.language.catalog import Words
from bot.volunteering.domain import hours as domain
from bot.volunteering.domain.assignments import in_words_of
from bot.volunteering.wording.hours import amount


class Week(Protocol):
    """A week of somebody with a place (`service.weeks.Week`)."""

    @property
    def placement(self) -> int: ...
    @property
    def monday(self) -> date: ...
    @property
    def usual(self) -> int: ...
    @property
    def titles(self) -> Mapping[str, str]: ...
    @property
    def written_in(self) -> str: ...
    @property
    def organisation(self) -> str: ...


def ask(_: Words, week: Week, minutes: int) -> tuple[str, Buttons]:
    """The question, with − and +."""
    text = _("⏱ <b>{week}</b>\n{title}, {organisation}", **_facts(_, week))
    ref = f"{week.placement}:{week.monday.isoformat()}"
    less, more = minutes - domain.STEP, minutes + domain.STEP
    steps = []
    if less > 0:
        steps.append(Button("−", action=f"vweek:{ref}:{less}"))
    if more <= domain.WEEK_MINUTES:
        steps.append(Button("+", action=f"vweek:{ref}:{more}"))
    yes = _.label("✅ Yes, {hours}", hours=amount(_, minutes))
    question = _("Was it {hours}?", hours=amount(_, minutes))
    return f"{text}\n\n{question}", (
        tuple(steps),
        (Button(yes, action=f"vweekok:{ref}:{minutes}"),),
        (Button(_.label("I was not there"), action=f"vweekok:{ref}:0"),),
    )


def said(_: Words, week: Week, minutes: int) -> tuple[str, Buttons]:
    """What was noted; it can be changed until a coordinator has approved it."""
    facts = _facts(_, week)
    text = _("⏱ <b>{week}</b>\n{title}, {organisation}", **facts)
    noted = (
        _("Thank you. {hours} are noted.", hours=amount(_, minutes))
        if minutes
        else _("Thank you. No hours are noted for this week.")
    )
    start = minutes or week.usual
    ref = f"{week.placement}:{week.monday.isoformat()}:{start}"
    return f"{text}\n\n{noted}", (
        (Button(_.label("✏️ Change"), action=f"vweek:{ref}"),),
        (Button(_.label("⏱ My hours"), action="vhours"),),
    )


def _facts(_: Words, week: Week) -> dict[str, str]:
    last = week.monday + timedelta(days=6)
    return {
        "week": _.plain(
            "Week: {first} – {last}",
            first=formats.day_words(_, week.monday),
            last=formats.day_words(_, last),
        ),
        "title": in_words_of(week.titles, _.code, week.written_in)[0],
        "organisation": week.organisation,
    }
