"""What coordinators read and tap in their own chat."""

from collections.abc import Sequence
from datetime import date

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Words

Screen = tuple[str, Buttons]


def menu(_: Words, this: int, *, closes: int | None = None) -> Screen:
    """Which year, and whether small counts are told. closes: a year that can be closed."""
    text = "\n\n".join(
        (
            _(N_("📊 <b>Key figures of volunteering</b>")),
            _(
                N_(
                    "Choose a year. You get a workbook with charts and definitions, and a CSV file."
                    " 🙈 hides counts under five: take that one for whatever you publish."
                )
            ),
        )
    )
    years = tuple(
        (
            Button(label=f"📊 {year}", action=f"vcreport:{year}"),
            Button(label=f"🙈 {year}", action=f"vcreport:{year}:hide"),
        )
        for year in (this, this - 1)
    )
    part = (Button(label=_.label("🔎 One office or project"), action="vcreportof"),)
    ends = () if closes is None else ((_close(_, closes),),)
    return text, (*years, part, *ends, (Button(label=_.label("⬅️ Back"), action="vcdesk"),))


def caption(_: Words, year: int, day: date, *, of: Sequence[str] = (), hides: bool) -> str:
    """Below the workbook. of: names of the office and the project, where it is of these only."""
    said = [
        _(N_("Key figures of {year}, as of {day}."), year=str(year), day=formats.date_words(_, day))
    ]
    if of:
        said.append(_(N_("Only: {what}"), what=" · ".join(of)) + ".")
    if hides:
        said.append(_(N_("Small counts are hidden.")))
    return " ".join(said)


def of_closed(_: Words, said: str, day: date) -> str:
    """Below the workbook of a year that was closed."""
    final = _(N_("Closed on {day}: these counts no longer change."), day=formats.date_words(_, day))
    return f"{said} {final}"


def here(_: Words) -> str:
    """Before the files."""
    return _(N_("📊 Here are the figures."))


def may_close(_: Words, year: int, open_hours: int) -> Screen:
    """What closing does, before it is done. open_hours: lines that nobody has approved yet."""
    parts = [
        _(N_("🔒 <b>Close {year}?</b>"), year=str(year)),
        _(
            N_(
                "The counts of {year} then stay as they are now, for all offices, also when"
                " somebody is erased or hours are corrected. <b>There is no way back.</b> Look at"
                " the figures first."
            ),
            year=str(year),
        ),
    ]
    if open_hours:
        parts.append(
            _.plural(
                "⚠️ The hours of {n} line are not approved yet.",
                "⚠️ The hours of {n} lines are not approved yet.",
                open_hours,
            )
        )
    return "\n\n".join(parts), (
        (Button(label=_.label("📊 Look at {year}", year=str(year)), action=f"vcreport:{year}"),),
        (
            Button(
                label=_.label("🔒 Yes, close {year}", year=str(year)), action=f"vcclose:{year}:yes"
            ),
        ),
        (Button(label=_.label("⬅️ Back"), action="vcreport"),),
    )


def closed(_: Words, year: int, day: date) -> Screen:
    """It is."""
    text = _(
        N_("🔒 {year} is closed since {day}. Its counts stay as they are."),
        year=str(year),
        day=formats.date_words(_, day),
    )
    look = Button(label=_.label("📊 Look at {year}", year=str(year)), action=f"vcreport:{year}")
    return text, ((look,), (Button(label=_.label("⬅️ Back"), action="vcreport"),))


def _close(_: Words, year: int) -> Button:
    return Button(label=_.label("🔒 Close {year}", year=str(year)), action=f"vcclose:{year}")
