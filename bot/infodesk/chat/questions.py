"""Browsing, asking in own words, thumbs, the card for the counter."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.delivery.incoming import Album, Incoming, Said, SentMedia, Shared, Tapped
from bot.delivery.messages import File, Made, Message, Outgoing, Toast
from bot.dialog.routes import Listener, Routes, Shows, bound
from bot.errors import Outdated
from bot.handover.domain import Asked
from bot.infodesk import domain, service
from bot.infodesk.chat import leaflets, places
from bot.infodesk.chat.posting import posted
from bot.infodesk.desk import InfoDesk
from bot.infodesk.domain import Answer, Decision, Found
from bot.infodesk.search import normalised
from bot.infodesk.service.showing import rows_of, screen_of
from bot.infodesk.wording import answers, menus, replies, urgent
from bot.infodesk.wording.answers import View
from bot.infodesk.wording.screens import Screen, Voice
from bot.language import formats
from bot.people.domain import Person
from bot.storage.transaction import Tx

_DANGER = "health/emergency"  # when the danger that was named has no answer of its own
_YOUNG = "asylum/unaccompanied-minor"
_OPEN = "open"


def routes(desk: InfoDesk) -> Routes:
    """Answers, themes, danger, and whatever is said that nobody else took."""
    actions: dict[str, Shows[InfoDesk]] = {
        "topics": show_themes,
        "category": show_category,
        "topic": show_topic,
        "read": read_below,
        "more": partial(_show_again, View(is_open=True)),
        "less": partial(_show_again, View()),
        "desk_card": show_desk_card,
        "up": partial(rate, True),
        "down": partial(rate, False),
        "hide": hide,
        "listen": listen,
        "none_of_these": pass_on,
        "not_urgent": answer_calmly,
        "urgent": show_urgent,
    }
    menu: dict[str, Shows[InfoDesk]] = {
        "❓ Ask a question": ask_anew,
        "🆘 Urgent help": show_urgent,
    }
    return Routes(
        starts=bound(desk, {"q": open_link}),
        commands=bound(desk, {"topics": ask_anew, "urgent": show_urgent}),
        menu=bound(desk, menu),
        actions=bound(desk, actions),
        hears=listeners(desk),
    )


def listeners(desk: InfoDesk) -> tuple[Listener, ...]:
    """Whatever nobody else took: a question in words, by voice, a photo, a place, a sticker."""
    return (partial(hear_words, desk), partial(hear_media, desk), partial(hear_shared, desk))


async def show_themes(desk: InfoDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """The list of categories."""
    guides = leaflets.ways_in(desk, person)
    return [posted(menus.themes(desk.words(person), desk.library, guides), incoming)]


async def ask_anew(desk: InfoDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """❓ in the main menu: an earlier question is laid aside."""
    await service.begin_anew(tx, person.id)
    return await show_themes(desk, tx, person, said)


async def show_category(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The topics of a category; the only topic of one is shown at once."""
    found = desk.library.answers_in(tap.argument, person.language)
    if not found:
        raise Outdated
    if len(found) == 1:
        return await _answer(desk, tx, person, tap, found[0])
    rows = rows_of(desk, person, found)
    return [posted(menus.topics(desk.words(person), desk.library, tap.argument, rows), tap)]


