"""Places where people find help: kinds, lists, what is near, one place."""

import html
from collections.abc import Iterable, Sequence

from bot.delivery.messages import Button
from bot.infodesk.directory.places import OWN_DESK, Directory, Kind, Place, Week
from bot.infodesk.directory.towns import Nearby, Town
from bot.infodesk.domain import Answer
from bot.infodesk.wording import answers, direction, menus
from bot.infodesk.wording.screens import (
    Screen,
    Voice,
    ask_button,
    paragraphs,
    rows,
    shortened,
    themes_button,
)
from bot.language import bidi, formats
from bot.language.catalog import Words

NEAR = 5  # places on one screen


def kinds(_: Words, directory: Directory) -> Screen:
    """Where looking for a place begins."""
    text = paragraphs(
        _("📍 <b>Places and numbers</b>"),
        _("Write your postcode or the name of your town: I show what is near you."),
        _("Or choose what you are looking for."),
    )
    buttons = rows(
        *(
            Button(_title(_, directory, kind), action=f"places:{kind.id}")
            for kind in directory.filled_kinds()
        )
    )
    return Screen(text, (*buttons, *rows(ask_button(_), themes_button(_))))


def of_kind(_: Words, directory: Directory, kind: Kind) -> Screen:
    """The places of one kind."""
    text = paragraphs(
        f"<b>{html.escape(_title(_, directory, kind), quote=False)}</b>",
        _("Write your postcode or the name of your town: I show what is near you."),
        _unlisted(_),
    )
    found = [_button(_, place) for place in directory.of_kind(kind.id)]
    return Screen(text, (*found, *rows(_kinds_button(_), ask_button(_), themes_button(_))))


def of_topic(voice: Voice, shown: Answer, found: Sequence[Place]) -> Screen:
    """The places that belong to an answer."""
    _ = voice.words
    text = paragraphs(
        _("📍 Where you can go or call:"),
        f"<b>{voice.line(shown.title)}</b>" if not shown.is_sensitive else None,
        _unlisted(_),
    )
    back = Button(_.label("⬅️ Back"), action=f"topic:{shown.slug}")
    buttons = (*(_button(_, place) for place in found), *rows(back, ask_button(_, shown.slug)))
    return Screen(text, buttons, shown.is_sensitive)


def near(
    _: Words,
    directory: Directory,
    town: Town,
    found: Sequence[Nearby],
    kind: str = "",
) -> Screen:
    """The nearest places, and those that are reached from everywhere when a kind was chosen."""
    local = [one for one in found if one.kilometres is not None][:NEAR]
    afar = [one for one in found if one.kilometres is None][:NEAR] if kind else []
    is_far = any(_is_elsewhere(one) for one in local)
    text = paragraphs(
        _("📍 <b>Near {town}</b>", town=f"{town.name} ({town.postcode})"),
        *(_line(_, directory, one) for one in local),
        _("I know no office of this kind with an address.") if kind and not local else None,
        _("📞 By telephone or internet, from everywhere:") if afar else None,
        *(_line(_, directory, one) for one in afar),
        _("The distance is a straight line between the centres of the towns.") if is_far else None,
        _unlisted(_),
    )
    shown = [_button(_, one.place, town.postcode) for one in (*local, *afar)]
    choose = Button(_.label("🔎 Choose what you look for"), action=f"near_kinds:{town.postcode}")
    every = Button(_.label("📍 All kinds"), action=f"near:{town.postcode}")
    ways = (choose, *([every] if kind else []), ask_button(_))
    return Screen(text, (*shown, *rows(*ways)))


def kinds_near(_: Words, directory: Directory, town: Town) -> Screen:
    """What to look for near a town."""
    text = paragraphs(
        _("📍 <b>Near {town}</b>", town=f"{town.name} ({town.postcode})"),
        _("Choose what you are looking for."),
    )
    kinds = (
        Button(_title(_, directory, kind), action=f"near:{town.postcode}:{kind.id}")
        for kind in directory.filled_kinds()
    )
    back = Button(_.label("⬅️ Back"), action=f"near:{town.postcode}")
    return Screen(text, (*rows(*kinds), *rows(back, ask_button(_))))


def unknown_postcode(_: Words, postcode: str) -> Screen:
    """Well formed, but no town's."""
    text = paragraphs(
        _("I do not know the postcode {postcode}.", postcode=postcode),
        _("Write the name of your town, or ask a colleague."),
    )
    return Screen(text, rows(_kinds_button(_), ask_button(_)))


def place(
    voice: Voice,
    directory: Directory,
    shown: Place,
    topics: Sequence[tuple[Answer, Voice]],
    postcode: str = "",
) -> Screen:
    """Everything that is known of one place."""
    _ = voice.words
    text = paragraphs(
        _started(_, f"{directory.emoji(shown.kind)} <b>{_isolated(_, shown.name)}</b>".strip()),
        voice.line(directory.note(shown.note, _.code)),
        _where(_, shown),
        _hours(voice, shown),
        _called(voice, shown),
        _online(_, shown),
        _spoken(_, shown),
        _("⚠️ Address and hours can change. Look or call before you go.")
        if shown.is_moving
        else None,
        _told(_, shown),
    )
    back = (
        Button(_.label("⬅️ Back"), action=f"near:{postcode}")
        if postcode
        else Button(_.label("⬅️ Back"), action=f"places:{shown.kind}")
    )
    buttons = (*menus.topic_rows(topics), *rows(back, _kinds_button(_), ask_button(_)))
    return Screen(text, buttons, shown.is_sensitive)


