"""Cards and the pinned list in the inbox topics, in the words of the staff group."""

import html
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.delivery.messages import Button, Buttons
from bot.duty.wording import names as duty_names
from bot.handover import domain
from bot.handover.domain import Case, State, Summary
from bot.handover.wording import deadlines, names, tagging
from bot.language import bidi, formats
from bot.language.catalog import Words

_TITLE_LIMIT = 128


def inbox_title(_: Words, desk: str, asked_in: Words) -> str:
    """The name of a language's topic: "📥 دری Dari"; at other desks with the desk."""
    spoken = " ".join(dict.fromkeys((asked_in.name, formats.language_name(_, asked_in))))
    if desk == domain.INFODESK:
        return f"📥 {spoken}"
    return f"📥 {bidi.strip_marks(duty_names.desk(_, desk))} · {spoken}"


def asked_in(_: Words, case: Case, spoken: Words) -> str:
    """Whoever found no language of theirs waits in the staff's inbox, and speaks another."""
    if case.kind == domain.OTHER_LANGUAGE:
        return _.label("🌍 Other language")
    return formats.language_name(_, spoken)


def title(_: Words, case: Case, spoken: Words, category: str) -> str:
    """ "#123 · Dari · Housing", plain."""
    parts = [f"#{case.number}", asked_in(_, case, spoken), category]
    return " · ".join(bidi.strip_marks(part) for part in parts if part)


_MARKS = {State.CLOSED: "✅", State.DROPPED: "🗑"}


def topic_title(_: Words, case: Case, asked_in: Words, category: str) -> str:
    """The name of the case's own topic, with its state."""
    mark = _MARKS.get(case.state, "⏳")
    return f"{title(_, case, asked_in, category)[: _TITLE_LIMIT - 4]} · {mark}"


def card(_: Words, summary: Summary, asked_in: Words, category: str) -> tuple[str, Buttons]:
    """A question that waits for a colleague."""
    case = summary.case
    text = "\n".join([headline(_, case, asked_in, category), *facts(_, summary)])
    return text, (
        (Button(label=_.label("✋ Claim"), action=f"claim:{case.id}"),),
        (
            Button(label=_.label("🏷 Tag"), action=f"tag:{case.id}"),
            Button(label=_.label("Not a question"), action=f"drop:{case.id}"),
        ),
    )


def headline(_: Words, case: Case, asked_in: Words, category: str) -> str:
    """What it is, and what has to be known before all else."""
    line = f"<b>{html.escape(title(_, case, asked_in, category), quote=False)}</b>"
    if case.kind == domain.OTHER_LANGUAGE:
        line += "\n" + _("🌍 In a language the bot does not speak")
    if case.is_urgent:
        line += "\n" + _("🔴 <b>Urgent</b>")
    return line


def facts(_: Words, summary: Summary) -> list[str]:
    """The lines of a card and of a topic's header: what was asked, shown, since when."""
    case = summary.case
    lines = [*_volunteers(_, case), *tagging.needs_line(_, case), *handed_over(_, summary)]
    if case.deadline is not None:
        lines.append(deadlines.line(_, case.deadline, today=summary.today))
    if case.visit_at is not None:
        moment = formats.day_and_time(_, case.visit_at)
        lines.append(_("⚖️ Legal helpdesk: {moment}", moment=moment))
    if summary.text:
        asked = html.escape(domain.shortened(bidi.contained(summary.text)), quote=False)
        lines.append(f"<blockquote>{asked}</blockquote>")
    if summary.media:
        lines.append(_("📎 Sent along: {media}", media=_media(_, summary.media)))
    lines += _tried(_, case)
    if case.opened_at:
        lines.append(_asked_at(_, case, case.opened_at))
    if summary.earlier:
        lines.append(_earlier(_, summary))
    return lines


def _volunteers(_: Words, case: Case) -> list[str]:
    """A volunteer's question: which office, and which shift."""
    return [_("🤝 {about}", about=case.about)] if case.about else []


def _tried(_: Words, case: Case) -> list[str]:
    """What the bot has shown, and what of it did not help."""
    lines, shown = [], [title for title in case.shown if title not in case.no_help]
    if shown:
        lines.append(_("🤖 The bot showed: {answers}", answers=formats.listing(_, shown)))
    if case.no_help:
        tried = formats.listing(_, case.no_help)
        lines.append(_("👎 Did not help: {answers}", answers=tried))
    return lines


