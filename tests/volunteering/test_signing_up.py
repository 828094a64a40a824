"""Signing up in four taps, age and agreements, the coordinator's decision, a talk."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.events.domain import Place
from bot.language.catalog import Catalogs
from bot.people.domain import Role
from bot.storage.transaction import Tx
from bot.volunteering import privacy, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain.enrolling import Volunteer
from bot.volunteering.service import enrolling, volunteers
from tests.support.event_makers import posted, states, texts
from tests.support.signup_makers import GROUP, Volunteering, a_desk, a_phone


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_desk(catalogs)


@pytest.fixture
async def amina(tx: Tx, desk: VolunteeringDesk) -> Volunteering:
    return await a_phone(tx, desk)


@pytest.fixture
async def joke(tx: Tx, desk: VolunteeringDesk) -> Volunteering:
    return await a_phone(tx, desk, "Joke", number=77, language="nl", role=Role.COORDINATOR)


async def _file(who: Volunteering) -> Volunteer:
    one = await volunteers.of_person(who.tx, who.person.id)
    assert one is not None
    return one


async def _card(tx: Tx) -> str:
    return texts(await posted(tx, GROUP))[-1]


@pytest.mark.parametrize(
    ("language", "town", "office"),
    [
        ("en", "Ghent", "gent"),
        ("uk", "Гент", "gent"),
        ("fa_AF", "گنت", "gent"),
        ("ps", "۳۰۰۰", "leuven"),
    ],
)
async def test_four_taps_make_a_volunteer_of_the_nearest_office(
    tx: Tx, desk: VolunteeringDesk, language: str, town: str, office: str
) -> None:
    amina = await a_phone(tx, desk, language=language)
    await amina.signs_up(town)

    one = await _file(amina)
    assert (one.name, one.office, one.state, dict(one.languages)) == (
        "Amina",
        office,
        State.ENROLLED,
        {"uk": 2},
    )
    assert "Amina" in await _card(tx)


async def test_unknown_town_is_asked_again(amina: Volunteering) -> None:
    await amina.say("/volunteer")
    await amina.tap("Sign up")
    await amina.tap("Amina")
    await amina.say("Xyzzyville")

    assert "I do not know the town" in amina.text
    await amina.say("9000 Gent")
    assert "Which languages" in amina.text


async def test_number_to_call_is_asked_and_shown_to_coordinators_alone(
    tx: Tx, amina: Volunteering, joke: Volunteering
) -> None:
    await amina.signs_up(talk="call")
    await amina.say("call me")
    assert "phone number" in amina.text
    await amina.say("۰۴۷۰ ۱۲ ۳۴ ۵۶")
    await amina.agrees()
    assert "470" not in "".join(texts(await posted(tx, GROUP)))

    await joke.press(f"vcfile:{(await _file(amina)).id}")
    assert "+32 470 12 34 56" in joke.text

    await joke.press_in_the_group(f"vcyes:{(await _file(amina)).id}")
    assert (await _file(amina)).phone is None


async def test_agreements_are_kept_with_version_and_a_new_one_asks_again(
    tx: Tx, amina: Volunteering
) -> None:
    await amina.signs_up()
    await amina.agrees()
    one = await _file(amina)
    assert await enrolling.missing(tx, one) == []

    document = {"key": "code_of_conduct", "language": "nl", "title": "x", "file_name": "x.pdf"}
    values = {**document, "version": "2", "content": b"x", "changed_at": amina.at}
    await tx.execute(tables.documents.insert().values(values))
    assert await enrolling.missing(tx, one) == ["conduct"]

    await amina.say("/volunteer")
    await amina.tap("Read and agree")
    assert "1/1" not in amina.text  # one step alone is not counted
    await amina.tap("I agree")

    assert await enrolling.missing(tx, one) == []
    rows = await tx.all(select(tables.consents).where(tables.consents.c.document == "conduct"))
    assert [row["version"] for row in rows] == ["1", "1.2"]


async def test_sixteen_needs_a_guardian(tx: Tx, amina: Volunteering) -> None:
    await amina.signs_up()
    await amina.agrees("16_17")

    one = await _file(amina)
    assert (one.age_group, one.file["guardian"]) == ("16_17", "Maryam")
    rows = await tx.all(select(tables.consents.c.document))
    assert "guardian" in [row["document"] for row in rows]


async def test_child_is_told_kindly_and_leaves_nothing(tx: Tx, amina: Volunteering) -> None:
    await amina.signs_up()
    await amina.press(amina._last(":age:younger"))

    assert "from 16 years on" in amina.text
    assert [one.label for one in amina.buttons] == ["💬 Ask a colleague"]
    assert await privacy.export_person(tx, amina.person.id) == {}
    assert "ingetrokken" in (await _card(tx))


async def test_coordinator_takes_somebody_on_and_they_hear_it(
    tx: Tx, desk: VolunteeringDesk, joke: Volunteering
) -> None:
    amina = await a_phone(tx, desk, language="ps")
    await amina.signs_up()
    await amina.agrees()
    await joke.press_in_the_group(f"vcyes:{(await _file(amina)).id}")

    assert (await _file(amina)).state is State.ACTIVE
    (told,) = await amina.news()
    assert "رضاکار" in told
    await amina.say("/volunteer")
    assert "Gent" in amina.text


async def test_nobody_is_taken_on_whose_age_is_not_known(
    amina: Volunteering, joke: Volunteering
) -> None:
    await amina.signs_up()
    await joke.press_in_the_group(f"vcyes:{(await _file(amina)).id}")

    assert "16" in joke.refused
    assert (await _file(amina)).state is State.ENROLLED


async def test_the_card_in_the_group_is_changed_once_by_a_decision(
    tx: Tx, amina: Volunteering, joke: Volunteering
) -> None:
    await amina.signs_up()
    await amina.agrees()
    await joke.press_in_the_group(f"vcyes:{(await _file(amina)).id}")

    (_card, change) = await posted(tx, GROUP)  # what waits takes a later change in
    assert "✅ Aangenomen." in texts([change])[0]


async def test_refusal_names_its_reason_in_their_language(
    tx: Tx, desk: VolunteeringDesk, joke: Volunteering
) -> None:
    amina = await a_phone(tx, desk, language="uk")
    await amina.signs_up()
    one = await _file(amina)
    await joke.press_in_the_group(f"vcno:{one.id}")
    await joke.press_in_the_group(f"vcwhy:{one.id}:no_match")

    (told,) = await amina.news()
    assert (
        amina.catalogs.words("uk")("We have no suitable volunteer work for you at the moment.")
        in told
    )
    assert (await _file(amina)).state is State.REFUSED
    await amina.say("/volunteer")
    await amina.press("vsignup")
    assert "1/4" in amina.text


async def test_decision_counts_once(amina: Volunteering, joke: Volunteering) -> None:
    await amina.signs_up()
    await amina.agrees()
    one = await _file(amina)
    await joke.press_in_the_group(f"vcyes:{one.id}")
    await joke.press_in_the_group(f"vcwhy:{one.id}:later")

    assert joke.refused
    assert (await _file(amina)).state is State.ACTIVE
    assert len(await amina.news()) == 1


@pytest.mark.parametrize("action", ["vcyes:1", "vctalk:1", "vcno:1", "vcwhy:1:later", "vccard:1"])
@pytest.mark.parametrize("role", [None, Role.STAFF])
async def test_only_coordinators_decide(
    tx: Tx, desk: VolunteeringDesk, amina: Volunteering, role: Role | None, action: str
) -> None:
    await amina.signs_up()
    await amina.agrees()
    other = await a_phone(tx, desk, "Nadia", number=78, role=role)
    await other.press(action)

    assert other.refused
    assert (await _file(amina)).state is State.ENROLLED


@pytest.mark.parametrize("action", ["vcdesk", "vcwait", "vcfile:1", "vctalks", "vcoffer"])
async def test_coordinators_desk_is_closed_to_others(amina: Volunteering, action: str) -> None:
    await amina.signs_up()
    await amina.press(action)

    assert amina.refused


async def test_other_offices_sign_ups_are_not_shown(
    tx: Tx, desk: VolunteeringDesk, amina: Volunteering, joke: Volunteering
) -> None:
    await amina.signs_up("3000")
    await amina.agrees()
    one = await _file(amina)
    karen = await a_phone(tx, desk, "Karen", number=79, role=Role.COORDINATOR)
    values = {"office": "leuven", "person_id": karen.person.id}
    await tx.execute(tables.office_coordinators.insert().values(values))

    await joke.press("vcwait")
    assert "Amina" not in str(joke.buttons)
    await joke.press(f"vcyes:{one.id}")
    assert joke.refused
    await karen.press("vcwait")
    assert "Amina" in str(karen.buttons)


async def _moments(joke: Volunteering, count: str = "2") -> None:
    await joke.press("vcoffer")
    await joke.tap("Gent")
    await joke.say("24/11/2026 14:00")
    await joke.tap(count)
    await joke.press(joke._last("form_ok:"))


async def test_talk_is_chosen_while_signing_up(
    tx: Tx, amina: Volunteering, joke: Volunteering
) -> None:
    await _moments(joke)
    await amina.signs_up(talk="slot1")

    assert await states(tx, 1) == {1: Place.PLACED}  # type: ignore[arg-type]
    assert "24 november" in await _card(tx)
    await joke.press("vctalks")
    assert "Amina" in joke.text
    await joke.press_in_the_group(f"vcyes:{(await _file(amina)).id}")
    await joke.press("vctalks")
    assert "Amina" in joke.text  # taken on at once, and they still come


async def test_moment_that_is_gone_is_not_given_twice(
    tx: Tx, desk: VolunteeringDesk, amina: Volunteering, joke: Volunteering
) -> None:
    await _moments(joke, "2")
    leila = await a_phone(tx, desk, "Leila", number=80)
    await leila.signs_up(talk="slot1")
    await amina.signs_up(talk="slot2")
    await amina.press("vslot:1")

    assert amina.refused
    await leila.press("vtalk")
    assert [one.label for one in leila.buttons] == ["🤝 Volunteer"]


async def test_coordinator_asks_to_talk_first(
    tx: Tx, amina: Volunteering, joke: Volunteering
) -> None:
    await _moments(joke)
    await amina.signs_up()
    await joke.press_in_the_group(f"vctalk:{(await _file(amina)).id}")
    assert "talk with you first" in (await amina.news())[0]

    await amina.press("vtalk")
    await amina.press("vslot:1")
    assert "We talk on Tuesday 24 November" in amina.text
    await amina.press("vslot:2")

    assert (await states(tx, 1))[1] is Place.GIVEN_BACK  # type: ignore[arg-type]
    assert (await states(tx, 2))[1] is Place.PLACED  # type: ignore[arg-type]


async def test_moment_too_near_or_past_is_not_offered(
    amina: Volunteering, joke: Volunteering
) -> None:
    await _moments(joke)
    amina.later(days=5)
    await amina.say("/volunteer")
    await amina.press("vsignup")
    await amina.press(amina._last(":name:own"))
    await amina.say("9000")
    await amina.press(amina._last(":languages:uk"))
    await amina.press(amina._last("form_done:"))

    assert [one.label for one in amina.buttons][:2] == [
        "📞 Please call me",
        "✉️ I would rather write",
    ]


async def test_signing_up_twice_makes_one_file(tx: Tx, amina: Volunteering) -> None:
    await amina.signs_up()
    await amina.press("vsignup")

    assert "You are signed up" in amina.text
    assert len(await tx.all(select(tables.volunteers))) == 1


async def test_without_a_group_coordinators_get_the_card_themselves(
    tx: Tx, catalogs: Catalogs
) -> None:
    desk = a_desk(catalogs, group=None)
    joke = await a_phone(tx, desk, "Joke", number=77, language="nl", role=Role.COORDINATOR)
    amina = await a_phone(tx, desk)
    await amina.signs_up()

    assert "Amina" in texts(await posted(tx, joke.person.telegram_id))[-1]


async def test_sign_up_costs_few_statements(amina: Volunteering) -> None:
    spent = []
    for go in (amina.say("/volunteer"), amina.press("vsignup")):
        before = amina.tx.statements
        await go
        spent.append(amina.tx.statements - before)

    assert max(spent) <= 10


async def test_forgotten_volunteer_leaves_a_number_only(tx: Tx, amina: Volunteering) -> None:
    await amina.signs_up()
    await amina.agrees()
    await privacy.forget_person(tx, amina.person.id, now=amina.at + timedelta(days=1))

    row = await tx.one(select(tables.volunteers))
    assert row is not None
    assert (row["town"], row["languages"], row["talk"], row["office"]) == (None, {}, None, "gent")
    assert await tx.all(select(tables.consents)) == []
    await tx.execute(update(tables.volunteers).values(stripped_at=None))
