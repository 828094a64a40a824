"""What colleagues had said to the person, for a topic that was deleted by hand and is made again.

Their own messages went with the topic, so they stand there as lines of text.
"""

from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import pieces
from bot.handover.wording import retelling as wording
from bot.people.service import recognition
from bot.storage.transaction import Tx

_WENT_OUT = ("held", "sent")


async def answers(desk: HandoverDesk, tx: Tx, case: Case) -> str:
    """Everything that went out to the person, the newest kept; nothing where nothing did."""
    every = await pieces.of(tx, case.id, direction="out")
    said = [piece for piece in every if piece.state in _WENT_OUT]
    if not said:
        return ""
    authors = {piece.author_id for piece in said if piece.author_id is not None}
    names = await recognition.staff_names(tx, authors)
    return wording.answers(desk.staff_words, said, {int(id_): name for id_, name in names.items()})
