"""Several colleagues and two newcomers act in any order, and the promises hold."""

import asyncio
import shutil
import tempfile
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from bot import clock
from bot.app import schema
from bot.delivery.messages import Copy, Edit, MakeTopic, Message, Outgoing, decode
from bot.delivery.tables import outbox
from bot.handover.domain import OPEN, WITH_A_COLLEAGUE, State
from bot.handover.tables import a_case, a_piece, case_messages, cases
from bot.language.catalog import Catalogs
from bot.people import tables as people
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.conftest import LOCALES
from tests.support import databases
from tests.support.handover_makers import AMINA, GROUP, HOLD, JORIS, OLENA, SARA, Office, a_desk

CATALOGS = Catalogs.load(LOCALES)
NEWCOMERS, COLLEAGUES = st.sampled_from([AMINA, OLENA]), st.sampled_from([JORIS, SARA])
CASES = st.integers(min_value=1, max_value=3)


def _template() -> Path:
    file = Path(tempfile.mkdtemp()) / "template.sqlite"
    databases.create_tables(file, schema.everything())
    return file


TEMPLATE = _template()


class Queue(RuleBasedStateMachine):
    """Every rule is a turn; Telegram delivers at once, answers wait for `time_goes_by`."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(TEMPLATE, self.folder / "test.sqlite")
        self.database = Database(f"sqlite:///{self.folder / 'test.sqlite'}")
        self.writing: AbstractAsyncContextManager[Tx] = self.database.writing()
        self.spoken: dict[str, int] = {}  # a colleague's words -> who said them
        self.count = 0
        self.run(self._opened())

    def run(self, coroutine: Any) -> Any:
        return self.loop.run_until_complete(coroutine)

    async def _opened(self) -> None:
        self.office = Office(await self.writing.__aenter__(), a_desk(CATALOGS))
        for newcomer in (AMINA, OLENA):
            await self.office.person(newcomer)
        for colleague in (JORIS, SARA):
            await self.office.colleague(colleague)
        await self.office.claimed()

    def teardown(self) -> None:
        self.run(self.writing.__aexit__(None, None, None))
        self.run(self.database.close())
        self.loop.close()
        shutil.rmtree(self.folder)
        clock.runs_true()

    def _text(self, what: str) -> str:
        self.count += 1
        return f"{what}-{self.count}."

    @rule(who=NEWCOMERS)
    def asks(self, who: int) -> None:
        self.run(self._asks(who))

    async def _asks(self, who: int) -> None:
        await self.office.taps(who, "ask:")
        await self.office.says(who, self._text("question"))
        await self.office.taps(who, "ask_send")

    @rule(who=NEWCOMERS)
    def writes(self, who: int) -> None:
        self.run(self.office.says(who, self._text("words")))

    @rule(who=NEWCOMERS, action=st.sampled_from(["solved", "go_on", "claim", "close"]), case=CASES)
    def newcomer_taps(self, who: int, action: str, case: int) -> None:
        self.run(self.office.taps(who, f"{action}:{case}"))

    @rule(
        who=COLLEAGUES,
        action=st.sampled_from(["claim", "claim", "release", "close", "reopen", "drop", "restore"]),
        case=CASES,
    )
    def colleague_taps(self, who: int, action: str, case: int) -> None:
        self.run(self.office.taps(who, f"{action}:{case}"))

    @rule(who=COLLEAGUES, case=CASES, is_note=st.booleans(), is_patient=st.booleans())
    def colleague_writes(self, who: int, case: int, is_note: bool, is_patient: bool) -> None:
        self.run(self._colleague_writes(who, case, is_note))
        if is_patient:
            self.run(self.office.waits(HOLD))

    async def _colleague_writes(self, who: int, case_id: int, is_note: bool) -> None:
        thread = await self._thread(case_id)
        if thread is None:
            return
        text = self._text("note" if is_note else "answer")
        case = await self.office.case(case_id)
        claimant = await self._telegram_id(case.claimed_by)
        may_speak = case.state in WITH_A_COLLEAGUE and claimant == who and not is_note
        self.spoken[text] = who if may_speak else 0
        said = f"//{text}" if is_note else text
        await self.office.says(who, said, group=True, thread=thread)

    @rule(who=COLLEAGUES, case=CASES, command=st.sampled_from(["/stop", "/undo"]))
    def colleague_takes_back(self, who: int, case: int, command: str) -> None:
        self.run(self._takes_back(who, case, command))

    async def _takes_back(self, who: int, case_id: int, command: str) -> None:
        thread = await self._thread(case_id)
        if thread is not None:
            await self.office.says(who, command, group=True, thread=thread)

    @rule()
    def time_goes_by(self) -> None:
        self.run(self.office.waits(HOLD))

    async def _thread(self, case_id: int) -> int | None:
        row = await self.office.tx.one(select(cases).where(cases.c.id == case_id))
        if row is None or not row["topic_round"]:
            return None
        return await self.office.thread(a_case(row))

    async def _telegram_id(self, person_id: int | None) -> int | None:
        found = select(people.people.c.telegram_id).where(people.people.c.id == person_id)
        telegram_id: int | None = await self.office.tx.scalar(found)
        return telegram_id

    @invariant()
    def a_claimed_case_has_one_claimant_and_a_waiting_one_none(self) -> None:
        for case in self.run(self._cases()):
            assert (case.claimed_by is not None) >= (case.state in WITH_A_COLLEAGUE)
            assert case.state is not State.NEW or case.claimed_by is None

    async def _cases(self) -> list[Any]:
        return [a_case(row) for row in await self.office.tx.all(select(cases))]

    @invariant()
    def nothing_but_the_claimants_words_went_out(self) -> None:
        told = "\n".join(self.office.texts(AMINA) + self.office.texts(OLENA))
        for text, who in self.spoken.items():
            assert text not in told or who != 0

    @invariant()
    def whatever_a_person_said_can_be_seen_by_colleagues(self) -> None:
        self.run(self._everything_seen())

    async def _everything_seen(self) -> None:
        posts = [*self.office.seen_by(GROUP), *await self._on_their_way()]
        shown = "\n".join(post.text for post in posts if isinstance(post, Outgoing | Edit))
        copied = {
            id_
            for message in self.office.seen_by(GROUP)
            if isinstance(message, Copy)
            for id_ in message.message_ids
        }
        visible = {case.id for case in await self._cases() if case.state in OPEN}
        rows = await self.office.tx.all(
            select(case_messages).where(case_messages.c.direction == "in")
        )
        for piece in (a_piece(row) for row in rows if row["case_id"] in visible):
            assert piece.text in shown or set(piece.message_ids) <= copied

    async def _on_their_way(self) -> list[Message]:
        """What is kept for later: a card changes only so often."""
        rows = await self.office.tx.all(select(outbox.c.body).where(outbox.c.state == "waiting"))
        return [decode(row["body"]) for row in rows]

    @invariant()
    def no_case_has_two_topics(self) -> None:
        made = [m.slot for m in self.office.sent if isinstance(m, MakeTopic)]
        assert len(made) == len(set(made))


TestQueue = Queue.TestCase
TestQueue.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
