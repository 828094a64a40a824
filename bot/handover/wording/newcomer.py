"""What the person who asks reads, in their own language."""

import html
from collections.abc import Sequence
from datetime import datetime

from bot.delivery.messages import Button, Buttons
from bot.handover import domain
from bot.handover.domain import Case, Draft, Own, State
from bot.handover.wording import deadlines, minors
from bot.language import bidi, formats
from bot.language.catalog import Words


def draft_buttons(_: Words, case: Case) -> Buttons:
    """Send · younger than 18 · Cancel."""
    send = Button(label=_.label("📨 Send"), action="ask_send")
    return ((send,), *_empty_buttons(_, case))


def _empty_buttons(_: Words, case: Case) -> Buttons:
    """The same while there is nothing to send."""
    return ((minors.toggle(_, case),), (Button(label=_.label("Cancel"), action="ask_cancel"),))


def begun(_: Words, draft: Draft) -> tuple[str, Buttons]:
    """The draft is open: what was asked before is in it already."""
    if draft.case.kind == domain.OTHER_LANGUAGE and not draft.pieces:
        return other_language(_), _empty_buttons(_, draft.case)
    if draft.pieces:
        return _first_this(_, draft) + _growing(_, draft), draft_buttons(_, draft.case)
    if draft.case.office is not None:
        return to_coordinators(_), _empty_buttons(_, draft.case)
    text = _(
        "💬 Ask a colleague: a person reads this.\n\nWrite, speak, or send photos and documents,"
        " as many as you need. Then press Send."
    )
    return text, _empty_buttons(_, draft.case)


def to_coordinators(_: Words) -> str:
    """A volunteer asks their own coordinators."""
    return _(
        "❓ Ask your coordinator: the coordinators of your office read this.\n\nWrite, speak, or"
        " send photos and documents, as many as you need. Then press Send."
    )


def _first_this(_: Words, draft: Draft) -> str:
    """There is a draft for others already, and only one at a time."""
    if not draft.is_other:
        return ""
    return _("You are still writing another question. Send it or cancel it first.") + "\n\n"


def other_language(_: Words) -> str:
    """For whoever reads none of the languages."""
    return _(
        "🌍 Write or say the name of your language, and your question. A voice message is fine."
        " Then press Send."
    )


def got_it(_: Words, draft: Draft) -> tuple[str, Buttons]:
    """Something was added to the draft."""
    return _growing(_, draft), draft_buttons(_, draft.case)


def _growing(_: Words, draft: Draft) -> str:
    texts = [piece.text for piece in draft.pieces if piece.text]
    shown = html.escape(domain.shortened(bidi.contained("\n".join(texts)), 300), quote=False)
    quoted = f"\n<blockquote>{shown}</blockquote>" if shown else ""
    return _ready(_, draft) + quoted + "\n" + _("Got it. Add more, or press Send.")


def _ready(_: Words, draft: Draft) -> str:
    n = len(draft.pieces)
    return _.plural("✍️ {n} message is ready.", "✍️ {n} messages are ready.", n)


def begun_thing(_: Words, draft: Draft) -> tuple[str, Button | None]:
    """What is written and not sent, as a line of "My things": the button shows it again."""
    ask = Button(label=_.label("💬 Ask a colleague"), action="ask")
    return _ready(_, draft), ask


def silent(_: Words, case: Case) -> tuple[str, Buttons]:
    """Five minutes of silence on an unsent draft."""
    text = _("Nothing was sent yet. Press Send, and a colleague gets your question.")
    return text, draft_buttons(_, case)


def cancelled(_: Words) -> str:
    """The draft is thrown away."""
    return _("Nothing was sent. What you wrote here is deleted.")


def sent(_: Words, own: Own, *, now: datetime) -> tuple[str, Buttons]:
    """The question is in the queue: its number, and when to expect an answer."""
    text = _("✅ Sent. Your question has number <b>#{number}</b>.", number=own.case.number)
    lines = [text, expectation(_, own, now=now)]
    if own.case.kind != domain.OTHER_LANGUAGE:  # who chose no language cannot
        lines.append(_("You can go on using the bot meanwhile."))
    letter = ((deadlines.offer(_, own.case),),) if domain.is_legal(own.case) else ()
    return "\n\n".join(lines), ((_where(_),), *letter)


def expectation(_: Words, own: Own, *, now: datetime) -> str:
    """When somebody reads it. Never a promise that nobody made."""
    language = _.name
    if own.case.kind == domain.OTHER_LANGUAGE:
        text = _("A colleague reads it and looks for somebody who speaks your language.")
    elif own.expected_at is None:
        text = _(
            "A colleague will read it. We do not know yet when somebody who speaks {language}"
            " is here.",
            language=language,
        )
    elif own.expected_at <= now:
        text = _("A colleague who speaks {language} is here now.", language=language)
    else:
        text = _coming(_, own.expected_at, now=now)
    if own.case.is_urgent and (own.expected_at is None or own.expected_at > now):
        text = _("🆘 No person reads this now. In danger call 112.") + "\n" + text
    return text


