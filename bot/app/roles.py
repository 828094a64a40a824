"""The look at the staff groups, nightly and when somebody is new there: who is a member, and who
is an administrator? Network calls, so outside turns."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

import structlog
from telegram.error import TelegramError

from bot import clock
from bot.app.groups import StaffGroups
from bot.people import service as people
from bot.schedule.due import Job
from bot.storage.engine import Database
from bot.transport.connection import Telegram

log = structlog.get_logger()


@dataclass(slots=True)
class RoleCheck:
    """Looks in the background; one look at a time."""

    database: Database
    telegram: Telegram
    groups: StaffGroups
    staff_left: Job | None = None  # what they had goes to others; the house is built after this
    _task: asyncio.Task[None] | None = None
    _is_wanted: bool = False

    @property
    def is_under_way(self) -> bool:
        return self._task is not None and not self._task.done()

    def begin(self) -> None:
        """Start a look; one that is under way is followed by another."""
        self._is_wanted = True
        if not self.is_under_way:
            self._task = asyncio.create_task(self._look())

    async def end(self) -> None:
        """Give up a look that is under way; the next start looks again."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _look(self) -> None:
        while self._is_wanted:
            self._is_wanted = False
            ids, left = self.groups.ids, self.staff_left
            await check_roles(self.database, self.telegram, ids, staff_left=left)


async def check_roles(
    database: Database,
    telegram: Telegram,
    groups: Collection[int],
    *,
    staff_left: Job | None = None,
) -> None:
    """Ask Telegram about each member of staff and keep the role rows true."""
    async with database.reading() as tx:
        staff = await people.to_check(tx)
    for group in groups:
        statuses = {
            person: status
            for person in staff
            if (status := await _status(telegram, group, person)) is not None
        }
        async with database.writing() as tx:
            await people.keep_roles_true(tx, group, statuses, now=clock.now())
            if staff_left is not None:
                await staff_left(tx, now=clock.now())
    log.info("roles.checked", staff=len(staff))


async def _status(telegram: Telegram, group: int, person: int) -> str | None:
    """Telegram's word for the membership; None when it did not answer: no answer is no news."""
    try:
        member = await telegram.call("getChatMember", {"chat_id": group, "user_id": person})
    except TelegramError as error:
        log.warning("roles.unknown", reason=type(error).__name__)
        return None
    if member["status"] == "restricted":
        return "member" if member.get("is_member") else "left"
    return str(member["status"])
