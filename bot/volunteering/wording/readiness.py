"""Before the first shift: the list, what stands behind it, whom to tell with a notice that is
ready, and what coordinators see of it. The facts are reviewed texts (`knowledge/checklist.yaml`).
"""

import html
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from bot.delivery.messages import Button, Buttons, Outgoing
from bot.errors import N_
from bot.events.domain import Event
from bot.events.wording import screens
from bot.infodesk.directory.leaflets import Guide, Sheet, Text
from bot.infodesk.wording import answers
from bot.infodesk.wording.screens import Voice, paragraphs
from bot.language import bidi, formats
from bot.language.catalog import N_label, Words
from bot.volunteering.domain import readiness as domain
from bot.volunteering.domain.assignments import Assignment
from bot.volunteering.domain.readiness import Item, Readiness, Tick, Via
from bot.volunteering.wording import names

Screen = tuple[str, Buttons]

_DUTCH = "nl"  # what offices read
_ON_A_SCREEN = 30  # people whose lists a coordinator can open from one message
_IN_A_FILE = 3

_LINES: Final[Mapping[Item, str]] = {
    Item.INSURANCE: N_label("I know about the insurance"),
    Item.INFORMATION: N_label("I have the information"),
    Item.NOTICE: N_label("Whom must I tell first?"),
    Item.EXTRACT: N_label("How do I get the extract?"),
}
_DONE: Final[Mapping[Item, str]] = {
    Item.INSURANCE: N_label("Insurance: done"),
    Item.INFORMATION: N_label("Information: done"),
    Item.NOTICE: N_label("Benefit, reception: done"),
    Item.EXTRACT: N_label("Extract: seen"),
}
# As coordinators read them, short.
_NAMES: Final[Mapping[Item, str]] = {
    Item.INSURANCE: N_("insurance"),
    Item.INFORMATION: N_("information"),
    Item.NOTICE: N_("benefit or reception centre"),
    Item.EXTRACT: N_("extract from the criminal record"),
}
_TICKS: Final[Mapping[Item, str]] = {
    Item.INSURANCE: N_label("✅ Insurance: talked about"),
    Item.INFORMATION: N_label("✅ Information: given"),
    Item.NOTICE: N_label("✅ Whom to tell: settled"),
    Item.EXTRACT: N_label("👁 I have seen the extract"),
}
_BACKS: Final[Mapping[Item, str]] = {
    Item.INSURANCE: N_label("↩️ Not yet: insurance"),
    Item.INFORMATION: N_label("↩️ Not yet: information"),
    Item.NOTICE: N_label("↩️ Not yet: whom to tell"),
    Item.EXTRACT: N_label("↩️ Not yet: extract"),
}


class Lacking(NamedTuple):
    """Somebody with something open, on a coordinator's list."""

    volunteer: int
    assignment: int
    name: str
    items: tuple[Item, ...]


# The volunteer


def checklist(
    _: Words, guide: Guide, one: Readiness, what: Assignment, event: Event | None
) -> Screen:
    """One line an item: what is done, and what to do."""
    head = [_("📋 <b>Before your first shift</b>"), _assigned(_, what)]
    if event is not None:
        head.append(screens.when(_, event.starts_at, event.ends_at))
    lines = [_item(_, guide, one, line) for line in one.lines]
    rest = _("✅ Everything is done. Have a good time!")
    text = paragraphs("\n".join(head), *lines, None if one.open else rest)
    return text, _checklist_buttons(_, one)


def more(_: Words, guide: Guide, one: Readiness) -> Screen:
    """What stands behind the lines, each with its sources."""
    parts = [_explained(_, guide, line) for line in one.lines]
    head, read = _("ℹ️ <b>Before your first shift</b>"), _read_by(_, guide, one.lines)
    return paragraphs(head, *parts, read), (_back(_, one),)


def whom(_: Words, guide: Guide, one: Readiness, mask: int) -> Screen:
    """Which of these is true? The ticks stand in the buttons only."""
    ask = _(
        "Which is true for you? Tick it, then you see whom to tell, with a notice in Dutch. We do"
        " not keep what you tick."
    )
    text = paragraphs(_item(_, guide, one, Item.NOTICE, with_mark=False), ask)
    ticks = [_payer(_, guide, one, at, mask) for at in range(len(domain.PAYERS))]
    none = Button(_.label("None of these"), action=f"vrdone:{one.assignment}:{Item.NOTICE}:1")
    show = Button(_.label("📝 Show the notice"), action=f"vrnote:{one.assignment}:{mask}")
    return text, (*ticks, (show if mask else none,), _back(_, one))


def told(_: Words, guide: Guide, one: Readiness, mask: int) -> Screen:
    """Whom to tell, and how, for what was ticked."""
    kinds = domain.chosen(mask)
    found = [*(_payer_text(_, guide, kind) for kind in kinds), _read_by(_, guide, kinds)]
    ways = _("The notices are below. Tap one to copy it, or send it on.")
    done = Button(_.label("✅ I have told them"), action=f"vrdone:{one.assignment}:{Item.NOTICE}:1")
    again = Button(_.label("⬅️ Back"), action=f"vrget:{one.assignment}:{mask}")
    return paragraphs(*found, ways), ((done,), (again,))


