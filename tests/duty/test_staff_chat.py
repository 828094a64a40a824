"""/duty in the team's group and in a colleague's own chat: all look, coordinators change."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.delivery.incoming import Incoming
from bot.delivery.messages import Edit, File, Message, Outgoing, Toast
from bot.dialog.turn import Turn
from bot.duty import importing, privacy, staff_chat, tables
from bot.duty.desk import DutyDesk, Timetable
from bot.duty.domain import Hours
from bot.duty.service import keeping, look, replace_all
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people import tables as people_tables
from bot.people.domain import Person, Role
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support import people_makers as making
from tests.support.duty_makers import OFFICE, a_block, a_duty, at
from tests.support.people_makers import GROUP

FRIDAY = at("2026-11-20", "10:00")
KAREN, JAN, NOOR, AMINA = 6_000_000_001, 6_000_000_002, 6_000_000_003, 5_000_000_009
NAMES = {KAREN: "Karen", JAN: "Jan", NOOR: "Noor", AMINA: "Amina"}


async def _no_gate(tx: Tx, person: Person, incoming: Incoming) -> list[Message] | None:
    return None


async def _not_moved(tx: Tx, old: int, new: int) -> None:
    return None


@dataclass
class Team:
    """Karen coordinates, Jan is of the team, Noor is a trainee, Amina is a newcomer."""

    tx: Tx
    desk: DutyDesk
    ids: dict[int, int] = field(default_factory=dict)
    now: datetime = FRIDAY

    async def joins(self, who: int, role: Role) -> None:
        """Somebody becomes one of the team."""
        person = await making.a_colleague(self.tx, who)
        own = people_tables.people.c.id == person.id
        await self.tx.execute(
            update(people_tables.people).where(own).values(first_name=NAMES[who], language="en")
        )
        staff = people_tables.staff
        await self.tx.execute(update(staff).where(staff.c.person_id == person.id).values(role=role))
        self.ids[who] = person.id

    async def takes(self, incoming: Incoming) -> list[Message]:
        """A whole turn."""
        catalogs = self.desk.catalogs

        async def recognise(tx: Tx, incoming: Incoming) -> Person | None:
            return await people.recognise(tx, incoming, staff_groups=(GROUP,))

        turn = Turn(
            routes=staff_chat.routes(self.desk),
            catalogs=catalogs,
            recognise=recognise,
            words=lambda person: catalogs.words(person.language),
            gate=_no_gate,
            is_ours=lambda chat_id: chat_id == GROUP,
            moved=_not_moved,
            staff_words=catalogs.words("en"),
        )
        return await turn.take(self.tx, incoming)

    async def says(self, who: int, text: str, *, group: bool = True) -> str:
        """What is answered to a line."""
        sender = making.a_sender(who, NAMES[who])
        [reply] = await self.takes(
            making.said(text, sender=sender, group=GROUP if group else None, at=self.now)
        )
        assert isinstance(reply, Outgoing)
        return bidi.strip_marks(reply.text)

    async def taps(self, who: int, data: str, *, group: bool = False) -> list[Message]:
        """What a tap is answered with."""
        sender = making.a_sender(who, NAMES[who])
        return await self.takes(
            making.tapped(data, sender=sender, group=GROUP if group else None, at=self.now)
        )

    async def blocks(self) -> list[str]:
        """The roster's rows."""
        office = await look(self.tx)
        name = office.team.label
        return [
            f"{name(one.person_id)} {one.desk} {one.language} {one.weekday} {one.block}"
            for one in sorted(office.roster.duties)
        ]

    async def log(self) -> list[tuple[str, str, object]]:
        """What the audit log says of the roster."""
        audit = people_tables.audit
        rows = await self.tx.all(select(audit).order_by(audit.c.id))
        return [
            (one["action"], one["subject"], one["detail"])
            for one in rows
            if one["action"].startswith("duty.") and one["actor"] == self.ids[KAREN]
        ]


