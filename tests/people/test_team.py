"""/team and /oncall: who may change what about a colleague, and what a wrong line is told."""

from dataclasses import dataclass, field
from functools import partial

import pytest
from sqlalchemy import select, update

from bot.delivery.incoming import Incoming
from bot.delivery.messages import Edit, Message, Outgoing, Toast
from bot.dialog.turn import Turn
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.people import service, staff_chat, tables
from bot.people.desk import PeopleDesk
from bot.people.domain import Colleague, Person, Role, Via
from bot.storage.transaction import Tx
from tests.support import people_makers as making
from tests.support.people_makers import GROUP, NOW

KAREN, JAN, NOOR, ADA, AMINA = 6_000_000_001, 6_000_000_002, 6_000_000_003, 6_000_000_004, 7
NAMES = {KAREN: "Karen", JAN: "Jan", NOOR: "Noor", ADA: "Ada", AMINA: "Amina"}


async def _no_gate(tx: Tx, person: Person, incoming: Incoming) -> list[Message] | None:
    return None


@dataclass
class Team:
    """Karen coordinates, Jan is of the team, Noor is a trainee, Ada an admin, Amina a newcomer."""

    tx: Tx
    desk: PeopleDesk
    ids: dict[int, int] = field(default_factory=dict)

    async def joins(self, who: int, role: Role) -> None:
        """Somebody becomes one of the team."""
        person = await making.a_colleague(self.tx, who)
        own = tables.people.c.id == person.id
        await self.tx.execute(
            update(tables.people).where(own).values(first_name=NAMES[who], language="en")
        )
        mine = tables.staff.c.person_id == person.id
        await self.tx.execute(update(tables.staff).where(mine).values(role=role))
        self.ids[who] = person.id

    async def takes(self, incoming: Incoming) -> list[Message]:
        """A whole turn."""
        catalogs = self.desk.catalogs
        turn = Turn(
            routes=staff_chat.routes(self.desk),
            catalogs=catalogs,
            recognise=partial(service.recognise, staff_groups=(GROUP,)),
            words=lambda person: catalogs.words(person.language),
            gate=_no_gate,
            is_ours=lambda chat_id: chat_id == GROUP,
            moved=service.move_group,
            staff_words=catalogs.words("en"),
        )
        return await turn.take(self.tx, incoming)

    async def says(self, who: int, text: str, *, group: bool = True) -> str:
        """What is answered to a line."""
        sender = making.a_sender(who, NAMES[who])
        said = making.said(text, sender=sender, group=GROUP if group else None)
        [reply] = await self.takes(said)
        assert isinstance(reply, Outgoing)
        return bidi.strip_marks(reply.text)

    async def taps(self, who: int, data: str) -> list[Message]:
        """What a tap in the group is answered with."""
        sender = making.a_sender(who, NAMES[who])
        return await self.takes(making.tapped(data, sender=sender, group=GROUP))

    async def is_refused(self, who: int, data: str) -> str:
        """A tap that only says something."""
        [toast] = await self.taps(who, data)
        assert isinstance(toast, Toast)
        return toast.text

    async def of(self, who: int) -> Colleague:
        """A colleague as the rows say it."""
        members = await service.staff_members(self.tx)
        return next(one for one in members if one.person.telegram_id == who)

    async def log(self) -> list[tuple[str, str, object, object]]:
        """What the audit log says since the beginning, joining left out."""
        audit = tables.audit
        rows = await self.tx.all(select(audit).order_by(audit.c.id))
        return [
            (one["action"], one["subject"], one["detail"], one["actor"])
            for one in rows
            if one["action"] != "staff.granted"
        ]


@pytest.fixture
async def team(tx: Tx, catalogs: Catalogs) -> Team:
    here = Team(tx, making.a_desk(catalogs, staff_language="en"))
    await here.joins(KAREN, Role.COORDINATOR)
    await here.joins(JAN, Role.STAFF)
    await here.joins(NOOR, Role.TRAINEE)
    await here.joins(ADA, Role.ADMIN)
    return here


async def test_list_names_everybody_and_offers_each_to_a_coordinator(team: Team) -> None:
    await team.says(KAREN, "/team Jan skills legal")
    await team.says(JAN, "/oncall yes")

    said = making.said("/team", sender=making.a_sender(KAREN, "Karen"), group=GROUP)
    [reply] = await team.takes(said)

    assert isinstance(reply, Outgoing)
    text = bidi.strip_marks(reply.text)
    assert "<b>Jan</b> – Colleague\n🗣 –\n🎓 ⚖️ Law\n🔔 on call at any hour" in text
    assert "<b>Noor</b> – Trainee" in text
    offered = [button.action for row in reply.buttons for button in row]
    assert offered == [f"team_one:{team.ids[who]}" for who in (KAREN, JAN, NOOR, ADA)]


