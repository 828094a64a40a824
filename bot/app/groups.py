"""The staff groups: configured ids, by desk or language, and where they moved to when they became
supergroups.
"""

import asyncio
import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.delivery import moves
from bot.storage.engine import Database

_FRESH_FOR = 30.0  # seconds; another replica may have heard of a move

INFODESK = "infodesk"


class StaffGroups(Mapping[str, int]):
    """Name -> chat id, as it is now. "infodesk" is the group for everything; a desk ("legal") or a
    language ("uk") may have one of its own."""

    def __init__(self, configured: Sequence[int], own: Mapping[str, int] | None = None) -> None:
        first = {INFODESK: configured[0]} if configured else {}
        self._named = {**first, **(own or {})}
        self._all = (*configured, *self._named.values())
        self._moved: dict[int, int] = {}

    def __getitem__(self, name: str) -> int:
        return self.now(self._named[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    @property
    def ids(self) -> Collection[int]:
        """Every group in which staff are at home."""
        return {self.now(group) for group in self._all}

    def now(self, group: int) -> int:
        """The id under which a group goes now."""
        while group in self._moved:
            group = self._moved[group]
        return group

    def follow(self, old: int, new: int) -> None:
        """A group has a new id."""
        if old != new and self.now(new) != old:
            self._moved[old] = new

    async def refresh(self, database: Database) -> None:
        """Read the moves that any replica heard of."""
        async with database.reading() as tx:
            for old, new in (await moves.known(tx)).items():
                self.follow(old, new)

    async def keep_fresh(self, database: Database, stop: asyncio.Event) -> None:
        """Refresh now and then, until `stop`."""
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _FRESH_FOR)
            with contextlib.suppress(Exception):
                await self.refresh(database)
