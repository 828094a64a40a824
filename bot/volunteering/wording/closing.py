"""In January: last year is not closed yet."""

from bot.delivery.messages import Button, Buttons
from bot.language.catalog import Words


def remind(_: Words, year: int) -> tuple[str, Buttons]:
    """To who can close it."""
    text = _(
        "📊 <b>The figures of {year} are not fixed yet.</b>\n\nCheck them, then close the year."
        " From then on they stay, also when people erase their data.",
        year=str(year),
    )
    return text, (
        (Button(label=_.label("📊 Look at {year}", year=str(year)), action=f"vcreport:{year}"),),
        (Button(label=_.label("🔒 Close {year}", year=str(year)), action=f"vcclose:{year}"),),
    )
