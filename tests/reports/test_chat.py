"""/report in a coordinator's own chat."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from bot.delivery.messages import Edit, File, Outgoing
from bot.people.domain import Person, Role, StaffOnly
from bot.reports import chat
from bot.reports.domain import NoSuchYear
from bot.storage.transaction import Tx
from tests.support import people_makers as making
from tests.support.report_makers import YEAR, a_desk, a_year

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
    assert opened.sheetnames[:2] == ["Kerncijfers", "Grafieken"]
    assert (await made(tx, table.made.id)).decode("utf-8-sig").startswith("year,office")


async def test_every_button_of_the_choice_leads_to_files(tx: Tx) -> None:
    await a_year(60).write(tx)
    karen = await _karen(tx)

    (choice,) = await ROUTES.commands["report"](tx, karen, making.said("/report"))

    assert isinstance(choice, Outgoing)
    (edited,) = await ROUTES.actions["vcreport"](tx, karen, making.tapped("vcreport"))
    assert isinstance(edited, Edit)
    assert edited.buttons == choice.buttons
    *actions, back = [button.action or "" for row in choice.buttons for button in row]
    assert (len(actions), back) == (4, "vcdesk")
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
    for forged in ("vcreport", f"vcreport:{YEAR}", "vcreport:x:hide"):
        with pytest.raises(StaffOnly):
            await ROUTES.actions["vcreport"](tx, person, making.tapped(forged))


@pytest.mark.parametrize("wrong", ["last", "1999", "2027", "20260", "²⁰²⁶"])
async def test_what_is_no_year_is_said(tx: Tx, wrong: str) -> None:
    karen = await _karen(tx)

    with pytest.raises(NoSuchYear):
        await ROUTES.commands["report"](tx, karen, making.said(f"/report {wrong}"))
    with pytest.raises(NoSuchYear):
        await ROUTES.actions["vcreport"](tx, karen, making.tapped(f"vcreport:{wrong}"))
