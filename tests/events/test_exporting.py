"""Events as files: what goes out can come in again, and only who plans for the office gets it."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.delivery.incoming import Tapped
from bot.delivery.making import Sketch
from bot.delivery.messages import File, Made
from bot.errors import Outdated, Refused
from bot.events import calendar_file
from bot.events.domain import Audience, Draft, Event, EventId, Kind, Role
from bot.events.exports import sheets
from bot.events.service import places, planning
from bot.events.staff_chat import exporting
from bot.events.wording import exports as wording
from bot.language import csv_files
from bot.language.formats import BRUSSELS
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Tx
from tests.events.test_importing import DESK, a_desk, bring, how, read, stored, why
from tests.support import organisation_makers as orgs
from tests.support.event_makers import NOW, somebody
from tests.support.letter_makers import pages

CODES = tuple(words.code for words in DESK.catalogs)
OFFICES = tuple(DESK.offices)
BASE = datetime(2027, 3, 1, tzinfo=UTC)
A_TOUR = Draft(
    kind="tour",
    titles={"nl": "De Krook", "fa_AF": "کتابخانه"},
    texts={"nl": "Boeken"},
    starts_at=datetime(2026, 12, 4, 13, 0, tzinfo=UTC),
    ends_at=datetime(2026, 12, 4, 15, 0, tzinfo=UTC),
    place="Miriam Makebaplein 1",
    town="Gent",
    office="gent",
)
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.sampled_from(" =+-@'\n,;\""),
    max_size=30,
).map(lambda said: said.strip())
TITLE = TEXT.filter(bool)


@st.composite
def drafts(draw: Any) -> Draft:
    """Anything that a coordinator can plan."""
    quarters = draw(st.integers(0, 4 * 24 * 300))
    starts_at = BASE + timedelta(minutes=15 * quarters)
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    town = DESK.town_of(draw(st.sampled_from(["Gent", "Antwerpen", "Brugge"])))
    return Draft(
        kind=str(draw(st.sampled_from(list(Kind)))),
        titles={code: draw(TITLE) for code in codes},
        texts={code: text for code in codes if (text := draw(TEXT))},
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=15 * draw(st.integers(1, 200))),
        place=draw(TEXT),
        town=town.name,
        latitude=town.latitude,
        longitude=town.longitude,
        capacity=draw(st.none() | st.integers(1, 9999)),
        minimum=draw(st.integers(0, 20)),
        has_waitlist=draw(st.booleans()),
        contact=draw(TEXT),
        office=draw(st.sampled_from(OFFICES)),
        online_link=draw(st.sampled_from(["", "https://meet.example/x"])),
        languages=_some(draw, CODES),
        has_interpreter=draw(st.booleans()),
        for_children=draw(st.booleans()),
        access=draw(TEXT),
        audience=Audience(_some(draw, list(Role)), _some(draw, OFFICES), _some(draw, CODES)),
    )


def _some(draw: Any, known: Any) -> tuple[Any, ...]:
    chosen = draw(st.sets(st.sampled_from(list(known))))
    return tuple(one for one in known if one in chosen)


def _event(draft: Draft, number: int = 1) -> Event:
    return Event(id=EventId(number), draft=draft, created_at=NOW)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@given(draft=drafts(), language=st.sampled_from(CODES))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_goes_out_comes_in_as_it_was(form: str, draft: Draft, language: str) -> None:
    _ = DESK.catalogs.words(language)
    heads = wording.heads(_, CODES)
    rows = [wording.line(_, _event(draft), CODES, DESK.offices)]
    if form == "csv":
        content = sheets.commas(heads, rows)
    else:
        content = sheets.workbook("x", heads, rows, is_rtl=_.is_rtl)

    found = read(content)

    if not _exists(draft):
        assert found.faults
        return
    assert not found.faults, why(found)
    line = found.lines[0]
    facts = {**{name: getattr(draft, name) for name in line.facts}}
    assert dict(line.facts) == facts
    assert {code: text for code, text in line.titles.items() if text} == draft.titles
    assert {code: text for code, text in line.texts.items() if text} == draft.texts
    assert (line.starts_at, line.uid) == (_first(draft.starts_at), "event-1@wegwijzer")
    assert line.ends_at == _first(draft.ends_at)


def _exists(draft: Draft) -> bool:
    """An end that comes twice on the clock may be written as one before the beginning."""
    return _first(draft.ends_at) > _first(draft.starts_at)


def _first(at: datetime) -> datetime:
    """Of an hour that comes twice the first: a file holds only what the clock shows."""
    return at.astimezone(BRUSSELS).replace(fold=0).astimezone(UTC)


@given(st.text(max_size=12))
def test_no_cell_is_a_formula_and_each_keeps_its_text(text: str) -> None:
    shown = csv_files.harmless(text)

    assert shown[:1] not in tuple("=+-@\t\r")
    assert csv_files.unguarded(shown) == text


def test_a_formula_in_a_workbook_is_a_text() -> None:
    made = sheets.workbook("x", ["Naam"], [["=HYPERLINK(1)"]], is_rtl=True)

    page = load_workbook(io.BytesIO(made)).worksheets[0]

    assert (page["A2"].data_type, page["A2"].value) == ("s", "=HYPERLINK(1)")
    assert page.sheet_view.rightToLeft


async def test_a_list_that_goes_out_changes_nothing_when_it_comes_in(tx: Tx) -> None:
    person = await _coordinator(tx)
    await planning.create(tx, _placed(A_TOUR), now=NOW)
    before = await stored(tx)

    for form in wording.FORMS:
        content = await _made(tx, person, await _list(tx, person, form))
        done = await bring(tx, content, person=person, office=None)
        assert (how(done), why(done)) == ([], []), form

    assert await stored(tx) == before


async def test_a_feed_names_every_coming_event(tx: Tx) -> None:
    person = await _coordinator(tx)
    await planning.create(tx, A_TOUR, now=NOW)
    gone = await planning.create(tx, replace(A_TOUR, titles={"nl": "Vervallen"}), now=NOW)
    await planning.cancel(tx, gone, now=NOW)

    content = (await _made(tx, person, await _list(tx, person, "ics"))).decode()

    assert "SUMMARY;LANGUAGE=nl:De Krook" in content
    assert "Vervallen" not in content


def test_a_single_calendar_file_says_what_kind_it_is() -> None:
    content = calendar_file.calendar(_event(A_TOUR), "nl", organisation="X").decode()

    assert "CATEGORIES:TOUR\r\n" in content


async def test_who_comes_stands_in_the_workbook(tx: Tx) -> None:
    person = await _coordinator(tx)
    event_id = await planning.create(tx, A_TOUR, now=NOW)
    _, participant = await somebody(tx, language="uk")
    await places.take(tx, participant, event_id, now=NOW, companions=2)

    (file,) = await exporting.send_guests(DESK, tx, person, _tap(person, f"ecxg:{event_id}"))
    made = await _made(tx, person, file)

    rows = list(load_workbook(io.BytesIO(made)).worksheets[0].iter_rows(values_only=True))
    assert rows[1][:4] == ("Amina", "2", "uk", "heeft een plaats")


async def test_the_poster_says_what_and_leads_to_the_event(tx: Tx) -> None:
    person = await _coordinator(tx)
    event_id = await planning.create(tx, A_TOUR, now=NOW)

    (file,) = await exporting.send_poster(DESK, tx, person, _tap(person, f"ecqr:{event_id}"))
    made = await _made(tx, person, file, desk=a_desk(bot_name=lambda: "examplebot"))

    (text,) = pages(made)
    assert "De Krook" in text
    assert "vrijdag 4 december 2026" in text
    with pypdfium2.PdfDocument(made) as opened:
        codes = zxingcpp.read_barcodes(opened[0].render(scale=2).to_pil())
    assert [one.text for one in codes] == [f"https://t.me/examplebot?start=event_{event_id}"]


@pytest.mark.parametrize("handler", ["send_guests", "send_poster"])
async def test_files_of_other_offices_are_refused(tx: Tx, handler: str) -> None:
    async def nobody(tx: Tx, person: Person, office: str) -> None:
        raise Refused

    person = await _coordinator(tx)
    event_id = await planning.create(tx, A_TOUR, now=NOW)
    tap = _tap(person, f"x:{event_id}")

    with pytest.raises(Refused):
        await getattr(exporting, handler)(a_desk(require_office=nobody), tx, person, tap)
    (file,) = await getattr(exporting, handler)(DESK, tx, person, tap)
    with pytest.raises(Refused):  # the office was taken away before the file was drawn
        await _made(tx, person, file, desk=a_desk(require_office=nobody))


async def test_a_list_holds_events_of_own_offices_only(tx: Tx) -> None:
    async def only_gent(tx: Tx, person: Person, office: str) -> None:
        if office != "gent":
            raise Refused

    person = await _coordinator(tx)
    await planning.create(tx, A_TOUR, now=NOW)
    other = replace(A_TOUR, titles={"nl": "Elders"}, office="antwerpen")
    await planning.create(tx, other, now=NOW)

    file = await _list(tx, person, "csv")
    made = await _made(tx, person, file, desk=a_desk(require_office=only_gent))

    assert "De Krook" in made.decode()
    assert "Elders" not in made.decode()


async def test_newcomers_get_no_files(tx: Tx) -> None:
    person, _ = await somebody(tx)

    for handler, data in (
        ("ask_form", "ecx"),
        ("send_list", "ecxl:csv"),
        ("send_guests", "ecxg:1"),
    ):
        with pytest.raises(Refused):
            await getattr(exporting, handler)(DESK, tx, person, _tap(person, data))


async def test_events_and_forms_are_offered_as_buttons(tx: Tx) -> None:
    person = await _coordinator(tx)
    event_id = await planning.create(tx, A_TOUR, now=NOW)

    (shown,) = await exporting.ask_form(DESK, tx, person, _tap(person, "ecx"))
    actions = [button.action for row in shown.buttons for button in row]  # type: ignore[union-attr]
    assert actions == ["ecxl:xlsx", "ecxl:csv", "ecxl:ics", f"ecxe:{event_id}"]

    (one,) = await exporting.show_one(DESK, tx, person, _tap(person, f"ecxe:{event_id}"))
    actions = [button.action for row in one.buttons for button in row]  # type: ignore[union-attr]
    assert actions == [f"ecxg:{event_id}", f"ecqr:{event_id}"]


async def test_an_unknown_form_is_refused(tx: Tx) -> None:
    person = await _coordinator(tx)

    with pytest.raises(Outdated):
        await exporting.send_list(DESK, tx, person, _tap(person, "ecxl:exe"))


def _placed(draft: Draft) -> Draft:
    town = DESK.town_of(draft.town)
    return replace(draft, latitude=town.latitude, longitude=town.longitude)


async def _coordinator(tx: Tx) -> Person:
    found = await orgs.a_colleague(tx, 8_000_001)
    person = await people.find_person(tx, found.id)
    assert person is not None
    return person


def _tap(person: Person, data: str) -> Tapped:
    return Tapped(
        chat_id=person.telegram_id, is_private=True, at=NOW, query_id="1", data=data, message_id=1
    )


async def _list(tx: Tx, person: Person, form: str) -> Any:
    return (await exporting.send_list(DESK, tx, person, _tap(person, f"ecxl:{form}")))[0]


async def _made(tx: Tx, person: Person, file: Any, *, desk: Any = DESK) -> bytes:
    assert isinstance(file, File)
    assert isinstance(file.made, Made)
    sketch = await exporting.makers(desk)[file.made.kind](tx, file.made.id)
    assert isinstance(sketch, Sketch)
    return sketch.draw()
