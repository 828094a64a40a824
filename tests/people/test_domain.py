"""What a role may do, where it comes from, and what a payload may hold."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.people import domain
from bot.people.domain import Change, Person, PersonId, Role, StaffOnly, Standing, Via

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NOBODY_YET = Standing(PersonId(1), None, None, frozenset())


def _standing(role: Role, via: Via, *groups: int) -> Standing:
    return Standing(PersonId(1), role, via, frozenset(groups))


@pytest.mark.parametrize("role", list(Role), ids=str)
@pytest.mark.parametrize("needed", list(Role), ids=str)
def test_each_role_may_what_lower_ones_may(role: Role, needed: Role) -> None:
    order = list(Role)

    assert domain.is_at_least(role, needed) is (order.index(role) >= order.index(needed))


def test_newcomer_is_refused_what_staff_do() -> None:
    newcomer = Person(PersonId(1), 7, "Amina", "en", None)

    with pytest.raises(StaffOnly):
        domain.require(newcomer)


def test_anonymous_admin_is_refused_whatever_the_role() -> None:
    hidden = Person(PersonId(1), 7, "Group", None, Role.ADMIN, is_anonymous=True)

    with pytest.raises(StaffOnly):
        domain.require(hidden)


@pytest.mark.parametrize(
    ("status", "is_member", "inside"),
    [
        ("creator", False, True),
        ("administrator", False, True),
        ("member", False, True),
        ("restricted", True, True),
        ("restricted", False, False),
        ("left", False, False),
        ("kicked", True, False),
        ("", False, False),
    ],
)
def test_only_real_members_are_inside_the_group(status: str, is_member: bool, inside: bool) -> None:
    assert domain.is_inside(status, is_member=is_member) is inside


@pytest.mark.parametrize(
    ("standing", "status", "role"),
    [
        (NOBODY_YET, "member", Role.STAFF),
        (NOBODY_YET, "creator", Role.COORDINATOR),
        (_standing(Role.STAFF, Via.GROUP, 1), "administrator", Role.COORDINATOR),
        (_standing(Role.COORDINATOR, Via.GROUP, 1), "member", Role.STAFF),
        (_standing(Role.TRAINEE, Via.INVITATION), "administrator", Role.TRAINEE),
        (_standing(Role.ADMIN, Via.INVITATION, 1), "member", Role.ADMIN),
    ],
    ids=["new member", "new owner", "promoted", "demoted", "invited trainee", "invited admin"],
)
def test_group_decides_only_what_no_invitation_decided(
    standing: Standing, status: str, role: Role
) -> None:
    assert domain.joins(standing, 1, status) == Change(role, standing.groups | {1})


@pytest.mark.parametrize(
    ("standing", "left"),
    [
        (_standing(Role.STAFF, Via.GROUP, 1), Change(None, frozenset())),
        (_standing(Role.ADMIN, Via.INVITATION, 1), Change(None, frozenset())),
        (_standing(Role.STAFF, Via.GROUP, 1, 2), Change(Role.STAFF, frozenset({2}))),
        (_standing(Role.TRAINEE, Via.INVITATION), Change(Role.TRAINEE, frozenset())),
        (NOBODY_YET, Change(None, frozenset())),
    ],
    ids=["by group", "by invitation", "still in another", "never was inside", "no role"],
)
def test_leaving_the_last_group_ends_the_role(standing: Standing, left: Change) -> None:
    assert domain.leaves(standing, 1) == left


@pytest.mark.parametrize(
    ("standing", "offered", "role"),
    [
        (NOBODY_YET, Role.TRAINEE, Role.TRAINEE),
        (_standing(Role.STAFF, Via.GROUP), Role.TRAINEE, Role.TRAINEE),
        (_standing(Role.ADMIN, Via.INVITATION), Role.TRAINEE, Role.ADMIN),
        (_standing(Role.STAFF, Via.INVITATION), Role.ADMIN, Role.ADMIN),
    ],
    ids=["first role", "replaces the group's", "never lowers", "raises"],
)
def test_invitation_never_lowers_an_earlier_one(
    standing: Standing, offered: Role, role: Role
) -> None:
    assert domain.invited_role(standing, offered) is role


@pytest.mark.parametrize(
    ("text", "is_proper"),
    [
        ("q_asylum", True),
        ("join_a-B_9", True),
        ("", False),
        ("a b", False),
        ("<b>", False),
        ("سلام", False),
        ("a" * 65, False),
    ],
    ids=["topic", "invitation", "nothing", "two words", "a tag", "other letters", "too long"],
)
def test_only_a_proper_payload_is_kept(text: str, is_proper: bool) -> None:
    assert domain.is_payload(text) is is_proper


@pytest.mark.parametrize(
    ("age", "fresh"),
    [(timedelta(), True), (timedelta(minutes=59), True), (timedelta(hours=2), False)],
    ids=["now", "an hour", "too old"],
)
def test_old_confirmation_no_longer_erases_anybody(age: timedelta, fresh: bool) -> None:
    assert domain.is_fresh(domain.stamp(NOW - age), NOW) is fresh


@pytest.mark.parametrize("forged", ["", "soon", "-1", "9" * 30, "١٢٣", "99999999999"])
def test_forged_confirmation_never_erases_anybody(forged: str) -> None:
    assert domain.is_fresh(forged, NOW) is False


@pytest.mark.parametrize(
    ("detail", "is_clean"),
    [
        ({"case": 42, "role": "staff", "topics": [1, None, True]}, True),
        ({"text": "I need a house"}, False),
        ({"name": "آمنه"}, False),
        ({"deep": {"er": ["two words"]}}, False),
        ({"token": "x" * 65}, False),
        ({"half": 0.5}, False),
    ],
)
def test_audit_detail_takes_ids_but_no_text(detail: object, is_clean: bool) -> None:
    assert domain.holds_no_text(detail) is is_clean


def test_mark_of_erased_person_needs_the_key() -> None:
    assert domain.telegram_hash(7, b"one") == domain.telegram_hash(7, b"one")
    assert domain.telegram_hash(7, b"one") != domain.telegram_hash(7, b"two")
