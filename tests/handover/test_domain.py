"""Who may do what with a case, and small decisions. Pure."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.incoming import Entity
from bot.errors import Outdated, number_in
from bot.handover import domain
from bot.handover.domain import TRANSITIONS, Case, CaseId, Party, State
from bot.handover.wording import answer
from bot.people.domain import Person, PersonId, Role
from tests.support.handover_makers import NOW

CASE = Case(
    id=CaseId(1),
    number=1,
    person_id=PersonId(10),
    language="fa_AF",
    kind=domain.QUESTION,
    category=None,
    is_urgent=False,
    state=State.CLAIMED,
    claimed_by=PersonId(20),
    shown=(),
    told_inside=(),
    topic_round=1,
    has_topic=True,
    cards_made=1,
    is_rated=False,
    is_reminded=False,
    opened_at=NOW,
    answered_at=None,
    closed_at=None,
    touched_at=NOW,
    live_until=None,
)


def _somebody(id_: int, role: Role | None = None, *, is_anonymous: bool = False) -> Person:
    return Person(PersonId(id_), id_, "Somebody", "nl", role, is_anonymous)


@pytest.mark.parametrize(
    ("who", "qualities"),
    [
        (_somebody(10), {Party.PERSON}),
        (_somebody(11), set()),
        (_somebody(20, Role.STAFF), {Party.TEAM, Party.STAFF, Party.CLAIMANT}),
        (_somebody(20, Role.TRAINEE), {Party.TEAM, Party.CLAIMANT}),
        (_somebody(20), set()),
        (_somebody(20, Role.STAFF, is_anonymous=True), set()),
        (_somebody(21, Role.STAFF), {Party.TEAM, Party.STAFF}),
        (_somebody(21, Role.ADMIN), {Party.TEAM, Party.STAFF, Party.COORDINATOR}),
    ],
    ids=[
        "who asked",
        "a stranger",
        "the claimant",
        "the claimant made a trainee",
        "the claimant without a role",
        "an anonymous admin",
        "a colleague",
        "an admin",
    ],
)
def test_everybody_has_only_their_own_qualities(who: Person, qualities: set[Party]) -> None:
    assert domain.parties(CASE, who) == qualities


def test_every_state_but_the_first_can_be_reached() -> None:
    reached = {step.target for step in TRANSITIONS.values()}

    assert reached == set(State) - {State.DRAFT}


def test_every_open_state_has_a_way_out() -> None:
    left = {source for step in TRANSITIONS.values() for source in step.sources}

    assert left >= {State.DRAFT, *domain.OPEN}


def test_nothing_leads_out_of_deleted() -> None:
    assert not [name for name, step in TRANSITIONS.items() if State.DELETED in step.sources]


def test_only_colleagues_and_the_bot_take_from_the_queue() -> None:
    assert TRANSITIONS["claim"].by == (Party.TEAM,)
    assert Party.PERSON not in TRANSITIONS["release"].by
    assert Party.STAFF not in TRANSITIONS["close"].by


@pytest.mark.parametrize("argument", ["", "abc", "-1", "1 ", "١", "9" * 19, "1:2"], ids=repr)
def test_forged_number_is_outdated(argument: str) -> None:
    with pytest.raises(Outdated):
        number_in(argument)


def test_talk_is_live_until_its_term_is_over() -> None:
    live = replace(CASE, live_until=NOW + domain.TALK)

    assert live.is_live(NOW)
    assert not live.is_live(NOW + domain.TALK)
    assert not CASE.is_live(NOW)
    assert not replace(live, state=State.CLOSED).is_live(NOW)


def test_long_text_is_cut_between_words() -> None:
    assert domain.shortened("one two three", 9) == "one two…"
    assert domain.shortened("a" * 20, 10) == "a" * 10 + "…"
    assert domain.shortened("short", 10) == "short"


def test_urgent_ones_come_before_older_ones() -> None:
    old = replace(CASE, id=CaseId(2), opened_at=NOW - timedelta(days=1))
    urgent = replace(CASE, id=CaseId(3), is_urgent=True)

    assert [case.id for case in domain.oldest_first([CASE, old, urgent])] == [3, 2, 1]


@pytest.mark.parametrize(
    ("text", "entities", "html"),
    [
        ("a <b>", (), "a &lt;b&gt;"),
        ("😀 bold", (Entity(type="bold", offset=3, length=4),), "😀 <b>bold</b>"),
        (
            "both",
            (Entity(type="bold", offset=0, length=4), Entity(type="italic", offset=0, length=4)),
            "<b><i>both</i></b>",
        ),
        (
            "in out",
            (Entity(type="bold", offset=0, length=6), Entity(type="code", offset=3, length=3)),
            "<b>in <code>out</code></b>",
        ),
        (
            "crossing",
            (Entity(type="bold", offset=0, length=5), Entity(type="italic", offset=3, length=5)),
            "<b>cross</b>ing",
        ),
        (
            "here",
            (Entity(type="text_link", offset=0, length=4, url='https://x.be/?a="1"'),),
            '<a href="https://x.be/?a=&quot;1&quot;">here</a>',
        ),
        ("@joris", (Entity(type="mention", offset=0, length=6),), "@joris"),
    ],
    ids=["escaped", "after an emoji", "same place", "nested", "crossing", "link", "mention"],
)
def test_formatting_becomes_html(text: str, entities: tuple[Entity, ...], html: str) -> None:
    assert answer.as_html(text, entities) == html
