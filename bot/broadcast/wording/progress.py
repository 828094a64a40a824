"""How a message to many goes, in the team's group and to who wrote it."""

from collections.abc import Mapping
from datetime import datetime

from bot.broadcast.domain import OPEN, OVER, Broadcast, Fate, Stage
from bot.broadcast.wording import drafts, names
from bot.broadcast.wording.topics import NAMES
from bot.delivery.messages import Button, Buttons
from bot.language.catalog import Words
from bot.schedule import timing

Screen = tuple[str, Buttons]
_BLOCKS = 10


def going(
    _: Words, one: Broadcast, counts: Mapping[Fate, int], *, now: datetime, in_group: bool
) -> Screen:
    """How far it is; what can be done with it."""
    done = sum(n for fate, n in counts.items() if fate not in OPEN)
    lines = [
        _(
            "📣 <b>{topic}</b> · {stage}",
            topic=_.plain(NAMES[one.draft.topic]),
            stage=_.plain(names.STAGES[one.stage]),
        ),
        _bar(done, one.total) + " " + _("{done} of {total}", done=done, total=one.total),
        *drafts.counted(_, counts),
    ]
    if one.stage is Stage.RUNNING and timing.is_quiet(now):
        lines.append(_("🌙 Nothing is sent at night. It goes on by itself at 8:00."))
    return "\n".join(lines), _buttons(_, one, in_group=in_group)


def to_approve(_: Words, one: Broadcast, people: int, author: str) -> Screen:
    """The card in the group."""
    text = _.plural(
        "🙋 {name} wants to send a message to {n} person ({topic}). Another coordinator has to say"
        " yes.",
        "🙋 {name} wants to send a message to {n} people ({topic}). Another coordinator has to say"
        " yes.",
        people,
        name=author,
        topic=_.plain(NAMES[one.draft.topic]),
    )
    return text, ((Button(_.label("👀 Look in your own chat"), action=f"bglook:{one.id}"),),)


def proposed(_: Words, one: Broadcast, people: int) -> Screen:
    """The card about the thank-you of the year."""
    text = _.plural(
        "🌟 5 December is the day of volunteers. A thank-you with the own hours is ready for {n}"
        " volunteer who gave time in the past year. Would a coordinator look at it and send it?",
        "🌟 5 December is the day of volunteers. A thank-you with the own hours is ready for {n}"
        " volunteers who gave time in the past year. Would a coordinator look at it and send it?",
        people,
    )
    return text, ((Button(_.label("👀 Look in your own chat"), action=f"bglook:{one.id}"),),)


def approved(_: Words, one: Broadcast, name: str) -> str:
    """What the card becomes after a yes."""
    return _("✅ {name} said yes to the message to many ({topic}).", name=name,
             topic=_.plain(NAMES[one.draft.topic]))  # fmt: skip


def withdrawn(_: Words, one: Broadcast) -> str:
    """What the card becomes when there is nothing to approve any more."""
    return _("🗑 The message to many ({topic}) was changed or taken back.",
             topic=_.plain(NAMES[one.draft.topic]))  # fmt: skip


def said_yes(_: Words, one: Broadcast, name: str, *, is_night: bool) -> str:
    """To the author."""
    line = _("✅ {name} said yes to your message to many. It is sent now.", name=name)
    if is_night:
        return _("✅ {name} said yes to your message to many. It is sent from 8:00 on.", name=name)
    return line


def look_there(_: Words) -> str:
    """The answer to a tap in the group."""
    return _.plain("I sent it to your own chat.")


def no_own_chat(_: Words) -> str:
    """Somebody who never wrote to the bot in private cannot be shown it there."""
    return _.plain("Please open the bot in private first, and tap again.")


def ended(_: Words, one: Broadcast, counts: Mapping[Fate, int]) -> Screen:
    """To the author, when it is over."""
    lines = [
        _(
            "📣 <b>{topic}</b> · {stage}",
            topic=_.plain(NAMES[one.draft.topic]),
            stage=_.plain(names.STAGES[one.stage]),
        ),
        *drafts.counted(_, counts),
    ]
    return "\n".join(lines), ((Button(_.label("👀 Look at it"), action=f"bc:{one.id}"),),)


def sure(_: Words, one: Broadcast, *, in_group: bool) -> Screen:
    """Before the rest is taken back."""
    text = _("Stop this message for good? Who has not got it yet will not get it.")
    yes, back = _.label("✖️ Yes, stop it"), _.label("⬅️ Back")
    if in_group:
        return text, (
            (Button(yes, action=f"bgcancel:{one.id}:yes"),),
            (Button(back, action=f"bgshow:{one.id}"),),
        )
    return text, (
        (Button(yes, action=f"bccancel:{one.id}:yes"),),
        (Button(back, action=f"bc:{one.id}"),),
    )


def _buttons(_: Words, one: Broadcast, *, in_group: bool) -> Buttons:
    if one.stage in OVER:
        return () if in_group else (_back(_),)
    pause, resume, cancel = _.label("⏸ Pause"), _.label("▶️ Go on"), _.label("✖️ Stop for good")
    is_paused = one.stage is Stage.PAUSED
    if in_group:
        steer = (
            Button(resume, action=f"bggo:{one.id}")
            if is_paused
            else Button(pause, action=f"bgpause:{one.id}")
        )
        return ((steer, Button(cancel, action=f"bgcancel:{one.id}")),)
    steer = (
        Button(resume, action=f"bcresume:{one.id}")
        if is_paused
        else Button(pause, action=f"bcpause:{one.id}")
    )
    again = Button(_.label("🔄 Look again"), action=f"bc:{one.id}")
    return ((steer, Button(cancel, action=f"bccancel:{one.id}")), (again,), _back(_))


def _back(_: Words) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), action="bclist"),)


def _bar(done: int, total: int) -> str:
    full = _BLOCKS * done // total if total else _BLOCKS
    return "▓" * full + "░" * (_BLOCKS - full)
