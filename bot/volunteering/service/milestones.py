"""The way to 40 hours as a picture: when somebody wants to see it, and at each milestone."""

from datetime import datetime
from functools import partial

from sqlalchemy import update

from bot.delivery import outbox
from bot.delivery.making import Sketch
from bot.delivery.messages import File, Made, in_reading_order
from bot.errors import Outdated
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.language.catalog import Words
from bot.schedule import timing
from bot.storage.transaction import Tx
from bot.volunteering import letter as paper_maker
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Status
from bot.volunteering.domain.trajectories import Progress, milestone
from bot.volunteering.service import trajectories
from bot.volunteering.wording import lengths
from bot.volunteering.wording import milestones as wording

PICTURE_KIND = "progress"
_table = tables.trajectories


async def tell(desk: VolunteeringDesk, tx: Tx, volunteer: int, *, now: datetime) -> None:
    """Hours were approved: a milestone that was passed is shown, each once, and of several that
    were passed at once the last."""
    found = await trajectories.progress(tx, volunteer)
    passed = 0 if found is None else milestone(found.minutes, found.target)
    if found is None or not passed or not await _is_new(tx, volunteer, passed):
        return
    person = await participants.person_of(tx, ParticipantId(volunteer))
    if person is None:
        return
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.passed(_, found)
    post = File(
        made=made(_, found),
        name=wording.FILE_NAME,
        as_photo=True,
        caption=text,
        buttons=buttons,
        to=person.telegram_id,
        lane="notice",
        hold_until=timing.considerate(now),
        person_id=person.id,
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


def made(_: Words, progress: Progress) -> Made:
    """The picture as it is now: whatever is approved before it is sent, caption and picture say
    the same."""
    return Made(PICTURE_KIND, f"{progress.minutes}:{progress.target}:{_.code}")


async def picture(desk: VolunteeringDesk, tx: Tx, ref: str) -> Sketch:
    """How far, of how much, for whom. Raises Outdated for what no version of ours wrote."""
    minutes, __, rest = ref.partition(":")
    target, __, language = rest.partition(":")
    if not minutes.isdecimal() or not target.isdecimal():
        raise Outdated
    _ = desk.catalogs.words(language)
    said = lengths.figures(_, int(minutes))
    draw = partial(paper_maker.picture, int(minutes), int(target), said=said, is_rtl=_.is_rtl)
    return Sketch(draw)


async def _is_new(tx: Tx, volunteer: int, passed: int) -> bool:
    """Of two who look at once, one shows it."""
    own = _table.c.volunteer_id == volunteer, _table.c.status == Status.ACTIVE
    before = _table.c.shown_minutes < passed
    done = await tx.execute(update(_table).where(*own, before).values(shown_minutes=passed))
    return bool(done.rowcount)
