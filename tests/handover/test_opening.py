"""From "ask a colleague" to a card in the staff group."""

from datetime import timedelta

import pytest

from bot.delivery.messages import Copy, Delete, Edit, MakeTopic, Outgoing, Pin
from bot.duty.desk import Timetable
from bot.handover.domain import Already, Asked, State
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support.duty_makers import JAN, a_duty, a_roster
from tests.support.handover_makers import AMINA, GROUP, OLENA, Office, a_desk, no_topics


async def test_send_button_stays_below_the_newest_message(office: Office) -> None:
    await office.taps(AMINA, "ask:")

    first = await office.takes(office.said(AMINA, "I am ill"))
    second = await office.takes(office.voice(AMINA))

    [begun] = [message for message in first if isinstance(message, Outgoing)]
    gone, prompt = second
    assert isinstance(gone, Delete)
    assert gone.slot == begun.slot
    assert isinstance(prompt, Outgoing)
    assert prompt.is_silent
    assert "Got it. Add more, or press Send." in office.last_text(AMINA)
    assert [row[0].action for row in prompt.buttons] == ["ask_send", "ask_young", "ask_cancel"]


async def test_sent_question_gets_a_number_and_a_card(office: Office) -> None:
    case = await office.asked()

    assert case.number == 1
    assert "#1" in office.last_text(AMINA)
    assert office.topics()[0].name == "📥 English"
    card = office.texts(GROUP)[0]
    assert "#1" in card
    assert "Where do I find a doctor?" in card


async def test_numbers_follow_each_other(office: Office) -> None:
    await office.person(OLENA, "uk")

    first = await office.asked(AMINA)
    second = await office.asked(OLENA)

    assert (first.number, second.number) == (1, 2)
    assert [topic.name for topic in office.topics()] == ["📥 English", "📥 Українська Ukrainian"]


async def test_empty_draft_cannot_be_sent(office: Office) -> None:
    await office.taps(AMINA, "ask:")

    await office.taps(AMINA, "ask_send")

    assert office.toasts == ["There is nothing to send yet. Write, speak or send a photo first."]
    assert office.seen_by(GROUP) == []


async def test_cancelled_draft_leaves_nothing(office: Office) -> None:
    await office.taps(AMINA, "ask:")
    await office.says(AMINA, "something private")

    await office.taps(AMINA, "ask_cancel")
    await office.taps(AMINA, "ask_send")

    assert office.seen_by(GROUP) == []
    assert office.toasts == ["This has changed in the meantime. Please look again."]


async def test_earlier_question_is_carried_along(tx: Tx, catalogs: Catalogs) -> None:
    async def already(tx: Tx, person_id: int) -> Already:
        return Already((Asked(7, "My letter from CALL"),), ("Appeal",), "legal", is_urgent=True)

    office = Office(tx, a_desk(catalogs, already=already))
    await office.person()

    await office.taps(AMINA, "ask:")
    await office.taps(AMINA, "ask_send")

    card = office.texts(GROUP)[0]
    assert "My letter from CALL" in card
    assert "Urgent" in card
    assert "The bot showed: Appeal" in card


async def test_card_tells_what_the_person_tried(tx: Tx, catalogs: Catalogs) -> None:
    async def already(tx: Tx, person_id: int) -> Already:
        return Already(shown=("Appeal", "A lawyer"), no_help=("A lawyer",))

    office = Office(tx, a_desk(catalogs, already=already))
    await office.person()

    await office.asked()

    card = office.texts(GROUP)[0]
    assert "The bot showed: Appeal\n" in card
    assert "👎 Did not help: A lawyer\n" in card


async def test_card_counts_the_waiting_without_an_edit(office: Office) -> None:
    case = await office.asked()
    before = len(office.seen_by(GROUP))

    await office.waits(timedelta(minutes=90))

    card = office.texts(GROUP)[0]
    assert case.opened_at is not None
    counted = f'<tg-time unix="{case.opened_at.timestamp():.0f}" format="r">'
    assert f"⏱ Waiting: asked {counted}" in card.replace("\u2068", "").replace("\u2069", "")
    edits = [
        one for one in office.seen_by(GROUP)[before:] if getattr(one, "slot", "") != "inbox:en:list"
    ]
    assert edits == []


async def test_silence_is_reminded_of_once(office: Office) -> None:
    await office.taps(AMINA, "ask:")
    await office.says(AMINA, "I am ill")

    await office.waits(timedelta(minutes=5))
    await office.says(AMINA, "and my child too")
    await office.waits(timedelta(minutes=5))

    told = [text for text in office.texts(AMINA) if text.startswith("Nothing was sent yet")]
    assert len(told) == 1


