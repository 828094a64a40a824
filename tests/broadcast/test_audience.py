"""Who is meant: distinct people, by group, language, region and what they chose."""

import pytest
from sqlalchemy import update

from bot.broadcast.domain import Audience, Group, Kind, Topic
from bot.broadcast.service import audience, subscriptions
from bot.people.domain import Role, State
from bot.storage.transaction import Tx
from bot.volunteering import tables as volunteering
from bot.volunteering.service import thanks
from tests.support import broadcast_makers as making
from tests.support import volunteering_makers
from tests.support.broadcast_makers import a_draft
from tests.support.volunteering_makers import GENT, LEUVEN, NOW


async def _reach(tx: Tx, groups: tuple[Group, ...] = tuple(Group), **further: object) -> int:
    draft = a_draft(audience=Audience(groups, **further))  # type: ignore[arg-type]
    return (await audience.count(tx, draft, now=NOW)).people


async def test_each_group_counts_its_own_people_once(tx: Tx) -> None:
    await making.a_newcomer(tx, 1)
    await making.a_worker(tx, 2)
    karen = await making.a_colleague(tx, 3)
    await volunteering_makers.a_volunteer(tx, person=karen.id)

    assert await _reach(tx, (Group.NEWCOMERS,)) == 1
    assert await _reach(tx, (Group.VOLUNTEERS,)) == 2
    assert await _reach(tx, (Group.STAFF,)) == 1
    assert await _reach(tx) == 3


async def test_preview_counts_by_language_and_blocked_people_apart(tx: Tx) -> None:
    await making.a_newcomer(tx, 1, "uk")
    await making.a_newcomer(tx, 2, "uk")
    await making.a_newcomer(tx, 3, "ps")
    await making.a_newcomer(tx, 4, "ps", state=State.BLOCKED)
    await making.a_newcomer(tx, 5, language=None)  # type: ignore[arg-type]

    found = await audience.count(tx, a_draft(), now=NOW)

    assert found.by_language == {"uk": 2, "ps": 1}
    assert (found.people, found.blocked) == (3, 1)


async def test_only_chosen_languages_are_meant(tx: Tx) -> None:
    await making.a_newcomer(tx, 1, "uk")
    await making.a_newcomer(tx, 2, "ps")

    assert await _reach(tx, languages=("ps", "fa_AF")) == 1


async def test_region_means_volunteers_there_and_who_looks_after_them(tx: Tx) -> None:
    there, elsewhere = await making.a_newcomer(tx, 1), await making.a_newcomer(tx, 2)
    await volunteering_makers.a_volunteer(tx, person=there.id, at=GENT)
    await volunteering_makers.a_volunteer(tx, person=elsewhere.id, at=LEUVEN)
    await making.a_newcomer(tx, 3)  # nobody knows where
    karen = await making.a_colleague(tx, 4)
    look_after = tx.insert(volunteering.office_coordinators)
    await tx.execute(look_after.values(office="gent", person_id=karen.id))

    assert await _reach(tx, offices=("gent",)) == 2
    assert await _reach(tx, (Group.VOLUNTEERS,), offices=("gent",)) == 1
    assert await _reach(tx, postcodes=("3000",)) == 1
    assert await _reach(tx, offices=("gent",), postcodes=("3000",)) == 3


@pytest.mark.parametrize("state", ["left", "refused"])
async def test_who_stopped_is_no_volunteer_any_more(tx: Tx, state: str) -> None:
    person = await making.a_worker(tx, 1)
    await tx.execute(update(volunteering.volunteers).values(state=state))

    assert await _reach(tx, (Group.VOLUNTEERS,)) == 0
    assert await _reach(tx, (Group.NEWCOMERS,)) == 1
    assert person.role is None


async def test_newsletter_reaches_only_who_asked_for_it(tx: Tx) -> None:
    amina, olena = await making.a_newcomer(tx, 1), await making.a_newcomer(tx, 2)
    await subscriptions.choose(tx, amina, Topic.NEWSLETTER, is_on=True, now=NOW)
    await subscriptions.choose(tx, olena, Topic.NEWSLETTER, is_on=True, now=NOW)
    await subscriptions.choose(tx, olena, Topic.NEWSLETTER, is_on=False, now=NOW)
    await making.a_newcomer(tx, 3)

    newsletter = a_draft(kind=Kind.NEWSLETTER, topic=Topic.NEWSLETTER)

    assert (await audience.count(tx, newsletter, now=NOW)).people == 1


async def test_news_reaches_everybody_but_who_said_no(tx: Tx) -> None:
    amina = await making.a_newcomer(tx, 1)
    await making.a_newcomer(tx, 2)
    await subscriptions.choose(tx, amina, Topic.NEWS, is_on=False, now=NOW)

    assert await _reach(tx) == 1


async def test_no_to_the_thanks_of_the_year_counts_here_too(tx: Tx) -> None:
    worker = await making.a_worker(tx, 1)
    thanks_of = a_draft(kind=Kind.THANKS, topic=Topic.THANKS, texts={})
    await thanks.choose(tx, worker, is_on=False, now=NOW)

    assert (await audience.count(tx, thanks_of, now=NOW)).people == 0
    assert (await subscriptions.of_person(tx, worker.id))[Topic.THANKS] is False

    await subscriptions.choose(tx, worker, Topic.THANKS, is_on=True, now=NOW)
    assert (await audience.count(tx, thanks_of, now=NOW)).people == 1
    assert not await thanks.are_unwanted(tx, worker.id)


async def test_thanks_are_for_who_gave_hours_this_year(tx: Tx) -> None:
    await making.a_worker(tx, 1)
    idle = await making.a_newcomer(tx, 2)
    await volunteering_makers.a_volunteer(tx, person=idle.id)
    await making.a_colleague(tx, 3, Role.ADMIN)
    thanks = a_draft(kind=Kind.THANKS, topic=Topic.THANKS, texts={})

    assert (await audience.count(tx, thanks, now=NOW)).people == 1
