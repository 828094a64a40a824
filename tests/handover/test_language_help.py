"""The claimant does not speak the person's language: the header says so, and who does."""

from dataclasses import replace
from datetime import time

from sqlalchemy import select, update

from bot.delivery.messages import Outgoing
from bot.duty.desk import Timetable
from bot.duty.domain import Block, Duty, Roster
from bot.people import tables as people_tables
from tests.support.handover_makers import AMINA, GROUP, JORIS, SARA, TOM, Office

HELP = "use 📚 or 💬, or hand it over."


async def _speaks(office: Office, who: int, *languages: str) -> int:
    """A colleague has told which languages they speak; returns their id."""
    staff, people = people_tables.staff, people_tables.people
    own = select(people.c.id).where(people.c.telegram_id == who)
    id_ = int(await office.tx.scalar(own))
    await office.tx.execute(
        update(staff).where(staff.c.person_id == id_).values(languages=list(languages))
    )
    return id_


def _header(office: Office) -> str:
    found = [one for one in office.seen_by(GROUP) if isinstance(one, Outgoing)]
    return next(one.text for one in reversed(found) if one.slot == "case:1:header")


async def test_header_offers_help_and_names_the_team(office: Office) -> None:
    await office.person(AMINA, "uk")
    await office.colleague(TOM)
    await _speaks(office, JORIS, "nl", "en")
    await _speaks(office, SARA, "nl")
    await _speaks(office, TOM, "uk", "nl")

    await office.claimed()

    assert f"🗣 Joris does not speak Ukrainian: {HELP}" in _header(office)
    assert "Ukrainian is spoken by Tom." in _header(office)


async def test_who_is_on_duty_is_named_first(office: Office) -> None:
    await office.person(AMINA, "uk")
    await office.colleague(TOM)
    await _speaks(office, JORIS, "nl")
    sara = await _speaks(office, SARA, "uk")
    await _speaks(office, TOM, "uk")
    day = office.now.weekday()
    morning = Duty("infodesk", "uk", day, Block(time(9), time(12)), sara)
    roster = Roster(duties=(morning,), staff=frozenset({sara}))
    office.desk = replace(office.desk, timetable=Timetable(roster=roster))

    await office.claimed()

    assert "Ukrainian is spoken by Sara." in _header(office)


async def test_nobody_who_speaks_it_is_not_invented(office: Office) -> None:
    await office.person(AMINA, "uk")
    await _speaks(office, JORIS, "nl")

    await office.claimed()

    assert f"🗣 Joris does not speak Ukrainian: {HELP}" in _header(office)
    assert "is spoken by" not in _header(office)


async def test_claimant_who_speaks_it_needs_no_help(office: Office) -> None:
    await office.person(AMINA, "uk")
    await _speaks(office, JORIS, "nl", "uk")

    await office.claimed()

    assert HELP not in _header(office)


async def test_colleague_whose_languages_are_not_known_is_left_alone(office: Office) -> None:
    await office.person(AMINA, "uk")

    await office.claimed()

    assert HELP not in _header(office)


async def test_next_claimant_is_told_in_the_same_topic(office: Office) -> None:
    await office.person(AMINA, "uk")
    await _speaks(office, JORIS, "uk")
    await _speaks(office, SARA, "nl")
    case = await office.claimed()
    await office.taps(JORIS, f"release:{case.id}")

    await office.taps(SARA, f"claim:{case.id}")

    said = [text for text in office.texts(GROUP) if text.startswith("👤 Now with Sara")]
    assert f"🗣 Sara does not speak Ukrainian: {HELP}" in said[0]
    assert "Ukrainian is spoken by Joris." in said[0]
