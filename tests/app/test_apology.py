"""What is said about a message that could not be answered."""

import pytest

from bot.app.apology import Apologies
from bot.app.groups import StaffGroups
from bot.delivery.messages import Outgoing
from bot.language.catalog import Catalogs
from bot.storage.transaction import Tx
from tests.support.people_makers import AMINA, GROUP, a_person, said

SORRY = (
    "Sorry, something went wrong with your message. We keep it under number {number},"
    " and a colleague will look at it. Please try again."
)
ALARM = "⚠️ A message could not be answered (number {number}). Please tell whoever runs the bot."


@pytest.mark.parametrize("language", ["nl", "en", "uk", "fa_AF", "ps"])
async def test_person_and_team_hear_of_it_with_a_number(
    tx: Tx, catalogs: Catalogs, language: str
) -> None:
    await a_person(tx, language=language)
    apologies = Apologies(catalogs, "nl", StaffGroups([GROUP]))

    told = await apologies.apologise(tx, said("the words of somebody"), 7)

    assert told == [
        Outgoing(to=AMINA, text=catalogs.words(language)(SORRY, number=7)),
        Outgoing(to=GROUP, text=catalogs.words("nl")(ALARM, number=7), lane="notice"),
    ]


async def test_trouble_in_the_group_is_told_once(tx: Tx, catalogs: Catalogs) -> None:
    apologies = Apologies(catalogs, "nl", StaffGroups([GROUP]))

    told = await apologies.apologise(tx, said("the words of somebody", group=GROUP), 7)

    assert [one.to for one in told] == [GROUP]