async def test_colleague_is_offered_only_themselves(team: Team) -> None:
    said = making.said("/team", sender=making.a_sender(JAN, "Jan"))
    [reply] = await team.takes(said)

    assert isinstance(reply, Outgoing)
    offered = [button.action for row in reply.buttons for button in row]
    assert offered == [f"team_one:{team.ids[JAN]}"]


async def test_newcomer_is_told_nothing(team: Team) -> None:
    for line in ("/team", "/team Jan", "/team Jan role admin", "/oncall yes"):
        told = await team.says(AMINA, line, group=False)
        assert told == "Only colleagues of the team can do this."


async def test_coordinator_changes_by_one_line(team: Team) -> None:
    told = await team.says(KAREN, "/team jan skills legal, geweld")
    assert told.startswith("✅ <b>Jan</b> – Colleague")
    assert "🎓 ⚖️ Law · 🛡 Violence" in told
    await team.says(KAREN, "/team Jan languages uk, pashto")
    await team.says(KAREN, "/team Jan role trainee")

    jan = await team.of(JAN)
    assert jan.person.skills == {"legal", "violence"}
    assert jan.languages == ("uk", "ps")
    assert jan.person.role is Role.TRAINEE
    subject, karen = f"person:{team.ids[JAN]}", team.ids[KAREN]
    assert await team.log() == [
        ("staff.skills", subject, {"skills": ["legal", "violence"]}, karen),
        ("staff.languages", subject, {"languages": ["uk", "ps"]}, karen),
        ("staff.changed", subject, {"role": "trainee"}, karen),
    ]


async def test_skill_taken_away_says_what_stays(team: Team) -> None:
    await team.says(KAREN, "/team Jan skills legal violence")

    told = await team.says(KAREN, "/team Jan skills violence")
    assert "What Jan has already claimed stays with Jan." in told
    edit, toast = await team.taps(KAREN, f"team_skill:{team.ids[JAN]}:violence:0")

    assert isinstance(edit, Edit)
    assert isinstance(toast, Toast)
    assert bidi.strip_marks(toast.text) == "What Jan has already claimed stays with Jan."
    assert (await team.of(JAN)).person.skills == frozenset()
    assert "stays" not in await team.says(KAREN, "/team Jan skills none")


async def test_menu_switches_and_a_double_tap_switches_once(team: Team) -> None:
    who = team.ids[JAN]
    for data in (
        f"team_skill:{who}:minors:1",
        f"team_language:{who}:fa_AF:1",
        f"team_role:{who}:coordinator",
    ):
        for _ in range(2):
            edit, *_rest = await team.taps(KAREN, data)
            assert isinstance(edit, Edit)
            assert "Jan" in edit.text

    jan = await team.of(JAN)
    assert jan.person.role is Role.COORDINATOR
    assert jan.person.skills == {"minors"}
    assert jan.languages == ("fa_AF",)
    assert len(await team.log()) == 3


@pytest.mark.parametrize(
    ("who", "line", "told"),
    [
        (JAN, "/team Noor skills legal", "Only coordinators can change this."),
        (JAN, "/team Jan skills legal", "Only coordinators can change this."),
        (JAN, "/team Jan role coordinator", "Only coordinators can change this."),
        (NOOR, "/team Jan languages uk", "Only coordinators can change this."),
        (KAREN, "/team Ada role trainee", "You cannot change this for somebody with a higher"),
        (KAREN, "/team Ada skills legal", "You cannot change this for somebody with a higher"),
        (KAREN, "/team Ada languages uk", "You cannot change this for somebody with a higher"),
        (KAREN, "/team Jan role admin", "You can give no role above your own."),
        (KAREN, "/team Karen role trainee", "Ask another coordinator"),
        (KAREN, "/team Nadja skills legal", "Nobody in the team is called “Nadja”."),
        (KAREN, "/team Piet De Vries", "Nobody in the team is called “Piet De Vries”."),
        (KAREN, "/team Jan skills cooking", "I know no training called “cooking”."),
        (KAREN, "/team Jan languages klingon", "I know no language called “klingon”."),
        (KAREN, "/team Jan role boss", "I know no role called “boss”."),
        (KAREN, "/team Jan role", "Something is missing at the end."),
        (KAREN, "/team Jan skills", "Something is missing at the end."),
        (KAREN, "/team Jan hat", "I do not understand “hat”."),
        (KAREN, "/oncall maybe", "Please write /oncall yes or /oncall no."),
    ],
)
async def test_what_is_wrong_is_named_and_changes_nothing(
    team: Team, who: int, line: str, told: str
) -> None:
    before = await service.staff_members(team.tx)

    assert (await team.says(who, line)).startswith(told)

    assert await service.staff_members(team.tx) == before
    assert await team.log() == []


