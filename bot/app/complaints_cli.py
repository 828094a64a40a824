"""`wegwijzer complaints …`: who receives complaints. What stands in them, no command shows."""

import asyncio
import sys

import click

from bot import clock
from bot.app import live, settings, using
from bot.complaints.service import contacts
from bot.simulator.world import World
from bot.storage.transaction import Tx


@click.group()
def complaints() -> None:
    """The contact persons for complaints, who are outside the team."""


@complaints.command()
def invite() -> None:
    """Make a one-time link that lets whoever opens it receive complaints."""
    read = settings.read()
    name = asyncio.run(live.username(read)) if read.is_live else World().bot.username
    code = asyncio.run(using.writing(read, _invite))
    click.echo(f"https://t.me/{name}?start=contact_{code}")
    click.echo(
        "Works once, for seven days, and not for the team. It cannot be shown again.", err=True
    )
    if not read.is_live:
        click.echo("No token is set here: this is for the demonstration, not your bot.", err=True)


async def _invite(tx: Tx) -> str:
    return await contacts.invite(tx, now=clock.now())


@complaints.command(name="contacts")
def show_contacts() -> None:
    """Who receives complaints, and how many wait for a reply."""
    for line in asyncio.run(using.reading(settings.read(), _lines)):
        click.echo(line)


async def _lines(tx: Tx) -> list[str]:
    counted = await contacts.counts(tx)
    found = await contacts.all_of(tx)
    return [
        *(f"{one.id}  {one.first_name}" for one in found),
        *([] if found else ["Nobody receives complaints yet: `wegwijzer complaints invite`."]),
        f"Complaints that wait for a reply: {counted.waiting}.",
    ]


@complaints.command()
@click.argument("number", type=int)
def remove(*, number: int) -> None:
    """No complaint reaches this contact person from now on; NUMBER as `contacts` shows it."""

    async def work(tx: Tx) -> bool:
        return await contacts.remove(tx, number, now=clock.now())

    if not asyncio.run(using.writing(settings.read(), work)):
        click.echo(f"There is no contact person {number}.", err=True)
        sys.exit(1)
