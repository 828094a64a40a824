"""The way to 40 hours as a picture: what stands in it, when it is shown, and how often."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import update

from bot.delivery import making
from bot.delivery.messages import Edit, File
from bot.errors import Outdated
from bot.language.catalog import Catalogs
from bot.people.service import mark_unreachable
from bot.schedule import due
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import chat, jobs, tables
from bot.volunteering.domain import trajectories as domain
from bot.volunteering.letter import picture
from bot.volunteering.service import hours, milestones
from bot.volunteering.wording import lengths
from bot.volunteering.wording import milestones as wording
from tests.support import letter_makers as letters
from tests.support.delivery_makers import a_tap
from tests.support.event_makers import posted
from tests.support.organisation_makers import a_desk
from tests.support.volunteering_makers import NOW

DESK = a_desk()
GREEN, DARK, EMPTY = (46, 139, 87), (24, 106, 59), (226, 231, 236)
IN_THE_BAR = 156  # from the top


def _near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def _filled(file: bytes) -> tuple[float, float]:
    """From where to where the bar is filled, as shares of the whole picture."""
    with Image.open(BytesIO(file)) as opened:
        assert opened.size[0] == 800
        row = [opened.convert("RGB").getpixel((x, IN_THE_BAR)) for x in range(800)]
    full = [x for x, one in enumerate(row) if _near(one, GREEN) or _near(one, DARK)]  # type: ignore[arg-type]
    return full[0] / 800, full[-1] / 800


@pytest.mark.parametrize("minutes", [0, 30, 599, 1590, 2399, 2400, 9000])
@pytest.mark.parametrize("is_rtl", [False, True])
def test_picture_is_small_enough_for_a_slow_phone(minutes: int, is_rtl: bool) -> None:
    file = picture(minutes, 2400, said="123,45", is_rtl=is_rtl)

    assert file.startswith(b"\x89PNG")
    assert len(file) <= 60_000


def test_bar_is_filled_from_where_lines_begin() -> None:
    left = _filled(picture(1200, 2400, said="20", is_rtl=False))
    right = _filled(picture(1200, 2400, said="20", is_rtl=True))

    assert left == pytest.approx((0.075, 0.5), abs=0.01)
    assert right == pytest.approx((0.5, 0.925), abs=0.01)


def test_full_bar_ends_at_the_flag_and_no_further() -> None:
    assert _filled(picture(9000, 2400, said="150", is_rtl=False)) == pytest.approx(
        (0.075, 0.925), abs=0.01
    )


@pytest.mark.parametrize(
    ("language", "figures"),
    [("en", "26.5"), ("nl", "26,5"), ("uk", "26,5"), ("fa_AF", "26.5"), ("ps", "26,5")],
)
def test_figures_in_the_picture_are_those_of_the_caption(
    catalogs: Catalogs, language: str, figures: str
) -> None:
    _ = catalogs.words(language)

    assert lengths.figures(_, 1590) == figures
    text, _buttons = wording.shown(_, domain.Progress(1590, 2400))
    assert figures in text


@pytest.mark.parametrize(
    ("minutes", "target", "passed"),
    [(0, 2400, 0), (599, 2400, 0), (600, 2400, 600), (1859, 2400, 1800), (2399, 2400, 1800),
     (2400, 2400, 2400), (5000, 2400, 2400), (1500, 1500, 1500), (1499, 1500, 1200)],
)  # fmt: skip
def test_milestones_are_ten_hours_apart_and_end_at_the_target(
    minutes: int, target: int, passed: int
) -> None:
    assert domain.milestone(minutes, target) == passed


async def _looks(database: Database, volunteer: int) -> list[File]:
    """Hours were approved; what Amina was sent until now."""
    async with database.writing() as tx:
        await hours.look_at_trajectories(tx, [volunteer], now=NOW)
    while await due.run(database, jobs.due_kinds(DESK), now=NOW):
        pass
    async with database.reading() as tx:
        return [one for one in await posted(tx, letters.AMINA) if isinstance(one, File)]


async def _sets(database: Database, minutes: int) -> None:
    async with database.writing() as tx:
        await tx.execute(update(tables.hours).values(minutes=minutes))


async def test_each_milestone_is_shown_once_and_the_last_opens_the_letters(
    database: Database,
) -> None:
    async with database.writing() as tx:
        _person, mine = await letters.a_volunteer(tx, 599, language="fa_AF", counts=True)
        await letters.a_trajectory(tx, mine)
    assert await _looks(database, mine) == []

    seen = []
    for minutes in (600, 610, 1900, 1190, 1810, 2400, 2500):
        await _sets(database, minutes)
        seen.append(len(await _looks(database, mine)))

    assert seen == [1, 1, 2, 2, 2, 3, 3]
    shown = await _looks(database, mine)
    assert [one.made.id for one in shown] == [
        "600:2400:fa_AF",
        "1900:2400:fa_AF",
        "2400:2400:fa_AF",
    ]
    assert [row[0].action for row in shown[0].buttons] == ["vhours"]
    assert [row[0].action for row in shown[2].buttons] == ["vletters", "vhours"]


async def test_who_cannot_be_written_to_misses_nothing_but_the_picture(database: Database) -> None:
    async with database.writing() as tx:
        person, mine = await letters.a_volunteer(tx, 700, counts=True)
        await letters.a_trajectory(tx, mine)
        await mark_unreachable(tx, person.telegram_id)

    assert await _looks(database, mine) == []


async def test_trajectory_that_does_not_run_shows_nothing(database: Database) -> None:
    async with database.writing() as tx:
        _person, mine = await letters.a_volunteer(tx, 700, counts=True)
        await letters.a_trajectory(tx, mine)
        await hours.look_at_trajectories(tx, [mine], now=NOW)
        await tx.execute(update(tables.trajectories).values(status="paused"))

    assert await _looks(database, mine) == []


async def test_own_hours_offer_the_picture_to_who_is_on_the_way(tx: Tx) -> None:
    person, mine = await letters.a_volunteer(tx, 700, counts=True)
    routes = chat.combined(DESK)
    tap = a_tap("vhours", person.telegram_id)
    [screen] = await routes.actions["vhours"](tx, person, tap)
    assert isinstance(screen, Edit)
    assert "vhourpic" not in str(screen.buttons)
    with pytest.raises(Outdated):
        await routes.actions["vhourpic"](tx, person, tap)

    await letters.a_trajectory(tx, mine)
    [screen] = await routes.actions["vhours"](tx, person, tap)
    [picture] = await routes.actions["vhourpic"](tx, person, tap)

    assert "vhourpic" in str(getattr(screen, "buttons", ""))
    assert isinstance(picture, File)
    assert picture.as_photo
    assert picture.made.id == "700:2400:en"
    assert "11.67" in picture.caption


async def test_picture_is_drawn_from_what_its_button_says(database: Database) -> None:
    maker = chat.makers(DESK)[milestones.PICTURE_KIND]

    file = await making.content(database, maker, "1200:2400:ps")

    assert _filled(file)[0] == pytest.approx(0.5, abs=0.01)
    for nonsense in ("", "1200", "x:2400:nl", "1200:-5:nl"):
        with pytest.raises(Outdated):
            await making.content(database, maker, nonsense)


@pytest.mark.parametrize(("language", "begins"), [("nl", "🟩"), ("fa_AF", "\u200f🟩")])
async def test_bar_of_squares_begins_where_lines_begin(tx: Tx, language: str, begins: str) -> None:
    person, mine = await letters.a_volunteer(tx, 700, language=language, counts=True)
    await letters.a_trajectory(tx, mine)

    tap = a_tap("vhours", person.telegram_id)
    [screen] = await chat.combined(DESK).actions["vhours"](tx, person, tap)

    [bar] = [line for line in str(getattr(screen, "text", "")).splitlines() if "🟩" in line]
    assert bar.startswith(begins)
