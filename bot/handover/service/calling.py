"""A call: a number that the person gives for one question, that one colleague sees, and that goes.

It stands in the row of the question and nowhere else: not in its messages, its topic or the log.
"""

from datetime import datetime

from bot.delivery import outbox
from bot.delivery.messages import Message, Outgoing, in_reading_order
from bot.errors import Outdated
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Party
from bot.handover.service import cases, topics
from bot.handover.wording import calling as wording
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


async def ask(desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime) -> Case:
    """The claimant would like to call: the person is asked. Raises NotTheClaimant, Outdated."""
    require(person)
    case = await cases.hold(tx, case_id)
    _check(case, person)
    asked = await cases.person_of(tx, case)
    if asked is None:
        raise Outdated
    _ = desk.catalogs.words(asked.language)
    text, buttons = wording.ask(_, case, name=person.first_name)
    post: Message = Outgoing(
        to=asked.telegram_id,
        slot=case.slot("call"),
        text=text,
        buttons=buttons,
        person_id=asked.id,
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))
    await cases.record(tx, "call_asked", case.id, actor=person, now=now)
    return case


async def open_one(tx: Tx, person: Person, case_id: int) -> Case:
    """The person's own question, while a colleague has it. Raises NotYourQuestion, Outdated."""
    case = await cases.own(tx, person.id, case_id)
    if not case.is_with_a_colleague:
        raise Outdated
    return case


async def keep(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, number: str, *, now: datetime
) -> Case:
    """The person gives it; colleagues read that there is one, and the claimant may look."""
    case = await open_one(tx, person, case_id)
    checked = domain.phone_in(number)
    if checked is None:
        raise Outdated
    case = await cases.note(tx, case.id, phone=checked) or case
    await cases.record(tx, "call_given", case.id, actor=person, now=now)
    text, buttons = wording.given(desk.staff_words, case, await cases.name_of(tx, case.claimed_by))
    await outbox.put(tx, *topics.said(desk, case, text, buttons=buttons))
    return case


async def refuse(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime
) -> Case:
    """The person would rather not, or takes it back."""
    case = await cases.own(tx, person.id, case_id)
    had_one = case.phone is not None
    case = await cases.note(tx, case.id, phone=None) or case
    await cases.record(tx, "call_refused", case.id, actor=person, now=now)
    if case.is_with_a_colleague:
        text = (
            wording.taken_back(desk.staff_words) if had_one else wording.refused(desk.staff_words)
        )
        await topics.say(desk, tx, case, text)
    return case


async def show(tx: Tx, person: Person, case_id: int, *, now: datetime) -> str:
    """The number, for the claimant alone. Raises NotTheClaimant, NoNumber."""
    require(person)
    case = await cases.hold(tx, case_id)
    _check(case, person)
    if case.phone is None:
        raise domain.NoNumber
    await cases.record(tx, "call_shown", case.id, actor=person, now=now)
    return case.phone


def _check(case: Case, person: Person) -> None:
    if not case.is_with_a_colleague:
        raise domain.QuestionIsOver
    if Party.CLAIMANT not in domain.parties(case, person):
        raise domain.NotTheClaimant
