"""How was it: asked once and by day, kept without a name, shown from five answers on."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from bot.dialog import routes
from bot.dialog.routes import Routes
from bot.errors import Outdated
from bot.language.catalog import Catalogs
from bot.people.domain import StaffOnly
from bot.schedule import due
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import chat, jobs, staff_chat, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import evaluations as domain
from bot.volunteering.service import evaluations
from tests.support import dialog_makers
from tests.support import volunteering_makers as making
from tests.support.event_makers import DAY, NOW, posted
from tests.support.organisation_makers import a_colleague
from tests.support.shift_makers import a_volunteering_desk
from tests.volunteering.test_hours import AMINA, KAREN, OFFICES, _amina, _screen, _tap, _worked

GOOD = {"mood": 4, "welcome": 4, "learned": 1, "met": 0}


@pytest.fixture
def desk(catalogs: Catalogs) -> VolunteeringDesk:
    return a_volunteering_desk(catalogs, offices=OFFICES, projects=making.PROJECTS)


@pytest.fixture
def answers(desk: VolunteeringDesk) -> Routes:
    return routes.combine(chat.combined(desk), staff_chat.combined(desk))


@pytest.mark.parametrize("language", ["en", "ps"])
async def test_after_the_first_shift_five_taps_are_kept_without_a_name(
    database: Database, desk: VolunteeringDesk, catalogs: Catalogs, language: str
) -> None:
    async with database.writing() as tx:
        amina, mine = await _amina(tx, language)
        _first, _line = await _worked(tx, mine)
        _second, _line = await _worked(tx, mine, ago=2 * DAY)
    while await due.run(database, jobs.due_kinds(desk), now=NOW + 2 * DAY):
        pass
    async with database.writing() as tx:
        asked = await posted(tx, AMINA)
        _text, [button] = _screen(asked)
        phone = dialog_makers.Phone(tx, catalogs, (), person=amina, at=NOW + 2 * DAY)  # type: ignore[arg-type]
        phone.further = chat.combined(desk)
        words = catalogs.words(language)
        await phone.press(button)
        await phone.tap("😀")
        await phone.tap("🙂")
        await phone.tap(words.label("✅ Yes"))
        await phone.tap(words.label("❌ No"))
        await phone.say("Warm people")
        assert "💚" in phone.text
        [kept] = await tx.all(select(tables.evaluations))
        assert kept["answers"] == {"mood": 4, "welcome": 3, "learned": 1, "met": 0}
        assert (kept["comment"], kept["answered_on"]) == ("Warm people", date(2026, 11, 1))
        assert not {"volunteer_id", "person_id", "participant_id"} & kept.keys()
        await phone.press(button)
        assert words.plain("You have answered this already. Thank you!") in phone.refused
        assert len(await tx.all(select(tables.evaluations))) == 1


async def test_survey_comes_every_two_years_by_day_and_once(
    database: Database, desk: VolunteeringDesk
) -> None:
    night = NOW.replace(hour=2)
    async with database.writing() as tx:
        id_ = await making.a_person(tx, AMINA)
        await making.a_volunteer(tx, person=id_, enrolled_at=night - 740 * DAY)
        new = await making.a_person(tx, KAREN)
        await making.a_volunteer(tx, person=new, enrolled_at=night - 100 * DAY)
        for nights in range(3):
            await evaluations.look(desk, tx, now=night + nights * DAY)
        assert len(await posted(tx)) == 1
        [asked] = await posted(tx, AMINA)
        assert asked.hold_until is not None
        assert asked.hold_until.astimezone().timestamp() == (night + timedelta(hours=8)).timestamp()
        await evaluations.look(desk, tx, now=night + 740 * DAY)
        assert len(await posted(tx, AMINA)) == 2


async def test_who_stopped_at_a_place_is_asked_once(tx: Tx, desk: VolunteeringDesk) -> None:
    _person, mine = await _amina(tx)
    owner = await making.an_organisation(tx, "Library")
    one = await making.an_assignment(tx, owner, "Reading")
    values = {"assignment_id": one, "volunteer_id": mine, "state": "ended", "created_at": NOW}
    until = (NOW - DAY).date()
    await tx.execute(insert(tables.placements).values(values | {"until": until}))
    for nights in range(20):
        await evaluations.look(desk, tx, now=NOW + nights * DAY)
    text, _buttons = _screen(await posted(tx, AMINA))
    assert "has ended" in text


async def _closes(tx: Tx, **values: Any) -> None:
    changed = {"state": "closed", "changed_at": NOW} | values
    await tx.execute(update(tables.assignments).values(changed))


@pytest.mark.parametrize("by", ["closed", "ran out"])
async def test_who_worked_at_an_assignment_is_asked_when_it_ends(
    tx: Tx, desk: VolunteeringDesk, by: str
) -> None:
    _person, mine = await _amina(tx)
    await _worked(tx, mine)
    await evaluations.look(desk, tx, now=NOW)
    assert await posted(tx, AMINA) == []
    yesterday = (NOW - DAY).date()
    await _closes(tx, **({"state": "open", "ends_on": yesterday} if by == "ran out" else {}))
    for nights in range(60):
        await evaluations.look(desk, tx, now=NOW + nights * DAY)

    text, _buttons = _screen(await posted(tx, AMINA))

    assert "Vooruit" in text


async def test_nobody_is_asked_twice_in_thirty_days(tx: Tx, desk: VolunteeringDesk) -> None:
    _person, mine = await _amina(tx)
    await _worked(tx, mine)
    await _worked(tx, mine, ago=3 * DAY)
    await _closes(tx)
    nights = [NOW + night * DAY for night in range(60)]
    for night in nights:
        await evaluations.look(desk, tx, now=night)

    rows = await tx.all(select(tables.evaluation_requests.c.asked_at))
    first, second = sorted(row["asked_at"] for row in rows)  # two assignments, each once

    assert (first, second) == (NOW, NOW + 30 * DAY)


async def test_first_shift_is_not_asked_soon_after_another_question(
    tx: Tx, desk: VolunteeringDesk
) -> None:
    _person, mine = await _amina(tx)
    shift, _line = await _worked(tx, mine)
    values = {"volunteer_id": mine, "about": "survey", "ref": "x", "asked_at": NOW - 9 * DAY}
    await tx.execute(insert(tables.evaluation_requests).values(values))

    await evaluations.ask_first(desk, tx, str(shift), now=NOW + DAY)

    assert await posted(tx, AMINA) == []


async def test_who_stopped_long_before_the_end_is_not_asked(tx: Tx, desk: VolunteeringDesk) -> None:
    _person, mine = await _amina(tx)
    await _worked(tx, mine, ago=200 * DAY)
    await _closes(tx)

    await evaluations.look(desk, tx, now=NOW)

    assert await posted(tx, AMINA) == []


@pytest.mark.parametrize("language", ["nl", "fa_AF"])
async def test_end_is_answered_weeks_later_and_counts_for_its_assignment(
    tx: Tx, desk: VolunteeringDesk, catalogs: Catalogs, language: str
) -> None:
    person, mine = await _amina(tx, language)
    await _worked(tx, mine)
    await _closes(tx)
    await evaluations.look(desk, tx, now=NOW)
    _text, [button] = _screen(await posted(tx, AMINA))
    phone = dialog_makers.Phone(tx, catalogs, (), person=person, at=NOW)  # type: ignore[arg-type]
    phone.further = chat.combined(desk)
    words = catalogs.words(language)
    phone.later(days=20)
    await phone.press(button)
    await phone.tap("🙁")
    phone.later(days=20)
    await phone.tap("🙂")
    await phone.tap(words.label("❌ No"))
    await phone.tap(words.label("✅ Yes"))
    await phone.tap(words.label("Skip this"))

    assert "💚" in phone.text
    [kept] = await tx.all(select(tables.evaluations))
    assert kept["answers"] == {"mood": 1, "welcome": 3, "learned": 0, "met": 1}
    assert kept["assignment_id"] is not None


async def _answered(tx: Tx, count: int, **changes: Any) -> None:
    for _one in range(count):
        values: dict[str, Any] = {
            "about": "first_shift",
            "office": "gent",
            "language": "uk",
            "answers": GOOD,
        }
        values |= {"comment": "secret", "answered_on": date(2026, 11, 1)} | changes
        await tx.execute(insert(tables.evaluations).values(values))


async def test_four_answers_are_shown_to_nobody(tx: Tx, answers: Routes) -> None:
    karen = await a_colleague(tx, KAREN)
    await _answered(tx, 4)
    text, _buttons = await _tap(answers, tx, karen, "vcresults")
    assert "vijf" in text
    assert "secret" not in text
    await _answered(tx, 1)
    text, _buttons = await _tap(answers, tx, karen, "vcresults")
    assert "5 antwoorden" in text
    assert "Het was goed: 100% · welkom: 100% · iets geleerd: 100% · mensen ontmoet: 0%" in text
    assert "secret" in text


async def test_strangers_neither_answer_nor_read(tx: Tx, answers: Routes) -> None:
    amina, mine = await _amina(tx)
    other = await making.a_volunteer(tx, name="Olena")
    values = {"volunteer_id": other, "about": "survey", "ref": "x", "asked_at": NOW}
    table = tables.evaluation_requests
    theirs = await tx.scalar(insert(table).values(values).returning(table.c.id))
    own = {**values, "volunteer_id": mine, "asked_at": NOW - 61 * DAY}
    late = await tx.scalar(insert(table).values(own).returning(table.c.id))
    with pytest.raises(StaffOnly):
        await _tap(answers, tx, amina, "vcresults")
    for forged in (theirs, 999, "x"):
        with pytest.raises(Outdated):
            await _tap(answers, tx, amina, f"veval:{forged}")
    with pytest.raises(domain.TooLateToAnswer):
        await _tap(answers, tx, amina, f"veval:{late}")


# What many said, told apart


async def _some(tx: Tx) -> None:
    """Answers of volunteers: six in Gent, five in Aalst, few elsewhere; five of organisations."""
    owner = await making.an_organisation(tx, "De <Centrale>")
    one = await making.an_assignment(tx, owner, kind="buddy")
    await _answered(tx, 6, assignment_id=one, project="4you", comment=None)
    await _answered(tx, 5, office="aalst", comment=None, answers=GOOD | {"mood": 1, "met": 1})
    await _answered(tx, 3, office="leuven", comment=None)
    await _answered(tx, 2, office="brugge", comment=None)
    said = {"mood": 4, "contact": 1, "again": 0}
    about = {"about": "organisation", "assignment_id": one, "language": None, "answers": said}
    await _answered(tx, 5, comment="Graag meer uitleg", **about)


@pytest.mark.parametrize(
    ("side", "told"),
    [
        ("office", ["Gent", "Aalst"]),
        ("project", ["4YOU"]),
        ("organisation", ["De &lt;Centrale&gt;"]),
        ("kind", ["Buddy"]),
        ("language", []),
    ],
)
async def test_results_are_told_apart_as_one_likes(
    tx: Tx, answers: Routes, side: str, told: list[str]
) -> None:
    karen = await a_colleague(tx, KAREN)
    await _some(tx)

    text, buttons = await _tap(answers, tx, karen, f"vcresults:v:{side}")

    assert "16 antwoorden" in text
    assert all(one in text for one in told)
    assert "Leuven" not in text  # three only
    assert "uitleg" not in text
    assert {f"vcresults:v:{one}" for one in domain.SIDES["v"]} <= set(buttons)


async def test_small_group_hides_a_larger_one_that_would_tell_of_it(
    tx: Tx, answers: Routes
) -> None:
    karen = await a_colleague(tx, KAREN)
    await _answered(tx, 6, comment=None)
    await _answered(tx, 4, office="aalst", comment=None)

    text, _buttons = await _tap(answers, tx, karen, "vcresults:v:office")

    assert "10 antwoorden" in text
    assert "Gent" not in text


async def test_organisations_answers_stand_apart_with_their_words(tx: Tx, answers: Routes) -> None:
    karen = await a_colleague(tx, KAREN)
    await _some(tx)

    text, _buttons = await _tap(answers, tx, karen, "vcresults:o")

    assert "5 antwoorden" in text
    assert "leerden elkaar kennen: 100%" in text
    assert "willen samen verder: 0%" in text
    assert "Graag meer uitleg" in text
    assert "iets geleerd" not in text


async def test_results_of_another_office_are_not_for_this_coordinator(
    tx: Tx, answers: Routes
) -> None:
    karen, other = await a_colleague(tx, KAREN), await a_colleague(tx, KAREN + 1)
    await _some(tx)
    for office in ("gent", "leuven", "brugge"):
        set_for = {"office": office, "person_id": other.id}
        await tx.execute(insert(tables.office_coordinators).values(set_for))

    text, _buttons = await _tap(answers, tx, karen, "vcresults:v:office")
    said, _buttons = await _tap(answers, tx, karen, "vcresults:o")

    assert "5 antwoorden" in text
    assert "Gent" not in text
    assert "uitleg" not in said


@pytest.mark.parametrize("forged", ["x", "o:language", "v:comment", "v:office:x", ":office"])
async def test_forged_side_shows_nothing(tx: Tx, answers: Routes, forged: str) -> None:
    karen = await a_colleague(tx, KAREN)
    await _some(tx)

    with pytest.raises(Outdated):
        await _tap(answers, tx, karen, f"vcresults:{forged}")


@given(st.lists(st.sampled_from(["nl", "uk", "ps", "en"]), max_size=40))
def test_no_part_of_the_results_can_be_told_from_the_whole(languages: list[str]) -> None:
    shown = domain.parts([(one, GOOD) for one in languages])

    assert all(one.count >= domain.LEAST for one in shown.values())
    if shown:
        assert sum(one.count for one in shown.values()) == len(languages)