@pytest.fixture
async def team(tx: Tx, catalogs: Catalogs) -> Team:
    timetable = Timetable(Hours({"nl": OFFICE, "ps": {1: (a_block("09:00-12:00"),)}}))
    found = Team(tx, DutyDesk(catalogs=catalogs, timetable=timetable, staff_language="en"))
    await found.joins(KAREN, Role.COORDINATOR)
    await found.joins(JAN, Role.STAFF)
    await found.joins(NOOR, Role.TRAINEE)
    return found


def text_of(message: Message) -> str:
    assert isinstance(message, Outgoing | Edit)
    return bidi.strip_marks(message.text)


def actions_of(message: Message) -> list[str]:
    assert isinstance(message, Outgoing | Edit)
    return [button.action or "" for row in message.buttons for button in row]


async def test_a_line_of_a_coordinator_is_answered_by_the_new_state(team: Team) -> None:
    told = await team.says(KAREN, "/duty add Jan ps fri 09:00-12:00 legal")

    assert "Added to the roster" in told
    assert "Friday 09:00–12:00, Pashto, Legal helpdesk" in told
    told = await team.says(KAREN, "/duty add Jan ps mon-thu 13:00-14:00")
    assert "Monday – Thursday 13:00–14:00, Pashto" in told
    assert "In the roster now:" in told
    assert "Friday 09:00–12:00, Pashto, Legal helpdesk" in told.partition("In the roster now:")[2]
    await team.says(KAREN, "/duty remove Jan 13:00-14:00")
    assert await team.blocks() == ["Jan legal ps 4 09:00-12:00"]
    assert (await team.log())[:1] == [
        ("duty.added", f"person:{team.ids[JAN]}", {"blocks": ["legal:ps:fri:09:00-12:00"]})
    ]


async def test_who_is_on_duty_is_seen_by_everybody_of_the_team(team: Team) -> None:
    await team.says(KAREN, "/duty add Jan ps fri 09:00-12:00")
    await team.says(KAREN, "/duty add Noor ps fri 09:30-13:00")
    await team.says(KAREN, "/duty add Karen ps mon 14:00-16:00")

    told = await team.says(NOOR, "/duty")

    assert "🟢 Pashto: Jan and Noor until 13:00" in told
    assert "🟢 Dutch: open until 12:30" in told
    assert "❔ Ukrainian: nobody" in told
    team.now = at("2026-11-20", "18:00")
    assert "⚪ Pashto: Monday 23 November, 14:00, Karen" in await team.says(JAN, "/duty")
    team.now = at("2026-11-22", "18:00")
    assert "⚪ Pashto: tomorrow 14:00, Karen" in await team.says(JAN, "/duty", group=False)


@pytest.mark.parametrize(
    "line",
    [
        "/duty add Jan ps fri 09:00-12:00",
        "/duty remove Karen",
        "/duty close 2026-12-24",
        "/duty open 2026-12-24",
    ],
)
async def test_only_coordinators_change_the_roster_by_a_line(team: Team, line: str) -> None:
    for who in (JAN, NOOR):
        assert await team.says(who, line) == "Only coordinators can change the duty roster."

    assert await team.blocks() == []
    assert (await look(team.tx)).roster.closures == ()


async def test_only_coordinators_change_the_roster_by_a_button(team: Team) -> None:
    await team.says(KAREN, "/duty add Jan ps fri 09:00-12:00")
    block = (await look(team.tx)).roster.duties[0].id
    jan = team.ids[JAN]
    for data in (
        "duty_add",
        f"duty_add:{jan}:infodesk:ps:0:0900-1200",
        f"duty_remove:{jan}:{block}",
        "duty_close:2026-12-24",
        "duty_open:1",
    ):
        [toast] = await team.taps(JAN, data)
        assert isinstance(toast, Toast)
        assert toast.text == "Only coordinators can change the duty roster."

    assert await team.blocks() == ["Jan infodesk ps 4 09:00-12:00"]


async def test_a_newcomer_sees_nothing_of_the_roster(team: Team) -> None:
    await making.a_person(team.tx, AMINA)

    assert "Only colleagues" in await team.says(AMINA, "/duty", group=False)
    for data in ("duty", "duty_week:infodesk:0", "duty_mine"):
        [toast] = await team.taps(AMINA, data)
        assert isinstance(toast, Toast)
        assert "Only colleagues" in toast.text


