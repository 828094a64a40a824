"""40-hour trajectories as coordinators see them, and what keeps people from volunteering."""

from collections.abc import Mapping, Sequence

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.language.catalog import N_label, Words
from bot.people.domain import Role
from bot.volunteering.domain import Office, Status
from bot.volunteering.domain import trajectories as domain
from bot.volunteering.domain.trajectories import Progress, Trajectory
from bot.volunteering.wording.hours import amount

Screen = tuple[str, Buttons]

# The dialog that begins one.
TITLE = N_("Begin a 40-hour trajectory")
WHO = N_("For whom? Tap, or write the name.")
VOLUNTEER = N_("Volunteer")
REFERRER = N_("Who referred this person? Such as the Agency, OCMW, a reception centre.")
REFERRED = N_("Referred by")
REPORT = N_("May we tell them how it ends? Ask the volunteer.")
REPORTS = N_("May be told how it ends")

STATUSES: Mapping[Status, str] = {
    Status.REGISTERED: N_label("📝 Registered"),
    Status.INTAKE: N_label("🗣 Intake"),
    Status.ACTIVE: N_label("▶️ Active"),
    Status.PAUSED: N_label("⏸ Paused"),
    Status.COMPLETED: N_label("🏁 Completed"),
    Status.STOPPED: N_label("⏹ Stopped"),
}
_BARRIERS: Mapping[str, str] = {
    "language": N_label("🗣 Language"),
    "stress": N_label("😓 Stress"),
    "mobility": N_label("🚌 Transport"),
    "unknown": N_label("❓ Does not know volunteering"),
    "obligation": N_label("📋 Feels like an obligation"),
}


def listed(
    _: Words,
    found: Sequence[Trajectory],
    counts: Mapping[str, int],
    *,
    page: int,
    has_more: bool,
) -> Screen:
    """Those that run, and how many there are of each."""
    told = [
        _("{status}: {n}", status=_.label(msgid), n=counts[status])
        for status, msgid in STATUSES.items()
        if counts.get(status)
    ]
    none = _("There are none yet.")
    text = _("🎯 <b>40-hour trajectories</b>") + "\n\n" + ("\n".join(told) or none)
    rows = [(Button(_named(_, one), action=f"vctraj:{one.volunteer}"),) for one in found]
    leaf = []
    if page:
        leaf.append(Button(_.label("‹ Back"), action=f"vctrajs:{page - 1}"))
    if has_more:
        leaf.append(Button(_.label("More ›"), action=f"vctrajs:{page + 1}"))
    return text, (
        *rows,
        *((tuple(leaf),) if leaf else ()),
        (Button(_.label("➕ Begin one"), action="vcbegin"),),
        (Button(_.label("🚧 What keeps people from it"), action="vcbars"),),
        (Button(_.label("⬅️ Back"), action="vcdesk"),),
    )


def one(_: Words, found: Trajectory, reached: Progress | None, *, is_admin: bool) -> Screen:
    """One of them, and where it may go."""
    lines = [
        _("🎯 <b>{name}</b>", name=found.name),
        _.label(STATUSES[found.status]),
        *_counted(_, reached),
    ]
    if found.referrer:
        lines.append(_("Referred by: {referrer}", referrer=found.referrer))
        agreed = _("May be told how it ends: yes")
        lines.append(agreed if found.report_back_at else _("May be told how it ends: no"))
    if found.reported_at is not None:
        lines.append(_("✉️ They were told."))
    rows = [_move(_, found, to) for to in _ways(found, reached, is_admin=is_admin)]
    if found.may_report:
        label = _.label("✉️ Text for {referrer}", referrer=found.referrer[:30])
        rows.append((Button(label, action=f"vctell:{found.volunteer}"),))
    return "\n".join(lines), (*rows, _back(_))


