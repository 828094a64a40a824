"""News of volunteering to one person, in their own language: not at night, and once."""

from collections.abc import Callable
from datetime import datetime

from bot.delivery import outbox
from bot.delivery.messages import Buttons, Outgoing, in_reading_order
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.schedule import timing
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import offices

Says = Callable[[Words], tuple[str, Buttons]]


async def to_participant(
    desk: VolunteeringDesk, tx: Tx, participant: int, says: Says, *, key: str, now: datetime
) -> bool:
    """False for who has no Telegram: somebody has to call."""
    person = await participants.person_of(tx, ParticipantId(participant))
    if person is None:
        return False
    await _post(desk, tx, person, says, key=key, now=now)
    return True


async def to_coordinators(
    desk: VolunteeringDesk, tx: Tx, office: str, says: Says, *, key: str, now: datetime
) -> None:
    """Everybody who looks after an office, each in their own chat."""
    for person in await offices.coordinators(tx, office):
        await _post(desk, tx, person, says, key=f"{key}:{person.id}", now=now)


async def _post(
    desk: VolunteeringDesk, tx: Tx, person: Person, says: Says, *, key: str, now: datetime
) -> None:
    words = desk.catalogs.words(person.language)
    text, buttons = says(words)
    post = Outgoing(
        text=text,
        buttons=buttons,
        to=person.telegram_id,
        lane="notice",
        key=key,
        hold_until=timing.considerate(now),
        person_id=person.id,
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=words.is_rtl))