async def test_buttons_lead_to_a_block_step_by_step(team: Team) -> None:
    jan = team.ids[JAN]
    steps = ["duty_add", f"duty_add:{jan}"]
    steps += [f"duty_add:{jan}:{rest}" for rest in ("legal", "legal:ps", "legal:ps:week")]
    last = f"duty_add:{jan}:legal:ps:week:0930-1130"
    for step, following in zip(steps, [*steps[1:], ""], strict=True):
        [screen, _] = await team.taps(KAREN, step)
        assert following in actions_of(screen) or not following

    assert "/duty add Jan ps mon-fri 09:00-12:00 legal" in text_of(screen)
    [screen, toast] = await team.taps(KAREN, last)

    assert isinstance(toast, Toast)
    assert toast.text == "✅ Done"
    assert "Monday – Friday 09:30–11:30, Pashto, Legal helpdesk" in text_of(screen)
    assert len(await team.blocks()) == 5


async def test_a_second_tap_adds_nothing_twice(team: Team) -> None:
    data = f"duty_add:{team.ids[JAN]}:infodesk:ps:0:0900-1200"
    await team.taps(KAREN, data)

    [toast] = await team.taps(KAREN, data)

    assert isinstance(toast, Toast)
    assert toast.text == "Jan is on duty then already: mon 09:00-12:00."
    assert await team.blocks() == ["Jan infodesk ps 0 09:00-12:00"]


async def test_what_was_removed_can_be_put_back(team: Team) -> None:
    await team.says(KAREN, "/duty add Jan ps fri 09:00-12:00")
    block = (await look(team.tx)).roster.duties[0].id

    [screen, _] = await team.taps(KAREN, f"duty_remove:{team.ids[JAN]}:{block}")
    assert await team.blocks() == []
    [gone] = await team.taps(KAREN, f"duty_remove:{team.ids[JAN]}:{block}")
    assert isinstance(gone, Toast)
    assert "changed in the meantime" in gone.text

    await team.taps(KAREN, actions_of(screen)[0])
    assert await team.blocks() == ["Jan infodesk ps 4 09:00-12:00"]


async def test_a_line_removes_every_block_that_it_means(team: Team) -> None:
    await team.says(KAREN, "/duty add Jan ps,nl mon,fri 09:00-12:00")

    told = await team.says(KAREN, "/duty remove Jan mon")

    assert "Taken out of the roster" in told
    assert await team.blocks() == [
        "Jan infodesk nl 4 09:00-12:00",
        "Jan infodesk ps 4 09:00-12:00",
    ]
    assert "No block in the roster" in await team.says(KAREN, "/duty remove Jan mon")


async def test_a_closed_day_is_closed_said_and_opened_again(team: Team) -> None:
    await team.says(KAREN, "/duty add Jan ps thu 09:00-12:00")

    told = await team.says(KAREN, "/duty close 2026-11-26 ps Team <day>")
    assert "Thursday 26 November: only Pashto (Team &lt;day&gt;)" in told
    assert "Thursday 3 December, 09:00, Jan" in await team.says(JAN, "/duty")
    [week, _] = await team.taps(JAN, "duty_week:infodesk:1")
    assert "closed: Thursday 26 November: only Pashto" in text_of(week)
    assert "09:00–12:00" not in text_of(week)
    assert "closed on" in await team.says(KAREN, "/duty close 2026-11-26 ps")

    told = await team.says(KAREN, "/duty open 2026-11-26")
    assert "Open again: Thursday 26 November" in told
    assert "Thursday 26 November, 09:00, Jan" in await team.says(JAN, "/duty")
    assert "Nothing is closed" in await team.says(KAREN, "/duty open 2026-11-26")
    assert [action for action, _, _ in await team.log()][1:] == ["duty.closed", "duty.opened"]


async def test_days_in_a_row_are_one_line(team: Team) -> None:
    told = await team.says(KAREN, "/duty close 2026-12-24..2027-01-02 holidays")

    assert told.count("\n") == 1
    assert "Thursday 24 December – Saturday 2 January (holidays)" in told
    await team.says(KAREN, "/duty open 2026-12-28")
    told = await team.says(JAN, "/duty")
    assert "Thursday 24 December – Sunday 27 December (holidays)" in told
    assert "Tuesday 29 December – Saturday 2 January (holidays)" in told


