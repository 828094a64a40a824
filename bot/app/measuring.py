"""Depths and ages of the queues for Prometheus, read when somebody looks. Numbers only."""

from collections import Counter
from datetime import timedelta

from prometheus_client import Gauge

from bot import clock
from bot.delivery import depths
from bot.delivery.messages import LANES
from bot.schedule import due, reminders
from bot.schedule.reminders import Fate
from bot.storage.engine import Database

_DAY = timedelta(days=1)

INBOX_WAITING = Gauge("wegwijzer_inbox_waiting", "Messages waiting for their turn")
INBOX_AGE = Gauge("wegwijzer_inbox_oldest_seconds", "How long the oldest has waited")
INBOX_ASIDE = Gauge("wegwijzer_inbox_aside", "Messages set aside or unreadable")
OUTBOX_WAITING = Gauge("wegwijzer_outbox_waiting", "Messages due and not sent", ["lane"])
OUTBOX_AGE = Gauge("wegwijzer_outbox_oldest_seconds", "How long the oldest has been due")
OUTBOX_FAILED = Gauge("wegwijzer_outbox_failed", "Sendings over without success", ["state"])
DUE_LATE = Gauge("wegwijzer_due_late", "Due rows that nobody has taken for a minute")
REMINDERS = Gauge("wegwijzer_reminders", "Reminders of the last 24 hours", ["fate"])


async def measure(database: Database) -> None:
    """Set the gauges."""
    async with database.reading() as tx:
        found = await depths.read(tx)
        DUE_LATE.set(await due.late(tx, now=clock.now()))
        fates = await reminders.fates(tx, since=clock.now() - _DAY)
    whole = sum(fates.values(), Counter[Fate]())
    for fate in Fate:
        REMINDERS.labels(fate).set(whole[fate])
    INBOX_WAITING.set(found.inbox_waiting)
    INBOX_AGE.set(found.inbox_age)
    INBOX_ASIDE.set(found.inbox_aside)
    OUTBOX_AGE.set(found.outbox_age)
    for lane in LANES:
        OUTBOX_WAITING.labels(lane).set(found.outbox_waiting.get(lane, 0))
    for state in ("refused", "unreachable", "uncertain", "expired"):
        OUTBOX_FAILED.labels(state).set(found.outbox_failed.get(state, 0))
