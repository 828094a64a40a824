"""A letter with a last day: set by the person or a colleague, shown, and told in time."""

from datetime import UTC, date, datetime, timedelta

from bot.delivery.messages import Edit, Outgoing
from bot.duty.desk import Timetable
from bot.handover import domain, privacy
from bot.handover.domain import Case
from bot.handover.tables import cases
from bot.people.domain import Role
from tests.support.handover_makers import AMINA, GROUP, JORIS, OLENA, TOM, Office

FAR = date(2027, 3, 12)


async def _legal(office: Office) -> Case:
    case = await office.claimed(text="I have a negative decision.")
    await office.notes(case, category="asylum")
    return await office.case(case.id)


def _last(office: Office) -> str:
    """The newest message in the group; edits come after the words of talks."""
    return [m.text for m in office.seen_by(GROUP) if isinstance(m, Outgoing)][-1]


async def test_person_taps_the_day_and_colleagues_see_it(office: Office) -> None:
    case = await _legal(office)

    await office.taps(AMINA, f"letter:{case.id}")
    calendar = [m for m in office.seen_by(AMINA) if isinstance(m, Outgoing)][-1]
    assert [len(row) for row in calendar.buttons[:-1]] == [7] * len(calendar.buttons[:-1])
    assert calendar.buttons[0][0].label == "Mo"
    await office.taps(AMINA, f"letter:{case.id}:2027-03")
    await office.taps(AMINA, f"letter_day:{case.id}:2027-03-12")
    assert "Friday 12 March 2027" in office.last_text(AMINA)
    assert (await office.case(case.id)).deadline is None
    await office.taps(AMINA, f"letter_yes:{case.id}:2027-03-12")

    assert (await office.case(case.id)).deadline == FAR
    assert "Noted with your question #1" in office.last_text(AMINA)
    header = [m for m in office.sent if isinstance(m, Edit) and m.slot == f"case:{case.id}:header"]
    assert "⏰ <b>Friday 12 March 2027</b>, 112 days left" in header[-1].text
    assert "The person read this day on their letter." in _last(office)


async def test_person_writes_the_day_and_it_goes_to_nobody_else(office: Office) -> None:
    case = await _legal(office)
    await office.taps(AMINA, f"letter:{case.id}")

    await office.says(AMINA, "12 March 2027")

    assert "Is this the last day on your letter?" in office.last_text(AMINA)
    assert not any("12 March" in text for text in office.texts(GROUP))


async def test_past_or_unreadable_day_is_asked_again(office: Office) -> None:
    case = await _legal(office)
    await office.taps(AMINA, f"letter:{case.id}")

    await office.says(AMINA, "19/11/2026")
    assert office.last_text(AMINA).startswith("That day is over.")
    await office.says(AMINA, "31/2")
    assert office.last_text(AMINA).startswith("I cannot read one date")
    await office.says(AMINA, "1/12")
    assert "Tuesday 1 December 2026" in office.last_text(AMINA)

    await office.taps(AMINA, f"letter_yes:{case.id}:2026-11-19")
    assert office.toasts[-1].startswith("That day is over.")
    assert (await office.case(case.id)).deadline is None


async def test_words_without_a_figure_go_to_the_colleague(office: Office) -> None:
    case = await office.answered()
    await office.notes(case, category="asylum")
    await office.taps(AMINA, f"letter:{case.id}")

    await office.says(AMINA, "I lost the letter")

    assert len(await office.copies_in_topic(case)) == 1


async def test_nobody_sets_the_day_of_another_persons_letter(office: Office) -> None:
    case = await _legal(office)
    await office.person(OLENA)

    await office.taps(OLENA, f"letter_yes:{case.id}:2027-03-12")

    assert office.toasts[-1] == "This is not your question."
    assert (await office.case(case.id)).deadline is None


async def test_colleague_sets_changes_and_takes_it_away(office: Office) -> None:
    case = await _legal(office)
    thread = await office.thread(case)

    await office.says(JORIS, "/deadline 12/3", group=True, thread=thread)
    assert (await office.case(case.id)).deadline == FAR
    await office.says(JORIS, "/deadline soon", group=True, thread=thread)
    assert _last(office).startswith("I cannot read one date")
    await office.says(JORIS, "/deadline 1/11/2026", group=True, thread=thread)
    assert _last(office).startswith("That day is over.")
    await office.says(JORIS, "/deadline -", group=True, thread=thread)

    assert (await office.case(case.id)).deadline is None
    assert "taken away" in _last(office)
    assert not [text for text in office.texts(AMINA) if "/deadline" in text or "12/3" in text]


async def test_reply_to_the_prompt_is_the_day_and_stays_inside(office: Office) -> None:
    case = await _legal(office)
    await office.taps(JORIS, f"deadline:{case.id}")
    prompt = await office.message_id(f"case:{case.id}:ask:deadline")

    await office.answers(JORIS, case, "12 maart 2027", reply_to=prompt)
    await office.waits(timedelta(minutes=1))

    assert (await office.case(case.id)).deadline == FAR
    assert not any("maart" in text for text in office.texts(AMINA))


async def test_closed_question_gets_no_day(office: Office) -> None:
    case = await _legal(office)
    await office.taps(JORIS, f"close:{case.id}")

    await office.taps(JORIS, f"deadline:{case.id}")

    assert office.toasts[-1].startswith("This question is closed")


