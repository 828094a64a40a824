"""Complaining, reading a reply with a code, and the contact person's own chat."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.complaints import domain, wording
from bot.complaints.desk import ComplaintsDesk
from bot.complaints.service import answering, bringing, contacts, keeping, writing
from bot.delivery.incoming import Album, Incoming, Said, SentMedia, Shared, Tapped
from bot.delivery.messages import Button, Edit, Message, Outgoing
from bot.dialog import prompts
from bot.dialog.routes import Routes, Shows, bound, first_that_answers
from bot.errors import Outdated
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx

Things = Callable[[Tx, Person, datetime], Awaitable[list[tuple[str, Button | None]]]]


def routes(desk: ComplaintsDesk) -> Routes:
    """This slice's share of the conversation; heard before all others, so that neither a complaint
    nor its reply ever reaches them."""
    actions: dict[str, Shows[ComplaintsDesk]] = {
        "complaint": begin,
        "complain": ask_text,
        "complaint_send": send,
        "complaint_cancel": cancel,
        "complaint_reply": ask_reply,
        "complaint_to": reply_to_chosen,
        "complaint_own": pass_by,
    }
    return Routes(
        starts=bound(desk, {"contact": become_contact}),
        commands=bound(desk, {"complaint": begin}),
        actions=bound(desk, actions),
        prompts={
            domain.PROMPT: partial(hear_text, desk),
            domain.REPLY_PROMPT: partial(hear_asked_reply, desk),
            domain.OWN_PROMPT: partial(hear_own, desk),
        },
        hears=(partial(hear_code, desk), partial(hear_reply, desk), partial(hear_loose, desk)),
    )


def my_things(desk: ComplaintsDesk) -> Things:
    """The lines that complaints by name add to "My things"."""
    return partial(list_complaints, desk)


async def begin(
    desk: ComplaintsDesk, tx: Tx, person: Person, incoming: Said | Tapped
) -> list[Message]:
    """/complaint: the two ways; with a code behind it, the reply."""
    if isinstance(incoming, Said) and (code := domain.code_in(incoming.argument)):
        found = await answering.read(tx, person, code, now=incoming.at)
        return [Outgoing(text=wording.read(_words(desk, person), found))]
    _ = _words(desk, person)
    if not await contacts.all_of(tx):
        return [Outgoing(text=wording.nobody(_, address=desk.address))]
    text, buttons = wording.choice(_, organisation=desk.organisation, address=desk.address)
    return [Outgoing(text=text, buttons=buttons)]


async def hear_code(
    desk: ComplaintsDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """A code without the command: taken for a question, it would be written down beside the person.

    A pair of words may look like one in small letters; then only a code that is known counts.
    """
    code = domain.code_alone(incoming.text) if isinstance(incoming, Said) else None
    if code is None or not isinstance(incoming, Said):
        return None
    found = await answering.read(tx, person, code, now=incoming.at)
    if found.state == "unknown" and not incoming.text.isupper():
        return None
    return [Outgoing(text=wording.read(_words(desk, person), found))]


async def ask_text(desk: ComplaintsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The way is chosen: what is written now belongs to the complaint."""
    if tap.argument not in domain.WAYS:
        raise Outdated
    await _listen(tx, tap, tap.argument)
    text, buttons = wording.ask_text(_words(desk, person), tap.argument)
    return [Outgoing(text=text, buttons=buttons)]


async def _listen(tx: Tx, incoming: Incoming, way: str, token: str = "") -> None:
    until = incoming.at + domain.DRAFT_KEPT
    await prompts.ask(tx, incoming.chat_id, domain.PROMPT, f"{way}:{token}", until=until)


async def hear_text(
    desk: ComplaintsDesk, tx: Tx, person: Person, incoming: Incoming, ref: str
) -> list[Message] | None:
    """A message of the complaint: shown once more, with what came before, until Send."""
    way, _colon, token = ref.partition(":")
    if isinstance(incoming, Said) and incoming.command is not None:
        return None
    if not isinstance(incoming, Said):
        await _listen(tx, incoming, way, token)
        return [Outgoing(text=wording.only_text(_words(desk, person)))]
    draft = await writing.add(tx, person, way, token, incoming.text, now=incoming.at)
    await _listen(tx, incoming, way, draft.token)
    text, buttons = wording.preview(_words(desk, person), draft)
    alarm = desk.alarm(person, incoming.text, incoming.at)
    return [*alarm, Outgoing(text=text, buttons=buttons)]


