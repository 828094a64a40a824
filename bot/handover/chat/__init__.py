"""The newcomer's side: asking a colleague, talking with one, and where a question is now."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.delivery import outbox
from bot.delivery.incoming import Edited, Incoming, Said, Tapped
from bot.delivery.messages import Button, Delete, Edit, Message, Outgoing, React, Toast
from bot.dialog.routes import Handler, Listener, Routes, combine
from bot.errors import number_in
from bot.handover import domain
from bot.handover.chat import calls, choosing, letters, rating, visits
from bot.handover.chat.muted import Screen, unless_muted
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Draft, Heard, ToCoordinators, Unsorted
from bot.handover.service import (
    closing,
    drafting,
    overview,
    pieces,
    protecting,
    relaying,
    slowing,
)
from bot.handover.wording import choosing as wording
from bot.handover.wording import deadlines, limits, minors, newcomer
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx

Things = Callable[[Tx, Person, datetime], Awaitable[list[tuple[str, Button | None]]]]

SEEN = "👀"
# What works for somebody who has not chosen a language ("Other language").
ACTIONS_BEFORE_LANGUAGE = frozenset(
    {
        "other_language",
        "ask_young",
        "ask_send",
        "ask_cancel",
        "questions",
        "go_on",
        "solved",
        "rate",
        "rate_skip",
        "rate_anew",
        "which",
        "which_other",
    }
)


def routes(desk: HandoverDesk) -> Routes:
    """The newcomer's share of the conversation; heard before the info desk listens."""
    actions: dict[str, Screen] = {
        "ask": unless_muted(begin),
        "other_language": unless_muted(begin_in_other_language),
        "ask_send": unless_muted(send),
        "ask_add": unless_muted(add_to),
        "ask_cancel": cancel,
        "ask_young": young,
        "anew": ask_anew,
        "solved": solve,
        "go_on": unless_muted(go_on),
        "questions": show_questions,
    }
    commands: dict[str, Screen] = {
        "colleague": unless_muted(begin),
        "send": unless_muted(send),
        "questions": show_questions,
    }
    own = Routes(
        actions=_bound(desk, actions), commands=_bound(desk, commands), hears=(listener(desk),)
    )
    features = (letters, calls, rating, visits, choosing)
    return combine(own, *(feature.routes(desk) for feature in features))


def listener(desk: HandoverDesk) -> Listener:
    """Hears what belongs to a draft or a talk; also before a language is chosen."""
    return partial(hear, desk)


def my_things(desk: HandoverDesk) -> Things:
    """The lines that own questions add to "My things"."""
    return partial(list_questions, desk)


def _bound(desk: HandoverDesk, screens: dict[str, Screen]) -> dict[str, Handler]:
    return {name: partial(screen, desk) for name, screen in screens.items()}


async def begin(
    desk: HandoverDesk, tx: Tx, person: Person, incoming: Said | Tapped
) -> list[Message]:
    """Ask a colleague: open a draft, with what was asked before in it."""
    slug = incoming.argument if isinstance(incoming, Tapped) else ""
    draft = await drafting.begin(desk, tx, person, slug=slug, now=incoming.at)
    return [_draft_screen(desk, person, draft)]


async def begin_to_coordinators(
    desk: HandoverDesk, tx: Tx, person: Person, incoming: Incoming, to: ToCoordinators
) -> list[Message]:
    """A volunteer asks their own coordinators; volunteering says of which office."""

    async def begun(
        desk: HandoverDesk, tx: Tx, person: Person, incoming: Incoming
    ) -> list[Message]:
        draft = await drafting.begin(desk, tx, person, to=to, now=incoming.at)
        return [_draft_screen(desk, person, draft)]

    return await unless_muted(begun)(desk, tx, person, incoming)


