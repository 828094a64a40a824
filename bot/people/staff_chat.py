"""The team itself, in the staff group and in a colleague's own chat: who is in it, what the bot
may do in the group, and what each colleague may do."""

from functools import partial

from bot.delivery import outbox
from bot.delivery.incoming import Incoming, MembershipChanged, Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing, Toast
from bot.dialog.routes import Handler, Routes, Shows, bound
from bot.errors import Outdated, number_in
from bot.people import service
from bot.people.desk import PeopleDesk, language_names
from bot.people.domain import Person, Role, changing, require
from bot.people.service import team
from bot.people.service.team import Changed
from bot.people.wording import team as wording
from bot.people.wording.team import View
from bot.storage.transaction import Tx


def routes(desk: PeopleDesk) -> Routes:
    """The same commands in both places; the service judges who may. Then listens: other slices
    hear the same news afterwards."""
    commands: dict[str, Handler] = {
        "team": partial(show_team, desk),
        "oncall": partial(say_on_call, desk),
    }
    taps: dict[str, Shows[PeopleDesk]] = {
        "team": show_page,
        "team_one": show_one,
        "team_skill": switch_skill,
        "team_language": switch_language,
        "team_role": choose_role,
        "team_on_call": switch_on_call,
    }
    return Routes(
        commands=commands,
        staff_commands=dict(commands),
        staff_actions=bound(desk, taps),
        staff_hears=(partial(follow_group, desk),),
    )


async def follow_group(
    desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message] | None:
    """Keep roles and the bot's own rights true; the team hears which of these are missing. Other
    slices hear the same news."""
    if isinstance(incoming, MembershipChanged):
        if not incoming.is_me:
            await service.learn_membership(tx, incoming)
        elif lacks := await service.learn_own_rights(tx, incoming):
            text = wording.lacks_rights(desk.words(person, incoming), lacks)
            await outbox.put(tx, Outgoing(to=incoming.chat_id, lane="notice", text=text))
    return None


async def show_team(desk: PeopleDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/team, and what may follow it."""
    require(person)
    _, view = desk.words(person, said), await _view(desk, tx, person)
    if not said.argument.strip():
        screen = wording.overview(_, view)
        return [Outgoing(text=screen.text, buttons=screen.buttons)]
    meant = changing.read(said.argument, view.team)
    if meant.about is None:
        if not (colleague := view.find(meant.person_id)):
            raise Outdated
        screen = wording.one(_, view, colleague)
        return [Outgoing(text=screen.text, buttons=screen.buttons)]
    done = await _carry_out(desk, tx, person, meant, said)
    view = await _view(desk, tx, person)
    return [Outgoing(text=wording.changed(_, view, done.after, has_lost=bool(done.lost)))]


async def say_on_call(desk: PeopleDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/oncall yes, /oncall no: one's own word."""
    require(person)
    wanted = changing.yes_or_no(said.argument)
    done = await team.set_on_call(tx, person, person.id, is_on_call=wanted, now=said.at)
    return [Outgoing(text=wording.on_call(desk.words(person, said), done.after))]


async def _carry_out(
    desk: PeopleDesk, tx: Tx, person: Person, meant: changing.Meant, said: Said
) -> Changed:
    who, words = meant.person_id, meant.words
    if meant.about == changing.SKILLS_OF:
        return await team.set_skills(tx, person, who, changing.skills(words), now=said.at)
    if meant.about == changing.ROLE_OF:
        return await team.set_role(tx, person, who, changing.role(words), now=said.at)
    codes = changing.languages(words, language_names(desk.catalogs))
    return await team.set_languages(desk, tx, person, who, codes, now=said.at)


# Buttons. What they carry may be forged: whatever is not known is Outdated.


async def show_page(desk: PeopleDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The list, or its next page."""
    require(person)
    view = await _view(desk, tx, person)
    screen = wording.overview(desk.words(person, tap), view, number_in(tap.argument))
    return [Edit(text=screen.text, buttons=screen.buttons)]


async def show_one(desk: PeopleDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One colleague, and what can be changed."""
    require(person)
    return [await _menu(desk, tx, person, tap, number_in(tap.argument))]


async def switch_skill(desk: PeopleDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A skill more or less."""
    who, skill, is_on = _parts(tap)
    done = await team.switch_skill(tx, person, who, skill, is_on=is_on, now=tap.at)
    menu = await _menu(desk, tx, person, tap, who)
    if not done.lost:
        return [menu]
    said = wording.keeps(desk.words(person, tap), await _view(desk, tx, person), done.after)
    return [menu, Toast(text=said, is_alert=True)]


async def switch_language(desk: PeopleDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A language more or less."""
    who, code, is_on = _parts(tap)
    await team.switch_language(desk, tx, person, who, code, is_on=is_on, now=tap.at)
    return [await _menu(desk, tx, person, tap, who)]


async def choose_role(desk: PeopleDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Another role."""
    who, _colon, role = tap.argument.partition(":")
    if role not in set(Role):
        raise Outdated
    await team.set_role(tx, person, number_in(who), Role(role), now=tap.at)
    return [await _menu(desk, tx, person, tap, number_in(who))]


async def switch_on_call(desk: PeopleDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🔔 yes or no."""
    who, _colon, wanted = tap.argument.partition(":")
    done = await team.set_on_call(tx, person, number_in(who), is_on_call=_is_on(wanted), now=tap.at)
    menu = await _menu(desk, tx, person, tap, number_in(who))
    if done.after.person.id != person.id:
        return [menu]
    said = wording.on_call_toast(desk.words(person, tap), done.after)
    return [menu, Toast(text=said, is_alert=True)]


async def _menu(desk: PeopleDesk, tx: Tx, person: Person, tap: Tapped, who: int) -> Edit:
    view = await _view(desk, tx, person)
    colleague = view.find(who)
    if colleague is None:
        raise Outdated
    changing.require_over(person, colleague.person)
    screen = wording.one(desk.words(person, tap), view, colleague)
    return Edit(text=screen.text, buttons=screen.buttons)


async def _view(desk: PeopleDesk, tx: Tx, person: Person) -> View:
    return View(desk.catalogs, await service.staff_members(tx), person)


def _parts(tap: Tapped) -> tuple[int, str, bool]:
    """12:violence:1"""
    who, _colon, rest = tap.argument.partition(":")
    name, _colon, wanted = rest.partition(":")
    return number_in(who), name, _is_on(wanted)


def _is_on(text: str) -> bool:
    if text not in ("0", "1"):
        raise Outdated
    return text == "1"
