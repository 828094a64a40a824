"""`python -m tests.support.fast_bot`: the live bot with Telegram's limits passing faster, as in a
simulator whose limits were given the same speed, or at another hour of the day. Everything else is
the bot as it is.
"""

import asyncio
import dataclasses
import os
from datetime import timedelta

from bot import clock
from bot.app import live, logging, running, settings


def main() -> None:
    """Run until told to stop."""
    read = settings.read()
    logging.set_up(as_json=False, token="")
    plan = dataclasses.replace(live.plan(read), speed=float(os.environ["FAST_BOT_SPEED"]))
    clock.moves_on(timedelta(seconds=float(os.environ.get("FAST_BOT_LATER", "0"))))
    asyncio.run(running.run(plan))


if __name__ == "__main__":
    main()