async def begin_in_other_language(
    desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """None of the languages: name it, write or speak, and a colleague looks for help."""
    kind = domain.OTHER_LANGUAGE
    draft = await drafting.begin(desk, tx, person, kind=kind, now=tap.at)
    return [_draft_screen(desk, person, draft)]


def _draft_screen(desk: HandoverDesk, person: Person, draft: Draft) -> Message:
    text, buttons = newcomer.begun(_words(desk, person), draft)
    slot = _prompt(draft.case, len(draft.pieces))
    return Outgoing(slot=slot, text=text, buttons=buttons, person_id=person.id)


def _prompt(case: Case, written: int) -> str:
    """The slot, and the key, of the message with "Send" below so many pieces."""
    return case.slot(f"draft:{written}")


async def send(
    desk: HandoverDesk, tx: Tx, person: Person, incoming: Said | Tapped
) -> list[Message]:
    """The draft goes to the colleagues; the screen shows its number. Where enough is open, it waits
    or goes with one of those. Where nobody may read it, it stays with the person."""
    if (full := await slowing.full(tx, person)) is not None:
        text, buttons = limits.full(_words(desk, person), full)
        return [Outgoing(text=text, buttons=buttons)]
    try:
        own = await drafting.send(desk, tx, person, now=incoming.at)
    except domain.NobodyForMinors:
        await protecting.tell_of_unsent(desk, tx, person)
        return [_unsent(_words(desk, person), incoming)]
    text, buttons = newcomer.sent(_words(desk, person), own, now=incoming.at)
    if isinstance(incoming, Tapped):
        return [Edit(text=text, buttons=buttons)]
    told = Outgoing(slot=own.case.slot("told"), text=text, buttons=buttons)
    return [Delete(slot=_prompt(own.case, own.written)), told]


def _unsent(_: Words, incoming: Incoming) -> Message:
    """Said here: raised, it would take back that the coordinators are told."""
    if isinstance(incoming, Tapped):
        return Toast(text=_.plain(domain.NobodyForMinors.sentence), is_alert=True)
    return Outgoing(text=_(domain.NobodyForMinors.sentence))


async def add_to(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The draft goes with one of the open questions."""
    case_id = number_in(tap.argument)
    case = await slowing.add_to(desk, tx, person, case_id, now=tap.at)
    return [Edit(text=limits.added(_words(desk, person), case))]


async def young(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Younger than 18, or not after all. Where nobody was trained: numbers to call, at once."""
    draft = await protecting.toggle(desk, tx, person, now=tap.at)
    _ = _words(desk, person)
    text, buttons = newcomer.begun(_, draft)
    replies: list[Message] = [Edit(text=text, buttons=buttons)]
    if draft.case.desk == domain.MINORS and desk.group_of(draft.case) is None:
        replies += desk.young_help(person, tap.at)
        replies.append(Outgoing(text=minors.nobody(_, desk.phone)))
    return replies


async def cancel(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The draft is thrown away."""
    await drafting.cancel(tx, person)
    return [Edit(text=newcomer.cancelled(_words(desk, person)))]


async def hear(
    desk: HandoverDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """What the person writes, says or sends while a draft is open or a talk is live."""
    if not isinstance(incoming, pieces.Message | Edited) or _is_command(incoming):
        return None
    # Numbers to call come first, also while somebody writes to a colleague.
    alarm = desk.alarm(person, pieces.text_of(incoming), incoming.at)
    if isinstance(incoming, Edited):
        is_ours = await relaying.edit(desk, tx, person, incoming, is_danger=bool(alarm))
        return alarm if is_ours else None
    heard = await relaying.hear(desk, tx, person, incoming, is_danger=bool(alarm))
    if heard is None:
        return None
    _ = _words(desk, person)
    if isinstance(heard, Draft):
        return [*alarm, *await _growing(_, tx, heard, person)]
    if isinstance(heard, Unsorted):
        return choosing.asked(desk, _, person, heard, incoming)
    return [*alarm, *_confirmed(_, heard, incoming)]


def _is_command(incoming: Incoming) -> bool:
    return isinstance(incoming, Said) and incoming.command is not None


async def _growing(_: Words, tx: Tx, draft: Draft, person: Person) -> list[Message]:
    """ "Send" stays below what the person wrote last: the prompt above it goes, a new one comes."""
    text, buttons = newcomer.got_it(_, draft)
    is_first = len(draft.pieces) == 1
    slot = _prompt(draft.case, len(draft.pieces))
    prompt = Outgoing(
        slot=slot,
        key=slot,
        text=text,
        buttons=buttons,
        person_id=person.id,
        is_silent=not is_first,
    )
    earlier = _prompt(draft.case, len(draft.pieces) - 1)
    if is_first or await outbox.cancel(tx, earlier):  # still waiting: it need not come at all
        return [prompt]
    return [Delete(slot=earlier), prompt]


def _confirmed(_: Words, heard: Heard, message: pieces.Message) -> list[Message]:
    if heard.waits:  # said once: more words would only make it longer
        hour = message.at.timestamp() // domain.TOLD_EVERY.total_seconds()
        return [Outgoing(key=heard.case.slot(f"slowed:{hour:.0f}"), text=limits.slowed(_))]
    text, buttons = newcomer.heard(_, heard.piece_id)
    if heard.is_one_of_several:
        text, buttons = wording.placed(_, heard.case, heard.piece_id)
    slot = heard.case.slot("heard")
    if heard.case.is_queued or heard.was_reopened:
        return [Outgoing(slot=slot, text=newcomer.added(_, heard.case), buttons=buttons)]
    if not heard.is_first:
        return [React(message_id=message.message_id or 0, emoji=SEEN)]
    return [Outgoing(slot=slot, text=text, buttons=buttons, is_silent=True)]


async def ask_anew(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """That was no message for the colleague: answer it as a new question."""
    piece_id = number_in(tap.argument)
    text = await relaying.take_out(desk, tx, person, piece_id, now=tap.at)
    taken = Edit(text=newcomer.nothing_anew(_words(desk, person)))
    answers = await desk.answers_anew(tx, person, text, tap) if text else []
    return [taken, *answers]


async def solve(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Solved, thank you."""
    case = await closing.solve(desk, tx, person, number_in(tap.argument), now=tap.at)
    text, buttons = newcomer.solved(_words(desk, person), case)
    return [Outgoing(slot=case.slot("closed"), text=text, buttons=buttons)]


async def go_on(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One more question on this."""
    case = await closing.go_on(desk, tx, person, number_in(tap.argument), now=tap.at)
    return [Outgoing(slot=case.slot("told"), text=newcomer.go_on(_words(desk, person), case))]


async def show_questions(
    desk: HandoverDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """Where is my question now."""
    mine = await overview.mine(desk, tx, person, now=incoming.at)
    text, buttons = newcomer.questions(_words(desk, person), mine, now=incoming.at)
    return [Outgoing(text=text, buttons=buttons)]


async def list_questions(
    desk: HandoverDesk, tx: Tx, person: Person, now: datetime
) -> list[tuple[str, Button | None]]:
    """The same as lines of "My things"."""
    _ = _words(desk, person)
    draft = await drafting.current(tx, person)
    mine = await overview.mine(desk, tx, person, now=now)
    begun = [newcomer.begun_thing(_, draft)] if draft is not None and draft.pieces else []
    dated = [own.case for own in mine if own.case.is_open and domain.is_legal(own.case)]
    asked = (newcomer.thing(_, own, now=now) for own in mine)
    return [*begun, *asked, *(deadlines.thing(_, case) for case in dated)]


def _words(desk: HandoverDesk, person: Person) -> Words:
    return desk.catalogs.words(person.language)
