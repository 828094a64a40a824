"""A duty block is over: each colleague who was on duty hears what is still with them."""

from collections.abc import Iterable
from datetime import timedelta

from bot.delivery import outbox
from bot.delivery.messages import Message, Outgoing, in_reading_order
from bot.handover import domain
from bot.handover.domain import Case, waiting
from bot.handover.service import cases
from bot.handover.service.scene import CALL_LASTS, Scene
from bot.handover.wording import escalation as wording
from bot.people.domain import Colleague
from bot.storage.transaction import Tx

_BREAK = timedelta(hours=2)  # noon
_AT_MOST = 10  # messages to one colleague; the rest is told by the next


async def tell(tx: Tx, scene: Scene, found: Iterable[Case]) -> None:
    """In their own chat where the bot may write there, a message a question; else one message in
    the inbox. Nothing for who goes on with another block soon. What waits for the person is told
    once for each time that it does."""
    open_ones = [case for case in found if case.state in domain.OURS or not _was_told(case)]
    for colleague in _over(scene):
        mine = [case for case in open_ones if case.claimed_by == colleague.person.id][:_AT_MOST]
        if not mine:
            continue
        posts = _alone if colleague.has_own_chat else _in_inbox
        await outbox.put(tx, *posts(scene, colleague, domain.oldest_first(mine)))
        for case in mine:
            if case.state in domain.THEIRS:
                await cases.note(tx, case.id, warned_at=scene.now)


def _was_told(case: Case) -> bool:
    return case.warned_at is not None and case.warned_at >= waiting.since(case)


def _over(scene: Scene) -> list[Colleague]:
    """Whose block has ended since the last look, not long ago, and who is not on duty soon."""
    shifts, now = scene.shifts(), scene.now
    over = {
        one.person_id
        for one in shifts
        if scene.since < one.closes <= now and now - one.closes <= waiting.LATE
    }
    goes_on = {one.person_id for one in shifts if one.opens <= now + _BREAK and now < one.closes}
    return [one for id_, one in scene.team.items() if id_ in over - goes_on]


def _alone(scene: Scene, colleague: Colleague, mine: list[Case]) -> list[Message]:
    desk = scene.desk
    _ = desk.catalogs.words(colleague.person.language)
    asked_in = desk.catalogs.words(scene.inbox.language)
    told: list[Message] = []
    for case in mine:
        category = desk.category_title(_.code, case.category) if case.category else ""
        text, buttons = wording.block_over(_, case, asked_in, category)
        told.append(
            Outgoing(
                to=colleague.person.telegram_id,
                lane="reminder",
                text=text,
                buttons=buttons,
                expires_at=scene.now + CALL_LASTS,
                person_id=colleague.person.id,
            )
        )
    return in_reading_order(told, is_rtl=_.is_rtl)


def _in_inbox(scene: Scene, colleague: Colleague, mine: list[Case]) -> list[Message]:
    asked_in = scene.desk.catalogs.words(scene.inbox.language)
    text, buttons = wording.blocks_over(
        scene.desk.staff_words,
        mine,
        asked_in,
        colleague.person,
    )
    return scene.posts(text, buttons=buttons)
