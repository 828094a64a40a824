"""The one sender: order, priority, each outcome, and what a dead process left behind."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot import clock
from bot.delivery import moves, outbox, queue
from bot.delivery.messages import Copy, Edit, Lane, MakeTopic, Message, Outgoing, React
from bot.delivery.outcomes import (
    Moved,
    NotSent,
    Receipt,
    Refusal,
    Sent,
    Uncertain,
    Unreachable,
    Waiting,
)
from bot.delivery.pacing import GROUP, Pace
from bot.delivery.results import News
from bot.delivery.sender import SPARED, Sender
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.delivery_makers import (
    Line,
    a_sender,
    on_postgres,
    rounds,
    rows,
    states,
    time_passes,
)

HOUR = timedelta(hours=1)


async def _post(database: Database, *posts: Message) -> None:
    async with database.writing() as tx:
        await outbox.put(tx, *posts)


class _Heard:
    """A slice that keeps its receipts, in a table of its own too."""

    def __init__(self) -> None:
        self.receipts: list[Receipt] = []

    async def hear(self, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
        self.receipts.append(receipt)

    @property
    def news(self) -> News:
        return News(receipts={"slice.heard": self.hear})

    @property
    def ends(self) -> list[tuple[str, str]]:
        return [(receipt.ref, receipt.state) for receipt in self.receipts]


def _told(text: str, to: int = 1, lane: Lane = "reply", **more: object) -> Outgoing:
    return Outgoing(to=to, text=text, lane=lane, receipt="slice.heard", ref=text, **more)  # type: ignore[arg-type]


# Order and priority


async def test_messages_of_a_chat_leave_in_order(database: Database) -> None:
    line = Line()
    await _post(database, *(Outgoing(to=1 + n % 2, text=str(n)) for n in range(8)))

    await rounds(a_sender(database, line), 5)

    assert [text for chat, text in line.heard if chat == 1] == ["0", "2", "4", "6"]
    assert [text for chat, text in line.heard if chat == 2] == ["1", "3", "5", "7"]
    assert await states(database) == ["sent"] * 8


async def test_urgent_lanes_go_before_the_others(database: Database) -> None:
    line = Line()
    lanes: tuple[Lane, ...] = (
        *("mark", "update", "broadcast", "reminder"),
        *("notice", "reply", "urgent"),
    )
    await _post(database, *(Outgoing(to=1, text=lane, lane=lane) for lane in lanes))

    await rounds(a_sender(database, line), 8)

    assert line.texts == list(reversed(lanes))


async def test_group_does_not_wait_behind_a_crowd(database: Database) -> None:
    line = Line()
    many = (Outgoing(to=n, text="news", lane="broadcast") for n in range(1, 121))
    await _post(database, *many, Outgoing(to=-9, text="list", lane="update"))

    await rounds(a_sender(database, line), 1)

    assert line.heard[0] == (-9, "list")


async def test_topic_of_an_urgent_card_is_made_first(database: Database) -> None:
    """It was asked for as something ordinary; the card that needs it takes it along."""
    line = Line()
    await _post(
        database,
        *(Outgoing(to=-9, text=f"card {n}", lane="notice") for n in range(2)),
        MakeTopic(to=-9, slot="inbox:ps:topic", name="Pashto", lane="notice"),
        Outgoing(to=-9, text="words"),
        Outgoing(to=-9, text="urgent", in_topic="inbox:ps:topic", lane="urgent"),
    )

    await rounds(a_sender(database, line), 8)

    assert line.texts == ["MakeTopic", "urgent", "words", "card 0", "card 1"]


async def test_replies_of_others_go_before_a_broadcast(database: Database) -> None:
    line = Line()
    many = (Outgoing(to=n, text="news", lane="broadcast") for n in range(1, 41))
    await _post(database, *many, Outgoing(to=99, text="answer"))

    await rounds(a_sender(database, line), 1)

    assert line.heard[0] == (99, "answer")


async def test_next_message_waits_while_one_is_in_the_air(database: Database) -> None:
    line = Line()
    line.silent.add("slow")
    await _post(database, Outgoing(to=1, text="slow"), Outgoing(to=1, text="next"))
    sender = a_sender(database, line)

    await rounds(sender, 4)

    assert line.texts == ["slow"]
    for flight in sender._flying.values():
        flight.cancel()


async def test_next_message_waits_until_the_last_is_written_down(database: Database) -> None:
    """One that landed while a round was running may have to be sent again, and first."""
    line = Line({"first": [NotSent("connect")]})
    sender = a_sender(database, line)
    await _post(database, Outgoing(to=1, text="first"), Outgoing(to=1, text="second"))
    heads = queue.heads
    landing = asyncio.Event()

    async def answer(message: Message, places: object) -> object:
        await landing.wait()
        return await line.send(message, {})

    sender.send = answer  # type: ignore[assignment]
    await sender.round()
    await asyncio.sleep(0)

    class _Landing:
        """The flight lands after this round has taken what landed before."""

        async def __aenter__(self) -> Tx:
            tx = await self.opened.__aenter__()
            landing.set()
            for _ in range(3):
                await asyncio.sleep(0)
            return tx

        async def __aexit__(self, *how: object) -> None:
            await self.opened.__aexit__(*how)  # type: ignore[arg-type]

        def __init__(self) -> None:
            self.opened = database.writing()

    sender.writing = _Landing
    await sender.round()
    sender.writing = database.writing
    await rounds(sender, 1)

    assert heads is queue.heads
    assert line.texts == ["first"]


async def test_thousand_chats_share_the_places_in_the_air(database: Database) -> None:
    line = Line()
    line.silent.add("x")
    await _post(database, *(Outgoing(to=n, text="x") for n in range(1, 101)))
    sender = a_sender(database, line)

    await rounds(sender, 3)

    assert len(line.heard) == 30
    for flight in sender._flying.values():
        flight.cancel()


# Outcomes


async def test_too_many_requests_makes_only_that_chat_wait(database: Database) -> None:
    line = Line({"a1": [Waiting(HOUR)]})
    await _post(
        database,
        Outgoing(to=1, text="a1"),
        Outgoing(to=1, text="a2"),
        Outgoing(to=2, text="b1"),
        Outgoing(to=2, text="b2"),
    )

    await rounds(a_sender(database, line), 4)
    assert line.texts == ["a1", "b1", "b2"]

    await time_passes(database)
    await rounds(a_sender(database, line), 3)
    assert line.texts[3:] == ["a1", "a2"]


async def test_pause_named_by_telegram_holds_urgent_ones_too(database: Database) -> None:
    line = Line({"a1": [Waiting(HOUR)]})
    sender = a_sender(database, line)
    await _post(database, Outgoing(to=1, text="a1", lane="reminder"))
    await rounds(sender, 2)

    await _post(database, Outgoing(to=1, text="urgent"))
    await rounds(sender, 2)

    assert line.texts == ["a1"]


async def test_pause_named_by_telegram_outlives_the_leader(database: Database) -> None:
    line = Line({"a1": [Waiting(HOUR)]})
    await _post(database, Outgoing(to=1, text="a1"))
    await rounds(a_sender(database, line), 2)

    await rounds(a_sender(database, line), 2)
    assert line.texts == ["a1"]

    await time_passes(database)
    await rounds(a_sender(database, line), 2)
    assert line.texts == ["a1", "a1"]


async def test_unsent_message_is_tried_again_with_longer_pauses(database: Database) -> None:
    line = Line({"x": [NotSent("dns")] * 4})
    await _post(database, Outgoing(to=1, text="x"), Outgoing(to=1, text="y"))
    sender = a_sender(database, line)
    pauses = []
    for _ in range(4):
        await rounds(sender, 2)
        ((retry_at,),) = await rows(database, "SELECT retry_at FROM outbox WHERE id = 1")
        pauses.append(round(retry_at - clock.wall()))
        await time_passes(database)
    await rounds(sender, 3)

    assert pauses == [1, 2, 4, 8]
    assert line.texts == ["x"] * 5 + ["y"]
    assert await states(database) == ["sent", "sent"]


async def test_fault_of_ours_keeps_the_message(database: Database) -> None:
    line = Line({"x": [ZeroDivisionError()]})
    await _post(database, Outgoing(to=1, text="x"))
    sender = a_sender(database, line)

    await rounds(sender, 2)
    await time_passes(database)
    await rounds(sender, 2)

    assert line.texts == ["x", "x"]
    assert await states(database) == ["sent"]


async def test_uncertain_message_is_repeated_once_and_marked(database: Database) -> None:
    line, heard = Line({"x": [Uncertain("timeout"), Uncertain("timeout")]}), _Heard()
    await _post(database, _told("x"))
    sender = a_sender(database, line, heard.news)
    for _ in range(4):
        await rounds(sender, 2)
        await time_passes(database)

    assert line.texts == ["x", "x"]
    assert await states(database) == ["uncertain"]
    assert heard.ends == [("x", "uncertain")]


async def test_uncertain_broadcast_is_never_repeated(database: Database) -> None:
    line = Line({"x": [Uncertain("timeout")]})
    await _post(database, Outgoing(to=1, text="x", lane="broadcast"))
    sender = a_sender(database, line)
    for _ in range(3):
        await rounds(sender, 2)
        await time_passes(database)

    assert line.texts == ["x"]
    assert await states(database) == ["uncertain"]


async def test_refused_message_stays_visible_without_words(database: Database) -> None:
    line, heard = Line({"x": [Refusal("Bad Request: no rights", "other")]}), _Heard()
    await _post(database, _told("x"), Outgoing(to=1, text="y"))

    await rounds(a_sender(database, line, heard.news), 3)

    assert line.texts == ["x", "y"]
    assert heard.receipts == [Receipt("x", "refused", 1, reason="Bad Request: no rights")]
    found = await rows(database, "SELECT state, error, body FROM outbox WHERE id = 1")
    assert found == [("refused", "Bad Request: no rights", None)]


async def test_blocked_bot_is_told_to_the_people_slice(database: Database) -> None:
    gone: list[int] = []

    async def unreachable(tx: Tx, chat_id: int) -> None:
        gone.append(chat_id)

    line, heard = Line({"x": [Unreachable("blocked")]}), _Heard()
    await _post(database, _told("x", to=7))
    news = News(receipts={"slice.heard": heard.hear}, unreachable=(unreachable,))

    await rounds(a_sender(database, line, news), 2)

    assert gone == [7]
    assert await states(database) == ["unreachable"]
    assert heard.ends == [("x", "unreachable")]


async def test_messages_follow_a_group_that_moved(database: Database) -> None:
    line = Line({"card": [Moved(-1005)]})
    await _post(database, Outgoing(to=-5, text="card"), Outgoing(to=-5, text="list"))
    sender = a_sender(database, line, News(moved=(moves.remember,)))

    await rounds(sender, 4)

    assert line.heard[0] == (-5, "card")
    assert await states(database) == ["sent", "sent"]
    assert {chat for (chat,) in await rows(database, "SELECT chat_id FROM outbox")} == {-1005}


async def test_move_that_nobody_follows_is_not_tried_at_once(database: Database) -> None:
    line = Line({"card": [Moved(-1005)] * 50})
    await _post(database, Outgoing(to=-5, text="card"))

    await rounds(a_sender(database, line), 5)

    assert line.texts == ["card"]


async def test_body_of_another_version_is_refused_and_visible(database: Database) -> None:
    line = Line()
    await _post(database, Outgoing(to=1, text="x"), Outgoing(to=1, text="y"))
    async with database.writing() as tx:
        await tx.raw('UPDATE outbox SET body = \'{"kind":"hologram"}\' WHERE id = 1')

    await rounds(a_sender(database, line), 3)

    assert line.texts == ["y"]
    assert await states(database) == ["refused", "sent"]


# Slots


async def test_card_is_edited_where_it_was_sent(database: Database) -> None:
    line = Line()
    await _post(
        database,
        Outgoing(to=1, text="card", slot="case:4:card"),
        Edit(to=1, text="claimed", slot="case:4:card"),
    )

    await rounds(a_sender(database, line), 3)

    assert line.texts == ["card", "claimed"]
    assert line.places[1] == {"case:4:card": 1001}
    async with database.reading() as tx:
        assert await outbox.slot_at(tx, 1, 1001, "case:") == "case:4:card"


async def test_message_waits_for_the_topic_of_another_chat(database: Database) -> None:
    line = Line()
    until = clock.now() + HOUR
    topic = MakeTopic(to=-9, slot="case:4:topic", name="Amina", hold_until=until, key="topic")
    await _post(database, topic, Outgoing(to=-9, text="hello", in_topic="case:4:topic"))
    sender = a_sender(database, line)
    await rounds(sender, 3)
    assert line.texts == []

    clock.moves_on(HOUR)
    await rounds(sender, 4)

    assert line.texts == ["MakeTopic", "hello"]


async def test_one_that_waits_does_not_block_what_it_waits_for(database: Database) -> None:
    """The card stands in a later lane and is held; its edit must let it pass."""
    line = Line()
    until = clock.now() + HOUR
    card = Outgoing(to=1, text="card", slot="s", lane="notice", hold_until=until)
    await _post(database, Edit(to=1, text="edit", slot="s"), card, Outgoing(to=1, text="other"))
    sender = a_sender(database, line)
    await rounds(sender, 3)
    assert line.texts == ["other"]

    clock.moves_on(HOUR)
    await rounds(sender, 4)

    assert line.texts == ["other", "card", "edit"]


async def test_dependants_of_a_refused_message_are_refused(database: Database) -> None:
    line, heard = Line({"MakeTopic": [Refusal("no rights")]}), _Heard()
    await _post(
        database,
        MakeTopic(to=-9, slot="case:4:topic", name="Amina"),
        _told("hello", to=-9, in_topic="case:4:topic"),
        _told("edit", to=-9),
    )

    await rounds(a_sender(database, line, heard.news), 4)

    assert line.texts == ["MakeTopic", "edit"]
    assert await states(database) == ["refused", "refused", "sent"]
    assert [(one.ref, one.kind) for one in heard.receipts] == [
        ("hello", "topic_gone"),
        ("edit", "other"),
    ]


async def test_topic_deleted_by_hand_is_forgotten(database: Database) -> None:
    line = Line({"hello": [Refusal("thread not found", "topic_gone")]})
    await _post(
        database,
        MakeTopic(to=-9, slot="case:4:topic", name="Amina"),
        Outgoing(to=-9, text="hello", in_topic="case:4:topic"),
        Outgoing(to=-9, text="later", in_topic="case:4:topic"),
    )

    await rounds(a_sender(database, line), 4)

    assert await states(database) == ["sent", "refused", "refused"]
    assert await rows(database, "SELECT count(*) FROM slots") == [(0,)]


async def test_reply_to_a_message_that_was_never_sent_goes_out(database: Database) -> None:
    line = Line()
    await _post(database, Outgoing(to=1, text="x", reply_to="case:4:question"))

    await rounds(a_sender(database, line), 1)

    assert line.texts == ["x"]


async def test_album_copy_remembers_its_first_message(database: Database) -> None:
    line = Line({"Copy": [Sent((51, 52, 53))]})
    await _post(database, Copy(to=1, from_chat=2, message_ids=(7, 8, 9), slot="album"))

    await rounds(a_sender(database, line), 2)

    async with database.reading() as tx:
        found = await outbox.slot(tx, "album")
        sent = await outbox.sent_to(tx, 1, clock.now() - HOUR)
    assert found is not None
    assert found.id == 51
    assert sent == [51, 52, 53]


# Moments


async def test_reminder_that_comes_too_late_does_not_ring(database: Database) -> None:
    line, heard = Line(), _Heard()
    soon = clock.now() + HOUR
    await _post(database, _told("late", expires_at=soon), _told("fine"))
    clock.moves_on(HOUR)

    await rounds(a_sender(database, line, heard.news), 4)

    assert line.texts == ["fine"]
    assert heard.ends == [("late", "expired"), ("fine", "sent")]


async def test_held_message_leaves_when_its_hold_is_over(database: Database) -> None:
    line = Line()
    await _post(
        database,
        Outgoing(to=1, text="held", hold_until=clock.now() + HOUR),
        Outgoing(to=1, text="now"),
    )
    sender = a_sender(database, line)
    await rounds(sender, 2)
    assert line.texts == ["now"]

    clock.moves_on(HOUR)
    await rounds(sender, 2)

    assert line.texts == ["now", "held"]


async def test_sender_wakes_when_a_hold_is_over(database: Database) -> None:
    line, stop = Line(), asyncio.Event()
    began, until = clock.pacing(), clock.now() + timedelta(seconds=0.3)
    await _post(database, Outgoing(to=1, text="held", hold_until=until))
    sender = a_sender(database, line)

    running = asyncio.create_task(sender.run(stop))
    while not line.texts:
        await asyncio.sleep(0.005)
    waited = clock.pacing() - began
    stop.set()
    await running

    assert 0.29 < waited < 0.8  # it looks every second anyway


# Few places in a group


def _mark(number: int) -> React:
    soon = clock.now() + timedelta(minutes=2)
    return React(to=-9, message_id=number, emoji="👌", lane="mark", expires_at=soon)


async def test_marks_leave_places_of_a_group_for_words(database: Database) -> None:
    line = Line()
    await _post(database, *(_mark(number) for number in range(20)))
    sender = a_sender(database, line, pace=Pace())

    await rounds(sender, 25)
    assert line.texts == ["React"] * (GROUP - SPARED)

    await _post(database, *(Outgoing(to=-9, text="words") for _ in range(SPARED)))
    await rounds(sender, 25)
    assert line.texts[-SPARED:] == ["words"] * SPARED


async def test_each_group_has_a_minute_of_its_own(database: Database) -> None:
    """Two groups are twice the budget; what is too much for one does not slow the other."""
    line = Line()
    await _post(database, *(Outgoing(to=-8, text=f"a{number}") for number in range(50)))
    sender = a_sender(database, line, pace=Pace())
    await rounds(sender, 25)

    await _post(database, *(Outgoing(to=-9, text=f"b{number}") for number in range(8)))
    await rounds(sender, 10)

    assert line.texts == [f"a{n}" for n in range(GROUP)] + [f"b{n}" for n in range(8)]


async def test_mark_that_found_no_place_is_given_up_quietly(database: Database) -> None:
    line = Line()
    await _post(database, *(_mark(number) for number in range(GROUP)))
    sender = a_sender(database, line, pace=Pace())
    await rounds(sender, 25)

    clock.moves_on(timedelta(minutes=2))
    await rounds(sender, 25)

    assert sorted(await states(database)) == ["cancelled"] * SPARED + ["sent"] * (GROUP - SPARED)


async def test_big_copy_waits_until_there_is_room_for_all(database: Database) -> None:
    line = Line()
    copy = Copy(to=-9, from_chat=1, message_ids=tuple(range(10)))
    await _post(database, *(Outgoing(to=-9, text=str(n)) for n in range(11)), copy)
    sender = a_sender(database, line, pace=Pace())
    await rounds(sender, 15)
    assert "Copy" not in line.texts

    await _post(database, Outgoing(to=-9, text="urgent", lane="urgent"))
    await rounds(sender, 15)

    assert line.texts[-1] == "urgent"


async def test_edits_of_a_message_keep_their_distance(database: Database) -> None:
    line, pause = Line(), timedelta(seconds=15)
    sender = a_sender(database, line)
    for number in range(4):
        await _post(
            database,
            Edit(to=-9, text=f"card {number}", message_id=4, pause=pause, lane="update"),
            Edit(to=-9, text=f"other {number}", message_id=5, pause=pause, lane="update"),
        )
        await rounds(sender, 3)
        clock.moves_on(timedelta(seconds=4))
    assert line.texts == ["card 0", "other 0"]

    clock.moves_on(timedelta(seconds=4))
    await rounds(sender, 5)

    assert line.texts == ["card 0", "other 0", "card 3", "other 3"]


async def test_edit_is_not_sent_after_one_that_is_in_the_air(database: Database) -> None:
    line = Line()
    line.silent.add("first")
    sender = a_sender(database, line)
    first, second = (
        Edit(to=-9, text=text, message_id=4, pause=timedelta(seconds=15))
        for text in ("first", "second")
    )
    await _post(database, first)
    await rounds(sender, 1)
    await _post(database, second)

    due = await rows(database, "SELECT due_at FROM outbox WHERE state = 'waiting'")

    assert due == [(pytest.approx(clock.now().timestamp() + 15, abs=2),)]
    await asyncio.gather(*_cancelled(sender), return_exceptions=True)


def _cancelled(sender: Sender) -> list[asyncio.Task[None]]:
    flights = list(sender._flying.values())
    for flight in flights:
        flight.cancel()
    return flights


async def test_stopped_message_never_leaves(database: Database) -> None:
    line = Line()
    until = clock.now() + HOUR
    await _post(database, Outgoing(to=1, text="held", key="k", hold_until=until))
    async with database.writing() as tx:
        assert await outbox.cancel(tx, "k")
    clock.moves_on(HOUR)

    await rounds(a_sender(database, line), 2)

    assert line.texts == []
    assert await states(database) == ["cancelled"]


class _Between:
    """A sender's transaction; something happens right after it has looked at the heads."""

    def __init__(self, database: Database, act: object) -> None:
        self._opened = database.writing()
        self._act = act

    async def __aenter__(self) -> Tx:
        tx = await self._opened.__aenter__()
        raw, act = tx.raw, self._act

        async def looking(sql: str, *values: object) -> list[object]:
            found = await raw(sql, *values)
            if "row_number()" in sql:
                await act()  # type: ignore[operator]
            return found

        tx.raw = looking  # type: ignore[method-assign]
        return tx

    async def __aexit__(self, *how: object) -> None:
        await self._opened.__aexit__(*how)  # type: ignore[arg-type]


