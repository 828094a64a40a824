"""Who becomes a contact person, and who may not see complaints."""

import asyncio

import pytest

from bot.complaints import domain
from bot.complaints.domain import LinkSpent
from bot.complaints.service import contacts
from bot.people.domain import Person, Role
from bot.storage.engine import Database
from tests.support import people_makers
from tests.support.complaints_makers import AMINA, JORIS, LIEN, NOW, OLENA, WARD, Booth


async def test_link_makes_a_contact_person_without_any_role(booth: Booth) -> None:
    person = await booth.person(WARD)

    assert "complaints about Example &amp; Co come to you here" in booth.last_text(WARD)
    assert person.role is None
    assert [one.id for one in await contacts.all_of(booth.tx)] == [person.id]


async def test_link_works_once(booth: Booth) -> None:
    code = await booth.link()
    await booth.person(LIEN)
    await booth.person(OLENA)

    await booth.says(LIEN, f"/start contact_{code}")
    await booth.says(OLENA, f"/start contact_{code}")
    await booth.says(LIEN, f"/start contact_{code}")

    assert booth.last_text(OLENA) == "This link no longer works. Please ask for a new one."
    assert booth.last_text(LIEN).startswith("Welcome.")
    assert len(await contacts.all_of(booth.tx)) == 2


async def test_link_is_too_old_after_a_week(booth: Booth) -> None:
    code = await booth.link()
    await booth.waits(domain.INVITATION_LASTS)
    await booth.person(LIEN)

    await booth.says(LIEN, f"/start contact_{code}")

    assert "no longer works" in booth.last_text(LIEN)


async def test_code_of_the_link_is_stored_nowhere(booth: Booth) -> None:
    code = await booth.link()

    assert code not in f"{await booth.everywhere()}"


@pytest.mark.parametrize("role", list(Role))
async def test_nobody_of_the_team_becomes_a_contact_person(booth: Booth, role: Role) -> None:
    await booth.colleague(JORIS, role)

    await booth.says(JORIS, f"/start contact_{await booth.link()}")

    assert "somebody outside the team" in booth.last_text(JORIS)
    assert len(await contacts.all_of(booth.tx)) == 1


async def test_contact_person_who_joins_the_team_receives_nothing(booth: Booth) -> None:
    await booth.complained("named")
    place = await booth.place()
    await booth.contact(LIEN)
    await booth.colleague(WARD, Role.ADMIN)
    before = len(booth.texts(WARD))

    await booth.complained("named", text="zebra crossing")
    received = booth.texts(WARD)[before:]
    await booth.says(WARD, "What was that?", reply_to=place)

    assert received == []
    assert "zebra crossing" in booth.last_text(LIEN)
    assert "You belong to the team." in booth.last_text(WARD)


async def test_removed_contact_person_cannot_reply(booth: Booth) -> None:
    await booth.complained("named")
    place = await booth.place()
    person = await booth.person(WARD)

    assert await contacts.remove(booth.tx, person.id, now=booth.now)
    assert not await contacts.remove(booth.tx, person.id, now=booth.now)
    await booth.says(WARD, "Hello?", reply_to=place)

    assert booth.last_text(WARD) == "Only the contact person for complaints can do this."


async def test_who_becomes_one_gets_everything_that_waits(booth: Booth) -> None:
    await booth.complained("named", text="zebra crossing")
    await booth.complained("anonymous", text="giraffe")

    await booth.contact(LIEN)

    assert "zebra crossing" in booth.texts(LIEN)[0]
    assert "giraffe" in booth.texts(LIEN)[1]
    assert "2 complaints wait for your reply." in booth.last_text(LIEN)


async def test_complaint_waits_when_the_last_contact_person_left(booth: Booth) -> None:
    await booth.wrote("anonymous", text="zebra crossing")
    await booth.presses(AMINA, "📨 Send")
    await contacts.remove(booth.tx, (await booth.person(WARD)).id, now=booth.now)
    await booth.waits()

    await booth.contact(LIEN)

    assert "zebra crossing" in booth.texts(LIEN)[0]


async def test_send_without_anybody_to_receive_keeps_the_words(booth: Booth) -> None:
    await booth.wrote("named")
    await contacts.remove(booth.tx, (await booth.person(WARD)).id, now=booth.now)
    await booth.presses(AMINA, "📨 Send")
    told = booth.toasts[-1]
    await booth.contact(LIEN)

    await booth.presses(AMINA, "📨 Send")

    assert "klachten@example.org" in told
    assert "#1" in booth.last_text(AMINA)


async def test_waiting_complaints_are_recalled_each_week(booth: Booth) -> None:
    await booth.complained("named")

    await booth.nights(6)
    early = booth.last_text(WARD)
    await booth.nights(1)

    assert "still waits" not in early
    assert booth.last_text(WARD) == "⏳ 1 complaint still waits for a reply: #1"


async def test_of_two_at_once_exactly_one_takes_the_link(database: Database) -> None:
    async with database.writing() as tx:
        rivals = [await people_makers.a_person(tx, number) for number in (1, 2, 3)]
        code = await contacts.invite(tx, now=NOW)

    async def tries(person: Person) -> bool:
        try:
            async with database.writing() as tx:
                return await contacts.join(tx, person, code, now=NOW)
        except LinkSpent:
            return False

    assert sum(await asyncio.gather(*(tries(one) for one in rivals))) == 1
    async with database.writing() as tx:
        counted = await contacts.counts(tx)
    assert (counted.contacts, counted.waiting) == (1, 0)


async def test_old_links_go_after_a_while(booth: Booth) -> None:
    await booth.link()

    await booth.nights((domain.INVITATION_LASTS + domain.INVITATION_KEPT).days + 1)

    assert "complaint_invitations" not in await booth.everywhere()
    assert await booth.person(WARD) in await contacts.all_of(booth.tx)
