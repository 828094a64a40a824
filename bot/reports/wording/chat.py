"""What coordinators read and tap in their own chat."""

from datetime import date

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Words


def menu(_: Words, this: int) -> tuple[str, Buttons]:
    """Which year, and whether small counts are told."""
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
    return text, (*years, (Button(label=_.label("⬅️ Back"), action="vcdesk"),))


def caption(_: Words, year: int, day: date, *, hides: bool) -> str:
    """Below the workbook."""
    said = _(
        N_("Key figures of {year}, as of {day}."), year=str(year), day=formats.date_words(_, day)
    )
    return f"{said} {_(N_('Small counts are hidden.'))}" if hides else said
