"""Referral to the legal helpdesk: what the person is asked and told, and what colleagues read."""

import html
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.delivery.messages import Button, Buttons
from bot.handover import domain
from bot.handover.domain import Case, Session, Summary
from bot.handover.wording import names
from bot.language import bidi, formats
from bot.language.catalog import Words
from bot.people.domain import Person

SITE_LINE: Final = "/sessions site Name | Street 1, 9000 Gent | 51.05, 3.72"
_COUNTS: Final = 21  # numbers on one screen
_IN_A_ROW: Final = 7
_TIMES_AT_MOST: Final = 24


# What the person reads.


def ask(_: Words, case: Case, organisation: str, *, has_own_group: bool) -> tuple[str, Buttons]:
    """What would be passed on, and who would read it: the legal helpdesk's own group, or the
    group in which the whole team answers."""
    first = _(
        "⚖️ The legal helpdesk of {organisation} can look at your question #{number} with you."
        " For that it needs your question, your language, and the day you come.",
        organisation=organisation,
        number=case.number,
    )
    if has_own_group:
        readers = _(
            "If you agree, the colleagues of the legal helpdesk read this too. Besides them only"
            " the team that answers you here can read it. Do you agree?"
        )
    else:
        readers = _(
            "The legal helpdesk works in one group with the team that answers you here: all"
            " colleagues in that group can read this. Nobody outside our team gets it."
            " Do you agree?"
        )
    text = f"{first}\n\n{readers}"
    yes = Button(label=_.label("✅ Yes"), action=f"refer_yes:{case.id}")
    no = Button(label=_.label("No"), action=f"refer_no:{case.id}")
    return text, ((yes, no),)


def offers(_: Words, case: Case, found: Sequence[Session]) -> tuple[str, Buttons]:
    """The next sessions; without any, what happens instead."""
    no = Button(label=_.label("No, thank you"), action=f"refer_no:{case.id}")
    if not found and case.visit_at is not None:
        text = _("No other session is planned. We still expect you at the one you chose.")
        off_ = Button(label=_.label("I cannot come"), action=f"visit_off:{case.id}")
        return text, ((off_,),)
    if not found and case.desk == domain.LEGAL:
        text = _(
            "🙏 Thank you. No session is planned yet. Your question is now with the legal"
            " helpdesk: a colleague from there will write to you here."
        )
        return text, ()
    if not found:
        text = _("🙏 Thank you. No session is planned yet; your colleague will write to you.")
        return text, ((no,),)
    lines = [_("⚖️ Which session suits you?"), *(_offer(_, one) for one in found)]
    rows = [
        (Button(label=_moment_label(_, one), action=f"visit:{case.id}:{one.id}"),) for one in found
    ]
    return "\n\n".join(lines), (*rows, (no,))


def _offer(_: Words, session: Session) -> str:
    lines = [f"<b>{_span(_, session)}</b>", _place(session)]
    known = [_.locale.languages.get(code, "") for code in session.languages]
    if spoken := [name for name in known if name]:
        lines.append(_("🗣 {languages}", languages=formats.listing(_, spoken)))
    return "\n".join(lines)


def _span(_: Words, session: Session) -> str:
    begin = formats.day_and_time(_, session.starts_at)
    return f"{begin} – {formats.time_words(_, session.ends_at)}"


def _place(session: Session) -> str:
    where = f"{session.site.name}, {session.site.address}"
    return "📍 " + html.escape(bidi.contained(where), quote=False)


def _moment_label(_: Words, session: Session) -> str:
    day = formats.day_of(session.starts_at)
    return f"{formats.weekday_name(_, day.weekday())} {day:%d/%m} · {session.site.name}"[:40]


