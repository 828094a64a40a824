"""Contact persons say how the cooperation was; coordinators fill it in for who has no Telegram."""

from datetime import datetime
from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Step
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.chat import evaluating
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import evaluations as domain
from bot.volunteering.service import feedback as service
from bot.volunteering.wording import feedback as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The button below the question, and the dialog."""
    return Routes(actions=bound(desk, {"vorgeval": begin}), forms=(form(desk),))


def form(desk: VolunteeringDesk) -> Form:
    """A smiley, two times yes or no, and a sentence for who likes."""
    return Form(
        name="vorgeval",
        version=1,
        title=wording.TITLE,
        has_summary=False,
        steps=(
            forms.choice("mood", wording.MOOD, evaluating.smiles),
            *(_yes_no(name) for name in wording.QUESTIONS),
            forms.text("comment", wording.COMMENT, longest=domain.COMMENT_LENGTH, skippable=True),
        ),
        finish=partial(keep, desk),
    )


def _yes_no(name: str) -> Step:
    def is_asked(answers: Answers) -> bool:
        about, _, _number = str(answers["ref"]).partition(":")
        return name in domain.ASKED.get(about, ())

    return forms.yes_no(name, wording.QUESTIONS[name], when=is_asked)


async def offered(
    desk: VolunteeringDesk, tx: Tx, person: Person, event_id: int, *, now: datetime
) -> list[Message]:
    """The question, below the list that was just confirmed; nothing where it is not asked."""
    request = await service.waiting(tx, event_id, now=now)
    if request is None:
        return []
    found = await service.get(tx, request)
    text, buttons = wording.ask(desk.catalogs.words(person.language), found)
    return [Outgoing(text=text, buttons=buttons)]


async def begin(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The first question, unless it was answered."""
    found = await service.seen(tx, person, number_in(tap.argument), now=tap.at)
    return await forms.begin(tx, person, tap, form(desk), ref=f"{found.about}:{found.id}")


async def keep(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """Judged again: days may have passed since the first question."""
    number = number_in(str(answers["ref"]).partition(":")[2])
    found = await service.seen(tx, person, number, now=incoming.at)
    said = {name: int(answers[name]) for name in ("mood", *found.questions)}
    await service.answer(desk, tx, found, said, answers["comment"] or "", now=incoming.at)
    text = wording.thanks(desk.catalogs.words(person.language))
    return [Edit(text=text) if isinstance(incoming, Tapped) else Outgoing(text=text)]
