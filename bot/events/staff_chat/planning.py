"""➕ A new event or a series of them: a dialog in the coordinator's own chat."""

from datetime import date

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Message
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Step
from bot.dialog.routes import Routes, bound
from bot.errors import Refused
from bot.events.desk import EventsDesk
from bot.events.domain import repeating
from bot.events.service import organising
from bot.events.service.organising import Repeats
from bot.events.staff_chat import screens, steps
from bot.events.wording import names, plans
from bot.events.wording import planning as wording
from bot.language.catalog import Words
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx

_ONCE = "once"


def routes(desk: EventsDesk) -> Routes:
    """The button and its dialog."""
    form = event_form(desk)

    async def begin(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
        require(person, Role.COORDINATOR)
        return await forms.begin(tx, person, tap, form)

    return Routes(actions=bound(desk, {"ecnew": begin}), forms=(form,))


def event_form(desk: EventsDesk) -> Form:
    """Everything that people want to know before they register."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        draft = steps.draft_of(desk, answers, person.language or desk.staff_language)
        made = await organising.create(
            desk,
            tx,
            person,
            draft,
            repeats=_repeats(answers),
            is_open=answers["opens"],
            now=incoming.at,
        )
        said = plans.made(desk.words(person), len(made))
        return await screens.done(desk, tx, person, made[0], incoming, said=said)

    asked = (
        *steps.what(),
        *steps.when(),
        *_how_often(),
        *steps.where(desk),
        *steps.how_many(),
        *steps.more(desk),
        *steps.whom(desk),
        forms.yes_no("opens", wording.OPENS, label=wording.L_OPENS),
    )
    return Form("ecnew", 1, wording.NEW, asked, finish, done=wording.PLAN, further=_say_repeats)


def _how_often() -> tuple[Step, ...]:
    def is_series(answers: Answers) -> bool:
        return answers["rhythm"] not in (None, _ONCE)

    rhythms = tuple((str(one), label) for one, label in names.RHYTHMS.items())
    return (
        forms.choice(
            "rhythm", wording.RHYTHM, ((_ONCE, wording.ONCE), *rhythms), label=wording.L_RHYTHM
        ),
        forms.day("until", wording.UNTIL, allows="future", label=wording.L_UNTIL, when=is_series),
        forms.yes_no("holidays", wording.HOLIDAYS, label=wording.L_HOLIDAYS, when=is_series),
    )


def _repeats(answers: Answers) -> Repeats | None:
    if answers["rhythm"] == _ONCE:
        return None
    until = date.fromisoformat(answers["until"])
    return Repeats(answers["rhythm"], until, skips_holidays=not answers["holidays"])


def _say_repeats(_: Words, answers: Answers) -> str:
    """Of a series: on which days, before it is made."""
    found = _repeats(answers)
    if found is None:
        return ""
    first = steps.begins(answers)
    try:
        dates = repeating.dates(
            repeating.rule(found.rhythm, first),
            first,
            found.until,
            skips_holidays=found.skips_holidays,
        )
    except Refused as refusal:
        return wording.too_far(_, refusal)
    return wording.repeats(_, dates)