async def test_forged_buttons_change_nothing(team: Team) -> None:
    before = await service.staff_members(team.tx)
    jan, ada = team.ids[JAN], team.ids[ADA]

    for data in (
        f"team_skill:{jan}:legal:1",
        f"team_role:{jan}:admin",
        f"team_language:{ada}:uk:1",
        f"team_on_call:{ada}:1",
    ):
        assert await team.is_refused(NOOR, data) == "Only coordinators can change this."
    for data in (
        f"team_skill:{jan}:magic:1",
        f"team_skill:{jan}:legal:2",
        f"team_language:{jan}:xx:1",
        f"team_role:{jan}:king",
        "team_skill:99999:legal:1",
        "team_one:99999",
        "team:-1",
    ):
        told = await team.is_refused(KAREN, data)
        assert told == "This has changed in the meantime. Please look again."

    assert await service.staff_members(team.tx) == before


async def test_everybody_says_yes_for_themselves_only(team: Team) -> None:
    told = await team.says(NOOR, "/oncall yes")
    assert "at any hour, also at night" in told
    assert (await team.of(NOOR)).is_on_call

    refused = await team.is_refused(KAREN, f"team_on_call:{team.ids[JAN]}:1")
    assert refused == "Everybody says yes to this for themselves: /oncall yes"
    _edit, toast = await team.taps(JAN, f"team_on_call:{team.ids[JAN]}:1")
    assert isinstance(toast, Toast)
    assert "also at night" in toast.text
    assert (await team.of(JAN)).is_on_call

    await team.taps(KAREN, f"team_on_call:{team.ids[JAN]}:0")
    assert not (await team.of(JAN)).is_on_call
    assert "only when you are on duty" in await team.says(NOOR, "/oncall no")


async def test_own_languages_are_ones_own(team: Team) -> None:
    await team.says(JAN, "/team Jan languages nl en")
    await team.taps(JAN, f"team_language:{team.ids[JAN]}:uk:1")
    await team.taps(JAN, f"team_language:{team.ids[JAN]}:nl:0")

    assert (await team.of(JAN)).languages == ("en", "uk")


async def test_two_of_one_name_are_told_apart_by_number(team: Team) -> None:
    other = tables.people.c.id == team.ids[NOOR]
    await team.tx.execute(update(tables.people).where(other).values(first_name="Jan"))

    jan, second = team.ids[JAN], team.ids[NOOR]
    told = await team.says(KAREN, "/team Jan skills legal")
    assert told.endswith(f"Write one of these: Jan #{jan}, Jan #{second}.")
    await team.says(KAREN, f"/team Jan #{second} skills legal")

    assert (await team.of(NOOR)).person.skills == {"legal"}
    assert (await team.of(JAN)).person.skills == frozenset()


async def test_role_that_was_given_stays_whatever_the_group_says(team: Team) -> None:
    await team.says(KAREN, "/team Jan role trainee")

    await service.keep_roles_true(team.tx, GROUP, {JAN: "administrator"}, now=NOW)
    jan = await team.of(JAN)
    assert (jan.person.role, jan.via) == (Role.TRAINEE, Via.INVITATION)

    await service.keep_roles_true(team.tx, GROUP, {JAN: "left"}, now=NOW)
    assert JAN not in [one.person.telegram_id for one in await service.staff_members(team.tx)]
    assert "Nobody in the team" in await team.says(KAREN, "/team Jan role staff")


async def test_long_list_has_pages(team: Team) -> None:
    for n in range(20):
        await making.a_colleague(team.tx, 7_000_000_000 + n)

    first = await team.says(KAREN, "/team")
    edit, *_ = await team.taps(KAREN, "team:1")

    assert first.count(" – ") == 20
    assert isinstance(edit, Edit)
    assert edit.text.count(" – ") == 4
    assert [button.action for button in edit.buttons[-1]] == ["team:0"]
