"""Inside the topic of a question, in the words of the staff group."""

import html
from collections.abc import Sequence
from datetime import timedelta

from bot.delivery.messages import Button, Buttons
from bot.delivery.outcomes import Receipt
from bot.errors import N_
from bot.handover.domain import Case, Kept, State, Summary, is_for_the_trained
from bot.handover.wording import card, proposing, ready
from bot.language import bidi, formats
from bot.language.catalog import Words

# What Telegram says, by what it means.
_NO_CHAT = ("chat not found", "blocked by the user", "deactivated", "user_is_blocked", "peer_id")
_TOO_LONG = ("too long",)
_TOO_BIG = ("too big", "too large")

# In Telegram's own list of commands in the staff group, and in /help there.
COMMANDS: tuple[tuple[str, str], ...] = (
    ("stop", N_("Stop my last message before it goes out")),
    ("undo", N_("Delete my last message in the person's chat")),
    ("close", N_("Close this question")),
    ("reopen", N_("Open this question again")),
    ("release", N_("Put this question back in the queue")),
    ("handover", N_("Hand this question over to somebody else")),
    ("tag", N_("Put right what this question is about")),
    ("canned", N_("Send a ready answer; outside a question: the list")),
    ("deadline", N_("Set the last day that a letter names")),
    ("call", N_("Ask the person for a telephone number")),
    ("refer", N_("Propose the legal helpdesk to the person")),
    ("sessions", N_("Sessions of the legal helpdesk")),
    ("queue", N_("What is open and who has it")),
    ("mute", N_("Mute somebody for a time")),
    ("unmute", N_("Read somebody again")),
    ("mutes", N_("Who is muted")),
    ("find", N_("Find a question by its number or its words")),
    ("log", N_("Count a contact outside the chat")),
    ("stats", N_("Figures of today and this week")),
    ("signal", N_("Tag this question with a signal for policy work")),
    ("signals", N_("Signals of this month and the last")),
    ("help", N_("All commands for colleagues")),
)


def header(
    _: Words,
    summary: Summary,
    asked_in: Words,
    category: str,
    *,
    hold: timedelta,
    further: tuple[Button, ...] = (),
) -> tuple[str, Buttons]:
    """The first message of a topic: the question, who has it, and how to speak here."""
    case = summary.case
    buttons = case_buttons(_, case, further, shows_more=summary.shows_more)
    lines = [card.headline(_, case, asked_in, category), *card.facts(_, summary)]
    if not summary.claimant or not case.is_with_a_colleague:
        return "\n".join([*lines, *_with_nobody(_, case)]), buttons
    lines.append(_("👤 With {name}", name=summary.claimant))
    lines += language_help(_, summary, asked_in)
    lines.append("")
    if summary.is_checked:
        lines.append(
            _(
                "What {name} writes here waits for the ✓ of a colleague who is no trainee. Until"
                " then /stop or 👎 keeps it in. What begins with // stays between colleagues.",
                name=summary.claimant,
            )
        )
        return "\n".join(lines), buttons
    lines.append(
        _(
            "What {name} writes here goes to the person after {n} seconds. Until then /stop or 👎"
            " stops it; later /undo deletes it. What begins with // stays between colleagues.",
            name=summary.claimant,
            n=round(hold.total_seconds()),
        )
    )
    return "\n".join(lines), buttons


def _with_nobody(_: Words, case: Case) -> list[str]:
    """What has become of a question that nobody speaks in now."""
    match case.state:
        case State.CLOSED:
            return [_("✅ Closed")]
        case State.DROPPED:
            return [_("🚫 Set aside: not a question")]
        case _state if case.is_queued:
            return [_("📥 In the queue: nobody has it")]
        case _state:
            return []


