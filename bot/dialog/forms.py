"""Dialogs with several steps. A slice declares a `Form`, offers it in `Routes.forms`, and begins
it with `begin`; the steps, Back, Leave, the summary and coming back after days are made here.

Nothing is kept in memory: a row says which step is shown and what was answered; buttons carry the
row's number and the step, and a tap on an old one shows the step where the dialog stands.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Button, Message
from bot.dialog import form_rows as rows
from bot.dialog import form_wording as wording
from bot.dialog.calendar import Allows
from bot.dialog.form import (
    Answers,
    Asking,
    ByButton,
    Form,
    Known,
    Options,
    Pairs,
    Person,
    Shown,
    Step,
    Taken,
    Wrong,
)
from bot.dialog.form_rows import export_chat, forget_chat, remove_old
from bot.dialog.measures import grid, grid_words, number
from bot.dialog.moments import day, moment
from bot.dialog.routes import Routes
from bot.dialog.speaking import voice
from bot.dialog.steps import choice, choices, custom, photo, text, voice_or_text, yes_no
from bot.dialog.walking import (
    PROMPT,
    Walk,
    again,
    answered,
    current,
    finish,
    further,
    is_about_something_else,
    listen,
    own_words,
    parsed,
    post,
    show,
    shown_value,
)
from bot.errors import Outdated, Refused
from bot.storage.transaction import Tx

__all__ = [
    "Allows",
    "Answers",
    "Asking",
    "ByButton",
    "Form",
    "Known",
    "Options",
    "Pairs",
    "Shown",
    "Step",
    "Taken",
    "Wrong",
    "begin",
    "choice",
    "choices",
    "custom",
    "day",
    "export_chat",
    "forget_chat",
    "grid",
    "grid_words",
    "moment",
    "number",
    "photo",
    "remove_old",
    "routes",
    "text",
    "things",
    "voice_or_text",
    "yes_no",
]

Thing = tuple[str, Button | None]
Alarm = Callable[[Person, str, datetime], list[Message]]


def _calm(person: Person, words: str, now: datetime) -> list[Message]:
    return []


async def begin(
    tx: Tx,
    person: Person,
    incoming: Incoming,
    form: Form,
    *,
    answers: Mapping[str, Any] | None = None,
    ref: str = "",
) -> list[Message]:
    """The first step, in the person's own chat.

    answers  what is known already: those steps are not asked, and can be changed at the summary
    ref      what it is about, such as "assignment:12"; `finish` finds it in answers["ref"]

    Begun before with the same `ref` and not finished: goes on there, and offers to start again.
    """
    chat = person.telegram_id
    begun = await rows.unfinished(tx, chat)
    known = next((one for one in begun if one.form == form.name and one.ref == ref), None)
    if known is not None:
        walk = await parsed(Walk(tx, person, incoming, form, known))
        again = wording.anew(voice().words, known.id)
        return await further(walk, is_new=True, note=own_words()(wording.BEGUN_BEFORE), more=again)
    for old in begun[rows.MOST - 1 :]:
        await rows.remove(tx, old.id)
    given = {**(answers or {}), "ref": ref}
    values = {"chat_id": chat, "form": form.name, "version": form.version, "step": ""}
    made = await rows.create(tx, {**values, "answers": given, "ref": ref}, now=incoming.at)
    return await further(Walk(tx, person, incoming, form, made), is_new=True)


def routes(forms: Sequence[Form], alarm: Alarm = _calm) -> Routes:
    """The buttons and the written answers of all dialogs. Raises ValueError for a double name.

    alarm  numbers to call, for words that sound like danger: they go before the next step
    """
    known = {form.name: form for form in forms}
    if len(known) != len(forms):
        raise ValueError("two dialogs have one name")

    def inside(go: Callable[[Walk, list[str]], Any], least: int = 1) -> Any:
        async def tapped(tx: Tx, person: Person, tap: Tapped) -> list[Message]:
            parts = tap.argument.split(":", 2)
            walk = await _found(known, tx, person, tap, parts[0])
            if len(parts) < least:
                raise Outdated
            done: list[Message] = await go(walk, parts[1:])
            return done

        return tapped

    async def said(tx: Tx, person: Person, incoming: Incoming, ref: str) -> list[Message] | None:
        try:
            walk = await _found(known, tx, person, incoming, ref)
        except Outdated:
            return None
        if await is_about_something_else(walk):
            await listen(walk)  # it goes on hearing what is no reply
            return None
        words = incoming.text if isinstance(incoming, Said) else ""
        return [*alarm(person, words, incoming.at), *await _hear(walk)]

    actions = {
        "form": inside(_tap, 3),
        "form_done": inside(_close, 2),
        "form_skip": inside(_skip, 2),
        "form_back": inside(_back, 2),
        "form_page": inside(_turn_page, 3),
        "form_edit": inside(_edit, 2),
        "form_change": inside(_change),
        "form_ok": inside(finish),
        "form_go": inside(_go_on),
        "form_anew": inside(_begin_anew),
        "form_leave": inside(_leave),
        "form_drop": inside(_drop),
    }
    return Routes(actions=actions, prompts={PROMPT: said})


def things(forms: Sequence[Form]) -> Callable[[Tx, Person, datetime], Any]:
    """Lines of "My things": what was begun and not finished."""
    known = {form.name: form for form in forms}

    async def listed(tx: Tx, person: Person, now: datetime) -> list[Thing]:
        begun = await rows.unfinished(tx, person.telegram_id)
        return [
            wording.thing(own_words(), known[one.form], one.id)
            for one in begun
            if one.form in known
        ]

    return listed


# Taps


async def _tap(walk: Walk, parts: list[str]) -> list[Message]:
    step = current(walk, parts[0])
    if step is None:
        return await further(walk)
    asking, before = walk.asking(), shown_value(walk, step)
    try:
        taken = await step.tap(asking, parts[1], before)
    except Refused as refusal:
        return await again(walk, step, refusal)
    return await _taken(walk, step, taken)


async def _taken(walk: Walk, step: Step, taken: Taken) -> list[Message]:
    if taken.is_answer:
        return await answered(walk, step, taken.value)
    return await show(walk.now(draft=taken.value), step)


async def _close(walk: Walk, parts: list[str]) -> list[Message]:
    """Done with ticking, or what was answered before stays."""
    step = current(walk, parts[0])
    if step is None:
        return await further(walk)
    try:
        value = await step.close(walk.asking(), shown_value(walk, step))
    except Refused as refusal:
        return await again(walk, step, refusal)
    shown = await step.show(walk.asking(), None)
    if not shown.has_done and step.name not in walk.at.answers:
        return await show(walk, step)
    return await answered(walk, step, value)


async def _skip(walk: Walk, parts: list[str]) -> list[Message]:
    step = current(walk, parts[0])
    if step is None or not step.skippable:
        return await further(walk)
    return await answered(walk, step, None)


async def _back(walk: Walk, parts: list[str]) -> list[Message]:
    step = current(walk, parts[0])
    if step is None:
        return await further(walk)
    path = walk.form.path(walk.at.answers)
    before = path[max(path.index(step) - 1, 0)]
    return await show(walk.now(draft=None), before)


async def _turn_page(walk: Walk, parts: list[str]) -> list[Message]:
    step = current(walk, parts[0])
    if step is None or not parts[1].isdecimal():
        return await further(walk)
    return await show(walk, step, page=int(parts[1]))


async def _edit(walk: Walk, parts: list[str]) -> list[Message]:
    """An answer is to be changed, from the summary."""
    step = walk.form.step(parts[0])
    if step is None or step not in walk.form.path(walk.at.answers):
        return await further(walk)
    return await show(walk.now(draft=None), step)


async def _change(walk: Walk, parts: list[str]) -> list[Message]:
    """Which answer? Only at the summary."""
    if walk.form.gap(walk.at.answers) is not None:
        return await further(walk)
    await listen(walk)
    return [post(walk, wording.changes(own_words(), walk.form, walk.at.id, walk.asking().answers))]


async def _go_on(walk: Walk, parts: list[str]) -> list[Message]:
    """Where it was; back from the list of changes, the summary."""
    step = walk.form.step(walk.at.step)
    if step is not None and step in walk.form.path(walk.at.answers):
        return await show(walk, step)
    return await further(walk)


async def _begin_anew(walk: Walk, parts: list[str]) -> list[Message]:
    """Nothing is answered yet; what it was begun with stays."""
    names = {step.name for step in walk.form.steps}
    kept = {name: one for name, one in walk.at.answers.items() if name not in names}
    return await further(walk.now(answers=kept, draft=None, step=""))


async def _leave(walk: Walk, parts: list[str]) -> list[Message]:
    """It waits."""
    return [post(walk, wording.left(own_words(), walk.form, walk.at.id))]


async def _drop(walk: Walk, parts: list[str]) -> list[Message]:
    await rows.remove(walk.tx, walk.at.id)
    return [post(walk, (wording.thrown_away(own_words()), ()))]


# Written answers


async def _hear(walk: Walk) -> list[Message]:
    """The answer to the step that is shown."""
    step = walk.form.step(walk.at.step)
    if step is None or step not in walk.form.path(walk.at.answers):
        return await further(walk, note=own_words()(wording.BY_BUTTON))
    try:
        value = await step.hear(walk.asking(), walk.incoming)
    except Refused as refusal:
        return await again(walk, step, refusal)
    return await _taken(walk, step, value if isinstance(value, Taken) else Taken(value))


async def _found(
    known: Mapping[str, Form], tx: Tx, person: Person, incoming: Incoming, number: str
) -> Walk:
    """The dialog of a button, as this version understands it. Raises Outdated."""
    is_number = number.isascii() and number.isdecimal() and len(number) < 16
    found = await rows.find(tx, person.telegram_id, int(number)) if is_number else None
    if found is None or found.form not in known:
        raise Outdated
    return await parsed(Walk(tx, person, incoming, known[found.form], found, known))
