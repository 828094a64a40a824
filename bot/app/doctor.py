"""`wegwijzer doctor`: everything that can be wrong, each with how to mend it."""

import contextlib
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp
import click
from telegram.error import TelegramError

from bot import clock
from bot.app import live, migrating, organisation, probing
from bot.app.organisation import Organisation
from bot.app.running import WEBHOOK_PATH
from bot.app.settings import LOCALES, ROOT, Settings
from bot.complaints.service import contacts
from bot.delivery import depths
from bot.duty import service as duty
from bot.duty.desk import Timetable
from bot.errors import Misconfigured
from bot.infodesk import exports, importing
from bot.infodesk import service as infodesk
from bot.language import checking, extraction, formats, profile
from bot.people.domain import RIGHTS
from bot.schedule import due
from bot.storage import engine
from bot.storage.engine import Database
from bot.transport import hygiene, webhook
from bot.transport.connection import Telegram

_SKEW = 60.0  # seconds that this machine's clock may be off
_PATIENCE = 10.0  # seconds for an answer that only tells the time
_ROOM = 200_000_000  # bytes of free disk under which a backup or the log may fail


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `mend` is empty when it is well."""

    what: str
    mend: str = ""

    @property
    def is_well(self) -> bool:
        """Nothing to mend?"""
        return not self.mend


async def examine(read: Callable[[], Settings], *, asks_telegram: bool) -> bool:
    """Print each finding; True when all is well."""
    is_well = True
    async for finding in _findings(read, asks_telegram=asks_telegram):
        mark = "ok  " if finding.is_well else "MEND"
        click.echo(f"{mark}  {finding.what}{'' if finding.is_well else ': ' + finding.mend}")
        is_well = is_well and finding.is_well
    return is_well


async def _findings(read: Callable[[], Settings], *, asks_telegram: bool) -> AsyncIterator[Finding]:
    try:
        settings = read()
    except Misconfigured as error:
        yield Finding("settings", str(error))
        return
    yield Finding("settings")
    yield _organisation(settings)
    yield _languages()
    yield _answers()
    yield _volatile_answers()
    yield _disk(settings)
    for finding in await _database(settings):
        yield finding
    if settings.is_live:
        yield _minors(settings)
        for finding in await _telegram(settings, asks_telegram=asks_telegram):
            yield finding
    else:
        yield Finding("Telegram: no token, so `run` starts the demonstration")


def _organisation(settings: Settings) -> Finding:
    try:
        _facts(settings)
    except Misconfigured as error:
        return Finding("organisation", str(error))
    return Finding("organisation")


def _facts(settings: Settings) -> Organisation:
    if settings.is_live:
        return live.ready_organisation(settings)
    return organisation.read(ROOT / organisation.EXAMPLE)


def _minors(settings: Settings) -> Finding:
    """Questions of people under 18 come in only where a group of trained colleagues was made."""
    if "minors" in settings.own_groups:
        return Finding("group for people under 18")
    return Finding(
        "group for people under 18",
        "there is none, so their questions do not come in and they get numbers to call; make a"
        " group of trained colleagues and set WEGWIJZER_OWN_GROUPS=minors=-100…",
    )


def _languages() -> Finding:
    found = checking.problems(LOCALES, extraction.template(ROOT / "bot"))
    first = f"{len(found)} problems, the first: {found[0]}; see `make lint`" if found else ""
    return Finding("languages", first)


def _answers() -> Finding:
    try:
        library = importing.read(LOCALES)
    except Misconfigured as error:
        return Finding("answers", str(error))
    urgent = [topic.slug for topic in library.topics.values() if topic.is_urgent]
    unchecked = [
        slug
        for slug in urgent
        if not all(known[slug].facts_checked for known in library.answers.values() if slug in known)
    ]
    if unchecked:
        return Finding(
            "answers",
            f"urgent answers whose facts nobody has signed yet: {', '.join(unchecked)}"
            " (set facts_checked; see docs/howto/answers.md)",
        )
    return Finding("answers")


def _volatile_answers() -> Finding:
    """Amounts, addresses and temporary rules have a day after which somebody must look again."""
    library, _ = importing.read_leniently(LOCALES)
    days = exports.due(library, formats.day_of(clock.now()))
    listed = ", ".join(f"{slug} ({day})" for slug, day in days.items())
    mend = f"their day is over: {listed}; see docs/howto/answers.md" if days else ""
    return Finding("answers to look at again", mend)


def _disk(settings: Settings) -> Finding:
    address = engine.address(settings.database(is_demo=not settings.is_live))
    is_file = address.get_backend_name() == "sqlite"
    folder = Path(address.database or ".").parent if is_file else ROOT
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    mend = "" if free > _ROOM else f"only {free // 1_000_000} MB free; make room or move data/"
    return Finding("disk", mend)


async def _database(settings: Settings) -> list[Finding]:
    url = settings.database(is_demo=not settings.is_live)
    address = engine.address(url)
    if engine.is_missing(address):
        return [Finding(f"database: {address.database} will be made at the first start")]
    database = Database(url)
    try:
        return await _opened_database(settings, url, database)
    except Misconfigured as error:
        return [Finding("database", str(error))]
    except Exception as error:  # whatever the driver says, doctor goes on
        return [Finding("database", f"cannot be read ({type(error).__name__}: {error})")]
    finally:
        await database.close()


async def _opened_database(settings: Settings, url: str, database: Database) -> list[Finding]:
    version = await migrating.versions(url)
    if not version.is_newest:
        return [
            Finding(
                "database", f"version {version.has}, newest {version.newest}: `wegwijzer migrate`"
            )
        ]
    await live.check_owner(settings, database)
    return [
        Finding(f"database: version {version.newest}"),
        *await _post(database),
        await _published_answers(database),
        await _complaints(database),
        await _unread_languages(settings, database),
    ]


async def _complaints(database: Database) -> Finding:
    """Somebody outside the team must be there to read them."""
    async with database.reading() as tx:
        counted = await contacts.counts(tx)
    what = f"contact persons for complaints: {counted.contacts}; without a reply: {counted.waiting}"
    mend = "" if counted.contacts else "nobody receives them: `wegwijzer complaints invite`"
    return Finding(what, mend)


async def _unread_languages(settings: Settings, database: Database) -> Finding:
    """Questions in a language that nobody has hours for get no "when"."""
    try:
        facts = _facts(settings)
    except Misconfigured:
        return Finding("roster")  # said already, about the organisation
    async with database.reading() as tx:
        timetable = Timetable(facts.hours, await duty.read(tx))
    installed = profile.read_all(LOCALES)
    unread = [one.english_name for one in installed if not timetable.has_hours(one.code)]
    mend = (
        f"nobody reads {', '.join(unread)}: write their hours in organisation.toml, or put"
        " colleagues on duty (/duty in the staff group)"
    )
    return Finding(f"roster: {len(timetable.roster.duties)} blocks", mend if unread else "")


async def _published_answers(database: Database) -> Finding:
    """Texts that the team laid over files which say something new since."""
    library, _ = importing.read_leniently(LOCALES)
    async with database.reading() as tx:
        standing = await infodesk.standing(library, tx)
    changed = [
        f"{one.override.slug} ({one.override.language})"
        for one in standing
        if one.file_changed or not one.has_file
    ]
    mend = f"their files changed since: {', '.join(changed)}; see `wegwijzer answers overrides`"
    return Finding(f"answers that the team changed: {len(standing)}", mend if changed else "")


async def _post(database: Database) -> list[Finding]:
    async with database.reading() as tx:
        found = await depths.read(tx)
        aside = await depths.set_aside(tx)
        reasons = await depths.reasons(tx)
        late = await due.late(tx, now=clock.now())
    mend = {
        "inbox": f"the oldest message waits {found.inbox_age:.0f} s: is the bot running?"
        if found.inbox_age > 60
        else "",
        "messages set aside": "; ".join(f"#{id_} {_last_line(error)}" for id_, error in aside[:3]),
        "outbox": f"the oldest message waits {found.outbox_age:.0f} s: is Telegram reachable?"
        if found.outbox_age > 300
        else "",
        "refused by Telegram": "; ".join(f"{count}x {reason}" for reason, count in reasons[:3]),
        "due": f"{late} rows are late: is the bot running?" if late else "",
    }
    return [Finding(what, how) for what, how in mend.items()]


def _last_line(error: str) -> str:
    return error.splitlines()[-1] if error else ""


async def _telegram(settings: Settings, *, asks_telegram: bool) -> list[Finding]:
    telegram = Telegram(live.token(settings), api=settings.telegram_api)
    try:
        await telegram.bot.initialize()  # asks once; `open` would wait for a better day
        me = await telegram.call("getMe")
        found = [Finding(f"token: @{me.get('username')}"), await _clock(settings)]
        found.append(await _webhook(settings, telegram))
        groups = dict.fromkeys((*settings.staff_group, *settings.own_groups.values()))
        found += [await _group(telegram, group, me["id"]) for group in groups]
        if asks_telegram:
            found += [Finding(what, mend) for what, mend in await probing.probe(telegram, settings)]
    except TelegramError as error:
        said = hygiene.scrub(str(error), live.token(settings))  # a refused token is in the text
        return [
            Finding(
                "Telegram",
                f"does not answer as it should ({said}): check WEGWIJZER_TELEGRAM_TOKEN,"
                " WEGWIJZER_TELEGRAM_API and the network",
            )
        ]
    else:
        return found
    finally:
        await telegram.close()


async def _clock(settings: Settings) -> Finding:
    """Telegram's answers say what time it is."""
    told = None
    limit = aiohttp.ClientTimeout(total=_PATIENCE)
    with contextlib.suppress(aiohttp.ClientError, OSError):
        async with (
            aiohttp.ClientSession(trust_env=True, timeout=limit) as session,
            session.get(settings.telegram_api, allow_redirects=False) as answer,
        ):
            told = answer.headers.get("Date")
    if told is None:
        return Finding("clock: Telegram did not tell the time")
    skew = abs(clock.now() - parsedate_to_datetime(told)).total_seconds()
    mend = f"this machine is {skew:.0f} s off: switch on time synchronisation (NTP)"
    return Finding("clock", mend if skew > _SKEW else "")


