"""❌ An event is called off, and why: who registered reads it in their own language."""

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Message
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.events.desk import EventsDesk
from bot.events.domain import refusals as refused
from bot.events.service import organising
from bot.events.staff_chat import scope, screens
from bot.events.wording import names, plans
from bot.events.wording import planning as wording
from bot.people.domain import Person
from bot.storage.transaction import Tx

_LONGEST = 250


def routes(desk: EventsDesk) -> Routes:
    """The button and its dialog."""
    form = off_form(desk)

    async def begin(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
        event = await organising.get(desk, tx, person, number_in(tap.argument))
        if event.cancelled_at is not None:
            raise refused.Cancelled
        if event.ends_at <= tap.at:
            raise refused.Over
        known = await scope.known(tx, event)
        return await forms.begin(tx, person, tap, form, ref=str(event.id), answers=known)

    return Routes(actions=bound(desk, {"ecoff": begin}), forms=(form,))


def off_form(desk: EventsDesk) -> Form:
    """Which of a series, why, and who hears of it."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        event_id = number_in(answers["ref"])
        count = await organising.cancel(
            desk,
            tx,
            person,
            event_id,
            why=answers["why"],
            words=answers["words"] or "",
            with_following=scope.is_all(answers),
            now=incoming.at,
        )
        said = plans.called_off(desk.words(person), count)
        return await screens.done(desk, tx, person, event_id, incoming, said=said)

    whys = tuple((str(why), label) for why, label in names.WHYS.items())
    steps = (
        scope.step(),
        forms.choice("why", wording.WHY, whys, label=wording.L_WHY),
        forms.text("words", wording.WORDS, longest=_LONGEST, skippable=True, label=wording.L_WORDS),
    )
    return Form("ecoff", 1, wording.OFF, steps, finish, done=wording.CALL_OFF, further=scope.told)
