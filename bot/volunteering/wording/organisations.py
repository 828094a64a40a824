"""Organisations, contact persons and assignments, as coordinators see them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.events.domain import Event
from bot.language import formats
from bot.language.catalog import Catalogs, Words
from bot.volunteering.domain import Kind, Office
from bot.volunteering.domain.assignments import FLAGS, Assignment, Stage
from bot.volunteering.domain.organisations import CRITERIA, Contact, Organisation
from bot.volunteering.wording import names

# In Telegram's own list of commands in the staff group, and in /help there.
COMMANDS: tuple[tuple[str, str], ...] = (
    ("organisations", N_("Organisations, assignments and shifts (coordinators, in private)")),
)


class Screen(NamedTuple):
    """What one message shows."""

    text: str
    buttons: Buttons = ()


def listed(_: Words, found: Sequence[Organisation], page: int, *, has_more: bool) -> Screen:
    """A page of organisations; what is not complete is marked."""
    text = _("<b>Organisations</b>")
    if not found:
        text += "\n\n" + _("There is none here yet.")
    rows = [
        (Button(label=f"{_mark(one)} {one.name} · {one.town}", action=f"vcorg:{one.id}"),)
        for one in found
    ]
    turns = []
    if page:
        turns.append(Button(label=_.label("◀️ Previous"), action=f"vcorgs:{page - 1}"))
    if has_more:
        turns.append(Button(label=_.label("▶️ More"), action=f"vcorgs:{page + 1}"))
    new = Button(label=_.label("➕ New organisation"), action="vcorgnew")
    back = Button(label=_.label("⬅️ Back"), action="vcdesk")
    return Screen(text, (*rows, *((tuple(turns),) if turns else ()), (new,), (back,)))


def organisation(
    _: Words,
    one: Organisation,
    contacts: Sequence[Contact],
    offers: Sequence[Assignment],
    offices: Mapping[str, Office],
) -> Screen:
    """One of them: who, which criteria, whom to call, what it asks."""
    office = offices.get(one.office)
    where = f"{one.postcode} {one.town}" + (f" · {office.name}" if office else "")
    lines = [
        f"<b>{names.shown(one.name)}</b>",
        f"{names.sector(_, one.sector)} · {names.shown(where)}",
        _criteria_line(_, one),
    ]
    if not one.is_active:
        lines.append(_("This organisation has stopped: nothing of it is offered."))
    rows = [
        (Button(label=f"{_stage(one)} {one.title(_.code)}", action=f"vcas:{one.id}"),)
        for one in offers
    ]
    people = [(Button(label=f"👤 {one.name}", action=f"vccon:{one.id}"),) for one in contacts]
    active = _.label("⏸ Stop") if one.is_active else _.label("▶️ Take up again")
    return Screen(
        "\n".join(lines),
        (
            *rows,
            (Button(label=_.label("➕ New assignment"), action=f"vcasnew:{one.id}"),),
            *people,
            (Button(label=_.label("➕ Contact person"), action=f"vccnew:{one.id}"),),
            (
                Button(label=_.label("✏️ Change"), action=f"vcorgch:{one.id}"),
                Button(label=_.label("☑️ Criteria"), action=f"vccrit:{one.id}"),
            ),
            (Button(label=active, action=f"vcorgon:{one.id}:{int(not one.is_active)}"),),
            (Button(label=_.label("⬅️ Organisations"), action="vcorgs:0"),),
        ),
    )


def criteria(_: Words, one: Organisation) -> Screen:
    """What the organisation does for newcomers; a tap ticks."""
    text = _(
        "<b>{name}</b>\nWhat does it do for newcomers? An assignment opens only when all of this is"
        " ticked.",
        name=one.name,
    )
    rows = [
        (
            Button(
                label=f"{'✅' if key in one.criteria else '▫️'} {_.label(names.CRITERIA[key])}",
                action=f"vccrit:{one.id}:{key}:{int(key not in one.criteria)}",
            ),
        )
        for key in CRITERIA
    ]
    return Screen(text, (*rows, (_back(_, one.id),)))


def withdrawn(_: Words, n: int) -> str:
    """What taking a tick away did."""
    return _.plain_plural(
        "{n} open assignment is a draft again.", "{n} open assignments are drafts again.", n
    )


def contact(_: Words, one: Contact) -> Screen:
    """Somebody to call."""
    lines = [f"<b>{names.shown(one.name)}</b>"]
    lines += [names.shown(one) for one in (one.phone, one.mail) if one]
    lines.append(_("In Telegram: yes") if one.person_id else _("In Telegram: no"))
    link = Button(label=_.label("🔗 Link with Telegram"), action=f"vclink:{one.id}")
    return Screen(
        "\n".join(lines),
        (
            *(() if one.person_id else ((link,),)),
            (Button(label=_.label("✏️ Change"), action=f"vccch:{one.id}"),),
            (Button(label=_.label("🗑 Remove"), action=f"vccgone:{one.id}"),),
            (_back(_, one.organisation_id),),
        ),
    )


def may_remove(_: Words, one: Contact) -> Screen:
    """Asks once more."""
    text = _("Remove {name}? Name, telephone and mail are erased at once.", name=one.name)
    yes = Button(label=_.label("🗑 Yes, remove"), action=f"vccgone:{one.id}:yes")
    no = Button(label=_.label("No, keep"), action=f"vccon:{one.id}")
    return Screen(text, ((yes,), (no,)))


def link(_: Words, one: Contact, address: str) -> Screen:
    """The one-time link for a contact person."""
    text = _(
        "Send this link to {name}, and to nobody else. It works once, for two weeks:\n\n{link}",
        name=one.name,
        link=address,
    )
    return Screen(text, ((Button(label=_.label("⬅️ Back"), action=f"vccon:{one.id}"),),))


def assignment(
    _: Words, catalogs: Catalogs, one: Assignment, events: Sequence[Event], contact: Contact | None
) -> Screen:
    """One of them: its words, what it needs, when."""
    text, code = one.text(_.code)
    stage = _.label(names.STAGES[one.stage])
    lines = [
        f"<b>{names.shown(one.title(_.code))}</b> · {stage}",
        f"{names.shown(one.organisation)} · {names.kind(_, one.kind)}",
        "",
        names.shown(text),
    ]
    if code != _.code:
        lines.append(
            _("(written in {language})", language=formats.language_name(_, catalogs.words(code)))
        )
    lines += ["", *_needs(_, catalogs, one, contact)]
    return Screen("\n".join(lines), _assignment_buttons(_, one, events))


def may_close(_: Words, one: Assignment, shifts: int, people: int, places: int) -> Screen:
    """What ends with it."""
    lines = [_("⚪ Close <b>{title}</b>? Nobody new sees it then.", title=one.title(_.code))]
    if shifts:
        called_off = _.plural("{n} shift is called off", "{n} shifts are called off", shifts)
        told = _.plural("{n} place is given up", "{n} places are given up", people)
        lines.append(f"• {called_off}; {told}.")
    if places:
        ended = _.plural("{n} regular place ends", "{n} regular places end", places)
        lines.append(f"• {ended}.")
    lines.append(_("Everybody concerned is told, in their own language."))
    yes = Button(label=_.label("⚪ Yes, close it"), action=f"vcasshut:{one.id}")
    no = Button(label=_.label("⬅️ Back"), action=f"vcas:{one.id}")
    return Screen("\n".join(lines), ((yes,), (no,)))


def _needs(_: Words, catalogs: Catalogs, one: Assignment, contact: Contact | None) -> list[str]:
    place = ", ".join(filter(None, (one.place, f"{one.postcode} {one.town}")))
    lines = [f"📍 {names.shown(place)}"]
    spoken = [
        f"{formats.language_name(_, catalogs.words(code))}: {_.label(names.LEVELS[level])}"
        for code, level in one.languages.items()
    ]
    if spoken:
        lines.append(f"🗣 {', '.join(spoken)}")
    if one.talents:
        talents = [_.label(names.TALENTS[talent]) for talent in one.talents]
        lines.append(f"⭐ {', '.join(talents)}")
    lines.append(_("From {n} years", n=one.least_age))
    if one.has_two_sides:
        lines.append(_("Two people belong together: the volunteer and the other side."))
    if contact is not None:
        lines.append(f"👤 {names.shown(contact.name)}")
    known = [formats.language_name(_, catalogs.words(code)) for code in one.texts]
    lines.append(_("Words in: {languages}", languages=", ".join(known)))
    return lines


def _assignment_buttons(_: Words, one: Assignment, events: Sequence[Event]) -> Buttons:
    columns = {flag: getattr(one, column) for flag, column in FLAGS.items()}
    flags = [
        (
            Button(
                label=f"{'✅' if is_on else '▫️'} {_.label(names.FLAGS[flag])}",
                action=f"vcasflag:{one.id}:{flag}:{int(not is_on)}",
            ),
        )
        for flag, is_on in columns.items()
    ]
    opens = Button(label=_.label("🟢 Open it"), action=f"vcasst:{one.id}:open")
    closes = Button(label=_.label("⚪ Close it"), action=f"vcasst:{one.id}:closed")
    shifts = [
        (Button(label=f"🕒 {_short(_, event)}", action=f"vcsh:{event.id}"),) for event in events
    ]
    return (
        ((closes if one.stage is Stage.OPEN else opens),),
        *_lasting_buttons(_, one),
        *shifts,
        (Button(label=_.label("➕ Shift"), action=f"vcshnew:{one.id}"),),
        (Button(label=_.label("🔁 Series of shifts"), action=f"vcser:{one.id}"),),
        (
            Button(label=_.label("✏️ Change"), action=f"vcasch:{one.id}"),
            Button(label=_.label("🌐 Translate"), action=f"vcastr:{one.id}"),
        ),
        *flags,
        (_back(_, one.organisation_id),),
    )


def _lasting_buttons(_: Words, one: Assignment) -> Buttons:
    """Of one that lasts: who is there, and who fits."""
    if one.kind is Kind.OCCASIONAL:
        return ()
    there = Button(label=_.label("🔁 Who is there"), action=f"vclast:0:{one.id}")
    if one.stage is not Stage.OPEN:
        return ((there,),)
    fits = Button(label=_.label("🔎 Who fits"), action=f"vcwho:{one.id}")
    wishes = Button(label=_.label("🤝 Would like a buddy"), action="vcwish:0")
    return ((there, wishes if one.has_two_sides else fits),)


def _short(_: Words, event: Event) -> str:
    taken = f"{event.taken}/{event.draft.capacity}" if event.draft.capacity else f"{event.taken}"
    return f"{formats.soon(_, event.starts_at)} · {taken}"


def _criteria_line(_: Words, one: Organisation) -> str:
    if not one.lacks:
        return _("✅ All criteria for newcomers are met.")
    return _("⚠️ Criteria to check: {n} of {all}.", n=len(one.lacks), all=len(CRITERIA))


def _mark(one: Organisation) -> str:
    if not one.is_active:
        return "⏸"
    return "⚠️" if one.lacks else "✅"


def _stage(one: Assignment) -> str:
    return {Stage.DRAFT: "📝", Stage.OPEN: "🟢", Stage.CLOSED: "⚪"}[one.stage]


def _back(_: Words, organisation_id: int) -> Button:
    return Button(label=_.label("⬅️ Back"), action=f"vcorg:{organisation_id}")
