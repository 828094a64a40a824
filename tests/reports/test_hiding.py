"""What is not told: small counts, and whatever would give them away."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from bot.reports.domain import FIGURE, LENGTHS, Cell, of_month
from bot.reports.domain.hiding import FEWEST, hidden, untold

OFFICES, PROJECTS = ("gent", "leuven", "aalst"), ("4you", "refu-interim")
PEOPLE = st.lists(st.integers(0, 9), min_size=6, max_size=6)


def _counts(people: list[int], key: str = "enrolled") -> dict[Cell, dict[str, int]]:
    """A table of two sides with its totals."""
    found: dict[Cell, dict[str, int]] = {}
    for number, count in enumerate(people):
        office, project = OFFICES[number % 3], PROJECTS[number // 3]
        for cell in (Cell(office, project), Cell(office), Cell("", project), Cell()):
            row = found.setdefault(cell, {key: 0})
            row[key] += count
    return found


def _lines() -> Iterator[tuple[Cell, list[Cell]]]:
    yield Cell(), [Cell(office) for office in OFFICES]
    yield Cell(), [Cell("", project) for project in PROJECTS]
    yield from ((Cell("", one), [Cell(office, one) for office in OFFICES]) for one in PROJECTS)
    yield from ((Cell(one), [Cell(one, project) for project in PROJECTS]) for one in OFFICES)


@given(PEOPLE)
def test_no_small_count_is_told_nor_follows_from_a_line(people: list[int]) -> None:
    counts = _counts(people)
    gone = {cell for cell, key in hidden(counts) if key == "enrolled"}

    assert all(cell in gone for cell, row in counts.items() if 0 < row["enrolled"] < FEWEST)
    assert not any(counts[cell]["enrolled"] == 0 for cell in gone)
    for total, parts in _lines():
        unknown = [one for one in parts if one in gone]
        if unknown and total not in gone:
            assert len(unknown) > 1
            assert sum(counts[one]["enrolled"] for one in unknown) >= FEWEST
        assert len(unknown) + (total in gone) != 1


def test_large_counts_are_all_told() -> None:
    assert hidden(_counts([5, 6, 7, 8, 9, 10])) == frozenset()


def test_part_is_hidden_when_few_are_left_of_the_whole() -> None:
    counts = {Cell(): {"enrolled": 20, "enrolled_volunteered": 18}}

    assert hidden(counts) == {(Cell(), "enrolled_volunteered")}


def test_hours_and_days_of_few_people_are_hidden_with_them() -> None:
    counts = {Cell(): {"volunteered": 2, "days": 90, "minutes": 9000, "minutes_approved": 9000}}

    assert {key for _, key in hidden(counts)} == {"volunteered", "days", *LENGTHS}
    assert FIGURE.keys() >= {"volunteered", "days", *LENGTHS}


def test_statuses_do_not_give_one_another_away() -> None:
    counts = {Cell(): {"trajectories": 40, "trajectories_active": 30, "trajectories_paused": 3}}
    counts[Cell()]["trajectories_completed"] = 7

    gone = {key for _, key in hidden(counts)}

    assert gone == {"trajectories_paused", "trajectories_completed"}


@given(PEOPLE)
def test_what_was_said_is_told_of_five_and_never_follows(people: list[int]) -> None:
    counts = _counts(people, "evaluations")
    gone = {cell for cell, key in untold(counts) if key == "evaluations_satisfied"}

    assert all(cell in gone for cell, row in counts.items() if 0 < row["evaluations"] < FEWEST)
    for total, parts in _lines():
        unknown = [one for one in parts if one in gone]
        if unknown and total not in gone:
            assert sum(counts[one]["evaluations"] for one in unknown) >= FEWEST


def test_barrier_of_one_month_hides_another_month_and_barrier() -> None:
    row = {"barriers": 30, "barrier_stress": 20, "barrier_language": 10}
    row |= {of_month("barriers", 3): 12, of_month("barriers", 4): 18}
    row |= {of_month("barrier_stress", 3): 2, of_month("barrier_stress", 4): 18}
    row |= {of_month("barrier_language", 3): 10}
    counts = {Cell(): row, Cell("gent"): dict(row)}

    gone = {key for cell, key in hidden(counts) if cell == Cell()}

    assert {of_month("barrier_stress", 3), of_month("barrier_stress", 4)} <= gone
    assert of_month("barrier_language", 3) in gone  # else the month's total would tell it
