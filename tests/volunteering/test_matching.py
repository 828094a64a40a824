"""Who fits what: hard needs, points, order, and what may never count."""

import asyncio
import dataclasses
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.volunteering.domain import SECTORS, matching
from bot.volunteering.domain.matching import (
    Match,
    Need,
    Obstacle,
    Opening,
    Reason,
    Seeker,
    Span,
    Spot,
    Why,
)
from bot.volunteering.matching import Index, Looker, Shift, best_openings, best_seekers
from tests.support.volunteering_makers import ALWAYS, GENT, KORTRIJK, LEUVEN, NOW, free_on
from tests.support.volunteering_makers import Spot as Town

SATURDAY = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


def at(town: Town) -> Spot:
    """Where a town lies."""
    return Spot(town.latitude, town.longitude)


def an_opening(
    need: Need | None = None, *, event: int = 7, starts_at: datetime = SATURDAY
) -> Opening:
    """A shift of three hours."""
    need = need or Need(id=1, kind="occasional", sector="festivals", spot=at(GENT))
    span = Span(starts_at, starts_at + timedelta(hours=3))
    return Opening(
        need=need, event=event, spot=need.spot, parts=matching.parts_of(*span), span=span
    )


# -- strategies --------------------------------------------------------------------------------

_codes = st.sampled_from(("nl", "en", "uk", "fa_AF", "ps"))
_levels = st.dictionaries(_codes, st.integers(1, 3), max_size=3)
_some_sectors = st.frozensets(st.sampled_from(SECTORS), max_size=3)
_some_talents = st.frozensets(st.sampled_from(("cooking", "music", "sport")), max_size=2)
_spots = st.none() | st.builds(Spot, st.floats(50.6, 51.4), st.floats(2.6, 5.8))
_kinds = st.sampled_from(("occasional", "structural"))

seekers = st.builds(
    Seeker,
    id=st.integers(1, 10_000),
    spot=_spots,
    max_km=st.none() | st.integers(1, 100),
    reach=st.sampled_from((3.0, 8.0, 15.0, 50.0)),
    availability=st.integers(0, ALWAYS),
    languages=_levels,
    sectors=_some_sectors,
    talents=_some_talents,
    wishes=st.frozensets(_kinds),
    has_licence=st.booleans(),
    is_adult=st.none() | st.booleans(),
)
needs = st.builds(
    Need,
    id=st.integers(1, 1000),
    kind=_kinds,
    sector=st.sampled_from(SECTORS),
    spot=_spots,
    languages=st.dictionaries(_codes, st.integers(1, 3), max_size=1),
    talents=_some_talents,
    availability=st.integers(0, ALWAYS),
    needs_licence=st.booleans(),
    least_age=st.sampled_from((16, 18)),
)


def _for_a_shift(found: list[Seeker], opening: Opening, limit: int = 50) -> list[Match]:
    index = Index()
    index.seekers = {one.id: one for one in found}
    return asyncio.run(best_seekers(index, opening, loads={}, without=(), limit=limit))


def _for_a_volunteer(seeker: Seeker, asked: list[Need], limit: int = 20) -> list[Match]:
    index = Index()
    for need in asked:
        index.needs[need.id] = need, None
        span = Span(SATURDAY, SATURDAY + timedelta(hours=3))
        parts = matching.parts_of(*span)
        index.put_shift(Shift(event=2000 - need.id, assignment=need.id, span=span, parts=parts))
    looker = Looker(seeker)
    found = best_openings(index, looker, now=NOW, today=NOW.date(), limit=limit)
    return asyncio.run(found)


_unique = st.lists(seekers, max_size=12, unique_by=lambda one: one.id)
_unique_needs = st.lists(needs, max_size=12, unique_by=lambda one: one.id)


# -- properties --------------------------------------------------------------------------------


@given(st.data(), _unique, needs)
def test_order_of_volunteers_does_not_depend_on_input_order(
    data: st.DataObject, found: list[Seeker], need: Need
) -> None:
    mixed = data.draw(st.permutations(found))

    assert _for_a_shift(found, an_opening(need)) == _for_a_shift(mixed, an_opening(need))


