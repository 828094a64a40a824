"""Letters that a coordinator begins: offered to a volunteer, written for who has no Telegram,
written again without a mistake."""

from datetime import datetime

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.errors import Outdated
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.language import formats
from bot.people.domain import Person
from bot.schedule import timing
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import letters as domain
from bot.volunteering.domain.letters import Letter, Overview, Paper, Stage, Written
from bot.volunteering.service import guiding, letters
from bot.volunteering.service import letter_rows as rows
from bot.volunteering.wording import offering as wording


async def overview(tx: Tx, person: Person, volunteer: int) -> Overview:
    """What somebody has, and may have. Raises StaffOnly, NotYourOffice, Outdated."""
    await guiding.theirs(tx, person, volunteer)
    reader = await participants.person_of(tx, ParticipantId(volunteer))
    return Overview(
        volunteer=volunteer,
        name=await participants.name_of(tx, volunteer),
        minutes=(await rows.done(tx, volunteer)).minutes,
        letters=await rows.of_volunteer(tx, volunteer),
        target=await rows.target(tx, volunteer),
        is_reachable=reader is not None,
        counted=(await rows.done(tx, volunteer, counts=True)).minutes,
    )


async def offer(
    desk: VolunteeringDesk, tx: Tx, person: Person, volunteer: int, *, now: datetime
) -> Overview:
    """The volunteer reads that they may have a letter, and decides; at most once a day. Raises as
    `overview`, NothingConfirmed, CannotBeOffered."""
    found = await _with_hours(tx, person, volunteer)
    reader = await participants.person_of(tx, ParticipantId(volunteer))
    if reader is None:
        raise domain.CannotBeOffered
    if found.waits:
        raise Outdated
    _ = desk.catalogs.words(reader.language)
    text, buttons = wording.offer(_, found.minutes)
    post = Outgoing(
        text=text,
        buttons=buttons,
        to=reader.telegram_id,
        lane="notice",
        key=f"letter:offer:{volunteer}:{formats.day_of(now)}",
        hold_until=timing.considerate(now),
        person_id=reader.id,
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))
    await guiding.record(tx, person, volunteer, "letter.offered", now=now)
    return found


async def write(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    volunteer: int,
    paper: Paper,
    *,
    language: str,
    words: Written,
    now: datetime,
) -> Letter:
    """A letter for who cannot ask here; its preview is the next. Raises as `overview`,
    NothingConfirmed, NotEnough, LatinLetters."""
    await _with_hours(tx, person, volunteer)
    office = await rows.office(tx, volunteer)
    if office is None:
        raise Outdated
    facts = await letters.facts_of(tx, volunteer, paper, words.name, words)
    made = await letters.begun(
        desk, tx, facts, now=now, volunteer_id=volunteer, kind=paper, office=office,
        language=language, edition=1, unasked=True,
    )  # fmt: skip
    await letters.note(tx, person, "letter.written", made.number, now=now)
    return made


async def correct(
    desk: VolunteeringDesk, tx: Tx, person: Person, number: str, words: Written, *, now: datetime
) -> Letter:
    """An approved letter once more, without its mistake, and with a number of its own; the old one
    counts until the new one is approved. Raises as `letters.prepare`."""
    old = await letters.look(tx, person, number)
    if old.stage is not Stage.APPROVED or old.volunteer is None or old.facts is None:
        raise Outdated
    begun = await rows.correction(tx, number)
    if begun is not None:
        return await letters.prepare(tx, person, begun, words)
    name = words.name or old.facts.name
    facts = await letters.facts_of(tx, old.volunteer, old.paper, name, words)
    made = await letters.begun(
        desk, tx, facts, now=now, volunteer_id=old.volunteer, kind=old.paper, office=old.office,
        language=old.language, edition=1, unasked=True, replaces=number,
    )  # fmt: skip
    await letters.note(tx, person, "letter.corrected", made.number, now=now)
    return made


async def drop(tx: Tx, person: Person, number: str, *, now: datetime) -> None:
    """What a coordinator began, and nobody asked for, goes; the old letter counts on. Raises
    StaffOnly, NotYourOffice, Outdated."""
    await letters.look(tx, person, number)
    if not await rows.drop(tx, number):
        raise Outdated
    await letters.note(tx, person, "letter.dropped", number, now=now)


async def _with_hours(tx: Tx, person: Person, volunteer: int) -> Overview:
    found = await overview(tx, person, volunteer)
    if not found.minutes:
        raise domain.NothingConfirmed
    return found