async def _webhook(settings: Settings, telegram: Telegram) -> Finding:
    found = await webhook.registration(telegram)
    wanted = settings.public_url + WEBHOOK_PATH if settings.public_url else ""
    if found.url != wanted and found.url:
        return Finding("webhook", f"Telegram posts to {found.url}: restart the bot")
    if found.last_error:
        return Finding("webhook", f"Telegram could not deliver: {found.last_error}")
    return Finding("webhook" if wanted else "polling")


async def _group(telegram: Telegram, group: int, me: int) -> Finding:
    what = f"staff group {group}"
    try:
        chat: dict[str, Any] = await telegram.call("getChat", {"chat_id": group})
        member = await telegram.call("getChatMember", {"chat_id": group, "user_id": me})
    except TelegramError as error:
        return Finding(what, f"the bot cannot see it ({error}): add the bot to the group")
    return Finding(what, _group_mend(chat, member))


def _group_mend(chat: dict[str, Any], member: dict[str, Any]) -> str:
    if chat.get("username"):
        return "it is public, so every writer would become staff: make the group private"
    if not chat.get("is_forum"):
        return "topics are off, so questions are answered by replies: switch on Topics in the group"
    lacking = [right for right in RIGHTS if not member.get(right)]
    if member.get("status") != "administrator" or lacking:
        return f"make the bot an administrator with {', '.join(lacking) or 'its rights'}"
    return ""
