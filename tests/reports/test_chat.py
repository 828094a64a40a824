"""/report in a coordinator's own chat."""

import io
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.delivery.messages import Edit, File, Outgoing
from bot.language import bidi
from bot.people.domain import Person, Role, StaffOnly
from bot.people.tables import audit
from bot.reports import chat
from bot.reports.domain import NoSuchPart, NoSuchYear
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain.closing import NotForAll
from bot.volunteering.service.freezing import YearNotOver
from tests.support import dialog_makers
from tests.support import people_makers as making
from tests.support.event_makers import DAY
from tests.support.report_makers import AFTER, YEAR, a_desk, a_year
from tests.support.volunteering_makers import NOW

KAREN = 6_000_000_001
DESK = a_desk()
ROUTES = chat.routes(DESK)


async def _karen(tx: Tx, role: Role | None = Role.COORDINATOR) -> Person:
    return replace(await making.a_colleague(tx, KAREN), role=role, language="en")


async def test_year_comes_as_a_workbook_and_as_csv(tx: Tx) -> None:
    await a_year(60).write(tx)
    karen = await _karen(tx)

    book, table = await ROUTES.commands["report"](tx, karen, making.said(f"/report {YEAR}"))

    assert isinstance(book, File)
    assert isinstance(table, File)
    assert (book.name, table.name) == (f"figures-{YEAR}.xlsx", f"figures-{YEAR}.csv")
    made = chat.makers(DESK)["report"]
    opened = load_workbook(io.BytesIO(await made(tx, book.made.id)))
    assert opened.sheetnames[:2] == ["Key figures", "Charts"]  # in the reader's language
    assert (await made(tx, table.made.id)).decode("utf-8-sig").startswith("year,office")


async def test_every_button_of_the_choice_leads_to_files(tx: Tx) -> None:
    await a_year(60).write(tx)
    karen = await _karen(tx)

    (choice,) = await ROUTES.commands["report"](tx, karen, making.said("/report"))

    assert isinstance(choice, Outgoing)
    (edited,) = await ROUTES.actions["vcreport"](tx, karen, making.tapped("vcreport"))
    assert isinstance(edited, Edit)
    assert edited.buttons == choice.buttons
    *actions, part, closes, back = [button.action or "" for row in choice.buttons for button in row]
    assert (len(actions), part, back) == (4, "vcreportof", "vcdesk")
    assert closes == f"vcclose:{YEAR - 1}"  # some signed up then
    for action in actions:
        book, table = await ROUTES.actions["vcreport"](tx, karen, making.tapped(action))
        assert isinstance(book, File)
        assert isinstance(table, File)
        content = await chat.makers(DESK)["report"](tx, table.made.id)
        assert (b"*" in content) == action.endswith("hide")


@pytest.mark.parametrize("role", [None, Role.TRAINEE, Role.STAFF])
async def test_only_coordinators_have_the_figures(tx: Tx, role: Role | None) -> None:
    person = await _karen(tx, role)

    for words in ("/report", f"/report {YEAR}"):
        with pytest.raises(StaffOnly):
            await ROUTES.commands["report"](tx, person, making.said(words))
    for forged in ("vcreport", f"vcreport:{YEAR}", "vcreport:x:hide", "vcreportof"):
        with pytest.raises(StaffOnly):
            await ROUTES.actions["vcreport"](tx, person, making.tapped(forged))


@pytest.mark.parametrize("wrong", ["last", "1999", "2027", "20260", "²⁰²⁶"])
async def test_what_is_no_year_is_said(tx: Tx, wrong: str) -> None:
    karen = await _karen(tx)

    with pytest.raises(NoSuchYear):
        await ROUTES.commands["report"](tx, karen, making.said(f"/report {wrong}"))
    with pytest.raises(NoSuchYear):
        await ROUTES.actions["vcreport"](tx, karen, making.tapped(f"vcreport:{wrong}"))


async def test_office_and_project_can_be_written_after_the_year(tx: Tx) -> None:
    await a_year(60).write(tx)
    karen = await _karen(tx)

    said = making.said(f"/report {YEAR} gent 4you hide")
    book, table = await ROUTES.commands["report"](tx, karen, said)

    assert isinstance(book, File)
    assert isinstance(table, File)
    assert book.name == f"figures-{YEAR}-gent-4you-hidden.xlsx"
    assert "Only: Gent · 4YOU." in bidi.strip_marks(book.caption)
    content = (await chat.makers(DESK)["report"](tx, table.made.id)).decode("utf-8-sig")
    assert {tuple(line.split(",")[1:3]) for line in content.splitlines()[1:]} == {("gent", "4you")}
    with pytest.raises(NoSuchPart):
        await ROUTES.commands["report"](tx, karen, making.said(f"/report {YEAR} gnet"))


