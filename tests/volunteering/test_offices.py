"""Who looks after which office: ticked by administrators, judged on the rows at every tap."""

import pytest

from bot.errors import NotAllowed
from bot.language.catalog import Catalogs
from bot.people.domain import Person, Role
from bot.storage.transaction import Tx
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.service import offices
from tests.support.signup_makers import Volunteering, a_desk, a_phone


async def _team(tx: Tx, catalogs: Catalogs) -> tuple[Volunteering, Volunteering, Volunteering]:
    desk = a_desk(catalogs)
    chief = await a_phone(tx, desk, "Chief", number=70, role=Role.ADMIN)
    karen = await a_phone(tx, desk, "Karen", number=71, role=Role.COORDINATOR)
    nadia = await a_phone(tx, desk, "Nadia", number=72, role=Role.COORDINATOR)
    return chief, karen, nadia


def _who(phone: Volunteering) -> Person:
    assert isinstance(phone.person, Person)
    return phone.person


async def test_ticked_coordinator_has_the_office_alone(tx: Tx, catalogs: Catalogs) -> None:
    chief, karen, nadia = await _team(tx, catalogs)
    await chief.press("vcoffice:gent")
    await chief.press(f"vcofficeset:gent:{_who(karen).id}:1")
    await chief.press(f"vcofficeset:gent:{_who(karen).id}:1")  # twice changes nothing

    await offices.require_office(tx, _who(karen), "gent")
    with pytest.raises(NotYourOffice):
        await offices.require_office(tx, _who(nadia), "gent")
    await nadia.press("vcoffices")
    assert "Gent: Karen" in nadia.text
    assert "Leuven: all coordinators" in nadia.text
    await chief.press(f"vcofficeset:gent:{_who(karen).id}:0")
    await offices.require_office(tx, _who(nadia), "gent")


async def test_only_administrators_say_whose_an_office_is(tx: Tx, catalogs: Catalogs) -> None:
    _chief, karen, _nadia = await _team(tx, catalogs)
    amina = await a_phone(tx, a_desk(catalogs), "Amina", number=73)

    for who in (karen, amina):
        with pytest.raises(NotAllowed):
            await offices.give(tx, _who(who), "gent", _who(karen).id, is_on=True, now=who.at)
    await karen.press("vcoffice:gent")
    assert karen.refused


async def test_nobody_but_a_coordinator_is_given_an_office(tx: Tx, catalogs: Catalogs) -> None:
    chief, _karen, nadia = await _team(tx, catalogs)
    amina = await a_phone(tx, a_desk(catalogs), "Amina", number=73)

    for forged in (f"gent:{_who(amina).id}:1", "gent:999:1", "mars:1:1", "gent:1:2", "gent"):
        await chief.press(f"vcofficeset:{forged}")
        assert chief.refused
    await offices.require_office(tx, _who(nadia), "gent")
