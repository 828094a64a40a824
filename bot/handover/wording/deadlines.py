"""The last day that a letter names: what the person is asked, and what colleagues read of it."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from bot.delivery.messages import Button, Buttons
from bot.handover import domain
from bot.handover.domain import Case
from bot.handover.wording import names
from bot.language import formats
from bot.language.catalog import Words
from bot.people.domain import Person

_WEEK: Final = 7
_BLANK: Final = "–"


@dataclass(frozen=True, slots=True)
class News:
    """What colleagues are told. `left`: working days; None: there is no date any more."""

    case: Case
    left: int | None
    called: tuple[Person, ...] = ()
    is_from_person: bool = False


# What colleagues read.


def days_left(_: Words, last: date, *, today: date) -> str:
    """ "3 days left", "today", "over", to stand in a line."""
    days = (last - today).days
    if days < 0:
        return _("over")
    if days == 0:
        return _("<b>today</b>")
    return _.plural("{n} day left", "{n} days left", days)


def line(_: Words, last: date, *, today: date | None) -> str:
    """The line of a card and of a header."""
    day = formats.date_words(_, last)
    if today is None:
        return _("⏰ <b>{day}</b>", day=day)
    left = Markup(days_left(_, last, today=today))  # noqa: S704  # made by the catalogue
    return _("⏰ <b>{day}</b>, {left}", day=day, left=left)


def told(_: Words, news: News, *, today: date) -> str:
    """One message in the topic, or under the card."""
    case = news.case
    if case.deadline is None:
        return _("⏰ The date on the letter was taken away.")
    lines = [line(_, case.deadline, today=today)]
    if news.is_from_person:
        lines.append(_("The person read this day on their letter."))
    if news.called:
        called = Markup(" ").join(names.mention(one) for one in news.called)
        lines.append(_("👋 {names}: please look at #{number}.", names=called, number=case.number))
    return "\n".join(lines)


def set_here(_: Words, case: Case, *, today: date) -> str:
    """The answer to a colleague who set it on a question that waits."""
    if case.deadline is None:
        return _("⏰ The date on the letter was taken away.")
    return f"#{case.number} · " + line(_, case.deadline, today=today)


def ask_colleague(_: Words) -> str:
    """The prompt in the topic; the reply is the date."""
    return _("⏰ Which last day does the letter name? Reply with the date, for example 12/3/2027.")


# What the person reads.


def offer(_: Words, case: Case) -> Button:
    """The way in, below a legal question."""
    if case.deadline is None:
        return Button(label=_.label("📅 Date on my letter"), action=f"letter:{case.id}")
    return Button(label=_.label("📅 Change the date"), action=f"letter:{case.id}")


def thing(_: Words, case: Case) -> tuple[str, Button]:
    """A line of "My things"; without a day only the button, for there is nothing yet."""
    if case.deadline is None:
        return "", offer(_, case)
    day = formats.date_words(_, case.deadline)
    text = _("📅 <b>#{number}</b>: last day on your letter: {day}.", number=case.number, day=day)
    return text, offer(_, case)


def ask(_: Words, case: Case, first: date, *, today: date) -> tuple[str, Buttons]:
    """Which day? Written, or tapped in the calendar of the month of `first`."""
    month = f"{formats.month_name(_, first.month)} {first.year}"
    text = _(
        "📅 Which last day does your letter name? Write it as it stands there, or tap it.\n\n"
        "Not sure? Send a photo of the letter, and a colleague looks with you.\n\n<b>{month}</b>",
        month=month,
    )
    return text, (*_month(_, case, first, today), _turning(_, case, first, today))


def ask_again(_: Words, *, is_past: bool) -> str:
    """The line above the calendar when the answer could not be right."""
    if is_past:
        return _("That day is over. Please look at your letter once more.")
    return _("I cannot read one date in that. Write it like this: 12/3/2027.")


def _month(_: Words, case: Case, first: date, today: date) -> Buttons:
    """A row a week that is not over, Monday first; where the language begins on the right, rows
    are turned."""
    names = tuple(
        Button(label=formats.weekday_short(_, n), action=f"letter_name:{n}") for n in range(_WEEK)
    )
    month = calendar.Calendar().monthdatescalendar(first.year, first.month)
    weeks = [week for week in month if week[-1] >= today]
    return (names, *(tuple(_day(case, day, first, today) for day in week) for week in weeks))


def _day(case: Case, day: date, first: date, today: date) -> Button:
    if day.month != first.month or day < today:
        return Button(label=_BLANK, action=f"letter_name:{day.weekday()}")
    return Button(label=str(day.day), action=f"letter_day:{case.id}:{day.isoformat()}")


def _turning(_: Words, case: Case, first: date, today: date) -> tuple[Button, ...]:
    here = first.year * 12 + first.month - 1
    begin = today.year * 12 + today.month - 1
    found = []
    for number, sign in ((here - 1, "◀️ {month}"), (here + 1, "{month} ▶️")):
        if begin <= number <= begin + domain.PAGES:
            year, month = number // 12, number % 12 + 1
            name = formats.month_name(_, month)
            if _.is_rtl:
                sign = {"◀️ {month}": "{month} ▶️", "{month} ▶️": "◀️ {month}"}[sign]
            label, page = sign.format(month=name), f"{year}-{month:02}"
            found.append(Button(label=label, action=f"letter:{case.id}:{page}"))
    return tuple(found)


def preview(_: Words, case: Case, day: date) -> tuple[str, Buttons]:
    """With its weekday, before it is kept."""
    text = _(
        "📅 <b>{day}</b>\n\nIs this the last day on your letter?", day=formats.date_words(_, day)
    )
    yes = Button(label=_.label("✅ Yes"), action=f"letter_yes:{case.id}:{day.isoformat()}")
    no = Button(label=_.label("Another day"), action=f"letter:{case.id}:{day:%Y-%m}")
    return text, ((yes, no),)


def kept(_: Words, case: Case, day: date) -> tuple[str, Buttons]:
    """It is noted. Never a promise about the law."""
    text = _(
        "✅ Noted with your question #{number}: <b>{day}</b>. Our colleagues see it.\n\nWhat your"
        " letter says counts. Keep the letter and its envelope.",
        number=case.number,
        day=formats.date_words(_, day),
    )
    return text, ((offer(_, case),),)
