"""Referral to the legal helpdesk: consent, a session or a time, reminders, head count."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from bot.delivery.messages import Location, Outgoing
from bot.duty.desk import Timetable
from bot.duty.domain import Hours
from bot.handover import domain, jobs, privacy
from bot.handover.domain import Case, SessionFull, State
from bot.handover.service import referring, sessions
from bot.handover.tables import cases, legal_sessions, legal_visits
from bot.language.catalog import Catalogs
from bot.people.domain import Person, Role
from bot.people.tables import audit, people
from bot.storage.engine import Database
from tests.support.delivery_makers import on_postgres
from tests.support.duty_makers import a_duty, a_roster
from tests.support.handover_makers import (
    AMINA,
    CHRIS,
    GROUP,
    JORIS,
    NOW,
    OLENA,
    SARA,
    TOM,
    Office,
    a_desk,
)

LEGAL = -1001000000088
OPEN = "Gent | 2026-11-24 14:00-17:00 | letters envelope interpreter"
SLOTS = "Gent | 2026-11-25 09:00-10:00 | 20 min"


async def _planned(office: Office, *lines: str) -> None:
    await office.colleague(SARA, Role.COORDINATOR)
    site = "/sessions site Gent | Street 1, 9000 Gent | 51.05, 3.72"
    await office.says(SARA, site, group=True)
    for line in lines:
        await office.says(SARA, f"/sessions add {line}", group=True)


async def _referred(office: Office, *lines: str) -> Case:
    await _planned(office, *(lines or (OPEN,)))
    case = await office.claimed(text="I have a negative decision.")
    await office.taps(JORIS, f"refer:{case.id}")
    return case


async def _session_id(office: Office) -> int:
    wanted = select(legal_sessions.c.id).order_by(legal_sessions.c.starts_at)
    return int(await office.tx.scalar(wanted.limit(1)))


async def test_nothing_is_passed_on_without_consent(office: Office) -> None:
    office.desk = replace(office.desk, staff_groups={"infodesk": GROUP, "legal": LEGAL})
    case = await _referred(office)
    session = await _session_id(office)

    assert "Do you agree?" in office.last_text(AMINA)
    await office.taps(AMINA, f"visit:{case.id}:{session}")
    assert office.texts(LEGAL) == []
    await office.taps(AMINA, f"refer_no:{case.id}")

    assert office.texts(LEGAL) == []
    assert any("does not want to go" in text for text in office.texts(GROUP))


async def test_person_comes_to_an_open_session(office: Office) -> None:
    office.desk = replace(office.desk, staff_groups={"infodesk": GROUP, "legal": LEGAL})
    case = await _referred(office)
    session = await _session_id(office)
    await office.taps(AMINA, f"refer_yes:{case.id}")

    await office.taps(AMINA, f"visit:{case.id}:{session}")

    said = office.last_text(AMINA)
    assert "Tuesday 24 November 2026" in said
    assert "Street 1, 9000 Gent" in said
    assert "the envelope with the date" in said
    pins = [m for m in office.seen_by(AMINA) if isinstance(m, Location)]
    assert [(pin.latitude, pin.longitude) for pin in pins] == [(51.05, 3.72)]
    assert "I have a negative decision." in office.last_text(LEGAL)
    assert "Amina" not in office.last_text(LEGAL)
    assert any("Comes to Gent" in text for text in office.texts(GROUP))
    assert (await office.case(case.id)).visit_at == datetime(2026, 11, 24, 13, tzinfo=UTC)


async def test_person_is_reminded_the_day_before_and_two_hours_before(office: Office) -> None:
    case = await _referred(office)
    session = await _session_id(office)
    await office.taps(AMINA, f"refer_yes:{case.id}")
    await office.taps(AMINA, f"visit:{case.id}:{session}")
    reminded = []
    for _hour in range(24 * 5):
        before = len(office.texts(AMINA))
        await office.waits(timedelta(hours=1))
        reminded += [office.now for text in office.texts(AMINA)[before:] if text.startswith("🔔")]

    assert reminded == [
        datetime(2026, 11, 23, 13, tzinfo=UTC),
        datetime(2026, 11, 24, 11, tzinfo=UTC),
    ]


async def test_who_wants_one_reminder_gets_one(office: Office) -> None:
    case = await _referred(office)
    session = await _session_id(office)
    await office.taps(AMINA, f"refer_yes:{case.id}")
    await office.taps(AMINA, f"visit:{case.id}:{session}")
    await office.tx.execute(update(people).values(reminders="hours"))
    before = len(office.texts(AMINA))
    for _hour in range(24 * 5):
        await office.waits(timedelta(hours=1))

    assert sum(text.startswith("🔔") for text in office.texts(AMINA)[before:]) == 1


async def test_late_reminder_of_a_session_says_so(office: Office) -> None:
    case = await _referred(office)
    session = await _session_id(office)
    await office.taps(AMINA, f"refer_yes:{case.id}")
    await office.taps(AMINA, f"visit:{case.id}:{session}")
    visit_at = (await office.case(case.id)).visit_at
    assert visit_at is not None

    await office.waits(visit_at - timedelta(hours=20) - office.now)

    assert "this reminder comes late" in office.last_text(AMINA)


async def test_place_at_a_time_is_changed_and_given_back(office: Office) -> None:
    case = await _referred(office, SLOTS)
    session = await _session_id(office)
    await office.taps(AMINA, f"refer_yes:{case.id}")
    await office.taps(AMINA, f"visit:{case.id}:{session}")
    assert "What time do you come?" in office.last_text(AMINA)

    await office.taps(AMINA, f"visit_at:{case.id}:{session}:1")
    assert "09:20" in office.last_text(AMINA)
    await office.taps(AMINA, f"visit_at:{case.id}:{session}:2")
    taken = await office.tx.all(select(legal_visits.c.place))
    assert [row["place"] for row in taken] == [2]
    await office.taps(AMINA, f"visit_off:{case.id}")

    assert await office.tx.all(select(legal_visits)) == []
    assert (await office.case(case.id)).visit_at is None
    before = len(office.texts(AMINA))
    await office.waits(timedelta(days=5))
    assert not any(text.startswith("🔔") for text in office.texts(AMINA)[before:])


async def test_full_session_refuses_and_is_not_offered(office: Office) -> None:
    case = await _referred(office, "Gent | 2026-11-24 14:00-17:00 | 1 places")
    session = await _session_id(office)
    await office.person(OLENA)
    await office.taps(AMINA, f"refer_yes:{case.id}")
    await office.taps(AMINA, f"visit:{case.id}:{session}")
    other = await office.asked(OLENA, text="Me too")
    await office.taps(JORIS, f"claim:{other.id}")
    await office.taps(JORIS, f"refer:{other.id}")
    await office.taps(OLENA, f"refer_yes:{other.id}")
    assert "No session is planned yet" in office.last_text(OLENA)
    assert (await office.case(other.id)).desk == "legal"

    await office.taps(OLENA, f"visit:{other.id}:{session}")

    assert office.toasts[-1].startswith("This place was just taken.")
    assert (await office.case(other.id)).visit_at is None


async def test_only_the_claimant_refers_and_only_the_asker_chooses(office: Office) -> None:
    case = await _referred(office)
    await office.colleague(SARA)
    await office.taps(SARA, f"refer:{case.id}")
    assert office.toasts[-1].startswith("Only the colleague who claimed")
    await office.person(OLENA)

    await office.taps(OLENA, f"refer_yes:{case.id}")

    assert office.toasts[-1] == "This is not your question."


async def test_sessions_are_planned_by_coordinators_week_by_week(office: Office) -> None:
    await _planned(office, f"{OPEN} | weekly until 2026-12-22")
    assert "5 sessions added" in " ".join(office.texts(GROUP))
    await office.colleague(SARA, Role.STAFF)

    await office.says(SARA, f"/sessions add {OPEN}", group=True)

    assert int(await office.tx.scalar(select(func.count()).select_from(legal_sessions))) == 5
    await office.says(JORIS, "/sessions", group=True)
    assert "Tuesday 22 December 2026, 14:00" in office.last_text(GROUP)


@pytest.mark.parametrize(
    "line",
    ["", "Gent", "Gent | tomorrow", "Gent | 2026-11-24 17:00-14:00", f"{OPEN} | cake"],
)
async def test_line_that_cannot_be_read_is_refused(office: Office, line: str) -> None:
    await _planned(office, line)

    assert office.last_text(GROUP).startswith("I cannot read")
    assert await office.tx.all(select(legal_sessions)) == []


@pytest.mark.parametrize("until", ["2026-11-23", "2028-01-01"])
async def test_series_that_never_begins_or_never_ends_is_refused(
    office: Office, until: str
) -> None:
    await _planned(office, f"{OPEN} | weekly until {until}")

    assert office.last_text(GROUP).startswith("A series ends after its first session")
    assert await office.tx.all(select(legal_sessions)) == []


async def test_who_would_come_hears_that_it_is_called_off(office: Office) -> None:
    case = await _referred(office)
    session = await _session_id(office)
    await office.taps(AMINA, f"refer_yes:{case.id}")
    await office.taps(AMINA, f"visit:{case.id}:{session}")

    await office.says(SARA, f"/sessions off {session}", group=True)

    assert "does not take place" in office.last_text(AMINA)
    assert (await office.case(case.id)).visit_at is None


async def test_colleague_counts_who_came_afterwards(office: Office) -> None:
    case = await _referred(office)
    session = await _session_id(office)
    await office.taps(AMINA, f"refer_yes:{case.id}")
    await office.taps(AMINA, f"visit:{case.id}:{session}")
    await office.taps(JORIS, f"came:{session}:12")
    assert await office.tx.scalar(select(legal_sessions.c.came)) is None
    await office.waits(timedelta(days=4, hours=8))
    asked = [m for m in office.seen_by(GROUP) if isinstance(m, Outgoing) and "How many" in m.text]
    assert len(asked) == 1

    await office.taps(JORIS, f"came:{session}:12")
    visit = await office.tx.scalar(select(legal_visits.c.id))
    await office.taps(JORIS, f"attended:{visit}")

    assert await office.tx.scalar(select(legal_sessions.c.came)) == 12
    assert await office.tx.scalar(select(legal_visits.c.has_come)) is True


async def test_who_was_on_legal_duty_is_called_to_count(office: Office) -> None:
    office.desk = replace(office.desk, staff_groups={"infodesk": GROUP, "legal": LEGAL})
    joris, tom = await office.colleague(JORIS), await office.colleague(TOM)
    chris = await office.colleague(CHRIS)
    roster = a_roster(  # the session is on Tuesday from 14:00 to 17:00
        a_duty(joris.id, "nl", 1, "13:00-17:00", desk="legal"),
        a_duty(tom.id, "en", 1, "09:00-12:00", desk="legal"),
        a_duty(chris.id, "en", 1, "13:00-17:00"),
    )
    office.desk = replace(office.desk, timetable=Timetable(Hours(), roster))
    await _planned(office, OPEN)

    await office.lives_until(datetime(2026, 11, 24, 16, 1, tzinfo=UTC))

    asked = [text for text in office.texts(LEGAL) if "How many people came" in text]
    (text,) = asked
    assert f'<a href="tg://user?id={JORIS}">Joris</a>: your session is over.' in text
    assert str(TOM) not in text
    assert str(CHRIS) not in text


@pytest.mark.parametrize(
    ("how", "days"),
    [("counted", domain.COUNTED_KEPT.days), ("uncounted", 90), ("called off", 90)],
)
async def test_session_is_kept_as_long_as_its_head_count_is_needed(
    office: Office, how: str, days: int
) -> None:
    case = await _referred(office)
    session = await _session_id(office)
    await office.taps(AMINA, f"refer_yes:{case.id}")
    await office.taps(AMINA, f"visit:{case.id}:{session}")
    if how == "called off":
        await office.says(SARA, f"/sessions off {session}", group=True)
    await office.waits(timedelta(days=4, hours=8))
    if how == "counted":
        await office.taps(JORIS, f"came:{session}:12")
    ended = datetime(2026, 11, 24, 16, tzinfo=UTC)

    nightly = jobs.jobs(office.desk)["handover.sessions"]
    await nightly(office.tx, now=ended + timedelta(days=days))
    assert len(await office.tx.all(select(legal_sessions))) == 1
    await nightly(office.tx, now=ended + timedelta(days=days, hours=1))

    assert await office.tx.all(select(legal_sessions)) == []
    assert await office.tx.all(select(legal_visits)) == []
    assert (await office.case(case.id)).number == 1


async def test_session_to_come_is_kept(office: Office) -> None:
    await _planned(office, OPEN)

    await sessions.forget_old(office.tx, now=office.now)

    assert len(await office.tx.all(select(legal_sessions))) == 1


async def test_nothing_of_the_person_is_left_when_they_erase_it(office: Office) -> None:
    office.desk = replace(office.desk, staff_groups={"infodesk": GROUP, "legal": LEGAL})
    case = await _referred(office)
    session = await _session_id(office)
    await office.taps(AMINA, f"refer_yes:{case.id}")
    await office.taps(AMINA, f"visit:{case.id}:{session}")
    assert case.person_id is not None
    assert "2026-11-24" in str(await privacy.export_person(office.tx, case.person_id))
    told = await office.message_id(f"case:{case.id}:visit")

    await privacy.forget_person(office.desk, office.tx, case.person_id, now=office.now)
    await office.delivers()

    gone = [getattr(m, "message_ids", ()) for m in office.seen_by(LEGAL)]
    assert (told,) in gone
    assert await office.tx.all(select(legal_visits)) == []


async def _two_want_it(
    database: Database, catalogs: Catalogs
) -> tuple[Office, list[tuple[Person, Case]], int]:
    async with database.writing() as tx:
        office = Office(tx, a_desk(catalogs))
        people = [await office.person(AMINA), await office.person(OLENA)]
        await office.colleague(JORIS)
        await _planned(office, "Gent | 2026-11-24 14:00-17:00 | 1 places")
        wanted = []
        for person in people:
            case = await office.asked(person.telegram_id)
            await office.notes(case, referred_at=NOW)
            wanted.append((person, case))
        return office, wanted, await _session_id(office)


async def test_exactly_one_of_two_gets_the_last_place(
    database: Database, catalogs: Catalogs
) -> None:
    office, wanted, session = await _two_want_it(database, catalogs)

    async def choose(person: Person, case: Case) -> bool:
        try:
            async with database.writing() as tx:
                await referring.choose(
                    office.desk, tx, person, case.id, session, place=None, now=NOW
                )
                await asyncio.sleep(0)
        except SessionFull:
            return False
        return True

    for _ in range(5):
        ends = await asyncio.gather(*(choose(person, case) for person, case in wanted))
        async with database.writing() as tx:
            booked = await tx.scalar(select(func.count()).select_from(legal_visits))
            dated = await tx.all(select(cases.c.id).where(cases.c.visit_at.is_not(None)))
            await tx.execute(legal_visits.delete())
            await tx.execute(cases.update().values(visit_at=None))
        assert sorted(ends) == [False, True]
        assert booked == len(dated) == 1


@on_postgres  # SQLite has one writer at a time: the race needs two
async def test_without_the_guard_both_would_get_it(database: Database, catalogs: Catalogs) -> None:
    _office, wanted, session = await _two_want_it(database, catalogs)
    looked = asyncio.Barrier(2)

    async def choose_by_looking_first(case: Case) -> bool:
        async with database.writing() as tx:
            is_free = not (await sessions.find(tx, session)).is_full
            await looked.wait()
            if is_free:
                row = {"session_id": session, "case_id": case.id, "place": None}
                await tx.execute(legal_visits.insert().values(**row))
            return is_free

    assert await asyncio.gather(*(choose_by_looking_first(case) for _, case in wanted)) == [
        True,
        True,
    ]


async def test_consent_says_who_reads_it(office: Office) -> None:
    await _referred(office)
    common = office.last_text(AMINA)
    office.desk = replace(office.desk, staff_groups={"infodesk": GROUP, "legal": LEGAL})
    await office.taps(JORIS, "refer:1")
    own = office.last_text(AMINA)

    assert "all colleagues in that group can read this" in common
    assert "Besides them only the team that answers you here" in own
    assert "Nobody else" not in common + own


async def _agreed_without_session(office: Office) -> Case:
    case = await office.claimed(text="I have a negative decision.")
    await office.taps(JORIS, f"refer:{case.id}")
    await office.taps(AMINA, f"refer_yes:{case.id}")
    return await office.case(case.id)


@pytest.mark.parametrize("group", [GROUP, LEGAL])
async def test_without_a_session_the_legal_desk_takes_the_question(
    office: Office, group: int
) -> None:
    groups = {"infodesk": GROUP} | ({"legal": LEGAL} if group == LEGAL else {})
    office.desk = replace(office.desk, staff_groups=groups)
    await office.colleague(SARA)

    case = await _agreed_without_session(office)

    assert (case.state, case.desk, case.claimed_by) == (State.HANDED_OVER, "legal", None)
    assert "a colleague from there will write to you here" in office.last_text(AMINA)
    cards = [text for text in office.texts(group) if "I have a negative decision." in text]
    assert "Agrees to the legal helpdesk; no session is planned." in cards[-1]
    await office.taps(SARA, f"claim:{case.id}")
    assert (await office.case(case.id)).claimed_by == (await office.colleague(SARA)).id
    steps = await office.tx.all(
        select(audit.c.action, audit.c.actor).where(audit.c.action == "case.hand_over")
    )
    assert [row["actor"] for row in steps] == [None]


async def test_yes_twice_hands_over_once(office: Office) -> None:
    case = await _agreed_without_session(office)
    await office.taps(SARA, f"claim:{case.id}")

    await office.taps(AMINA, f"refer_yes:{case.id}")

    log = await office.tx.all(select(audit.c.id).where(audit.c.action == "case.hand_over"))
    assert len(log) == 1
    assert "a colleague from there will write" in office.last_text(AMINA)


async def test_closed_question_is_opened_again_for_the_legal_desk(office: Office) -> None:
    case = await office.claimed()
    await office.taps(JORIS, f"refer:{case.id}")
    await office.taps(JORIS, f"close:{case.id}")

    await office.taps(AMINA, f"refer_yes:{case.id}")

    case = await office.case(case.id)
    assert (case.state, case.desk) == (State.HANDED_OVER, "legal")


async def test_who_has_a_place_keeps_it_where_no_other_is_planned(office: Office) -> None:
    case = await _referred(office, "Gent | 2026-11-24 14:00-17:00 | 1 places")
    session = await _session_id(office)
    await office.taps(AMINA, f"refer_yes:{case.id}")
    await office.taps(AMINA, f"visit:{case.id}:{session}")

    await office.taps(AMINA, f"refer_yes:{case.id}")

    assert "We still expect you" in office.last_text(AMINA)
    assert (await office.case(case.id)).desk == "infodesk"


async def test_question_of_somebody_under_18_stays_with_the_trained(office: Office) -> None:
    young = -1001000000077
    groups = {"infodesk": GROUP, "legal": LEGAL, "minors": young}
    office.desk = replace(office.desk, staff_groups=groups)
    case = await office.claimed(text="My uncle left me.")
    await office.trains(JORIS, "minors")
    await office.taps(JORIS, f"tag_needs:{case.id}:minors")
    await office.taps(JORIS, f"claim:{case.id}")
    await office.taps(JORIS, f"refer:{case.id}")

    await office.taps(AMINA, f"refer_yes:{case.id}")

    assert (await office.case(case.id)).desk == "minors"
    assert office.texts(LEGAL) == []
