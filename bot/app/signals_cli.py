"""`wegwijzer signals 2026-11`: the signals of a month for policy work, as CSV."""

import asyncio

import click

from bot.app import settings, using
from bot.handover.domain.signals import NoSuchMonth
from bot.handover.service import signals as service
from bot.storage.transaction import Tx


@click.command()
@click.argument("month", metavar="YYYY-MM")
def signals(month: str) -> None:
    """Write a month's signals to standard output: month, theme, language, count. No names; what is
    rarer than three is put together."""

    async def figures(tx: Tx) -> str:
        return await service.as_csv(tx, month)

    try:
        click.echo(asyncio.run(using.reading(settings.read(), figures)), nl=False)
    except NoSuchMonth:
        raise click.ClickException(f"Name a month such as 2026-11, not {month!r}.") from None