@on_postgres
async def test_stopped_in_the_last_moment_stays_stopped(database: Database) -> None:
    """A colleague was told that it is stopped while the sender had already read it."""
    line = Line()
    await _post(database, Outgoing(to=1, text="no", key="k"), Outgoing(to=2, text="yes"))
    sender = a_sender(database, line)
    stopped: list[bool] = []

    async def stop() -> None:
        async with database.writing() as tx:
            stopped.append(await outbox.cancel(tx, "k"))

    sender.writing = lambda: _Between(database, stop)
    await rounds(sender, 1)
    sender.writing = database.writing
    await rounds(sender, 2)

    assert stopped == [True]
    assert line.texts == ["yes"]
    assert await states(database) == ["cancelled", "sent"]


@on_postgres
async def test_replaced_in_the_last_moment_leaves_as_replaced(database: Database) -> None:
    line = Line()
    await _post(database, Outgoing(to=1, text="before", key="k"))
    sender = a_sender(database, line)
    replaced: list[bool] = []

    async def replace() -> None:
        async with database.writing() as tx:
            replaced.append(await outbox.replace(tx, "k", Outgoing(to=1, text="after", key="k")))

    sender.writing = lambda: _Between(database, replace)
    await rounds(sender, 1)
    sender.writing = database.writing
    await rounds(sender, 2)

    assert replaced == [True]
    assert line.texts == ["after"]


