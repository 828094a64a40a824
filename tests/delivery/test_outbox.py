"""Posting: keys, holds, merging edits, splitting."""

from datetime import timedelta

import pytest

from bot import clock
from bot.delivery import messages, moves, outbox, slots
from bot.delivery.messages import (
    CAPTION_LIMIT,
    LANES,
    Button,
    Copy,
    Delete,
    Edit,
    Outgoing,
    React,
    Toast,
)
from bot.storage.transaction import Tx


async def _bodies(tx: Tx) -> list[str]:
    rows = await tx.raw("SELECT body FROM outbox ORDER BY id")
    return [messages.decode(body).text for (body,) in rows]  # type: ignore[union-attr]


async def _posts(tx: Tx) -> list[messages.Message]:
    rows = await tx.raw("SELECT body FROM outbox ORDER BY id")
    return [messages.decode(body) for (body,) in rows]


async def test_same_key_is_posted_only_once(tx: Tx) -> None:
    await outbox.put(tx, Outgoing(to=1, text="first", key="k"))
    await outbox.put(tx, Outgoing(to=1, text="second", key="k"))

    assert await _bodies(tx) == ["first"]


async def test_held_message_can_be_cancelled_once(tx: Tx) -> None:
    until = clock.now() + timedelta(seconds=10)
    await outbox.put(tx, Outgoing(to=1, text="held", key="k", hold_until=until))

    assert await outbox.cancel(tx, "k")
    assert not await outbox.cancel(tx, "k")


async def test_held_message_goes_out_as_edited(tx: Tx) -> None:
    until = clock.now() + timedelta(seconds=10)
    await outbox.put(tx, Outgoing(to=1, text="before", key="k", hold_until=until))

    assert await outbox.replace(tx, "k", Outgoing(to=1, text="after", key="k"))
    assert await _bodies(tx) == ["after"]


async def test_newer_edit_takes_the_place_of_a_waiting_one(tx: Tx) -> None:
    await outbox.put(tx, Edit(to=1, slot="list", text="one"), Edit(to=1, slot="card", text="x"))
    await outbox.put(tx, Edit(to=1, slot="list", text="two"))

    assert await _bodies(tx) == ["two", "x"]


async def test_merged_edit_takes_the_more_urgent_lane(tx: Tx) -> None:
    await outbox.put(tx, Edit(to=-1, slot="card", text="one", lane="update"))
    await outbox.put(tx, Edit(to=-1, slot="card", text="two", lane="urgent"))
    await outbox.put(tx, Edit(to=-1, slot="card", text="three", lane="update"))

    assert await tx.raw("SELECT lane FROM outbox") == [(LANES["urgent"],)]
    assert await _bodies(tx) == ["three"]


async def test_replaced_message_may_become_more_urgent(tx: Tx) -> None:
    await outbox.put(tx, Outgoing(to=-1, text="card", key="k", lane="notice"))

    assert await outbox.replace(tx, "k", Outgoing(to=-1, text="danger", key="k", lane="urgent"))
    assert await outbox.replace(tx, "k", Outgoing(to=-1, text="more", key="k", lane="notice"))

    assert await tx.raw("SELECT lane FROM outbox") == [(LANES["urgent"],)]
    assert await _bodies(tx) == ["more"]


async def test_waiting_edits_of_a_message_that_goes_are_dropped(tx: Tx) -> None:
    await outbox.put(tx, Edit(to=-1, slot="card", text="x"), Edit(to=-1, slot="list", text="y"))

    await outbox.drop_edits(tx, -1, "card")

    assert await tx.raw("SELECT state FROM outbox ORDER BY id") == [("cancelled",), ("waiting",)]


async def test_long_text_is_split_with_buttons_on_the_last(tx: Tx) -> None:
    row = ((messages.Button("Back", "menu"),),)
    await outbox.put(tx, Outgoing(to=1, text="<b>word</b> " * 1000, buttons=row, slot="s"))

    rows = await tx.raw("SELECT body, slot FROM outbox ORDER BY id")
    posts = [messages.decode(body) for body, _ in rows]
    assert len(posts) == 2
    assert [bool(getattr(post, "buttons", ())) for post in posts] == [False, True]
    assert [slot for _, slot in rows] == [None, "s"]


