"""Who may claim follows what a coordinator sets with /team."""

from dataclasses import replace

from bot.people import staff_chat
from bot.people.domain import Role
from tests.support import people_makers as making
from tests.support.handover_makers import JORIS, SARA, Office


async def test_claims_follow_training_that_a_coordinator_gives(office: Office) -> None:
    desk = making.a_desk(office.desk.catalogs, staff_language="en")
    trained = replace(office, further=(staff_chat.routes(desk),))
    await trained.colleague(SARA, Role.COORDINATOR)
    case = await trained.asked()
    await trained.notes(case, needs="violence")
    await trained.taps(JORIS, f"claim:{case.id}")
    assert (await trained.case()).state == "new"

    await trained.says(JORIS, "/team Joris skills violence", group=True)
    await trained.taps(JORIS, f"claim:{case.id}")
    assert (await trained.case()).state == "new"

    await trained.says(SARA, "/team Joris skills violence", group=True)
    await trained.taps(JORIS, f"claim:{case.id}")
    assert (await trained.case()).state == "claimed"

    await trained.says(SARA, "/team Joris skills none", group=True)
    assert (await trained.case()).state == "claimed"
