"""What a file of events would do, line by line, and what became of it."""

import html
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from bot.delivery.messages import Button, Buttons, Outgoing
from bot.errors import N_, Refused
from bot.events.wording import files
from bot.events.wording.kinds import KINDS, ROLES, kind_name
from bot.language import formats
from bot.language.catalog import Words

_SIGNS: Final = {"new": "➕", "changed": "✏️", "cancelled": "❌"}

# Words of a column of which one or some must be chosen.
_LISTED: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {str(kind): msgid for kind, msgid in KINDS.items()},
    "audience": {str(role): msgid for role, msgid in ROLES.items()},
    "repeats": files.RULES,
}

# What is shown of a draft's field that a file changes.
_FIELDS: Final[Mapping[str, str]] = {
    "kind": N_("Kind"),
    "titles": N_("Title"),
    "texts": N_("Description"),
    "starts_at": N_("Start"),
    "ends_at": N_("End"),
    "place": N_("Place"),
    "town": N_("Town"),
    "online_link": N_("Online link"),
    "capacity": N_("Number of places"),
    "minimum": N_("At least"),
    "has_waitlist": N_("Waitlist"),
    "languages": N_("Languages"),
    "has_interpreter": N_("Interpreter"),
    "for_children": N_("Children welcome"),
    "access": N_("Accessibility"),
    "audience": N_("For whom"),
    "contact": N_("Contact person"),
    "office": N_("Office"),
}


class Place(NamedTuple):
    """Where a line stands in its file."""

    sheet: str
    number: int


class Did(Protocol):
    """A line that does something."""

    @property
    def at(self) -> tuple[str, int]:
        """Sheet and line."""

    @property
    def how(self) -> str:
        """new, changed or cancelled."""

    @property
    def title(self) -> str:
        """Of the event."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def fields(self) -> Sequence[str]:
        """What is new of it."""


def where(_: Words, at: tuple[str, int]) -> str:
    """ "Events, line 3"; of a file without sheets "line 3"."""
    sheet, number = at
    said = _.plain("{sheet}, line {number}", sheet=sheet, number=number)
    return said if sheet else _.plain("line {number}", number=number)


def done(_: Words, change: Did) -> str:
    """One line of the preview."""
    what = _.plain(
        "{title}, {when}", title=change.title, when=formats.day_and_time(_, change.starts_at)
    )
    names = formats.listing(_, [_.plain(_FIELDS[one]) for one in change.fields if one in _FIELDS])
    news = f" ({names})" if names else ""
    return f"{_SIGNS[change.how]} {where(_, change.at)}: {what}{news}"


def wrong(_: Words, at: tuple[str, int], why: Refused) -> str:
    """A line that cannot be brought in, and how to mend it."""
    return f"⚠️ {where(_, at)}: {_.plain(why.sentence, **_in_words(_, why.values))}"


def _in_words(_: Words, values: Mapping[str, object]) -> dict[str, object]:
    """Names of columns and of kinds as the reader's own file has them."""
    said = dict(values)
    column = str(values.get("column", ""))
    if files.split(column)[0] in files.COLUMNS:
        said["column"] = files.heading(_, column)
    if "columns" in values:
        said["columns"] = ", ".join(_named(_, str(values["columns"])))
    words = _LISTED.get(column or "kind")
    if words and str(values.get("known", "")).startswith(next(iter(words))):
        said["known"] = ", ".join(_.plain(one) for one in words.values())
    return said


def _named(_: Words, columns: str) -> list[str]:
    """Headings; those of one language more are left out, there are too many of them."""
    known = {**files.COLUMNS, **files.WALKERS}
    names = [one for one in columns.split(", ") if one in known]
    return [_.plain(known[one]) for one in names]


def left_out(_: Words, at: tuple[str, int], title: str, why: Refused) -> str:
    """A line that does nothing."""
    return f"➖ {where(_, at)}: {title}. {_.plain(why.sentence, **why.values)}"


class Walks(Protocol):
    """A walker of a list."""

    @property
    def at(self) -> tuple[str, int]:
        """Sheet and line."""

    @property
    def name(self) -> str:
        """As the list says."""

    @property
    def team(self) -> str:
        """ "": without one."""


def walker(_: Words, line: Walks, *, is_waiting: bool) -> str:
    """One line of the preview of a list of walkers."""
    who = _.plain("{name} ({team})", name=line.name, team=line.team) if line.team else line.name
    later = f" – {_.plain('on the waitlist')}" if is_waiting else ""
    return f"➕ {where(_, line.at)}: {who}{later}"


def unread(_: Words, headings: Sequence[str]) -> str:
    """Columns of a list that are not read."""
    return _.plain("Not read and not kept: {columns}.", columns=", ".join(headings))


# -- in a chat ---------------------------------------------------------------------------------

_MOST_SHOWN: Final = 60  # lines of a preview; a longer one nobody reads on a telephone


def how_to(_: Words) -> Outgoing:
    """What may be sent."""
    text = [
        _("📥 <b>Events from a file</b>"),
        _(
            "Send me a file here: Excel (.xlsx), CSV or a calendar (.ics), up to 5 MB. I show you"
            " first what would change. Nothing happens before you say yes."
        ),
    ]
    empty = Button(_.label("📄 Empty file to fill in"), action="ecit")
    export = Button(_.label("📤 Take events along"), action="ecx")
    return Outgoing(text="\n\n".join(text), buttons=((empty,), (export,)))