def notices(
    _: Words,
    guide: Guide,
    kinds: Sequence[str],
    *,
    official: Mapping[str, str],
    own: Mapping[str, str],
) -> list[Outgoing]:
    """Each alone in a message, so that it can be sent on: in Dutch, their own language below.

    official, own  what they are filled in with (`facts`), in Dutch and in their language
    """
    found = [_notice(_, guide, kind, official, own) for kind in kinds]
    return [Outgoing(text=text) for text in found if text]


def facts(_: Words, what: Assignment, event: Event | None, name: str) -> dict[str, str]:
    """What a notice is filled in with, in the language of `_`."""
    return {
        "organisation": what.organisation,
        "town": what.town,
        "task": what.title(_.code),
        "day": "…" if event is None else formats.date_words(_, event.starts_at),
        "name": name,
    }


def link(_: Words, assignment: int) -> tuple[Button, ...]:
    """The way to the list, from a shift."""
    return (Button(_.label("📋 Before your first shift"), action=f"vready:{assignment}"),)


def _checklist_buttons(_: Words, one: Readiness) -> Buttons:
    rows = [(_line_button(_, one, line),) for line in one.lines]
    about = Button(_.label("ℹ️ What is this?"), action=f"vrmore:{one.assignment}")
    return (*rows, (about,))


def _line_button(_: Words, one: Readiness, line: Item) -> Button:
    tick = one.ticks.get(line)
    mark, said = ("✅", _DONE[line]) if tick else ("▫️", _LINES[line])
    label = f"{mark} {_.label(said)}"
    if line is Item.EXTRACT:
        return Button(label, action=f"vrmore:{one.assignment}")
    if line is Item.NOTICE and not tick:
        return Button(label, action=f"vrget:{one.assignment}:0")
    return Button(label, action=f"vrdone:{one.assignment}:{line}:{0 if tick else 1}")


def _item(
    _: Words, guide: Guide, one: Readiness, line: Item, *, with_mark: bool = True
) -> str | None:
    text, voice = _read(_, guide, line)
    if text is None:
        return None
    mark = ("✅ " if line in one.ticks else "▫️ ") if with_mark else ""
    return f"{mark}<b>{voice.line(text.title)}</b>\n{voice.text(text.text)}"


def _explained(_: Words, guide: Guide, line: Item) -> str | None:
    text, voice = _read(_, guide, line)
    if text is None:
        return None
    body = f"<b>{voice.line(text.title)}</b>\n{voice.text(text.steps or text.text)}"
    return "\n".join(filter(None, (body, _sources(_, guide.sheet(line)))))


def _payer(_: Words, guide: Guide, one: Readiness, at: int, mask: int) -> tuple[Button, ...]:
    kind = domain.PAYERS[at]
    text, _voice = _read(_, guide, kind)
    mark = "☑️" if mask >> at & 1 else "▫️"
    title = kind if text is None else text.title
    return (Button(f"{mark} {title}", action=f"vrget:{one.assignment}:{mask ^ 1 << at}"),)


def _payer_text(_: Words, guide: Guide, kind: str) -> str | None:
    text, voice = _read(_, guide, kind)
    if text is None:
        return None
    parts = [f"<b>{voice.line(text.title)}</b>", voice.text(text.text)]
    parts += [voice.text(text.steps)] if text.steps else []
    return "\n".join(filter(None, (*parts, _sources(_, guide.sheet(kind)))))


def _notice(
    _: Words, guide: Guide, kind: str, official: Mapping[str, str], own: Mapping[str, str]
) -> str | None:
    """Dutch to copy with a tap; what it says, below."""
    text, dutch = guide.text(kind, _.code), guide.text(kind, _DUTCH)
    if text is None or dutch is None or not dutch.notice:
        return None
    copy = f"<code>{html.escape(_filled(dutch.notice, official), quote=False)}</code>"
    if text.language == dutch.language:
        return copy
    contained = {name: bidi.contained(value) for name, value in own.items()}
    below = html.escape(_filled(text.notice, contained), quote=False)
    return paragraphs(copy, _("It says:"), bidi.line_starts_right(below, is_rtl=_.is_rtl))


def _filled(notice: str, facts: Mapping[str, str]) -> str:
    for name, value in facts.items():
        notice = notice.replace(f"{{{name}}}", value)
    return notice


def _read(_: Words, guide: Guide, id_: str) -> tuple[Text | None, Voice]:
    text = guide.text(id_, _.code)
    return text, Voice(_, _.is_rtl, {})


def _sources(_: Words, sheet: Sheet | None) -> str | None:
    """Where it comes from."""
    return None if sheet is None else answers.sources(_, answers.few(sheet.sources))


def _read_by(_: Words, guide: Guide, ids: Sequence[str]) -> str:
    """Who has read these texts, once for all of them: what one lacks, all lack."""
    texts = [guide.text(one, _.code) for one in ids]
    sheets = [guide.sheet(one) for one in ids]
    facts = [one.facts_checked if one else None for one in sheets]
    words = [one.language_checked if one else None for one in texts]
    return answers.marks(
        _, facts[0] if facts and all(facts) else None, words[0] if words and all(words) else None
    )


