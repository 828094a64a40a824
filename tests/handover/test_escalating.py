"""Nobody waits unseen: calls to the team while a question waits, counted in opening hours."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.delivery.messages import Message, Outgoing
from bot.duty.desk import Timetable
from bot.duty.domain import Duty, Hours
from bot.handover.domain import State
from bot.people import tables as people_tables
from bot.people.domain import Person, Role
from tests.support.duty_makers import AFTERNOON, MORNING, OFFICE, a_duty, a_roster, at
from tests.support.handover_makers import (
    AMINA,
    CHRIS,
    GROUP,
    HOLD,
    JORIS,
    SARA,
    TOM,
    Office,
    topic_gone,
)

HOURS = Hours({"en": OFFICE, "fa_AF": {0: (MORNING,), 2: (MORNING,), 4: (MORNING, AFTERNOON)}})
FRIDAY, SATURDAY, MONDAY, TUESDAY = "2026-11-20", "2026-11-21", "2026-11-23", "2026-11-24"
DANGER = "He beats me"


@pytest.fixture
async def team(office: Office) -> dict[str, Person]:
    """Joris is on duty every day, Sara in the afternoon; Chris coordinates."""
    joris, sara = await office.colleague(JORIS), await office.colleague(SARA)
    chris = await office.colleague(CHRIS, Role.COORDINATOR)
    days = range(5)
    duties: list[Duty] = [a_duty(joris.id, "en", day, "09:00-12:30") for day in days]
    duties += [a_duty(joris.id, "en", day, "13:30-17:00") for day in days]
    duties += [a_duty(sara.id, "en", day, "13:30-17:00") for day in days]
    roster = a_roster(*duties, staff=(chris.id,))
    office.desk = replace(
        office.desk,
        timetable=Timetable(HOURS, roster),
        alarm=lambda person, text, now: [Outgoing(text="Call 112")] if text == DANGER else [],
    )
    return {"Joris": joris, "Sara": sara, "Chris": chris}


async def _asked_at(office: Office, moment: datetime, text: str = "Where do I start?") -> None:
    await office.lives_until(moment)
    await office.asked(text=text)


def _calls(office: Office) -> list[Outgoing]:
    """What the bot said by itself in the inbox."""
    said = [one for one in office.seen_by(GROUP) if isinstance(one, Outgoing)]
    return [one for one in said if one.receipt == "handover.called" and "🏁" not in one.text]


def _named(call: Outgoing) -> set[int]:
    return {int(id_) for id_ in re.findall(r"tg://user\?id=(\d+)", call.text)}


async def test_question_of_friday_evening_goes_up_step_by_step(
    office: Office, team: dict[str, Person]
) -> None:
    await _asked_at(office, at(FRIDAY, "16:50"))

    await office.lives_until(at(MONDAY, "08:59"))
    assert _calls(office) == []
    await office.lives_until(at(MONDAY, "09:00"))
    (digest,) = _calls(office)
    assert "your block begins" in digest.text
    assert "1 question waits" in digest.text
    assert _named(digest) == {JORIS}
    assert digest.in_topic == "inbox:en:topic"

    await office.lives_until(at(MONDAY, "10:49"))
    assert len(_calls(office)) == 1
    await office.lives_until(at(MONDAY, "10:50"))
    assert "nobody has claimed this yet" in _calls(office)[1].text
    assert _named(_calls(office)[1]) == {JORIS}

    await office.lives_until(at(MONDAY, "16:50"))
    *_, block, late = _calls(office)
    assert _named(block) == {JORIS, SARA}, "the block of the afternoon"
    assert "waited too long" in late.text
    assert _named(late) == {CHRIS}


async def test_several_due_in_the_same_minute_are_one_message(
    office: Office, team: dict[str, Person]
) -> None:
    await _asked_at(office, at(MONDAY, "09:10"), text="first")
    await office.waits(timedelta(seconds=20))
    await office.asked(text="second")

    await office.lives_until(at(MONDAY, "12:00"))

    (ping,) = _calls(office)
    assert "#1 " in ping.text
    assert "#2 " in ping.text


async def test_claim_before_the_ping_keeps_it_away(office: Office, team: dict[str, Person]) -> None:
    await _asked_at(office, at(MONDAY, "09:10"))
    await office.lives_until(at(MONDAY, "11:09"))

    await office.taps(JORIS, "claim:1")

    await office.lives_until(at(MONDAY, "16:00"))
    assert _calls(office) == []


async def test_nobody_waits_no_digest(office: Office, team: dict[str, Person]) -> None:
    await _asked_at(office, at(FRIDAY, "16:50"))
    await office.taps(JORIS, "claim:1")

    await office.lives_until(at(MONDAY, "09:30"))

    assert _calls(office) == []


async def test_silent_claimant_is_asked_and_then_loses_it(
    office: Office, team: dict[str, Person]
) -> None:
    await _asked_at(office, at(MONDAY, "10:00"))
    await office.taps(JORIS, "claim:1")

    await office.lives_until(at(TUESDAY, "09:59"))
    assert "Are you on it" not in office.last_text(GROUP)
    await office.lives_until(at(TUESDAY, "10:00"))
    question = office.seen_by(GROUP)[-1]
    assert isinstance(question, Outgoing)
    assert _named(question) == {JORIS}
    assert question.in_topic == "case:1:topic"

    await office.lives_until(at(TUESDAY, "14:59"))
    assert (await office.case()).state is State.CLAIMED
    await office.lives_until(at(TUESDAY, "15:00"))
    case = await office.case()
    assert (case.state, case.claimed_by) == (State.RELEASED, None)
    assert any("has not answered for long" in text for text in office.texts(GROUP))
    assert [one for one in office.seen_by(GROUP) if _is_card(one)][-1] is not None
    rows = await office.tx.all(people_tables.audit.select())
    assert [(row["action"], row["actor"]) for row in rows][-1] == ("case.release", None)


def _is_card(message: Message) -> bool:
    return isinstance(message, Outgoing) and message.slot == "case:1:card"


async def test_i_am_on_it_gives_another_day(office: Office, team: dict[str, Person]) -> None:
    await _asked_at(office, at(MONDAY, "10:00"))
    await office.taps(JORIS, "claim:1")
    await office.lives_until(at(TUESDAY, "12:00"))

    await office.taps(SARA, "keep:1")
    assert office.toasts[-1] == "Only the colleague who claimed this question can do this."
    await office.taps(JORIS, "keep:1")
    assert office.toasts[-1] == "#1 stays with you."

    await office.lives_until(at("2026-11-25", "11:59"))
    assert (await office.case()).state is State.CLAIMED
    assert sum("Are you on it" in text for text in office.texts(GROUP)) == 1
    await office.lives_until(at("2026-11-25", "12:00"))
    assert sum("Are you on it" in text for text in office.texts(GROUP)) == 2


async def test_waiting_for_the_person_is_never_silent(
    office: Office, team: dict[str, Person]
) -> None:
    await _asked_at(office, at(MONDAY, "10:00"))
    await office.taps(JORIS, "claim:1")
    await office.answers(JORIS, await office.case(), "Which town do you live in?")
    await office.waits(HOLD)
    before = len(office.seen_by(GROUP))

    await office.lives_until(at("2026-12-04", "16:00"))

    said = [one for one in office.seen_by(GROUP)[before:] if isinstance(one, Outgoing)]
    assert ["it is the person's turn" in one.text for one in said] == [True], "once, after a block"
    assert (await office.case()).claimed_by == team["Joris"].id


async def test_words_of_a_colleague_count_while_the_person_writes_on(
    office: Office, team: dict[str, Person]
) -> None:
    await _asked_at(office, at(MONDAY, "10:00"))
    await office.taps(JORIS, "claim:1")
    await office.answers(JORIS, await office.case(), "Monday at 9.")
    await office.waits(HOLD)
    await office.says(AMINA, "Which street?")
    await office.lives_until(at(TUESDAY, "09:00"))
    await office.answers(JORIS, await office.case(), "Main street.")
    await office.says(AMINA, "And the number?", reply_to=None)  # before the answer went out
    await office.waits(HOLD)

    await office.lives_until(at("2026-11-25", "08:59"))

    assert not any("Are you on it" in text for text in office.texts(GROUP))


async def test_end_of_a_block_shows_what_is_still_mine_in_my_own_chat(
    office: Office, team: dict[str, Person]
) -> None:
    await office.person(JORIS, "en")  # has started the bot
    await _asked_at(office, at(MONDAY, "10:00"), text="first")
    await office.asked(text="second")
    await office.taps(JORIS, "claim:1")
    await office.taps(JORIS, "claim:2")
    await office.lives_until(at(MONDAY, "13:00"))
    assert office.texts(JORIS) == [], "after noon Joris is there again"

    await office.lives_until(at(MONDAY, "17:00"))

    first, second = (one for one in office.seen_by(JORIS) if isinstance(one, Outgoing))
    assert "Your block is over" in first.text
    assert [button.action for row in second.buttons for button in row] == [
        "keep:2",
        "give_back:2",
        "hand_over:2",
    ]
    await office.takes(office.tap(JORIS, "keep:1"))
    await office.takes(office.tap(JORIS, "give_back:2"))
    assert office.toasts[-2:] == ["#1 stays with you.", "#2 is back in the queue."]
    assert (await office.case(1)).state is State.CLAIMED
    assert (await office.case(2)).state is State.RELEASED

    await office.lives_until(at(TUESDAY, "16:59"))
    assert len(office.texts(JORIS)) == 4, "two messages, and both changed"
    await office.lives_until(at(TUESDAY, "17:00"))
    assert len(office.texts(JORIS)) == 5, "the next block ends"


async def test_end_of_a_block_is_told_in_the_inbox_to_who_has_no_chat(
    office: Office, team: dict[str, Person]
) -> None:
    await _asked_at(office, at(MONDAY, "14:00"))
    await office.taps(SARA, "claim:1")

    await office.lives_until(at(MONDAY, "17:00"))

    told = [one for one in office.seen_by(GROUP) if isinstance(one, Outgoing) and "🏁" in one.text]
    assert [_named(one) for one in told] == [{SARA}]
    assert [button.action for row in told[0].buttons for button in row] == [
        "keep:1:row",
        "hand_over:1",
        "release:1",
    ]
    await office.taps(JORIS, "keep:1:row")
    await office.taps(SARA, "keep:1:row")
    assert office.toasts[-1] == "#1 stays with you."


async def test_person_hears_once_that_it_takes_longer(
    office: Office, team: dict[str, Person]
) -> None:
    await _asked_at(office, at(FRIDAY, "16:50"))
    before = len(office.texts(AMINA))

    await office.lives_until(at(MONDAY, "12:29"))
    assert len(office.texts(AMINA)) == before
    await office.lives_until(at(MONDAY, "12:30"))
    (told,) = office.texts(AMINA)[before:]
    assert "takes longer than we hoped" in told
    assert "13:30" in told, "when somebody reads it now"
    await office.lives_until(at("2026-12-10", "12:00"))
    assert len(office.texts(AMINA)) == before + 1


async def test_bot_that_was_down_for_days_calls_once(
    office: Office, team: dict[str, Person]
) -> None:
    await _asked_at(office, at(FRIDAY, "10:00"))

    await office.waits(at("2026-11-25", "03:00") - office.now)
    assert _calls(office) == [], "nobody is in at night"
    await office.lives_until(at("2026-11-25", "12:00"))

    (call,) = _calls(office)
    assert "your block begins" in call.text
    assert "waited too long" in call.text
    assert _named(call) == {JORIS, CHRIS}


async def test_topic_deleted_by_hand_is_made_again_by_a_call(
    office: Office, team: dict[str, Person]
) -> None:
    await _asked_at(office, at(MONDAY, "09:10"))
    await office.lives_until(at(MONDAY, "09:20"))
    gone = topic_gone("inbox:en:topic")
    office.judge = lambda message: gone(message) if len(office.topics()) == 1 else None

    await office.lives_until(at(MONDAY, "11:30"))

    assert len(office.topics()) == 2
    assert any("Where do I start?" in text for text in office.texts(GROUP)[-2:])


async def test_who_is_urgent_by_day_is_for_who_is_on_duty(
    office: Office, team: dict[str, Person]
) -> None:
    await _on_call(office, TOM)
    await _asked_at(office, at(MONDAY, "10:00"), text=DANGER)

    await office.lives_until(at(MONDAY, "10:20"))
    await office.taps(JORIS, "claim:1")
    await office.lives_until(at(MONDAY, "11:30"))

    assert [_named(call) for call in _calls(office)] == [{JORIS}, {JORIS}]
    assert office.texts(TOM) == []


async def test_danger_in_a_talk_at_night_calls_its_colleague_too(
    office: Office, team: dict[str, Person]
) -> None:
    await _on_call(office, TOM)
    await _asked_at(office, at(MONDAY, "16:00"))
    await office.taps(JORIS, "claim:1")
    await office.answers(JORIS, await office.case(), "What happened?")
    await office.waits(HOLD)
    await office.lives_until(at(MONDAY, "23:00"))

    await office.says(AMINA, DANGER)
    await office.waits(timedelta(seconds=1))

    assert _named(_calls(office)[-1]) == {JORIS, TOM}
    assert any("No person reads this now" in text for text in office.texts(AMINA))
    await office.answers(JORIS, await office.case(), "Are you safe now?")
    await office.waits(HOLD)
    before = len(_calls(office))
    await office.lives_until(at(TUESDAY, "08:00"))
    assert len(_calls(office)) == before


async def test_urgent_at_night_reaches_who_said_yes(
    office: Office, team: dict[str, Person]
) -> None:
    await _on_call(office, TOM)
    await _asked_at(office, at(SATURDAY, "02:00"), text=DANGER)
    await office.notes(await office.case(), is_urgent=False)

    await _becomes_urgent(office)

    told = office.texts(AMINA)
    assert any("No person reads this now" in text for text in told)
    await office.lives_until(at(SATURDAY, "03:00"))
    assert [_named(call) for call in _calls(office)] == [{TOM}, {TOM}, {TOM}]
    assert [one.lane for one in _calls(office)] == ["urgent"] * 3
    assert sum("nobody is on duty" in text for text in office.texts(TOM)) == 3
    await office.lives_until(at(MONDAY, "08:00"))
    assert len(_calls(office)) == 3


async def _on_call(office: Office, who: int) -> None:
    person = await office.colleague(who)
    await office.person(who, "nl" if who == JORIS else "en")
    staff = people_tables.staff
    await office.tx.execute(
        staff.update().where(staff.c.person_id == person.id).values(is_on_call=True)
    )


async def _becomes_urgent(office: Office) -> None:
    await office.taps(AMINA, "go_on:1")
    await office.says(AMINA, DANGER)
    await office.waits(timedelta(seconds=1))
