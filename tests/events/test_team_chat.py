"""Teams for the walk on people's phones: made, joined by the link, led, left; and who may not."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from bot.delivery.messages import File, Outgoing
from bot.dialog.routes import combine
from bot.events import chat, staff_chat
from bot.events.desk import EventsDesk
from bot.events.domain import EventId, Place
from bot.events.domain.teams import Team
from bot.events.service import invitations, listing, participants, planning, team_lists
from bot.events.service.team_rows import find, of_event
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support.dialog_makers import Phone
from tests.support.event_makers import HOUR, NOW, a_desk, somebody, taken
from tests.support.walk_makers import STARTS, a_walk, with_slots

LANGUAGES = ("nl", "en", "uk", "fa_AF", "ps")
FRIENDS = 9


@dataclass
class Walkers:
    """People with the bot on their phones, at one walk."""

    tx: Tx
    catalogs: Catalogs
    desk: EventsDesk
    walk: EventId
    count: int = 0

    async def phone(self, name: str = "Omar", language: str = "en") -> Phone:
        """Somebody new."""
        self.count += 1
        person, _who = await somebody(self.tx, self.count, name=name, language=language)
        further = combine(chat.combined(self.desk), staff_chat.combined(self.desk))
        return Phone(self.tx, self.catalogs, person=person, at=NOW, further=further)  # type: ignore[arg-type]

    async def captain(self, *, language: str = "en", size: str = "10") -> Phone:
        """Somebody who makes a team, which sets off at the first time that is offered."""
        phone = await self.phone("Amina", language)
        await phone.press(f"etnew:{self.walk}")
        await phone.say("De Kikkers")
        await phone.say(size)
        times = [str(one.action) for one in phone.buttons if ":slot:" in str(one.action)]
        if times:
            await phone.press(min(times))  # right to left the first one stands last in its row
        await _taps(phone, "form_ok")
        return phone

    async def team(self) -> Team:
        """The only one."""
        [found] = await of_event(self.tx, self.walk)
        return found

    async def link(self, captain: Phone) -> str:
        """The invitation as the captain gets it."""
        replies = await captain.press(f"etlink:{(await self.team()).id}")
        assert [one for one in replies if isinstance(one, File)]
        [invitation] = [one for one in replies if isinstance(one, Outgoing)]
        found = re.search(r"start=(team_[\w-]+)", invitation.text)
        assert found is not None
        return f"/start {found[1]}"

    async def joins(self, phone: Phone, link: str) -> None:
        """Opens the link, and taps once."""
        await phone.say(link)
        await _taps(phone, "etjoin")

    async def state(self, phone: Phone) -> tuple[Place | None, bool]:
        """What somebody has, and whether they are in a team."""
        _event, _who, place = await listing.seen_by(self.tx, phone.person.id, self.walk)
        return (None, False) if place is None else (place.state, place.team is not None)


async def _taps(phone: Phone, action: str) -> list[Any]:
    """The button of the last screen with this action."""
    [found] = [one.action for one in phone.buttons if str(one.action).startswith(action)]
    assert found is not None
    return await phone.press(found)


@pytest.fixture
async def walkers(tx: Tx, catalogs: Catalogs) -> Walkers:
    """Nobody has done anything yet."""
    desk = a_desk(catalogs, bot_name=lambda: "examplebot")
    walk = await a_walk(tx)
    await with_slots(tx, walk)
    return Walkers(tx, catalogs, desk, walk)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_ten_walk_together_after_one_link(walkers: Walkers, language: str) -> None:
    captain = await walkers.captain(language=language)
    link = await walkers.link(captain)

    for number in range(FRIENDS):
        friend = await walkers.phone(f"Friend {number}", language)
        await walkers.joins(friend, link)
        assert "De Kikkers" in friend.text

    await captain.press(f"et:{walkers.walk}")
    shown = bidi.strip_marks(captain.text)
    assert all(f"Friend {number}" in shown for number in range(FRIENDS))
    assert "09:00" in shown
    assert await taken(walkers.tx, walkers.walk) == (10, 10)


async def test_link_says_what_it_is_about_before_the_one_tap(walkers: Walkers) -> None:
    link = await walkers.link(await walkers.captain())
    friend = await walkers.phone()

    await friend.say(link)

    assert "Team De Kikkers invites you" in friend.text
    assert "09:00" in friend.text
    assert "your first name, nothing else" in friend.text
    assert "Amina" not in friend.text
    assert await walkers.state(friend) == (None, False), "opening it takes no place"


async def test_second_tap_and_second_opening_change_nothing(walkers: Walkers) -> None:
    link = await walkers.link(await walkers.captain())
    friend = await walkers.phone()
    await friend.say(link)
    button = friend.buttons[0].action
    assert button is not None

    await friend.press(button)
    await friend.press(button)
    await friend.say(link)

    assert "Walkers: 2 of 10" in friend.text
    assert await taken(walkers.tx, walkers.walk) == (2, 2)


async def test_members_see_first_names_and_no_keys_of_the_captain(walkers: Walkers) -> None:
    link = await walkers.link(await walkers.captain())
    friend = await walkers.phone()
    await walkers.joins(friend, link)

    await friend.press(f"et:{walkers.walk}")

    assert "Amina" in friend.text
    assert "Omar" in friend.text
    assert not [one for one in friend.buttons if str(one.action).startswith(("etlink", "etset"))]


async def test_forged_taps_of_a_member_change_nothing(walkers: Walkers) -> None:
    captain = await walkers.captain()
    friend = await walkers.phone()
    await walkers.joins(friend, await walkers.link(captain))
    team = await walkers.team()
    [_first, member] = await team_lists.members(walkers.tx, team)

    for action in (
        f"etlink:{team.id}",
        f"etrenew:{team.id}:yes",
        f"etset:{team.id}",
        f"etname:{team.id}",
        f"etsize:{team.id}",
        f"etslot:{team.id}:1",
        f"etout:{team.id}:{member.registration.id}:yes",
        f"etcap:{team.id}:{member.registration.id}:yes",
        f"etend:{team.id}:yes",
    ):
        await friend.press(action)
        assert friend.refused == "Only the captain of the team can do this.", action
    assert await walkers.team() == team


async def test_strange_numbers_in_buttons_are_outdated(walkers: Walkers) -> None:
    stranger = await walkers.phone()

    for action in ("et:999", "et:x", "etnew:999", "etjoin:nothing", "etleave:1:yes", "etend:999"):
        await stranger.press(action)
        assert stranger.refused, action


async def test_renewed_link_ends_the_old_one(walkers: Walkers) -> None:
    captain = await walkers.captain()
    old = await walkers.link(captain)
    team = await walkers.team()

    await captain.press(f"etrenew:{team.id}")
    await captain.press(f"etrenew:{team.id}:yes")

    friend = await walkers.phone()
    replies = await friend.say(old)
    assert "does not count any more" in "".join(str(getattr(one, "text", "")) for one in replies)
    await walkers.joins(friend, await walkers.link(captain))
    assert await walkers.state(friend) == (Place.PLACED, True)


async def test_captain_renames_resizes_and_chooses_the_time(walkers: Walkers) -> None:
    captain = await walkers.captain(size="5")
    team = await walkers.team()

    await captain.press(f"etname:{team.id}")
    await captain.say("De Reigers")
    await _taps(captain, "form_ok")
    assert "Team De Reigers" in captain.text
    await captain.press(f"etsize:{team.id}")
    await captain.say("12")
    await _taps(captain, "form_ok")
    assert "1 of 12" in captain.text
    await captain.press(f"etslot:{team.id}")
    await captain.tap("09:20")
    assert "09:20" in captain.text


async def test_captain_hands_over_and_takes_somebody_off(walkers: Walkers) -> None:
    captain = await walkers.captain()
    link = await walkers.link(captain)
    omar, lena = await walkers.phone("Omar"), await walkers.phone("Lena")
    await walkers.joins(omar, link)
    await walkers.joins(lena, link)
    team = await walkers.team()

    await captain.press(f"etout:{team.id}")
    await captain.tap("Lena")
    await captain.tap("Yes, take off")
    assert await walkers.state(lena) == (Place.PLACED, False)
    await captain.press(f"etcap:{team.id}")
    await captain.tap("Omar")
    await captain.tap("Yes, give the captaincy")

    now = await walkers.team()
    assert now.captain == await participants.known(walkers.tx, omar.person.id)
    assert not [one for one in captain.buttons if str(one.action).startswith("etset")]


async def test_leaving_keeps_the_place_and_dissolving_everybodys(walkers: Walkers) -> None:
    captain = await walkers.captain()
    omar, lena = await walkers.phone("Omar"), await walkers.phone("Lena")
    link = await walkers.link(captain)
    await walkers.joins(omar, link)
    await walkers.joins(lena, link)
    team = await walkers.team()

    await omar.press(f"etleave:{walkers.walk}")
    await omar.tap("Yes, I walk alone")
    assert "walk without a team" in omar.text
    await captain.press(f"etend:{team.id}")
    await captain.tap("Yes, dissolve it")

    assert await find(walkers.tx, team.id) is None
    for phone in (captain, omar, lena):
        assert await walkers.state(phone) == (Place.PLACED, False)


async def test_walker_alone_chooses_a_time_and_asks_for_a_team(walkers: Walkers) -> None:
    phone = await walkers.phone()
    await phone.press(f"et:{walkers.walk}")

    await phone.tap("Walk alone")
    await phone.tap("Start time")
    await phone.tap("09:10")
    assert "09:10" in phone.text
    await phone.tap("Find me a team")

    assert "A colleague looks for a team" in phone.text
    [seeker] = await team_lists.seekers(walkers.tx, walkers.walk)
    assert seeker.name == "Omar"
    await phone.tap("I need no team any more")
    assert await team_lists.seekers(walkers.tx, walkers.walk) == []


async def test_complete_team_and_full_walk_say_so(walkers: Walkers) -> None:
    link = await walkers.link(await walkers.captain(size="2"))
    omar, lena = await walkers.phone("Omar"), await walkers.phone("Lena")
    await lena.say(link)
    button = lena.buttons[0].action
    await walkers.joins(omar, link)

    assert button is not None
    await lena.press(button)
    assert "This team is complete" in lena.refused
    await lena.say(link)
    assert "This team is complete." in lena.text


async def test_waitlist_is_told_to_who_joins_a_full_walk(tx: Tx, catalogs: Catalogs) -> None:
    desk = a_desk(catalogs, bot_name=lambda: "examplebot")
    walkers = Walkers(tx, catalogs, desk, await a_walk(tx, capacity=1))
    link = await walkers.link(await walkers.captain())
    friend = await walkers.phone()

    await walkers.joins(friend, link)

    assert "The walk is full. You are on the waitlist, number 1." in friend.text
    assert await walkers.state(friend) == (Place.WAITING, True)


async def test_cancelled_and_begun_walks_take_nobody(walkers: Walkers) -> None:
    link = await walkers.link(await walkers.captain())
    friend = await walkers.phone()
    await friend.say(link)
    button = friend.buttons[0].action
    assert button is not None

    friend.at = STARTS + HOUR
    await friend.press(button)
    assert friend.refused == "This has already begun or is over."
    friend.at = NOW
    await planning.cancel(walkers.tx, walkers.walk, now=NOW)
    await friend.press(button)
    assert friend.refused == "This was cancelled: it does not take place."


async def test_qr_code_is_a_picture_of_the_link(walkers: Walkers) -> None:
    await walkers.captain()
    team = await walkers.team()

    picture = await invitations.picture(walkers.desk, walkers.tx, str(team.id))

    assert picture.startswith(b"\x89PNG")
    assert invitations.link(walkers.desk, team).endswith(f"start=team_{team.token}")


async def test_joining_costs_ten_statements(walkers: Walkers) -> None:
    link = await walkers.link(await walkers.captain())
    friend = await walkers.phone()
    await friend.say(link)
    button = friend.buttons[0].action
    assert button is not None

    before = walkers.tx.statements
    await friend.press(button)

    savepoint = 0 if walkers.tx.is_sqlite else 2  # there it travels with other statements
    assert walkers.tx.statements - before - savepoint <= 10