def times(_: Words, case: Case, session: Session) -> tuple[str, Buttons]:
    """A place at a time."""
    by_time: dict[datetime, int] = {}
    for place in session.free:
        by_time.setdefault(session.moment(place), place)
    found = list(by_time.items())[:_TIMES_AT_MOST]
    keys = [
        Button(
            label=f"{moment.astimezone(formats.BRUSSELS):%H:%M}",
            action=f"visit_at:{case.id}:{session.id}:{place}",
        )
        for moment, place in found
    ]
    rows = tuple(tuple(keys[at : at + 4]) for at in range(0, len(keys), 4))
    back = Button(label=_.label("Another session"), action=f"refer_yes:{case.id}")
    text = "\n".join([_("⚖️ What time do you come?"), _offer(_, session)])
    return text, (*rows, (back,))


def booked(_: Words, case: Case, session: Session) -> tuple[str, Buttons]:
    """Come then, there, with these."""
    text = _invitation(_, session, case.visit_at or session.starts_at)
    return text, _changes(_, case)


def _invitation(_: Words, session: Session, moment: datetime) -> str:
    when = formats.day_and_time(_, moment)
    if session.minutes is None:
        first = _(
            "⚖️ Come to the open session on <b>{moment}</b> (until {end}).",
            moment=when,
            end=formats.time_words(_, session.ends_at),
        )
    else:
        first = _("⚖️ We expect you on <b>{moment}</b>.", moment=when)
    lines = [first, _place(session)]
    if session.bring:
        things = "\n".join(f"• {bring_name(_, item)}" for item in session.bring)
        lines.append(_("🎒 Please bring:") + "\n" + things)
    return "\n\n".join(lines)


def bring_name(_: Words, item: str) -> str:
    """What to bring, as the person calls it."""
    names = {
        "letters": _("all letters about it"),
        "annex": _("your annex or residence card"),
        "envelope": _("the envelope with the date"),
        "identity": _("your passport or identity paper, if you have one"),
        "interpreter": _("somebody who interprets; tell us if you know nobody"),
    }
    return names[item]


def _changes(_: Words, case: Case) -> Buttons:
    change = Button(label=_.label("Another session"), action=f"refer_yes:{case.id}")
    off = Button(label=_.label("I cannot come"), action=f"visit_off:{case.id}")
    return ((change, off),)


def reminder(
    _: Words, case: Case, session: Session, moment: datetime, *, is_late: bool
) -> tuple[str, Buttons]:
    """A day, and two hours, before."""
    late = "\n\n" + _("Sorry, this reminder comes late.") if is_late else ""
    return "🔔 " + _invitation(_, session, moment) + late, _changes(_, case)


def called_off(_: Words, case: Case, session: Session) -> tuple[str, Buttons]:
    """It does not take place."""
    text = _(
        "⚠️ The session of {moment} does not take place. Please choose another one.",
        moment=formats.day_and_time(_, session.starts_at),
    )
    return text, ((Button(label=_.label("Another session"), action=f"refer_yes:{case.id}"),),)


def declined(_: Words) -> str:
    """Nothing is passed on."""
    return _("All right. We pass nothing on. You can go on here.")


def off(_: Words, case: Case) -> tuple[str, Buttons]:
    """The place is free again."""
    text = _("All right, we do not expect you. You can choose another day.")
    return text, ((Button(label=_.label("Another session"), action=f"refer_yes:{case.id}"),),)


# What colleagues read.


def asked(_: Words) -> str:
    """To the claimant who tapped."""
    return _.plain("The person is asked whether they agree.")


def agreed(_: Words, *, has_sessions: bool) -> str:
    """In the topic."""
    if has_sessions:
        return _("⚖️ The person agrees to the legal helpdesk and is choosing a session.")
    return _("⚖️ The person agrees to the legal helpdesk, but no session is planned. See /sessions.")


def passed_to_desk(_: Words) -> str:
    """In the topic, and as the note for whoever takes it."""
    return _.plain("Agrees to the legal helpdesk; no session is planned. Please write to them.")


def refused(_: Words) -> str:
    """In the topic."""
    return _("⚖️ The person does not want to go to the legal helpdesk.")


def given_back(_: Words) -> str:
    """In the topic."""
    return _("⚖️ The person cannot come; the place is free again.")


