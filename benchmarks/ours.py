"""Our bot as a process: the real product, the real start, a SQLite file with synchronous=FULL.

full   nothing is changed
echo   the conversation alone is replaced by an echo; inbox, worker, outbox and sender are real
send   no bot: only our way of sending, for the price of one sendMessage
"""

import asyncio
import dataclasses
import os
import signal
import sys

from benchmarks import sending as measuring
from bot.app import live, logging, running, settings
from bot.delivery.incoming import Incoming, Said
from bot.delivery.messages import Made, Message, Outgoing
from bot.delivery.outcomes import Sent
from bot.storage.transaction import Tx
from bot.transport import sending
from bot.transport.connection import Telegram


async def echo(_tx: Tx, incoming: Incoming) -> list[Message]:
    """Say what was said."""
    if not isinstance(incoming, Said):
        return []
    return [Outgoing(to=incoming.chat_id, text=incoming.text)]


async def no_file(_made: Made) -> bytes:
    """Nothing that is measured has a file."""
    raise AssertionError


async def _run(*, is_echo: bool) -> None:
    read = settings.read()
    logging.set_up(as_json=True)
    speed = float(os.environ["BENCH_SPEED"])
    plan = dataclasses.replace(live.plan(read), speed=speed)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with running.running(plan) as bot:
        if is_echo:
            bot.worker.take_turn = echo
        await stop.wait()


async def _send() -> None:
    telegram = Telegram(os.environ["BENCH_TOKEN"], api=os.environ["BENCH_API"])
    await telegram.open()

    async def send(chat: int) -> None:
        outcome = await sending.send(
            telegram, Outgoing(to=chat, text=measuring.TEXT), {}, make=no_file
        )
        assert isinstance(outcome, Sent), outcome

    await measuring.measure(send)
    await telegram.close()


if __name__ == "__main__":
    asyncio.run(_send() if sys.argv[1] == "send" else _run(is_echo=sys.argv[1] == "echo"))
