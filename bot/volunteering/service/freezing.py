"""A closed year stays as counts: erasure and clean-up never change what was reported."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.errors import N_, Refused
from bot.people.domain import PersonId
from bot.people.service import audit
from bot.storage.transaction import Tx
from bot.volunteering import tables

# office, project, kind ("" in totals) and figure -> count
Counts = Mapping[tuple[str, str, str, str], int]

_KEY = ("year", "office", "project", "kind", "figure")
_BATCH = 500


class YearNotOver(Refused):
    """A year that still runs cannot be closed."""

    sentence = N_("{year} is not over yet.")


def require_over(year: int, today: date) -> None:
    """Raises YearNotOver on every day before the next year's first."""
    if today.year <= year:
        raise YearNotOver(year=str(year))


async def freeze(
    tx: Tx, year: int, counts: Counts, *, now: datetime, actor: PersonId | None = None
) -> bool:
    """Write a year's counts down, once; False: they stand already, and stay as they are. actor: who
    did it; None: whoever runs the bot."""
    table = tables.frozen_figures
    values = [
        {**dict(zip(_KEY, (year, *key), strict=True)), "count": count, "frozen_at": now}
        for key, count in counts.items()
    ]
    written = 0
    for start in range(0, len(values), _BATCH):
        made = tx.insert(table).values(values[start : start + _BATCH])
        done = await tx.execute(made.on_conflict_do_nothing(index_elements=list(_KEY)))
        written += done.rowcount
        if start == 0 and not written:
            return False
    await audit.record(tx, at=now, actor=actor, action="figures.closed", subject=f"year:{year}")
    return True