def comes(_: Words, case: Case, session: Session) -> str:
    """In the topic."""
    moment = formats.day_and_time(_, case.visit_at or session.starts_at)
    return _("⚖️ Comes to {site} on {moment}.", site=session.site.name, moment=moment)


def passed_on(_: Words, summary: Summary, asked_in: Words, session: Session) -> str:
    """To the legal desk: what the person agreed to, and no more."""
    case = summary.case
    head = f"<b>#{case.number} · {html.escape(formats.language_name(_, asked_in), quote=False)}</b>"
    asked_text = html.escape(domain.shortened(bidi.contained(summary.text)), quote=False)
    quoted = [f"<blockquote>{asked_text}</blockquote>"] if asked_text else []
    return "\n".join([head, comes(_, case, session), *quoted])


def listing(_: Words, found: Sequence[Session]) -> str:
    """The answer to /sessions."""
    add = _("Add one: {example}", example=f"/sessions add {domain.LINE}")
    off_ = _("Call one off: {example}", example="/sessions off 12")
    site = _("Add a site: {example}", example=SITE_LINE)
    if not found:
        return "\n\n".join([_("<b>No session is planned.</b>"), site, add])
    lines = [_("<b>Sessions of the legal helpdesk</b>"), *(_line(_, one) for one in found)]
    return "\n".join([*lines, "", add, off_])


def _line(_: Words, session: Session) -> str:
    taken = len(session.taken)
    places = "" if session.total is None else f" · {taken}/{session.total}"
    name = html.escape(bidi.contained(session.site.name), quote=False)
    return f"{session.id}. {_span(_, session)} · {name}{places}"


def added(_: Words, n: int) -> str:
    """New sessions."""
    return _.plural("✅ {n} session added.", "✅ {n} sessions added.", n)


def site_added(_: Words, name: str) -> str:
    """A new site."""
    return _("✅ The site {name} is known now.", name=name)


def switched_off(_: Words, n: int) -> str:
    """Called off."""
    return _.plural("✅ Called off; {n} person is told.", "✅ Called off; {n} people are told.", n)


def ask_count(_: Words, session: Session, called: Sequence[Person]) -> tuple[str, Buttons]:
    """How many came? It rings who was on duty there."""
    text, buttons = count(_, session)
    if called:
        text = _("👋 {names}: your session is over.", names=names.listing(_, called)) + "\n" + text
    return text, buttons


def count(_: Words, session: Session, page: int = 0) -> tuple[str, Buttons]:
    """How many came? A screen of numbers."""
    text = _(
        "👥 How many people came to {site} on {moment}?",
        site=session.site.name,
        moment=formats.day_and_time(_, session.starts_at),
    )
    first = page * _COUNTS
    keys = [
        Button(label=str(n), action=f"came:{session.id}:{n}") for n in range(first, first + _COUNTS)
    ]
    rows = [tuple(keys[at : at + _IN_A_ROW]) for at in range(0, _COUNTS, _IN_A_ROW)]
    more = Button(label=_.label("More"), action=f"came_more:{session.id}:{page + 1}")
    return text, (*rows, (more,))


def counted(
    _: Words, session: Session, referred: Sequence[tuple[int, int, bool | None]]
) -> tuple[str, Buttons]:
    """So many came; which of those whom we sent?"""
    text = _(
        "👥 {site}, {moment}: {n} came.",
        site=session.site.name,
        moment=formats.day_and_time(_, session.starts_at),
        n=session.came or 0,
    )
    if referred:
        text += "\n" + _("Who of those we referred came? Tap their number.")
    keys = [
        Button(label=f"{'✅ ' if has_come else ''}#{number}", action=f"attended:{visit}")
        for visit, number, has_come in referred
    ]
    rows = [tuple(keys[at : at + 4]) for at in range(0, len(keys), 4)]
    again = Button(label=_.label("Another number of people"), action=f"came_more:{session.id}:0")
    return text, (*rows, (again,))
