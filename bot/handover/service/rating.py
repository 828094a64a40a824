"""Why a person was glad or not: one sentence with the question, for the coordinators.

Both go to the inbox of the question in the staff group: a coordinator may never have opened a chat
with the bot, and then it could not write there.
"""

from datetime import datetime

from bot.delivery import outbox
from bot.delivery.messages import Delete, Edit, Message, Outgoing
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import cases, inbox
from bot.handover.wording import rating as wording
from bot.people.domain import Person, Role
from bot.people.service import recognition
from bot.storage.transaction import Tx

_NAMED_AT_MOST = 5
_SLOTS = ("rating", "rating_words")


async def tell_bad(
    desk: HandoverDesk, tx: Tx, case: Case, *, words: str = "", now: datetime
) -> None:
    """🙁: the coordinators hear it at once. A reason, or its taking back, changes that message."""
    team = await recognition.staff_members(tx, needed=Role.COORDINATOR)
    leading = [one.person for one in team][:_NAMED_AT_MOST]
    text = wording.not_helped(desk.staff_words, case, leading, words)
    await _post(desk, tx, case, text, slot="rating", now=now)


async def say_why(
    desk: HandoverDesk,
    tx: Tx,
    person: Person,
    rated: tuple[int, int],
    *,
    words: str,
    now: datetime,
) -> Case | None:
    """The sentence is kept with the question and shown to the coordinators. None: it is too late.

    `rated`: the question and its score. Raises NotYourQuestion.
    """
    case_id, score = rated
    case = await cases.own(tx, person.id, case_id)
    if not case.is_rated or score not in domain.SCORES:
        return None
    kept = domain.shortened(words, domain.WHY_LIMIT)
    await cases.note(tx, case.id, rating_words=kept)
    await cases.record(tx, "rating_words", case.id, actor=person, now=now)
    if score == domain.BAD:
        await tell_bad(desk, tx, case, words=kept, now=now)
    else:
        text = wording.why(desk.staff_words, case, score, kept)
        await _post(desk, tx, case, text, slot="rating_words", now=now)
    return case


async def take_back(
    desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime
) -> str:
    """The sentence was meant as a question: nothing of it stays. Returns it."""
    case = await cases.own(tx, person.id, case_id)
    words = await cases.rating_words(tx, case.id)
    await cases.note(tx, case.id, rating_words="")
    await _unsay(desk, tx, case, now=now)
    await cases.record(tx, "rating_taken_back", case.id, actor=person, now=now)
    return words


async def _unsay(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> None:
    """The 🙁 itself stays; a sentence that came by itself goes."""
    if await _is_told(tx, case.slot("rating"), desk.group_of(case)):
        await tell_bad(desk, tx, case, now=now)
    await outbox.cancel(tx, _key(case, "rating_words", desk.group_of(case)))
    if (place := await outbox.slot(tx, case.slot("rating_words"))) is not None:
        await outbox.put(tx, Delete(to=place.chat_id, message_ids=(place.id,)))
        await outbox.forget_slots(tx, place.name)


async def _is_told(tx: Tx, slot: str, group: int | None) -> bool:
    """Does it stand in this group, or is it on its way there?"""
    place = await outbox.slot(tx, slot)
    return await outbox.is_coming(tx, slot) if place is None else place.chat_id == group


async def _post(
    desk: HandoverDesk, tx: Tx, case: Case, text: str, *, slot: str, now: datetime
) -> None:
    """In the inbox of the question; what was said there before is changed."""
    group = desk.group_of(case)
    if group is None:
        return
    name = case.slot(slot)
    home, posts = await inbox.topic_for(desk, tx, await inbox.of(tx, case.inbox), now=now)
    post = Outgoing(
        to=group,
        lane="notice",
        in_topic=home.slot("topic") if home.made_at else None,
        slot=name,
        key=_key(case, slot, group),
        text=text,
        is_silent=slot == "rating_words",
        person_id=case.person_id,
    )
    if await _is_told(tx, name, group):
        edit = Edit(to=group, lane="notice", slot=name, text=text, person_id=case.person_id)
        posts.append(edit)
    else:
        posts.append(post)
    await outbox.put(tx, *posts)


def _key(case: Case, slot: str, group: int | None) -> str:
    """A team that was given another group is told there once more."""
    return f"{case.slot(slot)}:{group}"


async def keep_in(desk: HandoverDesk, tx: Tx, case: Case) -> None:
    """What is on its way to the group of the question does not come there any more."""
    for slot in _SLOTS:
        await outbox.cancel(tx, _key(case, slot, desk.group_of(case)))


async def erase(tx: Tx, case: Case) -> None:
    """What stands in the group of it goes with the question."""
    posts: list[Message] = []
    for slot in _SLOTS:
        place = await outbox.slot(tx, case.slot(slot))
        if place is not None:
            posts.append(Delete(to=place.chat_id, lane="update", message_ids=(place.id,)))
    await outbox.put(tx, *posts)
