"""A whole team and newcomers in any order: the audit log explains every state."""

from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import select

from bot.delivery import outbox
from bot.handover.domain import TRANSITIONS, WITH_A_COLLEAGUE, Party, State
from bot.handover.service import checking, keeping
from bot.handover.tables import a_piece, case_messages
from bot.people import tables as people
from bot.people.domain import Role
from tests.handover.test_story import CASES, NEWCOMERS, Queue
from tests.support.handover_makers import CHRIS, HOLD, JORIS, SARA, TOM

ROLES = {
    TOM: Role.TRAINEE,
    JORIS: Role.STAFF,
    SARA: Role.STAFF,
    CHRIS: Role.COORDINATOR,
}
QUALITIES = {
    Role.TRAINEE: {Party.TEAM},
    Role.STAFF: {Party.TEAM, Party.STAFF},
    Role.COORDINATOR: {Party.TEAM, Party.STAFF, Party.COORDINATOR},
}
EVERYBODY = st.sampled_from(sorted(ROLES))
VERBS = st.sampled_from(
    ["claim", "claim", "claim", "release", "close", "close", "reopen", "drop", "restore"]
)
NOBODY_HAS_IT = ("release", "hand_over", "restore", "requeue")  # after it, the claimant is nobody


class Transitions(Queue):
    """The rules of the story, and those of a team: whose ✓, who hands over to whom."""

    async def _opened(self) -> None:
        await super()._opened()
        self.ids: dict[int, int] = {}  # person id -> telegram id
        for who, role in ROLES.items():
            colleague = await self.office.colleague(who, role)
            self.ids[colleague.id] = who

    async def _thread(self, case_id: int) -> int | None:
        place = await outbox.slot(self.office.tx, f"case:{case_id}:topic")
        return None if place is None else place.id

    @rule(who=EVERYBODY, verb=VERBS, case=CASES)
    def anybody_of_the_team_taps(self, who: int, verb: str, case: int) -> None:
        self.run(self.office.taps(who, f"{verb}:{case}"))

    @rule(who=EVERYBODY, to=EVERYBODY, case=CASES)
    def hands_over_to_a_colleague(self, who: int, to: int, case: int) -> None:
        receiver = next(id_ for id_, telegram_id in self.ids.items() if telegram_id == to)
        self.run(self.office.taps(who, f"hand_do:{case}:c{receiver}"))

    @rule(who=EVERYBODY, case=CASES, where=st.sampled_from(["luk", "len", "dlegal", "dinfodesk"]))
    def hands_over_to_another_inbox(self, who: int, case: int, where: str) -> None:
        self.run(self.office.taps(who, f"hand_do:{case}:{where}"))

    @rule(who=EVERYBODY, case=CASES, tag=st.sampled_from(["urgent", "needs"]))
    def tags(self, who: int, case: int, tag: str) -> None:
        self.run(self.office.taps(who, f"tag_{tag}:{case}:{1 if tag == 'urgent' else 'legal'}"))

    @rule(who=st.sampled_from([TOM, CHRIS]), case=CASES, is_patient=st.booleans())
    def trainee_and_coordinator_write(self, who: int, case: int, is_patient: bool) -> None:
        self.run(self._colleague_writes(who, case, is_note=False))
        if who == TOM:  # nothing of it goes out before a mentor's ✓
            self.spoken.update({text: 0 for text, by in self.spoken.items() if by == TOM})
            self.spoken.update(dict.fromkeys(self.run(self._checked()), TOM))
        if is_patient:
            self.run(self.office.waits(HOLD))

    async def _checked(self) -> list[str]:
        rows = case_messages.c
        found = await self.office.tx.all(select(rows.text).where(rows.checked_by.is_not(None)))
        return [row["text"] for row in found]

    @rule(who=EVERYBODY, is_ok=st.booleans(), data=st.data())
    def mentor_checks(self, who: int, is_ok: bool, data: st.DataObject) -> None:
        waiting = self.run(self._pieces())
        if waiting:
            self.run(self._checks(who, is_ok, data.draw(st.sampled_from(waiting))))

    async def _pieces(self) -> list[Any]:
        own = select(case_messages).where(case_messages.c.direction == "out")
        return [a_piece(row) for row in await self.office.tx.all(own)]

    async def _checks(self, who: int, is_ok: bool, piece: Any) -> None:
        case = await self.office.case(piece.case_id)
        author = self.ids.get(piece.author_id)
        is_mentor = Party.STAFF in QUALITIES[ROLES[who]] and who != author
        is_theirs = case.claimed_by == piece.author_id and case.state in WITH_A_COLLEAGUE
        may = piece.state == "checking" and is_mentor
        if may and is_ok and is_theirs:
            self.spoken[piece.text] = author or 0
        action = (
            f"check_ok:{piece.id}:{checking.version(piece)}"
            if is_ok
            else "check_no:" + str(piece.id)
        )
        await self.office.taps(who, action)
        after = next(one for one in await self._pieces() if one.id == piece.id)
        expected = piece.state
        if may:
            expected = "stopped" if not is_ok else "held" if is_theirs else "checking"
        assert after.state == expected

    @rule(who=NEWCOMERS)
    def newcomer_deletes_everything(self, who: int) -> None:
        self.run(self._forgets(who))

    async def _forgets(self, who: int) -> None:
        own = select(people.people.c.id).where(people.people.c.telegram_id == who)
        await keeping.forget(
            self.office.desk, self.office.tx, await self.office.tx.scalar(own), now=self.office.now
        )
        await self.office.delivers()

    @invariant()
    def the_audit_log_explains_each_state(self) -> None:
        self.run(self._explained())

    async def _explained(self) -> None:
        log = people.audit.c
        for case in await self._cases():
            steps = await self.office.tx.all(
                select(log.action, log.actor)
                .where(log.subject == f"case:{case.id}")
                .order_by(log.id)
            )
            state, claimant = self._replayed(case, steps)
            assert case.state is state
            if state in WITH_A_COLLEAGUE:
                assert case.claimed_by == claimant

    def _replayed(self, case: Any, steps: Sequence[Any]) -> tuple[State, int | None]:
        """Go through the log by the table alone, each step allowed to whoever did it."""
        state, claimant = State.DRAFT, None
        for step in steps:
            name = step["action"].removeprefix("case.")
            if name not in TRANSITIONS:
                continue
            move = TRANSITIONS[name]
            assert state in move.sources, (name, state)
            assert self._parties(case, step["actor"], claimant) & {*move.by}, (name, step["actor"])
            state = move.target
            if name == "claim":
                claimant = step["actor"]
            elif name in NOBODY_HAS_IT:
                claimant = None
        return state, claimant

    def _parties(self, case: Any, actor: int | None, claimant: int | None) -> set[Party]:
        if actor is None:
            return {Party.BOT}
        if actor not in self.ids:
            is_own = case.person_id in (actor, None)  # None: erased since
            return {Party.PERSON} if is_own else set()
        own = {Party.CLAIMANT} if actor == claimant else set()
        return QUALITIES[ROLES[self.ids[actor]]] | own

    @invariant()
    def nobody_waits_for_two(self) -> None:
        for case in self.run(self._cases()):
            assert case.handed_to is None or case.state is not State.CLAIMED

    @invariant()
    def an_erased_question_keeps_nothing(self) -> None:
        for case in self.run(self._cases()):
            if case.state is State.DELETED:
                assert (case.person_id, case.claimed_by, case.note) == (None, None, "")


TestTransitions = Transitions.TestCase
TestTransitions.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