# Receipts


async def test_receipt_comes_once_and_the_words_are_wiped(database: Database) -> None:
    line, heard = Line(), _Heard()
    await _post(database, _told("x"))

    await rounds(a_sender(database, line, heard.news), 4)

    assert heard.receipts == [Receipt("x", "sent", 1, (1001,))]
    assert await rows(database, "SELECT body, sent_ids FROM outbox") == [(None, "[1001]")]


async def test_receipt_is_in_the_same_commit_as_the_mark(database: Database) -> None:
    async def answering(tx: Tx, receipt: Receipt, *, now: datetime) -> None:
        await outbox.put(tx, Outgoing(to=2, text="it was sent"))
        state = await tx.raw("SELECT state FROM outbox WHERE id = 1")
        assert state == [("sent",)]

    line = Line()
    await _post(database, _told("x"))

    await rounds(a_sender(database, line, News(receipts={"slice.heard": answering})), 3)

    assert line.heard == [(1, "x"), (2, "it was sent")]


async def test_failing_receipt_does_not_send_again(database: Database) -> None:
    async def failing(tx: Tx, receipt: Receipt, *, now: datetime) -> None:
        await outbox.put(tx, Outgoing(to=2, text="half"))
        raise LookupError

    line = Line()
    await _post(database, _told("x"), Outgoing(to=1, text="y"))

    await rounds(a_sender(database, line, News(receipts={"slice.heard": failing})), 4)

    assert line.texts == ["x", "y"]
    assert await states(database) == ["sent", "sent"]


