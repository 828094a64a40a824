"""Events and who comes, as lines of a file; the words on a poster; and what is tapped for them."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.delivery.messages import Button, Buttons, Outgoing
from bot.errors import N_
from bot.events.domain import Event, Kind, Place, Taken
from bot.events.wording import files
from bot.events.wording.kinds import kind_name, role_name
from bot.language import formats
from bot.language.catalog import Words
from bot.language.formats import BRUSSELS

FORMS: Final = ("xlsx", "csv", "ics")

_STATES: Final[Mapping[Place, str]] = {
    Place.ASKED: N_("invited"),
    Place.WAITING: N_("on the waitlist"),
    Place.OFFERED: N_("was offered a place"),
    Place.PLACED: N_("has a place"),
    Place.GIVEN_BACK: N_("gave the place back"),
    Place.DECLINED: N_("said no"),
    Place.LAPSED: N_("did not answer in time"),
    Place.ATTENDED: N_("came"),
    Place.ABSENT: N_("did not come"),
}


def which_form(_: Words, events: Sequence[Event]) -> Outgoing:
    """Excel, CSV or calendar? And the next events, for what there is of one."""
    row = tuple(
        Button(label, action=f"ecxl:{form}")
        for form, label in zip(
            FORMS, (_.label("Excel"), _.label("CSV"), _.label("Calendar")), strict=True
        )
    )
    ones = tuple((Button(one.title(_.code), action=f"ecxe:{one.id}"),) for one in events)
    text = _("📤 All coming events of your offices. As which file?")
    if ones:
        text = f"{text}\n\n{_('Or what there is of one of them:')}"
    return Outgoing(text=text, buttons=(row, *ones))


def of_one(_: Words, event: Event) -> Outgoing:
    """What can be taken along of one event, and brought in for a walk."""
    when = formats.day_and_time(_, event.starts_at)
    text = _("📤 <b>{title}</b>\n{when}", title=event.title(_.code), when=when)
    buttons = files_of(_, event.id)
    if event.kind == Kind.WALK:
        walkers = Button(_.label("📥 Walkers from a list"), action=f"eciw:{event.id}")
        buttons = (*buttons, (walkers,))
    return Outgoing(text=text, buttons=buttons)


def files_of(_: Words, event_id: int) -> Buttons:
    """Who comes, and the poster."""
    return (
        (
            Button(_.label("📄 List (Excel)"), action=f"ecxg:{event_id}"),
            Button(_.label("🖨 Poster"), action=f"ecqr:{event_id}"),
        ),
    )


def file_name(_: Words, form: str) -> str:
    """Of the list of events."""
    return f"{_.plain(files.EVENTS)}.{form}"


def heads(_: Words, languages: Sequence[str]) -> list[str]:
    """Of the list of events: the same columns as those of an import."""
    return [files.heading(_, one) for one in files.columns(languages)]


def line(_: Words, event: Event, languages: Sequence[str], offices: Mapping[str, str]) -> list[str]:
    """An event as one line, so that it can be brought in again."""
    draft = event.draft
    own = _facts(_, event, offices)
    for code in languages:
        own[f"title_{code}"] = "" if code == own["written_in"] else draft.titles.get(code, "")
        own[f"description_{code}"] = "" if code == own["written_in"] else draft.texts.get(code, "")
    return [own.get(one, "") for one in files.columns(languages)]


def _facts(_: Words, event: Event, offices: Mapping[str, str]) -> dict[str, str]:
    draft, audience = event.draft, event.draft.audience
    written_in = next(iter(draft.titles), "")
    starts, ends = draft.starts_at.astimezone(BRUSSELS), draft.ends_at.astimezone(BRUSSELS)
    is_long = (draft.ends_at - draft.starts_at).days >= 1
    return {
        "kind": kind_name(_, draft.kind),
        "title": draft.titles.get(written_in, ""),
        "description": draft.texts.get(written_in, ""),
        "written_in": written_in,
        "date": f"{starts:%Y-%m-%d}",
        "start": f"{starts:%H:%M}",
        "end": f"{ends:%H:%M}",
        "end_date": f"{ends:%Y-%m-%d}" if is_long else "",
        "place": draft.place,
        "town": draft.town,
        "online_link": draft.online_link,
        "places": "" if draft.capacity is None else str(draft.capacity),
        "minimum": str(draft.minimum),
        "waitlist": _yes(_, is_so=draft.has_waitlist),
        "languages": ", ".join(draft.languages),
        "interpreter": _yes(_, is_so=draft.has_interpreter),
        "children": _yes(_, is_so=draft.for_children),
        "access": draft.access,
        "audience": ", ".join(role_name(_, one) for one in audience.roles),
        "regions": ", ".join(offices.get(one, one) for one in audience.offices),
        "audience_languages": ", ".join(audience.languages),
        "contact": draft.contact,
        "office": offices.get(draft.office or "", draft.office or ""),
        "key": f"event-{event.id}@wegwijzer",
    }


def guest_heads(_: Words) -> list[str]:
    """Of the list of who comes."""
    said = (N_("Name"), N_("Companions"), N_("Language"), N_("State"), N_("Comes for sure"))
    return [_.plain(one) for one in said]


def guest(_: Words, taken: Taken, language: str) -> list[str]:
    """Somebody who has, had or wants a place."""
    return [
        taken.name,
        str(taken.registration.companions),
        language,
        _.plain(_STATES[taken.state]),
        _yes(_, is_so=taken.is_confirmed),
    ]


def on_poster(_: Words, event: Event) -> tuple[list[str], str]:
    """When and where, as lines without signs; and what to do with the code."""
    begins = formats.date_words(_, event.starts_at)
    hours = f"{formats.time_words(_, event.starts_at)} – {formats.time_words(_, event.ends_at)}"
    place = ", ".join(one for one in (event.draft.place, event.draft.town) if one)
    scan = _.plain("Scan the code with your phone to sign up. It is free.")
    return [one for one in (begins, hours, place) if one], scan


def caption(_: Words) -> str:
    """Below the poster."""
    return _("🖨 To print. The code leads to this event in the bot.")


def _yes(_: Words, *, is_so: bool) -> str:
    return _.plain(files.YES if is_so else files.NO)