def is_reading(_: Words) -> Outgoing:
    """The file has come."""
    return Outgoing(text=_("📄 I am reading your file. One moment, please."))


def preview(
    _: Words, lines: Sequence[str], counts: Mapping[str, int], *, id_: int, is_new: bool = False
) -> Outgoing:
    """What it would do; `is_new`: something else than what they said yes to."""
    parts = [_("📥 <b>This is what would change</b>")]
    if is_new:
        parts = [_("⚠️ <b>Something changed in the meantime.</b> This is what would change now:")]
    parts += [_counted(_, counts), _shown(_, lines)]
    parts.append(_("Nothing is brought in yet. People with a place hear what changes."))
    buttons = (
        (Button(_.label("✅ Bring it in"), action=f"eciy:{id_}"),),
        (Button(_.label("✖️ Leave it"), action=f"ecix:{id_}"),),
    )
    return Outgoing(text="\n\n".join(parts), buttons=buttons)


def walk_preview(
    _: Words, lines: Sequence[str], *, walkers: int, teams: int, id_: int, is_new: bool
) -> Outgoing:
    """The same of a list of walkers."""
    parts = [_("📥 <b>These walkers would come on the list</b>")]
    if is_new:
        parts = [_("⚠️ <b>Something changed in the meantime.</b> This is what would change now:")]
    parts += [_walked(_, walkers, teams), _shown(_, lines)]
    parts.append(_("Nothing is brought in yet. Only names, teams and start times are kept."))
    buttons = (
        (Button(_.label("✅ Bring it in"), action=f"eciy:{id_}"),),
        (Button(_.label("✖️ Leave it"), action=f"ecix:{id_}"),),
    )
    return Outgoing(text="\n\n".join(parts), buttons=buttons)


def walk_done(_: Words, *, walkers: int, teams: int) -> Outgoing:
    """The list is in."""
    return Outgoing(text="\n\n".join([_("✅ <b>Brought in.</b>"), _walked(_, walkers, teams)]))


def send_walkers(_: Words, title: str) -> Outgoing:
    """What a list of walkers may be."""
    text = _(
        "📥 <b>Walkers who registered elsewhere: {title}</b>\n\nSend me the list now: Excel (.xlsx)"
        " or CSV, at most 500 lines, with columns such as name, team, captain and start time."
        " E-mail addresses and telephone numbers are not read. The same list again doubles nobody.",
        title=title,
    )
    return Outgoing(text=text)


def no_list(_: Words) -> Outgoing:
    """Something else came."""
    return Outgoing(text=_("This is no list that I can read. Send Excel (.xlsx) or CSV."))


def _walked(_: Words, walkers: int, teams: int) -> str:
    said = [
        _.plural("{n} new walker", "{n} new walkers", walkers),
        _.plural("{n} new team", "{n} new teams", teams),
    ]
    return " · ".join(said)


def faulty(_: Words, lines: Sequence[str]) -> Outgoing:
    """What is wrong with it."""
    head = _("⚠️ <b>Nothing was brought in.</b> Please mend this and send the file again:")
    how = Button(_.label("❔ How a file should be"), action="eci")
    return Outgoing(text="\n\n".join([head, _shown(_, lines)]), buttons=((how,),))


def nothing(_: Words, lines: Sequence[str]) -> Outgoing:
    """Known already."""
    parts = [_("Everything in this file is known already.")]
    return Outgoing(text="\n\n".join([*parts, *([_shown(_, lines)] if lines else [])]))


def brought_in(_: Words, counts: Mapping[str, int]) -> Outgoing:
    """It is done."""
    return Outgoing(text="\n\n".join([_("✅ <b>Brought in.</b>"), _counted(_, counts)]))


def left(_: Words) -> str:
    """They do not want it."""
    return _("✖️ Nothing was brought in.")


def bringing(_: Words) -> str:
    """They said yes."""
    return _("✅ I am bringing it in …")


def failed(_: Words, why: Refused) -> Outgoing:
    """It could not be read."""
    return Outgoing(text=_(why.sentence, **why.values))


def which_kind(_: Words, id_: int) -> Outgoing:
    """A calendar does not say what its events are."""
    rows = _pairs(
        [Button(kind_name(_, one), action=f"ecik:{id_}:{one}") for one in KINDS],
    )
    return Outgoing(text=_("What kind of events are in this file?"), buttons=rows)


def which_office(_: Words, id_: int, offices: Sequence[tuple[int, str]]) -> Outgoing:
    """The file does not say whose they are; offices with their number in the operator's order."""
    rows = _pairs([Button(name, action=f"ecio:{id_}:{number}") for number, name in offices])
    return Outgoing(text=_("Which office plans these events?"), buttons=rows)


def _pairs(buttons: Sequence[Button]) -> Buttons:
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _counted(_: Words, counts: Mapping[str, int]) -> str:
    """How much of each; of what there is none nothing is said."""
    said = {
        "new": _.plural("{n} new", "{n} new", counts["new"]),
        "changed": _.plural("{n} changed", "{n} changed", counts["changed"]),
        "cancelled": _.plural("{n} cancelled", "{n} cancelled", counts["cancelled"]),
    }
    return " · ".join(text for how, text in said.items() if counts[how])


def _shown(_: Words, lines: Sequence[str]) -> str:
    shown = [html.escape(one, quote=False) for one in lines[:_MOST_SHOWN]]
    more = len(lines) - len(shown)
    if more:
        shown.append(_.plural("… and {n} more line", "… and {n} more lines", more))
    return "\n".join(shown)