def language_help(_: Words, summary: Summary, asked_in: Words) -> list[str]:
    """The claimant does not speak the person's language: who does, and what helps meanwhile."""
    if summary.speakers is None:
        return []
    language = formats.language_name(_, asked_in)
    line = _(
        "🗣 {name} does not speak {language}: use 📚 or 💬, or hand it over.",
        name=summary.claimant,
        language=language,
    )
    if not summary.speakers:
        return [line]
    spoken_by = formats.listing(_, summary.speakers)
    return [line, _("{language} is spoken by {names}.", language=language, names=spoken_by)]


def case_buttons(
    _: Words, case: Case, further: tuple[Button, ...] = (), *, shows_more: bool = False
) -> Buttons:
    """What can be done with a question where it is now, `further` being what other slices offer its
    claimant. Its card is gone when it is closed, so it is opened again from here, also in a topic
    that is closed.
    """
    match case.state:
        case State.CLOSED if case.person_id is not None:
            return ((Button(label=_.label("Reopen"), action=f"reopen:{case.id}"),),)
        case State.DROPPED:
            return ((Button(label=_.label("Put it back"), action=f"restore:{case.id}"),),)
        case _state if case.is_queued:
            return _of_queued(_, case)
        case _state if case.is_with_a_colleague:
            return _of_claimant(_, case, further, shows_more=shows_more)
        case _state:
            return ()


def _of_queued(_: Words, case: Case) -> Buttons:
    """Where there are no topics its card stands beside it, with the same buttons."""
    tag = Button(label=_.label("🏷 Tag"), action=f"tag:{case.id}")
    claim = Button(label=_.label("✋ Claim"), action=f"claim:{case.id}")
    return ((claim, tag),) if case.has_topic else ()


def _of_claimant(_: Words, case: Case, further: tuple[Button, ...], *, shows_more: bool) -> Buttons:
    """What is rarer waits behind More."""
    more = Button(label=_.label("⋯ More"), action=f"more_buttons:{case.id}")
    less = Button(label=_.label("‹ Less"), action=f"less_buttons:{case.id}")
    return (
        (*further, ready.case_button(_, case)),
        (
            Button(label=_.label("🏷 Tag"), action=f"tag:{case.id}"),
            Button(label=_.label("🤝 Hand over"), action=f"hand_over:{case.id}"),
        ),
        (
            Button(label=_.label("↩️ Release"), action=f"release:{case.id}"),
            Button(label=_.label("✅ Close"), action=f"close:{case.id}"),
        ),
        *(_rarer(_, case) if shows_more else ()),
        (less if shows_more else more,),
    )


def _rarer(_: Words, case: Case) -> Buttons:
    """A topic can be made of an answer only, and never of what somebody under 18 asked."""
    can_be_topic = case.answered_at is not None and not is_for_the_trained(case)
    return (
        (
            Button(label=_.label("⏰ Last day"), action=f"deadline:{case.id}"),
            Button(label=_.label("⚖️ Refer"), action=f"refer:{case.id}"),
        ),
        (Button(label=_.label("📞 Ask for a number"), action=f"call:{case.id}"),),
        *(((proposing.close_button(_, case.id),),) if can_be_topic else ()),
    )


def taken_over(_: Words, summary: Summary, asked_in: Words) -> str:
    """A released question has a new claimant."""
    now_with = _("👤 Now with {name}", name=summary.claimant)
    return "\n".join([now_with, *language_help(_, summary, asked_in)])


def released(_: Words, name: str) -> str:
    """Back in the queue."""
    return _("↩️ {name} has put this question back in the queue.", name=name)


def closed(_: Words, name: str) -> str:
    """Closed by a colleague."""
    return _("✅ Closed by {name}.", name=name)


def solved(_: Words) -> str:
    """Closed by the person."""
    return _("✅ The person says it is solved.")


def reopened(_: Words, *, by_person: bool, name: str = "") -> str:
    """The talk goes on."""
    if by_person:
        return _("🔄 The person has one more question on this.")
    return _("🔄 Opened again by {name}.", name=name)