async def test_sent_question_is_not_reminded_of(office: Office) -> None:
    await office.asked()

    await office.waits(timedelta(minutes=5))

    assert not [text for text in office.texts(AMINA) if text.startswith("Nothing was sent yet")]


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ({4: "09:00-17:00"}, "A colleague who speaks English is here now."),
        ({4: "13:30-17:00"}, "reads this today from 13:30."),
        ({5: "09:00-12:00"}, "reads this tomorrow from 09:00."),
        ({0: "09:00-12:00"}, "reads this from Monday 23 November, 09:00."),
        ({2: "09:00-12:00"}, "reads this from Wednesday 25 November, 09:00."),
    ],
    ids=["now", "today", "tomorrow", "after the weekend", "next week"],
)
async def test_expected_moment_is_said_in_words(
    tx: Tx, catalogs: Catalogs, hours: dict[int, str], told: str
) -> None:
    roster = a_roster(*(a_duty(JAN, "en", day, block) for day, block in hours.items()))
    office = Office(tx, a_desk(catalogs, timetable=Timetable(roster=roster)))
    await office.person()

    await office.asked()

    assert told in office.last_text(AMINA)


async def test_moment_is_that_of_the_desk_that_reads_it(tx: Tx, catalogs: Catalogs) -> None:
    blocks = [
        a_duty(JAN, "en", 4, "09:00-12:00"),  # now, on a Friday at 10
        a_duty(JAN, "en", 0, "14:00-16:00", desk="legal"),
    ]
    office = Office(tx, a_desk(catalogs, timetable=Timetable(roster=a_roster(*blocks))))
    await office.person()
    case = await office.asked()
    sent = office.last_text(AMINA)
    await office.notes(case, desk="legal")

    await office.says(AMINA, "/questions")

    assert "now" in sent
    assert "Monday" in office.last_text(AMINA)
    assert "now" not in office.last_text(AMINA)


async def test_unknown_expectation_is_said_honestly(office: Office) -> None:
    await office.asked()

    assert "We do not know yet when" in office.last_text(AMINA)


async def test_pinned_list_shows_who_waits(office: Office) -> None:
    await office.asked()

    await office.waits(timedelta(seconds=1))

    assert "1 question waits" in office.last_text(GROUP)
    assert any(isinstance(message, Pin) for message in office.sent)


async def test_pinned_list_is_edited_once_in_fifteen_seconds(office: Office) -> None:
    await office.asked()
    await office.waits(timedelta(seconds=1))
    for _ in range(3):
        await office.asked()
        await office.waits(timedelta(seconds=1))
    before = len(office.seen_by(GROUP))

    await office.waits(timedelta(seconds=15))

    news = office.seen_by(GROUP)[before:]
    assert [type(message) for message in news] == [Edit]
    assert "4 questions wait" in office.last_text(GROUP)


async def test_question_waits_in_the_database_without_a_group(tx: Tx, catalogs: Catalogs) -> None:
    office = Office(tx, a_desk(catalogs, staff_groups={}))
    await office.person()

    case = await office.asked()

    assert case.state is State.NEW
    assert "#1" in office.last_text(AMINA)
    assert [message.to for message in office.sent] == [AMINA] * len(office.sent)


async def test_group_without_topics_gets_the_card_plainly(office: Office) -> None:
    office.judge = no_topics

    await office.asked()

    cards = [message for message in office.seen_by(GROUP) if isinstance(message, Outgoing)]
    assert [card.in_topic for card in cards] == [None]
    assert not [message for message in office.sent if isinstance(message, MakeTopic)]


async def test_photos_are_named_on_the_card(office: Office) -> None:
    await office.taps(AMINA, "ask:")
    await office.takes(office.photo(AMINA, "my letter"))
    await office.takes(office.photo(AMINA))
    await office.taps(AMINA, "ask_send")

    card = office.texts(GROUP)[0]
    assert "my letter" in card
    assert "photo ×2" in card
    assert not [message for message in office.sent if isinstance(message, Copy)]


async def test_edit_before_the_claim_changes_the_card(office: Office) -> None:
    await office.taps(AMINA, "ask:")
    message = await office.says(AMINA, "Where is a dentst?")
    await office.taps(AMINA, "ask_send")

    await office.takes(office.edited(message, "Where is a dentist?"))

    assert "Where is a dentist?" in office.last_text(GROUP)


async def test_other_language_becomes_a_counted_case(office: Office) -> None:
    await office.taps(AMINA, "other_language:")
    await office.says(AMINA, "Tigrinya: ሰላም")
    await office.taps(AMINA, "ask_send")

    assert (await office.case()).kind == "other_language"
    assert "In a language the bot does not speak" in office.texts(GROUP)[0]
