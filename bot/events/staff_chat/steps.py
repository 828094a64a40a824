"""The questions about an event, and what their answers make of it: the same for a new one and for
one that is changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from bot.delivery.incoming import Incoming
from bot.dialog import forms
from bot.dialog.form import Asking, Choice, Shown, Step, Taken
from bot.dialog.forms import Answers, Pairs
from bot.dialog.steps import written
from bot.errors import Refused
from bot.events.desk import EventsDesk
from bot.events.domain import Audience, Draft, Role
from bot.events.domain import refusals as refused
from bot.events.service import planning
from bot.events.wording import kinds
from bot.events.wording import planning as wording
from bot.language import bidi, formats, reading_days, reading_times
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx

TITLE_LENGTH: Final = 80
TEXT_LENGTH: Final = 1500
_ADDRESS, _ACCESS, _CONTACT = 160, 200, 120  # letters
_HOURS: Final = (1, 2, 3, 4, 8)
_LONGEST: Final = timedelta(days=14)
_HALF_A_DAY: Final = timedelta(hours=12)  # "16:00" said of 17:00 is a slip, no next day
_LINK = re.compile(r"https://[^\s<>\"]{3,290}")
_KINDS = tuple((str(kind), label) for kind, label in kinds.KINDS.items())
_EVERY = "-"  # all offices together


@dataclass(frozen=True, slots=True, kw_only=True)
class Until(Step):
    """When it ends, as minutes after its beginning on the clock on the wall: when the beginning
    moves, the end moves with it."""

    async def show(self, asking: Asking, value: Any, sought: str = "") -> Shown:
        _, starts = asking.words, begins(asking.answers)
        found = []
        for hours in _HOURS:
            length = timedelta(hours=hours)
            end = formats.time_words(_, planning.moment(starts + length))
            found.append(Choice(str(hours * 60), f"{end} · {formats.duration(_, length)}"))
        return Shown(flow=tuple(found))

    async def hear(self, asking: Asking, incoming: Incoming) -> int:
        starts, heard = (
            begins(asking.answers),
            reading_times.read(asking.catalogs, written(incoming)),
        )
        named = reading_days.read(asking.catalogs, heard.rest, today=starts.date()).days
        if not heard.times:
            raise refused.NoEnd
        most = _LONGEST if named else _HALF_A_DAY
        days = named or (starts.date(), starts.date() + timedelta(days=1))
        lengths = [datetime.combine(day, at) - starts for day in days for at in heard.times]
        found = [one for one in lengths if timedelta() < one <= most]
        if not found:
            raise refused.EndsBeforeItBegins
        if len(found) > 1:
            raise refused.NoEnd
        return round(found[0] / timedelta(minutes=1))

    async def tap(self, asking: Asking, chosen: str, value: Any) -> Taken:
        if chosen not in {str(hours * 60) for hours in _HOURS}:
            raise forms.ByButton
        return Taken(int(chosen))

    async def fits(self, asking: Asking, value: Any) -> bool:
        return type(value) is int and value > 0

    async def tell(self, asking: Asking, value: Any) -> str:
        starts = begins(asking.answers)
        ends = planning.moment(starts + timedelta(minutes=value))
        is_same_day = formats.day_of(ends) == starts.date()
        _ = asking.words
        return formats.time_words(_, ends) if is_same_day else formats.soon(_, ends)


def what() -> tuple[Step, ...]:
    """Kind and title."""
    return (
        forms.choice("kind", wording.KIND, _KINDS, label=wording.L_KIND),
        forms.text("title", wording.TITLE, longest=TITLE_LENGTH, label=wording.L_TITLE),
    )


def when() -> tuple[Step, ...]:
    """From when until when."""
    return (
        forms.moment("starts", wording.STARTS, allows="future", label=wording.L_STARTS),
        Until(name="minutes", question=wording.ENDS, label=wording.L_ENDS),
    )


def where(desk: EventsDesk) -> tuple[Step, ...]:
    """A place, a link, or both; and whose it is."""

    def is_at_a_place(answers: Answers) -> bool:
        return answers["how"] in ("place", "both")

    def is_online(answers: Answers) -> bool:
        return answers["how"] in ("online", "both")

    return (
        forms.choice("how", wording.HOW, wording.HOWS, label=wording.L_HOW),
        forms.custom(
            "town",
            wording.TOWN,
            read=partial(_read_town, desk),
            say=partial(_say_town, desk),
            label=wording.L_TOWN,
            when=is_at_a_place,
        ),
        forms.text(
            "place", wording.PLACE, longest=_ADDRESS, label=wording.L_PLACE, when=is_at_a_place
        ),
        forms.custom("link", wording.LINK, read=_read_link, label=wording.L_LINK, when=is_online),
        forms.choice(
            "office",
            wording.OFFICE,
            partial(_own_offices, desk),
            label=wording.L_OFFICE,
            when=lambda answers: bool(desk.offices),
        ),
    )


def how_many() -> tuple[Step, ...]:
    """Places, and what happens when they are taken."""
    return (
        forms.number(
            "places",
            wording.PLACES,
            least=1,
            most=9999,
            quick=(5, 10, 15, 20, 30, 50),
            skippable=True,
            label=wording.L_PLACES,
        ),
        forms.yes_no(
            "waitlist",
            wording.WAITLIST,
            when=lambda answers: answers["places"] is not None,
            label=wording.L_WAITLIST,
        ),
    )


def more(desk: EventsDesk) -> tuple[Step, ...]:
    """What happens there, languages, interpreter, children, access; a picture; whom to ask."""
    return (
        forms.text("text", wording.TEXT, longest=TEXT_LENGTH, skippable=True, label=wording.L_TEXT),
        forms.choices("spoken", wording.SPOKEN, languages(desk), label=wording.L_SPOKEN),
        forms.choices("offers", wording.OFFERS, wording.OFFERED, label=wording.L_OFFERS),
        forms.text(
            "access", wording.ACCESS, longest=_ACCESS, skippable=True, label=wording.L_ACCESS
        ),
        forms.photo("picture", wording.PICTURE, skippable=True, label=wording.L_PICTURE),
        forms.text(
            "contact", wording.CONTACT, longest=_CONTACT, skippable=True, label=wording.L_CONTACT
        ),
    )


def whom(desk: EventsDesk) -> tuple[Step, ...]:
    """Everybody, or some people, regions and languages."""

    def is_for_some(answers: Answers) -> bool:
        return bool(answers["whom"] == "some")

    everybody = (("all", wording.ALL), ("some", wording.SOME))
    roles = tuple((str(role), label) for role, label in kinds.ROLES.items())
    return (
        forms.choice("whom", wording.WHOM, everybody, label=wording.L_WHOM),
        forms.choices("roles", wording.ROLES, roles, label=wording.L_ROLES, when=is_for_some),
        forms.choices(
            "regions",
            wording.REGIONS,
            partial(_offices, desk),
            label=wording.L_REGIONS,
            when=lambda answers: is_for_some(answers) and bool(desk.offices),
        ),
        forms.choices(
            "readers",
            wording.READERS,
            languages(desk),
            label=wording.L_READERS,
            when=is_for_some,
        ),
    )


# Answers and drafts


def answers_of(desk: EventsDesk, draft: Draft, language: str) -> dict[str, Any]:
    """An event as answers; its words in one language."""
    starts, ends = formats.on_the_wall(draft.starts_at), formats.on_the_wall(draft.ends_at)
    is_online, meant = bool(draft.online_link), draft.audience
    at_place = "both" if is_online else "place"
    offers = {"interpreter": draft.has_interpreter, "children": draft.for_children}
    return {
        "kind": draft.kind,
        "title": draft.titles.get(language, ""),
        "starts": starts.isoformat(timespec="minutes"),
        "minutes": round((ends - starts) / timedelta(minutes=1)),
        "how": at_place if draft.place or draft.town or not is_online else "online",
        "town": _postcode(desk, draft.town),
        "place": draft.place or None,
        "link": draft.online_link or None,
        "office": draft.office or _EVERY,
        "places": draft.capacity,
        "waitlist": draft.has_waitlist,
        "text": draft.texts.get(language) or None,
        "spoken": list(draft.languages),
        "offers": [name for name, is_so in offers.items() if is_so],
        "access": draft.access or None,
        "contact": draft.contact or None,
        "picture": draft.picture or None,
        "whom": "all" if meant == Audience() else "some",
        "roles": [str(role) for role in meant.roles],
        "regions": list(meant.offices),
        "readers": list(meant.languages),
    }


def values_of(desk: EventsDesk, answers: Answers) -> dict[str, Any]:
    """Fields of a draft that follow from answers; not its words and its times."""
    is_placed = answers["how"] in ("place", "both")
    is_online = answers["how"] in ("online", "both")
    offers, office = answers["offers"] or (), answers["office"]
    return {
        "kind": answers["kind"],
        **_located(desk, answers["town"] if is_placed else None),
        "place": (answers["place"] or "") if is_placed else "",
        "online_link": (answers["link"] or "") if is_online else "",
        "office": None if office in (None, _EVERY) else office,
        "capacity": answers["places"],
        "has_waitlist": answers["waitlist"] is not False,
        "languages": tuple(answers["spoken"] or ()),
        "has_interpreter": "interpreter" in offers,
        "for_children": "children" in offers,
        "access": answers["access"] or "",
        "contact": answers["contact"] or "",
        "picture": answers["picture"] or "",
        "audience": _audience(answers),
    }


def draft_of(desk: EventsDesk, answers: Answers, language: str) -> Draft:
    """A new event, written in this language."""
    starts = begins(answers)
    return Draft(
        titles={language: answers["title"]},
        texts={language: answers["text"]} if answers["text"] else {},
        starts_at=planning.moment(starts),
        ends_at=planning.moment(starts + timedelta(minutes=answers["minutes"])),
        **values_of(desk, answers),
    )


def changes_of(
    desk: EventsDesk, was: Answers, answers: Answers, language: str
) -> tuple[dict[str, Any], timedelta, timedelta | None]:
    """What is other: fields, how much later, and how long it lasts if that is other too."""
    before, after = values_of(desk, was), values_of(desk, answers)
    changed = {name: value for name, value in after.items() if value != before[name]}
    for column, name in (("titles", "title"), ("texts", "text")):
        if (answers[name] or "") != (was[name] or ""):
            changed[column] = {language: answers[name] or ""}
    by = begins(answers) - begins(was)
    is_longer = answers["minutes"] != was["minutes"]
    return changed, by, timedelta(minutes=answers["minutes"]) if is_longer else None


def _audience(answers: Answers) -> Audience:
    if answers["whom"] != "some":
        return Audience()
    return Audience(
        roles=tuple(Role(one) for one in answers["roles"] or ()),
        offices=tuple(answers["regions"] or ()),
        languages=tuple(answers["readers"] or ()),
    )


def _located(desk: EventsDesk, postcode: str | None) -> dict[str, Any]:
    if not postcode:
        return {"town": "", "latitude": None, "longitude": None}
    town = desk.town_of(postcode)
    return {"town": town.name, "latitude": town.latitude, "longitude": town.longitude}


def _postcode(desk: EventsDesk, town: str) -> str | None:
    """Of a town that we know; what a file named otherwise stays as it is."""
    try:
        return desk.town_of(town).postcode if town else None
    except Refused:
        return None


def begins(answers: Answers) -> datetime:
    """When it begins, on the clock on the wall."""
    return datetime.fromisoformat(answers["starts"])


async def _read_town(desk: EventsDesk, asking: Asking, text: str) -> str:
    return desk.town_of(text).postcode


def _say_town(desk: EventsDesk, _: Words, postcode: str) -> str:
    return desk.town_of(postcode).name


async def _read_link(asking: Asking, text: str) -> str:
    found = _LINK.fullmatch(bidi.strip_marks(text).strip())
    if found is None:
        raise refused.NoLink
    return found[0]


async def _own_offices(desk: EventsDesk, tx: Tx, person: Person, answers: Answers) -> Pairs:
    others = await desk.not_theirs(tx, person)
    own = [(key, name) for key, name in desk.offices.items() if key not in others]
    return (*own, (_EVERY, desk.words(person).label(wording.NO_OFFICE)))


async def _offices(desk: EventsDesk, tx: Tx, person: Person, answers: Answers) -> Pairs:
    return tuple(desk.offices.items())


def languages(desk: EventsDesk) -> forms.Options:
    """Every language that the bot speaks, as the coordinator calls it."""

    async def named(tx: Tx, person: Person, answers: Answers) -> Pairs:
        _ = desk.words(person)
        return tuple((one.code, formats.language_name(_, one)) for one in desk.catalogs)

    return named


def written_in(titles: Mapping[str, str], language: str | None, staff_language: str) -> str:
    """The language in which a reader sees it: the own one, else English, else as it was written."""
    for code in (language or staff_language, "en"):
        if titles.get(code):
            return code
    return next(iter(titles), staff_language)
