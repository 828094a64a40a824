"""What a coordinator plans is kept as it was planned."""

from dataclasses import replace

import pytest

from bot.events.domain import Audience, Guest, Kind, Role
from bot.events.service import listing, planning
from bot.storage.transaction import Tx
from tests.support.event_makers import A_DRAFT, NOW

WORKSHOP = replace(
    A_DRAFT,
    kind=Kind.WORKSHOP,
    online_link="https://example.org/room",
    languages=("nl", "fa_AF"),
    has_interpreter=True,
    for_children=True,
    access="Lift, aangepast toilet",
    audience=Audience(roles=(Role.NEWCOMER,), offices=("gent",), languages=("uk",)),
    picture="AgACAgQAAx",
)


async def test_everything_about_an_event_is_kept(tx: Tx) -> None:
    made = await planning.create(tx, WORKSHOP, now=NOW)

    assert (await listing.get(tx, made)).draft == WORKSHOP


async def test_everything_is_the_same_in_each_event_of_a_series(tx: Tx) -> None:
    until = (WORKSHOP.starts_at).date().replace(month=12, day=31)

    made = await planning.make_series(tx, "FREQ=WEEKLY", WORKSHOP, now=NOW, until=until)

    last = (await listing.get(tx, made[-1])).draft
    assert len(made) > 2
    assert last == replace(WORKSHOP, starts_at=last.starts_at, ends_at=last.ends_at)


@pytest.mark.parametrize(
    ("roles", "office", "language", "sees"),
    [
        ({Role.NEWCOMER}, "gent", "uk", True),
        ({Role.NEWCOMER, Role.VOLUNTEER}, "gent", "uk", True),
        ({Role.VOLUNTEER}, "gent", "uk", False),
        ({Role.NEWCOMER}, "leuven", "uk", False),
        ({Role.NEWCOMER}, None, "uk", True),
        ({Role.NEWCOMER}, "gent", "nl", False),
    ],
)
def test_audience_is_who_fits_in_every_way(
    roles: set[Role], office: str | None, language: str, sees: bool
) -> None:
    guest = Guest(tuple(roles), office)
    assert WORKSHOP.audience.includes(guest, language) is sees
    assert Audience().includes(guest, language)
