"""Shifts and series of them: planned, changed, called off by coordinators in their own chat."""

from datetime import date, datetime, timedelta

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Message, Outgoing
from bot.dialog import forms
from bot.dialog.forms import Answers, Asking, Form, Pairs, Step
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import N_, number_in
from bot.events.domain import Draft, repeating
from bot.events.wording import names
from bot.language import formats
from bot.language.catalog import Words
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.shifts import StrangeLength, minutes_of
from bot.volunteering.service import assignments, attendance, contacts, links, planning
from bot.volunteering.service.planning import Wanted
from bot.volunteering.staff_chat import assignments as assignment_chat
from bot.volunteering.staff_chat.organisations import posted, words
from bot.volunteering.wording import attendance as wording
from bot.volunteering.wording import lengths

_RHYTHMS = tuple((str(one), label) for one, label in names.RHYTHMS.items())
_HOURS = ("2", "3", "4", "6", "8")


def routes(desk: VolunteeringDesk) -> Routes:
    """Shifts and their dialogs."""
    one, many, other = shift_form(desk), series_form(desk), change_form(desk)

    def beginning(form: Form) -> Shows[VolunteeringDesk]:
        async def begin(desk: VolunteeringDesk, tx: Tx, who: Person, tap: Tapped) -> list[Message]:
            require(who, Role.COORDINATOR)
            found = await assignments.get(tx, number_in(tap.argument))
            return await forms.begin(tx, who, tap, form, ref=str(found.id))

        return begin

    async def begin_change(
        desk: VolunteeringDesk, tx: Tx, who: Person, tap: Tapped
    ) -> list[Message]:
        require(who, Role.COORDINATOR)
        found = await planning.get(tx, number_in(tap.argument))
        return await forms.begin(
            tx, who, tap, other, ref=str(found.id), answers=_known(found.event.draft)
        )

    taps: dict[str, Shows[VolunteeringDesk]] = {
        "vcsh": show,
        "vcshnew": beginning(one),
        "vcser": beginning(many),
        "vcshch": begin_change,
        "vcshoff": call_off,
        "vcshlink": give_link,
    }
    return Routes(actions=bound(desk, taps), forms=(one, many, other))


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One shift."""
    return [await _shown(desk, tx, person, tap, number_in(tap.argument))]


async def call_off(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Asks once more, then calls it off; who has a place is told."""
    id_, _colon, sure = tap.argument.partition(":")
    if sure == "yes":
        await planning.cancel(tx, person, number_in(id_), now=tap.at)
        return [await _shown(desk, tx, person, tap, number_in(id_))]
    require(person, Role.COORDINATOR)
    found = await attendance.look(tx, number_in(id_))
    return [posted(wording.may_cancel(words(desk, person), found), tap)]


async def give_link(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🔗 The web page, for the organisation; or a new link to it."""
    id_, _colon, wish = tap.argument.partition(":")
    await contacts.require_contact(tx, person, number_in(id_))
    require(person, Role.COORDINATOR)
    if wish == "new":
        await planning.new_link(tx, person, number_in(id_), now=tap.at)
    found = await attendance.look(tx, number_in(id_))
    address = links.shift_url(desk, found.shift)
    return [posted(wording.page_link(words(desk, person), found, address), tap)]


async def _shown(
    desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Incoming, event_id: int
) -> Message:
    require(person, Role.COORDINATOR)
    await contacts.require_contact(tx, person, event_id)
    found = await attendance.look(tx, event_id)
    return posted(wording.shift(words(desk, person), found, now=incoming.at), incoming)


# Dialogs


def shift_form(desk: VolunteeringDesk) -> Form:
    """➕ Shift."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        made = await planning.add(
            tx, person, number_in(answers["ref"]), _wanted(answers), now=incoming.at
        )
        return [await _shown(desk, tx, person, incoming, made.id)]

    return Form("vshift", 1, N_("New shift"), (*_when(), *_places(), _where()), finish)


