"""The signed page of a shift, as a browser without script sees it over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.events import tables as events
from bot.events.domain import EventId, ParticipantId, Place
from bot.events.service import planning as events_planning
from bot.language import bidi
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain.shifts import Shift
from bot.volunteering.service import links, planning
from tests.support import organisation_makers as orgs
from tests.support import volunteering_makers as making
from tests.support.organisation_makers import FRIENDLY, Browser, a_browser
from tests.support.volunteering_makers import NOW

DESK = orgs.a_desk()
BEGINS = NOW + timedelta(days=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Day:
    """A shift of three hours tomorrow, with Amina (Telegram) and Olena (without); Zahra waits."""

    database: Database
    browser: Browser
    shift: EventId
    path: str
    amina: ParticipantId
    olena: ParticipantId

    async def states(self) -> dict[int, Place]:
        table = events.registrations.c
        async with self.database.reading() as tx:
            rows = await tx.all(select(table.participant_id, table.state))
        return {row["participant_id"]: Place(row["state"]) for row in rows}

    async def hours(self) -> dict[int, tuple[int, str, str | None]]:
        table = tables.hours.c
        async with self.database.reading() as tx:
            rows = await tx.all(select(tables.hours).order_by(table.volunteer_id))
        return {
            row["volunteer_id"]: (row["minutes"], row["state"], row["approved_via"]) for row in rows
        }


async def _path(tx: Tx, shift: int) -> str:
    return links.shift_path(DESK, await planning.get(tx, shift))


@pytest.fixture
async def day(database: Database) -> AsyncIterator[Day]:
    async with database.writing() as tx:
        owner = await making.an_organisation(tx, "De <Centrale>", **FRIENDLY)
        assignment = await making.an_assignment(
            tx, owner, "Bar & keuken", texts={"nl": "Helpen"}, written_in="nl"
        )
        shift = await making.a_shift(tx, assignment, BEGINS, contact="Els, 0470 11 22 33")
        person = await making.a_person(tx, 5_000_000_001, name="Amina")
        amina = await making.a_volunteer(tx, person=person, phone="0499 99 99 99")
        olena = await making.a_volunteer(tx, name="Olena", motivation="secret wish")
        zahra = await making.a_volunteer(tx, name="Zahra")
        await making.a_place(tx, shift, amina)
        await making.a_place(tx, shift, olena, companions=1)
        await making.a_place(tx, shift, zahra, Place.WAITING)
        path = await _path(tx, shift)
    async with a_browser(DESK, database) as browser:
        yield Day(database, browser, shift, path, amina, olena)


async def test_before_the_shift_the_page_says_who_comes(day: Day) -> None:
    page = await day.browser.opens(day.path)

    assert page.status == 200
    assert "Amina" in page.text
    assert "en 1 andere persoon" in page.text
    assert "1 persoon wacht op een plaats." in page.text
    assert "De &lt;Centrale&gt;" in page.text
    assert "<form" not in page.text
    assert "Zahra" not in page.text


async def test_nothing_more_than_first_names_is_told(day: Day) -> None:
    page = await day.browser.opens(day.path)

    for secret in ("0499", "0470", "secret wish", "5000000001", "9000000"):
        assert secret not in page.text


async def test_nobody_keeps_lists_frames_or_passes_the_page_on(day: Day) -> None:
    page = await day.browser.opens(day.path)

    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "<script" not in page.text
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Who comes"), ("uk", "Хто прийде"), ("fa_AF", "کی می‌آید"), ("ps", "څوک راځي")],
)
async def test_the_page_speaks_the_language_that_is_tapped(
    day: Day, language: str, title: str
) -> None:
    page = await day.browser.opens(f"{day.path}?lang={language}")

    assert title in page.text
    from_the_right = language in ("fa_AF", "ps")
    assert (' dir="rtl"' in page.text.split("<head>")[0]) == from_the_right
    assert (bidi.isolate("Dorpsplein 1, 9000 Gent") in page.text) == from_the_right


async def test_who_is_ticked_came_and_everybody_else_did_not(day: Day) -> None:
    day.browser.waits(DAY + 3 * HOUR)
    form = await day.browser.opens(day.path)
    fields = {f"hours_{day.amina}": "2,5", f"hours_{day.olena}": "3"}

    page = await day.browser.sends(day.path, came=[day.amina], edition=form.edition, **fields)

    assert "Dank je, het is bewaard." in page.text
    assert "2,5 uur" in page.text
    states = await day.states()
    assert (states[day.amina], states[day.olena]) == (Place.ATTENDED, Place.ABSENT)
    assert await day.hours() == {day.amina: (150, "approved", "link")}


async def test_what_was_confirmed_can_be_corrected(day: Day) -> None:
    day.browser.waits(DAY + 3 * HOUR)
    both = {f"hours_{day.amina}": "3", f"hours_{day.olena}": "3"}
    await day.browser.sends(day.path, came=[day.amina], edition=0, **both)

    form = await day.browser.opens(f"{day.path}?correct=1")
    await day.browser.sends(day.path, came=[day.olena], edition=form.edition, **both)

    states = await day.states()
    assert (states[day.amina], states[day.olena]) == (Place.ABSENT, Place.ATTENDED)
    assert await day.hours() == {day.olena: (180, "approved", "link")}


async def test_the_same_form_saves_once_however_often_it_is_sent(day: Day) -> None:
    day.browser.waits(DAY + HOUR)
    sent = {"came": [day.amina], "edition": 0, f"hours_{day.amina}": "3"}

    pages = await asyncio.gather(*(day.browser.sends(day.path, **sent) for _ in range(5)))

    assert sum("Dank je, het is bewaard." in one.text for one in pages) == 1
    assert sum("Dit was al bewaard." in one.text for one in pages) == 4
    assert (await day.states())[day.amina] is Place.ATTENDED


async def test_an_old_form_does_not_overwrite_what_was_saved_since(day: Day) -> None:
    day.browser.waits(DAY + HOUR)
    both = {f"hours_{day.amina}": "3", f"hours_{day.olena}": "3"}
    await day.browser.sends(day.path, came=[day.amina, day.olena], edition=0, **both)

    page = await day.browser.sends(day.path, came=[day.olena], edition=0, **both)

    assert "Dit was al bewaard." in page.text
    assert (await day.states())[day.amina] is Place.ATTENDED


async def test_an_empty_list_has_to_be_meant(day: Day) -> None:
    day.browser.waits(DAY + HOUR)

    slip = await day.browser.sends(day.path, edition=0)
    assert slip.status == 422
    assert "Niemand is aangevinkt." in slip.text
    assert (await day.states())[day.amina] is Place.PLACED

    await day.browser.sends(day.path, edition=0, nobody="1")
    assert (await day.states())[day.amina] is Place.ABSENT


@pytest.mark.parametrize("hours", ["", "drie", "-1", "25", "nan", "inf", "2:75", "9" * 400])
async def test_strange_hours_are_shown_again_and_save_nothing(day: Day, hours: str) -> None:
    day.browser.waits(DAY + HOUR)

    page = await day.browser.sends(
        day.path, came=[day.amina], edition=0, **{f"hours_{day.amina}": hours}
    )

    assert page.status == 422
    assert "Schrijf de uren van Amina als een getal" in page.text
    assert " checked" in page.text
    assert await day.hours() == {}


async def test_before_the_beginning_nothing_can_be_saved(day: Day) -> None:
    page = await day.browser.sends(
        day.path, came=[day.amina], edition=0, **{f"hours_{day.amina}": "3"}
    )

    assert page.status == 422
    assert (await day.states())[day.amina] is Place.PLACED


async def test_somebody_who_is_not_on_the_list_is_not_marked(day: Day) -> None:
    day.browser.waits(DAY + HOUR)
    async with day.database.writing() as tx:
        stranger = await making.a_volunteer(tx, name="Stranger")

    page = await day.browser.sends(
        day.path,
        came=[day.amina, stranger, "abc", "-1"],
        edition=0,
        **{f"hours_{day.amina}": "3", f"hours_{stranger}": "3"},
    )

    assert "Dank je" in page.text
    assert stranger not in await day.states()
    assert set(await day.hours()) == {day.amina}


async def test_a_forged_link_opens_nothing(day: Day) -> None:
    facts, _, mark = day.path.rpartition("/")[2].rpartition(".")
    other = links.shift_path(orgs.a_desk(signing_key=b"another"), await _shift(day))

    for path in (f"/shift/{facts}.{mark[:-2]}AA", "/shift/x", f"/shift/{facts}", other):
        assert (await day.browser.opens(path)).status == 404
        answer = await day.browser.sends(path, came=[day.amina], edition=0)
        assert answer.status == 404
        assert "Amina" not in answer.text
    assert (await day.states())[day.amina] is Place.PLACED


async def test_the_link_of_one_shift_opens_no_other(day: Day) -> None:
    async with day.database.writing() as tx:
        owner = await making.an_organisation(tx, "Elders")
        other = await making.a_shift(tx, await making.an_assignment(tx, owner), BEGINS)
        await making.a_place(tx, other, await making.a_volunteer(tx, name="Verborgen"))
        path = await _path(tx, other)
    facts = path.rpartition("/")[2].rpartition(".")[0]
    mixed = f"/shift/{facts}.{day.path.rpartition('.')[2]}"

    assert (await day.browser.opens(mixed)).status == 404
    assert "Verborgen" not in (await day.browser.opens(day.path)).text
    day.browser.waits(DAY + HOUR)
    page = await day.browser.sends(path, came=[day.amina], edition=0, nobody="1")
    assert "Amina" not in page.text
    assert (await day.states())[day.amina] is Place.PLACED


async def test_two_weeks_after_the_shift_the_link_is_over(day: Day) -> None:
    day.browser.waits(DAY + 3 * HOUR + timedelta(days=14))

    page = await day.browser.opens(day.path)
    sent = await day.browser.sends(day.path, came=[day.amina], edition=0)

    assert (page.status, sent.status) == (410, 410)
    assert "Amina" not in page.text


async def test_a_new_link_ends_the_one_before(day: Day) -> None:
    async with day.database.writing() as tx:
        karen = await orgs.a_colleague(tx, 6_000_000_001)
        await planning.new_link(tx, karen, day.shift, now=NOW)
        path = await _path(tx, day.shift)

    assert (await day.browser.opens(day.path)).status == 410
    assert (await day.browser.opens(path)).status == 200


async def test_a_shift_that_was_put_off_keeps_its_link_and_says_so(day: Day) -> None:
    async with day.database.writing() as tx:
        karen = await orgs.a_colleague(tx, 6_000_000_001)
        later = BEGINS + timedelta(days=30)
        await planning.change(tx, karen, day.shift, now=NOW, starts_at=later, ends_at=later + HOUR)

    assert "Deze shift is gewijzigd" in (await day.browser.opens(day.path)).text
    day.browser.waits(timedelta(days=31))
    assert (await day.browser.opens(day.path)).status == 200


async def test_a_cancelled_shift_says_so_and_takes_no_names(day: Day) -> None:
    async with day.database.writing() as tx:
        await events_planning.cancel(tx, day.shift, now=NOW)
    day.browser.waits(DAY + HOUR)

    page = await day.browser.opens(day.path)
    sent = await day.browser.sends(
        day.path, came=[day.amina], edition=0, **{f"hours_{day.amina}": "3"}
    )

    assert "Deze shift gaat niet door." in page.text
    assert "<form" not in page.text
    assert sent.status == 422
    assert (await day.states())[day.amina] is Place.PLACED


async def test_a_shift_that_is_gone_is_no_page_any_more(day: Day) -> None:
    async with day.database.writing() as tx:
        await tx.execute(events.events.delete().where(events.events.c.id == day.shift))

    assert (await day.browser.opens(day.path)).status == 410


async def test_a_form_that_is_no_form_of_ours_is_refused(day: Day) -> None:
    day.browser.waits(DAY + HOUR)
    http, address = day.browser.http, day.browser.root + day.path

    async with http.post(address, data=b"x=" + b"y" * 70_000) as answer:
        assert answer.status == 413
    async with http.post(address, data=b"\xff\xfe\xff") as answer:
        assert answer.status == 400
    async with http.post(address, data="&".join(f"a{n}=1" for n in range(3000))) as answer:
        assert answer.status == 400
    async with http.put(address) as answer:
        assert answer.status == 405


async def test_whoever_has_erased_their_data_stands_there_without_a_name(day: Day) -> None:
    async with day.database.writing() as tx:
        own = events.participants.c.id == day.olena
        await tx.execute(update(events.participants).where(own).values(name=None))

    page = await day.browser.opens(day.path)

    assert page.status == 200
    assert "Olena" not in page.text


async def _shift(day: Day) -> Shift:
    async with day.database.reading() as tx:
        return await planning.get(tx, day.shift)
