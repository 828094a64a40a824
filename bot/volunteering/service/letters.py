"""Letters: asked for, read by a coordinator, approved or not, sent, confirmed on a web page."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

import msgspec

from bot.delivery import outbox
from bot.delivery.making import Sketch
from bot.delivery.messages import File, Made, Outgoing
from bot.errors import Outdated
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.people import service as people
from bot.people.domain import Colleague, Person, Role, require
from bot.schedule import timing
from bot.storage.transaction import Tx
from bot.volunteering import letter as paper_maker
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import letters as domain
from bot.volunteering.domain.letters import Facts, Letter, Paper, Stage, Written
from bot.volunteering.letter import Letterhead
from bot.volunteering.service import letter_rows as rows
from bot.volunteering.service import offices
from bot.volunteering.wording import letters as wording

DUTCH = "nl"
NOTHING: Final = Written()
FILE_KIND, PREVIEW_KIND = "letter", "letter_preview"
_GONE: Final[dict[str, Any]] = {"state": Stage.WITHDRAWN, "facts": {}, "content": None}
SHOWN_FOR = timedelta(days=60)  # approved letters in a coordinator's list


class Standing(NamedTuple):
    """What somebody may ask for."""

    volunteer: int
    minutes: int
    letters: list[Letter]
    target: int | None  # of their trajectory, in minutes
    counted: int  # minutes that count for it


async def standing(tx: Tx, person_id: int) -> Standing | None:
    """None for who is no volunteer."""
    volunteer = await participants.known(tx, person_id)
    if volunteer is None or await rows.office(tx, volunteer) is None:
        return None
    done = await rows.done(tx, volunteer)
    mine = [one for one in await rows.of_volunteer(tx, volunteer) if not _is_draft(one)]
    counted = await rows.done(tx, volunteer, counts=True)
    target = await rows.target(tx, volunteer)
    return Standing(volunteer, done.minutes, mine, target, counted.minutes)


async def ask(
    desk: VolunteeringDesk, tx: Tx, person: Person, paper: Paper, name: str, *, now: datetime
) -> Letter:
    """Ask for a letter. Raises NoHours, NotEnough, AlreadyAsked, LatinLetters, Outdated."""
    found = await standing(tx, person.id)
    if found is None:
        raise Outdated
    if any(one.stage is Stage.ASKED and one.paper is paper for one in found.letters):
        raise domain.AlreadyAsked
    facts = await facts_of(tx, found.volunteer, paper, name)
    office = await rows.office(tx, found.volunteer) or ""
    language = person.language or DUTCH
    letter = await begun(
        desk, tx, facts, now=now, volunteer_id=found.volunteer, kind=paper, office=office,
        language=language,
    )  # fmt: skip
    await _tell_coordinators(desk, tx, letter, person.first_name, now=now)
    return letter


async def begun(
    desk: VolunteeringDesk, tx: Tx, facts: Facts, *, now: datetime, **columns: Any
) -> Letter:
    """A letter that waits for a coordinator's decision, with a number of its own."""
    number = domain.number(now.year, secrets.token_bytes(6))
    values = {
        "number": number,
        "code_hash": domain.code_hash(domain.code(desk.signing_key, number)),
        "state": Stage.ASKED,
        "facts": rows.stored(facts),
        "asked_at": now,
    }
    await rows.create(tx, {**values, **columns})
    return await rows.get(tx, number)


