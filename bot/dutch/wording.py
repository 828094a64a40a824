"""What people read and tap of the Dutch phrase of the day."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.dutch.domain import HOURS, Course, Exercise, Learner, Phrase, Theme
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import N_label, Words

Screen = tuple[str, Buttons]
Thing = tuple[str, Button | None]

# In Telegram's own list of commands, and in /help.
COMMANDS: tuple[tuple[str, str], ...] = (("dutch", N_("A Dutch phrase every day")),)

THEMES: Final[Mapping[Theme, str]] = {
    Theme.GREETING: N_label("👋 Greeting people"),
    Theme.HELP: N_label("🙋 Asking for help"),
    Theme.SHOP: N_label("🛒 In the shop"),
    Theme.TRAVEL: N_label("🚌 Bus and train"),
    Theme.TIME: N_label("🕒 Time and appointments"),
    Theme.DOCTOR: N_label("🩺 At the doctor"),
    Theme.SCHOOL: N_label("🏫 At school"),
    Theme.NEIGHBOURS: N_label("🏘 With neighbours"),
    Theme.WORK: N_label("🧰 At work"),
    Theme.TOWN_HALL: N_label("🏛 At the town hall"),
    Theme.FEELINGS: N_label("💛 How I feel"),
    Theme.PHONE: N_label("📞 On the phone"),
    Theme.EMERGENCY: N_label("🚨 In an emergency"),
}
_HOURS_A_ROW = 4


def thing(_: Words, learner: Learner | None) -> Thing:
    """A button of "My things"; a line too for who gets phrases."""
    line = ""
    if learner is not None and learner.is_on:
        line = _("🗣 A Dutch phrase of the day, at {hour}", hour=_clock(learner.hour))
    return line, way_in(_)


def way_in(_: Words) -> Button:
    """The button that leads here."""
    return Button(_.label("🗣 Dutch phrase of the day"), action="ph")


def invitation(_: Words, course: Course) -> Screen:
    """For who does not get it: what it is, and the hours."""
    text = _.plural(
        "🗣 <b>Dutch phrase of the day</b>\n\nEvery day one short Dutch sentence, with what it"
        " means and a small exercise. There is {n} sentence for daily life. You can stop with one"
        " tap.\n\nAt what time would you like to get it?",
        "🗣 <b>Dutch phrase of the day</b>\n\nEvery day one short Dutch sentence, with what it"
        " means and a small exercise. There are {n} sentences for daily life. You can stop with"
        " one tap.\n\nAt what time would you like to get it?",
        len(course),
    )
    return text, (*_hours(), (Button(_.label("👀 Look at one first"), action="phlook"),))


def times(_: Words) -> Screen:
    """Another hour."""
    text = _("At what time would you like to get your Dutch phrase?")
    return text, (*_hours(), (Button(_.label("⬅️ Back"), action="ph:back"),))


def settings(_: Words, learner: Learner, comes_at: datetime) -> Screen:
    """For who gets it: when, and what can be changed."""
    moment = formats.soon(_, comes_at)
    if learner.only_weekdays:
        text = _(
            "🗣 <b>Dutch phrase of the day</b>\n\n✅ You get a phrase from Monday to Friday.\nThe"
            " next one: {moment}.",
            moment=moment,
        )
        days = Button(_.label("📆 Every day"), action="phdays:0")
    else:
        text = _(
            "🗣 <b>Dutch phrase of the day</b>\n\n✅ You get a phrase every day.\nThe next one:"
            " {moment}.",
            moment=moment,
        )
        days = Button(_.label("📆 Only Monday to Friday"), action="phdays:1")
    look = Button(_.label("👀 Look at a phrase now"), action="phlook")
    time = Button(_.label("🕘 Another time"), action="phtime")
    return text, ((look,), (time,), (days,), (_stop(_),))


def stopped(_: Words, learner: Learner | None) -> Screen:
    """They do not come any more."""
    text = _("All right. You get no more Dutch phrases.")
    if learner is None:
        return text, ((way_in(_),),)
    again = Button(_.label("↩️ I do want them"), action=f"phon:{learner.hour}")
    return text, ((again,),)


def of_the_day(_: Words, course: Course, phrase: Phrase) -> Screen:
    """A phrase with its meaning, as it comes and as it is looked at again."""
    number, total = course.number(phrase), len(course)
    parts = [
        _(
            "🗣 <b>Dutch phrase of the day</b> · {number} of {total}",
            number=number,
            total=total,
        ),
        _said(_, course, phrase),
        _.label(THEMES[phrase.theme]),
    ]
    if number == total:
        parts.append(_("🎉 That was the last one. After this the first comes again."))
    practise = Button(_.label("🧩 Exercise"), action=f"phask:{Exercise.MEANING}:{phrase.key}")
    return "\n\n".join(parts), (
        (practise, *_listen(_, course, phrase)),
        (Button(_.label("⚙️ Settings"), action="ph"), _stop(_)),
    )


def question(_: Words, course: Course, phrase: Phrase, exercise: Exercise) -> Screen:
    """Three possible answers, one to a button."""
    back = (Button(_.label("⬅️ Back"), action=f"phread:{phrase.key}"),)
    if exercise is Exercise.WORD:
        text = _(
            "🧩 Which word is missing?\n\n<b>{sentence}</b>\n{meaning}",
            sentence=phrase.gap,
            meaning=course.meaning(phrase, _.code),
        )
        rows = [
            (Button(word, action=f"pha:{Exercise.WORD}:{phrase.key}:{place}"),)
            for place, word in enumerate(phrase.words)
        ]
        return text, (*rows, back)
    choices = course.choices(phrase, _.code)
    first, second, third = (course.meaning(one, _.code) for one in choices)
    text = _(
        "🧩 What does this mean?\n\n<b>{sentence}</b>\n\n1. {first}\n2. {second}\n3. {third}",
        sentence=phrase.text,
        first=first,
        second=second,
        third=third,
    )
    numbers = tuple(
        Button(str(number), action=f"pha:{Exercise.MEANING}:{phrase.key}:{one.key}")
        for number, one in enumerate(choices, start=1)
    )
    return text, (numbers, back)


def verdict(
    _: Words, course: Course, phrase: Phrase, exercise: Exercise, *, is_right: bool
) -> Screen:
    """Right or not, said kindly; the phrase once more, and what can follow."""
    said = _("✅ <b>Right! Well done.</b>") if is_right else _("🙂 <b>Almost. This is it:</b>")
    after: tuple[Button, ...] = ()
    if not is_right:
        after = (Button(_.label("🔁 Try again"), action=f"phask:{exercise}:{phrase.key}"),)
    elif exercise is Exercise.MEANING:
        named = _.label("🧩 Now the missing word")
        after = (Button(named, action=f"phask:{Exercise.WORD}:{phrase.key}"),)
    last = (Button(_.label("⚙️ Settings"), action="ph"), _stop(_))
    shown = tuple(row for row in (after, _listen(_, course, phrase), last) if row)
    return f"{said}\n\n{_said(_, course, phrase)}", shown


def _said(_: Words, course: Course, phrase: Phrase) -> str:
    return _(
        "🇧🇪 <b>{sentence}</b>\n💬 {meaning}",
        sentence=phrase.text,
        meaning=course.meaning(phrase, _.code),
    )


def _listen(_: Words, course: Course, phrase: Phrase) -> tuple[Button, ...]:
    if phrase.key not in course.recordings:
        return ()
    return (Button(_.label("🔊 Listen"), action=f"phhear:{phrase.key}"),)


def _stop(_: Words) -> Button:
    return Button(_.label("🔕 Stop"), action="phstop")


def _hours() -> Buttons:
    buttons = [Button(_clock(hour), action=f"phon:{hour}") for hour in HOURS]
    return tuple(
        tuple(buttons[first : first + _HOURS_A_ROW])
        for first in range(0, len(buttons), _HOURS_A_ROW)
    )


def _clock(hour: int) -> str:
    return f"{hour}:00"