def reached(_: Words, found: Trajectory, progress: Progress) -> Screen:
    """To a coordinator: the target is reached."""
    text = _(
        "🎯 <b>{name}</b> has {done} approved hours of {target}. Is the trajectory complete? You"
        " decide.",
        name=found.name,
        done=amount(_, progress.minutes),
        target=amount(_, progress.target),
    )
    label = _.label("🎯 Look at it")
    return text, ((Button(label, action=f"vctraj:{found.volunteer}"),),)


def report(_: Words, dutch: Words, found: Trajectory, progress: Progress) -> Screen:
    """A text for who referred them, in Dutch, for the coordinator to send."""
    said = _letter(dutch, found, amount(dutch, progress.minutes))
    head = _("✉️ Nothing is sent by itself. Copy this and send it to {referrer}:",
             referrer=found.referrer)  # fmt: skip
    return f"{head}\n\n<pre>{said}</pre>", (
        (Button(_.label("✅ I have sent it"), action=f"vctold:{found.volunteer}"),),
        (Button(_.label("⬅️ Back"), action=f"vctraj:{found.volunteer}"),),
    )


def _letter(_: Words, found: Trajectory, hours: str) -> str:
    if found.status is Status.COMPLETED:
        return _(
            "Hello,\n\n{name}, whom you referred to us, has completed the participation trajectory:"
            " {hours} of volunteering.\n\nKind regards",
            name=found.name,
            hours=hours,
        )
    return _(
        "Hello,\n\n{name}, whom you referred to us, has ended the participation trajectory"
        " after {hours} of volunteering.\n\nKind regards",
        name=found.name,
        hours=hours,
    )


def offices(_: Words, known: Mapping[str, Office]) -> Screen:
    """Of which office?"""
    rows = [(Button(one.name, action=f"vcbar:{key}"),) for key, one in known.items()]
    return _("🚧 <b>What keeps people from volunteering</b>\n\nAt which office?"), (*rows, _back(_))


def barriers(_: Words, office: Office, counts: Mapping[str, int]) -> Screen:
    """This month's counts, with + and −."""
    text = _(
        "🚧 <b>What keeps people from volunteering</b>\n{office}, this month. Only counted: it"
        " never stands in anybody's file.",
        office=office.name,
    )
    told = [
        _("{barrier}: {n}", barrier=_.label(msgid), n=counts.get(key, 0))
        for key, msgid in _BARRIERS.items()
    ]
    rows = [
        (
            Button(_.label("{barrier} +1", barrier=_.label(msgid)),
                   action=f"vcbarup:{office.key}:{key}"),
            *((Button("−1", action=f"vcbardown:{office.key}:{key}"),) if counts.get(key) else ()),
        )
        for key, msgid in _BARRIERS.items()
    ]  # fmt: skip
    return "\n\n".join([text, "\n".join(told)]), (*rows, _back(_))


def _ways(found: Trajectory, reached: Progress | None, *, is_admin: bool) -> list[Status]:
    """Where it may go for this reader; to the end only with enough hours."""
    enough = reached is not None and reached.is_reached
    return [
        to
        for to, needed in domain.TRANSITIONS[found.status].items()
        if (is_admin or needed is Role.COORDINATOR) and (to is not Status.COMPLETED or enough)
    ]


def _move(_: Words, found: Trajectory, to: Status) -> tuple[Button, ...]:
    label = _.label("→ {status}", status=_.label(STATUSES[to]))
    return (Button(label, action=f"vcmove:{found.volunteer}:{found.status}:{to}"),)


def _counted(_: Words, reached: Progress | None) -> list[str]:
    if reached is None:
        return []
    told = _("{done} of {target} approved hours that count",
             done=amount(_, reached.minutes), target=amount(_, reached.target))  # fmt: skip
    return [told]


def _named(_: Words, found: Trajectory) -> str:
    sign = _.label(STATUSES[found.status]).split()[0]
    return _.label("{sign} {name}", sign=sign, name=found.name)


def _back(_: Words) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Trajectories"), action="vctrajs:0"),)
