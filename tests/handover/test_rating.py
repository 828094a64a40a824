"""A smiley, and one sentence why."""

from dataclasses import replace

import pytest

from bot.delivery.messages import Delete, Edit, Message, Outgoing
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


def _posts(office: Office) -> int:
    return sum(isinstance(one, Outgoing) for one in office.seen_by(GROUP))


async def test_bad_smiley_rings_the_coordinators_at_once(office: Office, closed: int) -> None:
    await office.taps(AMINA, f"rate:{closed}:1")

    told = _in_inbox(office, "🙁")
    assert len(told) == 1
    assert f"tg://user?id={CHRIS}" in told[0].text
    assert str(JORIS) not in told[0].text


async def test_reason_joins_the_bad_smiley_in_one_message(office: Office, closed: int) -> None:
    await office.taps(AMINA, f"rate:{closed}:1")
    before = _posts(office)

    await office.says(AMINA, "Nobody <called> me")

    told = office.seen_by(GROUP)[-1]
    assert isinstance(told, Edit)
    assert told.slot == f"case:{closed}:rating"
    assert f"tg://user?id={CHRIS}" in told.text
    assert told.text.endswith("<blockquote>Nobody &lt;called&gt; me</blockquote>")
    assert _posts(office) == before


async def test_reason_that_comes_before_the_alert_left_goes_with_it(
    office: Office, closed: int
) -> None:
    before = _posts(office)
    await office.interrupts(office.tap(AMINA, f"rate:{closed}:1"))

    await office.says(AMINA, "Nobody called me")

    assert _posts(office) == before + 1
    assert "Nobody called me" in office.last_text(GROUP)


async def test_question_after_a_bad_smiley_leaves_the_alert(office: Office, closed: int) -> None:
    await office.taps(AMINA, f"rate:{closed}:1")
    alert = office.last_text(GROUP)
    await office.says(AMINA, "How do I find a school?")

    await office.taps(AMINA, f"rate_anew:{closed}")

    assert office.last_text(GROUP) == alert
    assert not isinstance(office.seen_by(GROUP)[-1], Delete)


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


@pytest.mark.parametrize("score", [1, 3])
async def test_sentence_goes_with_the_question(office: Office, closed: int, score: int) -> None:
    await office.taps(AMINA, f"rate:{closed}:{score}")
    await office.says(AMINA, "Nobody called me")
    case = await office.case()
    exported = await keeping.export(office.tx, case.person_id or 0)
    assert exported["questions"][0]["why_you_rated_so"] == "Nobody called me"
    place = await office.message_id(case.slot("rating" if score == 1 else "rating_words"))

    await keeping.forget(office.desk, office.tx, case.person_id or 0, now=office.now)
    await office.delivers()

    assert await _words(office) == ""
    gone = {id_ for m in office.sent if isinstance(m, Delete) for id_ in m.message_ids}
    assert place in gone


async def test_sentence_on_its_way_does_not_follow_somebody_under_18(
    office: Office, closed: int
) -> None:
    young = -1001000000077
    await office.taps(AMINA, f"rate:{closed}:3")
    await office.interrupts(office.said(AMINA, "I am fifteen"))
    office.desk = replace(office.desk, staff_groups={"infodesk": GROUP, "minors": young})
    await office.interrupts(office.tap(AMINA, f"go_on:{closed}"))

    await office.taps(JORIS, f"tag_needs:{closed}:minors")

    assert (await office.case(closed)).desk == "minors"
    assert not any("fifteen" in text for text in office.texts(GROUP))
