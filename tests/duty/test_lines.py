"""One-line commands as colleagues type them, and what a wrong one is told."""

from datetime import date, time

import pytest

from bot.duty.desk import vocabulary
from bot.duty.domain import Block, lines, refusals
from bot.duty.domain.lines import Meant, Scope
from bot.errors import Refused
from bot.language.catalog import Catalogs
from bot.people.domain import team
from bot.people.domain.team import Team
from tests.support.duty_makers import JAN, KAREN, NOOR, a_block

OTHER_KAREN, ZOHRA, ODD = 21, 24, 27
TEAM = Team(
    {JAN: "Jan", NOOR: "Noor El Amrani", ZOHRA: "زهره", KAREN: "Karen", OTHER_KAREN: "karen"}
)
TODAY = date(2026, 11, 20)
MORNING = a_block("09:00-12:00")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Jan ps mon 09:00-12:00", Meant(JAN, ("ps",), (0,), (MORNING,))),
        ("jan pashto monday 9-12 legal", Meant(JAN, ("ps",), (0,), (MORNING,), ("legal",))),
        ("Jan legal 9u-12u ma ps", Meant(JAN, ("ps",), (0,), (MORNING,), ("legal",))),
        (
            "Jan ps,fa mon-wed,fri 9-12,13:30–16:00",
            Meant(JAN, ("ps", "fa_AF"), (0, 1, 2, 4), (MORNING, a_block("13:30-16:00"))),
        ),
        ("Noor El Amrani nl di 9-12", Meant(NOOR, ("nl",), (1,), (MORNING,))),
        ("karen #21 uk vrijdag 9.00-12.00", Meant(OTHER_KAREN, ("uk",), (4,), (MORNING,))),
        ("#12 en sun 9-12", Meant(KAREN, ("en",), (6,), (MORNING,))),
        ("زهره دری دوشنبه ۰۹:۰۰-۱۲:۰۰", Meant(ZOHRA, ("fa_AF",), (0,), (MORNING,))),
        ("Jan пушту понеділок 9-12", Meant(JAN, ("ps",), (0,), (MORNING,))),
        ("Jan", Meant(JAN)),
    ],
)
def test_a_line_is_understood_as_people_type_it(
    catalogs: Catalogs, line: str, meant: Meant
) -> None:
    assert lines.read(line, vocabulary(catalogs), TEAM) == meant


@pytest.mark.parametrize(
    ("line", "refusal", "named"),
    [
        ("", refusals.Incomplete, "/duty add"),
        ("Jan ps mon", refusals.Incomplete, "/duty add"),
        ("Piet ps mon 9-12", team.NoSuchColleague, "Piet"),
        ("Piet De Vries ps mon 9-12", team.NoSuchColleague, "Piet De Vries"),
        ("Karen ps mon 9-12", team.SeveralColleagues, "Karen #12, karen #21"),
        ("#99 ps mon 9-12", team.NoSuchColleague, "#99"),
        ("Jan #12 ps mon 9-12", refusals.NotUnderstood, "#12"),
        ("Jan xx mon 9-12", refusals.NotUnderstood, "xx"),
        ("Jan ps fri-mon 9-12", refusals.NotUnderstood, "fri-mon"),
        ("Jan ps mon 25:00-26:00", refusals.NoTime, "25:00-26:00"),
        ("Jan ps mon 12:00-09:00", refusals.ClosesFirst, "12:00-09:00"),
        ("Jan ps mon 09:00-09:00", refusals.ClosesFirst, "09:00-09:00"),
        ("Jan nl,en,uk,ps,fa mon-sun 8-10,10-12 legal,info", refusals.TooMany, "140"),
    ],
)
def test_a_wrong_line_is_named_with_how_to_mend_it(
    catalogs: Catalogs, line: str, refusal: type[Refused], named: str
) -> None:
    with pytest.raises(refusal) as refused:
        lines.read(line, vocabulary(catalogs), TEAM).duties()

    told = catalogs.words("en").plain(refused.value.sentence, **refused.value.values)
    assert named in told


@pytest.mark.parametrize(
    ("line", "days", "scope"),
    [
        ("2026-12-24", [date(2026, 12, 24)], Scope()),
        ("24/12/2026 Team day", [date(2026, 12, 24)], Scope(None, None, "Team day")),
        ("2026-12-24 ps legal away", [date(2026, 12, 24)], Scope("legal", "ps", "away")),
        (
            "2026-12-30..2027-01-02 holidays",
            [date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)],
            Scope(None, None, "holidays"),
        ),
    ],
)
def test_closed_days_are_understood(
    catalogs: Catalogs, line: str, days: list[date], scope: Scope
) -> None:
    assert lines.closed(line, vocabulary(catalogs), today=TODAY) == (days, scope)


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("", refusals.NoDay),
        ("tomorrow", refusals.NoDay),
        ("2026-02-30", refusals.NoDay),
        ("2026-12-24..2026-12-20", refusals.NoDay),
        ("2026-12-24..2027-12-24", refusals.NoDay),
        ("2026-11-19", refusals.DayOver),
        ("2036-11-19", refusals.DayOver),
    ],
)
def test_a_wrong_day_is_named(catalogs: Catalogs, line: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        lines.closed(line, vocabulary(catalogs), today=TODAY)


def test_colleagues_of_the_same_name_are_told_apart() -> None:
    assert TEAM.label(KAREN) == "Karen #12"
    assert TEAM.label(OTHER_KAREN) == "karen #21"
    assert TEAM.label(JAN) == "Jan"


@pytest.mark.parametrize("name", ["=1+1", "+32", "@jan", "Jan #3", "—", "-"])
def test_a_name_that_is_no_plain_name_goes_by_its_number(name: str) -> None:
    team = Team({ODD: name, JAN: "Jan"})

    assert team.label(ODD) == "#27"
    assert team.find(team.label(ODD)) == ODD


def test_every_label_finds_its_colleague_again() -> None:
    assert [TEAM.find(TEAM.label(id_)) for id_ in TEAM.names] == list(TEAM.names)


def test_a_line_makes_every_block_that_it_names(catalogs: Catalogs) -> None:
    made = lines.read("Jan ps,nl mon,tue 9-12", vocabulary(catalogs), TEAM).duties()

    assert [(one.desk, one.language, one.weekday) for one in made] == [
        ("infodesk", "ps", 0),
        ("infodesk", "ps", 1),
        ("infodesk", "nl", 0),
        ("infodesk", "nl", 1),
    ]
    assert {one.block for one in made} == {Block(time(9), time(12))}