async def test_the_longest_roster_fits_into_each_message(team: Team) -> None:
    for who in (JAN, KAREN, NOOR):
        for hours in ("8-9,9-10,10-11", "11-12,12-13,13-14"):
            for desk in ("info", "legal", "minors"):
                line = f"/duty add {NAMES[who]} nl,uk mon-sun {hours} {desk}"
                assert len(await team.says(KAREN, line)) < 4000
    for number in range(30):
        day = FRIDAY + timedelta(days=2 * number)
        await team.says(KAREN, f"/duty close {day:%Y-%m-%d} {'because ' * 30}")

    assert len(await team.says(JAN, "/duty")) < 4000
    screens = ("duty_week:infodesk:1", "duty_mine", "duty_add", "duty_close", "duty_remove")
    for data in (*screens, f"duty_remove:{team.ids[JAN]}"):
        [screen, _] = await team.taps(KAREN, data)
        assert len(text_of(screen)) < 4000
        assert len(actions_of(screen)) < 100
    [toast] = await team.taps(JAN, "duty_mine", group=True)
    assert isinstance(toast, Toast)
    assert 0 < len(toast.text) <= 200


async def test_buttons_close_a_day_and_open_it_again(team: Team) -> None:
    [screen, _] = await team.taps(KAREN, "duty_close:2026-11-23")
    opening = actions_of(screen)[0]
    assert opening.startswith("duty_open:")

    [screen, _] = await team.taps(KAREN, opening)
    assert "duty_close:2026-11-23" in actions_of(screen)
    [toast] = await team.taps(KAREN, opening)
    assert isinstance(toast, Toast)


async def test_own_blocks_are_shown_to_whom_they_belong(team: Team) -> None:
    await team.says(KAREN, "/duty add Jan ps,fa mon 09:00-12:00 legal")
    await team.says(KAREN, "/duty add Karen nl tue 09:00-12:00")

    mine = await team.says(JAN, "/duty mine", group=False)
    assert "Monday 09:00–12:00, Pashto, Legal helpdesk" in mine
    assert "Monday 09:00–12:00, Dari, Legal helpdesk" in mine
    assert "Tuesday" not in mine
    [toast] = await team.taps(JAN, "duty_mine", group=True)  # costs no message in the group
    assert isinstance(toast, Toast)
    assert bidi.strip_marks(toast.text).count("Monday 09:00–12:00") == 2
    assert "no blocks" in await team.says(NOOR, "/duty mine")


async def test_two_of_the_same_name_are_told_apart(team: Team) -> None:
    own = people_tables.people.c.id == team.ids[NOOR]
    await team.tx.execute(update(people_tables.people).where(own).values(first_name="Jan"))

    told = await team.says(KAREN, "/duty add Jan ps fri 09:00-12:00")
    assert f"Jan #{team.ids[JAN]}" in told
    await team.says(KAREN, f"/duty add Jan #{team.ids[JAN]} ps fri 09:00-12:00")

    assert await team.blocks() == [f"Jan #{team.ids[JAN]} infodesk ps 4 09:00-12:00"]


async def test_the_file_in_the_chat_is_read_again(team: Team) -> None:
    await team.says(KAREN, "/duty add Jan ps,nl mon-fri 09:00-12:00,13:00-16:00")
    [reply] = await team.takes(
        making.said("/duty csv", sender=making.a_sender(JAN, "Jan"), group=GROUP, at=FRIDAY)
    )
    assert isinstance(reply, File)

    content = await staff_chat.makers()[reply.made.kind](team.tx, reply.made.id)

    office = await look(team.tx)
    found = importing.read(content, team.desk.vocabulary, office.team)
    assert found == sorted(replace(one, id=0) for one in office.roster.duties)


