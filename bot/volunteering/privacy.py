"""A person's share in volunteering: what to hand over, what to erase."""

from collections.abc import Collection
from datetime import datetime

from bot.storage.transaction import Tx
from bot.volunteering.service import keeping


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """`volunteers` and what hangs on it: `consents`, `checklist_items`, `placements`, `hours`,
    `trajectories`, `evaluation_requests`, `letters`, `notes`, `follow_ups`, `referrals`,
    `link_codes`; `partners`; `organisation_contacts`."""
    return await keeping.export(tx, person_id)


async def forget_person(
    tx: Tx, person_id: int, *, now: datetime, office_towns: Collection[str] = ()
) -> None:
    """`volunteers` is stripped, what hangs on it erased, `picks`, `doubles` and `partners` too;
    `hours`, `placements`, `trajectories` and `evaluation_requests` stay as numbers;
    `office_coordinators`, `assignments` and `talks` lose the link."""
    await keeping.forget(tx, person_id, now=now, office_towns=office_towns)
