"""The further profile of a volunteer: read for the dialog, written at its end."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain import Status
from bot.volunteering.domain.enrolling import Volunteer
from bot.volunteering.service import volunteers


def answers(one: Volunteer) -> dict[str, Any]:
    """What the file says already, as answers of the dialog; what is empty is asked."""
    file, level = one.file, one.languages.get("nl")
    known = {
        "dutch": None if level is None else str(level),
        "sectors": file["sectors"],
        "wishes": file["wishes"],
        "days": file["availability"],
        "talents": file["talents"],
        "motivation": _motivation(file),
        "mobility": file["mobility"],
        "far": file["max_km"],
    }
    return {name: value for name, value in known.items() if value}


def _motivation(file: Mapping[str, Any]) -> dict[str, Any] | None:
    if file["motivation_voice"] is not None:
        return {"voice": file["motivation_voice"]}
    return {"text": file["motivation"]} if file["motivation"] else None


async def save(tx: Tx, one: Volunteer, said: Mapping[str, Any], *, now: datetime) -> None:
    """Write what was answered; what was left out stays as it was."""
    values: dict[str, Any] = {
        "sectors": said["sectors"],
        "wishes": said["wishes"],
        "availability": said["days"],
        "talents": said["talents"],
        "mobility": said["mobility"],
        "max_km": said["far"],
        "has_licence": said["licence"],
        "brings_children": said["children"],
    }
    if said["dutch"] is not None:
        values["languages"] = _with_dutch(one.languages, int(said["dutch"]))
    if (motivation := said["motivation"]) is not None:
        values["motivation"] = motivation.get("text")
        values["motivation_voice"] = motivation.get("voice")
    if said["referrer"]:
        values["referred_by"] = said["referrer"]
    given = {name: value for name, value in values.items() if value is not None}
    await volunteers.change(tx, one.id, now=now, **given)
    if said["trajectory"]:
        await _register(tx, one, said, now=now)


async def has_trajectory(tx: Tx, one: Volunteer) -> bool:
    """Is a 40-hour trajectory known already?"""
    table = tables.trajectories
    found = await tx.scalar(select(table.c.id).where(table.c.volunteer_id == one.id))
    return found is not None


async def _register(tx: Tx, one: Volunteer, said: Mapping[str, Any], *, now: datetime) -> None:
    """A 40-hour trajectory begins; one that exists stays as it is."""
    values = {
        "volunteer_id": one.id,
        "status": Status.REGISTERED,
        "referrer": said["referrer"],
        "report_back_at": now if said["report"] else None,
        "started_at": now,
        "changed_at": now,
    }
    statement = tx.insert(tables.trajectories).values(**values)
    await tx.execute(statement.on_conflict_do_nothing(index_elements=["volunteer_id"]))


def _with_dutch(languages: Mapping[str, int], level: int) -> dict[str, int]:
    others = {code: one for code, one in languages.items() if code != "nl"}
    return others if level == 0 else {"nl": level, **others}
