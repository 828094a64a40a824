"""💡 Close, and make a topic of it: the draft, and what a coordinator does with it."""

from functools import partial

from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import Outdated, number_in
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.domain.drafts import PARTS
from bot.handover.service import proposing
from bot.handover.staff_chat import asking
from bot.handover.wording import proposing as wording
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: HandoverDesk) -> Routes:
    """Buttons in the group; each checks the role itself."""
    screens: dict[str, Shows[HandoverDesk]] = {
        "topic_yes": check,
        "topic_no": put_aside,
        "topic_edit": ask_anew,
    }
    return Routes(staff_actions=bound(desk, screens))


async def check(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A coordinator's ✓."""
    await proposing.check(tx, person, number_in(tap.argument), now=tap.at)
    return [Edit(text=wording.checked(desk.staff_words, person.first_name))]


async def put_aside(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Not now."""
    await proposing.put_aside(tx, person, number_in(tap.argument))
    return [Edit(text=wording.put_aside(desk.staff_words))]


async def ask_anew(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✏️: the reply to the prompt is the new text."""
    number, _, part = tap.argument.partition(":")
    if part not in PARTS:
        raise Outdated
    _draft, case = await proposing.draft_to_change(tx, person, number_in(number))
    return [asking.prompt(case, f"topic_{part}", wording.asked_anew(desk.staff_words, part))]


async def _changed(
    desk: HandoverDesk, tx: Tx, person: Person, case: Case, said: Said, *, part: str
) -> list[Message]:
    return [await proposing.change(desk, tx, person, case, part=part, text=said.text)]


ASKED: dict[str, asking.Answered] = {
    f"topic_{part}": partial(_changed, part=part) for part in PARTS
}
