"""In what order the posts of one group leave, whatever is posted and in whatever order."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.delivery import outbox
from bot.delivery.messages import LANES, Lane, MakeTopic, Message, Outgoing
from bot.delivery.outcomes import Outcome
from bot.storage.engine import Database
from tests.support.delivery_makers import Line, a_sender, rounds

GROUP = -9
TOPICS = 3

lanes: st.SearchStrategy[Lane] = st.sampled_from(("urgent", "reply", "notice", "update"))
posts = st.lists(st.tuples(lanes, st.integers(0, TOPICS - 1)), min_size=1, max_size=12)
topics = st.tuples(*[lanes] * TOPICS)


class _Names(Line):
    """Hears a topic by its slot too."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    async def send(self, message: Message, places: Mapping[str, int]) -> Outcome:
        """The transport's part."""
        assert isinstance(message, MakeTopic | Outgoing)
        self.names.append(message.text if isinstance(message, Outgoing) else message.slot)
        return await super().send(message, places)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(topics=topics, posts=posts)
def test_urgent_goes_first_and_nothing_before_its_topic(
    sqlite_template: Path, topics: tuple[Lane, ...], posts: list[tuple[Lane, int]]
) -> None:
    left = asyncio.run(_left(sqlite_template, topics, posts))

    asked = [f"{number}:{lane}:{topic}" for number, (lane, topic) in enumerate(posts)]
    places = {name: place for place, name in enumerate(left)}
    assert sorted(left) == sorted([*asked, *(f"topic:{one}" for one in range(TOPICS))])
    for name in asked:
        assert places[f"topic:{name.rpartition(':')[2]}"] < places[name]
    for earlier, later in itertools.pairwise(one for one in left if one in asked):
        assert _rank(earlier) < _rank(later)


def _rank(name: str) -> tuple[int, int]:
    number, lane, _ = name.split(":")
    return LANES[lane], int(number)  # type: ignore[index]


async def _left(
    template: Path, topics: tuple[Lane, ...], posts: list[tuple[Lane, int]]
) -> list[str]:
    line = _Names()
    made: list[Message] = [
        MakeTopic(to=GROUP, slot=f"topic:{one}", name=str(one), lane=lane)
        for one, lane in enumerate(topics)
    ]
    said: list[Message] = [
        Outgoing(to=GROUP, text=f"{number}:{lane}:{one}", lane=lane, in_topic=f"topic:{one}")
        for number, (lane, one) in enumerate(posts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(template, Path(folder) / "post.sqlite")
        database = Database(f"sqlite:///{copy}")
        try:
            async with database.writing() as tx:
                await outbox.put(tx, *made, *said)
            await rounds(a_sender(database, line), 3 * (len(said) + len(made)))
        finally:
            await database.close()
    return line.names
