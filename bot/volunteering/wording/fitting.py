"""Assignments that fit, with the reasons; one that lasts, and asking for it."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Final

from markupsafe import Markup

from bot.delivery.messages import Button, Buttons
from bot.errors import N_
from bot.events.wording import screens
from bot.language.catalog import Words
from bot.volunteering.domain import Kind
from bot.volunteering.domain.fitting import Fit
from bot.volunteering.domain.matching import Reason, Why
from bot.volunteering.domain.placing import Asked, Lasting, Proposal
from bot.volunteering.wording import names, traits

PAGE: Final = 5
_REASONS = 4  # of one assignment: more are not read
_TITLE = 40  # letters of a title on a button

Say = Callable[[Words, tuple[str, ...]], str]

_TO_VOLUNTEERS: Final[Mapping[Why, Say]] = {
    Why.NO_DUTCH: lambda _, what: _("Dutch not needed"),
    Why.SPEAKS: lambda _, what: _("you speak {languages}", languages=traits.languages(_, what)),
    Why.FREE: lambda _, what: _("when you are free"),
    Why.NOT_FREE: lambda _, what: _("not in the hours you gave"),
    Why.TALENT: lambda _, what: _("your talent: {talents}", talents=traits.talents(_, what)),
    Why.SECTOR: lambda _, what: _("you like this: {sector}", sector=traits.sector(_, what[0])),
    Why.KIND: lambda _, what: _("as you wish: {kind}", kind=traits.kind(_, what[0])),
    Why.NEAR: lambda _, what: _near(_, what[0]),
    Why.FAR: lambda _, what: _("far: {km} km", km=what[0]),
}


def reasons(_: Words, found: Sequence[Reason]) -> str:
    """Why it fits, for the volunteer: "Dutch not needed · when you are free · 3 km from you"."""
    said = (_TO_VOLUNTEERS[one.why](_, one.what) for one in found if one.why in _TO_VOLUNTEERS)
    return " · ".join(islice(said, _REASONS))


def overview(_: Words, fits: Sequence[Fit], *, page: int) -> tuple[str, Buttons]:
    """A page of what fits, best first."""
    if not fits:
        text = _(
            "Right now nothing fits your profile. Look again another day, or ask your coordinator."
        )
        return text, ((Button(_.label("💬 Ask a colleague"), action="ask"),), *_home(_))
    page = min(page, (len(fits) - 1) // PAGE)
    shown = list(enumerate(fits, 1))[page * PAGE : (page + 1) * PAGE]
    lines = [_("✨ <b>Assignments that fit you</b>"), *(_line(_, n, one) for n, one in shown)]
    buttons = (*(_open(_, n, one) for n, one in shown), *_leaf(_, page, len(fits)), *_home(_))
    return "\n\n".join(lines), buttons


def lasting(_: Words, seen: Lasting) -> tuple[str, Buttons]:
    """One that is done for a longer time, in full."""
    fit = seen.fit
    lines = [
        _("<b>{title}</b>", title=fit.title(_.code)),
        _("{kind}", kind=names.kind(_, Kind(fit.kind))),
        _("📍 {place}", place=_where(fit)),
    ]
    parts = ["\n".join(lines)]
    if text := fit.text(_.code):
        parts.append(_("{text}", text=text))
    if why := reasons(_, fit.match.reasons):
        parts.append(f"✔️ {why}")
    parts.append(_(_STANDING[seen.standing]))
    ask = ((Button(_.label("🙋 I am interested"), action=f"vlastask:{fit.assignment}"),),)
    back = ((Button(_.label("⬅️ Back"), action="vfit:0"),),)
    return "\n\n".join(parts), (*(ask if seen.standing is Asked.NOT else ()), *back)


_STANDING: Final = {
    Asked.NOT: N_("Are you interested? Your coordinator then talks with you and the organisation."),
    Asked.PROPOSED: N_("🙋 You are interested. Your coordinator writes to you."),
    Asked.ASKED: N_("🙋 Your coordinator asks you about this: see your regular places."),
    Asked.ACCEPTED: N_("✅ Your coordinator said yes: see your regular places."),
    Asked.RUNNING: N_("✅ This is your assignment."),
    Asked.PAUSED: N_("✅ This is your assignment."),
    Asked.DECLINED: N_("Your coordinator found that this is not the right one for you now."),
    Asked.FULL: N_("There is no place left here at the moment."),
    Asked.NO_FIT: N_("Something that this assignment needs is not in your profile."),
}


def asked(_: Words, fit: Fit) -> tuple[str, Buttons]:
    """They are interested, and the coordinator knows."""
    text = _(
        "🙋 Thank you. Your coordinator knows that you are interested in <b>{title}</b> and writes"
        " to you.",
        title=fit.title(_.code),
    )
    return text, ((Button(_.label("⬅️ Back"), action="vfit:0"),),)


def decided(_: Words, title: str, *, is_yes: bool, is_pair: bool = False) -> str:
    """What the coordinator said, to the volunteer."""
    if is_yes and is_pair:
        return _(
            "✅ Good news: you are welcome for <b>{title}</b>. Your coordinator looks for somebody"
            " who fits you, and asks you first.",
            title=title,
        )
    if is_yes:
        return _(
            "✅ Good news: you can begin with <b>{title}</b>. Your coordinator tells you when and"
            " whom you meet.",
            title=title,
        )
    return _(
        "About <b>{title}</b>: it does not work out this time. Your coordinator is happy to look"
        " for something else with you.",
        title=title,
    )


def card(_: Words, waiting: Proposal) -> tuple[str, Buttons]:
    """To the team: who is interested in what. No more than what it takes to decide whom to call."""
    return _interested(_, waiting), (
        (
            Button(_.label("✅ Approve"), action=f"vcplace:{waiting.id}:yes"),
            Button(_.label("✖️ Not now"), action=f"vcplace:{waiting.id}:no"),
        ),
    )


def to_decide(_: Words, found: Sequence[Proposal]) -> tuple[str, Buttons]:
    """The same for a coordinator alone: everybody who waits."""
    back = ((Button(_.label("⬅️ Back"), action="vcdesk"),),)
    if not found:
        return _("🙋 Nobody waits for an answer about an assignment."), back
    lines = [
        _("<b>{number}.</b> {who}", number=number, who=Markup(_interested(_, one)))  # noqa: S704
        for number, one in enumerate(found, 1)
    ]
    rows = [
        (
            Button(_.label("✅ Approve {number}", number=number), action=f"vcdecide:{one.id}:yes"),
            Button(_.label("✖️ Not now {number}", number=number), action=f"vcdecide:{one.id}:no"),
        )
        for number, one in enumerate(found, 1)
    ]
    return "\n\n".join(lines), (*rows, *back)


def _interested(_: Words, waiting: Proposal) -> str:
    return _(
        "🙋 <b>{name}</b> ({town}) is interested in <b>{title}</b>, {organisation}.",
        name=waiting.name,
        town=waiting.town,
        title=waiting.title,
        organisation=waiting.organisation,
    )


def card_end(_: Words, done: Proposal, *, is_yes: bool, by: str) -> str:
    """The card, once it is decided."""
    name, title = done.name, done.title
    if is_yes:
        said = _("✅ {name} is approved for {title}. ({by})", name=name, title=title, by=by)
        further = _(
            "When it begins, and with whom, is said in the coordinators’ desk: 🔁 Regular places"
            " and pairs."
        )
        return f"{said}\n{further}"
    return _("✖️ {name} does not begin with {title}. ({by})", name=name, title=title, by=by)


def _line(_: Words, number: int, fit: Fit) -> str:
    lines = [_("<b>{number}. {title}</b>", number=number, title=fit.title(_.code))]
    if fit.starts_at is not None and fit.ends_at is not None:
        lines.append(screens.when(_, fit.starts_at, fit.ends_at))
    else:
        lines.append(_("{kind}", kind=names.kind(_, Kind(fit.kind))))
    lines.append(_("📍 {place}", place=_where(fit)))
    if why := reasons(_, fit.match.reasons):
        lines.append(f"✔️ {why}")
    if fit.is_full:
        lines.append(_("⏳ Full: you can wait."))
    return "\n".join(lines)


def _near(_: Words, km: str) -> str:
    return _("close to you") if km == "0" else _("{km} km from you", km=km)


def _where(fit: Fit) -> str:
    return " · ".join(part for part in (fit.town, fit.organisation) if part)


def _home(_: Words) -> Buttons:
    return ((Button(_.label("⬅️ Back"), action="vhome"),),)


def _open(_: Words, number: int, fit: Fit) -> tuple[Button, ...]:
    label = _.label("{number}. {name}", number=number, name=fit.title(_.code)[:_TITLE])
    if fit.event is None:
        return (Button(label, action=f"vlast:{fit.assignment}"),)
    return (Button(label, action=f"vshift:{fit.event}"),)


def _leaf(_: Words, page: int, total: int) -> Buttons:
    row = []
    if page:
        row.append(Button(_.label("‹ Better fits"), action=f"vfit:{page - 1}"))
    if (page + 1) * PAGE < total:
        row.append(Button(_.label("More ›"), action=f"vfit:{page + 1}"))
    return (tuple(row),) if row else ()