@pytest.mark.parametrize("language", ["en", "ps"])
async def test_dialog_asks_for_office_and_project_and_gives_both_files(
    tx: Tx, language: str
) -> None:
    await a_year(60).write(tx)
    karen = replace(await _karen(tx), language=language)
    phone = dialog_makers.Phone(tx, DESK.catalogs, (), person=karen, at=NOW)  # type: ignore[arg-type]
    phone.further = ROUTES
    words = DESK.catalogs.words(language)

    await phone.press("vcreportof")
    await phone.tap(str(YEAR))
    await phone.tap("Leuven")
    await phone.tap(words.label("🌍 All projects"))
    replies = await phone.tap(words.label("✅ Yes"))

    book, table = [one for one in replies if isinstance(one, File)]
    assert (book.name, table.name) == (
        f"figures-{YEAR}-leuven-hidden.xlsx",
        f"figures-{YEAR}-leuven-hidden.csv",
    )
    opened = load_workbook(io.BytesIO(await chat.makers(DESK)["report"](tx, book.made.id)))
    assert opened.sheetnames[0] == words.plain("Key figures")
    assert "Leuven" in bidi.strip_marks(str(opened.worksheets[0]["A2"].value))


# Closing a year

JANUARY = AFTER


async def _tap(tx: Tx, person: Person, data: str, at: datetime = JANUARY) -> tuple[str, list[str]]:
    tap = making.tapped(data, at=at)
    [shown] = await ROUTES.actions[tap.action](tx, person, tap)
    assert isinstance(shown, Edit)
    return shown.text, [button.action or "" for row in shown.buttons for button in row]


async def test_year_is_closed_after_a_question_and_for_good(tx: Tx) -> None:
    await a_year(60).write(tx)
    karen = await _karen(tx)
    _text, menu = await _tap(tx, karen, "vcreport")
    assert f"vcclose:{YEAR}" in menu

    text, buttons = await _tap(tx, karen, f"vcclose:{YEAR}")
    assert "no way back" in text
    assert "not approved yet" in text
    assert not await tx.all(select(tables.frozen_figures).limit(1))
    text, _buttons = await _tap(tx, karen, buttons[1])
    assert f"{YEAR} is closed since" in text
    again, _buttons = await _tap(tx, karen, f"vcclose:{YEAR}:yes", at=JANUARY + 9 * DAY)
    assert again == text

    _text, menu = await _tap(tx, karen, "vcreport")
    assert f"vcclose:{YEAR}" not in menu
    closed = select(audit.c.actor).where(audit.c.action == "figures.closed")
    assert [row["actor"] for row in await tx.all(closed)] == [karen.id]
    late = making.tapped(f"vcreport:{YEAR}", at=JANUARY + 9 * DAY)
    [book, _table] = await ROUTES.actions["vcreport"](tx, karen, late)
    assert isinstance(book, File)
    assert "these counts no longer change" in book.caption


async def test_only_who_looks_after_all_offices_closes_a_year(tx: Tx) -> None:
    karen, joris = await _karen(tx), await making.a_colleague(tx, KAREN + 1)
    set_for = {"office": "gent", "person_id": joris.id}
    await tx.execute(tables.office_coordinators.insert().values(set_for))

    for data in (f"vcclose:{YEAR}", f"vcclose:{YEAR}:yes"):
        for role in (None, Role.TRAINEE, Role.STAFF):
            with pytest.raises(StaffOnly):
                await _tap(tx, replace(karen, role=role), data)
        with pytest.raises(NotForAll):
            await _tap(tx, karen, data)
    assert f"vcclose:{YEAR}" not in (await _tap(tx, karen, "vcreport"))[1]
    text, _buttons = await _tap(tx, replace(karen, role=Role.ADMIN), f"vcclose:{YEAR}:yes")
    assert "is closed since" in text


@pytest.mark.parametrize("forged", ["x", "", "1999", f"{YEAR + 5}", f"{YEAR}²:yes"])
async def test_forged_years_close_nothing(tx: Tx, forged: str) -> None:
    with pytest.raises(NoSuchYear):
        await _tap(tx, await _karen(tx), f"vcclose:{forged}")


async def test_running_year_and_one_before_the_bot_are_not_closed(tx: Tx) -> None:
    await a_year(20).write(tx)
    karen = await _karen(tx)

    with pytest.raises(YearNotOver):
        await _tap(tx, karen, f"vcclose:{YEAR}:yes", at=NOW)
    earlier = NOW.replace(year=YEAR - 1)
    assert f"vcclose:{YEAR - 2}" not in (await _tap(tx, karen, "vcreport", at=earlier))[1]
