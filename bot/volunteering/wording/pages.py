"""What the web page of a shift says, as plain text; the template escapes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from bot.errors import N_
from bot.language import bidi, formats
from bot.language.catalog import Catalogs, Words
from bot.volunteering.domain.shifts import Attendance, Attendant
from bot.volunteering.wording import lengths, names

# What is said above the list after something was done.
SAVED: Final = "saved"
ALREADY: Final = "already"
NOTES: Final[Mapping[str, str]] = {
    SAVED: N_("Thank you, it is saved."),
    ALREADY: N_("This was saved already. Here you see the list as it is now."),
}


@dataclass(frozen=True, slots=True)
class Other:
    """A language to switch to."""

    name: str
    code: str
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody on the list, as the page shows them."""

    id: int
    name: str
    note: str
    is_ticked: bool
    hours: str
    hours_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that the template places."""

    lang: str
    direction: str
    others: Sequence[Other]
    title: str
    facts: Sequence[str] = ()
    note: str = ""
    alarms: Sequence[str] = ()
    heading: str = ""
    lines: Sequence[Line] = ()
    remarks: Sequence[str] = ()
    is_form: bool = False
    edition: int = 0
    nobody: str = ""
    button: str = ""
    again: str = ""
    footer: Sequence[str] = field(default_factory=tuple)
    asks: str = ""  # address of the page that asks how it was
    asking: str = ""
    asked: str = ""


def shift(
    _: Words,
    catalogs: Catalogs,
    found: Attendance,
    *,
    now: datetime,
    note: str = "",
    alarm: str = "",
    corrects: bool = False,
    typed: Mapping[int, str] | None = None,
    evaluation: str = "",
) -> Page:
    """The list of a shift: to read before it, to fill in from its beginning on.

    typed       what was ticked and written (participant -> hours), when it is shown again
    evaluation  path of the page that asks how the cooperation was; "": nothing is asked
    """
    one = found.shift
    is_form = one.takes_attendance(now) and (one.confirmed_at is None or corrects)
    asks = is_form and bool(found.people)
    return Page(
        **frame(_, catalogs),
        title=one.assignment.title(_.code),
        facts=_facts(_, found),
        note=_.plain(NOTES[note]) if note in NOTES else "",
        alarms=[*([alarm] if alarm else []), *_alarms(_, found, now)],
        heading=_heading(_, found, now, is_form=asks),
        lines=[_line(_, person, typed=typed, is_form=asks) for person in found.people],
        remarks=_remarks(_, found, now, is_form=asks),
        is_form=asks,
        edition=one.edition,
        nobody=_.plain("Nobody came") if asks else "",
        button=_.plain("Confirm") if asks else "",
        again=_again(_, found, now, is_form=is_form),
        asks=f"{evaluation}?lang={_.code}" if evaluation else "",
        asking=_.plain("How was the cooperation?"),
        asked=_.plain("Three short questions"),
        footer=[
            _.plain(
                "This page works until {day}. It shows first names: please do not pass it on.",
                day=formats.date_words(_, one.link_until),
            )
        ],
    )


def closed(_: Words, catalogs: Catalogs, *, is_over: bool) -> Page:
    """A link that leads nowhere (any more)."""
    over = _.plain("This link is over, or there is a newer one.")
    unknown = _.plain("This link does not work. Perhaps a part of it is missing.")
    ask = _.plain("Please ask your contact person at the organisation that sent it to you.")
    return Page(
        **frame(_, catalogs),
        title=_.plain("This page cannot be shown"),
        facts=[over if is_over else unknown, ask],
    )


def strange_hours(_: Words, name: str) -> str:
    """Hours that cannot be read."""
    return _.plain("Please write the hours of {name} as a number, such as 3 or 2.5.", name=name)


def nobody_ticked(_: Words) -> str:
    """An empty list is a slip more often than not."""
    return _.plain("Nobody is ticked. Tick who came, or tick “Nobody came”.")


def frame(_: Words, catalogs: Catalogs) -> dict[str, Any]:
    """What every page needs: its language, its direction, the other languages."""
    others = [Other(one.name, one.code, tag(one)) for one in catalogs if one.code != _.code]
    first = sorted(others, key=lambda one: (one.code not in ("nl", "en"), one.code != "nl"))
    direction = "rtl" if _.is_rtl else "ltr"
    return {"lang": tag(_), "direction": direction, "others": first}


def tag(_: Words) -> str:
    """A language as HTML names it."""
    return _.code.replace("_", "-")


def _facts(_: Words, found: Attendance) -> list[str]:
    event = found.shift.event
    return [
        _placed(_, found.shift.assignment.organisation),
        formats.date_words(_, event.starts_at),
        f"{formats.time_words(_, event.starts_at)} – {formats.time_words(_, event.ends_at)}",
        _placed(_, names.where(event.draft.place, event.draft.town)),
    ]


def _placed(_: Words, name: str) -> str:
    """A Latin name keeps its brackets and full stops on their own side, also from the right."""
    return bidi.isolate(name) if _.is_rtl else name


def _alarms(_: Words, found: Attendance, now: datetime) -> list[str]:
    event = found.shift.event
    if event.cancelled_at is not None:
        return [_.plain("This shift is cancelled. The volunteers are told.")]
    if event.changed_at is not None and event.sequence and not event.has_begun(now):
        day = formats.day_and_time(_, event.changed_at)
        return [_.plain("This shift was changed on {day}. Above you see how it is now.", day=day)]
    return []


def _heading(_: Words, found: Attendance, now: datetime, *, is_form: bool) -> str:
    if found.shift.event.cancelled_at is not None:
        return ""
    if is_form:
        return _.plain("Who came?")
    if found.shift.confirmed_at is not None:
        return _.plain("Who came")
    return _.plain("Who comes")


def _line(_: Words, one: Attendant, *, typed: Mapping[int, str] | None, is_form: bool) -> Line:
    hours = lengths.figures(_, one.minutes)
    if typed is not None:
        return Line(
            id=one.id,
            name=one.name,
            note=_companions(_, one),
            is_ticked=one.id in typed,
            hours=typed.get(one.id, hours),
            hours_label=_.plain("Hours of {name}", name=one.name),
        )
    return Line(
        id=one.id,
        name=one.name,
        note=_companions(_, one) if is_form else _state(_, one),
        is_ticked=one.came is True,
        hours=hours,
        hours_label=_.plain("Hours of {name}", name=one.name),
    )


def _companions(_: Words, one: Attendant) -> str:
    more = ""
    if one.companions:
        more = _.plain_plural("and {n} other person", "and {n} other people", one.companions)
    return " · ".join(filter(None, (more, _waits(_, one))))


def _waits(_: Words, one: Attendant) -> str:
    """Why it is not saved that somebody came."""
    if not one.waits_for_extract:
        return ""
    return _.plain("the coordinator must see the extract first")


def _state(_: Words, one: Attendant) -> str:
    if one.came is None:
        said = _.plain("has confirmed") if one.is_confirmed else ""
    elif one.came:
        said = lengths.hours(_, one.minutes)
    else:
        said = _.plain("did not come")
    return " · ".join(filter(None, (_companions(_, one), said)))


def _remarks(_: Words, found: Attendance, now: datetime, *, is_form: bool) -> list[str]:
    if found.shift.event.cancelled_at is not None:
        return []
    if is_form:
        return [
            _.plain("Tick who came, and change the hours where they are not right."),
            _.plain("Whoever is not ticked counts as not there."),
        ]
    remarks = [] if found.people else [_.plain("Nobody is on the list.")]
    if found.shift.event.has_begun(now):
        return remarks
    if found.waiting:
        remarks.append(
            _.plain_plural(
                "{n} person waits for a place.", "{n} people wait for a place.", found.waiting
            )
        )
    least = found.shift.event.draft.minimum
    if found.shift.event.taken < least:
        remarks.append(_.plain("At least {n} volunteers are needed.", n=least))
    remarks.append(_.plain("When the shift has begun, you say here who came."))
    return remarks


def _again(_: Words, found: Attendance, now: datetime, *, is_form: bool) -> str:
    is_done = found.shift.confirmed_at is not None and found.shift.takes_attendance(now)
    return _.plain("Correct this") if is_done and not is_form else ""
