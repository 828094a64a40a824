"""`wegwijzer reminders`: what became of the reminders of the last days."""

import asyncio
from collections import Counter
from datetime import timedelta

import click

from bot import clock
from bot.app import settings, using
from bot.schedule import reminders as engine
from bot.schedule.reminders import Fate
from bot.storage.transaction import Tx

_MEANINGS = {
    Fate.SENT: "sent in time",
    Fate.LATE: "sent late, because still useful",
    Fate.OVERTAKEN: "dropped: the bot was down until a later one was due",
    Fate.OVER: "dropped: the bot was down until it had begun",
    Fate.NIGHT: "dropped: late, at night, and over in the morning",
    Fate.AWAY: "not sent: no Telegram (any more), or the bot is blocked",
    Fate.REFUSED: "not sent: refused by Telegram (`doctor` says why)",
}


@click.command()
@click.option("--days", default=30, show_default=True, help="Of how many days (at most 60).")
def reminders(*, days: int) -> None:
    """What became of each reminder: by kind, how many. No names."""

    async def counted(tx: Tx) -> dict[str, Counter[Fate]]:
        return await engine.fates(tx, since=clock.now() - timedelta(days=days))

    found = asyncio.run(using.reading(settings.read(), counted))
    for kind, fates in found.items():
        click.echo(kind)
        for fate in Fate:
            if fates[fate]:
                click.echo(f"{fates[fate]:8} {_MEANINGS[fate]}")
    if not found:
        click.echo("No reminders.")