async def waiting(tx: Tx, person: Person, *, now: datetime) -> list[Letter]:
    """A coordinator's list: what waits first. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    others = await offices.others(tx, person)
    return await rows.of_coordinator(tx, others, since=now - SHOWN_FOR)


async def look(tx: Tx, person: Person, number: str) -> Letter:
    """A letter for the coordinator who may decide. Raises StaffOnly, NotYourOffice, Outdated."""
    require(person, Role.COORDINATOR)
    letter = await rows.get(tx, number)
    await offices.require_office(tx, person, letter.office)
    if letter.volunteer is None or letter.facts is None:
        raise Outdated
    return letter


async def prepare(tx: Tx, person: Person, number: str, words: Written) -> Letter:
    """The coordinator's words into it, and the hours as they are now: the next preview. Raises
    StaffOnly, NotYourOffice, Outdated, LatinLetters, NoHours, NotEnough."""
    letter = await look(tx, person, number)
    assert letter.volunteer is not None
    assert letter.facts is not None
    facts = await facts_of(
        tx, letter.volunteer, letter.paper, words.name or letter.facts.name, words
    )
    edition = {"facts": rows.stored(facts), "edition": letter.edition + 1}
    await rows.change(tx, letter, edition, stages=[Stage.ASKED])
    return await rows.get(tx, number)


async def approve(
    desk: VolunteeringDesk, tx: Tx, person: Person, number: str, edition: int, *, now: datetime
) -> bool:
    """The preview that was seen is the letter, and goes out. False: the volunteer cannot be
    written to. Raises Outdated for another preview than the last."""
    letter = await look(tx, person, number)
    if edition < 1 or letter.edition != edition:
        raise Outdated
    approved = {"state": Stage.APPROVED, "approved_at": now, "approved_by": person.id}
    await rows.change(tx, letter, approved, stages=[Stage.ASKED])
    await note(tx, person, "letter.approved", number, now=now)
    if letter.replaces:
        await _replace(tx, letter.replaces)
    return await _send(desk, tx, letter, now=now)


async def refuse(
    desk: VolunteeringDesk, tx: Tx, person: Person, number: str, why: str, *, now: datetime
) -> Letter:
    """Not this letter; the volunteer reads why."""
    letter = await look(tx, person, number)
    await rows.change(tx, letter, {"state": Stage.REFUSED, "facts": {}}, stages=[Stage.ASKED])
    await note(tx, person, "letter.refused", number, now=now)
    await _tell(desk, tx, letter, lambda _: wording.refused(_, letter.paper, why), now=now)
    return letter


async def withdraw(
    desk: VolunteeringDesk, tx: Tx, person: Person, number: str, *, now: datetime
) -> Letter:
    """An approved letter counts no more: its page says so."""
    letter = await look(tx, person, number)
    await rows.change(tx, letter, _GONE, stages=[Stage.APPROVED])
    await outbox.cancel(tx, _file_key(number))
    await note(tx, person, "letter.withdrawn", number, now=now)
    await _tell(desk, tx, letter, lambda _: wording.withdrawn(_, letter), now=now)
    return letter


async def _replace(tx: Tx, number: str) -> None:
    """A corrected letter was approved: the old one counts no more. It may be gone already."""
    old = await rows.get(tx, number)
    if old.stage is Stage.APPROVED and old.volunteer is not None:
        await rows.change(tx, old, _GONE, stages=[Stage.APPROVED])
        await outbox.cancel(tx, _file_key(number))


async def own(tx: Tx, person: Person, number: str) -> Letter:
    """One's own letter, that can be sent again. Raises Outdated."""
    letter = await rows.get(tx, number)
    mine = await participants.known(tx, person.id)
    if mine is None or letter.volunteer != mine or letter.stage is not Stage.APPROVED:
        raise Outdated
    return letter


async def verify(tx: Tx, code: str) -> Letter | None:
    """What the page of a letter may say; None for a code that we never gave, and for a letter
    that was never approved."""
    letter = await rows.by_code(tx, domain.code_hash(code))
    if letter is None or letter.stage not in (Stage.APPROVED, Stage.WITHDRAWN):
        return None
    if letter.stage is Stage.WITHDRAWN:
        return letter._replace(replaced_by=await rows.successor(tx, letter.number))
    return letter


async def file(desk: VolunteeringDesk, tx: Tx, ref: str) -> bytes | Sketch:
    """The file of an approved letter, as it was approved: drawn when it is sent first, kept from
    then on. Raises Outdated when it is gone."""
    found = await rows.content(tx, ref)
    if found is not None:
        return found
    letter = await rows.get(tx, ref)
    if letter.stage is not Stage.APPROVED or letter.facts is None or letter.approved_at is None:
        raise Outdated
    return Sketch(_drawing(desk, letter, at=letter.approved_at), partial(_kept, ref))


async def preview(desk: VolunteeringDesk, tx: Tx, ref: str) -> Sketch:
    """The file that a coordinator reads before deciding. Raises Outdated when it is decided."""
    number, _, edition = ref.partition(":")
    letter = await rows.get(tx, number)
    if letter.facts is None or str(letter.edition) != edition:
        raise Outdated
    return Sketch(_drawing(desk, letter, at=letter.asked_at, is_preview=True))


async def signs_as(tx: Tx, person: Person) -> str:
    """How this coordinator signed the last letter; "" before the first."""
    return await rows.signed_before(tx, person.id)