@given(seekers, _unique_needs)
def test_order_of_assignments_does_not_depend_on_input_order(
    seeker: Seeker, asked: list[Need]
) -> None:
    assert _for_a_volunteer(seeker, asked) == _for_a_volunteer(seeker, asked[::-1])


@given(seekers, needs, st.floats(0, 300), st.floats(0, 300))
def test_nearer_is_never_worse_all_else_equal(
    seeker: Seeker, need: Need, one: float, other: float
) -> None:
    near, far = sorted((one, other))
    opening = an_opening(dataclasses.replace(need, languages={}))

    assert matching.score(seeker, opening, km=near) >= matching.score(seeker, opening, km=far)


@given(_unique, needs)
def test_an_excluded_volunteer_never_appears(found: list[Seeker], need: Need) -> None:
    opening = an_opening(need)
    excluded = {one.id for one in found if matching.obstacle(one, opening) is not None}

    shown = {one.seeker for one in _for_a_shift(found, opening)}

    assert shown == {one.id for one in found} - excluded


@given(seekers, _unique_needs)
def test_an_assignment_that_excludes_somebody_is_not_shown(
    seeker: Seeker, asked: list[Need]
) -> None:
    for fit in _for_a_volunteer(seeker, asked):
        assert matching.obstacle(seeker, fit.opening) is None


@given(seekers, needs, st.integers(0, 50))
def test_points_lie_between_nothing_and_a_hundred(seeker: Seeker, need: Need, load: int) -> None:
    opening = an_opening(need)
    if matching.obstacle(seeker, opening) is None:
        km = matching.distance(seeker.spot, opening.spot)
        assert 0 <= matching.score(seeker, opening, km=km, load=load) <= 100


# -- what may never count ----------------------------------------------------------------------


def test_the_input_holds_nothing_that_may_not_count() -> None:
    """Not what must not be scored, and nothing it could be guessed from without need."""
    held = {one.name for kind in (Seeker, Need) for one in dataclasses.fields(kind)}

    assert held == {
        "id", "spot", "max_km", "reach", "availability", "languages", "sectors", "talents",
        "wishes", "has_licence", "is_adult",
        "kind", "sector", "needs_licence", "least_age",
    }  # fmt: skip


@given(seekers, needs)
def test_age_excludes_and_never_scores(seeker: Seeker, need: Need) -> None:
    opening = an_opening(dataclasses.replace(need, languages={}))
    ages = [dataclasses.replace(seeker, is_adult=age) for age in (True, False, None)]

    assert len({matching.score(one, opening, km=3.0) for one in ages}) == 1
    assert len({matching.reasons(one, opening, km=3.0) for one in ages}) == 1


# -- hard needs --------------------------------------------------------------------------------


def test_hard_needs_exclude_with_a_reason() -> None:
    able = Seeker(id=1, languages={"nl": 2}, has_licence=True, is_adult=True)
    need = Need(
        id=1, kind="occasional", sector="care", languages={"nl": 2}, needs_licence=True,
        least_age=18,
    )  # fmt: skip
    opening = an_opening(need)

    assert matching.obstacle(able, opening) is None
    for change, obstacle in (
        ({"has_licence": False}, Obstacle.LICENCE),
        ({"is_adult": False}, Obstacle.AGE),
        ({"is_adult": None}, Obstacle.AGE),
        ({"languages": {"nl": 1, "en": 3}}, Obstacle.LANGUAGE),
        ({"languages": {}}, Obstacle.LANGUAGE),
    ):
        less = dataclasses.replace(able, **change)
        assert matching.obstacle(less, opening) is obstacle


def test_sixteen_is_enough_unless_eighteen_is_asked() -> None:
    young = Seeker(id=1, is_adult=False)

    assert matching.obstacle(young, an_opening()) is None


