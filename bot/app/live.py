"""The live bot: what must be in order before it may face people."""

from telegram.error import TelegramError

from bot.app import organisation, running
from bot.app.opening import Unreachable
from bot.app.organisation import Organisation
from bot.app.running import Plan
from bot.app.settings import ROOT, Settings
from bot.errors import Misconfigured
from bot.storage import identity
from bot.storage.engine import Database
from bot.transport import hygiene
from bot.transport.connection import Telegram


async def run(settings: Settings) -> None:
    """Serve Telegram until told to stop. Raises Misconfigured, in one sentence."""
    await running.run(plan(settings))


def plan(settings: Settings) -> Plan:
    """How the live bot runs. Raises Misconfigured while something is missing."""
    return Plan(
        settings=settings,
        organisation=ready_organisation(settings),
        token=token(settings),
        telegram_api=settings.telegram_api,
        database_url=settings.database(is_demo=False),
        staff_groups=_staff_groups(settings),
        own_groups=settings.own_groups,
    )


def token(settings: Settings) -> str:
    """The bot's token. Raises Misconfigured without one."""
    if settings.telegram_token is None:
        raise Misconfigured(
            "WEGWIJZER_TELEGRAM_TOKEN is not set: ask @BotFather for a token and put it in .env."
        )
    return settings.telegram_token.get_secret_value()


async def check_owner(settings: Settings, database: Database) -> None:
    """Raise Misconfigured for the database of another bot, or of the demonstration."""
    await identity.check(
        database,
        int(token(settings).partition(":")[0]) if settings.is_live else 0,
        is_demo=not settings.is_live,
        adopts=settings.adopt_database,
    )


def ready_organisation(settings: Settings) -> Organisation:
    """The organisation's facts; placeholders are refused unless this is a trial."""
    file = settings.organisation
    if settings.trial and not file.exists():
        file = ROOT / organisation.EXAMPLE
    read = organisation.read(file)
    if read.missing and not settings.trial:
        raise Misconfigured(
            f"{file} is not filled in yet: {', '.join(read.missing)}."
            " Fill them in, or set WEGWIJZER_TRIAL=1 to try things out."
        )
    return read


def _staff_groups(settings: Settings) -> tuple[int, ...]:
    if not settings.staff_group and not settings.trial:
        raise Misconfigured(
            "WEGWIJZER_STAFF_GROUP is not set: without a staff group nobody sees the questions."
            " Add the bot to your group and put the group's id there, or set WEGWIJZER_TRIAL=1."
        )
    return settings.staff_group


async def username(settings: Settings) -> str:
    """The bot's name for links, as Telegram knows it. Raises Unreachable when it does not say:
    whoever typed the command stands there and waits."""
    telegram = Telegram(token(settings), api=settings.telegram_api)
    try:
        await telegram.open(waits=False)
        return telegram.me.username
    except TelegramError as error:
        said = hygiene.scrub(str(error), token(settings))
        raise Unreachable(
            f"Telegram does not answer ({said}), so nobody was invited. Try again later;"
            " `wegwijzer doctor` looks at the line."
        ) from None
    finally:
        await telegram.close()
