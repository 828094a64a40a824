"""Walking through a dialog: which step comes, how it is shown, how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.delivery import outbox
from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Button, Buttons, Edit, Message, Outgoing
from bot.dialog import form_rows as rows
from bot.dialog import form_wording as wording
from bot.dialog import prompts
from bot.dialog.form import Asking, Form, Known, Person, Step
from bot.dialog.form_rows import Instance
from bot.dialog.speaking import voice
from bot.errors import Outdated, Refused
from bot.language.catalog import Words
from bot.storage.transaction import Tx

PROMPT = "form"
_LISTENS = timedelta(days=60)  # a written answer counts so long; anything tapped ends it


@dataclass(frozen=True, slots=True)
class Walk:
    """Somebody inside a dialog, in this turn."""

    tx: Tx
    person: Person
    incoming: Incoming
    form: Form
    at: Instance
    known: Mapping[str, Form] = field(default_factory=dict)  # every dialog there is

    def asking(self) -> Asking:
        """What a step may need."""
        heard = voice()
        return Asking(
            self.tx,
            self.person,
            self.incoming.at,
            Known({**self.form.told(self.at.answers), "now": self.incoming.at}),
            heard.words,
            heard.catalogs,
            draft=self.at.draft,
            is_read_back=self.form.has_summary,
        )

    def now(self, **changes: Any) -> "Walk":
        """The same, further on."""
        return replace(self, at=replace(self.at, **changes, changed_at=self.incoming.at))


async def finish(walk: Walk, parts: list[str]) -> list[Message]:
    """The summary is right. Raises what the slice refuses; the dialog stays open then."""
    if walk.form.gap(walk.at.answers) is not None or walk.at.step:
        return await further(walk)
    if not await rows.remove(walk.tx, walk.at.id):
        raise Outdated
    answers = walk.form.told(walk.at.answers)
    before = {one.id for one in await rows.unfinished(walk.tx, walk.at.chat_id)}
    replies = await walk.form.finish(walk.tx, walk.person, answers, walk.incoming)
    return [*replies, *await _still_waiting(walk, before)]


async def _still_waiting(walk: Walk, before: set[int]) -> list[Message]:
    """The way back into what was begun before this one; not while the end led on to the next."""
    chat, known = walk.at.chat_id, walk.known
    begun = [one for one in await rows.unfinished(walk.tx, chat) if one.form in known]
    if any(one.id not in before for one in begun):
        return []
    shown = [wording.waiting(own_words(), known[one.form], one.id) for one in begun[:1]]
    return [Outgoing(to=chat, text=text, buttons=buttons) for text, buttons in shown]


async def answered(walk: Walk, step: Step, value: Any) -> list[Message]:
    """The step has its answer: what comes next."""
    return await further(walk.now(answers={**walk.at.answers, step.name: value}, draft=None))


async def further(
    walk: Walk, *, is_new: bool = False, note: str = "", more: Button | None = None
) -> list[Message]:
    """The first step without an answer; after the last one the summary, or the end."""
    step = walk.form.gap(walk.at.answers)
    if step is not None:
        return await show(walk, step, note=note, is_new=is_new, more=more)
    walk = walk.now(step="", draft=None)
    await rows.keep(walk.tx, walk.at)
    if not walk.form.has_summary:
        return await finish(walk, [])
    await listen(walk)
    asking, _ = walk.asking(), own_words()
    told = [
        (one, await _told(one, asking, walk.at.answers[one.name]))
        for one in walk.form.path(walk.at.answers)
    ]
    text = wording.summary(_, walk.form, asking.answers, told)
    buttons = wording.summary_buttons(_, walk.form, walk.at.id)
    extra = ((more,),) if more is not None else ()
    return [post(walk, (wording.paragraphs(note, text), (*buttons, *extra)), is_new=is_new)]


async def show(
    walk: Walk,
    step: Step,
    *,
    note: str = "",
    page: int = 0,
    is_new: bool = False,
    more: Button | None = None,
) -> list[Message]:
    """A step, as the one that is answered next."""
    walk = walk.now(step=step.name)
    await rows.keep(walk.tx, walk.at)
    await listen(walk)
    asking, _, at = walk.asking(), own_words(), walk.at.id
    incoming = walk.incoming
    sought = incoming.text if note and isinstance(incoming, Said) else ""
    shown = await step.show(asking, shown_value(walk, step), sought)
    before = walk.at.answers.get(step.name)
    kept = None if before is None else await _told(step, asking, before)
    text = wording.step(_, walk.form, step, asking.answers, shown)
    is_first = walk.form.path(walk.at.answers)[0] is step
    buttons = wording.step_buttons(_, at, step, shown, page=page, is_first=is_first, kept=kept)
    extra = ((more,),) if more is not None else ()
    return [post(walk, (wording.paragraphs(note, text), (*buttons, *extra)), is_new=is_new)]


async def again(walk: Walk, step: Step, refusal: Refused) -> list[Message]:
    """What was wrong, above the same step."""
    return await show(walk, step, note=own_words()(refusal.sentence, **refusal.values))


async def _told(step: Step, asking: Asking, value: Any) -> str:
    return "–" if value is None else await step.tell(asking, value)


async def listen(walk: Walk) -> None:
    """The next message of this chat answers this dialog."""
    until = walk.incoming.at + _LISTENS
    await prompts.ask(walk.tx, walk.at.chat_id, PROMPT, str(walk.at.id), until=until)


async def parsed(walk: Walk) -> Walk:
    """What another version stored: answers that are none any more are dropped."""
    if walk.at.version == walk.form.version:
        return walk
    kept = dict(walk.at.answers)
    for step in walk.form.steps:
        value = kept.get(step.name)
        if step.name in kept and not (
            step.skippable if value is None else await step.fits(walk.asking(), value)
        ):
            del kept[step.name]
    at = replace(walk.at, answers=kept, draft=None, version=walk.form.version, step="")
    return replace(walk, at=at)


def current(walk: Walk, name: str) -> Step | None:
    """The step of a button, when it is the one that is shown."""
    step = walk.form.step(name)
    if step is None or walk.at.step != name or step not in walk.form.path(walk.at.answers):
        return None
    return step


def shown_value(walk: Walk, step: Step) -> Any:
    """What is ticked, else what was answered before."""
    draft = walk.at.draft if walk.at.step == step.name else None
    return walk.at.answers.get(step.name) if draft is None else draft


def post(walk: Walk, screen: tuple[str, Buttons], *, is_new: bool = False) -> Message:
    """Into the message that was tapped; else a new one, always in the person's own chat."""
    text, buttons = screen
    if isinstance(walk.incoming, Tapped) and walk.incoming.is_private and not is_new:
        return Edit(text=text, buttons=buttons)
    slot = rows.slot(walk.at.id)
    return Outgoing(to=walk.at.chat_id, slot=slot, text=text, buttons=buttons)


async def is_about_something_else(walk: Walk) -> bool:
    """Did they reply, as Telegram calls it, to another message than the dialog's last one?

    Where that is not known (it never arrived for certain), what they write is an answer."""
    answered = walk.incoming.reply_to
    if answered is None:
        return False
    shown = await outbox.slot(walk.tx, rows.slot(walk.at.id))
    return shown is not None and shown.id != answered


def own_words() -> Words:
    """The words of who speaks in this turn."""
    return voice().words
