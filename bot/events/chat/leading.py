"""What the captain of a team does: invite, choose the time, change, hand over, dissolve."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, File, Made, Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Form
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import number_in
from bot.events.chat import teams as team_chat
from bot.events.desk import EventsDesk
from bot.events.domain import ParticipantId
from bot.events.domain import teams as domain
from bot.events.domain.teams import Member, Team
from bot.events.service import (
    invitations,
    leading,
    listing,
    participants,
    team_lists,
    team_rows,
    teams,
)
from bot.events.wording import teams as wording
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx


class _Way(NamedTuple):
    """Something that the captain does with one member: asked whom, asked once more, done."""

    whom: Callable[[Words, Team, Sequence[Member]], wording.Screen]
    sure: Callable[[Words, Team, Member], wording.Screen]
    does: Callable[..., Awaitable[Team]]


_TAKE_OFF: Final = _Way(wording.choose_gone, wording.sure_of_gone, leading.remove)
_HAND_OVER: Final = _Way(wording.choose_captain, wording.sure_of_captain, leading.hand_over)


def routes(desk: EventsDesk) -> Routes:
    """Buttons and dialogs; each judges anew who taps."""
    screens: dict[str, Shows[EventsDesk]] = {
        "etlink": send_link,
        "etrenew": renew,
        "etset": show_settings,
        "etname": begin_name,
        "etsize": begin_size,
        "etslot": choose_slot,
        "etout": partial(_one_of_them, way=_TAKE_OFF),
        "etcap": partial(_one_of_them, way=_HAND_OVER),
        "etend": dissolve,
    }
    return Routes(actions=bound(desk, screens), forms=(name_form(desk), size_form(desk)))


def name_form(desk: EventsDesk) -> Form:
    """✏️ Name."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        mine, number = await _me(tx, person), number_in(answers["ref"])
        team = await leading.rename(tx, mine, number, answers["name"], now=incoming.at)
        return await team_chat.show_again(desk, tx, person, incoming, team.event_id)

    step = forms.text("name", wording.ASK_NAME, longest=domain.LONGEST_NAME, label=wording.L_NAME)
    return Form("eteamname", 1, wording.NAME_TITLE, (step,), finish)


def size_form(desk: EventsDesk) -> Form:
    """👥 Size."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        mine, number = await _me(tx, person), number_in(answers["ref"])
        team = await leading.resize(tx, mine, number, answers["size"], now=incoming.at)
        return await team_chat.show_again(desk, tx, person, incoming, team.event_id)

    step = forms.number(
        "size",
        wording.ASK_SIZE,
        least=domain.SMALLEST,
        most=domain.LARGEST,
        quick=wording.QUICK,
        label=wording.L_SIZE,
    )
    return Form("eteamsize", 1, wording.SIZE_TITLE, (step,), finish)


async def send_link(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🔗 The invitation, to be forwarded, and the picture of it."""
    team = await _led(tx, person, number_in(tap.argument))
    return await _invitation(desk, tx, person, team)


async def renew(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🔁 Asks once more, then there is a new link."""
    number, _colon, sure = tap.argument.partition(":")
    team = await _led(tx, person, number_in(number))
    if sure == "yes":
        mine = await _me(tx, person)
        team = await leading.renew(tx, mine, team.id, now=tap.at)
        return await _invitation(desk, tx, person, team)
    text, buttons = wording.sure_to_renew(desk.catalogs.words(person.language), team)
    return [Outgoing(text=text, buttons=buttons)]  # the question stands below a picture


async def show_settings(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """⚙️ What may be changed."""
    team = await _led(tx, person, number_in(tap.argument))
    has_slots = bool(await team_rows.rooms(tx, team.event_id))
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.settings(_, team, has_slots=has_slots)
    return [Edit(text=text, buttons=buttons)]


async def begin_name(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✏️ What it is called."""
    team = await _led(tx, person, number_in(tap.argument))
    return await forms.begin(tx, person, tap, name_form(desk), ref=str(team.id))


async def begin_size(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """👥 For how many."""
    team = await _led(tx, person, number_in(tap.argument))
    return await forms.begin(tx, person, tap, size_form(desk), ref=str(team.id))


async def choose_slot(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🕘 The times, or the one that was chosen."""
    number, _colon, slot = tap.argument.partition(":")
    team = await _led(tx, person, number_in(number))
    if slot:
        mine = await _me(tx, person)
        await leading.choose_slot(tx, mine, team.id, number_in(slot), now=tap.at)
        return await team_chat.show_again(desk, tx, person, tap, team.event_id)
    rooms = await team_rows.rooms(tx, team.event_id)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.choose_slot(_, rooms, team.size, own=team)
    return [Edit(text=text, buttons=buttons)]


async def dissolve(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✖️ Asks once more, then there is no such team."""
    number, _colon, sure = tap.argument.partition(":")
    team = await _led(tx, person, number_in(number))
    if sure == "yes":
        await leading.dissolve(tx, await _me(tx, person), team.id, now=tap.at)
        return await team_chat.show_again(desk, tx, person, tap, team.event_id)
    text, buttons = wording.sure_to_dissolve(desk.catalogs.words(person.language), team)
    return [Edit(text=text, buttons=buttons)]


async def _one_of_them(
    desk: EventsDesk, tx: Tx, person: Person, tap: Tapped, *, way: _Way
) -> list[Message]:
    """Whom it is about; once more; then it is so."""
    number, _colon, rest = tap.argument.partition(":")
    whom, _colon, sure = rest.partition(":")
    team = await _led(tx, person, number_in(number))
    if whom and sure == "yes":
        await way.does(tx, await _me(tx, person), team.id, number_in(whom), now=tap.at)
        return await team_chat.show_again(desk, tx, person, tap, team.event_id)
    _ = desk.catalogs.words(person.language)
    members = await team_lists.members(tx, team)
    found = [one for one in members if whom and one.registration.id == number_in(whom)]
    if whom and not found:
        raise domain.NoTeam
    text, buttons = way.sure(_, team, found[0]) if found else way.whom(_, team, members)
    return [Edit(text=text, buttons=buttons)]


async def _invitation(desk: EventsDesk, tx: Tx, person: Person, team: Team) -> list[Message]:
    event = await listing.get(tx, team.event_id)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.invitation(_, event, team, invitations.link(desk, team))
    caption, below = wording.qr_caption(_, team)
    made = Made(invitations.KIND, str(team.id))
    return [
        Outgoing(text=text, buttons=buttons),
        File(made=made, name="team.png", caption=caption, buttons=below, as_photo=True),
    ]


async def _led(tx: Tx, person: Person, team_id: int) -> Team:
    """The team, for its captain only. Raises TeamGone, NotCaptain."""
    team = await teams.get(tx, team_id)
    if team.captain is None or team.captain != await participants.known(tx, person.id):
        raise domain.NotCaptain
    return team


async def _me(tx: Tx, person: Person) -> ParticipantId:
    """Who leads must be known. Raises NotCaptain."""
    mine = await participants.known(tx, person.id)
    if mine is None:
        raise domain.NotCaptain
    return mine
