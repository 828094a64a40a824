"""What the database says after a day: each question in one state, which its audit log explains."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.handover.domain import TRANSITIONS, State
from bot.handover.tables import cases
from bot.people.tables import audit
from bot.storage.engine import Database
from bot.storage.transaction import Tx


@dataclass(frozen=True)
class Ledger:
    """faults: what cannot be explained; states: how many questions are in each state."""

    faults: list[str]
    states: dict[str, int]


async def read(database_url: str) -> Ledger:
    """Follow every question through its audit log to the state that it is in."""
    database = Database(database_url)
    try:
        async with database.reading() as tx:
            return await _read(tx)
    finally:
        await database.close()


async def _read(tx: Tx) -> Ledger:
    faults: list[str] = []
    states: dict[str, int] = {}
    for case in await tx.all(select(cases).order_by(cases.c.id)):
        states[case["state"]] = states.get(case["state"], 0) + 1
        state = State.DRAFT
        for step in await _steps(tx, case["id"]):
            if state not in TRANSITIONS[step].sources:
                faults.append(f"case {case['id']}: {step} from {state}")
            state = TRANSITIONS[step].target
        if state != case["state"]:
            faults.append(f"case {case['id']} is {case['state']}; its log ends with {state}")
    return Ledger(faults, states)


async def _steps(tx: Tx, case_id: int) -> list[str]:
    own = audit.c.subject == f"case:{case_id}"
    found = await tx.all(select(audit.c.action).where(own).order_by(audit.c.id))
    names = (row["action"].removeprefix("case.") for row in found)
    return [name for name in names if name in TRANSITIONS]