def series_form(desk: VolunteeringDesk) -> Form:
    """🔁 Series of shifts."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        wanted = _wanted(answers)
        made = await planning.add_series(
            tx,
            person,
            number_in(answers["ref"]),
            wanted,
            rule=repeating.rule(answers["rhythm"], _wall(answers)),
            until=date.fromisoformat(answers["until"]),
            skips_holidays=not answers["holidays"],
            now=incoming.at,
        )
        found = await assignments.get(tx, number_in(answers["ref"]))
        shown = await assignment_chat.screen(desk, tx, person, found, incoming)
        done = Outgoing(text=wording.made(words(desk, person), len(made)))
        return [done, Outgoing(text=shown.text, buttons=shown.buttons)]

    steps = (
        *_when(),
        forms.choice("rhythm", N_("How often?"), _RHYTHMS, label=N_("Rhythm")),
        forms.day("until", N_("Until which day?"), allows="future", label=N_("Until")),
        forms.yes_no("holidays", N_("Also on public holidays?"), label=N_("Public holidays")),
        *_places(),
        _where(),
    )
    return Form("vseries", 1, N_("Series of shifts"), steps, finish)


def change_form(desk: VolunteeringDesk) -> Form:
    """✏️ Change: begins at the summary, with everything as it is."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        wanted, event_id = _wanted(answers), number_in(answers["ref"])
        before = await planning.get(tx, event_id)
        changed = await planning.change(
            tx,
            person,
            event_id,
            now=incoming.at,
            starts_at=wanted.starts_at,
            ends_at=wanted.ends_at,
            capacity=wanted.capacity,
            minimum=wanted.minimum,
            has_waitlist=wanted.has_waitlist,
            place=wanted.place or before.event.draft.place,
        )
        return [await _shown(desk, tx, person, incoming, changed.id)]

    steps = (*_when(), *_places(), _where())
    return Form("vshiftchange", 1, N_("Change the shift"), steps, finish)


def _when() -> tuple[Step, ...]:
    return (
        forms.moment(
            "starts",
            N_("When does it begin? Day and time, such as 24/12 at 18:30."),
            allows="future",
            label=N_("Begins"),
        ),
        forms.custom(
            "length",
            N_("How many hours does it last?"),
            read=_read_length,
            ask=_offer_lengths,
            say=_say_length,
            label=N_("Hours"),
        ),
    )


def _places() -> tuple[Step, ...]:
    return (
        forms.number(
            "places",
            N_("For how many volunteers? Leave it out when there is no limit."),
            least=1,
            most=9999,
            quick=(2, 4, 6, 10, 20),
            skippable=True,
            label=N_("Places"),
        ),
        forms.number(
            "minimum",
            N_("How many are needed at least?"),
            least=0,
            most=9999,
            quick=(0, 1, 2, 4),
            label=N_("Minimum"),
        ),
        forms.yes_no(
            "waitlist",
            N_("May people wait for a place when it is full?"),
            when=lambda answers: answers["places"] is not None,
            label=N_("Waitlist"),
        ),
    )


def _where() -> Step:
    return forms.text(
        "place",
        N_("Somewhere else than the assignment says? Write the address, or leave it out."),
        longest=200,
        skippable=True,
        label=N_("Address"),
    )


def _wanted(answers: Answers) -> Wanted:
    starts_at = _wall(answers)
    return Wanted(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=answers["length"]),
        capacity=answers["places"],
        minimum=answers["minimum"],
        has_waitlist=answers.get("waitlist") is not False,
        place=answers["place"] or "",
    )


def _wall(answers: Answers) -> datetime:
    return datetime.fromisoformat(answers["starts"]).replace(tzinfo=formats.BRUSSELS)


def _known(draft: Draft) -> dict[str, object]:
    """A shift as answers of the dialog that changes it."""
    wall = draft.starts_at.astimezone(formats.BRUSSELS).replace(tzinfo=None)
    return {
        "starts": wall.isoformat(timespec="minutes"),
        "length": round((draft.ends_at - draft.starts_at) / timedelta(minutes=1)),
        "places": draft.capacity,
        "minimum": draft.minimum,
        "waitlist": draft.has_waitlist,
        "place": draft.place,
    }


async def _read_length(asking: Asking, text: str) -> int:
    found = minutes_of(formats.read_digits(text))
    if not found:
        raise StrangeLength
    return found


async def _offer_lengths(asking: Asking) -> tuple[str, Pairs]:
    _ = asking.words
    return "", tuple((one, lengths.hours(_, int(one) * 60)) for one in _HOURS)


def _say_length(_: Words, minutes: int) -> str:
    return lengths.hours(_, minutes)