# Stopping, dying, taking over


async def test_what_a_dead_process_was_sending_is_repeated_once(database: Database) -> None:
    line, heard = Line(), _Heard()
    line.silent |= {"x", "news"}
    await _post(database, _told("x"), _told("news", to=2, lane="broadcast"))
    for _ in range(3):
        dying = a_sender(database, line, heard.news)
        await _takes_over(dying)
        await rounds(dying, 1)
        for flight in dying._flying.values():
            flight.cancel()

    assert sorted(line.texts) == ["news", "news", "x", "x"]
    assert await states(database) == ["uncertain", "uncertain"]
    assert sorted(heard.ends) == [("news", "uncertain"), ("x", "uncertain")]


async def _takes_over(sender: object) -> None:
    stop = asyncio.Event()
    stop.set()
    await sender.run(stop)  # type: ignore[attr-defined]


async def test_repeat_after_a_crash_keeps_its_place(database: Database) -> None:
    line = Line()
    line.silent.add("first")
    await _post(database, Outgoing(to=1, text="first"), Outgoing(to=1, text="second"))
    dying = a_sender(database, line)
    await rounds(dying, 1)
    for flight in dying._flying.values():
        flight.cancel()
    line.silent.clear()

    sender = a_sender(database, line)
    await _takes_over(sender)
    await rounds(sender, 3)

    assert line.texts == ["first", "first", "second"]