def _assigned(_: Words, what: Assignment) -> str:
    title, organisation = what.title(_.code), what.organisation
    return _("🏠 {task} – {organisation}", task=title, organisation=organisation)


def _back(_: Words, one: Readiness) -> tuple[Button, ...]:
    return (Button(_.label("⬅️ Back"), action=f"vready:{one.assignment}"),)


# Coordinators


def for_coordinators(_: Words, event: Event, found: Sequence[Lacking]) -> Screen:
    """What is open at a shift; each name opens the list."""
    head = _("📋 <b>Still open before the first shift</b>")
    card = screens.card(_, event, with_contact=False)
    lines = [lacking(_, one) for one in found]
    return paragraphs(head, card, "\n".join(lines)), _names_of(found)


def in_the_evening(_: Words, found: Sequence[Lacking]) -> Screen:
    """The same below the list of the evening; ("", ()) when nothing is open."""
    if not found:
        return "", ()
    head = _("📋 <b>Still open before the first shift</b>")
    pressing = [one for one in found if any(item in domain.MUST for item in one.items)]
    return "\n".join([head, *(lacking(_, one) for one in found)]), _names_of(pressing)


def in_file(_: Words, file: Screen, lists: Sequence[tuple[Readiness, str]]) -> Screen:
    """A volunteer's file with what is open for them; the way to each list before the last row."""
    text, buttons = file
    shown = lists[:_IN_A_FILE]
    lines = [
        _(
            "📋 Before the first shift at {organisation}: {items}",
            organisation=organisation,
            items=_listed(_, one.open),
        )
        for one, organisation in shown
    ]
    rows = [_file_button(_, one, organisation) for one, organisation in shown]
    return paragraphs(text, "\n".join(lines)), (*buttons[:-1], *rows, *buttons[-1:])


def lacking(_: Words, one: Lacking) -> str:
    """A line: who, and what."""
    return _("▫️ {name}: {items}", name=one.name, items=_listed(_, one.items))


def coordinator(
    _: Words, one: Readiness, what: Assignment, name: str, authors: Mapping[int, str]
) -> Screen:
    """One volunteer's list: who said what is done, and what a coordinator can say."""
    head = [_("📋 <b>Before the first shift: {name}</b>", name=name), _assigned(_, what)]
    lines = [_state(_, line, one.ticks.get(line), authors) for line in one.lines]
    about = None
    if one.lacks_extract:
        about = _(
            "Look at the extract and give it back: we keep only that you saw it, and when. Until"
            " then nobody can enter that they came."
        )
    rows = [_decide(_, one, line) for line in one.lines]
    back = (Button(_.label("👤 Their file"), action=f"vcvol:{one.volunteer}"),)
    text = paragraphs("\n".join(head), "\n".join(lines), about)
    return text, (*(button for row in rows for button in row), back)


def _state(_: Words, line: Item, tick: Tick | None, authors: Mapping[int, str]) -> str:
    name = names.shown(_.plain(_NAMES[line]))
    if tick is None:
        return f"▫️ {name}"
    day = formats.date_words(_, tick.at)
    if tick.via is Via.SELF:
        said = _("said by themselves, {day}", day=day)
    elif tick.via is Via.WAIVED:
        said = _("needs none: {by}, {day}", by=authors.get(tick.by or 0, "—"), day=day)
    elif line is Item.EXTRACT:
        said = _("seen by {by}, {day}", by=authors.get(tick.by or 0, "—"), day=day)
    else:
        said = _("done with {by}, {day}", by=authors.get(tick.by or 0, "—"), day=day)
    return f"✅ {name} · {said}"


def _decide(_: Words, one: Readiness, line: Item) -> Buttons:
    who = f"{one.volunteer}:{one.assignment}:{line}"
    tick = one.ticks.get(line)
    if tick is None:
        seen = (Button(_.label(_TICKS[line]), action=f"vcrdone:{who}"),)
        if line is not Item.EXTRACT:
            return (seen,)
        return seen, (Button(_.label("➖ This person needs none"), action=f"vcrfree:{who}"),)
    if tick.is_elsewhere:
        return ()
    return ((Button(_.label(_BACKS[line]), action=f"vcrnot:{who}"),),)


def _file_button(_: Words, one: Readiness, organisation: str) -> tuple[Button, ...]:
    label = _.label("📋 Open: {organisation}", organisation=organisation)
    return (Button(label[:60], action=f"vcready:{one.volunteer}:{one.assignment}"),)


def _names_of(found: Sequence[Lacking]) -> Buttons:
    return tuple(
        (Button(bidi.contained(one.name)[:40], action=f"vcready:{one.volunteer}:{one.assignment}"),)
        for one in found[:_ON_A_SCREEN]
    )


def _listed(_: Words, items: Sequence[Item]) -> str:
    return formats.listing(_, [_.plain(_NAMES[one]) for one in items])
