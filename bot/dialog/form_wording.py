"""What people read while they go through a dialog: a step, the summary, what waits."""

import html
import re
from collections.abc import Iterable, Sequence

from bot.delivery.messages import Button, Buttons
from bot.dialog.form import Answers, Choice, Form, Shown, Step
from bot.errors import N_
from bot.language import cells
from bot.language.catalog import Words

PAGE = 12  # options on one screen
_DATA = 64  # bytes of a button (Bot API, InlineKeyboardButton)
_LABEL = 40
_TAG = re.compile(r"<[^<>]*>")

Screen = tuple[str, Buttons]

BEGUN_BEFORE = N_("You began this earlier. Here is where you were.")
BY_BUTTON = N_("Please tap one of the buttons. To ask something else, tap “Leave” first.")


def step(_: Words, form: Form, one: Step, answers: Answers, shown: Shown) -> str:
    """The question, how far it is, and what was answered before."""
    path = form.path(answers)
    title = _.plain(form.title)
    head = _("<b>{title}</b>", title=title)
    if len(path) > 1:  # "1/1" says nothing, and is wrong where an answer brings more questions
        progress = f"{path.index(one) + 1}/{len(path)}"
        head = _("<b>{title}</b> · {progress}", title=title, progress=progress)
    return paragraphs(head, one.asks(_, answers), shown.more)


def step_buttons(
    _: Words, at: int, one: Step, shown: Shown, *, page: int, is_first: bool, kept: str | None
) -> Buttons:
    """The options, then what goes on, then Back and Leave. `kept`: the answer given before."""
    rows = _options(_, at, one, shown, page)
    further: list[tuple[Button, ...]] = []
    if shown.has_done:
        further.append((Button(_.label("➡️ Done, go on"), action=f"form_done:{at}:{one.name}"),))
    elif kept is not None:
        label = _.label("➡️ Keep: {answer}", answer=shortened(kept, 20))
        further.append((Button(label, action=f"form_done:{at}:{one.name}"),))
    if one.skippable:
        further.append((Button(_.label("Skip this"), action=f"form_skip:{at}:{one.name}"),))
    leave = Button(_.label("✖️ Leave"), action=f"form_leave:{at}")
    if is_first:
        return (*rows, *further, (leave,))
    back = Button(_.label("⬅️ Back"), action=f"form_back:{at}:{one.name}")
    return (*rows, *further, (back, leave))


def _options(_: Words, at: int, one: Step, shown: Shown, page: int) -> Buttons:
    if shown.rows is not None:
        return tuple(tuple(_option(at, one, choice) for choice in row) for row in shown.rows)
    if len(shown.flow) <= PAGE + 2:
        return laid(_option(at, one, choice) for choice in shown.flow)
    pages = -(-len(shown.flow) // PAGE)
    page = page % pages
    found = laid(_option(at, one, choice) for choice in shown.flow[page * PAGE :][:PAGE])
    label = _.label("More ({page} of {pages})", page=page + 1, pages=pages)
    return (*found, (Button(label, action=f"form_page:{at}:{one.name}:{(page + 1) % pages}"),))


def _option(at: int, one: Step, choice: Choice) -> Button:
    """Raises ValueError for a value that no button can carry."""
    action = f"{at}:{one.name}:{choice.value}"
    if len(action.encode()) > _DATA - len("form:"):
        raise ValueError(f"an option of step {one.name} is too long for a button")
    return Button(choice.label, action=f"form:{action}")


def summary(_: Words, form: Form, answers: Answers, told: Sequence[tuple[Step, str]]) -> str:
    """Everything that was answered, a line each."""
    title = _("<b>{title}</b>", title=_.plain(form.title))
    lines = [
        _("• {question} {answer}", question=called(_, one, answers), answer=answer)
        for one, answer in told
    ]
    more = form.further(_, answers) if form.further is not None else ""
    return paragraphs(title, "\n".join(lines), more, _("Is everything right?"))


def summary_buttons(_: Words, form: Form, at: int) -> Buttons:
    """Done, change, leave."""
    change = Button(_.label("✏️ Change something"), action=f"form_change:{at}")
    leave = Button(_.label("✖️ Leave"), action=f"form_leave:{at}")
    return ((Button(_.label(form.done), action=f"form_ok:{at}"),), (change,), (leave,))


def changes(_: Words, form: Form, at: int, answers: Answers) -> Screen:
    """Which answer is to be changed."""
    buttons = tuple(
        (Button(shortened(called(_, one, answers), _LABEL), action=f"form_edit:{at}:{one.name}"),)
        for one in form.path(answers)
    )
    back = Button(_.label("⬅️ Back"), action=f"form_go:{at}")
    return _("What do you want to change?"), (*buttons, (back,))


def left(_: Words, form: Form, at: int) -> Screen:
    """Left for now: it waits."""
    text = paragraphs(
        _("<b>{title}</b>", title=_.plain(form.title)),
        _("You have left this. I keep your answers for 60 days."),
    )
    throw = Button(_.label("🗑 Throw away"), action=f"form_drop:{at}")
    return text, ((go_on(_, at),), (throw,))


def waiting(_: Words, form: Form, at: int) -> Screen:
    """Another one was begun before, and waits still."""
    text = _("You also began this: {title}", title=_.plain(form.title))
    return text, ((go_on(_, at),),)


def thing(_: Words, form: Form, at: int) -> tuple[str, Button | None]:
    """What waits, as a line of "My things"."""
    title = _.plain(form.title)
    label = shortened(_.label("✍️ Go on: {title}", title=title), _LABEL)
    return (
        _("✍️ Not finished: {title}", title=title),
        Button(label, action=f"form_go:{at}"),
    )


def go_on(_: Words, at: int) -> Button:
    """The way back into it."""
    return Button(_.label("✍️ Go on"), action=f"form_go:{at}")


def anew(_: Words, at: int) -> Button:
    """From the beginning."""
    return Button(_.label("🔄 Start again"), action=f"form_anew:{at}")


def thrown_away(_: Words) -> str:
    """What was answered is gone."""
    return _("This is deleted. Nothing was sent.")


def called(_: Words, one: Step, answers: Answers) -> str:
    """What a step is called, as plain text."""
    if one.label:
        return _.plain("{name}:", name=_.plain(one.label))
    return html.unescape(_TAG.sub("", one.asks(_, answers))).partition("\n")[0]


def paragraphs(*parts: str) -> str:
    """With an empty line between; what is not there takes no room."""
    return "\n\n".join(part for part in parts if part)


def shortened(label: str, most: int) -> str:
    """What fits on a button."""
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def laid(buttons: Iterable[Button]) -> Buttons:
    """Two beside each other where both can be read whole, every other one on its own row."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        above = rows[-1] if rows else ()
        if len(above) == 1 and all(cells.fits_half_a_row(one.label) for one in (*above, button)):
            rows[-1] = (*above, button)
        else:
            rows.append((button,))
    return tuple(rows)