async def test_what_is_in_the_air_lands_before_the_stop(database: Database) -> None:
    line, stop = Line(), asyncio.Event()
    await _post(database, Outgoing(to=1, text="x"))
    sender = a_sender(database, line)

    async def send(message: Message, places: object) -> object:
        stop.set()
        sender.ring()
        await asyncio.sleep(0)
        return await line.send(message, {})

    sender.send = send  # type: ignore[assignment]
    await sender.run(stop)

    assert await states(database) == ["sent"]


async def test_known_results_are_written_before_the_lead_is_lost(database: Database) -> None:
    """A round fails; what Telegram has already confirmed is not sent a second time."""
    line = Line()
    await _post(database, Outgoing(to=1, text="x"))
    sender = a_sender(database, line)
    opened = 0

    class _Fails:
        def __init__(self) -> None:
            nonlocal opened
            opened += 1
            self.fails = opened == 3  # take over, first round, then the round with the result
            self.opened = database.writing()

        async def __aenter__(self) -> Tx:
            if self.fails:
                raise OSError("no room")
            return await self.opened.__aenter__()

        async def __aexit__(self, *how: object) -> None:
            await self.opened.__aexit__(*how)  # type: ignore[arg-type]

    sender.writing = _Fails
    with pytest.raises(OSError, match="no room"):
        await sender.run(asyncio.Event())

    assert await states(database) == ["sent"]