def kept(_: Words, news: Kept) -> str:
    """Why a message did not go out. Said once to each author."""
    match news.reason:
        case "note":
            return _("📝 This stays between colleagues: it begins with //.")
        case "command":
            return _("📝 Not sent: there is no such command. See /help.")
        case "unclaimed":
            return _("📝 This stays between colleagues: nobody has claimed the question yet.")
        case "anonymous":
            return _(
                "📝 This stays between colleagues: the bot cannot see which admin wrote it."
                " Turn off “Remain anonymous” to answer."
            )
        case "over":
            return _("📝 Not sent: this question is closed. /reopen opens it again.")
        case _other:
            return _(
                "📝 This stays between colleagues: only {name}, who claimed the question, speaks"
                " with the person.",
                name=news.claimant,
            )


def edited(_: Words, texts: Sequence[str]) -> str:
    """The person changed what they had written, in one message or in several."""
    shown = (html.escape(bidi.contained(text), quote=False) for text in texts)
    quoted = (f"<blockquote>{text or '—'}</blockquote>" for text in shown)
    return "\n".join([_("✏️ Edited by the person:"), *quoted])


def withdrawn(_: Words) -> str:
    """The person meant it as a new question."""
    return _("🧹 The last message was a new question, not meant for this talk.")


def moved_away(_: Words) -> str:
    """The person meant it for another question of theirs."""
    return _("🧹 The last message was about another question of this person.")


def stopped(_: Words) -> str:
    """Kept in, in time."""
    return _("🛑 Stopped: it was not sent.")


def undone(_: Words) -> str:
    """Deleted in the person's chat."""
    return _("🗑 Deleted in the person's chat. They may have read it already.")


def not_undone(_: Words) -> str:
    """Telegram would not delete it."""
    return _("⚠️ It could not be deleted: Telegram allows that for 48 hours only.")


def edit_too_late(_: Words) -> str:
    """An edit of something that cannot follow any more."""
    return _("⚠️ This edit was not passed on: the question is not with you any more.")


def blocked(_: Words) -> str:
    """The person cannot be reached."""
    return _("⚠️ Not delivered: the person has blocked the bot or left Telegram.")


def failed(_: Words, receipt: Receipt) -> str:
    """It did not arrive, and why: Telegram's own words are English, and for programmers."""
    reason = receipt.reason.casefold()
    if receipt.state == "expired":
        return _("⚠️ Not delivered: there was no connection in time. Please send it again.")
    if "voice_messages_forbidden" in reason:
        return _(
            "⚠️ Not delivered: the person does not accept voice and video messages."
            " Please write it instead."
        )
    if any(one in reason for one in _NO_CHAT):
        return blocked(_)
    if any(one in reason for one in _TOO_LONG):
        return _("⚠️ Not delivered: the text is too long. Please send it in parts.")
    if any(one in reason for one in _TOO_BIG):
        return _("⚠️ Not delivered: the file is too big. Please send a smaller one.")
    if receipt.kind == "gone":
        return _("⚠️ Not delivered: the message does not exist any more.")
    return _("⚠️ Not delivered: Telegram does not pass this on. Please say it in another way.")


def unsure(_: Words) -> str:
    """Telegram never said whether it arrived."""
    return _("⚠️ Telegram did not confirm this message. It may have arrived.")


def claimed_toast(_: Words, case: Case) -> str:
    """The claim succeeded."""
    return _.label("#{number} is yours.", number=case.number)


def done_toast(_: Words, case: Case) -> str:
    """Something else succeeded: where the question is now."""
    match case.state:
        case State.CLOSED:
            return _.plain("#{number} is closed.", number=case.number)
        case State.DROPPED:
            return _.plain("#{number} is set aside: not a question.", number=case.number)
        case State.HANDED_OVER:
            return _.plain("#{number} is handed over.", number=case.number)
        case _state if case.is_queued:
            return _.plain("#{number} is back in the queue.", number=case.number)
        case _state:
            return _.plain("#{number} is open again.", number=case.number)
