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
    ready,
    referring,
    tagging,
    talk,
)

# Who takes a colleague's reply to a prompt of the bot, by the name of the prompt.
ASKED: dict[str, asking.Answered] = {
    **deadlines.ASKED,
    **handing.ASKED,
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
    )
    return combine(asked, *(feature.routes(desk) for feature in features))