async def test_a_file_is_refused_when_the_roster_changed_meanwhile(team: Team) -> None:
    shown = (await look(team.tx)).roster.version
    await team.says(KAREN, "/duty add Jan ps fri 09:00-12:00")
    file = [a_duty(team.ids[NOOR], "nl", 0)]

    assert not await replace_all(team.desk, team.tx, file, now=FRIDAY, unless_after=shown)
    assert await team.blocks() == ["Jan infodesk ps 4 09:00-12:00"]

    shown = (await look(team.tx)).roster.version
    assert await replace_all(team.desk, team.tx, file, now=FRIDAY, unless_after=shown)
    assert await team.blocks() == ["Noor infodesk nl 0 09:00-12:00"]


@pytest.mark.parametrize(
    "data",
    [
        "duty_week:kitchen:0",
        "duty_week:infodesk:99",
        "duty_add:99999",
        "duty_add:x",
        "duty_add:{jan}:kitchen",
        "duty_add:{jan}:legal:xx",
        "duty_add:{jan}:legal:ps:9",
        "duty_add:{jan}:legal:ps:0:9-12",
        "duty_add:{jan}:legal:ps:0:1200-0900",
        "duty_add:{jan}:legal:ps:0:0900-1200:more",
        "duty_add:99999:legal:ps:0:0900-1200",
        "duty_remove:99999",
        "duty_remove:{jan}:77",
        "duty_open:77",
        "duty_open:",
    ],
)
async def test_a_forged_button_changes_nothing(team: Team, data: str) -> None:
    replies = await team.taps(KAREN, data.format(jan=team.ids[JAN]))

    assert [reply for reply in replies if not isinstance(reply, Toast)] == []
    assert await team.blocks() == []


async def test_an_unknown_word_after_the_command_is_named(team: Team) -> None:
    assert "I do not know “what”" in await team.says(JAN, "/duty what now")


async def test_a_line_costs_at_most_ten_statements(team: Team) -> None:
    before = team.tx.statements
    await team.says(KAREN, "/duty add Jan ps,nl,uk mon-fri 09:00-12:00,13:00-16:00")
    assert team.tx.statements - before <= 10

    before = team.tx.statements
    await team.says(JAN, "/duty")
    assert team.tx.statements - before <= 10


async def test_who_changes_the_roster_is_heard_after_the_commit(
    database: Database, catalogs: Catalogs
) -> None:
    desk = DutyDesk(catalogs=catalogs, staff_language="en")
    async with database.writing() as tx:
        team = Team(tx, desk)
        await team.joins(KAREN, Role.COORDINATOR)
        assert "I do not" in await team.says(KAREN, "/duty add Karen xx mon 9-12")
    assert not desk.timetable.news.is_set()

    async with database.writing() as tx:
        team = Team(tx, desk)
        await team.says(KAREN, "/duty add Karen ps mon 9-12")
        assert not desk.timetable.news.is_set()
    assert desk.timetable.news.is_set()


async def test_a_colleague_takes_own_blocks_along_and_is_forgotten(team: Team) -> None:
    await team.says(KAREN, "/duty add Jan ps mon 09:00-12:00")
    jan = team.ids[JAN]

    copy = await privacy.export_person(team.tx, jan)
    assert "'opens': '09:00'" in str(copy)
    await privacy.forget_person(team.desk.timetable, team.tx, jan, now=FRIDAY)

    assert await team.tx.all(select(tables.duty_blocks)) == []
    assert await privacy.export_person(team.tx, jan) == {}


async def test_blocks_of_who_left_and_old_closures_go_at_night(team: Team) -> None:
    await team.says(KAREN, "/duty add Jan ps mon 09:00-12:00")
    await team.says(KAREN, "/duty add Noor ps mon 09:00-12:00")
    await team.says(KAREN, "/duty close 2026-11-23")
    staff = people_tables.staff
    await team.tx.execute(staff.delete().where(staff.c.person_id == team.ids[JAN]))
    assert await team.blocks() == ["Noor infodesk ps 0 09:00-12:00"]

    await keeping.reduce(team.desk.timetable, team.tx, now=FRIDAY)
    assert len(await team.tx.all(select(tables.duty_blocks))) == 1
    assert len((await look(team.tx)).roster.closures) == 1
    await keeping.reduce(team.desk.timetable, team.tx, now=FRIDAY + timedelta(days=90))
    assert (await look(team.tx)).roster.closures == ()
