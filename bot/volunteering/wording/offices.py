"""Who looks after which office."""

from collections.abc import Collection, Mapping, Sequence

from bot.delivery.messages import Button, Buttons
from bot.language import formats
from bot.language.catalog import Words
from bot.people.domain import Colleague
from bot.volunteering.domain import Office

Screen = tuple[str, Buttons]


def all_of_them(
    _: Words, known: Mapping[str, Office], held: Mapping[str, Sequence[str]], *, may_set: bool
) -> Screen:
    """Each office with its coordinators; who may set them taps it."""
    lines = [_line(_, office, held.get(key, ())) for key, office in known.items()]
    how = _("Tap an office to change it.") if may_set else _("An administrator can change this.")
    rows = [
        (Button(office.name, action=f"vcoffice:{key}"),) for key, office in known.items() if may_set
    ]
    text = "\n\n".join([_("🏠 <b>Who looks after which office</b>"), "\n".join(lines), how])
    return text, (*rows, (Button(_.label("⬅️ Back"), action="vcdesk"),))


def one(_: Words, office: Office, team: Sequence[Colleague], theirs: Collection[int]) -> Screen:
    """A tick for each coordinator."""
    text = _(
        "🏠 <b>{office}</b>\n\nWho is ticked looks after this office: only they and administrators"
        " see its volunteers. With no tick, all coordinators do.",
        office=office.name,
    )
    rows = [(_tick(office, one, is_on=one.person.id in theirs),) for one in team]
    return text, (*rows, (Button(_.label("⬅️ Offices"), action="vcoffices"),))


def _tick(office: Office, one: Colleague, *, is_on: bool) -> Button:
    label = f"{'✅' if is_on else '▫️'} {one.person.first_name}"
    where = f"{office.key}:{one.person.id}:{int(not is_on)}"
    return Button(label, action=f"vcofficeset:{where}")


def _line(_: Words, office: Office, names: Sequence[str]) -> str:
    whose = formats.listing(_, names) if names else _.plain("all coordinators")
    return _("• {office}: {names}", office=office.name, names=whose)
