"""The staff group: one module a feature, put together here."""

from functools import partial

from bot.dialog.routes import Routes, combine
from bot.handover.desk import HandoverDesk
from bot.handover.staff_chat import (
    asking,
    blocks,
    calling,
    canned,
    checking,
    contacts,
    deadlines,
    handing,
    looking,
    muting,
    proposing,
    ready,
    referring,
    signals,
    tagging,
    talk,
)
from bot.people.desk import Maker

# Who takes a colleague's reply to a prompt of the bot, by the name of the prompt.
ASKED: dict[str, asking.Answered] = {
    **deadlines.ASKED,
    **handing.ASKED,
    **proposing.ASKED,
}


def routes(desk: HandoverDesk) -> Routes:
    """The staff group's share of the conversation. A reply to a prompt is heard before the talk: it
    never goes to the person."""
    heard = partial(asking.hear, desk, ASKED)
    asked = Routes(staff_hears=(heard,), hears=(heard,))  # prompts in a colleague's own chat too
    features = (
        talk,
        ready,
        canned,
        muting,
        contacts,
        looking,
        deadlines,
        blocks,
        handing,
        tagging,
        checking,
        calling,
        referring,
        proposing,
        signals,
    )
    return combine(asked, *(feature.routes(desk) for feature in features))


def makers() -> dict[str, Maker]:
    """The files that the staff group is given, by kind."""
    return signals.makers()
