"""A smiley, and one sentence why."""

from dataclasses import replace

import pytest

from bot.delivery.messages import Delete, Message, Outgoing
from bot.handover.service import keeping
from bot.handover.tables import cases
from bot.people.domain import Role
from tests.support.handover_makers import AMINA, CHRIS, GROUP, JORIS, OLENA, Office


@pytest.fixture
async def closed(office: Office) -> int:
    """A question that was answered and closed."""
    await office.colleague(CHRIS, Role.COORDINATOR)
    case = await office.answered()
    await office.taps(JORIS, f"close:{case.id}")
    return case.id


async def _words(office: Office) -> str:
    return str(await office.tx.scalar(cases.select().with_only_columns(cases.c.rating_words)))


def _in_inbox(office: Office, words: str) -> list[Outgoing]:
    found = [m for m in office.seen_by(GROUP) if isinstance(m, Outgoing) and words in m.text]
    assert all(m.in_topic == "inbox:en:topic" for m in found)
    return found


async def test_sentence_after_the_smiley_reaches_the_team(office: Office, closed: int) -> None:
    await office.taps(AMINA, f"rate:{closed}:3")
    assert "Do you want to say why?" in office.last_text(AMINA)

    await office.says(AMINA, "They were <kind>")

    assert await _words(office) == "They were <kind>"
    assert "😊 #1: “They were &lt;kind&gt;”" in _in_inbox(office, "kind")[0].text
    assert "Our team reads it" in office.last_text(AMINA)


async def test_bad_smiley_rings_the_coordinators_at_once(office: Office, closed: int) -> None:
    await office.taps(AMINA, f"rate:{closed}:1")

    told = _in_inbox(office, "🙁")
    assert len(told) == 1
    assert f"tg://user?id={CHRIS}" in told[0].text
    assert str(JORIS) not in told[0].text


async def test_good_smiley_rings_nobody(office: Office, closed: int) -> None:
    before = len(office.seen_by(GROUP))

    await office.taps(AMINA, f"rate:{closed}:2")

    assert len(office.seen_by(GROUP)) == before


async def test_skip_asks_no_more(office: Office, closed: int) -> None:
    await office.taps(AMINA, f"rate:{closed}:3")
    await office.taps(AMINA, f"rate_skip:{closed}")

    await office.says(AMINA, "How do I find a school?")

    assert await _words(office) == ""


async def test_second_message_is_no_sentence_any_more(office: Office, closed: int) -> None:
    await office.taps(AMINA, f"rate:{closed}:3")
    await office.says(AMINA, "It was good")

    await office.says(AMINA, "How do I find a school?")

    assert await _words(office) == "It was good"


async def test_question_instead_of_a_sentence_is_taken_back(office: Office, closed: int) -> None:
    await office.taps(AMINA, f"rate:{closed}:3")
    await office.says(AMINA, "How do I find a school?")

    await office.taps(AMINA, f"rate_anew:{closed}")

    assert await _words(office) == ""
    assert [m for m in office.seen_by(GROUP) if isinstance(m, Delete)]


async def test_alarm_words_in_the_sentence_show_the_numbers(office: Office, closed: int) -> None:
    def alarm(person: object, text: str, now: object) -> list[Message]:
        return [Outgoing(text="📞 112")] if "hits" in text else []

    office.desk = replace(office.desk, alarm=alarm)
    await office.taps(AMINA, f"rate:{closed}:1")

    await office.says(AMINA, "He hits me")

    assert "📞 112" in office.texts(AMINA)


async def test_nobody_else_says_why(office: Office, closed: int) -> None:
    await office.person(OLENA)
    await office.taps(AMINA, f"rate:{closed}:3")

    await office.taps(OLENA, f"rate:{closed}:1")
    await office.taps(OLENA, f"rate_anew:{closed}")
    await office.says(OLENA, "not mine")

    assert await _words(office) == ""
    assert _in_inbox(office, "🙁") == []


async def test_sentence_goes_with_the_question(office: Office, closed: int) -> None:
    await office.taps(AMINA, f"rate:{closed}:1")
    await office.says(AMINA, "Nobody called me")
    case = await office.case()
    exported = await keeping.export(office.tx, case.person_id or 0)
    assert exported["questions"][0]["why_you_rated_so"] == "Nobody called me"
    places = {
        await office.message_id(case.slot("rating")),
        await office.message_id(case.slot("rating_words")),
    }

    await keeping.forget(office.desk, office.tx, case.person_id or 0, now=office.now)
    await office.delivers()

    assert await _words(office) == ""
    gone = {id_ for m in office.sent if isinstance(m, Delete) for id_ in m.message_ids}
    assert places <= gone
