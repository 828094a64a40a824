"""The queue as colleagues look through it, and one question as it is looked up."""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.delivery.messages import Button, Buttons
from bot.delivery.slots import Slot
from bot.errors import N_
from bot.handover.domain import Case, State, link_to
from bot.handover.domain.queueing import EVERY, Hit, Page, Step, Story, View
from bot.handover.wording import card
from bot.language import bidi, formats
from bot.language.catalog import Catalogs, Words
from bot.people.domain import PersonId

Shown = tuple[str, Buttons]

# Every action that the audit log may hold of a question.
STEPS = {
    "send": N_("sent by the person"),
    "claim": N_("claimed"),
    "drop": N_("set aside: not a question"),
    "restore": N_("put back"),
    "ask": N_("the person was asked something"),
    "answer": N_("answered"),
    "write": N_("the person wrote"),
    "release": N_("put back in the queue"),
    "hand_over": N_("handed over"),
    "close": N_("closed"),
    "solve": N_("solved, says the person"),
    "reopen": N_("opened again"),
    "requeue": N_("opened again, in the queue"),
    "forget": N_("deleted by the person"),
    "undo": N_("a message was deleted"),
    "protect": N_("moved to the trained colleagues"),
    "add": N_("the person added another question"),
    "choose": N_("the person said that they write about this one"),
    "take_out": N_("the person took a message out again"),
    "tag": N_("tagged"),
    "urgent": N_("became urgent"),
    "deadline": N_("last day of the letter set"),
    "check": N_("a mentor let a message go"),
    "refuse": N_("a mentor kept a message in"),
    "keep": N_("stays with its colleague"),
    "propose": N_("a draft of a topic was made"),
    "signal": N_("a signal was set or taken off"),
    "rating_words": N_("the person said why, after the smiley"),
    "rating_taken_back": N_("the person took that back"),
    "call_asked": N_("a telephone number was asked for"),
    "call_given": N_("the person gave a number"),
    "call_refused": N_("the person gives no number"),
    "call_shown": N_("the number was looked at"),
    "refer_asked": N_("the legal helpdesk was proposed"),
    "refer_agreed": N_("the person agreed to the legal helpdesk"),
    "refer_refused": N_("the person does not want the legal helpdesk"),
    "visit": N_("a session of the legal helpdesk was chosen"),
    "visit_off": N_("the session was given back"),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What is needed to speak of questions: the reader's words, names, and where things stand."""

    words: Words
    catalogs: Catalogs
    names: Mapping[PersonId, str]
    places: Mapping[str, Slot]
    now: datetime


def queue(scene: Scene, page: Page) -> Shown:
    """What is open, as it was wished for: at most twenty lines, and buttons to choose otherwise."""
    _ = scene.words
    lines = [_headline(scene, page), *(_line(scene, case) for case in page.cases)]
    if page.pages > 1:
        lines.append(_("Page {page} of {pages}", page=page.wish.page + 1, pages=page.pages))
    return "\n".join(lines), (*_views(_, page), *_languages(scene, page), *_turning(_, page))


def _headline(scene: Scene, page: Page) -> str:
    _ = scene.words
    if not page.total and page.wish.view in (View.ALL, View.WAITING):
        return _("<b>Nobody is waiting.</b>")
    line = _.plural("<b>{n} open question</b>", "<b>{n} open questions</b>", page.total)
    chosen = [] if page.wish.view is View.ALL else [view_name(_, page.wish.view)]
    if page.wish.language != EVERY:
        chosen.append(_spoken(scene, page.wish.language))
    return " · ".join([line, *(_safe(one) for one in chosen)])


def view_name(_: Words, view: View) -> str:
    """What a part of the queue is called, plain."""
    names = {
        View.ALL: _.label("All"),
        View.WAITING: _.label("Waiting"),
        View.OURS: _.label("With a colleague"),
        View.THEIRS: _.label("Person’s turn"),
        View.MINE: _.label("Mine"),
        View.OLD: _.label("Over a day"),
    }
    return names[view]


def _line(scene: Scene, case: Case) -> str:
    """ "🔴 #12 · Dari · 3 hours · Joris · 📅 24/11"."""
    _ = scene.words
    since = formats.duration(_, scene.now - (case.opened_at or scene.now))
    spoken = card.asked_in(_, case, scene.catalogs.words(case.language))
    parts = [linked(scene.places, case), _safe(spoken), since, whose(scene, case)]
    if case.deadline is not None:
        parts.append(f"📅 {case.deadline:%d/%m}")
    return f"{'🔴' if case.is_urgent else '•'} " + " · ".join(parts)


def linked(places: Mapping[str, Slot], case: Case) -> Markup:
    """Its number; it leads to its topic or its card, where the group has links."""
    place = places.get(case.slot("topic")) or places.get(case.slot("card"))
    return card.linked(case.number, link_to(place.chat_id, place.id) if place else "")


def whose(scene: Scene, case: Case) -> str:
    """Who has it, or for whom it waits; ready for HTML."""
    _ = scene.words
    name = scene.names.get(case.claimed_by or PersonId(0), "—")
    match case.state:
        case State.HANDED_OVER if case.handed_to is not None:
            return _("waits for {name}", name=scene.names.get(case.handed_to, "—"))
        case _state if case.is_queued:
            return _("waiting")
        case State.WAITING | State.ANSWERED:
            return _("{name}, person’s turn", name=name)
        case State.CLOSED:
            return _("closed")
        case State.DROPPED:
            return _("set aside: not a question")
        case State.DELETED:
            return _("deleted by the person")
        case _state:
            return _safe(name)


def _views(_: Words, page: Page) -> Buttons:
    buttons = [
        Button(
            f"{'✓ ' if view is page.wish.view else ''}{view_name(_, view)} ({page.counts[view]})",
            action=f"queue:{view}:{page.wish.language}:0",
        )
        for view in View
        if page.counts[view] or view in (View.ALL, page.wish.view)
    ]
    return _rows(buttons, 2)


def _languages(scene: Scene, page: Page) -> Buttons:
    if len(page.languages) < 2:
        return ()
    _ = scene.words
    named = [(EVERY, _.label("All languages"))]
    named += [(code, _spoken(scene, code)) for code in page.languages]
    buttons = [
        Button(
            ("✓ " if code == page.wish.language else "") + name,
            action=f"queue:{page.wish.view}:{code}:0",
        )
        for code, name in named
    ]
    return _rows(buttons, 2)


def _turning(_: Words, page: Page) -> Buttons:
    wish, row = page.wish, []
    start = f"queue:{wish.view}:{wish.language}"
    if wish.page > 0:
        row.append(_page_button(_.label("Earlier ones"), start, wish.page - 1))
    if wish.page + 1 < page.pages:
        row.append(_page_button(_.label("More"), start, wish.page + 1))
    return (tuple(row),) if row else ()


def _page_button(label: str, start: str, at: int) -> Button:
    _view, view, language = start.split(":")
    return Button(label, action=f"queue:{view}:{language}:{at}")


def found(scene: Scene, hits: Sequence[Hit], said: str) -> Shown:
    """The answer to /find with words."""
    _ = scene.words
    if not hits:
        return _("Nothing was found for “{words}”.", words=said), ()
    lines = [_.plural("<b>{n} question found</b>", "<b>{n} questions found</b>", len(hits))]
    for hit in hits:
        lines.append(_line(scene, hit.case))
        lines.append(f"<blockquote>{_safe(hit.words)}</blockquote>")
    return "\n".join(lines), actions(_, [hit.case for hit in hits])


def actions(_: Words, cases: Iterable[Case]) -> Buttons:
    """What can be done at once with questions that were found."""
    buttons = []
    for case in cases:
        if case.is_queued:
            label = _.label("✋ Claim #{number}", number=case.number)
            buttons.append(Button(label, action=f"claim:{case.id}"))
        elif case.state is State.CLOSED and case.person_id is not None:
            label = _.label("🔄 Reopen #{number}", number=case.number)
            buttons.append(Button(label, action=f"reopen:{case.id}"))
    return _rows(buttons, 2)


def story(scene: Scene, found: Story, category: str) -> Shown:
    """One question: what it is, where it is, and how it came there."""
    _, summary = scene.words, found.summary
    case = summary.case
    spoken = scene.catalogs.words(case.language)
    title = card.title(_, case, spoken, category).replace(f"#{case.number}", "", 1)
    lines = [f"<b>{linked(scene.places, case)}{_safe(title)}</b>", f"📍 {whose(scene, case)}"]
    if case.is_urgent:
        lines.append(_("🔴 <b>Urgent</b>"))
    lines += card.facts(_, summary)
    lines += [_step(_, one) for one in found.steps if one.action in STEPS]
    return "\n".join(lines), actions(_, [case])


def _step(_: Words, step: Step) -> str:
    local = step.at.astimezone(formats.BRUSSELS)
    parts = [bidi.isolate_ltr(f"{local:%d/%m %H:%M}"), _(STEPS[step.action])]
    if step.name is not None:
        parts.append(_safe(bidi.isolate(step.name)))
    return "· " + " · ".join(parts)


def _spoken(scene: Scene, code: str) -> str:
    return formats.language_name(scene.words, scene.catalogs.words(code))


def _safe(text: str) -> str:
    return html.escape(bidi.contained(text), quote=False)


def _rows(buttons: Sequence[Button], a_row: int) -> Buttons:
    return tuple(tuple(buttons[at : at + a_row]) for at in range(0, len(buttons), a_row))
