"""The team: who is in it, what each may do, and what was changed."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Catalogs, N_label, Words
from bot.people.domain import LEGAL, MINORS, SKILLS, VIOLENCE, Colleague, Person, Role, changing
from bot.people.domain.team import Team

# In Telegram's own list of commands in the staff group, and in /help there.
COMMANDS: tuple[tuple[str, str], ...] = (
    ("team", N_("Who is in the team: roles, languages, training")),
    ("oncall", N_("Say yes or no to urgent questions at any hour")),
)

_SKILLS: Final[Mapping[str, str]] = {
    LEGAL: N_label("⚖️ Law"),
    VIOLENCE: N_label("🛡 Violence"),
    MINORS: N_label("🧒 Minors"),
}
_ROLES: Final[Mapping[Role, str]] = {
    Role.TRAINEE: N_label("Trainee"),
    Role.STAFF: N_label("Colleague"),
    Role.COORDINATOR: N_label("Coordinator"),
    Role.ADMIN: N_label("Administrator"),
}
# As Telegram calls them where an administrator sets them.
_RIGHTS: Final[Mapping[str, str]] = {
    "can_manage_topics": N_("Manage topics"),
    "can_pin_messages": N_("Pin messages"),
    "can_delete_messages": N_("Delete messages"),
}
_A_PAGE = 20
_A_ROW = 2
_OFFERED = (Role.TRAINEE, Role.STAFF, Role.COORDINATOR)


class Screen(NamedTuple):
    """What one message shows."""

    text: str
    buttons: Buttons = ()


class View(NamedTuple):
    """What every screen is drawn from: the team, and who looks at it."""

    catalogs: Catalogs
    members: Sequence[Colleague]
    viewer: Person

    @property
    def team(self) -> Team:
        """Everybody by name."""
        return Team({one.person.id: one.person.first_name for one in self.members})

    def find(self, person_id: int) -> Colleague | None:
        """One of the team; None when they left it."""
        return next((one for one in self.members if one.person.id == person_id), None)


def lacks_rights(_: Words, rights: Sequence[str]) -> str:
    """To the staff group: what somebody has to give the bot, and that nothing is lost."""
    named = [_.plain(_RIGHTS[one]) for one in rights]
    return _(
        "⚠️ I lack rights in this group: {rights}. Somebody who owns the group can make me an"
        " administrator with these. Until then questions still come in and go out, only less"
        " tidily.",
        rights=formats.listing(_, named),
    )


def skill(_: Words, name: str) -> str:
    """What somebody was trained for, plain."""
    return _.label(_SKILLS[name])


def language(_: Words, catalogs: Catalogs, code: str) -> str:
    """A language as the reader calls it; one that is not installed by its code."""
    return formats.language_name(_, catalogs.words(code)) if code in catalogs.codes else code


def overview(_: Words, view: View, page: int = 0) -> Screen:
    """Everybody, with what they may do; a button for each whom the reader may change."""
    shown = view.members[page * _A_PAGE : (page + 1) * _A_PAGE]
    parts = [_("<b>The team</b>"), *("\n".join(_about(_, view, one)) for one in shown)]
    own = view.viewer.id
    offered = [one for one in shown if changing.leads(view.viewer) or one.person.id == own]
    team = view.team
    buttons = [
        Button(label=f"👤 {team.label(one.person.id)}", action=f"team_one:{one.person.id}")
        for one in offered
    ]
    return Screen("\n\n".join(parts), (*_in_rows(buttons), *_turns(_, view, page)))


def one(_: Words, view: View, colleague: Colleague) -> Screen:
    """One colleague, and what the reader may change about them."""
    lines = _about(_, view, colleague)
    is_own, leads = colleague.person.id == view.viewer.id, changing.leads(view.viewer)
    rows: list[tuple[Button, ...]] = []
    if leads:
        lines += ["", _("🎓 decides who may claim questions about law, violence or minors.")]
        rows.append(tuple(_skill_button(_, colleague, name) for name in SKILLS))
    if leads or is_own:
        codes = view.catalogs.codes
        rows += _in_rows([_language_button(_, view, colleague, code) for code in codes])
    if leads and not is_own:
        rows.append(tuple(_role_button(_, colleague, role) for role in _OFFERED))
    if is_own or (leads and colleague.is_on_call):
        lines += ["", _("🔔 means: urgent questions reach you at any hour, also at night.")]
        rows.append((_on_call_button(_, colleague),))
    rows.append((Button(_.label("⬅️ Back"), action="team:0"),))
    return Screen("\n".join(lines), tuple(rows))


def changed(_: Words, view: View, colleague: Colleague, *, has_lost: bool) -> str:
    """After a command: how it stands now."""
    lines = [f"✅ {line}" if not n else line for n, line in enumerate(_about(_, view, colleague))]
    if has_lost:
        name = view.team.label(colleague.person.id)
        lines.append(_(_KEEPS, name=name))
    return "\n".join(lines)


_KEEPS = N_("What {name} has already claimed stays with {name}.")


def keeps(_: Words, view: View, colleague: Colleague) -> str:
    """A toast: a skill was taken away, and nothing else."""
    return _.plain(_KEEPS, name=view.team.label(colleague.person.id))


def on_call(_: Words, colleague: Colleague) -> str:
    """What yes or no means, in one's own chat or under one's own command."""
    lines = [_(_on_call(colleague))]
    if colleague.is_on_call and not colleague.has_own_chat:
        lines.append(_("Please start a chat with me first: only then can I write to you there."))
    return "\n".join(lines)


def on_call_toast(_: Words, colleague: Colleague) -> str:
    """The same, short and plain."""
    return _.plain(_on_call(colleague))


def _on_call(colleague: Colleague) -> str:
    if colleague.is_on_call:
        return N_("🔔 Urgent questions reach you at any hour, also at night. To stop: /oncall no")
    return N_("🔕 Urgent questions reach you only when you are on duty.")


def _about(_: Words, view: View, colleague: Colleague) -> list[str]:
    person = colleague.person
    name, role = view.team.label(person.id), person.role
    lines = [_("<b>{name}</b> – {role}", name=name, role=_.plain(_ROLES[role]) if role else "–")]
    spoken = [language(_, view.catalogs, code) for code in colleague.languages]
    lines.append(_("🗣 {languages}", languages=formats.listing(_, spoken) if spoken else "–"))
    if trained := [skill(_, name) for name in SKILLS if name in person.skills]:
        lines.append(_("🎓 {skills}", skills=" · ".join(trained)))
    if colleague.is_on_call:
        lines.append(_("🔔 on call at any hour"))
    return lines


def _skill_button(_: Words, colleague: Colleague, name: str) -> Button:
    has = name in colleague.person.skills
    who, label = colleague.person.id, _ticked(skill(_, name), has)
    return Button(label=label, action=f"team_skill:{who}:{name}:{int(not has)}")


def _language_button(_: Words, view: View, colleague: Colleague, code: str) -> Button:
    speaks = code in colleague.languages
    who, label = colleague.person.id, _ticked(language(_, view.catalogs, code), speaks)
    return Button(label=label, action=f"team_language:{who}:{code}:{int(not speaks)}")


def _role_button(_: Words, colleague: Colleague, role: Role) -> Button:
    label = _ticked(_.label(_ROLES[role]), colleague.person.role is role)
    return Button(label=label, action=f"team_role:{colleague.person.id}:{role}")


def _on_call_button(_: Words, colleague: Colleague) -> Button:
    is_on = colleague.is_on_call
    label = _.label("🔕 No urgent questions") if is_on else _.label("🔔 Urgent at any hour: yes")
    return Button(label=label, action=f"team_on_call:{colleague.person.id}:{int(not is_on)}")


def _turns(_: Words, view: View, page: int) -> Buttons:
    before = Button(_.label("◀ Back"), action=f"team:{page - 1}")
    after = Button(_.label("More ▶"), action=f"team:{page + 1}")
    row = [before] if page else []
    if (page + 1) * _A_PAGE < len(view.members):
        row.append(after)
    return (tuple(row),) if row else ()


def _in_rows(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[at : at + _A_ROW]) for at in range(0, len(buttons), _A_ROW)]


def _ticked(label: str, is_chosen: bool) -> str:
    return f"☑️ {label}" if is_chosen else label
