"""What happens when nobody speaks: receipts, what is due, and the nightly round."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.delivery.outcomes import Receipt
from bot.delivery.results import ReceiptHandler
from bot.handover.desk import HandoverDesk
from bot.handover.service import (
    answering,
    bundling,
    choosing,
    contacts,
    deadlines,
    drafting,
    editing,
    edits,
    escalating,
    inbox,
    keeping,
    listing,
    morning,
    muting,
    planning,
    proposing,
    protecting,
    scene,
    sessions,
    slowing,
    sweeping,
    topics,
    unsorted,
    visiting,
)
from bot.schedule.due import DueHandler, Job
from bot.storage.transaction import Tx


def receipts(desk: HandoverDesk) -> dict[str, ReceiptHandler]:
    """Who hears how a message of the queue went, by the name in the message."""
    hear: dict[str, Callable[..., Awaitable[None]]] = {
        inbox.INBOX_RECEIPT: inbox.topic_made,
        inbox.CARD_RECEIPT: inbox.card_sent,
        listing.LIST_RECEIPT: listing.sent,
        sweeping.SWEPT_RECEIPT: sweeping.swept,
        topics.TOPIC_RECEIPT: topics.made,
        topics.INSIDE_RECEIPT: topics.arrived,
        answering.ANSWER_RECEIPT: answering.delivered,
        answering.UNDO_RECEIPT: answering.taken_back,
        editing.EDIT_RECEIPT: editing.edited,
        scene.CALL_RECEIPT: escalating.called,
    }
    return {name: partial(_heard, desk, function) for name, function in hear.items()}


async def _heard(
    desk: HandoverDesk,
    function: Callable[..., Awaitable[None]],
    tx: Tx,
    receipt: Receipt,
    *,
    now: datetime,
) -> None:
    await function(desk, tx, receipt, now=now)


def due_kinds(desk: HandoverDesk) -> dict[str, DueHandler]:
    """What this slice planned, by kind."""
    return {
        drafting.SILENT_KIND: partial(remind_of_draft, desk),
        protecting.YOUNG_KIND: partial(tell_of_the_young, desk),
        inbox.LIST_KIND: partial(refresh_list, desk),
        morning.MORNING_KIND: partial(morning.tell, desk),
        bundling.BUNDLE_KIND: partial(bundling.bring_planned, desk),
        sweeping.SWEEP_KIND: partial(take_cards_away, desk),
        unsorted.KIND: partial(choosing.sort_out, desk),
        slowing.FLOOD_KIND: partial(bring_flood, desk),
        edits.EDITS_KIND: partial(tell_of_edits, desk),
        deadlines.KIND: partial(ping_of_deadline, desk),
        planning.LOOK_KIND: partial(look_who_waits, desk),
        visiting.KIND: partial(visiting.remind, desk),
        sessions.COUNT_KIND: partial(ask_who_came, desk),
    }


async def remind_of_draft(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Nothing was sent yet."""
    await drafting.remind(desk, tx, int(ref), now=now)


async def tell_of_the_young(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Somebody under 18 left what they wrote, where nobody was trained to read it."""
    await protecting.tell_if_left(desk, tx, int(ref))


async def bring_flood(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """What somebody wrote who wrote a lot at once."""
    await slowing.bring(desk, tx, int(ref), now=now)


async def tell_of_edits(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """What somebody changed who changed a lot at once."""
    await edits.tell_joined(desk, tx, int(ref), now=now)


async def refresh_list(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """The pinned list of one inbox."""
    await listing.show(desk, tx, ref, now=now)


async def take_cards_away(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Cards of what was closed in the last minute."""
    await sweeping.sweep(desk, tx, ref)


async def ask_who_came(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """A session is over."""
    await sessions.ask_count(desk, tx, int(ref), now=now)


async def ping_of_deadline(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """A letter's last day comes near."""
    await deadlines.ping(desk, tx, int(ref), now=now)


async def look_who_waits(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Nobody waits unseen in one inbox."""
    await escalating.look(desk, tx, ref, now=now)


def jobs(desk: HandoverDesk) -> dict[str, Job]:
    """The nightly round, by name."""
    return {
        "handover.drafts": drop_old_drafts,
        "handover.retention": partial(keep_no_longer, desk),
        "handover.mirror": partial(mirror_queue, desk),
        "handover.mutes": muting.clean,
        "handover.sessions": forget_sessions,
        "handover.contacts": contacts.forget_who,
        "handover.topics": proposing.forget_old,
        "handover.morning": partial(morning.plan, desk),
        "handover.deadlines": partial(count_down, desk),
        "handover.waiting": partial(look_everywhere, desk),
    }


async def drop_old_drafts(tx: Tx, *, now: datetime) -> None:
    """Drafts that were never sent."""
    await drafting.discard_old(tx, now=now)


async def keep_no_longer(desk: HandoverDesk, tx: Tx, *, now: datetime) -> None:
    """Closed questions whose time is over."""
    await keeping.reduce_old(desk, tx, now=now)


async def forget_sessions(tx: Tx, *, now: datetime) -> None:
    """Sessions of the legal helpdesk that are long over."""
    await sessions.forget_old(tx, now=now)


async def count_down(desk: HandoverDesk, tx: Tx, *, now: datetime) -> None:
    """Deadlines are a day nearer."""
    await deadlines.refresh_all(desk, tx, now=now)


async def mirror_queue(desk: HandoverDesk, tx: Tx, *, now: datetime) -> None:
    """Questions of colleagues who left, and what never came to the staff group."""
    await give_back_orphans(desk, tx, now=now)
    await keeping.mirror(desk, tx, now=now)


async def give_back_orphans(desk: HandoverDesk, tx: Tx, *, now: datetime) -> None:
    """Questions of colleagues who left."""
    await keeping.give_back_orphans(desk, tx, now=now)


async def look_everywhere(desk: HandoverDesk, tx: Tx, *, now: datetime) -> None:
    """No inbox with open questions is left out, whatever became of its row."""
    await escalating.look_everywhere(desk, tx, now=now)
