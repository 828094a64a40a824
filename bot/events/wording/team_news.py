"""News of somebody's team: who joined, who leads it, when it sets off, that there is none."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.delivery.messages import Button, Outgoing
from bot.events.domain import Event, Place, Registration
from bot.events.domain.teams import Team
from bot.events.wording import screens
from bot.language import formats
from bot.language.catalog import Words


def own_start(_: Words, at: datetime) -> str:
    """When somebody sets off."""
    return _("🚶 You set off at {time}.", time=formats.time_words(_, at))


def with_team(_: Words, post: Outgoing, team: str | None) -> Outgoing:
    """The same, with the team of the reader."""
    if not team:
        return post
    return replace(post, text=f"{post.text}\n\n{_('👥 Your team: {name}', name=team)}")


def new_start(
    _: Words, event: Event, place: Registration, *, before: datetime, team: str | None
) -> Outgoing:
    """They set off at another time; can they still come?"""
    parts = [
        _("🕘 <b>New start time: {time}</b>", time=formats.time_words(_, event.starts_at)),
        screens.card(_, event),
        _("Before it was {time}.", time=formats.time_words(_, before)),
    ]
    if place.state is not Place.PLACED:
        return with_team(_, Outgoing(text="\n\n".join(parts)), team)
    parts.append(_("Can you come?"))
    buttons = (*screens.come_or_not(_, event), *screens.on_the_way(_, event))
    return with_team(_, Outgoing(text="\n\n".join(parts), buttons=buttons), team)


def grew(_: Words, team: Team, names: Sequence[str]) -> Outgoing:
    """Who has joined, and how many they are now."""
    text = _(
        "👥 New in your team {name}: {names}. You are {seats} of {size} now.",
        name=team.name or "—",
        names=formats.listing(_, list(names)),
        seats=team.seats,
        size=team.size,
    )
    return Outgoing(text=text, buttons=((_to_team(_, team),),))


def leads(_: Words, team: Team) -> Outgoing:
    """They are the captain now."""
    text = _(
        "⭐ <b>You are the captain of team {name} now.</b> You can invite walkers, choose the start"
        " time and give the captaincy to somebody else.",
        name=team.name or "—",
    )
    return Outgoing(text=text, buttons=((_to_team(_, team),),))


def _dissolved(_: Words, event: Event, name: str) -> Outgoing:
    text = _("Team {name} does not exist any more. You keep your place at the walk:", name=name)
    return Outgoing(text=f"{text}\n\n{screens.card(_, event)}", buttons=_choices(_, event))


def _taken_out(_: Words, event: Event, name: str) -> Outgoing:
    text = _("You are not in team {name} any more. You keep your place at the walk:", name=name)
    return Outgoing(text=f"{text}\n\n{screens.card(_, event)}", buttons=_choices(_, event))


def _placed(_: Words, event: Event, name: str) -> Outgoing:
    text = _("👥 <b>We found a team for you: {name}.</b> Enjoy the walk!", name=name)
    return Outgoing(text=f"{text}\n\n{screens.card(_, event)}", buttons=_choices(_, event))


# By what happened (`service.team_planned`).
MOVED: Mapping[str, Callable[[Words, Event, str], Outgoing]] = {
    "dissolved": _dissolved,
    "out": _taken_out,
    "placed": _placed,
}


def _to_team(_: Words, team: Team) -> Button:
    return Button(_.label("👥 My team"), action=f"et:{team.event_id}")


def _choices(_: Words, event: Event) -> tuple[tuple[Button, ...], ...]:
    row = (Button(_.label("👥 Team and start time"), action=f"et:{event.id}"),)
    return (row, *screens.cannot(_, event))