@pytest.mark.parametrize(
    ("many", "slot", "sizes"),
    [(100, None, [100]), (100, "s", [99, 1]), (250, None, [100, 100, 50]), (0, "s", [0])],
)
async def test_many_deletions_go_a_hundred_at_a_time(
    tx: Tx, many: int, slot: str | None, sizes: list[int]
) -> None:
    """As many as one call takes (the one in the slot counts); the news of it comes once."""
    ids = tuple(range(1, many + 1))
    post = Delete(to=1, lane="update", message_ids=ids, slot=slot, receipt="swept", ref="r")
    await outbox.put(tx, post)

    rows = await tx.raw("SELECT body, receipt FROM outbox ORDER BY id")
    posts = [messages.decode(body) for body, _ in rows]
    assert all(isinstance(one, Delete) and one.lane == "update" for one in posts)
    found = [one for one in posts if isinstance(one, Delete)]
    assert [len(one.message_ids) for one in found] == sizes
    assert [id_ for one in found for id_ in one.message_ids] == list(ids)
    assert [one.slot for one in found] == [None] * (len(sizes) - 1) + [slot]
    assert [receipt for _, receipt in rows] == [None] * (len(sizes) - 1) + ["swept"]


async def test_every_part_of_a_long_text_has_the_key(tx: Tx) -> None:
    """Posted twice it comes once, and kept in it is kept in whole."""
    until = clock.now() + timedelta(seconds=10)
    for _ in range(2):
        await outbox.put(tx, Outgoing(to=1, text="word " * 1000, key="k", hold_until=until))
    assert len(await tx.raw("SELECT id FROM outbox")) == 2

    assert await outbox.cancel(tx, "k")

    assert await tx.raw("SELECT DISTINCT state FROM outbox") == [("cancelled",)]


async def test_picture_stands_above_a_short_text(tx: Tx) -> None:
    post = Outgoing(to=1, picture="AgAC", text="<b>" + "x" * CAPTION_LIMIT + "</b>")
    await outbox.put(tx, post)

    assert await _posts(tx) == [post]


async def test_picture_goes_before_a_text_that_is_no_caption(tx: Tx) -> None:
    buttons = ((Button("One", action="one"),),)
    text = "x" * (CAPTION_LIMIT + 1)
    await outbox.put(
        tx, Outgoing(to=1, picture="AgAC", text=text, buttons=buttons, key="k", receipt="r")
    )

    assert await _posts(tx) == [
        Outgoing(to=1, picture="AgAC", text="", key="k#1"),
        Outgoing(to=1, text=text, buttons=buttons, key="k", receipt="r"),
    ]


async def test_picture_is_taken_back_with_its_text(tx: Tx) -> None:
    post = Outgoing(to=1, picture="AgAC", text="x" * (CAPTION_LIMIT + 1), key="k")
    await outbox.put(tx, post)

    assert await outbox.take_back(tx, ["k"]) == {"k": False}
    assert await _bodies(tx) == []
    await outbox.put(tx, post)
    assert len(await _bodies(tx)) == 2


async def test_picture_that_has_left_is_not_sent_again(tx: Tx) -> None:
    post = Outgoing(to=1, picture="AgAC", text="x" * (CAPTION_LIMIT + 1), key="k")
    await outbox.put(tx, post)
    await tx.raw("UPDATE outbox SET state = 'sent' WHERE key = 'k#1' RETURNING id")
    await outbox.take_back(tx, ["k"])
    await outbox.put(tx, post)

    states = await tx.raw("SELECT key, state FROM outbox ORDER BY key")
    assert {tuple(row) for row in states} == {("k", "waiting"), ("k#1", "sent")}


async def test_toast_is_never_posted(tx: Tx) -> None:
    with pytest.raises(ValueError, match="Toast"):
        await outbox.put(tx, Toast(to=1, text="x"))


async def test_moved_group_takes_its_messages_along(tx: Tx) -> None:
    await outbox.put(tx, Outgoing(to=-5, text="card"))
    await outbox.move_chat(tx, -5, -1005)

    assert await tx.raw("SELECT chat_id FROM outbox") == [(-1005,)]


async def test_ids_of_a_group_that_moved_are_forgotten(tx: Tx) -> None:
    await slots.fill(tx, "case:1:card", -5, 12, now=0.0)
    await slots.fill(tx, "case:2:card", -6, 12, now=0.0)
    await outbox.put(
        tx,
        Delete(to=-5, message_ids=(12,)),
        Edit(to=-5, message_id=13, text="x"),
        React(to=-5, message_id=14, emoji="👀"),
        Delete(to=-5, slot="case:1:card"),
        Edit(to=-5, slot="case:1:card", text='{"message_id":12}'),
        Outgoing(to=-5, text="card", reply_to=12),
        Copy(to=-5, from_chat=7, message_ids=(12,)),
        Delete(to=7, message_ids=(12,)),
    )

    assert await moves.remember(tx, -5, -1005)

    waiting = await tx.raw("SELECT id, chat_id FROM outbox WHERE state = 'waiting' ORDER BY id")
    assert waiting == [(4, -1005), (5, -1005), (6, -1005), (7, -1005), (8, 7)]
    assert await tx.raw("SELECT name FROM slots") == [("case:2:card",)]


async def test_move_is_news_once(tx: Tx) -> None:
    assert await moves.remember(tx, -5, -1005)

    assert not await moves.remember(tx, -5, -1005)
