"""What people do while a message is on its way and nobody knows yet that it has come."""

from collections.abc import Awaitable, Callable

from bot.delivery import outbox
from bot.delivery.messages import ChangeTopic, Copy, Delete, MakeTopic, Message, Outgoing
from bot.delivery.outcomes import Unreachable
from bot.handover.service import keeping
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, Meanwhile, Office

Wanted = Callable[[Message], bool]


def _once(wanted: Wanted, act: Callable[[], Awaitable[None]]) -> Meanwhile:
    """`act` while the first message that is `wanted` is in the air."""
    left = [act]

    async def meanwhile(message: Message) -> None:
        if left and wanted(message):
            await left.pop()()

    return meanwhile


def _saying(text: str) -> Wanted:
    return lambda message: isinstance(message, Outgoing) and text in message.text


def _deleted(office: Office, chat_id: int) -> list[int]:
    return [id_ for m in office.seen_by(chat_id) if isinstance(m, Delete) for id_ in m.message_ids]


async def _undoes(office: Office, *, wanted: Wanted) -> None:
    """A good answer arrived; then a slip, which Joris takes back while it is in the air."""
    case = await office.answered("a good answer")
    await office.answers(JORIS, case, "a slip")
    undo = office.said(JORIS, "/undo", group=True, thread=await office.thread(case))
    office.meanwhile = _once(wanted, lambda: office.interrupts(undo))
    await office.waits(HOLD)


async def test_undo_of_an_answer_in_the_air_deletes_that_answer(office: Office) -> None:
    await _undoes(office, wanted=_saying("a slip"))

    assert _deleted(office, AMINA) == [await office.message_id("case:1:out:3")]
    assert "Deleted in the person's chat" in office.last_text(GROUP)


async def test_undo_of_what_never_arrived_deletes_nothing(office: Office) -> None:
    is_slip = _saying("a slip")
    office.judge = lambda message: Unreachable("blocked") if is_slip(message) else None

    await _undoes(office, wanted=is_slip)

    assert _deleted(office, AMINA) == []


async def test_words_taken_back_while_in_the_air_leave_the_topic(office: Office) -> None:
    case = await office.answered()
    anew = office.tap(AMINA, "anew:3")
    office.meanwhile = _once(
        lambda message: isinstance(message, Copy), lambda: office.interrupts(anew)
    )

    await office.says(AMINA, "How do I apply?")

    assert len(_deleted(office, GROUP)) == 1
    assert await office.copies_in_topic(case) == []


async def _erased(office: Office) -> None:
    person = await office.person(AMINA)
    await keeping.forget(office.desk, office.tx, person.id, now=office.now)
    await outbox.forget_person(office.tx, person.id)


async def test_card_in_the_air_goes_when_the_person_erases_themself(office: Office) -> None:
    office.meanwhile = _once(_saying("my secret</blockquote>\n⏱"), lambda: _erased(office))

    await office.taps(AMINA, "ask:")
    await office.says(AMINA, "my secret")
    await office.taps(AMINA, "ask_send")

    assert len(_deleted(office, GROUP)) == 1


async def test_topic_made_while_the_person_erases_themself_goes_too(office: Office) -> None:
    await office.asked()
    office.meanwhile = _once(
        lambda message: isinstance(message, MakeTopic), lambda: _erased(office)
    )

    await office.taps(JORIS, "claim:1")

    changes = [m for m in office.seen_by(GROUP) if isinstance(m, ChangeTopic)]
    assert [change.change for change in changes] == ["delete"]
    assert not [m for m in office.seen_by(GROUP) if getattr(m, "slot", "") == "case:1:header"]


async def test_header_in_the_air_goes_when_there_are_no_topics(office: Office) -> None:
    office.desk = type(office.desk)(
        catalogs=office.desk.catalogs,
        organisation="Example",
        staff_language="en",
        staff_groups={"infodesk": GROUP},
        is_forum_ok=False,
    )
    await office.asked()
    office.meanwhile = _once(_saying("With Joris"), lambda: _erased(office))

    await office.taps(JORIS, "claim:1")

    assert len(_deleted(office, GROUP)) == 1
