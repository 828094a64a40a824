"""Signals for policy work, in the words of the staff."""

import html
from collections.abc import Collection, Mapping
from datetime import date

from bot.delivery.messages import Button, Buttons
from bot.handover.domain import Case
from bot.handover.domain.signals import OTHER, THEMES, VARIOUS, Cell
from bot.handover.wording.contacts import spoken_name
from bot.language import bidi, formats
from bot.language.catalog import Catalogs, Words

Shown = tuple[str, Buttons]


def menu(_: Words, case: Case, themes: Collection[str]) -> Shown:
    """The themes a question can be tagged with; a ✓ stands on those it has."""
    buttons = [
        Button(
            ("✓ " if theme in themes else "") + theme_name(_, theme),
            action=f"signal_theme:{case.id}:{theme}",
        )
        for theme in THEMES
    ]
    text = _(
        "📣 <b>Signal</b> · #{number}\nWhat does this question tell about policy? It is counted"
        " without a name.",
        number=case.number,
    )
    done = Button(_.label("✓ Done"), action=f"signal_done:{case.id}")
    return text, (*((button,) for button in buttons), (done,))


def tag_rows(_: Words, case: Case) -> Buttons:
    """What the menu "Tag" of a question offers too."""
    return ((Button(_.label("📣 Signal"), action=f"signal:{case.id}"),),)


def theme_name(_: Words, theme: str) -> str:
    """What a theme is called, plain."""
    names = {
        "reception_refused": _.label("Reception place refused"),
        "commune_waiting": _.label("Long wait at the municipality"),
        "procedure_waiting": _.label("Long wait in the procedure"),
        "housing_discrimination": _.label("Housing: discrimination"),
        "work_discrimination": _.label("Work: discrimination"),
        "school_refused": _.label("School refused a child"),
        "diploma": _.label("Diploma not recognised"),
        "health_card": _.label("No health insurance or card"),
        "welfare_refused": _.label("Social welfare refused"),
        "bank_refused": _.label("Bank account refused"),
        "family_reunion": _.label("Family reunification blocked"),
        "violence_officials": _.label("Violence by police or guards"),
        "violence_others": _.label("Violence by others, racism"),
    }
    return names.get(theme, _.label("Other themes"))


def months(_: Words, catalogs: Catalogs, figures: Mapping[date, Mapping[Cell, int]]) -> str:
    """The answer to /signals."""
    parts = [_month(_, catalogs, month, cells) for month, cells in figures.items()]
    note = _("Fewer than three cases are never named: they stand under “other”.")
    return "\n\n".join([_("📣 <b>Signals</b>"), *parts, note])


def _month(_: Words, catalogs: Catalogs, month: date, cells: Mapping[Cell, int]) -> str:
    lines = [f"<b>{formats.month_name(_, month.month)} {month.year}</b>"]
    themes: dict[str, dict[str, int]] = {}
    for (theme, language), n in cells.items():
        themes.setdefault(theme, {})[language] = n
    ordered = sorted(themes, key=lambda one: (one == OTHER, -sum(themes[one].values())))
    lines += [_theme(_, catalogs, theme, themes[theme]) for theme in ordered]
    if not themes:
        lines.append(_("Fewer than three signals."))
    return "\n".join(lines)


def _theme(_: Words, catalogs: Catalogs, theme: str, languages: Mapping[str, int]) -> str:
    line = f"• {_safe(theme_name(_, theme))}: {sum(languages.values())}"
    if theme == OTHER:
        return line
    each = (f"{_safe(_spoken(_, catalogs, code))} {n}" for code, n in languages.items())
    return f"{line} ({', '.join(each)})"


def _spoken(_: Words, catalogs: Catalogs, code: str) -> str:
    return _.label("various languages") if code == VARIOUS else spoken_name(_, catalogs, code)


def _safe(text: str) -> str:
    return html.escape(bidi.contained(text), quote=False)