def places_button(_: Words) -> Button:
    """The way in, from the menu of themes."""
    return Button(_.label("📍 Places"), action="places")


def topic_button(_: Words, slug: str) -> Button:
    """Under an answer that knows places."""
    return Button(_.label("📍 Where to go"), action=f"places_of:{slug}")


def _kinds_button(_: Words) -> Button:
    return Button(_.label("📍 All places"), action="places")


def _unlisted(_: Words) -> str:
    return _("My list is short: I show only what has a sure source. A colleague knows more.")


def _title(_: Words, directory: Directory, kind: Kind) -> str:
    return direction.plain(f"{kind.emoji} {directory.title(kind.id, _.code)}".strip(), _.is_rtl)


def _button(_: Words, shown: Place, postcode: str = "") -> tuple[Button]:
    name = shown.name if shown.town in ("", shown.name) else f"{shown.name} · {shown.town}"
    return (
        Button(
            shortened(name),
            action=f"place:{shown.id}:{postcode}" if postcode else f"place:{shown.id}",
        ),
    )


def _line(_: Words, directory: Directory, one: Nearby) -> str:
    """Name, kind, and how far."""
    kind = directory.title(one.place.kind, _.code)
    emoji = directory.emoji(one.place.kind)
    name = f"{emoji} <b>{_isolated(_, one.place.name)}</b>".strip()
    if one.kilometres is None:
        return _started(_, name)
    far = (
        _("{kind}, about {km} km", kind=kind, km=round(one.kilometres))
        if _is_elsewhere(one)
        else _("{kind}, in this town", kind=kind)
    )
    return f"{_started(_, name)}\n{far}"


def _is_elsewhere(one: Nearby) -> bool:
    return one.kilometres is not None and one.kilometres >= 1


def _where(_: Words, shown: Place) -> str | None:
    if shown.address:
        return "\n".join([_("📍 Address:"), _own_line(_, shown.address)])
    if shown.town:
        return _("📍 In {town}. I do not have a checked address.", town=shown.town)
    return None


def _hours(voice: Voice, shown: Place) -> str | None:
    _ = voice.words
    if shown.is_always:
        return _("🕐 Day and night, every day.")
    if shown.id == OWN_DESK:
        return "\n".join([_("🕐 Opening hours:"), voice.facts.get("org_hours", "")])
    return "\n".join([_("🕐 Opening hours:"), *_days(_, shown.hours)]) if shown.hours else None


def _called(voice: Voice, shown: Place) -> str | None:
    """Each number on a line of its own, so that a tap calls."""
    if not shown.phones:
        return None
    _ = voice.words
    numbers = (direction.number(html.escape(phone), _.is_rtl) for phone in shown.phones)
    when = [_("Answered:"), *_days(_, shown.calls)] if shown.calls else []
    return "\n".join([_("☎️ Telephone:"), *numbers, *when])


def _online(_: Words, shown: Place) -> str | None:
    links = []
    if shown.mail:
        links.append(_own_line(_, shown.mail))
    if shown.url:
        name = shown.url.removeprefix("https://").removeprefix("http://").removeprefix("www.")
        site = html.escape(name.partition("/")[0], quote=False)
        links.append(_started(_, f'<a href="{html.escape(shown.url)}">{_ltr(_, site)}</a>'))
    return "\n".join([_("🌐 Online:"), *links]) if links else None


def _spoken(_: Words, shown: Place) -> str | None:
    names = [str(_.locale.languages.get(code, code)) for code in shown.languages]
    return _("🗣 Languages: {languages}.", languages=formats.listing(_, names)) if names else None


def _told(_: Words, shown: Place) -> str | None:
    """Where it comes from, as under an answer."""
    if shown.id == OWN_DESK:
        return None
    told = answers.sources(_, answers.few(shown.sources))
    return paragraphs(told, answers.marks(_, shown.facts_checked, None))


def _days(_: Words, week: Week) -> Iterable[str]:
    """One line a day, or one for days in a row that are alike."""
    for first, last in _alike(week):
        blocks = week[first]
        hours = formats.listing(
            _, [_.plain("from {opens} to {closes}", opens=a, closes=b) for a, b in blocks]
        )
        day = formats.weekday_name(_, first)
        if first == last:
            yield _("{day}: {hours}", day=day, hours=hours)
        else:
            until = formats.weekday_name(_, last)
            yield _("{first} to {last}: {hours}", first=day, last=until, hours=hours)


def _alike(week: Week) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for day in sorted(week):
        if runs and runs[-1][1] == day - 1 and week[day] == week[runs[-1][0]]:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _isolated(_: Words, name: str) -> str:
    return _ltr(_, html.escape(bidi.strip_marks(name), quote=False))


def _ltr(_: Words, text: str) -> str:
    return bidi.isolate_ltr(text) if _.is_rtl else text


def _started(_: Words, line: str) -> str:
    return bidi.RLM + line if _.is_rtl else line


def _own_line(_: Words, text: str) -> str:
    return _started(_, _isolated(_, text))
