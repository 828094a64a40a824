"""Volunteers say how it was."""

from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Pairs
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import evaluations as domain
from bot.volunteering.service import evaluations as service
from bot.volunteering.wording import evaluations as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The button below the question, and the dialog."""
    return Routes(actions=bound(desk, {"veval": begin}), forms=(form(desk),))


def form(desk: VolunteeringDesk) -> Form:
    """Two smileys, two times yes or no, and a sentence for who likes."""
    return Form(
        name="veval",
        version=1,
        title=wording.TITLE,
        has_summary=False,
        steps=(
            forms.choice("mood", wording.MOOD, smiles),
            forms.choice("welcome", wording.WELCOME, smiles),
            forms.yes_no("learned", wording.LEARNED),
            forms.yes_no("met", wording.MET),
            forms.text("comment", wording.COMMENT, longest=domain.COMMENT_LENGTH, skippable=True),
        ),
        finish=partial(keep, desk),
    )


async def smiles(tx: Tx, person: Person, answers: Answers) -> Pairs:
    """From very good to bad; no words, so that they are the same in every language."""
    return wording.SMILES


async def begin(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The first question, unless all were answered."""
    number = number_in(tap.argument)
    await service.open_one(tx, person.id, number, now=tap.at)
    return await forms.begin(tx, person, tap, form(desk), ref=f"request:{number}")


async def keep(
    desk: VolunteeringDesk, tx: Tx, person: Person, answers: Answers, incoming: Incoming
) -> list[Message]:
    """Without a name."""
    number = number_in(str(answers["ref"]).removeprefix("request:"))
    said = {name: int(answers[name]) for name in (*domain.SMILES, *domain.SAID_YES)}
    await service.answer(tx, person, number, said, answers["comment"] or "", now=incoming.at)
    text = wording.thanks(desk.catalogs.words(person.language))
    return [Edit(text=text) if isinstance(incoming, Tapped) else Outgoing(text=text)]