async def test_colleagues_hear_of_it_seven_three_and_one_working_day_before(
    office: Office,
) -> None:
    case = await _legal(office)
    thread = await office.thread(case)
    await office.notes(case, state="waiting")  # so that it stays with Joris
    # Friday 20 November; the last day is Friday 4 December.
    await office.says(JORIS, "/deadline 4/12/2026", group=True, thread=thread)
    await office.answers(JORIS, case, "A lawyer looks at it.")  # nobody waits for Joris meanwhile
    told = []
    for _hour in range(24 * 15):
        before = len(office.texts(GROUP))
        await office.waits(timedelta(hours=1))
        news = [text for text in office.texts(GROUP)[before:] if "please look at #1" in text]
        told += [(office.now.date().isoformat(), text) for text in news]

    assert [day for day, _text in told] == ["2026-11-25", "2026-12-01", "2026-12-03"]
    assert all(f"tg://user?id={JORIS}" in text for _day, text in told)
    assert (await office.case(case.id)).is_urgent


async def test_holidays_are_no_working_days(office: Office) -> None:
    is_closed = Timetable().is_closed

    def closed(day: date) -> bool:
        return is_closed("infodesk", "en", day)

    # Christmas 2026 is a Friday.
    assert domain.working_days_left(date(2026, 12, 24), date(2026, 12, 28), closed) == 1
    before = datetime(2026, 12, 23, 9, tzinfo=UTC)
    ping = domain.next_ping(before, date(2026, 12, 28), closed)
    assert ping == datetime(2026, 12, 24, 8, tzinfo=UTC)


async def test_short_time_left_is_told_at_once_and_is_urgent(office: Office) -> None:
    case = await _legal(office)

    await office.taps(AMINA, f"letter_yes:{case.id}:2026-11-23")

    assert "please look at #1" in _last(office)
    assert f"tg://user?id={JORIS}" in _last(office)
    assert (await office.case(case.id)).is_urgent


async def test_closed_meanwhile_is_silent_and_reopening_plans_again(office: Office) -> None:
    case = await _legal(office)
    thread = await office.thread(case)
    await office.says(JORIS, "/deadline 4/12/2026", group=True, thread=thread)
    await office.taps(JORIS, f"close:{case.id}")
    before = len(office.texts(GROUP))
    await office.waits(timedelta(days=6))
    assert not any("please look" in text for text in office.texts(GROUP)[before:])

    await office.taps(JORIS, f"reopen:{case.id}")
    await office.waits(timedelta(days=6))

    assert "please look at #1" in "".join(office.texts(GROUP)[before:])


async def test_letters_with_a_day_come_first_after_urgent_ones(office: Office) -> None:
    first = await office.asked(text="one")
    second = await office.asked(text="two")
    third = await office.asked(text="three")
    await office.notes(second, deadline=FAR)
    await office.notes(third, is_urgent=True)

    found = [await office.case(one.id) for one in (first, second, third)]
    assert [one.number for one in domain.oldest_first(found)] == [3, 2, 1]
    await office.asked(text="four")
    await office.waits(timedelta(minutes=1))

    listed = [text for text in office.texts(GROUP) if text.startswith("<b>4 questions wait")]
    lines = listed[-1].splitlines()[1:]
    assert [line.split(" · ")[0] for line in lines[:2]] == ["🔴 #3", "• #2"]
    assert "⏰ 112 days left" in lines[1]


async def test_waiting_card_shows_the_day_without_another_message(office: Office) -> None:
    case = await office.asked(text="I have a negative decision.")
    before = len([m for m in office.seen_by(GROUP) if isinstance(m, Outgoing)])

    await office.taps(AMINA, f"letter_yes:{case.id}:2027-03-12")

    card = [m for m in office.sent if isinstance(m, Edit) and m.slot == f"case:{case.id}:card"]
    assert "Friday 12 March 2027" in card[-1].text
    assert len([m for m in office.seen_by(GROUP) if isinstance(m, Outgoing)]) == before


async def test_nothing_of_the_day_is_kept_after_retention(office: Office) -> None:
    case = await _legal(office)
    await office.taps(AMINA, f"letter_yes:{case.id}:2027-03-12")
    person = (await office.case(case.id)).person_id
    assert person is not None
    exported = await privacy.export_person(office.tx, person)
    assert "'deadline': '2027-03-12'" in str(exported)
    await privacy.forget_person(office.desk, office.tx, person, now=office.now)

    row = await office.tx.one(cases.select().where(cases.c.id == case.id))
    assert row is not None
    assert row["deadline"] is None


async def test_trainee_may_set_it_and_newcomers_may_not(office: Office) -> None:
    case = await _legal(office)
    await office.colleague(TOM, Role.TRAINEE)
    thread = await office.thread(case)

    await office.says(TOM, "/deadline 12/3", group=True, thread=thread)

    assert (await office.case(case.id)).deadline == FAR


async def test_weeks_that_are_over_are_left_out(office: Office) -> None:
    case = await _legal(office)
    today = office.now.date()

    await office.taps(AMINA, f"letter:{case.id}")

    calendar = [m for m in office.seen_by(AMINA) if isinstance(m, Outgoing)][-1]
    _names, first, *_later, _turning = calendar.buttons
    assert str(today.day) in [one.label for one in first]