async def send(desk: ComplaintsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Send: the preview becomes the confirmation."""
    done = await writing.send(desk, tx, person, tap.argument, now=tap.at)
    text, buttons = wording.sent(_words(desk, person), done)
    return [Edit(text=text, buttons=buttons)]


async def cancel(desk: ComplaintsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Nothing is sent; where nothing was written either, there is nothing to delete."""
    if tap.argument:
        await writing.cancel(tx, person, tap.argument)
    return [Edit(text=wording.cancelled(_words(desk, person)))]


async def become_contact(desk: ComplaintsDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """The operator's link was opened: from now on complaints come here."""
    is_new = await contacts.join(tx, person, said.link[1], now=said.at)
    waiting = await bringing.bring_open(desk, tx, person) if is_new else 0
    _ = _words(desk, person)
    return [Outgoing(text=wording.welcome(_, organisation=desk.organisation, waiting=waiting))]


async def ask_reply(desk: ComplaintsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A contact person wants to reply: the next message is it."""
    complaint = await answering.asked(tx, person, domain.id_in(tap.argument))
    await _listen_for_reply(tx, tap, complaint.id)
    return [Outgoing(text=wording.ask_reply(_words(desk, person), complaint))]


async def _listen_for_reply(tx: Tx, incoming: Incoming, complaint_id: int) -> None:
    until = incoming.at + domain.REPLY_WITHIN
    await prompts.ask(tx, incoming.chat_id, domain.REPLY_PROMPT, str(complaint_id), until=until)


async def hear_asked_reply(
    desk: ComplaintsDesk, tx: Tx, person: Person, incoming: Incoming, ref: str
) -> list[Message] | None:
    """The reply that was asked for; one that answers another complaint's message goes there."""
    if isinstance(incoming, Said) and incoming.command is not None:
        return None
    complaint_id = await answering.answered(tx, incoming) or int(ref)
    if not isinstance(incoming, Said):
        await _listen_for_reply(tx, incoming, complaint_id)
    return await _reply(desk, tx, person, incoming, complaint_id)


async def hear_reply(
    desk: ComplaintsDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """A contact person replies to a complaint; everything else is somebody else's."""
    if not isinstance(incoming, Said | SentMedia | Album | Shared):
        return None
    complaint_id = await answering.answered(tx, incoming)
    return None if complaint_id is None else await _reply(desk, tx, person, incoming, complaint_id)


async def _reply(
    desk: ComplaintsDesk, tx: Tx, person: Person, incoming: Incoming, complaint_id: int
) -> list[Message]:
    _ = _words(desk, person)
    if not isinstance(incoming, Said):
        return [Outgoing(text=wording.only_text_back(_), reply_to=incoming.message_id)]
    done = await answering.reply(desk, tx, person, complaint_id, incoming.text, now=incoming.at)
    return [Outgoing(text=wording.passed_on(_, done), reply_to=incoming.message_id)]


async def hear_loose(
    desk: ComplaintsDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """A contact person with something to answer writes without Reply: it might be the answer, which
    the team would read. Nobody hears it before they say to which complaint."""
    if not isinstance(incoming, Said | SentMedia | Album | Shared):
        return None
    waiting = await answering.waiting_for(tx, person)
    if not waiting:
        return None
    _, here = _words(desk, person), incoming.message_id or 0
    if not isinstance(incoming, Said):
        text, buttons = wording.which_of_no_text(_, here)
        return [Outgoing(text=text, buttons=buttons, reply_to=here)]
    token = await writing.keep(tx, person, incoming.text, now=incoming.at)
    text, buttons = wording.which(_, waiting, here, token)
    alarm = desk.alarm(person, incoming.text, incoming.at)
    return [*alarm, Outgoing(text=text, buttons=buttons, reply_to=here)]


async def reply_to_chosen(
    desk: ComplaintsDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """It answers this complaint."""
    number, _colon, token = tap.argument.partition(":")
    text = await writing.take(tx, person, token)
    done = await answering.reply(desk, tx, person, domain.id_in(number), text, now=tap.at)
    return [Edit(text=wording.passed_on(_words(desk, person), done))]


async def pass_by(desk: ComplaintsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """It answers none: whoever else listens hears it, and what follows for a while."""
    message_id, _colon, token = tap.argument.partition(":")
    await _listen_for_own(tx, tap)
    _ = _words(desk, person)
    if not token:
        return [Edit(text=wording.own_again(_))]
    text = await writing.take(tx, person, token)
    said = Said(
        chat_id=tap.chat_id,
        is_private=tap.is_private,
        at=tap.at,
        sender=tap.sender,
        message_id=domain.id_in(message_id),
        text=text,
    )
    heard = await first_that_answers(desk.others, tx, person, said)
    return [Edit(text=wording.own(_)), *(heard or [])]


async def hear_own(
    desk: ComplaintsDesk, tx: Tx, person: Person, incoming: Incoming, ref: str
) -> list[Message] | None:
    """They still speak of something else, unless it is a reply to a complaint, or a code."""
    is_code = isinstance(incoming, Said) and domain.code_alone(incoming.text) is not None
    if is_code or await answering.answered(tx, incoming) is not None:
        return None
    await _listen_for_own(tx, incoming)
    return await first_that_answers(desk.others, tx, person, incoming) or []


async def _listen_for_own(tx: Tx, incoming: Incoming) -> None:
    until = incoming.at + domain.OWN_FOR
    await prompts.ask(tx, incoming.chat_id, domain.OWN_PROMPT, until=until)


async def list_complaints(
    desk: ComplaintsDesk, tx: Tx, person: Person, now: datetime
) -> list[tuple[str, Button | None]]:
    """Complaints by name, as lines of "My things"."""
    _ = _words(desk, person)
    return [wording.thing(_, one) for one in await keeping.mine(tx, person.id)]


def _words(desk: ComplaintsDesk, person: Person) -> Words:
    return desk.catalogs.words(person.language)