async def facts_of(
    tx: Tx, volunteer: int, paper: Paper, name: str, words: Written = NOTHING
) -> Facts:
    """What a paper may say of somebody today. Raises NoHours, NotEnough, LatinLetters."""
    counts = paper is not Paper.LETTER
    done = await rows.done(tx, volunteer, counts=counts)
    if done.since is None or done.until is None:
        raise domain.NoHours
    if paper is Paper.CERTIFICATE:
        target = await rows.target(tx, volunteer) or domain.TARGET
        if done.minutes < target:
            raise domain.NotEnough(hours=done.minutes // 60, target=target // 60)
    return Facts(
        name=domain.full_name(name),
        since=done.since,
        until=done.until,
        works=done.works,
        did=words.did,
        praise=words.praise,
        signed=words.signed,
    )


def _drawing(
    desk: VolunteeringDesk, letter: Letter, *, at: datetime, is_preview: bool = False
) -> Callable[[], bytes]:
    """What draws the paper; it knows no rows."""
    assert letter.facts is not None
    office = desk.offices.get(letter.office)
    address = ""
    if desk.public_url:
        address = f"{desk.public_url}/letter/{domain.code(desk.signing_key, letter.number)}"
    head = Letterhead(desk.organisation, office.name if office else "", address)
    voices = (desk.catalogs.words(DUTCH), desk.catalogs.words(letter.language))
    return partial(
        paper_maker.made, letter, letter.facts, head, voices, at=at, is_preview=is_preview
    )


async def _kept(number: str, tx: Tx, drawn: bytes) -> bytes:
    """What is stored of an approved letter. Raises Outdated where it was withdrawn meanwhile."""
    await rows.keep(tx, number, drawn)
    found = await rows.content(tx, number)
    if found is None:
        raise Outdated
    return found


async def _send(desk: VolunteeringDesk, tx: Tx, letter: Letter, *, now: datetime) -> bool:
    """To the volunteer. False where they cannot be written to."""
    assert letter.volunteer is not None
    person = await participants.person_of(tx, ParticipantId(letter.volunteer))
    if person is None:
        return False
    post = File(
        to=person.telegram_id,
        made=Made(FILE_KIND, letter.number),
        name=wording.file_name(letter),
        caption=wording.sent(desk.catalogs.words(person.language), letter),
        lane="notice",
        key=_file_key(letter.number),
        hold_until=timing.considerate(now),
        person_id=person.id,
    )
    await outbox.put(tx, post)
    return True


def _file_key(number: str) -> str:
    return f"letter:{number}:file"


async def _tell(
    desk: VolunteeringDesk, tx: Tx, letter: Letter, says: Any, *, now: datetime
) -> None:
    assert letter.volunteer is not None
    person = await participants.person_of(tx, ParticipantId(letter.volunteer))
    if person is None:
        return
    post = says(desk.catalogs.words(person.language))
    later = {"lane": "notice", "hold_until": timing.considerate(now), "person_id": person.id}
    await outbox.put(tx, msgspec.structs.replace(post, to=person.telegram_id, **later))


async def _tell_coordinators(
    desk: VolunteeringDesk, tx: Tx, letter: Letter, name: str, *, now: datetime
) -> None:
    """In their own chats; the group hears only where nobody has one."""
    assert letter.facts is not None
    found = await _coordinators(tx, letter.office)
    posts = []
    for one in found:
        _ = desk.catalogs.words(one.person.language)
        card = wording.asked_card(_, letter, office=_office(desk, letter))
        later = {"hold_until": timing.considerate(now), "lane": "notice"}
        posts.append(msgspec.structs.replace(card, to=one.person.telegram_id, **later))
    if not found and desk.group is not None:
        _ = desk.catalogs.words(desk.staff_language)
        text = wording.for_group(_, name, office=_office(desk, letter))
        posts.append(Outgoing(to=desk.group, text=text, lane="notice"))
    await outbox.put(tx, *posts)


async def _coordinators(tx: Tx, office: str) -> list[Colleague]:
    """Who looks after an office and has spoken with the bot alone; nobody else reads a letter."""
    return [one for one in await offices.responsible(tx, office) if one.has_own_chat]


def _office(desk: VolunteeringDesk, letter: Letter) -> str:
    office = desk.offices.get(letter.office)
    return office.name if office else letter.office


def _is_draft(letter: Letter) -> bool:
    """Begun by a coordinator, and not decided: the volunteer does not know of it."""
    return letter.unasked and letter.stage is Stage.ASKED


async def note(tx: Tx, person: Person, action: str, number: str, *, now: datetime) -> None:
    """Into the log: who did what with which letter."""
    await people.record(tx, at=now, actor=person.id, action=action, subject=f"letter:{number}")
