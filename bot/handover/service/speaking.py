"""Words that were ready before go out on behalf of the claimant, held like any others.

The menu they were chosen from becomes the colleague's message: the mark that it arrived stands on
it, /stop and 👎 find it, and a second tap on Send finds that it is one already.
"""

from bot.delivery import outbox
from bot.delivery.incoming import Tapped
from bot.delivery.messages import Buttons, Message, Outgoing, in_reading_order
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Piece, Ready
from bot.handover.service import answering, cases, pieces
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

Screen = tuple[str, Buttons, bool]  # HTML, buttons under it, and whether it comes without a sound


async def talk(
    tx: Tx, person: Person, case_id: int, *, is_held: bool = False
) -> tuple[Case, Person]:
    """The question and who asked it, for its claimant; everybody else is refused.

    `is_held`: for whoever then acts on it.
    """
    require(person)
    case = await (cases.hold if is_held else cases.find)(tx, case_id)
    if case.is_queued:
        raise domain.NotClaimed
    if not case.is_with_a_colleague:
        raise domain.QuestionIsOver
    if domain.Party.CLAIMANT not in domain.parties(case, person):
        raise domain.NotTheClaimant
    asked = await cases.person_of(tx, case)
    if asked is None:
        raise domain.NoSuchQuestion
    return case, asked


async def speak_for(
    desk: HandoverDesk,
    tx: Tx,
    person: Person,
    talk: tuple[Case, Person],
    ready: Ready,
    *,
    tap: Tapped,
    screen: Screen | None = None,
) -> Piece:
    """Post it for the person who asked; `talk` is held. Raises SentAlready.

    What is returned is "held", or "checking" where a mentor is to be asked (`staff_chat.ready`).
    `screen`: the same with its formatting and buttons, where it is more than a text.
    """
    case, asked = talk
    if await pieces.original(tx, tap.chat_id, tap.message_id) is not None:
        raise domain.SentAlready
    state = answering.first_state(case, person)  # a trainee's waits for a mentor
    piece = await pieces.write_ready(tx, case, tap, ready, author_id=person.id, state=state)
    posts = answering.posts_of(desk, case, piece, asked, entities=())
    if screen is not None:
        is_rtl = desk.catalogs.words(asked.language).is_rtl
        shown = [_shown(desk, case, piece, asked, screen=screen)]
        posts = in_reading_order(shown, is_rtl=is_rtl)
    await outbox.put(tx, *posts)
    return piece


def _shown(
    desk: HandoverDesk, case: Case, piece: Piece, asked: Person, *, screen: Screen
) -> Message:
    text, buttons, is_quiet = screen
    return Outgoing(
        to=asked.telegram_id,
        key=answering.key_of(piece),
        slot=answering.slot_of(case, piece),
        text=text,
        buttons=buttons,
        is_silent=is_quiet,
        hold_until=answering.leaves_at(desk, piece),
        receipt=answering.ANSWER_RECEIPT,
        ref=str(piece.id),
        person_id=asked.id,
    )
