"""A good answer becomes a topic: without names, and only after a coordinator's ✓."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.messages import Delete, Edit, Outgoing
from bot.handover import jobs, privacy
from bot.handover.domain import drafts
from bot.handover.domain.drafts import GAP
from bot.handover.service import keeping, proposing
from bot.handover.tables import topic_drafts
from bot.people.domain import Role
from tests.support.handover_makers import AMINA, CHRIS, GROUP, HOLD, JORIS, SARA, Office

ANSWER = "Go to the commune with your card, on Monday."


@pytest.fixture
async def drafted(office: Office) -> Office:
    """A closed question, and its draft in the group."""
    await office.colleague(CHRIS, Role.COORDINATOR)
    case = await office.claimed(text="I am Amina, +32 470 12 34 56. How do I renew my card?")
    await office.answers(JORIS, case, ANSWER)
    await office.waits(HOLD)
    await office.taps(JORIS, f"close_topic:{case.id}")
    return office


def _draft_post(office: Office) -> Outgoing:
    posts = [m for m in office.sent if isinstance(m, Outgoing) and m.slot == "case:1:topic_draft"]
    return posts[-1]


async def test_close_makes_a_draft_that_names_nobody(drafted: Office) -> None:
    assert (await drafted.case()).state == "closed"
    (row,) = await drafted.tx.all(select(topic_drafts))
    assert row["question"] == f"I am {GAP}, {GAP}. How do I renew my card?"
    assert row["answer"] == ANSWER
    post = _draft_post(drafted)
    assert (post.to, post.in_topic) == (GROUP, None)
    assert "Taken out: 1 name and 1 number" in post.text
    assert "Amina" not in post.text


async def test_command_in_the_topic_does_the_same(office: Office) -> None:
    case = await office.answered(ANSWER)

    await office.answers(JORIS, case, "/close topic")

    assert (await office.case()).state == "closed"
    assert ANSWER in _draft_post(office).text


async def test_phrases_are_no_part_of_a_topic(office: Office) -> None:
    case = await office.claimed(text="How do I renew my card?")
    for name in ("town", "ask_colleague"):
        await office.taps(JORIS, f"phrases:{case.id}")
        await office.taps_menu(JORIS, case, f"phrase_send:{case.id}:{name}")
        await office.waits(HOLD)
        if name == "town":
            await office.says(AMINA, "I live in Gent.")
            await office.waits(timedelta(minutes=3))
    await office.answers(JORIS, case, ANSWER)
    await office.taps(JORIS, f"phrases:{case.id}")
    await office.taps_menu(JORIS, case, f"phrase_send:{case.id}:welcome")
    await office.waits(HOLD)
    assert any("You are welcome." in text for text in office.texts(AMINA))

    await office.taps(JORIS, f"close_topic:{case.id}")

    (row,) = await office.tx.all(select(topic_drafts))
    assert row["question"] == "How do I renew my card?\nI live in Gent."
    assert row["answer"] == ANSWER


async def test_phrases_alone_make_no_topic(office: Office) -> None:
    case = await office.claimed()
    await office.taps(JORIS, f"phrases:{case.id}")
    await office.taps_menu(JORIS, case, f"phrase_send:{case.id}:welcome")
    await office.waits(HOLD)

    await office.taps(JORIS, f"close_topic:{case.id}")

    assert "There is no answer in words here" in office.toasts[-1]
    assert (await office.case()).is_open


async def test_only_a_coordinator_gives_the_mark(drafted: Office) -> None:
    for action in ("topic_yes:1", "topic_no:1", "topic_edit:1:answer"):
        await drafted.taps(JORIS, action)
        assert drafted.toasts[-1] == "Only colleagues of the team can do this."

    assert await proposing.checked(drafted.tx) == []
    await drafted.taps(CHRIS, "topic_yes:1")

    (proposal,) = await proposing.checked(drafted.tx)
    assert (proposal.language, proposal.answer) == ("en", ANSWER)
    assert proposal.checked_on == "2026-11-20"
    assert drafted.last_text(GROUP).startswith("✓ A new topic was proposed, checked by Chris.")


async def test_nothing_leads_from_a_checked_draft_to_its_question(drafted: Office) -> None:
    await drafted.taps(CHRIS, "topic_yes:1")

    (row,) = await drafted.tx.all(select(topic_drafts))
    assert row["case_id"] is None
    await drafted.taps(CHRIS, "topic_yes:1")
    assert drafted.toasts[-1] == "This draft is not there any more."
    assert await proposing.count_checked(drafted.tx) == 1


async def test_coordinator_writes_the_question_anew_by_replying(drafted: Office) -> None:
    await drafted.taps(CHRIS, "topic_edit:1:question")
    prompt = await drafted.message_id("case:1:ask:topic_question")

    await drafted.says(CHRIS, "Renew a card? Ask Joris, j@x.be", group=True, reply_to=prompt)

    (row,) = await drafted.tx.all(select(topic_drafts))
    assert row["question"] == f"Renew a card? Ask {GAP}, {GAP}"
    edit = drafted.sent[-1]
    assert isinstance(edit, Edit)
    assert edit.slot == "case:1:topic_draft"
    assert "Taken out: 1 name and 1 mail address" in edit.text
    assert not any("Renew a card?" in text for text in drafted.texts(AMINA))


async def test_reply_of_somebody_else_changes_nothing(drafted: Office) -> None:
    await drafted.taps(CHRIS, "topic_edit:1:answer")
    prompt = await drafted.message_id("case:1:ask:topic_answer")

    await drafted.says(SARA, "Something wrong", group=True, reply_to=prompt)

    (row,) = await drafted.tx.all(select(topic_drafts))
    assert row["answer"] == ANSWER
    assert drafted.last_text(GROUP) == "Only colleagues of the team can do this."


async def test_not_now_keeps_nothing(drafted: Office) -> None:
    await drafted.taps(CHRIS, "topic_no:1")

    assert await drafted.tx.all(select(topic_drafts)) == []
    assert drafted.last_text(GROUP) == "No topic was made of it."


async def test_question_without_an_answer_stays_open(office: Office) -> None:
    case = await office.claimed()

    await office.taps(JORIS, f"close_topic:{case.id}")

    assert office.toasts[-1].startswith("There is no answer in words here")
    assert (await office.case()).state == "claimed"
    assert await office.tx.all(select(topic_drafts)) == []


async def test_only_who_may_close_it_makes_a_topic_of_it(office: Office) -> None:
    case = await office.answered(ANSWER)

    await office.taps(SARA, f"close_topic:{case.id}")
    await office.takes(office.tap(AMINA, f"close_topic:{case.id}"))

    assert (await office.case()).state == "answered"
    assert await office.tx.all(select(topic_drafts)) == []


async def test_question_of_a_minor_never_becomes_a_topic(office: Office) -> None:
    case = await office.answered(ANSWER)
    await office.notes(case, needs="minors")

    await office.taps(JORIS, f"close_topic:{case.id}")

    assert office.toasts[-1] == "A question of somebody under 18 does not become a topic."
    assert (await office.case()).state == "answered"


async def test_unchecked_draft_goes_with_the_person(drafted: Office) -> None:
    amina = await drafted.person(AMINA)
    place = await drafted.message_id("case:1:topic_draft")

    await privacy.forget_person(drafted.desk, drafted.tx, amina.id, now=drafted.now)
    await drafted.delivers()

    assert await drafted.tx.all(select(topic_drafts)) == []
    gone = [m.message_ids for m in drafted.sent if isinstance(m, Delete)]
    assert (place,) in gone


async def test_checked_draft_outlives_the_question_by_a_year(drafted: Office) -> None:
    await drafted.taps(CHRIS, "topic_yes:1")
    await keeping.reduce_old(drafted.desk, drafted.tx, now=drafted.now + timedelta(days=100))
    clean = jobs.jobs(drafted.desk)["handover.topics"]

    await clean(drafted.tx, now=drafted.now + timedelta(days=300))
    assert await proposing.count_checked(drafted.tx) == 1
    await clean(drafted.tx, now=drafted.now + timedelta(days=400))
    assert await proposing.count_checked(drafted.tx) == 0


@pytest.mark.parametrize(
    ("text", "left", "kind"),
    [
        ("call 0470 12 34 56 now", f"call {GAP} now", "number"),
        ("زنگ ۰۴۷۰۱۲۳۴۵۶ بزن", f"زنگ {GAP} بزن", "number"),
        ("born 21/03/1999", f"born {GAP}", "number"),
        ("mail me@example.org.", f"mail {GAP}.", "mail"),
        ("see https://t.me/amina_x ok", f"see {GAP} ok", "link"),
        ("ask @amina_x", f"ask {GAP}", "link"),
        ("AMINA's card", f"{GAP}'s card", "name"),
        ("نام من امینه است", f"نام من {GAP} است", "name"),
        ("Mari Carmen and Mari", f"{GAP} and {GAP}", "name"),
    ],
)
def test_what_names_somebody_is_taken_out(text: str, left: str, kind: str) -> None:
    clean = drafts.without_names(text, {"Amina", "امینه", "Mari Carmen"})

    assert clean.text == left
    assert set(clean.taken) == {kind}


def test_other_words_and_numbers_stay() -> None:
    text = "Call 112, pay € 50 before 24/12, room 12. Aminata is a word. https://www.fedasil.be"

    assert drafts.without_names(text, {"Amina", "—", "A"}).text == text
