"""A call: a number for one question, seen by one colleague, erased when it is over."""

import pytest
from sqlalchemy import select

from bot.delivery.incoming import Shared
from bot.delivery.messages import Outgoing
from bot.handover import domain, privacy
from bot.handover.domain import Case
from bot.handover.tables import case_messages
from bot.people import tables as people_tables
from bot.people.domain import Role
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, OLENA, SARA, TOM, Office

NUMBER = "+32470123456"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0470 12 34 56", NUMBER),
        ("0470/12.34.56", NUMBER),
        ("+32 (0)470 12 34 56", NUMBER),
        ("0032470123456", NUMBER),
        ("02 123 45 67", "+3221234567"),
        ("+380 50 123 45 67", "+380501234567"),
        ("+93 70 123 4567", "+93701234567"),
        ("0470 12 34 5", None),
        ("123456", None),
        ("+32 470 12 34 567", None),
        ("112", None),
        ("call me", None),
        ("0470123456 or 0471123456", None),
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, meant: str | None) -> None:
    assert domain.phone_in(written) == meant


async def _given(office: Office) -> Case:
    case = await office.claimed()
    await office.taps(JORIS, f"call:{case.id}")
    await office.taps(AMINA, f"call_yes:{case.id}")
    await office.says(AMINA, "۰۴۷۰ ۱۲ ۳۴ ۵۶")
    await office.taps(AMINA, f"call_keep:{case.id}:{NUMBER}")
    return await office.case(case.id)


def _everywhere(office: Office) -> str:
    return " ".join(office.texts(GROUP)).replace(" ", "")


async def test_person_gives_a_number_and_the_claimant_alone_sees_it(office: Office) -> None:
    case = await _given(office)

    assert case.phone == NUMBER
    assert any("Only Joris can see it" in text for text in office.texts(GROUP))
    assert "470123456" not in _everywhere(office)
    assert len(await office.copies_in_topic(case)) == 0

    await office.taps(JORIS, f"phone:{case.id}")
    assert office.toasts[-1] == "📞 +32 470 12 34 56"
    await office.colleague(SARA, Role.COORDINATOR)
    await office.taps(SARA, f"phone:{case.id}")
    assert office.toasts[-1].startswith("Only the colleague who claimed")


async def test_number_stands_in_no_message_and_no_log(office: Office) -> None:
    case = await _given(office)

    written = await office.tx.all(select(case_messages))
    log = await office.tx.all(select(people_tables.audit))
    assert "470123456" not in str([dict(row) for row in (*written, *log)])
    assert case.phone == NUMBER


async def test_consent_says_who_sees_it_and_until_when(office: Office) -> None:
    case = await office.claimed()

    await office.taps(JORIS, f"call:{case.id}")

    asked = office.last_text(AMINA)
    assert "Only the colleague who has your question sees your number" in asked
    assert "erase it when the question is closed" in asked


async def test_person_refuses_or_takes_it_back(office: Office) -> None:
    case = await _given(office)

    await office.taps(AMINA, f"call_no:{case.id}")

    assert (await office.case(case.id)).phone is None
    assert any("took the number back" in text for text in office.texts(GROUP))
    await office.taps(JORIS, f"phone:{case.id}")
    assert office.toasts[-1] == "There is no telephone number any more."


@pytest.mark.parametrize("end", ["close", "solve", "forget"])
async def test_number_is_erased_with_the_question(office: Office, end: str) -> None:
    case = await _given(office)
    person = case.person_id
    assert person is not None
    if end == "close":
        await office.taps(JORIS, f"close:{case.id}")
    elif end == "solve":
        await office.taps(AMINA, f"solved:{case.id}")
    else:
        await privacy.forget_person(office.desk, office.tx, person, now=office.now)

    assert (await office.case(case.id)).phone is None


async def test_number_stays_when_a_colleague_hands_the_question_on(office: Office) -> None:
    case = await _given(office)
    await office.taps(JORIS, f"release:{case.id}")
    await office.taps(SARA, f"claim:{case.id}")

    await office.taps(JORIS, f"phone:{case.id}")
    assert office.toasts[-1].startswith("Only the colleague who claimed")
    await office.taps(SARA, f"phone:{case.id}")
    assert office.toasts[-1] == "📞 +32 470 12 34 56"


async def test_only_an_own_contact_card_counts(office: Office) -> None:
    case = await office.claimed()
    await office.taps(JORIS, f"call:{case.id}")
    await office.taps(AMINA, f"call_yes:{case.id}")
    frame = office._frame(AMINA, False, None)

    await office.takes(Shared(**frame, what="contact", is_own=False))
    assert office.last_text(AMINA).startswith("That is the number of somebody else.")
    frame = office._frame(AMINA, False, None)
    await office.takes(Shared(**frame, what="contact", is_own=True, phone="32470123456"))

    assert "Is this the number that we may call?" in office.last_text(AMINA)
    assert len(await office.copies_in_topic(case)) == 0


async def test_only_the_claimant_asks_and_only_the_asker_gives(office: Office) -> None:
    case = await office.claimed()
    await office.taps(SARA, f"call:{case.id}")
    assert office.toasts[-1].startswith("Only the colleague who claimed")
    await office.person(OLENA)

    await office.taps(OLENA, f"call_keep:{case.id}:{NUMBER}")

    assert office.toasts[-1] == "This is not your question."
    assert (await office.case(case.id)).phone is None


async def test_forged_number_is_not_kept(office: Office) -> None:
    case = await office.claimed()

    await office.taps(AMINA, f"call_keep:{case.id}:hello")

    assert (await office.case(case.id)).phone is None


async def test_number_in_the_persons_own_copy_of_their_data(office: Office) -> None:
    case = await _given(office)
    await office.person(OLENA)
    assert case.person_id is not None

    assert NUMBER in str(await privacy.export_person(office.tx, case.person_id))
    other = await office.person(OLENA)
    assert NUMBER not in str(await privacy.export_person(office.tx, other.id))
    joris = await office.colleague(JORIS)
    assert NUMBER not in str(await privacy.export_person(office.tx, joris.id))


async def test_words_with_few_figures_go_to_the_colleague(office: Office) -> None:
    case = await office.answered()
    await office.taps(JORIS, f"call:{case.id}")
    await office.taps(AMINA, f"call_yes:{case.id}")

    await office.says(AMINA, "Not today, I have 3 children here")
    await office.waits(HOLD)

    assert len(await office.copies_in_topic(case)) == 1
    keys = [m.keyboard for m in office.seen_by(AMINA) if isinstance(m, Outgoing) and m.keyboard]
    assert keys[0].rows[0][0].asks == "contact"


async def test_trainee_who_has_the_question_may_ask(office: Office) -> None:
    await office.colleague(TOM, Role.TRAINEE)
    case = await office.asked()
    await office.taps(TOM, f"claim:{case.id}")

    await office.taps(TOM, f"call:{case.id}")

    assert office.toasts[-1] == "The person is asked for a number."