def _asked_at(_: Words, case: Case, moment: datetime) -> str:
    """How long ago: Telegram counts that by itself, so no edit is spent on it."""
    counted = formats.counted_by_telegram(_, moment)
    if case.is_queued:
        return _("⏱ Waiting: asked {moment}", moment=counted)
    return _("⏱ Asked {moment}", moment=counted)


def handed_over(_: Words, summary: Summary) -> list[str]:
    """For whom it waits, and what the colleague who had it says of it."""
    lines, note = [], summary.case.note
    if summary.handed_to is not None:
        lines.append(_("🤝 For {name}", name=names.mention(summary.handed_to)))
    elif summary.case.state is State.HANDED_OVER:
        lines.append(_("🤝 Handed over by a colleague"))
    if note:
        shown = Markup(html.escape(bidi.contained(note), quote=False))  # noqa: S704
        lines.append(_("📝 Note: {note}", note=shown))
    return lines


def _earlier(_: Words, summary: Summary) -> str:
    """ "2 earlier questions: #12, #31", each leading to where it stands."""
    count = _.plural("{n} earlier question", "{n} earlier questions", summary.earlier)
    named = [linked(number, address) for number, address in summary.lately]
    return f"{count}: {', '.join(named)}" if named else count


def linked(number: int | None, address: str) -> Markup:
    """The number of a question; it leads to where it stands, if that has an address."""
    if not address:
        return Markup(f"#{number}")  # noqa: S704  # a number
    return Markup('<a href="{}">#{}</a>').format(address, number)


def _media(_: Words, media: Sequence[str]) -> str:
    counted = Counter(media)
    named = [
        f"{media_name(_, kind)} ×{count}" if count > 1 else media_name(_, kind)
        for kind, count in counted.items()
    ]
    return formats.listing(_, named)


def media_name(_: Words, kind: str) -> str:
    """What kind of thing was sent."""
    names = {
        "photo": _.label("photo"),
        "voice": _.label("voice message"),
        "document": _.label("document"),
        "video": _.label("video"),
        "video_note": _.label("video message"),
        "audio": _.label("audio"),
        "sticker": _.label("sticker"),
        "album": _.label("album"),
        "location": _.label("location"),
        "contact": _.label("contact card"),
    }
    return names.get(kind, _.label("file"))


def line(_: Words, case: Case, asked_in: Words, category: str, *, name: str) -> tuple[str, Buttons]:
    """What remains of a card once somebody has acted on it."""
    what = Markup(html.escape(title(_, case, asked_in, category), quote=False))  # noqa: S704
    match case.state:
        case State.CLOSED:
            text = _("✅ {question} · closed · {name}", question=what, name=name)
            return text, ((Button(label=_.label("Reopen"), action=f"reopen:{case.id}"),),)
        case State.DROPPED:
            text = _("🚫 {question} · not a question · {name}", question=what, name=name)
            return text, ((Button(label=_.label("Put it back"), action=f"restore:{case.id}"),),)
        case State.DELETED:
            return _("🗑 #{number} · deleted by the person", number=case.number), ()
        case _state:
            return _("⏳ {question} · {name}", question=what, name=name), ()


def listing(
    _: Words, waiting: Sequence[Case], asked_in: Words, *, total: int, now: datetime
) -> str:
    """The pinned list of one inbox, oldest first."""
    if not waiting:
        return _("<b>Nobody is waiting.</b>")
    lines = [_.plural("<b>{n} question waits</b>", "<b>{n} questions wait</b>", total)]
    lines += [_waiting(_, case, asked_in, now) for case in waiting]
    if total > len(waiting):
        lines.append(_("… and {n} more", n=total - len(waiting)))
    return "\n".join(lines)


def _waiting(_: Words, case: Case, language: Words, now: datetime) -> str:
    mark = "🔴" if case.is_urgent else "•"
    since = formats.duration(_, now - (case.opened_at or now))
    spoken = html.escape(asked_in(_, case, language), quote=False)
    line = f"{mark} #{case.number} · {spoken} · {since}"
    if case.deadline is None:
        return line
    return f"{line} · ⏰ {deadlines.days_left(_, case.deadline, today=formats.day_of(now))}"