def _coming(_: Words, moment: datetime, *, now: datetime) -> str:
    """The next opening, as one says it: today, tomorrow, or the day by its name."""
    ahead = (formats.day_of(moment) - formats.day_of(now)).days
    language, time = _.name, formats.time_words(_, moment)
    if ahead == 0:
        return _(
            "A colleague who speaks {language} reads this today from {time}.",
            language=language,
            time=time,
        )
    if ahead == 1:
        return _(
            "A colleague who speaks {language} reads this tomorrow from {time}.",
            language=language,
            time=time,
        )
    return _(
        "A colleague who speaks {language} reads this from {moment}.",
        language=language,
        moment=formats.soon(_, moment),
    )


def _where(_: Words) -> Button:
    return Button(label=_.label("📍 Where is my question now"), action="questions")


def heard(_: Words, piece_id: int) -> tuple[str, Buttons]:
    """A message in a live talk was passed on."""
    button = Button(label=_.label("No, a new question"), action=f"anew:{piece_id}")
    return _("↪️ Passed on to your colleague."), ((button,),)


def added(_: Words, case: Case) -> str:
    """A message was added to a question that waits."""
    return _("↪️ Added to your question #{number}.", number=case.number)


def nothing_anew(_: Words) -> str:
    """The message went back; there was no text in it to answer."""
    return _("We took it back. Please write your new question.")


def answer_buttons(_: Words, case: Case) -> Buttons:
    """Under each answer of a colleague."""
    return (
        (Button(label=_.label("👍 Solved, thank you"), action=f"solved:{case.id}"),),
        (more(_, case),),
    )


def more(_: Words, case: Case) -> Button:
    """One more question on this."""
    return Button(label=_.label("One more question on this"), action=f"go_on:{case.id}")


def go_on(_: Words, case: Case) -> str:
    """The person may write now; it goes to the colleague."""
    return _("✍️ Write it now. It goes with your question #{number}.", number=case.number)


def closed(_: Words, case: Case) -> tuple[str, Buttons]:
    """A colleague has closed the question."""
    text = _("✅ Your question #{number} is closed.", number=case.number)
    return _with_rating(_, text, case)


def solved(_: Words, case: Case) -> tuple[str, Buttons]:
    """The person has closed the question."""
    return _with_rating(_, _("🙏 Good to hear."), case)


def _with_rating(_: Words, text: str, case: Case) -> tuple[str, Buttons]:
    if case.is_rated or case.answered_at is None:
        return text, ((more(_, case),),)
    smileys = zip("😊😐🙁", domain.SCORES, strict=True)
    row = tuple(Button(label=face, action=f"rate:{case.id}:{score}") for face, score in smileys)
    return text + "\n\n" + _("Did our answer help you?"), (row, (more(_, case),))


def rated(_: Words, case: Case) -> tuple[str, Buttons]:
    """Thanks for the smiley."""
    return _("🙏 Thank you. This helps us do better."), ((more(_, case),),)


def questions(_: Words, mine: Sequence[Own], *, now: datetime) -> tuple[str, Buttons]:
    """Where is my question now."""
    if not mine:
        ask = Button(label=_.label("💬 Ask a colleague"), action="ask")
        return _("No question of yours is with a colleague now."), ((ask,),)
    lines = [_("<b>My questions</b>"), *(_state(_, own, now) for own in mine)]
    return "\n\n".join(lines), tuple(_ways_of(_, own.case) for own in mine)


def _ways_of(_: Words, case: Case) -> tuple[Button, ...]:
    may_have_letter = case.is_open and domain.is_legal(case)
    return (_more_of(_, case), *([deadlines.offer(_, case)] if may_have_letter else []))


def _more_of(_: Words, case: Case) -> Button:
    label = _.label("Add to #{number}", number=case.number)
    return Button(label=label, action=f"go_on:{case.id}")


def _state(_: Words, own: Own, now: datetime) -> str:
    number = own.case.number
    match own.case.state:
        case _state if own.case.is_queued:
            waits = _("📨 <b>#{number}</b>: waits for a colleague.", number=number)
            return waits + "\n" + expectation(_, own, now=now)
        case State.CLAIMED | State.REOPENED:
            return _(
                "👀 <b>#{number}</b>: a colleague has it and will write to you.", number=number
            )
        case State.WAITING:
            return _("❓ <b>#{number}</b>: our colleague waits for your answer.", number=number)
        case State.ANSWERED:
            return _("💬 <b>#{number}</b>: answered. You can write back.", number=number)
        case _closed:
            return _("✅ <b>#{number}</b>: closed.", number=number)


def thing(_: Words, own: Own, *, now: datetime) -> tuple[str, Button | None]:
    """One line of "My things"."""
    return _state(_, own, now), _more_of(_, own.case)
