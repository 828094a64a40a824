"""What the bot says by itself while somebody waits: to colleagues, and to the person who asked."""

import html
from collections.abc import Callable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.delivery.messages import Button, Buttons
from bot.handover import domain
from bot.handover.domain import Case, Own
from bot.handover.wording import card, names, newcomer
from bot.language.catalog import Words
from bot.people.domain import Person

# The line above a list of questions: for whom it is.
Call = Callable[[Words, Sequence[Person]], str]


def block_begins(_: Words, called: Sequence[Person]) -> str:
    """The digest: who waits now that a block begins."""
    if not called:
        return _("📋 A new block begins.")
    return _("📋 {names}: your block begins.", names=names.listing(_, called))


def nobody_yet(_: Words, called: Sequence[Person]) -> str:
    """To who is on duty: nobody has claimed it."""
    if not called:
        return _("⏰ Nobody has claimed this yet.")
    return _("⏰ {names}: nobody has claimed this yet.", names=names.listing(_, called))


def too_long(_: Words, called: Sequence[Person]) -> str:
    """To the coordinators."""
    if not called:
        return _("📣 This has waited too long.")
    return _("📣 {names}: this has waited too long.", names=names.listing(_, called))


def alarm(_: Words, called: Sequence[Person]) -> str:
    """Urgent: whoever can be reached at this hour."""
    if not called:
        return _("🔴 <b>Urgent.</b> Nobody is on duty or on call.")
    return _("🔴 {names}: <b>urgent</b>, please look now.", names=names.listing(_, called))


def own_alarm(
    _: Words, found: Sequence[Case], asked_in: Words, *, now: datetime
) -> tuple[str, Buttons]:
    """The same in the own chat of who has said yes to urgent questions at any hour."""
    text = _("🔴 <b>Urgent</b>, and nobody is on duty. Please look in the team's group.")
    shown = card.listing(_, found, asked_in, total=len(found), now=now)
    free = [case for case in found if case.is_queued]
    return f"{text}\n{shown}", tuple((_claim(_, case),) for case in free[: domain.LISTED])


def _claim(_: Words, case: Case) -> Button:
    return Button(
        label=_.label("✋ Claim #{number}", number=case.number), action=f"claim:{case.id}"
    )


def are_you_on_it(_: Words, case: Case, claimant: Person) -> tuple[str, Buttons]:
    """In the topic, to a claimant who has not answered for long."""
    text = _(
        "🔔 {name}: the person waits for your answer. Are you on it? If nobody says anything, the"
        " question goes back into the queue.",
        name=names.listing(_, [claimant]),
    )
    return text, (
        (
            Button(label=_.label("👍 I am on it"), action=f"keep:{case.id}"),
            Button(label=_.label("🤝 Hand over"), action=f"hand_over:{case.id}"),
            Button(label=_.label("↩️ Release"), action=f"release:{case.id}"),
        ),
    )


def on_it(_: Words, name: str) -> str:
    """The claimant has said so."""
    return _("👍 {name} is on it.", name=name)


def kept_toast(_: Words, case: Case) -> str:
    """The question stays with its claimant."""
    return _.plain("#{number} stays with you.", number=case.number)


def released(_: Words, name: str) -> str:
    """By the bot, after long silence."""
    return _("↩️ Back in the queue: {name} has not answered for long.", name=name)


def takes_longer(_: Words, own: Own, *, now: datetime) -> tuple[str, Buttons]:
    """To the person, once: the expected moment is over."""
    number = own.case.number
    text = _(
        "⏳ Your question <b>#{number}</b> takes longer than we hoped. We have not forgotten you.",
        number=number,
    )
    if own.case.is_queued:
        further = newcomer.expectation(_, own, now=now)
    else:
        further = _("A colleague has your question and will write to you.")
    where = Button(label=_.label("📍 Where is my question now"), action="questions")
    return f"{text}\n\n{further}", ((where,),)


def nobody_now(_: Words, own: Own, *, now: datetime) -> str:
    """To the person: it is urgent now, and nobody reads it at this hour."""
    if own.case.is_queued:
        return newcomer.expectation(_, own, now=now)
    return _("🆘 No person reads this now. In danger call 112.")


def block_over(_: Words, case: Case, asked_in: Words, category: str) -> tuple[str, Buttons]:
    """The block of a colleague is over: what becomes of this question? In their own chat."""
    what = Markup(html.escape(card.title(_, case, asked_in, category), quote=False))  # noqa: S704
    text = _("🏁 Your block is over. <b>{question}</b> is still with you.", question=what)
    return f"{text}\n{_turn(_, case)}", (
        (
            Button(label=_.label("📌 Keep"), action=f"keep:{case.id}"),
            Button(label=_.label("↩️ Release"), action=f"give_back:{case.id}"),
        ),
        (Button(label=_.label("🤝 Hand over"), action=f"hand_over:{case.id}"),),
    )


def blocks_over(
    _: Words, mine: Sequence[Case], asked_in: Words, colleague: Person
) -> tuple[str, Buttons]:
    """The same for all of them, in the inbox, for who has no chat with the bot."""
    lines = [
        _("🏁 {name}: your block is over. Still with you:", name=names.listing(_, [colleague]))
    ]
    lines += [
        f"• {html.escape(card.title(_, case, asked_in, ''), quote=False)} · {_turn(_, case)}"
        for case in mine
    ]
    return "\n".join(lines), tuple(_row(_, case) for case in mine)


def _row(_: Words, case: Case) -> tuple[Button, ...]:
    return (
        Button(label=_.label("📌 #{number}", number=case.number), action=f"keep:{case.id}:row"),
        Button(label=_.label("🤝 Hand over"), action=f"hand_over:{case.id}"),
        Button(label=_.label("↩️ Release"), action=f"release:{case.id}"),
    )


def _turn(_: Words, case: Case) -> str:
    if case.state in domain.OURS:
        return _("the person waits for your answer")
    return _("it is the person's turn")


def kept(_: Words, case: Case) -> str:
    """It stays with the colleague until they say otherwise."""
    return _("📌 #{number} stays with you.", number=case.number)


def given_back(_: Words, case: Case) -> str:
    """It is in the queue again."""
    return _("↩️ #{number} is back in the queue.", number=case.number)