def test_another_shift_at_that_time_is_in_the_way() -> None:
    seeker, opening = Seeker(id=1), an_opening()
    hour = timedelta(hours=1)

    for starts, ends, is_in_the_way in ((-2, 0, False), (-2, 1, True), (2, 4, True), (3, 5, False)):
        busy = [Span(SATURDAY + starts * hour, SATURDAY + ends * hour)]
        obstacle = matching.obstacle(seeker, opening, busy)
        assert (obstacle is Obstacle.CONFLICT) is is_in_the_way


# -- points and reasons ------------------------------------------------------------------------


def test_each_wish_that_is_met_counts() -> None:
    plain = Seeker(
        id=1, spot=at(KORTRIJK), availability=free_on((0, 0)), sectors=frozenset({"care"})
    )
    need = Need(
        id=1, kind="occasional", sector="festivals", spot=at(GENT), talents=frozenset({"music"})
    )
    opening = an_opening(need)

    def points(**change: object) -> float:
        seeker = dataclasses.replace(plain, **change)  # type: ignore[arg-type]
        km = matching.distance(seeker.spot, opening.spot)
        return matching.score(seeker, opening, km=km)

    for better in (
        {"spot": at(GENT)},
        {"availability": ALWAYS},
        {"sectors": frozenset({"festivals"})},
        {"talents": frozenset({"music"})},
        {"wishes": frozenset({"occasional"})},
        {"reach": matching.reach_of(None, "car")},
    ):
        assert points(**better) > points(), better
    assert points(wishes=frozenset({"structural"})) < points()


def test_who_did_little_so_far_comes_first() -> None:
    index = Index()
    index.seekers = {id_: Seeker(id=id_, spot=at(GENT)) for id_ in (1, 2, 3)}
    loads = {1: 4, 2: 0, 3: 1}

    found = asyncio.run(best_seekers(index, an_opening(), loads=loads, without=(), limit=3))

    assert [one.seeker for one in found] == [2, 3, 1]
    assert Reason(Why.NEW) in found[0].reasons
    assert Reason(Why.NEW) not in found[1].reasons


def test_equal_points_are_ordered_by_number() -> None:
    alike = [Seeker(id=id_, spot=at(GENT)) for id_ in (9, 3, 5)]

    assert [one.seeker for one in _for_a_shift(alike, an_opening())] == [3, 5, 9]


def test_reasons_say_what_somebody_gains() -> None:
    seeker = Seeker(
        id=1, spot=at(GENT), availability=ALWAYS, sectors=frozenset({"festivals"}),
        wishes=frozenset({"occasional"}), languages={"nl": 1},
    )  # fmt: skip

    assert matching.reasons(seeker, an_opening(), km=2.4) == (
        Reason(Why.NO_DUTCH),
        Reason(Why.FREE),
        Reason(Why.SECTOR, ("festivals",)),
        Reason(Why.KIND, ("occasional",)),
        Reason(Why.NEAR, ("2",)),
    )
    need = Need(id=1, kind="structural", sector="care", languages={"nl": 1}, spot=at(LEUVEN))
    assert matching.reasons(seeker, an_opening(need), km=90.0) == (
        Reason(Why.SPEAKS, ("nl",)),
        Reason(Why.FREE),
        Reason(Why.FAR, ("90",)),
    )


def test_parts_of_the_week_follow_the_clock_on_the_wall() -> None:
    saturday = datetime(2026, 11, 28, tzinfo=UTC)

    def parts(begins: str, ends: str, days: int = 0) -> int:
        one, other = (
            datetime.combine(saturday, time.fromisoformat(text), UTC) for text in (begins, ends)
        )
        return matching.parts_of(one, other + timedelta(days=days))

    assert parts("09:00", "12:00") == free_on((5, 0))
    assert parts("09:00", "13:00") == free_on((5, 0), (5, 1))
    assert parts("17:30", "22:00") == free_on((5, 1), (5, 2))
    assert parts("20:00", "02:00", days=1) == free_on((5, 2))
    assert parts("22:00", "08:00", days=1) == free_on((5, 2), (6, 0))
