"""The empty file of events, drawn when it is sent."""

import importlib
from functools import partial

from bot.delivery.making import Sketch
from bot.events.desk import EventsDesk
from bot.storage.transaction import Tx


async def made(desk: EventsDesk, tx: Tx, language: str) -> Sketch:
    """In this language; what writes workbooks loads in the thread."""
    return Sketch(draw=partial(_drawn, desk, language))


def _drawn(desk: EventsDesk, language: str) -> bytes:
    drawn: bytes = importlib.import_module("bot.events.importing.template").workbook(desk, language)
    return drawn
