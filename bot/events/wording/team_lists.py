"""The list of a walk in words: by start time and team."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.events.domain import Event, Place
from bot.events.domain.teams import Member, Team, Walk
from bot.events.wording import screens
from bot.language import formats
from bot.language.catalog import N_label, Words

_HEADS = (
    N_label("Start time"),
    N_label("Team"),
    N_label("Captain"),
    N_label("Name"),
    N_label("Walkers"),
    N_label("Place"),
    N_label("Here"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A list as a file says it. `facts`: lines above the table."""

    title: str
    facts: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    is_rtl: bool = False


def sheet(_: Words, walk: Walk) -> Sheet:
    """Title, the counts, and one line for each walker."""
    rows = [
        _row(_, walk.event, member, team=roll.team, members=roll.members)
        for roll in walk.rolls
        for member in roll.members
    ]
    alone = sorted(walk.alone, key=lambda one: walk.event.for_place(one.registration).starts_at)
    rows += [_row(_, walk.event, member, team=None, members=()) for member in alone]
    return Sheet(
        title=screens.title(_, walk.event),
        facts=(
            screens.when(_, walk.event.starts_at, walk.event.ends_at),
            _.plain(
                "{teams} teams · {walkers} walkers · {came} here · {left} still to come",
                teams=len(walk.rolls),
                walkers=walk.walkers,
                came=walk.came,
                left=walk.to_come,
            ),
        ),
        heads=[_.label(one) for one in _HEADS],
        rows=rows,
        is_rtl=_.is_rtl,
    )


def _row(
    _: Words, event: Event, one: Member, *, team: Team | None, members: Sequence[Member]
) -> list[str]:
    captain = next((member.name for member in members if member.is_captain), "")
    has_start = one.registration.own_start is not None
    starts_at = event.for_place(one.registration).starts_at
    return [
        formats.time_words(_, starts_at) if has_start else "",
        "" if team is None else team.name,
        captain,
        one.name,
        str(one.registration.size),
        place(_, one),
        "✓" if one.registration.state is Place.ATTENDED else "",
    ]


def place(_: Words, one: Member) -> str:
    """What somebody has, in a word."""
    if one.registration.state is Place.WAITING:
        return _.label("waits")
    if one.registration.state is Place.OFFERED:
        return _.label("offered")
    return ""