async def show_topic(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One answer."""
    return await _answer(desk, tx, person, tap, _known(desk, person, tap.argument))


async def show_reviewed(
    desk: InfoDesk, tx: Tx, person: Person, incoming: Incoming, slug: str
) -> list[Message]:
    """The same for other slices; nothing where there is no such topic."""
    answer = desk.library.answer(slug, person.language)
    return [] if answer is None else await _answer(desk, tx, person, incoming, answer)


async def read_below(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One answer, below another feature's screen, whose buttons stay."""
    screen = screen_of(desk, person, _known(desk, person, tap.argument), View())
    await service.saw(tx, person.id, tap.argument, now=tap.at)
    return [Outgoing(text=screen.text, buttons=screen.buttons, is_silent=screen.is_quiet)]


async def open_link(desk: InfoDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/start q_asylum-apply, from a link or a QR code; an old link opens the themes."""
    answer = desk.library.answer(domain.slug_of(said.link[1]), person.language)
    if answer is None:
        return await show_themes(desk, tx, person, said)
    return await _answer(desk, tx, person, said, answer)


async def show_desk_card(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The card to hold up at a counter."""
    answer = _known(desk, person, tap.argument)
    if answer.desk is None:
        raise Outdated
    return [posted(answers.desk_card(desk.voice(person, answer), answer), tap)]


async def rate(is_up: bool, desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A thumb: counted without a name; a 👎 offers a colleague, who reads that it did not help."""
    slug, _, folded = tap.argument.partition(":")
    answer = _known(desk, person, slug)
    day = formats.day_of(tap.at)
    await service.rated(tx, slug, answer.language, is_up=is_up, on=day)
    await service.judged(tx, person.id, slug, is_up=is_up, now=tap.at)
    view = View(is_open=folded == _OPEN, is_rated=True, was_no_help=not is_up)
    thanks = Toast(text=replies.rated(desk.words(person)))
    return [posted(screen_of(desk, person, answer, view), tap), thanks]


async def hide(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Take everything back that Telegram lets the bot take back, and say what stays."""
    gone = await service.hide(tx, person, now=tap.at)
    _ = desk.words(person)
    return [*gone, Outgoing(text=replies.hidden(_), keyboard=desk.keyboard(_), is_silent=True)]


async def listen(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The recording that lies beside the text."""
    answer = _known(desk, person, tap.argument)
    if answer.recording is None:
        raise Outdated
    made = Made("recording", f"{answer.language}/{answer.slug}")
    return [File(made=made, name="answer.ogg", as_voice=True)]


async def show_urgent(desk: InfoDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """Numbers to call, first of all."""
    groups = [
        (answer, desk.voice(person, answer), called)
        for answer, called in desk.library.urgent_answers(person.language)
    ]
    return [posted(urgent.numbers(desk.words(person), groups), incoming)]


async def pass_on(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """None of the titles: counted for editors, and offered to a colleague."""
    text = await service.last_words(tx, person.id, now=tap.at)
    await _count(tx, person, text, tap)
    return [posted(replies.unknown(desk.words(person)), tap)]


async def answer_calmly(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """It was not urgent: the same words are looked up as an ordinary question."""
    text = await service.calmed(tx, person.id, now=tap.at)
    if not text:
        return await show_themes(desk, tx, person, tap)
    found = _understood(desk, person, text, calmly=True)
    return await _reply(desk, tx, person, tap, (found, text))


async def hear_words(
    desk: InfoDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """Any free text is a question."""
    if not isinstance(incoming, Said) or incoming.command is not None:
        return None
    return await answer_anew(desk, tx, person, incoming.text, incoming)


async def answer_anew(
    desk: InfoDesk, tx: Tx, person: Person, text: str, incoming: Incoming
) -> list[Message]:
    """Answer a text as a new question; the staff queue calls this too."""
    found = _understood(desk, person, text)
    town = places.town_screen(desk, person, normalised(text), found)
    if found.decision is not Decision.GREETING and incoming.message_id is not None:
        await service.asked(
            tx,
            person.id,
            Asked(incoming.message_id, text),
            now=incoming.at,
            is_urgent=found.decision is Decision.EMERGENCY,
            shown=found.slugs[0] if found.decision is Decision.SURE and not town else None,
        )
    if town is not None:
        return [posted(town, incoming)]
    return await _reply(desk, tx, person, incoming, (found, text))


def alarm(desk: InfoDesk, person: Person, text: str, now: datetime) -> list[Message]:
    """Numbers to call, when words for a colleague sound like danger: nobody may be reading."""
    found = desk.search.danger(text)
    if found is None:
        return []
    screen = _danger(desk, person, _meant(desk, person, found), now, is_asking=False)
    buttons = screen.buttons if person.language else ()  # topics open once a language is chosen
    return [Outgoing(text=screen.text, buttons=buttons, is_silent=screen.is_quiet)]


def young_help(desk: InfoDesk, person: Person, now: datetime) -> list[Message]:
    """What the reviewed answer says to somebody under 18, where no trained colleague reads it."""
    answer = desk.library.answer(_YOUNG, person.language)
    if answer is None:
        return []
    screen = screen_of(desk, person, answer, View())
    return [Outgoing(text=screen.text, buttons=screen.buttons)]


async def hear_media(
    desk: InfoDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """The voice rule: the bot cannot listen or look, and offers somebody who can."""
    if not isinstance(incoming, SentMedia | Album):
        return None
    parts = incoming.parts if isinstance(incoming, Album) else (incoming,)
    if parts[0].media not in replies.GIVABLE:
        return [posted(replies.hint(desk.words(person)), incoming)]
    messages = [Asked(part.message_id or 0, part.caption, part.media) for part in parts]
    await service.asked(tx, person.id, *messages, now=incoming.at)
    today = formats.day_of(incoming.at)
    next_in = desk.next_in(person, incoming.at)
    return [posted(replies.give(desk.words(person), parts[0].media, next_in, today), incoming)]


async def hear_shared(
    desk: InfoDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """A location or a contact card that nobody asked for."""
    if not isinstance(incoming, Shared):
        return None
    return [posted(replies.needs_no(desk.words(person), incoming.what), incoming)]


def _understood(desk: InfoDesk, person: Person, text: str, *, calmly: bool = False) -> Found:
    """What is asked; about a paper that we have no text for, nothing is answered at once."""
    found = desk.search.find(text, person.language, calmly=calmly)
    if found.decision is Decision.SURE and leaflets.is_untold(desk, normalised(text)):
        return replace(found, decision=Decision.UNSURE)
    return found


async def _reply(
    desk: InfoDesk, tx: Tx, person: Person, incoming: Incoming, said: tuple[Found, str]
) -> list[Message]:
    found, text = said
    if found.decision is Decision.NONE:
        await _count(tx, person, text, incoming)
    screen = _reply_screen(desk, person, found, incoming)
    if found.decision in (Decision.SURE, Decision.UNSURE, Decision.NONE):
        screen = leaflets.with_paper(desk, person, normalised(text), screen)
    return [posted(screen, incoming)]


def _reply_screen(desk: InfoDesk, person: Person, found: Found, incoming: Incoming) -> Screen:
    _ = desk.words(person)
    meant = _meant(desk, person, found)
    if found.decision is Decision.GREETING:
        return replies.thanks(_) if found.is_thanks else replies.greeting(_, person.first_name)
    if found.decision is Decision.EMERGENCY:
        return _danger(desk, person, meant, incoming.at)
    if found.decision is Decision.NONE or not meant:
        return replies.unknown(_)
    if found.decision is Decision.SURE:
        return screen_of(desk, person, meant[0], View())
    return replies.unsure(_, rows_of(desk, person, meant))


def _meant(desk: InfoDesk, person: Person, found: Found) -> list[Answer]:
    return [one for slug in found.slugs if (one := desk.library.answer(slug, person.language))]


def _danger(
    desk: InfoDesk, person: Person, meant: list[Answer], now: datetime, *, is_asking: bool = True
) -> Screen:
    answer = next(iter(meant), None) or desk.library.answer(_DANGER, person.language)
    voice = desk.voice(person, answer) if answer else Voice(desk.words(person), False, {})
    is_read_now = desk.is_read_now(person, now)
    return urgent.danger(voice, answer, is_read_now=is_read_now, is_asking=is_asking)


async def _answer(
    desk: InfoDesk, tx: Tx, person: Person, incoming: Incoming, answer: Answer
) -> list[Message]:
    await service.saw(tx, person.id, answer.slug, now=incoming.at)
    return [posted(screen_of(desk, person, answer, View()), incoming)]


async def _show_again(
    view: View, desk: InfoDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    return [posted(screen_of(desk, person, _known(desk, person, tap.argument), view), tap)]


def _known(desk: InfoDesk, person: Person, slug: str) -> Answer:
    answer = desk.library.answer(slug, person.language)
    if answer is None:
        raise Outdated
    return answer


async def _count(tx: Tx, person: Person, text: str, incoming: Incoming) -> None:
    day = formats.day_of(incoming.at)
    await service.missed(tx, text, person.language or "", on=day)
