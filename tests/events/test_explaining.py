"""Why a place is given back: said in one tap, or not at all."""

import pytest
from sqlalchemy import select

from bot.delivery.messages import Edit
from bot.errors import Outdated
from bot.events import chat, tables
from bot.events.domain import refusals
from bot.events.service import places
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support.event_makers import NOW, a_desk, an_event, somebody
from tests.support.people_makers import a_sender, tapped


async def test_reason_is_one_tap_and_only_for_a_place_that_was_given_back(
    tx: Tx, catalogs: Catalogs
) -> None:
    amina, mine = await somebody(tx)
    event = await an_event(tx)
    await places.take(tx, mine, event, now=NOW)
    actions = chat.combined(a_desk(catalogs)).actions

    def tap(data: str) -> object:
        return tapped(data, sender=a_sender(amina.telegram_id))

    with pytest.raises(refusals.NoPlace):
        await actions["ewhy"](tx, amina, tap(f"ewhy:{event}:ill"))
    [shown] = await actions["egive"](tx, amina, tap(f"egive:{event}"))
    assert isinstance(shown, Edit)
    assert "in one tap" in shown.text
    labels = [one.label for row in shown.buttons for one in row]
    assert labels[0] == "I am ill"
    with pytest.raises(Outdated):
        await actions["ewhy"](tx, amina, tap(f"ewhy:{event}:there"))
    [thanks] = await actions["ewhy"](tx, amina, tap(f"ewhy:{event}:transport"))

    assert isinstance(thanks, Edit)
    assert "glad to see you again" in thanks.text
    row = await tx.one(select(tables.registrations))
    assert row is not None
    assert (row["state"], row["reason"]) == ("given_back", "transport")
