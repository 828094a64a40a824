"""The command line: run, demo, migrate, backup, doctor, staff, answers and the others."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import click
import structlog

from bot import clock
from bot.app import (
    answers_cli,
    complaints_cli,
    documents_cli,
    duty_cli,
    events_cli,
    live,
    logging,
    migrating,
    reminders_cli,
    report_cli,
    restoring,
    sessions_cli,
    settings,
    signals_cli,
    using,
    volunteering_cli,
)
from bot.app import backup as backups
from bot.app import demo as demonstration
from bot.app import doctor as examination
from bot.app.opening import Unreachable
from bot.app.settings import LOCALES, Settings
from bot.errors import Misconfigured
from bot.language import profile
from bot.people import service as people
from bot.people.domain import SKILLS, Role
from bot.simulator import running as simulator_running
from bot.simulator.world import World
from bot.storage import engine

log = structlog.get_logger()


def main(arguments: list[str] | None = None) -> int:
    """Run a command. What the operator must mend is one sentence on standard error, exit code 2.

    What may be better later (a server that is not there yet) ends with 1, so that whoever restarts
    us tries again; so does what nobody expected, which is logged with its places.
    """
    try:
        wegwijzer.main(args=arguments, prog_name="wegwijzer", standalone_mode=False)
    except Misconfigured as error:
        click.echo(f"wegwijzer: {error}", err=True)
        return 1 if isinstance(error, Unreachable) else 2
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except SystemExit as end:
        return int(end.code or 0)
    except Exception:
        log.exception("program.failed")
        return 1
    return 0


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def wegwijzer() -> None:
    """A Telegram bot for organisations that receive refugees."""
    logging.set_up(as_json=False, output=sys.stderr, quiet=True)


@wegwijzer.command()
@click.option("--no-browser", is_flag=True, help="Do not open the demonstration's page.")
def run(*, no_browser: bool) -> None:
    """Serve Telegram; without a token, the demonstration."""
    read = settings.read()
    if read.is_live:
        _set_up_logging(read)
        asyncio.run(live.run(read))
    else:
        _demonstrate(read, no_browser=no_browser)


@wegwijzer.command()
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
def demo(*, no_browser: bool) -> None:
    """The demonstration: a simulated Telegram and the real bot."""
    _demonstrate(settings.read(), no_browser=no_browser)


@wegwijzer.command()
@click.option("--listen", default="127.0.0.1:8081", show_default=True, help="host:port")
@click.option("--empty", is_flag=True, help="Start without the demonstration's people.")
def simulator(*, listen: str, empty: bool) -> None:
    """The simulated Telegram alone, for a bot of its own process (see docs/simulator.md)."""
    address = settings.read(listen=listen)
    click.echo(f"Simulated Telegram: http://{listen}")
    try:
        asyncio.run(simulator_running.serve(address.host, address.port, with_scene=not empty))
    except OSError as error:
        raise Misconfigured(
            f"Cannot listen on {listen}: {os.strerror(error.errno or 0)}."
        ) from None


@wegwijzer.command()
def migrate() -> None:
    """Bring the database to the newest version (a file is backed up first)."""
    url = using.database_url(settings.read())
    before = asyncio.run(migrating.upgrade(url))
    click.echo(f"The database went from {before.has or 'empty'} to {before.newest}.")


@wegwijzer.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def backup(*, folder: Path | None) -> None:
    """Copy the SQLite database into FOLDER, while the bot runs."""
    address = engine.address(using.database_url(settings.read()))
    if address.get_backend_name() != "sqlite":
        raise Misconfigured("PostgreSQL is backed up with pg_dump; see docs/running.md.")
    click.echo(f"Backed up to {backups.copy(Path(address.database or ''), folder=folder)}.")


@wegwijzer.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(*, file: Path) -> None:
    """Put a backup of the SQLite database back, while no bot runs; erased people stay erased."""
    done = asyncio.run(restoring.restore(live.plan(settings.read()), file))
    click.echo(f"{file} is in place; {done.erased_again} people were erased again.")
    if done.kept is None:
        click.echo("There was no database before: who was erased since is not known.", err=True)
    else:
        click.echo(f"The database before is kept as {done.kept}.")


@wegwijzer.command()
@click.option("--live", "asks_telegram", is_flag=True, help="Also probe the real Telegram.")
def doctor(*, asks_telegram: bool) -> None:
    """Look at everything that can be wrong, and say how to mend it."""
    is_well = asyncio.run(examination.examine(settings.read, asks_telegram=asks_telegram))
    sys.exit(0 if is_well else 1)


@wegwijzer.group()
def staff() -> None:
    """People who answer questions."""


@staff.command()
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.STAFF.value)
@click.option("--language", "languages", multiple=True, help="A language they answer in.")
@click.option(
    "--skill",
    "skills",
    multiple=True,
    type=click.Choice(SKILLS),
    help="What they were trained for.",
)
def invite(*, role: str, languages: tuple[str, ...], skills: tuple[str, ...]) -> None:
    """Make a one-time link that gives whoever opens it a role."""
    installed = [one.code for one in profile.read_all(LOCALES)]
    if unknown := [code for code in languages if code not in installed]:
        known = ", ".join(installed)
        raise Misconfigured(f"There is no language {unknown[0]!r}; there are {known}.")
    read = settings.read()
    name = asyncio.run(live.username(read)) if read.is_live else World().bot.username
    code = asyncio.run(using.writing(read, lambda tx: _invite(tx, Role(role), languages, skills)))
    click.echo(f"https://t.me/{name}?start=join_{code}")
    click.echo("Works once, for seven days. It cannot be shown again.", err=True)
    if not read.is_live:
        click.echo("No token is set here: this is for the demonstration, not your bot.", err=True)


async def _invite(tx: Any, role: Role, languages: tuple[str, ...], skills: tuple[str, ...]) -> str:
    return await people.invite(tx, role, languages, skills=skills, now=clock.now())


def _demonstrate(read: Settings, *, no_browser: bool) -> None:
    _set_up_logging(read)
    asyncio.run(demonstration.run(read, opens_browser=not no_browser))


def _set_up_logging(read: Settings) -> None:
    token = read.telegram_token.get_secret_value() if read.telegram_token else ""
    logging.set_up(as_json=read.logs_as_json, token=token)


wegwijzer.add_command(answers_cli.answers)
wegwijzer.add_command(complaints_cli.complaints)
wegwijzer.add_command(documents_cli.documents)
wegwijzer.add_command(duty_cli.duty)
wegwijzer.add_command(events_cli.events)
wegwijzer.add_command(reminders_cli.reminders)
wegwijzer.add_command(report_cli.report)
wegwijzer.add_command(sessions_cli.sessions)
wegwijzer.add_command(signals_cli.signals)
wegwijzer.add_command(volunteering_cli.volunteering)
